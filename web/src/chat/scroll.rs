//! Stays at the end of the log while the reader is there, and nowhere else.

use super::turn::TurnView;
use std::rc::Rc;
use todo_contract::{ConversationId, TurnId};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// How near to the end counts as being there, in CSS pixels.
const NEAR: i32 = 48;

fn is_at_end(log: &Element) -> bool {
    log.scroll_height() - log.scroll_top() - log.client_height() <= NEAR
}

fn go_to_end(log: &Element) {
    log.set_scroll_top(log.scroll_height());
}

/// Whether there is something new below what the reader sees; what to do on scrolling; and a way to the end.
#[hook]
pub(super) fn use_stick_to_end(
    log: &NodeRef,
    shown: Option<(ConversationId, Vec<Rc<TurnView>>)>,
) -> (bool, Callback<Event>, Callback<MouseEvent>) {
    let at_end = use_mut_ref(|| true);
    let is_away = use_state_eq(bool::default);
    let before = use_mut_ref(Option::<ConversationId>::default);
    let spoken = use_mut_ref(Option::<TurnId>::default);

    use_effect_with(shown, {
        let (log, at_end, is_away) = (log.clone(), Rc::clone(&at_end), is_away.clone());
        move |shown: &Option<(ConversationId, Vec<Rc<TurnView>>)>| {
            let Some((conversation, turns)) = shown else { return };
            let is_other = before.replace(Some(*conversation)) != Some(*conversation);
            let has_spoken = spoken.replace(turns.last().map(|turn| turn.id)) != turns.last().map(|turn| turn.id);
            if let Some(log) = log.cast::<Element>() {
                if is_other || has_spoken || *at_end.borrow() {
                    go_to_end(&log);
                    is_away.set(false);
                } else {
                    is_away.set(!is_at_end(&log));
                }
            }
        }
    });
    use_effect_with((), {
        let (log, at_end) = (log.clone(), Rc::clone(&at_end));
        move |()| {
            let watch = SizeWatch::of(&log, move |log| {
                if *at_end.borrow() {
                    go_to_end(log);
                }
            });
            move || drop(watch)
        }
    });
    let on_scroll = {
        let (at_end, is_away, log) = (Rc::clone(&at_end), is_away.clone(), log.clone());
        Callback::from(move |_: Event| {
            let now = log.cast::<Element>().is_none_or(|log| is_at_end(&log));
            at_end.replace(now);
            if now {
                is_away.set(false);
            }
        })
    };
    let to_end = {
        let log = log.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(log) = log.cast::<Element>() {
                go_to_end(&log);
            }
        })
    };
    (*is_away, on_scroll, to_end)
}

/// Tells when the log gets another size: the field below it grows, a keyboard opens, its tab comes to the front.
struct SizeWatch {
    observer: ResizeObserver,
    _on_resize: Closure<dyn Fn()>,
}

impl SizeWatch {
    fn of(log: &NodeRef, on_resize: impl Fn(&Element) + 'static) -> Option<Self> {
        let log = log.cast::<Element>()?;
        let observed = log.clone();
        let on_resize = Closure::<dyn Fn()>::new(move || on_resize(&log));
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        observer.observe(&observed);
        Some(Self { observer, _on_resize: on_resize })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
