//! A clock that advances by itself, for tests: no wait takes time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

/// How often a wait lets other tasks run before it goes ahead of an earlier one, whose task may not be polled at all.
const PATIENCE: u32 = 64;

/// When a sleep ends, and its number among those that end at the same time.
type Key = (Duration, u64);

/// A clock that stands still until a wait is all that is left to do.
///
/// A *wait* (a backoff, a poller's pause) moves it to its own end, the earliest wait first. A *limit* (a deadline, a timeout) ends
/// when the clock was moved past it. While something has stalled on purpose, nothing else happens: then a limit moves the clock to
/// the earliest limit.
pub(crate) struct SimulatedClock {
    start: Instant,
    wall: SystemTime,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    elapsed: Duration,
    numbers: u64,
    waits: BTreeSet<Key>,
    limits: BTreeMap<Key, Option<Waker>>,
    stalled: usize,
}

impl SimulatedClock {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), wall: SystemTime::now(), state: Mutex::default() }
    }

    /// Returns how far the clock was moved.
    pub(crate) fn elapsed(&self) -> Duration {
        self.state().elapsed
    }

    pub(crate) fn now(&self) -> Instant {
        let elapsed = self.elapsed();
        self.start.checked_add(elapsed).unwrap_or(self.start)
    }

    pub(crate) fn wall_clock(&self) -> SystemTime {
        let elapsed = self.elapsed();
        self.wall.checked_add(elapsed).unwrap_or(self.wall)
    }

    /// Waits, which moves the clock.
    pub(super) fn wait(self: &Arc<Self>, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let key = self.state().key(duration);
        self.state().waits.insert(key);
        Box::pin(Wait { clock: self.clone(), key, yields: 0 })
    }

    /// Limits what is waited for.
    pub(super) fn limit(self: &Arc<Self>, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let key = self.state().key(duration);
        self.state().limits.insert(key, None);
        Box::pin(Limit { clock: self.clone(), key })
    }

    /// Says that something never ends by itself, for as long as the guard lives.
    pub(crate) fn stall(self: &Arc<Self>) -> Stall {
        self.state().stalled += 1;
        Stall(self.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn key(&mut self, duration: Duration) -> Key {
        self.numbers += 1;
        (self.elapsed.saturating_add(duration), self.numbers)
    }

    /// Moves the clock. Returns the wakers of the limits that have ended, which are woken without the lock.
    fn advance(&mut self, to: Duration) -> Vec<Waker> {
        self.elapsed = self.elapsed.max(to);
        let ended = self.limits.range_mut(..=(self.elapsed, u64::MAX));
        ended.filter_map(|(_, waker)| waker.take()).collect()
    }

    /// Returns when the next limit ends.
    fn next_limit(&self) -> Option<Duration> {
        self.limits.keys().map(|(end, _)| *end).find(|end| *end > self.elapsed)
    }
}

impl fmt::Debug for SimulatedClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SimulatedClock")
    }
}

struct Wait {
    clock: Arc<SimulatedClock>,
    key: Key,
    yields: u32,
}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let (clock, key) = (self.clock.clone(), self.key);
        let mut state = clock.state();
        let is_next = state.waits.first() == Some(&key) && self.yields > 0;
        if state.elapsed >= key.0 || is_next || self.yields >= PATIENCE {
            let ended = state.advance(key.0);
            drop(state);
            ended.into_iter().for_each(Waker::wake);
            return Poll::Ready(());
        }
        drop(state);
        self.yields += 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.clock.state().waits.remove(&self.key);
    }
}

struct Limit {
    clock: Arc<SimulatedClock>,
    key: Key,
}

impl Future for Limit {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        let mut ended = Vec::new();
        if state.stalled > 0 && state.elapsed < self.key.0 {
            if let Some(next) = state.next_limit() {
                ended = state.advance(next);
            }
            // If that was another limit, what it ends may be in another task.
            ended.push(cx.waker().clone());
        }
        let has_ended = state.elapsed >= self.key.0;
        if !has_ended {
            state.limits.insert(self.key, Some(cx.waker().clone()));
        }
        drop(state);
        ended.into_iter().for_each(Waker::wake);
        if has_ended { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        self.clock.state().limits.remove(&self.key);
    }
}

/// Something that never ends by itself.
pub(crate) struct Stall(Arc<SimulatedClock>);

impl Drop for Stall {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.stalled = state.stalled.saturating_sub(1);
    }
}
