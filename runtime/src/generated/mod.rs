//! All names that generated code uses in addition to the public ones. Not part of the public API.

mod hooks;
mod returns;

pub use std::boxed::Box;
pub use std::sync::Arc;
pub use std::vec::Vec;

use std::marker::PhantomData;

pub use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::Serialize;

pub use self::hooks::{hooks, members};
pub use self::returns::{
    BodyPaged, HeadReturns, PlainHead, PlainResult, head, pages_by_body, plain, plain_head,
};
use crate::call_site::CallSite;
use crate::client::Client;
pub use crate::encode::PartOptions;
use crate::encode::{
    Component, Encode, FormValue, HeaderArg, HeaderArgs, Multipart, Part, Query, QueryValue, Reason, Scalar,
    SegmentOptions, Segments, Syntax, TargetUrl, header,
};
pub use crate::endpoint::{
    AuthRule, Encoding, EndpointDeclaration, EventRules, InheritedDeclaration, NestDeclaration,
    ParameterDeclaration,
};
use crate::endpoint::{Endpoint, Nest};
use crate::error::{Error, ErrorKind};
pub use crate::hook::Hooks;
use crate::request::{self, Api, RequestParts};
pub use crate::request::{DynApi, FromScope, NestParts, Scope};
use crate::secret::Secret;
pub use crate::style::{ListStyle, NestedStyle, ObjectStyle};

/// The writers of a request; each argument is one call.
impl RequestParts {
    /// Makes the request of a method that a fake does not implement. Its call fails with [`ErrorKind::NotFaked`].
    #[doc(hidden)]
    #[must_use]
    pub fn not_faked(name: &'static str) -> Self {
        let mut parts = Self::begin(Client::none(), CallSite::NONE);
        parts.fail(Error::new(ErrorKind::NotFaked, format!("this fake does not implement `{name}`")));
        parts
    }

    /// Writes the next path segment.
    #[doc(hidden)]
    pub fn segment<T: Scalar + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_segment(SegmentOptions::default(), argument, value);
    }

    /// Writes the next path segment, which is encoded already.
    #[doc(hidden)]
    pub fn segment_encoded<T: Scalar + ?Sized>(&mut self, argument: &'static str, value: &T) {
        let options = SegmentOptions { encoded: true, ..SegmentOptions::default() };
        self.write_segment(options, argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder.
    #[doc(hidden)]
    pub fn rest<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions::default(), argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder; those within may be empty.
    #[doc(hidden)]
    pub fn rest_allow_empty<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions { encoded: false, allow_empty: true }, argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder, which are encoded already.
    #[doc(hidden)]
    pub fn rest_encoded<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions { encoded: true, allow_empty: false }, argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder, which are encoded already; those within may be empty.
    #[doc(hidden)]
    pub fn rest_encoded_allow_empty<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions { encoded: true, allow_empty: true }, argument, value);
    }

    /// Writes the pairs of one name.
    #[doc(hidden)]
    pub fn query<T: QueryValue + ?Sized>(&mut self, name: &'static str, lists: ListStyle, value: &T) {
        self.pairs(NestedStyle::DEFAULT, |pairs| pairs.pair_as(name, lists, value));
    }

    /// Writes the pairs of one name with values that are encoded already.
    #[doc(hidden)]
    pub fn query_encoded<T: QueryValue + ?Sized>(&mut self, name: &'static str, lists: ListStyle, value: &T) {
        self.pairs(NestedStyle::DEFAULT, |pairs| pairs.pair_encoded(name, lists, value));
    }

    /// Writes one name with a value as JSON; `None` writes nothing.
    #[doc(hidden)]
    pub fn query_json<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.pairs(NestedStyle::DEFAULT, |pairs| pairs.pair_json(name, value));
    }

    /// Writes names without `=`.
    #[doc(hidden)]
    pub fn query_flag<T: QueryValue + ?Sized>(&mut self, value: &T) {
        self.pairs(NestedStyle::DEFAULT, |pairs| pairs.flags(Syntax::Percent, value));
    }

    /// Writes names without `=` that are encoded already.
    #[doc(hidden)]
    pub fn query_flag_encoded<T: QueryValue + ?Sized>(&mut self, value: &T) {
        self.pairs(NestedStyle::DEFAULT, |pairs| {
            pairs.flags(Syntax::Encoded(Component::QueryName), value);
        });
    }

    /// Writes the pairs of a struct that derives [`Query`].
    #[doc(hidden)]
    pub fn query_struct<T: Query + ?Sized>(&mut self, style: NestedStyle, value: &T) {
        self.pairs(style, |pairs| value.write(pairs));
    }

    /// Writes the pairs of what serde makes of a struct or map.
    #[doc(hidden)]
    pub fn query_serialize<T: Serialize + ?Sized>(&mut self, style: NestedStyle, value: &T) {
        self.pairs(style, |pairs| pairs.serialize("query", value));
    }

    /// Sets a header; `None` leaves it as it was.
    #[doc(hidden)]
    pub fn header<T: HeaderArg + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.set_header(name, value);
    }

    /// Sets several headers.
    #[doc(hidden)]
    pub fn headers<T: HeaderArgs + ?Sized>(&mut self, values: &T) {
        let mut all = Ok(());
        values.each(&mut |name, value| {
            let set = header::set(&mut self.0.headers, name, value);
            all = std::mem::replace(&mut all, Ok(())).and(set);
        });
        self.keep(all);
    }

    /// Adds a cookie; `None` adds nothing.
    #[doc(hidden)]
    pub fn cookie<T: HeaderArg + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.add_cookie(name, value);
    }

    /// Sets the whole body, as JSON; `None` sends no body.
    #[doc(hidden)]
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        match self.0.body.json(value) {
            Ok(has_content) => self.has_content(has_content),
            Err(reason) => self.keep_body("body", Err(reason)),
        }
    }

    /// Sets the whole body, as a form; `None` sends no body.
    #[doc(hidden)]
    pub fn form<T: Serialize + ?Sized>(&mut self, style: NestedStyle, value: &T) {
        match self.0.body.form_whole(style, value) {
            Ok(has_content) => self.has_content(has_content),
            Err(invalid) => self.keep(Err(invalid)),
        }
    }

    /// Sets the whole body, as its type encodes it; `None` sends no body.
    #[doc(hidden)]
    pub fn body<T: Encode>(&mut self, value: T) {
        let media = value.content_type();
        let (encoded, secrets) = Secret::allow_in(|| value.encode());
        match encoded {
            Ok(body) => {
                self.has_content(!body.is_absent());
                self.0.body.whole(body, secrets);
            }
            Err(error) => self.keep_body("body", Err(Reason::Shape(error.to_string()))),
        }
        if let Some(media) = media {
            self.0.headers.entry(CONTENT_TYPE).or_insert(media);
        }
    }

    /// Adds a member to the JSON body; `None` adds nothing.
    #[doc(hidden)]
    pub fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let written = self.0.body.field(name, value);
        self.keep_body(name, written);
    }

    /// Adds the pairs of one name to the form.
    #[doc(hidden)]
    pub fn form_field<T: FormValue + ?Sized>(&mut self, name: &'static str, lists: ListStyle, value: &T) {
        let written = self.0.body.form(NestedStyle::DEFAULT, |pairs| pairs.form_pair(name, lists, value));
        self.keep(written);
    }

    /// Adds a part to the multipart body, or several of one name.
    #[doc(hidden)]
    pub fn part<T: Part>(&mut self, name: &'static str, options: PartOptions, value: T) {
        let added = self.0.body.part(name, options, value);
        self.keep(added);
    }

    /// Adds a part of JSON to the multipart body; `None` adds nothing.
    #[doc(hidden)]
    pub fn part_json<T: Serialize + ?Sized>(&mut self, name: &'static str, options: PartOptions, value: &T) {
        let added = self.0.body.part_json(name, options, value);
        self.keep(added);
    }

    /// Adds the parts of a struct to the multipart body.
    #[doc(hidden)]
    pub fn part_flatten<T: Multipart>(&mut self, value: T) {
        let added = self.0.body.part_flatten(value);
        self.keep(added);
    }

    /// Sets the whole URL.
    #[doc(hidden)]
    pub fn url<T: TargetUrl + ?Sized>(&mut self, value: &T) {
        let url = value.text();
        match request::url::check_target(&url, self.0.client.0.settings.allow_http) {
            Ok(()) => self.0.url.replace_keeping_query(url),
            Err(error) => self.fail(error),
        }
    }

    /// Adds a value for the layers, which is not sent.
    #[doc(hidden)]
    pub fn extension<T: Clone + Send + Sync + 'static>(&mut self, value: T) {
        self.0.extensions.insert(value);
    }

    /// Removes a constant media type if the request has no body.
    fn has_content(&mut self, has_content: bool) {
        if !has_content {
            self.0.headers.remove(CONTENT_TYPE);
        }
    }
}

/// The metadata of a nested API; empty for a type that is not an API, which is reported once, where it is returned.
#[derive(Debug)]
pub struct Tables<A>(PhantomData<A>);

impl<A: Api> Tables<A> {
    /// The endpoints.
    #[must_use]
    pub fn endpoints() -> &'static [Endpoint] {
        A::ENDPOINTS
    }

    /// The nests.
    #[must_use]
    pub fn nests() -> &'static [Nest] {
        A::NESTS
    }

    /// What the types of the endpoints can do.
    #[must_use]
    pub fn hooks() -> Vec<Hooks> {
        A::hooks()
    }
}

/// The second choice, because inherent functions are found first.
pub trait NoTables {
    /// No endpoints.
    #[must_use]
    fn endpoints() -> &'static [Endpoint] {
        &[]
    }

    /// No nests.
    #[must_use]
    fn nests() -> &'static [Nest] {
        &[]
    }

    /// No hooks.
    #[must_use]
    fn hooks() -> Vec<Hooks> {
        Vec::new()
    }
}

impl<A> NoTables for Tables<A> {}

/// A flattened argument. `derive(Query)` is preferred to `Serialize`, because inherent methods are found first.
#[derive(Debug)]
pub struct Flatten<'a, T: ?Sized>(pub &'a T);

/// The first choice.
pub trait FlattenQuery {
    /// Writes the pairs.
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle);
}

impl<T: Query + ?Sized> FlattenQuery for &Flatten<'_, T> {
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle) {
        parts.query_struct(style, self.0);
    }
}

/// The second choice. The bound is on the method, so that a type with neither gets our message.
pub trait FlattenSerialize<T: ?Sized> {
    /// Writes the pairs.
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle)
    where
        T: Spread;
}

impl<T: ?Sized> FlattenSerialize<T> for Flatten<'_, T> {
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle)
    where
        T: Spread,
    {
        self.0.spread(parts, style);
    }
}

/// A type that serde can spread into pairs.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not spread into pairs",
    label = "expected a struct with `#[derive(declarest::Query)]`, or a struct, a map or a list of pairs that implements `serde::Serialize`"
)]
pub trait Spread {
    /// Writes the pairs.
    fn spread(&self, parts: &mut RequestParts, style: NestedStyle);
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Spread for T {
    fn spread(&self, parts: &mut RequestParts, style: NestedStyle) {
        parts.query_serialize(style, self);
    }
}
