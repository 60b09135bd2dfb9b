//! A call that no trait declares. Its template is read at run time.

mod template;

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;

use http::Method;
use serde::Serialize;

use self::template::endpoint;
use crate::call::Call;
use crate::call_site::CallSite;
use crate::client::Client;
use crate::decode::Decode;
use crate::encode::{
    Encode, HeaderArg, Multipart, Part, PartOptions, QueryValue, Scalar, SegmentOptions, Segments,
};
use crate::endpoint::{Endpoint, EndpointDeclaration, Role};
use crate::error::{Error, ErrorKind};
use crate::request::url::UrlWriter;
use crate::request::{RequestParts, Returns as _};
use crate::style::{ListStyle, NestedStyle};

impl Client {
    /// Describes a call that no trait declares: of a new endpoint, or of one that is called once.
    ///
    /// The rules of a declaration apply at run time: an invalid template, a placeholder without a value and a value without a
    /// placeholder are errors of the call, and nothing is sent.
    ///
    /// ```no_run
    /// # use declarest::{Client, Error};
    /// # #[derive(serde::Deserialize)] struct Key { id: String }
    /// # async fn f(client: Client) -> Result<(), Error> {
    /// use http::Method;
    ///
    /// let key = client.call::<Key>(Method::GET, "/keys/{id}").segment("id", "key_1").await?;
    /// client.call::<()>(Method::POST, "/keys/{id}/archive").segment("id", &key.id).call().attempts(1).await?;
    /// # Ok(()) }
    /// ```
    pub fn call<T: Decode>(&self, method: Method, template: &'static str) -> CallBuilder<'_, T> {
        let (endpoint, failure) = match endpoint(&method, template, false) {
            Ok(endpoint) => (endpoint, None),
            Err(why) => (UNKNOWN, Some(Error::new(ErrorKind::Argument, format!("the template {why}")))),
        };
        let mut parts = RequestParts::begin(
            self.clone(),
            CallSite { endpoint, nest: None, client: Some(self.0.site.clone()) },
        );
        // The path is written at the end, when all of its values are there.
        parts.0.url = UrlWriter::empty();
        if let Some(failure) = failure {
            parts.fail(failure);
        }
        CallBuilder { parts, values: Vec::new(), types: PhantomData }
    }
}

/// The endpoint of a call whose template is invalid.
const UNKNOWN: &Endpoint =
    &Endpoint::declared(EndpointDeclaration { api: "Client", name: "call", ..EndpointDeclaration::NEW });

/// A call that is described without a trait; see [`Client::call`]. Awaiting it makes the call.
#[must_use = "nothing is sent until it is awaited"]
pub struct CallBuilder<'a, T> {
    parts: RequestParts,
    values: Vec<(&'a str, PathValue<'a>)>,
    types: PhantomData<fn() -> T>,
}

/// The value of a placeholder.
enum PathValue<'a> {
    Segment(Box<dyn Scalar + Send + 'a>, SegmentOptions),
    Rest(Box<dyn Segments + Send + 'a>, SegmentOptions),
}

impl<'a, T: Decode> CallBuilder<'a, T> {
    /// The value of a `{name}`.
    pub fn segment(self, name: &'a str, value: impl Scalar + Send + 'a) -> Self {
        self.value(name, PathValue::Segment(Box::new(value), SegmentOptions::default()))
    }

    /// The value of a `{name}` that is percent-encoded already.
    pub fn segment_encoded(self, name: &'a str, value: impl Scalar + Send + 'a) -> Self {
        let options = SegmentOptions { encoded: true, allow_empty: false };
        self.value(name, PathValue::Segment(Box::new(value), options))
    }

    /// The segments of a `{name..}`.
    pub fn rest(self, name: &'a str, value: impl Segments + Send + 'a) -> Self {
        self.value(name, PathValue::Rest(Box::new(value), SegmentOptions::default()))
    }

    /// The segments of a `{name..}` that are percent-encoded already.
    pub fn rest_encoded(self, name: &'a str, value: impl Segments + Send + 'a) -> Self {
        let options = SegmentOptions { encoded: true, allow_empty: false };
        self.value(name, PathValue::Rest(Box::new(value), options))
    }

    /// The segments of a `{name..}`; those within may be empty, as in the keys of S3: `dir/`, `a//b`.
    pub fn rest_allow_empty(self, name: &'a str, value: impl Segments + Send + 'a) -> Self {
        let options = SegmentOptions { encoded: false, allow_empty: true };
        self.value(name, PathValue::Rest(Box::new(value), options))
    }

    /// Adds the pairs of one name to the query; a list repeats the name.
    pub fn query(mut self, name: &str, value: impl QueryValue) -> Self {
        self.parts.add_query(name, &value);
        self
    }

    /// The pairs of one name in the query, with values that are percent-encoded already.
    pub fn query_encoded(mut self, name: &str, value: impl QueryValue) -> Self {
        self.parts.pairs(NestedStyle::DEFAULT, |pairs| pairs.pair_encoded(name, ListStyle::Repeat, &value));
        self
    }

    /// One name in the query with a value as JSON; `None` writes nothing.
    pub fn query_json(mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        self.parts.pairs(NestedStyle::DEFAULT, |pairs| pairs.pair_json(name, value));
        self
    }

    /// A name without `=` in the query; `None` writes nothing.
    pub fn query_flag(mut self, value: impl QueryValue) -> Self {
        self.parts.query_flag(&value);
        self
    }

    /// The pairs of a struct or map in the query; nested ones are named `outer[inner]`.
    pub fn query_flatten(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        self.parts.query_serialize(NestedStyle::default(), value);
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: impl HeaderArg) -> Self {
        self.parts.set_header(name, &value);
        self
    }

    /// A cookie; `None` adds nothing.
    pub fn cookie(mut self, name: &str, value: impl HeaderArg) -> Self {
        self.parts.add_cookie(name, &value);
        self
    }

    /// The whole body, as JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        self.parts.json(value);
        self
    }

    /// Sets the whole body, as a form.
    pub fn form(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        self.parts.form(NestedStyle::default(), value);
        self
    }

    /// Sets the whole body, as its type encodes it.
    pub fn body(mut self, value: impl Encode) -> Self {
        self.parts.body(value);
        self
    }

    /// A member of a JSON body; `None` adds nothing.
    pub fn field(mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        let written = self.parts.0.body.field(name, value);
        self.parts.keep_body(name, written);
        self
    }

    /// A part of a multipart body, or several of one name.
    pub fn part(mut self, name: &str, value: impl Part) -> Self {
        let added = self.parts.0.body.part(name, PartOptions::default(), value);
        self.parts.keep(added);
        self
    }

    /// The parts of a struct that derives [`Multipart`].
    pub fn part_flatten(mut self, value: impl Multipart) -> Self {
        self.parts.part_flatten(value);
        self
    }

    /// Says that the request is safe to send twice, although its HTTP method is not (RFC 9110, 9.2.2).
    pub fn idempotent(mut self) -> Self {
        let Endpoint { template, method, .. } = *self.parts.0.site.endpoint;
        // The template was read before, and a mistake in it is kept as the failure of the call.
        if let Ok(method) = Method::from_bytes(method.as_bytes())
            && let Ok(endpoint) = endpoint(&method, template, true)
        {
            self.parts.0.site.endpoint = endpoint;
        }
        self
    }

    /// Returns the described call, which has further options.
    pub fn call(mut self) -> Call<T> {
        let site = self.parts.0.site.clone();
        let url = UrlWriter::begin(self.parts.client().base_url(), &site);
        let query = std::mem::replace(&mut self.parts.0.url, url);
        for parameter in site.endpoint.parameters {
            let value = self.values.iter().position(|(name, _)| *name == parameter.name);
            match (value.map(|at| self.values.swap_remove(at).1), parameter.role) {
                (Some(PathValue::Rest(value, options)), Role::Rest) => {
                    self.parts.write_rest(options, parameter.name, &Unboxed(value));
                }
                (Some(PathValue::Segment(value, options)), Role::Segment) => {
                    self.parts.write_segment(options, parameter.name, &*value);
                }
                (Some(_), _) => {
                    self.refuse(parameter.name, "takes one segment as `{name}`, and several as `{name..}`");
                }
                (None, _) => self.refuse(parameter.name, "has no value"),
            }
        }
        if let Some((name, _)) = self.values.first() {
            let name = (*name).to_owned();
            self.refuse(&name, "is not a placeholder of the template, or has a second value");
        }
        self.parts.0.url.append_query(query.as_str());
        Call::returns(self.parts)
    }

    fn value(mut self, name: &'a str, value: PathValue<'a>) -> Self {
        self.values.push((name, value));
        self
    }

    fn refuse(&mut self, name: &str, why: &str) {
        self.parts.fail(Error::new(ErrorKind::Argument, format!("`{name}` {why}")));
    }
}

/// Segments whose type is erased.
struct Unboxed<'a>(Box<dyn Segments + Send + 'a>);

impl Segments for Unboxed<'_> {
    fn write_segments(&self, rest: &mut crate::encode::RestSink<'_>) {
        self.0.write_segments(rest);
    }
}

impl<T: Decode> IntoFuture for CallBuilder<'_, T> {
    type Output = Result<T::Output, Error>;
    type IntoFuture = Call<T>;

    fn into_future(self) -> Call<T> {
        self.call()
    }
}

impl<T> fmt::Debug for CallBuilder<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CallBuilder").field(&self.parts).finish()
    }
}
