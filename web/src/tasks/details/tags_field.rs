//! The tags: chips, and a field for another one.

use super::FieldProps;
use super::draft::Draft;
use crate::api;
use crate::ui::{IconName, picture, value_of};
use crate::words::tasks as words;
use todo_contract::Tag;
use todo_contract::limits::TAG_MAX;
use todo_contract::task::distinct_tags;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub(super) fn TagsField(props: &FieldProps) -> Html {
    let text = use_state(String::new);
    let problem = use_state(Option::<String>::default);
    let known = use_state(Vec::<Tag>::new);
    use_effect_with((), {
        let known = known.setter();
        move |()| {
            spawn_local(async move {
                if let Ok(tags) = api::tasks::tags().await {
                    known.set(tags.into_iter().map(|count| count.tag).collect());
                }
            });
        }
    });
    let add = {
        let (draft, change, text, problem) = (props.draft.clone(), props.change.clone(), text.clone(), problem.clone());
        move || match with_tag(&draft, &text) {
            Ok(draft) => {
                change.emit(draft);
                text.set(String::new());
                problem.set(None);
            }
            Err(message) => problem.set(Some(message)),
        }
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            text.set(value_of(&event));
        })
    };
    let onkeydown = {
        let (add, text) = (add.clone(), text.clone());
        Callback::from(move |event: KeyboardEvent| {
            if ["Enter", ","].contains(&event.key().as_str()) && !text.trim().is_empty() && !event.ctrl_key() {
                event.prevent_default();
                add();
            }
        })
    };
    let onblur = {
        let text = text.clone();
        Callback::from(move |_: FocusEvent| {
            if !text.trim().is_empty() {
                add();
            }
        })
    };
    html! {
        <div class="field">
            <label for="details-tags">{words::TAGS}</label>
            <div class="tags-input">
                { for props.draft.tags.iter().map(|tag| chip(props, tag)) }
                <input id="details-tags" type="text" value={(*text).clone()} {oninput} {onkeydown} {onblur} list="known-tags"
                    maxlength={TAG_MAX.to_string()} placeholder={words::ADD_TAG} autocapitalize="none" autocomplete="off" />
                <datalist id="known-tags">
                    { for known.iter().filter(|tag| !props.draft.tags.contains(tag)).map(|tag| html! { <option value={tag.to_string()} /> }) }
                </datalist>
            </div>
            if let Some(problem) = &*problem { <span class="field-error" role="alert">{problem}</span> }
        </div>
    }
}

fn chip(props: &FieldProps, tag: &Tag) -> Html {
    let tags = props.draft.tags.iter().filter(|other| *other != tag).cloned().collect();
    let (draft, change) = (Draft { tags, ..props.draft.clone() }, props.change.clone());
    let onclick = Callback::from(move |_: MouseEvent| change.emit(draft.clone()));
    let label = words::take_off(tag.as_str());
    html! {
        <button key={tag.to_string()} type="button" class="chip" {onclick} aria-label={label.clone()} title={label}>
            {"#"}{tag.as_str()}{ picture(IconName::Close) }
        </button>
    }
}

fn with_tag(draft: &Draft, text: &str) -> Result<Draft, String> {
    let mut tags = draft.tags.clone();
    tags.push(Tag::new(text.trim().trim_end_matches(',')).map_err(|error| error.0)?);
    Ok(Draft { tags: distinct_tags(tags).map_err(|error| error.0)?, ..draft.clone() })
}
