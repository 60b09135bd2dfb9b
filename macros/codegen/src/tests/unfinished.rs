//! A trait that is being typed still gives its names, so that an editor completes them.

use syn::{Item, TraitItem};

use super::{expanded, messages};

/// What stands in the trait before the compiler is done with it, and what an editor must know of it.
const TYPED: &[(&str, &str, &[&str])] = &[
    ("no-semicolon", r#"#[get("/x")] fn g(&self) -> Call<u8>"#, &["a", "g"]),
    ("no-return-type", r#"#[get("/x")] fn g(&self) ->"#, &["a", "g"]),
    ("half-a-return-type", r#"#[get("/x")] fn g(&self) -> Call<"#, &["a", "g"]),
    ("no-arguments", r#"#[get("/x")] fn g"#, &["a", "g"]),
    ("no-name", r#"#[get("/x")] fn"#, &["a"]),
    ("no-function", r#"#[get("/x")]"#, &["a"]),
    ("argument-without-type", r#"#[get("/x")] fn g(&self, id) -> Call<u8>;"#, &["a", "g"]),
    ("argument-with-half-a-type", r#"#[get("/x")] fn g(&self, #[query] id: ) -> Call<u8>;"#, &["a", "g"]),
    ("role-without-argument", r#"#[get("/x")] fn g(&self, #[query]) -> Call<u8>;"#, &["a", "g"]),
    ("no-comma", r#"#[get("/x")] fn g(&self, a: u8 b: u8) -> Call<u8>;"#, &["a", "g"]),
    ("generics-with-a-comma", r#"#[get("/x")] fn g(&self, a: Map<u8, u8>, b) -> Call<u8>;"#, &["a", "g"]),
    ("an-attribute-without-parentheses", r#"#[get "/x"] fn g(&self) -> Call<u8>;"#, &["a", "g"]),
];

/// The names of the methods of the trait and of its client.
fn names(item: &str) -> (Vec<String>, Vec<String>) {
    let file: syn::File = syn::parse2(expanded("", item)).unwrap();
    let (mut declared, mut implemented) = (Vec::new(), Vec::new());
    for item in file.items {
        match item {
            Item::Trait(item) if item.ident == "Api" => {
                declared.extend(item.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(function) => Some(function.sig.ident.to_string()),
                    _ => None,
                }));
            }
            Item::Impl(item) => {
                let of_api = item.trait_.is_some_and(|implemented| implemented.0.is_ident("Api"));
                implemented.extend(item.items.iter().filter(|_| of_api).filter_map(|item| match item {
                    syn::ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    (declared, implemented)
}

#[test]
fn the_names_are_there_wherever_it_stands() {
    let whole = r#"#[get("/a")] fn a(&self) -> Call<u8>;"#;
    for (case, typed, expected) in TYPED {
        for item in [format!("trait Api {{ {whole} {typed} }}"), format!("trait Api {{ {typed} {whole} }}")] {
            let (mut declared, mut implemented) = names(&item);
            declared.sort();
            implemented.sort();
            assert_eq!(declared, *expected, "{case}: {item}");
            assert_eq!(implemented, *expected, "{case}: {item}");
        }
    }
}

#[test]
fn what_the_compiler_has_told_is_not_told_again() {
    for (case, typed, _) in TYPED {
        let told = messages("", &format!("trait Api {{ {typed} }}"));
        // An attribute and a missing comma may mean something one day, so they are not passed over.
        let open = ["no-comma", "an-attribute-without-parentheses"].contains(case);
        assert_eq!(told.len(), usize::from(open), "{case}: {told:?}");
    }
}

#[test]
fn the_mistakes_of_the_others_are_told_still() {
    let item = r#"trait Api { #[gett("/a")] fn a(&self) -> Call<u8>; #[get("/b")] fn b(&self, }"#;
    assert!(item.parse::<proc_macro2::TokenStream>().is_err(), "an open parenthesis never reaches the macro");
    let item = r#"trait Api { #[gett("/a")] fn a(&self) -> Call<u8>; #[get("/b")] fn b(&self, x) }"#;
    assert_eq!(messages("", item), ["`#[gett]` is not a verb: did you mean `#[get]`?"]);
}

#[test]
fn a_trait_without_a_body_is_given_back() {
    for item in ["trait Api", "pub trait Api : Send +"] {
        let tokens = expanded("", item).to_string();
        assert!(tokens.contains("compile_error") && tokens.ends_with(item), "{tokens}");
    }
}
