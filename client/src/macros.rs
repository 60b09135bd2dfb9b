//! The two shapes that repeat in every resource: an enum that the server may extend, and chained setters.

/// Declares an enum of texts that keeps what it does not know in `Other`.
///
/// It is written and read as its text, in JSON as in a query, and compared by it.
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* #[doc = concat!("`", $text, "`")] $variant,)+
            /// A value that this version of the crate does not know, kept as it came.
            Other(String),
        }

        impl $name {
            /// The texts that this version of the crate knows.
            pub const VALUES: &[&str] = &[$($text),+];

            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl declarest::Scalar for $name {
            fn write(&self, sink: &mut declarest::Sink<'_>) {
                sink.str(self.as_str());
            }
        }
    };
}

/// The setter of a lifetime as a `Duration`, beside the one in seconds.
macro_rules! lifetime {
    ($name:ident: $seconds:ty) => {
        impl $name {
            /// Sets [`expires_in_seconds`](#structfield.expires_in_seconds) to this lifetime, rounded up to a second.
            #[must_use]
            pub fn expires_in(mut self, lifetime: std::time::Duration) -> Self {
                let seconds = lifetime.as_secs().saturating_add(u64::from(lifetime.subsec_nanos() > 0));
                self.expires_in_seconds = Some(<$seconds>::try_from(seconds).unwrap_or(<$seconds>::MAX));
                self
            }
        }
    };
}

/// Chained setters of a request's optional fields: `setters!(ListInvites: after [text], limit [u32]);`
///
/// `[text]` takes what becomes a `String`, `[texts]` a list of these, `[list T]` a list of `T`, `[patch T]` a value
/// or a [`FieldUpdate`](declarest::FieldUpdate), `[patch texts]` a list of texts, and any other type itself.
macro_rules! setters {
    ($name:ident: $($field:ident [$($kind:tt)+]),+ $(,)?) => {
        impl $name { $(setters!(@one $field $($kind)+);)+ }
    };
    (@one $field:ident text) => { setters!(@fn $field value, impl Into<String>, Into::<String>::into(value)); };
    (@one $field:ident texts) => {
        setters!(@fn $field value, impl IntoIterator<Item = impl Into<String>>,
            value.into_iter().map(Into::into).collect::<Vec<String>>());
    };
    (@one $field:ident list $item:ty) => {
        setters!(@fn $field value, impl IntoIterator<Item = $item>, value.into_iter().collect::<Vec<$item>>());
    };
    (@one $field:ident patch texts) => {
        setters!(@fn $field value, impl IntoIterator<Item = impl Into<String>>,
            declarest::FieldUpdate::Set(value.into_iter().map(Into::into).collect::<Vec<String>>()));
    };
    (@one $field:ident patch $item:ty) => { setters!(@fn $field value, impl Into<declarest::FieldUpdate<$item>>, Into::<declarest::FieldUpdate<$item>>::into(value)); };
    (@one $field:ident $kind:ty) => { setters!(@fn $field value, $kind, value); };
    (@fn $field:ident $value:ident, $kind:ty, $made:expr) => {
        #[doc = concat!("Sets [`", stringify!($field), "`](#structfield.", stringify!($field), ").")]
        #[must_use]
        pub fn $field(mut self, $value: $kind) -> Self {
            self.$field = $made.into();
            self
        }
    };
}
