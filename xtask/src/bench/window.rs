//! The real window beside others, on a virtual display: `tests/bench` drives and measures, its figures become tables here.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::sample::Sample;
use super::table::{Goal, Row, Table};
use crate::display::VirtualDisplay;
use crate::{cargo, process, ui, workspace};

/// As large as the window opens: every program that is compared fills the display.
const DISPLAY: (u32, u32) = (1280, 800);
/// Room for a window in which two pages lie side by side.
const LARGE_DISPLAY: (u32, u32) = (1920, 1080);

/// The PDF reader that runs in browsers, in the version that is compared.
const PDFJS: &str = "pdfjs-dist@6.5.438";

/// What `tests/bench` measured: a line a series.
struct Measured {
    series: Vec<Series>,
}

struct Series {
    what: String,
    sample: Sample,
}

impl Measured {
    /// Runs a part of `tests/bench` on a display of its own.
    fn take(part: &str, arguments: &[PathBuf], display: (u32, u32)) -> Result<Self, String> {
        ui::check_node()?;
        ui::install()?;
        ui::build()?;
        let mut build = cargo::cargo("build");
        build.args(["--features", "kanbao-desktop/bench", "--release", "--bins"]);
        process::run(build.args(["--example", "window_bench", "--example", "bare_window"]))?;
        let display = VirtualDisplay::start(display)?;
        let mut bench = Command::new(workspace::programs(true).join("examples").join("window_bench"));
        bench.arg(part).args(arguments).env("KANBAO_BIN_DIR", workspace::programs(true));
        display.show(&mut bench);
        let mut series = Vec::new();
        let well = process::watch(&mut bench, |line| series.extend(Series::read(line)))?;
        if well { Ok(Self { series }) } else { Err("it was not measured to its end".to_owned()) }
    }

    /// What was measured of one, under its name; without figures where there is no such series.
    fn of(&self, what: &str, who: &str) -> Sample {
        let mut found = self.series.iter().filter(|series| series.what == what && series.sample.name == who);
        found.next().map_or_else(
            || Sample {
                name: who.to_owned(),
                values: Vec::new(),
                failed: Some("it was not measured".to_owned()),
            },
            |series| series.sample.clone(),
        )
    }

    /// Those who have such a series, in the order in which they were measured.
    fn who(&self, what: &str) -> Vec<&str> {
        let series = self.series.iter().filter(|series| series.what == what);
        series.map(|series| series.sample.name.as_str()).collect()
    }

    fn row(&self, what: &str, who: &str, peers: &[&str], goals: &[Goal]) -> Row {
        let peers = peers.iter().map(|peer| self.of(what, peer)).collect();
        Row { what: what.to_owned(), ours: self.of(what, who), peers, goals: goals.to_vec() }
    }
}

impl Series {
    /// `sample`, what, who, the unit, the values, between tabs.
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.strip_prefix("sample\t")?.split('\t');
        let (what, who, _unit) = (fields.next()?, fields.next()?, fields.next()?);
        let values = fields.next()?.split(',').filter_map(|value| value.parse().ok()).collect();
        let sample = Sample { name: who.to_owned(), values, failed: None };
        Some(Self { what: what.to_owned(), sample })
    }
}

const SEEN: &str = "the display is looked at every 3 ms and what it takes to look, in rows 4 of 40 pixels high, which hold \
    no program's own word; a page is whole once the greys of cells of 32 by 4 pixels have come four fifths of the way \
    to what they are in the end, for good, and sharp once the pixels themselves have come 98 of 100 of it";

pub(crate) fn page_turn() -> Result<Vec<Table>, String> {
    let measured = Measured::take("page-turn", &[npm(PDFJS)?.join("pdfjs-dist")], DISPLAY)?;
    let peers = ["Chromium, the newspaper's site", "pdf.js in Chromium"];
    let mut rows = Vec::new();
    for page in ["PDF page", "picture page"] {
        // There is no PDF of a picture page.
        let peers = if page == "PDF page" { &peers[..] } else { &peers[..1] };
        for (end, goal) in [("whole", 1.0 / 3.0), ("sharp", 0.5)] {
            rows.push(measured.row(&format!("{page}: {end}"), "Kanbao", peers, &[Goal::Times(goal)]));
        }
    }
    let notes = vec![
        SEEN.to_owned(),
        "keys and clicks are the X server's own (XTEST); the page before was looked at for 1.5 s; the library has 300 \
         issues and is warm; the site is the press's own on loopback, where a click on 下一版 leads to the same page"
            .to_owned(),
        format!("{PDFJS} draws the PDF's page to fit the window, file and worker at hand"),
    ];
    Ok(vec![Table { title: "Page turn, from the hand to the display".to_owned(), unit: "ms", rows, notes }])
}

/// Who opens the page, as `tests/bench` names them.
const OURS: &str = "Kanbao, a page";
const NEWSSTAND: &str = "Kanbao, the newsstand";
const CHROMIUM: &str = "Chromium, the PDF";
const BARE: &str = "a bare window";
const EVINCE: &str = "Evince, the PDF";

/// A row for each of those with whom there is a goal.
fn beside(measured: &Measured, what: &str, against: [(&str, &[Goal]); 3]) -> Vec<Row> {
    let rows = against.into_iter().map(|(peer, goals)| Row {
        what: format!("{what}, beside {peer}"),
        ..measured.row(what, OURS, &[peer], goals)
    });
    rows.collect()
}

pub(crate) fn cold_start() -> Result<Vec<Table>, String> {
    let measured = Measured::take("cold-start", &[], DISPLAY)?;
    let goals: [(&str, &[Goal]); 3] =
        [(CHROMIUM, &[Goal::Times(0.7)]), (BARE, &[Goal::Times(1.3)]), (EVINCE, &[])];
    let mut rows = beside(&measured, "page painted", goals);
    rows.push(Row {
        what: "first paint, beside a bare window".to_owned(),
        ..measured.row("first paint", OURS, &[BARE], &[])
    });
    rows.push(Row {
        what: "the newsstand's covers painted".to_owned(),
        ..measured.row("page painted", NEWSSTAND, &[], &[])
    });
    let notes = vec![
        SEEN.to_owned(),
        "a new process each time, with its files in memory since a first round that does not count; the library has 300 \
         issues, and the page is named on the command line (`--open`); Chromium keeps its profile from start to start"
            .to_owned(),
    ];
    Ok(vec![Table { title: "Cold start".to_owned(), unit: "ms", rows, notes }])
}

pub(crate) fn memory() -> Result<Vec<Table>, String> {
    let measured = Measured::take("memory", &[], DISPLAY)?;
    let goals: [(&str, &[Goal]); 3] =
        [(CHROMIUM, &[Goal::Times(0.8)]), (BARE, &[Goal::Above(80.0)]), (EVINCE, &[])];
    let rows = beside(&measured, "memory", goals);
    let notes = vec![
        "the proportional set sizes of the program and of all that it started, together, 4 s after the page \
        was there and nothing moved any more"
            .to_owned(),
    ];
    Ok(vec![Table { title: "Memory with a page open".to_owned(), unit: "MB", rows, notes }])
}

pub(crate) fn frames() -> Result<Vec<Table>, String> {
    let openseadragon =
        ui::folder().join("node_modules/openseadragon/build/openseadragon/openseadragon.min.js");
    let measured = Measured::take("frames", &[openseadragon], DISPLAY)?;
    let row =
        |what: &str, goals: &[Goal]| measured.row(what, "Kanbao", &["OpenSeadragon in Chromium"], goals);
    let mut times = Vec::new();
    let mut counts = Vec::new();
    for from in ["display", "frames"] {
        for part in ["half within", "95 of 100 within", "99 of 100 within", "longest"] {
            times.push(row(&format!("{from}: {part}"), &[Goal::Times(1.0)]));
        }
        counts.push(row(&format!("{from}: over 50 ms, of 1000"), &[Goal::AtMost(0.0)]));
    }
    let notes = vec![
        "a mouse turns its wheel six notches in, drags the page around, and turns out again, for ten seconds, three \
         times, through the X server's XTEST; \"display\" is the time from one change of what is on the display to the \
         next, \"frames\" that from one animation frame of the window's to the next; all is drawn by software"
            .to_owned(),
        "OpenSeadragon has the page as JPEG tiles of 256 pixels, 4400 pixels high, from loopback".to_owned(),
    ];
    let counted = Table {
        title: "Frames that a hand sees".to_owned(),
        unit: "of 1000",
        rows: counts,
        notes: Vec::new(),
    };
    Ok(vec![Table { title: "Times between frames".to_owned(), unit: "ms", rows: times, notes }, counted])
}

pub(crate) fn long_reading() -> Result<Vec<Table>, String> {
    let measured = Measured::take("long-reading", &[], DISPLAY)?;
    let row = Row {
        what: "memory".to_owned(),
        ..measured.row("memory", "after 100 pages", &["after 10 pages"], &[Goal::Times(1.1)])
    };
    let notes = vec!["an issue of a hundred pages, each a JPEG of 4164 x 5765 pixels; each page is waited for until it is \
        sharp; proportional set sizes of all the app's processes, 3 s after the last page"
        .to_owned()];
    Ok(vec![Table { title: "Memory in long reading".to_owned(), unit: "MB", rows: vec![row], notes }])
}

/// The longest that a hand is left without an answer.
const ANSWER: f64 = 100.0;

pub(crate) fn answers() -> Result<Vec<Table>, String> {
    let measured = Measured::take("answers", &[], LARGE_DISPLAY)?;
    let table = |what: &str, title: &str, goals: &[Goal], notes: Vec<String>| {
        let rows = measured.who(what).into_iter().map(|name| {
            let ours = Sample { name: "Kanbao".to_owned(), ..measured.of(what, name) };
            Row { what: name.to_owned(), ours, peers: Vec::new(), goals: goals.to_vec() }
        });
        Table { title: title.to_owned(), unit: "ms", rows: rows.collect(), notes }
    };
    let shown = vec![
        "from the event's own time stamp, which it has before the window's program hears of it, to the beginning of the \
         animation frame after the one in which the document first shows what was asked for: that one is painted then; \
         where a page is asked for, its picture is on the desk"
            .to_owned(),
        "the library has 300 issues; keys, clicks and wheel turns come through WebKitWebDriver".to_owned(),
    ];
    let busy = vec!["between a task of the measurement's own, set every 4 ms, and the next".to_owned()];
    Ok(vec![
        table("shown", "Answers", &[Goal::Mostly(ANSWER)], shown),
        table("busy", "The longest that the window's thread heard nothing meanwhile", &[], busy),
    ])
}

/// The folder of a package from npm, installed under `target/bench`.
fn npm(package: &str) -> Result<PathBuf, String> {
    let folder = super::folder()?.join("npm");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut install = ui::npm();
    install.current_dir(&folder).args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]);
    process::run(install.arg("--prefix").arg(&folder).arg(package))?;
    Ok(folder.join("node_modules"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_series() {
        let series = Series::read("sample\tpage painted\tEvince\tms\t12.50,9.00").expect("a series");
        assert_eq!((series.what.as_str(), series.sample.name.as_str()), ("page painted", "Evince"));
        assert_eq!(series.sample.values, [12.5, 9.0]);
        assert!(Series::read("Kanbao is measured").is_none());
        let measured = Measured { series: vec![series] };
        assert_eq!(measured.of("page painted", "Chromium").median(), None);
        assert_eq!(measured.who("page painted"), ["Evince"]);
    }
}
