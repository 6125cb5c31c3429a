//! Something that is fetched when it is first shown.

use super::states::{error_state, spinner};
use crate::api::{ApiError, ApiResult};
use crate::words::common as words;
use std::future::Future;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Something that is fetched, or why it could not be.
#[derive(Clone, Debug, PartialEq)]
pub enum Loaded<T> {
    /// On its way.
    Waiting,
    /// Here.
    Here(T),
    /// Not to be had.
    Failed(ApiError),
}

/// Fetches something now, and again whenever the callback is called.
#[hook]
pub fn use_loaded<T, F, Fut>(fetch: F) -> (UseStateHandle<Loaded<T>>, Callback<()>)
where
    T: 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = ApiResult<T>> + 'static,
{
    let loaded = use_state(|| Loaded::Waiting);
    let load = {
        let loaded = loaded.setter();
        Callback::from(move |()| {
            let (loaded, answer) = (loaded.clone(), fetch());
            spawn_local(async move {
                loaded.set(match answer.await {
                    Ok(value) => Loaded::Here(value),
                    Err(error) => Loaded::Failed(error),
                });
            });
        })
    };
    use_effect_with((), {
        let load = load.clone();
        move |()| load.emit(())
    });
    (loaded, load)
}

impl<T> Loaded<T> {
    /// Renders what is here with `view`, and what stands in its place otherwise.
    pub fn render(&self, retry: &Callback<()>, view: impl FnOnce(&T) -> Html) -> Html {
        match self {
            Self::Waiting => html! { <p class="waiting" role="status">{ spinner() }{words::LOADING}</p> },
            Self::Here(value) => view(value),
            Self::Failed(error) => error_state(&error.detail, retry),
        }
    }
}
