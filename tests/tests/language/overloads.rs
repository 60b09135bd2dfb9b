//! Two methods on one verb and path.

use declarest::{Call, Raw, Text, api};
use quote::quote;

use super::sent;

#[api]
trait Objects {
    #[put("/{bucket}/{key..}")]
    fn put(&self, bucket: &str, key: &str, #[body] object: &str) -> Call<()>;
    #[put("/{bucket}/{key..}")]
    fn copy(&self, bucket: &str, key: &str, #[header("x-amz-copy-source")] source: &str) -> Call<()>;
    #[get("/{bucket}/{key..}")]
    fn text(&self, bucket: &str, key: &str) -> Call<Text>;
    #[get("/{bucket}/{key..}")]
    fn bytes(&self, bucket: &str, key: &str) -> Call<Raw>;
}

/// Request row 53.
#[tokio::test]
async fn methods_share_a_path_and_differ_in_arguments_or_result() {
    let (output, seen) = sent(|client| ObjectsClient::new(client).put("b", "k", "text")).await;
    output.unwrap();
    assert_eq!((seen[0].target(), &seen[0].body[..]), ("/b/k", &b"text"[..]));
    let (output, seen) = sent(|client| ObjectsClient::new(client).copy("b", "k", "/a/k")).await;
    output.unwrap();
    assert_eq!((seen[0].header("x-amz-copy-source"), seen[0].body.len()), (vec!["/a/k".to_owned()], 0));
    assert_eq!(sent(|client| ObjectsClient::new(client).text("b", "k")).await.0.unwrap(), "null");
    assert_eq!(sent(|client| ObjectsClient::new(client).bytes("b", "k")).await.0.unwrap(), &b"null"[..]);
}

#[test]
fn what_differs_in_nothing_that_is_sent_or_read_is_a_mistake() {
    let declared = |first: &str, second: &str| {
        let item = format!(
            "trait Api {{ #[get(\"/a/{{id}}\")] fn a(&self, id: &str{first}; #[get(\"/a/{{key}}\")] fn b(&self, key: &str{second}; }}"
        );
        declarest_codegen::api(quote!(), item.parse().unwrap())
            .to_string()
            .contains("declares the same endpoint as")
    };
    let plain = ") -> Call<()>";
    assert!(declared(plain, plain));
    assert!(declared(
        ", #[query] q: u8, #[header(\"X\")] x: u8) -> Call<()>",
        ", #[header(\"x\")] y: u8, #[query(\"q\")] p: u8) -> Call<()>"
    ));
    assert!(!declared(plain, ") -> Call<u8>"));
    assert!(!declared(plain, ", #[query] q: u8) -> Call<()>"));
    assert!(!declared(", #[query] q: u8) -> Call<()>", ", #[query] r: u8) -> Call<()>"));
    assert!(!declared(", #[query] q: u8) -> Call<()>", ", #[query] q: &str) -> Call<()>"));
    assert!(!declared(", #[query] q: u8) -> Call<()>", ", #[query(flag)] q: u8) -> Call<()>"));
}
