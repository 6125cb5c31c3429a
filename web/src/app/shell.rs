//! What stands around every page of an account: header, banner, toasts.

use super::live::Live;
use super::route::{self, Route};
use super::session::use_session;
use super::theme::Theme;
use crate::api;
use crate::store::use_store;
use crate::ui::{IconButton, IconName, Menu, MenuItem, Toasts, picture};
use crate::words::common as words;
use js_sys::JsString;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What [`Shell`] takes.
#[derive(Properties, PartialEq)]
pub struct ShellProps {
    /// The page that is shown.
    pub route: Route,
    /// Its content.
    pub children: Html,
}

/// What stands around every page of an account.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let store = use_store();
    use_page_title(props.route);
    html! {
        <div class="shell">
            <a class="skip" href="#content">{words::SKIP_TO_CONTENT}</a>
            { header(props.route) }
            if !store.online {
                <div class="banner" role="status">{ picture(IconName::Offline) }{words::OFFLINE_BANNER}</div>
            }
            <main id="content" class="content" tabindex="-1">{props.children.clone()}</main>
            <Toasts />
            <Live />
        </div>
    }
}

/// The browser's history and screen readers tell pages apart by their titles.
#[hook]
fn use_page_title(route: Route) {
    use_effect_with(route, |route| {
        let page = match route {
            Route::Activity => Some(words::ACTIVITY),
            Route::Settings => Some(words::SETTINGS),
            _ => None,
        };
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&words::page_title(page));
        }
    });
}

fn header(shown: Route) -> Html {
    let link = |to: Route, icon: IconName, label: &'static str| {
        let here = to == shown;
        let class = if here { "nav-link nav-here" } else { "nav-link" };
        let content = html! { <>{ picture(icon) }<span aria-current={here.then_some("page")}>{label}</span></> };
        route::link(to, class, content)
    };
    html! {
        <header class="top">
            { route::link(Route::Home, "brand", html! { <>{ logo() }<span>{words::APP}</span></> }) }
            <nav class="nav" aria-label={words::NAV}>
                { link(Route::Home, IconName::List, words::LIST) }
                { link(Route::Activity, IconName::Activity, words::ACTIVITY) }
            </nav>
            <span class="top-gap"></span>
            <ThemeSwitch />
            <AccountMenu />
        </header>
    }
}

/// The mark of the app.
pub fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="9" /><path d="m9.5 16.5 4.5 4.5 9-10" />
        </svg>
    }
}

#[component]
fn ThemeSwitch() -> Html {
    let theme = use_state(Theme::stored);
    let dark = theme.is_dark();
    let onclick = Callback::from(move |_: MouseEvent| {
        let next = if dark { Theme::Light } else { Theme::Dark };
        next.choose();
        theme.set(next);
    });
    let icon = if dark { IconName::Sun } else { IconName::Moon };
    html! { <IconButton {icon} label={words::theme_switch(dark)} {onclick} /> }
}

#[component]
fn AccountMenu() -> Html {
    let session = use_session();
    let store = use_store();
    let settings = Callback::from(|()| Route::Settings.go());
    let sign_out = {
        let ended = session.on_ended.clone();
        Callback::from(move |()| {
            let (ended, store) = (ended.clone(), store.clone());
            spawn_local(async move {
                match api::account::logout().await {
                    Err(error) if !error.is_signed_out() => store.report(&error),
                    _ => ended.emit(()),
                }
            });
        })
    };
    let items = vec![
        MenuItem::new(words::SETTINGS, IconName::Settings, settings),
        MenuItem::new(words::SIGN_OUT, IconName::SignOut, sign_out),
    ];
    let account = &session.account;
    let name = account.name.as_ref().map_or_else(|| account.email.to_string(), ToString::to_string);
    let initial = String::from(JsString::from(name.chars().take(1).collect::<String>()).to_upper_case());
    html! {
        <Menu label={words::account_menu(&name)} class="avatar" {items}><span aria-hidden="true">{initial}</span></Menu>
    }
}
