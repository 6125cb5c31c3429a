//! What changed between two states of a task.

use crate::words::activity as words;
use jiff::civil::Date;
use todo_contract::{Due, Priority, Repeat, Tag, Task};
use todo_language::describe as say;

/// One field, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which field.
    pub field: Field,
    /// What it was; `None` if it was empty.
    pub before: Option<String>,
    /// What it is; `None` if it is empty.
    pub after: Option<String>,
}

/// A field that a person can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named for the fields")]
pub enum Field {
    Title,
    Due,
    Repeat,
    Priority,
    Tags,
    Notes,
    Position,
}

/// The fields that differ, in the order of the editor.
#[must_use]
pub fn differences(before: &Task, after: &Task, today: Date) -> Vec<Difference> {
    let due = |due: &Option<Due>| due.as_ref().map(|due| say::due(due, today));
    let repeat = |repeat: &Option<Repeat>| repeat.as_ref().map(say::repeat);
    let priority = |priority: Priority| (priority != Priority::None).then(|| words::priority(priority).to_owned());
    let tags = |tags: &[Tag]| {
        let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
        (!tags.is_empty()).then(|| tags.join(" "))
    };
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let all = [
        (Field::Title, before.title != after.title, text(before.title.as_str()), text(after.title.as_str())),
        (Field::Due, before.due != after.due, due(&before.due), due(&after.due)),
        (Field::Repeat, before.repeat != after.repeat, repeat(&before.repeat), repeat(&after.repeat)),
        (Field::Priority, before.priority != after.priority, priority(before.priority), priority(after.priority)),
        (Field::Tags, before.tags != after.tags, tags(&before.tags), tags(&after.tags)),
        (Field::Notes, before.notes != after.notes, text(before.notes.as_str()), text(after.notes.as_str())),
        (Field::Position, before.position != after.position, None, None),
    ];
    let changed = all.into_iter().filter(|(_, differs, ..)| *differs);
    changed.map(|(field, _, before, after)| Difference { field, before, after }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::testing::task;
    use jiff::civil::date;

    #[test]
    fn only_what_differs_is_told_in_words() {
        let before = task(1, "Milk");
        let mut after = before.clone();
        after.due = Some(Due::on(date(2027, 1, 2)));
        after.priority = Priority::High;
        after.tags = vec![Tag::new("home").unwrap()];
        let told: Vec<_> = differences(&before, &after, date(2027, 1, 1))
            .into_iter()
            .map(|d| (d.field, d.before, d.after.unwrap_or_default()))
            .collect();
        assert_eq!(
            told,
            [
                (Field::Due, None, "tomorrow".to_owned()),
                (Field::Priority, None, "high".to_owned()),
                (Field::Tags, None, "#home".to_owned()),
            ]
        );
        assert_eq!(differences(&before, &before, date(2027, 1, 1)), []);
    }
}
