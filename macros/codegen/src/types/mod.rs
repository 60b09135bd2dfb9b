//! What can be seen of a type without knowing it.

mod walk;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    GenericArgument, Generics, Ident, Lifetime, PathArguments, PathSegment, Signature, Type, TypeImplTrait,
    TypeParamBound, WherePredicate,
};
use walk::Part;

use crate::print::normal;

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

/// Writes another type in place of the first type argument of the last segment.
pub(crate) fn replace_type_argument(ty: &mut Type, other: Type) {
    let Type::Path(path) = ty else { return };
    let Some(PathArguments::AngleBracketed(list)) =
        path.path.segments.last_mut().map(|last| &mut last.arguments)
    else {
        return;
    };
    let mut types = list.args.iter_mut().filter(|argument| matches!(argument, GenericArgument::Type(_)));
    if let Some(first) = types.next() {
        *first = GenericArgument::Type(other);
    }
}

/// What is in an `Option`.
pub(crate) fn option_item(ty: &Type) -> Option<&Type> {
    last_segment(ty).filter(|last| last.ident == "Option").and_then(type_argument)
}

/// What is in a list in order: a slice, an array, a `Vec`.
pub(crate) fn list_item(ty: &Type) -> Option<&Type> {
    match bare(ty) {
        Type::Slice(slice) => Some(&slice.elem),
        Type::Array(array) => Some(&array.elem),
        _ => last_segment(ty).filter(|last| last.ident == "Vec").and_then(type_argument),
    }
}

/// What is in a collection, behind references and an `Option`.
pub(crate) fn items(ty: &Type) -> Option<&Type> {
    const LISTS: &[&str] = &["VecDeque", "HashSet", "BTreeSet", "LinkedList", "IndexSet"];
    let ty = behind_references(ty);
    let ty = option_item(ty).map_or(ty, behind_references);
    let set = || last_segment(ty).filter(|last| LISTS.iter().any(|name| last.ident == name));
    list_item(ty).or_else(|| set().and_then(type_argument))
}

/// What a value of a type without a name is converted to.
#[derive(Clone, Copy)]
pub(crate) enum Conversion<'a> {
    Into(&'a Type),
    AsRef(&'a Type),
}

/// The conversion that `impl Into<X>` or `impl AsRef<X>` says, or the bounds of a type parameter among `generics`.
///
/// A parameter with a bound of another crate is taken as it is: that bound may be what encodes it.
pub(crate) fn conversion<'a>(ty: &'a Type, generics: &[&'a Generics]) -> Option<Conversion<'a>> {
    if let Some(bounds) = impl_trait(ty) {
        return bound_segments(&bounds.bounds).into_iter().find_map(conversion_of);
    }
    let name = match bare(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.get_ident()?,
        _ => return None,
    };
    let bounds = bounds_of(name, generics);
    let plain = |segment: &&PathSegment| {
        conversion_of(segment).is_some() || SAY_NOTHING.iter().any(|name| segment.ident == name)
    };
    if bounds.iter().all(plain) { bounds.into_iter().find_map(conversion_of) } else { None }
}

/// Bounds that say nothing of how a value is sent.
const SAY_NOTHING: &[&str] = &[
    "Sized",
    "Send",
    "Sync",
    "Unpin",
    "Clone",
    "Copy",
    "Debug",
    "Display",
    "ToString",
    "Default",
    "Eq",
    "PartialEq",
    "Ord",
    "PartialOrd",
    "Hash",
    "From",
    "Borrow",
    "Deref",
];

fn conversion_of(segment: &PathSegment) -> Option<Conversion<'_>> {
    let target = type_argument(segment)?;
    match segment.ident.to_string().as_str() {
        "Into" => Some(Conversion::Into(target)),
        "AsRef" => Some(Conversion::AsRef(target)),
        _ => None,
    }
}

/// The traits that bound a type parameter, in the list of parameters and behind `where`.
fn bounds_of<'a>(name: &Ident, generics: &[&'a Generics]) -> Vec<&'a PathSegment> {
    let mut all = Vec::new();
    for generics in generics {
        let own = generics.type_params().filter(|parameter| parameter.ident == *name);
        all.extend(own.flat_map(|parameter| bound_segments(&parameter.bounds)));
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            let WherePredicate::Type(rule) = predicate else { continue };
            if matches!(bare(&rule.bounded_ty), Type::Path(path) if path.path.is_ident(name)) {
                all.extend(bound_segments(&rule.bounds));
            }
        }
    }
    all
}

/// The type argument of a segment that has one and no other argument.
pub(crate) fn only_type_argument(segment: &PathSegment) -> Option<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(list) if list.args.len() == 1 => type_argument(segment),
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

/// Where the type borrows from something that is not `'static`: the lifetime, or a reference without one.
pub(crate) fn borrowed(ty: &Type) -> Option<TokenStream> {
    let mut found = None;
    walk::ty(ty, &mut |part| match part {
        Part::Lifetime(lifetime) if lifetime.ident != "static" && found.is_none() => {
            found = Some(lifetime.to_token_stream());
        }
        Part::Elided(and) if found.is_none() => found = Some(and.to_token_stream()),
        _ => {}
    });
    found
}

/// What to write for a type without a known size.
pub(crate) fn owned_instead(ty: &Type) -> Option<String> {
    match bare(ty) {
        Type::Slice(slice) => Some(format!("`Vec<{}>`", normal(&*slice.elem))),
        Type::TraitObject(_) => Some("the type of the data".to_owned()),
        _ => last_segment(ty).filter(|last| last.ident == "str").map(|_| "`String`".to_owned()),
    }
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
        Part::ImplTrait | Part::Elided(_) => {}
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
