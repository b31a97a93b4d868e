//! `kanbao render` beside `mutool draw`: the same page to a PNG file of the same width, as whole processes.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::sample::{Contender, Rounds, interleaved};
use super::table::{Goal, Row, Table};
use super::whole;
use crate::{process, workspace};

/// Wide enough that a broadsheet is 4400 pixels high, at which a comma of 9-point type has its shape.
const WIDTH: &str = "3178";

const ROUNDS: Rounds = Rounds { warming: 1, least: 5, most: 21, within: Duration::from_secs(40) };

/// The sample's pages: what is inside the program is there on every machine.
const PAPER: &str = "src-tauri/crates/press/paper/slrb/2026-11-24";
const PAGES: [&str; 4] = ["01", "02", "03", "04"];

pub(crate) fn take() -> Result<Vec<Table>, String> {
    super::build()?;
    let folder = super::folder()?.join("render");
    // A library of another version of the program would be another test.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let library = folder.join("library");
    process::run(kanbao(&library).args(["add", "http://sample.kanbao.invalid/slrb/index.htm"]))?;
    process::run(kanbao(&library).args(["sync", "--latest", "1"]))?;

    let mut rows = Vec::new();
    let mut sizes = Vec::new();
    for page in PAGES {
        let (ours, theirs) =
            (folder.join(format!("{page}-kanbao.png")), folder.join(format!("{page}-mutool.png")));
        let render = Contender::new("kanbao render", || {
            let mut render = kanbao(&library);
            render.args(["render", "slrb", "2026-11-24", page, "--width", WIDTH, "-o"]).arg(&ours);
            whole::milliseconds(&mut render)
        });
        let draw = Contender::new("mutool draw", || {
            let pdf = workspace::root().join(PAPER).join(format!("{page}.pdf"));
            let mut draw = Command::new("mutool");
            draw.args(["draw", "-q", "-w", WIDTH, "-c", "rgb", "-F", "png", "-o"])
                .arg(&theirs)
                .arg(pdf)
                .arg("1");
            whole::milliseconds(&mut draw)
        });
        let mut samples = interleaved(vec![render, draw], ROUNDS).into_iter();
        let ours_sample = samples.next().ok_or("nothing was measured")?;
        rows.push(Row {
            what: format!("示例日报, page {page}"),
            ours: ours_sample,
            peers: samples.collect(),
            goals: vec![Goal::Times(1.0)],
        });
        sizes.push(format!("{page}: {} and {}", size(&ours), size(&theirs)));
    }
    let version = process::ask_version(Command::new("mutool").arg("-v")).unwrap_or_default();
    let notes = vec![
        format!("pages of the sample's newest issue, {WIDTH} pixels wide; the peer is {}", version),
        format!("sizes of the files in kB, ours and mutool's; {}", sizes.join(", ")),
    ];
    Ok(vec![Table { title: "PDF page to a PNG file, whole process".to_owned(), unit: "ms", rows, notes }])
}

fn kanbao(library: &Path) -> Command {
    let mut kanbao = Command::new(workspace::program(true, "kanbao"));
    kanbao.arg("--quiet").arg("--library").arg(library);
    kanbao
}

fn size(file: &Path) -> String {
    fs::metadata(file).map_or("none".to_owned(), |about| format!("{}", about.len() / 1000))
}
