//! The return types of methods.

use super::RequestParts;

/// A type that a method may return: [`Call`](crate::Call), [`Pages`](crate::Pages), or a type of your own, such as a poller of
/// long-running jobs. It makes a call of the described request with `Call::returns`, and further calls with
/// [`RequestParts::client`](crate::RequestParts::client).
///
/// ```
/// use declarest::{Call, RequestParts, Returns};
///
/// struct Job(Call<String>);
///
/// impl Returns for Job {
///     fn returns(parts: RequestParts) -> Self {
///         Job(Call::returns(parts))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a method of an API cannot return `{Self}`",
    label = "expected `Call<T>`, `Pages<P>`, or an `async fn` that returns `Result<T, E>`",
    note = "the error type of a call needs `From<declarest::Error>`, the declared type `declarest::Decode`"
)]
pub trait Returns: Sized {
    /// Makes the return value from a described request. It must not send anything.
    fn returns(parts: RequestParts) -> Self;
}
