//! An agent that answers from a script, over real HTTP. It complains about a request that the script does
//! not have, and about a reply that no request took.

use super::reply::{Gate, Piece, Reply};
use actix_web::dev::ServerHandle;
use actix_web::web::{Bytes, Data, Json};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::{Stream, stream};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often a silent reply shows that it is alive: only so does it notice that the client is gone.
const TICK: Duration = Duration::from_millis(10);

#[derive(Default)]
struct Script {
    replies: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Value>>,
    request_ids: Mutex<Vec<String>>,
    complaints: Mutex<Vec<String>>,
    cancelled: Mutex<usize>,
    probes: Mutex<VecDeque<ProbeReply>>,
    is_without_model: AtomicBool,
}

/// What the agent answers to a trial of its model: status and body, once the gate is open.
pub(super) type ProbeReply = (u16, Value, Option<Gate>);

pub(super) struct ScriptedAgent {
    url: String,
    script: Arc<Script>,
    server: ServerHandle,
}

impl ScriptedAgent {
    pub(super) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let script = Arc::new(Script { replies: Mutex::new(replies.into_iter().collect()), ..Script::default() });
        let data = Data::from(Arc::clone(&script));
        let routes = move || {
            App::new()
                .app_data(data.clone())
                .route("/v1/step", web::post().to(step))
                .route("/v1/info", web::get().to(info))
                .route("/v1/probe", web::post().to(probe))
        };
        let server = HttpServer::new(routes).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { url, script, server: handle }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The bodies of the requests so far.
    pub(super) fn requests(&self) -> Vec<Value> {
        self.script.requests.lock().unwrap().clone()
    }

    /// The ids under which the requests are to be logged.
    pub(super) fn request_ids(&self) -> Vec<String> {
        self.script.request_ids.lock().unwrap().clone()
    }

    /// The messages of request `at`, in short: role, then words, calls or status.
    pub(super) fn messages(&self, at: usize) -> Vec<String> {
        let messages = self.requests()[at]["messages"].as_array().unwrap().clone();
        messages.iter().map(brief).collect()
    }

    /// How many replies were cut off because the client went away.
    pub(super) fn cancelled(&self) -> usize {
        *self.script.cancelled.lock().unwrap()
    }

    /// What trials of the model are answered with.
    pub(super) fn answer_probes(&self, replies: impl IntoIterator<Item = ProbeReply>) {
        self.script.probes.lock().unwrap().extend(replies);
    }

    /// Says from now on that it has no model: the built-in planner is its default.
    pub(super) fn lose_model(&self) {
        self.script.is_without_model.store(true, Ordering::SeqCst);
    }

    /// Is gone from now on, in mid-answer too.
    pub(super) async fn kill(&self) {
        self.server.stop(false).await;
    }

    /// Checks that the script was followed to its end.
    pub(super) fn verify(&self) {
        let complaints = self.script.complaints.lock().unwrap().clone();
        assert_eq!(complaints, Vec::<String>::new());
        assert_eq!(self.script.replies.lock().unwrap().len(), 0, "replies that nobody asked for");
    }
}

fn brief(message: &Value) -> String {
    let text = message["text"].as_str().unwrap_or_default();
    match message["role"].as_str().unwrap() {
        "tool" => format!("tool {} {}", message["call_id"].as_str().unwrap(), message["status"].as_str().unwrap()),
        role => {
            let calls = message["calls"].as_array().cloned().unwrap_or_default();
            let names: Vec<_> = calls.iter().map(|call| call["name"].as_str().unwrap()).collect();
            [role, text, &names.join(",")].join(" ").trim_end().to_owned()
        }
    }
}

async fn info(script: Data<Script>) -> HttpResponse {
    let info = match script.is_without_model.load(Ordering::SeqCst) {
        true => json!({"available": true, "default": "builtin"}),
        false => json!({"available": true, "default": "openai", "model": "scripted", "host": "here"}),
    };
    HttpResponse::Ok().json(info)
}

async fn probe(request: HttpRequest, script: Data<Script>) -> HttpResponse {
    script.take_headers(&request);
    let reply = script.probes.lock().unwrap().pop_front();
    let Some((status, body, gate)) = reply else {
        script.complain("no reply is left for a trial".to_owned());
        return HttpResponse::InternalServerError().finish();
    };
    if let Some(gate) = gate {
        gate.passed().await;
    }
    HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap()).json(body)
}

impl Script {
    fn complain(&self, text: String) {
        self.complaints.lock().unwrap().push(text);
    }

    fn take_headers(&self, request: &HttpRequest) {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        self.request_ids.lock().unwrap().extend(header("x-request-id"));
        let bearer = header("authorization");
        if bearer.as_deref() != Some("Bearer 0123456789abcdef") {
            self.complain(format!("the token is {bearer:?}"));
        }
    }
}

async fn step(request: HttpRequest, script: Data<Script>, body: Json<Value>) -> HttpResponse {
    script.take_headers(&request);
    script.requests.lock().unwrap().push(body.0.clone());
    let Some(reply) = script.replies.lock().unwrap().pop_front() else {
        script.complain(format!("no reply is left for {body:?}"));
        return HttpResponse::InternalServerError().finish();
    };
    if reply.status != 200 {
        return HttpResponse::build(actix_web::http::StatusCode::from_u16(reply.status).unwrap()).finish();
    }
    let guard = Guard { script: script.into_inner(), complete: false };
    HttpResponse::Ok().content_type("text/event-stream").streaming(pieces(reply.pieces.into(), guard))
}

/// Notices when a reply is dropped before its end.
struct Guard {
    script: Arc<Script>,
    complete: bool,
}

impl Guard {
    /// From here on, it is not the client who cuts the reply off.
    fn complete(&mut self) {
        self.complete = true;
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.complete {
            *self.script.cancelled.lock().unwrap() += 1;
        }
    }
}

fn pieces(pieces: VecDeque<Piece>, guard: Guard) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::unfold((pieces, guard), |(mut pieces, mut guard)| async move {
        let result = match pieces.front() {
            None => {
                guard.complete();
                return None;
            }
            Some(Piece::Gate(gate)) => match tokio::time::timeout(TICK, gate.passed()).await {
                Ok(()) => {
                    pieces.pop_front();
                    Ok(Bytes::from_static(b": go on\n\n"))
                }
                Err(_) => Ok(Bytes::from_static(b": waiting\n\n")),
            },
            Some(Piece::Break) => {
                guard.complete();
                Err(std::io::Error::other("the script says so"))
            }
            Some(Piece::Event(name, data)) => {
                let bytes = Bytes::from(format!("event: {name}\ndata: {data}\n\n"));
                pieces.pop_front();
                Ok(bytes)
            }
        };
        Some((result, (pieces, guard)))
    })
}
