//! The program `cost_report` against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs;

use common::{run, server, session};
use declarest_examples::programs::cost_report::{Args, run as program};

#[tokio::test]
async fn costs_are_added_up_by_project_and_line_item_and_drawn() {
    let session = session().await;
    let folder = tempfile::tempdir().unwrap();
    let chart = folder.path().join("costs.svg");
    let out =
        run::<Args>(&session, &["--days", "45", "--chart", chart.to_str().unwrap()], program).await.ok();
    assert!(out.contains("2026-10-07 to 2026-11-20, 45 days"), "{out}");
    // Every amount of the table, in cents.
    let amount = |line: &str| -> Option<i64> {
        let text = line.split('$').nth(1)?.split_whitespace().next()?.replace([',', '.'], "");
        text.parse().ok()
    };
    let (mut projects, mut items, mut total) = (0, 0, 0);
    for line in out.lines() {
        let Some(cents) = amount(line) else { continue };
        match line.chars().next() {
            Some(' ') => items += cents,
            _ if line.starts_with("total") => total = cents,
            _ => projects += cents,
        }
    }
    // Each line is rounded on its own.
    assert!(total > 0 && (projects - total).abs() < 10 && (items - total).abs() < 30, "{out}");
    let svg = fs::read_to_string(&chart).unwrap();
    assert_eq!(svg.matches("<svg").count(), 1);
    assert!(svg.contains("Costs by day and project") && svg.contains("Website assistant"), "{svg}");
    let pages: Vec<String> =
        server(&session).log_lines().into_iter().filter(|line| line.contains("/costs?")).collect();
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert!(pages[0].contains("group_by=project_id&group_by=line_item&limit=31"), "{pages:?}");
}

#[tokio::test]
async fn a_chart_that_cannot_be_written_is_named() {
    let session = session().await;
    let ran = run::<Args>(&session, &["--chart", "/nowhere/costs.svg"], program).await;
    assert!(ran.failed().1.starts_with("/nowhere/costs.svg: "));
}
