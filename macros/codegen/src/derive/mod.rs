//! The derives: `Scalar`, `Query`, `Multipart` and `Decode`.

mod attributes;
mod case;
pub(crate) mod decode;
mod fields;
pub(crate) mod multipart;
pub(crate) mod query;
pub(crate) mod scalar;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::errors::Sink;

/// Reads the item and prints what `derive` makes of it, or all mistakes.
pub(crate) fn expand(item: TokenStream, derive: fn(&Sink, &DeriveInput) -> TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    match Sink::gather(|sink| derive(sink, &input)) {
        (implementation, Ok(())) => implementation,
        // The implementation stays, so that its uses are no mistakes too.
        (implementation, Err(mistakes)) => quote!(#mistakes #implementation),
    }
}
