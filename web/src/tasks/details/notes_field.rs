//! The notes: Markdown, to be typed or read.

use super::FieldProps;
use super::draft::Draft;
use crate::ui::{Markdown, value_of};
use crate::words::tasks as words;
use todo_contract::limits::NOTES_MAX;
use yew::prelude::*;

#[component]
pub(super) fn NotesField(props: &FieldProps) -> Html {
    let preview = use_state(bool::default);
    let (draft, change) = (props.draft.clone(), props.change.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        change.emit(Draft { notes: value_of(&event), ..draft.clone() });
    });
    let toggle = {
        let preview = preview.clone();
        Callback::from(move |_: MouseEvent| preview.set(!*preview))
    };
    let has_text = !props.draft.notes.trim().is_empty();
    html! {
        <div class="field">
            <div class="field-head">
                <label for="details-notes">{words::NOTES}</label>
                if has_text {
                    <button type="button" class="link" onclick={toggle}>
                        { if *preview { words::EDIT_NOTES } else { words::PREVIEW_NOTES } }
                    </button>
                }
            </div>
            if *preview && has_text {
                <div class="notes-preview"><Markdown text={props.draft.notes.clone()} /></div>
            } else {
                <textarea id="details-notes" class="input" rows="5" value={props.draft.notes.clone()} {oninput}
                    maxlength={NOTES_MAX.to_string()} placeholder={words::NOTES_PLACEHOLDER} />
            }
        </div>
    }
}
