//! How fast a body has to come.

use crate::registry::Line;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// For this long nothing is asked of a body, then a kibibyte a second.
const GRACE: Duration = Duration::from_secs(10);
const LEAST_RATE: f64 = 1024.0;
/// For this long that is enough, then it is sixteen.
const LENIENCE: Duration = Duration::from_secs(60);
const USUAL_RATE: f64 = 16.0 * 1024.0;

/// How long the first `received` bytes of a body may be waited for.
fn allowed(received: u64) -> Duration {
    #[expect(clippy::cast_precision_loss, reason = "no body is near 2^52 bytes")]
    let received = received as f64;
    let least = GRACE + Duration::from_secs_f64(received / LEAST_RATE);
    let usual = LENIENCE + Duration::from_secs_f64(received / USUAL_RATE);
    least.min(usual)
}

/// `payload`, which fails where the client is slower than the rates above. Time in which nobody asks for more of it,
/// since what came is being passed on, does not count.
pub(crate) fn paced(payload: Payload, line: Option<Arc<Line>>) -> Payload {
    let paced = Paced { payload, line, received: 0, waited: Duration::ZERO, since: None, timer: None };
    Payload::Stream { payload: Box::pin(paced) }
}

/// Whether a body failed since its client was too slow.
#[must_use]
pub fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(error) if error.kind() == io::ErrorKind::TimedOut)
}

struct Paced {
    payload: Payload,
    line: Option<Arc<Line>>,
    received: u64,
    waited: Duration,
    since: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    fn heard(&mut self, item: Option<&Result<Bytes, PayloadError>>) {
        self.waited += self.since.take().map_or(Duration::ZERO, |since| since.elapsed());
        if let Some(Ok(chunk)) = item {
            self.received += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        } else if let Some(line) = &self.line {
            line.work();
        }
    }

    fn poll_deadline(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let since = *self.since.get_or_insert_with(Instant::now);
        if let Some(line) = &self.line {
            line.wait();
        }
        let deadline = since + allowed(self.received).saturating_sub(self.waited);
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        if timer.deadline() != deadline {
            timer.as_mut().reset(deadline);
        }
        timer.as_mut().poll(cx)
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Poll::Ready(item) = Pin::new(&mut this.payload).poll_next(cx) {
            this.heard(item.as_ref());
            return Poll::Ready(item);
        }
        this.poll_deadline(cx).map(|()| {
            let error = PayloadError::Io(io::Error::new(io::ErrorKind::TimedOut, "the body came too slowly"));
            this.heard(None);
            Some(Err(error))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt;

    #[test]
    fn a_slow_line_has_time_and_a_drip_has_not() {
        let seconds = |received: u64| allowed(received).as_secs();
        assert_eq!(seconds(0), 10);
        assert_eq!(seconds(10 * 1024), 20);
        assert_eq!(seconds(900_000), 114);
        assert_eq!(seconds(20 << 20), 1340);
    }

    /// How many seconds a body lives of which `bytes` come each second, and whether it came whole.
    async fn life(bytes: usize, total: usize) -> (u64, bool) {
        let drip = futures_util::stream::unfold(0, move |sent| async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let next = bytes.min(total - sent);
            (next > 0).then(|| (Ok(Bytes::from(vec![b'x'; next])), sent + next))
        });
        let began = Instant::now();
        let mut body = paced(Payload::Stream { payload: Box::pin(drip) }, None);
        let slow = loop {
            match body.next().await {
                Some(Ok(_)) => {}
                Some(Err(error)) => break is_too_slow(&error),
                None => break false,
            }
        };
        (began.elapsed().as_secs(), !slow)
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_ends_where_it_falls_behind() {
        assert_eq!(life(1, 900_000).await, (10, false));
        assert_eq!(life(1100, 900_000).await, (64, false));
        assert_eq!(life(5_000, 20_000).await, (5, true));
        assert_eq!(life(17 * 1024, 2 << 20).await, (122, true));
    }
}
