//! Verbs that change fields.

use super::super::super::model::Changes;
use crate::grammar::Phrases;
use std::sync::LazyLock;
use todo_contract::Priority;

/// What the verb does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// "rename X to Y": Y is a title, whatever it says.
    Rename,
    /// "change X to Y": a date, a priority, a repeat, or else a title.
    Change,
    /// "move X to Friday": a date or a time.
    Move,
    /// "make X urgent": any mark.
    Make,
    /// "set the title of X to Y", "change the notes of X to Y".
    Title,
    Notes,
    AddNote,
    Tag,
    Untag,
    Clear(Field),
    Prioritise,
    Deprioritise,
    Repeat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intent) enum Field {
    Due,
    Priority,
    Tags,
    Notes,
    Repeat,
}

impl Field {
    /// Notes that it is to be emptied.
    pub(in crate::intent) fn empty(self, changes: &mut Changes) {
        match self {
            Self::Due => changes.clear_due = true,
            Self::Priority => changes.priority = Some(Priority::None),
            Self::Tags => changes.clear_tags = true,
            Self::Notes => changes.clear_notes = true,
            Self::Repeat => changes.clear_repeat = true,
        }
    }
}

pub(super) static VERBS: LazyLock<Phrases<Verb>> = LazyLock::new(|| {
    use Verb::{
        AddNote, Change, Clear, Deprioritise, Make, Move, Notes, Prioritise, Rename, Repeat, Tag, Title, Untag,
    };
    Phrases::new(&[
        ("rename|retitle|reword|rephrase|relabel", Rename),
        (
            "change|edit|update|modify|set|alter|correct|make|fix the|its title|name|text|wording|description [of|for|on]",
            Title,
        ),
        ("change|edit|update|modify|set|alter|correct title|name|wording of|for|on", Title),
        ("change|edit|update [the] title|name of|for|on", Title),
        ("change|edit|update|modify|alter|replace|correct|amend|revise|swap|switch|turn|convert", Change),
        ("call", Rename),
        (
            "move|reschedule|postpone|push|delay|defer|shift|snooze|bump|put|bring|schedule|pull|extend|hold|prolong|advance|kick [off|back|out|forward] [the] [deadline|due] [date] [of|for]",
            Move,
        ),
        ("raise|lower|upgrade|downgrade|increase", Make),
        ("make|set|mark|give|flag|put|assign|turn|need|schedule|have|get", Make),
        (
            "set|change|update|move|edit|add|put|make|give|assign|push|extend|switch|modify [a|the|an] [new] due [date] [of|for|on|to]",
            Move,
        ),
        (
            "set|change|update|move|edit|add|put|extend|push|assign|modify [a|the] [new] deadline|date|time|day|reminder [of|for|on|to]",
            Move,
        ),
        ("set|change|update|edit|put|add|make|assign [a|the|its] priority [level] [of|for|on|to]", Make),
        ("add|set|put|assign|give [a|an|the] urgent|high|highest|medium|normal|low|top priority to", Make),
        ("prioritise|prioritize", Prioritise),
        ("deprioritise|deprioritize", Deprioritise),
        ("raise|increase|up|boost the priority of|for|on", Prioritise),
        ("lower|decrease|reduce the priority of|for|on", Deprioritise),
        ("tag|label|categorize|categorise", Tag),
        ("add|put|attach|apply|stick [the|a|these] tag|tags|label|labels", Tag),
        ("add|put|attach|apply [the|a] #", Tag),
        ("untag", Untag),
        ("remove|delete|drop|take|clear|strip [off] [the] tag|tags|label|labels", Untag),
        ("remove|delete|drop|take|strip [off] [the] #", Untag),
        ("remove|delete|drop|clear|strip [all] [the] tags|labels from|of|on", Clear(Field::Tags)),
        (
            "remove|delete|drop|clear|take|cancel|unset|erase|get|strip [off|away|rid] [of] [the|any|its] due [date|dates] [from|of|on|for]",
            Clear(Field::Due),
        ),
        (
            "remove|delete|drop|clear|take|cancel|unset|erase|strip [off|away] [the|any|its] deadline|date|dates|deadlines [from|of|on|for]",
            Clear(Field::Due),
        ),
        ("unschedule", Clear(Field::Due)),
        (
            "remove|delete|drop|clear|take|unset|erase|reset [off|away] [the|any|its] priority [from|of|on|for]",
            Clear(Field::Priority),
        ),
        (
            "remove|delete|drop|clear|take|erase|empty [off|away] [the|all|any|its] note|notes|comment|description|comments|details [from|of|on|for]",
            Clear(Field::Notes),
        ),
        (
            "remove|delete|drop|clear|take|cancel|unset|end [off|away] [the|any|its] repeat|repetition|recurrence|repeating|schedule [from|of|on|for]",
            Clear(Field::Repeat),
        ),
        ("stop|cancel|end repeating|recurring [of]", Clear(Field::Repeat)),
        ("unrepeat", Clear(Field::Repeat)),
        (
            "add|attach|put|append|write|leave|make [a|the|this|these|some] [new] note|notes|comment|details|description|info|detail [to|on|for|in]",
            AddNote,
        ),
        (
            "set|change|update|edit|replace|overwrite|rewrite [the] note|notes|comment|description of|for|on|to|in|at",
            Notes,
        ),
        ("note on|for", AddNote),
        ("jot|note|write [down] on|under", AddNote),
        ("write|put|add in|into|to|on|under the note|notes|description of|for|on", AddNote),
        ("repeat", Repeat),
    ])
});
