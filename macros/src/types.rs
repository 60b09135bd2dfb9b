//! What can be seen of a type without knowing it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{
    GenericArgument, Generics, Ident, Lifetime, LifetimeParam, PathArguments, PathSegment, Signature, Type,
    TypeImplTrait, TypeParamBound,
};

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
    struct Search<'a>(Option<&'a Lifetime>);
    impl<'a> Visit<'a> for Search<'a> {
        fn visit_lifetime(&mut self, lifetime: &'a Lifetime) {
            if lifetime.ident == "_" {
                self.0.get_or_insert(lifetime);
            }
        }
    }
    let mut search = Search(None);
    search.visit_type(ty);
    search.0
}

/// The type with `'static` for every lifetime: what a constant can name.
pub(crate) fn without_lifetimes(ty: &Type) -> Type {
    struct Static;
    impl VisitMut for Static {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            lifetime.ident = Ident::new("static", lifetime.ident.span());
        }
    }
    let mut ty = ty.clone();
    Static.visit_type_mut(&mut ty);
    ty
}

/// The lifetimes of a signature that nothing declares, each once.
pub(crate) fn undeclared_lifetimes(signature: &Signature, outer: &Generics) -> Vec<Lifetime> {
    #[derive(Default)]
    struct Search {
        used: Vec<Lifetime>,
        declared: Vec<Ident>,
    }
    impl<'a> Visit<'a> for Search {
        fn visit_lifetime(&mut self, lifetime: &'a Lifetime) {
            self.used.push(lifetime.clone());
        }
        fn visit_lifetime_param(&mut self, parameter: &'a LifetimeParam) {
            self.declared.push(parameter.lifetime.ident.clone());
        }
    }
    let mut search = Search::default();
    search.visit_generics(outer);
    search.visit_signature(signature);
    let Search { used, mut declared } = search;
    let mut undeclared = Vec::new();
    for lifetime in used {
        if lifetime.ident != "static" && lifetime.ident != "_" && !declared.contains(&lifetime.ident) {
            declared.push(lifetime.ident.clone());
            undeclared.push(lifetime);
        }
    }
    undeclared
}

/// Whether an `impl Trait` stands anywhere in the type, so that it has no name.
pub(crate) fn is_unnameable(ty: &Type) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_type_impl_trait(&mut self, _: &'ast TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut search = Search(false);
    search.visit_type(ty);
    search.0
}

/// Whether the word stands anywhere in the tokens.
pub(crate) fn mentions(tokens: impl ToTokens, word: &str) -> bool {
    fn any(tokens: TokenStream, word: &str) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Group(group) => any(group.stream(), word),
            proc_macro2::TokenTree::Ident(ident) => ident == word,
            _ => false,
        })
    }
    any(tokens.into_token_stream(), word)
}
