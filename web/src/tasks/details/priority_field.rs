//! The priority.

use super::FieldProps;
use super::draft::Draft;
use crate::tasks::meta::priority_class;
use crate::ui::{IconName, class, picture, when};
use crate::words::tasks as words;
use todo_contract::Priority;
use yew::prelude::*;

pub(super) fn priority_field(props: &FieldProps) -> Html {
    let option = |priority: Priority| {
        let (draft, change) = (Draft { priority, ..props.draft.clone() }, props.change.clone());
        let onchange = Callback::from(move |_: Event| change.emit(draft.clone()));
        let checked = props.draft.priority == priority;
        html! {
            <label class={class(&["choice", when(checked, "choice-on"), priority_class(priority)])}>
                <input type="radio" name="priority" class="visually-hidden" {checked} {onchange} />
                if priority != Priority::None { { picture(IconName::Flag) } }
                {words::priority(priority)}
            </label>
        }
    };
    html! {
        <fieldset class="field">
            <legend>{words::PRIORITY}</legend>
            <div class="choices">{ for Priority::ALL.into_iter().map(option) }</div>
        </fieldset>
    }
}
