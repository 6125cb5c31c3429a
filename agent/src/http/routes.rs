use super::auth::require_token;
use super::observed::observed;
use super::problem::HttpError;
use super::{body, sse};
use crate::planner::{Planners, Trace};
use actix_web::middleware::from_fn;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use futures_util::{StreamExt, future, stream};
use serde_json::json;
use todo_contract::{PlannerKind, StepEvent};

/// All routes of the service.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    let wrong_method = || web::to(|| future::ready(HttpResponse::from_error(HttpError::MethodNotAllowed)));
    let step = web::resource("/step").route(web::post().to(step)).default_service(wrong_method());
    let probe = web::resource("/probe").route(web::post().to(probe)).default_service(wrong_method());
    let info = web::resource("/info").route(web::get().to(info)).default_service(wrong_method());
    config
        .service(web::resource("/healthz").route(web::get().to(alive)).default_service(wrong_method()))
        .service(web::resource("/readyz").route(web::get().to(ready)).default_service(wrong_method()))
        .service(web::scope("/v1").wrap(from_fn(require_token)).service(step).service(probe).service(info))
        .default_service(web::to(|| future::ready(HttpResponse::from_error(HttpError::NotFound))));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "alive"}))
}

/// Ready as soon as it listens: it depends on nothing, and least of all on the model.
async fn ready() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ready"}))
}

async fn info(planners: web::Data<Planners>) -> HttpResponse {
    HttpResponse::Ok().json(planners.info())
}

/// Tries the model out: `200` with a [`todo_contract::ProbeReport`], `409 no_model` if there is none.
async fn probe(planners: web::Data<Planners>) -> Result<HttpResponse, HttpError> {
    let report = planners.probe().await.ok_or(HttpError::NoModel)?;
    Ok(HttpResponse::Ok().json(report))
}

async fn step(
    request: HttpRequest,
    payload: web::Payload,
    planners: web::Data<Planners>,
) -> Result<HttpResponse, HttpError> {
    let step = body::read(&request, payload).await?;
    let trace = request.extensions().get::<Trace>().cloned().unwrap_or_default();
    let (kind, model, events) = match planners.choose(step.planner) {
        Ok(planner) => (planner.kind(), planner.model().map(str::to_owned), planner.step(step, trace)),
        Err(failure) => (PlannerKind::Openai, None, stream::iter([StepEvent::from(failure)]).boxed()),
    };
    let started = stream::iter([StepEvent::Started { planner: kind, model }]);
    Ok(sse::respond(observed(kind, started.chain(events).boxed())))
}
