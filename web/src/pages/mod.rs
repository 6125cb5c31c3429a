//! The pages, one module each.

pub mod home;

use crate::activity::ActivityPage;
use crate::app::Route;
use home::Home;
use todo_contract::Account;
use yew::prelude::*;

/// The pages of those who are not signed in.
pub fn outside(_route: Route, _on_signed_in: &Callback<Account>) -> Html {
    html! {}
}

/// The pages of an account.
pub fn inside(route: Route) -> Html {
    match route {
        Route::Activity => html! { <ActivityPage /> },
        _ => html! { <Home /> },
    }
}
