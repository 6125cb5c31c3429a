//! What the chat's routes read from a request.

use super::planner::TraceHeaders;
use crate::error::ApiError;
use crate::http::{RequestId, TraceParent};
use crate::identity::Identity;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::convert::Infallible;
use std::future::{Ready, ready};
use todo_contract::TimeZoneName;
use todo_contract::limits::{PAGE_DEFAULT, PAGE_MAX};
use utoipa::IntoParams;

/// Which page of a list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageParams {
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
    /// Rows of the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

impl PageParams {
    pub(super) fn limit(&self) -> Result<u32, ApiError> {
        let limit = self.limit.unwrap_or(PAGE_DEFAULT);
        if (1..=PAGE_MAX).contains(&limit) {
            return Ok(limit);
        }
        Err(ApiError::field("limit", format!("must be 1 to {PAGE_MAX}")))
    }
}

impl FromRequest for TraceHeaders {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request_id = RequestId::from_request(request, payload).into_inner().map(|id| id.to_string()).ok();
        let traceparent = TraceParent::from_request(request, payload).into_inner().ok().and_then(|trace| trace.0);
        ready(Ok(Self { request_id, traceparent }))
    }
}

/// The zone that a message is meant in: its own, if it is one, or the account's.
pub(super) fn time_zone(identity: &Identity, own: Option<TimeZoneName>) -> Result<TimeZoneName, ApiError> {
    let Some(zone) = own else { return Ok(identity.time_zone.clone()) };
    match TimeZone::get(zone.as_str()) {
        Ok(_) => Ok(zone),
        Err(_) => Err(ApiError::field("time_zone", "is not a time zone; an example: Europe/Berlin")),
    }
}
