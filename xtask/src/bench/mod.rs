//! `cargo xtask bench`: how fast we are beside the best of others, measured side by side in one run.
//!
//! A part sets up what it compares, takes turns with [`sample::interleaved`], and hands back tables. It knows
//! programs, not crates: what is measured is what a release build makes, an example of the crate concerned where no
//! program of ours does just that.
mod answering;
mod machine;
mod parsing;
mod pdf;
mod pictures;
mod render;
mod report;
mod sample;
mod table;
mod venv;
mod whole;
mod window;

use std::fs;
use std::path::PathBuf;

use crate::packages::{self, Purpose};
use crate::{cargo, process, workspace};
use table::Table;

/// One comparison.
struct Part {
    name: &'static str,
    /// What is compared with what, for the report.
    about: &'static str,
    take: fn() -> Result<Vec<Table>, String>,
}

/// In the order in which they are taken.
const PARTS: &[Part] = &[
    Part {
        name: "parsing",
        about: "Documents of classic sites read, beside a scraper of BeautifulSoup over lxml.",
        take: parsing::take,
    },
    Part {
        name: "pictures",
        about: "A picture of 24 megapixels to its preview and to every tile, beside libvips.",
        take: pictures::take,
    },
    Part {
        name: "pdf",
        about: "PDF pages to bitmaps 4400 pixels high, beside pdfium and MuPDF.",
        take: pdf::take,
    },
    Part {
        name: "render",
        about: "A page to a PNG file, as whole processes: `kanbao render` beside MuPDF's `mutool draw`.",
        take: render::take,
    },
    Part {
        name: "page-turn",
        about: "Turning a page in the real window, beside Chromium on the newspaper's site and pdf.js in Chromium.",
        take: window::page_turn,
    },
    Part {
        name: "cold-start",
        about: "From the start of the program to a page on the display, beside Chromium, a bare window of Tauri's and Evince.",
        take: window::cold_start,
    },
    Part {
        name: "memory",
        about: "What memory the program takes with a page open, beside the same.",
        take: window::memory,
    },
    Part {
        name: "frames",
        about: "Zooming and dragging a page for ten seconds, beside OpenSeadragon in Chromium.",
        take: window::frames,
    },
    Part {
        name: "long-reading",
        about: "What memory the program takes after a hundred large pages, beside itself after ten.",
        take: window::long_reading,
    },
    Part { name: "answers", about: "How long the window takes to answer a hand.", take: window::answers },
];

/// Takes the part of this name, or all of them. Goals that are missed are said and fail nothing: the figures depend
/// on the machine, and a table that says so is what is wanted.
pub(crate) fn bench(only: Option<&str>) -> Result<(), String> {
    let chosen: Vec<&Part> = PARTS.iter().filter(|part| only.is_none_or(|name| name == part.name)).collect();
    if chosen.is_empty() {
        let known: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
        return Err(format!(
            "there is no part {:?} of the bench, only {}",
            only.unwrap_or_default(),
            known.join(", ")
        ));
    }
    packages::ensure(Purpose::Bench)?;
    let mut failed = Vec::new();
    for part in chosen {
        println!("\n== {}: {}", part.name, part.about);
        let outcome = (part.take)().and_then(|tables| report::write(part.name, part.about, &tables));
        if let Err(problem) = outcome {
            eprintln!("xtask: {}: {problem}", part.name);
            failed.push(part.name);
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("not measured: {}", failed.join(", "))) }
}

/// Builds what the parts without a window measure, with the features that the window is built with: so nothing is compiled
/// twice.
fn build() -> Result<(), String> {
    let mut build = cargo::cargo("build");
    build.args(["--features", "kanbao-desktop/bench", "--release"]);
    build.args(["--bin", "kanbao", "--bin", "kanbao-press"]);
    process::run(build.args(["--example", "reading_speed", "--example", "drawing_speed"]))
}

/// An example that [`build`] built.
fn example(name: &str) -> PathBuf {
    workspace::programs(true).join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Where the reports go, and what parts need on the way.
fn folder() -> Result<PathBuf, String> {
    let folder = workspace::leavings().join("bench");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}
