//! Walks the OpenAPI document: what belongs to somebody else is not there, and nobody gets in without a session.
//! A route that is added is tested by itself, or fails here until it can be.

use crate::support::{TestApp, TestClient};
use serde_json::{Value, json};
use uuid::Uuid;

/// The routes that need no session.
const PUBLIC: [&str; 5] = [
    "GET /api/instance",
    "POST /api/auth/login",
    "POST /api/auth/logout",
    "POST /api/auth/refresh",
    "POST /api/auth/register",
];

struct Operation {
    method: String,
    path: String,
    is_public: bool,
    body: Option<Value>,
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(todo_api::openapi::document()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let body = &operation["requestBody"]["content"]["application/json"]["schema"];
            found.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                is_public: operation["security"] == json!([{}]),
                body: (!body.is_null()).then(|| sample(schema_name(body))),
            });
        }
    }
    assert!(found.len() >= 40, "{}", found.len());
    found
}

/// `#/components/schemas/TaskPatch`, directly or as the part of a `oneOf` that is not null.
fn schema_name(schema: &Value) -> &str {
    let reference = schema["$ref"].as_str().or_else(|| {
        let parts = schema["oneOf"].as_array()?;
        parts.iter().find_map(|part| part["$ref"].as_str())
    });
    reference.unwrap_or_else(|| panic!("a body without a named schema: {schema}")).rsplit('/').next().unwrap()
}

/// A body that its route takes.
fn sample(schema: &str) -> Value {
    match schema {
        "AccountPatch" | "TaskPatch" | "NewConversation" | "RetryRequest" | "UndoRequest" | "InvitationRequest" => {
            json!({})
        }
        "AccountDeletion" | "Reauthentication" => json!({ "password": "correct horse" }),
        "ApiTokenRequest" => json!({ "name": "script", "scope": "read" }),
        "Batch" => json!({ "action": "complete", "ids": [1] }),
        "ChatRequest" => json!({ "message": "hi" }),
        "Confirmation" => json!({ "approve": false }),
        "ConversationPatch" => json!({ "title": "Mine now" }),
        "Credentials" | "Registration" => json!({ "email": "x@example.org", "password": "correct horse" }),
        "NewTask" => json!({ "title": "Milk" }),
        "PasswordChange" => json!({ "current_password": "correct horse", "new_password": "battery staple" }),
        "TurnRequest" => json!({ "id": Uuid::from_u128(99), "message": "hi" }),
        "TaskMove" => json!({ "before": null }),
        "Document" => json!({ "tasks": [] }),
        other => panic!("add a sample of {other}"),
    }
}

/// Things of Ada's, by the word that stands before the id in a path.
struct Things {
    task: Value,
    operation: Value,
    conversation: String,
    turn: String,
    session: Value,
    token: Value,
    job: String,
    invitation: Value,
}

impl Things {
    async fn of(ada: &TestClient) -> Self {
        let (_, task) = ada.post("/api/tasks", json!({ "title": "Ada's" })).await;
        let (_, conversation) = ada.post("/api/conversations", json!({})).await;
        let conversation = conversation["id"].as_str().unwrap().to_owned();
        let turn = Uuid::from_u128(7).to_string();
        let said = json!({ "id": turn, "message": "hi" });
        let (status, answer) = ada.post(&format!("/api/conversations/{conversation}/turns"), said).await;
        assert_eq!(status, 201, "{answer}");
        let first = async |path| ada.get(path).await.1["items"][0]["id"].clone();
        ada.token("read").await;
        let many: Vec<Value> = (0..1_001).map(|n| json!({ "title": format!("Task {n}") })).collect();
        let (_, job) = ada.post("/api/me/import", json!({ "tasks": many })).await;
        let job = ada.ended(&job).await["id"].as_str().unwrap().to_owned();
        let (_, invitation) = ada.post("/api/invitations", json!({})).await;
        Self {
            task: task["id"].clone(),
            operation: first("/api/operations").await,
            session: first("/api/me/sessions").await,
            token: first("/api/me/tokens").await,
            invitation: invitation["id"].clone(),
            conversation,
            turn,
            job,
        }
    }

    /// `path` with its ids filled in.
    fn fill_in(&self, path: &str) -> String {
        let mut filled: Vec<String> = Vec::new();
        for part in path.split('/') {
            let value = match (part.starts_with('{'), filled.last().map(String::as_str)) {
                (false, _) => part.to_owned(),
                (true, Some("tasks")) => self.task.to_string(),
                (true, Some("operations")) => self.operation.to_string(),
                (true, Some("conversations")) => self.conversation.clone(),
                (true, Some("turns")) => self.turn.clone(),
                (true, Some("confirmations")) => "call_1".to_owned(),
                (true, Some("sessions")) => self.session.as_str().unwrap().to_owned(),
                (true, Some("jobs")) => self.job.clone(),
                (true, Some("invitations")) => self.invitation.as_str().unwrap().to_owned(),
                (true, Some("tokens")) => self.token.as_str().unwrap().to_owned(),
                (true, before) => panic!("what does {part} after {before:?} name in {path}?"),
            };
            filled.push(value);
        }
        filled.join("/")
    }
}

async fn status(client: &TestClient, operation: &Operation, path: &str) -> u16 {
    let request = client.request(&operation.method, path);
    let request = match &operation.body {
        Some(body) => request.json(body),
        None => request,
    };
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn what_belongs_to_somebody_else_is_not_there() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.register().await, app.register().await);
    let things = Things::of(&ada).await;
    let mut walked = 0;
    for operation in operations().iter().filter(|operation| operation.path.contains('{')) {
        let name = format!("{} {}", operation.method, operation.path);
        let path = things.fill_in(&operation.path);
        assert_eq!(status(&bob, operation, &path).await, 404, "{name}");
        if operation.method == "GET" {
            assert_eq!(status(&ada, operation, &path).await, 200, "{name}: it is there for its owner");
        }
        walked += 1;
    }
    assert!(walked >= 18, "{walked}");
}

#[tokio::test]
async fn nobody_gets_in_without_a_session() {
    let app = TestApp::start().await;
    let things = Things::of(&app.register().await).await;
    let mut public: Vec<String> = Vec::new();
    for operation in operations() {
        let name = format!("{} {}", operation.method, operation.path);
        if operation.is_public {
            public.push(name);
            continue;
        }
        let path = things.fill_in(&operation.path);
        assert_eq!(status(&app.visitor(), &operation, &path).await, 401, "{name}");
    }
    public.sort_unstable();
    assert_eq!(public, PUBLIC);
}
