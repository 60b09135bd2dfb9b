//! A stand-in for GitHub's hosts: the API, the uploads, and where files are kept.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Path, Query, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{delete, get, patch, post, put};
use axum::{Json, Router};
use http::header::{ACCEPT, AUTHORIZATION, ETAG, HOST, IF_NONE_MATCH, LINK, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::fake::Fake;

/// The token that the fake takes.
pub const TOKEN: &str = "ghp_example";
/// The repository as it is the first time.
const REPO_ETAG: &str = "\"644b5b0155e6404a9cc4bd9d8b1ae730\"";
const README: &str = "# Spoon-Knife\n\nThis repository is for demonstration purposes only.\n";
const DIFF: &str = "diff --git a/README.md b/README.md\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-# Spoon\n+# Spoon-Knife\n";

/// The three hosts.
#[derive(Debug)]
pub struct Hosts {
    /// `api.github.com`
    pub api: Fake,
    /// `uploads.github.com`
    pub uploads: Fake,
    /// Where pictures and the files of releases are; it takes no token.
    pub files: Fake,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    files_url: String,
    starred: AtomicBool,
    throttled: AtomicBool,
}

type Answer = State<Arc<Shared>>;
type Pairs = Query<BTreeMap<String, String>>;

impl Hosts {
    /// Starts them.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        let files = Fake::start(files()).await?;
        let shared = Arc::new(Shared { files_url: files.url(), ..Shared::default() });
        let api = Fake::start(api(&shared)).await?;
        let uploads = Fake::start(uploads(&shared)).await?;
        Ok(Self { api, uploads, files, shared })
    }

    /// Makes the API turn the next request away.
    pub fn throttle_once(&self) {
        self.shared.throttled.store(true, Ordering::SeqCst);
    }
}

fn api(shared: &Arc<Shared>) -> Router {
    let root = Router::new()
        .route("/users/{username}", get(user))
        .route("/users/{username}/repos", get(repos))
        .route("/user/starred/{owner}/{repo}", get(starred).put(star).delete(unstar))
        .route("/search/issues", get(search))
        .route("/markdown", post(async || ([("content-type", "text/html")], "<p>Hello</p>")));
    let repo = Router::new()
        .route("/", get(repo).patch(async || Json(repository())))
        .route("/topics", put(async |Json(body): Json<Value>| Json(body)))
        .route("/collaborators/{username}", get(collaborator))
        .route("/compare/{basehead}", get(async || Json(json!({ "status": "ahead", "ahead_by": 2 }))))
        .route("/contents/{*path}", get(contents).put(write).delete(remove))
        .route("/issues", get(issues).post(open))
        .route("/issues/{number}", patch(update))
        .route("/issues/{number}/comments", post(comment))
        .route("/issues/{number}/labels/{name}", delete(async || Json(json!([{ "name": "bug" }]))))
        .route("/issues/{number}/lock", put(async || StatusCode::NO_CONTENT))
        .route(
            "/pulls",
            get(async |headers: HeaderMap, query: Pairs| paged(&headers, "pulls", query, 1, pull)),
        )
        .route("/pulls/{number}", get(pull_or_diff))
        .route("/pulls/{number}/merge", put(async || Json(json!({ "sha": "c0ffee", "merged": true }))))
        .route("/releases", post(release))
        .route(
            "/releases/tags/{tag}",
            get(async |Path((_, _, tag)): Path<(String, String, String)>| Json(tagged(&tag))),
        )
        .route("/releases/assets/{asset_id}", get(asset));
    root.nest("/repos/{owner}/{repo}", repo)
        // Where the links of a list lead: to the repository by its number.
        .route("/repositories/1300192/issues", get(issues))
        .layer(from_fn_with_state(Arc::clone(shared), let_in))
        .with_state(Arc::clone(shared))
}

fn uploads(shared: &Arc<Shared>) -> Router {
    Router::new()
        .route("/repos/{owner}/{repo}/releases/{release_id}/assets", post(uploaded))
        .layer(from_fn_with_state(Arc::clone(shared), let_in))
}

fn files() -> Router {
    Router::new()
        .route("/u/583231", get(async || ([("content-type", "image/png")], b"\x89PNG".as_slice())))
        .route("/production-release-asset/7", get(async || "the bytes of the asset"))
        .layer(from_fn(async |request: Request, next: Next| {
            let refused = request.headers().contains_key(AUTHORIZATION);
            if refused { StatusCode::BAD_REQUEST.into_response() } else { next.run(request).await }
        }))
}

fn problem(status: StatusCode, message: &str) -> Response {
    let body = json!({ "message": message, "documentation_url": "https://docs.github.com/rest" });
    (status, Json(body)).into_response()
}

/// Who has the token is let in, unless there were too many requests.
async fn let_in(State(shared): Answer, request: Request, next: Next) -> Response {
    let token = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if token.and_then(|token| token.strip_prefix("Bearer ")) != Some(TOKEN) {
        return problem(StatusCode::UNAUTHORIZED, "Bad credentials");
    }
    if shared.throttled.swap(false, Ordering::SeqCst) {
        let answer = problem(StatusCode::FORBIDDEN, "You have exceeded a secondary rate limit.");
        return ([(RETRY_AFTER, "0")], answer).into_response();
    }
    next.run(request).await
}

/// One page of a list of `total` things, with a link to the next one.
fn paged(
    headers: &HeaderMap,
    path: &str,
    Query(query): Pairs,
    total: u64,
    thing: impl Fn(u64) -> Value,
) -> Response {
    let number = |name: &str| query.get(name).and_then(|value| value.parse::<u64>().ok());
    let (page, size) = (number("page").unwrap_or(1), number("per_page").unwrap_or(30));
    let items: Vec<Value> = (page * size - size + 1..=total.min(page * size)).map(thing).collect();
    if page * size >= total {
        return Json(items).into_response();
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let others =
        query.iter().filter(|(name, _)| *name != "page").map(|(name, value)| format!("{name}={value}&"));
    let link =
        format!("<http://{host}/{path}?{}page={}>; rel=\"next\"", others.collect::<String>(), page + 1);
    ([(LINK, link)], Json(items)).into_response()
}

async fn user(State(shared): Answer, Path(username): Path<String>) -> Response {
    if username != "octocat" {
        return problem(StatusCode::NOT_FOUND, "Not Found");
    }
    Json(json!({ "login": username, "avatar_url": format!("{}/u/583231?v=4", shared.files_url) }))
        .into_response()
}

fn repository() -> Value {
    json!({
        "full_name": "octocat/Spoon-Knife", "description": "A repository to fork", "stargazers_count": 13_000,
        "default_branch": "main",
    })
}

async fn repos(headers: HeaderMap, Path(username): Path<String>, query: Pairs) -> Response {
    paged(&headers, &format!("users/{username}/repos"), query, 3, |_| repository())
}

async fn starred(State(shared): Answer) -> StatusCode {
    if shared.starred.load(Ordering::SeqCst) { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

async fn star(State(shared): Answer) -> StatusCode {
    shared.starred.store(true, Ordering::SeqCst);
    StatusCode::NO_CONTENT
}

async fn unstar(State(shared): Answer) -> StatusCode {
    shared.starred.store(false, Ordering::SeqCst);
    StatusCode::NO_CONTENT
}

async fn search() -> Json<Value> {
    Json(json!({ "total_count": 1, "incomplete_results": false, "items": [issue(5)] }))
}

async fn repo(headers: HeaderMap) -> Response {
    if headers.get(IF_NONE_MATCH).is_some_and(|etag| etag == REPO_ETAG) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    ([(ETAG, REPO_ETAG)], Json(repository())).into_response()
}

async fn collaborator(Path((_, _, username)): Path<(String, String, String)>) -> StatusCode {
    if username == "octocat" { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

fn wants(headers: &HeaderMap, media: &str) -> bool {
    headers.get(ACCEPT).is_some_and(|accept| accept == media)
}

fn entry(path: &str) -> Value {
    json!({ "path": path, "sha": "3d21ec5", "size": README.len() })
}

async fn contents(headers: HeaderMap, Path((_, _, path)): Path<(String, String, String)>) -> Response {
    if wants(&headers, "application/vnd.github.raw+json") {
        return README.into_response();
    }
    Json(entry(&path)).into_response()
}

async fn write(Path((_, _, path)): Path<(String, String, String)>) -> Response {
    (StatusCode::CREATED, Json(json!({ "content": entry(&path), "commit": { "sha": "7638417" } })))
        .into_response()
}

async fn remove() -> Json<Value> {
    Json(json!({ "content": null, "commit": { "sha": "7638418" } }))
}

fn issue(number: u64) -> Value {
    json!({ "number": number, "title": format!("Issue {number}"), "state": "open", "labels": [{ "name": "bug" }] })
}

async fn issues(headers: HeaderMap, query: Pairs) -> Response {
    paged(&headers, "repositories/1300192/issues", query, 5, issue)
}

async fn open(Json(new): Json<Value>) -> Response {
    if new.get("title").is_none_or(|title| title == "") {
        let errors = json!([{ "resource": "Issue", "field": "title", "code": "missing_field" }]);
        let body = json!({ "message": "Validation Failed", "errors": errors });
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
    }
    let answer = json!({ "number": 6, "title": new.get("title"), "state": "open", "labels": [] });
    (StatusCode::CREATED, Json(answer)).into_response()
}

async fn update(Path((_, _, number)): Path<(String, String, u64)>, Json(change): Json<Value>) -> Json<Value> {
    let mut changed = issue(number);
    if let (Some(issue), Some(change)) = (changed.as_object_mut(), change.as_object()) {
        issue.extend(change.clone());
    }
    Json(changed)
}

async fn comment(Json(new): Json<Value>) -> Response {
    (StatusCode::CREATED, Json(json!({ "id": 1, "body": new.get("body") }))).into_response()
}

fn pull(number: u64) -> Value {
    json!({ "number": number, "title": format!("Pull request {number}"), "head": { "sha": "6dcb09b" } })
}

async fn pull_or_diff(headers: HeaderMap, Path((_, _, number)): Path<(String, String, u64)>) -> Response {
    if wants(&headers, "application/vnd.github.diff") {
        DIFF.into_response()
    } else {
        Json(pull(number)).into_response()
    }
}

fn tagged(tag: &str) -> Value {
    json!({ "id": 1, "tag_name": tag, "assets": [{ "id": 7, "name": "notes.txt", "size": 22 }] })
}

async fn release(Json(new): Json<Value>) -> Response {
    let answer = json!({ "id": 1, "tag_name": new.get("tag_name"), "assets": [] });
    (StatusCode::CREATED, Json(answer)).into_response()
}

async fn asset(State(shared): Answer) -> Redirect {
    Redirect::to(&format!("{}/production-release-asset/7", shared.files_url))
}

async fn uploaded(Query(query): Pairs, body: axum::body::Bytes) -> Response {
    (StatusCode::CREATED, Json(json!({ "id": 7, "name": query.get("name"), "size": body.len() })))
        .into_response()
}
