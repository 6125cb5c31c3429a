//! The password, asked for again where the server wants it before something dangerous.

use crate::api::{self, ApiError, ApiResult};
use crate::ui::TextField;
use crate::words::account as words;
use std::future::Future;
use yew::prelude::*;

/// Whether the password is asked for, and what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) password: Option<String>,
}

/// Does `work`, after giving the password if it was asked for.
pub(super) async fn with_password<T>(asked: &Asked, work: impl Future<Output = ApiResult<T>>) -> ApiResult<T> {
    if let Some(password) = &asked.password {
        api::account::reauthenticate(password.clone()).await?;
    }
    work.await
}

/// Whether the server wants the password first.
pub(super) fn is_wanted(error: &ApiError) -> bool {
    error.code == "reauthentication_required"
}

/// The field, where it is asked for.
pub(super) fn field(id: &'static str, asked: &UseStateHandle<Asked>) -> Html {
    let Some(password) = asked.password.clone() else { return Html::default() };
    let on_input = {
        let asked = asked.clone();
        Callback::from(move |password| asked.set(Asked { password: Some(password) }))
    };
    html! {
        <TextField {id} kind="password" label={words::PASSWORD_AGAIN} value={password} {on_input}
            autocomplete="current-password" autofocus=true />
    }
}
