//! What a scripted agent answers.

use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::watch;

/// Holds a reply until the test opens it.
#[derive(Clone)]
pub(super) struct Gate(Arc<watch::Sender<bool>>);

impl Gate {
    pub(super) fn closed() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub(super) fn open(&self) {
        self.0.send_replace(true);
    }

    pub(super) async fn passed(&self) {
        self.0.subscribe().wait_for(|open| *open).await.unwrap();
    }
}

pub(super) enum Piece {
    Event(&'static str, Value),
    Gate(Gate),
    /// The connection breaks.
    Break,
}

pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) pieces: Vec<Piece>,
}

impl Reply {
    /// A model takes the step up.
    pub(super) fn new() -> Self {
        let started = Piece::Event("started", json!({"planner": "openai", "model": "scripted"}));
        Self { status: 200, pieces: vec![started] }
    }

    /// Another status than 200, and nothing else.
    pub(super) fn status(status: u16) -> Self {
        Self { status, pieces: Vec::new() }
    }

    /// A whole answer.
    pub(super) fn says(text: &str) -> Self {
        Self::new().text(text).finish("stop")
    }

    /// A single call.
    pub(super) fn calls(id: &str, name: &str, arguments: Value) -> Self {
        Self::new().call(id, name, arguments).finish("tool_calls")
    }

    fn event(mut self, name: &'static str, data: Value) -> Self {
        self.pieces.push(Piece::Event(name, data));
        self
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.event("text", json!({ "text": text }))
    }

    pub(super) fn call(self, id: &str, name: &str, arguments: Value) -> Self {
        self.event("call", json!({"id": id, "name": name, "arguments": arguments}))
    }

    /// What is to be carried back to the planner.
    pub(super) fn carry(self, carry: &str) -> Self {
        self.event("carry", json!({ "carry": carry }))
    }

    pub(super) fn usage(self, input: u64, output: u64) -> Self {
        self.event("usage", json!({"input_tokens": input, "output_tokens": output}))
    }

    pub(super) fn error(self, code: &str, retryable: bool) -> Self {
        self.event("error", json!({"code": code, "detail": "The model says no.", "retryable": retryable}))
    }

    pub(super) fn finish(self, finish: &str) -> Self {
        self.event("finished", json!({ "finish": finish }))
    }

    pub(super) fn gate(mut self, gate: &Gate) -> Self {
        self.pieces.push(Piece::Gate(gate.clone()));
        self
    }

    pub(super) fn breaks_off(mut self) -> Self {
        self.pieces.push(Piece::Break);
        self
    }
}
