//! The line in which tasks are added. What is recognised shows as chips; a chip that is taken off leaves its words
//! in the title.

use super::quick_text::carry_over;
use crate::app::use_session;
use crate::store::{Toast, use_store};
use crate::time;
use crate::ui::{Button, ButtonKind, IconName, picture, value_of};
use crate::words::common::capitalised;
use crate::words::tasks as words;
use std::ops::Range;
use todo_contract::task::distinct_tags;
use todo_contract::{Account, NewTask, Title};
use todo_language::{Context, Parsed, SpanKind, quick_add_ignoring};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The id of the field, for the shortcut.
pub(super) const FIELD: &str = "quick-add";

#[derive(Clone, Default, PartialEq)]
struct Line {
    text: String,
    ignored: Vec<Range<usize>>,
}

impl Line {
    fn typed(&self, text: String) -> Self {
        Self { ignored: carry_over(&self.text, &text, &self.ignored), text }
    }

    fn without(&self, range: &Range<usize>) -> Self {
        let mut line = self.clone();
        line.ignored.push(range.clone());
        line
    }
}

#[component]
pub(super) fn QuickAdd() -> Html {
    let store = use_store();
    let account = use_session().account;
    let line = use_state(Line::default);
    let problem = use_state(Option::<String>::default);
    let parsed = read(&line, &account);
    let oninput = {
        let (line, problem) = (line.clone(), problem.clone());
        Callback::from(move |event: InputEvent| {
            line.set(line.typed(value_of(&event)));
            problem.set(None);
        })
    };
    let onsubmit = {
        let (store, line, problem) = (store.clone(), line.clone(), problem.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if line.text.trim().is_empty() {
                return;
            }
            match new_task(read(&line, &account)) {
                Ok(new) => {
                    store.add_and_tell(new);
                    line.set(Line::default());
                }
                Err(message) => problem.set(Some(message)),
            }
        })
    };
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if let ("Escape", Some(input)) = (event.key().as_str(), event.target_dyn_into::<HtmlInputElement>()) {
            let _ = input.blur();
        }
    });
    let has_text = !line.text.trim().is_empty();
    html! {
        <form class="quick-add" {onsubmit} aria-label={words::ADD_TASK}>
            <div class="quick-line">
                { picture(IconName::Plus) }
                <input id={FIELD} type="text" value={line.text.clone()} {oninput} {onkeydown} autocomplete="off"
                    enterkeyhint="done" placeholder={words::QUICK_PLACEHOLDER} aria-label={words::NEW_TASK}
                    aria-describedby="quick-chips" aria-invalid={problem.is_some().then_some("true")} />
                if has_text {
                    <Button submit={true} kind={ButtonKind::Primary} class="button-small">{words::ADD}</Button>
                }
            </div>
            <div id="quick-chips" class="chips" aria-live="polite">
                { for parsed.spans.iter().map(|span| chip(span, &line)) }
                if let Some(problem) = &*problem { <span class="field-error">{problem}</span> }
            </div>
        </form>
    }
}

fn chip(span: &todo_language::Span, line: &UseStateHandle<Line>) -> Html {
    let icon = match span.kind {
        SpanKind::Due => IconName::Calendar,
        SpanKind::Repeat => IconName::Repeat,
        SpanKind::Priority => IconName::Flag,
        SpanKind::Tag => IconName::Tag,
    };
    let label = capitalised(&span.label);
    let onclick = {
        let (line, range) = (line.clone(), span.range.clone());
        Callback::from(move |_: MouseEvent| {
            line.set(line.without(&range));
            super::shortcuts::focus(FIELD);
        })
    };
    html! {
        <button key={span.range.start} type="button" class="chip" {onclick} aria-label={words::take_off(&label)} title={words::take_off(&label)}>
            { picture(icon) }{label}{ picture(IconName::Close) }
        </button>
    }
}

fn read(line: &Line, account: &Account) -> Parsed {
    let now = time::local(time::now(), account.time_zone.as_str());
    quick_add_ignoring(&line.text, &Context::of(now, account.locale()), &line.ignored)
}

fn new_task(parsed: Parsed) -> Result<NewTask, String> {
    let title = Title::new(parsed.title).map_err(|error| error.0)?;
    let tags = distinct_tags(parsed.tags).map_err(|error| error.0)?;
    Ok(NewTask { due: parsed.due, repeat: parsed.repeat, priority: parsed.priority, tags, ..NewTask::titled(title) })
}

impl crate::store::Store {
    /// Makes a task, and says so if the list that is shown does not hold it.
    fn add_and_tell(&self, new: NewTask) {
        let draft = crate::store::change::draft(todo_contract::TaskId(-1), &new, String::new(), time::now());
        let query = &self.listing.query;
        if !query.text.is_empty() || !query.matches(&draft, self.today) {
            self.toast(Toast::info(words::added_elsewhere(&new.title)));
        }
        self.add(new);
    }
}
