//! [`Query`]: a struct that spreads into pairs by rules of its own, here those of JSON:API.

use declarest::{Call, ListStyle, Pairs, Query, api};

/// Articles.
#[api]
pub trait Articles: Send + Sync {
    /// Titles of articles.
    #[get("/articles")]
    fn list(&self, #[query(flatten)] request: &Listing<'_>) -> Call<Vec<String>>;
}

/// What is listed: `filter[author]=9&sort=-created,title&page[size]=2`. A derive would not turn `sort` round.
#[derive(Debug, Clone, Copy, Default)]
pub struct Listing<'a> {
    /// Members and the values that they must have.
    pub filter: &'a [(&'a str, &'a str)],
    /// Members by which it is sorted; `true` turns the order round.
    pub sort: &'a [(&'a str, bool)],
    /// How many on a page.
    pub size: Option<u32>,
}

impl Query for Listing<'_> {
    fn write(&self, pairs: &mut Pairs<'_>) {
        for (member, value) in self.filter {
            pairs.pair(&format!("filter[{member}]"), *value);
        }
        let sort =
            self.sort.iter().map(|(member, turned)| format!("{}{member}", if *turned { "-" } else { "" }));
        let sort: Vec<String> = sort.collect();
        pairs.pair_as("sort", ListStyle::Comma, &sort);
        pairs.pair("page[size]", &self.size);
    }
}
