//! A run: every conversation of the suite with one subject.

use crate::report::{Report, Said};
use crate::subject::Subject;
use crate::suite::{Conversation, Suite};
use crate::turn;
use futures_util::{StreamExt, stream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use todo_corpus::{Expected, Outcome, Wording, judge};

/// What a run may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Conversations at once.
    pub concurrency: usize,
    /// Most time for a turn.
    pub turn_timeout: Duration,
    /// Most time for all; what is left by then is skipped.
    pub time: Duration,
    /// Most tokens for all, read and written; what is left by then is skipped.
    pub tokens: u64,
}

/// Says everything, and tells how it went.
pub async fn run(subject: &Subject, suite: &Suite, bounds: &Bounds) -> Report {
    let started = Instant::now();
    let used = AtomicU64::new(0);
    let conversations = stream::iter(&suite.conversations).map(|conversation| async {
        let all_used = started.elapsed() > bounds.time || used.load(Ordering::Relaxed) > bounds.tokens;
        if all_used { Vec::new() } else { hold(subject, conversation, bounds, &used).await }
    });
    // In the order of the suite, however they overlap.
    let said: Vec<Said> = conversations.buffered(bounds.concurrency).collect::<Vec<_>>().await.concat();
    Report::new(&subject.name, said, suite.len(), started.elapsed())
}

async fn hold(subject: &Subject, conversation: &Conversation, bounds: &Bounds, used: &AtomicU64) -> Vec<Said> {
    let (mut list, mut messages) = (conversation.list.clone(), Vec::new());
    let mut all: Vec<Said> = Vec::new();
    for line in &conversation.lines {
        // A conversation that broke off cannot go on.
        if all.last().is_some_and(|said| said.failed) {
            all.push(Said::broken_off(&conversation.group, &line.saying));
            continue;
        }
        let before = list.clone();
        let approve = !line.expected.contains(&Expected::AsksNo);
        let planner = subject.planner.as_ref();
        let turn = turn::say(planner, &mut list, &mut messages, &line.saying, approve, bounds.turn_timeout).await;
        used.fetch_add(turn.input_tokens + turn.output_tokens, Ordering::Relaxed);
        let outcome = Outcome { answer: &turn.answer, asked: turn.asked };
        let verdict = judge(line, &before, &list, outcome, Wording::Lenient);
        all.push(Said {
            group: conversation.group.clone(),
            saying: line.saying.clone(),
            failed: turn.failed.is_some(),
            wrong: turn.failed.or(verdict.wrong),
            changed_wrongly: verdict.changed_wrongly,
            steps: turn.steps,
            input_tokens: turn.input_tokens,
            output_tokens: turn.output_tokens,
            first: turn.first,
            took: turn.took,
        });
    }
    all
}
