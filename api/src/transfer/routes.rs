//! `/me/export` and `/me/import`.

use super::document::Document;
use super::export;
use super::import::{self, Imported, Outcome, Preview};
use crate::accounts::service::account;
use crate::error::{ApiError, Code};
use crate::http::{IdempotencyKey, Query, RawJson, ServiceConfig, route};
use crate::identity::{Author, Identity, RequestHash};
use crate::jobs::{self, ROWS_TO_WAIT_FOR};
use crate::journal::routes::replayed;
use crate::state::{AppState, apart};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder, get, post, web};
use serde::{Deserialize, Serialize};
use std::future::{Ready, ready};
use std::sync::{Arc, LazyLock};
use todo_contract::limits::IMPORT_MAX_BYTES;
use todo_contract::{Job, Problem};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use utoipa::ToSchema;

/// Imports whose documents are read at once.
const AT_ONCE: usize = 4;

/// Adds the routes.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(export_tasks).service(import_tasks);
}

/// The account and all its tasks, the trash included, as one JSON document.
#[utoipa::path(tag = "account", operation_id = "export", responses((status = 200, body = export::Document)))]
#[get("/me/export")]
async fn export_tasks(identity: Identity, state: web::Data<AppState>) -> Result<impl Responder, ApiError> {
    let account = account(&state, identity.user_id).await?;
    let document = export::document(state.get_ref().clone(), account, state.clock.now());
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"todo-export.json\""))
        .streaming(document))
}

/// The query of `POST /me/import`.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct How {
    /// Say what would be done, and do nothing.
    dry_run: bool,
    /// `keep`: take in also what is there already.
    #[param(inline)]
    duplicates: Duplicates,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum Duplicates {
    #[default]
    Skip,
    Keep,
}

/// Takes in the tasks of a document that was exported, in addition to those that are there. What is there already is
/// left. Undo-last takes back all that was taken in.
#[utoipa::path(tag = "account", operation_id = "import", request_body = Document, params(How,
    ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters"),
), responses(
    (status = 200, description = "What was done, or, with `dry_run`, would be", body = Answer,
     headers(("Idempotent-Replayed" = Option<String>))),
    (status = 202, description = "Of more than 1,000 new tasks: it goes on as a job", body = Job,
     headers(("Location" = String))),
    (status = 409, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 422, body = Problem, content_type = "application/problem+json"),
))]
#[post("/me/import")]
async fn import_tasks(
    identity: Identity,
    state: web::Data<AppState>,
    key: IdempotencyKey,
    how: Query<How>,
    request: HttpRequest,
    _place: Place,
    body: RawJson<IMPORT_MAX_BYTES>,
) -> Result<HttpResponse, ApiError> {
    let (body, how, route) = (body.0, how.0, route(&request));
    let author = identity.author(state.clock.now(), key.0);
    // Apart from the request: who goes away does not cut it off half-way. Off the threads that serve others.
    let reader = author.clone();
    let read = move || {
        let hash = RequestHash::of(&route, &body);
        import::read(&body, &reader).map(|document| (document, hash))
    };
    let (document, hash) = web::block(read).await.map_err(ApiError::internal)??;
    let author = Author { request_hash: author.idempotency_key.is_some().then_some(hash), ..author };
    let (own, user_id) = (state.get_ref().clone(), author.user_id);
    let work = async move {
        if let Some(outcome) = import::replay(&own, &author).await? {
            return Ok(Answered::Outcome(outcome, true));
        }
        let plan = import::plan(&own, &author, document, how.duplicates == Duplicates::Keep).await?;
        if how.dry_run {
            return Ok(Answered::Preview(plan.preview()));
        }
        import::write(&own, author, plan).await.map(|outcome| Answered::Outcome(outcome, false))
    };
    let imported = match apart(&state, work).await? {
        Answered::Preview(preview) => return Ok(HttpResponse::Ok().json(preview)),
        Answered::Outcome(Outcome::Done(imported), _) => imported,
        Answered::Outcome(Outcome::Begun(row), again) => {
            let job = row.job()?;
            if job.total > ROWS_TO_WAIT_FOR {
                return Ok(jobs::accepted(&job));
            }
            let job = jobs::ended(&jobs::wait(&state, user_id, job.id).await?)?;
            let result = job.result.unwrap_or_default();
            let (imported, known) = (result.imported.unwrap_or_default(), result.known.unwrap_or_default());
            Imported { imported, known, replayed: again }
        }
    };
    let mut response = HttpResponse::Ok();
    replayed(&mut response, imported.replayed);
    Ok(response.json(imported))
}

enum Answered {
    Preview(Preview),
    Outcome(Outcome, bool),
}

/// What an import answers.
#[derive(Serialize, ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
#[serde(untagged)]
enum Answer {
    /// It was done.
    Imported(Imported),
    /// It was only tried.
    Preview(Preview),
}

/// A place among the imports that are read at once: their documents take up memory.
struct Place(#[expect(dead_code, reason = "held until the answer")] OwnedSemaphorePermit);

impl FromRequest for Place {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(_: &HttpRequest, _: &mut Payload) -> Self::Future {
        static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));
        let busy = |_| ApiError {
            retry_after: Some(5),
            ..ApiError::new(Code::Overloaded, "Other imports are being read. Please try again shortly.")
        };
        ready(Arc::clone(&PLACES).try_acquire_owned().map(Self).map_err(busy))
    }
}
