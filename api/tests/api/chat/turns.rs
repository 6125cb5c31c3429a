use super::reply::{Gate, Reply};
use super::talk::Talk;
use serde_json::json;
use uuid::Uuid;

fn new_id() -> String {
    Uuid::new_v4().to_string()
}

#[tokio::test]
async fn the_same_turn_id_again_is_the_same_turn() {
    let talk = Talk::start([Reply::says("Hello.")]).await;
    let id = new_id();
    assert_eq!(talk.post_turn(&id, "Hello").await.0, 201);
    let turn = talk.settled(&id).await;
    assert_eq!(talk.post_turn(&id, "Hello").await, (200, turn));
    let (status, problem) = talk.post_turn(&id, "Something else").await;
    assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
    talk.agent.verify();
}

#[tokio::test]
async fn posts_of_the_same_id_at_once_begin_one_turn() {
    let talk = Talk::start([Reply::says("Hello.")]).await;
    let id = new_id();
    let posts = futures_util::future::join_all((0..8).map(|_| talk.post_turn(&id, "Hello"))).await;
    let mut statuses: Vec<_> = posts.iter().map(|post| post.0).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 201]);
    talk.settled(&id).await;
    talk.agent.verify();
}

#[tokio::test]
async fn a_conversation_has_one_turn_at_work() {
    let gate = Gate::closed();
    let talk = Talk::start([Reply::new().gate(&gate).text("Hello.").finish("stop")]).await;
    let id = talk.say("Hello").await;
    let (status, problem) = talk.post_turn(&new_id(), "And?").await;
    assert_eq!((status, &problem["code"]), (409, &json!("turn_conflict")));
    gate.open();
    talk.settled(&id).await;
    talk.agent.verify();
}

#[tokio::test]
async fn an_account_has_four_turns_at_work() {
    let gate = Gate::closed();
    let talk = Talk::start((0..4).map(|_| Reply::new().gate(&gate).text("Hello.").finish("stop"))).await;
    let mut answers = Vec::new();
    for _ in 0..5 {
        let (_, conversation) = talk.person.post("/api/conversations", json!({})).await;
        let path = format!("/api/conversations/{}/turns", conversation["id"].as_str().unwrap());
        let request = talk.person.request("POST", &path).json(&json!({"id": new_id(), "message": "Hello"}));
        let response = request.send().await.unwrap();
        answers.push((response.status().as_u16(), response.headers().contains_key("retry-after")));
    }
    assert_eq!(answers[..4], [(201, false); 4]);
    assert_eq!(answers[4], (429, true));
    gate.open();
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let talk = Talk::start([]).await;
    let path = format!("/api/conversations/{}/turns", talk.conversation);
    let long = "x".repeat(4001);
    for (body, field) in [
        (json!({"id": new_id(), "message": ""}), "message"),
        (json!({"id": new_id(), "message": long}), "message"),
        (json!({"id": "7", "message": "Hello"}), "id"),
        (json!({"id": new_id()}), "message"),
        (json!({"id": new_id(), "message": "Hello", "time_zone": "Mars/Base"}), "time_zone"),
        (json!({"id": new_id(), "message": "Hello", "user_id": 1}), "user_id"),
    ] {
        let (status, problem) = talk.person.post(&path, body).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!(field)), "{problem}");
    }
    for unknown in [new_id(), "nonsense".to_owned()] {
        let path = format!("/api/conversations/{unknown}/turns");
        assert_eq!(talk.person.post(&path, json!({"id": new_id(), "message": "Hello"})).await.0, 404);
    }
}

#[tokio::test]
async fn turns_are_paged_backwards_and_each_page_ends_with_its_latest() {
    let talk = Talk::start((1..=5).map(|n| Reply::says(&format!("Answer {n}")))).await;
    for n in 1..=5 {
        talk.say_and_wait(&format!("Message {n}")).await;
    }
    let path = format!("/api/conversations/{}/turns?limit=2", talk.conversation);
    let (mut pages, mut cursor) = (Vec::new(), String::new());
    loop {
        let (status, page) = talk.person.get(&format!("{path}&cursor={cursor}")).await;
        assert_eq!(status, 200, "{page}");
        let turns = page["items"].as_array().unwrap().iter();
        pages.push(turns.map(|turn| turn["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" | "));
        match page["next_cursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(pages, ["Message 4 | Message 5", "Message 2 | Message 3", "Message 1"]);
    for query in ["limit=0", "limit=201", "cursor=!", "colour=red"] {
        let path = format!("/api/conversations/{}/turns?{query}", talk.conversation);
        assert_eq!(talk.person.get(&path).await.0, 422, "{query}");
    }
}

#[tokio::test]
async fn an_id_of_someone_elses_turn_is_not_found() {
    let talk = Talk::start([Reply::says("Hello.")]).await;
    let turn = talk.say_and_wait("Hello").await;
    let stranger = talk.app.register().await;
    let (_, conversation) = stranger.post("/api/conversations", json!({})).await;
    let path = format!("/api/conversations/{}/turns", conversation["id"].as_str().unwrap());
    assert_eq!(stranger.post(&path, json!({"id": turn["id"], "message": "Hello"})).await.0, 404);
    let path = format!("/api/conversations/{}/turns", talk.conversation);
    assert_eq!(stranger.post(&path, json!({"id": new_id(), "message": "Hello"})).await.0, 404);
    assert_eq!(stranger.get(&path).await.0, 404);
}
