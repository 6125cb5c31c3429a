//! Name, time zone, and how dates are read.

use super::section;
use crate::api;
use crate::app::use_session;
use crate::store::{Toast, use_store};
use crate::time;
use crate::ui::{Button, ButtonKind, TextField, value_of};
use crate::words::{account as words, common};
use todo_contract::{AccountPatch, DateOrder, InvalidText, Locale, PersonName, TimeZoneName, WeekStart};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub(super) fn Profile() -> Html {
    let session = use_session();
    let store = use_store();
    let before_name = session.account.name.as_ref().map(ToString::to_string).unwrap_or_default();
    let before_zone = session.account.time_zone.to_string();
    let Locale { week_start, date_order } = session.account.locale();
    let name = use_state(|| before_name.clone());
    let zone = use_state(|| before_zone.clone());
    let week = use_state(|| week_start.as_str().to_owned());
    let order = use_state(|| date_order.as_str().to_owned());
    let problem = use_state(Option::<(&'static str, String)>::default);
    let busy = use_state(bool::default);
    let zones = use_memo((), |()| time::zone_names().into_iter().map(AttrValue::from).collect::<Vec<_>>());
    let changed =
        *name != before_name || *zone != before_zone || *week != week_start.as_str() || *order != date_order.as_str();
    let onsubmit = {
        let (name, zone, week, order) = (name.clone(), zone.clone(), week.clone(), order.clone());
        let (problem, busy) = (problem.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let patch = match patch(&name, &zone, &week, &order) {
                Ok(patch) => patch,
                Err((field, error)) => return problem.set(Some((field, words::sentence(&error.0)))),
            };
            busy.set(true);
            let (session, store, problem, busy) = (session.clone(), store.clone(), problem.clone(), busy.clone());
            spawn_local(async move {
                let answer = api::account::update_me(&patch).await;
                busy.set(false);
                match answer {
                    Ok(account) => {
                        problem.set(None);
                        session.on_changed.emit(account);
                        store.toast(Toast::info(words::SAVED));
                    }
                    Err(error) => match error.field("time_zone") {
                        Some(message) => problem.set(Some(("zone", words::sentence(&message)))),
                        None => store.report(&error),
                    },
                }
            });
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    let error = |field: &str| (*problem).clone().filter(|(at, _)| *at == field).map(|(_, text)| AttrValue::from(text));
    let content = html! {
        <>
            <form class="form" {onsubmit} novalidate=true>
                <TextField id="name" label={words::NAME} value={(*name).clone()} autocomplete="name" on_input={set(&name)} error={error("name")} />
                <TextField id="zone" label={words::ZONE} value={(*zone).clone()} autocomplete="off" on_input={set(&zone)} error={error("zone")}
                    hint={AttrValue::from(words::ZONE_HINT)} options={(*zones).clone()} />
                <div class="form-pair">
                    { choice("week-start", words::WEEK_START, &set(&week), &week,
                        &WeekStart::ALL.map(|day| (day.as_str(), words::week_start(day)))) }
                    { choice("date-order", words::DATE_ORDER, &set(&order), &order,
                        &DateOrder::ALL.map(|order| (order.as_str(), words::date_order(order)))) }
                </div>
                <div class="form-end">
                    <Button submit={true} kind={ButtonKind::Primary} disabled={!changed} busy={*busy}>{common::SAVE}</Button>
                </div>
            </form>
        </>
    };
    section("profile", words::PROFILE, "", content)
}

/// A list to choose from: values and their labels.
fn choice(
    id: &'static str,
    label: &'static str,
    on_choice: &Callback<String>,
    chosen: &str,
    options: &[(&'static str, &'static str)],
) -> Html {
    let onchange = on_choice.reform(|event: Event| value_of(&event));
    html! {
        <div class="field">
            <label for={id}>{label}</label>
            <select {id} class="input" {onchange}>
                { for options.iter().map(|&(value, label)| html! { <option {value} selected={value == chosen}>{label}</option> }) }
            </select>
        </div>
    }
}

fn patch(name: &str, zone: &str, week: &str, order: &str) -> Result<AccountPatch, (&'static str, InvalidText)> {
    let name = match name.trim() {
        "" => None,
        name => Some(PersonName::new(name).map_err(|error| ("name", error))?),
    };
    let time_zone = Some(TimeZoneName::new(zone).map_err(|error| ("zone", error))?);
    let (week_start, date_order) = (WeekStart::named(week), DateOrder::named(order));
    Ok(AccountPatch { name: Some(name), time_zone, week_start, date_order })
}
