//! The browsers that are signed in.

use super::section;
use crate::api;
use crate::app::use_session;
use crate::store::{Store, Toast, use_store};
use crate::time;
use crate::ui::{Button, ButtonKind, use_loaded};
use crate::words::{account as words, tasks};
use todo_contract::SessionInfo;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub(super) fn Sessions() -> Html {
    let store = use_store();
    let zone = use_session().account.time_zone.to_string();
    let (sessions, reload) = use_loaded(api::account::sessions);
    let content = html! {
        <>
            { sessions.render(&reload, |sessions| html! {
                <ul class="rows">{ for sessions.iter().map(|session| row(&store, session, &zone, &reload)) }</ul>
            }) }
        </>
    };
    section("sessions", words::SESSIONS, "", content)
}

fn row(store: &Store, session: &SessionInfo, zone: &str, reload: &Callback<()>) -> Html {
    let browser = words::browser(&session.user_agent);
    let used = tasks::moment(time::local(session.last_used_at, zone));
    let revoke = {
        let (store, reload, id) = (store.clone(), reload.clone(), session.id);
        Callback::from(move |_: MouseEvent| {
            let (store, reload) = (store.clone(), reload.clone());
            spawn_local(async move {
                match api::account::revoke_session(id).await {
                    Ok(()) => store.toast(Toast::info(words::REVOKED)),
                    Err(error) => store.report(&error),
                }
                reload.emit(());
            });
        })
    };
    html! {
        <li key={session.id.to_string()}>
            <div class="rows-text">
                <strong>{&browser}</strong>
                <span class="note">{ if session.current { words::THIS_BROWSER.to_owned() } else { words::last_used(&used) } }</span>
            </div>
            if !session.current {
                <Button kind={ButtonKind::Plain} class="button-small" onclick={revoke}>
                    {words::REVOKE}<span class="visually-hidden">{words::revoke_session(&browser)}</span>
                </Button>
            }
        </li>
    }
}
