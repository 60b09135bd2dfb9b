//! What code is generated.

use quote::ToTokens;

use super::{messages, pretty};

pub(super) const ADMIN_KEYS: &str = r#"
/// Admin API keys of an organization.
pub trait AdminApiKeys: Send + Sync {
    /// Creates an organization admin API key.
    #[post("/organization/admin_api_keys")]
    fn create(&self, #[json] key: &NewAdminApiKey) -> Call<CreatedAdminApiKey>;
    /// Lists the organization's admin API keys.
    #[get("/organization/admin_api_keys")]
    fn list(&self, #[query(flatten)] params: &ListAdminApiKeys) -> Pages<CursorPage<AdminApiKey>>;
    #[get("/organization/admin_api_keys/{key_id}")] fn get(&self, key_id: &str) -> Call<AdminApiKey>;
    #[delete("/organization/admin_api_keys/{key_id}")] fn delete(&self, key_id: &str) -> Call<Deleted>;
}
"#;

#[test]
fn four_endpoints() {
    insta::assert_snapshot!(pretty("", ADMIN_KEYS));
}

pub(super) const ROLES: &str = r#"
trait Roles<T: Serialize> {
    #[get("/{a}/{b}/{rest..}?x=1")]
    fn path(&self, rest: &[String], b: u32, #[segment("a")] first: impl AsRef<str>) -> Call<()>;
    #[get("/q", lists = "comma")]
    fn query(&self, #[query] limit: Option<u32>, #[query("ids[]", lists = "pipe")] ids: &[u32], #[query(flag)] flag: &str, #[query(flatten, objects = "dots")] more: &T) -> Call<Raw>;
    #[get("/h", header("Accept" = "text/plain"), auth = none)]
    fn headers(&self, #[header("X-Token")] token: &Secret, #[header(flatten)] more: &Headers) -> Call<Text>;
    #[post("/form", deadline = "2m", attempts = 4, idempotent)]
    fn form(&self, #[form(lists = "indices")] form: &T) -> Call<()>;
    #[put("/body", attempt_timeout = "500ms")]
    fn body(&self, #[body(content_type = "text/csv")] body: impl Into<Bytes>, #[extension] trace: Trace) -> Call<()>;
    #[post("/fields", field("stream" = true), idempotency_key = "Idempotency-Key")]
    fn fields(&self, #[field] r#type: &str, #[cfg(feature = "x")] #[field("expires")] until: Option<u32>) -> Call<Events<Delta>>;
    #[post("/form/fields", encoding = "form")]
    fn form_fields(&self, #[field(lists = "brackets")] names: &[&str]) -> Call<()>;
    #[post("/parts")]
    fn parts(&self, #[part] text: &str, #[part(json)] meta: &T, #[part("file", content_type = "a/b", file_name = "x")] file: FilePart) -> Call<()>;
    #[get]
    fn url(&self, #[url] url: &Uri) -> Call<ByteStream>;
    #[head("/x")] fn exists(&self) -> Call<Exists>;
    #[post("/search")] fn search(&self, #[json] query: &T) -> Pages<Found>;
    #[method("PURGE", "/cache")] async fn purge(&self) -> Result<(), Error>;
    fn twice(&self) -> u8 { 2 }
}
"#;

#[test]
fn one_of_each_role() {
    insta::assert_snapshot!(pretty("", ROLES));
}

#[test]
fn nests_and_dyn() {
    let item = r#"
pub trait Organization: Send + Sync {
    #[nest] fn keys(&self) -> AdminApiKeysClient;
    /// One project.
    #[nest("/projects/{project_id}")] fn project(&self, project_id: &str) -> Arc<dyn Project>;
    #[get("/x")] fn x(&self) -> Call<u8>;
}"#;
    insta::assert_snapshot!(pretty(
        r#""/organization", base = "https://api.example.com/v1", dyn, partial_fakes"#,
        item
    ));
}

/// What a user sees of a client is its trait, its constructors, its tables, `Clone` and `Debug`.
#[test]
fn what_only_generated_code_uses_is_hidden() {
    let item = r#"pub trait Api<T> { #[get("/a")] fn a(&self, #[query] t: T) -> Call<u8>; #[nest] fn b(&self) -> B; }"#;
    let file: syn::File = syn::parse2(super::expanded("dyn, base = \"https://example.com\"", item)).unwrap();
    let hides = |attrs: &[syn::Attribute]| {
        attrs.iter().any(|attribute| attribute.meta.to_token_stream().to_string() == "doc (hidden)")
    };
    let (mut hidden, mut seen) = (Vec::new(), Vec::new());
    for item in file.items {
        match item {
            syn::Item::Struct(client) => {
                assert!(client.fields.iter().all(|field| hides(&field.attrs)), "a field");
            }
            syn::Item::Impl(item) => {
                let names = if hides(&item.attrs) { &mut hidden } else { &mut seen };
                names.push(item.trait_.as_ref().map_or_else(String::new, |implemented| {
                    implemented.0.segments.last().unwrap().ident.to_string()
                }));
                for item in item.items {
                    let syn::ImplItem::Const(constant) = item else { continue };
                    let own = constant.ident.to_string().starts_with("__");
                    assert_eq!(own, hides(&constant.attrs), "{}", constant.ident);
                }
            }
            _ => {}
        }
    }
    assert_eq!(
        (hidden, seen),
        (
            vec!["FromScope".to_owned(), "DynApi".to_owned()],
            ["", "Clone", "Debug", "Api", "Api"].map(str::to_owned).to_vec()
        )
    );
}

#[test]
fn a_broken_trait_keeps_its_names() {
    let item = r#"
trait Broken {
    #[gett("/a")] fn a(&self) -> Call<u8>;
    #[get("/b/{id}")] async fn b(&self, (x, y): (u8, u8)) -> Result<u8, Error>;
    #[get("/c")] const fn c(&self, #[querry] d: &str) -> Call<u8>;
}"#;
    insta::assert_snapshot!(pretty("", item));
    assert_eq!(messages("", item).len(), 4);
}
