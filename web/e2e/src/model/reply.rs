use super::dialect::Dialect;
use super::dialect::chat;
use super::dialect::responses::Responses;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Holds an answer back until the test opens it.
#[derive(Clone, Debug)]
pub struct Gate(Arc<watch::Sender<bool>>);

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Lets everything that waits, now or later, go on.
    pub fn open(&self) {
        self.0.send_replace(true);
    }

    pub(super) async fn pass(&self) {
        let mut open = self.0.subscribe();
        // The sender lives as long as this gate, so that waiting cannot fail.
        let _ = open.wait_for(|open| *open).await;
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Clone, Debug)]
pub(super) enum Part {
    Bytes(Vec<u8>),
    /// These three look otherwise in each dialect.
    Text(String),
    Call(Call),
    End(String),
    Gate(Gate),
    Pause(Duration),
    Hang,
    Abort,
}

#[cfg(test)]
impl Part {
    /// What is sent, if it is rendered.
    pub(super) fn bytes(self) -> Option<Vec<u8>> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) arguments: String,
}

/// An answer: status, headers, and a body in parts.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) parts: Vec<Part>,
}

impl Reply {
    /// An answer of this status and content type, still without a body.
    #[must_use]
    pub fn new(status: u16, content_type: &str) -> Self {
        Self { status, headers: vec![("content-type".into(), content_type.into())], parts: Vec::new() }
    }

    /// A JSON answer, such as an error.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json").bytes(body.to_string())
    }

    /// An error in OpenAI's form.
    #[must_use]
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, &json!({"error": {"message": message, "type": code, "code": code, "param": null}}))
    }

    /// An empty event stream (200).
    #[must_use]
    pub fn stream() -> Self {
        Self::new(200, "text/event-stream")
    }

    /// A whole streamed answer in words, one chunk a piece.
    #[must_use]
    pub fn text<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        pieces.into_iter().fold(Self::stream(), Self::piece).end("stop")
    }

    /// A whole streamed answer that calls tools: name and arguments of each.
    #[must_use]
    pub fn calls<'a>(calls: impl IntoIterator<Item = (&'a str, Value)>) -> Self {
        let calls = calls.into_iter().enumerate();
        calls
            .fold(Self::stream(), |reply, (index, (name, arguments))| reply.call(index, name, &arguments))
            .end("tool_calls")
    }

    /// Adds a piece of text, in the dialect of the request.
    #[must_use]
    pub fn piece(self, text: &str) -> Self {
        self.part(Part::Text(text.to_owned()))
    }

    /// Adds a tool call as OpenAI streams it: its head first, then its arguments in two pieces.
    #[must_use]
    pub fn call(self, index: usize, name: &str, arguments: &Value) -> Self {
        self.part(Part::Call(Call { index, name: name.to_owned(), arguments: arguments.to_string() }))
    }

    fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// Adds a chunk of Chat Completions with this `delta`.
    #[must_use]
    pub fn delta(self, delta: Value) -> Self {
        self.bytes(chat::delta(delta))
    }

    /// Adds a chunk of Chat Completions; `id`, `object` and `model` are filled in.
    #[must_use]
    pub fn chunk(self, chunk: &Value) -> Self {
        self.bytes(chat::chunk(chunk))
    }

    /// Adds an event with this text as its data.
    #[must_use]
    pub fn data(self, data: &str) -> Self {
        self.bytes(format!("data: {data}\n\n"))
    }

    /// Ends a stream as OpenAI does: a finish reason of Chat Completions (or what corresponds to it), the usage (100
    /// and 10 tokens), and `[DONE]` where that is the custom.
    #[must_use]
    pub fn end(self, finish_reason: &str) -> Self {
        self.part(Part::End(finish_reason.to_owned()))
    }

    /// Adds raw bytes, sent as a chunk of their own.
    #[must_use]
    pub fn bytes(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.part(Part::Bytes(bytes.into()))
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Waits here until the gate opens.
    #[must_use]
    pub fn gate(self, gate: &Gate) -> Self {
        self.part(Part::Gate(gate.clone()))
    }

    /// Lets this time pass, as a model does between two words.
    #[must_use]
    pub fn pause(self, time: Duration) -> Self {
        self.part(Part::Pause(time))
    }

    /// Stays silent from here on, until the client goes away.
    #[must_use]
    pub fn hang(self) -> Self {
        self.part(Part::Hang)
    }

    /// Breaks the connection here.
    #[must_use]
    pub fn abort(self) -> Self {
        self.part(Part::Abort)
    }

    /// The parts as they are sent in this dialect: bytes, and what interrupts them.
    pub(super) fn rendered(self, dialect: Dialect) -> Vec<Part> {
        let mut responses = Responses::default();
        let render = |part| match (part, dialect) {
            (Part::Text(text), Dialect::Chat) => chat::text(&text),
            (Part::Call(call), Dialect::Chat) => chat::call(&call),
            (Part::End(reason), Dialect::Chat) => chat::end(&reason),
            (Part::Text(text), Dialect::Responses) => responses.text(&text),
            (Part::Call(call), Dialect::Responses) => responses.call(&call),
            (Part::End(reason), Dialect::Responses) => responses.end(&reason),
            (other, _) => vec![other],
        };
        self.parts.into_iter().flat_map(render).collect()
    }
}
