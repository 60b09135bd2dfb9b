// One function under test, in five ways. `runtime/TESTING.md` shows these functions.

pub async fn a_fake() {
    struct OneKey;
    impl Keys for OneKey {
        fn get(&self, id: &str) -> Call<Key> {
            Call::ready(Ok(Key { id: id.to_owned(), name: "CI".to_owned() }))
        }
        fn rename(&self, _: &str, name: &str) -> Call<()> {
            assert_eq!(name, "CI (old)");
            Call::ready(Ok(()))
        }
    }
    mark_as_old(&OneKey, "key_1").await.unwrap();
}

pub async fn a_mock() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    let key = Key { id: "key_1".to_owned(), name: "CI".to_owned() };
    // The connection breaks once, and the client repeats the GET.
    mock.expect(keys.get("key_1")).fail(Fault::ResetAfterRequest).then().respond(&key);
    mock.expect(keys.rename("key_1", "CI (old)"));
    let _ = mark_as_old(&keys, "key_1").await;
    mock.verify();
}

pub async fn a_router() {
    let name = Arc::new(Mutex::new("CI".to_owned()));
    let (stored, changed) = (name.clone(), name.clone());
    let get = async move |Path(id): Path<String>| Json(json!({"id": id, "name": *stored.lock().unwrap()}));
    let rename = async move |Json(key): Json<Value>| {
        *changed.lock().unwrap() = key["name"].as_str().unwrap().to_owned();
    };
    let router = Router::new().route("/keys/{id}", routing::get(get).post(rename));
    let client = Client::builder("https://api.test").transport(router).build().unwrap();
    mark_as_old(&KeysClient::new(client), "key_1").await.unwrap();
    assert_eq!(*name.lock().unwrap(), "CI (old)");
}

pub async fn a_cassette() {
    let token = std::env::var("VENDOR_TOKEN").unwrap_or_else(|_| "not needed to replay".to_owned());
    let cassette = Cassette::open("tests/five_ways/mark_as_old.jsonl");
    let client = Client::builder("https://api.example.com").bearer(token).layer(cassette).build().unwrap();
    mark_as_old(&KeysClient::new(client), "key_1").await.unwrap();
}

pub async fn a_mockall_mock() {
    let mut keys = MockKeys::new();
    keys.expect_get()
        .returning(|id| Call::ready(Ok(Key { id: id.to_owned(), name: "CI".to_owned() })));
    keys.expect_rename()
        .withf(|id, name| id == "key_1" && name == "CI (old)")
        .once()
        .returning(|_, _| Call::ready(Ok(())));
    mark_as_old(&keys, "key_1").await.unwrap();
}
