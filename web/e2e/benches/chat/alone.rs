//! One user, one turn after the other: a call of a tool, then words.

use crate::Sizes;
use crate::figures::{Times, bounded, plain};
use crate::turn::{Turn, conversation, say};
use serde_json::json;
use std::time::{Duration, Instant};
use todo_e2e::model::{Dialect, Received, Reply, ScriptedModel};
use todo_stack::Stack;

/// Most milliseconds at the median.
const MEDIAN_MAX: f64 = 15.0;
const WARM_UP: usize = 40;

/// Adds a task, and says so once it is added.
fn two_steps(received: &Received) -> Reply {
    let is_result = received.conversation().last().is_some_and(|(role, _)| role == "tool");
    if is_result {
        Reply::text(["Added ", "**Buy milk**."])
    } else {
        Reply::calls([("add_tasks", json!({"tasks": [{"title": "Buy milk"}]}))])
    }
}

pub(crate) async fn measure(sizes: &Sizes) -> bool {
    println!("\none user, a turn of two steps, the model answers at once");
    let dialects = if std::env::var_os("BENCH_CHAT_ONLY").is_some() {
        vec![Dialect::Chat]
    } else {
        vec![Dialect::Chat, Dialect::Responses]
    };
    let mut held = true;
    for dialect in dialects {
        held &= measure_in(dialect, sizes).await;
    }
    held
}

async fn measure_in(dialect: Dialect, sizes: &Sizes) -> bool {
    let model = ScriptedModel::always(two_steps).unwrap();
    let stack = Stack::with_model_in(dialect.setting(), &model.base_url).await;
    let client = stack.register("ada@example.org").await;
    let (mut whole, mut first, mut by_post) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..WARM_UP + sizes.turns {
        let conversation = conversation(&client).await;
        let turn: Turn = say(&client, &conversation, "add buy milk").await;
        let by_one_post = one_post(&client).await;
        if number >= WARM_UP {
            whole.push(turn.took);
            first.push(turn.first);
            by_post.push(by_one_post);
        }
    }
    let (whole, first, by_post) = (Times::of(&whole), Times::of(&first), Times::of(&by_post));
    let name = dialect.setting();
    let held = bounded(&format!("{name}: POST turns and its events, median"), whole.at(50), "ms", MEDIAN_MAX);
    plain(&format!("{name}: … p95"), whole.at(95), "ms");
    plain(&format!("{name}: … p99"), whole.at(99), "ms");
    plain(&format!("{name}: … until the first words, median"), first.at(50), "ms");
    let post_held = bounded(&format!("{name}: POST chat, median"), by_post.at(50), "ms", MEDIAN_MAX);
    plain(&format!("{name}: … p95"), by_post.at(95), "ms");
    held && post_held
}

/// The same in one call, as scripts make it.
async fn one_post(client: &todo_stack::Client) -> Duration {
    let started = Instant::now();
    let answer = client.say("add buy milk").await;
    assert_eq!(answer["status"], "done", "{answer}");
    started.elapsed()
}
