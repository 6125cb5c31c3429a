//! `GET /planner`.

use crate::http::Json;
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{get, web};
use todo_contract::step::PlannerInfo;

/// Who would plan
///
/// `available` is false while the agent cannot be reached: tasks go on working, and a turn can ask for the
/// planner `builtin`.
#[utoipa::path(tag = "Chat", responses((status = 200, body = PlannerInfo)))]
#[get("/planner")]
pub(in crate::chat) async fn planner(_: Identity, state: web::Data<AppState>) -> Json<PlannerInfo> {
    Json(state.chat.planner_info.get(&state).await)
}
