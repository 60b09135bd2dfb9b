//! The file of a cassette: what was recorded, and what is.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde::de::DeserializeOwned;

use super::episode::Asked;
use super::line::{FirstLine, Line, RequestLine, ResponseLine, VERSION};
use super::matching::differences;
use super::replayed::replayed;
use super::scrub::Scrub;
use super::settings::{RecordMode, Settings};
use crate::body::Body;
use crate::secret::Secret;

/// A cassette that is open.
pub(super) struct Tape {
    pub(super) settings: Settings,
    is_recording: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What can be replayed, in the order of the requests.
    episodes: Vec<Replayable>,
    /// How many requests there were.
    requests: u64,
    file: Option<File>,
    /// All secrets so far: a later response may repeat them.
    known: Vec<Secret>,
    /// Why a line could not be written.
    failure: Option<String>,
}

/// A line that can be replayed.
struct Replayable {
    /// Its number in the file.
    number: usize,
    line: Line,
    is_used: bool,
}

/// What becomes of a request.
pub(super) enum Fate {
    Replayed(Response<Body>),
    /// It is sent and recorded, as the request of this number.
    Recorded(u64),
    /// It is not in the cassette, for this reason.
    Unknown(String),
}

impl Tape {
    /// Opens a cassette; reads it if it is replayed.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub(super) fn open(settings: Settings) -> Result<Self, String> {
        if let Some(mistake) = &settings.mistake {
            return Err(mistake.clone());
        }
        let mode = settings.mode.unwrap_or_else(RecordMode::of_environment);
        let exists = settings.path.exists();
        let is_recording = match mode {
            RecordMode::Once => !exists,
            RecordMode::Replay => false,
            RecordMode::Record | RecordMode::NewEpisodes => true,
        };
        let episodes = match mode {
            RecordMode::Record => Vec::new(),
            _ if is_recording && !exists => Vec::new(),
            _ => read(&settings.path)?,
        };
        let requests = episodes.iter().map(|episode| episode.line.n).max().unwrap_or(0);
        let file = match mode {
            RecordMode::NewEpisodes if exists => Some(append(&settings.path)?),
            _ => None,
        };
        let state = Mutex::new(State { episodes, requests, file, ..State::default() });
        Ok(Self { settings, is_recording, state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what becomes of a request.
    ///
    /// # Errors
    /// If the response of an earlier request could not be written.
    pub(super) fn decide(&self, asked: &Asked) -> Result<Fate, String> {
        let known = self.known(&asked.secrets, &[]);
        let scrub = Scrub::new(&self.settings.pointers, &[], known.iter());
        let request = asked.line(self, &scrub);
        let mut state = self.state();
        if let Some(failure) = &state.failure {
            return Err(failure.clone());
        }
        let is_same = |episode: &&mut Replayable| {
            !episode.is_used && differences(&episode.line.request, &request).is_empty()
        };
        if let Some(episode) = state.episodes.iter_mut().find(is_same) {
            episode.is_used = true;
            let place = format!("{}:{}", self.settings.path.display(), episode.number);
            return replayed(&episode.line.response, &place).map(Fate::Replayed);
        }
        if self.is_recording {
            state.requests += 1;
            return Ok(Fate::Recorded(state.requests));
        }
        Ok(Fate::Unknown(self.unknown(&state.episodes, &request, &asked.endpoint())))
    }

    /// Describes a request that is not in the cassette, with the nearest one that is.
    fn unknown(&self, episodes: &[Replayable], request: &RequestLine, endpoint: &str) -> String {
        let path = self.settings.path.display();
        let mut text = format!("{path} has no response for {} {} ({endpoint})", request.method, request.url);
        let compared = episodes.iter().map(|episode| (differences(&episode.line.request, request), episode));
        let nearest = compared.min_by_key(|(differences, episode)| {
            (differences.len(), episode.line.endpoint != endpoint, episode.is_used)
        });
        if let Some((differences, Replayable { number, line, .. })) = nearest {
            let _ =
                write!(text, "\n   nearest, in line {number}: {} {}", line.request.method, line.request.url);
            for difference in &differences {
                let _ = write!(text, "\n     {difference}");
            }
            if differences.is_empty() {
                text.push_str("\n     it was replayed already, as often as it was recorded");
            }
        }
        text.push_str("\n   delete the file to record it again");
        text
    }

    /// Keeps secrets, and returns all that are known.
    pub(super) fn known(&self, of_request: &[Secret], met: &[Secret]) -> Vec<Secret> {
        let mut state = self.state();
        for secret in of_request.iter().chain(met) {
            if !state.known.iter().any(|known| known.expose() == secret.expose()) {
                state.known.push(secret.clone());
            }
        }
        state.known.clone()
    }

    /// Writes a line. If that fails, the next request fails.
    pub(super) fn write(&self, line: Line, scrub: &Scrub<'_>) {
        let mut state = self.state();
        let (n, endpoint) = (line.n, line.endpoint.clone());
        let written = match serde_json::to_string(&(&line.request, &line.response)) {
            Ok(text) if scrub.is_leaking(&text) => {
                Err(io::Error::other("a secret would be in it that cannot be replaced"))
            }
            Ok(_) => self.append(&mut state, &line),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = written {
            let path = self.settings.path.display();
            state.failure = Some(format!("{path}: request {n} ({endpoint}) could not be recorded: {error}"));
        }
    }

    fn append(&self, state: &mut State, line: &Line) -> io::Result<()> {
        let file = match state.file.take() {
            Some(file) => file,
            None => create(&self.settings.path)?,
        };
        let file = state.file.insert(file);
        write_line(file, line)
    }
}

fn create(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(path)?;
    write_line(&mut file, &FirstLine { cassette: VERSION })?;
    Ok(file)
}

/// Writes a line at once, so that it outlives the process.
fn write_line<T: serde::Serialize>(file: &mut File, line: &T) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    file.write_all(&text)
}

fn append(path: &Path) -> Result<File, String> {
    File::options().append(true).open(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads what was recorded, in the order of the requests.
fn read(path: &Path) -> Result<Vec<Replayable>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        format!("{shown} cannot be replayed: {error}; `RecordMode::Once` records it, if the variable `CI` is not set")
    })?;
    let mut episodes = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate().map(|(at, line)| (at + 1, line)) {
        let is_torn = !line.ends_with('\n');
        if number == 1 {
            let first: FirstLine = parse(line, is_torn).map_err(|why| format!("{shown}:1: {why}"))?;
            if first.cassette != VERSION {
                return Err(format!(
                    "{shown}:1: version {}, but this declarest reads version {VERSION}",
                    first.cassette
                ));
            }
        } else {
            let line: Line = parse(line, is_torn).map_err(|why| format!("{shown}:{number}: {why}"))?;
            line.response.check().map_err(|why| format!("{shown}:{number}: {why}"))?;
            episodes.push(Replayable { number, line, is_used: false });
        }
    }
    if text.is_empty() {
        return Err(format!("{shown}:1: the file is empty"));
    }
    episodes.sort_by_key(|episode| episode.line.n);
    Ok(episodes)
}

fn parse<T: DeserializeOwned>(line: &str, is_torn: bool) -> Result<T, String> {
    serde_json::from_str(line).map_err(|error| match is_torn {
        true => "the line breaks off: the recording was ended while it was written; delete the line, or record again".to_owned(),
        false => format!("the line is damaged: {error}"),
    })
}

impl ResponseLine {
    /// Checks what can be wrong with a line that was edited.
    fn check(&self) -> Result<(), String> {
        StatusCode::from_u16(self.status).map_err(|_| format!("{} is not a status", self.status))?;
        for (name, value) in &self.headers {
            let is_valid = HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok();
            is_valid.then_some(()).ok_or_else(|| format!("the header `{name}` is not valid"))?;
        }
        Ok(())
    }
}
