//! Two crates in a temporary folder, and the builds of them that are timed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use declarest_bench::BoxError;
use declarest_bench::generate::{self, Size};
use tempfile::TempDir;
use wait4::Wait4 as _;

/// Which of the two.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Declared,
    ByHand,
}

impl Kind {
    pub(crate) const BOTH: [Self; 2] = [Self::Declared, Self::ByHand];

    const fn name(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::ByHand => "by-hand",
        }
    }

    fn api(self, size: Size) -> String {
        match self {
            Self::Declared => generate::declared(size),
            Self::ByHand => generate::by_hand(size),
        }
    }
}

/// What is timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// `cargo check` of the whole crate.
    Check,
    /// `cargo check` after one line was edited.
    Incremental,
    /// `cargo build --release` of the whole crate.
    Release,
}

impl Build {
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Check => "cargo check",
            Self::Incremental => "cargo check after an edit",
            Self::Release => "cargo build --release",
        }
    }

    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check | Self::Incremental => &["check"],
            Self::Release => &["build", "--release"],
        }
    }

    const fn incremental(self) -> &'static str {
        match self {
            Self::Incremental => "1",
            Self::Check | Self::Release => "0",
        }
    }
}

/// What one build took, cargo's own part included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    pub(crate) wall: Duration,
    /// User CPU time of cargo and of all that it started.
    pub(crate) user: Duration,
}

/// The folder with the two crates. It is removed when it is dropped.
pub(crate) struct Project(TempDir);

impl Project {
    /// Makes the folder, with what does not depend on the number of endpoints.
    pub(crate) fn create() -> Result<Self, BoxError> {
        let project = Self(tempfile::Builder::new().prefix("declarest-compile-time-").tempdir()?);
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the checkout is not there")?;
        let members = "[workspace]\nresolver = \"3\"\nmembers = [\"declared\", \"by-hand\"]\n";
        fs::write(project.folder().join("Cargo.toml"), members)?;
        // The versions of the checkout, so that nothing has to be fetched.
        fs::copy(checkout.join("Cargo.lock"), project.folder().join("Cargo.lock"))?;
        let reqwest = "reqwest = { version = \"0.13\", features = [\"json\", \"query\"] }".to_owned();
        let declarest = format!("declarest = {{ path = {:?} }}", checkout.join("runtime"));
        for (kind, dependency) in [(Kind::Declared, declarest), (Kind::ByHand, reqwest)] {
            let sources = project.sources(kind);
            fs::create_dir_all(&sources)?;
            let manifest = format!(
                "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
                 {dependency}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n",
                kind.name()
            );
            fs::write(sources.with_file_name("Cargo.toml"), manifest)?;
            fs::write(sources.join("types.rs"), include_str!("../../types.rs"))?;
            fs::write(sources.join("lib.rs"), "pub mod api;\npub mod callers;\npub mod types;\n")?;
        }
        Ok(project)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    fn sources(&self, kind: Kind) -> PathBuf {
        self.folder().join(kind.name()).join("src")
    }

    /// Writes a crate of this size.
    pub(crate) fn write(&self, kind: Kind, size: Size) -> Result<(), BoxError> {
        fs::write(self.sources(kind).join("api.rs"), kind.api(size))?;
        fs::write(self.sources(kind).join("callers.rs"), generate::callers(size))?;
        Ok(())
    }

    /// Changes the path of the first endpoint.
    pub(crate) fn edit(&self, kind: Kind, size: Size, round: usize) -> Result<(), BoxError> {
        let edited = format!("/organization/edited_{round}/");
        let api = kind.api(size).replacen("/organization/resource_0/", &edited, 1);
        fs::write(self.sources(kind).join("api.rs"), api)?;
        Ok(())
    }

    /// Builds all that is not timed.
    pub(crate) fn build_dependencies(&self, build: Build) -> Result<(), BoxError> {
        for kind in Kind::BOTH {
            self.write(kind, Size { endpoints: 4, per_trait: 4 })?;
            self.build(kind, build)?;
        }
        Ok(())
    }

    /// Builds one crate.
    pub(crate) fn build(&self, kind: Kind, build: Build) -> Result<Timing, BoxError> {
        let start = Instant::now();
        let cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(build.arguments())
            .args(["--quiet", "--package", kind.name()])
            .current_dir(self.folder())
            .env("CARGO_INCREMENTAL", build.incremental())
            .env("CARGO_TARGET_DIR", self.folder().join("target"))
            .stdin(Stdio::null())
            .spawn()?;
        let used = { cargo }.wait4()?;
        if !used.status.success() {
            return Err(format!("{} of `{}` failed", build.title(), kind.name()).into());
        }
        Ok(Timing { wall: start.elapsed(), user: used.rusage.utime })
    }
}
