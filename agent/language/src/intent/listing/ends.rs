//! Where in a question the task's name begins and ends.

use super::super::clause::Clause;
use super::super::model::Target;
use crate::token::Text;

pub(super) fn trim(text: &Text<'_>, clause: Clause) -> usize {
    let mut end = clause.end;
    while end > clause.from && text.is_one_of(end - 1, &["?", "!", ".", ",", ":"]) {
        end -= 1;
    }
    end
}

/// "task 3" in "what is task 3".
pub(super) fn about_from(text: &Text<'_>, clause: Clause, stop: usize) -> usize {
    if stop > clause.from && text.is_one_of(stop - 1, &["task", "item", "number", "todo", "#"]) {
        stop - 1
    } else {
        stop
    }
}

/// Without the state that is asked for.
pub(super) fn about_end(text: &Text<'_>, from: usize, end: usize) -> usize {
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
                "closed",
                "get",
                "got",
                "bought",
                "sent",
                "be",
                "is",
                "are",
                "at",
                "about",
            ],
        )
    {
        end -= 1;
    }
    end
}

/// "is the report done?": a noun with "the" may be a task, if the question ends in a task's state.
pub(super) fn named(text: &Text<'_>, from: usize, end: usize, target: &Target) -> bool {
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
