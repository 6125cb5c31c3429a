//! A question before something that cannot easily be taken back.

use super::button::{Button, ButtonKind};
use super::dialog::Dialog;
use super::input::on_press;
use crate::words::common as words;
use yew::prelude::*;

/// What [`ConfirmDialog`] takes.
#[derive(Properties, PartialEq)]
pub struct ConfirmDialogProps {
    /// The question.
    pub title: AttrValue,
    /// The words of the button that does it.
    pub confirm: AttrValue,
    /// Whether it cannot be taken back.
    #[prop_or_default]
    pub danger: bool,
    /// Whether it is under way.
    #[prop_or_default]
    pub busy: bool,
    /// Do it.
    pub on_confirm: Callback<()>,
    /// Leave it.
    pub on_cancel: Callback<()>,
    /// What would happen.
    #[prop_or_default]
    pub children: Html,
}

/// A question with two answers.
#[component]
pub fn ConfirmDialog(props: &ConfirmDialogProps) -> Html {
    let kind = if props.danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let cancel = on_press(&props.on_cancel);
    let confirm = on_press(&props.on_confirm);
    html! {
        <Dialog title={props.title.clone()} on_close={props.on_cancel.clone()} class="dialog-small">
            <div class="dialog-body">{props.children.clone()}</div>
            <footer class="dialog-foot">
                <Button onclick={cancel}>{words::CANCEL}</Button>
                <Button {kind} busy={props.busy} onclick={confirm}>{&props.confirm}</Button>
            </footer>
        </Dialog>
    }
}
