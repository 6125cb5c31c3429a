//! Which tasks are meant: by day, priority, tag, status and words.

use super::fillers::FILLERS;
use super::{completion, date, mark};
use crate::Context;
use crate::grammar::Phrases;
use crate::token::{Kind, Text};
use jiff::civil::Date;
use std::sync::LazyLock;
use todo_contract::{Priority, Tag, TaskStatus};

/// Days in which tasks are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueRange {
    /// From the first to the last day, both included; open where `None`.
    Between(Option<Date>, Option<Date>),
    /// Before today.
    Overdue,
    /// Without a due date.
    Unset,
}

/// Which tasks are meant. Every part that is given narrows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Open or done.
    pub status: Option<TaskStatus>,
    /// When they are due.
    pub due: Option<DueRange>,
    /// On which days they were completed, from the first to the last, both included; open where `None`.
    pub completed: Option<(Option<Date>, Option<Date>)>,
    /// Of this priority.
    pub priority: Option<Priority>,
    /// With this tag.
    pub tag: Option<Tag>,
    /// With these words; empty for any.
    pub words: String,
    /// Words that narrow if any task has them; they may as well mean nothing.
    pub about: String,
    /// The days as they were said, for an answer.
    pub said: Option<String>,
}

#[derive(Clone, Copy)]
enum Part {
    Done,
    Open,
    All,
    Overdue,
    Unset,
    Priority(Priority),
    Soon,
    Nothing,
}

static PARTS: LazyLock<Phrases<Part>> = LazyLock::new(|| {
    Phrases::new(&[
        ("completed|finished|done|closed|ticked|accomplished|archived", Part::Done),
        ("checked|ticked|crossed off", Part::Done),
        ("did|have i|we [already] complete|finish|completed|finished|done|do|accomplish", Part::Done),
        (
            "open|pending|outstanding|unfinished|incomplete|remaining|left|undone|active|uncompleted|todo|unresolved",
            Part::Open,
        ),
        ("to be|get done|finished|completed|complete", Part::Open),
        ("should|must|can|could|shall|do i|we [need|have] [to] get done|finished|completed", Part::Open),
        ("not [yet] done|finished|completed|complete", Part::Open),
        ("still [to] [be] [do|done|open|pending|left]", Part::Open),
        ("to do|be", Part::Nothing),
        ("overdue|late", Part::Overdue),
        ("past due|deadline", Part::Overdue),
        ("past their|its|the due date|deadline", Part::Overdue),
        ("over due", Part::Overdue),
        ("missed|behind [on]", Part::Overdue),
        ("without [a|any] due date|dates", Part::Unset),
        ("without [a|any] date|dates|deadline", Part::Unset),
        ("with no [due] date|dates|deadline", Part::Unset),
        ("no due date", Part::Unset),
        ("undated|unscheduled", Part::Unset),
        ("with|of [a|an] urgent|highest|top priority", Part::Priority(Priority::Urgent)),
        ("urgent|top|highest [priority|prio]", Part::Priority(Priority::Urgent)),
        ("most important|urgent|pressing", Part::Priority(Priority::Urgent)),
        ("high|important [-] priority|prio", Part::Priority(Priority::High)),
        ("important", Part::Priority(Priority::High)),
        ("medium|normal [-] priority|prio", Part::Priority(Priority::Medium)),
        ("low [-] priority|prio", Part::Priority(Priority::Low)),
        ("low ones|one|stuff|things|items|jobs|tasks", Part::Priority(Priority::Low)),
        ("high ones|one|stuff|things|items|jobs|tasks", Part::Priority(Priority::High)),
        ("priority [:|=|is] high", Part::Priority(Priority::High)),
        ("priority [:|=|is] low", Part::Priority(Priority::Low)),
        ("priority [:|=|is] medium", Part::Priority(Priority::Medium)),
        ("priority [:|=|is] urgent", Part::Priority(Priority::Urgent)),
        ("coming up|soon", Part::Soon),
        ("soon|upcoming", Part::Soon),
        ("all|every|everything", Part::All),
    ])
});

/// What the words of a search box mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Which tasks are meant.
    pub filter: Filter,
    /// Whether they are among the deleted.
    pub trashed: bool,
}

static TRASHED: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(&[("deleted|trashed", ()), ("in [the] trash|bin", ())]));

/// Reads the words of a search box: "overdue #work dentist". Words of up to three letters that may be the
/// beginning of another ("tom", "sat") are no days without a preposition; what is quoted is text.
#[must_use]
pub fn search_filter(text: &str, context: &Context) -> Search {
    let mut text = Text::new(text);
    for at in 0..text.len() {
        let led =
            text.is_one_of(at.wrapping_sub(1), &["on", "due", "by", "for", "before", "after", "until", "next", "this"]);
        if let Some(token) = text.tokens.get_mut(at).filter(|t| !led && t.kind == Kind::Word && t.text.len() <= 3) {
            token.literal |=
                matches!(token.text.as_str(), "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "tom" | "tod");
        }
    }
    let (end, mut trashed) = (text.len(), false);
    let filter = read_besides(&text, 0, end, context, &mut |at| {
        let stop = TRASHED.longest(&text, at, end, context).map(|(stop, ..)| stop);
        trashed |= stop.is_some();
        stop
    });
    Search { filter, trashed }
}

/// Where the words of a filter at `at` end, if any begin there.
pub(crate) fn reads(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<usize> {
    let mut found = Filter::default();
    step(text, at, end, context, &mut found).filter(|_| found != Filter::default())
}

/// Reads a filter from the tokens from `from` to before `end`.
pub(crate) fn read(text: &Text<'_>, from: usize, end: usize, context: &Context) -> Filter {
    read_besides(text, from, end, context, &mut |_| None)
}

/// As [`read`], after `besides` has had a look at each place: it answers where to go on.
pub(crate) fn read_besides(
    text: &Text<'_>,
    from: usize,
    end: usize,
    context: &Context,
    besides: &mut dyn FnMut(usize) -> Option<usize>,
) -> Filter {
    let mut filter = Filter::default();
    let mut words: Vec<&str> = Vec::new();
    let mut at = from;
    while at < end {
        if let Some(stop) = besides(at).or_else(|| step(text, at, end, context, &mut filter)) {
            at = stop;
            continue;
        }
        if let Some(token) = text.get(at)
            && (token.literal
                || (token.kind != Kind::Sign && token.kind != Kind::Line && !FILLERS.contains(&token.text.as_str())))
        {
            words.push(text.source.get(token.start..token.end).unwrap_or(""));
        }
        at += 1;
    }
    filter.words = words.join(" ");
    completion::read(&mut filter, text, from, end, context);
    filter
}

fn step(text: &Text<'_>, at: usize, end: usize, context: &Context, filter: &mut Filter) -> Option<usize> {
    if let Some((stop, said)) = possessive(text, at, end, context, filter) {
        filter.said = Some(said);
        return Some(stop);
    }
    if let Some((stop, tag)) = mark::tag(text, at, end) {
        filter.tag = Some(tag);
        return Some(stop);
    }
    if let Some((stop, tag)) = tag_in_words(text, at, end) {
        filter.tag = Some(tag);
        return Some(stop);
    }
    if let Some((stop, range)) = due(text, at, end, context) {
        filter.due = Some(range);
        filter.said = Some(text.slice(at, stop).to_lowercase());
        return Some(stop);
    }
    if let Some(level) = mark::level(text, at, end).filter(|_| text.starts_clean(at)) {
        filter.priority = Some(level);
        return Some(at + 2);
    }
    let (stop, part, _) = PARTS.longest(text, at, end, context)?;
    match part {
        Part::Done => filter.status = Some(TaskStatus::Done),
        Part::Open => filter.status = Some(TaskStatus::Open),
        Part::Overdue => filter.due = Some(DueRange::Overdue),
        Part::Unset => filter.due = Some(DueRange::Unset),
        Part::Priority(priority) => filter.priority = Some(priority),
        Part::Soon => {
            filter.due = Some(DueRange::Between(Some(context.today), Some(crate::calendar::days(context.today, 7))));
        }
        Part::All | Part::Nothing => {}
    }
    Some(stop)
}

/// "today's tasks", "this week's list".
fn possessive(
    text: &Text<'_>,
    at: usize,
    end: usize,
    context: &Context,
    filter: &mut Filter,
) -> Option<(usize, String)> {
    let last = (at..end.min(at + 3)).find(|&i| text.word(i).ends_with("'s"))?;
    let said = format!("{} {}", text.slice(at, last), text.word(last).trim_end_matches("'s"));
    let inner = Text::new(said.trim());
    let (stop, day) = date::read(&inner, 0, inner.len(), context)?;
    if stop < inner.len() || text.get(at).is_some_and(|t| t.literal) {
        return None;
    }
    filter.due = Some(DueRange::Between(Some(day.from), Some(day.to)));
    Some((last + 1, said.trim().to_owned()))
}

/// "tagged work", "with the tag work", "the work tag".
fn tag_in_words(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, Tag)> {
    if let Some((stop, tags)) = mark::tags_in_words(text, at, end) {
        return tags.into_iter().next().map(|t| (stop, t));
    }
    let name = at + usize::from(text.is_one_of(at, &["the"]));
    let follows = text.is_one_of(name + 1, &["tag", "label"]) && name + 1 < end;
    let (stop, tags) = mark::tag_list(text, name, (name + 1).min(end))
        .filter(|_| follows && !text.is_one_of(name, &["tag", "the", "a", "with"]))?;
    tags.into_iter().next().map(|t| (stop + 1, t))
}

/// "today", "on Friday", "before Monday", "after 1 March", "from Monday to Friday", "between 1 and 5 March".
pub(super) fn due(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, DueRange)> {
    let (mut next, mut bound) = (at, "");
    while next < end
        && next - at < 4
        && text.is_one_of(
            next,
            &[
                "due", "on", "for", "in", "by", "before", "after", "since", "until", "till", "from", "between",
                "during", "within", "at",
            ],
        )
    {
        bound = text.word(next);
        next += 1;
    }
    if bound == "between"
        && let Some(found) = between(text, next, end, context)
    {
        return Some(found);
    }
    let now = matches!(bound, "between" | "from") && text.is_one_of(next, &["now"]);
    let read = if now { date::Day::on(context.today).map(|day| (next + 1, day)) } else { None };
    let (mut stop, day) = read.or_else(|| date::read(text, next, end, context))?;
    // "sat", "sun" and the like are words too; "may" and "the 5th" need a preposition.
    if day.strength == date::Strength::Faint
        && bound.is_empty()
        && next == at
        && !text.is_one_of(at, &["weekend", "the"])
    {
        return None;
    }
    if text.is_one_of(stop, &["to", "until", "till", "and", "-", "through"])
        && matches!(bound, "from" | "between")
        && let Some((after, last)) = date::read(text, stop + 1, end, context)
    {
        let to = if last.to < day.from {
            crate::calendar::shift(last.to, 1, crate::calendar::Unit::Week).unwrap_or(last.to)
        } else {
            last.to
        };
        return Some((after, DueRange::Between(Some(day.from), Some(to))));
    }
    if text.is_one_of(stop, &["or"]) && text.is_one_of(stop + 1, &["earlier", "before"]) {
        stop += 2;
        bound = "by";
    }
    if super::time::part(text, stop, end).is_some() {
        stop += 1;
    }
    Some((
        stop,
        match bound {
            "before" => DueRange::Between(None, Some(crate::calendar::days(day.from, -1))),
            "by" | "until" | "till" => DueRange::Between(None, Some(day.to)),
            "after" => DueRange::Between(Some(crate::calendar::days(day.to, 1)), None),
            "since" => DueRange::Between(Some(day.from), None),
            _ => DueRange::Between(Some(day.from), Some(day.to)),
        },
    ))
}

/// "between 1 and 5 March".
fn between(text: &Text<'_>, at: usize, end: usize, context: &Context) -> Option<(usize, DueRange)> {
    let (stop, last) = date::read(text, at + 2, end, context).filter(|_| text.is_one_of(at + 1, &["and"]))?;
    let first: i8 = text.word(at).parse().ok()?;
    let from = crate::calendar::day_in_month(last.from, first)?;
    Some((stop, DueRange::Between(Some(from), Some(last.to))))
}
