//! Tasks that have words in their titles or tags, in other forms and with small slips too.

use todo_contract::TaskBrief;
use todo_language::matching;

/// From here on a task has all the words, but for slips of the keys.
const ALL: f32 = 0.79;
/// From here on it has enough of them to be shown for a question.
const MOST: f32 = 0.45;

/// The tasks that have all the `words`; or else, if `loosely`, those that have the most of them.
pub(crate) fn mentioning<'t>(
    words: &str,
    tasks: impl IntoIterator<Item = &'t TaskBrief>,
    loosely: bool,
) -> Vec<&'t TaskBrief> {
    let scored: Vec<(f32, &TaskBrief)> = tasks.into_iter().map(|task| (share(words, task), task)).collect();
    let best = scored.iter().map(|(share, _)| *share).fold(0.0, f32::max);
    let bound = if best >= ALL { ALL } else { best - 0.01 };
    if best < if loosely { MOST } else { ALL } {
        return Vec::new();
    }
    scored.into_iter().filter(|(share, _)| *share >= bound).map(|(_, task)| task).collect()
}

/// How much of the words a task has.
fn share(words: &str, task: &TaskBrief) -> f32 {
    let tags: Vec<&str> = task.tags.iter().map(todo_contract::Tag::as_str).collect();
    matching::score(words, &format!("{} {}", task.title.as_str(), tags.join(" "))).words
}
