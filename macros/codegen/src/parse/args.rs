//! Reads what stands in the parentheses of an attribute, whatever it is.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, Lit, LitStr, Meta, Token, token};

/// One of our attributes, as it was written.
pub(crate) struct Attr {
    /// `get` of `#[get("/x")]`.
    pub(crate) name: Ident,
    /// What stands in the parentheses.
    pub(crate) args: Vec<Arg>,
    /// `#[get = …]`: the place of what stands behind the `=`.
    pub(crate) assigned: Option<Span>,
    /// `#[declarest::get(…)]`: the place of what stands in front.
    pub(crate) qualified: Option<Span>,
}

/// One part of the list in an attribute.
pub(crate) enum Arg {
    /// `"/users"`, `3`
    Literal(Lit),
    /// `idempotent`
    Word(Ident),
    /// `deadline = "10s"`
    Set(Ident, Value),
    /// `header(…)`
    List(Ident, Vec<Arg>),
    /// `"Accept" = "text/plain"`
    Pair(LitStr, Value),
    /// Nothing, in front of a comma that stands here.
    Missing(Span),
    /// No comma between two parts: where the second begins.
    Glued(Span),
    /// Anything else.
    Unknown(TokenStream),
}

/// What stands behind a `=`.
pub(crate) enum Value {
    /// `"10s"`, `-3`, `true`
    Literal(Lit),
    /// `bearer`
    Word(Ident),
    /// Nothing, behind a `=` that stands here.
    Missing(Span),
    /// `api_key("X-Key")`
    List(Ident, Vec<Arg>),
    /// Anything else.
    Unknown(TokenStream),
}

impl Attr {
    /// Reads an attribute; `None` when it is that of another crate.
    pub(crate) fn read(attribute: &Attribute) -> Option<Self> {
        let name = name(attribute)?.clone();
        let first = attribute.path().segments.first().filter(|first| first.ident != name);
        let qualified = first.map(|first| first.ident.span());
        let (args, assigned) = match &attribute.meta {
            Meta::Path(_) => (Vec::new(), None),
            Meta::List(list) => (read(list.tokens.clone()), None),
            Meta::NameValue(pair) => (Vec::new(), Some(syn::spanned::Spanned::span(&pair.value))),
        };
        Some(Self { name, args, assigned, qualified })
    }

    /// The first string in the list: a path or a name.
    pub(crate) fn text(&self) -> Option<&LitStr> {
        self.args.iter().find_map(|arg| match arg {
            Arg::Literal(Lit::Str(text)) => Some(text),
            _ => None,
        })
    }
}

/// The word that may be ours, also as `declarest::word`.
pub(crate) fn name(attribute: &Attribute) -> Option<&Ident> {
    let segments = &attribute.path().segments;
    let own = segments.first().is_some_and(|first| segments.len() == 1 || first.ident == "declarest");
    segments.last().filter(|_| own && segments.len() < 3).map(|last| &last.ident)
}

impl Arg {
    /// The narrowest place that names the part.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span(),
            Self::Word(key) | Self::Set(key, _) | Self::List(key, _) => key.span(),
            Self::Pair(name, _) => name.span(),
            Self::Missing(span) | Self::Glued(span) => *span,
            Self::Unknown(tokens) => first_span(tokens),
        }
    }

    /// The key, if the part has one.
    pub(crate) fn key(&self) -> Option<&Ident> {
        match self {
            Self::Word(key) | Self::Set(key, _) | Self::List(key, _) => Some(key),
            _ => None,
        }
    }
}

impl Value {
    /// Where the value stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span(),
            Self::Word(word) | Self::List(word, _) => word.span(),
            Self::Missing(span) => *span,
            Self::Unknown(tokens) => first_span(tokens),
        }
    }
}

fn first_span(tokens: &TokenStream) -> Span {
    tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}

/// Reads a list: what cannot be read is kept for the checks.
pub(crate) fn read(tokens: TokenStream) -> Vec<Arg> {
    let (mut args, mut current) = (Vec::new(), TokenStream::new());
    for token in tokens {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                let tokens = std::mem::take(&mut current);
                args.extend(if tokens.is_empty() { vec![Arg::Missing(comma.span())] } else { parts(tokens) });
            }
            _ => current.extend([token]),
        }
    }
    if !current.is_empty() {
        args.extend(parts(current));
    }
    args
}

/// Splits at the commas of the outermost level.
pub(crate) fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(TokenStream::new()),
            (_, Some(last)) => last.extend([token]),
            _ => {}
        }
    }
    parts
}

/// One part, or several without commas between them: what could be a part of its own lacks one.
fn parts(tokens: TokenStream) -> Vec<Arg> {
    let read = |input: ParseStream<'_>| {
        let mut args = vec![known(input)?];
        while !input.is_empty() {
            if !input.peek(Lit) && !input.peek(Ident::peek_any) {
                return Err(input.error("expected `,`"));
            }
            args.extend([Arg::Glued(input.span()), known(input)?]);
        }
        Ok(args)
    };
    Parser::parse2(read, tokens.clone()).unwrap_or_else(|_| vec![Arg::Unknown(tokens)])
}

fn known(input: ParseStream<'_>) -> syn::Result<Arg> {
    if input.peek(Lit) && !input.peek(syn::LitBool) {
        let literal: Lit = input.parse()?;
        return match literal {
            Lit::Str(name) if input.peek(Token![=]) => Ok(Arg::Pair(name, value(input)?)),
            literal => Ok(Arg::Literal(literal)),
        };
    }
    let key = input.call(Ident::parse_any)?;
    if input.peek(Token![=]) {
        return Ok(Arg::Set(key, value(input)?));
    }
    if input.peek(token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        return Ok(Arg::List(key, read(content.parse()?)));
    }
    Ok(Arg::Word(key))
}

fn value(input: ParseStream<'_>) -> syn::Result<Value> {
    let equals: Token![=] = input.parse()?;
    if input.is_empty() {
        return Ok(Value::Missing(equals.span));
    }
    if let Ok(literal) = input.fork().parse::<Lit>() {
        input.parse::<Lit>()?;
        return Ok(Value::Literal(literal));
    }
    let is_path = input.peek2(Token![::]) || input.peek2(Token![!]) || input.peek2(Token![.]);
    if input.peek(Ident::peek_any) && !is_path {
        let word = input.call(Ident::parse_any)?;
        if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            return Ok(Value::List(word, read(content.parse()?)));
        }
        return Ok(Value::Word(word));
    }
    input.parse().map(Value::Unknown)
}
