//! Three queries, and one that fails.

use std::error::Error;
use std::io::Write;

use declarest::Client;

use super::{Queries as _, QueriesClient, RepositoryId, StarId};

/// Asks who is asking, looks at a repository, stars it, and looks at one that is not there.
///
/// # Errors
/// When a call fails.
pub async fn run(client: Client, out: &mut (dyn Write + Send)) -> Result<(), Box<dyn Error>> {
    let queries = QueriesClient::new(client);
    writeln!(out, "viewer      {}", queries.viewer().await?.viewer.login)?;
    let id = RepositoryId { owner: "octocat", name: "Spoon-Knife" };
    let repository = queries.repository(&id).await?.repository;
    writeln!(out, "repository  {}, {} stars", repository.name_with_owner, repository.stargazer_count)?;
    let starred = queries.star(&StarId { id: &repository.id }).await?.add_star.starrable;
    writeln!(out, "starred     {} stars", starred.stargazer_count)?;
    if let Err(error) = queries.repository(&RepositoryId { name: "Fork", ..id }).await {
        let kind = error.body().and_then(|failures| failures.errors.first()?.kind.as_deref());
        writeln!(out, "failed      {error}: {}", kind.unwrap_or_default())?;
    }
    Ok(())
}
