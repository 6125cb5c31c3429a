//! The addresses.

use yew_router::prelude::*;

/// The addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    /// List and chat.
    #[at("/")]
    Home,
    /// Sign in.
    #[at("/login")]
    Login,
    /// Sign up.
    #[at("/register")]
    Register,
    /// The journal.
    #[at("/activity")]
    Activity,
    /// The settings.
    #[at("/settings")]
    Settings,
    /// Anything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}
