//! Which expectation a request goes to, and when the test fails.

use declarest::testing::Mock;
use declarest::{Call, Effect, ErrorKind, api};
use http::Method;

use super::{Key, Keys, KeysClient, NewKey, key, panic_of};

#[tokio::test]
async fn an_expected_call_gets_its_response() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.expect(keys.get("key_1")).respond(&key("key_1"));
    mock.expect(keys.get("key_2")).respond(&key("key_2"));
    mock.expect(keys.delete("key_1"));
    assert_eq!(keys.get("key_2").await.unwrap(), key("key_2"));
    assert_eq!(keys.get("key_1").await.unwrap(), key("key_1"));
    keys.delete("key_1").await.unwrap();
    mock.verify();
}

#[tokio::test]
async fn an_unexpected_request_fails_its_call_once_and_the_test() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    let error = keys.get("key_1").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::NotFaked, Effect::NotSent, 1));
    assert!(!format!("{error:?}").contains("key_1"), "no value is shown");
    assert!(panic_of(|| mock.verify()).contains("the mock expects no request"));
    mock.verify();
}

#[tokio::test]
async fn an_expectation_is_used_once_and_then_the_next_equal_one() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.stub(keys.get("key_1")).respond(&key("stub"));
    mock.expect(keys.get("key_1")).respond(&key("first"));
    mock.expect(keys.get("key_1")).respond(&key("second"));
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(keys.get("key_1").await.unwrap().id);
    }
    assert_eq!(ids, ["first", "second", "stub", "stub"]);
}

#[tokio::test]
async fn a_stub_need_not_be_used_and_times_counts_calls() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.stub(keys.get("key_1")).respond(&key("key_1"));
    mock.expect(keys.delete("key_1")).times(2);
    mock.expect(keys.delete("key_2")).times(0);
    keys.delete("key_1").await.unwrap();
    assert!(panic_of(|| mock.verify()).contains("called 1 of 2 times"));
    keys.delete("key_1").await.unwrap();
    assert!(keys.delete("key_1").await.is_err());
    assert!(panic_of(|| mock.verify()).contains("called 2 of 2 times"));
    assert!(keys.delete("key_2").await.is_err());
    assert!(panic_of(|| mock.verify()).contains("called 0 of 0 times"));
}

#[tokio::test]
async fn calls_in_another_order_are_unexpected_where_order_counts() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.in_order();
    mock.stub(keys.get("key_1")).respond(&key("key_1"));
    mock.expect(keys.delete("key_1"));
    mock.expect(keys.delete("key_2"));
    assert!(keys.delete("key_2").await.is_err());
    keys.get("key_1").await.unwrap();
    keys.delete("key_1").await.unwrap();
    keys.delete("key_2").await.unwrap();
    assert!(panic_of(|| mock.verify()).contains("out of order: an earlier expectation is not met"));
}

#[tokio::test]
async fn the_last_handle_verifies_when_it_is_dropped() {
    let (mock, other) = (Mock::new(), Mock::new());
    let keys = KeysClient::new(mock.client());
    mock.expect(keys.delete("key_1"));
    let clone = mock.clone();
    drop(mock);
    assert!(panic_of(|| drop(clone)).starts_with("the mock has 1 problem:\n\n1. not met: DELETE"));
    // Not while the test panics for another reason, which would abort it.
    let keys = KeysClient::new(other.client());
    other.expect(keys.delete("key_1"));
    let panic = panic_of(move || {
        let _mock = other;
        std::panic::panic_any("the first reason".to_owned());
    });
    assert_eq!(panic, "the first reason");
}

#[test]
fn a_mock_needs_no_runtime() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.expect(keys.get("key_1")).respond_status(503).then().respond(&key("key_1"));
    let mut call = std::pin::pin!(keys.get("key_1"));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let value = loop {
        if let std::task::Poll::Ready(value) = call.as_mut().poll(&mut context) {
            break value;
        }
    };
    assert_eq!(value.unwrap(), key("key_1"));
}

#[tokio::test]
async fn two_apis_in_one_test_have_two_bases() {
    let mock = Mock::new();
    let (one, two) = (
        KeysClient::new(mock.client_at("https://one.test/v1")),
        KeysClient::new(mock.client_at("https://two.test")),
    );
    mock.expect(one.get("key_1")).respond(&key("one"));
    mock.expect(two.get("key_1")).respond(&key("two"));
    assert_eq!(two.get("key_1").await.unwrap().id, "two");
    assert_eq!(one.get("key_1").await.unwrap().id, "one");
    assert_eq!(mock.requests()[1].url(), "https://one.test/v1/keys/key_1");
    assert!(two.get("key_1").await.is_err());
    assert!(panic_of(|| mock.verify()).contains("called 1 of 1 times"));
}

#[tokio::test]
async fn nested_apis_and_trait_objects_are_expected_like_others() {
    #[api(dyn)]
    trait Members {
        #[get("/members/{id}")]
        fn get(&self, id: &str) -> Call<String>;
    }
    #[api]
    trait Projects {
        #[nest("/projects/{project_id}")]
        fn members(&self, project_id: &str) -> Box<dyn Members>;
    }
    let mock = Mock::new();
    let projects = ProjectsClient::new(mock.client());
    mock.expect(projects.members("p1").get("m1")).respond(&"Ada".to_owned());
    mock.stub(projects.members("p1").get("m1")).any_arguments().respond(&"anyone".to_owned());
    assert_eq!(projects.members("p2").get("m1").await.unwrap(), "anyone");
    assert_eq!(projects.members("p1").get("m1").await.unwrap(), "Ada");
}

#[tokio::test]
async fn a_call_by_hand_is_the_same_request_as_a_declared_one() {
    let mock = Mock::new();
    let client = mock.client();
    let by_hand = || client.call::<Key>(Method::GET, "/keys/{key_id}").segment("key_id", "key_1");
    let keys = KeysClient::new(client.clone());
    mock.expect(by_hand()).respond(&key("by hand"));
    mock.expect(keys.get("key_1")).respond(&key("declared"));
    assert_eq!(keys.get("key_1").await.unwrap().id, "by hand");
    assert_eq!(by_hand().await.unwrap().id, "declared");
}

#[tokio::test]
async fn an_async_method_is_expected_by_its_name() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.expect_endpoint::<KeysClient>("name").respond_json(200, "CI").times(2);
    assert_eq!(keys.name("key_1").await.unwrap(), "CI");
    assert!(keys.get("key_1").await.is_err());
    assert_eq!(keys.name("key_2").await.unwrap(), "CI");
    let report = panic_of(|| mock.verify());
    assert!(report.contains("endpoint: expected Keys::name, actual Keys::get"), "{report}");
    let report = panic_of(|| drop(mock.expect_endpoint::<KeysClient>("nam")));
    assert_eq!(report, "the API has no method `nam`; it has: get, list, create, delete, name");
}

#[tokio::test]
async fn the_requests_are_there_to_look_at() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.builder().bearer("token").build().unwrap());
    let new = NewKey { name: "CI", scopes: &["a"], password: None };
    mock.stub(keys.create(&new, None)).any_arguments().respond(&key("key_1"));
    keys.create(&new, Some("t1")).await.unwrap();
    let request = &mock.requests()[0];
    assert_eq!((request.method(), request.url().as_str()), (&Method::POST, "https://api.test/keys"));
    assert_eq!(request.header("authorization"), Some("Bearer token"));
    assert_eq!(request.json::<serde_json::Value>().unwrap()["name"], "CI");
    assert_eq!((request.endpoint().name, request.attempt()), ("create", 1));
    assert!(request.matches(keys.create(&new, Some("t1"))));
    assert!(!request.matches(keys.create(&new, Some("t2"))));
    assert!(!request.matches(keys.create(&new, None)));
    let other = keys.get("key_1");
    assert!(!request.matches(&other), "by reference, the call can still be made");
    drop(other);
    assert!(!format!("{request:?}").contains("t1"));
}

/// The further attempt of a call does not take the response of another one that is equal.
#[tokio::test]
async fn equal_calls_at_the_same_time_keep_their_expectations() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.expect(keys.get("key_1")).respond_status(429);
    mock.expect(keys.get("key_1")).respond(&key("second"));
    let (first, second) = tokio::join!(keys.get("key_1"), keys.get("key_1"));
    assert_eq!((first.unwrap_err().attempts(), second.unwrap()), (3, key("second")));
}

#[tokio::test]
async fn mocks_do_not_know_of_each_other_and_work_from_many_tasks() {
    let tests = (0..8).map(|test| {
        tokio::spawn(async move {
            let mock = Mock::new();
            let keys = KeysClient::new(mock.client());
            mock.stub(keys.get("x"))
                .any_arguments()
                .respond_status(429)
                .header("retry-after", "30")
                .then()
                .respond(&key("x"));
            let calls = (0..20).map(|call| {
                let keys = keys.clone();
                tokio::spawn(async move { keys.get(&format!("{test}_{call}")).await })
            });
            for call in calls.collect::<Vec<_>>() {
                call.await.unwrap().unwrap();
            }
            assert_eq!(mock.requests().len(), 40);
        })
    });
    for test in tests.collect::<Vec<_>>() {
        test.await.unwrap();
    }
}
