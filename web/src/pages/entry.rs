//! Signing in and signing up.

mod form;

use crate::api;
use crate::app::route::{Route, invitation, link};
use crate::app::shell::logo;
use crate::ui::{Button, ButtonKind, IconName, TextField, picture};
use crate::words::{account as words, common};
use form::EntryForm;
use todo_contract::Account;
use todo_contract::account::RegistrationState;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// With an account.
    SignIn,
    /// Without one.
    Register,
}

/// What [`Entry`] takes.
#[derive(Properties, PartialEq)]
pub struct EntryProps {
    /// Which of the two.
    pub kind: EntryKind,
    /// Someone is signed in now.
    pub on_signed_in: Callback<Account>,
}

/// The way in.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
    let open = use_state(|| true);
    let first = use_state(bool::default);
    use_effect_with((), {
        let (open, first) = (open.setter(), first.setter());
        move |()| {
            spawn_local(async move {
                if let Ok(instance) = api::account::instance().await {
                    let invited = invitation().is_some() && instance.registration == RegistrationState::Invite;
                    open.set(instance.registration_open || invited);
                    first.set(instance.registration == RegistrationState::First);
                }
            });
        }
    });
    let registering = props.kind == EntryKind::Register;
    let closed = registering && !*open;
    let heading = if registering { words::SIGN_UP_HEADING } else { words::SIGN_IN_HEADING };
    html! {
        <main class="gate">
            <div class="gate-card">
                <p class="gate-brand">{ logo() }<span>{common::APP}</span></p>
                <h1>{heading}</h1>
                <p class="gate-lead">{ match (registering, *first) {
                    (true, true) => words::FIRST_LEAD,
                    (true, false) => words::SIGN_UP_LEAD,
                    (false, _) => words::SIGN_IN_LEAD,
                } }</p>
                if closed {
                    <p class="notice" role="status">{ picture(IconName::Warning) }<span>{words::REGISTRATION_CLOSED}</span></p>
                } else {
                    <Fields kind={props.kind} on_signed_in={props.on_signed_in.clone()} />
                }
                <p class="gate-other">
                    if registering {
                        {words::HAVE_ACCOUNT}{" "}{ link(Route::Login, "", words::SIGN_IN.into()) }
                    } else if *open {
                        {words::NO_ACCOUNT}{" "}{ link(Route::Register, "", words::SIGN_UP.into()) }
                    } else {
                        {words::REGISTRATION_CLOSED}
                    }
                </p>
            </div>
        </main>
    }
}

#[component]
fn Fields(props: &EntryProps) -> Html {
    let form = use_state(EntryForm::default);
    let busy = use_state(bool::default);
    let registering = props.kind == EntryKind::Register;
    let onsubmit = {
        let (form, busy, on_signed_in) = (form.clone(), busy.clone(), props.on_signed_in.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let checked = form.checked(registering);
            form.set(checked.clone());
            if checked.has_errors() || *busy {
                return;
            }
            busy.set(true);
            let (form, busy, on_signed_in) = (form.setter(), busy.setter(), on_signed_in.clone());
            spawn_local(async move {
                match checked.send(registering).await {
                    Ok(account) => on_signed_in.emit(account),
                    Err(error) => {
                        busy.set(false);
                        form.set(checked.refused(&error));
                    }
                }
            });
        })
    };
    let set = |with: fn(&EntryForm, String) -> EntryForm| {
        let form = form.clone();
        Callback::from(move |text| form.set(with(&form, text)))
    };
    let password_hint = registering.then_some(AttrValue::Static(words::PASSWORD_HINT));
    html! {
        <form class="form" {onsubmit} novalidate=true>
            if let Some(problem) = form.problem.clone() {
                <p class="notice notice-error" role="alert">{ picture(IconName::Warning) }<span>{problem}</span></p>
            }
            if registering {
                <TextField id="name" label={words::NAME_OPTIONAL} value={form.name.clone()} autocomplete="name"
                    on_input={set(|form, name| EntryForm { name, name_error: None, ..form.clone() })} error={form.name_error.clone()} />
            }
            <TextField id="email" kind="email" label={words::EMAIL} value={form.email.clone()} autocomplete="username" required=true
                on_input={set(|form, email| EntryForm { email, email_error: None, ..form.clone() })} error={form.email_error.clone()} autofocus=true />
            <TextField id="password" kind="password" label={words::PASSWORD} value={form.password.clone()} required=true
                autocomplete={if registering { "new-password" } else { "current-password" }} hint={password_hint}
                on_input={set(|form, password| EntryForm { password, password_error: None, ..form.clone() })}
                error={form.password_error.clone()} />
            <Button submit={true} kind={ButtonKind::Primary} busy={*busy} class="button-wide">
                { if registering { words::SIGN_UP } else { words::SIGN_IN } }
            </Button>
        </form>
    }
}
