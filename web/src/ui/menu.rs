//! A button that opens a list of actions (WAI-ARIA Authoring Practices, "Menu Button").

use super::icon::{IconName, picture};
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// An entry of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// Its words.
    pub label: AttrValue,
    /// Its picture.
    pub icon: Option<IconName>,
    /// Whether it is the one chosen; `None` for an entry that is no choice.
    pub checked: Option<bool>,
    /// Whether it cannot be taken back.
    pub danger: bool,
    /// What it does.
    pub action: Callback<()>,
}

impl MenuItem {
    /// An entry that does something.
    #[must_use]
    pub fn new(label: impl Into<AttrValue>, icon: IconName, action: Callback<()>) -> Self {
        Self { label: label.into(), icon: Some(icon), checked: None, danger: false, action }
    }

    /// An entry that is one of several choices.
    #[must_use]
    pub fn choice(label: impl Into<AttrValue>, checked: bool, action: Callback<()>) -> Self {
        Self { label: label.into(), icon: None, checked: Some(checked), danger: false, action }
    }

    /// Marks what cannot be taken back.
    #[must_use]
    pub fn dangerous(mut self) -> Self {
        self.danger = true;
        self
    }
}

/// What [`Menu`] takes.
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// The button's name for screen readers, and its tip.
    pub label: AttrValue,
    /// The button's classes.
    #[prop_or(AttrValue::Static("icon-button"))]
    pub class: AttrValue,
    /// The entries.
    pub items: Vec<MenuItem>,
    /// What the button shows.
    pub children: Html,
}

/// A button that opens a list of actions.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let open = use_state(bool::default);
    let root = use_node_ref();
    let button = use_node_ref();
    let close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |()| {
            open.set(false);
            focus(button.cast::<HtmlElement>());
        })
    };
    use_effect_with((*open, root.clone()), {
        let open = open.clone();
        move |(is_open, root): &(bool, NodeRef)| {
            let listener = is_open.then(|| {
                focus(root.cast::<Element>().and_then(|root| first_item(&root)));
                listen_outside(root.clone(), Callback::from(move |()| open.set(false)))
            });
            move || drop(listener)
        }
    });
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, close, root) = (open.clone(), close.clone(), root.clone());
        Callback::from(move |event: KeyboardEvent| on_key(&event, &open, &close, &root))
    };
    let class = props.class.clone();
    html! {
        <div class="menu" ref={root} {onkeydown}>
            <button ref={button} type="button" {class} onclick={toggle} aria-haspopup="menu"
                aria-expanded={if *open { "true" } else { "false" }} aria-label={props.label.clone()}
                title={props.label.clone()}>
                {props.children.clone()}
            </button>
            if *open {
                <div class="menu-list" role="menu" aria-label={props.label.clone()}>
                    { for props.items.iter().map(|item| entry(item, &close)) }
                </div>
            }
        </div>
    }
}

fn entry(item: &MenuItem, close: &Callback<()>) -> Html {
    let (action, close) = (item.action.clone(), close.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        close.emit(());
        action.emit(());
    });
    let role = if item.checked.is_some() { "menuitemradio" } else { "menuitem" };
    let icon = item.icon.or_else(|| item.checked.unwrap_or(false).then_some(IconName::Check));
    html! {
        <button type="button" {role} tabindex="-1" {onclick} class={if item.danger { "menu-item danger" } else { "menu-item" }}
            aria-checked={item.checked.map(|checked| if checked { "true" } else { "false" })}>
            <span class="menu-icon">{ for icon.map(picture) }</span>
            {&item.label}
        </button>
    }
}

fn listen_outside(root: NodeRef, close: Callback<()>) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    Some(EventListener::new(&document, "pointerdown", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if !root.get().is_some_and(|root| root.contains(target.as_ref())) {
            close.emit(());
        }
    }))
}

fn on_key(event: &KeyboardEvent, open: &UseStateHandle<bool>, close: &Callback<()>, root: &NodeRef) {
    let Some(root) = root.cast::<Element>() else { return };
    match event.key().as_str() {
        "Escape" if **open => close.emit(()),
        "Tab" if **open => return open.set(false),
        "ArrowDown" if !**open => open.set(true),
        "ArrowDown" => step(&root, 1),
        "ArrowUp" if **open => step(&root, -1),
        "Home" if **open => focus(first_item(&root)),
        "End" if **open => focus(items(&root).pop()),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn items(root: &Element) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(".menu-item") else { return Vec::new() };
    (0..found.length()).filter_map(|n| found.get(n)?.dyn_into().ok()).collect()
}

fn first_item(root: &Element) -> Option<HtmlElement> {
    let items = items(root);
    let checked = items.iter().find(|item| item.get_attribute("aria-checked").as_deref() == Some("true"));
    checked.or(items.first()).cloned()
}

fn step(root: &Element, by: isize) {
    let items = items(root);
    let active = root.owner_document().and_then(|document| document.active_element());
    let at = items.iter().position(|item| active.as_ref().is_some_and(|active| **item == *active));
    let next = match at {
        Some(at) => at.checked_add_signed(by).filter(|next| *next < items.len()),
        None => Some(0),
    };
    let wrapped = next.or_else(|| if by > 0 { Some(0) } else { items.len().checked_sub(1) });
    focus(wrapped.and_then(|at| items.get(at).cloned()));
}

fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}
