//! The time limits of an attempt: its timeout, the deadline of the call, and the stall timeout of an upload.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use super::plan::Plan;
use super::retry::Progress;
use super::upload::{Upload, UploadLimits};
use crate::clock::Sleep;
use crate::error::ErrorKind;

/// The time limits of one attempt, which each of its steps shares.
pub(super) struct TimeLimits<'a> {
    deadline: Pin<&'a mut Sleep>,
    // Boxed, because most calls have neither.
    attempt: Option<Pin<Box<Sleep>>>,
    upload: Option<Box<(Arc<Upload>, UploadLimits)>>,
}

impl<'a> TimeLimits<'a> {
    /// Makes the limits of an attempt that starts now.
    pub(super) fn of_attempt(
        plan: &Plan,
        progress: &Progress,
        deadline: Pin<&'a mut Sleep>,
        upload: Option<Arc<Upload>>,
    ) -> Self {
        let clock = &plan.client().clock;
        match upload {
            None => {
                let attempt = plan.attempt_timeout.map(|timeout| Box::pin(clock.sleep(timeout)));
                Self { deadline, attempt, upload: None }
            }
            Some(upload) => {
                let begun = clock.now().saturating_duration_since(progress.start);
                let limits = UploadLimits {
                    start: progress.start,
                    deadline: plan.deadline.saturating_add(progress.uploading),
                    attempt: plan.attempt_timeout.map(|timeout| begun.saturating_add(timeout)),
                    stall: plan.limits.stall,
                    alarm: None,
                };
                Self { deadline, attempt: None, upload: Some(Box::new((upload, limits))) }
            }
        }
    }

    /// Makes the limits of a whole call, for layers around it.
    pub(super) fn of_call(
        plan: &Plan,
        start: std::time::Instant,
        deadline: Pin<&'a mut Sleep>,
        upload: Option<Arc<Upload>>,
    ) -> Self {
        let upload = upload.map(|upload| {
            let (deadline, stall) = (plan.deadline, plan.limits.stall);
            Box::new((upload, UploadLimits { start, deadline, attempt: None, stall, alarm: None }))
        });
        Self { deadline, attempt: None, upload }
    }

    /// Waits for `future` within the limits. Returns the kind of the first limit that ends it.
    pub(super) fn within<F: Future>(
        &mut self,
        mut future: Pin<&mut F>,
    ) -> impl Future<Output = Result<F::Output, ErrorKind>> {
        poll_fn(move |cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(Ok(output));
            }
            if let Some(upload) = &mut self.upload {
                let (upload, limits) = &mut **upload;
                return upload.poll_limits(limits, cx).map(Err);
            }
            if self.attempt.as_mut().is_some_and(|timeout| timeout.as_mut().poll(cx).is_ready()) {
                return Poll::Ready(Err(ErrorKind::Timeout));
            }
            self.deadline.as_mut().poll(cx).map(|()| Err(ErrorKind::Deadline))
        })
    }

    /// Returns how long the body was uploaded, which the deadline does not count.
    pub(super) fn uploading(&self) -> std::time::Duration {
        self.upload.as_ref().map_or_else(Default::default, |upload| upload.0.took())
    }
}
