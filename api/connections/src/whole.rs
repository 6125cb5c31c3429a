//! What changes something is done to its end.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::middleware::Next;
use actix_web::{Error, rt};

/// The middleware that goes on with a request that may change something when its client has left, so that what follows
/// a write is not left out. It stands within [`hold`](crate::hold), whose connection is gone by then.
///
/// # Errors
/// Those of what is within, and 500 if that panics.
pub async fn whole<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method().is_safe() {
        return next.call(request).await;
    }
    rt::spawn(async move { next.call(request).await }).await.map_err(ErrorInternalServerError)?
}
