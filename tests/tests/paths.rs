//! Over any text, an argument of a path changes neither the host, nor the number of segments, nor query and fragment.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use declarest::{Call, Client, Error, api};
use declarest_tests::{Recorder, Seen};
use proptest::prop_assert_eq;

#[api("/api")]
trait Paths {
    #[get("/a/{id}")]
    fn last(&self, id: &str) -> Call<()>;
    #[get("/a/{id}/b?fixed=1")]
    fn middle(&self, id: &str) -> Call<()>;
    #[get("/a/v{id}.json")]
    fn within(&self, id: &str) -> Call<()>;
    #[get("/a/{left}-{right}/{left_again}{right_again}")]
    fn beside(&self, left: &str, right: &str, left_again: &str, right_again: &str) -> Call<()>;
    #[get("/a/{rest..}")]
    fn rest(&self, rest: &str) -> Call<()>;
    #[get("/l/{rest..}")]
    fn rest_of_list(&self, rest: &[String]) -> Call<()>;
    #[get("/x/{id}/{rest..}?fixed=1")]
    fn both(&self, #[query] q: &str, rest: &str, id: &str) -> Call<()>;
    #[get("/m/{rest..}/b/{id}")]
    fn rest_in_the_middle(&self, id: &str, rest: &str) -> Call<()>;
    #[get("/root:/{rest..}:/children")]
    fn rest_between_colons(&self, rest: &str) -> Call<()>;
    #[nest("/in/{scope}")]
    fn scope(&self, scope: &str) -> PathsClient;
}

fn sent(call: impl FnOnce(&PathsClient) -> Call<()>) -> Result<Seen, Error> {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost/v1").transport(recorder.clone()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answered = runtime.block_on(call(&PathsClient::new(client)));
    assert_eq!(recorder.seen().len(), usize::from(answered.is_ok()));
    answered.map(|()| recorder.seen().pop().unwrap())
}

/// The segments behind the base and the prefix, decoded by another crate.
fn segments(seen: &Seen) -> Vec<String> {
    assert_eq!(seen.uri.authority().unwrap().as_str(), "localhost");
    let url = url::Url::parse(&seen.uri.to_string()).unwrap();
    assert_eq!((url.path(), url.fragment()), (seen.uri.path(), None), "another parser rewrites the path");
    let path = seen.uri.path().strip_prefix("/v1/api/").unwrap();
    let decoded = |segment| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned();
    path.split('/').map(decoded).collect()
}

fn is_fit(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
}

/// Checks a call with these values: the segments that were sent, or a refusal if a value is empty or a segment unfit.
fn check(
    call: impl FnOnce(&PathsClient) -> Call<()>,
    values: &[&str],
    expected: &[&str],
    query: Option<&str>,
) -> Result<(), proptest::test_runner::TestCaseError> {
    let result = sent(call);
    if values.contains(&"") || !expected.iter().all(|segment| is_fit(segment)) {
        let error = result.unwrap_err();
        assert!(error.is_argument() && error.effect() == declarest::Effect::NotSent, "{error}");
        return Ok(());
    }
    let seen = result.unwrap();
    prop_assert_eq!(segments(&seen), expected);
    prop_assert_eq!(seen.uri.query(), query);
    Ok(())
}

/// Any text, and often one that is made of what means something in a path.
fn text() -> impl proptest::strategy::Strategy<Value = String> {
    proptest::prop_oneof!["[./%2eE?#&=+:@ \\\\]{0,4}", ".*", "\\PC{0,3}"]
}

proptest::proptest! {
    #[test]
    fn one_segment_stays_one(id in text()) {
        check(|api| api.last(&id), &[&id], &["a", &id], None)?;
        check(|api| api.middle(&id), &[&id], &["a", &id, "b"], Some("fixed=1"))?;
        check(|api| api.within(&id), &[&id], &["a", &format!("v{id}.json")], None)?;
    }

    #[test]
    fn neighbours_in_a_segment_stay_there(left in text(), right in text()) {
        let (dashed, together) = (format!("{left}-{right}"), format!("{left}{right}"));
        check(|api| api.beside(&left, &right, &left, &right), &[&left, &right], &["a", &dashed, &together], None)?;
    }

    #[test]
    fn a_rest_keeps_its_slashes_and_nothing_else(rest in text()) {
        let expected: Vec<&str> = ["a"].into_iter().chain(rest.split('/')).collect();
        check(|api| api.rest(&rest), &[&rest], &expected, None)?;
    }

    #[test]
    fn a_rest_may_stand_in_the_middle(rest in text(), id in text()) {
        let mut expected: Vec<&str> = ["m"].into_iter().chain(rest.split('/')).collect();
        expected.extend(["b", &id]);
        check(|api| api.rest_in_the_middle(&id, &rest), &[&id, &rest], &expected, None)?;
    }

    #[test]
    fn a_rest_may_end_within_a_segment(rest in "[a-z]{1,3}(/[a-z.]{1,3}[a-z]){0,2}") {
        let behind = format!("{rest}:");
        let mut expected: Vec<&str> = ["root:"].into_iter().chain(behind.split('/')).collect();
        expected.push("children");
        check(|api| api.rest_between_colons(&rest), &[&rest], &expected, None)?;
    }

    #[test]
    fn a_list_of_segments_is_one_each(rest in proptest::collection::vec(text(), 1..4)) {
        let expected: Vec<&str> = ["l"].into_iter().chain(rest.iter().map(String::as_str)).collect();
        check(|api| api.rest_of_list(&rest), &[], &expected, None)?;
    }

    #[test]
    fn a_scope_is_one_segment_of_each_call_in_it(scope in text(), id in text()) {
        let result = sent(|api| api.scope(&scope).last(&id));
        if is_fit(&scope) && is_fit(&id) {
            let seen = result.unwrap();
            let path = seen.uri.path().strip_prefix("/v1/api/in/").unwrap().to_owned();
            let decoded: Vec<Vec<u8>> = path.split('/').map(|part| percent_encoding::percent_decode_str(part).collect()).collect();
            prop_assert_eq!(decoded, [scope.as_bytes(), b"api", b"a", id.as_bytes()]);
        } else {
            proptest::prop_assert!(result.unwrap_err().is_argument());
        }
    }

    #[test]
    fn the_order_of_the_arguments_is_that_of_the_path(id in text(), rest in "[a-z/]{1,4}", q in text()) {
        let mut expected = vec!["x", &id];
        expected.extend(rest.split('/'));
        let mut query = "fixed=1&q=".to_owned();
        query.extend(percent_encoding::utf8_percent_encode(&q, UNRESERVED));
        check(|api| api.both(&q, &rest, &id), &[&id], &expected, Some(&query))?;
    }
}

/// All but the unreserved characters of RFC 3986, 2.3.
const UNRESERVED: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
