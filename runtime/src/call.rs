//! A described call: a value that does nothing until it is polled.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::client::Auth;
use crate::decode::{Decode, IfFound, Reply, Response};
use crate::encode::{HeaderArg, QueryValue};
use crate::endpoint::{Endpoint, Redirects};
use crate::error::{Error, ErrorKind};
use crate::exchange::{self, ResponseExpectations};
use crate::request::{RequestParts, Returns};
use crate::secret::Secret;

/// The options of one call. Those of a list apply to each of its calls.
macro_rules! options {
    () => {
        /// Limits the whole call: attempts, waits and a buffered body. Default: that of the endpoint, the API or the client (60 s).
        /// The time in which a streamed body is uploaded does not count; a stall ends it.
        pub fn deadline(self, deadline: Duration) -> Self {
            self.with(|parts| parts.0.options.deadline = Some(deadline))
        }

        /// Limits each attempt. Default: that of the endpoint, the API or the client (no limit but the deadline).
        pub fn attempt_timeout(self, timeout: Duration) -> Self {
            self.with(|parts| parts.0.options.attempt_timeout = Some(timeout))
        }

        /// Sets the number of attempts, including the first; 0 means 1. It does not make a call safe to repeat: one that may have
        /// taken effect is repeated only if the endpoint is idempotent or the call has an idempotency key.
        pub fn attempts(self, attempts: u32) -> Self {
            self.with(|parts| {
                parts.0.options.attempts = Some(NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN))
            })
        }

        /// Limits how long a streamed body, of the request or the response, may not move. 30 s unless the client or endpoint
        /// sets another limit.
        pub fn stall_timeout(self, timeout: Duration) -> Self {
            self.with(|parts| parts.0.options.stall_timeout = Some(timeout))
        }

        /// Limits the bytes of a buffered response body. 16 MiB unless the client or endpoint sets another limit.
        pub fn body_limit(self, bytes: usize) -> Self {
            self.with(|parts| parts.0.options.body_limit = Some(bytes))
        }

        /// Limits the bytes of one event or line of a stream. 1 MiB unless the client or endpoint sets another limit.
        pub fn item_limit(self, bytes: usize) -> Self {
            self.with(|parts| parts.0.options.item_limit = Some(bytes))
        }

        /// Sets a header of this call.
        pub fn header(self, name: &str, value: impl HeaderArg) -> Self {
            self.with(|parts| parts.set_header(name, &value))
        }

        /// Adds a pair to the query of this call.
        pub fn query(self, name: &str, value: impl QueryValue) -> Self {
            self.with(|parts| parts.add_query(name, &value))
        }

        /// Sends this bearer token in `Authorization`, in place of any other. An API key in another header is sent beside it.
        pub fn bearer(self, token: impl Into<Secret>) -> Self {
            self.with(|parts| parts.set_bearer(token.into()))
        }

        /// Sends this credential beside the client's, and in place of what the client sends in the same header.
        pub fn auth(self, auth: Auth) -> Self {
            self.with(|parts| parts.set_auth(auth))
        }

        /// Sets which redirects this call follows.
        pub fn redirects(self, redirects: Redirects) -> Self {
            self.with(|parts| parts.0.options.redirects = Some(redirects))
        }

        /// Sends this idempotency key, in the header that the endpoint declares for it, or in `Idempotency-Key`. The call is then
        /// repeated with the same key where that is needed.
        pub fn idempotency_key(self, key: &str) -> Self {
            self.with(|parts| parts.set_idempotency_key(key))
        }
    };
}
pub(crate) use options;

/// A described call. It is a [`Future`] of `Result<T::Output, E>`, `Send` and `'static`; it does nothing until it is
/// polled, and dropping it ends it.
///
/// Before it runs, it can be shown ([`to_curl`](Call::to_curl)) and given options, which win over those of the endpoint, the API
/// and the client. [`behaviour`](crate::behaviour) says what a call does in each situation.
///
/// An invalid argument, such as an empty id, is kept: awaiting the call returns an error that says *not sent*.
#[must_use = "a call does nothing until it is awaited"]
// The bounds are on the methods. On the struct, a type that cannot be read would be reported at each mention of it.
pub struct Call<T, E = Error> {
    state: State,
    types: PhantomData<fn() -> (T, E)>,
}

/// A future with its type erased.
type Boxed<O> = Pin<Box<dyn Future<Output = O> + Send>>;
/// The future of a fake, for a call of `T`.
type Fake<T, E> = Boxed<Result<<T as Decode>::Output, E>>;

// The description is stored in place: a box would be one more allocation for each call.
#[allow(clippy::large_enum_variant)]
enum State {
    Described(RequestParts),
    Running(Boxed<Result<Response, Error>>),
    /// A [`Fake`] of the call's types.
    Fake(Box<dyn Any + Send>),
    Ended,
}

// Only the boxed futures are pinned.
impl<T, E> Unpin for Call<T, E> {}

impl<T: Decode, E: From<Error>> Returns for Call<T, E> {
    fn returns(parts: RequestParts) -> Self {
        Self::new(State::Described(parts))
    }
}

impl<T, E> Call<T, E> {
    const fn new(state: State) -> Self {
        Self { state, types: PhantomData }
    }
}

impl<T: Decode, E: Send + 'static> Call<T, E> {
    /// Makes a call that has this result, for fakes.
    pub fn ready(result: Result<T::Output, E>) -> Self {
        Self::from_future(std::future::ready(result))
    }

    /// Makes a call that fails, for fakes.
    pub fn failed(error: E) -> Self {
        Self::ready(Err(error))
    }

    /// Makes a call that runs this future, for fakes.
    pub fn from_future(future: impl Future<Output = Result<T::Output, E>> + Send + 'static) -> Self {
        let fake: Fake<T, E> = Box::pin(future);
        Self::new(State::Fake(Box::new(fake)))
    }
}

impl<T: Decode, E> Call<T, E> {
    options!();

    /// Returns the endpoint that is called; `None` for a fake.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.described().map(|parts| parts.0.site.endpoint)
    }

    /// Returns the call as a `curl` command, for a person. Credentials, sensitive headers and bodies that hold a [`Secret`] are
    /// masked; path and query are shown, so do not log it. Nothing is sent.
    #[must_use]
    pub fn to_curl(&self) -> String {
        match self.described() {
            Some(parts) => crate::curl::command(parts, Self::expectations()),
            None => "# a fake, or already running".to_owned(),
        }
    }

    /// Returns the same call with status, headers, request id and number of attempts beside the value.
    pub fn with_reply(self) -> Call<Reply<T>, E>
    where
        E: Send + 'static,
    {
        match self.state {
            State::Fake(fake) => match fake.downcast::<Fake<T, E>>() {
                Ok(fake) => Call::from_future(async move { (*fake).await.map(Reply::new) }),
                Err(_) => Call::new(State::Ended),
            },
            state => Call::new(state),
        }
    }

    /// The same call with 404 as a value: `None`. For a method that is declared as `Call<T>`; one that is declared as
    /// `Call<IfFound<T>>` says it for every caller.
    ///
    /// ```
    /// # use declarest::{Call, api};
    /// # #[api] trait Users { #[get("/users/{id}")] fn get(&self, id: &str) -> Call<String>; }
    /// # async fn f(users: UsersClient) -> Result<(), declarest::Error> {
    /// let user: Option<String> = users.get("user_1").optional().await?;
    /// # Ok(()) }
    /// ```
    pub fn optional(self) -> Call<IfFound<T>, E>
    where
        E: Send + 'static,
    {
        match self.state {
            State::Fake(fake) => match fake.downcast::<Fake<T, E>>() {
                Ok(fake) => Call::from_future(async move { (*fake).await.map(Some) }),
                Err(_) => Call::new(State::Ended),
            },
            state => Call::new(state),
        }
    }

    /// What is described, if nothing has happened yet.
    pub(crate) fn described(&self) -> Option<&RequestParts> {
        match &self.state {
            State::Described(parts) => Some(parts),
            _ => None,
        }
    }

    /// Returns the description of a call that has not begun, by value.
    pub(crate) fn into_described(self) -> Option<RequestParts> {
        match self.state {
            State::Described(parts) => Some(parts),
            _ => None,
        }
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut RequestParts)) -> Self {
        if let State::Described(parts) = &mut self.state {
            change(parts);
        }
        self
    }

    pub(crate) fn expectations() -> ResponseExpectations {
        ResponseExpectations { accepts: T::accepts, reads: T::reads, media_type: T::media_type() }
    }
}

impl<T: Decode, E: From<Error> + 'static> Future for Call<T, E> {
    type Output = Result<T::Output, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let State::Described(_) = &self.state
            && let State::Described(parts) = std::mem::replace(&mut self.state, State::Ended)
        {
            self.state = State::Running(exchange::start(parts, Self::expectations()));
        }
        let result = match &mut self.state {
            State::Running(running) => {
                let response = ready!(running.as_mut().poll(cx));
                response.and_then(Response::decode::<T>).map_err(Error::convert)
            }
            State::Fake(fake) => match fake.downcast_mut::<Fake<T, E>>() {
                Some(fake) => ready!(fake.as_mut().poll(cx)),
                None => Err(E::from(ended())),
            },
            State::Ended | State::Described(_) => Err(E::from(ended())),
        };
        self.state = State::Ended;
        Poll::Ready(result)
    }
}

/// Makes the error for polling a completed call. Returning `Pending` would hang.
fn ended() -> Error {
    Error::new(ErrorKind::Argument, "the call was polled after it had completed")
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            State::Described(parts) => f.debug_tuple("Call").field(parts).finish(),
            State::Running(_) => f.write_str("Call(running)"),
            State::Fake(_) => f.write_str("Call(fake)"),
            State::Ended => f.write_str("Call(ended)"),
        }
    }
}
