//! Sharing: an article's words and pictures leave the program with where they are from and whose they are.

use super::off_the_window;
use super::reader::shown;
use crate::citation;
use crate::clipboard::Clipboard;
use crate::error::{AppError, ErrorCode, Result};
use crate::pictures;
use crate::reader::Opened;
use crate::sheets::{find_page, parse_date};
use crate::view::{CopyWhat, SavedPicture, Script};
use kanbao_library::{Page, Region};
use kanbao_newspaper::is_web_address;
use kanbao_render::{Bitmap, Caption, Cut, Sheet, captioned, keep_within};
use tauri::{AppHandle, Manager, State};
use tauri_plugin_opener::OpenerExt;

/// How wide the whole page would be that an article is cut out of: its text is then as sharp as a printed one.
const CUT_PAGE_WIDTH: u32 = 3600;

/// How wide a whole page is saved.
const PAGE_WIDTH: u32 = 2400;

/// Around a cut-out, in fractions of the page: outlines are drawn tight.
const MARGIN: f64 = 0.006;

/// Puts an article's text, its citation or its link on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_article(
    app: AppHandle,
    opened: State<'_, Opened>,
    id: String,
    what: CopyWhat,
) -> Result<()> {
    off_the_window(&opened, move |reader| {
        let (_, article, date) = shown(reader, &id)?;
        let text = match what {
            CopyWhat::Text => citation::text(&article, date),
            CopyWhat::Citation => citation::citation(&article, date),
            CopyWhat::Link if is_web_address(&article.url) => article.url,
            CopyWhat::Link => {
                let words = format!("{:?} is not a web address", article.url);
                return Err(AppError::new(ErrorCode::BadAddress, words));
            }
        };
        app.state::<Clipboard>().set_text(&text)
    })
    .await
}

/// Saves what is printed of an article, from all its pages, as a picture with its origin below.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_article_picture(opened: State<'_, Opened>, id: String) -> Result<SavedPicture> {
    off_the_window(&opened, move |reader| {
        let (id, article, date) = shown(reader, &id)?;
        let mut pieces = Vec::new();
        for number in &article.pages {
            let page = find_page(&reader.library, &article.publication, date, number)?;
            let regions: Vec<&Region> = page.regions.iter().filter(|region| region.article == id).collect();
            if !regions.is_empty() {
                pieces.push(cut_out(&reader.sheets.of_page(&reader.library, &page)?, &regions)?);
            }
        }
        if pieces.is_empty() {
            let words = format!("article {id} has no region on a page: save its page instead");
            return Err(AppError::new(ErrorCode::NoRegion, words));
        }
        let caption = Caption {
            headline: article.headline.clone(),
            origin: citation::origin(&article.publication_name, date, &article.pages),
            copyright: article.copyright.clone().unwrap_or_default(),
        };
        let name =
            pictures::name(&article.publication_name, &article.date, &article.pages, &article.headline);
        save(pieces, caption, &name)
    })
    .await
}

/// Saves a whole page as a picture with its origin below.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_page_picture(
    opened: State<'_, Opened>,
    publication: String,
    date: String,
    page: String,
) -> Result<SavedPicture> {
    off_the_window(&opened, move |reader| {
        let day = parse_date(&date)?;
        let page: Page = find_page(&reader.library, &publication, day, &page)?;
        let script = Script::chosen(&reader.library);
        let title = script.convert(&reader.library.publication(&publication)?.name);
        let copyright = reader.library.issue(&publication, day)?.and_then(|issue| issue.copyright);
        let sheet = reader.sheets.of_page(&reader.library, &page)?;
        let picture = sheet.cut(Cut::WHOLE, sheet.full_size().width.min(PAGE_WIDTH))?;
        let (number, section) = ([page.number], script.convert(&page.name));
        let origin = citation::origin(&title, day, &number);
        let caption = Caption {
            headline: String::new(),
            origin: format!("{origin} {section}").trim_end().to_owned(),
            copyright: copyright.unwrap_or_default(),
        };
        save(vec![picture], caption, &pictures::name(&title, &date, &number, &section))
    })
    .await
}

/// Shows the folder of saved pictures in the system's own way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_saved_pictures(app: AppHandle) -> Result<()> {
    let folder = pictures::folder()?;
    app.opener()
        .open_path(folder.to_string_lossy(), None::<&str>)
        .map_err(|error| AppError::new(ErrorCode::Failed, format!("{}: {error}", folder.display())))
}

/// The part of a page that regions of one article cover, its neighbours left out.
fn cut_out(sheet: &Sheet, regions: &[&Region]) -> Result<Bitmap> {
    let cut = around(regions);
    let page_width = f64::from(sheet.full_size().width.min(CUT_PAGE_WIDTH));
    let mut bitmap = sheet.cut(cut, (cut.width * page_width).round().max(1.0) as u32)?;
    let outlines: Vec<_> = regions
        .iter()
        .map(|region| {
            let corners = region.polygon.corners().iter();
            corners.map(|corner| ((corner.x - cut.x) / cut.width, (corner.y - cut.y) / cut.height)).collect()
        })
        .collect();
    keep_within(&mut bitmap, &outlines, (MARGIN * page_width) as f32)?;
    Ok(bitmap)
}

/// The smallest upright part of the page that holds regions and a margin around them.
fn around(regions: &[&Region]) -> Cut {
    let bounds = regions.iter().map(|region| region.polygon.bounds());
    let (left, top, right, bottom) =
        bounds.fold((1.0_f64, 1.0_f64, 0.0_f64, 0.0_f64), |sum, (x, y, width, height)| {
            (sum.0.min(x), sum.1.min(y), sum.2.max(x + width), sum.3.max(y + height))
        });
    let (x, y) = ((left - MARGIN).max(0.0), (top - MARGIN).max(0.0));
    Cut { x, y, width: (right + MARGIN).min(1.0) - x, height: (bottom + MARGIN).min(1.0) - y }
}

fn save(pieces: Vec<Bitmap>, caption: Caption, name: &str) -> Result<SavedPicture> {
    let picture = captioned(pieces, caption)?.png()?;
    let folder = pictures::folder()?;
    let path = pictures::save(&folder, name, &picture)?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(SavedPicture { file, folder: folder.to_string_lossy().into_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kanbao_newspaper::{Point, Polygon};

    #[test]
    fn a_cut_out_holds_every_region_and_stays_on_the_page() {
        let region = |x: f64, y: f64, width: f64, height: f64| {
            let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
            let polygon = Polygon::new(corners.map(|(x, y)| Point { x, y })).unwrap();
            Region { article: "2026112400001".parse().unwrap(), polygon }
        };
        let (first, second) = (region(0.0, 0.1, 0.4, 0.2), region(0.3, 0.5, 0.2, 0.5));
        let cut = around(&[&first, &second]);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(cut.x, 0.0) && near(cut.y, 0.1 - MARGIN), "{cut:?}");
        assert!(near(cut.width, 0.5 + MARGIN) && near(cut.y + cut.height, 1.0), "{cut:?}");
    }
}
