//! What a user decides about an import.

use std::collections::BTreeMap;

use serde::Deserialize;

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
    /// The member of a page that leads to the next one; for `last-id` the flag that says that there is more.
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
const SECRETS: [&[&str]; 13] = [
    &["password"],
    &["secret"],
    &["api", "key"],
    &["private", "key"],
    &["access", "token"],
    &["refresh", "token"],
    &["client", "secret"],
    &["secret", "key"],
    &["auth", "token"],
    &["bearer", "token"],
    &["passphrase"],
    &["signing", "secret"],
    &["secret", "value"],
];

impl Config {
    /// Whether a member's value must not be shown.
    pub(super) fn is_secret(&self, name: &str) -> bool {
        if self.not_secrets.iter().any(|other| other == name) {
            return false;
        }
        let words = super::names::words(name);
        let is_named = SECRETS
            .iter()
            .any(|secret| words.ends_with(&secret.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()));
        is_named || self.secrets.iter().any(|other| other == name)
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
        Some(match rule.scheme {
            PageScheme::Token => has(&member).then_some(Scheme::Token { query, member, flag }),
            PageScheme::LastId => {
                has(&member).then(|| Scheme::LastId { query, flag: member, id: "id".to_owned() })
            }
            PageScheme::NextUrl => has(&member).then_some(Scheme::NextUrl { outer: None, member }),
            PageScheme::PageNumber => Some(Scheme::Counter { query, by_items: false, flag }),
            PageScheme::Offset => Some(Scheme::Counter { query, by_items: true, flag }),
            PageScheme::None => None,
        })
    }
}
