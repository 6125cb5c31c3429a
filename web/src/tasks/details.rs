//! All of a task, in a panel: title, notes, due date, priority, tags, repeat. One change when it is saved.

mod draft;
mod due_field;
mod notes_field;
mod priority_field;
mod repeat_choice;
mod repeat_field;
mod tags_field;

use crate::api;
use crate::app::use_session;
use crate::store::{Action, Store, use_store};
use crate::time;
use crate::ui::{Button, ButtonKind, Dialog, IconButton, IconName, on_press, spinner, value_of};
use crate::words::{common, tasks as words};
use draft::Draft;
use due_field::due_field;
use notes_field::NotesField;
use priority_field::priority_field;
use repeat_field::repeat_field;
use std::rc::Rc;
use tags_field::TagsField;
use todo_contract::limits::TITLE_MAX;
use todo_contract::{Task, TaskId};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct DetailsProps {
    pub(super) id: TaskId,
}

/// The details of a task, which is fetched if it is not known.
#[component]
pub(super) fn Details(props: &DetailsProps) -> Html {
    let store = use_store();
    let id = props.id;
    let task = store.task(id);
    let close = {
        let store = store.clone();
        Callback::from(move |()| store.dispatch(Action::Open(None)))
    };
    use_effect_with((), {
        let store = store.clone();
        move |()| {
            if store.task(id).is_none() {
                spawn_local(async move {
                    match api::tasks::get(id).await {
                        Ok(task) => store.dispatch(Action::Fetched(task)),
                        Err(error) => {
                            store.report(&error);
                            store.dispatch(Action::Open(None));
                        }
                    }
                });
            }
        }
    });
    match task {
        Some(task) => html! { <Form {task} {close} /> },
        None => html! {
            <Dialog title={words::DETAILS} on_close={close} class="dialog-side"><div class="centre">{ spinner() }</div></Dialog>
        },
    }
}

#[derive(Properties, PartialEq)]
struct FormProps {
    task: Rc<Task>,
    close: Callback<()>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let store = use_store();
    let draft = use_state(|| Draft::of(&props.task));
    let opened = use_memo((), |()| (*props.task).clone());
    let leaving = use_state(bool::default);
    let problem = use_state(Option::<String>::default);
    let dirty = *draft != Draft::of(&opened);
    let ask_to_close = {
        let (close, leaving) = (props.close.clone(), leaving.clone());
        Callback::from(move |()| if dirty { leaving.set(true) } else { close.emit(()) })
    };
    let save = {
        let (store, draft, opened, close, problem) =
            (store.clone(), draft.clone(), Rc::clone(&opened), props.close.clone(), problem.clone());
        Callback::from(move |()| match draft.patch(&opened) {
            Ok(patch) => {
                store.edit(&opened, patch);
                close.emit(());
            }
            Err(message) => problem.set(Some(message)),
        })
    };
    let onsubmit = save.reform(|event: SubmitEvent| event.prevent_default());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save.emit(());
        }
    });
    let change = {
        let (draft, problem) = (draft.clone(), problem.clone());
        Callback::from(move |next: Draft| {
            draft.set(next);
            problem.set(None);
        })
    };
    let fields = FieldProps { draft: (*draft).clone(), change };
    let discard = on_press(&props.close);
    let cancel = on_press(&ask_to_close);
    let keep = Callback::from({
        let leaving = leaving.clone();
        move |_: MouseEvent| leaving.set(false)
    });
    html! {
        <Dialog title={words::task_number(props.task.id)} on_close={ask_to_close} class="dialog-side">
            <form class="details" {onsubmit} {onkeydown} novalidate=true>
                <div class="details-body">
                    { title_field(&fields) }
                    <NotesField draft={(*draft).clone()} change={fields.change.clone()} />
                    { due_field(&fields, store.today) }
                    { repeat_field(&fields) }
                    { priority_field(&fields) }
                    <TagsField draft={(*draft).clone()} change={fields.change.clone()} />
                    <Dates task={props.task.clone()} />
                </div>
                <footer class="dialog-foot">
                    if let Some(problem) = &*problem { <p class="field-error" role="alert">{problem}</p> }
                    if *leaving {
                        <p class="dialog-question" role="alert">{words::DISCARD_CHANGES}</p>
                        <Button onclick={keep}>{words::KEEP_EDITING}</Button>
                        <Button kind={ButtonKind::Danger} onclick={discard}>{words::DISCARD}</Button>
                    } else {
                        { delete_button(&store, props) }
                        <Button onclick={cancel}>{common::CANCEL}</Button>
                        <Button kind={ButtonKind::Primary} submit={true} disabled={!dirty}>{common::SAVE}</Button>
                    }
                </footer>
            </form>
        </Dialog>
    }
}

fn delete_button(store: &Store, props: &FormProps) -> Html {
    let (store, task, close) = (store.clone(), Rc::clone(&props.task), props.close.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        close.emit(());
        store.delete(&task);
    });
    if props.task.deleted_at.is_some() {
        return html! {};
    }
    html! { <IconButton icon={IconName::Trash} label={words::DELETE} class="danger foot-start" {onclick} /> }
}

/// What every field of the form takes.
#[derive(Properties, PartialEq)]
pub(super) struct FieldProps {
    pub(super) draft: Draft,
    pub(super) change: Callback<Draft>,
}

fn title_field(props: &FieldProps) -> Html {
    let (draft, change) = (props.draft.clone(), props.change.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        change.emit(Draft { title: value_of(&event).replace('\n', " "), ..draft.clone() });
    });
    html! {
        <label class="field">
            <span>{words::TITLE}</span>
            <textarea class="input input-grow" rows="1" value={props.draft.title.clone()} {oninput}
                maxlength={TITLE_MAX.to_string()} autofocus=true />
        </label>
    }
}

#[derive(Properties, PartialEq)]
struct DatesProps {
    task: Rc<Task>,
}

#[component]
fn Dates(props: &DatesProps) -> Html {
    let zone = use_session().account.time_zone.to_string();
    let shown = |at: jiff::Timestamp| words::moment(time::local(at, &zone));
    let task = &props.task;
    html! {
        <p class="note">
            {words::created(&shown(task.created_at))}
            if let Some(at) = task.completed_at { {" · "}{words::completed_at(&shown(at))} }
        </p>
    }
}
