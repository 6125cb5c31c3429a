//! What is being typed in the details, and what changes by it.

use super::repeat_choice::{RepeatChoice, rule_of};
use jiff::civil::Date;
use todo_contract::{ClockTime, Due, Notes, Priority, Repeat, RepeatFrom, Rule, Tag, Task, TaskPatch, Title};

/// What is being typed. Date and time are as the browser's fields give them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tasks) struct Draft {
    pub(super) title: String,
    pub(super) notes: String,
    pub(super) date: String,
    pub(super) time: String,
    pub(super) priority: Priority,
    pub(super) tags: Vec<Tag>,
    pub(super) repeat: RepeatChoice,
    /// The rule, where the choice is a custom one.
    pub(super) rule: String,
    pub(super) from: RepeatFrom,
}

impl Draft {
    pub(super) fn of(task: &Task) -> Self {
        let due = task.due.as_ref();
        Self {
            title: task.title.to_string(),
            notes: task.notes.to_string(),
            date: due.map(|due| due.date.to_string()).unwrap_or_default(),
            time: due.and_then(|due| due.time).map(|time| time.to_string()).unwrap_or_default(),
            priority: task.priority,
            tags: task.tags.clone(),
            repeat: RepeatChoice::of(task.repeat.as_ref(), due.map(|due| due.date)),
            rule: task.repeat.as_ref().map(|repeat| repeat.rule.to_string()).unwrap_or_default(),
            from: task.repeat.as_ref().map(|repeat| repeat.from).unwrap_or_default(),
        }
    }

    pub(super) fn due_date(&self) -> Option<Date> {
        todo_contract::calendar::date(&self.date)
    }

    /// What changes; the message if something cannot be.
    pub(super) fn patch(&self, task: &Task) -> Result<TaskPatch, String> {
        let title = Title::new(self.title.clone()).map_err(|error| error.0)?;
        let notes = Notes::new(self.notes.clone()).map_err(|error| error.0)?;
        let (due, repeat) = (self.due(task)?, self.repeat()?);
        Ok(TaskPatch {
            title: (title != task.title).then_some(title),
            notes: (notes != task.notes).then_some(notes),
            priority: (self.priority != task.priority).then_some(self.priority),
            due: (due != task.due).then_some(due),
            repeat: (repeat != task.repeat).then_some(repeat),
            tags: (self.tags != task.tags).then(|| self.tags.clone()),
        })
    }

    /// The zone stays with the time as long as the time stays.
    fn due(&self, task: &Task) -> Result<Option<Due>, String> {
        if self.date.is_empty() {
            return Ok(None);
        }
        let date = todo_contract::calendar::date(&self.date).ok_or_else(|| crate::words::tasks::BAD_DATE.to_owned())?;
        let time = match self.time.as_str() {
            "" => None,
            time => Some(ClockTime::try_from(time.to_owned()).map_err(|error| error.0)?),
        };
        let same_time = task.due.as_ref().filter(|due| time.is_some() && due.time == time);
        Ok(Some(Due { date, time, zone: same_time.and_then(|due| due.zone.clone()) }))
    }

    fn repeat(&self) -> Result<Option<Repeat>, String> {
        let rule = match self.repeat {
            RepeatChoice::Never => return Ok(None),
            RepeatChoice::Custom => Rule::new(self.rule.clone()).map_err(|error| error.0)?,
            preset => rule_of(preset, self.due_date()).ok_or_else(|| crate::words::tasks::BAD_DATE.to_owned())?,
        };
        Ok(Some(Repeat { rule, from: self.from }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn task() -> Task {
        serde_json::from_value(json!({
            "id": 1, "title": "Rent", "notes": "", "status": "open", "priority": "high",
            "due": {"date": "2026-12-01", "time": "09:00", "zone": "Europe/Berlin"},
            "repeat": {"rule": "FREQ=MONTHLY;BYMONTHDAY=1", "from": "due"}, "tags": ["home"], "position": "a1",
            "version": 1, "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:00Z", "completed_at": null
        }))
        .unwrap()
    }

    #[test]
    fn an_untouched_draft_changes_nothing() {
        assert_eq!(Draft::of(&task()).patch(&task()), Ok(TaskPatch::default()));
    }

    #[test]
    fn only_what_was_touched_is_sent() {
        let draft = Draft { date: String::new(), repeat: RepeatChoice::Never, ..Draft::of(&task()) };
        let patch = draft.patch(&task()).unwrap();
        assert_eq!(serde_json::to_value(patch).unwrap(), json!({"due": null, "repeat": null}));
    }

    #[test]
    fn a_new_day_keeps_the_time_and_its_zone() {
        let draft = Draft { date: "2026-12-05".into(), ..Draft::of(&task()) };
        let due = draft.patch(&task()).unwrap().due.flatten().unwrap();
        assert_eq!(due.zone.map(|zone| zone.to_string()).as_deref(), Some("Europe/Berlin"));
    }

    #[test]
    fn what_cannot_be_saved_says_why() {
        let draft = Draft { title: " ".into(), ..Draft::of(&task()) };
        assert!(draft.patch(&task()).unwrap_err().contains("title"));
        let draft = Draft { repeat: RepeatChoice::Custom, rule: "often".into(), ..Draft::of(&task()) };
        assert!(draft.patch(&task()).unwrap_err().contains("RRULE"));
    }
}
