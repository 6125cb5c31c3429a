use serde_json::{Value, json};
use std::sync::Arc;
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
    Gate(Gate),
    Hang,
    Abort,
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

    /// Adds a piece of text.
    #[must_use]
    pub fn piece(self, text: &str) -> Self {
        self.delta(json!({"content": text}))
    }

    /// Adds a tool call as OpenAI streams it: its head first, then its arguments in two pieces.
    #[must_use]
    pub fn call(self, index: usize, name: &str, arguments: &Value) -> Self {
        let text = arguments.to_string();
        let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        let (first, second) = text.split_at(middle);
        let id = format!("call_scripted_{index}");
        let head = json!({"index": index, "id": id, "type": "function", "function": {"name": name, "arguments": ""}});
        let more = |piece: &str| json!({"tool_calls": [{"index": index, "function": {"arguments": piece}}]});
        self.delta(json!({"tool_calls": [head]})).delta(more(first)).delta(more(second))
    }

    /// Adds a chunk with this `delta`.
    #[must_use]
    pub fn delta(self, delta: Value) -> Self {
        self.chunk(&json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]}))
    }

    /// Adds a chunk; `id`, `object` and `model` are filled in.
    #[must_use]
    pub fn chunk(self, chunk: &Value) -> Self {
        let mut whole =
            json!({"id": "chatcmpl-scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted"});
        if let (Some(whole), Some(chunk)) = (whole.as_object_mut(), chunk.as_object()) {
            whole.extend(chunk.clone());
        }
        self.data(&whole.to_string())
    }

    /// Adds an event with this text as its data.
    #[must_use]
    pub fn data(self, data: &str) -> Self {
        self.bytes(format!("data: {data}\n\n"))
    }

    /// Ends a stream as OpenAI does: a finish reason, the usage (100 and 10 tokens), `[DONE]`.
    #[must_use]
    pub fn end(self, finish_reason: &str) -> Self {
        let usage = json!({"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110});
        self.chunk(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": finish_reason}]}))
            .chunk(&json!({"choices": [], "usage": usage}))
            .data("[DONE]")
    }

    /// Adds raw bytes, sent as a chunk of their own.
    #[must_use]
    pub fn bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push(Part::Bytes(bytes.into()));
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Waits here until the gate opens.
    #[must_use]
    pub fn gate(mut self, gate: &Gate) -> Self {
        self.parts.push(Part::Gate(gate.clone()));
        self
    }

    /// Stays silent from here on, until the client goes away.
    #[must_use]
    pub fn hang(mut self) -> Self {
        self.parts.push(Part::Hang);
        self
    }

    /// Breaks the connection here.
    #[must_use]
    pub fn abort(mut self) -> Self {
        self.parts.push(Part::Abort);
        self
    }
}
