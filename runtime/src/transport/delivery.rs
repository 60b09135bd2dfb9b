//! What is known of a request's way to the server, kept where no layer and no drop can lose it.

use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use crate::error::{Effect, ErrorKind};

/// What is known of one attempt: how often it was handed to the wire, how often that provably came to nothing, and
/// whether there was an answer. It only rises. A layer may send a request twice; then one proof is not enough.
#[derive(Debug, Default)]
pub(crate) struct Delivery {
    own: State,
    /// Made where layers are: the part that travels with the request.
    shared: OnceLock<SharedDelivery>,
}

/// The same, on its way through the layers.
#[derive(Debug, Clone, Default)]
pub(crate) struct SharedDelivery(Arc<State>);

#[derive(Debug, Default)]
struct State {
    started: AtomicU32,
    unsent: AtomicU32,
    responded: AtomicU32,
    /// The kind of the last failure, as a position in [`KINDS`] plus one.
    kind: AtomicU8,
}

/// What a transport can tell apart, and a request that was refused before it.
const KINDS: [ErrorKind; 6] = [
    ErrorKind::Connect,
    ErrorKind::Tls,
    ErrorKind::Transport,
    ErrorKind::Body,
    ErrorKind::Argument,
    ErrorKind::Layer,
];

impl Delivery {
    /// The part that travels with the request.
    pub(crate) fn share(&self) -> SharedDelivery {
        self.shared.get_or_init(SharedDelivery::default).clone()
    }

    /// See [`SharedDelivery::started`].
    pub(crate) fn started(&self) {
        self.state().started();
    }

    /// See [`SharedDelivery::failed`].
    pub(crate) fn failed(&self, kind: ErrorKind, unsent: bool) {
        self.state().failed(kind, unsent);
    }

    /// The head of an answer is there.
    pub(crate) fn responded(&self) {
        self.state().responded.fetch_add(1, Ordering::Relaxed);
    }

    /// What the transport said of its last failure.
    pub(crate) fn kind(&self) -> Option<ErrorKind> {
        let position = usize::from(self.state().kind.load(Ordering::Relaxed)).checked_sub(1)?;
        KINDS.get(position).copied()
    }

    /// What is known by now.
    pub(crate) fn effect(&self) -> Effect {
        let state = self.state();
        if state.responded.load(Ordering::Relaxed) > 0 {
            Effect::Responded
        } else if state.open() > 0 {
            Effect::MaybeSent
        } else {
            Effect::NotSent
        }
    }

    /// How often it was handed to the wire.
    pub(crate) fn times(&self) -> u32 {
        self.state().started.load(Ordering::Relaxed)
    }

    /// Whether it may have arrived more than once, because a layer sent it again: then what the last answer says of
    /// itself says nothing of the others.
    pub(crate) fn is_repeated(&self) -> bool {
        self.state().open() > 1
    }

    fn state(&self) -> &State {
        self.shared.get().map_or(&self.own, |shared| &shared.0)
    }
}

impl SharedDelivery {
    /// The request is handed to the wire.
    pub(crate) fn started(&self) {
        self.0.started();
    }

    /// It failed; `unsent` if the server provably did not process it.
    pub(crate) fn failed(&self, kind: ErrorKind, unsent: bool) {
        self.0.failed(kind, unsent);
    }

    /// It is not handed to the wire, whatever its error may contain.
    pub(crate) fn refused(&self, kind: ErrorKind) {
        self.0.keep_kind(kind);
    }
}

impl State {
    /// How often it was handed over without a proof that this came to nothing.
    fn open(&self) -> u32 {
        self.started.load(Ordering::Relaxed).saturating_sub(self.unsent.load(Ordering::Relaxed))
    }

    fn started(&self) {
        self.started.fetch_add(1, Ordering::Relaxed);
        self.kind.store(0, Ordering::Relaxed);
    }

    fn failed(&self, kind: ErrorKind, unsent: bool) {
        self.keep_kind(kind);
        if unsent {
            self.unsent.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn keep_kind(&self, kind: ErrorKind) {
        let position = KINDS.iter().position(|known| *known == kind).and_then(|at| u8::try_from(at + 1).ok());
        self.kind.store(position.unwrap_or(0), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Row 31.
    #[test]
    fn one_proof_is_not_enough_for_two_sendings() {
        let delivery = Delivery::default();
        assert_eq!(delivery.effect(), Effect::NotSent);
        delivery.started();
        assert_eq!(delivery.effect(), Effect::MaybeSent, "a drop here leaves it open");
        delivery.failed(ErrorKind::Connect, true);
        assert_eq!((delivery.effect(), delivery.kind()), (Effect::NotSent, Some(ErrorKind::Connect)));
        delivery.started();
        delivery.failed(ErrorKind::Transport, false);
        assert!(!delivery.is_repeated());
        delivery.started();
        assert!(delivery.is_repeated());
        delivery.failed(ErrorKind::Connect, true);
        assert_eq!(delivery.effect(), Effect::MaybeSent);
        delivery.responded();
        assert_eq!(delivery.effect(), Effect::Responded);
    }
}
