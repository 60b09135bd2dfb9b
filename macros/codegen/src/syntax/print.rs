//! Prints what was read, as it was written.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{FnArg, Pat, PatType, Receiver, ReceiverKind, Signature, TraitItem, TraitItemFn};

impl ToTokens for TraitItem {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Fn(function) => function.to_tokens(tokens),
            Self::Const(constant) => constant.tokens.to_tokens(tokens),
            Self::Type(_, item) | Self::Macro(_, item) | Self::Unknown(item) => item.to_tokens(tokens),
        }
    }
}

impl ToTokens for TraitItemFn {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, sig, default, semi_token, .. } = self;
        tokens.extend(quote!(#(#attrs)* #sig #default #semi_token));
    }
}

impl ToTokens for Signature {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { constness, asyncness, safety, abi, fn_token, ident, generics, .. } = self;
        tokens.extend(quote!(#constness #asyncness #safety #abi #fn_token #ident #generics));
        self.paren_token.surround(tokens, |tokens| {
            self.inputs.to_tokens(tokens);
            if let Some((_, variadic)) = &self.variadic {
                if !self.inputs.empty_or_trailing() {
                    tokens.extend(quote!(,));
                }
                variadic.to_tokens(tokens);
            }
        });
        self.output.to_tokens(tokens);
        self.generics.where_clause.to_tokens(tokens);
    }
}

impl ToTokens for FnArg {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Receiver(receiver) => receiver.to_tokens(tokens),
            Self::Typed(PatType { attrs, pat, colon_token, ty }) => {
                tokens.extend(quote!(#(#attrs)* #pat #colon_token #ty));
            }
        }
    }
}

impl ToTokens for Receiver {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, mutability, self_token, kind } = self;
        tokens.extend(match kind {
            ReceiverKind::Value => quote!(#(#attrs)* #mutability #self_token),
            ReceiverKind::Reference(and, lifetime, exclusive) => {
                quote!(#(#attrs)* #and #lifetime #exclusive #self_token)
            }
            ReceiverKind::Typed(colon, ty) => quote!(#(#attrs)* #mutability #self_token #colon #ty),
        });
    }
}

impl ToTokens for Pat {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Name(ident) => ident.to_tokens(tokens),
            Self::Bound(_, pattern) | Self::Other(pattern) => pattern.to_tokens(tokens),
        }
    }
}
