//! The addresses, and the browser's history.

use gloo_events::EventListener;
use yew::prelude::*;

/// The addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// List and chat.
    Home,
    /// Sign in.
    Login,
    /// Sign up.
    Register,
    /// The journal.
    Activity,
    /// The settings.
    Settings,
    /// Anything else.
    NotFound,
}

/// What an invitation's address begins with; its token follows.
const JOIN: &str = "/join/";

/// The token of the invitation by whose address the page was opened.
#[must_use]
pub fn invitation() -> Option<String> {
    let path = web_sys::window()?.location().pathname().ok()?;
    path.strip_prefix(JOIN).map(|token| token.trim_end_matches('/').to_owned()).filter(|token| !token.is_empty())
}

impl Route {
    fn of_path(path: &str) -> Self {
        match path.strip_suffix('/').unwrap_or(path) {
            "" => Self::Home,
            "/login" => Self::Login,
            "/register" => Self::Register,
            invited if invited.starts_with(JOIN) => Self::Register,
            "/activity" => Self::Activity,
            "/settings" => Self::Settings,
            _ => Self::NotFound,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Login => "/login",
            Self::Register => "/register",
            Self::Activity => "/activity",
            Self::Settings => "/settings",
            Self::NotFound => "/404",
        }
    }

    /// What the address bar shows.
    #[must_use]
    pub fn here() -> Self {
        let path = web_sys::window().and_then(|window| window.location().pathname().ok());
        Self::of_path(&path.unwrap_or_default())
    }

    /// Goes there; the way back leads here.
    pub fn go(self) {
        self.change(true);
    }

    /// Goes there instead of here; the way back leaves this one out.
    pub fn replace(self) {
        self.change(false);
    }

    /// The browser tells of its own moves through the history only, so that ours are told in the same way.
    fn change(self, push: bool) {
        let Some(window) = web_sys::window() else { return };
        let Ok(history) = window.history() else { return };
        let (nothing, path) = (wasm_bindgen::JsValue::NULL, Some(self.path()));
        let changed = if push {
            history.push_state_with_url(&nothing, "", path)
        } else {
            history.replace_state_with_url(&nothing, "", path)
        };
        if let (Ok(()), Ok(event)) = (changed, Event::new("popstate")) {
            let _ = window.dispatch_event(&event);
        }
    }
}

/// The address, kept up with.
#[hook]
pub fn use_route() -> Route {
    let route = use_state_eq(Route::here);
    use_effect_with((), {
        let route = route.setter();
        move |()| {
            let listener = web_sys::window()
                .map(|window| EventListener::new(&window, "popstate", move |_| route.set(Route::here())));
            move || drop(listener)
        }
    });
    *route
}

/// A link to a page. With a modifier key it stays the browser's, for a new tab or window.
pub fn link(to: Route, class: &'static str, content: Html) -> Html {
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            to.go();
        }
    });
    html! { <a href={to.path()} {class} {onclick}>{content}</a> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_address() {
        for route in [Route::Home, Route::Login, Route::Register, Route::Activity, Route::Settings] {
            assert_eq!(Route::of_path(route.path()), route);
        }
        assert_eq!(Route::of_path("/join/abc"), Route::Register);
        assert_eq!(Route::of_path("/settings/"), Route::Settings);
        assert_eq!(Route::of_path("/settings/more"), Route::NotFound);
    }
}
