//! Writes the APIs of `src/scale.rs`.

use std::path::Path;

#[allow(dead_code, unreachable_pub)] // It is a module of the library; only a part of it is needed here.
#[path = "src/generate.rs"]
mod generate;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=src/generate.rs");
    let folder = std::env::var("OUT_DIR")?;
    for (file, endpoints) in [("few.rs", 4), ("many.rs", 200)] {
        let size = generate::Size { endpoints, per_trait: endpoints };
        std::fs::write(Path::new(&folder).join(file), generate::declared(size))?;
    }
    Ok(())
}
