//! What can be seen of a type without knowing it.

mod walk;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    GenericArgument, Generics, Ident, Lifetime, PathArguments, PathSegment, Signature, Type, TypeImplTrait,
    TypeParamBound,
};
use walk::Part;

/// The type without the invisible groups of a `macro_rules!` and without parentheses.
pub(crate) fn bare(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Group(group) => &group.elem,
            Type::Paren(paren) => &paren.elem,
            _ => return ty,
        };
    }
}

/// The type behind one `&`, if there is one.
pub(crate) fn behind_reference(ty: &Type) -> Option<&Type> {
    match bare(ty) {
        Type::Reference(reference) => Some(bare(&reference.elem)),
        _ => None,
    }
}

/// Whether it is a `&'static …`.
pub(crate) fn is_static(ty: &Type) -> bool {
    let Type::Reference(reference) = bare(ty) else { return false };
    reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static")
}

/// The type behind any number of `&`.
pub(crate) fn behind_references(mut ty: &Type) -> &Type {
    while let Some(inner) = behind_reference(ty) {
        ty = inner;
    }
    bare(ty)
}

/// The last segment of a path type.
pub(crate) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// Whether the type is written `Option<…>`, however the path to it is spelt.
pub(crate) fn is_option(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|last| last.ident == "Option" && !last.arguments.is_none())
}

/// The bounds of an `impl Trait`.
pub(crate) fn impl_trait(ty: &Type) -> Option<&TypeImplTrait> {
    match bare(ty) {
        Type::ImplTrait(bounds) => Some(bounds),
        _ => None,
    }
}

/// The last names of the traits in a list of bounds.
pub(crate) fn bound_segments<'a>(
    bounds: impl IntoIterator<Item = &'a TypeParamBound>,
) -> Vec<&'a PathSegment> {
    let traits = bounds.into_iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    traits.collect()
}

/// The one type argument of `Into<X>`, `AsRef<X>` and the like.
pub(crate) fn type_argument(segment: &PathSegment) -> Option<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(list) => list.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        }),
        _ => None,
    }
}

/// `R` of `impl Future<Output = R> + …`.
pub(crate) fn future_output(ty: &Type) -> Option<&Type> {
    let bounds = impl_trait(ty)?;
    let future = bound_segments(&bounds.bounds).into_iter().find(|segment| segment.ident == "Future")?;
    match &future.arguments {
        PathArguments::AngleBracketed(list) => list.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(output) if output.ident == "Output" => Some(&output.ty),
            _ => None,
        }),
        _ => None,
    }
}

/// `'_`, where it stands in the type.
pub(crate) fn elided_lifetime(ty: &Type) -> Option<&Lifetime> {
    let mut found = None;
    walk::ty(ty, &mut |part| match part {
        Part::Lifetime(lifetime) if lifetime.ident == "_" => _ = found.get_or_insert(lifetime),
        _ => {}
    });
    found
}

/// The type with `'static` for every lifetime: what a constant can name.
pub(crate) fn without_lifetimes(ty: &Type) -> TokenStream {
    fn changed(tokens: TokenStream) -> TokenStream {
        let mut behind_mark = false;
        let changed = tokens.into_iter().map(|mut token| {
            match &mut token {
                TokenTree::Ident(ident) if behind_mark => *ident = Ident::new("static", ident.span()),
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), changed(group.stream()));
                    inner.set_span(group.span());
                    *group = inner;
                }
                _ => {}
            }
            behind_mark = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '\'');
            token
        });
        changed.collect()
    }
    changed(ty.to_token_stream())
}

/// The lifetimes of a signature that nothing declares, each once.
pub(crate) fn undeclared_lifetimes(signature: &Signature, outer: &Generics) -> Vec<Lifetime> {
    let mut used: Vec<&Lifetime> = Vec::new();
    let mut declared: Vec<&Ident> = outer.lifetimes().map(|parameter| &parameter.lifetime.ident).collect();
    walk::signature(signature, &mut |part| match part {
        Part::Lifetime(lifetime) => used.push(lifetime),
        Part::Declared(lifetime) => declared.push(&lifetime.ident),
        Part::ImplTrait => {}
    });
    let mut undeclared = Vec::new();
    for lifetime in used {
        if lifetime.ident != "static" && lifetime.ident != "_" && !declared.contains(&&lifetime.ident) {
            declared.push(&lifetime.ident);
            undeclared.push(lifetime.clone());
        }
    }
    undeclared
}

/// Whether an `impl Trait` stands anywhere in the type, so that it has no name.
pub(crate) fn is_unnameable(ty: &Type) -> bool {
    let mut found = false;
    walk::ty(ty, &mut |part| found |= matches!(part, Part::ImplTrait));
    found
}

/// Whether the word stands anywhere in the tokens.
pub(crate) fn mentions(tokens: impl ToTokens, word: &str) -> bool {
    fn any(tokens: TokenStream, word: &str) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => any(group.stream(), word),
            TokenTree::Ident(ident) => ident == word,
            _ => false,
        })
    }
    any(tokens.into_token_stream(), word)
}
