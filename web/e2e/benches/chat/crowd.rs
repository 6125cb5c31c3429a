//! Many turns at once, each a call of a tool and then words that come slowly, as a model's do.

use crate::Sizes;
use crate::figures::{Times, bounded, plain};
use crate::turn::{Turn, conversation, say};
use futures_util::future::join_all;
use serde_json::json;
use std::time::{Duration, Instant};
use todo_e2e::model::{Received, Reply, ScriptedModel};
use todo_stack::{Client, Service, Stack};

/// Most memory of the three services together, in MiB.
const MEMORY_MAX: f64 = 150.0;
/// No account may have more turns at work.
const TURNS_OF_AN_ACCOUNT: usize = 4;
const MIB: f64 = 1024.0;

fn slowly(pieces: usize, every: Duration) -> impl Fn(&Received) -> Reply {
    move |received| {
        if received.conversation().last().is_none_or(|(role, _)| role != "tool") {
            return Reply::calls([("add_tasks", json!({"tasks": [{"title": "Buy milk"}]}))]);
        }
        let words = (0..pieces).fold(Reply::stream(), |reply, _| reply.pause(every).piece("word "));
        words.end("stop")
    }
}

/// Memory of gateway, api and agent, in KiB.
#[derive(Clone, Copy, Default)]
struct Memory {
    pss: [u64; 3],
    rss: [u64; 3],
}

impl Memory {
    fn now(stack: &Stack) -> Self {
        let services = [&stack.gateway, &stack.api, &stack.agent];
        Self { pss: services.map(Service::proportional_kib), rss: services.map(Service::resident_kib) }
    }

    fn whole(&self) -> u64 {
        self.pss.iter().sum()
    }
}

fn mib(kib: u64) -> f64 {
    kib as f64 / MIB
}

fn ticks(stack: &Stack) -> [u64; 3] {
    [&stack.gateway, &stack.api, &stack.agent].map(Service::ticks)
}

pub(crate) async fn measure(sizes: &Sizes) -> bool {
    let every = Duration::from_millis(sizes.every_ms);
    let ideal = every.saturating_mul(u32::try_from(sizes.pieces).unwrap());
    println!("\n{} turns at once, {} pieces each, one every {every:?}", sizes.crowd, sizes.pieces);
    let model = ScriptedModel::always(slowly(sizes.pieces, every)).unwrap();
    let stack = Stack::with_model_in("chat", &model.base_url).await;
    let mut talks = Vec::new();
    for number in 0..sizes.crowd.div_ceil(TURNS_OF_AN_ACCOUNT) {
        let client = stack.register(&format!("user{number}@example.org")).await;
        for _ in 0..TURNS_OF_AN_ACCOUNT {
            talks.push((client.clone(), conversation(&client).await));
        }
    }
    talks.truncate(sizes.crowd);
    let before = Memory::now(&stack);
    let (started, used) = (Instant::now(), ticks(&stack));
    let (turns, peak) = tokio::join!(all(&talks), watch(&stack, ideal));
    let took = started.elapsed();
    let used: Vec<f64> =
        ticks(&stack).iter().zip(used).map(|(after, before)| (after - before) as f64 / 100.0).collect();

    let late: Vec<Duration> = turns.iter().map(|turn| turn.took.saturating_sub(ideal)).collect();
    let (late, first) = (Times::of(&late), Times::of(&turns.iter().map(|turn| turn.first).collect::<Vec<_>>()));
    let most = at_once(&turns);
    let pieces: usize = turns.iter().map(|turn| turn.pieces).sum();
    plain("turns that ended well", turns.len() as f64, "");
    plain("at work at the same time, at most", most as f64, "");
    plain("until the first words, median", first.at(50), "ms");
    plain("until the first words, p95", first.at(95), "ms");
    plain("turns end later than the model, median", late.at(50), "ms");
    plain("turns end later than the model, p95", late.at(95), "ms");
    plain("pieces that arrived, of a second", pieces as f64 / took.as_secs_f64(), "");
    for (index, name) in ["gateway", "api", "agent"].iter().enumerate() {
        let (idle, pss, rss) = (mib(before.pss[index]), mib(peak.pss[index]), mib(peak.rss[index]));
        println!("{name:<44}{pss:>9.1} MiB  RSS {rss:.1}, before {idle:.1}, processor {:.1} s", used[index]);
    }
    let rss: u64 = peak.rss.iter().sum();
    let held = bounded("memory of the three at the peak (PSS)", mib(peak.whole()), "MiB", MEMORY_MAX);
    let rss_held = bounded("memory of the three at the peak (RSS)", mib(rss), "MiB", MEMORY_MAX);
    held && rss_held && most >= sizes.crowd
}

async fn all(talks: &[(Client, String)]) -> Vec<Turn> {
    join_all(talks.iter().map(|(client, conversation)| say(client, conversation, "add buy milk"))).await
}

/// The peak of memory while all must be at work.
async fn watch(stack: &Stack, ideal: Duration) -> Memory {
    let deadline = Instant::now() + ideal;
    let mut peak = Memory::default();
    while Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let now = Memory::now(stack);
        if now.whole() > peak.whole() {
            peak = now;
        }
    }
    peak
}

/// How many turns were in the middle of their words at the same time.
fn at_once(turns: &[Turn]) -> usize {
    let speaks_at = |turn: &Turn, moment: Instant| turn.began + turn.first <= moment && moment < turn.began + turn.took;
    let moments = turns.iter().map(|turn| turn.began + turn.first);
    moments.map(|moment| turns.iter().filter(|turn| speaks_at(turn, moment)).count()).max().unwrap_or(0)
}
