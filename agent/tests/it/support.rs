//! The real service on a port of its own, and a client.

use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use std::time::Duration;
use todo_agent::server::{self, Running};
use todo_agent::settings::Settings;
use todo_contract::StepEvent;

pub(crate) const TOKEN: &str = "0123456789abcdef-test";

/// Longer than anything here takes; a test that needs it is about to fail.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Agent {
    pub(crate) running: Running,
    client: Client,
}

/// Settings with a model at `base_url` and quick retries.
pub(crate) fn settings(base_url: Option<&str>, more: &[(&str, &str)]) -> Settings {
    let lookup = |name: &str| {
        let given = more.iter().find(|(n, _)| *n == name).map(|(_, value)| *value);
        let usual = match name {
            "AGENT_TOKEN" => Some(TOKEN),
            "AGENT_BIND" => Some("127.0.0.1:0"),
            "AGENT_WORKERS" => Some("1"),
            "OPENAI_BASE_URL" => base_url,
            "OPENAI_MODEL" => base_url.map(|_| "scripted"),
            _ => None,
        };
        given.or(usual).map(str::to_owned)
    };
    let mut settings = Settings::read(&lookup).unwrap();
    if let Some(model) = &mut settings.model {
        model.retry_base = Duration::from_millis(2);
    }
    settings
}

impl Agent {
    pub(crate) fn start(settings: &Settings) -> Self {
        todo_agent::install_crypto();
        let client = Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        Self { running: server::start(settings).unwrap(), client }
    }

    /// With a model at `base_url`.
    pub(crate) fn with_model(base_url: &str) -> Self {
        Self::start(&settings(Some(base_url), &[]))
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path)).timeout(PATIENCE)
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(self.url(path)).timeout(PATIENCE)
    }

    /// Sends a step and gives its answer as it begins.
    pub(crate) async fn begin(&self, body: &Value) -> Stream {
        let response = self.post("/v1/step").bearer_auth(TOKEN).json(body).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream { response, buffer: String::new() }
    }

    /// Sends a step and gives all its events.
    pub(crate) async fn step(&self, body: &Value) -> Vec<StepEvent> {
        let mut stream = self.begin(body).await;
        let mut events = Vec::new();
        while let Some(event) = stream.next().await {
            events.push(event);
        }
        events
    }
}

/// The events of a step, as they come.
pub(crate) struct Stream {
    response: Response,
    buffer: String,
}

impl Stream {
    pub(crate) async fn next(&mut self) -> Option<StepEvent> {
        loop {
            if let Some((frame, rest)) = self.buffer.split_once("\n\n") {
                let (frame, rest) = (frame.to_owned(), rest.to_owned());
                self.buffer = rest;
                if frame.starts_with(':') {
                    continue;
                }
                return Some(read(&frame));
            }
            let bytes = self.response.chunk().await.unwrap()?;
            self.buffer.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

fn read(frame: &str) -> StepEvent {
    let (event, data) = frame.split_once('\n').unwrap();
    let event = event.strip_prefix("event: ").unwrap();
    let data: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
    serde_json::from_value(json!({"event": event, "data": data})).unwrap()
}

/// A step request with these messages.
pub(crate) fn request(messages: &Value) -> Value {
    json!({"context": {"now": "2027-03-01T09:00:00Z", "time_zone": "Europe/Berlin"}, "messages": messages})
}

/// A step request of one saying.
pub(crate) fn saying(text: &str) -> Value {
    request(&json!([{"role": "user", "text": text}]))
}

/// All text of a step in one.
pub(crate) fn text_of(events: &[StepEvent]) -> String {
    let texts = events.iter().filter_map(|event| match event {
        StepEvent::Text { text } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Names and arguments of a step's calls.
pub(crate) fn calls_of(events: &[StepEvent]) -> Vec<(String, Value)> {
    let calls = events.iter().filter_map(|event| match event {
        StepEvent::Call(proposed) => Some((proposed.call.name().to_owned(), proposed.call.arguments())),
        _ => None,
    });
    calls.collect()
}

/// How a step ended: its finish, or the code of its error.
pub(crate) fn end_of(events: &[StepEvent]) -> String {
    match events.last() {
        Some(StepEvent::Finished { finish }) => serde_json::to_value(finish).unwrap().as_str().unwrap().to_owned(),
        Some(StepEvent::Error { code, .. }) => code.clone(),
        other => panic!("a step ended with {other:?}"),
    }
}
