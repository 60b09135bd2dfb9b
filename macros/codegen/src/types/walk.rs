//! Walks over what types are made of; through references to functions, so that it is compiled once.

use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, BoundLifetimes, FnArg, GenericArgument, GenericParam, Generics, Lifetime,
    NamedArg, Path, PathArguments, ReceiverKind, ReturnType, Signature, Token, Type, TypeParamBound,
    WherePredicate,
};

/// What a walk meets.
pub(super) enum Part<'a> {
    /// A lifetime that is used.
    Lifetime(&'a Lifetime),
    /// A lifetime that `for<…>` or a list of parameters declares.
    Declared(&'a Lifetime),
    /// The `&` of a reference without a lifetime.
    Elided(&'a Token![&]),
    /// An `impl Trait`.
    ImplTrait,
}

type Each<'e, 'a> = &'e mut dyn FnMut(Part<'a>);

pub(super) fn ty<'a>(ty: &'a Type, each: Each<'_, 'a>) {
    match ty {
        Type::Array(array) => self::ty(&array.elem, each),
        Type::FnPtr(pointer) => {
            declared(pointer.lifetimes.as_ref(), each);
            inputs(&pointer.inputs, each);
            output(&pointer.output, each);
        }
        Type::Group(group) => self::ty(&group.elem, each),
        Type::ImplTrait(opaque) => {
            each(Part::ImplTrait);
            bounds(&opaque.bounds, each);
        }
        Type::Paren(paren) => self::ty(&paren.elem, each),
        Type::Path(named) => {
            named.qself.iter().for_each(|own| self::ty(&own.ty, each));
            path(&named.path, each);
        }
        Type::Ptr(pointer) => self::ty(&pointer.elem, each),
        Type::Reference(reference) => {
            each(reference.lifetime.as_ref().map_or(Part::Elided(&reference.and_token), Part::Lifetime));
            self::ty(&reference.elem, each);
        }
        Type::Slice(slice) => self::ty(&slice.elem, each),
        Type::TraitObject(object) => bounds(&object.bounds, each),
        Type::Tuple(tuple) => tuple.elems.iter().for_each(|elem| self::ty(elem, each)),
        _ => {}
    }
}

pub(super) fn signature<'a>(signature: &'a Signature, each: Each<'_, 'a>) {
    generics(&signature.generics, each);
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => match &receiver.kind {
                ReceiverKind::Reference(_, Some(lifetime), _) => each(Part::Lifetime(lifetime)),
                ReceiverKind::Typed(_, own) => ty(own, each),
                _ => {}
            },
            FnArg::Typed(argument) => ty(&argument.ty, each),
        }
    }
    output(&signature.output, each);
}

fn output<'a>(output: &'a ReturnType, each: Each<'_, 'a>) {
    if let ReturnType::Type(_, output) = output {
        ty(output, each);
    }
}

fn generics<'a>(generics: &'a Generics, each: Each<'_, 'a>) {
    generics.params.iter().for_each(|parameter| self::parameter(parameter, each));
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    for predicate in predicates {
        match predicate {
            WherePredicate::Lifetime(rule) => {
                each(Part::Lifetime(&rule.lifetime));
                rule.bounds.iter().for_each(|bound| each(Part::Lifetime(bound)));
            }
            WherePredicate::Type(rule) => {
                declared(rule.lifetimes.as_ref(), each);
                ty(&rule.bounded_ty, each);
                bounds(&rule.bounds, each);
            }
            _ => {}
        }
    }
}

fn parameter<'a>(parameter: &'a GenericParam, each: Each<'_, 'a>) {
    match parameter {
        GenericParam::Lifetime(parameter) => {
            each(Part::Declared(&parameter.lifetime));
            parameter.bounds.iter().for_each(|bound| each(Part::Lifetime(bound)));
        }
        GenericParam::Type(parameter) => bounds(&parameter.bounds, each),
        GenericParam::Const(_) => {}
    }
}

fn declared<'a>(list: Option<&'a BoundLifetimes>, each: Each<'_, 'a>) {
    list.iter().flat_map(|list| &list.lifetimes).for_each(|declared| parameter(declared, each));
}

fn bounds<'a>(bounds: &'a Punctuated<TypeParamBound, Token![+]>, each: Each<'_, 'a>) {
    for bound in bounds {
        match bound {
            TypeParamBound::Trait(bound) => {
                declared(bound.lifetimes.as_ref(), each);
                path(&bound.path, each);
            }
            TypeParamBound::Lifetime(lifetime) => each(Part::Lifetime(lifetime)),
            _ => {}
        }
    }
}

fn path<'a>(path: &'a Path, each: Each<'_, 'a>) {
    for segment in &path.segments {
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(list) => arguments(list, each),
            PathArguments::Parenthesized(function) => {
                inputs(&function.inputs, each);
                output(&function.output, each);
            }
        }
    }
}

fn arguments<'a>(list: &'a AngleBracketedGenericArguments, each: Each<'_, 'a>) {
    for argument in &list.args {
        match argument {
            GenericArgument::Lifetime(lifetime) => each(Part::Lifetime(lifetime)),
            GenericArgument::Type(argument) => ty(argument, each),
            GenericArgument::AssocType(named) => {
                named.generics.iter().for_each(|list| arguments(list, each));
                ty(&named.ty, each);
            }
            GenericArgument::Constraint(named) => {
                named.generics.iter().for_each(|list| arguments(list, each));
                bounds(&named.bounds, each);
            }
            _ => {}
        }
    }
}

fn inputs<'a>(inputs: &'a Punctuated<NamedArg, Token![,]>, each: Each<'_, 'a>) {
    inputs.iter().for_each(|input| ty(&input.ty, each));
}
