//! Tells a request's connection that it is at work, from its head to the end of its answer.

use crate::pace::paced;
use crate::registry::Line;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage};
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

pin_project! {
    /// The body of an answer whose connection is at work until it ends.
    pub struct Held<B> {
        #[pin]
        body: B,
        at_work: Option<AtWork>,
    }
}

struct AtWork(Arc<Line>);

impl AtWork {
    fn begin(line: Arc<Line>) -> Self {
        line.begin();
        Self(line)
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// The middleware around everything else, for servers that [`listen`](crate::listen()) starts: bodies have to come at
/// their pace, and while a request is answered no deadline concerns its connection.
///
/// # Errors
/// Those of what is within.
pub async fn hold<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<Held<B>>, Error> {
    let line = request.request().conn_data::<Arc<Line>>().cloned();
    let has_body = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];
    if has_body.iter().any(|name| request.headers().contains_key(name)) {
        let payload = request.take_payload();
        request.set_payload(paced(payload, line.clone()));
    }
    let at_work = line.map(AtWork::begin);
    let response = next.call(request).await?;
    Ok(response.map_body(|_, body| Held { body, at_work }))
}

impl<B: MessageBody> MessageBody for Held<B> {
    type Error = B::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.project().body.poll_next(cx)
    }
}
