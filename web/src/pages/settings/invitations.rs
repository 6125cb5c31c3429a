//! Invitations, which the owner of the server makes.

use super::reauthentication::{self, Asked, with_password};
use super::secret::Secret;
use super::section;
use crate::api;
use crate::app::use_session;
use crate::store::{Store, Toast, use_store};
use crate::time;
use crate::ui::{Button, ButtonKind, use_loaded};
use crate::words::{account as words, tasks};
use todo_contract::account::InvitationInfo;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub(super) fn Invitations() -> Html {
    let store = use_store();
    let zone = use_session().account.time_zone.to_string();
    let (invitations, reload) = use_loaded(api::account::invitations);
    let made = use_state(Option::<String>::default);
    let asked = use_state(Asked::default);
    let onsubmit = {
        let (store, made, asked, reload) = (store.clone(), made.setter(), asked.clone(), reload.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (store, made, asked, reload) = (store.clone(), made.clone(), asked.clone(), reload.clone());
            spawn_local(async move {
                match with_password(&asked, api::account::create_invitation()).await {
                    Ok(path) => {
                        asked.set(Asked::default());
                        made.set(Some(address(&path)));
                        reload.emit(());
                    }
                    Err(error) if reauthentication::is_wanted(&error) => {
                        asked.set(Asked { password: Some(String::new()) });
                    }
                    Err(error) => store.report(&error),
                }
            });
        })
    };
    let seen = {
        let made = made.clone();
        Callback::from(move |()| made.set(None))
    };
    let content = html! {
        <>
            { invitations.render(&reload, |open| if open.is_empty() {
                html! { <p class="note">{words::NO_INVITATIONS}</p> }
            } else {
                html! { <ul class="rows">{ for open.iter().map(|one| row(&store, one, &zone, &reload)) }</ul> }
            }) }
            if let Some(secret) = (*made).clone() {
                <Secret {secret} label={words::INVITATION} once={words::INVITATION_ONCE} on_seen={seen} />
            } else {
                <form class="form form-line" {onsubmit} novalidate=true>
                    { reauthentication::field("invitation-password", &asked) }
                    <Button submit={true} kind={ButtonKind::Plain}>{words::MAKE_INVITATION}</Button>
                </form>
            }
        </>
    };
    section("invitations", words::INVITATIONS, words::INVITATIONS_NOTE, content)
}

/// The whole address of a path of this server.
fn address(path: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    format!("{}{path}", origin.unwrap_or_default())
}

fn row(store: &Store, invitation: &InvitationInfo, zone: &str, reload: &Callback<()>) -> Html {
    let ends = tasks::moment(time::local(invitation.expires_at, zone));
    let revoke = {
        let (store, reload, id) = (store.clone(), reload.clone(), invitation.id);
        Callback::from(move |_: MouseEvent| {
            let (store, reload) = (store.clone(), reload.clone());
            spawn_local(async move {
                match api::account::revoke_invitation(id).await {
                    Ok(()) => store.toast(Toast::info(words::INVITATION_REVOKED)),
                    Err(error) => store.report(&error),
                }
                reload.emit(());
            });
        })
    };
    html! {
        <li key={invitation.id.to_string()}>
            <div class="rows-text"><strong>{words::INVITATION}</strong><span class="note">{words::expires(&ends)}</span></div>
            <Button class="button-small" onclick={revoke}>
                {words::DELETE_TOKEN}<span class="visually-hidden">{words::revoke_invitation(&ends)}</span>
            </Button>
        </li>
    }
}
