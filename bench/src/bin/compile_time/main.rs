//! How long an API of N endpoints compiles, declared and by hand on reqwest, side by side.
#![allow(clippy::print_stdout, clippy::print_stderr)] // It is a program.

mod options;
mod project;
mod table;

use std::time::Duration;

use declarest_bench::BoxError;
use declarest_bench::generate::Size;

use self::options::Options;
use self::project::{Build, Kind, Project, Timing};
use self::table::Row;

fn main() -> Result<(), BoxError> {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(reason) => {
            eprintln!("{reason}\n\n{}", options::USAGE);
            std::process::exit(2);
        }
    };
    let project = Project::create()?;
    println!("generated crates and their builds: {} (removed at the end)\n", project.folder().display());
    let mut builds = vec![Build::Check, Build::Incremental];
    if options.release_build {
        builds.push(Build::Release);
    }
    for build in builds {
        println!("{}: building the dependencies first", build.title());
        project.build_dependencies(build)?;
        let mut rows = Vec::new();
        for &endpoints in &options.endpoints {
            let size = Size { endpoints, per_trait: options.per_trait.unwrap_or(endpoints) };
            let row = measure(&project, build, size, options.rounds)?;
            println!("  {endpoints} endpoints: {}", row.summary());
            rows.push(row);
        }
        println!("\n{}", table::render(build.title(), &rows));
    }
    Ok(())
}

/// Measures both in turn, so that what else the machine does falls on both.
fn measure(project: &Project, build: Build, size: Size, rounds: usize) -> Result<Row, BoxError> {
    for kind in Kind::BOTH {
        project.write(kind, size)?;
        // An incremental build needs one before it; of the others, the first one pays for cold caches.
        project.build(kind, build)?;
    }
    let (mut declared, mut by_hand) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        for (kind, timings) in Kind::BOTH.into_iter().zip([&mut declared, &mut by_hand]) {
            project.edit(kind, size, round)?;
            timings.push(project.build(kind, build)?);
        }
    }
    Ok(Row { endpoints: size.endpoints, declared: median(&declared), by_hand: median(&by_hand) })
}

/// Of wall and user time each.
fn median(timings: &[Timing]) -> Timing {
    let middle = |time: fn(&Timing) -> Duration| {
        let mut times: Vec<_> = timings.iter().map(time).collect();
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    Timing { wall: middle(|timing| timing.wall), user: middle(|timing| timing.user) }
}
