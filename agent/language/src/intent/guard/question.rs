//! Whether a clause asks, and what kind of question it is.

use super::super::clause::Clause;
use super::super::model::Untouched;
use crate::token::Text;

/// Words that open a question.
pub(super) const OPENERS: &[&str] = &[
    "did", "have", "has", "had", "do", "does", "is", "are", "was", "were", "should", "shall", "can", "could", "may",
    "will", "would", "what", "what's", "whats", "when", "when's", "which", "who", "who's", "where", "where's", "why",
    "how", "how's", "am", "any", "anything", "isn't", "aren't", "didn't", "don't", "haven't", "hasn't", "doesn't",
    "wasn't", "won't", "whose", "wat", "whens",
];

/// Whether the clause asks something.
pub(in crate::intent) fn is_question(text: &Text<'_>, clause: Clause) -> bool {
    let marked = (clause.from..clause.end).rev().take(2).any(|i| text.is_one_of(i, &["?"]));
    let negative = text.word(clause.from).ends_with("n't") || text.is_one_of(clause.from, &["dont"]);
    let opens = text.is_one_of(clause.from, OPENERS)
        && !(text.is_one_of(clause.from, &["did"]) && text.is_one_of(clause.from + 1, &["my", "the", "our"]))
        && (!negative || text.is_one_of(clause.from + 1, &["i", "we", "you", "there", "the", "my"]));
    // "have the books been returned": nobody asks for that to be done.
    let been = text.is_one_of(clause.from, &["have", "has", "had"])
        && (clause.from + 2..clause.end).any(|i| text.is_one_of(i, &["been", "arrived", "gone", "come"]));
    // "do the dishes" and "have a look" are no questions.
    let imperative = text.is_one_of(clause.from, &["do", "have", "had", "will"])
        && !text.is_one_of(clause.from + 1, &["i", "we", "you", "they", "any", "my", "it"])
        || text.is_one_of(clause.from, &["do"]) && text.is_one_of(clause.from + 1, &["it"]) && !marked;
    let own = text.is_one_of(clause.from, &["do"])
        && text.is_one_of(clause.from + 1, &["my"])
        && !marked
        && !asks_what_happens(text, clause);
    marked || been || !own && (opens && !imperative)
}

/// What kind of question it is, when it asks for no tasks.
pub(in crate::intent) fn kind_of_question(text: &Text<'_>, clause: Clause) -> Untouched {
    let about_list = (clause.from..clause.end).any(|i| {
        text.is_one_of(
            i,
            &[
                "task",
                "tasks",
                "todo",
                "todos",
                "list",
                "delete",
                "complete",
                "remove",
                "finish",
                "add",
                "it",
                "them",
                "everything",
                "undo",
                "deleted",
                "change",
                "move",
                "mark",
                "#",
                "rename",
            ],
        )
    });
    let personal = (clause.from..clause.end).any(|i| text.is_one_of(i, &["i", "my", "we"]));
    if about_list || personal { Untouched::Question } else { Untouched::OutOfScope }
}

/// "will you delete my tasks", "do finished tasks get deleted": what the program does by itself.
pub(super) fn asks_what_happens(text: &Text<'_>, clause: Clause) -> bool {
    let asked = clause.from >= 2
        && text.is_one_of(clause.from - 1, &["you"])
        && text.is_one_of(clause.from - 2, &["will", "do", "did"])
        && text.is_one_of(clause.from, &["delete", "remove", "erase", "lose", "forget", "keep", "clear"])
        && (clause.from..clause.end).any(|i| text.is_one_of(i, &["tasks", "everything", "list", "data", "things"]));
    let of_tasks = text.is_one_of(clause.from, &["do", "will", "can"])
        && (clause.from + 1..clause.end.min(clause.from + 4))
            .any(|i| text.is_one_of(i, &["tasks", "todos", "items", "reminders", "repeats"]))
        && (clause.from + 2..clause.end).any(|i| {
            text.is_one_of(
                i,
                &[
                    "get",
                    "disappear",
                    "stay",
                    "repeat",
                    "go",
                    "come",
                    "vanish",
                    "count",
                    "expire",
                    "be",
                    "show",
                    "move",
                ],
            )
        });
    // "can you remind me of things"
    let vague = clause.from >= 2
        && text.is_one_of(clause.from - 1, &["you"])
        && text.is_one_of(clause.from - 2, &["can", "could", "do", "will"])
        && (clause.from + 1..clause.end).any(|i| text.is_one_of(i, &["things", "stuff", "dates", "tasks"]))
        && (clause.from + 1..clause.end).all(|i| {
            text.is_one_of(
                i,
                &["me", "of", "about", "things", "stuff", "dates", "to", "do", "for", "?", "tasks", "like"],
            )
        });
    asked || of_tasks || vague && !text.is_one_of(clause.from, &["show", "list", "give", "read", "tell", "see"])
}
