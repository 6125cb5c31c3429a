//! What a person's country decides about dates.

use crate::text::InvalidText;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// The day on which weeks begin: Monday (ISO 8601) unless chosen otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WeekStart {
    /// Monday.
    #[default]
    Monday,
    /// Sunday.
    Sunday,
    /// Saturday.
    Saturday,
}

impl WeekStart {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Monday, Self::Sunday, Self::Saturday];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Sunday => "sunday",
            Self::Saturday => "saturday",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.as_str() == word)
    }

    /// As jiff's day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Sunday => Weekday::Sunday,
            Self::Saturday => Weekday::Saturday,
        }
    }
}

impl TryFrom<String> for WeekStart {
    type Error = InvalidText;
    fn try_from(word: String) -> Result<Self, InvalidText> {
        Self::named(&word).ok_or_else(|| InvalidText("must be monday, sunday or saturday".into()))
    }
}

/// The order of day and month in dates of numbers, such as `5/1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DateOrder {
    /// 5/1 is the fifth of January.
    #[default]
    DayFirst,
    /// 5/1 is the first of May.
    MonthFirst,
}

impl DateOrder {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DayFirst => "day_first",
            Self::MonthFirst => "month_first",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str() == word)
    }
}

impl TryFrom<String> for DateOrder {
    type Error = InvalidText;
    fn try_from(word: String) -> Result<Self, InvalidText> {
        Self::named(&word).ok_or_else(|| InvalidText("must be day_first or month_first".into()))
    }
}

/// Both, where they go together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locale {
    /// When weeks begin.
    pub week_start: WeekStart,
    /// How `5/1` is meant.
    pub date_order: DateOrder,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn words_are_read_as_they_are_written() {
        for day in WeekStart::ALL {
            assert_eq!(to_value(day).unwrap(), json!(day.as_str()));
            assert_eq!(from_value::<WeekStart>(json!(day.as_str())).unwrap(), day);
        }
        for order in DateOrder::ALL {
            assert_eq!(to_value(order).unwrap(), json!(order.as_str()));
            assert_eq!(from_value::<DateOrder>(json!(order.as_str())).unwrap(), order);
        }
    }

    #[test]
    fn another_word_is_refused_with_those_that_there_are() {
        let refused = from_value::<WeekStart>(json!("tuesday")).unwrap_err().to_string();
        assert_eq!(refused, "must be monday, sunday or saturday");
        let refused = from_value::<DateOrder>(json!("year_first")).unwrap_err().to_string();
        assert_eq!(refused, "must be day_first or month_first");
    }
}
