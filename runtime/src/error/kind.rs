//! The kinds of failure and what is known of their effect.

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument or an option of the call is invalid; nothing was sent.
    Argument,
    /// The configuration of the client is invalid: the base URL, a credential, a header.
    Configuration,
    /// A provider of credentials failed; nothing was sent.
    Credentials,
    /// Connecting failed: the name does not resolve, the port is closed, or it took too long.
    Connect,
    /// The TLS handshake failed, for example because the certificate is not trusted. It is never repeated.
    Tls,
    /// The connection broke before a response came, or the peer does not speak HTTP.
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
    /// The response is larger than the limit.
    TooLarge,
    /// The declared type does not accept the status as a success.
    Status,
    /// A redirect was not followed: redirects are off, or it leads to another origin, in a circle, or nowhere.
    Redirect,
    /// `classify`, or the declared type, says that the response is an error.
    Classified,
    /// The body is empty, but the declared type needs one.
    EmptyBody,
    /// The response does not match the declared type.
    Decode,
    /// The list does not end: a cursor repeats, or pages are announced and not given.
    Paging,
    /// The request body could not be read, or is needed twice but can be sent only once.
    Body,
    /// A layer failed.
    Layer,
    /// The fake does not implement this endpoint, the mock does not expect this request, or the cassette has no response to it.
    NotFaked,
}

impl ErrorKind {
    /// Returns a stable name for metrics and logs.
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
            Self::Argument => "invalid argument",
            Self::Configuration => "invalid client configuration",
            Self::Credentials => "the credential could not be fetched",
            Self::Connect => "could not connect",
            Self::Tls => "the TLS handshake failed",
            Self::Transport => "the connection failed",
            Self::Timeout => "the attempt timed out",
            Self::Deadline => "the deadline has passed",
            Self::Stalled => "the body stalled",
            Self::Truncated => "the response was cut off",
            Self::TooLarge => "the response is too large",
            Self::Status => "the server returned an error",
            Self::Redirect => "a redirect was not followed",
            Self::Classified => "the response is an error",
            Self::EmptyBody => "the response has no body",
            Self::Decode => "the response does not match the declared type",
            Self::Paging => "the pages do not end",
            Self::Body => "the request body could not be sent",
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
    /// A response came.
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
