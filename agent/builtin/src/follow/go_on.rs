//! Sayings that go on from a list or a question: they show more, and change nothing.

use crate::conversation::{Conversation, Turn};
use crate::say::{CHANGED_NOTHING, DID_YOU_MEAN, WHICH_ONE, WHICH_TASK};
use jiff::ToSpan;
use jiff::civil::Date;
use todo_contract::{ListTasks, TaskStatus, ToolCall};
use todo_language::intent::{self, GoOn, Intent, Listing, Reference, Target};
use todo_language::{Context, DueRange, Filter};

/// What is to be shown, if the last turn that did anything only showed tasks.
pub(super) fn read(
    conversation: &Conversation<'_>,
    saying: &str,
    intents: &[Intent],
    context: &Context,
) -> Option<Vec<Intent>> {
    let asked = listed(conversation)?;
    let before = filter(asked);
    let listing = match intent::go_on(saying, context)? {
        GoOn::Other(filter, None) => {
            let counts = matches!(intents, [Intent::List(Listing::Count(_) | Listing::About(_))]);
            let of_done = before.completed.is_some() && matches!(filter.due, Some(DueRange::Between(..)));
            let filter = if of_done { filter.of_completion(context) } else { filter };
            return (!counts).then(|| vec![Intent::List(Listing::Show(filter))]);
        }
        GoOn::Other(filter, Some(name)) => return named(filter, name, intents),
        GoOn::Only(filter) if filter.words.is_empty() => Listing::Show(narrowed(before, filter, context)),
        GoOn::Only(filter) => {
            let words = filter.words.clone();
            Listing::Mentioning(Filter { words, ..narrowed(before, filter, context) }, true)
        }
        GoOn::Tasks(target) => Listing::About(target),
        GoOn::Same => Listing::Show(before),
        GoOn::Rest => Listing::Show(Filter { status: Some(TaskStatus::Open), ..Filter::default() }),
        GoOn::Later(days) => Listing::Show(later(before, days)?),
    };
    Some(vec![Intent::List(listing)])
}

/// "and the slides?": a task, or tasks that have the words; what the saying means otherwise, if the list has neither.
fn named(filter: Filter, name: String, intents: &[Intent]) -> Option<Vec<Intent>> {
    let [plain] = intents else { return None };
    let otherwise = match plain {
        Intent::Either(_, otherwise) if !otherwise.is_change() => (**otherwise).clone(),
        Intent::List(Listing::Count(_)) => return None,
        plain if plain.is_change() => return None,
        plain => plain.clone(),
    };
    let readings = vec![
        Intent::List(Listing::About(Target::one(Reference::Title(name)))),
        Intent::List(Listing::Mentioning(filter, true)),
    ];
    Some(vec![Intent::Either(readings, Box::new(otherwise))])
}

/// What was asked for last, if nothing was changed since and no question waits for an answer.
fn listed<'m>(conversation: &Conversation<'m>) -> Option<&'m ListTasks> {
    let last = conversation.earlier.iter().rev().find(|turn| !turn.done.is_empty())?;
    // A change that found no task is waited for as well.
    let open = [WHICH_ONE, DID_YOU_MEAN, WHICH_TASK, CHANGED_NOTHING];
    let asks = open.iter().any(|words| last.answer.contains(words));
    let lists = |turn: &Turn<'m>| turn.done.iter().all(|done| matches!(done.call, ToolCall::ListTasks(_)));
    let call = last.done.last().filter(|_| lists(last) && !asks)?;
    match call.call {
        ToolCall::ListTasks(list) => Some(list),
        _ => None,
    }
}

/// What a call looked for.
fn filter(list: &ListTasks) -> Filter {
    let due =
        (list.due_from.is_some() || list.due_to.is_some()).then_some(DueRange::Between(list.due_from, list.due_to));
    let completed = list.completed_from.is_some() || list.completed_to.is_some();
    Filter {
        status: list.status.or(Some(TaskStatus::Open)),
        due,
        completed: completed.then_some((list.completed_from, list.completed_to)),
        priority: list.priority,
        tag: list.tag.clone(),
        words: list.text.clone().unwrap_or_default(),
        ..Filter::default()
    }
}

fn narrowed(before: Filter, more: Filter, context: &Context) -> Filter {
    let done = more.status == Some(TaskStatus::Done);
    // "last week only", of what is done
    let only_done = before.status == Some(TaskStatus::Done) && before.due.is_none();
    let more = if only_done && more.due.is_some() { more.of_completion(context) } else { more };
    Filter {
        status: if done { more.status } else { before.status },
        due: more.due.or(before.due),
        completed: more.completed.or(before.completed),
        priority: more.priority.or(before.priority),
        tag: more.tag.or_else(|| before.tag.clone()),
        said: more.said.or_else(|| before.said.clone()),
        ..before
    }
}

/// As many days later.
fn later(before: Filter, days: i32) -> Option<Filter> {
    let ((Some(DueRange::Between(from, to)), _) | (_, Some((from, to)))) = (before.due, before.completed) else {
        return None;
    };
    let shift = |day: Option<Date>| day.and_then(|day| day.checked_add(days.days()).ok());
    let (from, to) = (shift(from.or(to)), shift(to.or(from)));
    if before.completed.is_some() {
        return Some(Filter { completed: Some((from, to)), said: None, ..before });
    }
    Some(Filter { due: Some(DueRange::Between(from, to)), said: None, ..before })
}
