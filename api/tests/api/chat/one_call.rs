use super::reply::{Gate, Reply};
use super::talk::{Talk, chat, until};
use serde_json::{Value, json};

#[tokio::test]
async fn one_call_says_something_and_answers_with_all_that_followed() {
    let talk = Talk::start([
        Reply::new().text("On it.").call("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]})).finish("tool_calls"),
        Reply::says("Milk is on the list."),
    ])
    .await;
    let script = talk.person.token("read_write").await;
    let (status, answer) = chat(&script, None, json!({"message": "Add milk"})).await;
    assert_eq!(status, 200, "{answer}");
    let mut fields: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["conversation_id", "not_done", "planner", "response", "status", "tool_calls", "turn_id"]);
    assert_eq!(answer["response"], "On it.\n\nMilk is on the list.");
    assert_eq!((&answer["status"], &answer["planner"]), (&json!("done"), &json!("openai")));
    let call = &answer["tool_calls"][0];
    assert_eq!((&call["id"], &call["name"], &call["status"]), (&json!("a"), &json!("add_tasks"), &json!("done")));
    assert_eq!(call["arguments"]["tasks"][0]["title"], "Milk");
    assert_eq!(call["result"]["items"][0]["task"]["title"], "Milk");
    talk.agent.verify();
}

#[tokio::test]
async fn a_conversation_can_be_continued() {
    let talk = Talk::start([Reply::says("One."), Reply::says("Two.")]).await;
    let (_, first) = chat(&talk.person, None, json!({"message": "Say one"})).await;
    let body = json!({"message": "Say two", "conversation_id": first["conversation_id"]});
    let (status, second) = chat(&talk.person, None, body).await;
    assert_eq!((status, &second["conversation_id"]), (200, &first["conversation_id"]));
    assert_eq!(talk.agent.messages(1), ["user Say one", "assistant One.", "user Say two"]);
    let unknown = json!({"message": "Hello", "conversation_id": uuid::Uuid::new_v4()});
    assert_eq!(chat(&talk.person, None, unknown).await.0, 404);
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_answer_and_does_nothing_twice() {
    let talk =
        Talk::start([Reply::calls("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]})), Reply::says("Added.")])
            .await;
    let body = json!({"message": "Add milk"});
    let (first, second) =
        tokio::join!(chat(&talk.person, Some("key-1"), body.clone()), chat(&talk.person, Some("key-1"), body.clone()));
    assert_eq!((first.0, &first), (200, &second));
    assert_eq!(chat(&talk.person, Some("key-1"), body.clone()).await, first);
    assert_eq!(talk.titles().await, ["Milk"]);
    let (status, problem) = chat(&talk.person, Some("key-1"), json!({"message": "Add bread"})).await;
    assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
    talk.agent.verify();
}

#[tokio::test]
async fn a_question_is_an_answer_too() {
    let talk = Talk::start([Reply::calls("w", "delete_tasks", json!({"ids": [1, 2]})), Reply::says("Gone.")]).await;
    talk.add_tasks(&["Milk", "Bread"]).await;
    let (status, answer) = chat(&talk.person, None, json!({"message": "Delete all"})).await;
    assert_eq!((status, &answer["status"]), (200, &json!("needs_confirmation")));
    assert_eq!(answer["response"], "Waiting for a yes or no: Delete 2 tasks: “Milk” and “Bread”.");
    assert_eq!(
        (&answer["tool_calls"][0]["status"], &answer["tool_calls"][0]["result"]),
        (&json!("pending"), &Value::Null)
    );
    let (status, answer) = talk.answer(answer["turn_id"].as_str().unwrap(), "w", true).await;
    assert_eq!((status, &answer["response"]), (200, &json!("Gone.")));
}

#[tokio::test]
async fn a_failure_is_told_in_words() {
    let talk = Talk::start([Reply::new().error("model_quota", false)]).await;
    let (status, answer) = chat(&talk.person, None, json!({"message": "Hello"})).await;
    assert_eq!((status, &answer["status"]), (200, &json!("failed")));
    assert_eq!(answer["response"], "The model says no.");
}

#[tokio::test]
async fn a_client_that_goes_away_does_not_stop_the_turn() {
    let gate = Gate::closed();
    let talk = Talk::start([
        Reply::new().gate(&gate).call("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]})).finish("tool_calls"),
        Reply::says("Added."),
    ])
    .await;
    let body = json!({"message": "Add milk"});
    {
        let waiting = chat(&talk.person, Some("key"), body.clone());
        let asked = until(|| talk.agent.requests().len() == 1);
        tokio::select! {
            answer = waiting => panic!("answered before its time: {answer:?}"),
            () = asked => {}
        }
    }
    gate.open();
    let (status, answer) = chat(&talk.person, Some("key"), body).await;
    assert_eq!((status, &answer["response"]), (200, &json!("Added.")));
    assert_eq!(talk.titles().await, ["Milk"]);
    assert_eq!(talk.agent.cancelled(), 0);
}

#[tokio::test]
async fn a_token_that_may_only_read_cannot_talk() {
    let talk = Talk::start([]).await;
    let reader = talk.person.token("read").await;
    assert_eq!(chat(&reader, None, json!({"message": "Hello"})).await.0, 403);
    assert_eq!(chat(&talk.app.visitor(), None, json!({"message": "Hello"})).await.0, 401);
}

#[tokio::test]
async fn messages_are_limited_in_their_rate() {
    let talk = Talk::with(&["--rate-limit", "on"], (0..30).map(|_| Reply::says("Hello."))).await;
    for _ in 0..30 {
        assert_eq!(chat(&talk.person, None, json!({"message": "Hello"})).await.0, 200);
    }
    let (status, problem) = chat(&talk.person, None, json!({"message": "Hello"})).await;
    assert_eq!((status, &problem["code"]), (429, &json!("rate_limited")));
}

#[tokio::test]
async fn no_more_than_ten_requests_of_an_account_wait_at_once() {
    let gate = Gate::closed();
    let talk = Talk::start([Reply::new().gate(&gate).text("Hello.").finish("stop")]).await;
    // Nobody is answered before one was refused.
    let ask = || async {
        let answer = chat(&talk.person, Some("key"), json!({"message": "Hello"})).await;
        if answer.0 == 429 {
            gate.open();
        }
        answer
    };
    let answers = futures_util::future::join_all((0..11).map(|_| ask())).await;
    let with = |status: u16| answers.iter().filter(|answer| answer.0 == status).count();
    assert_eq!((with(429), with(200)), (1, 10));
}
