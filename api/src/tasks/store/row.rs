use crate::clock::timestamp;
use crate::error::ApiError;
use crate::schema::tasks;
use crate::tasks::when;
use diesel::prelude::*;
use jiff::Timestamp;
use jiff::civil::Date;
use todo_contract::{
    ClockTime, Due, InvalidText, Notes, Priority, Repeat, RepeatFrom, Rule, Tag, Task, TaskId, TaskStatus,
    TimeZoneName, Title,
};

/// A row of `tasks`, without `row_id`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tasks, primary_key(user_id, id), treat_none_as_null = true)]
#[diesel(check_for_backend(diesel::sqlite::Sqlite))]
pub(in crate::tasks) struct TaskRow {
    user_id: i64,
    id: i64,
    title: String,
    notes: String,
    done: bool,
    priority: i16,
    due_date: Option<String>,
    due_time: Option<String>,
    due_zone: Option<String>,
    due_at: Option<i64>,
    repeat_rule: Option<String>,
    repeat_from: Option<String>,
    tags: String,
    position: String,
    version: i64,
    created_at: i64,
    updated_at: i64,
    completed_at: Option<i64>,
    deleted_at: Option<i64>,
}

impl TaskRow {
    pub(in crate::tasks) fn new(user_id: i64, task: &Task) -> Result<Self, ApiError> {
        let due = task.due.as_ref();
        let repeat = task.repeat.as_ref();
        Ok(Self {
            user_id,
            id: task.id.0,
            title: task.title.as_str().to_owned(),
            notes: task.notes.as_str().to_owned(),
            done: task.status == TaskStatus::Done,
            priority: task.priority as i16,
            due_date: due.map(|due| due.date.to_string()),
            due_time: due.and_then(|due| due.time).map(String::from),
            due_zone: due.and_then(|due| due.zone.as_ref()).map(|zone| zone.as_str().to_owned()),
            due_at: due.and_then(when::moment).map(Timestamp::as_microsecond),
            repeat_rule: repeat.map(|repeat| repeat.rule.as_str().to_owned()),
            repeat_from: repeat.map(|repeat| from_word(repeat.from).to_owned()),
            tags: serde_json::to_string(&task.tags).map_err(ApiError::internal)?,
            position: task.position.clone(),
            version: task.version,
            created_at: task.created_at.as_microsecond(),
            updated_at: task.updated_at.as_microsecond(),
            completed_at: task.completed_at.map(Timestamp::as_microsecond),
            deleted_at: task.deleted_at.map(Timestamp::as_microsecond),
        })
    }

    /// # Errors
    /// The row breaks a rule of ours, which no write of ours can bring about.
    pub(in crate::tasks) fn into_task(self) -> Result<Task, ApiError> {
        let due = match self.due_date {
            Some(date) => Some(read_due(&date, self.due_time, self.due_zone)?),
            None => None,
        };
        let repeat = match self.repeat_rule {
            Some(rule) => Some(Repeat { rule: text(Rule::new(rule))?, from: read_from(self.repeat_from.as_deref()) }),
            None => None,
        };
        let tags: Vec<Tag> = match self.tags.as_str() {
            "[]" => Vec::new(),
            json => serde_json::from_str(json).map_err(ApiError::internal)?,
        };
        let priority = usize::try_from(self.priority).ok().and_then(|at| Priority::ALL.get(at));
        Ok(Task {
            id: TaskId(self.id),
            title: text(Title::new(self.title))?,
            notes: text(Notes::new(self.notes))?,
            status: if self.done { TaskStatus::Done } else { TaskStatus::Open },
            priority: priority.copied().unwrap_or_default(),
            due,
            repeat,
            tags,
            position: self.position,
            version: self.version,
            created_at: timestamp(self.created_at),
            updated_at: timestamp(self.updated_at),
            completed_at: self.completed_at.map(timestamp),
            deleted_at: self.deleted_at.map(timestamp),
        })
    }
}

fn text<T>(value: Result<T, InvalidText>) -> Result<T, ApiError> {
    value.map_err(ApiError::internal)
}

fn read_due(date: &str, time: Option<String>, zone: Option<String>) -> Result<Due, ApiError> {
    Ok(Due {
        date: date.parse::<Date>().map_err(ApiError::internal)?,
        time: time.map(ClockTime::try_from).transpose().map_err(ApiError::internal)?,
        zone: zone.map(TimeZoneName::new).transpose().map_err(ApiError::internal)?,
    })
}

fn from_word(from: RepeatFrom) -> &'static str {
    match from {
        RepeatFrom::Due => "due",
        RepeatFrom::Completion => "completion",
    }
}

fn read_from(word: Option<&str>) -> RepeatFrom {
    match word {
        Some("completion") => RepeatFrom::Completion,
        _ => RepeatFrom::Due,
    }
}
