//! What was spent, by project and line item: as a table, and by day and project as a chart in a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Parser;
use openai_admin::bigdecimal::ToPrimitive as _;
use openai_admin::{
    BigDecimal, Bucket, CostsGroup, CostsQuery, CostsResult, ListProjects, Timestamp, prelude::*,
};

use super::chart::{Chart, Series, dollars};
use crate::table::{Table, count, date};
use crate::{Context, Failure};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Reports what was spent, by project and line item.
#[derive(Debug, Parser)]
#[command(name = "cost_report", version)]
pub struct Args {
    /// How many days to report, today included.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: u32,
    /// Where the chart is written.
    #[arg(long, value_name = "FILE", default_value = "costs.svg")]
    pub chart: PathBuf,
}

/// What was spent: by project, then by line item or day.
#[derive(Debug, Default)]
pub(crate) struct Costs {
    days: Vec<Timestamp>,
    pub(crate) by_item: BTreeMap<String, BTreeMap<String, BigDecimal>>,
    by_day: BTreeMap<String, BTreeMap<Timestamp, BigDecimal>>,
    currencies: BTreeSet<String>,
}

/// Runs the program.
///
/// # Errors
/// When a call fails, the chart cannot be written, or the costs are not all in US dollars.
pub async fn run(args: &Args, cx: &mut Context<'_>) -> Result<(), Failure> {
    cx.headline("Costs by project and line item")?;
    let names = project_names(cx).await?;
    let costs = load(args.days, cx).await?;
    let span = span(&costs.days);
    cx.say(format_args!("{span}\n"))?;
    cx.say(table(&costs, &names))?;
    let chart = chart(&costs, &names, span);
    std::fs::write(&args.chart, chart.to_svg()).map_err(Failure::file(&args.chart))?;
    cx.say(format_args!("\nThe chart by day is in {}.", args.chart.display()))
}

pub(crate) async fn project_names(cx: &Context<'_>) -> Result<BTreeMap<String, String>, Failure> {
    // An archived project may have cost something before.
    let params = ListProjects::default().limit(100).include_archived(true);
    let mut projects = cx.session().admin().projects().list(&params).items();
    let mut names = BTreeMap::new();
    while let Some(project) =
        cx.stop().or(projects.try_next()).await?.map_err(Failure::api("list the projects"))?
    {
        let name = project.name.unwrap_or_else(|| project.id.clone());
        names.insert(project.id, name);
    }
    Ok(names)
}

/// The costs of so many days, today included, all in US dollars.
pub(crate) async fn load(days: u32, cx: &Context<'_>) -> Result<Costs, Failure> {
    let pages = days.min(31);
    let length = u64::from(days);
    let days = i64::from(days);
    let start = (cx.session().now().unix().div_euclid(DAY) - days + 1) * DAY;
    let groups = [CostsGroup::ProjectId, CostsGroup::LineItem];
    let query = CostsQuery::new(Timestamp::from_unix(start)).group_by(groups).limit(pages);
    let mut buckets = cx.session().admin().usage().costs(&query).items();
    let (mut costs, bar) = (Costs::default(), cx.progress(Some(length)));
    while let Some(bucket) =
        cx.stop().or(buckets.try_next()).await?.map_err(Failure::api("fetch the costs"))?
    {
        bar.inc(1);
        bar.set_message(date(bucket.start_time));
        costs.add(bucket);
    }
    bar.finish_and_clear();
    match costs.currencies.iter().find(|currency| *currency != "usd") {
        None => Ok(costs),
        Some(other) => {
            let why = format!("some costs are in {other}: different currencies cannot be added up");
            Err(Failure::Refused(why))
        }
    }
}

impl Costs {
    fn add(&mut self, bucket: Bucket<CostsResult>) {
        self.days.push(bucket.start_time);
        for result in bucket.results {
            let Some(amount) = result.amount else { continue };
            let Some(value) = amount.value else { continue };
            let project = result.project_id.unwrap_or_else(|| "(no project)".to_owned());
            let item = result.line_item.unwrap_or_else(|| "(no line item)".to_owned());
            *self.by_item.entry(project.clone()).or_default().entry(item).or_default() += &value;
            *self.by_day.entry(project).or_default().entry(bucket.start_time).or_default() += &value;
            self.currencies.insert(amount.currency);
        }
    }

    /// Projects with what they cost, the dearest first.
    pub(crate) fn projects(&self) -> Vec<(&str, BigDecimal)> {
        let mut projects: Vec<(&str, BigDecimal)> =
            self.by_item.iter().map(|(id, items)| (id.as_str(), items.values().sum())).collect();
        projects.sort_by(|a, b| b.1.cmp(&a.1));
        projects
    }

    pub(crate) fn total(&self) -> BigDecimal {
        self.by_item.values().flat_map(BTreeMap::values).sum()
    }
}

/// The days of the report, in words.
fn span(days: &[Timestamp]) -> String {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => {
            format!("{} to {}, {}", date(*first), date(*last), count(days.len(), "day"))
        }
        _ => "no day at all".to_owned(),
    }
}

fn table(costs: &Costs, names: &BTreeMap<String, String>) -> Table {
    let total = costs.total();
    let share = |amount: &BigDecimal| percent(amount, &total);
    let mut table = Table::new().right_from(2);
    table.row(["project", "line item", "cost", "share"]);
    for (id, sum) in costs.projects() {
        table.rule();
        let name = names.get(id).map_or(id, String::as_str);
        table.row([name, "", &dollars(&sum), &share(&sum)]);
        let mut items: Vec<(&String, &BigDecimal)> = costs.by_item.get(id).into_iter().flatten().collect();
        items.sort_by(|a, b| b.1.cmp(a.1));
        for (item, amount) in items {
            table.row(["", item, &dollars(amount), &share(amount)]);
        }
    }
    table.rule();
    table.row(["total", "", &dollars(&total), &share(&total)]);
    table
}

/// The share that `part` has of `whole`; nothing if `whole` is zero.
pub(crate) fn percent(part: &BigDecimal, whole: &BigDecimal) -> String {
    // For people to read, so the digits of an `f64` are enough.
    match (part.to_f64(), whole.to_f64()) {
        (Some(part), Some(whole)) if whole > 0.0 => format!("{:.1} %", part / whole * 100.0),
        _ => String::new(),
    }
}

fn chart(costs: &Costs, names: &BTreeMap<String, String>, span: String) -> Chart {
    let series = costs.projects().into_iter().map(|(id, _)| {
        let days = costs.by_day.get(id);
        let at = |day| days.and_then(|days| days.get(day)).cloned().unwrap_or_default();
        let name = names.get(id).map_or(id, String::as_str).to_owned();
        Series { name, values: costs.days.iter().map(at).collect() }
    });
    Chart {
        title: format!("Costs by day and project: {}", dollars(&costs.total())),
        subtitle: span,
        series: series.collect(),
        days: costs.days.clone(),
    }
}
