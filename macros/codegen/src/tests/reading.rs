//! A trait is read and printed as it was written.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::parse::{self, Declaration};

/// What stands in a trait, whether a declaration may have it or not.
const ITEMS: &[&str] = &[
    "#[doc = \"x\"] async unsafe extern \"C\" fn a<'a, T: Ord>(&'a self, b: T) -> u8 where T: Copy;",
    "const fn a(mut self, mut b: u8, ref c: u8, d @ _: u8, _: u8, (e, f): (u8, u8),);",
    "fn a(self: ::std::sync::Arc<Self>, ::a::B { c, .. }: ::a::B, &d: &u8) { loop {} }",
    "fn a(&'_ mut self, b: [u8; { 1 + 2 }], c: A<{ N }>, d: <A as B>::C) -> !;",
    "fn a(b: &[u8; if C { 1 } else { 2 }], d: B<A, [u8; match 1 { _ => 2 }]>) -> B<[u8; loop { break 1 }]> where A: B;",
    "unsafe extern \"C\" fn a(b: u8, ...);",
    "fn a() -> impl Future<Output = u8> + Send + use<'_, Self, T> where Self: Sized;",
    "fn a() -> Box<dyn for<'a> Fn(&'a u8) -> u8 + '_>;",
    "#[a] const A: Box<dyn Iterator<Item = u8>>;",
    "const A: u8 = { let a = 1; a };",
    "const A<T>: u8 = 1;",
    "pub const A: u8 = 1;",
    "default fn a() {}",
    "type A<T>: Ord + 'static where T: Ord;",
    "a::b! { fn c(); }",
    "a!(fn c(););",
    // What only a newer compiler, or nobody, could read.
    "fn a() -> u8 { let later := unless x { 1 } }",
];

/// Without blanks, which say nothing of the tokens.
fn plain(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "")
}

fn read(text: &str) -> Declaration {
    parse::declaration(TokenStream::new(), text.parse().unwrap())
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn items_are_printed_as_they_were_written() {
    for text in ITEMS {
        let text = format!("#[a] pub trait B<T = u8>: C + 'static where T: D {{ {text} }}");
        let declaration = read(&text);
        assert!(!declaration.unfinished, "{text}");
        assert_eq!(plain(&declaration.item.to_token_stream()), plain(&text.parse().unwrap()));
    }
}

#[test]
fn items_follow_each_other() {
    let text = ITEMS.iter().fold(String::new(), |text, item| text + item);
    let read = read(&format!("pub unsafe auto trait B {{ #![e] {text} }}"));
    assert_eq!(read.item.items.len(), ITEMS.len());
    assert!(!read.unfinished);
}

#[test]
fn a_visibility_is_taken_from_a_method() {
    let read = read("trait A { #[get(\"/a\")] pub(crate) fn a(&self); pub fn b() {} fn c() {} }");
    assert_eq!(read.visibilities.len(), 2);
    assert_eq!(plain(&read.item.to_token_stream()), "traitA{fna(&self);fnb(){}fnc(){}}");
}
