//! See [`declarest_examples::apis::github`]: runs against stand-ins for GitHub's hosts.

use std::error::Error;

use declarest_examples::apis::github::{Hosts, TOKEN, builder, run};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let hosts = Hosts::start().await?;
    let folder = std::env::temp_dir().join(format!("declarest-github-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    let client = builder(&hosts.api.url(), TOKEN).build()?;
    let done = run(client, &hosts.uploads.url(), &folder, &mut std::io::stdout()).await;
    std::fs::remove_dir_all(&folder)?;
    done
}
