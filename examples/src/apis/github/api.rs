//! The declaration.

use declarest::{ByteStream, Exists, File, IfModified, Raw, Text, api};

use super::types::{
    Comment, Comparison, Entry, FileChange, Found, Issue, IssueChange, Label, ListIssues, Listed, LockReason,
    MarkdownMode, MergeMethod, Merged, NewIssue, NewRelease, Pull, Release, ReleaseAsset, RepoChange,
    Repository, Status, Topics, User,
};
use super::{Call, Pages};

/// The entrance: users, stars, search, and the way to a repository.
#[api(
    base = "https://api.github.com",
    accept = "application/vnd.github+json",
    header("X-GitHub-Api-Version" = "2022-11-28")
)]
pub trait GitHub: Send + Sync {
    /// A user's public profile.
    #[get("/users/{username}")]
    fn user(&self, username: &str) -> Call<User>;

    /// The public repositories of a user.
    #[get("/users/{username}/repos")]
    fn repos_of(&self, username: &str, #[query] per_page: Option<u8>) -> Pages<Listed<Repository>>;

    /// Whether the token's user has starred a repository.
    #[get("/user/starred/{owner}/{repo}")]
    fn is_starred(&self, owner: &str, repo: &str) -> Call<Exists>;

    /// Stars a repository.
    #[put("/user/starred/{owner}/{repo}")]
    fn star(&self, owner: &str, repo: &str) -> Call<()>;

    /// Takes the star away.
    #[delete("/user/starred/{owner}/{repo}")]
    fn unstar(&self, owner: &str, repo: &str) -> Call<()>;

    /// Issues and pull requests that match a query, such as `repo:rust-lang/rust is:open label:A-macros`.
    #[get("/search/issues")]
    fn search_issues(&self, #[query] q: &str, #[query] per_page: Option<u8>) -> Pages<Found<Issue>>;

    /// Markdown as HTML; `context` is the repository whose issues `#1` means.
    #[post("/markdown", idempotent, accept = "text/html")]
    fn render(
        &self,
        #[field] text: &str,
        #[field] mode: MarkdownMode,
        #[field] context: Option<&str>,
    ) -> Call<Text>;

    /// A picture of a user: [`User::avatar_url`] is on another host, which does not get the token.
    #[get(accept = "image/*")]
    fn avatar(&self, #[url] avatar_url: &http::Uri) -> Call<Raw>;

    /// One repository.
    #[nest("/repos/{owner}/{repo}")]
    fn repo(&self, owner: &str, repo: &str) -> RepoClient;
}

/// One repository: [`GitHub::repo`].
#[api(accept = "application/vnd.github+json", header("X-GitHub-Api-Version" = "2022-11-28"))]
pub trait Repo: Send + Sync {
    /// The repository, or the news that it is still the one with this `ETag`; such an answer costs no rate limit.
    #[get("")]
    fn get(&self, #[header("If-None-Match")] etag: Option<&str>) -> Call<IfModified<Repository>>;

    /// Changes settings of the repository.
    #[patch("", idempotent)]
    fn update(&self, #[json] change: &RepoChange<'_>) -> Call<Repository>;

    /// Replaces all topics.
    #[put("/topics")]
    fn set_topics(&self, #[field] names: &[&str]) -> Call<Topics>;

    /// Whether a user may push to the repository or see it.
    #[get("/collaborators/{username}")]
    fn is_collaborator(&self, username: &str) -> Call<Exists>;

    /// What `head` has that `base` has not; both are branches, tags or commits.
    #[get("/compare/{base}...{head}")]
    fn compare(&self, base: &str, head: &str) -> Call<Comparison>;

    /// The files.
    #[nest("/contents")]
    fn contents(&self) -> ContentsClient;

    /// The issues.
    #[nest("/issues")]
    fn issues(&self) -> IssuesClient;

    /// The pull requests.
    #[nest("/pulls")]
    fn pulls(&self) -> PullsClient;

    /// The releases.
    #[nest("/releases")]
    fn releases(&self) -> ReleasesClient;
}

/// The files of a repository: [`Repo::contents`].
#[api(accept = "application/vnd.github+json", header("X-GitHub-Api-Version" = "2022-11-28"))]
pub trait Contents: Send + Sync {
    /// What is known of a file, on a branch, tag or commit; the default branch unless it is said.
    #[get("/{path..}")]
    fn get(&self, path: &str, #[query("ref")] reference: Option<&str>) -> Call<Entry>;

    /// The bytes of a file, as they come.
    #[get("/{path..}", accept = "application/vnd.github.raw+json")]
    fn download(&self, path: &str, #[query("ref")] reference: Option<&str>) -> Call<ByteStream>;

    /// Creates a file or replaces the one with the blob `sha`, by a commit. Sent twice, the second finds another blob.
    #[put("/{path..}", attempts = 1)]
    fn write(
        &self,
        path: &str,
        #[field] message: &str,
        #[field("content")] base64: &str,
        #[field] sha: Option<&str>,
        #[field] branch: Option<&str>,
    ) -> Call<FileChange>;

    /// Deletes the file with the blob `sha`, by a commit.
    #[delete("/{path..}", attempts = 1)]
    fn delete(&self, path: &str, #[field] message: &str, #[field] sha: &str) -> Call<FileChange>;
}

/// The issues of a repository: [`Repo::issues`].
#[api(accept = "application/vnd.github+json", header("X-GitHub-Api-Version" = "2022-11-28"))]
pub trait Issues: Send + Sync {
    /// Issues and pull requests, newest first.
    #[get("")]
    fn list(&self, #[query(flatten)] params: &ListIssues<'_>) -> Pages<Listed<Issue>>;

    /// Opens an issue.
    #[post("")]
    fn open(&self, #[json] issue: &NewIssue<'_>) -> Call<Issue>;

    /// Changes an issue, or closes it.
    #[patch("/{number}", idempotent)]
    fn update(&self, number: u64, #[json] change: &IssueChange<'_>) -> Call<Issue>;

    /// Adds a comment.
    #[post("/{number}/comments")]
    fn comment(&self, number: u64, #[field] body: &str) -> Call<Comment>;

    /// Takes a label away and returns those that are left.
    #[delete("/{number}/labels/{name}")]
    fn remove_label(&self, number: u64, name: &str) -> Call<Vec<Label>>;

    /// Ends the conversation.
    #[put("/{number}/lock")]
    fn lock(&self, number: u64, #[field("lock_reason")] reason: Option<LockReason>) -> Call<()>;
}

/// The pull requests of a repository: [`Repo::pulls`].
#[api(accept = "application/vnd.github+json", header("X-GitHub-Api-Version" = "2022-11-28"))]
pub trait Pulls: Send + Sync {
    /// Pull requests; `head` is `user:branch`.
    #[get("")]
    fn list(&self, #[query] state: Option<Status>, #[query] head: Option<&str>) -> Pages<Listed<Pull>>;

    /// One pull request.
    #[get("/{number}")]
    fn get(&self, number: u64) -> Call<Pull>;

    /// The same as a diff.
    #[get("/{number}", accept = "application/vnd.github.diff")]
    fn diff(&self, number: u64) -> Call<Text>;

    /// Merges it if its head is still `sha`.
    #[put("/{number}/merge")]
    fn merge(
        &self,
        number: u64,
        #[field] sha: &str,
        #[field("merge_method")] by: MergeMethod,
    ) -> Call<Merged>;
}

/// The releases of a repository: [`Repo::releases`].
#[api(accept = "application/vnd.github+json", header("X-GitHub-Api-Version" = "2022-11-28"))]
pub trait Releases: Send + Sync {
    /// Creates a release, and its tag if there is none.
    #[post("")]
    fn create(&self, #[json] release: &NewRelease<'_>) -> Call<Release>;

    /// The release of a tag; a `/` in the tag is part of it.
    #[get("/tags/{tag}")]
    fn by_tag(&self, tag: &str) -> Call<Release>;

    /// The bytes of an asset. GitHub sends them itself or says where they are, which is a host without the token.
    #[get("/assets/{asset_id}", accept = "application/octet-stream", redirects = downloads)]
    fn download(&self, asset_id: u64) -> Call<ByteStream>;
}

/// What is on another host, for the same client: `UploadsClient::new(client.with_base_url(UploadsClient::BASE_URL)?)`.
#[api(
    base = "https://uploads.github.com",
    accept = "application/vnd.github+json",
    header("X-GitHub-Api-Version" = "2022-11-28")
)]
pub trait Uploads: Send + Sync {
    /// Adds a file to a release. A failed upload may leave an asset of this name behind, so it is not repeated.
    #[post("/repos/{owner}/{repo}/releases/{release_id}/assets", deadline = "10m")]
    fn upload(
        &self,
        owner: &str,
        repo: &str,
        release_id: u64,
        #[query] name: &str,
        #[query] label: Option<&str>,
        #[body] file: File,
    ) -> Call<ReleaseAsset>;
}
