//! Whether a turn did what its line expected.

use crate::list::List;
use crate::notation::{Expected, Line};

/// What a turn did.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The last answer in words.
    pub answer: &'a str,
    /// Whether a yes was asked for.
    pub asked: bool,
}

/// How close the words of titles, tags and notes must come. The order of the changes never matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Letter by letter.
    Exact,
    /// Upper and lower case are the same.
    Lenient,
}

/// What is wrong, if anything is.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Fit for a person; nothing if all is right.
    pub wrong: Option<String>,
    /// Changed something, and not (only) what was expected.
    pub changed_wrongly: bool,
}

/// Compares what happened with what `line` expected.
#[must_use]
pub fn judge(line: &Line, before: &List, after: &List, outcome: Outcome<'_>, wording: Wording) -> Verdict {
    let changes = before.changes_to(after);
    let wanted: Vec<String> =
        line.expected.iter().filter_map(|e| if let Expected::Change(c) = e { Some(c.clone()) } else { None }).collect();
    let same = compared(&changes, wording) == compared(&wanted, wording);
    let must_ask = line.expected.iter().any(|e| matches!(e, Expected::Asks | Expected::AsksNo));
    let answer = outcome.answer.to_lowercase();
    let unsaid: Vec<&str> = line
        .expected
        .iter()
        .filter_map(|e| if let Expected::Says(words) = e { Some(words.as_str()) } else { None })
        .filter(|words| !answer.contains(&words.to_lowercase()))
        .collect();
    let wrong = (!same || outcome.asked != must_ask || !unsaid.is_empty()).then(|| {
        let Outcome { answer, asked } = outcome;
        format!("changed {changes:?}, wanted {wanted:?}; asked {asked}; not said {unsaid:?}; said: {answer}")
    });
    Verdict { wrong, changed_wrongly: !same && !changes.is_empty() }
}

fn compared(changes: &[String], wording: Wording) -> Vec<String> {
    let mut changes: Vec<String> = match wording {
        Wording::Exact => changes.to_vec(),
        Wording::Lenient => changes.iter().map(|change| change.to_lowercase()).collect(),
    };
    changes.sort();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use todo_contract::ToolCall;

    fn added(title: &str) -> (List, List) {
        let before = List::new(Vec::new());
        let mut after = before.clone();
        let call = ToolCall::parse("add_tasks", serde_json::json!({"tasks": [{"title": title}]})).unwrap();
        after.run(&call);
        (before, after)
    }

    fn verdict(line: &str, title: &str, wording: Wording) -> Verdict {
        let (_, lines) = read(line).unwrap();
        let (before, after) = added(title);
        judge(lines.first().unwrap(), &before, &after, Outcome { answer: "Added it.", asked: false }, wording)
    }

    #[test]
    fn what_was_expected_is_right() {
        assert!(verdict("x => + Buy milk / says added", "Buy milk", Wording::Exact).wrong.is_none());
    }

    #[test]
    fn case_counts_only_where_it_should() {
        assert!(verdict("x => + Buy milk", "buy milk", Wording::Exact).changed_wrongly);
        assert!(verdict("x => + Buy milk", "buy milk", Wording::Lenient).wrong.is_none());
    }

    #[test]
    fn the_order_of_changes_says_nothing() {
        let (_, lines) = read("x => + Second / + First").unwrap();
        let before = List::new(Vec::new());
        let mut after = before.clone();
        let tasks = serde_json::json!({"tasks": [{"title": "First"}, {"title": "Second"}]});
        after.run(&ToolCall::parse("add_tasks", tasks).unwrap());
        let outcome = Outcome { answer: "Added them.", asked: false };
        assert!(judge(lines.first().unwrap(), &before, &after, outcome, Wording::Exact).wrong.is_none());
    }

    #[test]
    fn a_change_that_nobody_wanted_is_wrong() {
        let verdict = verdict("x => same", "Buy milk", Wording::Lenient);
        assert!(verdict.changed_wrongly && verdict.wrong.is_some());
    }

    #[test]
    fn words_that_are_missing_are_named() {
        let wrong = verdict("x => + Buy milk / says groceries", "Buy milk", Wording::Exact).wrong.unwrap();
        assert!(wrong.contains("groceries"), "{wrong}");
    }
}
