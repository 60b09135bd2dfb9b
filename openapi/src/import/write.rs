//! Files on disk: nothing that was edited is overwritten, and nothing is half written.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::Imported;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// Its path.
    pub path: PathBuf,
    /// What became of it, or would.
    pub state: State,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    /// It is not there yet.
    New,
    /// It is there, was not edited, and changes.
    Changed,
    /// It is as it would be written.
    Same,
    /// It was edited or is not of an import: it stays.
    Edited,
    /// It was imported once, was not edited, and would not be written any more: it stays.
    Obsolete,
}

/// A file could not be read or written.
#[derive(Debug)]
pub struct WriteError {
    path: PathBuf,
    error: std::io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

const MARK: &str = "// Imported by cargo-declarest; the rest of the file had the checksum ";

/// The text with its first line.
fn marked(text: &str) -> String {
    format!("{MARK}{:08x}.\n{text}", crc32fast::hash(text.as_bytes()))
}

/// Whether a text is as an import has written it.
fn is_unedited(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let sum = first.trim_end_matches('\r').strip_prefix(MARK).and_then(|sum| sum.strip_suffix('.'));
    // A checkout may have changed the ends of lines.
    let rest = rest.replace("\r\n", "\n");
    sum.is_some_and(|sum| sum == format!("{:08x}", crc32fast::hash(rest.as_bytes())))
}

impl Imported {
    /// Says what [`write`](Self::write) would do with each file.
    ///
    /// # Errors
    /// Fails if a file is there and cannot be read.
    pub fn check(&self, folder: impl AsRef<Path>) -> Result<Vec<Outcome>, WriteError> {
        let folder = folder.as_ref();
        let mut outcomes = Vec::new();
        for file in &self.files {
            let path = folder.join(&file.path);
            let state = match read(&path)? {
                None => State::New,
                Some(old) if old.replace("\r\n", "\n") == marked(&file.text) => State::Same,
                Some(old) if is_unedited(&old) => State::Changed,
                Some(_) => State::Edited,
            };
            outcomes.push(Outcome { path, state });
        }
        let mut others = Vec::new();
        rust_files(folder, &mut others)?;
        others.sort();
        for path in others {
            let is_ours = outcomes.iter().any(|outcome| outcome.path == path);
            if !is_ours && read(&path)?.is_some_and(|text| is_unedited(&text)) {
                outcomes.push(Outcome { path, state: State::Obsolete });
            }
        }
        Ok(outcomes)
    }

    /// Writes the files that are new or changed. Edited ones stay as they are.
    ///
    /// Each file is written beside its place and moved there, after all of them could be written.
    ///
    /// # Errors
    /// Fails if a file cannot be read or written; then none was changed, unless moving one failed.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Vec<Outcome>, WriteError> {
        let outcomes = self.check(folder)?;
        let mut ready = Vec::new();
        for (file, outcome) in self.files.iter().zip(&outcomes) {
            if !matches!(outcome.state, State::New | State::Changed) {
                continue;
            }
            let beside = outcome.path.with_extension("rs.new");
            let written = outcome
                .path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&beside, marked(&file.text)));
            if let Err(error) = written {
                ready.push((beside.clone(), outcome.path.clone()));
                // What was prepared is of no use; that removing it fails too changes nothing.
                ready.iter().for_each(|(beside, _)| drop(fs::remove_file(beside)));
                return Err(WriteError { path: beside, error });
            }
            ready.push((beside, outcome.path.clone()));
        }
        let mut moves = ready.into_iter();
        while let Some((beside, path)) = moves.next() {
            if let Err(error) = fs::rename(&beside, &path) {
                drop(fs::remove_file(&beside));
                moves.for_each(|(beside, _)| drop(fs::remove_file(beside)));
                return Err(WriteError { path, error });
            }
        }
        Ok(outcomes)
    }
}

fn read(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError { path: path.to_owned(), error }),
    }
}

/// The Rust files of a folder and those below.
fn rust_files(folder: &Path, all: &mut Vec<PathBuf>) -> Result<(), WriteError> {
    let failed = |error| WriteError { path: folder.to_owned(), error };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            rust_files(&path, all)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
    Ok(())
}
