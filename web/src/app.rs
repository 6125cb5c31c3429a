//! The frame: who is signed in, and which page is shown.

pub mod live;
pub mod route;
pub mod session;
pub mod shell;
pub mod theme;

pub use route::Route;
pub use session::{Session, use_session};

use session::SessionGate;
use yew::prelude::*;

/// The app.
#[component]
pub fn App() -> Html {
    use_effect_with((), |()| theme::Theme::stored().show());
    html! { <SessionGate /> }
}
