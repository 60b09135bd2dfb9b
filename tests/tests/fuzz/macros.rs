//! The macro: whatever is written, it answers with tokens that are Rust, mistakes included.

use declarest_codegen as codegen;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::support::texts;

/// A path literal. One that is accepted is a path of an URL as it stands.
pub(super) fn template(input: &[u8]) {
    let [path] = texts(input);
    let literal = Literal::string(&path);
    let expanded = codegen::api(
        TokenStream::new(),
        quote!(
            trait Api {
                #[get(#literal)]
                fn call(&self, id: &str) -> Call<()>;
            }
        ),
    );
    let file = items(expanded);
    if is_refused(&file) {
        return;
    }
    assert!(path.starts_with('/') && path.is_ascii());
    let filled = path.replace("{id}", "x").replace("{id..}", "x");
    let url = url::Url::parse(&format!("https://api.example{filled}")).unwrap();
    assert_eq!(url.as_str(), format!("https://api.example{filled}"), "a URL parser changes nothing");
    assert_eq!(url.fragment(), None);
}

/// What stands in an attribute and in a signature.
pub(super) fn attributes(input: &[u8]) {
    let [first, second, third, fourth] =
        texts(input).map(|text| text.parse::<TokenStream>().unwrap_or_default());
    let item = quote! {
        trait Api {
            #[post #first]
            fn call(&self, #second) -> Call<()>;
            #[get("/x/{id}", #third)]
            fn other(&self, id: u8 #fourth) -> Pages<Page>;
        }
    };
    items(codegen::api(second.clone(), item));
    items(codegen::api(third.clone(), quote!(#first #second)));
    for derive in [codegen::derive_scalar, codegen::derive_query] {
        items(derive(quote!(struct Named { #first #second })));
        items(derive(quote!(#third enum Named { #second })));
        items(derive(quote!(#first struct Named(#fourth);)));
    }
}

/// The items of an expansion. What was no item before the macro saw it stays none.
fn items(expansion: TokenStream) -> Vec<syn::Item> {
    syn::parse2::<syn::File>(expansion).map(|file| file.items).unwrap_or_default()
}

fn is_refused(items: &[syn::Item]) -> bool {
    items.is_empty()
        || items.iter().any(|item| matches!(item, syn::Item::Macro(call) if call.mac.path.segments.last().is_some_and(|last| last.ident == "compile_error")))
}
