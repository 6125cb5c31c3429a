//! What a model may do without a yes, over turns and calls.

use super::reply::{Gate, Reply};
use super::talk::{Talk, chat, last, text, until, within};
use crate::support::PASSWORD;
use serde_json::{Value, json};

const ASK: &str = "What is on my list?";

fn wipe(id: &str, ids: &[i64]) -> Reply {
    Reply::calls(id, "delete_tasks", json!({ "ids": ids }))
}

fn numbered(count: usize) -> Vec<Value> {
    (1..=count).map(|n| json!({"title": format!("Task {n}")})).collect()
}

/// Adds tasks in one group, as a person does.
async fn add_many(talk: &Talk, count: usize) {
    talk.person.import(numbered(count)).await;
}

async fn total(talk: &Talk) -> i64 {
    talk.person.get("/api/tasks").await.1["total"].as_i64().unwrap()
}

#[tokio::test]
async fn one_deletion_a_turn_is_asked_about_from_the_second_on() {
    let replies = (1..=10).flat_map(|id| [wipe(&format!("w{id}"), &[id]), Reply::says("Here is your list.")]);
    let talk = Talk::start(replies).await;
    add_many(&talk, 12).await;
    assert_eq!(talk.say_and_wait(ASK).await["status"], "done");
    for turn in 2..=10 {
        let id = talk.say(ASK).await;
        assert_eq!(talk.settled(&id).await["status"], "needs_confirmation", "turn {turn}");
        talk.answer(&id, &format!("w{turn}"), false).await;
    }
    assert_eq!(total(&talk).await, 11);
    talk.agent.verify();
}

#[tokio::test]
async fn deletions_in_other_conversations_of_the_last_minutes_count_too() {
    let talk = Talk::start([wipe("a", &[1]), Reply::says("Hm."), wipe("b", &[2])]).await;
    add_many(&talk, 3).await;
    assert_eq!(chat(&talk.person, None, json!({"message": ASK})).await.1["status"], "done");
    let (_, second) = chat(&talk.person, None, json!({"message": ASK})).await;
    assert_eq!((&second["status"], total(&talk).await), (&json!("needs_confirmation"), 2));
}

#[tokio::test]
async fn what_the_person_names_is_deleted_turn_after_turn() {
    let replies = (1..=4).flat_map(|id| [wipe(&format!("w{id}"), &[id]), Reply::says("Deleted.")]);
    let talk = Talk::start(replies).await;
    talk.add_tasks(&["Buy milk", "Call Ann", "Paint the fence", "Water the plants"]).await;
    for saying in ["Delete buy milk", "Delete call Ann", "delete task 3", "remove water the plants"] {
        assert_eq!(talk.say_and_wait(saying).await["status"], "done", "{saying}");
    }
    assert_eq!(talk.titles().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_question_shows_the_titles_from_before_a_planner_renamed_the_tasks() {
    let rename = |id: i64, title: &str| json!({"id": id, "title": title});
    let changes = json!({"changes": [rename(1, "Tax (duplicate)"), rename(2, "Will (duplicate)")]});
    let talk = Talk::start([
        Reply::calls("r", "update_tasks", changes),
        Reply::says("I tidied up."),
        wipe("w", &[1, 2]),
        Reply::says("Fine."),
    ])
    .await;
    talk.add_tasks(&["Tax return", "Write my will"]).await;
    talk.say_and_wait("Tidy up").await;
    let turn = talk.say_and_wait("Remove duplicates").await;
    let summary = &last(&turn, "confirmation")["summary"];
    let expected =
        "Delete 2 tasks: “Tax return” (now: “Tax (duplicate)”) and “Write my will” (now: “Will (duplicate)”).";
    assert_eq!(summary, expected);
}

#[tokio::test]
async fn a_renamed_task_is_not_what_the_person_named() {
    let talk = Talk::start([
        wipe("a", &[3]),
        Reply::says("Hm."),
        Reply::calls("r", "update_tasks", json!({"changes": [{"id": 2, "title": "Buy milk"}]})),
        wipe("w", &[2]),
    ])
    .await;
    talk.add_tasks(&["Buy milk", "Write my will", "Nothing much"]).await;
    talk.say_and_wait(ASK).await;
    assert_eq!(talk.say_and_wait("Delete buy milk").await["status"], "needs_confirmation");
}

#[tokio::test]
async fn a_task_that_was_renamed_a_turn_ago_is_not_what_the_person_named_either() {
    let rename = json!({"changes": [{"id": 2, "title": "Buy milk"}]});
    let talk =
        Talk::start([wipe("a", &[3]), Reply::calls("r", "update_tasks", rename), Reply::says("Hm."), wipe("w", &[2])])
            .await;
    talk.add_tasks(&["Buy milk", "Write my will", "Nothing much"]).await;
    talk.say_and_wait(ASK).await;
    let turn = talk.say_and_wait("Delete buy milk").await;
    assert_eq!(last(&turn, "confirmation")["summary"], "Delete 1 task: “Write my will” (now: “Buy milk”).");
}

#[tokio::test]
async fn what_was_declined_is_refused_in_the_turn_and_asked_about_later() {
    let talk = Talk::start([
        wipe("a", &[1, 2, 3]),
        wipe("b", &[1]),
        Reply::says("I left them."),
        wipe("c", &[2]),
        Reply::says("I left it."),
        wipe("d", &[3]),
        Reply::says("Gone."),
    ])
    .await;
    talk.add_tasks(&["Milk", "Bread", "Eggs"]).await;
    let id = talk.say(ASK).await;
    talk.settled(&id).await;
    let (_, answer) = talk.answer(&id, "a", false).await;
    assert_eq!((&answer["status"], &answer["tool_calls"][1]["status"]), (&json!("done"), &json!("declined")));
    assert_eq!(talk.titles().await.len(), 3);

    let id = talk.say(ASK).await;
    assert_eq!(talk.settled(&id).await["status"], "needs_confirmation", "one deletion alone, but it was declined");
    talk.answer(&id, "c", false).await;
    assert_eq!(talk.say_and_wait("Delete eggs").await["status"], "done", "asked for anew");
    assert_eq!(talk.titles().await, ["Milk", "Bread"]);
    talk.agent.verify();
}

#[tokio::test]
async fn an_undo_that_nobody_asked_for_reaches_nothing_that_was_done_elsewhere() {
    let talk = Talk::start([Reply::calls("u", "undo_last", json!({})), Reply::says("All done.")]).await;
    add_many(&talk, 40).await;
    let turn = talk.say_and_wait(ASK).await;
    let error = &last(&turn, "tool_result")["result"]["error"];
    assert_eq!((&error["code"], total(&talk).await), (&json!("nothing_to_undo"), 40), "{turn}");
    assert_eq!(last(&turn, "done")["not_done"][0]["call_id"], "u");
}

#[tokio::test]
async fn a_big_undo_of_what_was_done_elsewhere_asks_with_what_it_does() {
    let undo = || Reply::calls("u", "undo_last", json!({}));
    let talk = Talk::start([undo(), Reply::says("Gone."), Reply::calls("r", "redo_last", json!({}))]).await;
    add_many(&talk, 40).await;
    let id = talk.say("Undo that").await;
    let turn = talk.settled(&id).await;
    let summary = last(&turn, "confirmation")["summary"].as_str().unwrap();
    assert!(summary.starts_with("Take back the latest change: this deletes 40 tasks: “Task 1”,"), "{summary}");
    assert_eq!(total(&talk).await, 40);
    assert_eq!(talk.answer(&id, "u", true).await.1["status"], "done");
    assert_eq!(total(&talk).await, 0);
    assert_eq!(talk.say_and_wait(ASK).await["status"], "needs_confirmation", "forty come back by it");
}

#[tokio::test]
async fn three_thousand_imported_tasks_are_taken_back_by_a_job_and_after_a_yes() {
    let undo = || Reply::calls("u", "undo_last", json!({}));
    let replies = [undo(), Reply::says("Done."), undo(), Reply::says("Fine."), undo(), Reply::new().finish("stop")];
    let talk = Talk::start(replies).await;
    add_many(&talk, 3_000).await;
    talk.say_and_wait(ASK).await;
    assert_eq!(total(&talk).await, 3_000, "nobody asked for an undo");
    for approve in [false, true] {
        let id = talk.say("Undo that").await;
        let turn = talk.settled(&id).await;
        let summary = last(&turn, "confirmation")["summary"].as_str().unwrap();
        assert!(summary.ends_with("; and 2500 changes more."), "{summary}");
        assert_eq!(total(&talk).await, 3_000);
        let (_, answer) = talk.answer(&id, "u", approve).await;
        assert_eq!(answer["status"], "done", "{answer}");
        if approve {
            assert_eq!(answer["response"], "The latest change is being taken back.");
            assert!(answer["tool_calls"][0]["result"]["job"].is_string(), "{answer}");
        }
    }
    talk.app.until(async || total(&talk).await == 0).await;
}

#[tokio::test]
async fn what_was_done_here_is_undone_at_once_when_the_person_says_so() {
    let ids: Vec<i64> = (1..=8).collect();
    let talk = Talk::start([
        Reply::calls("c", "complete_tasks", json!({ "ids": ids })),
        Reply::says("Done."),
        Reply::calls("u", "undo_last", json!({})),
        Reply::says("Open again."),
    ])
    .await;
    add_many(&talk, 8).await;
    let id = talk.say("I finished all of them").await;
    talk.settled(&id).await;
    talk.answer(&id, "c", true).await;
    assert_eq!(talk.person.get("/api/tasks?status=open").await.1["total"], 0);
    assert_eq!(talk.say_and_wait("Undo that").await["status"], "done");
    assert_eq!(talk.person.get("/api/tasks?status=open").await.1["total"], 8);
}

#[tokio::test]
async fn many_undos_in_one_step_stay_within_the_bound() {
    let mut undos = Reply::new();
    for n in 1..=60 {
        undos = undos.call(&format!("u{n}"), "undo_last", json!({}));
    }
    let add = |n: i64| Reply::calls(&format!("a{n}"), "add_tasks", json!({"tasks": [{"title": format!("Task {n}")}]}));
    let replies = (1..=6).map(add).chain([Reply::says("Added."), undos.finish("tool_calls")]);
    let talk = Talk::with(&["--chat-steps", "20"], replies).await;
    talk.say_and_wait("Add six tasks").await;
    assert_eq!(talk.say_and_wait(ASK).await["status"], "needs_confirmation");
    assert_eq!(total(&talk).await, 5, "one addition is taken back, which deletes a task, and not a second");
}

#[tokio::test]
async fn a_turn_says_what_was_not_done_whatever_the_model_says() {
    let talk = Talk::start([Reply::calls("a", "complete_tasks", json!({"ids": [99]})), Reply::says("All done.")]).await;
    let (_, answer) = chat(&talk.person, None, json!({"message": "Complete the dentist"})).await;
    let response = answer["response"].as_str().unwrap();
    assert!(response.starts_with("All done.\n\nNot done: Complete 1 task: task 99 ("), "{response}");
    let not_done = &answer["not_done"][0];
    assert_eq!((&not_done["call_id"], &not_done["reason"]), (&json!("a"), &json!("failed")));
    let (_, turn) = talk.person.get(&format!("/api/turns/{}", answer["turn_id"].as_str().unwrap())).await;
    assert_eq!(last(&turn, "done")["not_done"], answer["not_done"], "pages get the same as data");
}

#[tokio::test]
async fn the_same_change_again_is_not_done_again() {
    let add = |id: &str, arguments: Value| Reply::calls(id, "add_tasks", arguments);
    let talk = Talk::start([
        add("a", json!({"tasks": [{"title": "Buy milk"}]})),
        add("b", json!({"tasks": [{"title": " Buy  milk", "notes": null, "due": null}]})),
        Reply::says("Added."),
    ])
    .await;
    let turn = talk.say_and_wait("Add buy milk").await;
    assert_eq!((&turn["status"], talk.titles().await), (&json!("done"), vec!["Buy milk".to_owned()]));
    let told = &talk.agent.requests()[2]["messages"][4];
    assert_eq!((&told["status"], &told["result"]["already_done"]), (&json!("done"), &json!(true)));
    assert_eq!(told["result"]["items"][0]["id"], 1);
}

#[tokio::test]
async fn an_empty_answer_after_a_call_ends_the_turn_with_our_own_words() {
    let talk = Talk::start([
        Reply::calls("a", "add_tasks", json!({"tasks": [{"title": "Buy milk"}]})),
        Reply::new().finish("stop"),
    ])
    .await;
    let turn = talk.say_and_wait("Add buy milk").await;
    assert_eq!((&turn["status"], text(&turn).as_str()), (&json!("done"), "Added “Buy milk”."));
}

#[tokio::test]
async fn deleting_the_account_ends_a_chat_that_waits() {
    let talk = Talk::start([Reply::new().text("Well, ").gate(&Gate::closed())]).await;
    let waiting = chat(&talk.person, None, json!({"message": "Hello"}));
    let deletion = async {
        until(|| talk.agent.requests().len() == 1).await;
        let body = json!({ "password": PASSWORD });
        let response = talk.person.request("DELETE", "/api/me").json(&body).send().await.unwrap();
        assert_eq!(response.status(), 204);
    };
    let ((status, problem), ()) = within(async { tokio::join!(waiting, deletion) }).await;
    assert_eq!((status, &problem["code"]), (401, &json!("unauthenticated")), "{problem}");
    until(|| talk.agent.cancelled() == 1).await;
}

#[tokio::test]
async fn revoking_a_token_ends_its_turns() {
    let talk = Talk::start([Reply::new().text("Well, ").gate(&Gate::closed())]).await;
    let script = talk.person.token("read_write").await;
    let waiting = chat(&script, None, json!({"message": "Hello"}));
    let revoking = async {
        until(|| talk.agent.requests().len() == 1).await;
        let (_, tokens) = talk.person.get("/api/me/tokens").await;
        let token = tokens["items"].as_array().or(tokens.as_array()).unwrap()[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(talk.person.delete(&format!("/api/me/tokens/{token}")).await.0, 204);
    };
    let ((status, _), ()) = within(async { tokio::join!(waiting, revoking) }).await;
    assert_eq!(status, 401);
    until(|| talk.agent.cancelled() == 1).await;
    let (_, conversations) = talk.person.get("/api/conversations").await;
    let id = conversations["items"][0]["id"].as_str().unwrap();
    within(async {
        loop {
            let (_, turns) = talk.person.get(&format!("/api/conversations/{id}/turns")).await;
            if turns["items"][0]["status"] == "interrupted" {
                assert_eq!(last(&turns["items"][0], "error")["code"], "signed_out");
                return;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
}
