use super::*;

const HI: &str = r#"{"choices":[{"index":0,"delta":{"content":"Hi é"},"finish_reason":null}]}"#;
const END: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;

fn raw(body: String) -> Reply {
    Reply::stream().bytes(body)
}

/// A good answer, cut into single bytes.
fn byte_by_byte() -> Reply {
    let body = format!("data: {HI}\r\n\r\ndata: {END}\r\n\r\ndata: [DONE]\r\n\r\n");
    body.bytes().fold(Reply::stream(), |reply, byte| reply.bytes(vec![byte]))
}

#[tokio::test]
async fn streams_framed_in_every_way_are_read() {
    run(vec![
        Case::new("CRLF", [raw(format!("data: {HI}\r\n\r\ndata: {END}\r\n\r\ndata: [DONE]\r\n\r\n"))]).says("Hi é"),
        Case::new("every byte by itself, characters split", [byte_by_byte()]).says("Hi é"),
        Case::new("comments and other fields", [raw(format!(
            ": OPENROUTER PROCESSING\n\nevent: message\nid: 1\ndata: {HI}\n\n: ping\n\ndata: {END}\n\ndata: [DONE]\n\n"
        ))])
        .says("Hi é"),
        Case::new("no blank after data:", [raw(format!("data:{HI}\n\ndata:{END}\n\ndata:[DONE]\n\n"))]).says("Hi é"),
        Case::new("no [DONE]", [raw(format!("data: {HI}\n\ndata: {END}\n\n"))]).says("Hi é"),
        Case::new("no [DONE], and the connection stays open", [raw(format!("data: {HI}\n\ndata: {END}\n\n")).hang()])
            .says("Hi é"),
        Case::new("no [DONE], and the connection breaks", [raw(format!("data: {HI}\n\ndata: {END}\n\n")).abort()])
            .says("Hi é"),
        Case::new("no blank line at the end", [raw(format!("data: {HI}\n\ndata: {END}"))]).says("Hi é"),
        Case::new("no blank line between events", [raw(format!("data: {HI}\ndata: {END}\ndata: [DONE]\n"))]).says("Hi é"),
        Case::new("[DONE] without a finish reason", [raw(format!("data: {HI}\n\ndata: [DONE]\n\n"))]).says("Hi é"),
        Case::new("newline-delimited JSON", [Reply::new(200, "application/x-ndjson").bytes(format!("{HI}\n{END}\n"))])
            .says("Hi é"),
        Case::new("no content type that says so", [Reply::new(200, "text/plain").bytes(format!("data: {HI}\n\ndata: {END}\n\n"))])
            .says("Hi é"),
        Case::new("chunks without choices, with null choices", [raw(format!(
            "data: {{}}\n\ndata: {{\"choices\":null}}\n\ndata:\n\ndata: {HI}\n\ndata: {END}\n\ndata: [DONE]\n\n"
        ))])
        .says("Hi é"),
    ])
    .await;
}

#[tokio::test]
async fn streams_that_break_end_clearly_and_run_nothing() {
    let half_call = || {
        let function = json!({"name": "complete_tasks", "arguments": "{\"ids\":[3]}"});
        Reply::stream().delta(tool_delta(json!({"index": 0, "id": "a", "function": function})))
    };
    run(vec![
        Case::new("cut after some text is not begun again", [Reply::stream().piece("Hi")])
            .says("Hi")
            .ends("model_unreachable"),
        Case::new("broken after some text is not begun again", [Reply::stream().piece("Hi").abort()])
            .says("Hi")
            .ends("model_unreachable"),
        Case::new("cut before the first text is begun again", [Reply::stream(), Reply::text(["Hi"])]).says("Hi"),
        Case::new("broken in the midst of a call is begun again", [half_call().abort(), good_call()]).completes_3(),
        Case::new("cut after a whole call, without a reason", [half_call(), half_call(), half_call()])
            .ends("model_unreachable"),
        Case::new("a line that is no JSON", [half_call().data("{oops"), good_call()]).completes_3(),
        Case::new("bytes that are no UTF-8", [half_call().bytes(b"data: \xff\n\n".to_vec()), good_call()])
            .completes_3(),
        Case::new("a piece of a call that is damaged", [half_call().delta(json!({"tool_callz": []})), good_call()])
            .completes_3(),
    ])
    .await;
}
