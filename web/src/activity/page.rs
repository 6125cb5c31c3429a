//! Everything that was done to the list, with a way to take it back.

use super::entry::{Day, days};
use super::entry_row::EntryRow;
use super::fetching::{Journal, use_journal};
use super::filter::actor_filter;
use super::state::Progress;
use crate::app::use_session;
use crate::store::use_store;
use crate::time;
use crate::ui::{Button, IconName, empty_state, error_state, spinner};
use crate::words::activity as words;
use jiff::civil::Date;
use todo_contract::ActorKind;
use todo_language::describe as say;
use yew::prelude::*;

/// The journal, newest first, by day.
#[component]
pub fn ActivityPage() -> Html {
    let zone = use_session().account.time_zone.to_string();
    let today = use_store().today;
    let journal = use_journal();
    let actor = use_state_eq(Option::<ActorKind>::default);
    let set_actor = {
        let actor = actor.clone();
        Callback::from(move |kind| actor.set(kind))
    };
    let days = days(&journal.rows, &journal.ledger, *actor, &|at| time::local(at, &zone));
    html! {
        <div class="page scroller"><div class="activity">
            <header class="activity-head">
                <h1>{ words::TITLE }</h1>
                <p>{ words::INTRODUCTION }</p>
                { actor_filter(*actor, &set_actor) }
            </header>
            { for days.iter().map(|day| section(day, today, &journal)) }
            { nothing(days.is_empty(), *actor, &journal) }
            { more(days.is_empty(), &journal) }
        </div></div>
    }
}

fn section(day: &Day, today: Date, journal: &Journal) -> Html {
    let heading = format!("activity-{}", day.date);
    let rows = day.entries.iter().map(|entry| {
        let key = entry.operations.first().map_or(0, |row| row.id.0);
        html! { <EntryRow {key} entry={entry.clone()} journal={journal.clone()} {today} /> }
    });
    html! {
        <section class="activity-day" key={heading.clone()} aria-labelledby={heading.clone()}>
            <h2 id={heading}>{ say::date(day.date, today) }</h2>
            <ol>{ for rows }</ol>
        </section>
    }
}

fn nothing(empty: bool, actor: Option<ActorKind>, journal: &Journal) -> Html {
    if !empty || journal.progress != Progress::End {
        return Html::default();
    }
    let (title, detail) = match actor {
        None => (words::EMPTY_TITLE, words::EMPTY_DETAIL),
        Some(_) => (words::NARROWED_TITLE, words::NARROWED_DETAIL),
    };
    empty_state(IconName::Activity, title, detail, Html::default())
}

fn more(empty: bool, journal: &Journal) -> Html {
    let ask = |cursor: Option<String>| {
        let journal = journal.clone();
        Callback::from(move |()| journal.ask(cursor.clone()))
    };
    match &journal.progress {
        Progress::End => Html::default(),
        Progress::Loading if empty => skeleton(),
        Progress::Loading => html! { <p class="activity-more" role="status">{ spinner() }{ words::LOADING_MORE }</p> },
        Progress::More(cursor) => html! {
            <p class="activity-more">
                <Button onclick={ask(Some(cursor.clone())).reform(|_: MouseEvent| ())}>{ words::LOAD_MORE }</Button>
            </p>
        },
        Progress::Failed { reason, cursor } => error_state(reason, &ask(cursor.clone())),
    }
}

fn skeleton() -> Html {
    html! {
        <div class="activity-skeleton" role="status" aria-label={words::LOADING_MORE}>
            { for (0..5).map(|_| html! { <span /> }) }
        </div>
    }
}
