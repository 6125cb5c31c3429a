//! The settings.

mod appearance;
mod copy;
mod data;
mod deletion;
mod invitations;
mod model;
mod password;
mod profile;
mod reauthentication;
mod secret;
mod sessions;
mod tokens;
mod trial;
mod usage;

use crate::app::use_session;
use crate::words::account as words;
use todo_contract::account::Role;
use yew::prelude::*;

/// The settings.
#[component]
pub fn SettingsPage() -> Html {
    let session = use_session();
    html! {
        <div class="page scroller">
            <div class="page-column">
                <h1>{words::SETTINGS}</h1>
                <p class="page-lead">{words::signed_in_as(session.account.email.as_str())}</p>
                <profile::Profile />
                <appearance::Appearance />
                <model::Model />
                <usage::UsageCard />
                <password::PasswordForm />
                <sessions::Sessions />
                <tokens::Tokens />
                if session.account.role == Role::Owner { <invitations::Invitations /> }
                <data::Data />
                <deletion::Deletion />
            </div>
        </div>
    }
}

/// A card with a heading, and a note if it is not empty.
fn section(id: &'static str, title: &'static str, note: &'static str, content: Html) -> Html {
    html! {
        <section class="card" aria-labelledby={id}>
            <h2 {id}>{title}</h2>
            if !note.is_empty() { <p class="note">{note}</p> }
            {content}
        </section>
    }
}
