//! Reading documents of classic sites, beside a scraper of `BeautifulSoup` over lxml that is asked for the same things.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::answering::Answering;
use super::sample::{Contender, Rounds, Sample, interleaved};
use super::table::{Goal, Row, Table};
use super::venv;
use crate::{process, workspace};

const ROUNDS: Rounds = Rounds { warming: 1, least: 7, most: 31, within: Duration::from_secs(40) };

/// How long one round may take: half a second to a scraper.
const PATIENCE: Duration = Duration::from_mins(1);

/// The classic family's skins that say in their markup what their parts are; the third writes its headlines by script,
/// which no scraper runs.
const SKINS: [&str; 2] = ["div", "table"];

/// Text may differ by what one keeps and the other leaves out: captions, the page editor's mark.
const SAME_TEXT: f64 = 0.05;

pub(crate) fn take() -> Result<Vec<Table>, String> {
    super::build()?;
    let python = venv::python()?;
    let folder = super::folder()?.join("parsing");
    let mut rows = Vec::new();
    let mut notes = vec![
        "figures are milliseconds a document, from the bytes that were sent to what is read of them: areas, pages, \
         articles, headlines, text; ours reads what else there is too (decks, bylines, dates, pictures, links, \
         warnings) and finds out charset and skin, which the scraper is told"
            .to_owned(),
        format!("the peer is scraper.py: {}", venv::versions(&["beautifulsoup4", "lxml"])?),
    ];
    for skin in SKINS {
        let list = documents(&folder, skin)?;
        let mut ours = Command::new(super::example("reading_speed"));
        let mut ours = Answering::start("reading_speed", ours.arg(&list))?;
        let script = workspace::root().join("xtask/src/bench/scraper.py");
        let mut theirs = Answering::start("scraper.py", Command::new(&python).arg(script).arg(&list))?;
        let listed = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
        for kind in ["page", "article"] {
            let many = listed.lines().filter(|line| line.starts_with(kind)).count();
            let found = [ask(&mut ours, kind)?.1, ask(&mut theirs, kind)?.1];
            same(&found, kind, skin)?;
            notes.push(format!("{skin}, {many} {kind}s: {}, both", words(&found[0])));
            let each = |answering: &mut Answering| {
                ask(answering, kind).map(|(seconds, _)| seconds * 1000.0 / many as f64)
            };
            let kanbao = Contender::new("kanbao", || each(&mut ours));
            let soup = Contender::new("BeautifulSoup + lxml", || each(&mut theirs));
            let mut samples = interleaved(vec![kanbao, soup], ROUNDS).into_iter();
            let ours = samples.next().ok_or("nothing was measured")?;
            notes.push(format!("{skin}, {kind}s: {} a second on one core", per_second(&ours)));
            let goals = vec![Goal::Times(0.1)];
            rows.push(Row { what: format!("{kind}, {skin} skin"), ours, peers: samples.collect(), goals });
        }
    }
    Ok(vec![Table { title: "Reading a document".to_owned(), unit: "ms a document", rows, notes }])
}

/// What each found, in [`FOUND`]'s order.
type Counts = Vec<u64>;

const FOUND: [&str; 5] = ["areas", "links to pages", "articles of the page", "headlines", "characters"];

fn ask(answering: &mut Answering, kind: &str) -> Result<(f64, Counts), String> {
    let answer = answering.ask(kind, PATIENCE)?;
    let mut fields = answer.split('\t');
    let seconds = fields.next().and_then(|seconds| seconds.parse().ok());
    let counts: Option<Counts> = fields.map(|count| count.parse().ok()).collect();
    match (seconds, counts) {
        (Some(seconds), Some(counts)) if counts.len() == FOUND.len() => Ok((seconds, counts)),
        _ => Err(format!("{answer:?} is no answer to {kind:?}")),
    }
}

/// A comparison of two that do not find the same would be none.
fn same([ours, theirs]: &[Counts; 2], kind: &str, skin: &str) -> Result<(), String> {
    for (at, name) in FOUND.iter().enumerate() {
        let (a, b) = (ours[at] as f64, theirs[at] as f64);
        let alike =
            if *name == "characters" { (a - b).abs() <= SAME_TEXT * b } else { ours[at] == theirs[at] };
        if !alike {
            return Err(format!("{kind}s of the {skin} skin: we find {a} {name}, the scraper {b}"));
        }
    }
    if ours.iter().sum::<u64>() == 0 {
        return Err(format!("nothing was found in any {kind} of the {skin} skin"));
    }
    Ok(())
}

fn words(counts: &[u64]) -> String {
    let found = FOUND.iter().zip(counts).filter(|(_, count)| **count > 0);
    found.map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}

fn per_second(sample: &Sample) -> String {
    sample.median().map_or("none".to_owned(), |milliseconds| format!("{:.0}", 1000.0 / milliseconds))
}

/// Has the press write a skin's documents, of every issue there is, and lists the pages and articles among them.
fn documents(folder: &Path, skin: &str) -> Result<PathBuf, String> {
    let mut press = Command::new(workspace::program(true, "kanbao-press"));
    press.arg("--paper").arg(workspace::root().join("src-tauri/crates/press/paper"));
    process::run(press.args(["--skin", skin, "--documents"]).arg(folder))?;
    let written = folder.join(skin);
    let all =
        fs::read_to_string(written.join("addresses.tsv")).map_err(|error| format!("{skin}: {error}"))?;
    let mut list = String::new();
    for line in all.lines() {
        let [file, content_type, address] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{skin}: {line:?} is not understood"));
        };
        let name = address.rsplit('/').next().unwrap_or_default();
        let kind = if name.starts_with("node_") {
            "page"
        } else if name.starts_with("content_") {
            "article"
        } else {
            continue;
        };
        let file = written.join(file);
        list.push_str(&format!("{kind}\t{content_type}\t{address}\t{}\n", file.display()));
    }
    let path = folder.join(format!("{skin}.tsv"));
    fs::write(&path, list).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_find_less_are_not_compared() {
        let ours = vec![10, 4, 9, 0, 1000];
        assert!(same(&[ours.clone(), vec![10, 4, 9, 0, 1040]], "page", "div").is_ok());
        let problem = same(&[ours.clone(), vec![10, 4, 8, 0, 1000]], "page", "div").unwrap_err();
        assert_eq!(problem, "pages of the div skin: we find 9 articles of the page, the scraper 8");
        assert!(same(&[ours, vec![10, 4, 9, 0, 1100]], "page", "div").is_err());
        assert!(same(&[vec![0; 5], vec![0; 5]], "page", "div").is_err());
    }
}
