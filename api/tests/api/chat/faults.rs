use super::reply::{Gate, Reply};
use super::talk::{Talk, chat, last, story, text, until};
use serde_json::json;

#[tokio::test]
async fn without_the_agent_tasks_work_and_the_chat_offers_the_built_in_planner() {
    let talk = Talk::start([]).await;
    talk.agent.kill().await;
    talk.add_tasks(&["Milk"]).await;
    let turn = talk.say_and_wait("Add bread").await;
    assert_eq!(turn["status"], "failed");
    let error = last(&turn, "error");
    assert_eq!(
        (&error["code"], &error["retryable"], &error["offer_builtin"]),
        (&json!("agent_unavailable"), &json!(true), &json!(true))
    );
    assert!(turn["planner"].is_null());
    let (status, info) = talk.person.get("/api/planner").await;
    assert_eq!((status, &info["available"]), (200, &json!(false)));
    assert_eq!(talk.titles().await, ["Milk"]);
}

#[tokio::test]
async fn the_built_in_planner_works_without_the_agent_once_it_is_asked_for() {
    let talk = Talk::start([]).await;
    talk.agent.kill().await;
    let turn = talk.say_and_wait("Add a task to buy bread").await;
    let id = turn["id"].as_str().unwrap();
    assert_eq!(turn["status"], "failed", "it is never chosen silently");
    assert_eq!(talk.retry(id, json!({"planner": "builtin"})).await.0, 200);
    let turn = talk.settled(id).await;
    assert_eq!((&turn["status"], &turn["planner"], &turn["model"]), (&json!("done"), &json!("builtin"), &json!(null)));
    assert_eq!(talk.titles().await, ["Buy bread"]);

    let (_, answer) =
        chat(&talk.person, None, json!({"message": "Mark task 1 as complete", "planner": "builtin"})).await;
    assert_eq!((&answer["status"], &answer["planner"]), (&json!("done"), &json!("builtin")), "{answer}");
    assert_eq!(talk.titles().await, Vec::<String>::new());
}

#[tokio::test]
async fn who_would_plan_is_told() {
    let talk = Talk::start([]).await;
    let (status, info) = talk.person.get("/api/planner").await;
    assert_eq!(status, 200);
    assert_eq!(info, json!({"available": true, "default": "openai", "model": "scripted", "host": "here"}));
    assert_eq!(talk.app.visitor().get("/api/planner").await.0, 401);
}

#[tokio::test]
async fn an_agent_that_dies_in_mid_answer_ends_the_turn_and_what_was_said_is_kept() {
    let gate = Gate::closed();
    let talk = Talk::start([Reply::new().text("Let me ").gate(&gate).breaks_off(), Reply::says("Hello.")]).await;
    let id = talk.say("Hello").await;
    talk.stream(&id, 0).await.up_to("text").await;
    gate.open();
    let turn = talk.settled(&id).await;
    assert_eq!((&turn["status"], text(&turn).as_str()), (&json!("failed"), "Let me "));
    assert_eq!(last(&turn, "error")["code"], "agent_interrupted");
    assert_eq!(last(&turn, "error")["offer_builtin"], true);
    assert_eq!(talk.retry(&id, json!({})).await.0, 200);
    assert_eq!(talk.settled(&id).await["status"], "done");
    assert_eq!(talk.agent.messages(1), ["user Hello"], "half an answer is no part of the next attempt");
}

#[tokio::test]
async fn an_answer_that_ends_too_early_or_is_no_answer_fails() {
    let talk = Talk::start([
        Reply::new().text("Then"),
        Reply::status(401),
        Reply::new().call("x", "drop_tables", json!({})),
        Reply::new().finish("stop"),
        Reply::new().text("A very long").finish("length"),
    ])
    .await;
    for code in ["agent_interrupted", "agent_unavailable", "agent_interrupted", "empty_answer", "answer_cut"] {
        let turn = talk.say_and_wait("Hello").await;
        assert_eq!((&turn["status"], &last(&turn, "error")["code"]), (&json!("failed"), &json!(code)));
        assert_eq!(*story(&turn).last().unwrap(), "done");
    }
    talk.agent.verify();
}

#[tokio::test]
async fn what_the_model_failed_at_is_passed_on() {
    let talk = Talk::start([Reply::new().error("model_quota", false)]).await;
    let turn = talk.say_and_wait("Hello").await;
    assert_eq!(
        *last(&turn, "error"),
        json!({"code": "model_quota", "detail": "The model says no.", "retryable": false, "offer_builtin": true})
    );
}

#[tokio::test]
async fn a_step_that_takes_too_long_is_given_up() {
    let talk =
        Talk::with(&["--chat-step-timeout", "300ms"], [Reply::new().text("Thinking").gate(&Gate::closed())]).await;
    let turn = talk.say_and_wait("Think").await;
    assert_eq!((&last(&turn, "error")["code"], text(&turn).as_str()), (&json!("step_timeout"), "Thinking"));
    until(|| talk.agent.cancelled() == 1).await;
}

#[tokio::test]
async fn a_turn_that_takes_too_long_is_given_up() {
    let talk = Talk::with(
        &["--chat-turn-timeout", "400ms"],
        [Reply::calls("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]})), Reply::new().gate(&Gate::closed())],
    )
    .await;
    let turn = talk.say_and_wait("Think").await;
    assert_eq!(last(&turn, "error")["code"], "turn_timeout");
    assert_eq!(talk.titles().await, ["Milk"]);
}

#[tokio::test]
async fn a_server_that_ends_leaves_an_interrupted_turn_that_can_be_retried() {
    let talk = Talk::with(
        &["--shutdown-timeout", "1s"],
        [
            Reply::calls("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]})),
            Reply::new().text("And ").gate(&Gate::closed()),
            Reply::says("Added."),
        ],
    )
    .await;
    let id = talk.say("Add milk").await;
    talk.stream(&id, 0).await.up_to("text").await;
    let talk = talk.restart().await;
    let turn = talk.turn(&id).await;
    assert_eq!((&turn["status"], &last(&turn, "done")["status"]), (&json!("interrupted"), &json!("interrupted")));
    assert_eq!(talk.retry(&id, json!({})).await.0, 200);
    let turn = talk.settled(&id).await;
    assert_eq!(turn["status"], "done");
    assert_eq!(talk.titles().await, ["Milk"], "what was done is not done twice");
    talk.agent.verify();
}

#[tokio::test]
async fn after_a_crash_what_was_at_work_is_interrupted_and_its_open_call_has_a_result() {
    let talk =
        Talk::start([Reply::new().text("Wait. ").call("a", "delete_tasks", json!({"ids": [1]})).gate(&Gate::closed())])
            .await;
    talk.add_tasks(&["Milk"]).await;
    let id = talk.say("Delete milk").await;
    talk.stream(&id, 0).await.up_to("tool_call").await;
    // As a start after kill -9 does, with the rows as they are now.
    let mut connection = todo_api::db::connect(&talk.app.database()).unwrap();
    let count = todo_api::chat::interrupt_unfinished(&mut connection, talk.app.state.clock.now()).unwrap();
    assert_eq!(count, 1);
    let turn = talk.turn(&id).await;
    assert_eq!(story(&turn)[4..], ["tool_result", "done"]);
    assert_eq!((&turn["status"], &last(&turn, "tool_result")["status"]), (&json!("interrupted"), &json!("failed")));
    assert_eq!(talk.titles().await, ["Milk"]);
}
