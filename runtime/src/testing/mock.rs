//! The mock: a transport of expected calls.

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use super::described::{Expect, Expected};
use super::expectation::{AnyResponse, Expectation};
use super::fail::fail;
use super::request::ReceivedRequest;
use super::state::{Entry, Shared};
use super::transport::{MockTransport, Watch};
use crate::client::{Client, ClientBuilder};
use crate::clock::Clock;
use crate::request::Api;

/// The base URL of [`Mock::client`].
const BASE_URL: &str = "https://api.test";

/// A transport that responds to the calls that a test expects, and fails the test if others are made.
///
/// [The module](crate::testing) says when a mock fits, and what it compares. Clones are handles of the same mock.
///
/// # Panics
/// [`verify`](Mock::verify), and dropping the last handle, panic if a call was unexpected or is missing.
#[derive(Clone)]
pub struct Mock(Arc<Handle>);

/// What the last handle verifies when it is dropped. The clients keep what is behind it.
struct Handle(Arc<Shared>);

impl Mock {
    /// Makes a mock that expects nothing yet.
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "a mock is verified, so making one is a statement of its own"
    )]
    pub fn new() -> Self {
        Self(Arc::new(Handle(Arc::new(Shared::new()))))
    }

    /// Returns a client that sends to this mock, with the base URL `https://api.test` and the defaults of
    /// [`Client::builder`]: a call is repeated as it would be.
    #[must_use]
    #[track_caller]
    pub fn client(&self) -> Client {
        self.client_at(BASE_URL)
    }

    /// Returns a client with another base URL, for the second API of a test.
    ///
    /// # Panics
    /// If the base URL is invalid.
    #[must_use]
    #[track_caller]
    pub fn client_at(&self, base_url: &str) -> Client {
        match self.builder_at(base_url).build() {
            Ok(client) => client,
            Err(error) => fail(&format!("the mock cannot make this client: {error}")),
        }
    }

    /// Begins a client that sends to this mock, with the base URL `https://api.test`, for a test that needs a credential, layers or
    /// other settings.
    ///
    /// The transport, the clock and the connections are those of the mock: `transport`, `timer` and the settings of connections are not
    /// for this builder.
    ///
    /// ```
    /// let mock = declarest::testing::Mock::new();
    /// let client = mock.builder().bearer("token").attempts(1).build()?;
    /// # Ok::<(), declarest::Error>(())
    /// ```
    #[must_use]
    pub fn builder(&self) -> ClientBuilder {
        self.builder_at(BASE_URL)
    }

    /// Begins a client with another base URL; see [`builder`](Mock::builder).
    #[must_use]
    pub fn builder_at(&self, base_url: &str) -> ClientBuilder {
        self.attach(Client::builder(base_url))
    }

    /// Makes the client of another builder send to this mock, with the settings that the builder has: the one that a crate makes for
    /// its API.
    ///
    /// The transport and the clock are set, and this must come before layers are added.
    ///
    /// ```
    /// # use declarest::{Client, testing::Mock};
    /// # fn vendor_defaults() -> declarest::ClientBuilder { Client::builder("https://api.example.com/v2").attempts(5) }
    /// let mock = Mock::new();
    /// let client = mock.attach(vendor_defaults()).build()?;
    /// # Ok::<(), declarest::Error>(())
    /// ```
    #[must_use]
    pub fn attach(&self, builder: ClientBuilder) -> ClientBuilder {
        let shared = self.shared();
        builder
            .transport(MockTransport(shared.clone()))
            .layer(Watch)
            .clock(Clock::Simulated(shared.clock.clone()))
    }

    /// Expects this call once, or as often as [`times`](Expectation::times) says. It is described, not made: pass what the method
    /// returns without awaiting it.
    ///
    /// Without a response, it gets 204 without content.
    ///
    /// # Panics
    /// If the call can never be made: an argument is invalid, it is a fake, or its client is not one of this mock.
    #[track_caller]
    pub fn expect<C: Expect>(&self, call: C) -> Expectation<'_, C::Response> {
        self.add(call, Some(1))
    }

    /// Responds to this call whenever it is made, if no expectation does. It need not be made.
    ///
    /// # Panics
    /// As [`expect`](Mock::expect).
    #[track_caller]
    pub fn stub<C: Expect>(&self, call: C) -> Expectation<'_, C::Response> {
        self.add(call, None)
    }

    /// Expects a call of the method `name` of an API, with any arguments: for an `async fn`, or a return type of your own, which
    /// cannot be described without being called.
    ///
    /// ```
    /// use declarest::testing::Mock;
    /// use declarest::{Error, api};
    ///
    /// #[api]
    /// trait Users {
    ///     #[get("/users/{id}")]
    ///     async fn name(&self, id: &str) -> Result<String, Error>;
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mock = Mock::new();
    /// mock.expect_endpoint::<UsersClient>("name").respond_json(200, "Ada");
    /// let users = UsersClient::new(mock.client());
    /// assert_eq!(users.name("1").await?, "Ada");
    /// # Ok::<(), Error>(()) }).unwrap();
    /// ```
    ///
    /// # Panics
    /// If the API has no such method.
    #[track_caller]
    pub fn expect_endpoint<A: Api>(&self, name: &str) -> Expectation<'_, AnyResponse> {
        let Some(endpoint) = A::ENDPOINTS.iter().find(|endpoint| endpoint.name == name) else {
            let names: Vec<_> = A::ENDPOINTS.iter().map(|endpoint| endpoint.name).collect();
            fail(&format!("the API has no method `{name}`; it has: {}", names.join(", ")));
        };
        let entry = self.push(Entry::new(Expected::of_endpoint(endpoint), Some(1), Location::caller()));
        Expectation { shared: self.shared(), entries: vec![entry], described: None, response: PhantomData }
    }

    /// Requires that the expected calls are made in the order in which the test expects them, those that follow included. Stubs
    /// have no order.
    pub fn in_order(&self) {
        self.shared().state().in_order = true;
    }

    /// Returns the requests so far, each attempt of a call and unexpected ones included.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared().state().requests.clone()
    }

    /// Returns how far the clock was moved: by backoffs and other waits, and to limits that [`Fault::Stalled`](super::Fault::Stalled)
    /// has reached.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.shared().clock.elapsed()
    }

    /// Checks that all expected calls were made, and no others. Dropping the last handle does the same, unless the thread panics; call
    /// it where the test should fail.
    ///
    /// # Panics
    /// With the list of unexpected requests, each with the nearest expectation and what differs, and of expectations that are
    /// not met. Secrets are masked. Each problem is reported once.
    #[track_caller]
    pub fn verify(&self) {
        let problems = self.shared().state().problems();
        if let Some(problems) = problems {
            fail(&problems);
        }
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.0.0
    }

    fn push(&self, entry: Entry) -> usize {
        let mut state = self.shared().state();
        state.entries.push(entry);
        state.entries.len() - 1
    }

    #[track_caller]
    fn add<C: Expect>(&self, call: C, times: Option<usize>) -> Expectation<'_, C::Response> {
        let shared = self.shared();
        let Some(description) = call.describe() else {
            fail(
                "this can never be met: it is a fake or has begun, and a mock expects a call that was only described",
            )
        };
        let client = description.client();
        if !matches!(&client.0.clock, Clock::Simulated(clock) if Arc::ptr_eq(clock, &shared.clock)) {
            let base_url = client.base_url();
            fail(&format!(
                "this can never be met: its client ({base_url}) does not send to this mock; make it with `client` or `builder`"
            ));
        }
        let request = match description.request() {
            Ok(request) => request,
            Err(why) => fail(&format!("this can never be met: {why}")),
        };
        let entry = self.push(Entry::new(Expected::new(request), times, Location::caller()));
        Expectation { shared, entries: vec![entry], described: Some(description), response: PhantomData }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let problems = self.0.state().problems();
        if let Some(problems) = problems {
            fail(&problems);
        }
    }
}

impl std::fmt::Debug for Mock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = self.shared().state();
        f.debug_struct("Mock")
            .field("expectations", &state.entries.len())
            .field("requests", &state.requests.len())
            .finish_non_exhaustive()
    }
}
