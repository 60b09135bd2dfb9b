//! Whatever is written, the macro answers with Rust: every declaration with one token left out, or one token twice.

use proc_macro2::{Group, TokenStream, TokenTree};

use super::snapshots::{ADMIN_KEYS, ROLES};

/// The stream with one token changed, at each place and depth in turn.
fn changed(stream: &TokenStream, change: fn(TokenTree) -> Vec<TokenTree>) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    let mut all = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let with = |middle: Vec<TokenTree>| -> TokenStream {
            let (before, rest) = tokens.split_at(at);
            before.iter().cloned().chain(middle).chain(rest.iter().skip(1).cloned()).collect()
        };
        all.push(with(change(token.clone())));
        if let TokenTree::Group(group) = token {
            let inner = changed(&group.stream(), change).into_iter();
            all.extend(inner.map(|inner| with(vec![Group::new(group.delimiter(), inner).into()])));
        }
    }
    all
}

/// Expands each mutation; returns how many there were.
fn expand_all(item: &str, change: fn(TokenTree) -> Vec<TokenTree>) -> usize {
    let all = changed(&item.parse().unwrap(), change);
    for item in &all {
        let given = syn::parse2::<syn::Item>(item.clone()).is_ok();
        let expanded = crate::api::expand(TokenStream::new(), item.clone());
        // What is no item at all is given back as it came, beside the error.
        if given {
            assert!(syn::parse2::<syn::File>(expanded.clone()).is_ok(), "{item}\n\n{expanded}");
        } else {
            assert!(!expanded.is_empty(), "{item}");
        }
    }
    all.len()
}

#[test]
fn a_token_less_or_more_panics_nowhere() {
    assert!(expand_all(ROLES, |_| Vec::new()) > 100);
    assert!(expand_all(ADMIN_KEYS, |_| Vec::new()) > 100);
    assert!(expand_all(ADMIN_KEYS, |token| vec![token.clone(), token]) > 100);
}

#[test]
fn the_attribute_is_any_list_of_tokens() {
    let list = r#""/v1", base = "https://example.com", client = "Name", crate = "a::b", dyn, partial_fakes,
        header("A" = "b"), lists = "comma", deadline = "10s", attempts = 3, auth = none, redirects = downloads"#;
    let item: TokenStream = "trait Api { #[get(\"/a\")] fn a(&self) -> Call<u8>; }".parse().unwrap();
    for change in [|_| Vec::new(), |token: TokenTree| vec![token.clone(), token]] {
        for list in changed(&list.parse().unwrap(), change) {
            let expanded = crate::api::expand(list.clone(), item.clone());
            assert!(syn::parse2::<syn::File>(expanded).is_ok(), "{list}");
        }
    }
}
