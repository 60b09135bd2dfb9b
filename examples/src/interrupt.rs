//! Ctrl-C as a value: a program ends between two steps, never within one.

use std::future::Future;

use tokio::sync::watch;

use crate::Failure;

/// The exit code of a program that was interrupted: 128 and the number of SIGINT.
pub(crate) const EXIT_CODE: u8 = 130;

/// Tells whether the program is to end.
#[derive(Clone, Debug)]
pub struct Interrupt(watch::Receiver<bool>);

/// Interrupts, as Ctrl-C would; for tests.
#[derive(Debug)]
pub struct Trigger(watch::Sender<bool>);

impl Trigger {
    /// Interrupts now.
    pub fn pull(&self) {
        self.0.send_replace(true);
    }
}

impl Interrupt {
    /// An interrupt and what triggers it.
    #[must_use]
    pub fn manual() -> (Self, Trigger) {
        let (sender, receiver) = watch::channel(false);
        (Self(receiver), Trigger(sender))
    }

    /// The first Ctrl-C interrupts, the second ends the process at once.
    #[must_use]
    pub fn on_ctrl_c() -> Self {
        let (interrupt, trigger) = Self::manual();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                trigger.pull();
            }
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(i32::from(EXIT_CODE));
            }
        });
        interrupt
    }

    /// Fails once the program is to end. Asked before each step that changes something.
    ///
    /// # Errors
    /// [`Failure::Interrupted`].
    pub fn check(&self) -> Result<(), Failure> {
        if *self.0.borrow() { Err(Failure::Interrupted) } else { Ok(()) }
    }

    /// Runs what may be dropped halfway, because it only reads.
    pub(crate) async fn or<T>(&self, reading: impl Future<Output = T>) -> Result<T, Failure> {
        let mut receiver = self.0.clone();
        tokio::select! {
            biased;
            Ok(_) = receiver.wait_for(|pulled| *pulled) => Err(Failure::Interrupted),
            read = reading => Ok(read),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test]
    async fn reading_ends_when_the_trigger_is_pulled() {
        let (interrupt, trigger) = Interrupt::manual();
        assert_eq!(interrupt.or(ready(7)).await.unwrap(), 7);
        interrupt.check().unwrap();
        trigger.pull();
        assert!(matches!(interrupt.or(pending::<()>()).await, Err(Failure::Interrupted)));
        assert!(interrupt.check().is_err());
    }

    #[tokio::test]
    async fn reading_goes_on_when_nobody_can_interrupt_any_more() {
        let (interrupt, trigger) = Interrupt::manual();
        drop(trigger);
        assert_eq!(interrupt.or(async { tokio::task::yield_now().await }).await.unwrap(), ());
    }
}
