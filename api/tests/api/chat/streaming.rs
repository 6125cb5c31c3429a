use super::reply::{Gate, Reply};
use super::talk::{Talk, ids, last, names, story, text};
use serde_json::json;

#[tokio::test]
async fn an_answer_arrives_while_it_is_being_written() {
    let gate = Gate::closed();
    let talk = Talk::start([Reply::new().text("Good ").gate(&gate).text("morning.").finish("stop")]).await;
    let turn = talk.say("Hello").await;
    let mut stream = talk.stream(&turn, 0).await;
    let begun = stream.up_to("text").await;
    assert_eq!(names(&begun), ["status", "status", "text"]);
    assert_eq!(begun[1].2, json!({"status": "running", "planner": "openai", "model": "scripted", "attempt": 1}));
    assert_eq!(begun[2].2, json!({"text": "Good "}));

    gate.open();
    let rest = stream.rest().await;
    assert_eq!(names(&rest), ["text", "done"]);
    assert_eq!(rest[1].2, json!({"status": "done"}));

    let turn = talk.turn(&turn).await;
    assert_eq!(text(&turn), "Good morning.");
    assert_eq!(
        (&turn["status"], &turn["planner"], &turn["model"]),
        (&json!("done"), &json!("openai"), &json!("scripted"))
    );
    talk.agent.verify();
}

#[tokio::test]
async fn small_pieces_are_stored_together() {
    let words = (0..300).fold(Reply::new(), |reply, n| reply.text(&format!("{n} ")));
    let talk = Talk::start([words.finish("stop")]).await;
    let turn = talk.say("Count").await;
    let events = talk.stream(&turn, 0).await.rest().await;
    let pieces: Vec<_> = events.iter().filter(|event| event.1 == "text").collect();
    assert!(pieces.len() < 60, "{} rows for 300 pieces", pieces.len());
    let whole: String = pieces.iter().map(|event| event.2["text"].as_str().unwrap()).collect();
    assert_eq!(whole, (0..300).map(|n| format!("{n} ")).collect::<String>());
    assert_eq!(text(&talk.turn(&turn).await), whole);
}

#[tokio::test]
async fn a_lost_connection_resumes_without_gap_or_repetition() {
    let gates = [Gate::closed(), Gate::closed()];
    let reply = Reply::new().text("one ").gate(&gates[0]).text("two ").gate(&gates[1]).text("three").finish("stop");
    let talk = Talk::start([reply]).await;
    let turn = talk.say("Count").await;
    let mut first = talk.stream(&turn, 0).await;
    let mut all = first.up_to("text").await;
    drop(first);
    gates[0].open();
    let mut second = talk.stream(&turn, all.last().unwrap().0).await;
    all.extend(second.up_to("text").await);
    drop(second);
    gates[1].open();
    talk.settled(&turn).await;
    all.extend(talk.stream(&turn, all.last().unwrap().0).await.rest().await);

    assert_eq!(ids(&all), (1..=i64::try_from(all.len()).unwrap()).collect::<Vec<_>>());
    let words: String = all.iter().filter_map(|event| event.2["text"].as_str()).collect();
    assert_eq!(words, "one two three");
    assert_eq!(talk.stream(&turn, 0).await.rest().await, all);
    assert_eq!(talk.stream(&turn, all.last().unwrap().0).await.rest().await, []);
}

#[tokio::test]
async fn two_watchers_see_the_same() {
    let gate = Gate::closed();
    let talk = Talk::start([Reply::new().text("Hm. ").gate(&gate).text("Yes.").finish("stop")]).await;
    let turn = talk.say("Is it?").await;
    let (one, other) = (talk.stream(&turn, 0).await, talk.stream(&turn, 0).await);
    gate.open();
    let (one, other) = tokio::join!(one.rest(), other.rest());
    assert_eq!(one, other);
}

#[tokio::test]
async fn nobody_needs_to_watch() {
    let gate = Gate::closed();
    let talk = Talk::start([
        Reply::new()
            .text("Adding. ")
            .gate(&gate)
            .call("c", "add_tasks", json!({"tasks": [{"title": "Milk"}]}))
            .finish("tool_calls"),
        Reply::says("Added."),
    ])
    .await;
    let turn = talk.say("Add milk").await;
    let mut stream = talk.stream(&turn, 0).await;
    stream.up_to("text").await;
    drop(stream);
    gate.open();
    let turn = talk.settled(&turn).await;
    assert_eq!(turn["status"], "done");
    assert_eq!(talk.titles().await, ["Milk"]);
    assert_eq!(story(&turn), ["status", "status", "text", "tool_call", "tool_result", "text", "done"]);
    assert_eq!(last(&turn, "text")["text"], "Added.");
}

#[tokio::test]
async fn the_stream_of_a_waiting_turn_stays_open_and_shows_that_it_is_alive() {
    let talk = Talk::with(
        &["--sse-heartbeat", "50ms"],
        [Reply::calls("wipe", "delete_tasks", json!({"ids": [1, 2]})), Reply::says("Kept.")],
    )
    .await;
    talk.add_tasks(&["Milk", "Bread"]).await;
    let turn = talk.say("Delete both").await;
    let request = talk.person.request("GET", &format!("/api/turns/{turn}/events"));
    let mut response = request.send().await.unwrap();
    let mut seen = String::new();
    while seen.matches(": still here").count() < 2 {
        let chunk = super::talk::within(response.chunk()).await.unwrap().expect("the stream ended");
        seen.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    assert!(seen.contains("needs_confirmation"));
    talk.answer(&turn, "wipe", false).await;
    while let Some(chunk) = super::talk::within(response.chunk()).await.unwrap() {
        seen.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    assert!(seen.contains("event: done"), "{seen}");
}
