//! What a user decides about an import.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Note;
use super::names::{camel, raw, snake, words};
use super::paging::Scheme;
use super::types::Struct;
use crate::model::Operation;

/// What a configuration file says.
///
/// ```toml
/// # The name of the API: the trait that leads to all others.
/// name = "Museum"
///
/// [types]
/// GetMuseumHoursResponse = "MuseumHours"
///
/// [methods]
/// "GET /museum-hours" = "hours"
///
/// [[pages]]
/// paths = ["/special-events/**"]
/// scheme = "token"
/// query = "page_token"
/// member = "next_page_token"
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// The name of the API; by default the document's title.
    pub name: Option<String>,
    /// The base URL; by default the document's first server.
    pub base: Option<String>,
    /// New names of types, by those that the import chose.
    pub types: BTreeMap<String, String>,
    /// New names of methods, by `METHOD /path`.
    pub methods: BTreeMap<String, String>,
    /// Members that are secrets, besides those whose names say so.
    pub secrets: Vec<String>,
    /// Members that are not secrets, although their names say so.
    pub not_secrets: Vec<String>,
    /// Rules for lists that come in pages.
    pub pages: Vec<PageRule>,
    /// Whether the common schemes of pages are left alone, so that only rules make pages.
    pub no_guessed_pages: bool,
    /// Whether types derive `Serialize` and `Deserialize` both, for tests.
    pub both_directions: bool,
}

/// A rule that makes pages of the lists of some paths.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PageRule {
    /// Globs of paths; `*` is one segment, `**` any number.
    pub paths: Vec<String>,
    /// `token`, `last-id`, `next-url`, `page-number`, `offset` or `none`.
    pub scheme: PageScheme,
    /// The query name of the next page's request.
    #[serde(default)]
    pub query: String,
    /// The member of a page that leads to the next one, also `meta.next` in an object of it; for `last-id` the flag that
    /// says that there is more.
    #[serde(default)]
    pub member: String,
}

/// How a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PageScheme {
    /// A member of the page goes into a query name.
    Token,
    /// The id of the last item goes into a query name.
    LastId,
    /// A member of the page is the next one's URL.
    NextUrl,
    /// A query name counts pages.
    PageNumber,
    /// A query name counts items.
    Offset,
    /// The list has one page.
    None,
}

/// Words at the end of a name that stands for a secret.
const SECRETS: [&str; 25] = [
    "password",
    "passphrase",
    "passcode",
    "passwd",
    "pwd",
    "secret",
    "secret key",
    "secret value",
    "secret access key",
    "api key",
    "private key",
    "hmac key",
    "encryption key",
    "signing key",
    "shared key",
    "account key",
    "master key",
    "auth key",
    "cvc",
    "cvv",
    "cvv2",
    "card verification code",
    "recovery code",
    "one time code",
    "credentials json",
];
/// Words before `token` at the end of a name that make a secret of it. Alone it may be a piece of a text or a cursor.
const TOKENS: [&str; 33] = [
    "access",
    "refresh",
    "auth",
    "authentication",
    "authorization",
    "authorisation",
    "bearer",
    "session",
    "api",
    "id",
    "identity",
    "join",
    "registration",
    "vault",
    "personal",
    "csrf",
    "device",
    "bot",
    "oauth",
    "security",
    "clone",
    "invite",
    "invitation",
    "reset",
    "verification",
    "jwt",
    "sas",
    "sts",
    "deploy",
    "runner",
    "push",
    "service",
    "login",
];
/// What a description of a token says if it is a credential.
const CREDENTIAL: [&str; 7] =
    ["authenticat", "authoriz", "authoris", "bearer", "credential", "secret", "access token"];

impl Config {
    /// Says which new names are not names of Rust, and how they would be written.
    ///
    /// ```
    /// let mut config = declarest_openapi::Config::default();
    /// config.types.insert("Pet".to_owned(), "my pet".to_owned());
    /// assert_eq!(config.bad_names(), ["`my pet` is not the name of a type: write `MyPet`"]);
    /// ```
    #[must_use]
    pub fn bad_names(&self) -> Vec<String> {
        let is_plain = |name: &str| {
            !name.is_empty()
                && !name.starts_with(|letter: char| letter.is_ascii_digit())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        };
        let types = self.types.values().chain(&self.name).filter(|name| !is_plain(name) || *name == "Self");
        let types =
            types.map(|name| format!("`{name}` is not the name of a type: write `{}`", camel(&words(name))));
        let methods = self.methods.values().filter(|name| !is_plain(name));
        let methods = methods.map(|name| {
            format!("`{name}` is not the name of a method: write `{}`", raw(&snake(&words(name))))
        });
        types.chain(methods).collect()
    }

    /// Whether a member's value must not be shown, by its name and what is said about it.
    pub(super) fn is_secret(&self, name: &str, docs: &str) -> bool {
        if self.not_secrets.iter().any(|other| other == name) {
            return false;
        }
        if self.secrets.iter().any(|other| other == name) {
            return true;
        }
        let words = super::names::words(name);
        let ends = |end: &str| words.ends_with(&super::names::words(end));
        let is_public = words.iter().any(|word| ["public", "publishable", "hashed"].contains(&word.as_str()));
        let is_token = match words.as_slice() {
            [.., kind, last] if last == "token" => TOKENS.contains(&kind.as_str()),
            [only] if only == "token" => {
                let docs = docs.to_ascii_lowercase();
                CREDENTIAL.iter().any(|word| docs.contains(word))
            }
            _ => false,
        };
        !is_public && (is_token || SECRETS.iter().any(|end| ends(end)))
    }

    /// What a rule says of a list; `Some(None)` if it has one page.
    pub(super) fn rule(&self, operation: &Operation<'_>, found: &Struct) -> Option<Option<Scheme>> {
        let matches =
            |rule: &&PageRule| rule.paths.iter().any(|glob| crate::paths::matches(glob, operation.path));
        let rule = self.pages.iter().find(matches)?;
        let has = |wire: &str| found.fields.iter().any(|field| field.wire == wire);
        let (query, member) = (rule.query.clone(), rule.member.clone());
        // Beside a cursor, the usual flag is obeyed.
        let flag = Some("has_more".to_owned()).filter(|flag| has(flag));
        let (outer, member) = super::paging::split(&member);
        let has_place = |member: &str| has(outer.as_deref().unwrap_or(member));
        Some(match rule.scheme {
            PageScheme::Token => has_place(&member).then_some(Scheme::Token { query, outer, member, flag }),
            PageScheme::LastId => {
                has(&member).then(|| Scheme::LastId { query, flag: member, id: "id".to_owned() })
            }
            PageScheme::NextUrl => has_place(&member).then_some(Scheme::NextUrl { outer, member }),
            PageScheme::PageNumber => Some(Scheme::Counter { query, by_items: false, start: 1, flag }),
            PageScheme::Offset => Some(Scheme::Counter { query, by_items: true, start: 0, flag }),
            PageScheme::None => None,
        })
    }
}

/// What a configuration says that has no effect.
pub(super) fn unused(config: &Config, operations: &[&Operation<'_>], types: &[String]) -> Vec<Note> {
    let titles: Vec<String> = operations.iter().map(|operation| operation.title()).collect();
    let unknown_types = config.types.keys().filter(|name| !types.contains(name));
    let unknown_methods = config.methods.keys().filter(|title| !titles.contains(title));
    let idle = |rule: &&PageRule| {
        let fits = |glob: &String| operations.iter().any(|one| crate::paths::matches(glob, one.path));
        !rule.paths.iter().any(fits)
    };
    let rules = config.pages.iter().filter(idle);
    let types =
        unknown_types.map(|name| format!("the configuration renames `{name}`, which is not among the types"));
    let methods = unknown_methods
        .map(|title| format!("the configuration renames `{title}`, which is not among the operations"));
    let pages = rules.map(|rule| format!("the rule of pages for {:?} fits no operation", rule.paths));
    let note = |message| Note { pointer: String::new(), message, operation: String::new(), left_out: false };
    types.chain(methods).chain(pages).map(note).collect()
}
