//! Documentation of methods and arguments.

use declarest::{Call, api};
use quote::quote;

use super::clients::Users as _;

#[api]
trait Keys {
    /// Creates a key.
    #[post("/keys", auth = bearer)]
    fn create(
        &self,
        /// What it is called.
        ///
        /// Shown to people.
        #[field]
        name: &str,
        #[field] expires: Option<u32>,
    ) -> Call<()>;
    /// The keys of a project.
    #[nest("/projects/{id}")]
    fn project(
        &self,
        /// The project.
        id: &str,
    ) -> super::clients::UsersClient;
}

#[test]
fn an_argument_keeps_its_docs() {
    let docs: Vec<_> = KeysClient::ENDPOINTS[0].parameters.iter().map(|parameter| parameter.docs).collect();
    assert_eq!(docs, ["What it is called.\n\nShown to people.", ""]);
    assert_eq!(KeysClient::NESTS[0].parameters[0].docs, "The project.");
}

fn printed(method: &proc_macro2::TokenStream) -> String {
    declarest_codegen::api(quote!("/v1"), quote!(trait Api { #method })).to_string()
}

#[test]
fn a_documented_method_says_what_it_sends() {
    let printed_all = printed(&quote! {
        /// Creates.
        #[post("/keys", auth = bearer)]
        fn a(&self, /** The name. */ #[field] name: &str) -> Call<()>;
        /// Lists.
        #[get("/keys/{id}", auth = none)]
        fn b(&self, id: &str) -> Call<()>;
        /// Uploads.
        #[put("/files")]
        fn c(&self, #[part] file: File) -> Call<()>;
    });
    for line in [
        "\" `POST /v1/keys` · JSON body · needs the client's credential\"",
        "\" - `name`: The name. \"",
        "\" `GET /v1/keys/{id}` · sends no credential\"",
        "\" `PUT /v1/files` · multipart body\"",
    ] {
        assert!(printed_all.contains(line), "{line}: {printed_all}");
    }
    let silent = printed(&quote!(
        #[get("/keys")]
        fn a(&self) -> Call<()>;
    ));
    assert!(!silent.contains("`GET"), "`missing_docs` still speaks: {silent}");
}

#[tokio::test]
async fn documented_arguments_are_sent() {
    let (output, seen) = super::sent(|client| KeysClient::new(client).create("n", None).bearer("t")).await;
    output.unwrap();
    assert_eq!(&seen[0].body[..], br#"{"name":"n"}"#);
    let (output, seen) = super::sent(|client| KeysClient::new(client).project("p").list()).await;
    output.unwrap();
    assert_eq!(seen[0].target(), "/projects/p/users");
}
