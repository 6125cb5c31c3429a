//! Repeats that are chosen by name.

use jiff::civil::Date;
use todo_contract::{Repeat, Rule};
use todo_language::weekday_code;

/// A repeat that is chosen by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tasks) enum RepeatChoice {
    Never,
    Daily,
    Weekdays,
    Weekly,
    Monthly,
    MonthEnd,
    Yearly,
    Custom,
}

impl RepeatChoice {
    pub(super) const ALL: [Self; 8] = [
        Self::Never,
        Self::Daily,
        Self::Weekdays,
        Self::Weekly,
        Self::Monthly,
        Self::MonthEnd,
        Self::Yearly,
        Self::Custom,
    ];

    /// Which choice a task's repeat is.
    pub(super) fn of(repeat: Option<&Repeat>, due: Option<Date>) -> Self {
        let Some(repeat) = repeat else { return Self::Never };
        let same = |choice: &Self| rule_of(*choice, due).is_some_and(|rule| rule == repeat.rule);
        Self::ALL.into_iter().find(same).unwrap_or(Self::Custom)
    }

    /// For the value of an option.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Daily => "daily",
            Self::Weekdays => "weekdays",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::MonthEnd => "month-end",
            Self::Yearly => "yearly",
            Self::Custom => "custom",
        }
    }
}

/// The rule of a choice; weekly, monthly and yearly follow the due date. `None` for what is no fixed rule.
pub(super) fn rule_of(choice: RepeatChoice, due: Option<Date>) -> Option<Rule> {
    let rule = match (choice, due) {
        (RepeatChoice::Never | RepeatChoice::Custom, _) => return None,
        (RepeatChoice::Daily, _) => "FREQ=DAILY".to_owned(),
        (RepeatChoice::Weekdays, _) => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR".to_owned(),
        (RepeatChoice::Weekly, Some(due)) => format!("FREQ=WEEKLY;BYDAY={}", weekday_code(due.weekday())),
        (RepeatChoice::Weekly, None) => "FREQ=WEEKLY".to_owned(),
        (RepeatChoice::Monthly, Some(due)) => format!("FREQ=MONTHLY;BYMONTHDAY={}", due.day()),
        (RepeatChoice::Monthly, None) => "FREQ=MONTHLY".to_owned(),
        (RepeatChoice::MonthEnd, _) => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
        (RepeatChoice::Yearly, _) => "FREQ=YEARLY".to_owned(),
    };
    Rule::new(rule).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use todo_contract::RepeatFrom;

    #[test]
    fn a_choice_is_found_again_by_its_rule() {
        let due = Some(Date::constant(2026, 11, 22));
        for choice in RepeatChoice::ALL {
            let repeat = rule_of(choice, due).map(|rule| Repeat { rule, from: RepeatFrom::Due });
            if choice != RepeatChoice::Custom {
                assert_eq!(RepeatChoice::of(repeat.as_ref(), due), choice);
            }
        }
        let odd = Repeat { rule: Rule::new("FREQ=DAILY;INTERVAL=3").unwrap(), from: RepeatFrom::Due };
        assert_eq!(RepeatChoice::of(Some(&odd), due), RepeatChoice::Custom);
    }

    #[test]
    fn weekly_means_the_weekday_of_the_due_date() {
        let sunday = Some(Date::constant(2026, 11, 22));
        assert_eq!(rule_of(RepeatChoice::Weekly, sunday).unwrap().part("BYDAY"), Some("SU"));
    }
}
