//! Credentials that are fetched: kept while they are valid, and fetched once for all calls that wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::HeaderName;

use super::{Auth, AuthPart};
use crate::clock::Clock;
use crate::credential::Credential;
use crate::error::{BoxError, Error, ErrorKind};

/// Fetches credentials that expire: from a token endpoint, a metadata server, a file that is rotated.
///
/// A closure that returns a future implements it. It is called when a call needs a credential and none is cached, shortly before
/// the cached one expires ([`Auth::expires_in`]), and after a 401: once for all calls that got the 401, and each of them is
/// sent once more. A second 401 is final.
///
/// A failure ends the calls that waited for it with [`ErrorKind::Credentials`]; the next call fetches again. The future runs within
/// the call that needs the credential first, under its deadline, and is dropped with it.
///
/// ```
/// use std::time::Duration;
/// use declarest::{Auth, BoxError, Client};
///
/// # async fn token_of_the_day() -> Result<String, BoxError> { Ok("token".to_owned()) }
/// # fn main() -> Result<(), declarest::Error> {
/// let auth = Auth::provider(|| async {
///     let token = token_of_the_day().await?;
///     Ok(Auth::bearer(token)?.expires_in(Duration::from_secs(3600)))
/// });
/// let client = Client::builder("https://api.example.com").auth(auth).build()?;
/// # Ok(()) }
/// ```
pub trait CredentialProvider: Send + Sync + 'static {
    /// Fetches a credential: [`Auth::bearer`], [`Auth::basic`] or [`Auth::key`].
    ///
    /// # Errors
    /// Any error. It becomes the source of the call's error, so its text must not show a secret.
    fn fetch(&self) -> impl Future<Output = Result<Auth, BoxError>> + Send;
}

impl<F, R> CredentialProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Auth, BoxError>> + Send,
{
    fn fetch(&self) -> impl Future<Output = Result<Auth, BoxError>> + Send {
        self()
    }
}

/// A [`CredentialProvider`] with its type erased.
trait Fetch: Send + Sync {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<Auth, BoxError>> + Send + '_>>;
}

impl<P: CredentialProvider> Fetch for P {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<Auth, BoxError>> + Send + '_>> {
        Box::pin(CredentialProvider::fetch(self))
    }
}

/// A provider and its last credential.
pub(crate) struct Provider {
    source: Box<dyn Fetch>,
    state: Mutex<State>,
    /// Locked by the call that fetches; the others wait for it.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    held: Option<CachedCredential>,
    /// How often the source was called.
    fetches: u64,
    /// The header of the last credential.
    name: Option<HeaderName>,
    /// The error of the last fetch, if it failed.
    failure: Option<Arc<BoxError>>,
}

/// A credential that was fetched.
#[derive(Clone)]
pub(crate) struct CachedCredential {
    pub(crate) credential: Credential,
    number: u64,
    fresh_until: Option<Instant>,
}

impl Provider {
    pub(super) fn new(source: impl CredentialProvider) -> Self {
        Self { source: Box::new(source), state: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }

    /// Returns the cached credential, or fetches one.
    pub(crate) async fn get(&self, clock: &Clock) -> Result<CachedCredential, Error> {
        let (held, fetches) = self.look(clock);
        if let Some(held) = held {
            return Ok(held);
        }
        let _turn = self.turn.lock().await;
        let (held, now) = self.look(clock);
        if let Some(held) = held {
            return Ok(held);
        }
        // Another call fetched while this one waited: its result holds for all who waited, also if it failed or has expired on its
        // way. Fetching again for each would be a storm of requests.
        if now != fetches
            && let Some(result) = self.last_result()
        {
            return result;
        }
        let fetched = self.source.fetch().await;
        self.keep(fetched, clock)
    }

    /// Returns the header in which the provider's credentials were sent so far.
    pub(crate) fn header_name(&self) -> Option<HeaderName> {
        self.state().name.clone()
    }

    /// Drops a credential that the server refused. A call that was refused later finds the next credential cached.
    pub(crate) fn refuse(&self, held: &CachedCredential) {
        let mut state = self.state();
        if state.held.as_ref().is_some_and(|newest| newest.number == held.number) {
            state.held = None;
        }
    }

    /// Returns the cached credential if it is valid, and how often the source was called so far.
    fn look(&self, clock: &Clock) -> (Option<CachedCredential>, u64) {
        let state = self.state();
        let held =
            state.held.as_ref().filter(|held| held.fresh_until.is_none_or(|until| clock.now() < until));
        (held.cloned(), state.fetches)
    }

    /// Returns what the last fetch gave; `None` if the server has refused it since.
    fn last_result(&self) -> Option<Result<CachedCredential, Error>> {
        let state = self.state();
        match &state.failure {
            Some(failure) => Some(Err(failed(failure.clone()))),
            None => state.held.clone().map(Ok),
        }
    }

    fn keep(&self, fetched: Result<Auth, BoxError>, clock: &Clock) -> Result<CachedCredential, Error> {
        let mut state = self.state();
        state.fetches += 1;
        let given = fetched.and_then(|auth| match <[AuthPart; 1]>::try_from(auth.parts) {
            Ok([AuthPart::Credential(credential)]) => Ok((credential, auth.expires_in)),
            _ => Err("the provider did not return exactly one credential".into()),
        });
        let (credential, expires_in) = match given {
            Ok(given) => given,
            Err(error) => {
                let error = Arc::new(error);
                state.failure = Some(error.clone());
                return Err(failed(error));
            }
        };
        state.failure = None;
        let fresh_until = expires_in.and_then(|time_left| {
            let early = (time_left / 10).min(Duration::from_secs(30));
            clock.now().checked_add(time_left.saturating_sub(early))
        });
        state.name = Some(credential.name.clone());
        let held = CachedCredential { credential, number: state.fetches, fresh_until };
        state.held = Some(held.clone());
        Ok(held)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failed(failure: Arc<BoxError>) -> Error {
    Error::new(ErrorKind::Credentials, "").with_source(Shared(failure))
}

/// One error, shared by all calls that waited for it.
#[derive(Debug)]
struct Shared(Arc<BoxError>);

impl std::fmt::Display for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Shared {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
