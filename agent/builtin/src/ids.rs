//! Tasks in answers: written `**Title** (#3)`, and read back from there.

use todo_contract::TaskId;

/// `**Title** (#3)`, with the title's own Markdown made harmless.
pub(crate) fn named(title: &str, id: TaskId) -> String {
    format!("**{}** (#{id})", escaped(title))
}

/// The title with what Markdown would read in it escaped.
pub(crate) fn escaped(title: &str) -> String {
    let mut safe = String::with_capacity(title.len());
    for c in title.chars() {
        if matches!(c, '*' | '`' | '[' | '<' | '\\') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// The numbers of the tasks that an answer named, in order, without doubles.
pub(crate) fn shown_tasks(answer: &str) -> Vec<TaskId> {
    let mut found = Vec::new();
    for piece in answer.split("** (#").skip(1) {
        let Some((digits, _)) = piece.split_once(')') else { continue };
        if let Ok(id) = digits.parse::<i64>().map(TaskId)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_tasks_are_read_back() {
        let answer = format!("Done:\n- {}\n- {}", named("merge PR #42 (*)", TaskId(3)), named("Milk", TaskId(7)));
        assert_eq!(shown_tasks(&answer), [TaskId(3), TaskId(7)]);
    }
}
