use super::reply::Reply;
use super::talk::{Talk, last, story};
use serde_json::json;

#[tokio::test]
async fn a_retry_does_not_do_again_what_was_done() {
    let talk = Talk::start([
        Reply::new()
            .text("Adding. ")
            .call("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]}))
            .finish("tool_calls"),
        Reply::new().error("model_unreachable", true),
        Reply::says("Milk is on the list."),
    ])
    .await;
    let turn = talk.say_and_wait("Add milk").await;
    let id = turn["id"].as_str().unwrap();
    assert_eq!(last(&turn, "error")["code"], "model_unreachable");

    let (status, begun) = talk.retry(id, json!({})).await;
    assert_eq!(status, 200);
    assert_eq!(last(&begun, "status")["attempt"], 2);
    let turn = talk.settled(id).await;
    assert_eq!(turn["status"], "done");
    assert_eq!(talk.titles().await, ["Milk"]);
    assert_eq!(talk.agent.messages(2), ["user Add milk", "assistant  add_tasks", "tool a done"]);
    let (_, answer) = talk.person.get(&format!("/api/conversations/{}/turns", talk.conversation)).await;
    assert_eq!(answer["items"].as_array().unwrap().len(), 1, "it is the same turn");
    talk.agent.verify();
}

#[tokio::test]
async fn a_turn_keeps_the_way_in_which_dates_were_read_when_it_was_said() {
    let talk = Talk::start([
        Reply::new().error("model_unreachable", true),
        Reply::says("Added."),
        Reply::says("Added another."),
    ])
    .await;
    let turn = talk.say_and_wait("Add rent 5/1").await;
    let american = json!({"week_start": "sunday", "date_order": "month_first"});
    assert_eq!(talk.person.patch("/api/me", american.clone()).await.0, 200);
    let id = turn["id"].as_str().unwrap();
    talk.retry(id, json!({})).await;
    talk.settled(id).await;
    talk.say_and_wait("Add rent 5/2").await;
    let told = |n: usize| {
        let context = &talk.agent.requests()[n]["context"];
        json!({"week_start": context["week_start"], "date_order": context["date_order"]})
    };
    let european = json!({"week_start": "monday", "date_order": "day_first"});
    assert_eq!([told(0), told(1), told(2)], [european.clone(), european, american]);
}

#[tokio::test]
async fn a_retry_may_ask_for_the_built_in_planner() {
    let talk = Talk::start([Reply::new().error("model_unreachable", true), Reply::says("Hello.")]).await;
    let turn = talk.say_and_wait("Hello").await;
    let id = turn["id"].as_str().unwrap();
    talk.retry(id, json!({"planner": "builtin"})).await;
    talk.settled(id).await;
    assert_eq!(talk.agent.requests()[1]["planner"], "builtin");
    let (status, problem) = talk.retry(id, json!({"planner": "oracle"})).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("planner")));
}

#[tokio::test]
async fn only_one_of_two_retries_begins_an_attempt() {
    let talk = Talk::start([Reply::new().error("model_unreachable", true), Reply::says("Hello.")]).await;
    let turn = talk.say_and_wait("Hello").await;
    let id = turn["id"].as_str().unwrap();
    let (one, other) = tokio::join!(talk.retry(id, json!({})), talk.retry(id, json!({})));
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let turn = talk.settled(id).await;
    assert_eq!(story(&turn).iter().filter(|event| *event == "done").count(), 2);
    talk.agent.verify();
}

#[tokio::test]
async fn what_ended_well_is_not_tried_again() {
    let talk = Talk::start([Reply::says("Hello.")]).await;
    let turn = talk.say_and_wait("Hello").await;
    let (status, problem) = talk.retry(turn["id"].as_str().unwrap(), json!({})).await;
    assert_eq!((status, &problem["code"]), (409, &json!("turn_conflict")));
}

#[tokio::test]
async fn a_stream_of_the_first_attempt_goes_on_into_the_second() {
    let talk = Talk::start([Reply::new().error("model_unreachable", true), Reply::says("Hello.")]).await;
    let turn = talk.say_and_wait("Hello").await;
    let id = turn["id"].as_str().unwrap();
    let first = talk.stream(id, 0).await.rest().await;
    talk.retry(id, json!({})).await;
    let second = talk.stream(id, first.last().unwrap().0).await.rest().await;
    assert_eq!(second[0].2["attempt"], 2);
    assert_eq!(second.last().unwrap().2, json!({"status": "done"}));
}

#[tokio::test]
async fn a_message_can_be_tried_twenty_times() {
    let talk = Talk::start((0..20).map(|_| Reply::new().error("model_error", true))).await;
    let id = talk.say("Hello").await;
    for _ in 1..20 {
        talk.settled(&id).await;
        assert_eq!(talk.retry(&id, json!({})).await.0, 200);
    }
    talk.settled(&id).await;
    let (status, problem) = talk.retry(&id, json!({})).await;
    assert_eq!((status, &problem["code"]), (409, &json!("limit_reached")));
    assert!(problem["detail"].as_str().unwrap().contains("20 times"), "{problem}");
}
