//! GraphQL: each query is an endpoint, all on one path. See [`Queries`]. The schema is GitHub's.

mod api;
mod data;
mod fake;
mod program;

pub use self::api::{
    Queries, QueriesClient, Repository, RepositoryAnswer, RepositoryId, StarAnswer, StarId, Starrable,
    Starred, Viewer, ViewerAnswer,
};
pub use self::data::{Data, Failure, Failures};
pub use self::fake::Graph;
pub use self::program::run;

/// Why a query failed: what declarest knows, and what the server says.
pub type Error = declarest::ApiError<Failures>;
/// A query.
pub type Call<T> = declarest::Call<Data<T>, Error>;
