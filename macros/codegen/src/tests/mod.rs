//! Tests of the whole macro, without a compiler.

mod accepted;
mod combinations;
mod mistakes;
mod mutations;
mod reading;
mod snapshots;
mod unfinished;

use proc_macro2::TokenStream;

/// What `#[api(attr)] item` becomes.
fn expanded(attr: &str, item: &str) -> TokenStream {
    crate::api::expand(attr.parse().unwrap(), item.parse().unwrap())
}

/// The expansion as rustfmt would show it.
fn pretty(attr: &str, item: &str) -> String {
    let tokens = expanded(attr, item);
    prettyplease::unparse(&syn::parse2(tokens.clone()).unwrap_or_else(|error| panic!("{error}: {tokens}")))
}

/// The messages of the `compile_error!`s, in their order.
fn messages(attr: &str, item: &str) -> Vec<String> {
    let file: syn::File = syn::parse2(expanded(attr, item)).unwrap();
    let errors = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Macro(call) if call.mac.path.segments.last().unwrap().ident == "compile_error" => {
            Some(syn::parse2::<syn::LitStr>(call.mac.tokens).unwrap().value())
        }
        _ => None,
    });
    errors.collect()
}

/// The messages about one method that stands alone in a trait.
fn method(declaration: &str) -> Vec<String> {
    messages("", &format!("trait Api {{ {declaration} }}"))
}
