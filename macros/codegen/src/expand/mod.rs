//! Prints a checked declaration; nothing here can fail.

mod body;
mod client;
mod constant;
mod docs;
mod item;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use body::{list_style, method, part_options};
pub(crate) use client::implementation;
use constant::option;
pub(crate) use item::{returns_future, wrapped};

use crate::model::{Frame, Method};

/// The trait, its client, and the implementation of one for the other.
pub(crate) fn api(frame: &Frame<'_>, methods: &[Method<'_>]) -> TokenStream {
    let docs = |index| methods.iter().find_map(|method| docs::of(method, index)).unwrap_or_default();
    let item = item::declaration(frame, |index| partial_fake(frame, methods, index), docs);
    let client = client(frame, methods);
    let bodies = methods.iter().map(|method| body::method(frame, method));
    let implementation = client::implementation(frame, &quote!(#(#bodies)*));
    quote!(#item #client #implementation)
}

/// The client and the tables of its methods, without the implementation.
pub(crate) fn client(frame: &Frame<'_>, methods: &[Method<'_>]) -> TokenStream {
    let import = &frame.import;
    let client = client::frame(frame, &constant::lists(frame, methods));
    quote!(#import #client)
}

/// With `partial_fakes`, an endpoint has a body that fails.
fn partial_fake(frame: &Frame<'_>, methods: &[Method<'_>], index: usize) -> Option<TokenStream> {
    if !frame.partial_fakes {
        return None;
    }
    methods.iter().find_map(|method| match method {
        Method::Endpoint(endpoint) if endpoint.signature.index == index => {
            Some(body::not_faked(frame, endpoint))
        }
        _ => None,
    })
}
