//! Prints what an argument is converted to before it is written: `impl Into<X>` and `impl AsRef<X>` say it, also as the
//! bound of a type parameter, and also within `&`, `Option` and lists.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, Type};

use crate::types::{self, Conversion};

/// How a value is handed to its conversion.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Reference,
    Value,
}

/// The type of the converted argument, and the expression for it; `None` if it is taken as it is.
pub(super) fn converted(ty: &Type, argument: &Ident, generics: &[&Generics]) -> Option<(Type, TokenStream)> {
    let by_reference = || {
        let value = quote_spanned!(argument.span()=> &#argument);
        convert(ty, &value, By::Reference, generics)
    };
    let (ty, value) = convert(ty, &argument.to_token_stream(), By::Value, generics).or_else(by_reference)?;
    Some((syn::parse2(ty).ok()?, value))
}

/// The type and the expression of what `value` is converted to.
fn convert(
    ty: &Type,
    value: &TokenStream,
    by: By,
    generics: &[&Generics],
) -> Option<(TokenStream, TokenStream)> {
    let span = ty.span();
    let inner = Ident::new("value", Span::mixed_site());
    let each = |item: &Type| convert(item, &inner.to_token_stream(), by, generics);
    match (types::conversion(ty, generics), by) {
        (Some(Conversion::Into(target)), By::Value) => {
            return Some((
                quote!(#target),
                quote_spanned!(span=> ::core::convert::Into::<#target>::into(#value)),
            ));
        }
        (Some(Conversion::AsRef(target)), By::Reference) => {
            return Some((quote!(&#target), quote!(::core::convert::AsRef::<#target>::as_ref(#value))));
        }
        (Some(_), _) => return None,
        _ => {}
    }
    if let (Some(behind), By::Reference) = (types::behind_reference(ty), by) {
        return convert(behind, &quote!(&**#value), by, generics);
    }
    if let Some(item) = types::option_item(ty) {
        let (item, call) = each(item)?;
        let option = match by {
            By::Reference => quote!(::core::option::Option::as_ref(#value)),
            By::Value => value.clone(),
        };
        let call = quote!(::core::option::Option::map(#option, |#inner| #call));
        return Some((quote!(::core::option::Option<#item>), call));
    }
    let (item, call) = each(types::list_item(ty)?)?;
    let items = match by {
        By::Reference => quote!(<[_]>::iter(#value)),
        By::Value => quote!(::core::iter::IntoIterator::into_iter(#value)),
    };
    let list = quote!(::std::vec::Vec<#item>);
    let call = quote! {
        ::core::iter::Iterator::collect::<#list>(::core::iter::Iterator::map(#items, |#inner| #call))
    };
    Some((list, call))
}
