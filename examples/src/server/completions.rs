//! Use of language models: spans of a minute, an hour or a day, computed from the time, the project and the model.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::costs::DAY;
use super::error::{ApiError, ApiResult};
use super::params::Params;
use super::store::{Store, mix};

/// Models, and how many tokens a project sends them in an hour.
const MODELS: [(&str, u64); 2] = [("gpt-5.1", 42_000), ("gpt-5.1-mini", 130_000)];

/// By what usage can be split here. The server knows no more of it than this.
const GROUPS: [&str; 2] = ["project_id", "model"];
/// By what the API splits it, too; without it in the results.
const OTHER_GROUPS: [&str; 5] = ["user_id", "api_key_id", "batch", "service_tier", "api_source"];

/// One page of usage.
#[derive(Debug, Serialize)]
pub(super) struct UsagePage {
    object: &'static str,
    data: Vec<Value>,
    has_more: bool,
    next_page: Option<String>,
}

/// Which usage is wanted.
#[derive(Debug)]
pub(super) struct UsageQuery {
    start: u64,
    end: u64,
    width: u64,
    limit: usize,
    projects: Vec<String>,
    models: Vec<String>,
    groups: Vec<&'static str>,
}

impl UsageQuery {
    /// Reads `start_time`, `end_time`, `bucket_width`, `limit`, `group_by`, `project_ids`, `models` and `page`.
    pub(super) fn from_params(params: &Params, now: u64) -> ApiResult<Self> {
        let Some(start) = params.time("start_time")? else {
            let message = "Missing required parameter: 'start_time'.";
            return Err(ApiError::invalid("start_time", "missing_required_parameter", message));
        };
        let (width, usual, most) = match params.get("bucket_width") {
            None | Some("1d") => (DAY, 7, 31),
            Some("1h") => (3600, 24, 168),
            Some("1m") => (60, 60, 1440),
            Some(other) => {
                let message = format!("Invalid value: '{other}'.");
                return Err(ApiError::invalid("bucket_width", "invalid_value", message));
            }
        };
        let limit = params.integer("limit", 1..=most)?.unwrap_or(usual);
        let page = params.get("page").map(|page| u64::from_str_radix(page.trim_start_matches("page_"), 16));
        let unknown = |_| ApiError::invalid("page", "invalid_cursor", "Unknown page.");
        let texts = |name| params.all(name).into_iter().map(str::to_owned).collect();
        Ok(Self {
            start: page.transpose().map_err(unknown)?.unwrap_or(start / width * width),
            end: params.time("end_time")?.unwrap_or(now).min(now),
            width,
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            projects: texts("project_ids"),
            models: texts("models"),
            groups: groups(&params.all("group_by"))?,
        })
    }
}

fn groups(asked: &[&str]) -> ApiResult<Vec<&'static str>> {
    if let Some(other) = asked.iter().find(|name| !GROUPS.contains(name) && !OTHER_GROUPS.contains(name)) {
        return Err(ApiError::invalid("group_by", "invalid_value", format!("Invalid value: '{other}'.")));
    }
    Ok(GROUPS.into_iter().filter(|name| asked.contains(name)).collect())
}

/// Tokens of one group in one span.
#[derive(Default)]
struct Tokens {
    input: u64,
    output: u64,
    requests: u64,
}

impl Store {
    pub(super) fn completions(&self, query: &UsageQuery) -> UsagePage {
        let spans = (query.start..query.end).step_by(usize::try_from(query.width).unwrap_or(usize::MAX));
        let starts: Vec<u64> = spans.take(query.limit).collect();
        let next = starts.last().map(|start| start + query.width).filter(|end| *end < query.end);
        UsagePage {
            object: "page",
            data: starts.into_iter().map(|start| self.completions_bucket(start, query)).collect(),
            has_more: next.is_some(),
            next_page: next.map(|start| format!("page_{start:08x}")),
        }
    }

    fn completions_bucket(&self, start: u64, query: &UsageQuery) -> Value {
        let wanted = |list: &[String], name: &str| list.is_empty() || list.iter().any(|one| one == name);
        let mut sums: BTreeMap<(Option<&str>, Option<&str>), Tokens> = BTreeMap::new();
        for (index, project) in
            (0_u64..).zip(&self.projects).filter(|(_, project)| wanted(&query.projects, &project.id))
        {
            let active = project.created_at <= start && project.archived_at.is_none_or(|end| start < end);
            for (name, usual) in MODELS.into_iter().filter(|(name, _)| active && wanted(&query.models, name))
            {
                let by = |group: &str, value| query.groups.contains(&group).then_some(value);
                let sum = sums.entry((by("project_id", project.id.as_str()), by("model", name))).or_default();
                let input = usual * query.width / 3600 * (60 + mix(start ^ index << 40 ^ usual) % 80) / 100;
                sum.input += input;
                sum.output += input / 4;
                sum.requests += input / 900;
            }
        }
        let results = sums.into_iter().map(|((project, model), tokens)| {
            json!({
                "object": "organization.usage.completions.result", "input_tokens": tokens.input,
                "output_tokens": tokens.output, "input_cached_tokens": 0, "num_model_requests": tokens.requests,
                "project_id": project, "model": model, "user_id": null, "api_key_id": null, "batch": null,
            })
        });
        let results: Vec<Value> = results.collect();
        json!({ "object": "bucket", "start_time": start, "end_time": start + query.width, "results": results })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::START;

    fn page(query: &str) -> ApiResult<UsagePage> {
        Ok(Store::seeded(START).completions(&UsageQuery::from_params(&Params::parse(Some(query))?, START)?))
    }

    fn input(page: &UsagePage) -> u64 {
        let results = page.data.iter().flat_map(|bucket| bucket["results"].as_array().unwrap());
        results.map(|result| result["input_tokens"].as_u64().unwrap()).sum()
    }

    #[test]
    fn groups_divide_the_same_sum_and_pages_follow_each_other() {
        let start = START / DAY * DAY - 9 * DAY;
        let whole = page(&format!("start_time={start}&limit=31")).unwrap();
        assert!(whole.data.len() == 10 && !whole.has_more);
        let parts = page(&format!("start_time={start}&limit=31&group_by=project_id&group_by=model")).unwrap();
        assert_eq!(input(&parts), input(&whole));
        let first = page(&format!("start_time={start}")).unwrap();
        let second = page(&format!("start_time={start}&page={}", first.next_page.as_ref().unwrap())).unwrap();
        assert_eq!(input(&first) + input(&second), input(&whole));
    }

    #[test]
    fn unfit_parameters_name_themselves() {
        for (query, param) in [
            ("", "start_time"),
            ("start_time=0&bucket_width=1w", "bucket_width"),
            ("start_time=0&limit=32", "limit"),
            ("start_time=0&group_by=color", "group_by"),
            ("start_time=0&page=x", "page"),
        ] {
            assert_eq!(page(query).unwrap_err().param.as_deref(), Some(param), "{query}");
        }
    }
}
