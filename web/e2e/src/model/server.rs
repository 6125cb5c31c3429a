use super::reply::{Part, Reply};
use super::step::{Received, Step};
use actix_web::dev::Server;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, PayloadConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

type Answerer = Box<dyn Fn(&Received) -> Reply + Send + Sync>;

#[derive(Default)]
struct Script {
    steps: VecDeque<Step>,
    received: Vec<Received>,
    complaints: Vec<String>,
}

pub(super) struct State {
    script: Mutex<Script>,
    /// In place of a script: answers everything, and remembers nothing.
    always: Option<Answerer>,
    changed: watch::Sender<()>,
}

impl State {
    pub(super) fn new(steps: VecDeque<Step>) -> Self {
        let script = Mutex::new(Script { steps, ..Script::default() });
        Self { script, always: None, changed: watch::Sender::new(()) }
    }

    pub(super) fn always(answer: Answerer) -> Self {
        Self { always: Some(answer), ..Self::new(VecDeque::new()) }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.script().received.clone()
    }

    pub(super) fn describe_received(&self) -> String {
        let received = self.received();
        let lines = received.iter().enumerate().map(|(n, r)| format!("  {n}: {} {}", r.path, shortened(&r.body)));
        format!("received {} requests:\n{}", received.len(), lines.collect::<Vec<_>>().join("\n"))
    }

    pub(super) fn verdict(&self) -> Result<(), String> {
        let mut complaints = {
            let script = self.script();
            let unused = script.steps.iter().map(|step| format!("no request used {step:?}"));
            script.complaints.iter().cloned().chain(unused).collect::<Vec<_>>()
        };
        if complaints.is_empty() {
            return Ok(());
        }
        complaints.push(self.describe_received());
        Err(complaints.join("\n"))
    }

    /// The index of the request and the answer to it. What breaks the script is told to the client
    /// with 400, since that is the one status that nobody retries.
    fn answer(&self, received: Received) -> (usize, Reply) {
        if let Some(always) = &self.always {
            return (usize::MAX, always(&received));
        }
        let mut script = self.script();
        let index = script.received.len();
        let complaints = match script.steps.front() {
            Some(step) => step.complaints(&received),
            None => vec!["the script expected no more requests".to_owned()],
        };
        script.received.push(received);
        let next = script.steps.pop_front();
        let reply = match next {
            Some(step) if complaints.is_empty() => step.reply,
            _ => Reply::error(400, "script_mismatch", &complaints.join("; ")),
        };
        script.complaints.extend(complaints.into_iter().map(|what| format!("request {index}: {what}")));
        drop(script);
        self.changed.send_replace(());
        (index, reply)
    }

    fn set_disconnected(&self, index: usize) {
        if let Some(received) = self.script().received.get_mut(index) {
            received.disconnected = true;
        }
        self.changed.send_replace(());
    }
}

/// A body without what is the same in every request: the tools and the system prompt.
fn shortened(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("tools");
        fields.remove("instructions");
    }
    for history in ["messages", "input"] {
        if let Some(messages) = body.get_mut(history).and_then(Value::as_array_mut) {
            messages.retain(|message| message.get("role").and_then(Value::as_str) != Some("system"));
        }
    }
    body
}

pub(super) fn bind(state: Arc<State>) -> io::Result<(Server, u16)> {
    let state = Data::from(state);
    let make_app = move || {
        App::new()
            .app_data(state.clone())
            .app_data(PayloadConfig::new(16 * 1024 * 1024))
            .default_service(web::to(handle))
    };
    let server = HttpServer::new(make_app)
        .workers(1)
        .tcp_nodelay(true)
        .disable_signals()
        .shutdown_timeout(1)
        .h1_allow_half_closed(false)
        .bind(("127.0.0.1", 0))?;
    let port = server.addrs().first().map(std::net::SocketAddr::port).ok_or(io::ErrorKind::AddrNotAvailable)?;
    Ok((server.run(), port))
}

async fn handle(request: HttpRequest, body: Bytes, state: Data<State>) -> HttpResponse {
    // A page of another test that looks for its own server, whose port is this one's now.
    if request.method() != Method::POST && !request.path().ends_with("/models") {
        return HttpResponse::NotFound().finish();
    }
    let headers = request.headers().iter();
    let received = Received {
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        headers: headers.map(|(n, v)| (n.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned())).collect(),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        disconnected: false,
    };
    let state = state.into_inner();
    let dialect = received.dialect();
    let (index, reply) = state.answer(received);
    let mut response = HttpResponse::build(StatusCode::from_u16(reply.status).unwrap_or(StatusCode::IM_A_TEAPOT));
    for (name, value) in &reply.headers {
        response.append_header((name.as_str(), value.as_str()));
    }
    response.streaming(play(reply.rendered(dialect), Watch { state, index, complete: false }))
}

/// Notes that the client went away, if it is dropped before the answer was complete.
struct Watch {
    state: Arc<State>,
    index: usize,
    complete: bool,
}

impl Watch {
    fn set_complete(&mut self) {
        self.complete = true;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !self.complete {
            self.state.set_disconnected(self.index);
        }
    }
}

fn play(parts: Vec<Part>, watch: Watch) -> impl Stream<Item = io::Result<Bytes>> {
    let parts = stream::unfold((parts.into_iter(), watch), |(mut parts, mut watch)| async move {
        let Some(part) = parts.next() else {
            watch.set_complete();
            return None;
        };
        let sent = match part {
            Part::Bytes(bytes) => Some(Ok(Bytes::from(bytes))),
            Part::Gate(gate) => {
                gate.pass().await;
                None
            }
            Part::Pause(time) => {
                tokio::time::sleep(time).await;
                None
            }
            // Rendered to bytes by now.
            Part::Text(_) | Part::Call(_) | Part::End(_) => None,
            Part::Hang => std::future::pending().await,
            Part::Abort => {
                // Being pending once makes the server flush what it has, so that the client gets it.
                tokio::task::yield_now().await;
                watch.set_complete();
                Some(Err(io::Error::from(io::ErrorKind::ConnectionReset)))
            }
        };
        Some((sent, (parts, watch)))
    });
    parts.filter_map(std::future::ready)
}
