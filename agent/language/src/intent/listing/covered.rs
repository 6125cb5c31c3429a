//! Sayings that ask for tasks in any order of words: every word is a word for a list, a filter, or means nothing.
//! What is left are words that tasks may have.

use super::super::clause::Clause;
use super::super::model::{Intent, Listing};
use super::super::{add, change};
use super::{TASK_NOUNS, open};
use crate::grammar::Phrases;
use crate::read::{filter, names};
use crate::token::{Kind, Text};
use crate::{Context, DueRange, Filter};
use std::sync::LazyLock;
use todo_contract::Priority;

/// What phrases around a filter mean.
#[derive(Clone, Copy)]
enum Aside {
    Nothing,
    /// The most important tasks.
    Top,
    /// What was to be done before today.
    Missed,
    /// "my week", "the day": the one that today is in.
    Present(&'static str),
}

/// Phrases that narrow nothing, or all in one way.
static ASIDES: LazyLock<Phrases<Aside>> = LazyLock::new(|| {
    use Aside::{Missed, Nothing, Present, Top};
    Phrases::new(&[
        ("what|whats|which|wat|wots|who|when|where|how|hows|whos|wheres|whens|why", Nothing),
        ("what's|how's|who's|where's|when's|that's|there's|it's|here's", Nothing),
        (
            "is|are|am|was|were|be|been|being|'s|do|does|did|done|doing|have|has|had|having|got|get|getting|gotten",
            Nothing,
        ),
        ("i|me|my|mine|we|us|our|you|your|i've|ive|i'm|im|i'd|id|we've|i'll|myself", Nothing),
        (
            "can|could|should|shall|will|would|must|may|might|need|needs|needed|want|wants|like|supposed|meant|gotta|gonna|wanna|going",
            Nothing,
        ),
        ("the|a|an|any|some|all|every|each|this|that|these|those|them|they|it|there|here|one|ones|both", Nothing),
        (
            "of|on|in|at|for|to|with|by|about|from|up|out|off|around|through|over|into|down|as|and|or|so|then|than|but|if",
            Nothing,
        ),
        (
            "anything|something|everything|nothing|things|thing|stuff|bits|jobs|chores|errands|tasks|task|todos|todo|items|item|list|lists|to-do|to-dos|to-dos|reminders|reminder",
            Nothing,
        ),
        (
            "plans|plan|planned|agenda|schedule|scheduled|calendar|diary|commitments|appointments|overview|summary|rundown|roundup|recap|briefing|breakdown|run-down|digest|outline|outlook",
            Nothing,
        ),
        (
            "lemme|gimme|update|brief|store|hold|holds|along|progress|progressing|packed|hectic|whole|full|entire|complete|show|list|give|tell|read|see|look|looks|looking|check|view|display|pull|bring|run|take|walk|talk|catch|fill|name|fetch|hear|know|go|let|let's|print|recite|refresh",
            Nothing,
        ),
        (
            "busy|free|available|clear|booked|packed|full|empty|quiet|loads|load|lot|lots|much|many|more|else|long|time",
            Nothing,
        ),
        (
            "next|first|start|begin|focus|tackle|now|right|currently|still|yet|already|just|only|again|also|too|actually|really|quick|quickly|brief|short|fast|please|pls|plz|ok|okay|well|hey|hi|hello",
            Nothing,
        ),
        (
            "happening|happens|coming|comes|going|goes|due|on|left|to|remains|remaining|tagged|marked|labelled|labeled|related|regarding|concerning|involving|under|plate|mind|moment|minute|damage|deal|state|status|priority|priorities|priorty|tag|tags|label|category|folder|section|date|deadline|deadlines|dates",
            Nothing,
        ),
        ("been|supposed|having|day|days|week|weeks|weekend|morning|afternoon|evening|night|tonight", Nothing),
        ("my|the|our [rest] [of] [the|my] week|wk", Present("this week")),
        ("my|the|our [rest] [of] [the|my] weekend", Present("this weekend")),
        ("my|the|our [rest] [of] [the|my] day|morning|afternoon|evening|night", Present("today")),
        ("my|the|our [rest] [of] [the|my] month", Present("this month")),
        ("most|top|main|biggest|highest important|urgent|pressing|critical|priority|priorities", Top),
        ("top|main|biggest priority|priorities|thing|things|task|tasks|stuff|ones|one", Top),
        ("important|pressing|critical", Top),
        ("forgotten|forgetting|forgot|forget|missed|missing|miss|behind|late|slipped|slipping|outstanding", Missed),
    ])
});

/// Words that are asked with, and not for.
const ASKING: &[&str] = &[
    "what",
    "whats",
    "what's",
    "which",
    "who",
    "who's",
    "whos",
    "when",
    "when's",
    "where",
    "where's",
    "how",
    "how's",
    "hows",
    "any",
    "anything",
    "something",
    "show",
    "list",
    "wat",
    "nothing",
    "am",
    "is",
    "are",
    "did",
    "was",
    "were",
    "will",
    "so",
    "can",
    "lemme",
    "gimme",
];

/// "give me", "run us": they ask only with the person.
const HANDING: &[&str] =
    &["give", "tell", "read", "run", "talk", "walk", "fill", "catch", "take", "bring", "get", "update", "brief"];

/// What a list is called, or what is on it.
const LIST_NOUNS: &[&str] = &[
    "task",
    "tasks",
    "todo",
    "todos",
    "to-do",
    "to-dos",
    "thing",
    "things",
    "stuff",
    "ones",
    "list",
    "lists",
    "items",
    "jobs",
    "chores",
    "errands",
    "plans",
    "agenda",
    "schedule",
    "overview",
    "reminders",
    "deadlines",
    "summary",
    "rundown",
    "bits",
    "recap",
];

/// Whether the words from `at` ask.
fn asking(text: &Text<'_>, at: usize) -> bool {
    let wishes = text.is_one_of(at, &["i", "we"])
        && text.is_one_of(at + 1, &["need", "want", "have"])
        && text.is_one_of(at + 2, &["to"])
        && text.is_one_of(at + 3, &["know", "see", "check", "hear"]);
    let own = text.is_one_of(at, &["do", "have", "did"]) && text.is_one_of(at + 1, &["i", "we", "you", "any", "they"]);
    wishes
        || own
        || text.is_one_of(at, ASKING)
        || text.is_one_of(at, HANDING) && text.is_one_of(at + 1, &["me", "us"])
        || text.slice(at, at + 1).eq_ignore_ascii_case("gimme")
        || text.is_one_of(at, &["read"]) && text.is_one_of(at + 1, &["out", "off"])
}

/// Most tokens of such a saying.
const LONGEST: usize = 24;

/// What such a saying asks for.
pub(in crate::intent) struct Covered {
    pub(in crate::intent) filter: Filter,
    /// Whether it says which tasks, or that tasks are asked for.
    telling: bool,
    asks: bool,
    noun: bool,
}

/// Reads what the words of a clause narrow to; what is left over are the filter's words.
pub(in crate::intent) fn cover(text: &Text<'_>, clause: Clause, context: &Context) -> Covered {
    let Clause { from, end } = clause;
    let mut asides = Filter::default();
    let mut filter = filter::read_besides(text, from, end, context, &mut |at| {
        let (stop, aside, _) = ASIDES.longest(text, at, end, context)?;
        // A day's name and what is tagged are read with their prepositions.
        let read = filter::reads(text, at, end, context).filter(|read| *read >= stop);
        match (read, aside) {
            (Some(_), _) => return None,
            (None, Aside::Top) => asides.priority = Some(Priority::Urgent),
            (None, Aside::Missed) => asides.due = Some(DueRange::Overdue),
            (None, Aside::Present(days)) => {
                let days = Text::new(days);
                let mut said = filter::read(&days, 0, days.len(), context);
                (asides.due, asides.said) = (said.due, said.said.take());
            }
            (None, Aside::Nothing) => {}
        }
        Some(stop)
    });
    let noun = (from..end).any(|i| text.is_one_of(i, LIST_NOUNS));
    let named = noun || (from..end).any(|i| text.is_one_of(i, TASK_NOUNS));
    filter.priority = filter.priority.or(asides.priority);
    if filter.due.is_none() {
        (filter.due, filter.said) = (asides.due, asides.said);
    }
    let telling =
        named || filter.due.is_some() || filter.priority.is_some() || filter.status.is_some() || filter.tag.is_some();
    Covered { filter: open(filter), telling, asks: asking(text, from), noun }
}

/// What is listed when nothing narrows.
pub(super) fn everything() -> Filter {
    open(Filter::default())
}

/// A question, or words for a list, all of which were understood.
pub(in crate::intent) fn whole(text: &Text<'_>, clause: Clause, question: bool, context: &Context) -> Option<Listing> {
    let covered = plain(text, clause, question, context)?;
    // Within a longer saying, a day alone belongs to what stands before it.
    let alone = covered.asks || question || covered.noun || clause.from <= 2 && clause.end + 2 >= text.len();
    let narrows = covered.filter.due.is_some() || covered.filter.priority.is_some() || covered.filter.tag.is_some();
    let whole_list = clause.from <= 2
        && clause.end + 2 >= text.len()
        && (covered.noun || text.is_one_of(clause.from, &["show", "list", "gimme", "lemme"]));
    let telling = covered.telling && (narrows || covered.asks) || whole_list;
    (alone && telling && covered.filter.words.is_empty()).then_some(Listing::Show(covered.filter))
}

/// What is asked for if some task has the words that are left.
pub(in crate::intent) fn mentioning(
    text: &Text<'_>,
    clause: Clause,
    question: bool,
    context: &Context,
) -> Option<Intent> {
    let covered = plain(text, clause, question, context)?;
    let left = covered.filter.words.split(' ').filter(|word| !word.is_empty()).count();
    let most = if question { 4 } else { 2 };
    ((1..=most).contains(&left) && (question || covered.noun))
        .then_some(Intent::List(Listing::Mentioning(covered.filter, question)))
}

/// The cover of a clause that is no command and no statement.
fn plain(text: &Text<'_>, clause: Clause, question: bool, context: &Context) -> Option<Covered> {
    let Clause { from, end } = clause;
    if end - from > LONGEST || from >= end {
        return None;
    }
    let asks = question || asking(text, from);
    // Without a word for a list, only a whole saying may ask for one.
    let alone = from <= 2 && end + 2 >= text.len();
    if !asks && !alone && !(from..end).any(|i| text.is_one_of(i, LIST_NOUNS)) {
        return None;
    }
    let commands = !asks
        && (names::is_task_verb(text, from) && !text.is_one_of(from + 1, LIST_NOUNS)
            || add::leads(text, clause, context)
            || change::leads(text, clause, context));
    let states = !asks
        && (from..end).any(|i| {
            text.is_one_of(
                i,
                &[
                    "is", "are", "was", "were", "isn't", "aren't", "i", "i'm", "i've", "we", "it", "it's", "that's",
                    "will", "has", "had", "you", "he", "she", "they", "don't", "not", "no", "by", "should", "one's",
                    "that's", "must", "needs", "can", "could", "'s", "be",
                ],
            )
        });
    let points = !asks && text.is_one_of(from, &["that", "this", "those", "these", "them", "they"]) && end - from > 2;
    let titled = (from..end).any(|i| text.get(i).is_some_and(|t| t.literal || t.kind == Kind::Line));
    let numbered =
        (from..end).any(|i| text.is_one_of(i, &["#"]) && text.get(i + 1).is_some_and(|t| t.kind == Kind::Number));
    (!commands && !states && !points && !titled && !numbered).then(|| cover(text, clause, context))
}
