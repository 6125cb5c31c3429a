//! Repeats: an RFC 5545 recurrence rule, counted from the due date or from the completion.

use crate::limits::RULE_MAX;
use crate::text::{InvalidText, bounded_text, shown_text};
use serde::{Deserialize, Serialize};
use std::fmt;

const PARTS: [&str; 10] =
    ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "WKST"];

fn rule(text: String) -> Result<String, InvalidText> {
    let upper = text.trim().to_ascii_uppercase();
    let body = upper.strip_prefix("RRULE:").unwrap_or(&upper);
    if body.len() > RULE_MAX {
        return Err(InvalidText(format!("the rule must have at most {RULE_MAX} characters")));
    }
    let mut seen = Vec::new();
    for part in body.split(';') {
        let (key, value) = part
            .split_once('=')
            .filter(|(_, v)| !v.is_empty())
            .ok_or_else(|| InvalidText("the rule must be an RFC 5545 RRULE, such as FREQ=WEEKLY;BYDAY=MO".into()))?;
        if !PARTS.contains(&key) {
            return Err(InvalidText(format!("the rule's part {key} is not supported; use {}", PARTS.join(", "))));
        }
        if seen.contains(&key) {
            return Err(InvalidText(format!("the rule names {key} twice")));
        }
        if key == "FREQ" && !["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(&value) {
            return Err(InvalidText("the rule's FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY".into()));
        }
        seen.push(key);
    }
    if !seen.contains(&"FREQ") {
        return Err(InvalidText("the rule needs a FREQ, such as FREQ=WEEKLY;BYDAY=MO".into()));
    }
    if seen.contains(&"COUNT") && seen.contains(&"UNTIL") {
        return Err(InvalidText("the rule may have COUNT or UNTIL, not both (RFC 5545, 3.3.10)".into()));
    }
    Ok(body.to_owned())
}

bounded_text!(
    Rule,
    1,
    300,
    rule,
    "An RFC 5545 `RRULE` value without its name, of days or longer: `FREQ=MONTHLY;BYMONTHDAY=-1`. Its form is checked \
     here; whether it can ever occur is the api's to say."
);
shown_text!(Rule);

impl Rule {
    /// The value of a part, such as `BYDAY`.
    #[must_use]
    pub fn part(&self, key: &str) -> Option<&str> {
        self.as_str().split(';').filter_map(|part| part.split_once('=')).find(|(k, _)| *k == key).map(|(_, v)| v)
    }
}

/// What the next occurrence is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub enum RepeatFrom {
    /// From the due date: every Monday, whenever it gets done.
    #[default]
    Due,
    /// From the day it was completed: three days after I finish it.
    Completion,
}

/// How a task repeats.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "tool-schema", derive(schemars::JsonSchema))]
pub struct Repeat {
    /// The recurrence rule.
    #[cfg_attr(
        feature = "tool-schema",
        schemars(with = "String", description = "RFC 5545 RRULE, e.g. FREQ=WEEKLY;BYDAY=MO")
    )]
    pub rule: Rule,
    /// What it is counted from.
    #[serde(default, deserialize_with = "crate::serde_util::null_as_default")]
    pub from: RepeatFrom,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_normalised() {
        assert_eq!(Rule::new("rrule:freq=weekly;byday=mo").unwrap().as_str(), "FREQ=WEEKLY;BYDAY=MO");
        assert_eq!(Rule::new("FREQ=MONTHLY;BYMONTHDAY=-1").unwrap().part("BYMONTHDAY"), Some("-1"));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for bad in ["", "weekly", "BYDAY=MO", "FREQ=HOURLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;X=1", "FREQ="] {
            assert!(Rule::new(bad).is_err(), "{bad}");
        }
        assert!(Rule::new("FREQ=DAILY;COUNT=2;UNTIL=20270101").is_err());
    }
}
