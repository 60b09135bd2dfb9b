//! GitHub's REST API, as far as an assistant for a maintainer would need it. See [`GitHub`].

mod api;
mod fake;
mod program;
mod types;

use declarest::{Client, ClientBuilder, Head, Verdict};

pub use self::api::{
    Contents, ContentsClient, GitHub, GitHubClient, Issues, IssuesClient, Pulls, PullsClient, Releases,
    ReleasesClient, Repo, RepoClient, Uploads, UploadsClient,
};
pub use self::fake::{Hosts, TOKEN};
pub use self::program::run;
pub use self::types::{
    Comment, Commit, Comparison, Entry, FieldProblem, FileChange, Found, Issue, IssueChange, Label,
    ListIssues, Listed, LockReason, MarkdownMode, MergeMethod, Merged, NewIssue, NewRelease, Problem, Pull,
    Release, ReleaseAsset, RepoChange, Repository, StateReason, Status, Topics, User,
};

/// Why a call failed: what declarest knows, and what GitHub says.
pub type Error = declarest::ApiError<Problem>;
/// A call of this API.
pub type Call<T> = declarest::Call<T, Error>;
/// A list of this API.
pub type Pages<P> = declarest::Pages<P, Error>;

/// What makes a client for [`GitHubClient::BASE_URL`], or for a server of one's own.
pub fn builder(base_url: &str, token: &str) -> ClientBuilder {
    Client::builder(base_url).bearer(token).header("User-Agent", "declarest-example").classify(classify)
}

/// GitHub says 403 when there were too many requests, and in `Retry-After` when there may be more.
fn classify(head: &Head, _: &[u8]) -> Verdict {
    let throttled = head.status == 403 && head.headers.contains_key("retry-after");
    if throttled { Verdict::Repeat } else { Verdict::ByStatus }
}
