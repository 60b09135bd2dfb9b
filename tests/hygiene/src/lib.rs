//! A crate without a prelude that denies what can be denied, and whose only dependency is declarest, under another name.
#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unreachable_pub,
    single_use_lifetimes,
    elided_lifetimes_in_paths,
    unused_qualifications,
    unused_lifetimes,
    unused_results,
    trivial_casts,
    trivial_numeric_casts,
    explicit_outlives_requirements,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    redundant_lifetimes,
    unit_bindings,
    unused_import_braces,
    variant_size_differences,
    ambiguous_negative_literals,
    keyword_idents,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]

/// An API.
#[::http_client::api("/v1", crate = "::http_client", partial_fakes, base = "https://example.com/x")]
pub trait Users: ::std::marker::Send + ::std::marker::Sync {
    /// One user.
    #[get("/users/{id}")]
    fn get(&self, id: &str, #[query] expand: ::std::option::Option<&str>) -> ::http_client::Call<u8>;
    /// A list.
    #[get("/users")]
    fn list(&self, #[query(flatten)] parameters: &Listing<'_>) -> ::http_client::Call<::std::vec::Vec<u8>>;
    /// Another user.
    #[post("/users", field("kind" = "user"), idempotency_key = "Idempotency-Key")]
    fn create(
        &self,
        #[field] name: impl ::std::convert::AsRef<str>,
        #[field] client: &str,
    ) -> ::http_client::Call<u8>;
    /// Away.
    #[allow(clippy::too_many_arguments)]
    #[delete("/users/{self_}/{parts}/{nest}/{request}/{scope}/{endpoint}/{path}")]
    fn delete(
        &self,
        self_: &str,
        parts: u8,
        nest: u8,
        request: &str,
        scope: Id,
        endpoint: char,
        path: Kind,
    ) -> ::http_client::Call<()>;
    /// Plain.
    #[put("/users/{id}")]
    async fn replace(&self, id: &str, #[json] key: &str) -> ::std::result::Result<(), ::http_client::Error>;
    /// A file.
    #[post("/files")]
    fn upload(&self, #[part] file: ::http_client::File, #[part(json)] value: u8) -> ::http_client::Call<()>;
    /// Headers.
    #[head("/users", auth = none, deadline = "1s")]
    fn exists(
        &self,
        #[header("X-Url")] url: &str,
        #[extension] trace: u8,
    ) -> ::http_client::Call<::http_client::Exists>;
    /// Forms.
    #[post("/forms")]
    fn form(
        &self,
        #[form(lists = "indices")] value: &::std::collections::BTreeMap<::std::string::String, u8>,
        #[query(flag)] sink: &str,
    ) -> ::http_client::Call<()>;
    /// Events.
    #[get("/events", events(end = "[DONE]"))]
    fn events(
        &self,
        #[header(flatten)] headers: &::std::collections::BTreeMap<::std::string::String, u8>,
    ) -> ::http_client::Call<::http_client::Events<u8>>;
    /// Anywhere.
    #[get("/any/{rest..}")]
    fn any(&self, rest: &[&str]) -> ::http_client::Call<::http_client::Raw>;
    /// Others.
    #[nest("/orgs/{id}")]
    fn orgs(&self, id: &str) -> ::std::sync::Arc<dyn Orgs>;
}

/// Another API.
#[::http_client::api(crate = "::http_client", dyn)]
pub trait Orgs: ::std::marker::Send + ::std::marker::Sync {
    /// One.
    #[get("/one")]
    fn one(&self) -> ::http_client::Call<u8>;
}

/// A generic one.
#[::http_client::api(crate = "::http_client")]
pub trait Things<T: ::http_client::Scalar> {
    /// One.
    #[get("/one/{id}")]
    fn one(&self, id: &T) -> ::http_client::Call<u8>;
}

/// An id.
#[derive(Debug, Clone, ::http_client::Scalar)]
#[scalar(crate = "::http_client")]
pub struct Id(pub ::std::string::String);

/// A kind.
#[derive(Debug, Clone, Copy, ::http_client::Scalar)]
#[scalar(crate = "::http_client", rename_all = "snake_case")]
pub enum Kind {
    /// New.
    New,
    /// Old.
    #[scalar(rename = "o")]
    Old,
}

/// Parameters.
#[derive(Debug, Clone, ::http_client::Query)]
#[query(crate = "::http_client")]
pub struct Listing<'a> {
    /// After.
    pub after: ::std::option::Option<&'a str>,
    /// Kinds.
    #[query("kinds[]")]
    pub kinds: &'a [Kind],
}

#[allow(clippy::redundant_pub_crate)]
mod private {
    #[::http_client::api(crate = "::http_client")]
    pub(crate) trait Inner {
        #[get("/x")]
        fn x(&self) -> ::http_client::Call<()>;
    }
    #[::http_client::api(crate = "::http_client")]
    trait Own {
        #[get("/x")]
        fn x(&self) -> ::http_client::Call<()>;
    }
    /// Uses them.
    pub fn in_a_function(client: ::http_client::Client) -> [::http_client::Call<()>; 3] {
        /// Local.
        #[::http_client::api(crate = "::http_client")]
        trait Local {
            #[get("/x")]
            fn x(&self) -> ::http_client::Call<()>;
        }
        let own = OwnClient::new(::std::clone::Clone::clone(&client));
        let inner = InnerClient::new(::std::clone::Clone::clone(&client));
        let local = LocalClient::new(client);
        [own.x(), inner.x(), local.x()]
    }
}

pub use crate::private::in_a_function;
