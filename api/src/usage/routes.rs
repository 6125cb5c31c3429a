//! `/me/usage`.

use super::service;
use crate::error::ApiError;
use crate::http::{Json, ServiceConfig};
use crate::identity::Identity;
use crate::state::AppState;
use actix_web::{get, web};
use todo_contract::Usage;

/// The routes of this subject.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(usage);
}

/// Tokens that models read and wrote for the account, by month
///
/// Months are those of UTC. `cost` is at today's prices, and `null` if none is set. The built-in planner uses none.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Usage)))]
#[get("/me/usage")]
async fn usage(identity: Identity, state: web::Data<AppState>) -> Result<Json<Usage>, ApiError> {
    service::usage(&state, identity.user_id).await.map(Json)
}
