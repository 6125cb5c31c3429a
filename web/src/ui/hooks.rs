//! Shared hooks.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::prelude::*;

/// A callback that stays the same while what it calls changes, so that it makes nothing render anew.
#[hook]
pub fn use_stable<IN: 'static>(callback: Callback<IN>) -> Callback<IN> {
    let latest = use_mut_ref(|| callback.clone());
    *latest.borrow_mut() = callback;
    let stable = use_memo((), |()| {
        Callback::from(move |input| {
            let callback = latest.borrow().clone();
            callback.emit(input);
        })
    });
    (*stable).clone()
}

/// Tells whether the element is within `margin` of what its scrolling ancestor (`.scroller`) shows.
#[hook]
pub fn use_in_view(node: NodeRef, margin: &'static str, on_change: Callback<bool>) {
    let on_change = use_stable(on_change);
    use_effect_with(node, move |node| {
        let watch = node.cast::<Element>().and_then(|element| Watch::start(&element, margin, on_change));
        move || drop(watch)
    });
}

struct Watch {
    observer: IntersectionObserver,
    _callback: Closure<dyn Fn(js_sys::Array)>,
}

impl Watch {
    fn start(element: &Element, margin: &str, on_change: Callback<bool>) -> Option<Self> {
        let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let latest = entries.iter().last().and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
            if let Some(entry) = latest {
                on_change.emit(entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margin);
        if let Ok(Some(root)) = element.closest(".scroller") {
            options.set_root(Some(&root));
        }
        let observer = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
