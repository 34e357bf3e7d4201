//! One stage of a check, over and over, on the text of a file: `stages STAGE FILE TIMES`. It prints the time of one run in
//! nanoseconds, the best of several rounds. `bench/stages` calls it, also under valgrind, which counts instructions.
//!
//! A stage includes none of those before it.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use cardlint::kind::{FileHint, Forced, detect};
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::model::{Agent, Value as Seen};
use cardlint::render::{Format, Look, Output, Part};
use cardlint::schema::shape;
use cardlint::secret::mask;
use cardlint::syntax::parse;
use serde_json::Value;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often the time is taken; the best counts.
const ROUNDS: u32 = 5;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [stage, path, times] = args.as_slice() else { return usage() };
    let (Ok(text), Ok(times)) = (std::fs::read(path), times.parse()) else { return usage() };
    match time(stage, &text, times) {
        Some(time) => println!("{}", time.as_nanos()),
        None => usage(),
    }
}

fn usage() {
    eprintln!(
        "stages STAGE FILE TIMES; a STAGE is serde, mask, parse, detect, schema, model, lint or a format"
    );
}

fn time(stage: &str, text: &[u8], times: u32) -> Option<Duration> {
    let settings = Settings::default();
    let run = |bytes: Vec<u8>| lint(Input::named("agent-card.json"), bytes, &settings);
    let document = parse(text);
    let detection = detect(document.root(), FileHint::default(), &Forced::default());
    let subject = detection.subjects.first()?;
    let shaped = shape(document.root(), subject);
    Some(match stage {
        "serde" => best(times, || drop(black_box(serde_json::from_slice::<Value>(black_box(text))))),
        "mask" => {
            let mut bytes = text.to_vec();
            best(times, || drop(mask(black_box(&mut bytes))))
        }
        "parse" => best(times, || drop(black_box(parse(black_box(text))))),
        "detect" => {
            best(times, || drop(detect(black_box(document.root()), FileHint::default(), &Forced::default())))
        }
        "schema" => best(times, || drop(shape(black_box(document.root()), subject))),
        "model" => best(times, || {
            let root = Seen::new(document.node(subject.node), &shaped);
            drop(Agent::new(black_box(root), subject));
        }),
        "lint" => best(times, || drop(black_box(run(black_box(text).to_vec())))),
        name => {
            let format = Format::ALL.into_iter().find(|format| format.name() == name)?;
            let checked = [run(text.to_vec())];
            best(times, || draw(format, black_box(&checked)))
        }
    })
}

fn draw(format: Format, texts: &[Checked]) {
    let mut bytes = Vec::new();
    let look = Look {
        color: false,
        links: false,
        unicode: true,
        width: 100,
        quiet: false,
        max_diagnostics: None,
        folder: String::new(),
    };
    let mut output = Output::new(&mut bytes, format, look);
    // Writing to memory cannot fail.
    let _ = output.begin();
    let _ = output.part(&Part { path: "agent-card.json", texts, last: true });
    let _ = output.end();
    black_box(bytes.len());
}

/// The time of one `run`. The first round warms up.
fn best(times: u32, mut run: impl FnMut()) -> Duration {
    let mut round = || {
        let start = Instant::now();
        (0..times).for_each(|_| run());
        start.elapsed() / times
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}
