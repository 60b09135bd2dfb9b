//! Return types of the methods of an API.

use super::RequestParts;

/// What a method may return: [`Call`](crate::Call), [`Pages`](crate::Pages), or a type of your own that makes
/// something of a described request, such as a poller of long-running jobs. Such a type makes a call of the request with
/// `Call::returns`, and others with [`RequestParts::client`](crate::RequestParts::client).
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
    /// Makes the return value of a described request. It must not send anything yet.
    fn returns(parts: RequestParts) -> Self;
}
