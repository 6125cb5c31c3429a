//! Chores without words that add: "buy milk", "dentist tomorrow at 3pm".

use super::super::clause::Clause;
use super::super::model::{Intent, Talk};
use super::items::{self, chores};
use super::title::{task, tasks};
use super::together;
use crate::Context;
use crate::read::{names, when};
use crate::token::{Kind, Text};

/// No lead, but plainly a chore: "buy milk", "dentist tomorrow at 3pm".
pub(in crate::intent) fn bare(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Intent> {
    if let Some((listed, said)) = together::trailing(text, clause, context)
        && let Some(Intent::Add(tasks)) = bare(text, listed, context)
        && tasks.len() > 1
    {
        return Some(Intent::Add(together::share(text, tasks, said, context)));
    }
    let parsed = task(text, clause, context)?;
    let numbered = text.is_one_of(clause.from, &["task", "#", "item"])
        && text.get(clause.from + 1).is_some_and(|t| t.kind == Kind::Number);
    if numbered {
        return None;
    }
    // What points at a task is no title of a new one: "stick it on", "the vet one", "everything tagged pets".
    let points = text.is_one_of(clause.from + 1, &["it", "them", "that", "those", "these", "everything"])
        && !text.is_one_of(clause.from, &["add", "do"])
        || text.is_one_of(clause.from, &["everything", "it", "that"])
        || (clause.from + 2..clause.end)
            .any(|i| text.is_one_of(i, &["one"]) && text.is_one_of(clause.from + 1, &["the"]) && i < clause.from + 5);
    if points {
        return None;
    }
    if names::is_task_verb(text, clause.from)
        && let Some(parts) = chores(text, clause, context)
    {
        return Some(Intent::Add(parts.into_iter().filter_map(|part| task(text, part, context)).collect()));
    }
    // "tomorrow wash hair, pack bag, find the calculator"
    if let Some((stop, _)) = when::read(text, clause.from, clause.end, context)
        && names::is_task_verb(text, stop)
        && let Some(parts) = chores(text, Clause { from: stop, end: clause.end }, context)
    {
        return Some(Intent::Add(tasks(text, parts, Clause { from: clause.from, end: stop }, context)));
    }
    if let Some(days) = items::day_by_day(text, clause, context) {
        let each = days.into_iter().flat_map(|(day, part)| tasks(text, vec![part], day, context));
        return Some(Intent::Add(each.collect()));
    }
    if items::is_labelled_list(text, clause) {
        return Some(Intent::Add(vec![parsed]));
    }
    let verb = names::is_task_verb(text, clause.from)
        && clause.end > clause.from + 1
        && !(text.is_one_of(clause.from, &["thank"]) && text.is_one_of(clause.from + 1, &["you", "u"]))
        && !text.is_one_of(clause.from + 1, &["it", "them", "that", "this", "me", "is", "was"]);
    // "feed the cat is no daily thing" tells of a task; "check the oven is off" is one.
    let tells = (clause.from + 2..clause.end).any(|i| text.is_one_of(i, &["is", "are", "was", "isn't", "aren't"]))
        && !text.is_one_of(
            clause.from,
            &["check", "ensure", "confirm", "verify", "ask", "see", "make", "find", "test", "tell"],
        )
        && !(clause.from..clause.end).any(|i| {
            text.is_one_of(
                i,
                &["if", "what", "where", "who", "how", "that", "which", "why", "when", "whether", "while"],
            )
        });
    let verb = verb && !tells;
    let dated = parsed.due.is_some() || parsed.repeat.is_some();
    let marked = !parsed.tags.is_empty() || parsed.priority != todo_contract::Priority::None;
    let statement = (clause.from..clause.end).any(|i| {
        text.is_one_of(
            i,
            &[
                "is",
                "are",
                "was",
                "were",
                "i",
                "you",
                "he",
                "she",
                "they",
                "i'm",
                "it's",
                "its",
                "will",
                "has",
                "had",
                "did",
                "that's",
                "there's",
                "been",
                "only",
                "longer",
                "nothing",
                "nothing's",
                "everything's",
                "bye",
                "goodbye",
                "yet",
                "we",
                "we've",
                "we're",
                "we'll",
                "i've",
                "i'll",
                "i'd",
            ],
        )
    });
    let talk = text.is_one_of(
        clause.from,
        &[
            "looking",
            "excited",
            "dreading",
            "feeling",
            "hoping",
            "thinking",
            "our",
            "your",
            "their",
            "his",
            "her",
            "nice",
            "great",
            "lovely",
            "good",
            "bad",
            "what",
            "such",
            "it's",
            "that",
            "this",
            "happy",
            "beautiful",
            "terrible",
            "so",
            "too",
            "very",
            "my",
            "the",
        ],
    );
    let statement = statement || (talk && !verb);
    let statement =
        statement || text.is_one_of(clause.from, &["give", "tell"]) && text.is_one_of(clause.from + 1, &["me"]);
    // "busy day in the shop today!" is a remark about the day.
    let exclaimed = text.is_one_of(clause.end, &["!"]) || text.is_one_of(clause.end - 1, &["!"]);
    let timed = parsed.due.as_ref().is_some_and(|due| due.time.is_some() || due.date != context.today);
    let remark = !verb
        && !timed
        && (clause.from..clause.end)
            .any(|i| text.is_one_of(i, &["day", "week", "morning", "weekend", "evening", "night"]))
        && (exclaimed
            || text.is_one_of(
                clause.from,
                &[
                    "busy", "long", "hard", "big", "rough", "slow", "quiet", "crazy", "tough", "bad", "good", "nice",
                    "lovely",
                ],
            ));
    let denies = (clause.from..clause.end).any(|i| text.get(i).is_some_and(|t| !t.literal && t.text.ends_with("n't")));
    let statement =
        statement || remark || denies || is_news(text, clause, verb) || !verb && lies_behind(&parsed, context);
    // "next week sometime" names nothing.
    let vague = parsed.title.split_whitespace().all(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "sometime" | "instead" | "actually" | "please" | "maybe" | "it" | "that" | "then" | "also" | "now" | "them"
        )
    });
    let statement = statement || vague;
    let short = clause.end - clause.from <= 14;
    let wanted = parsed.title.chars().any(char::is_alphabetic)
        && ((verb && !text.is_one_of(clause.from + 1, &["are", "were", "has", "will", "i"]))
            || ((dated || marked) && !statement && short));
    wanted.then(|| Intent::Add(vec![parsed])).or_else(|| nothing_but_talk(text, clause))
}

/// Whether the clause tells when something begins or ends, in words that name no chore.
pub(in crate::intent) fn is_remark(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    const VERBS: &[&str] = &[
        "finishes", "starts", "begins", "ends", "closes", "opens", "comes", "arrives", "leaves", "gets", "has",
        "needs", "wants", "got", "works", "lands", "goes", "runs", "says", "moved", "changed", "finish", "close",
    ];
    !names::is_task_verb(text, clause.from)
        && !super::leads(text, clause, context)
        && (clause.from + 1..clause.end).any(|i| text.is_one_of(i, VERBS))
}

/// "Hartley called today": somebody did something, which is no chore.
fn is_news(text: &Text<'_>, clause: Clause, verb: bool) -> bool {
    const NOUNS: &[&str] = &[
        "feed", "speed", "breed", "hundred", "red", "bed", "seed", "weed", "need", "read", "set", "put", "cut", "shed",
    ];
    let told = |i: usize| {
        crate::matching::is_past(text.word(i)) && !text.is_one_of(i, NOUNS)
            || text.is_one_of(i, &["turns", "went", "goes", "gets", "comes", "came"])
    };
    !verb && (clause.from + 1..clause.end.min(clause.from + 4)).any(told)
}

/// Whether what is to be done is due before today.
fn lies_behind(parsed: &crate::Parsed, context: &Context) -> bool {
    parsed.due.as_ref().is_some_and(|due| due.date < context.today)
}

fn nothing_but_talk(text: &Text<'_>, clause: Clause) -> Option<Intent> {
    (clause.end - clause.from <= 2 && text.is_one_of(clause.from, &["lol", "haha", "hm", "hmm", "wow"]))
        .then_some(Intent::Talk(Talk::Praise))
}
