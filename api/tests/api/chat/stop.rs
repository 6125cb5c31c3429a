use super::reply::{Gate, Reply};
use super::talk::{Talk, last, text, until};
use serde_json::json;

#[tokio::test]
async fn stop_ends_the_turn_and_cancels_what_is_asked_of_the_agent() {
    let talk = Talk::start([Reply::new().text("Well, ").gate(&Gate::closed()), Reply::says("Hello.")]).await;
    let id = talk.say("Tell me everything").await;
    let mut stream = talk.stream(&id, 0).await;
    stream.up_to("text").await;
    let (status, turn) = talk.stop(&id).await;
    assert_eq!((status, &turn["status"], text(&turn).as_str()), (200, &json!("interrupted"), "Well, "));
    assert_eq!(stream.rest().await.last().unwrap().2, json!({"status": "interrupted"}));
    until(|| talk.agent.cancelled() == 1).await;

    let (status, again) = talk.stop(&id).await;
    assert_eq!((status, &again), (200, &turn), "a second stop changes nothing");
    assert_eq!(talk.say_and_wait("Hello").await["status"], "done", "the conversation goes on");
}

#[tokio::test]
async fn a_stopped_turn_can_be_retried() {
    let talk = Talk::start([Reply::new().gate(&Gate::closed()), Reply::says("Hello.")]).await;
    let id = talk.say("Hello").await;
    until(|| talk.agent.requests().len() == 1).await;
    talk.stop(&id).await;
    assert_eq!(talk.retry(&id, json!({})).await.0, 200);
    let turn = talk.settled(&id).await;
    assert_eq!((&turn["status"], text(&turn).as_str()), (&json!("done"), "Hello."));
}

#[tokio::test]
async fn a_call_that_was_proposed_but_not_run_never_runs_after_a_stop() {
    let call = Reply::new().call("a", "delete_tasks", json!({"ids": [1]}));
    let proposal = call.gate(&Gate::closed()).finish("tool_calls");
    let talk = Talk::start([proposal]).await;
    talk.add_tasks(&["Milk"]).await;
    let id = talk.say("Delete milk").await;
    talk.stream(&id, 0).await.up_to("tool_call").await;
    let (_, turn) = talk.stop(&id).await;
    assert_eq!(last(&turn, "tool_result")["result"]["error"]["code"], "not_run");
    until(|| talk.agent.cancelled() == 1).await;
    assert_eq!(talk.titles().await, ["Milk"]);
    assert_eq!(talk.turn(&id).await, turn);
}

#[tokio::test]
async fn a_stranger_cannot_stop_retry_or_watch() {
    let talk = Talk::start([Reply::new().gate(&Gate::closed())]).await;
    let id = talk.say("Hello").await;
    let stranger = talk.app.register().await;
    for action in ["stop", "retry"] {
        assert_eq!(stranger.post(&format!("/api/turns/{id}/{action}"), json!({})).await.0, 404);
    }
    assert_eq!(stranger.get(&format!("/api/turns/{id}")).await.0, 404);
    assert_eq!(stranger.get(&format!("/api/turns/{id}/events")).await.0, 404);
    assert_eq!(talk.turn(&id).await["status"], "running");
}
