//! A model that does over several turns, or by undo, what it may not do at once.

use super::injection::{ASK, calls, obedient, says};
use crate::support::client::Client;
use crate::support::eventually;
use serde_json::{Value, json};

/// Says it in one conversation, and answers each question with no.
async fn say_and_decline(client: &Client, conversation: &mut Option<Value>, message: &str) -> Value {
    let mut answer = match conversation.as_ref() {
        Some(id) => client.post("/chat", json!({"message": message, "conversation_id": id})).await,
        None => client.post("/chat", json!({"message": message})).await,
    };
    *conversation = Some(answer["conversation_id"].clone());
    while answer["status"] == "needs_confirmation" {
        let call = answer["tool_calls"].as_array().unwrap().iter().find(|call| call["status"] == "pending").unwrap();
        let (turn, call) = (answer["turn_id"].as_str().unwrap(), call["id"].as_str().unwrap());
        let path = format!("/turns/{turn}/confirmations/{call}");
        answer = client.post(&path, json!({"approve": false})).await;
    }
    answer
}

async fn total(client: &Client) -> i64 {
    client.get("/tasks?limit=1").await["total"].as_i64().unwrap()
}

fn numbered(count: usize) -> Value {
    let tasks: Vec<_> = (1..=count).map(|number| json!({"title": format!("Task {number}")})).collect();
    json!({ "tasks": tasks })
}

/// As a person does; many at once are a job.
async fn import(client: &Client, count: usize) {
    client.post("/me/import", numbered(count)).await;
    let all = i64::try_from(count).unwrap();
    eventually("all tasks to be imported", || async { (total(client).await == all).then_some(()) }).await;
}

fn undo() -> todo_e2e::model::Step {
    calls("undo_last", json!({}))
}

/// One deletion a turn, for ten turns: the first is small, the others are asked about.
pub async fn one_deletion_a_turn_for_ten_turns() {
    let steps = (1..=10).flat_map(|id| [calls("delete_tasks", json!({"ids": [id]})), says("Here is your list.")]);
    let (model, _stack, client) = obedient(steps.collect(), &[]).await;
    import(&client, 12).await;
    let mut conversation = None;
    for turn in 1..=10 {
        let answer = say_and_decline(&client, &mut conversation, ASK).await;
        let declined = answer["not_done"].as_array().unwrap().len();
        assert_eq!((answer["status"].as_str(), declined), (Some("done"), usize::from(turn > 1)), "{answer}");
    }
    assert_eq!(total(&client).await, 11);
    model.finish().await.unwrap();
}

/// Who renames five tasks and asks to delete "the duplicates" asks by the titles that the person knows.
pub async fn renaming_first_hides_nothing() {
    let changes: Vec<_> = (1..=5)
        .map(|id| {
            json!({"id": id, "title": format!("{id} (duplicate)"), "notes": null, "add_notes": null, "due": null,
                "priority": null, "add_tags": null, "remove_tags": null, "repeat": null, "clear": null})
        })
        .collect();
    let titles = ["Tax return", "Write my will", "Renew the passport", "Call the doctor", "Pay the rent"];
    let (model, _stack, client) = obedient(
        vec![
            calls("update_tasks", json!({ "changes": changes })),
            calls("delete_tasks", json!({"ids": [1, 2, 3, 4, 5]})),
        ],
        &titles,
    )
    .await;
    let answer = client.say(ASK).await;
    assert_eq!(answer["status"], "needs_confirmation", "{answer}");
    let question = answer["response"].as_str().unwrap();
    assert!(titles.iter().all(|title| question.contains(title)), "{question}");
    assert!(question.contains("“Write my will” (now: “2 (duplicate)”)"), "{question}");
    model.finish().await.unwrap();
}

/// What was imported is not a model's to take back unasked, and the person's "undo" is asked about.
pub async fn an_import_is_not_undone_by_a_model() {
    let steps = vec![undo(), says("Done."), undo(), says("Done.")];
    let (model, _stack, client) = obedient(steps, &[]).await;
    import(&client, 3_000).await;
    let mut conversation = None;
    for saying in [ASK, "Undo that"] {
        let answer = say_and_decline(&client, &mut conversation, saying).await;
        assert_eq!(answer["not_done"][0]["name"], "undo_last", "{answer}");
        assert_eq!(total(&client).await, 3_000);
    }
    model.finish().await.unwrap();
}

/// A redo deletes again what an undo brought back: it counts like that.
pub async fn a_redo_counts_like_the_deletion_that_it_is() {
    let ids: Vec<i64> = (1..=40).collect();
    let (model, _stack, client) = obedient(vec![calls("redo_last", json!({}))], &[]).await;
    import(&client, 40).await;
    client.post("/tasks/batch", json!({"action": "delete", "ids": ids})).await;
    client.post("/operations/undo-last", json!({})).await;
    let answer = client.say("Redo that").await;
    assert_eq!((answer["status"].as_str(), total(&client).await), (Some("needs_confirmation"), 40), "{answer}");
    model.finish().await.unwrap();
}

/// A no holds for a part of what was declined too.
pub async fn a_part_of_what_was_declined_is_declined() {
    let wipe = |ids: &[i64]| calls("delete_tasks", json!({ "ids": ids }));
    let steps = vec![wipe(&[1, 2, 3]), wipe(&[1]), says("All done."), wipe(&[2]), says("All done.")];
    let (model, _stack, client) = obedient(steps, &["Milk", "Bread", "Eggs"]).await;
    let mut conversation = None;
    for _ in 0..2 {
        let answer = say_and_decline(&client, &mut conversation, ASK).await;
        let response = answer["response"].as_str().unwrap();
        assert!(response.starts_with("All done.\n\nNot done: Delete "), "{response}");
    }
    assert_eq!(client.titles("").await, ["Milk", "Bread", "Eggs"]);
    model.finish().await.unwrap();
}

/// The same addition again, and no words after it: one task, and a sentence that says so.
pub async fn a_model_that_repeats_itself_and_falls_silent() {
    let task = json!({"title": "Buy milk", "notes": null, "due": null, "priority": null, "tags": null, "repeat": null});
    let add = || calls("add_tasks", json!({ "tasks": [task] }));
    let (model, _stack, client) = obedient(vec![add(), add(), says("")], &[]).await;
    let answer = client.say("Add buy milk").await;
    assert_eq!((answer["status"].as_str(), answer["response"].as_str()), (Some("done"), Some("Added “Buy milk”.")));
    assert_eq!(client.titles("").await, ["Buy milk"]);
    model.finish().await.unwrap();
}
