//! A client's connection, with deadlines for what the client has to do.

use crate::bounds::Bounds;
use crate::registry::{Admitted, Line};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// What the HTTP library's clock may be late, for it looks at the time twice a second.
pub(crate) const CLOCK: Duration = Duration::from_millis(500);

/// A connection that ends where its client is too slow.
pub(crate) struct Guarded {
    io: TcpStream,
    admitted: Admitted,
    bounds: Bounds,
    /// When the first byte of a request came, and before which turn.
    heard: Option<(u32, Instant)>,
    /// Since when the client has read nothing of what it should.
    blocked: Option<Instant>,
    reading: Timer,
    writing: Timer,
}

impl Guarded {
    pub(crate) fn new(io: TcpStream, admitted: Admitted, bounds: Bounds) -> Self {
        Self { io, admitted, bounds, heard: None, blocked: None, reading: Timer(None), writing: Timer(None) }
    }

    pub(crate) fn line(&self) -> &Arc<Line> {
        &self.admitted.line
    }

    /// Until when the client has to go on with its request, or to begin one.
    fn deadline(&self) -> Option<Instant> {
        let turns = self.line().turns();
        if turns % 2 == 1 {
            return None;
        }
        match self.heard {
            // The HTTP library answers 408 to a first head before this ends it.
            _ if turns == 0 => Some(self.line().waiting_since()? + self.bounds.head + 2 * CLOCK),
            Some((before, at)) if before == turns => Some(at + self.bounds.head),
            _ => Some(self.line().waiting_since()? + self.bounds.idle),
        }
    }

    fn note_bytes(&mut self) {
        let turns = self.line().turns();
        if turns.is_multiple_of(2) && self.heard.is_none_or(|(before, _)| before != turns) {
            self.heard = Some((turns, Instant::now()));
        }
    }

    fn poll_stalled(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let since = *self.blocked.get_or_insert_with(Instant::now);
        self.line().wait();
        ready!(self.writing.poll(cx, since + self.bounds.stall));
        metrics::counter!("connections_ended", "why" => "stalled").increment(1);
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }

    fn note_written(&mut self, written: usize, wanted: usize) {
        if self.blocked.is_some() && written > 0 {
            self.blocked = (written < wanted).then(Instant::now);
            if self.blocked.is_none() && self.line().turns() % 2 == 1 {
                self.line().work();
            }
        }
    }
}

impl AsyncRead for Guarded {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        if let Poll::Ready(outcome) = Pin::new(&mut this.io).poll_read(cx, buf) {
            if buf.filled().len() > before {
                this.note_bytes();
            }
            return Poll::Ready(outcome);
        }
        this.line().waker().register(cx.waker());
        if this.line().is_closed() {
            metrics::counter!("connections_ended", "why" => "made_room").increment(1);
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let Some(deadline) = this.deadline() else { return Poll::Pending };
        ready!(this.reading.poll(cx, deadline));
        metrics::counter!("connections_ended", "why" => "slow_or_idle").increment(1);
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match Pin::new(&mut this.io).poll_write(cx, buf) {
            Poll::Ready(Ok(written)) => {
                this.note_written(written, buf.len());
                Poll::Ready(Ok(written))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => this.poll_stalled(cx).map(Err),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(cx)
    }
}

/// Made when it is first needed.
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    fn poll(&mut self, cx: &mut Context<'_>, at: Instant) -> Poll<()> {
        let at = at.into();
        let sleep = self.0.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(at)));
        if sleep.deadline() != at {
            sleep.as_mut().reset(at);
        }
        sleep.as_mut().poll(cx)
    }
}
