//! Prints what an argument's attribute says beside its name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::option;
use crate::model::{Lists, Nested, Objects};

/// How a list is written.
pub(crate) fn lists(runtime: &TokenStream, lists: Lists) -> TokenStream {
    let style = match lists {
        Lists::Repeat => quote!(Repeat),
        Lists::Comma => quote!(Comma),
        Lists::Space => quote!(Space),
        Lists::Pipe => quote!(Pipe),
        Lists::Brackets => quote!(Brackets),
        Lists::Indices => quote!(Indices),
    };
    quote!(#runtime::__private::ListStyle::#style)
}

/// How lists and objects are written.
pub(super) fn nested(runtime: &TokenStream, style: Nested) -> TokenStream {
    if style == Nested::default() {
        return quote!(#runtime::__private::NestedStyle::DEFAULT);
    }
    let lists = lists(runtime, style.lists);
    let objects = match style.objects {
        Objects::Brackets => quote!(Brackets),
        Objects::Dots => quote!(Dots),
    };
    quote!(#runtime::__private::NestedStyle { lists: #lists, objects: #runtime::__private::ObjectStyle::#objects })
}

/// What a part says beside its value.
pub(crate) fn part(
    runtime: &TokenStream,
    json: bool,
    content_type: Option<&str>,
    file_name: Option<&str>,
) -> TokenStream {
    let (content_type, file_name) = (option(content_type), option(file_name));
    quote! {
        #runtime::__private::PartOptions { json: #json, content_type: #content_type, file_name: #file_name }
    }
}
