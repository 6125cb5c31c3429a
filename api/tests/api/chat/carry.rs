//! What a planner wants to read again goes back to it, and to nobody else.

use super::reply::Reply;
use super::talk::{Talk, story};
use serde_json::{Value, json};

const THOUGHTS: &str = "gAAAA-encrypted-thoughts";

#[tokio::test]
async fn thoughts_go_back_to_the_planner_within_the_turn_and_show_nowhere() {
    let looking = Reply::new().call("look", "list_tasks", json!({})).carry(THOUGHTS).usage(5, 1).finish("tool_calls");
    let talk = Talk::start([looking, Reply::says("Nothing there."), Reply::says("Still nothing.")]).await;
    let turn = talk.say_and_wait("What is on my list?").await;
    assert_eq!(story(&turn), ["status", "status", "tool_call", "usage", "tool_result", "text", "done"]);
    talk.say_and_wait("And now?").await;

    let carried: Vec<Value> = talk.agent.requests().iter().map(|r| r["messages"][1]["carry"].clone()).collect();
    assert_eq!(carried, [Value::Null, json!(THOUGHTS), Value::Null], "it is carried within its turn alone");

    let id = turn["id"].as_str().unwrap();
    let conversation = turn["conversation_id"].as_str().unwrap();
    assert!(!turn.to_string().contains(THOUGHTS));
    for path in [format!("/api/conversations/{conversation}/turns"), "/api/me/export".to_owned()] {
        let (_, told) = talk.person.get(&path).await;
        assert!(!told.to_string().contains(THOUGHTS), "{path}");
    }
    let streamed = talk.stream(id, 0).await.rest().await;
    assert_eq!(streamed.last().map(|event| event.1.as_str()), Some("done"));
    assert!(streamed.iter().all(|(_, name, data)| name != "carry" && !data.to_string().contains(THOUGHTS)));
    talk.agent.verify();
}
