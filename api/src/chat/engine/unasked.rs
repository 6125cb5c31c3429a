//! Whatever a model tries, turn after turn, and without a single yes: what it does stays within the bounds.

use super::background::{Background, PastTurn};
use super::look::{Look, TakesBack};
use super::wording::Wording;
use super::{Limits, NextStep, Progress};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use todo_contract::policy::{Bounds, Touch};
use todo_contract::step::ProposedCall;
use todo_contract::{CallId, CallStatus, OperationId, StepFinish, TaskId, ToolCall, ToolResult, TurnEventBody};

const TASKS: i64 = 40;

/// A list that knows what is in the trash, with a journal of groups: for each task, whether it was there before.
#[derive(Default)]
struct World {
    gone: BTreeSet<TaskId>,
    changes: Vec<BTreeMap<TaskId, bool>>,
    undone: Vec<BTreeMap<TaskId, bool>>,
    deleted_unasked: BTreeSet<TaskId>,
    changed_unasked: BTreeSet<TaskId>,
}

impl World {
    /// What an undo, or with `again` a redo, would do.
    fn look(&self, again: bool) -> Look {
        let group = if again { self.undone.last() } else { self.changes.last() };
        let takes_back = group.map(|group| {
            let to_go = |(id, was_gone): (&TaskId, &bool)| (*was_gone && !self.gone.contains(id)).then_some(*id);
            let touch = Touch::taking_back(group.iter().filter_map(to_go), group.keys().copied());
            TakesBack { operation: OperationId(1), touch, own: true, summary: "Take it back.".to_owned() }
        });
        let nothing = || serde_json::from_value(json!({"code": "nothing_to_undo", "detail": "Nothing."})).unwrap();
        Look { named: false, takes_back: Some(takes_back.ok_or_else(nothing)) }
    }

    fn set(&mut self, id: TaskId, gone: bool) {
        self.changed_unasked.insert(id);
        if gone && self.gone.insert(id) {
            self.deleted_unasked.insert(id);
        } else if !gone {
            self.gone.remove(&id);
        }
    }

    fn run(&mut self, call: &ToolCall) -> Value {
        let touch = Touch::of(call);
        if !touch.takes_back {
            self.changes.push(touch.changed.iter().map(|id| (*id, self.gone.contains(id))).collect());
            self.undone.clear();
            for id in &touch.changed {
                self.set(*id, touch.deleted.contains(id) || self.gone.contains(id));
            }
            let items: Vec<_> = touch.changed.iter().map(|id| json!({"id": id, "ok": true})).collect();
            return json!({"kind": "changed", "items": items, "operations": []});
        }
        let again = matches!(call, ToolCall::RedoLast(_));
        let group = if again { self.undone.pop() } else { self.changes.pop() }.unwrap();
        let back = group.keys().map(|id| (*id, self.gone.contains(id))).collect();
        if again {
            self.changes.push(back);
        } else {
            self.undone.push(back);
        }
        group.iter().for_each(|(id, gone)| self.set(*id, *gone));
        let brief = |id: &TaskId| json!({"id": id, "title": "T", "status": "open", "deleted": self.gone.contains(id)});
        let tasks: Vec<_> = group.keys().map(brief).collect();
        json!({"kind": if again { "redone" } else { "undone" }, "tasks": tasks, "operations": []})
    }
}

fn result(id: &CallId, status: CallStatus, result: ToolResult) -> TurnEventBody {
    TurnEventBody::ToolResult { id: id.clone(), status, result }
}

/// A turn in which the model proposes these calls, one a step, and the person says no to every question.
fn turn(world: &mut World, past: &[PastTurn], proposals: &[ToolCall]) -> Vec<TurnEventBody> {
    let background = Background::of(&Wording::of("What is on my list?"), past, &[]);
    let mut events: Vec<TurnEventBody> = Vec::new();
    let (limits, mut proposals) = (Limits { steps: 100, repeats: 100, ..Limits::default() }, proposals.iter());
    let mut looks: Vec<(CallId, Look)> = Vec::new();
    loop {
        let mut progress = Progress::after(background.clone(), &events);
        looks.iter().for_each(|(id, look)| progress.looked(id, look.clone()));
        match progress.next_step(&limits) {
            NextStep::CallModel => match proposals.next() {
                Some(call) => events.push(TurnEventBody::ToolCall {
                    id: CallId::new(format!("c{}", events.len())).unwrap(),
                    name: call.name().to_owned(),
                    arguments: call.arguments(),
                }),
                None => {
                    progress.step_begun();
                    progress.step_finished(StepFinish::Stop);
                    return events;
                }
            },
            NextStep::Look(calls) => looks.extend(calls.into_iter().map(|ProposedCall { id, call }| {
                let look = match call {
                    ToolCall::UndoLast(_) => world.look(false),
                    ToolCall::RedoLast(_) => world.look(true),
                    _ => Look::default(),
                };
                (id, look)
            })),
            NextStep::Run(ProposedCall { id, call }, _) => {
                let done = serde_json::from_value(world.run(&call)).unwrap();
                events.push(result(&id, CallStatus::Done, done));
            }
            NextStep::Conclude { id, status, result: given } => events.push(result(&id, status, given)),
            NextStep::Ask(questions) => {
                for question in questions {
                    let call_id = question.call.id.clone();
                    let (summary, approved) = (question.summary.unwrap_or_default(), Some(false));
                    events.push(TurnEventBody::Confirmation { call_id: call_id.clone(), summary, approved });
                    events.push(result(&call_id, CallStatus::Declined, ToolResult::Declined));
                }
            }
            other => panic!("{other:?}"),
        }
    }
}

fn call() -> impl Strategy<Value = ToolCall> {
    let ids = || prop::collection::vec(1..=TASKS, 1..4);
    let of = |name: &'static str| ids().prop_map(move |ids| ToolCall::parse(name, json!({ "ids": ids })).unwrap());
    let plain = |name: &'static str| Just(ToolCall::parse(name, json!({})).unwrap());
    prop_oneof![of("delete_tasks"), of("complete_tasks"), of("reopen_tasks"), plain("undo_last"), plain("redo_last")]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_sequence_of_calls_does_more_than_the_bounds_allow(
        turns in prop::collection::vec(prop::collection::vec(call(), 0..12), 1..9)
    ) {
        let (mut world, mut past) = (World::default(), Vec::new());
        for proposals in turns {
            let before = (world.deleted_unasked.len(), world.changed_unasked.len());
            let events = turn(&mut world, &past, &proposals);
            prop_assert!(world.deleted_unasked.len() - before.0 < Bounds::TURN.deletes_from);
            prop_assert!(world.changed_unasked.len() - before.1 <= Bounds::TURN.changes_above);
            past.push(PastTurn {
                message: "What is on my list?".to_owned(),
                by_model: true,
                in_conversation: true,
                in_window: true,
                events,
                titles: HashMap::new(),
            });
        }
        prop_assert!(world.deleted_unasked.len() < Bounds::WINDOW.deletes_from);
        prop_assert!(world.changed_unasked.len() <= Bounds::WINDOW.changes_above);
    }
}
