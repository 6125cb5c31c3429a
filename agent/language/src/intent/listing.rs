//! Sayings that want to see tasks.

use super::clause::Clause;
use super::guard;
use super::model::{Listing, Reference, Target};
use super::target;
use crate::grammar::Phrases;
use crate::read::filter;
use crate::token::Text;
use crate::{Context, Filter};
use std::sync::LazyLock;
use todo_contract::TaskStatus;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    /// Show what the rest narrows to.
    Show,
    /// Show it, if the rest speaks of tasks.
    ShowTasks,
    Count,
    /// Show what is done.
    Done,
    /// Find words.
    Find,
    /// How one task stands.
    About,
    /// Whether one task is done.
    State,
}

static ASKS: LazyLock<Phrases<Ask>> = LazyLock::new(|| {
    use Ask::{About, Count, Done, Find, Show, ShowTasks, State};
    Phrases::new(&[
        (
            "show|list|display|print|view|see|read|give|get|tell|pull|bring|open|check|review|fetch|recite|enumerate|look|name [up|out|at|through] [to] [me|us]",
            ShowTasks,
        ),
        ("let me see|have|look [at] [a] [look] [at]", ShowTasks),
        ("have a look at", ShowTasks),
        ("take me through", ShowTasks),
        ("run me|through [through]", ShowTasks),
        ("remind me what|which", Show),
        ("tell me what|which|what's", Show),
        ("show me what|which|what's", Show),
        ("what|which|what's|whats|wat", ShowTasks),
        (
            "what|what's|whats|wat is|'s|are|was [all] [still|left|currently] [on|in|pending|open|left|due|next|overdue|outstanding|up|coming|still|remaining|planned|scheduled]",
            ShowTasks,
        ),
        (
            "what's|whats|what|wat pending|open|left|due|next|overdue|outstanding|up|remaining|planned|scheduled|late|happening|important|urgent|upcoming|new|now",
            Show,
        ),
        (
            "what is|are|'s|else [is] [still|left] pending|open|left|due|next|overdue|outstanding|up|remaining|planned|scheduled|late|happening|urgent|upcoming|important",
            Show,
        ),
        ("what's|whats|wats|what on|in my|the|today's|our [list|plate|agenda|schedule|todo|to-do|plan|calendar]", Show),
        ("what's|whats on|for|coming|happening [for|up] [today|tomorrow|this]", Show),
        ("what is|are on|in my|the [list|plate|agenda|schedule|todo|plan]", Show),
        (
            "what do|should|must|can|shall i|we [still|have|need] [have|need|got|do|still] [to] [do|planned|on|left|scheduled|pending|due|get|be]",
            Show,
        ),
        ("what have i|we [got] [planned|on|left|to|due|coming|scheduled|for] [do|up]", Show),
        ("what does my|the day|list|schedule|agenda|plan look like", Show),
        ("what does|is {date} look|looking like", Show),
        ("how does|is {date} look|looking", Show),
        ("what is|'s there [left|still] [to] [do]", Show),
        ("what's there [left|still] [to] [do]", Show),
        ("what needs|remains [to] [be] [done|doing|do]", Show),
        ("what am i [supposed|meant] [to] [do|doing|be]", Show),
        ("what else [do|is|have] [i] [have|need|there|left|to] [to] [do]", Show),
        ("what should|can i|we [do|work|tackle|start|focus] [on|with] [next|first|now]", Show),
        ("do|have i|we [still] [have|got|need] anything|something|any|tasks|stuff|things|todos", Show),
        ("is|are|was there [still] anything|something|any|tasks|stuff|things", Show),
        ("anything|any [tasks] [else|left|still|that|is|coming] [to|is|up] [do|be]", Show),
        ("am i done|finished|free|late|behind|busy|clear|overdue", Show),
        ("how many|much", Count),
        ("count|number [of] [all|up|how] [many] [my|the|of]", Count),
        ("what's the number|count of", Count),
        ("what is the number|count of", Count),
        (
            "what have|did|has i|we|been [already|actually|just|so|recently] [far] completed|complete|finish|finished|done|do|accomplish|accomplished|achieve|achieved|get|got|check|checked|tick|ticked|close|closed [off] [done|through]",
            Done,
        ),
        (
            "what's|what|which|whats [tasks|todos|items|things|ones] [have|has|are|is|did|i|been|i've] [i|been|already|have|been] [already] done|completed|finished|complete|finish",
            Done,
        ),
        ("which|what tasks|ones|things|items|todos did i [already] do|finish|complete|get", Done),
        ("what've i done|completed|finished", Done),
        ("show|list|give|tell [me] what i've|i|we [have|already|did] completed|finished|done|did|complete", Done),
        (
            "find|search|lookup [for] [all|any|my|me] [the] [tasks|todos|items|task] [for|about|with|containing|mentioning|on|related|that] [to|mention|the|word|contain] [words]",
            Find,
        ),
        ("search|look [up] for|through", Find),
        ("look up", Find),
        (
            "do|did i|we [already|still] [have] [a|any|an] task|tasks|todo|todos|reminder|item|items|something|anything about|for|to|called|with|regarding|on|mentioning|named",
            Find,
        ),
        (
            "is|are there [a|any|an|already] task|tasks|todo|todos|reminder|item|something|anything about|for|to|called|with|regarding|mentioning|named",
            Find,
        ),
        ("do i|we have a|an|any", Find),
        ("have i|we got a|an|any", Find),
        ("anything|any|something about|regarding|with|mentioning", Find),
        ("what about", Find),
        ("where is|are|'s", Find),
        ("where's", Find),
        ("when is|are|was|'s|do|does|did|should|must|will|have|am [i] [have|need|supposed] [to]", About),
        ("when's", About),
        ("what|what's|whats [is|was|are] [the] task|item|number|todo|#", About),
        ("what|what's|whats [is|was|are] #", About),
        (
            "what|what's|whats [is|was] [the] status|state|progress|deadline|priority|date|details [date] [of|for|on|with]",
            About,
        ),
        ("what|what's|whats [is|was] [the] due date|time [of|for|on]", About),
        ("how is|'s|does|are", About),
        ("tell me about|more", About),
        ("show [me] [the] details [of|for|on]", About),
        ("details [of|for|on|about]", About),
        ("did i|we [already|ever|actually|manage|remember] [to]", State),
        ("have i|we [already|ever|actually]", State),
        ("is|are|was|were|isn't|wasn't|has|did|will", State),
        ("am i|we done|finished|through with", State),
        ("haven't|didn't i|we [already]", State),
    ])
});

/// Sayings that are a list's name and nothing else.
static NAMES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::new(&[(
        "[all] [my|the|today's] [to] [-] [do] [todo|task|tasks|todos|list|agenda|schedule|items|overview] [list] [for]",
        (),
    )])
});

const TASK_NOUNS: &[&str] = &[
    "task",
    "tasks",
    "todo",
    "todos",
    "to-do",
    "list",
    "lists",
    "item",
    "items",
    "things",
    "thing",
    "everything",
    "agenda",
    "reminders",
    "stuff",
    "plate",
    "schedule",
    "ones",
    "all",
    "overdue",
    "pending",
    "completed",
    "due",
    "done",
    "open",
    "unfinished",
    "outstanding",
    "finished",
    "upcoming",
    "anything",
    "priorities",
    "plans",
    "plan",
    "deadlines",
    "left",
    "remaining",
    "to-dos",
    "chores",
    "incomplete",
];

/// Whether the clause begins as a listing one.
pub(super) fn leads(text: &Text<'_>, clause: Clause, context: &Context) -> bool {
    ASKS.longest(text, clause.from, clause.end, context).is_some()
}

pub(super) fn read(text: &Text<'_>, clause: Clause, question: bool, context: &Context) -> Option<Listing> {
    let end = trim(text, clause);
    let Some((stop, ask, _)) = ASKS.longest(text, clause.from, end, context) else {
        return by_name(text, Clause { end, ..clause }, question, context);
    };
    let filter = || filter::read(text, stop, end, context);
    let whole = || filter::read(text, clause.from, end, context);
    match ask {
        Ask::Show => Some(Listing::Show(open(relevant(whole(), filter())))),
        Ask::ShowTasks => show_tasks(text, clause, stop, end, question, context),
        Ask::Count => {
            let filter = filter();
            let tasks = (stop..end).any(|i| text.is_one_of(i, TASK_NOUNS))
                || filter.status.is_some()
                || filter.due.is_some()
                || filter.tag.is_some();
            tasks.then(|| Listing::Count(open(only_parts(filter))))
        }
        Ask::Done => Some(Listing::Show(Filter { status: Some(TaskStatus::Done), words: String::new(), ..filter() })),
        Ask::Find => find(text, stop, end, context),
        Ask::About => {
            let target = target::read(text, about_from(text, clause, stop), about_end(text, stop, end), context);
            about(text, stop, end, target, context)
        }
        Ask::State => {
            let done = text.is_one_of(stop, &["finish", "finished", "complete", "completed", "do", "done", "get"])
                && stop + 1 < end;
            let target = target::read(text, stop + usize::from(done), about_end(text, stop, end), context);
            let question = guard::is_question(text, clause);
            (question
                && !target.references.is_empty()
                && !text.is_one_of(stop, &["you", "it's", "the", "there", "this", "that"])
                || named(text, stop, end, &target))
            .then_some(Listing::About(target))
            .filter(|_| question)
        }
    }
}

/// "is the report done?": a noun with "the" may be a task, if the question ends in a task's state.
fn named(text: &Text<'_>, from: usize, end: usize, target: &Target) -> bool {
    let state = (from..end).any(|i| {
        text.is_one_of(
            i,
            &[
                "done",
                "finished",
                "complete",
                "completed",
                "due",
                "overdue",
                "open",
                "pending",
                "late",
                "urgent",
                "still",
                "on",
                "task",
                "been",
            ],
        )
    });
    state && !target.references.is_empty()
}

fn trim(text: &Text<'_>, clause: Clause) -> usize {
    let mut end = clause.end;
    while end > clause.from && text.is_one_of(end - 1, &["?", "!", ".", ",", ":"]) {
        end -= 1;
    }
    end
}

/// "task 3" in "what is task 3".
fn about_from(text: &Text<'_>, clause: Clause, stop: usize) -> usize {
    if stop > clause.from && text.is_one_of(stop - 1, &["task", "item", "number", "todo", "#"]) {
        stop - 1
    } else {
        stop
    }
}

/// Without the state that is asked for.
fn about_end(text: &Text<'_>, from: usize, end: usize) -> usize {
    let mut end = end;
    while end > from + 1
        && text.is_one_of(
            end - 1,
            &[
                "due",
                "done",
                "finished",
                "complete",
                "completed",
                "yet",
                "already",
                "overdue",
                "open",
                "now",
                "pending",
                "still",
                "on",
                "my",
                "list",
                "the",
                "scheduled",
                "again",
                "going",
                "late",
                "urgent",
                "status",
                "over",
                "looking",
                "today",
                "supposed",
                "happening",
                "been",
                "paid",
                "bought",
                "sent",
                "be",
            ],
        )
    {
        end -= 1;
    }
    end
}

fn about(text: &Text<'_>, from: usize, end: usize, target: Target, context: &Context) -> Option<Listing> {
    let filter = filter::read(text, from, end, context);
    let narrows = filter.due.is_some() || filter.status.is_some();
    let nouns = (from..end).any(|i| text.is_one_of(i, &["tasks", "everything", "deadlines", "todos"]));
    if nouns && (narrows || filter.words.is_empty()) {
        return Some(Listing::Show(open(only_parts(filter))));
    }
    let other = text.is_one_of(from, &["you", "the"])
        && text.is_one_of(from + 1, &["weather", "time", "world", "meaning", "capital"]);
    (!target.references.is_empty() && !other).then_some(Listing::About(target))
}

fn find(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Option<Listing> {
    let target = target::read(text, from, end, context);
    if target.is_explicit() && !matches!(target.references.as_slice(), [Reference::All(_)]) {
        return Some(Listing::About(target));
    }
    let mut filter = filter::read(text, from, end, context);
    if filter.words.is_empty() && filter.due.is_none() && filter.tag.is_none() && filter.priority.is_none() {
        return None;
    }
    if filter.words.is_empty() {
        return Some(Listing::Show(open(filter)));
    }
    if filter.due.is_none() && filter.tag.is_none() && filter.status.is_none() && filter.priority.is_none() {
        filter.words = text.slice(from, end).trim_matches(|c: char| "\"“”'‘’".contains(c)).to_owned();
    }
    Some(Listing::Show(filter))
}

/// "show me …": a listing only if the rest speaks of tasks, days, tags or priorities.
fn show_tasks(
    text: &Text<'_>,
    clause: Clause,
    stop: usize,
    end: usize,
    question: bool,
    context: &Context,
) -> Option<Listing> {
    let filter = filter::read(text, clause.from + 1, end, context);
    let noun = (stop.saturating_sub(1)..end).any(|i| text.is_one_of(i, TASK_NOUNS));
    let narrows = filter.due.is_some() || filter.tag.is_some() || filter.priority.is_some() || filter.status.is_some();
    let mine = (stop..end).any(|i| text.is_one_of(i, &["i", "my", "me"]));
    if stop == end && text.is_one_of(clause.from, &["show", "list"]) {
        return Some(Listing::Show(open(Filter::default())));
    }
    let asking = text.is_one_of(clause.from, &["what", "which", "what's", "whats", "wat"]);
    if asking && !noun && !(narrows && (mine || filter.words.is_empty())) {
        return None;
    }
    let listing_verb =
        text.is_one_of(clause.from, &["show", "list", "display", "print", "view", "see", "enumerate", "recite", "let"]);
    let weak_verb = !listing_verb && !asking;
    let shown = text.is_one_of(
        clause.from + 1,
        &[
            "me",
            "us",
            "my",
            "all",
            "the",
            "a",
            "through",
            "at",
            "out",
            "up",
            "what",
            "which",
            "over",
            "today's",
            "everything",
        ],
    );
    if weak_verb && !shown {
        return None;
    }
    if weak_verb && (!noun || !(narrows || filter.words.is_empty())) {
        return None;
    }
    if !noun && !narrows && !question {
        let target = target::read(text, stop, end, context);
        return (listing_verb && target.is_explicit()).then_some(Listing::About(target));
    }
    let target = target::read(text, stop, end, context);
    if target.references.iter().all(|r| matches!(r, Reference::Number(_) | Reference::It | Reference::Nth(_)))
        && !target.references.is_empty()
    {
        return Some(Listing::About(target));
    }
    // Words beside a filter that say nothing known narrow by words, unless the question is long.
    let spoken = !filter.words.is_empty() && filter.words.split(' ').count() <= 3;
    Some(Listing::Show(open(if spoken && !asking { filter } else { only_parts(filter) })))
}

/// "my tasks", "overdue?", "today's agenda", "tasks for tomorrow", "#work".
fn by_name(text: &Text<'_>, clause: Clause, question: bool, context: &Context) -> Option<Listing> {
    let filter = filter::read(text, clause.from, clause.end, context);
    let noun = (clause.from..clause.end).any(|i| text.is_one_of(i, TASK_NOUNS));
    let short = clause.end - clause.from <= 7;
    let named = NAMES.longest(text, clause.from, clause.end, context).is_some_and(|(stop, ..)| stop >= clause.from);
    let narrows = filter.due.is_some() || filter.tag.is_some() || filter.priority.is_some() || filter.status.is_some();
    let numbered = (clause.from..clause.end).any(|i| {
        text.get(i).is_some_and(|t| t.kind == crate::token::Kind::Number)
            && text.is_one_of(i.saturating_sub(1), &["task", "#", "tasks", "item"])
    });
    let verb = crate::read::names::is_task_verb(text, clause.from);
    let states = (clause.from..clause.end).any(|i| text.is_one_of(i, &["is", "are", "has", "was", "to", "'s"]));
    let named_list = text.is_one_of(clause.from, &["todo", "todos", "to-do", "task", "tasks", "reminder", "reminders"]);
    let command =
        super::change::leads(text, clause, context) || (super::add::leads(text, clause, context) && !named_list);
    let lone = clause.end - clause.from <= 2 && narrows;
    if filter.words.is_empty()
        && short
        && !numbered
        && !verb
        && !command
        && !(states && !question)
        && (named && noun || noun && narrows || lone || (question && narrows))
    {
        return Some(Listing::Show(open(filter)));
    }
    None
}

/// Everything that is open, unless something else was said.
fn open(mut filter: Filter) -> Filter {
    filter.status = filter.status.or(Some(TaskStatus::Open));
    filter
}

fn only_parts(mut filter: Filter) -> Filter {
    filter.words.clear();
    filter
}

/// What was said in the question itself counts too ("what's overdue").
fn relevant(whole: Filter, rest: Filter) -> Filter {
    Filter {
        status: whole.status.or(rest.status),
        due: whole.due.or(rest.due),
        priority: whole.priority.or(rest.priority),
        tag: whole.tag.or(rest.tag),
        words: String::new(),
        said: whole.said.or(rest.said),
    }
}
