//! Which planner is at work, and whether its model works.

use super::{section, trial};
use crate::api;
use crate::store::{Store, use_store};
use crate::ui::{Button, IconName, use_loaded};
use crate::words::{chat, model as words};
use todo_contract::ProbeReport;
use todo_contract::step::{PlannerInfo, PlannerKind};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
enum Tested {
    Not,
    UnderWay,
    Report(ProbeReport),
    Refused(String),
}

#[component]
pub(super) fn Model() -> Html {
    let store = use_store();
    let (planner, retry) = use_loaded(api::account::planner);
    let tested = use_state(|| Tested::Not);
    let test = {
        let tested = tested.clone();
        Callback::from(move |_: MouseEvent| {
            let tested = tested.setter();
            tested.set(Tested::UnderWay);
            spawn_local(async move {
                tested.set(match api::account::probe().await {
                    Ok(report) => Tested::Report(report),
                    Err(error) => Tested::Refused(error.detail),
                });
            });
        })
    };
    let content = planner.render(&retry, |planner| {
        let busy = *tested == Tested::UnderWay;
        html! {
            <>
                { about(planner) }
                if planner.available && planner.model.is_some() {
                    <div class="form-start">
                        <Button icon={IconName::Activity} onclick={test} {busy}>
                            { if busy { words::TESTING } else { words::TEST } }
                        </Button>
                    </div>
                    if *tested == Tested::Not { <p class="note">{words::TEST_NOTE}</p> }
                }
            </>
        }
    });
    // There from the beginning, so that what comes into it is read out.
    let outcome = html! { <div role="status">{ outcome(&tested, &store) }</div> };
    section("model", words::MODEL, "", html! { <>{content}{outcome}</> })
}

fn about(planner: &PlannerInfo) -> Html {
    let row = |name: &'static str, value: &str| html! { <><dt>{name}</dt><dd>{value.to_owned()}</dd></> };
    match (&planner.model, planner.default) {
        _ if !planner.available => html! { <p class="notice notice-error">{chat::PLANNER_ABOUT_DOWN}</p> },
        (Some(model), PlannerKind::Openai) => html! {
            <dl class="facts">
                { row(words::PLANNER, words::PLANNER_MODEL) }
                { row(words::MODEL, model) }
                if let Some(host) = &planner.host { { row(words::HOST, host) } }
            </dl>
        },
        _ => html! {
            <>
                <dl class="facts">{ row(words::PLANNER, chat::PLANNER_BUILTIN) }</dl>
                <p class="note">{chat::PLANNER_HOW_TO}</p>
            </>
        },
    }
}

fn outcome(tested: &Tested, store: &Store) -> Html {
    match tested {
        Tested::Not => Html::default(),
        Tested::UnderWay => html! { <p class="note">{words::TESTING_NOTE}</p> },
        Tested::Report(report) => trial::view(report, store),
        Tested::Refused(why) => html! { <p class="notice notice-error">{why.clone()}</p> },
    }
}
