//! A maintainer's morning.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use declarest::{ByteStream, Client, File, IfModified};

use super::{
    Contents as _, GitHub, GitHubClient, Issues as _, ListIssues, MergeMethod, NewIssue, NewRelease,
    Pulls as _, Releases as _, Repo as _, RepoClient, StateReason, Status, Uploads as _, UploadsClient,
};
use crate::apis::github::IssueChange;

/// Looks at a repository, tends its issues and pull requests, and makes a release. Files are kept in `folder`.
///
/// `uploads_url` is where files of releases go: [`UploadsClient::BASE_URL`].
///
/// # Errors
/// When a call fails, or a file cannot be written.
pub async fn run(
    client: Client,
    uploads_url: &str,
    folder: &Path,
    out: &mut (dyn Write + Send),
) -> Result<(), Box<dyn Error>> {
    // The same client at another host: one pool of connections, the same token.
    let uploads = UploadsClient::new(client.with_base_url(uploads_url)?);
    let github = GitHubClient::new(client);
    let repo = github.repo("octocat", "Spoon-Knife");
    look(&github, &repo, out).await?;
    read_files(&repo, folder, out).await?;
    tend_issues(&repo, out).await?;
    merge(&repo, out).await?;
    release(&repo, &uploads, folder, out).await
}

async fn look(
    github: &GitHubClient,
    repo: &RepoClient,
    out: &mut (dyn Write + Send),
) -> Result<(), Box<dyn Error>> {
    let mut all = github.repos_of("octocat", Some(2)).items();
    let mut count = 0;
    while all.try_next().await?.is_some() {
        count += 1;
    }
    writeln!(out, "user     octocat has {count} repositories")?;
    // The second time, GitHub only says that nothing has changed.
    let mut etag = None;
    for _ in 0..2 {
        match repo.get(etag.as_deref()).await? {
            IfModified::Modified { value, etag: new } => {
                writeln!(out, "repo     {}, {} stars", value.full_name, value.stargazers_count)?;
                etag = new;
            }
            IfModified::NotModified => writeln!(out, "repo     as it was")?,
        }
    }
    if !github.is_starred("octocat", "Spoon-Knife").await? {
        github.star("octocat", "Spoon-Knife").await?;
        writeln!(out, "star     given")?;
    }
    Ok(())
}

async fn read_files(
    repo: &RepoClient,
    folder: &Path,
    out: &mut (dyn Write + Send),
) -> Result<(), Box<dyn Error>> {
    let entry = repo.contents().get("docs/READ ME.md", Some("main")).await?;
    let file = folder.join("README.md");
    let length = save(repo.contents().download("docs/READ ME.md", Some("main")).await?, &file).await?;
    writeln!(out, "file     {}, {length} of {} bytes saved", entry.path, entry.size)?;
    Ok(())
}

/// Writes a body to a file while it comes.
async fn save(mut body: ByteStream, path: &Path) -> Result<usize, Box<dyn Error>> {
    let mut file = std::fs::File::create(path)?;
    let mut length = 0;
    while let Some(chunk) = body.try_next().await? {
        file.write_all(&chunk)?;
        length += chunk.len();
    }
    Ok(length)
}

async fn tend_issues(repo: &RepoClient, out: &mut (dyn Write + Send)) -> Result<(), Box<dyn Error>> {
    let issues = repo.issues();
    let params = ListIssues {
        state: Some(Status::Open),
        labels: &["bug"],
        per_page: Some(2),
        ..ListIssues::default()
    };
    let mut pages = issues.list(&params).pages();
    while let Some(page) = pages.try_next().await? {
        let numbers: Vec<String> = page.0.iter().map(|issue| format!("#{}", issue.number)).collect();
        writeln!(out, "issues   {}", numbers.join(" "))?;
    }
    if let Err(error) = issues.open(&NewIssue::default()).await {
        // What GitHub says is there for who asks; `error` itself does not print it.
        let field =
            error.body().and_then(|problem| problem.errors.first()?.field.clone()).unwrap_or_default();
        writeln!(out, "refused  {error}; wrong: {field}")?;
    }
    let issue = issues.open(&NewIssue { title: "Sharpen the knife", ..NewIssue::default() }).await?;
    issues.comment(issue.number, "Done.").await?;
    let change = IssueChange {
        state: Some(Status::Closed),
        state_reason: Some(StateReason::Completed),
        ..IssueChange::default()
    };
    let closed = issues.update(issue.number, &change).await?;
    writeln!(out, "issue    #{} is {:?}", closed.number, closed.state)?;
    Ok(())
}

async fn merge(repo: &RepoClient, out: &mut (dyn Write + Send)) -> Result<(), Box<dyn Error>> {
    let pulls = repo.pulls();
    let Some(pull) = pulls.list(Some(Status::Open), None).items().try_next().await? else { return Ok(()) };
    let lines = pulls.diff(pull.number).await?.lines().count();
    let merged = pulls.merge(pull.number, &pull.head.sha, MergeMethod::Squash).await?;
    writeln!(out, "pull     #{}, a diff of {lines} lines, merged as {}", pull.number, merged.sha)?;
    Ok(())
}

async fn release(
    repo: &RepoClient,
    uploads: &UploadsClient,
    folder: &Path,
    out: &mut (dyn Write + Send),
) -> Result<(), Box<dyn Error>> {
    let tag = "v1/stable";
    let release = repo.releases().create(&NewRelease { tag_name: tag, ..NewRelease::default() }).await?;
    let notes = folder.join("notes.txt");
    std::fs::write(&notes, "Sharper.\n")?;
    let file = File::new(&notes).content_type("text/plain");
    let asset = uploads.upload("octocat", "Spoon-Knife", release.id, "notes.txt", None, file).await?;
    writeln!(out, "release  {}, {} uploaded ({} bytes)", release.tag_name, asset.name, asset.size)?;
    let copy = save(repo.releases().download(asset.id).await?, &folder.join("copy.txt")).await?;
    writeln!(out, "asset    {copy} bytes from another host")?;
    Ok(())
}
