//! What the types of a declaration can do, for the feature `verify`. Without it, nothing of a type is looked at.

/// The hooks of the endpoints of an API, as an item of its `impl Api`: for each the declared return type, and the arguments with
/// their types. In braces, so that they are skipped as one.
#[cfg(not(feature = "verify"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __declarest_hooks {
    ($any:tt) => {};
}

/// The names that a struct spreads into, as an item of its `impl`.
#[cfg(not(feature = "verify"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __declarest_members {
    ($($any:tt)*) => {};
}

/// The hooks of the endpoints of an API, as an item of its `impl Api`: for each the declared return type, and the arguments with
/// their types.
#[cfg(feature = "verify")]
#[doc(hidden)]
#[macro_export]
macro_rules! __declarest_hooks {
    ({ $($(#[$when:meta])* { $returns:ty; $($(#[$cfg:meta])* $name:literal: $ty:ty,)* })* }) => {
        fn hooks() -> $crate::__private::Vec<$crate::__private::Hooks> {
            use $crate::verify::Fallback as _;
            $crate::__private::Hooks::list([$($(#[$when])* {
                let returns = $crate::verify::Probe::<$returns>::NEW;
                let returned = returns.returned();
                let response = returned.unwrapped().unwrapped().unwrapped();
                let body = returns.failed().body();
                $crate::__private::Hooks::found(
                    returned.respond(),
                    $crate::verify::Hook::found(response.decode(), response.rewrite()),
                    $crate::verify::Hook::found(body.decode(), body.rewrite()),
                    [$($(#[$cfg])* ($name, $crate::__declarest_argument!($ty)),)*],
                )
            },)*])
        }
    };
}

/// The names that a struct spreads into, as an item of its `impl`.
#[cfg(feature = "verify")]
#[doc(hidden)]
#[macro_export]
macro_rules! __declarest_members {
    ($($(#[$cfg:meta])* $parameter:expr => $($ty:ty)?,)*) => {
        fn members() -> ::core::option::Option<$crate::__private::Vec<$crate::verify::Member>> {
            use $crate::verify::Fallback as _;
            let members = [$($(#[$cfg])* ($parameter, $crate::__declarest_argument!($($ty)?)),)*];
            ::core::option::Option::Some($crate::verify::Member::found(members))
        }
    };
}

/// The hooks of one argument; none if its type cannot be named here.
#[cfg(feature = "verify")]
#[doc(hidden)]
#[macro_export]
macro_rules! __declarest_argument {
    () => {
        $crate::verify::ArgumentHooks::default()
    };
    ($ty:ty) => {{
        let probe = $crate::verify::Probe::<$ty>::NEW;
        // `&Option<&[T]>` is the longest way to a value.
        let value = probe.value().value().value().value();
        let item = value.item().value().value();
        $crate::verify::ArgumentHooks::found(
            $crate::verify::Hook::found(value.decode(), value.rewrite()),
            $crate::verify::Hook::found(item.decode(), item.rewrite()),
            value.members().or_else(|| value.parts()),
        )
    }};
}

pub use crate::{__declarest_hooks as hooks, __declarest_members as members};
