//! One grammar of templates: what `#[api]` accepts, `client.call` accepts, and nothing else.

use quote::quote;

use super::sent;

/// Templates, and the placeholders of those that are right.
const TEMPLATES: &[(&str, Option<&[&str]>)] = &[
    ("/", Some(&[])),
    ("/a?x=1&y", Some(&[])),
    ("/{id}", Some(&["id"])),
    ("/{id}.json", Some(&["id"])),
    ("/{a}{b}", Some(&["a", "b"])),
    ("/{rest..}", Some(&["rest.."])),
    ("/root:/{path..}:/children", Some(&["path.."])),
    ("/x{rest..}.y/{id}", Some(&["rest..", "id"])),
    ("/{id}-{rest..}", Some(&["id", "rest.."])),
    ("/a%20b:c@d", Some(&[])),
    ("/{a..}/{b..}", None),
    ("/{id}/{id}", None),
    ("/{}", None),
    ("/{..}", None),
    ("/{id", None),
    ("/id}", None),
    ("/{ id }", None),
    ("/{a-b}", None),
    ("/{1a}", None),
    ("/a//b", None),
    ("/a/../b", None),
    ("/a/%2e/b", None),
    ("//a", None),
    ("a", None),
    ("https://a/b", None),
    ("/a b", None),
    ("/a\\b", None),
    ("/a%", None),
    ("/a%zz", None),
    ("/a#b", None),
    ("/ä", None),
    ("/a\"b", None),
    ("/a|b", None),
    ("/a[b]", None),
    ("/a?x={id}", None),
    ("/a?x= ", None),
    ("/a??x=1", None),
    ("/a?=1", None),
    ("/a?x=1&&y", None),
];

fn declared(template: &str, placeholders: &[&str]) -> String {
    let arguments = placeholders.iter().map(|name| {
        let name = quote::format_ident!("{}", name.trim_end_matches(".."));
        quote!(#name: &str)
    });
    let item = quote!(trait Api { #[get(#template)] fn a(&self, #(#arguments),*) -> Call<()>; });
    declarest_codegen::api(quote!(), item).to_string()
}

#[tokio::test]
async fn a_template_means_the_same_in_a_declaration_and_in_a_call_by_hand() {
    for (template, placeholders) in TEMPLATES {
        let printed = declared(template, placeholders.unwrap_or_default());
        assert_eq!(printed.contains("compile_error"), placeholders.is_none(), "{template}: {printed}");
        let (output, seen) = sent(|client| {
            let mut call = client.call::<()>(http::Method::GET, template);
            for name in placeholders.unwrap_or_default() {
                call = match name.strip_suffix("..") {
                    Some(name) => call.rest(name, "x/y"),
                    None => call.segment(name, "x"),
                };
            }
            call.call()
        })
        .await;
        assert_eq!(
            (output.is_ok(), seen.len()),
            (placeholders.is_some(), usize::from(placeholders.is_some())),
            "{template}"
        );
    }
}
