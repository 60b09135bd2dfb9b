//! A trait is read and printed as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::syntax::{ItemTrait, TraitItem};

/// What kind of item each is read as.
const ITEMS: &[(&str, &str)] = &[
    ("fn", "#[doc = \"x\"] async unsafe extern \"C\" fn a<'a, T: Ord>(&'a self, b: T) -> u8 where T: Copy;"),
    ("fn", "const fn a(mut self, mut b: u8, ref c: u8, d @ _: u8, _: u8, (e, f): (u8, u8),);"),
    ("fn", "fn a(self: ::std::sync::Arc<Self>, ::a::B { c, .. }: ::a::B, &d: &u8) { loop {} }"),
    ("fn", "fn a(&'_ mut self, #[query(\"b\")] b: [u8; { 1 + 2 }], c: A<{ N }>, d: <A as B>::C) -> !;"),
    (
        "fn",
        "fn a(b: &[u8; if C { 1 } else { 2 }], d: B<A, [u8; match 1 { _ => 2 }]>) -> B<[u8; loop { break 1 }]> where A: B;",
    ),
    ("fn", "unsafe extern \"C\" fn a(b: u8, ...);"),
    ("fn", "unsafe extern \"C\" fn a(#[c] d: ...);"),
    ("fn", "fn a() -> impl Future<Output = u8> + Send + use<'_, Self, T> where Self: Sized;"),
    ("fn", "fn a() -> Box<dyn for<'a> Fn(&'a u8) -> u8 + '_>;"),
    ("fn", "pub(crate) fn a();"),
    ("const", "#[a] const A: Box<dyn Iterator<Item = u8>>;"),
    ("const with a value", "const A: u8 = { let a = 1; a };"),
    ("unknown", "const A<T>: u8 = 1;"),
    ("unknown", "pub const A: u8 = 1;"),
    ("unknown", "default fn a() {}"),
    ("type", "type A<T>: Ord + 'static where T: Ord;"),
    ("macro", "a::b! { fn c(); }"),
    ("macro", "a!(fn c(););"),
];

fn kind(item: &TraitItem) -> &'static str {
    match item {
        TraitItem::Fn(_) => "fn",
        TraitItem::Const(constant) if constant.has_value => "const with a value",
        TraitItem::Const(_) => "const",
        TraitItem::Type(..) => "type",
        TraitItem::Macro(..) => "macro",
        TraitItem::Unknown(_) => "unknown",
    }
}

/// Without blanks, which say nothing of the tokens.
fn plain(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "")
}

#[test]
fn items_are_printed_as_they_were_written() {
    for (expected, text) in ITEMS {
        let item: TraitItem = syn::parse_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(kind(&item), *expected, "{text}");
        let printed = plain(&item.to_token_stream());
        // The visibility is reported, and not printed again.
        assert_eq!(printed, plain(&text.parse().unwrap()).trim_start_matches("pub(crate)"), "{text}");
    }
}

#[test]
fn items_follow_each_other() {
    let text = ITEMS.iter().fold(String::new(), |text, (_, item)| text + item);
    let text = format!("#[a] pub unsafe auto trait B<T = u8>: C + 'static where T: D {{ #![e] {text} }}");
    let read: ItemTrait = syn::parse_str(&text).unwrap();
    let kinds: Vec<&str> = read.items.iter().map(kind).collect();
    assert_eq!(kinds, ITEMS.iter().map(|(kind, _)| *kind).collect::<Vec<_>>());
    assert_eq!((read.attrs.len(), read.supertraits.len(), read.generics.params.len()), (2, 2, 1));
}

#[test]
fn what_is_no_item_is_refused() {
    for text in [
        "fn a()",
        "fn a(b);",
        "fn a(b: );",
        "fn (b: u8);",
        "const A: u8",
        "struct A;",
        "a!;",
        "a! b;",
        ";",
        "pub",
    ] {
        assert!(syn::parse_str::<TraitItem>(text).is_err(), "{text}");
    }
}
