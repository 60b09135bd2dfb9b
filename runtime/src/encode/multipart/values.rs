//! What is a part: a scalar, bytes, a secret, an `Option` or a list of parts.

use bytes::Bytes;

use super::super::invalid_argument::Reason;
use super::super::scalar::{Scalar, text_of};
use super::super::values::float_text;
use super::{Part, PartSink};
use crate::body::RequestBody;
use crate::secret::Secret;

#[diagnostic::do_not_recommend]
impl<T: Scalar> Part for T {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.text(text_of(&self));
    }

    fn add_list(list: Vec<Self>, parts: &mut PartSink<'_>) {
        match T::into_bytes(list) {
            Ok(bytes) => parts.add(RequestBody::from(bytes), None, Some("application/octet-stream")),
            Err(list) => list.into_iter().for_each(|part| part.add(parts)),
        }
    }
}

macro_rules! floats {
    ($($float:ty)*) => {$(
        impl Part for $float {
            fn add(self, parts: &mut PartSink<'_>) {
                parts.text(if self.is_finite() { Ok(float_text(self)) } else { Err(Reason::NotFinite) });
            }
        }
    )*};
}
floats!(f32 f64);

impl Part for Bytes {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.add(RequestBody::from(self), None, Some("application/octet-stream"));
    }
}

#[diagnostic::do_not_recommend]
impl Part for &Bytes {
    fn add(self, parts: &mut PartSink<'_>) {
        self.clone().add(parts);
    }
}

impl Part for Secret {
    fn add(self, parts: &mut PartSink<'_>) {
        (&self).add(parts);
    }
}

#[diagnostic::do_not_recommend]
impl Part for &Secret {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.text(self.in_body().map(str::to_owned).ok_or(Reason::Message("is not in a request body")));
    }
}

impl<T: Part> Part for Option<T> {
    fn add(self, parts: &mut PartSink<'_>) {
        if let Some(value) = self {
            value.add(parts);
        }
    }
}

impl<T: Part> Part for Vec<T> {
    fn add(self, parts: &mut PartSink<'_>) {
        T::add_list(self, parts);
    }
}

macro_rules! lists {
    ($($(#[$attribute:meta])* ($($generics:tt)*) $list:ty),* $(,)?) => {$(
        $(#[$attribute])*
        impl<$($generics)*> Part for $list {
            fn add(self, parts: &mut PartSink<'_>) {
                T::add_list(Vec::from(self), parts);
            }
        }
    )*};
}
lists! {
    (T: Part + Clone) &[T],
    #[diagnostic::do_not_recommend] (T: Part, const N: usize) [T; N],
    #[diagnostic::do_not_recommend] (T: Part + Clone, const N: usize) &[T; N],
}

#[diagnostic::do_not_recommend]
impl<T: Part + Clone> Part for &Vec<T> {
    fn add(self, parts: &mut PartSink<'_>) {
        T::add_list(self.clone(), parts);
    }
}
