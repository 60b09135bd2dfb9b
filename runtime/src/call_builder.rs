//! A call that no trait declares: the same way down, with the template read when the program runs.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use http::{Method, Uri};
use serde::Serialize;

use crate::call::Call;
use crate::call_site::CallSite;
use crate::client::Client;
use crate::decode::Decode;
use crate::encode::{Encode, HeaderArg, QueryValue, Scalar, Segments};
use crate::endpoint::{Endpoint, Parameter, Role};
use crate::error::{Error, ErrorKind};
use crate::request::url::UrlWriter;
use crate::request::{RequestParts, Returns as _};
use crate::style::NestedStyle;

impl Client {
    /// Calls what no trait declares: an endpoint of yesterday, or one that is called once.
    ///
    /// The rules of a declaration hold, only later: a template that is none, a placeholder without a value and a value
    /// without a placeholder are errors of the call, and nothing is sent.
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

/// Of a call whose template is none.
const UNKNOWN: &Endpoint = &Endpoint { api: "Client", name: "call", ..Endpoint::NEW };

/// A call that is being described by hand; see [`Client::call`]. Awaited, it is made.
#[must_use = "nothing is sent until it is awaited"]
pub struct CallBuilder<'a, T> {
    parts: RequestParts,
    values: Vec<(&'a str, PathValue<'a>)>,
    types: PhantomData<fn() -> T>,
}

/// What stands for a placeholder.
enum PathValue<'a> {
    Segment(Box<dyn Scalar + Send + 'a>),
    Rest(Box<dyn Segments + Send + 'a>),
}

impl<'a, T: Decode> CallBuilder<'a, T> {
    /// The value of a `{name}`.
    pub fn segment(mut self, name: &'a str, value: impl Scalar + Send + 'a) -> Self {
        self.values.push((name, PathValue::Segment(Box::new(value))));
        self
    }

    /// The segments of a `{name..}`.
    pub fn rest(mut self, name: &'a str, value: impl Segments + Send + 'a) -> Self {
        self.values.push((name, PathValue::Rest(Box::new(value))));
        self
    }

    /// The pairs of one name in the query; a list repeats the name.
    pub fn query(mut self, name: &str, value: impl QueryValue) -> Self {
        self.parts.add_query(name, &value);
        self
    }

    /// The pairs of a struct or map in the query; nested ones are named `outer[inner]`.
    pub fn query_flatten(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        self.parts.query_serialize(NestedStyle::default(), value);
        self
    }

    /// A header.
    pub fn header(mut self, name: &str, value: impl HeaderArg) -> Self {
        self.parts.set_header(name, &value);
        self
    }

    /// The whole body, as JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        self.parts.json(value);
        self
    }

    /// The whole body, as a form.
    pub fn form(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        self.parts.form(NestedStyle::default(), value);
        self
    }

    /// The whole body, as its type encodes it.
    pub fn body(mut self, value: impl Encode) -> Self {
        self.parts.body(value);
        self
    }

    /// Says that the request is safe to send twice, although its HTTP method is not (RFC 9110, 9.2.2).
    pub fn idempotent(mut self) -> Self {
        let Endpoint { template, method, .. } = *self.parts.0.site.endpoint;
        // The template was read before; what was wrong with it is kept.
        if let Ok(method) = Method::from_bytes(method.as_bytes())
            && let Ok(endpoint) = endpoint(&method, template, true)
        {
            self.parts.0.site.endpoint = endpoint;
        }
        self
    }

    /// The described call, for its options.
    pub fn call(mut self) -> Call<T> {
        let site = self.parts.0.site.clone();
        let url = UrlWriter::begin(self.parts.client().base_url(), &site);
        let query = std::mem::replace(&mut self.parts.0.url, url);
        for parameter in site.endpoint.parameters {
            let value = self.values.iter().position(|(name, _)| *name == parameter.name);
            match (value.map(|at| self.values.swap_remove(at).1), parameter.role) {
                (Some(PathValue::Rest(value)), Role::Rest) => {
                    self.parts.rest(parameter.name, &Unboxed(value));
                }
                (Some(PathValue::Segment(value)), Role::Segment) => {
                    self.parts.segment(parameter.name, &*value);
                }
                (Some(_), _) => {
                    self.refuse(parameter.name, "is one segment as `{name}`, several as `{name..}`");
                }
                (None, _) => self.refuse(parameter.name, "has no value"),
            }
        }
        if let Some((name, _)) = self.values.first() {
            let name = (*name).to_owned();
            self.refuse(&name, "is no placeholder of the template, or has a second value");
        }
        self.parts.0.url.append_query(query.as_str());
        Call::returns(self.parts)
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

/// What makes an endpoint: its template, its method, and whether it is declared idempotent.
type Identity = (&'static str, &'static str, bool);

/// The endpoint of a template, made once for the program. A template is a `&'static str`, so there are few of them.
#[inline]
fn endpoint(
    method: &Method,
    template: &'static str,
    idempotent: bool,
) -> Result<&'static Endpoint, &'static str> {
    // In the order of the identities.
    static KNOWN: Mutex<Vec<(Identity, &'static Endpoint)>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let identity = (template, method.as_str(), idempotent);
    let place = match known.binary_search_by(|(known, _)| known.cmp(&identity)) {
        Ok(at) => return known.get(at).map(|(_, endpoint)| *endpoint).ok_or("is not known"),
        Err(place) => place,
    };
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let (pieces, parameters) = read(path)?;
    let plain: String = pieces.iter().flat_map(|piece| ["x", piece]).skip(1).collect();
    if !path.starts_with('/') || query.contains(['{', '}']) || template.contains('#') {
        return Err(
            "is no path: it begins with `/`, and holds neither a fragment nor placeholders in its query",
        );
    }
    let segments = plain.split('/').skip(1);
    if plain.contains("//") || segments.into_iter().any(crate::encode::is_dot_segment) {
        return Err("has an empty, `.` or `..` segment");
    }
    format!("{plain}?{query}").parse::<Uri>().map_err(|_| "has a character that a URL cannot hold")?;
    let endpoint: &'static Endpoint = Box::leak(Box::new(Endpoint {
        api: "Client",
        name: "call",
        method: Box::leak(method.as_str().into()),
        template: path,
        parameters: parameters.leak(),
        idempotent: idempotent || method.is_idempotent(),
        pieces: pieces.leak(),
        query,
        ..Endpoint::NEW
    }));
    known.insert(place, ((template, endpoint.method, idempotent), endpoint));
    Ok(endpoint)
}

/// The literal pieces of a path, and the placeholders between them.
#[inline]
fn read(path: &'static str) -> Result<(Vec<&'static str>, Vec<Parameter>), &'static str> {
    let (mut pieces, mut parameters) = (Vec::new(), Vec::<Parameter>::new());
    let mut rest = path;
    while let Some((piece, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}').ok_or("has a `{` without a `}`")?;
        let (name, role) = match name.strip_suffix("..") {
            Some(name) => (name, Role::Rest),
            None => (name, Role::Segment),
        };
        let fits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !fits || parameters.iter().any(|known| known.name == name) {
            return Err("has a placeholder without a name, or the same one twice");
        }
        if parameters.last().is_some_and(|last| last.role == Role::Rest) {
            return Err("goes on behind a `{rest..}`, which takes all segments that are left");
        }
        pieces.push(piece);
        parameters.push(Parameter { name, wire: name, role, ty: "", optional: false });
        rest = behind;
    }
    if rest.contains('}') || pieces.iter().any(|piece| piece.contains('}')) {
        return Err("has a `}` without a `{`");
    }
    if !rest.is_empty() && parameters.last().is_some_and(|last| last.role == Role::Rest) {
        return Err("goes on behind a `{rest..}`, which takes all segments that are left");
    }
    pieces.push(rest);
    Ok((pieces, parameters))
}
