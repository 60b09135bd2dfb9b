//! See [`declarest_examples::transfer`]: uploads and downloads a file of 4 MiB, with progress bars.

use std::error::Error;

use declarest_examples::transfer::{embedded, run};
use indicatif::ProgressDrawTarget;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("declarest-transfer-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    let file = folder.join("report");
    std::fs::write(&file, vec![0_u8; 4 << 20])?;
    let result = run(&embedded()?, &file, &folder.join("copy"), ProgressDrawTarget::stderr).await;
    std::fs::remove_dir_all(&folder)?;
    result
}
