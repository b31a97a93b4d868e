//! How results are written: one JSON document, or lines for a person.

use serde::Serialize;
use std::io::Write;

/// Prints one JSON document. A reader that closed the pipe early wants no more, and no panic.
pub(crate) fn json(document: &impl Serialize) {
    let text =
        serde_json::to_string_pretty(document).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"));
    line(&text);
}

/// Prints a line to standard output.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A count of bytes for a person.
pub(crate) fn bytes(count: u64) -> String {
    match count {
        0..10_000 => format!("{count} B"),
        10_000..1_000_000 => format!("{:.0} kB", count as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        _ => format!("{:.2} GB", count as f64 / 1e9),
    }
}
