//! The pages, one module each.

pub mod entry;
pub mod home;
pub mod settings;

use crate::activity::ActivityPage;
use crate::app::route::{Route, link};
use crate::app::shell::Shell;
use crate::ui::{IconName, empty_state};
use crate::words::common as words;
use entry::{Entry, EntryKind};
use home::Home;
use settings::SettingsPage;
use todo_contract::Account;
use yew::prelude::*;

/// The pages of those who are not signed in. Any other address shows the way in, and stays for afterwards.
pub fn outside(route: Route, on_signed_in: &Callback<Account>) -> Html {
    let kind = if route == Route::Register { EntryKind::Register } else { EntryKind::SignIn };
    html! { <Entry key={kind as u8} {kind} {on_signed_in} /> }
}

/// The pages of an account.
pub fn inside(route: Route) -> Html {
    let page = match route {
        // The session leads home from there.
        Route::Login | Route::Register => return Html::default(),
        Route::Home => html! { <Home /> },
        Route::Activity => html! { <ActivityPage /> },
        Route::Settings => html! { <SettingsPage /> },
        Route::NotFound => not_found(),
    };
    html! { <Shell {route}>{page}</Shell> }
}

fn not_found() -> Html {
    let back = link(Route::Home, "button", words::BACK_TO_LIST.into());
    empty_state(IconName::Search, words::NOT_FOUND_TITLE, words::NOT_FOUND_DETAIL, back)
}
