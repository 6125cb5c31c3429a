//! What is said of all of a list behind it: "…, all on Friday", "… and …, both urgent".

use super::super::clause::Clause;
use super::title::{merge, only_marks};
use crate::token::Text;
use crate::{Context, Parsed, quick};

/// The list, and what holds for all of it.
pub(super) fn trailing(text: &Text<'_>, clause: Clause, context: &Context) -> Option<(Clause, Clause)> {
    let at = (clause.from + 2..clause.end).rev().take(16).find(|&i| text.is_one_of(i, &["all", "both", "each"]))?;
    let mut said = at + 1;
    while text.is_one_of(said, &["of", "them", "these", "those", "are", "to", "be", "should", "as", "is", "it", "need"])
    {
        said += 1;
    }
    let several = (clause.from..at - 1).any(|i| text.is_one_of(i, &[",", "and", "&", ";", "plus", "\n"]));
    let free =
        text.is_one_of(at - 1, &[",", ";", ".", "-", "–", "and", "("]) || !text.is_one_of(at - 1, &["for", "to"]);
    let (listed, said) = (Clause { from: clause.from, end: at }, Clause { from: said, end: clause.end });
    let spans = !quick::marks(text, said.from, said.end, context).spans.is_empty();
    (several && free && spans && only_marks(text, said.from, said.end, context)).then_some((listed, said))
}

/// The tasks with what was said of all of them.
pub(super) fn share(text: &Text<'_>, mut tasks: Vec<Parsed>, said: Clause, context: &Context) -> Vec<Parsed> {
    for task in &mut tasks {
        merge(task, quick::marks(text, said.from, said.end, context));
    }
    tasks
}
