//! [`Scalar`] and [`QueryValue`]: a day in a path, a box of coordinates in a query.

use declarest::{Call, QueryValue, Scalar, Sink, Values, api};

/// Weather.
#[api]
pub trait Weather: Send + Sync {
    /// The stations within a box that have measured all of these on a day.
    #[get("/stations/{day}")]
    fn stations(
        &self,
        day: Day,
        #[query] bbox: &Area,
        #[query(lists = "comma")] with: &Measures,
    ) -> Call<Vec<String>>;
}

/// A day: `2026-11-25`. It has exactly one text, so it may stand in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Scalar for Day {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.display(format_args!("{:04}-{:02}-{:02}", self.year, self.month, self.day));
    }
}

/// West, south, east and north in degrees: `bbox=11.2,48,11.8,48.3`. One value of four numbers, and one that may not fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area(pub [f64; 4]);

impl QueryValue for Area {
    fn write_values(&self, values: &mut Values<'_>) {
        if self.0.iter().all(|degrees| degrees.is_finite()) {
            values.single(&self.0.map(|degrees| degrees.to_string()).join(","));
        } else {
            values.refuse("has a corner that is not a number");
        }
    }
}

/// What is measured, in the list style of the declaration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measures {
    /// Rain.
    pub rain: bool,
    /// Wind.
    pub wind: bool,
}

impl QueryValue for Measures {
    fn write_values(&self, values: &mut Values<'_>) {
        for (name, asked) in [("rain", self.rain), ("wind", self.wind)] {
            if asked {
                values.push(name);
            }
        }
    }
}
