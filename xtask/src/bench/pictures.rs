//! A page's picture of 24 megapixels to its preview, and to every tile of a pyramid, beside libvips.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::sample::{Contender, Rounds, interleaved};
use super::table::{Goal, Row, Table};
use super::whole;
use crate::{process, workspace};

const ROUNDS: Rounds = Rounds { warming: 1, least: 5, most: 21, within: Duration::from_secs(40) };

/// 4101 x 5860 pixels, 24.0 million: the sample's front page as the largest sites send theirs.
const PAGE: &str = "src-tauri/crates/press/paper/slrb/2026-11-24/01.pdf";
const WIDTH: &str = "4101";

/// As wide as the window asks for it.
const PREVIEW: &str = "700";

pub(crate) fn take() -> Result<Vec<Table>, String> {
    super::build()?;
    let program = super::example("drawing_speed");
    let folder = super::folder()?.join("pictures");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let picture = folder.join("page.jpg");
    let page = workspace::root().join(PAGE);
    process::run(Command::new(&program).arg("picture").arg(page).arg(WIDTH).arg(&picture))?;

    let (ours, theirs) = (folder.join("preview-kanbao.jpg"), folder.join("preview-vips.jpg"));
    let kanbao = Contender::new("kanbao", || {
        whole::milliseconds(Command::new(&program).arg("preview").arg(&picture).arg(PREVIEW).arg(&ours))
    });
    let vips = Contender::new("libvips", || {
        let mut thumbnail = Command::new("vipsthumbnail");
        // The height is whatever the width makes it.
        thumbnail.arg(&picture).args(["--size", &format!("{PREVIEW}x100000"), "-o"]);
        whole::milliseconds(thumbnail.arg(format!("{}[Q=75]", theirs.display())).env("VIPS_CONCURRENCY", "1"))
    });
    let mut rows = vec![row("preview, 1 thread".to_owned(), vec![kanbao, vips])?];

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut counts = vec![1, cores];
    counts.dedup();
    let (ours, theirs) = (folder.join("pyramid-kanbao"), folder.join("pyramid-vips"));
    for threads in counts {
        let threads = threads.to_string();
        let kanbao = Contender::new("kanbao", || {
            empty(&ours)?;
            let mut pyramid = Command::new(&program);
            whole::milliseconds(pyramid.arg("pyramid").arg(&picture).arg(&threads).arg(&ours))
        });
        let vips = Contender::new("libvips", || {
            empty(&theirs)?;
            let mut save = Command::new("vips");
            save.arg("dzsave").arg(&picture).arg(theirs.join("page"));
            save.args([
                "--tile-size",
                "1024",
                "--overlap",
                "0",
                "--depth",
                "onetile",
                "--suffix",
                ".jpg[Q=75]",
            ]);
            whole::milliseconds(save.env("VIPS_CONCURRENCY", &threads))
        });
        rows.push(row(format!("every tile, {threads} threads"), vec![kanbao, vips])?);
    }
    let version = process::ask_version(Command::new("vips").arg("--version")).unwrap_or_default();
    let megabytes = fs::metadata(&picture).map_or(0.0, |about| about.len() as f64 / 1e6);
    let notes = vec![
        format!(
            "whole processes, from a JPEG of 24.0 million pixels and {megabytes:.1} MB to JPEGs of quality 75"
        ),
        format!(
            "preview: {PREVIEW} pixels wide; tiles: 1024 x 1024, sizes halved until one tile holds the page: {} of \
             ours, {} of libvips'",
            jpegs(&ours),
            jpegs(&theirs)
        ),
        format!("the peer is {version}: vipsthumbnail, and vips dzsave"),
    ];
    Ok(vec![Table { title: "A picture of 24 megapixels".to_owned(), unit: "ms", rows, notes }])
}

fn row(what: String, contenders: Vec<Contender<'_>>) -> Result<Row, String> {
    let mut samples = interleaved(contenders, ROUNDS).into_iter();
    let ours = samples.next().ok_or("nothing was measured")?;
    Ok(Row { what, ours, peers: samples.collect(), goals: vec![Goal::Times(1.0)] })
}

fn empty(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)
}

/// How many tiles lie below a folder.
fn jpegs(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().map_while(Result::ok).map(|entry| entry.path());
    let count = |path: std::path::PathBuf| {
        if path.is_dir() { jpegs(&path) } else { usize::from(path.extension().is_some_and(|e| e == "jpg")) }
    };
    entries.map(count).sum()
}
