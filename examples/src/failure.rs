//! Why a program ends early.

use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why a program ends early. Its text is for the person who started it.
#[derive(Debug)]
pub enum Failure {
    /// A call failed.
    Api {
        /// What the program was about to do.
        doing: String,
        /// What went wrong.
        error: Box<openai_admin::Error>,
    },
    /// The client's settings do not fit.
    Config(openai_admin::ConfigError),
    /// The standard output or the embedded server failed.
    Io(io::Error),
    /// A file could not be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        error: io::Error,
    },
    /// The program will not do what it was asked to, and says why.
    Refused(String),
    /// Ctrl-C.
    Interrupted,
}

impl Failure {
    /// A call failed while the program was `doing` this.
    pub(crate) fn api(doing: impl Into<String>) -> impl FnOnce(openai_admin::Error) -> Self {
        let doing = doing.into();
        |error| Self::Api { doing, error: Box::new(error) }
    }

    /// Whether the server has refused the key.
    pub(crate) fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Api { error, .. } if error.status().is_some_and(|status| status == 401))
    }

    /// Whether nobody reads the output any more.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// A file failed.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        |error| Self::File { path, error }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api { doing, error } => {
                write!(f, "could not {doing}: {}", error.report())
            }
            Self::Config(error) => write!(f, "{error}"),
            Self::Io(error) => write!(f, "{error}"),
            Self::File { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Refused(why) => f.write_str(why),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api { error, .. } => Some(error.as_ref()),
            Self::Config(error) => Some(error),
            Self::Io(error) | Self::File { error, .. } => Some(error),
            Self::Refused(_) | Self::Interrupted => None,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
