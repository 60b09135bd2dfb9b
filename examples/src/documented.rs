//! Runs an example of the client's documentation.

use std::error::Error;

use openai_admin::Admin;

use crate::server::Server;

/// Runs an example against a fresh [`Server`], with a client of it. For the documentation of `openai-admin`.
///
/// # Errors
/// When the example fails, or no server can be started.
pub fn documented(
    example: impl AsyncFnOnce(Admin) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let server = Server::start().await?;
        let admin = Admin::builder(server.admin_key()).base_url(server.base_url()).build()?;
        example(admin).await
    })
}
