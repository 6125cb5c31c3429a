use super::*;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

const HI: &str = r#"{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}"#;
const END: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;

fn framed(end: &str) -> Reply {
    Reply::stream().bytes(format!("data: {HI}\n\ndata: {END}\n\n{end}"))
}

fn apart(end: &str) -> Reply {
    Reply::stream().bytes(format!("data: {HI}\n\ndata: {END}\n\n")).bytes(end.to_owned())
}

#[tokio::test]
async fn the_end_is_known_in_every_form() {
    run(vec![
        Case::new("[DONE] without data:", [framed("[DONE]\n\n")]).says("Hi"),
        Case::new("[DONE] without data:, by itself", [apart("[DONE]\n\n")]).says("Hi"),
        Case::new("[DONE] in quotes", [framed("data: \"[DONE]\"\n\n").hang()]).says("Hi"),
        Case::new("[DONE] with white space after it", [framed("data: [DONE] \r\n\r\n").hang()]).says("Hi"),
        Case::new("DONE without brackets", [framed("data: DONE\n\n")]).says("Hi"),
        Case::new("an event called done", [framed("event: done\ndata: {}\n\n")]).says("Hi"),
        Case::new(
            "[DONE] twice and more after it",
            [framed("data: [DONE]\n\ndata: [DONE]\n\ndata: {\"choices\":\n\n")],
        )
        .says("Hi"),
        Case::new("a page after the end", [apart("<html><body>502 Bad Gateway</body></html>\n")]).says("Hi"),
        Case::new("bytes that mean nothing after the end", [apart("\u{0}\u{1}garbage\n")]).says("Hi"),
        Case::steps(
            "only [DONE], without data:, is no answer",
            [Step::new(Reply::stream().bytes("[DONE]\n\n")), Step::new(Reply::text(["Hi"]))],
        )
        .says("Hi"),
    ])
    .await;
}

#[tokio::test]
async fn bodies_that_are_not_what_they_are_said_to_be_are_read() {
    let answer =
        json!({"object": "chat.completion", "choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}]});
    let pretty = serde_json::to_string_pretty(&answer).unwrap();
    run(vec![
        Case::new("JSON on many lines that says it is a stream", [Reply::stream().bytes(pretty.clone())]).says("Hi"),
        Case::new("JSON on one line that says it is a stream", [Reply::stream().bytes(answer.to_string())]).says("Hi"),
        Case::new(
            "an error on many lines that says it is a stream",
            [Reply::stream().bytes(
                serde_json::to_string_pretty(&json!({"error": {"message": "no", "code": "invalid_api_key"}})).unwrap(),
            )],
        )
        .ends("model_unauthorized"),
        Case::new("a page that says it is a stream", [Reply::stream().bytes("<!DOCTYPE html>\n<html></html>")])
            .ends("model_error"),
        Case::new(
            "a page that says it is JSON",
            [Reply::new(200, "application/json").bytes("<!DOCTYPE html>\n<html></html>")],
        )
        .ends("model_error"),
        Case::new(
            "heartbeats in words before the first chunk",
            [Reply::stream()
                .bytes("\n\ndata: ping\n\n: keep-alive\n\nevent: ping\ndata: \n\n")
                .bytes(format!("data: {HI}\n\ndata: {END}\n\ndata: [DONE]\n\n"))],
        )
        .says("Hi"),
        Case::new("an empty body", [(); 3].map(|()| Reply::json(200, &Value::Null))).ends("model_malformed"),
    ])
    .await;
}

#[tokio::test]
async fn of_two_answers_in_one_the_first_counts() {
    let chunk = |id: &str, delta: Value, finish: Value| {
        format!("data: {}\n\n", json!({"id": id, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}))
    };
    let words = |id: &str, text: &str| {
        chunk(id, json!({"role": "assistant", "content": text}), Value::Null) + &chunk(id, json!({}), json!("stop"))
    };
    let adds = |id: &str, title: &str| {
        let function = json!({"name": "add_tasks", "arguments": json!({"tasks": [{"title": title}]}).to_string()});
        chunk(id, tool_delta(json!({"index": 0, "id": id, "function": function})), Value::Null)
            + &chunk(id, json!({}), json!("tool_calls"))
    };
    let usage = "data: {\"id\":\"\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n";
    let whole = |text: &str| json!({"choices": [{"message": {"content": text}, "finish_reason": "stop"}]}).to_string();
    run(vec![
        Case::new("in words", [Reply::stream().bytes(words("a", "Hi") + &words("b", "Hello") + "data: [DONE]\n\n")])
            .says("Hi"),
        Case::new("the same words twice", [Reply::stream().bytes(words("a", "Hi") + usage + &words("b", "Hi"))])
            .says("Hi"),
        Case::new("in calls", [Reply::stream().bytes(adds("a", "Milk") + usage + &adds("b", "Milk please"))])
            .with_calls(vec![("add_tasks", json!({"tasks": [{"title": "Milk", "notes": "", "priority": "none"}]}))]),
        Case::new("in JSON", [Reply::new(200, "application/json").bytes(whole("Hi") + &whole("Hello"))]).says("Hi"),
        Case::new(
            "JSON and a page",
            [Reply::new(200, "application/json").bytes(whole("Hi") + "\n<!-- served by x -->\n")],
        )
        .says("Hi"),
    ])
    .await;
}

#[tokio::test]
async fn what_is_slow_bare_or_packed_is_lived_with() {
    let tabbed = format!("data:\t{HI}\n\ndata:\t{END}\n\ndata:\t[DONE]\n\n");
    let torn = format!("data: {HI}\n\n").replace("\"delta\"", "\ndata: \"delta\"");
    run(vec![
        Case::new(
            "a slow first word",
            [Reply::stream().pause(std::time::Duration::from_millis(300)).piece("Hi").end("stop")],
        )
        .says("Hi"),
        Case::new(
            "pings before the first word",
            [(0..5)
                .fold(Reply::stream(), |reply, _| reply.bytes(": ping\n\n").pause(std::time::Duration::from_millis(60)))
                .piece("Hi")
                .end("stop")],
        )
        .set(&[("OPENAI_IDLE_TIMEOUT", "0.2")])
        .says("Hi"),
        Case::new("a tab after data:", [Reply::stream().bytes(tabbed)]).says("Hi"),
        Case::new("data on several lines", [Reply::stream().bytes(torn + &format!("data: {END}\n\n"))]).says("Hi"),
        Case::new(
            "no role and no index",
            [Reply::stream()
                .data("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}")
                .data("{\"choices\":[{\"finish_reason\":\"stop\"}]}")],
        )
        .says("Hi"),
        Case::new("400 without a word", [Reply::new(400, "text/plain")]).ends("model_error"),
        Case::new("500 without a word, then well", [Reply::new(500, "text/plain"), Reply::text(["Hi"])]).says("Hi"),
        Case::new("a page with 403", [Reply::new(403, "text/html").bytes("<html>Sorry, you have been blocked</html>")])
            .ends("model_unauthorized"),
        Case::new(
            "a page with 429, then well",
            [Reply::new(429, "text/html").bytes("<html>Too many requests</html>"), Reply::text(["Hi"])],
        )
        .says("Hi"),
    ])
    .await;
}

/// Reads one request to its end; nothing if the client hung up.
async fn read_request(stream: &mut BufReader<TcpStream>) -> Option<()> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim().to_lowercase().split_once(": ") {
            Some(("content-length", told)) => length = told.parse().ok()?,
            None if line.trim().is_empty() => break,
            _ => {}
        }
    }
    stream.read_exact(&mut vec![0; length]).await.ok().map(drop)
}

/// A server of bare TCP: for each connection what it answers to each request, before it hangs up.
async fn bare(connections: Vec<Vec<String>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for answers in connections {
            let mut stream = BufReader::new(listener.accept().await.unwrap().0);
            for answer in answers {
                if read_request(&mut stream).await.is_none() {
                    break;
                }
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    });
    url
}

fn answer(head: &str) -> String {
    format!("{head}\r\ncontent-type: text/event-stream\r\n\r\ndata: {HI}\n\ndata: {END}\n\ndata: [DONE]\n\n")
}

#[tokio::test]
async fn connections_of_every_kind_are_lived_with() {
    let stream = format!("data: {HI}\n\ndata: {END}\n\ndata: [DONE]\n\n");
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream";
    let kept = format!("{head}\r\ncontent-length: {}\r\n\r\n{stream}", stream.len());
    for (what, connections, steps) in [
        ("HTTP/1.0 until it hangs up", vec![vec![answer("HTTP/1.0 200 OK")]], 1),
        (
            "early hints before the answer",
            vec![vec![format!("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n{kept}")]],
            1,
        ),
        ("a length that is too long", vec![vec![format!("{head}\r\ncontent-length: 9999\r\n\r\n{stream}")]], 1),
        ("hung up after the first answer", vec![vec![kept.clone()], vec![kept.clone()]], 2),
        ("hung up on the second request", vec![vec![kept.clone(), String::new()], vec![kept.clone()]], 2),
    ] {
        let agent = Agent::with_model(&bare(connections).await);
        for step in 0..steps {
            let events = agent.step(&saying("x")).await;
            assert_eq!(
                (text_of(&events).as_str(), end_of(&events).as_str()),
                ("Hi", "stop"),
                "{what}, step {step}: {events:?}"
            );
        }
        agent.running.stop().await;
    }
}
