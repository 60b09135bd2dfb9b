//! The upload of a streamed body: the deadline does not count it, and a stall ends it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::body::Body;
use crate::clock::{Clock, Sleep};
use crate::error::{BoxError, ErrorKind};

/// The limits of an attempt, counted from the start of the call.
pub(super) struct UploadLimits {
    pub(super) start: Instant,
    pub(super) deadline: Duration,
    /// The end of this attempt by its own timeout.
    pub(super) attempt: Option<Duration>,
    /// How long the body may stand still.
    pub(super) stall: Duration,
    pub(super) alarm: Option<Alarm>,
}

/// A sleep, and when it ends, counted as limits are.
pub(super) type Alarm = (Duration, Pin<Box<Sleep>>);

/// The progress of the body of one attempt.
pub(super) struct Upload {
    clock: Clock,
    state: Mutex<State>,
}

struct State {
    stage: Stage,
    /// The waker of the attempt, because another task reads the body.
    waiting: Option<Waker>,
}

#[derive(Clone, Copy)]
enum Stage {
    /// The transport has not read it yet.
    Waiting,
    Moving {
        began: Instant,
        last: Instant,
    },
    Sent {
        took: Duration,
    },
}

impl Upload {
    /// Watches a body. One that is bytes after all is not watched.
    pub(super) fn watch(body: Body, clock: &Clock) -> (Body, Option<Arc<Self>>) {
        let body = match body.into_bytes() {
            Ok(bytes) => return (Body::from(bytes), None),
            Err(body) => body,
        };
        let state = Mutex::new(State { stage: Stage::Waiting, waiting: None });
        let upload = Arc::new(Self { clock: clock.clone(), state });
        (Body::new(Watched { body, upload: upload.clone() }), Some(upload))
    }

    /// Waits for the limit that ends first, and returns its kind.
    pub(super) fn poll_limits(&self, limits: &mut UploadLimits, cx: &mut Context<'_>) -> Poll<ErrorKind> {
        self.state().waiting = Some(cx.waker().clone());
        loop {
            let (limit, kind) = self.limit(limits);
            // An alarm that is too early only looks again; one that is too late is set anew.
            if let Some((at, sleep)) = limits.alarm.as_mut().filter(|(at, _)| *at <= limit) {
                ready!(sleep.as_mut().poll(cx));
                if *at >= limit {
                    return Poll::Ready(kind);
                }
            }
            let gone = self.clock.now().saturating_duration_since(limits.start);
            limits.alarm = Some((limit, Box::pin(self.clock.sleep(limit.saturating_sub(gone)))));
        }
    }

    /// How long it was sent for.
    pub(super) fn took(&self) -> Duration {
        match self.state().stage {
            Stage::Waiting => Duration::ZERO,
            Stage::Moving { began, last } => last.saturating_duration_since(began),
            Stage::Sent { took } => took,
        }
    }

    fn limit(&self, limits: &UploadLimits) -> (Duration, ErrorKind) {
        let stage = self.state().stage;
        let took = match stage {
            Stage::Waiting => Duration::ZERO,
            Stage::Moving { last, .. } => {
                let last = last.saturating_duration_since(limits.start);
                return (last.saturating_add(limits.stall), ErrorKind::Stalled);
            }
            Stage::Sent { took } => took,
        };
        let (limit, kind) = match limits.attempt.filter(|attempt| *attempt < limits.deadline) {
            Some(attempt) => (attempt, ErrorKind::Timeout),
            None => (limits.deadline, ErrorKind::Deadline),
        };
        (limit.saturating_add(took), kind)
    }

    /// Somebody asks for the next part.
    fn asked(&self) {
        let mut state = self.state();
        if let Stage::Waiting = state.stage {
            let now = self.clock.now();
            state.stage = Stage::Moving { began: now, last: now };
            wake(state);
        }
    }

    fn moved(&self) {
        if let Stage::Moving { last, .. } = &mut self.state().stage {
            *last = self.clock.now();
        }
    }

    fn ended(&self) {
        let mut state = self.state();
        if let Stage::Moving { began, .. } = state.stage {
            state.stage = Stage::Sent { took: self.clock.now().saturating_duration_since(began) };
            wake(state);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes who waits, outside of the lock.
fn wake(mut state: MutexGuard<'_, State>) {
    let waiting = state.waiting.take();
    drop(state);
    if let Some(waiting) = waiting {
        waiting.wake();
    }
}

/// The body as the transport reads it: to its end, or to its known length.
struct Watched {
    body: Body,
    upload: Arc<Upload>,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.upload.asked();
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        match &frame {
            Some(Ok(_)) if self.body.size_hint().exact() != Some(0) => self.upload.moved(),
            _ => self.upload.ended(),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.upload.ended();
    }
}
