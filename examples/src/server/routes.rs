//! Paths, and what is done for every request: the bearer check, the request id, the log, and faults on order.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::error::{ApiError, ApiResult};
use super::log::LogEntry;
use super::{Shared, fault, handlers, lock, resources};

/// The bearer token of a request that passed the check.
#[derive(Clone)]
pub(super) struct Bearer(pub(super) String);

/// The API below `/v1`.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    let organization = Router::new()
        .route("/admin_api_keys", get(handlers::list_admin_keys).post(handlers::create_admin_key))
        .route("/admin_api_keys/{key_id}", get(handlers::get_admin_key).delete(handlers::delete_admin_key))
        .route("/audit_logs", get(handlers::list_events))
        .route("/costs", get(handlers::costs))
        .route("/users", get(handlers::list_users))
        .route(
            "/users/{user_id}",
            get(handlers::get_user).post(handlers::update_user).delete(handlers::delete_user),
        )
        .route("/usage/completions", get(handlers::completions))
        .route("/projects", get(handlers::list_projects).post(handlers::create_project))
        .route("/projects/{project_id}", get(handlers::get_project).post(handlers::update_project))
        .route("/projects/{project_id}/archive", post(handlers::archive_project))
        .nest("/projects/{project_id}", project());
    Router::new()
        .nest("/v1/organization", organization)
        .merge(resources::router())
        .fallback(unknown_url)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&shared), answer))
        .with_state(shared)
}

/// What lies below one project.
fn project() -> Router<Arc<Shared>> {
    Router::new()
        .route("/users", get(handlers::list_project_users).post(handlers::add_project_user))
        .route(
            "/users/{user_id}",
            get(handlers::get_project_user)
                .post(handlers::update_project_user)
                .delete(handlers::delete_project_user),
        )
        .route(
            "/service_accounts",
            get(handlers::list_service_accounts).post(handlers::create_service_account),
        )
        .route(
            "/service_accounts/{service_account_id}",
            get(handlers::get_service_account).delete(handlers::delete_service_account),
        )
        .route("/service_accounts/{service_account_id}/api_keys", post(handlers::create_account_key))
        .route("/api_keys", get(handlers::list_project_keys))
        .route("/api_keys/{api_key_id}", get(handlers::get_project_key).delete(handlers::delete_project_key))
}

async fn unknown_url(method: Method, uri: Uri) -> ApiError {
    ApiError::unknown_url(&method, uri.path())
}

async fn method_not_allowed(method: Method, uri: Uri) -> ApiError {
    ApiError::method_not_allowed(&method, uri.path())
}

/// Answers a request, and adds to the answer and to the log what every request gets.
async fn answer(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().to_string();
    let mut response = checked(&shared, request, next).await;
    let status = response.status();
    let request_id = {
        let mut log = lock(&shared.log);
        let request_id = format!("req_{:08}", log.len() + 1);
        log.push(LogEntry { method, path, status, request_id: request_id.clone() });
        request_id
    };
    if let Ok(value) = HeaderValue::try_from(request_id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

async fn checked(shared: &Shared, mut request: Request, next: Next) -> Response {
    let injected = fault::take(&mut lock(&shared.faults), request.method(), request.uri().path());
    if let Some(injected) = injected.as_ref().filter(|injected| !injected.carried_out()) {
        return injected.response();
    }
    let bearer = match bearer(request.headers()) {
        Ok(bearer) => bearer,
        Err(error) => return error.into_response(),
    };
    if let Err(error) = shared.store().authenticate(&bearer.0) {
        return error.into_response();
    }
    request.extensions_mut().insert(bearer);
    let response = next.run(request).await;
    injected.map_or(response, |injected| injected.response())
}

/// Reads `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> ApiResult<Bearer> {
    let missing = || ApiError::unauthorized("You didn't provide an API key.");
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
    let (scheme, token) = header.split_once(' ').ok_or_else(missing)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(missing());
    }
    Ok(Bearer(token.trim().to_owned()))
}

/// The token that [`answer`] has checked.
pub(super) type Token = Extension<Bearer>;

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http_body_util::BodyExt;
    use serde_json::Value;
    use tower::ServiceExt;

    use super::*;
    use crate::server::seed::ADMIN_KEY;
    use crate::server::{Fault, START, Store};

    fn shared() -> Arc<Shared> {
        Arc::new(Shared {
            store: Store::seeded(START).into(),
            log: Vec::new().into(),
            faults: Vec::new().into(),
        })
    }

    async fn send(shared: &Arc<Shared>, method: &str, path: &str, body: &str) -> (u16, HeaderMap, Value) {
        let authorization = format!("Bearer {ADMIN_KEY}");
        let request = Request::builder().method(method).uri(format!("/v1/organization{path}"));
        let request = request.header(AUTHORIZATION, authorization).body(Body::from(body.to_owned()));
        answered(shared, request.unwrap()).await
    }

    async fn answered(shared: &Arc<Shared>, request: Request) -> (u16, HeaderMap, Value) {
        let response = router(Arc::clone(shared)).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts.status.as_u16(), parts.headers, serde_json::from_slice(&bytes).unwrap())
    }

    #[tokio::test]
    async fn the_life_of_a_key() {
        let shared = shared();
        let (status, headers, made) = send(&shared, "POST", "/admin_api_keys", r#"{"name":"ci"}"#).await;
        assert_eq!(status, 200);
        assert_eq!(headers["x-request-id"], "req_00000001");
        assert!(made["value"].as_str().unwrap().starts_with("sk-admin-"));
        let path = format!("/admin_api_keys/{}", made["id"].as_str().unwrap());
        let (_, _, read) = send(&shared, "GET", &path, "").await;
        assert_eq!(read["value"], Value::Null);
        assert_eq!(read["name"], "ci");
        let (_, _, gone) = send(&shared, "DELETE", &path, "").await;
        assert_eq!(gone["deleted"], true);
        assert_eq!(gone["object"], "organization.admin_api_key.deleted");
        let (status, _, error) = send(&shared, "GET", &path, "").await;
        assert_eq!((status, error["error"]["code"].as_str()), (404, Some("not_found")));
    }

    #[tokio::test]
    async fn a_request_without_a_good_key_is_refused() {
        let shared = shared();
        for authorization in
            [None, Some("Bearer sk-wrong"), Some("Basic eDp5"), Some("Bearer"), Some("Bearer ")]
        {
            let mut request = Request::builder().uri("/v1/organization/admin_api_keys");
            if let Some(value) = authorization {
                request = request.header(AUTHORIZATION, value);
            }
            let (status, headers, body) = answered(&shared, request.body(Body::empty()).unwrap()).await;
            assert_eq!((status, body["error"]["code"].as_str()), (401, Some("invalid_api_key")));
            assert!(headers.contains_key("x-request-id"));
        }
    }

    #[tokio::test]
    async fn an_unknown_path_or_method_is_said_in_the_same_form() {
        let shared = shared();
        let (status, _, body) = send(&shared, "GET", "/nothing", "").await;
        assert_eq!((status, body["error"]["code"].as_str()), (404, Some("unknown_url")));
        let (status, _, body) = send(&shared, "PUT", "/admin_api_keys", "").await;
        assert_eq!((status, body["error"]["code"].as_str()), (405, Some("method_not_supported")));
    }

    #[tokio::test]
    async fn an_id_is_decoded_and_stays_one_segment() {
        let shared = shared();
        let (status, _, body) = send(&shared, "GET", "/admin_api_keys/a%2Fb%3F", "").await;
        assert_eq!(status, 404);
        assert!(body["error"]["message"].as_str().unwrap().contains("'a/b?'"));
    }

    #[tokio::test]
    async fn faults_stand_in_for_answers_once() {
        let shared = shared();
        let fault = Fault::new(http::StatusCode::SERVICE_UNAVAILABLE).retry_after(2);
        lock(&shared.faults).push(fault.only(Method::GET, "/users"));
        assert_eq!(send(&shared, "GET", "/admin_api_keys", "").await.0, 200);
        let (status, headers, body) = send(&shared, "GET", "/users", "").await;
        assert_eq!((status, body["error"]["type"].as_str()), (503, Some("server_error")));
        assert_eq!(headers["retry-after"], "2");
        assert_eq!(send(&shared, "GET", "/users", "").await.0, 200);
    }

    #[tokio::test]
    async fn a_fault_can_lose_the_answer_of_a_request_that_was_carried_out() {
        let shared = shared();
        let before = shared.store().admin_keys().len();
        lock(&shared.faults).push(Fault::new(http::StatusCode::BAD_GATEWAY).carried_out());
        let (status, ..) = send(&shared, "POST", "/admin_api_keys", r#"{"name":"lost"}"#).await;
        assert_eq!((status, shared.store().admin_keys().len()), (502, before + 1));
    }

    #[tokio::test]
    async fn the_log_names_requests_in_order_and_no_secret() {
        let shared = shared();
        send(&shared, "GET", "/users?limit=3", "").await;
        send(&shared, "DELETE", "/users/nobody", "").await;
        let log: Vec<String> = lock(&shared.log).iter().map(ToString::to_string).collect();
        assert_eq!(
            log,
            ["GET /v1/organization/users?limit=3 200", "DELETE /v1/organization/users/nobody 404"]
        );
    }

    #[tokio::test]
    async fn every_list_pages_and_every_item_can_be_read_again() {
        let shared = shared();
        for path in [
            "/admin_api_keys",
            "/users",
            "/projects",
            "/projects/proj_search/users",
            "/projects/proj_search/api_keys",
        ] {
            let (_, _, page) = send(&shared, "GET", &format!("{path}?limit=1"), "").await;
            assert_eq!(
                (page["object"].as_str(), page["has_more"].as_bool()),
                (Some("list"), Some(true)),
                "{path}"
            );
            let id = page["last_id"].as_str().unwrap();
            assert_eq!(page["data"][0]["id"], id);
            let (status, _, item) = send(&shared, "GET", &format!("{path}/{id}"), "").await;
            assert_eq!((status, &item), (200, &page["data"][0]), "{path}");
        }
    }
}
