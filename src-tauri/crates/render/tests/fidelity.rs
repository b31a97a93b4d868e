//! What is drawn of PDFs beside what pdfium and `MuPDF` draw, kept in `references/pages.tsv` as 32 x 32 greys a page.
//!
//! A page is as theirs if no field of it differs by more than [`MOST_APART`] of 255, nor all of them by more than
//! [`MEAN_APART`] on the average. Every page that is not has its reason in [`DIFFERENT`], and a reason that is no longer
//! needed is a failure too.

use kanbao_render::{Cut, Sheet};
use std::path::{Path, PathBuf};

const GRID: usize = 32;

/// A hair line, a point of type, an edge that falls on the other pixel: what smoothing leaves of those.
const MOST_APART: u8 = 24;
const MEAN_APART: f64 = 2.0;

/// As `make.py` draws them.
const SIDE: f64 = 1024.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Engine {
    Pdfium,
    Mupdf,
}

/// hayro turns inks to light by a printer's profile, pdfium by a table of its own, this `MuPDF`, built without profiles, by
/// subtraction.
const INKS: &str = "inks become light by another rule";

const MASK: &str = "what a soft mask says outside its own box: MuPDF alone, pdfium draws it as here";

/// The file, the engine whose drawing is another, and why.
const DIFFERENT: &[(&str, Engine, &str)] = &[
    ("page-with-pdf/02.pdf", Engine::Pdfium, INKS),
    ("page-with-pdf/02.pdf", Engine::Mupdf, INKS),
    ("pdf-corpus/cmykjpeg.pdf", Engine::Mupdf, INKS),
    (
        "pdf-corpus/encrypted-attachment.pdf",
        Engine::Pdfium,
        "hayro does not read a file of which the attachment alone is encrypted",
    ),
    (
        "pdf-corpus/function_based_shading.pdf",
        Engine::Mupdf,
        "the shading's edge and steps; as pdfium draws it here",
    ),
    ("pdf-corpus/function_based_shading_cmyk.pdf", Engine::Pdfium, INKS),
    ("pdf-corpus/function_based_shading_cmyk.pdf", Engine::Mupdf, INKS),
    (
        "pdf-corpus/jbig2_file_header.pdf",
        Engine::Mupdf,
        "MuPDF takes the file's header for data and draws black; white here and in pdfium",
    ),
    (
        "pdf-corpus/jpx_smaskindata.pdf",
        Engine::Pdfium,
        "a mask inside JPEG 2000 is used by each engine in its own way, by pdfium not at all",
    ),
    (
        "pdf-corpus/jpx_smaskindata.pdf",
        Engine::Mupdf,
        "a mask inside JPEG 2000 is used by each engine in its own way",
    ),
    (
        "pdf-corpus/noembed-identity-2.pdf",
        Engine::Pdfium,
        "a font that is not embedded: another one stands in for it, with other widths",
    ),
    (
        "pdf-corpus/nonisolated_blend_smask.pdf",
        Engine::Pdfium,
        "hayro does not blend within groups that are not isolated; its readme says so",
    ),
    (
        "pdf-corpus/nonisolated_blend_smask.pdf",
        Engine::Mupdf,
        "hayro does not blend within groups that are not isolated; its readme says so",
    ),
    ("pdf-corpus/poppler-85140-0.pdf", Engine::Pdfium, "pdfium finds a page in the damaged file, hayro none"),
    ("pdf-corpus/smask_alpha_oob.pdf", Engine::Mupdf, MASK),
    ("pdf-corpus/smask_alpha_oob_transfer.pdf", Engine::Mupdf, MASK),
    ("pdf-corpus/smask_luminosity_oob_transfer.pdf", Engine::Mupdf, MASK),
    (
        "pdf-corpus/tiling-pattern-large-steps.pdf",
        Engine::Pdfium,
        "the edge of a tile larger than what it fills; the engines differ among themselves",
    ),
    (
        "pdf-corpus/tiling-pattern-large-steps.pdf",
        Engine::Mupdf,
        "the edge of a tile larger than what it fills; the engines differ among themselves",
    ),
    (
        "pdf-corpus/tiling_patterns_variations.pdf",
        Engine::Pdfium,
        "pdfium leaves out tiles that MuPDF and hayro draw",
    ),
    ("pdf-corpus/transparent.pdf", Engine::Mupdf, "MuPDF alone: pdfium draws it as here"),
    ("pdf-corpus/xobject-image.pdf", Engine::Mupdf, "MuPDF alone: pdfium draws it as here"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// Where a file of the table is: the press's in the repository, the others beside it, where they are.
fn find(name: &str) -> Option<PathBuf> {
    let press = root().join("src-tauri/crates/press/paper/slrb");
    let captures = root().join("../shared/captures");
    [press, captures].into_iter().map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn greys(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = std::fs::read(path).unwrap();
    let sheet = Sheet::open(bytes).map_err(|error| error.to_string())?;
    let (width, height) = sheet.size();
    let across = (width * SIDE / width.max(height)).round().max(1.0);
    let page = sheet.cut(Cut::WHOLE, across as u32).map_err(|error| error.to_string())?;
    let (width, height) = (page.width as usize, page.height as usize);
    // The mean of each field; a pixel on a border belongs to both in part.
    let covered = |index: usize, length: usize, field: usize| {
        let step = length as f64 / GRID as f64;
        let (from, until) = (field as f64 * step, (field + 1) as f64 * step);
        (until.min(index as f64 + 1.0) - from.max(index as f64)).max(0.0)
    };
    let fields = (0..GRID).flat_map(|row| (0..GRID).map(move |column| (column, row)));
    let mean = |(column, row): (usize, usize)| {
        let span = |field: usize, length: usize| field * length / GRID..((field + 1) * length).div_ceil(GRID);
        let (mut sum, mut weight) = (0.0, 0.0);
        for y in span(row, height) {
            for x in span(column, width) {
                let part = covered(x, width, column) * covered(y, height, row);
                let at = (y * width + x) * 3;
                let [r, g, b] = [0, 1, 2].map(|channel| f64::from(page.rgb[at + channel]));
                sum += part * (0.299 * r + 0.587 * g + 0.114 * b);
                weight += part;
            }
        }
        (sum / weight).round() as u8
    };
    Ok(fields.map(mean).collect())
}

fn read(hexadecimal: &str) -> Option<Vec<u8>> {
    let byte = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
    (hexadecimal != "-").then(|| (0..hexadecimal.len()).step_by(2).map(byte).collect())
}

/// How two drawings differ, in words, if they do; what one of them refused is different when the other did not.
fn difference(ours: &Result<Vec<u8>, String>, theirs: Option<&Vec<u8>>) -> Option<String> {
    match (ours, theirs) {
        (Ok(ours), Some(theirs)) => {
            let apart: Vec<u8> =
                ours.iter().zip(theirs).map(|(ours, theirs)| ours.abs_diff(*theirs)).collect();
            let mean = apart.iter().map(|&apart| f64::from(apart)).sum::<f64>() / apart.len() as f64;
            let most = apart.iter().max().copied().unwrap_or(0);
            (most > MOST_APART || mean > MEAN_APART)
                .then(|| format!("at most {most}, {mean:.2} on the average"))
        }
        // Nothing to compare with: they refuse the file, or go in circles.
        (_, None) => None,
        (Err(error), Some(_)) => Some(format!("refused here ({error}), drawn there")),
    }
}

#[test]
fn pages_are_drawn_as_pdfium_and_mupdf_draw_them_or_it_is_known_why_not() {
    let table = include_str!("references/pages.tsv");
    let mut wrong = Vec::new();
    let mut compared = 0;
    let mut missing = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [name, pdfium, mupdf] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not a line of the table: {line}")
        };
        let Some(path) = find(name) else {
            missing += 1;
            continue;
        };
        compared += 1;
        let ours = greys(&path);
        for (engine, theirs) in [(Engine::Pdfium, read(pdfium)), (Engine::Mupdf, read(mupdf))] {
            let reason = DIFFERENT.iter().find(|(file, than, _)| *file == name && *than == engine);
            match (difference(&ours, theirs.as_ref()), reason) {
                (Some(difference), None) => wrong.push(format!("{name} {engine:?}: {difference}")),
                (None, Some((_, _, reason))) => {
                    wrong.push(format!(
                        "{name} {engine:?}: no longer different, but the table says: {reason}"
                    ));
                }
                _ => {}
            }
        }
    }
    if missing > 0 {
        println!("skipped: {missing} files of ../shared/captures are not here");
    }
    assert!(compared >= 2, "the press's own pages are always here");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
