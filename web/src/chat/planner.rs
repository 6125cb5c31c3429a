//! Which planner is at work.

use super::handle::Chat;
use crate::api;
use gloo_events::EventListener;
use todo_contract::step::PlannerInfo;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The planner that a turn would get; asked again when the page comes to the front and when a turn ends.
#[hook]
pub(super) fn use_planner(chat: &Chat) -> Option<PlannerInfo> {
    let info = use_state_eq(Option::<PlannerInfo>::default);
    let ask = {
        let info = info.clone();
        Callback::from(move |()| {
            let info = info.clone();
            spawn_local(async move {
                if let Ok(answer) = api::account::planner().await {
                    info.set(Some(answer));
                }
            });
        })
    };
    let at_work = chat.active_turn().is_some();
    use_effect_with(at_work, {
        let ask = ask.clone();
        move |at_work| {
            if !at_work {
                ask.emit(());
            }
        }
    });
    use_effect_with((), move |()| {
        let listener = web_sys::window().map(|window| EventListener::new(&window, "focus", move |_| ask.emit(())));
        move || drop(listener)
    });
    (*info).clone()
}
