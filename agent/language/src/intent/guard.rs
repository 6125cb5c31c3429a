//! What must never change anything: negation, questions, reported speech, musings, other people's jobs.

mod question;

use super::clause::Clause;
use super::model::Untouched;
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use question::{OPENERS, asks_what_happens};
pub(super) use question::{is_question, kind_of_question};
use std::sync::LazyLock;

static STARTS: LazyLock<Phrases<Untouched>> = LazyLock::new(|| {
    use Untouched::{Musing, Negated, OutOfScope, Reported};
    Phrases::new(&[
        ("don't|dont|don`t", Negated),
        ("do not", Negated),
        ("never", Negated),
        ("no need to|for", Negated),
        ("under no circumstances", Negated),
        ("not", Negated),
        ("avoid|refrain", Negated),
        ("stop deleting|completing|adding|changing|moving", Negated),
        ("leave", Negated),
        ("there is|was no need to|for", Negated),
        ("there's no need to|for", Negated),
        ("please [do] not", Negated),
        ("not yet|now", Negated),
        ("[make] [be] sure|certain|careful [that] [to] not|nothing|nobody|never [to]", Negated),
        ("make|be sure|certain|careful [that] you|we|to don't|dont|never|not", Negated),
        ("make|be sure|certain|careful [that] you|we do|must not", Negated),
        ("nothing|nobody should|must|may|is|gets|can|please|touch|touches|change|delete", Negated),
        ("i'd|i|we|we'd [would] rather|prefer [not|you|to|if|that] [not|didn't|don't|keep|leave|nothing]", Negated),
        ("hold|hang off|fire [on|with]", Negated),
        ("nothing's|nothings", Negated),
        ("nothing has|is|was|got|gets", Negated),
        ("nothing to add|do|change|delete|report|see|say|remember", Negated),
        ("[had|i'd|we'd] better|best not", Negated),
        (
            "i|we must|gotta|should|have|got|will|can [to] say|admit|confess [,|that] you|you're|youre|this|that's|it's|i|i'm|we|the|my|that|it|not",
            Musing,
        ),
        ("i|we must|gotta|should|have|got|will|can [to] admit|confess", Musing),
        ("i|we must|gotta|have|got|will|i've|you've|gotta [got] [to] hand it to you|u|this", Musing),
        ("remember|recall when|how|that we|i|you|they|he|she|time|day", Musing),
        ("might|may [just|as|well|have|even] skip|move|cancel|delete|do|go|change|postpone|leave|have|be|need", Musing),
        ("hands off", Negated),
        ("keep", Negated),
        (
            "i|we [really|still|just] don't|dont|didn't|didnt|haven't|havent|hadn't|won't|wont|wouldn't|can't|cant|cannot|couldn't|shouldn't|needn't|never|mustn't|aren't",
            Negated,
        ),
        ("i|we do|did|have|will|would|can|could|should not|never", Negated),
        ("i'm|im|we're not", Negated),
        ("i am not", Negated),
        ("i've|ive not|never", Negated),
        ("i|we [still] have [still] yet to", Negated),
        ("you shouldn't|should|must|can't|mustn't|don't [not]", Negated),
        ("i|we said|told|asked|meant|mentioned|heard", Reported),
        ("i|we was|were told|asked|thinking|going|wondering|considering|about|planning|hoping|tempted", Musing),
        ("i'm|im|i am [just] thinking|wondering|considering|tempted|curious|not|hoping|unsure|debating", Musing),
        (
            "i|we [really|just|almost|nearly|already|accidentally|once] [almost|nearly] deleted|removed|erased|renamed|added|created|changed|moved|postponed|rescheduled|wondered|thought|considered|wanted|used|wish|wonder|guess|suppose|think|thought|believe|hate|love|like|regret",
            Musing,
        ),
        (
            "i|we may|might|could|would|will|'ll [probably|maybe|never] delete|remove|complete|finish|move|change|rename|reschedule|postpone|do|add|mark",
            Musing,
        ),
        ("i'll|we'll [probably|maybe] delete|remove|complete|finish|move|change|rename|mark|do|reschedule", Musing),
        ("i|we might|may", Musing),
        (
            "i|we should|could|would|might|must [not] have deleted|removed|finished|completed|done|added|moved|renamed|paid|bought|called|changed|sent|kept|written",
            Musing,
        ),
        ("i|we should've|could've|would've|shouldve|couldve|wouldve", Musing),
        ("i've|ive been thinking|wondering|considering|told|asked|meaning|planning|tempted|hoping", Musing),
        ("i've|ive thought|wanted|considered", Musing),
        ("i have been thinking|wondering|considering|told|asked|meaning|planning|tempted|hoping", Musing),
        ("maybe|perhaps|possibly|imagine|suppose|supposing|hypothetically|theoretically", Musing),
        ("if|unless|whenever", Musing),
        ("in case", Musing),
        ("when|once|after|until i|we|he|she|they|you|it", Musing),
        ("when|once|after the|my|task", Musing),
        ("as soon as", Musing),
        ("what if", Musing),
        ("assuming", Musing),
        ("it would be", Musing),
        ("it'd be", Musing),
        (
            "someone|somebody|people|they|he|she|everyone|everybody|nobody [just] deleted|said|says|told|wants|wanted|asked|keeps|added|completed|finished|thinks|think",
            Reported,
        ),
        ("according to", Reported),
        ("apparently", Reported),
        ("tell me a|another|something|why", OutOfScope),
        ("summarize|summarise|explain|define|recommend|solve|generate", OutOfScope),
        ("ignore all|previous|your|the", OutOfScope),
        ("change|reset|update my password|email|name|account|settings|profile|theme|language|username", OutOfScope),
        ("pretend|act", OutOfScope),
    ])
});

/// What forgetting is told of is to be added, not negated; and what is to be left is no task.
static NOT_NEGATED: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[
        ("don't|dont|do|never [not] forget|let", ()),
        ("do not forget|let", ()),
        ("i|we mustn't|must|cannot|can't|shouldn't|don't|dont|do [not] [want] [to] forget", ()),
        ("i|we do|don't not want to forget", ()),
        ("i|we should|must|do", ()),
        ("keep in mind", ()),
    ])
});

/// Verbs by which people tell what others said.
const REPORTING: &[&str] = &[
    "said",
    "says",
    "told",
    "tells",
    "asked",
    "asks",
    "wants",
    "wanted",
    "suggested",
    "suggests",
    "thinks",
    "thought",
    "mentioned",
    "claims",
    "claimed",
    "insists",
    "insisted",
    "recommended",
    "recommends",
    "texted",
    "wrote",
    "replied",
    "demanded",
    "begged",
    "keeps",
    "yelled",
    "deleted",
    "advised",
];

/// What throws doubt on all that is said, wherever it is split.
pub(super) fn doubt(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Untouched> {
    let start = STARTS.longest(text, clause.from, clause.end, context).map(|(_, why, _)| why);
    // "when I have the exam?" asks.
    let asks = text.is_one_of(clause.from, &["when"]) && text.is_one_of(clause.end - 1, &["?"]);
    let start = start.filter(|_| !asks);
    if matches!(start, Some(Untouched::Reported | Untouched::Musing)) && !allowed(text, clause, context) {
        return start;
    }
    // What would talk the planner into something is refused whole.
    if text.is_one_of(clause.from, &["ignore", "pretend", "disregard"]) {
        return Some(Untouched::OutOfScope);
    }
    reported(text, clause).then_some(Untouched::Reported)
}

fn allowed(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    NOT_NEGATED.longest(text, clause.from, clause.end, context).is_some()
        && text
            .tokens
            .get(clause.from..clause.end.min(clause.from + 8))
            .is_some_and(|t| t.iter().any(|t| matches!(t.text.as_str(), "forget" | "let" | "mind")))
}

/// "set a task as repeating": no task in particular, so a question about what is possible.
static ANY_TASK: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[(
        "set|mark|make|delete|remove|complete|edit|rename|move|reopen|tag|change|finish|undo|restore a|an|any task|todo|item|reminder [as|to|again|so] [that|it] [repeat|repeating|recurring|recur|done|complete|completed|urgent|twice|repeats]",
        (),
    )])
});

/// Why the clause must not change anything, if so.
pub(super) fn untouched(text: &Text<'_>, clause: Clause, context: &Context) -> Option<Untouched> {
    let stop = ANY_TASK.longest(text, clause.from, clause.end, context).map(|(stop, ..)| stop);
    if stop.is_some_and(|stop| (stop..clause.end).all(|i| text.get(i).is_some_and(|t| t.kind == Kind::Sign))) {
        return Some(Untouched::Question);
    }
    if super::change::ended(text, clause, context).is_some() {
        return None;
    }
    if text.is_one_of(clause.from, &["leave", "keep", "let"]) && stays(text, clause) {
        return Some(Untouched::Negated);
    }
    if serves(text, clause) {
        return Some(Untouched::OutOfScope);
    }
    if keeps_its_day(text, clause, context) {
        return Some(Untouched::Negated);
    }
    if asks_what_happens(text, clause) {
        return Some(Untouched::Question);
    }
    if text.is_one_of(clause.from, &["when"]) && text.is_one_of(clause.end - 1, &["?"]) {
        return None;
    }
    let Some((stop, why, _)) = STARTS.longest(text, clause.from, clause.end, context) else {
        return denies(text, clause, context).then_some(Untouched::Negated);
    };
    if allowed(text, clause, context) {
        return None;
    }
    // A question may open with "don't": "don't I have…?"
    if why == Untouched::Negated && text.is_one_of(stop, &["i", "we"]) {
        return None;
    }
    // "leave" and "keep" spare a task only if they name one; else they begin a title.
    if text.is_one_of(clause.from, &["leave", "keep"])
        && !super::target::is_named_soon(text, clause.from + 1, clause.end)
        && !text.is_one_of(clause.end - 1, &["alone"])
    {
        return None;
    }
    Some(why)
}

/// "leave the report as it is", "keep the meeting where it is", "let it be".
fn stays(text: &Text<'_>, clause: Clause) -> bool {
    let last = clause.end.saturating_sub(1);
    let ends =
        |words: &[&[&str]]| {
            words.iter().any(|phrase| {
                phrase.iter().rev().enumerate().all(|(back, word)| {
                    last.checked_sub(back).is_some_and(|i| i > clause.from && text.word(i) == *word)
                })
            })
        };
    ends(&[
        &["as", "it", "is"],
        &["as", "they", "are"],
        &["as", "it", "was"],
        &["as", "is"],
        &["how", "it", "is"],
        &["the", "way", "it", "is"],
        &["where", "it", "is"],
        &["where", "they", "are"],
        &["alone"],
        &["untouched"],
        &["unchanged"],
        &["be"],
        &["for", "now"],
        &["on", "the", "list"],
        &["on", "my", "list"],
        &["open"],
    ])
}

/// "keep the dinner on Saturday": it stays when it is.
fn keeps_its_day(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    text.is_one_of(clause.from, &["keep", "leave"])
        && (clause.from + 2..clause.end)
            .any(|i| text.is_one_of(i, &["on", "at", "for"]) && super::change::only_marks(text, i, clause.end, context))
}

/// "can you add stuff for other people?": nothing in particular.
fn serves(text: &Text<'_>, clause: Clause) -> bool {
    text.is_one_of(clause.from, &["add", "delete", "change", "complete", "create", "do", "move", "remove"])
        && text.is_one_of(clause.from + 1, &["stuff", "things", "something", "anything", "tasks", "todos"])
        && text.is_one_of(clause.from + 2, &["for", "?"])
        && text.is_one_of(text.len() - 1, &["?"])
}

/// "the report isn't finished": a statement that denies, unless it begins with a command or asks.
fn denies(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    let first = text.word(clause.from);
    // "email the prof isn't urgent any more" speaks of a task that begins with a verb.
    let of_a_task = (clause.from + 1..clause.end).any(|i| {
        text.is_one_of(i, &["isn't", "aren't", "wasn't"])
            && text.is_one_of(
                i + 1,
                &["urgent", "important", "high", "low", "due", "needed", "done", "that", "so", "really", "necessary"],
            )
    });
    let commands = COMMAND_VERBS.contains(&first)
        || crate::read::names::is_task_verb(text, clause.from) && !of_a_task
        || OPENERS.contains(&first)
        || super::add::leads(text, clause, context)
        || super::listing::leads(text, clause, context)
        || super::change::leads(text, clause, context);
    // "it isn't done after all" wants it opened again.
    let after_all = text.is_one_of(clause.end - 1, &["all"]) && text.is_one_of(clause.end.wrapping_sub(2), &["after"]);
    !commands
        && !after_all
        && (clause.from..clause.end).any(|i| {
            text.get(i).is_some_and(|t| {
                // "is at 5, not 4:30" denies the time and not the sentence.
                !t.literal
                    && (t.text.ends_with("n't") || matches!(t.text.as_str(), "not" | "never" | "cannot"))
                    && (t.text == "never"
                        || text.is_one_of(i + 1, &["be"])
                        || !super::change::only_marks(text, i + 1, clause.end, context))
                    && !(i + 2 == clause.end && text.get(i + 1).is_some_and(|t| t.kind == Kind::Number))
            })
        })
}

/// "Bob said delete task 2", "my boss told me to…": someone else's words.
fn reported(text: &Text<'_>, clause: Clause) -> bool {
    let first = text.word(clause.from);
    if OPENERS.contains(&first)
        || first == "i"
        || first == "we"
        || crate::read::names::is_task_verb(text, clause.from)
        || COMMAND_VERBS.contains(&first)
    {
        return false;
    }
    (clause.from + 1..clause.end.min(clause.from + 5))
        .any(|i| text.is_one_of(i, REPORTING) && !text.is_one_of(i - 1, &["to", "the", "a", ",", "and"]))
}

const COMMAND_VERBS: &[&str] = &[
    "add", "create", "new", "delete", "remove", "complete", "finish", "mark", "rename", "change", "update", "edit",
    "remind", "todo", "task", "note", "make", "set", "put", "move", "show", "list", "reopen", "tag", "undo", "redo",
    "remember", "reminder", "don't", "do", "never", "dont", "i've", "ive", "i'm",
];
