use super::reply::Reply;
use super::talk::{Talk, last, story, text};
use serde_json::{Value, json};

fn add(id: &str, title: &str) -> Reply {
    Reply::calls(id, "add_tasks", json!({"tasks": [{"title": title}]}))
}

#[tokio::test]
async fn a_call_runs_as_the_person_and_its_result_goes_back_to_the_planner() {
    let talk = Talk::start([add("call_1", "Buy groceries"), Reply::says("Added **Buy groceries**.")]).await;
    let turn = talk.say_and_wait("Add a task to buy groceries").await;
    assert_eq!(story(&turn), ["status", "status", "tool_call", "tool_result", "text", "done"]);
    let result = last(&turn, "tool_result");
    assert_eq!((&result["id"], &result["status"]), (&json!("call_1"), &json!("done")));
    assert_eq!(result["result"]["kind"], "changed");
    assert_eq!(result["result"]["items"][0]["task"]["title"], "Buy groceries");

    assert_eq!(talk.titles().await, ["Buy groceries"]);
    let (_, journal) = talk.person.get("/api/operations").await;
    let operation = &journal["items"][0];
    assert_eq!(operation["actor"]["kind"], "agent");
    assert_eq!((&operation["turn_id"], &operation["call_id"]), (&turn["id"], &json!("call_1")));
    assert_eq!(json!([operation["id"]]), result["result"]["operations"]);

    assert_eq!(
        talk.agent.messages(1),
        ["user Add a task to buy groceries", "assistant  add_tasks", "tool call_1 done",]
    );
    let asked = &talk.agent.requests()[0];
    assert_eq!((&asked["planner"], &asked["context"]["time_zone"]), (&Value::Null, &json!("Europe/Berlin")));
    assert!(!asked.to_string().contains("user_id"));
    talk.agent.verify();
}

#[tokio::test]
async fn a_planner_is_told_of_what_failed() {
    let talk = Talk::start([
        Reply::calls("a", "complete_tasks", json!({"ids": [99]})),
        Reply::calls("b", "undo_last", json!({})),
        Reply::says("There is no task 99."),
    ])
    .await;
    let turn = talk.say_and_wait("Complete task 99").await;
    assert_eq!(turn["status"], "done");
    let told = &talk.agent.requests()[2]["messages"];
    assert_eq!(told[2]["result"]["items"][0]["error"]["code"], "not_found");
    assert_eq!(
        (&told[4]["status"], &told[4]["result"]["error"]["code"]),
        (&json!("failed"), &json!("nothing_to_undo"))
    );
}

#[tokio::test]
async fn a_planner_reads_the_list_and_undoes() {
    let talk = Talk::start([
        Reply::calls("look", "list_tasks", json!({"status": "open"})),
        Reply::calls("undo", "undo_last", json!({})),
        Reply::says("Gone again."),
    ])
    .await;
    talk.add_tasks(&["Milk"]).await;
    let turn = talk.say_and_wait("Undo that").await;
    assert_eq!(turn["status"], "done");
    assert_eq!(talk.agent.requests()[1]["messages"][2]["result"]["tasks"][0]["title"], "Milk");
    assert_eq!(last(&turn, "tool_result")["result"]["kind"], "undone");
    assert_eq!(talk.titles().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_planner_redoes_what_it_undid_with_the_same_number() {
    let talk = Talk::start([
        Reply::calls("undo", "undo_last", json!({})),
        Reply::calls("redo", "redo_last", json!({})),
        Reply::calls("again", "redo_last", json!({})),
        Reply::says("It is there again."),
    ])
    .await;
    talk.add_tasks(&["Milk", "Bread"]).await;
    let turn = talk.say_and_wait("Undo that. No, redo it").await;
    assert_eq!(turn["status"], "done");
    let told = &talk.agent.requests()[3]["messages"];
    let redone = &told[4]["result"];
    assert_eq!((&redone["kind"], &redone["tasks"][0]["id"]), (&json!("redone"), &json!(2)));
    assert_eq!(
        (&told[6]["status"], &told[6]["result"]["error"]["code"]),
        (&json!("failed"), &json!("nothing_to_redo"))
    );
    let (_, journal) = talk.person.get("/api/operations").await;
    let operation = &journal["items"][0];
    assert_eq!((&operation["actor"]["kind"], &operation["call_id"]), (&json!("agent"), &json!("redo")));
    assert_eq!(json!([operation["id"]]), redone["operations"]);
    assert_eq!(talk.titles().await, ["Milk", "Bread"]);
}

#[tokio::test]
async fn ids_that_a_planner_uses_twice_are_two_calls() {
    let talk = Talk::start([add("call_0", "Milk"), add("call_0", "Bread"), Reply::says("Both.")]).await;
    let turn = talk.say_and_wait("Add milk, then bread").await;
    assert_eq!(turn["status"], "done");
    assert_eq!(talk.titles().await, ["Milk", "Bread"]);
    assert_eq!(last(&turn, "tool_call")["id"], "call_0-2");
}

#[tokio::test]
async fn the_same_call_over_and_over_ends_the_turn() {
    let look = |id| Reply::calls(id, "list_tasks", json!({"text": "milk"}));
    let talk = Talk::start([look("a"), look("b"), look("c")]).await;
    let turn = talk.say_and_wait("Find the milk").await;
    assert_eq!((&turn["status"], &last(&turn, "error")["code"]), (&json!("failed"), &json!("repeated_call")));
    assert_eq!(last(&turn, "tool_result")["status"], "failed", "no call is left without a result");
    talk.agent.verify();
}

#[tokio::test]
async fn steps_are_bounded() {
    let replies = (1..=3).map(|n| add(&format!("c{n}"), &format!("Task {n}")));
    let talk = Talk::with(&["--chat-steps", "3"], replies).await;
    let turn = talk.say_and_wait("Go on and on").await;
    assert_eq!(last(&turn, "error")["code"], "step_limit");
    assert_eq!(talk.titles().await.len(), 3, "what was done stays");
    talk.agent.verify();
}

#[tokio::test]
async fn tokens_are_bounded() {
    let costly = Reply::new().usage(900, 200).call("a", "list_tasks", json!({})).finish("tool_calls");
    let talk = Talk::with(&["--chat-turn-tokens", "1000"], [costly]).await;
    let turn = talk.say_and_wait("Think hard").await;
    assert_eq!(last(&turn, "error")["code"], "token_limit");
    talk.agent.verify();
}

#[tokio::test]
async fn a_planner_knows_what_was_said_and_done_before() {
    let talk = Talk::start([
        add("a", "Milk"),
        Reply::says("Added."),
        Reply::new().error("model_refused", false),
        Reply::says("Sure."),
    ])
    .await;
    talk.say_and_wait("Add milk").await;
    talk.say_and_wait("Something bad").await;
    let turn = talk.say_and_wait("Thanks").await;
    assert_eq!(text(&turn), "Sure.");
    assert_eq!(
        talk.agent.messages(3),
        [
            "user Add milk",
            "assistant  add_tasks",
            "tool a done",
            "assistant Added.",
            "user Something bad",
            "assistant (Something went wrong before I could finish.)",
            "user Thanks",
        ]
    );
}

#[tokio::test]
async fn the_id_of_the_request_goes_along_to_the_agent() {
    let talk = Talk::start([add("a", "Milk"), Reply::says("Added.")]).await;
    let request = talk.person.request("POST", "/api/chat").json(&json!({"message": "Add milk"}));
    let response = request.header("x-request-id", "abc-123").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(talk.agent.request_ids(), ["abc-123", "abc-123"]);
}
