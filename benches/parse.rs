//! How long the JSON front end takes, against `serde_json` to `Value` on the same bytes, and the search for credentials.

#![allow(clippy::print_stdout)]

use cardlint::secret::mask;
use cardlint::syntax::parse;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each measurement is made; the best counts.
const ROUNDS: usize = 15;

/// About how many bytes are read in one round.
const BYTES_PER_ROUND: usize = 8 << 20;

fn main() {
    let pretty = serde_json::to_string_pretty(&card(8)).unwrap_or_default();
    let minified = card(8).to_string();
    let large = serde_json::to_string_pretty(&card(16_000)).unwrap_or_default();
    let broken = pretty.replacen("\"tags\": [", "tags: [", 1).replacen("\",\n", "\"\n", 1);
    println!("{:<14} {:>9} {:>12} {:>12} {:>7}", "text", "bytes", "serde_json", "cardlint", "ratio");
    for (name, text) in [("indented", &pretty), ("minified", &minified), ("large", &large)] {
        let theirs = best(text.len(), || {
            black_box(serde_json::from_slice::<Value>(black_box(text.as_bytes()))).is_ok()
        });
        let ours = best(text.len(), || black_box(parse(black_box(text.as_bytes()))).faults().is_empty());
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("{name:<14} {:>9} {theirs:>12.2?} {ours:>12.2?} {ratio:>7.2}", text.len());
    }
    let escaped = pretty.replace("Finds a way", "Finds \\\"a way\\\"");
    for (name, text) in [("search", &pretty), ("search escaped", &escaped), ("search large", &large)] {
        let mut bytes = text.clone().into_bytes();
        let ours = best(text.len(), || mask(black_box(&mut bytes)).is_empty());
        println!("{name:<14} {:>9} {:>12} {ours:>12.2?}", text.len(), "");
    }
    let large_broken = large.replacen("\"tags\": [", "tags: [", 1);
    for (name, text) in [("two faults", &broken), ("large, broken", &large_broken)] {
        let ours = best(text.len(), || !black_box(parse(black_box(text.as_bytes()))).faults().is_empty());
        println!("{name:<14} {:>9} {:>12} {ours:>12.2?}", text.len(), "");
    }
}

/// The best time of one run over `bytes` bytes.
fn best(bytes: usize, mut run: impl FnMut() -> bool) -> Duration {
    let times = (BYTES_PER_ROUND / bytes.max(1)).max(1) as u32;
    let mut round = || {
        let start = Instant::now();
        for _ in 0..times {
            assert!(run());
        }
        start.elapsed() / times
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}

/// A card with as many skills as asked for; 3.4 KB with eight, indented.
fn card(skills: usize) -> Value {
    let skill = |at: usize| {
        json!({
            "id": format!("skill-{at}"), "name": "Route planner",
            "description": "Finds a way from one place to another, by train, bus or on foot.",
            "tags": ["maps", "routing"], "inputModes": ["application/json", "text/plain"],
        })
    };
    json!({
        "protocolVersion": "0.3.0", "name": "GeoSpatial Route Planner Agent",
        "description": "Provides advanced route planning, traffic analysis, and custom map generation services.",
        "url": "https://georoute-agent.example.com/a2a/v1", "preferredTransport": "JSONRPC", "version": "1.2.0",
        "provider": {"organization": "Example Geo Services Inc.", "url": "https://www.example.com"},
        "capabilities": {"streaming": true, "pushNotifications": true, "stateTransitionHistory": false},
        "defaultInputModes": ["application/json"], "defaultOutputModes": ["application/json", "image/png"],
        "skills": (0..skills).map(skill).collect::<Value>(),
    })
}
