//! Costs: one bucket a day, computed from the day, the project and the line item.

use std::collections::BTreeMap;

use serde::Serialize;

use super::error::{ApiError, ApiResult};
use super::params::Params;
use super::store::{Store, mix};

/// Seconds of a day.
pub(super) const DAY: u64 = 86_400;

/// What is billed, and what it costs a project on an ordinary day, in thousandths of a dollar.
const LINE_ITEMS: [(&str, u64); 5] = [
    ("gpt-5.1, input", 4_100),
    ("gpt-5.1, output", 9_300),
    ("text-embedding-3-large", 820),
    ("web search", 1_450),
    ("image generation", 2_300),
];

/// One page of costs.
#[derive(Debug, Serialize)]
pub(super) struct CostPage {
    object: &'static str,
    pub(super) data: Vec<Bucket>,
    has_more: bool,
    next_page: Option<String>,
}

/// The costs of one day.
#[derive(Debug, Serialize)]
pub(super) struct Bucket {
    object: &'static str,
    start_time: u64,
    end_time: u64,
    pub(super) results: Vec<CostResult>,
}

/// The costs of one group on one day.
#[derive(Debug, Serialize)]
pub(super) struct CostResult {
    object: &'static str,
    pub(super) amount: Amount,
    line_item: Option<String>,
    project_id: Option<String>,
    api_key_id: Option<String>,
    quantity: Option<f64>,
}

/// An amount of money.
#[derive(Debug, Serialize)]
pub(super) struct Amount {
    pub(super) value: f64,
    currency: &'static str,
}

/// Which costs are wanted, and how they are grouped.
#[derive(Debug)]
pub(super) struct CostQuery {
    start: u64,
    end: u64,
    limit: usize,
    projects: Vec<String>,
    by_project: bool,
    by_line_item: bool,
}

impl CostQuery {
    /// Reads `start_time`, `end_time`, `limit` (1 to 180, by default 7), `group_by`, `project_ids` and `page`.
    pub(super) fn from_params(params: &Params, now: u64) -> ApiResult<Self> {
        let Some(start) = params.time("start_time")? else {
            let message = "Missing required parameter: 'start_time'.";
            return Err(ApiError::invalid("start_time", "missing_required_parameter", message));
        };
        let end = params.time("end_time")?.unwrap_or(now).min(now);
        let limit = params.integer("limit", 1..=180)?.unwrap_or(7);
        let groups = params.all("group_by");
        if let Some(other) =
            groups.iter().find(|group| !["project_id", "line_item", "api_key_id"].contains(group))
        {
            return Err(ApiError::invalid("group_by", "invalid_value", format!("Invalid value: '{other}'.")));
        }
        Ok(Self {
            start: page_start(params, start / DAY * DAY)?,
            end,
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            projects: params.all("project_ids").into_iter().map(str::to_owned).collect(),
            by_project: groups.contains(&"project_id"),
            by_line_item: groups.contains(&"line_item"),
        })
    }
}

/// Where the page named by `page` begins; the first page begins at `start`.
fn page_start(params: &Params, start: u64) -> ApiResult<u64> {
    let Some(page) = params.get("page") else { return Ok(start) };
    let day = page.strip_prefix("page_").and_then(|text| u64::from_str_radix(text, 16).ok());
    let unknown = || ApiError::invalid("page", "invalid_cursor", format!("Unknown page '{page}'."));
    day.filter(|day| *day >= start).ok_or_else(unknown)
}

impl Store {
    pub(super) fn costs(&self, query: &CostQuery) -> CostPage {
        let days = (query.start..query.end).step_by(usize::try_from(DAY).unwrap_or(usize::MAX));
        let data: Vec<Bucket> = days.take(query.limit).map(|start| self.cost_bucket(start, query)).collect();
        let next = data.last().map(|bucket| bucket.end_time).filter(|end| *end < query.end);
        CostPage {
            object: "page",
            data,
            has_more: next.is_some(),
            next_page: next.map(|start| format!("page_{start:08x}")),
        }
    }

    fn cost_bucket(&self, start: u64, query: &CostQuery) -> Bucket {
        let mut sums: BTreeMap<(Option<&str>, Option<&str>), u64> = BTreeMap::new();
        let wanted =
            |id: &str| query.projects.is_empty() || query.projects.iter().any(|project| project == id);
        for (index, project) in (0_u64..).zip(&self.projects).filter(|(_, project)| wanted(&project.id)) {
            let active = project.created_at <= start && project.archived_at.is_none_or(|end| start < end);
            for (item, (name, usual)) in (0_u64..).zip(LINE_ITEMS).filter(|_| active) {
                let group =
                    (query.by_project.then_some(project.id.as_str()), query.by_line_item.then_some(name));
                let amount = amount(start / DAY, index, item, usual);
                if amount > 0 {
                    *sums.entry(group).or_default() += amount;
                }
            }
        }
        let results = sums.into_iter().map(|(group, sum)| CostResult::new(group, sum)).collect();
        Bucket { object: "bucket", start_time: start, end_time: start + DAY, results }
    }
}

impl CostResult {
    fn new((project, line_item): (Option<&str>, Option<&str>), thousandths: u64) -> Self {
        let value = f64::from(u32::try_from(thousandths).unwrap_or(u32::MAX)) / 1000.0;
        Self {
            object: "organization.costs.result",
            amount: Amount { value, currency: "usd" },
            line_item: line_item.map(str::to_owned),
            project_id: project.map(str::to_owned),
            api_key_id: None,
            quantity: None,
        }
    }
}

/// What a line item costs a project on a day: less at weekends, growing slowly, and never the same twice.
fn amount(day: u64, project: u64, item: u64, usual: u64) -> u64 {
    let chance = mix(day.wrapping_mul(131) ^ (project << 20) ^ (item << 28));
    // A project uses some line items only.
    if mix(project * 31 + item).is_multiple_of(4) {
        return 0;
    }
    let weekday = if (day + 3) % 7 < 5 { 100 } else { 38 };
    let growth = 80 + day % 180 / 4;
    let size = 30 + mix(project) % 150;
    usual * weekday * growth * size / 1_000_000 * (70 + chance % 60) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = crate::server::START;

    fn page(query: &str) -> ApiResult<CostPage> {
        let store = Store::seeded(NOW);
        Ok(store.costs(&CostQuery::from_params(&Params::parse(Some(query))?, NOW)?))
    }

    fn total(page: &CostPage) -> f64 {
        page.data.iter().flat_map(|bucket| &bucket.results).map(|result| result.amount.value).sum()
    }

    #[test]
    fn pages_cover_every_day_once() {
        let start = NOW / DAY * DAY - 29 * DAY;
        let (mut days, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = page(&format!("start_time={start}&limit=7{cursor}")).unwrap();
            days.extend(page.data.iter().map(|bucket| bucket.start_time));
            let Some(next) = page.next_page else { break };
            cursor = format!("&page={next}");
        }
        assert_eq!(days, (0..30).map(|day| start + day * DAY).collect::<Vec<_>>());
    }

    #[test]
    fn groups_divide_the_same_sum() {
        let start = NOW - 10 * DAY;
        let query = |groups: &str| page(&format!("start_time={start}&limit=30{groups}")).unwrap();
        let whole = query("");
        assert!(total(&whole) > 0.0);
        assert!(whole.data.iter().all(|bucket| bucket.results.len() == 1));
        for groups in
            ["&group_by=project_id", "&group_by=line_item", "&group_by=project_id&group_by=line_item"]
        {
            let parts = query(groups);
            assert!((total(&parts) - total(&whole)).abs() < 0.01, "{groups}");
            assert!(parts.data[0].results.len() > 1, "{groups}");
        }
    }

    #[test]
    fn unfit_parameters_name_themselves() {
        for (query, param) in [
            ("", "start_time"),
            ("start_time=x", "start_time"),
            ("start_time=0&limit=181", "limit"),
            ("start_time=0&group_by=color", "group_by"),
            ("start_time=0&page=2", "page"),
        ] {
            assert_eq!(page(query).unwrap_err().param.as_deref(), Some(param), "{query}");
        }
    }
}
