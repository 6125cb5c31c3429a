//! The task.

use crate::due::Due;
use crate::limits::{TAG_MAX, TAGS_MAX};
use crate::repeat::Repeat;
use crate::serde_util::present;
use crate::text::{InvalidText, Notes, Title, bounded_text, shown_text, within};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A task's number: small, counted per account from 1, never reused. People say "task 3".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = i64, example = 3))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "tool-schema", schemars(transparent))]
pub struct TaskId(pub i64);

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether a task is still to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub enum TaskStatus {
    /// To be done.
    #[default]
    Open,
    /// Completed.
    Done,
}

/// How much a task matters. The order is that of the words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub enum Priority {
    /// Not given.
    #[default]
    None,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Urgent.
    Urgent,
}

impl Priority {
    /// All of them, least first.
    pub const ALL: [Self; 5] = [Self::None, Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
}

fn tag(text: String) -> Result<String, InvalidText> {
    let words = text.trim().trim_start_matches('#').split_whitespace().collect::<Vec<_>>().join("-");
    let tag = words.to_lowercase();
    within("a tag", &tag, 1, TAG_MAX)?;
    if tag.chars().all(|c| c.is_alphanumeric() || "-_/.&+'".contains(c)) {
        Ok(tag)
    } else {
        Err(InvalidText("a tag may have letters, digits and - _ / . & + ' only".into()))
    }
}

bounded_text!(
    Tag,
    1,
    50,
    tag,
    "A tag: 1 to 50 letters, digits and `-_/.&+'`, in lower case; a leading `#` is dropped and blanks become `-`."
);
shown_text!(Tag);

/// Drops doubles, keeps the order, and holds the number of tags to its bound.
///
/// # Errors
/// More than [`TAGS_MAX`] different tags.
pub fn distinct_tags(tags: Vec<Tag>) -> Result<Vec<Tag>, InvalidText> {
    let mut kept: Vec<Tag> = Vec::with_capacity(tags.len().min(TAGS_MAX));
    for tag in tags {
        if !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    if kept.len() > TAGS_MAX {
        return Err(InvalidText(format!("a task may have at most {TAGS_MAX} tags; this has {}", kept.len())));
    }
    Ok(kept)
}

/// A task, as the api gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    /// Its number.
    pub id: TaskId,
    /// What is to be done.
    pub title: Title,
    /// Markdown.
    pub notes: Notes,
    /// Open or done.
    pub status: TaskStatus,
    /// How much it matters.
    pub priority: Priority,
    /// When it is due.
    pub due: Option<Due>,
    /// How it repeats.
    pub repeat: Option<Repeat>,
    /// Its tags, at most 20.
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub tags: Vec<Tag>,
    /// Place in the manual order: compare as bytes.
    pub position: String,
    /// Counts the changes, from 1; the `ETag`.
    pub version: i64,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::calendar::moment_text")]
    pub updated_at: Timestamp,
    /// When it was completed, if it is done.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    #[serde(default, with = "crate::calendar::optional_moment")]
    pub completed_at: Option<Timestamp>,
    /// When it was put into the trash; absent for a task that is not there. Kept for 30 days.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::calendar::optional_moment")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub deleted_at: Option<Timestamp>,
}

/// A change to a task, as a JSON merge patch (RFC 7396): absent keeps, `null` clears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskPatch {
    /// A new title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// New notes; empty clears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Notes>,
    /// A new priority; `none` clears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// A new due date; `null` clears.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub due: Option<Option<Due>>,
    /// A new repeat; `null` clears.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Option<Repeat>>,
    /// All tags, in place of those there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// Where a task goes in the manual order (`POST /tasks/{id}/move`). With neither field it goes to the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskMove {
    /// Put it right before this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<TaskId>,
    /// Put it right after this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<TaskId>,
}

/// A tag and how many open tasks bear it (`GET /tags`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TagCount {
    /// The tag.
    pub tag: Tag,
    /// Open tasks that bear it.
    pub count: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_tells_null_from_absent() {
        let patch: TaskPatch = serde_json::from_str(r#"{"due":null}"#).unwrap();
        assert_eq!((patch.due, patch.repeat), (Some(None), None));
        assert!(serde_json::from_str::<TaskPatch>(r#"{"tilte":"x"}"#).is_err());
    }

    #[test]
    fn tags_are_normalised_and_counted() {
        assert_eq!(Tag::new("#Home Work").unwrap().as_str(), "home-work");
        assert!(Tag::new("a,b").is_err());
        let many = (0..21).map(|n| Tag::new(format!("t{n}")).unwrap()).collect();
        assert!(distinct_tags(many).is_err());
        let twice = vec![Tag::new("a").unwrap(), Tag::new("A").unwrap()];
        assert_eq!(distinct_tags(twice).unwrap().len(), 1);
    }
}
