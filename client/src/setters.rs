//! Chained setters of optional fields.
//!
//! A macro of this crate, because the crates that were tried cost more than its 30 lines. CPU of `cargo check`, three
//! runs each: `derive_setters` takes 18.1 s with its dependencies in place of 9.2 s without (serde alone), and makes
//! each check of this crate 0.3 s slower (1.8 s in place of 1.5 s). It has no setter for a list of texts
//! (`.project_ids(["a", "b"])`, 49 times here), and an attribute beside each text. `bon` takes 21.6 s, and its values end
//! with `.build()`.

/// Chained setters of a request's optional fields: `setters!(ListInvites: after [text], limit [u32]);`
///
/// `[text]` takes what becomes a `String`, `[texts]` a list of these, `[list T]` a list of `T`, `[update T]` a value
/// or a [`FieldUpdate`](declarest::FieldUpdate), `[update texts]` a list of texts, and any other type itself.
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
    (@one $field:ident update texts) => {
        setters!(@fn $field value, impl IntoIterator<Item = impl Into<String>>,
            declarest::FieldUpdate::Set(value.into_iter().map(Into::into).collect::<Vec<String>>()));
    };
    (@one $field:ident update $item:ty) => { setters!(@fn $field value, impl Into<declarest::FieldUpdate<$item>>, Into::<declarest::FieldUpdate<$item>>::into(value)); };
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
