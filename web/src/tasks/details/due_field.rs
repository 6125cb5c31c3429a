//! Due date and time.

use super::FieldProps;
use super::draft::Draft;
use crate::ui::{class, value_of, when};
use crate::words::tasks as words;
use jiff::civil::{Date, Weekday};
use todo_language::calendar;
use yew::prelude::*;

pub(super) fn due_field(props: &FieldProps, today: Date) -> Html {
    let set = |with: fn(&Draft, String) -> Draft| {
        let (draft, change) = (props.draft.clone(), props.change.clone());
        Callback::from(move |event: Event| {
            change.emit(with(&draft, value_of(&event)));
        })
    };
    let on_date = set(|draft, date| {
        let time = if date.is_empty() { String::new() } else { draft.time.clone() };
        Draft { date, time, ..draft.clone() }
    });
    let on_time = set(|draft, time| Draft { time, ..draft.clone() });
    let quick = |label: &'static str, date: Option<Date>| {
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        let pressed = date == props.draft.date;
        let time = if date.is_empty() { String::new() } else { props.draft.time.clone() };
        let (draft, change) = (Draft { date, time, ..props.draft.clone() }, props.change.clone());
        let onclick = Callback::from(move |_: MouseEvent| change.emit(draft.clone()));
        html! {
            <button type="button" class={class(&["choice", when(pressed, "choice-on")])} {onclick}
                aria-pressed={if pressed { "true" } else { "false" }}>{label}</button>
        }
    };
    html! {
        <fieldset class="field">
            <legend>{words::DUE}</legend>
            <div class="choices">
                { quick(words::DUE_TODAY, Some(today)) }
                { quick(words::DUE_TOMORROW, today.tomorrow().ok()) }
                { quick(words::DUE_NEXT_WEEK, Some(next_monday(today))) }
                { quick(words::DUE_NEVER, None) }
            </div>
            <div class="field-row">
                <input type="date" class="input" value={props.draft.date.clone()} onchange={on_date} aria-label={words::DUE_DATE} />
                <input type="time" class="input" value={props.draft.time.clone()} onchange={on_time} aria-label={words::DUE_TIME}
                    disabled={props.draft.date.is_empty()} />
            </div>
        </fieldset>
    }
}

fn next_monday(today: Date) -> Date {
    calendar::after(today, Weekday::Monday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_week_is_the_coming_monday_never_today() {
        let monday = Date::constant(2026, 11, 23);
        assert_eq!(next_monday(Date::constant(2026, 11, 22)), monday);
        assert_eq!(next_monday(monday), Date::constant(2026, 11, 30));
    }
}
