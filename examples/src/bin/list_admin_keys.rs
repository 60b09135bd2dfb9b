//! See [`declarest_examples::programs::list_admin_keys`].

use std::error::Error;

use declarest_examples::Session;
use declarest_examples::programs::list_admin_keys::run;

fn main() -> Result<(), Box<dyn Error>> {
    // The calls need no runtime here; the embedded server, which stands in for OpenAI, has its own.
    let server = tokio::runtime::Runtime::new()?;
    let session = server.block_on(Session::open())?;
    Ok(run(&session, &mut std::io::stdout())?)
}
