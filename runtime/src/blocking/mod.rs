//! Calls, lists and streams from threads without a runtime.

mod iterator;
mod runtime;

pub use self::iterator::Blocking;
use crate::call::Call;
use crate::call_builder::CallBuilder;
use crate::decode::Decode;
use crate::error::Error;

impl<T: Decode, E: From<Error> + 'static> Call<T, E> {
    /// Makes the call and waits for its result on this thread, which must not belong to a Tokio runtime. Feature `blocking`.
    ///
    /// All of these calls run on one runtime of the process, which the first of them starts; clients keep their connections
    /// from call to call and from thread to thread. Retries, the deadline and the limits are those of the awaited call.
    ///
    /// ```no_run
    /// # use declarest::{Call, api};
    /// # #[derive(serde::Deserialize)] struct Key { id: String }
    /// # #[api] trait Keys { #[get("/keys/{key_id}")] fn get(&self, key_id: &str) -> Call<Key>; }
    /// fn main() -> Result<(), declarest::Error> {
    ///     let client = declarest::Client::builder("https://api.example.com/v1").bearer("token").build()?;
    ///     let key = KeysClient::new(client).get("key_1").attempts(2).blocking()?;
    ///     println!("{}", key.id);
    ///     Ok(())
    /// }
    /// ```
    ///
    /// A method that is declared as `async fn` returns a future of its own type, which has no `blocking`. Declare it as
    /// `-> Call<T>`; if the trait is somebody else's, run the future on a runtime of yours, with
    /// `tokio::runtime::Runtime::block_on`.
    ///
    /// # Errors
    /// Those of the call. Where [`Handle::try_current`](https://docs.rs/tokio/latest/tokio/runtime/struct.Handle.html) finds
    /// a runtime (in async code and on a thread of `spawn_blocking`), and where the runtime cannot be started, nothing is
    /// sent and the error is of the kind [`Configuration`](crate::ErrorKind::Configuration).
    pub fn blocking(self) -> Result<T::Output, E> {
        let site = self.described().map(|parts| parts.0.site.clone());
        runtime::block_on(self, ".await").unwrap_or_else(|error| {
            Err(E::from(match site {
                Some(site) => error.called(&site),
                None => error,
            }))
        })
    }
}

impl<T: Decode> CallBuilder<'_, T> {
    /// Makes the call and waits for its result on this thread; see [`Call::blocking`]. Feature `blocking`.
    ///
    /// ```no_run
    /// # #[derive(serde::Deserialize)] struct Key { id: String }
    /// # fn f(client: declarest::Client) -> Result<(), declarest::Error> {
    /// let key = client.call::<Key>(http::Method::GET, "/keys/{id}").segment("id", "key_1").blocking()?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`Call::blocking`].
    pub fn blocking(self) -> Result<T::Output, Error> {
        self.call().blocking()
    }
}
