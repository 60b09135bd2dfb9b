//! The kinds of failure and what is known of their effect.

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument or an option of the call does not fit its place; nothing was sent.
    Argument,
    /// The client was built wrong: a base URL, a credential, a header.
    Configuration,
    /// A provider of credentials failed; nothing was sent.
    Credentials,
    /// No connection: the name does not resolve, nobody listens, connecting took too long.
    Connect,
    /// The peer failed TLS's checks; it is never asked again.
    Tls,
    /// The connection broke before an answer came, or the peer does not speak HTTP.
    Transport,
    /// One attempt took longer than its timeout.
    Timeout,
    /// The whole call took longer than its deadline.
    Deadline,
    /// A streamed body did not move for too long.
    Stalled,
    /// The response ended before its body did.
    ///
    /// A body without a length ends with its connection (RFC 9112, 6.3), so a cut looks like its end. JSON that breaks off
    /// there is of this kind too; a cut that leaves valid JSON, such as `12` of `123`, cannot be seen.
    Truncated,
    /// The answer is larger than the limit.
    TooLarge,
    /// The status is not one that the declaration takes for a success.
    Status,
    /// A redirect that was not followed: to another origin, in a loop, without a target, or not opted in to.
    Redirect,
    /// `classify` says that the answer is an error.
    Classified,
    /// A value was declared and the body is empty.
    EmptyBody,
    /// The body is not what was declared.
    Decode,
    /// The pages do not end: the same cursor again, or more announced and none given.
    Paging,
    /// A body that can be sent once was needed twice, or could not be read.
    Body,
    /// A layer of the user's failed.
    Layer,
    /// The fake does not implement this endpoint.
    NotFaked,
}

impl ErrorKind {
    /// A stable name for metrics and logs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Argument => "argument",
            Self::Configuration => "configuration",
            Self::Credentials => "credentials",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Transport => "transport",
            Self::Timeout => "timeout",
            Self::Deadline => "deadline",
            Self::Stalled => "stalled",
            Self::Truncated => "truncated",
            Self::TooLarge => "too_large",
            Self::Status => "status",
            Self::Redirect => "redirect",
            Self::Classified => "classified",
            Self::EmptyBody => "empty_body",
            Self::Decode => "decode",
            Self::Paging => "paging",
            Self::Body => "body",
            Self::Layer => "layer",
            Self::NotFaked => "not_faked",
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Argument => "an argument does not fit",
            Self::Configuration => "the client is configured wrong",
            Self::Credentials => "no credentials",
            Self::Connect => "no connection",
            Self::Tls => "the TLS handshake failed",
            Self::Transport => "the connection failed",
            Self::Timeout => "the attempt timed out",
            Self::Deadline => "the deadline has passed",
            Self::Stalled => "the body stalled",
            Self::Truncated => "the answer was cut off",
            Self::TooLarge => "the answer is too large",
            Self::Status => "the server refused",
            Self::Redirect => "a redirect was not followed",
            Self::Classified => "the answer is an error",
            Self::EmptyBody => "the answer has no body",
            Self::Decode => "the answer is not what was declared",
            Self::Paging => "the pages do not end",
            Self::Body => "the request's body could not be sent",
            Self::Layer => "a layer failed",
            Self::NotFaked => "not faked",
        }
    }
}

/// Whether a request reached the server, as far as the transport can prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Provably not processed: it never left, or the server said that it did not process it. Safe to repeat.
    NotSent,
    /// It may have taken effect. Repeating it may do it twice.
    MaybeSent,
    /// The server answered.
    Responded,
}

impl Effect {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::NotSent => "not sent",
            Self::MaybeSent => "maybe sent",
            Self::Responded => "responded",
        }
    }
}
