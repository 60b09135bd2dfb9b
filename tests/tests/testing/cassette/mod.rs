//! Cassettes: a mock is the server that is recorded, and a mock that expects nothing is the network of a replay.

mod damaged;
mod replays;
mod secrets;

use std::path::{Path, PathBuf};

use declarest::testing::{Cassette, Mock, RecordMode};
use declarest::{
    ApiError, Call, Client, ClientBuilder, Decode, Error, Events, JsonLines, Raw, Reply, Response, Secret,
    api,
};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

/// The second word of a text, in lower case.
struct Password;

impl Decode for Password {
    type Output = Secret;

    fn decode(response: Response) -> Result<Secret, Error> {
        let text = std::str::from_utf8(response.bytes()).map_err(|_| response.unreadable("not UTF-8"))?;
        Ok(text.split(' ').nth(1).unwrap_or_default().to_lowercase().into())
    }
}

/// A key whose value is shown once.
#[derive(Debug, Serialize, Deserialize)]
struct Created {
    id: String,
    value: Secret,
    #[serde(default)]
    note: String,
}

#[derive(Debug, Deserialize)]
struct Problem {
    #[serde(default)]
    hint: Option<Secret>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "hint: {}", self.hint.is_some())
    }
}

#[derive(Debug, Deserialize)]
struct Token {
    word: String,
    #[serde(default)]
    token: Option<Secret>,
}

#[api]
trait Vault {
    #[post("/keys")]
    fn create(
        &self,
        #[field] name: &str,
        #[field] password: Option<&Secret>,
    ) -> Call<Created, ApiError<Problem>>;
    #[get("/keys/{id}")]
    fn get(&self, id: &str, #[query] fields: &[&str]) -> Call<serde_json::Value>;
    #[post("/keys/{id}/rotate")]
    fn rotate(&self, id: &str) -> Call<()>;
    #[post("/login", encoding = "form")]
    fn login(&self, #[field] user: &str, #[field] password: &str) -> Call<Reply<()>>;
    #[get("/words")]
    fn words(&self) -> Call<Events<Token>>;
    #[get("/image")]
    fn image(&self) -> Call<Raw>;
    #[get("/old", redirects = same_origin)]
    fn moved(&self) -> Call<Token>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Token>>;
    #[post("/upload")]
    fn upload(&self, #[part] file: &str, #[part] pin: Secret) -> Call<()>;
    #[get("/text")]
    fn text(&self) -> Call<Password>;
}

const CREDENTIAL: &str = "sk-CANARY-credential-0001";

/// A file for a cassette, in a folder that is removed.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("cassettes/keys.jsonl")
    }

    fn cassette(&self, mode: RecordMode) -> Cassette {
        Cassette::open(self.file()).mode(mode)
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap()
    }

    /// The lines behind the first, as values.
    fn lines(&self) -> Vec<serde_json::Value> {
        self.text().lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn client(builder: ClientBuilder, cassette: &Cassette) -> Client {
    builder.bearer(CREDENTIAL).layer(cassette.clone()).build().unwrap()
}

/// The client of a run that records from a mock.
fn recording(mock: &Mock, folder: &Folder) -> VaultClient {
    VaultClient::new(client(mock.builder(), &folder.cassette(RecordMode::Once)))
}

/// The client of a run without a network: a request that is sent fails the test.
fn replaying(folder: &Folder) -> (Mock, VaultClient) {
    let network = Mock::new();
    let base = network.builder_at("https://elsewhere.test");
    let vault = VaultClient::new(client(base, &folder.cassette(RecordMode::Once)));
    (network, vault)
}

/// Writes a cassette by hand.
fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn created(id: &str, value: &str) -> Created {
    Created { id: id.to_owned(), value: value.into(), note: String::new() }
}
