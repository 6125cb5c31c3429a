//! An entry of the journal.

use super::difference::Difference;
use super::entry::Entry;
use super::fetching::Journal;
use super::sentence::{changes, sentence};
use super::undo_button::UndoButton;
use crate::chat::card::TaskLink;
use crate::chat::{TaskRef, icon_class, icon_name, line, task_list};
use crate::ui::picture;
use crate::words::activity as words;
use jiff::civil::Date;
use todo_contract::{Actor, OperationKind};
use todo_language::describe as say;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct EntryRowProps {
    pub entry: Entry,
    pub journal: Journal,
    pub today: Date,
}

/// Who did what to which tasks, what it changed, and Undo.
#[component]
pub(super) fn EntryRow(props: &EntryRowProps) -> Html {
    let EntryRowProps { entry, journal, today } = props;
    let card = sentence(entry, *today, &|row| journal.redoes(row));
    let changes = changes(entry, *today);
    let several = changes.len() > 1;
    let takes_back = entry.operations.iter().all(|row| row.kind == OperationKind::Undo)
        && !entry.operations.iter().any(|row| journal.redoes(row));
    let on_undone = {
        let journal = journal.clone();
        Callback::from(move |rows| journal.happened(rows))
    };
    let purged = entry.operations.iter().all(|row| row.after.is_none());
    html! {
        <li class={if entry.undone { "log-entry is-undone" } else { "log-entry" }}>
            <span class="call-icon" data-icon={icon_class(card.icon)}>{ picture(icon_name(card.icon)) }</span>
            <div class="log-entry-body">
                { line(&card) }
                <p class="log-entry-by">
                    { for entry.actor().map(by) }
                    <time datetime={entry.at.to_string()}>{ say::clock(entry.at.time()) }</time>
                    if entry.undone { <span class="log-entry-undone">{ words::UNDONE }</span> }
                </p>
                if !several { { task_list(&card.tasks, false) } }
                { for changes.iter().map(|(task, told)| differences(task, told, several)) }
            </div>
            if !purged {
                <UndoButton operation={entry.tip} redo={entry.undone != takes_back} what={card.line()} {on_undone} />
            }
        </li>
    }
}

fn by(actor: &Actor) -> Html {
    html! { <span class="log-entry-actor">{ words::actor(actor) }</span> }
}

fn differences(task: &TaskLink, told: &[Difference], named: bool) -> Html {
    html! {
        <div class="log-entry-changes">
            if named { <TaskRef task={task.clone()} /> }
            <dl>{ for told.iter().map(difference) }</dl>
        </div>
    }
}

fn difference(difference: &Difference) -> Html {
    let value = |text: &Option<String>| text.clone().unwrap_or_else(|| words::EMPTY_VALUE.to_owned());
    html! {
        <div>
            <dt>{ words::field(difference.field) }</dt>
            <dd>
                <del aria-label={words::before(&value(&difference.before))}>{ value(&difference.before) }</del>
                <span aria-hidden="true">{ " → " }</span>
                <ins aria-label={words::after(&value(&difference.after))}>{ value(&difference.after) }</ins>
            </dd>
        </div>
    }
}
