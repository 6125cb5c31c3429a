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
    let before_locale = session.account.locale();
    let name = use_state(|| before_name.clone());
    let zone = use_state(|| before_zone.clone());
    let locale = use_state(|| before_locale);
    let problem = use_state(Option::<(&'static str, String)>::default);
    let busy = use_state(bool::default);
    let zones = use_memo((), |()| time::zone_names().into_iter().map(AttrValue::from).collect::<Vec<_>>());
    let changed = *name != before_name || *zone != before_zone || *locale != before_locale;
    let onsubmit = {
        let (name, zone, locale) = (name.clone(), zone.clone(), *locale);
        let (problem, busy) = (problem.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let patch = match patch(&name, &zone, locale) {
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
    let set_locale = |read: fn(Locale, &str) -> Option<Locale>| {
        let locale = locale.clone();
        Callback::from(move |event: Event| {
            if let Some(chosen) = read(*locale, &value_of(&event)) {
                locale.set(chosen);
            }
        })
    };
    let on_week_start =
        set_locale(|locale, word| WeekStart::named(word).map(|week_start| Locale { week_start, ..locale }));
    let on_date_order =
        set_locale(|locale, word| DateOrder::named(word).map(|date_order| Locale { date_order, ..locale }));
    let error = |field: &str| (*problem).clone().filter(|(at, _)| *at == field).map(|(_, text)| AttrValue::from(text));
    let content = html! {
        <>
            <form class="form" {onsubmit} novalidate=true>
                <TextField id="name" label={words::NAME} value={(*name).clone()} autocomplete="name" on_input={set(&name)} error={error("name")} />
                <TextField id="zone" label={words::ZONE} value={(*zone).clone()} autocomplete="off" on_input={set(&zone)} error={error("zone")}
                    hint={AttrValue::from(words::ZONE_HINT)} options={(*zones).clone()} />
                <div class="form-pair">
                    { choice("week-start", words::WEEK_START, on_week_start, WeekStart::ALL.into_iter()
                        .map(|day| (day.as_str(), words::week_start(day), day == locale.week_start))) }
                    { choice("date-order", words::DATE_ORDER, on_date_order, DateOrder::ALL.into_iter()
                        .map(|order| (order.as_str(), words::date_order(order), order == locale.date_order))) }
                </div>
                <div class="form-end">
                    <Button submit={true} kind={ButtonKind::Primary} disabled={!changed} busy={*busy}>{common::SAVE}</Button>
                </div>
            </form>
        </>
    };
    section("profile", words::PROFILE, "", content)
}

/// A list to choose from: value, label, whether it is chosen.
fn choice(
    id: &'static str,
    label: &'static str,
    onchange: Callback<Event>,
    options: impl Iterator<Item = (&'static str, &'static str, bool)>,
) -> Html {
    html! {
        <div class="field">
            <label for={id}>{label}</label>
            <select {id} class="input" {onchange}>
                { for options.map(|(value, label, selected)| html! { <option {value} {selected}>{label}</option> }) }
            </select>
        </div>
    }
}

fn patch(name: &str, zone: &str, locale: Locale) -> Result<AccountPatch, (&'static str, InvalidText)> {
    let name = match name.trim() {
        "" => None,
        name => Some(PersonName::new(name).map_err(|error| ("name", error))?),
    };
    let time_zone = Some(TimeZoneName::new(zone).map_err(|error| ("zone", error))?);
    let Locale { week_start, date_order } = locale;
    Ok(AccountPatch { name: Some(name), time_zone, week_start: Some(week_start), date_order: Some(date_order) })
}
