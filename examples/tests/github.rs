//! GitHub's API as it is declared, against stand-ins for its hosts: what is sent, and what comes out.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use declarest::{Backoff, Decode, File, IfModified};
use declarest_examples::apis::github::{
    Call, Contents as _, ContentsClient, Error, GitHub as _, GitHubClient, Hosts, IssueChange, Issues as _,
    ListIssues, LockReason, MarkdownMode, MergeMethod, NewIssue, NewRelease, Pulls as _, Releases as _,
    Repo as _, RepoChange, RepoClient, StateReason, Status, TOKEN, Uploads as _, UploadsClient, builder, run,
};
use declarest_examples::fake::Fake;

const JSON: &str = "application/vnd.github+json";

async fn start() -> (Hosts, GitHubClient) {
    let hosts = Hosts::start().await.unwrap();
    let client = builder(&hosts.api.url(), TOKEN).backoff(Backoff::none()).build().unwrap();
    (hosts, GitHubClient::new(client))
}

async fn start_repo() -> (Hosts, RepoClient) {
    let (hosts, github) = start().await;
    (hosts, github.repo("octocat", "Spoon-Knife"))
}

/// Makes a call, and looks at what the server got: method, target below the repository, `Accept`, body.
#[track_caller]
fn sends(fake: &Fake, line: &str, accept: &str, body: &str) {
    let got = fake.requests().pop().unwrap();
    assert_eq!(format!("{got:?}").replace("/repos/octocat/Spoon-Knife", "~"), line);
    assert_eq!((got.header("accept"), got.text().as_str()), (accept, body), "{line}");
    assert_eq!(got.header("authorization"), format!("Bearer {TOKEN}"), "{line}");
    assert_eq!(got.header("x-github-api-version"), "2022-11-28", "{line}");
    assert_eq!(got.header("user-agent"), "declarest-example", "{line}");
    let media = if body.is_empty() { "" } else { "application/json" };
    assert_eq!(got.header("content-type"), media, "{line}");
}

/// The same, after the call was made.
async fn sent<T: Decode>(fake: &Fake, call: Call<T>, line: &str, accept: &str, body: &str) -> T::Output {
    let value = call.await.unwrap();
    sends(fake, line, accept, body);
    value
}

#[test]
fn the_declaration_has_31_endpoints() {
    let nested: usize = RepoClient::NESTS.iter().map(|nest| (nest.endpoints)().len()).sum();
    let (own, of_repo) = (GitHubClient::ENDPOINTS.len(), RepoClient::ENDPOINTS.len());
    assert_eq!(own + of_repo + nested + UploadsClient::ENDPOINTS.len(), 31);
}

#[tokio::test]
async fn users_stars_and_markdown() {
    let (hosts, github) = start().await;
    let api = &hosts.api;
    let user = sent(api, github.user("octocat"), "GET /users/octocat", JSON, "").await;
    assert_eq!(user.login, "octocat");
    let path = "/user/starred/octocat/Spoon-Knife";
    let is_starred = || github.is_starred("octocat", "Spoon-Knife");
    assert!(!sent(api, is_starred(), &format!("GET {path}"), JSON, "").await);
    sent(api, github.star("octocat", "Spoon-Knife"), &format!("PUT {path}"), JSON, "").await;
    assert_eq!(api.requests().pop().unwrap().header("content-length"), "0");
    assert!(sent(api, is_starred(), &format!("GET {path}"), JSON, "").await);
    sent(api, github.unstar("octocat", "Spoon-Knife"), &format!("DELETE {path}"), JSON, "").await;
    let body = r#"{"text":"Hello","mode":"gfm","context":"octocat/Spoon-Knife"}"#;
    let render = github.render("Hello", MarkdownMode::Gfm, Some("octocat/Spoon-Knife"));
    assert_eq!(sent(api, render, "POST /markdown", "text/html", body).await, "<p>Hello</p>");
}

#[tokio::test]
async fn a_picture_comes_from_another_host_which_gets_no_token() {
    let (hosts, github) = start().await;
    let url = github.user("octocat").await.unwrap().avatar_url.unwrap().parse().unwrap();
    assert_eq!(&github.avatar(&url).await.unwrap()[..], b"\x89PNG");
    let got = hosts.files.requests().pop().unwrap();
    assert_eq!((got.target.as_str(), got.header("accept")), ("/u/583231?v=4", "image/*"));
    assert_eq!(got.header("authorization"), "");
}

#[tokio::test]
async fn lists_follow_the_link_header() {
    let (hosts, github) = start().await;
    let mut repos = github.repos_of("octocat", Some(2)).items();
    let mut count = 0;
    while repos.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 3);
    let issues = github.repo("octocat", "Spoon-Knife").issues();
    let params = ListIssues {
        state: Some(Status::All),
        labels: &["bug", "help wanted"],
        since: Some("2026-11-25T00:00:00Z"),
        per_page: Some(3),
    };
    let (mut items, mut numbers) = (issues.list(&params).items(), Vec::new());
    while let Some(issue) = items.try_next().await.unwrap() {
        numbers.push(issue.number);
    }
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    let lines = hosts.api.lines();
    assert_eq!(
        lines[..2],
        ["GET /users/octocat/repos?per_page=2", "GET /users/octocat/repos?per_page=2&page=2"]
    );
    assert_eq!(
        lines[2],
        "GET /repos/octocat/Spoon-Knife/issues?state=all&labels=bug,help%20wanted\
         &since=2026-11-25T00%3A00%3A00Z&per_page=3"
    );
    // The link names the repository by its number.
    assert!(lines[3].starts_with("GET /repositories/1300192/issues?"), "{}", lines[3]);
    assert_eq!(hosts.api.requests()[3].header("accept"), JSON);
    let found = github.search_issues("repo:octocat/Spoon-Knife is:open", None).await.unwrap();
    assert_eq!((found.total_count, found.items[0].number), (1, 5));
    sends(&hosts.api, "GET /search/issues?q=repo%3Aoctocat%2FSpoon-Knife%20is%3Aopen", JSON, "");
}

#[tokio::test]
async fn a_repository_that_has_not_changed_is_not_sent_again() {
    let (hosts, repo) = start_repo().await;
    let IfModified::Modified { value, etag } = sent(&hosts.api, repo.get(None), "GET ~", JSON, "").await
    else {
        panic!("the first answer has the value")
    };
    assert_eq!(value.full_name, "octocat/Spoon-Knife");
    let again = sent(&hosts.api, repo.get(etag.as_deref()), "GET ~", JSON, "").await;
    assert_eq!(again, IfModified::NotModified);
    assert_eq!(Some(hosts.api.requests()[1].header("if-none-match")), etag.as_deref());
}

#[tokio::test]
async fn a_repository() {
    let (hosts, repo) = start_repo().await;
    let api = &hosts.api;
    let change = RepoChange { has_issues: Some(false), ..RepoChange::default() };
    sent(api, repo.update(&change), "PATCH ~", JSON, r#"{"has_issues":false}"#).await;
    let topics = sent(api, repo.set_topics(&["http"]), "PUT ~/topics", JSON, r#"{"names":["http"]}"#).await;
    assert_eq!(topics.names, ["http"]);
    assert!(sent(api, repo.is_collaborator("octocat"), "GET ~/collaborators/octocat", JSON, "").await);
    assert!(!sent(api, repo.is_collaborator("../x"), "GET ~/collaborators/..%2Fx", JSON, "").await);
    let compare = repo.compare("main", "octocat:fix/1");
    let diff = sent(api, compare, "GET ~/compare/main...octocat%3Afix%2F1", JSON, "").await;
    assert_eq!((diff.status.as_str(), diff.ahead_by), ("ahead", 2));
}

#[tokio::test]
async fn files_as_facts_and_as_bytes() {
    let (hosts, repo) = start_repo().await;
    let (api, files): (_, ContentsClient) = (&hosts.api, repo.contents());
    let line = "GET ~/contents/docs/READ%20ME.md?ref=main";
    let entry = sent(api, files.get("docs/READ ME.md", Some("main")), line, JSON, "").await;
    assert_eq!((entry.path.as_str(), entry.size), ("docs/READ ME.md", 67));
    let raw = "application/vnd.github.raw+json";
    let mut body = sent(api, files.download("docs/READ ME.md", Some("main")), line, raw, "").await;
    let mut length = 0;
    while let Some(chunk) = body.try_next().await.unwrap() {
        length += chunk.len() as u64;
    }
    assert_eq!(length, entry.size);
    let body = r#"{"message":"Greet","content":"SGkK","branch":"main"}"#;
    let write = files.write("a/b.txt", "Greet", "SGkK", None, Some("main"));
    assert_eq!(sent(api, write, "PUT ~/contents/a/b.txt", JSON, body).await.content.unwrap().path, "a/b.txt");
    let body = r#"{"message":"Leave","sha":"3d21ec5"}"#;
    let deleted =
        sent(api, files.delete("a/b.txt", "Leave", "3d21ec5"), "DELETE ~/contents/a/b.txt", JSON, body).await;
    assert!(deleted.content.is_none());
    let refused = files.get("a/../../secrets", None).await.unwrap_err();
    assert!(refused.is_argument() && refused.to_string().contains("`path`"), "{refused}");
}

#[tokio::test]
async fn issues() {
    let (hosts, repo) = start_repo().await;
    let (api, issues) = (&hosts.api, repo.issues());
    let new = NewIssue { title: "Dull", labels: &["bug"], ..NewIssue::default() };
    let opened =
        sent(api, issues.open(&new), "POST ~/issues", JSON, r#"{"title":"Dull","labels":["bug"]}"#).await;
    assert_eq!(opened.number, 6);
    let change = IssueChange {
        state: Some(Status::Closed),
        state_reason: Some(StateReason::NotPlanned),
        ..IssueChange::default()
    };
    let body = r#"{"state":"closed","state_reason":"not_planned"}"#;
    assert_eq!(
        sent(api, issues.update(6, &change), "PATCH ~/issues/6", JSON, body).await.state,
        Status::Closed
    );
    let comment = issues.comment(6, "No.");
    assert_eq!(sent(api, comment, "POST ~/issues/6/comments", JSON, r#"{"body":"No."}"#).await.body, "No.");
    let line = "DELETE ~/issues/6/labels/help%20wanted";
    assert_eq!(sent(api, issues.remove_label(6, "help wanted"), line, JSON, "").await[0].name, "bug");
    let lock = issues.lock(6, Some(LockReason::TooHeated));
    sent(api, lock, "PUT ~/issues/6/lock", JSON, r#"{"lock_reason":"too heated"}"#).await;
    issues.lock(6, None).await.unwrap();
}

#[tokio::test]
async fn pull_requests_as_facts_and_as_a_diff() {
    let (hosts, repo) = start_repo().await;
    let (api, pulls) = (&hosts.api, repo.pulls());
    let list = pulls.list(Some(Status::Open), Some("octocat:fix")).await.unwrap();
    assert_eq!(list.0[0].number, 1);
    sends(api, "GET ~/pulls?state=open&head=octocat%3Afix", JSON, "");
    assert_eq!(sent(api, pulls.get(1), "GET ~/pulls/1", JSON, "").await.head.sha, "6dcb09b");
    let diff = sent(api, pulls.diff(1), "GET ~/pulls/1", "application/vnd.github.diff", "").await;
    assert!(diff.starts_with("diff --git"), "{diff}");
    let body = r#"{"sha":"6dcb09b","merge_method":"squash"}"#;
    let merge = pulls.merge(1, "6dcb09b", MergeMethod::Squash);
    assert!(sent(api, merge, "PUT ~/pulls/1/merge", JSON, body).await.merged);
}

#[tokio::test]
async fn releases_and_their_files_on_two_other_hosts() {
    let (hosts, repo) = start_repo().await;
    let (api, releases) = (&hosts.api, repo.releases());
    let new = NewRelease { tag_name: "v1", name: None, draft: true };
    let create = releases.create(&new);
    let release = sent(api, create, "POST ~/releases", JSON, r#"{"tag_name":"v1","draft":true}"#).await;
    let by_tag = sent(api, releases.by_tag("v1/stable"), "GET ~/releases/tags/v1%2Fstable", JSON, "").await;
    assert_eq!((by_tag.tag_name.as_str(), by_tag.assets[0].name.as_str()), ("v1/stable", "notes.txt"));

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "Sharper.\n").unwrap();
    let client = builder(&hosts.api.url(), TOKEN).build().unwrap();
    let uploads = UploadsClient::new(client.with_base_url(&hosts.uploads.url()).unwrap());
    let file = File::new(folder.path().join("notes.txt")).content_type("text/plain");
    let upload = uploads.upload("octocat", "Spoon-Knife", release.id, "notes.txt", Some("What is new"), file);
    let asset = upload.await.unwrap();
    assert_eq!((asset.name.as_str(), asset.size), ("notes.txt", 9));
    let got = hosts.uploads.requests().pop().unwrap();
    let target = "/repos/octocat/Spoon-Knife/releases/1/assets?name=notes.txt&label=What%20is%20new";
    assert_eq!((got.target.as_str(), got.text().as_str()), (target, "Sharper.\n"));
    assert_eq!((got.header("content-type"), got.header("content-length")), ("text/plain", "9"));
    assert_eq!(got.header("authorization"), format!("Bearer {TOKEN}"), "the same client, so the same token");

    let mut body =
        sent(api, releases.download(asset.id), "GET ~/releases/assets/7", "application/octet-stream", "")
            .await;
    assert_eq!(body.try_next().await.unwrap().unwrap(), "the bytes of the asset");
    let got = hosts.files.requests().pop().unwrap();
    assert_eq!(got.target, "/production-release-asset/7");
    assert_eq!((got.header("authorization"), got.header("x-github-api-version")), ("", ""));
}

#[tokio::test]
async fn what_github_says_of_a_failure_is_typed_and_not_printed() {
    let (hosts, repo) = start_repo().await;
    let error: Error = repo.issues().open(&NewIssue::default()).await.unwrap_err();
    let problem = error.body().unwrap();
    assert_eq!(
        (problem.message.as_str(), problem.errors[0].code.as_str()),
        ("Validation Failed", "missing_field")
    );
    let text = error.to_string();
    let start = format!(
        "Issues::open: POST {}/repos/{{owner}}/{{repo}}/issues: 422 ",
        hosts.api.url().trim_start_matches("http://")
    );
    assert!(text.starts_with(&start) && text.contains("(responded, 1 attempt in "), "{text}");
    let nobody = GitHubClient::new(builder(&hosts.api.url(), "wrong").build().unwrap());
    let error = nobody.user("octocat").await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.body().unwrap().message.as_str()),
        (401, "Bad credentials")
    );
}

#[tokio::test]
async fn a_request_that_was_turned_away_is_repeated_though_its_status_is_403() {
    let (hosts, repo) = start_repo().await;
    hosts.throttle_once();
    let reply = repo.issues().comment(1, "Hello").with_reply().await.unwrap();
    assert_eq!((reply.attempts, hosts.api.requests().len()), (2, 2));
}

/// How long a call took is different each time.
fn without_times(text: &str) -> String {
    text.split(" in ").map(|part| part.split_once(" ms").map_or(part, |(_, rest)| rest)).collect()
}

#[tokio::test]
async fn the_program_does_a_mornings_work() {
    let hosts = Hosts::start().await.unwrap();
    let (folder, mut out) = (tempfile::tempdir().unwrap(), Vec::new());
    let client = builder(&hosts.api.url(), TOKEN).build().unwrap();
    run(client, &hosts.uploads.url(), folder.path(), &mut out).await.unwrap();
    assert_eq!(
        without_times(&String::from_utf8(out).unwrap())
            .replace(hosts.api.url().trim_start_matches("http://"), "HOST"),
        "\
user     octocat has 3 repositories
repo     octocat/Spoon-Knife, 13000 stars
repo     as it was
star     given
file     docs/READ ME.md, 67 of 67 bytes saved
issues   #1 #2
issues   #3 #4
issues   #5
refused  Issues::open: POST HOST/repos/{owner}/{repo}/issues: 422 Unprocessable Entity: \"Validation Failed\" (responded, 1 attempt); wrong: title
issue    #6 is Closed
pull     #1, a diff of 6 lines, merged as c0ffee
release  v1/stable, notes.txt uploaded (9 bytes)
asset    22 bytes from another host
"
    );
    assert_eq!(std::fs::metadata(folder.path().join("README.md")).unwrap().len(), 67);
}
