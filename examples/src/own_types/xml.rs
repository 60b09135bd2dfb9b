//! [`Encode`] and [`Decode`]: another format, as a body and as an answer.

use declarest::{BoxError, Call, Decode, Encode, Error, RequestBody, Response, api};
use http::HeaderValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Invoices, for an authority that speaks XML.
#[api]
pub trait Invoices: Send + Sync {
    /// Hands an invoice in.
    #[post("/invoices")]
    fn hand_in(&self, #[body] invoice: Xml<&Invoice>) -> Call<Xml<Receipt>>;
}

/// What serde makes of a value, as XML: `Xml(&invoice)` is a body, `Call<Xml<Receipt>>` gives a `Receipt`.
#[derive(Debug, Clone, Copy)]
pub struct Xml<T>(pub T);

impl<T: Serialize> Encode for Xml<T> {
    fn content_type(&self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static("application/xml"))
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        // The text of the error may hold the value, and what stands here is shown.
        let text = quick_xml::se::to_string(&self.0).map_err(|_| "cannot be serialized as XML")?;
        Ok(RequestBody::from(text))
    }
}

impl<T: DeserializeOwned + Send + 'static> Decode for Xml<T> {
    type Output = T;

    fn media_type() -> Option<&'static str> {
        Some("application/xml")
    }

    fn decode(answer: Response) -> Result<T, Error> {
        let text = std::str::from_utf8(answer.bytes()).map_err(|_| answer.unreadable("expected UTF-8"))?;
        quick_xml::de::from_str(text).map_err(|_| answer.unreadable("expected other XML"))
    }
}

/// An invoice.
#[derive(Debug, Clone, Serialize)]
pub struct Invoice {
    /// Its number, an attribute.
    #[serde(rename = "@number")]
    pub number: u32,
    /// What is on it, an element each.
    pub item: Vec<String>,
}

/// A receipt for an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// Its number, an attribute.
    #[serde(rename = "@number")]
    pub number: u32,
    /// How the invoice stands.
    pub state: String,
}
