//! Sayings that go on from the last turn: "actually Friday", "and the dentist too", "no, the other one".

mod go_on;

use crate::conversation::{Conversation, Turn};
use crate::say;
use todo_contract::{TaskId, ToolCall, ToolResult};
use todo_language::Context;
use todo_language::intent::{self, Changes, Follow, Intent, Reference, Target};

/// What the saying asks for, if it goes on from what was changed last.
pub(crate) fn read(
    conversation: &Conversation<'_>,
    saying: &str,
    intents: &[Intent],
    context: &Context,
) -> Option<Vec<Intent>> {
    let last = conversation.earlier.last()?;
    if let Some(more) = more(last, saying, intents, context) {
        return Some(vec![more]);
    }
    let changed = last.changed();
    if !changed.is_empty()
        && let Some(undone) = put_back(intents)
    {
        return Some(vec![undone]);
    }
    if let Some(spared) = spared(last, intents, context) {
        return Some(vec![spared]);
    }
    if let Some(named) = named_now(last, saying, intents, context) {
        return Some(vec![named]);
    }
    let plain = |intent: &Intent| intent.is_change() && intent.target().is_some_and(Target::is_explicit);
    if !intents.iter().any(plain)
        && let Some(shown) = go_on::read(conversation, saying, intents, context)
    {
        return Some(shown);
    }
    match intent::follow(saying, context)? {
        Follow::Marks(changes, told) => marked(conversation, changed, *changes, told),
        _ if changed.is_empty() => None,
        Follow::Also(target, sure) => {
            let again = with_target(original(conversation, context)?, target);
            Some(vec![if sure || again.target().is_some_and(Target::is_explicit) {
                again
            } else {
                Intent::Either(vec![again], Box::new(single(intents)?))
            }])
        }
        Follow::TakeBack => Some(vec![Intent::Undo]),
        Follow::Instead(target) => instead(conversation, context, target, intents),
        Follow::Other => {
            let other = conversation.other()?;
            let again = with_target(original(conversation, context)?, Target::one(Reference::Number(other.0)));
            Some(vec![Intent::Undo, again])
        }
    }
}

/// "and bread too": more of what was added just before, if the saying is nothing by itself.
fn more(last: &Turn<'_>, saying: &str, intents: &[Intent], context: &Context) -> Option<Intent> {
    let added = last.done.iter().rev().find(|done| matches!(done.result, ToolResult::Changed { .. }))?;
    let nothing = |intent: &Intent| match intent {
        Intent::Either(readings, otherwise) => {
            **otherwise == Intent::Unclear && !readings.iter().any(Intent::is_change)
        }
        _ => matches!(intent, Intent::Unclear),
    };
    let goes_on = matches!(added.call, ToolCall::AddTasks(_)) && intents.iter().all(nothing);
    goes_on.then(|| intent::more(saying, context)).flatten()
}

/// "don't delete the essays", and then "just move them to Monday instead".
fn spared(last: &Turn<'_>, intents: &[Intent], context: &Context) -> Option<Intent> {
    let change = single(intents).filter(Intent::is_change)?;
    let points = change.target().is_some_and(|t| matches!(t.references.as_slice(), [Reference::It | Reference::Them]));
    if !points || !last.done.is_empty() || !last.answer.contains(say::DECLINED) {
        return None;
    }
    let said = last.saying.to_lowercase().replace('’', "'");
    let denials = ["don't", "dont", "do not", "never", "didn't", "didnt", "not", "haven't", "havent"];
    let (_, rest) = denials.iter().find_map(|denial| said.split_once(denial))?;
    let target = intent::read(rest, context).into_iter().find_map(|i| i.target().cloned())?;
    (!target.references.is_empty()).then(|| with_target(change, target))
}

/// "the drill", where the last saying left open which task is meant.
fn named_now(last: &Turn<'_>, saying: &str, intents: &[Intent], context: &Context) -> Option<Intent> {
    let open = last.answer.contains(say::WHICH_TASK) || last.answer.starts_with(say::NO_TASK);
    let only =
        single(intents).filter(|intent| open && !intent.is_change() && saying.split_whitespace().count() <= 5)?;
    let target = intent::read_target(saying, context);
    let [Reference::Words(words)] = target.references.as_slice() else { return None };
    let wanted = intent::read(last.saying, context).into_iter().find_map(|intent| match intent {
        Intent::Either(readings, _) => readings.into_iter().find(Intent::is_change),
        other => Some(other).filter(Intent::is_change),
    })?;
    wanted.target()?;
    let again = with_target(wanted, Target::one(Reference::Covered(words.clone())));
    Some(Intent::Either(vec![again], Box::new(only)))
}

/// "I did not mean that. Please put it back": what a remark may speak of, if nothing was changed just now.
fn put_back(intents: &[Intent]) -> Option<Intent> {
    let spoken = |intent: &Intent| matches!(intent, Intent::Reopen(target) if matches!(target.references.as_slice(), [Reference::Spoken(_)]));
    match intents {
        [intent] if spoken(intent) => Some(Intent::Undo),
        [Intent::Either(readings, otherwise)] if spoken(otherwise) => {
            Some(Intent::Either(readings.clone(), Box::new(Intent::Undo)))
        }
        _ => None,
    }
}

/// Marks alone are for what was changed last. With "it's" they may be for the one task that was spoken of.
fn marked(conversation: &Conversation<'_>, changed: Vec<TaskId>, changes: Changes, told: bool) -> Option<Vec<Intent>> {
    let mentioned = conversation.mentioned();
    let meant = match (changed.is_empty(), mentioned.as_slice()) {
        (false, _) => changed,
        (true, [only]) if told => vec![*only],
        _ => return None,
    };
    let references = meant.iter().map(|id| Reference::Number(id.0)).collect();
    Some(vec![Intent::Update(Target { references, except: Vec::new() }, Box::new(changes))])
}

/// The latest saying that changed tasks that it named, as what was done for it.
fn original(conversation: &Conversation<'_>, context: &Context) -> Option<Intent> {
    conversation.earlier.iter().rev().filter(|turn| !turn.changed().is_empty()).find_map(|turn| {
        let intents = intent::read(turn.saying, context);
        let meant = intents.into_iter().rev().flat_map(|intent| match intent {
            Intent::Either(readings, otherwise) => readings.into_iter().chain([*otherwise]).collect(),
            other => vec![other],
        });
        let changes: Vec<Intent> = meant.filter(|i| i.is_change() && i.target().is_some()).collect();
        let called = turn.done.iter().rev().map(|done| done.call).find(|call| !matches!(call, ToolCall::ListTasks(_)));
        let done = called.and_then(|call| changes.iter().find(|intent| asks_for(intent, call)));
        done.or_else(|| changes.first()).cloned()
    })
}

/// Whether the call does what the intent asks for.
fn asks_for(intent: &Intent, call: &ToolCall) -> bool {
    matches!(
        (intent, call),
        (Intent::Complete(_), ToolCall::CompleteTasks(_))
            | (Intent::Reopen(_), ToolCall::ReopenTasks(_))
            | (Intent::Delete(_), ToolCall::DeleteTasks(_))
            | (Intent::Update(..), ToolCall::UpdateTasks(_))
    )
}

fn with_target(mut intent: Intent, target: Target) -> Intent {
    if let Some(place) = intent.target_mut() {
        *place = target;
    }
    intent
}

/// Whether what was done last is taken back if the list has the task that is meant instead.
pub(crate) fn corrects(saying: &str, context: &Context) -> bool {
    matches!(intent::follow(saying, context), Some(Follow::Instead(_)))
}

/// "no, task 4": what was done is taken back, and done to that one.
fn instead(
    conversation: &Conversation<'_>,
    context: &Context,
    target: Target,
    intents: &[Intent],
) -> Option<Vec<Intent>> {
    // What is a command of its own is no correction.
    if intents.iter().any(|i| i.is_change() && !matches!(i, Intent::Either(..) | Intent::Add(_))) {
        return None;
    }
    let again = with_target(original(conversation, context)?, target.clone());
    if target.is_explicit() {
        return Some(vec![Intent::Undo, again]);
    }
    Some(vec![Intent::Either(vec![again], Box::new(single(intents)?))])
}

fn single(intents: &[Intent]) -> Option<Intent> {
    match intents {
        [only] => Some(only.clone()),
        _ => None,
    }
}
