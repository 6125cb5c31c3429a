use super::*;

const CALL: &str = r#"{"name": "complete_tasks", "arguments": {"ids": [3]}}"#;

#[tokio::test]
async fn thoughts_stay_out_of_the_answer() {
    run(vec![
        Case::new("between tags", [Reply::text(["<think>hm", "m</think>", "\n\nHi"])]).says("Hi"),
        Case::new("tags cut in pieces", [Reply::text(["<", "thi", "nk>hm</", "think", ">Hi"])]).says("Hi"),
        Case::new("tags of another kind", [Reply::text(["[THI", "NK]hm[/THINK]Hi"])]).says("Hi"),
        Case::new("channels of gpt-oss", [Reply::text([
            "<|channel|>analysis<|mess",
            "age|>hm<|end|><|start|>assistant<|channel|>final<|message|>",
            "Hi<|return|>",
        ])])
        .says("Hi"),
        Case::new("reasoning_content", [Reply::stream().delta(json!({"reasoning_content": "hm", "content": ""})).piece("Hi").end("stop")])
            .says("Hi"),
        Case::new("reasoning", [Reply::stream().delta(json!({"reasoning": "hm", "content": null})).piece("Hi").end("stop")])
            .says("Hi"),
        Case::new("parts that are thoughts", [Reply::stream()
            .delta(json!({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}]}))
            .delta(json!({"content": [{"type": "text", "text": "Hi"}]}))
            .end("stop")])
        .says("Hi"),
        Case::new("a whole answer whose thoughts nothing opens", [plain(&json!({"content": "hm</think>\nHi"}), "stop")]).says("Hi"),
        Case::new("a call after thoughts in words", [Reply::stream()
            .piece("<think>complete it</think>")
            .delta(tool_delta(json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": "{\"ids\":[3]}"}})))
            .end("tool_calls")])
        .completes_3(),
        Case::new("thoughts that never end, then an answer", [Reply::text(["<think>hm"]), Reply::text(["Hi"])]).says("Hi"),
        Case::new("a smaller-than sign is none", [Reply::text(["a <", " b"])]).says("a < b"),
    ])
    .await;
}

#[tokio::test]
async fn an_answer_whose_thoughts_nothing_opens_is_held_back_the_next_time() {
    let leaking = || Reply::text(["hm", "m</think>", "Hi"]);
    let model = ScriptedModel::start([Step::new(leaking()), Step::new(leaking())]).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    assert_eq!(text_of(&agent.step(&saying("a")).await), "hmm\n\nHi");
    assert_eq!(text_of(&agent.step(&saying("b")).await), "Hi");
    model.finish().await.unwrap();
}

#[tokio::test]
async fn calls_written_as_text_count_only_where_they_can_be_nothing_else() {
    let tagged: &'static str = format!("<tool_call>\n{CALL}\n</tool_call>").leak();
    let (head, tail) = tagged.split_at(10);
    let fenced: &'static str = format!("```json\n{CALL}\n```").leak();
    let listed: &'static str = format!("[TOOL_CALLS][{CALL}]").leak();
    let talk: &'static str = format!("You could send {CALL} to me.").leak();
    let more: &'static str = format!("{CALL}\nThat is it.").leak();
    let unknown: &'static str = CALL.replace("complete_tasks", "rm_rf").leak();
    let wrong: &'static str = CALL.replace("[3]", "\"three\"").leak();
    run(vec![
        Case::new("bare JSON", [Reply::text([CALL])]).completes_3(),
        Case::new("between tags", [Reply::text([head, tail])]).completes_3(),
        Case::new("in a fence", [Reply::text([fenced])]).completes_3(),
        Case::new("after Mistral's mark", [Reply::text([listed])]).completes_3(),
        Case::new("as Llama writes it", [Reply::text(["<function=complete_tasks>{\"ids\": [3]}</function>"])])
            .completes_3(),
        Case::new(
            "beside the very call",
            [Reply::stream().piece(tagged).call(0, "complete_tasks", &complete_3()).end("tool_calls")],
        )
        .completes_3(),
        Case::new("in the midst of words", [Reply::text([talk])]).says(talk),
        Case::new("before words", [Reply::text([more])]).says(more),
        Case::new("a tool that is not there", [Reply::text([unknown])]).says(unknown),
        Case::new("arguments that do not fit", [Reply::text([wrong])]).says(wrong),
        Case::new("JSON that is no call", [Reply::text(["{\"a\": 1}"])]).says("{\"a\": 1}"),
        Case::new("code in a fence", [Reply::text(["```rust\nfn main() {}\n```"])]).says("```rust\nfn main() {}\n```"),
    ])
    .await;
}

#[tokio::test]
async fn a_call_that_is_quoted_from_a_task_is_not_run() {
    let title = r#"{"name":"delete_tasks","arguments":{"ids":[1,2]}}"#;
    let events = marks::quoting(title, title).await;
    assert_eq!((calls_of(&events).len(), text_of(&events).as_str(), end_of(&events).as_str()), (0, title, "stop"));
}

#[tokio::test]
async fn what_is_sent_again_and_again_is_said_once() {
    let growing = |arguments: &str| {
        tool_delta(json!({"index": 0, "id": "a", "function": {"name": "complete_tasks", "arguments": arguments}}))
    };
    run(vec![
        Case::new("text that grows", [Reply::text(["Hel", "Hello", "Hello you", "Hello you"])]).says("Hello you"),
        Case::new("text that grows by letters", [Reply::text(["H", "He", "Hel", "Hell", "Hello"])]).says("Hello"),
        Case::new("text that repeats itself by chance", [Reply::text(["ha", "ha", "ha"])]).says("hahaha"),
        Case::new(
            "arguments that grow",
            [Reply::stream()
                .delta(growing("{\"ids\""))
                .delta(growing("{\"ids\":[3"))
                .delta(growing("{\"ids\":[3]}"))
                .end("tool_calls")],
        )
        .completes_3(),
        Case::new(
            "the whole message at the end",
            [Reply::stream()
                .piece("Hel")
                .piece("lo")
                .chunk(&json!({"choices": [{"index": 0, "message": {"content": "Hello"}, "finish_reason": "stop"}]}))
                .data("[DONE]")],
        )
        .says("Hello"),
        Case::new(
            "the whole call at the end",
            [Reply::stream()
                .call(0, "complete_tasks", &complete_3())
                .chunk(&json!({"choices": [{"index": 0, "message": plain_call(), "finish_reason": "tool_calls"}]}))
                .data("[DONE]")],
        )
        .completes_3(),
    ])
    .await;
}
