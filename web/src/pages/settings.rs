//! The settings.

mod appearance;
mod data;
mod deletion;
mod password;
mod profile;
mod sessions;
mod tokens;

use crate::app::use_session;
use crate::words::account as words;
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
                <password::PasswordForm />
                <sessions::Sessions />
                <tokens::Tokens />
                <data::Data />
                <deletion::Deletion />
            </div>
        </div>
    }
}

/// What [`Section`] takes.
#[derive(Properties, PartialEq)]
struct SectionProps {
    /// The element's id, for its heading.
    id: &'static str,
    title: &'static str,
    #[prop_or_default]
    note: &'static str,
    children: Html,
}

#[component]
fn Section(props: &SectionProps) -> Html {
    html! {
        <section class="card" aria-labelledby={props.id}>
            <h2 id={props.id}>{props.title}</h2>
            if !props.note.is_empty() { <p class="note">{props.note}</p> }
            {props.children.clone()}
        </section>
    }
}
