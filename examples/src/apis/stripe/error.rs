//! What went wrong, as a shop has to tell it apart.

use std::fmt;

use serde::Deserialize;

/// Why a call failed. Each variant has all that declarest knows of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The bank said no. The customer may be told why: `insufficient_funds`, `expired_card`.
    Declined {
        /// Stripe's name for the reason.
        code: Option<String>,
        /// What is known of the call.
        call: declarest::Error,
    },
    /// The request was wrong.
    Invalid {
        /// The member that was.
        param: Option<String>,
        /// What is known of the call.
        call: declarest::Error,
    },
    /// The idempotency key was used for another request.
    KeyReused(declarest::Error),
    /// Anything else: Stripe did not answer, or has a problem itself.
    Other(declarest::Error),
}

/// The body of an answer that is an error.
#[derive(Deserialize)]
struct Body {
    error: Details,
}

#[derive(Deserialize)]
struct Details {
    #[serde(rename = "type")]
    kind: String,
    code: Option<String>,
    decline_code: Option<String>,
    param: Option<String>,
}

impl From<declarest::Error> for Error {
    fn from(call: declarest::Error) -> Self {
        let Some(Body { error }) = call.body_as() else { return Self::Other(call) };
        match error.kind.as_str() {
            "card_error" => Self::Declined { code: error.decline_code.or(error.code), call },
            "invalid_request_error" => Self::Invalid { param: error.param, call },
            "idempotency_error" => Self::KeyReused(call),
            _ => Self::Other(call),
        }
    }
}

impl Error {
    /// What is known of the call.
    #[must_use]
    pub fn call(&self) -> &declarest::Error {
        match self {
            Self::Declined { call, .. } | Self::Invalid { call, .. } => call,
            Self::KeyReused(call) | Self::Other(call) => call,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declined { .. } => f.write_str("the card was declined: ")?,
            Self::Invalid { .. } => f.write_str("the request was wrong: ")?,
            Self::KeyReused(_) => f.write_str("the idempotency key was used before: ")?,
            Self::Other(_) => {}
        }
        self.call().fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call().source()
    }
}
