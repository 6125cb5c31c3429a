//! The body of a request, read ahead as far as it is small: the api then waits for no slow client, and what is whole
//! can be sent again.

use crate::problem::Failure;
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::stream::{self, LocalBoxStream};
use futures_util::{Stream, StreamExt};
use std::error::Error;
use todo_connections::is_too_slow;

/// What is read before the api hears of the request, in bytes.
const READ_AHEAD: usize = 64 << 10;

/// A body without a length turned out to be larger than `MAX_BODY`, or one with a length to be longer.
#[derive(Debug, thiserror::Error)]
#[error("the body is too large")]
struct TooLarge;

/// A body on its way to the api.
pub(crate) enum Body {
    /// There is none.
    None,
    /// All of it.
    Whole(Bytes),
    /// What goes on, of this length if that was said.
    Streamed(Option<u64>, LocalBoxStream<'static, Result<Bytes, Box<dyn Error>>>),
}

impl Body {
    /// Reads the beginning of what comes with `request`, of which `max` bytes are passed on at most.
    pub(crate) async fn read(request: &HttpRequest, mut payload: Payload, max: u64) -> Result<Self, Failure> {
        let headers = request.headers();
        let chunked = headers.contains_key(header::TRANSFER_ENCODING);
        let length = length(headers).filter(|_| !chunked);
        if length.is_none() && !chunked {
            return Ok(Self::None);
        }
        if length.is_some_and(|length| length > max) {
            return Err(Failure::PayloadTooLarge);
        }
        // After such a head all that follows would be taken for the body.
        if headers.get(header::UPGRADE).is_some_and(|to| to.as_bytes().eq_ignore_ascii_case(b"websocket")) {
            return Err(Failure::BadRequest);
        }
        let mut ahead = BytesMut::new();
        while ahead.len() < READ_AHEAD {
            let Some(chunk) = payload.next().await else { return Ok(Self::Whole(ahead.freeze())) };
            ahead.extend_from_slice(&chunk.map_err(|error| failure_of(&error))?);
            if u64::try_from(ahead.len()).map_or(true, |read| read > length.unwrap_or(max)) {
                return Err(Failure::PayloadTooLarge);
            }
        }
        let whole = stream::once(async { Ok(ahead.freeze()) }).chain(payload);
        Ok(Self::Streamed(length, bounded(whole, length.unwrap_or(max)).boxed_local()))
    }

    /// Whether it can be sent again.
    pub(crate) fn again(&self) -> Option<Self> {
        match self {
            Self::None => Some(Self::None),
            Self::Whole(bytes) => Some(Self::Whole(bytes.clone())),
            Self::Streamed(..) => None,
        }
    }
}

/// `Content-Length`.
pub(crate) fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// What is wrong with a body that failed with `cause` while it was passed on.
pub(crate) fn failure(cause: &(dyn Error + 'static)) -> Failure {
    match cause.downcast_ref::<PayloadError>() {
        Some(error) => failure_of(error),
        None if cause.is::<TooLarge>() => Failure::PayloadTooLarge,
        None => Failure::BadRequest,
    }
}

fn failure_of(error: &PayloadError) -> Failure {
    if is_too_slow(error) { Failure::RequestTimeout } else { Failure::BadRequest }
}

/// Fails as soon as more than `max` bytes have come.
fn bounded(
    payload: impl Stream<Item = Result<Bytes, PayloadError>>,
    max: u64,
) -> impl Stream<Item = Result<Bytes, Box<dyn Error>>> {
    let mut left = max;
    payload.map(move |chunk| {
        let chunk = chunk?;
        let size = u64::try_from(chunk.len())?;
        left = left.checked_sub(size).ok_or(TooLarge)?;
        Ok(chunk)
    })
}
