use super::*;
use crate::support::request;

/// A turn that came to nothing, and the turn after it.
fn unanswered() -> Value {
    json!([{"role": "user", "text": "add milk"}, {"role": "user", "text": "done with 3"}])
}

/// A turn that was broken off after its call, and the turn after it.
fn broken_off() -> Value {
    let call = json!({"id": "c", "name": "complete_tasks", "arguments": {"ids": [3]}});
    json!([
        {"role": "user", "text": "done with 3"},
        {"role": "assistant", "text": "", "calls": [call]},
        {"role": "tool", "call_id": "c", "status": "done", "result": {"kind": "changed", "items": [], "operations": []}},
        {"role": "user", "text": "and?"},
    ])
}

fn roles(expected: &'static [&'static str]) -> impl Fn(&todo_e2e::model::Received) -> Result<(), String> {
    move |received| {
        let messages = received.at("/messages").as_array().cloned().unwrap_or_default();
        let found: Vec<_> = messages.iter().map(|m| m["role"].as_str().unwrap_or_default().to_owned()).collect();
        if found == expected { Ok(()) } else { Err(format!("the roles are {found:?}")) }
    }
}

async fn spoken(what: &str, messages: &Value, script: impl IntoIterator<Item = Step>) {
    let model = ScriptedModel::start(script).await.unwrap();
    let agent = Agent::with_model(&model.base_url);
    let events = agent.step(&request(messages)).await;
    assert_eq!((text_of(&events).as_str(), end_of(&events).as_str()), ("Done.", "stop"), "{what}: {events:?}");
    agent.running.stop().await;
    model.finish().await.unwrap_or_else(|problem| panic!("{what}: {problem}"));
}

#[tokio::test]
async fn roles_take_turns_where_a_server_insists() {
    let done = || Step::new(Reply::text(["Done."]));
    let jinja = "Error: Jinja Exception: After the optional system message, conversation roles must alternate user and \
                 assistant roles except for tool calls and results.";
    for status in [400, 500] {
        let refused =
            Reply::json(status, &json!({"error": {"code": status, "message": jinja, "type": "server_error"}}));
        let script =
            [Step::new(refused).expect(roles(&["system", "user", "user"])), done().expect(roles(&["system", "user"]))];
        spoken("two messages of a person in a row", &unanswered(), script).await;
    }
    let refused = json!({"object": "error", "message": "Unexpected role 'user' after role 'tool'",
        "type": "invalid_request_message_order", "param": null, "code": "3230"});
    let script = [
        Step::new(Reply::json(400, &refused)).expect(roles(&["system", "user", "assistant", "tool", "user"])),
        done().expect(roles(&["system", "user", "assistant", "tool", "assistant", "user"])),
    ];
    spoken("a message right after a result (Mistral)", &broken_off(), script).await;
    let refused = "After the (optional) system message(s), user and assistant roles should be alternating.";
    let script = [Step::new(Reply::error(400, "invalid_message", refused)), done().expect(roles(&["system", "user"]))];
    spoken("Perplexity's words", &unanswered(), script).await;
    let gemma =
        || Reply::error(500, "server_error", "Conversation roles must alternate user/assistant/user/assistant/...");
    let script = [Step::new(gemma()), Step::new(gemma()), done().expect(roles(&["user"]))];
    spoken("a template without a system role (Gemma)", &json!([{"role": "user", "text": "x"}]), script).await;
}

#[tokio::test]
async fn thoughts_that_got_lost_are_stood_in_for_where_a_server_insists() {
    for message in [
        "Missing `reasoning_content` field in the assistant message at message index 2.",
        "The `reasoning_content` in the thinking mode must be passed back to the API.",
    ] {
        let script = [
            Step::new(Reply::error(400, "invalid_request_error", message)).absent("/messages/2/reasoning_content"),
            Step::new(Reply::text(["Done."])).at("/messages/2/reasoning_content", ""),
        ];
        spoken(message, &broken_off(), script).await;
    }
}
