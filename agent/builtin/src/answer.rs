//! Answers to the planner's own questions: "the second one", "2", "the dentist one", "both", "yes".

use crate::conversation::{Conversation, Turn};
use crate::ids::shown_tasks;
use crate::say::{DID_YOU_MEAN, NO_TITLE, SHALL_I_ADD, SHALL_I_DELETE, WHICH_ONE};
use todo_contract::TaskId;
use todo_language::intent::{self, Intent, Reference, Talk, Target};
use todo_language::matching::{self, Found};
use todo_language::{Context, quick_add};

/// What the saying asks for, if it answers the question that the last turn ended with.
pub(crate) fn read(
    conversation: &Conversation<'_>,
    saying: &str,
    intents: &[Intent],
    context: &Context,
) -> Option<Vec<Intent>> {
    let last = conversation.earlier.last()?;
    if matches!(intents.last(), Some(Intent::Talk(Talk::No))) && takes_back(saying) && !last.changed().is_empty() {
        return Some(vec![Intent::Undo]);
    }
    if last.answer.contains(SHALL_I_DELETE) && matches!(intents, [Intent::Talk(Talk::Yes)]) {
        let references = shown_tasks(last.answer).iter().map(|id| Reference::Number(id.0)).collect();
        return Some(vec![Intent::Delete(Target { references, except: Vec::new() })]);
    }
    if last.answer == NO_TITLE {
        return titled(saying, intents, context);
    }
    if last.answer.contains(SHALL_I_ADD) {
        return offered(last, saying, intents, context);
    }
    if !asks(last) {
        return None;
    }
    let candidates = shown_tasks(last.answer);
    let chosen = choice(last.answer, &candidates, saying, intents, context)?;
    let original = conversation.earlier.iter().rev().find(|turn| !answers(conversation, turn, context))?;
    let mut wanted = intent::read(original.saying, context);
    for intent in &mut wanted {
        settle(intent);
    }
    let mut replaced = false;
    for intent in &mut wanted {
        if let Some(target) = intent.target_mut()
            && !replaced
            && (!resolved(target) || unknown(target, last.answer, &candidates))
        {
            *target =
                Target { references: chosen.iter().map(|id| Reference::Number(id.0)).collect(), except: Vec::new() };
            replaced = true;
        }
    }
    // What came before the question in the same saying was done then.
    let first = wanted.iter_mut().position(|i| {
        i.target_mut().is_some_and(|t| {
            t.references.iter().any(|r| matches!(r, Reference::Number(n) if chosen.contains(&TaskId(*n))))
        })
    })?;
    replaced.then(|| wanted.split_off(first))
}

/// What was asked about is the change, and not what else the words may have meant.
fn settle(intent: &mut Intent) {
    if let Intent::Either(readings, _) = intent
        && let Some(first) = readings.iter().find(|r| r.is_change())
    {
        *intent = first.clone();
    }
}

/// "cancel that" after a change takes it back.
fn takes_back(saying: &str) -> bool {
    let saying = saying.to_lowercase();
    ["cancel that", "cancel it", "scratch that", "no wait"].iter().any(|words| saying.contains(words))
}

/// Whether a turn ended with a question about which task is meant.
fn asks(turn: &Turn<'_>) -> bool {
    turn.answer.contains(WHICH_ONE) || turn.answer.contains(DID_YOU_MEAN)
}

/// Whether a turn's saying was itself an answer to the question before it, and asked for nothing of its own.
fn answers(conversation: &Conversation<'_>, turn: &Turn<'_>, context: &Context) -> bool {
    let Some(at) = conversation.earlier.iter().position(|t| std::ptr::eq(t, turn)) else { return false };
    let before = at.checked_sub(1).and_then(|i| conversation.earlier.get(i));
    before.is_some_and(asks) && !intent::read(turn.saying, context).iter().any(Intent::is_command)
}

/// Numbers that no task bears: the question offered others instead.
fn unknown(target: &Target, question: &str, candidates: &[TaskId]) -> bool {
    question.contains(DID_YOU_MEAN)
        && target.references.iter().all(|r| matches!(r, Reference::Number(n) if !candidates.contains(&TaskId(*n))))
}

fn resolved(target: &Target) -> bool {
    target.references.iter().all(|r| matches!(r, Reference::Number(_)))
}

/// Which of the candidates the saying picks.
fn choice(
    question: &str,
    candidates: &[TaskId],
    saying: &str,
    intents: &[Intent],
    context: &Context,
) -> Option<Vec<TaskId>> {
    let only = match candidates {
        [only] => Some(*only),
        _ => None,
    };
    if matches!(intents, [Intent::Talk(Talk::Yes)]) {
        return only.map(|id| vec![id]);
    }
    let own =
        intents.iter().any(|i| i.is_command() && !matches!(i, Intent::Add(_) | Intent::List(_) | Intent::Either(..)));
    let talk = intents.iter().any(|i| matches!(i, Intent::Talk(_) | Intent::Untouched(_)));
    let added = matches!(intents, [Intent::Add(tasks)] if tasks.len() == 1);
    let led = ["add ", "create ", "new ", "remind ", "show", "list", "what", "i need", "how"]
        .iter()
        .any(|lead| saying.trim().to_lowercase().starts_with(lead));
    if own || talk || led || intents.len() > 1 {
        return None;
    }
    let target = intent::read_target(saying, context);
    if !added && let Some(ids) = pointed(&target, candidates) {
        return Some(ids);
    }
    let titles = titles(question);
    let words = match target.references.as_slice() {
        [Reference::Words(words)] => words.clone(),
        _ => saying.to_owned(),
    };
    match matching::find(&words, titles.iter().map(String::as_str)) {
        Found::One(i) => candidates.get(i).map(|id| vec![*id]),
        _ => None,
    }
}

fn pointed(target: &Target, candidates: &[TaskId]) -> Option<Vec<TaskId>> {
    let mut chosen = Vec::new();
    for reference in &target.references {
        match reference {
            // A number is a task's number if a candidate bears it, or else a place in the list.
            Reference::Number(n) if candidates.contains(&TaskId(*n)) => chosen.push(TaskId(*n)),
            Reference::Number(n) | Reference::Nth(n) if *n > 0 => {
                chosen.push(*candidates.get(usize::try_from(*n).ok()?.checked_sub(1)?)?);
            }
            Reference::Nth(n) => {
                chosen.push(*candidates.get(candidates.len().checked_sub(usize::try_from(-*n).ok()?)?)?);
            }
            Reference::Them | Reference::All(_) => chosen.extend(candidates),
            Reference::It if candidates.len() == 1 => chosen.extend(candidates),
            _ => return None,
        }
    }
    (!chosen.is_empty()).then_some(chosen)
}

/// The titles that a question named, in its order.
fn titles(question: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut ids = Vec::new();
    for piece in question.split("** (#") {
        let Some((_, title)) = piece.rsplit_once("**") else { continue };
        found.push(title.replace('\\', ""));
    }
    // The last piece ends behind the last number; its bold words are no title.
    ids.extend(shown_tasks(question));
    found.truncate(ids.len());
    found
}

/// What is said to "What should the task say?" is the task, unless it is a command or a no.
fn titled(saying: &str, intents: &[Intent], context: &Context) -> Option<Vec<Intent>> {
    let plain = matches!(intents, [Intent::Unclear | Intent::Either(..) | Intent::List(intent::Listing::About(_))]);
    plain.then(|| vec![Intent::Add(vec![quick_add(saying, context)])])
}

/// "yes", "ok then", "yeah for tonight" to "Shall I add **Milk**?".
fn offered(last: &Turn<'_>, saying: &str, intents: &[Intent], context: &Context) -> Option<Vec<Intent>> {
    let plain = matches!(intents, [Intent::Talk(Talk::Yes)]);
    let rest = consent(saying).or(plain.then_some(""))?.trim_matches(|c: char| c.is_whitespace() || ",.!".contains(c));
    let marks =
        !rest.is_empty() && matches!(quick_add(rest, context).title.to_lowercase().as_str(), "" | "for" | "on" | "by");
    if !plain && !rest.is_empty() && !marks {
        return None;
    }
    let title = last.answer.split("**").nth(1)?.replace('\\', "");
    let wanted = if marks { format!("{title} {rest}") } else { title };
    Some(vec![Intent::Add(vec![quick_add(&wanted, context)])])
}

/// What follows a word that agrees.
fn consent(saying: &str) -> Option<&str> {
    const WORDS: [&str; 14] = [
        "yes please",
        "yes",
        "yeah",
        "yep",
        "yup",
        "ok then",
        "okay then",
        "okay",
        "ok",
        "sure",
        "alright",
        "fine",
        "go on then",
        "go ahead",
    ];
    let said = saying.trim();
    let word = WORDS.iter().find(|word| {
        let agrees = said.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        agrees && !said.get(word.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    });
    word.and_then(|word| said.get(word.len()..))
}
