//! Stacked bars, a day each, as an SVG document.

use openai_admin::bigdecimal::{RoundingMode, Signed as _, ToPrimitive as _};
use openai_admin::{BigDecimal, Timestamp};
use svg::Document;
use svg::node::element::{Group, Line, Rectangle, Text, Title};

use crate::table::date;

/// Colours that people with any colour vision can tell apart (Okabe and Ito); the last one is for the rest.
const COLORS: [&str; 7] = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999"];

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 724.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 372.0;

/// What is drawn.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) title: String,
    /// What stands below the title.
    pub(super) subtitle: String,
    pub(super) days: Vec<Timestamp>,
    /// The largest first. Each has a value for every day.
    pub(super) series: Vec<Series>,
}

/// One colour of the bars.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) values: Vec<BigDecimal>,
}

impl Series {
    fn total(&self) -> BigDecimal {
        self.values.iter().sum()
    }

    fn at(&self, day: usize) -> BigDecimal {
        self.values.get(day).cloned().unwrap_or_default()
    }

    /// The amount of a day as a length to draw.
    fn length(&self, day: usize) -> f64 {
        self.values.get(day).and_then(BigDecimal::to_f64).unwrap_or_default()
    }
}

impl Chart {
    /// The document as text.
    pub(super) fn to_svg(&self) -> String {
        let series = self.shown();
        let days = 0..self.days.len();
        let highest = days.map(|day| series.iter().map(|one| one.length(day)).sum()).fold(0.0, f64::max);
        let step = tick(highest);
        let top = (highest / step).ceil().max(1.0) * step;
        let document = Document::new()
            .set("viewBox", (0, 0, WIDTH, HEIGHT))
            .set("width", WIDTH)
            .set("height", HEIGHT)
            .set("font-family", "system-ui, sans-serif")
            .set("font-size", 12)
            .add(Rectangle::new().set("width", WIDTH).set("height", HEIGHT).set("fill", "#ffffff"))
            .add(text(LEFT, 26.0, &self.title).set("font-size", 18).set("font-weight", 600))
            .add(text(LEFT, 46.0, &self.subtitle).set("fill", "#666666"))
            .add(grid(top, step))
            .add(self.bars(&series, top))
            .add(self.day_labels())
            .add(legend(&series));
        format!("{document}\n")
    }

    /// The series that get a colour of their own, and the sum of the others.
    fn shown(&self) -> Vec<Series> {
        if self.series.len() <= COLORS.len() {
            return self.series.clone();
        }
        let (own, rest) = self.series.split_at(COLORS.len() - 1);
        let sum = |day| rest.iter().map(|one| one.at(day)).sum();
        let name = format!("{} others", rest.len());
        let rest = Series { name, values: (0..self.days.len()).map(sum).collect() };
        own.iter().cloned().chain([rest]).collect()
    }

    /// The width of one day.
    fn slot(&self) -> f64 {
        (RIGHT - LEFT) / number(self.days.len().max(1))
    }

    fn bars(&self, series: &[Series], top: f64) -> Group {
        let (slot, mut group) = (self.slot(), Group::new());
        for (day, start) in self.days.iter().enumerate() {
            let mut y = BOTTOM;
            for (one, color) in series.iter().zip(COLORS).filter(|(one, _)| one.length(day) > 0.0) {
                let height = one.length(day) / top * (BOTTOM - TOP);
                y -= height;
                let tip = format!("{}: {}, {}", date(*start), one.name, dollars(&one.at(day)));
                group = group.add(
                    rectangle(LEFT + number(day) * slot + slot * 0.1, y, slot * 0.8, height)
                        .set("fill", color)
                        .add(Title::new(tip)),
                );
            }
        }
        group
    }

    /// As many days as have room for their date.
    fn day_labels(&self) -> Group {
        let every = (self.days.len() / 8).max(1);
        let labelled = self.days.iter().enumerate().step_by(every);
        labelled.fold(
            Group::new().set("text-anchor", "middle").set("fill", "#666666"),
            |group, (day, start)| {
                let month_and_day: String = date(*start).chars().skip("2026-".len()).collect();
                group.add(text(LEFT + (number(day) + 0.5) * self.slot(), BOTTOM + 18.0, &month_and_day))
            },
        )
    }
}

/// Horizontal lines with their values.
fn grid(top: f64, step: f64) -> Group {
    let mut group = Group::new().set("text-anchor", "end").set("fill", "#666666");
    let mut value = 0.0;
    while value <= top + step / 2.0 {
        let y = BOTTOM - value / top * (BOTTOM - TOP);
        let color = if value == 0.0 { "#666666" } else { "#e0e0e0" };
        let line = Line::new().set("x1", LEFT).set("x2", RIGHT).set("y1", round(y)).set("y2", round(y));
        let label = if step < 1.0 { format!("${value:.2}") } else { format!("${value:.0}") };
        group = group.add(line.set("stroke", color)).add(text(LEFT - 8.0, y + 4.0, &label));
        value += step;
    }
    group
}

fn legend(series: &[Series]) -> Group {
    let rows = series.iter().zip(COLORS).enumerate();
    rows.fold(Group::new(), |group, (row, (one, color))| {
        let y = TOP + 8.0 + number(row) * 24.0;
        let total = text(WIDTH - 16.0, y, &dollars(&one.total())).set("text-anchor", "end");
        let name: String = one.name.chars().take(20).collect();
        group
            .add(rectangle(RIGHT + 24.0, y - 10.0, 12.0, 12.0).set("fill", color))
            .add(text(RIGHT + 44.0, y, &name))
            .add(total)
    })
}

/// The distance of two lines: 1, 2 or 5 times a power of ten, so that there are four to ten of them.
fn tick(highest: f64) -> f64 {
    if highest <= 0.0 {
        return 1.0;
    }
    let rough = highest / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().rev().find(|factor| factor * power <= rough);
    factor.unwrap_or(1.0) * power
}

/// An amount with two digits after the point: `$1,234.50`.
pub(crate) fn dollars(amount: &BigDecimal) -> String {
    let text = amount.abs().with_scale_round(2, RoundingMode::HalfEven).to_plain_string();
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount.is_negative() { "-" } else { "" };
    format!("{sign}${grouped}.{cents}")
}

fn text(x: f64, y: f64, content: &str) -> Text {
    Text::new(content).set("x", round(x)).set("y", round(y))
}

fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Rectangle {
    Rectangle::new()
        .set("x", round(x))
        .set("y", round(y))
        .set("width", round(width))
        .set("height", round(height))
}

/// Two digits after the point are finer than any screen.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_four_to_ten() {
        for highest in [0.03, 0.9, 1.0, 4.2, 7.0, 49.0, 50.0, 51.0, 1234.0] {
            let lines = (highest / tick(highest)).ceil();
            assert!((4.0..=11.0).contains(&lines), "{highest}: {lines}");
        }
        assert!((tick(0.0) - 1.0).abs() < f64::EPSILON);
        assert!((tick(51.0) - 10.0).abs() < 1e-9);
    }

    #[test]
    fn amounts_are_grouped() {
        for (amount, text) in [
            ("0", "$0.00"),
            ("999.999", "$1,000.00"),
            ("1234567.5", "$1,234,567.50"),
            ("98765432109876543210.015", "$98,765,432,109,876,543,210.02"),
            ("-3.2", "-$3.20"),
        ] {
            assert_eq!(dollars(&amount.parse().unwrap()), text);
        }
    }

    #[test]
    fn many_series_are_drawn_as_a_few_and_the_rest() {
        let series =
            (0..9).map(|n| Series { name: format!("p{n}"), values: vec![BigDecimal::from(1)] }).collect();
        let days = vec![Timestamp::from_unix(0)];
        let chart = Chart { title: "a < b".to_owned(), subtitle: String::new(), days, series };
        let svg = chart.to_svg();
        assert!(svg.contains("3 others, $3.00") && !svg.contains("p7"), "{svg}");
        assert!(svg.contains("a &lt; b"), "{svg}");
    }

    #[test]
    fn nothing_to_draw_is_drawn_too() {
        let chart = Chart { title: String::new(), subtitle: String::new(), days: vec![], series: vec![] };
        let svg = chart.to_svg();
        assert!(svg.contains("</svg>") && !svg.contains("NaN"));
    }
}
