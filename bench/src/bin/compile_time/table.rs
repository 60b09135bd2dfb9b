//! The results, for a person.

use std::fmt::Write as _;
use std::time::Duration;

use crate::project::Timing;

/// What one size took.
pub(crate) struct Row {
    pub(crate) endpoints: usize,
    pub(crate) declared: Timing,
    pub(crate) by_hand: Timing,
}

impl Row {
    /// In a line, while it runs.
    pub(crate) fn summary(&self) -> String {
        let [declared, by_hand] = [self.declared, self.by_hand].map(|timing| timing.user.as_secs_f64());
        format!("declared {declared:.2} s of user time, by hand {by_hand:.2} s")
    }
}

/// A table in Markdown. What an endpoint costs is the difference to the size before it: what a crate costs without
/// any cancels out, and a cost that grows with the number of endpoints shows.
pub(crate) fn render(title: &str, rows: &[Row]) -> String {
    let mut table = format!(
        "| {title} | declared, s user (wall) | by hand, s user (wall) | ratio | declared, ms per endpoint more | by hand |\n\
         |---|---|---|---|---|---|\n"
    );
    let mut before: Option<&Row> = None;
    for row in rows {
        let [declared, by_hand] = [row.declared, row.by_hand];
        let ratio = declared.user.as_secs_f64() / by_hand.user.as_secs_f64();
        let more = |time: fn(&Row) -> Duration| match before.filter(|before| before.endpoints < row.endpoints)
        {
            Some(before) => {
                let seconds = time(row).as_secs_f64() - time(before).as_secs_f64();
                format!("{:.2}", seconds * 1000.0 / (row.endpoints - before.endpoints) as f64)
            }
            None => "".to_owned(),
        };
        let _ = writeln!(
            table,
            "| {} endpoints | {} | {} | {ratio:.2} | {} | {} |",
            row.endpoints,
            seconds(declared),
            seconds(by_hand),
            more(|row| row.declared.user),
            more(|row| row.by_hand.user),
        );
        before = Some(row);
    }
    table
}

fn seconds(timing: Timing) -> String {
    format!("{:.2} ({:.2})", timing.user.as_secs_f64(), timing.wall.as_secs_f64())
}
