//! What says how it is converted is sent as what it is converted to, wherever it stands in a type.
#![allow(clippy::unwrap_used)]

use declarest::{Call, Client, api};
use declarest_tests::Recorder;

#[api]
trait Conversions<N: AsRef<str> + Send + Sync> {
    #[get("/a/{id}/{name}")]
    fn parameters<T: AsRef<str>, S>(&self, id: T, #[query] s: S, name: N) -> Call<()>
    where
        S: Into<String> + Clone;
    #[get("/b/{id}")]
    fn references<T: AsRef<str>>(&self, id: &T, #[query] more: &impl AsRef<str>) -> Call<()>;
    #[get("/c")]
    fn options<S: Into<String>>(
        &self,
        #[query] a: Option<impl AsRef<str>>,
        #[query] b: Option<S>,
        #[header("X-C")] c: Option<&impl AsRef<str>>,
    ) -> Call<()>;
    #[get("/d/{rest..}")]
    fn lists(
        &self,
        rest: &[impl AsRef<str>],
        #[query] a: &[impl AsRef<str>],
        #[query] b: Vec<impl Into<String>>,
        #[query] c: Option<&[impl AsRef<str>]>,
        #[query] d: [impl AsRef<str>; 2],
    ) -> Call<()>;
    #[post("/e")]
    fn bodies<T: AsRef<str>>(&self, #[field] a: Option<T>, #[field] b: &[impl AsRef<str>]) -> Call<()>;
    /// An own bound of the parameter decides.
    #[get("/f/{id}")]
    fn scalar<T: declarest::Scalar + AsRef<str>>(&self, id: &T, #[query] list: &[T]) -> Call<()>;
}

#[tokio::test]
async fn each_is_sent_as_what_it_says() {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let api = ConversionsClient::<&str>::new(client);
    let text = String::from("x y");
    api.parameters("a", 'c', "n").await.unwrap();
    api.parameters(text.clone(), "s", "n").await.unwrap();
    api.references(&text, &"z").await.unwrap();
    api.options(Some("1"), Some("2"), Some(&"3")).await.unwrap();
    api.options(None::<&str>, None::<&str>, None::<&&str>).await.unwrap();
    api.lists(&["r", "s"], std::slice::from_ref(&text), vec!["1", "2"], Some(&["3"]), ["4", "5"])
        .await
        .unwrap();
    api.bodies(Some("1"), &["2", "3"]).await.unwrap();
    api.scalar(&text, &[String::from("l")]).await.unwrap();

    let seen = recorder.seen();
    let urls: Vec<&str> = seen.iter().map(|seen| seen.uri.path_and_query().unwrap().as_str()).collect();
    assert_eq!(
        urls,
        [
            "/a/a/n?s=c",
            "/a/x%20y/n?s=s",
            "/b/x%20y?more=z",
            "/c?a=1&b=2",
            "/c",
            "/d/r/s?a=x%20y&b=1&b=2&c=3&d=4&d=5",
            "/e",
            "/f/x%20y?list=l",
        ]
    );
    assert_eq!(seen.get(3).unwrap().headers.get("x-c").unwrap(), "3");
    assert_eq!(seen.get(6).unwrap().body, r#"{"a":"1","b":["2","3"]}"#);
}
