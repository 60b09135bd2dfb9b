//! What a failing test prints.

use declarest::testing::Mock;
use declarest::{Call, Client, ErrorKind, Secret, api};

use super::{InMemory, Keys, KeysClient, NewKey, key, panic_of};

/// Where an expectation stands: the line after this one.
macro_rules! next_line {
    ($column:expr) => {
        format!("{}:{}:{}", file!(), line!() + 1, $column)
    };
}

#[tokio::test]
async fn a_report_lists_what_was_unexpected_and_what_is_missing() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    let get = next_line!(10);
    mock.expect(keys.get("key_1")).respond(&key("key_1"));
    let list = next_line!(10);
    mock.expect(keys.list(Some(10), &["a", "b"]));
    let _ = keys.get("key_2").await;
    let _ = keys.list(Some(20), &["b", "c", "c"]).await;
    assert_eq!(
        panic_of(|| mock.verify()),
        format!(
            "\
the mock has 4 problems:

1. unexpected request: GET https://api.test/keys/key_2 (Keys::get)
   nearest: GET https://api.test/keys/key_1 (Keys::get), expected at {get}
     argument `key_id`: expected \"key_1\", actual \"key_2\"

2. unexpected request: GET https://api.test/keys?limit=20&tag=b&tag=c&tag=c (Keys::list)
   nearest: GET https://api.test/keys?limit=10&tag=a&tag=b (Keys::list), expected at {list}
     query `limit`: expected \"10\", actual \"20\"
     query `tag`: expected \"a\", actual \"c\", \"c\"

3. not met: GET https://api.test/keys/key_1 (Keys::get), expected at {get}
     called 0 of 1 times

4. not met: GET https://api.test/keys?limit=10&tag=a&tag=b (Keys::list), expected at {list}
     called 0 of 1 times"
        )
    );
}

#[tokio::test]
async fn a_difference_is_named_by_its_place_and_secrets_are_masked() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    let (one, two) = (Secret::from("hunter2"), Secret::from("correct horse"));
    let place = next_line!(10);
    mock.stub(keys.create(&NewKey { name: "CI", scopes: &["a", "b"], password: Some(&one) }, Some("t1")));
    let _ = keys.create(&NewKey { name: "CD", scopes: &["a"], password: Some(&two) }, None).await;
    let _ = keys
        .create(&NewKey { name: "CI", scopes: &["a", "b"], password: None }, Some("t2"))
        .header("x-a", "1")
        .await;
    assert_eq!(
        panic_of(|| mock.verify()),
        format!(
            "\
the mock has 2 problems:

1. unexpected request: POST https://api.test/keys (Keys::create)
   nearest: POST https://api.test/keys (Keys::create), stubbed at {place}
     header `x-tenant`: expected \"t1\", actual none
     JSON at `/name`: expected \"CI\", actual \"CD\"
     JSON at `/password`: expected \"***\", actual \"***\" (another value)
     JSON at `/scopes/1`: expected \"b\", actual none

2. unexpected request: POST https://api.test/keys (Keys::create)
   nearest: POST https://api.test/keys (Keys::create), stubbed at {place}
     header `x-tenant`: expected \"t1\", actual \"t2\"
     header `x-a`: expected none, actual \"1\"
     JSON at `/password`: expected \"***\", actual none"
        )
    );
}

#[tokio::test]
async fn forms_and_parts_are_reported_by_name() {
    #[api]
    trait Things {
        #[post("/form")]
        fn form(&self, #[form] form: &[(&str, &str)]) -> Call<()>;
        #[post("/parts")]
        fn parts(&self, #[part] purpose: &str, #[part] file: Option<InMemory>) -> Call<()>;
        #[post("/secret")]
        fn secret(&self, #[header("x-secret")] secret: &Secret, #[body] body: &str) -> Call<()>;
    }
    let mock = Mock::new();
    let things = ThingsClient::new(mock.client());
    let file = |name, text| Some(InMemory(name, text));
    mock.stub(things.form(&[("a", "1")]));
    mock.stub(things.parts("x", file("f.txt", "1")));
    mock.stub(things.secret(&Secret::from("one"), "a"));
    let _ = things.form(&[("a", "2"), ("b", "3")]).await;
    let _ = things.parts("y", file("g.txt", "2")).await;
    let _ = things.parts("x", None).await;
    let _ = things.secret(&Secret::from("two"), "b").await;
    let report = panic_of(|| mock.verify());
    let differences: Vec<&str> = report.lines().filter_map(|line| line.strip_prefix("     ")).collect();
    assert_eq!(
        differences,
        [
            "form field `a`: expected \"1\", actual \"2\"",
            "form field `b`: expected none, actual \"3\"",
            "part `purpose`: expected \"x\", actual \"y\"",
            "file name of part `file`: expected \"f.txt\", actual \"g.txt\"",
            "part `file`: expected \"1\", actual \"2\"",
            "part 2: expected \"file\", actual none",
            "header `x-secret`: expected ***, actual *** (another value)",
            "body: expected \"a\", actual \"b\"",
        ],
        "{report}"
    );
}

#[tokio::test]
async fn another_endpoint_is_not_compared_argument_by_argument() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    let place = next_line!(10);
    mock.stub(keys.delete("key_1"));
    let _ = keys.list(None, &[]).await;
    let _ = keys.get("key_1").await;
    let report = panic_of(|| mock.verify());
    assert_eq!(
        report,
        format!(
            "\
the mock has 2 problems:

1. unexpected request: GET https://api.test/keys (Keys::list)
   nearest: DELETE https://api.test/keys/key_1 (Keys::delete), stubbed at {place}
     method: expected DELETE, actual GET
     path: expected \"/keys/key_1\", actual \"/keys\"

2. unexpected request: GET https://api.test/keys/key_1 (Keys::get)
   nearest: DELETE https://api.test/keys/key_1 (Keys::delete), stubbed at {place}
     method: expected DELETE, actual GET"
        )
    );
}

#[tokio::test]
async fn an_expectation_that_can_never_be_met_fails_at_once() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    let refused = panic_of(|| drop(mock.expect(keys.get(""))));
    assert!(
        refused.starts_with("this can never be met: Keys::get: GET api.test/keys/{key_id}: "),
        "{refused}"
    );
    let refused =
        panic_of(|| drop(mock.expect(Call::<()>::failed(declarest::Error::not_sent(ErrorKind::Connect)))));
    assert!(refused.starts_with("this can never be met: it is a fake or has begun"), "{refused}");
    let elsewhere = KeysClient::new(Client::builder("https://api.example.com").build().unwrap());
    assert_eq!(
        panic_of(|| drop(mock.expect(elsewhere.get("key_1")))),
        "this can never be met: its client (https://api.example.com) does not send to this mock; make it with `client` or \
         `builder`"
    );
    let other = Mock::new();
    let keys = KeysClient::new(other.client());
    assert!(panic_of(|| drop(mock.expect(keys.get("key_1")))).contains("does not send to this mock"));
    mock.verify();
}
