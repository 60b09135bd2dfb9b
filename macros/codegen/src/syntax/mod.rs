//! A trait as it is written: as much of Rust's syntax as a declaration has. What stands in a body, behind the `=` of a
//! constant or in a pattern is tokens.
//!
//! Not syn's own: its items come with all of Rust's expressions, a second of every build.

mod print;
mod read;

use proc_macro2::{Span, TokenStream};
use syn::punctuated::Punctuated;
use syn::{
    Abi, Attribute, Generics, Ident, Lifetime, Path, ReturnType, Token, Type, TypeParamBound, Visibility,
    token,
};

/// `pub trait Name<T>: Super where … { … }`
pub(crate) struct ItemTrait {
    /// Outer ones and inner ones.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    /// `unsafe`
    pub(crate) safety: Option<Ident>,
    pub(crate) auto_token: Option<Token![auto]>,
    pub(crate) trait_token: Token![trait],
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) colon_token: Option<Token![:]>,
    pub(crate) supertraits: Punctuated<TypeParamBound, Token![+]>,
    pub(crate) brace_token: token::Brace,
    pub(crate) items: Vec<TraitItem>,
}

/// What stands in a trait.
#[derive(Clone)]
pub(crate) enum TraitItem {
    Fn(Box<TraitItemFn>),
    Const(TraitItemConst),
    /// An associated type: its name, and all of it.
    Type(Ident, TokenStream),
    /// A call of a macro: its name, and all of it.
    Macro(Path, TokenStream),
    /// Anything else that ends where an item does.
    Unknown(TokenStream),
}

/// `const NAME: T = …;`
#[derive(Clone)]
pub(crate) struct TraitItemConst {
    pub(crate) ident: Ident,
    pub(crate) has_value: bool,
    /// All of it.
    pub(crate) tokens: TokenStream,
}

/// A method.
#[derive(Clone)]
pub(crate) struct TraitItemFn {
    pub(crate) attrs: Vec<Attribute>,
    /// Which a trait does not allow.
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    /// The body, in its braces.
    pub(crate) default: Option<TokenStream>,
    pub(crate) semi_token: Option<Token![;]>,
}

/// `async fn name<T>(…) -> R where …`
#[derive(Clone)]
pub(crate) struct Signature {
    pub(crate) constness: Option<Token![const]>,
    pub(crate) asyncness: Option<Token![async]>,
    /// `unsafe` or `safe`.
    pub(crate) safety: Option<Ident>,
    pub(crate) abi: Option<Abi>,
    pub(crate) fn_token: Token![fn],
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) paren_token: token::Paren,
    pub(crate) inputs: Punctuated<FnArg, Token![,]>,
    /// Where the `...` stands, and all of it.
    pub(crate) variadic: Option<(Span, TokenStream)>,
    pub(crate) output: ReturnType,
}

/// What a method takes.
#[derive(Clone)]
pub(crate) enum FnArg {
    Receiver(Receiver),
    Typed(PatType),
}

/// `&self`, `mut self`, `self: Arc<Self>`
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) mutability: Option<Token![mut]>,
    pub(crate) self_token: Token![self],
    pub(crate) kind: ReceiverKind,
}

/// How `self` is taken.
#[derive(Clone)]
pub(crate) enum ReceiverKind {
    Value,
    Reference(Token![&], Option<Lifetime>, Option<Token![mut]>),
    Typed(Token![:], Box<Type>),
}

/// `name: T`
#[derive(Clone)]
pub(crate) struct PatType {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) pat: Pat,
    pub(crate) colon_token: Token![:],
    pub(crate) ty: Box<Type>,
}

/// What an argument is bound to.
#[derive(Clone)]
pub(crate) enum Pat {
    /// `name`
    Name(Ident),
    /// `mut name`, `ref name`, `name @ …`: the name, and all of it.
    Bound(Ident, TokenStream),
    /// Any other pattern.
    Other(TokenStream),
}
