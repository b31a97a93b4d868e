//! PDF pages to bitmaps 4400 pixels high, beside pdfium and `MuPDF`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::answering::Answering;
use super::sample::{Contender, Rounds, Sample, interleaved};
use super::table::{Goal, Row, Table};
use super::{venv, whole};
use crate::{process, workspace};

/// At which a comma of a broadsheet's 9-point type has its shape.
const HEIGHT: &str = "4400";

const ROUNDS: Rounds = Rounds { warming: 1, least: 3, most: 9, within: Duration::from_secs(2) };

/// Once the part has taken so long, every page that is left is drawn once by each.
const ENOUGH: Duration = Duration::from_secs(170);
const HURRIED: Rounds = Rounds { warming: 0, least: 1, most: 1, within: Duration::ZERO };

/// Our own drawing is given up after 30 seconds.
const PATIENCE: Duration = Duration::from_secs(35);

/// Pages as they are printed: the newest issue of the daily with its spread of another day, and the evening paper's front.
const PRESS: [&str; 6] = [
    "slrb/2026-11-24/01.pdf",
    "slrb/2026-11-24/02.pdf",
    "slrb/2026-11-24/03.pdf",
    "slrb/2026-11-24/04.pdf",
    "slrb/2026-11-22/04-05.pdf",
    "slwb/2026-11-23/01.pdf",
];

pub(crate) fn take() -> Result<Vec<Table>, String> {
    super::build()?;
    let program = super::example("drawing_speed");
    let python = venv::python()?;
    let start = Instant::now();
    let script = workspace::root().join("xtask/src/bench/drawing.py");
    let mut trio = Trio {
        ours: Engine::new("kanbao", move || {
            let mut command = Command::new(&program);
            command.arg("answer");
            command
        }),
        peers: ["pdfium", "mupdf"].map(|name| {
            let (python, script) = (python.clone(), script.clone());
            Engine::new(name, move || {
                let mut command = Command::new(&python);
                command.arg(&script).arg(name);
                command
            })
        }),
        remarks: Vec::new(),
    };
    let mut papers = Vec::new();
    for file in PRESS {
        papers.push(workspace::root().join("src-tauri/crates/press/paper").join(file));
    }
    let captures = workspace::root().join("../shared/captures");
    papers.extend(pdfs(&captures.join("page-with-pdf")));
    let corpus = pdfs(&captures.join("pdf-corpus"));

    let mut tables = Vec::new();
    let versions = format!(
        "each from the file's bytes in memory to an opaque bitmap {HEIGHT} pixels high, one thread each; the peers are {}",
        venv::versions(&["pymupdf", "pypdfium2"])?
    );
    for (title, files, goals) in [
        ("Newspaper pages to a bitmap", papers, vec![Goal::Times(1.0), Goal::Times(2.0)]),
        ("Odd and broken PDF pages to a bitmap", corpus, vec![Goal::Times(2.0)]),
    ] {
        if files.is_empty() {
            continue;
        }
        let mut rows: Vec<Row> = Vec::new();
        for file in &files {
            let rounds = if start.elapsed() > ENOUGH { HURRIED } else { ROUNDS };
            rows.push(trio.compare(file, rounds, &goals));
        }
        let mut notes = vec![versions.clone()];
        notes.append(&mut trio.remarks);
        if let Some(sum) = sum(&rows) {
            notes.push(slowest(&rows));
            rows.push(sum);
        }
        tables.push(Table { title: title.to_owned(), unit: "ms", rows, notes });
    }
    tables.push(whole_process(&workspace::root().join("src-tauri/crates/press/paper").join(PRESS[0]))?);
    Ok(tables)
}

/// One that draws, started anew where a page ended it.
struct Engine {
    name: &'static str,
    command: Box<dyn Fn() -> Command>,
    running: Option<Answering>,
}

impl Engine {
    fn new(name: &'static str, command: impl Fn() -> Command + 'static) -> Self {
        Self { name, command: Box::new(command), running: None }
    }

    /// Milliseconds, and the size that was drawn.
    fn draw(&mut self, file: &Path) -> Result<(f64, String), String> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => Answering::start(self.name, &mut (self.command)())?,
        };
        // One that ends or does not answer is dropped here, which kills it.
        let answer = running.ask(&format!("{}\t{HEIGHT}", file.display()), PATIENCE)?;
        self.running = Some(running);
        match answer.split_once('\t') {
            Some(("failed", why)) => Err(why.to_owned()),
            Some((seconds, size)) => {
                let seconds: f64 = seconds.parse().map_err(|_| format!("{answer:?} is no answer"))?;
                Ok((seconds * 1000.0, size.to_owned()))
            }
            None => Err(format!("{answer:?} is no answer")),
        }
    }
}

struct Trio {
    ours: Engine,
    peers: [Engine; 2],
    /// What the reader of the table should know of single pages.
    remarks: Vec<String>,
}

impl Trio {
    fn compare(&mut self, file: &Path, rounds: Rounds, goals: &[Goal]) -> Row {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = file.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let mut sizes: [Option<String>; 3] = Default::default();
        let [first, second] = &mut self.peers;
        let engines = [&mut self.ours, first, second];
        let contenders = engines.into_iter().zip(&mut sizes).map(|(engine, size)| {
            Contender::new(engine.name, || {
                let (milliseconds, drawn) = engine.draw(file)?;
                *size = Some(drawn);
                Ok(milliseconds)
            })
        });
        let mut samples = interleaved(contenders.collect(), rounds).into_iter();
        let ours = samples.next().unwrap_or_else(|| Sample::failed("kanbao", "it was not asked"));
        let row =
            Row { what: format!("{folder}/{name}"), ours, peers: samples.collect(), goals: goals.to_vec() };
        if let [Some(ours), theirs @ ..] = &sizes
            && theirs.iter().flatten().any(|size| !about(ours, size))
        {
            let theirs: Vec<&str> = theirs.iter().map(|size| size.as_deref().unwrap_or("none")).collect();
            self.remarks.push(format!(
                "{}: drawn as {ours}, by the peers as {}",
                row.what,
                theirs.join(" and ")
            ));
        }
        row
    }
}

/// Whether two sizes are the same but for rounding.
fn about(a: &str, b: &str) -> bool {
    let sides = |size: &str| {
        let (width, height) = size.split_once('x')?;
        Some([width.parse::<f64>().ok()?, height.parse::<f64>().ok()?])
    };
    let (Some(a), Some(b)) = (sides(a), sides(b)) else { return false };
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 2.0_f64.max(a * 0.002))
}

/// Medians of all the pages that everybody draws, added up.
fn sum(rows: &[Row]) -> Option<Row> {
    let everybody = |row: &&Row| std::iter::once(&row.ours).chain(&row.peers).all(|s| s.median().is_some());
    let drawn: Vec<&Row> = rows.iter().filter(everybody).collect();
    let first = drawn.first()?;
    let total = |name: &str, one: &dyn Fn(&Row) -> Option<f64>| Sample {
        name: name.to_owned(),
        values: vec![drawn.iter().filter_map(|row| one(row)).sum()],
        failed: None,
    };
    let peers = first
        .peers
        .iter()
        .enumerate()
        .map(|(at, peer)| total(&peer.name, &|row: &Row| row.peers.get(at).and_then(Sample::median)));
    Some(Row {
        what: format!("all {} that everybody draws", drawn.len()),
        ours: total(&first.ours.name, &|row: &Row| row.ours.median()),
        peers: peers.collect(),
        goals: vec![Goal::Times(1.0)],
    })
}

fn slowest(rows: &[Row]) -> String {
    let mut ratios: Vec<(f64, &str)> =
        rows.iter().filter_map(|row| Some((row.ratio()?, row.what.as_str()))).collect();
    ratios.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mean = ratios.iter().map(|(ratio, _)| ratio.ln()).sum::<f64>() / ratios.len().max(1) as f64;
    let worst: Vec<String> =
        ratios.iter().take(3).map(|(ratio, what)| format!("{what} {ratio:.2}")).collect();
    format!("geometric mean of the ratios {:.2}; the largest: {}", mean.exp(), worst.join(", "))
}

/// The same page by processes that are started for it.
fn whole_process(file: &Path) -> Result<Table, String> {
    let program = super::example("drawing_speed");
    let rounds = Rounds { warming: 1, least: 5, most: 15, within: Duration::from_secs(10) };
    let ours = Contender::new("kanbao", || {
        whole::milliseconds(Command::new(&program).arg("once").arg(file).arg(HEIGHT))
    });
    let draw = Contender::new("mutool draw", || {
        let mut draw = Command::new("mutool");
        draw.args(["draw", "-q", "-h", HEIGHT, "-c", "rgb", "-F", "pnm", "-o", null()]).arg(file).arg("1");
        whole::milliseconds(&mut draw)
    });
    let mut samples = interleaved(vec![ours, draw], rounds).into_iter();
    let ours = samples.next().ok_or("nothing was measured")?;
    let row =
        Row { what: PRESS[0].to_owned(), ours, peers: samples.collect(), goals: vec![Goal::Times(1.0)] };
    let version = process::ask_version(Command::new("mutool").arg("-v")).unwrap_or_default();
    let notes = vec![format!("drawn and thrown away, by the system's {version}")];
    Ok(Table { title: "The same, as whole processes".to_owned(), unit: "ms", rows: vec![row], notes })
}

fn null() -> &'static str {
    if cfg!(windows) { "NUL" } else { "/dev/null" }
}

/// The PDFs in a folder, in order; none where it is not there.
fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map_while(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "pdf")).collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(what: &str, ours: f64, peers: [Option<f64>; 2]) -> Row {
        let sample = |name: &str, value: Option<f64>| match value {
            Some(value) => Sample { name: name.to_owned(), values: vec![value], failed: None },
            None => Sample::failed(name, "damaged"),
        };
        let peers = peers.map(|peer| sample("peer", peer)).into();
        Row { what: what.to_owned(), ours: sample("kanbao", Some(ours)), peers, goals: Vec::new() }
    }

    #[test]
    fn only_what_everybody_draws_is_added_up() {
        let rows = [
            row("a", 10.0, [Some(20.0), Some(40.0)]),
            row("b", 30.0, [Some(10.0), None]),
            row("c", 5.0, [Some(5.0), Some(2.5)]),
        ];
        let sum = sum(&rows).unwrap();
        assert_eq!((sum.what.as_str(), sum.ours.median()), ("all 2 that everybody draws", Some(15.0)));
        assert_eq!(sum.peers.iter().map(Sample::median).collect::<Vec<_>>(), [Some(25.0), Some(42.5)]);
        assert_eq!(slowest(&rows), "geometric mean of the ratios 1.44; the largest: b 3.00, c 2.00, a 0.50");
    }

    #[test]
    fn sizes_that_differ_are_seen() {
        assert!(about("3000x4400", "3001x4400") && about("3000x4400", "3000x4399"));
        assert!(!about("3000x4400", "4400x3000") && !about("3000x4400", "none"));
    }
}
