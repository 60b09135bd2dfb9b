//! The four admin-key operations end to end: against a server over a socket, and against the same server in-process.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use declarest::Effect;
use declarest_examples::server::{Fault, START, Server};
use http::{Method, StatusCode};
use openai_admin::{
    Admin, AdminApiKey, AdminApiKeysClient, ListAdminApiKeys, NewAdminApiKey, Order, prelude::*,
};

const KEYS: &str = "/v1/organization/admin_api_keys";

/// How a client reaches the server.
#[derive(Clone, Copy, Debug)]
enum Way {
    Socket,
    InProcess,
}

const BOTH: [Way; 2] = [Way::Socket, Way::InProcess];

fn client(server: &Server, way: Way, key: &str) -> AdminApiKeysClient {
    let builder = Admin::builder(key).base_url(server.base_url());
    let router = server.router();
    let builder = match way {
        Way::Socket => builder,
        // Nothing listens there: an answer can only have come from the router.
        Way::InProcess => {
            builder.base_url("http://127.0.0.1:9/v1").configure(|client| client.transport(router))
        }
    };
    builder.build().unwrap().admin_api_keys()
}

async fn start(way: Way) -> (Server, AdminApiKeysClient) {
    let server = Server::start().await.unwrap();
    let keys = client(&server, way, server.admin_key());
    (server, keys)
}

async fn all(keys: &AdminApiKeysClient, params: &ListAdminApiKeys) -> Vec<AdminApiKey> {
    let (mut items, mut all) = (keys.list(params).items(), Vec::new());
    while let Some(key) = items.try_next().await.unwrap() {
        all.push(key);
    }
    all
}

#[tokio::test]
async fn a_key_lives_from_create_to_delete() {
    for way in BOTH {
        let (server, keys) = start(way).await;
        let made = keys.create(&NewAdminApiKey::new("ci").expires_in_seconds(60)).await.unwrap();
        assert_eq!(made.name.as_deref(), Some("ci"));
        assert_eq!(made.created_at.unix(), i64::try_from(START).unwrap() + 1);
        assert_eq!(made.expires_at.unwrap().unix(), made.created_at.unix() + 60);
        assert!(made.value.expose().starts_with("sk-admin-"));
        let read = keys.get(&made.id).await.unwrap();
        assert_eq!((&read.id, &read.redacted_value), (&made.id, &made.redacted_value));
        let used = keys.get(&made.id).bearer(made.value.clone()).await.unwrap();
        assert_eq!(used.last_used_at, Some(made.created_at));
        let deleted = keys.delete(&made.id).await.unwrap();
        assert!(deleted.deleted && deleted.id == made.id);
        let error = keys.get(&made.id).await.unwrap_err();
        assert!(error.is_not_found());
        assert_eq!((error.error_code(), error.request_id()), (Some("not_found"), Some("req_00000005")));
        assert_eq!(error.template().unwrap(), "/organization/admin_api_keys/{key_id}");
        let path = format!("{KEYS}/{}", made.id);
        let lines = [
            format!("POST {KEYS} 200"),
            format!("GET {path} 200"),
            format!("GET {path} 200"),
            format!("DELETE {path} 200"),
            format!("GET {path} 404"),
        ];
        assert_eq!(
            server.log_lines().iter().map(|line| line.replace("http://127.0.0.1:9", "")).collect::<Vec<_>>(),
            lines,
            "{way:?}"
        );
    }
}

#[tokio::test]
async fn a_list_has_every_key_once_whatever_the_page_size() {
    for way in BOTH {
        let (server, keys) = start(way).await;
        let expected: Vec<String> =
            server.with_store(|store| store.admin_keys().iter().map(|key| key.id.clone()).collect());
        for limit in [1, 2, 3, 7, 100] {
            let listed = all(&keys, &ListAdminApiKeys::default().limit(limit)).await;
            assert_eq!(
                listed.iter().map(|key| key.id.clone()).collect::<Vec<_>>(),
                expected,
                "{way:?} {limit}"
            );
        }
        let newest = all(&keys, &ListAdminApiKeys::default().order(Order::Desc).limit(2)).await;
        assert!(newest.iter().map(|key| &key.id).eq(expected.iter().rev()));
        let rest = all(&keys, &ListAdminApiKeys::default().after(expected[4].as_str())).await;
        assert!(rest.iter().map(|key| &key.id).eq(&expected[5..]));
    }
}

#[tokio::test]
async fn odd_keys_are_read() {
    let (_server, keys) = start(Way::InProcess).await;
    let listed = all(&keys, &ListAdminApiKeys::default()).await;
    assert!(listed.iter().any(|key| key.name.is_none()));
    assert!(listed.iter().any(|key| key.owner.kind.as_deref() == Some("service_account")));
    assert!(listed.iter().any(|key| key.last_used_at.is_none() && key.expires_at.is_some()));
}

#[tokio::test]
async fn a_reply_tells_status_request_id_and_attempts() {
    for way in BOTH {
        let (_server, keys) = start(way).await;
        let reply = keys.list(&ListAdminApiKeys::default()).await.unwrap();
        let id = reply.data[0].id.clone();
        let reply = keys.get(&id).with_reply().await.unwrap();
        assert_eq!((reply.status, reply.attempts), (StatusCode::OK, 1));
        assert_eq!(reply.request_id(), Some("req_00000002"), "{way:?}");
    }
}

#[tokio::test]
async fn refusals_come_in_openai_s_words() {
    for way in BOTH {
        let (server, keys) = start(way).await;
        let stranger = client(&server, way, "sk-admin-wrong");
        let error = stranger.get("key_1").await.unwrap_err();
        assert_eq!(
            (error.status(), error.error_code()),
            (Some(StatusCode::UNAUTHORIZED), Some("invalid_api_key"))
        );
        let error = keys.create(&NewAdminApiKey::new("")).await.unwrap_err();
        assert_eq!((error.status(), error.param()), (Some(StatusCode::BAD_REQUEST), Some("name")));
        let error = keys.create(&NewAdminApiKey::new("x").expires_in_seconds(31_536_001)).await.unwrap_err();
        assert_eq!(error.param(), Some("expires_in_seconds"));
        let error = keys.list(&ListAdminApiKeys::default().limit(101)).await.unwrap_err();
        assert_eq!((error.param(), error.error_type()), (Some("limit"), Some("invalid_request_error")));
        assert_eq!(error.effect(), Effect::Responded);
        assert!(error.attempts() == 1 && !error.to_string().contains("sk-admin"));
    }
}

#[tokio::test]
async fn an_id_changes_no_path() {
    for way in BOTH {
        let (server, keys) = start(way).await;
        for (id, segment) in [
            ("a/b", "a%2Fb"),
            ("../users", "..%2Fusers"),
            ("?x=1#y", "%3Fx%3D1%23y"),
            ("ü %", "%C3%BC%20%25"),
        ] {
            let error = keys.get(id).await.unwrap_err();
            assert_eq!(error.error_code(), Some("not_found"), "{id}");
            assert!(error.message().unwrap().contains(id), "{:?}", error.message());
            assert!(server.log().last().unwrap().path.ends_with(&format!("{KEYS}/{segment}")), "{id}");
        }
    }
}

#[tokio::test]
async fn an_id_that_cannot_be_a_segment_is_not_sent() {
    for way in BOTH {
        let (server, keys) = start(way).await;
        for id in ["", ".", ".."] {
            for error in [keys.get(id).await.unwrap_err(), keys.delete(id).await.unwrap_err()] {
                assert_eq!((error.effect(), error.attempts()), (Effect::NotSent, 0), "{id:?}");
            }
        }
        assert!(server.log().is_empty());
    }
}

#[tokio::test]
async fn a_create_that_may_have_taken_effect_is_not_repeated_and_a_get_is() {
    for way in BOTH {
        let (server, keys) = start(way).await;
        let before = server.with_store(|store| store.admin_keys().len());
        server.inject(Fault::new(StatusCode::SERVICE_UNAVAILABLE).only(Method::POST, KEYS).carried_out());
        let error = keys.create(&NewAdminApiKey::new("lost")).await.unwrap_err();
        assert_eq!((error.attempts(), error.status()), (1, Some(StatusCode::SERVICE_UNAVAILABLE)));
        assert_eq!(server.with_store(|store| store.admin_keys().len()), before + 1);
        server.inject(Fault::new(StatusCode::SERVICE_UNAVAILABLE).retry_after(0).only(Method::GET, KEYS));
        let id = server.with_store(|store| store.admin_keys()[0].id.clone());
        assert_eq!(keys.get(&id).with_reply().await.unwrap().attempts, 2, "{way:?}");
    }
}

#[tokio::test]
async fn no_value_of_a_key_is_printed() {
    let (server, keys) = start(Way::Socket).await;
    let made = keys.create(&NewAdminApiKey::new("ci")).await.unwrap();
    let value = made.value.expose().to_owned();
    let call = keys.get(&made.id).bearer(made.value.clone());
    for text in [format!("{made:?}"), format!("{keys:?}"), format!("{call:?}"), call.to_curl()] {
        assert!(!text.contains(&value) && !text.contains(server.admin_key()), "{text}");
    }
}
