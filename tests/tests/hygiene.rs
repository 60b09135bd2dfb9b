//! A crate in which every name that generated code could lean on means something else.
#![no_implicit_prelude]
#![deny(warnings, missing_docs, clippy::pedantic)]
#![allow(clippy::module_name_repetitions, dead_code)]

/// Names of the standard library that mean nothing of the kind here.
pub mod shadows {
    /// No result.
    pub struct Result;
    /// No option.
    pub struct Option;
    /// No variant.
    pub struct Ok;
    /// No variant.
    pub struct Some;
    /// No list.
    pub struct Vec;
    /// No text.
    pub struct String;
    /// No box.
    pub struct Box;
    /// No trait.
    pub struct Into;
    /// Not the crate.
    pub mod core {}
    /// Not the crate.
    pub mod std {}
    /// Not the crate.
    pub mod declarest {}
}

/// An API among them.
pub mod api {
    #[allow(unused_imports)]
    use super::shadows::{Box, Into, Ok, Option, Result, Some, String, Vec, core, declarest, std};
    use ::declarest::{Call, api};

    /// Keys.
    #[api]
    pub trait Keys: ::core::marker::Send + ::core::marker::Sync {
        /// The version.
        const VERSION: u8 = 1;

        /// Takes arguments whose names generated code could use itself.
        #[get("/a/{self_}/{client}/{request}/{parts}/{url}")]
        fn path(&self, self_: &str, client: u8, request: &str, parts: u32, url: char) -> Call<()>;

        /// More of them.
        #[post("/b/{type}")]
        fn rest(
            &self,
            r#type: &str,
            #[query] key: &str,
            #[query] value: ::core::option::Option<u32>,
            #[header("X-Scope")] scope: &str,
            #[query] sink: bool,
            #[json] f: &str,
        ) -> Call<::std::string::String>;

        /// Converts what stands in an option and in a list.
        #[get("/converted")]
        fn converted<T: ::core::convert::AsRef<str>>(
            &self,
            /// Kept in the docs of the method.
            #[query]
            value: &[impl ::core::convert::AsRef<str>],
            #[query] sink: ::core::option::Option<T>,
        ) -> Call<()>;

        /// A raw name.
        #[delete("/match")]
        fn r#match(&self) -> Call<()>;

        /// An `async fn`.
        #[put("/c/{a}")]
        async fn plain(
            &self,
            a: impl ::core::convert::AsRef<str>,
        ) -> ::core::result::Result<(), ::declarest::Error>;

        /// `cfg` on a method that is not there.
        #[cfg(any())]
        #[get("/d")]
        fn absent(&self) -> Missing;

        /// `cfg` on an argument that is not there.
        #[get("/e")]
        fn absent_argument(
            &self,
            #[cfg(any())]
            #[query]
            a: Missing,
            #[query] b: u8,
        ) -> Call<()>;

        /// Deprecated.
        #[deprecated]
        #[get("/f")]
        fn old(&self) -> Call<()>;

        /// No endpoint.
        fn version(&self) -> u8 {
            Self::VERSION
        }
    }

    /// Generic.
    #[api(partial_fakes, client = "OfThings", crate = "::declarest")]
    pub trait Things<'a, T: ?::core::marker::Sized, const N: usize>
    where
        T: ::declarest::Scalar + 'a,
    {
        /// Takes a value of the parameter.
        #[get("/t/{id}")]
        fn get(&self, id: &T) -> Call<()>;

        /// Generic itself.
        #[get("/u/{id}")]
        fn generic<S>(&self, id: S) -> Call<()>
        where
            S: ::declarest::Scalar;
    }

    /// A tree of APIs.
    #[api("/v1/", dyn)]
    pub trait Tree: ::core::marker::Send + ::core::marker::Sync {
        /// A branch.
        #[nest]
        fn keys(&self) -> KeysClient;
        /// A branch behind a pointer, and a cycle.
        #[nest("/trees/{id}")]
        fn tree(&self, id: u32) -> ::std::sync::Arc<dyn Tree>;
        /// A leaf.
        #[get("/leaf?a=b", accept = "text/plain", deadline = "10s", attempts = 2)]
        fn leaf(&self) -> Call<()>;
    }

    macro_rules! declared {
        ($name:ident, $path:literal, $argument:ident: $ty:ty, $output:ty) => {
            /// Declared by a macro.
            #[api]
            pub trait $name {
                /// Takes a type through a macro.
                #[get($path)]
                fn get(&self, #[query] $argument: $ty) -> $output;
                /// Takes one through a reference.
                #[get("/x/{id}")]
                fn by_reference(&self, id: &$ty) -> $output;
            }
        };
    }
    declared!(Declared, "/declared", parts: &str, Call<()>);

    /// A name.
    #[derive(::declarest::Scalar)]
    pub struct Name(pub ::std::string::String);

    /// An order.
    #[derive(::declarest::Scalar)]
    #[scalar(rename_all = "snake_case")]
    pub enum Order {
        /// Up.
        GoingUp,
        /// Down.
        #[scalar(rename = "desc")]
        Down,
    }

    /// Parameters.
    #[derive(::declarest::Query)]
    pub struct Parameters<'a> {
        /// The order.
        pub order: ::core::option::Option<Order>,
        /// A raw name.
        pub r#type: &'a str,
        /// A list.
        #[query("ids[]", lists = "comma")]
        pub ids: &'a [u32],
    }
}

/// The table of a tree that contains itself can be read.
#[test]
fn tables_are_there() {
    ::std::assert_eq!(api::KeysClient::ENDPOINTS.len(), 7);
    ::std::assert_eq!(api::TreeClient::NESTS.len(), 2);
    for nest in api::TreeClient::NESTS {
        ::std::assert!(!(nest.endpoints)().is_empty());
    }
    for endpoint in api::TreeClient::ENDPOINTS {
        ::std::assert_eq!(endpoint.template, "/v1/leaf");
    }
}
