//! What is sent and received. Of GitHub's many members these are the ones that the program shows.

use declarest::{BoxError, Next, Page, Query, Scalar, Sent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What GitHub says of a failure.
#[derive(Debug, Deserialize)]
pub struct Problem {
    /// What went wrong, in words.
    pub message: String,
    /// Where it is documented.
    pub documentation_url: Option<String>,
    /// The members of the request that are wrong; only with 422.
    #[serde(default)]
    pub errors: Vec<FieldProblem>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

/// What is wrong with one member of a request.
#[derive(Debug, Deserialize)]
pub struct FieldProblem {
    /// The kind of thing: `Issue`.
    pub resource: Option<String>,
    /// The member: `title`.
    pub field: Option<String>,
    /// What is wrong: `missing_field`, `already_exists`.
    pub code: String,
}

/// A page that is a plain array. The next one stands in the header `Link`.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed<T>(pub Vec<T>);

impl<T: DeserializeOwned + Send + 'static> Page for Listed<T> {
    type Item = T;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(Next::link(&sent.head().headers))
    }

    fn into_items(self) -> Vec<T> {
        self.0
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// GitHub's links name a repository by its number: `/repositories/1296269/issues?page=2`.
    fn may_leave_path() -> bool {
        true
    }
}

/// A page of a search.
#[derive(Debug, Clone, Deserialize)]
pub struct Found<T> {
    /// How many there are on all pages.
    pub total_count: u64,
    /// Whether GitHub gave up before it had looked everywhere.
    pub incomplete_results: bool,
    /// Those of this page.
    pub items: Vec<T>,
}

impl<T: DeserializeOwned + Send + 'static> Page for Found<T> {
    type Item = T;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(Next::link(&sent.head().headers))
    }

    fn into_items(self) -> Vec<T> {
        self.items
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// A user or an organization.
#[derive(Debug, Clone, Deserialize)]
pub struct User {
    /// The name in URLs.
    pub login: String,
    /// The picture.
    pub avatar_url: Option<String>,
}

/// A repository.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Repository {
    /// Owner and name.
    pub full_name: String,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// How many users have starred it.
    pub stargazers_count: u64,
    /// The branch that is meant when none is said.
    pub default_branch: String,
}

/// Settings to change; `None` leaves one as it is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RepoChange<'a> {
    /// What it is, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'a str>,
    /// Whether it has issues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_issues: Option<bool>,
}

/// The topics of a repository.
#[derive(Debug, Clone, Deserialize)]
pub struct Topics {
    /// All of them.
    pub names: Vec<String>,
}

/// How two commits differ.
#[derive(Debug, Clone, Deserialize)]
pub struct Comparison {
    /// `ahead`, `behind`, `diverged` or `identical`.
    pub status: String,
    /// How many commits the head has that the base has not.
    pub ahead_by: u64,
}

/// A file of a repository.
#[derive(Debug, Clone, Deserialize)]
pub struct Entry {
    /// Its path.
    pub path: String,
    /// Its blob.
    pub sha: String,
    /// Its length in bytes.
    pub size: u64,
}

/// A file that a commit has changed.
#[derive(Debug, Clone, Deserialize)]
pub struct FileChange {
    /// The file; `None` if it was deleted.
    pub content: Option<Entry>,
    /// The commit.
    pub commit: Commit,
}

/// A commit.
#[derive(Debug, Clone, Deserialize)]
pub struct Commit {
    /// Its hash.
    pub sha: String,
}

/// Whether something is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is.
    Open,
    /// It is not.
    Closed,
    /// Either; in a filter.
    All,
}

/// Why an issue was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateReason {
    /// It is done.
    Completed,
    /// It will not be done.
    NotPlanned,
}

/// Why a conversation was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LockReason {
    /// It left the topic.
    #[serde(rename = "off-topic")]
    OffTopic,
    /// It got too heated.
    #[serde(rename = "too heated")]
    TooHeated,
    /// It is resolved.
    #[serde(rename = "resolved")]
    Resolved,
    /// It is spam.
    #[serde(rename = "spam")]
    Spam,
}

/// Which issues are listed.
#[derive(Debug, Clone, Default, Query)]
pub struct ListIssues<'a> {
    /// Open ones unless it is said.
    pub state: Option<Status>,
    /// Those with all of these labels.
    #[query(lists = "comma")]
    pub labels: &'a [&'a str],
    /// Those changed since then, as `2026-11-25T00:00:00Z`.
    pub since: Option<&'a str>,
    /// How many on a page: 30 unless it is said, 100 at most.
    pub per_page: Option<u8>,
}

/// An issue that is to be opened.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NewIssue<'a> {
    /// What it is about.
    pub title: &'a str,
    /// The text, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<&'a str>,
    /// Names of labels.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub labels: &'a [&'a str],
}

/// What changes of an issue; `None` leaves a member as it is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IssueChange<'a> {
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// Whether it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Status>,
    /// Why it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_reason: Option<StateReason>,
}

/// An issue or a pull request.
#[derive(Debug, Clone, Deserialize)]
pub struct Issue {
    /// Its number in the repository.
    pub number: u64,
    /// What it is about.
    pub title: String,
    /// Whether it is open.
    pub state: Status,
    /// Its labels.
    #[serde(default)]
    pub labels: Vec<Label>,
}

/// A label.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// Its name.
    pub name: String,
}

/// A comment.
#[derive(Debug, Clone, Deserialize)]
pub struct Comment {
    /// Its number.
    pub id: u64,
    /// The text, in Markdown.
    pub body: String,
}

/// A pull request.
#[derive(Debug, Clone, Deserialize)]
pub struct Pull {
    /// Its number in the repository.
    pub number: u64,
    /// What it is about.
    pub title: String,
    /// Its last commit.
    pub head: Commit,
}

/// How a pull request becomes commits of its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MergeMethod {
    /// By a merge commit.
    Merge,
    /// As one commit.
    Squash,
    /// As its commits, one by one.
    Rebase,
}

/// A merge that was done.
#[derive(Debug, Clone, Deserialize)]
pub struct Merged {
    /// The commit that did it.
    pub sha: String,
    /// Whether it was.
    pub merged: bool,
}

/// A release that is to be created.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NewRelease<'a> {
    /// Its tag.
    pub tag_name: &'a str,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// Whether nobody sees it yet.
    pub draft: bool,
}

/// A release.
#[derive(Debug, Clone, Deserialize)]
pub struct Release {
    /// Its number.
    pub id: u64,
    /// Its tag.
    pub tag_name: String,
    /// Its files.
    #[serde(default)]
    pub assets: Vec<ReleaseAsset>,
}

/// A file of a release.
#[derive(Debug, Clone, Deserialize)]
pub struct ReleaseAsset {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
}

/// How Markdown is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkdownMode {
    /// As a document.
    Markdown,
    /// As a comment, in which `#1` is a link.
    Gfm,
}
