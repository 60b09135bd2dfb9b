//! The declaration.

use declarest::api;
use serde::{Deserialize, Serialize};

use super::Call;

/// The queries of a program. They share verb and path, and differ in the constant `query`. What reads is safe to
/// repeat, and says so.
#[api(base = "https://api.github.com")]
pub trait Queries: Send + Sync {
    /// Whose token it is.
    #[post("/graphql", idempotent, encoding = "json", field("query" = "query { viewer { login } }"))]
    fn viewer(&self) -> Call<ViewerAnswer>;

    /// A repository with its stars.
    #[post(
        "/graphql",
        idempotent,
        field(
            "query" = "query Repository($owner: String!, $name: String!) {
                repository(owner: $owner, name: $name) { id nameWithOwner stargazerCount }
            }"
        )
    )]
    fn repository(&self, #[field] variables: &RepositoryId<'_>) -> Call<RepositoryAnswer>;

    /// Stars a repository.
    #[post(
        "/graphql",
        field(
            "query" = "mutation Star($id: ID!) {
                addStar(input: { starrableId: $id }) { starrable { stargazerCount } }
            }"
        )
    )]
    fn star(&self, #[field] variables: &StarId<'_>) -> Call<StarAnswer>;
}

/// The answer to [`Queries::viewer`].
#[derive(Debug, Clone, Deserialize)]
pub struct ViewerAnswer {
    /// It.
    pub viewer: Viewer,
}

/// A user.
#[derive(Debug, Clone, Deserialize)]
pub struct Viewer {
    /// The name in URLs.
    pub login: String,
}

/// The variables of [`Queries::repository`].
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RepositoryId<'a> {
    /// Whose it is.
    pub owner: &'a str,
    /// What it is called.
    pub name: &'a str,
}

/// The answer to [`Queries::repository`].
#[derive(Debug, Clone, Deserialize)]
pub struct RepositoryAnswer {
    /// It.
    pub repository: Repository,
}

/// A repository.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Repository {
    /// Its id.
    pub id: String,
    /// Owner and name.
    pub name_with_owner: String,
    /// How many users have starred it.
    pub stargazer_count: u64,
}

/// The variables of [`Queries::star`].
#[derive(Debug, Clone, Copy, Serialize)]
pub struct StarId<'a> {
    /// The id of what is starred.
    pub id: &'a str,
}

/// The answer to [`Queries::star`].
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StarAnswer {
    /// It.
    pub add_star: Starred,
}

/// What a star did.
#[derive(Debug, Clone, Deserialize)]
pub struct Starred {
    /// What was starred.
    pub starrable: Starrable,
}

/// What can be starred.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Starrable {
    /// How many users have starred it.
    pub stargazer_count: u64,
}
