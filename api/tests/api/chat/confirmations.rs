use super::reply::Reply;
use super::talk::{Talk, last, story};
use serde_json::json;

fn wipe(id: &str, ids: &[i64]) -> Reply {
    Reply::calls(id, "delete_tasks", json!({ "ids": ids }))
}

async fn asked(replies: impl IntoIterator<Item = Reply>) -> (Talk, String) {
    let talk = Talk::start(replies).await;
    talk.add_tasks(&["Milk", "Bread", "Eggs"]).await;
    let turn = talk.say_and_wait("Delete everything").await;
    assert_eq!(turn["status"], "needs_confirmation", "{turn}");
    let id = turn["id"].as_str().unwrap().to_owned();
    (talk, id)
}

#[tokio::test]
async fn a_big_change_waits_and_after_a_yes_it_happens() {
    let (talk, id) = asked([wipe("w", &[1, 2, 3]), Reply::says("All gone.")]).await;
    let turn = talk.turn(&id).await;
    assert_eq!(story(&turn), ["status", "status", "tool_call", "confirmation", "status"]);
    let question = last(&turn, "confirmation");
    assert_eq!(question["summary"], "Delete 3 tasks: “Milk”, “Bread” and “Eggs”.");
    assert!(question["approved"].is_null());
    assert_eq!(talk.titles().await.len(), 3, "nothing happens before the answer");

    let (status, answer) = talk.answer(&id, "w", true).await;
    assert_eq!((status, &answer["status"], &answer["response"]), (200, &json!("done"), &json!("All gone.")));
    assert_eq!(answer["tool_calls"][0]["status"], "done");
    assert_eq!(talk.titles().await.len(), 0);
    let turn = talk.turn(&id).await;
    assert_eq!(story(&turn)[5..], ["confirmation", "status", "tool_result", "text", "done"]);
    talk.agent.verify();
}

#[tokio::test]
async fn after_a_no_nothing_happens_and_the_planner_answers() {
    let (talk, id) = asked([wipe("w", &[1, 2, 3]), Reply::says("I left them.")]).await;
    let (status, answer) = talk.answer(&id, "w", false).await;
    let response = "I left them.\n\nNot done: Delete 3 tasks: “Milk”, “Bread” and “Eggs” (you said no).";
    assert_eq!((status, &answer["response"]), (200, &json!(response)));
    assert_eq!(
        (&answer["tool_calls"][0]["status"], &answer["tool_calls"][0]["result"]["kind"]),
        (&json!("declined"), &json!("declined"))
    );
    assert_eq!(talk.titles().await.len(), 3);
    assert_eq!(talk.agent.messages(1)[2], "tool w declined");
}

#[tokio::test]
async fn the_same_answer_again_changes_nothing_and_another_one_is_refused() {
    let (talk, id) = asked([wipe("w", &[1, 2]), Reply::says("Gone.")]).await;
    let (first, again) = tokio::join!(talk.answer(&id, "w", true), talk.answer(&id, "w", true));
    assert_eq!(first, again);
    assert_eq!((first.0, &first.1["status"]), (200, &json!("done")));
    let (status, problem) = talk.answer(&id, "w", false).await;
    assert_eq!((status, &problem["code"]), (409, &json!("turn_conflict")));
    let (_, journal) = talk.person.get("/api/operations").await;
    let deletes = journal["items"].as_array().unwrap().iter().filter(|operation| operation["kind"] == "delete");
    assert_eq!(deletes.count(), 2, "an approved call runs once");
    talk.agent.verify();
}

#[tokio::test]
async fn a_question_outlives_the_server() {
    let (talk, id) = asked([wipe("w", &[1, 2]), Reply::says("Gone.")]).await;
    let talk = talk.restart().await;
    let turn = talk.turn(&id).await;
    assert_eq!(turn["status"], "needs_confirmation");
    let (status, answer) = talk.answer(&id, "w", true).await;
    assert_eq!((status, &answer["status"]), (200, &json!("done")), "{answer}");
    assert_eq!(talk.titles().await, ["Eggs"]);
    talk.agent.verify();
}

#[tokio::test]
async fn a_big_change_in_small_calls_asks_all_the_same() {
    let (talk, id) = asked([wipe("a", &[1]), wipe("b", &[2]), Reply::says("Done.")]).await;
    assert_eq!(talk.titles().await, ["Bread", "Eggs"], "one deletion alone is small");
    assert_eq!(last(&talk.turn(&id).await, "confirmation")["call_id"], "b");
    let (_, answer) = talk.answer(&id, "b", false).await;
    assert_eq!(answer["status"], "done");
    assert_eq!(talk.titles().await, ["Bread", "Eggs"]);
}

#[tokio::test]
async fn calls_of_one_step_are_asked_about_together() {
    let both = Reply::new()
        .call("a", "delete_tasks", json!({"ids": [1]}))
        .call("b", "delete_tasks", json!({"ids": [2]}))
        .finish("tool_calls");
    let (talk, id) = asked([both, Reply::says("One of them.")]).await;
    let (status, answer) = talk.answer(&id, "b", true).await;
    assert_eq!((status, &answer["status"]), (200, &json!("needs_confirmation")));
    assert_eq!(talk.titles().await.len(), 3, "the other answer is missing");
    let (_, answer) = talk.answer(&id, "a", false).await;
    assert_eq!(answer["status"], "done");
    assert_eq!(talk.titles().await, ["Milk", "Eggs"]);
    assert_eq!(talk.agent.messages(1)[2..], ["tool a declined", "tool b done"]);
}

#[tokio::test]
async fn a_question_blocks_the_conversation_until_it_is_answered_or_stopped() {
    let (talk, id) = asked([wipe("w", &[1, 2]), Reply::says("Hello.")]).await;
    let (status, problem) = talk.post_turn(&uuid::Uuid::new_v4().to_string(), "Hello").await;
    assert_eq!((status, &problem["code"]), (409, &json!("turn_conflict")));
    assert_eq!(talk.retry(&id, json!({})).await.0, 409);
    let (status, turn) = talk.stop(&id).await;
    assert_eq!((status, &turn["status"]), (200, &json!("interrupted")));
    assert_eq!(last(&turn, "tool_result")["status"], "failed");
    let (status, problem) = talk.answer(&id, "w", true).await;
    assert!(status == 404 || status == 409, "{problem}");
    assert_eq!(talk.titles().await.len(), 3);
    assert_eq!(talk.say_and_wait("Hello").await["status"], "done");
}

#[tokio::test]
async fn only_what_was_asked_can_be_answered_and_only_by_its_owner() {
    let (talk, id) = asked([wipe("w", &[1, 2])]).await;
    assert_eq!(talk.answer(&id, "other", true).await.0, 404);
    let stranger = talk.app.register().await;
    let path = format!("/api/turns/{id}/confirmations/w");
    assert_eq!(stranger.post(&path, json!({"approve": true})).await.0, 404);
    let (status, problem) = talk.person.post(&path, json!({"approve": "yes"})).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("approve")));
    assert_eq!(talk.titles().await.len(), 3);
}
