//! `kanbao render`: a page, or a part of it, into a PNG file.

use crate::arguments::Render;
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use kanbao_library::{BlobHash, Library, Page};
use kanbao_render::{Cut, Sheet};
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context, arguments: &Render) -> Result<ExitCode, CliError> {
    let library = context.library()?;
    let publication = library.publication(&arguments.publication)?.id;
    let date = arguments.date;
    let issue = library
        .issue(&publication, date)?
        .ok_or_else(|| CliError::NoSuchIssue { publication: publication.clone(), date })?;
    let page = issue.pages.iter().find(|page| page.number == arguments.page).ok_or_else(|| {
        let known = issue.pages.iter().map(|page| page.number.as_str()).collect::<Vec<_>>().join(", ");
        CliError::NoSuchPage { publication, date, page: arguments.page.clone(), known }
    })?;
    let mut sheet = sharpest(&library, page)?;
    if arguments.night {
        sheet = sheet.at_night(sheet.photographs()?);
    }
    let cut = arguments.rect.map_or(Cut::WHOLE, |[x, y, width, height]| Cut { x, y, width, height });
    let bitmap = sheet.cut(cut, arguments.width)?;
    let png = bitmap.png()?;
    write_whole(&arguments.output, &png)?;
    if context.json {
        output::json(&json!({ "file": arguments.output, "width": bitmap.width, "height": bitmap.height }));
    } else if !context.quiet {
        eprintln!("{}: {}x{} pixels", arguments.output, bitmap.width, bitmap.height);
    }
    if sheet.is_cut_short() && !context.quiet {
        eprintln!("page {}: the picture's file ends too early; what is missing is white", page.number);
    }
    Ok(ExitCode::SUCCESS)
}

/// The page's PDF, laid so that fractions of it are its picture's, as regions have them; without one, its picture.
fn sharpest(library: &Library, page: &Page) -> Result<Sheet, CliError> {
    let open = |blob: &BlobHash| -> Result<Sheet, CliError> { Ok(Sheet::open(library.blob(blob)?)?) };
    let Some(pdf) = &page.pdf else {
        let nothing = || CliError::NothingToDraw { page: page.number.clone() };
        return open(page.picture.as_ref().ok_or_else(nothing)?);
    };
    let pdf = open(pdf)?;
    // A picture that is broken does not keep the PDF from being drawn.
    let picture = page.picture.as_ref().and_then(|picture| open(picture).ok());
    let frame = picture.and_then(|picture| pdf.place_of(&picture).ok().flatten());
    Ok(frame.map_or(pdf.clone(), |frame| pdf.framed(&frame)))
}

/// Writes beside the target and renames, so that a full disk leaves what was there before.
fn write_whole(path: &camino::Utf8Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |source: std::io::Error| CliError::Unwritable { path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(".".into());
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    std::io::Write::write_all(&mut file, bytes).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
