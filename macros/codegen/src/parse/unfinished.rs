//! Reads a trait that is being typed, so that an editor knows the names in it: what is complete is read as it is, what
//! is not is cut down to what is.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, FnArg, ItemTrait, ReturnType, Stmt, TraitItem, TraitItemFn};

/// A trait of which a part could not be read.
pub(super) struct Unfinished {
    /// What could be read.
    pub(super) item: ItemTrait,
    /// Which of its items are cut down.
    pub(super) cut: Vec<bool>,
    /// What is wrong beside what the compiler has told already: it reads the item before the macro does.
    pub(super) errors: Vec<syn::Error>,
}

/// Reads what can be read; `None` if that is not even the name of the trait.
pub(super) fn read(tokens: TokenStream) -> Option<Unfinished> {
    let mut header: Vec<TokenTree> = tokens.into_iter().collect();
    let body = match header.pop()? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => group,
        _ => return None,
    };
    let mut empty = Group::new(Delimiter::Brace, TokenStream::new());
    empty.set_span(body.span());
    header.push(empty.into());
    let mut read = Unfinished {
        item: syn::parse2(header.into_iter().collect()).ok()?,
        cut: Vec::new(),
        errors: Vec::new(),
    };
    let inner = |input: ParseStream<'_>| Ok((Attribute::parse_inner(input)?, input.parse()?));
    let (attrs, items) = inner.parse2(body.stream()).unwrap_or_else(|_| (Vec::new(), body.stream()));
    read.item.attrs.extend(attrs);
    chunks(items).into_iter().for_each(|chunk| read.add(chunk));
    Some(read)
}

impl Unfinished {
    /// Adds one item, as far as it can be read.
    fn add(&mut self, chunk: Vec<TokenTree>) {
        let tokens: TokenStream = chunk.iter().cloned().collect();
        let error = match syn::parse2::<TraitItem>(tokens.clone()) {
            Ok(item) => return self.push(item, false),
            Err(error) => error,
        };
        if let Some(item) = with_its_body(&chunk) {
            return self.push(item, false);
        }
        // No item ends without `;` or a body, so the compiler has told it.
        if let Ok(item) = syn::parse2(quote!(#tokens ;)) {
            return self.push(item, true);
        }
        let rest = Rest::split(chunk);
        if !rest.as_ref().is_none_or(Rest::is_told) {
            self.errors.push(error);
        }
        if let Some(item) = rest.and_then(|rest| rest.cut_down()) {
            self.push(item, true);
        }
    }

    fn push(&mut self, item: TraitItem, cut: bool) {
        self.item.items.push(item);
        self.cut.push(cut);
    }
}

/// A method whose signature can be read: its body is printed as it is, in whatever Rust it is written.
fn with_its_body(chunk: &[TokenTree]) -> Option<TraitItem> {
    let (TokenTree::Group(body), signature) = chunk.split_last()? else { return None };
    let signature: TokenStream = signature.iter().cloned().collect();
    let mut item: TraitItem = syn::parse2(quote!(#signature {})).ok()?;
    let TraitItem::Fn(TraitItemFn { default: Some(read), .. }) = &mut item else { return None };
    read.stmts = vec![Stmt::Expr(Expr::Verbatim(body.stream()), None)];
    Some(item)
}

/// Splits the body of a trait into items: at `;`, behind the body of a function or the braces of a macro, and where an
/// attribute or `fn` begins the next one.
fn chunks(body: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut all = Vec::new();
    let mut current: Vec<TokenTree> = Vec::new();
    let mut in_function = false;
    let mut tokens = body.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        let begins =
            is_punct(&token, '#') || is_word(&token, "fn") && matches!(next, Some(TokenTree::Ident(_)));
        if in_function && begins {
            all.push(std::mem::take(&mut current));
            in_function = false;
        }
        in_function |= is_word(&token, "fn");
        let is_body = in_function || current.last().is_some_and(|before| is_punct(before, '!'));
        let ends = is_punct(&token, ';') || is_body && is_group(&token, Delimiter::Brace);
        current.push(token);
        if ends {
            all.push(std::mem::take(&mut current));
            in_function = false;
        }
    }
    if !current.is_empty() {
        all.push(current);
    }
    all
}

fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// The pieces of a method.
struct Rest {
    /// Attributes and `async`.
    before: TokenStream,
    name: Option<Ident>,
    /// Between the name and the arguments.
    generics: TokenStream,
    arguments: Option<TokenStream>,
    /// Behind the arguments, without the `;`.
    after: Vec<TokenTree>,
}

impl Rest {
    /// `None` if it is no method at all.
    fn split(chunk: Vec<TokenTree>) -> Option<Self> {
        let mut tokens = chunk.into_iter().peekable();
        let before = std::iter::from_fn(|| tokens.next_if(|token| !is_word(token, "fn"))).collect();
        tokens.next()?;
        let name = match tokens.next_if(|token| matches!(token, TokenTree::Ident(_))) {
            Some(TokenTree::Ident(name)) => Some(name),
            _ => None,
        };
        let generics =
            std::iter::from_fn(|| tokens.next_if(|token| !is_group(token, Delimiter::Parenthesis)));
        let generics = generics.collect();
        let arguments = match tokens.next() {
            Some(TokenTree::Group(group)) => Some(group.stream()),
            _ => None,
        };
        let ends = |token: &TokenTree| is_punct(token, ';') || is_group(token, Delimiter::Brace);
        Some(Self {
            before,
            name,
            generics,
            arguments,
            after: tokens.take_while(|token| !ends(token)).collect(),
        })
    }

    /// Whether the compiler has refused it for certain: something is missing, whatever the language may become.
    fn is_told(&self) -> bool {
        let Some(arguments) = &self.arguments else { return true };
        // `->` or `-> Call<` at the end, or a `<` that nothing closes.
        let dangling = matches!(&self.after[..], [.., TokenTree::Punct(mark)] if "<>,".contains(mark.as_char()))
            && (is_open(&self.after) || matches!(&self.after[..], [.., arrow, _] if is_punct(arrow, '-')))
            && syn::parse2::<ReturnType>(self.after.iter().cloned().collect()).is_err();
        // `id` or `id:`
        let untyped = |argument: &TokenStream| {
            let mut tokens = argument.clone().into_iter().skip_while(|token| !is_punct(token, ':'));
            tokens.nth(1).is_none()
        };
        let bare = split(arguments.clone()).iter().skip(1).any(untyped);
        self.name.is_none() || dangling || bare
    }

    /// The method with what can be read of it: `fn name(&self);` at least.
    fn cut_down(self) -> Option<TraitItem> {
        let name = self.name?;
        let (before, generics) = (&self.before, &self.generics);
        let arguments = self.arguments.map_or_else(|| vec![quote!(&self)], readable);
        let after: TokenStream = self.after.into_iter().collect();
        let output = syn::parse2::<ReturnType>(after).ok().map(ToTokens::into_token_stream);
        let end = Punct::new(';', Spacing::Alone);
        let tries = [
            quote!(#before fn #name #generics (#(#arguments),*) #output #end),
            quote!(#before fn #name (#(#arguments),*) #end),
            quote!(fn #name (&self) #end),
        ];
        tries.into_iter().find_map(|tokens| syn::parse2(tokens).ok())
    }
}

/// Whether more `<` stand in the tokens than `>`, those of arrows apart.
fn is_open(tokens: &[TokenTree]) -> bool {
    let count = |mark| tokens.iter().filter(|token| is_punct(token, mark)).count();
    let arrows =
        tokens.windows(2).filter(|pair| matches!(pair, [a, b] if is_punct(a, '-') && is_punct(b, '>')));
    count('<') + arrows.count() > count('>')
}

/// The arguments that are complete.
fn readable(arguments: TokenStream) -> Vec<TokenStream> {
    let whole = |tokens: &TokenStream| syn::parse2::<FnArg>(tokens.clone()).is_ok();
    split(arguments).into_iter().filter(whole).collect()
}

/// Splits at the commas that stand in no `<…>`.
fn split(arguments: TokenStream) -> Vec<TokenStream> {
    let mut all = vec![TokenStream::new()];
    let (mut depth, mut arrow) = (0_usize, false);
    for token in arguments {
        if is_punct(&token, ',') && depth == 0 {
            all.push(TokenStream::new());
            continue;
        }
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == '<' => depth += 1,
            TokenTree::Punct(mark) if mark.as_char() == '>' && !arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        arrow = is_punct(&token, '-');
        if let Some(last) = all.last_mut() {
            last.extend([token]);
        }
    }
    all.retain(|argument| !argument.is_empty());
    all
}
