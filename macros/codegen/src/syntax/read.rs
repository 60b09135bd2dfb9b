//! Reads a trait. The compiler has read it before: what it refuses has been told, so nothing is refused here for order
//! or place.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::buffer::Cursor;
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream, Result};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Generics, Ident, Path, ReturnType, Token, Type, TypeImplTrait, TypeParamBound, Visibility,
    braced, parenthesized, token,
};

use super::{
    FnArg, ItemTrait, Pat, PatType, Receiver, ReceiverKind, Signature, TraitItem, TraitItemConst, TraitItemFn,
};

impl Parse for ItemTrait {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut attrs = Attribute::parse_outer(input)?;
        let vis = input.parse()?;
        let safety = safety(input)?;
        let auto_token = input.parse()?;
        let trait_token = input.parse()?;
        let ident = input.parse()?;
        let mut generics: Generics = input.parse()?;
        let colon_token: Option<Token![:]> = input.parse()?;
        let supertraits = if colon_token.is_some() { bounds(input)? } else { Punctuated::new() };
        generics.where_clause = input.parse()?;
        let content;
        let brace_token = braced!(content in input);
        attrs.append(&mut Attribute::parse_inner(&content)?);
        let mut items = Vec::new();
        while !content.is_empty() {
            items.push(content.parse()?);
        }
        Ok(Self {
            attrs,
            vis,
            safety,
            auto_token,
            trait_token,
            ident,
            generics,
            colon_token,
            supertraits,
            brace_token,
            items,
        })
    }
}

impl Parse for TraitItem {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let begin = input.cursor();
        let attrs = Attribute::parse_outer(input)?;
        let vis: Visibility = input.parse()?;
        if begins_function(input.cursor()) {
            return Ok(Self::Fn(Box::new(TraitItemFn { attrs, vis, ..input.parse()? })));
        }
        let plain = matches!(vis, Visibility::Inherited);
        if plain && input.peek(Token![const]) && (input.peek2(Ident) || input.peek2(Token![_])) {
            return constant(begin, input);
        }
        if plain && input.peek(Token![type]) {
            input.parse::<Token![type]>()?;
            let ident = input.parse()?;
            through_semicolon(input)?;
            return Ok(Self::Type(ident, between(begin, input)));
        }
        if input.peek(Token![const]) || input.peek(Token![type]) || is_default(input) {
            through_item(input)?;
            return Ok(Self::Unknown(between(begin, input)));
        }
        let path = Path::parse_mod_style(input)?;
        input.parse::<Token![!]>()?;
        match input.parse()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {}
            TokenTree::Group(_) => through_semicolon(input)?,
            other => return Err(syn::Error::new(other.span(), "expected the arguments of a macro")),
        }
        Ok(Self::Macro(path, between(begin, input)))
    }
}

/// `unsafe` or `safe`, if it stands here.
fn safety(input: ParseStream<'_>) -> Result<Option<Ident>> {
    let stands = input.cursor().ident().is_some_and(|(word, _)| word == "unsafe" || word == "safe");
    if stands { Ident::parse_any(input).map(Some) } else { Ok(None) }
}

/// Whether a `fn` stands behind nothing but what may stand in front of one.
fn begins_function(mut at: Cursor<'_>) -> bool {
    while let Some((word, behind)) = at.ident() {
        match word.to_string().as_str() {
            "fn" => return true,
            "const" | "async" | "unsafe" | "safe" => at = behind,
            // With the name of the ABI or without.
            "extern" => at = behind.literal().map_or(behind, |(_, behind)| behind),
            _ => return false,
        }
    }
    false
}

/// `default fn …`, which no stable trait has.
fn is_default(input: ParseStream<'_>) -> bool {
    input.peek(Token![default]) && !input.peek2(Token![!]) && !input.peek2(Token![::])
}

fn constant(begin: Cursor<'_>, input: ParseStream<'_>) -> Result<TraitItem> {
    input.parse::<Token![const]>()?;
    let ident = Ident::parse_any(input)?;
    if !input.peek(Token![:]) {
        through_semicolon(input)?;
        return Ok(TraitItem::Unknown(between(begin, input)));
    }
    input.parse::<Token![:]>()?;
    input.parse::<Type>()?;
    let has_value = input.peek(Token![=]);
    through_semicolon(input)?;
    Ok(TraitItem::Const(TraitItemConst { ident, has_value, tokens: between(begin, input) }))
}

fn through_semicolon(input: ParseStream<'_>) -> Result<()> {
    while !input.peek(Token![;]) {
        if input.is_empty() {
            return Err(input.error("expected `;`"));
        }
        input.parse::<TokenTree>()?;
    }
    input.parse::<Token![;]>().map(drop)
}

/// Through a `;` or a body, whichever comes first.
fn through_item(input: ParseStream<'_>) -> Result<()> {
    while !input.peek(Token![;]) && !input.peek(token::Brace) {
        if input.is_empty() {
            return Err(input.error("expected `;`"));
        }
        input.parse::<TokenTree>()?;
    }
    input.parse::<TokenTree>().map(drop)
}

/// What was read since then.
fn between(begin: Cursor<'_>, input: ParseStream<'_>) -> TokenStream {
    let (mut at, end) = (begin, input.cursor());
    let mut tokens = Vec::new();
    while at != end {
        let Some((token, next)) = at.token_tree() else { break };
        tokens.push(token);
        at = next;
    }
    tokens.into_iter().collect()
}

impl Parse for TraitItemFn {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attrs = Attribute::parse_outer(input)?;
        let sig = input.parse()?;
        let (default, semi_token) = if input.peek(token::Brace) {
            (Some(input.parse::<TokenTree>()?.into_token_stream()), None)
        } else {
            (None, Some(input.parse()?))
        };
        Ok(Self { attrs, vis: Visibility::Inherited, sig, default, semi_token })
    }
}

impl Parse for Signature {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let constness = input.parse()?;
        let asyncness = input.parse()?;
        let safety = safety(input)?;
        let abi = input.parse()?;
        let fn_token = input.parse()?;
        let ident = input.parse()?;
        let mut generics: Generics = input.parse()?;
        let content;
        let paren_token = parenthesized!(content in input);
        let (mut inputs, mut variadic) = (Punctuated::new(), None);
        while !content.is_empty() {
            let begin = content.cursor();
            let attrs = Attribute::parse_outer(&content)?;
            if let Some(span) = dots(&content)? {
                variadic = Some((span, between(begin, &content)));
                break;
            }
            inputs.push_value(argument(&content, attrs)?);
            if !content.is_empty() {
                inputs.push_punct(content.parse()?);
            }
        }
        let output = output(input)?;
        generics.where_clause = input.parse()?;
        Ok(Self {
            constness,
            asyncness,
            safety,
            abi,
            fn_token,
            ident,
            generics,
            paren_token,
            inputs,
            variadic,
            output,
        })
    }
}

/// `...` or `name: ...`, through the end of the list.
fn dots(input: ParseStream<'_>) -> Result<Option<proc_macro2::Span>> {
    let named = input.peek(Ident) && input.peek2(Token![:]) && input.peek3(Token![...]);
    if !named && !input.peek(Token![...]) {
        return Ok(None);
    }
    if named {
        input.parse::<Ident>()?;
        input.parse::<Token![:]>()?;
    }
    let span = input.span();
    input.parse::<TokenStream>()?;
    Ok(Some(span))
}

impl Parse for FnArg {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attrs = Attribute::parse_outer(input)?;
        argument(input, attrs)
    }
}

fn argument(input: ParseStream<'_>, attrs: Vec<Attribute>) -> Result<FnArg> {
    if begins_receiver(input.cursor()) {
        return receiver(input, attrs).map(FnArg::Receiver);
    }
    let pat = pattern(input)?;
    Ok(FnArg::Typed(PatType { attrs, pat, colon_token: input.parse()?, ty: Box::new(ty(input)?) }))
}

fn pattern(input: ParseStream<'_>) -> Result<Pat> {
    if input.peek2(Token![:]) && !input.peek2(Token![::]) && input.peek(Ident) {
        return input.parse().map(Pat::Name);
    }
    let begin = input.cursor();
    // A path in a pattern has its `::` in one piece.
    while !input.peek(Token![:]) || input.peek(Token![::]) {
        if input.is_empty() || input.peek(Token![,]) {
            return Err(input.error("expected `:`"));
        }
        if input.parse::<Option<Token![::]>>()?.is_none() {
            input.parse::<TokenTree>()?;
        }
    }
    let tokens = between(begin, input);
    if tokens.is_empty() {
        return Err(input.error("expected a pattern"));
    }
    let bound = |input: ParseStream<'_>| {
        input.parse::<Option<Token![ref]>>()?;
        input.parse::<Option<Token![mut]>>()?;
        let ident: Ident = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![@]>()?;
            input.parse::<TokenStream>()?;
        }
        Ok(ident)
    };
    Ok(match syn::parse::Parser::parse2(bound, tokens.clone()) {
        Ok(ident) => Pat::Bound(ident, tokens),
        Err(_) => Pat::Other(tokens),
    })
}

/// `self` behind nothing but `&`, a lifetime and `mut`.
fn begins_receiver(mut at: Cursor<'_>) -> bool {
    if let Some((_, behind)) = at.punct().filter(|(mark, _)| mark.as_char() == '&') {
        at = behind.lifetime().map_or(behind, |(_, behind)| behind);
    }
    match at.ident() {
        Some((word, behind)) if word == "mut" => behind.ident().is_some_and(|(word, _)| word == "self"),
        // Not the path of a pattern.
        Some((word, behind)) if word == "self" => {
            behind.punct().is_none_or(|(mark, _)| mark.spacing() == Spacing::Alone)
        }
        _ => false,
    }
}

fn receiver(input: ParseStream<'_>, attrs: Vec<Attribute>) -> Result<Receiver> {
    let reference: Option<Token![&]> = input.parse()?;
    let lifetime = if reference.is_some() { input.parse()? } else { None };
    let mutability: Option<Token![mut]> = input.parse()?;
    let self_token = input.parse()?;
    if let Some(and) = reference {
        let kind = ReceiverKind::Reference(and, lifetime, mutability);
        return Ok(Receiver { attrs, mutability: None, self_token, kind });
    }
    let colon: Option<Token![:]> = input.parse()?;
    let kind = match colon {
        Some(colon) => ReceiverKind::Typed(colon, input.parse()?),
        None => ReceiverKind::Value,
    };
    Ok(Receiver { attrs, mutability, self_token, kind })
}

/// What is returned. Bounds of an `impl Trait` may hold `use<…>`, which syn reads with all of Rust only.
fn output(input: ParseStream<'_>) -> Result<ReturnType> {
    let arrow: Option<Token![->]> = input.parse()?;
    let Some(arrow) = arrow else { return Ok(ReturnType::Default) };
    let ty = if input.peek(Token![impl]) {
        let impl_token = input.parse()?;
        Type::ImplTrait(TypeImplTrait { attrs: Vec::new(), impl_token, bounds: bounds(input)? })
    } else {
        ty(input)?
    };
    Ok(ReturnType::Type(arrow, Box::new(ty)))
}

/// A type. Where the length of an array is an expression that syn reads with all of Rust only, its tokens.
fn ty(input: ParseStream<'_>) -> Result<Type> {
    let ahead = input.fork();
    let read = ahead.parse();
    if !matches!(&read, Err(error) if error.to_string().starts_with("unsupported expression")) {
        input.advance_to(&ahead);
        return read;
    }
    let (begin, mut depth) = (input.cursor(), 0_usize);
    let ends =
        || input.is_empty() || input.peek(Token![;]) || input.peek(token::Brace) || input.peek(Token![where]);
    while !ends() && (depth > 0 || !input.peek(Token![,])) {
        if input.parse::<Option<Token![->]>>()?.is_some() {
            continue;
        }
        match input.parse()? {
            TokenTree::Punct(mark) if mark.as_char() == '<' => depth += 1,
            TokenTree::Punct(mark) if mark.as_char() == '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(Type::Verbatim(between(begin, input)))
}

/// Bounds up to what follows them in a trait or a signature.
fn bounds(input: ParseStream<'_>) -> Result<Punctuated<TypeParamBound, Token![+]>> {
    let ends =
        || input.is_empty() || input.peek(Token![where]) || input.peek(token::Brace) || input.peek(Token![;]);
    let mut bounds = Punctuated::new();
    while !ends() {
        bounds.push_value(if input.peek(Token![use]) { captures(input)? } else { input.parse()? });
        if ends() {
            break;
        }
        bounds.push_punct(input.parse()?);
    }
    Ok(bounds)
}

/// `use<'a, T>`
fn captures(input: ParseStream<'_>) -> Result<TypeParamBound> {
    let begin = input.cursor();
    input.parse::<Token![use]>()?;
    while !input.peek(Token![>]) {
        input.parse::<TokenTree>()?;
    }
    input.parse::<Token![>]>()?;
    Ok(TypeParamBound::Verbatim(between(begin, input)))
}
