//! `/planner`.

use super::{TraceHeaders, probe};
use crate::error::ApiError;
use crate::http::Json;
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{get, post, web};
use todo_contract::ProbeReport;
use todo_contract::step::PlannerInfo;

/// Who would plan
///
/// `available` is false while the agent cannot be reached: tasks go on working, and a turn can ask for the
/// planner `builtin`.
#[utoipa::path(tag = "chat", responses((status = 200, body = PlannerInfo)))]
#[get("/planner")]
pub(in crate::chat) async fn planner(_: Identity, state: web::Data<AppState>) -> Json<PlannerInfo> {
    Json(state.chat.planner_info.get(&state).await)
}

/// Try the model out
///
/// Asks the model a few small things, which takes a while (up to 90 s) and costs a few hundred tokens. Three times a
/// minute and once at a time at most; 409 `no_model` if there is none, 503 `agent_unavailable` if nothing can be said.
#[utoipa::path(tag = "chat", responses((status = 200, body = ProbeReport)))]
#[post("/planner/probe")]
pub(in crate::chat) async fn probe_model(
    identity: Identity,
    trace: TraceHeaders,
    state: web::Data<AppState>,
) -> Result<Json<ProbeReport>, ApiError> {
    probe::probe(&state, identity.user_id, &trace).await.map(Json)
}
