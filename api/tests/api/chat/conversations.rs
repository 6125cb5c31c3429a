use super::reply::{Gate, Reply};
use super::talk::{Talk, until};
use serde_json::{Value, json};

#[tokio::test]
async fn a_conversation_is_made_named_and_removed() {
    let talk = Talk::start([]).await;
    let id = uuid::Uuid::new_v4().to_string();
    let (status, made) = talk.person.post("/api/conversations", json!({"id": id, "title": "Holiday"})).await;
    assert_eq!((status, &made["id"], &made["title"]), (201, &json!(id), &json!("Holiday")));
    assert_eq!(talk.person.post("/api/conversations", json!({"id": id})).await, (200, made.clone()));

    let path = format!("/api/conversations/{id}");
    let (status, renamed) = talk.person.patch(&path, json!({"title": "  Summer   holiday "})).await;
    assert_eq!((status, &renamed["title"]), (200, &json!("Summer holiday")));
    assert_eq!(talk.person.get(&path).await, (200, renamed));
    let (status, problem) = talk.person.patch(&path, json!({"title": " "})).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("title")));

    assert_eq!(talk.person.delete(&path).await, (204, Value::Null));
    assert_eq!(talk.person.get(&path).await.0, 404);
    assert_eq!(talk.person.delete(&path).await.0, 404);
}

#[tokio::test]
async fn the_first_message_names_it_unless_a_person_did() {
    let talk = Talk::start([Reply::says("Hello."), Reply::says("Hello."), Reply::says("Hello.")]).await;
    let path = format!("/api/conversations/{}", talk.conversation);
    assert_eq!(talk.person.get(&path).await.1["title"], "New conversation");
    talk.say_and_wait("Plan\nthe week").await;
    talk.say_and_wait("And the month").await;
    assert_eq!(talk.person.get(&path).await.1["title"], "Plan the week");
    let (_, named) = talk.person.post("/api/conversations", json!({"title": "Mine"})).await;
    let path = format!("/api/conversations/{}", named["id"].as_str().unwrap());
    let turn = json!({"id": uuid::Uuid::new_v4(), "message": "Hello"});
    assert_eq!(talk.person.post(&format!("{path}/turns"), turn).await.0, 201);
    assert_eq!(talk.person.get(&path).await.1["title"], "Mine");
}

#[tokio::test]
async fn the_one_with_the_latest_message_comes_first() {
    let talk = Talk::start([Reply::says("Hello.")]).await;
    for title in ["Second", "Third"] {
        talk.person.post("/api/conversations", json!({ "title": title })).await;
    }
    talk.say_and_wait("First").await;
    let (_, page) = talk.person.get("/api/conversations?limit=2").await;
    let titles = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&page), ["First", "Third"]);
    let next = page["next_cursor"].as_str().unwrap();
    let (_, page) = talk.person.get(&format!("/api/conversations?limit=2&cursor={next}")).await;
    assert_eq!((titles(&page), &page["next_cursor"]), (vec!["Second".to_owned()], &Value::Null));
}

#[tokio::test]
async fn removing_one_stops_its_turn_and_ends_its_streams_but_keeps_the_tasks() {
    let talk = Talk::start([
        Reply::calls("a", "add_tasks", json!({"tasks": [{"title": "Milk"}]})),
        Reply::new().text("And").gate(&Gate::closed()),
    ])
    .await;
    let turn = talk.say("Add milk").await;
    let mut stream = talk.stream(&turn, 0).await;
    stream.up_to("text").await;
    assert_eq!(talk.person.delete(&format!("/api/conversations/{}", talk.conversation)).await.0, 204);
    assert_eq!(stream.rest().await, []);
    until(|| talk.agent.cancelled() == 1).await;
    assert_eq!(talk.person.get(&format!("/api/turns/{turn}")).await.0, 404);
    assert_eq!(talk.titles().await, ["Milk"]);
}

#[tokio::test]
async fn someone_elses_is_not_found() {
    let talk = Talk::start([]).await;
    let stranger = talk.app.register().await;
    let path = format!("/api/conversations/{}", talk.conversation);
    assert_eq!(stranger.get(&path).await.0, 404);
    assert_eq!(stranger.patch(&path, json!({"title": "Mine"})).await.0, 404);
    assert_eq!(stranger.delete(&path).await.0, 404);
    assert_eq!(stranger.post("/api/conversations", json!({"id": talk.conversation})).await.0, 404);
    assert_eq!(stranger.get("/api/conversations").await.1["items"], json!([]));
    assert_eq!(talk.person.get(&path).await.0, 200);
}

#[tokio::test]
async fn an_idempotency_key_stands_for_an_id() {
    let talk = Talk::start([]).await;
    let make = || async {
        let request = talk.person.request("POST", "/api/conversations").header("idempotency-key", "k").json(&json!({}));
        crate::support::json_of(request.send().await.unwrap()).await
    };
    let (first, again) = (make().await, make().await);
    assert_eq!((first.0, again.0, &first.1["id"]), (201, 200, &again.1["id"]));
}
