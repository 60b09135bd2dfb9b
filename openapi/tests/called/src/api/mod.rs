// Imported by cargo-declarest; the rest of the file had the checksum 78d7946f.
//! The Keys API.

// Arguments and variants are as many and as large as the document has them.
#![allow(clippy::too_many_arguments, clippy::large_enum_variant)]

/// A constructor of what is required, if anything is, and chained setters of the rest:
/// `setters!(NewKey(name [text]): expires_in [u32], scopes [texts]);`
macro_rules! setters {
    ($name:ident($($required:ident [$($given:tt)+]),+ $(,)?): $($field:ident [$($kind:tt)+]),+ $(,)?) => {
        impl $name {
            /// Takes what is required.
            pub fn new($($required: setters!(@type $($given)+)),+) -> Self {
                $(let $required = setters!(@value $required $($given)+);)+
                Self { $($required: $required.into(),)+ $($field: Default::default()),+ }
            }
        }
        setters!($name: $($field [$($kind)+]),+);
    };
    ($name:ident: $($field:ident [$($kind:tt)+]),+ $(,)?) => {
        impl $name {
            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](#structfield.", stringify!($field), ").")]
                #[must_use]
                pub fn $field(mut self, value: setters!(@type $($kind)+)) -> Self {
                    self.$field = setters!(@value value $($kind)+).into();
                    self
                }
            )+
        }
    };
    (@type text) => { impl Into<String> };
    (@type texts) => { impl IntoIterator<Item = impl Into<String>> };
    (@type $kind:ty) => { $kind };
    (@value $value:ident text) => { Into::<String>::into($value) };
    (@value $value:ident texts) => { $value.into_iter().map(Into::into).collect::<Vec<String>>() };
    (@value $value:ident $kind:ty) => { $value };
}

pub mod api_keys;
pub mod health;
mod root;
pub mod types;

pub use self::root::{Keys, KeysClient};

/// Why a call failed, and what the server says.
pub type Error = declarest::ApiError<types::Problem>;
/// A call of this API.
pub type Call<T> = declarest::Call<T, Error>;
/// A list of this API.
pub type Pages<P> = declarest::Pages<P, Error>;
