//! The program's arguments.

/// What can be said.
pub(crate) const USAGE: &str = "\
usage: compile_time [--endpoints 10,100,1000,3000] [--per-trait N] [--rounds 3] [--release-build]

  --endpoints N,N,…  sizes of the API
  --per-trait N      endpoints of one trait; all of them, if it is not said
  --rounds N         measurements of each, of which the median is taken
  --release-build    also measures `cargo build --release`";

/// What to measure.
pub(crate) struct Options {
    pub(crate) endpoints: Vec<usize>,
    pub(crate) per_trait: Option<usize>,
    pub(crate) rounds: usize,
    pub(crate) release_build: bool,
}

impl Options {
    /// Reads the arguments, without the program's name.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let endpoints = vec![10, 100, 1000, 3000];
        let mut options = Self { endpoints, per_trait: None, rounds: 3, release_build: false };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--release-build" => options.release_build = true,
                "--per-trait" => options.per_trait = Some(number(arguments.next().as_deref())?),
                "--rounds" => options.rounds = number(arguments.next().as_deref())?,
                "--endpoints" => {
                    let sizes = arguments.next().unwrap_or_default();
                    options.endpoints =
                        sizes.split(',').map(|size| number(Some(size))).collect::<Result<_, _>>()?;
                }
                other => return Err(format!("`{other}` is no option")),
            }
        }
        Ok(options)
    }
}

fn number(text: Option<&str>) -> Result<usize, String> {
    let text = text.unwrap_or_default();
    match text.trim().parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("`{text}` is no number above zero")),
    }
}
