//! The reader: an issue, its pages, an article.

use super::{now, off_the_window};
use crate::error::{AppError, ErrorCode, Result};
use crate::page_protocol;
use crate::reader::{Opened, Reader};
use crate::script::Written;
use crate::sheets::{Wanted, find_page, parse_date};
use crate::view::{ArticleView, IssueView, PlaceView, Script, SheetView};
use kanbao_library::ArticleId;
use kanbao_newspaper::{Date, is_web_address};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

/// The article as the window shows it, and its date.
pub(super) fn shown(reader: &Reader, id: &str) -> Result<(ArticleId, ArticleView, Date)> {
    let no_such = || AppError::new(ErrorCode::NoSuchArticle, format!("{id:?} is not an article"));
    let id: ArticleId = id.parse().map_err(|_| no_such())?;
    let kept = reader.library.article(id)?;
    let date = kept.date;
    Ok((id, ArticleView::new(kept).in_script(Script::chosen(&reader.library)), date))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_issue(
    opened: State<'_, Opened>,
    publication: String,
    date: String,
) -> Result<IssueView> {
    off_the_window(&opened, move |reader| {
        let library = &reader.library;
        let date = parse_date(&date)?;
        let name = library.publication(&publication)?.name;
        let issue = library.issue(&publication, date)?.ok_or_else(|| {
            AppError::new(ErrorCode::NoSuchIssue, format!("{name} of {date} is not in the library"))
        })?;
        let neighbours =
            library.dates_beside(&publication, date)?.map(|date| date.map(|date| date.to_string()));
        let (links, place) = (library.site_links(&publication)?, library.place(&publication, date)?);
        Ok(IssueView::new(name, issue, neighbours, links, place).in_script(Script::chosen(library)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_sheet(
    opened: State<'_, Opened>,
    publication: String,
    date: String,
    page: String,
) -> Result<SheetView> {
    off_the_window(&opened, move |reader| {
        let page = find_page(&reader.library, &publication, parse_date(&date)?, &page)?;
        let sheet = reader.sheets.of_page(&reader.library, &page)?;
        // A picture that cannot be decoded is told now, not tile by tile.
        sheet.prepare()?;
        Ok(SheetView::new(&sheet))
    })
    .await
}

/// Says which pages are on the desk, and which lie to either side of them and are made ready. What waits to be drawn of
/// others is dropped.
#[tauri::command]
#[specta::specta]
pub(crate) async fn want_pages(
    opened: State<'_, Opened>,
    publication: String,
    date: String,
    shown: Vec<String>,
    beside: Vec<String>,
) -> Result<()> {
    off_the_window(&opened, move |reader| {
        let date = parse_date(&date)?;
        let wanted = Wanted { publication, date, shown, beside };
        reader.sheets.want(wanted.clone());
        page_protocol::make_ready(reader, wanted);
        Ok(())
    })
    .await
}

/// Gives an article's text and marks it read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_article(opened: State<'_, Opened>, id: String) -> Result<ArticleView> {
    off_the_window(&opened, move |reader| {
        let (id, article, _) = shown(reader, &id)?;
        // The text is there before the disk has the mark. A library that cannot be written now, a full disk say, can
        // still be read.
        let library = reader.library.clone();
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(error) = library.mark_read(id) {
                tracing::warn!(%id, %error, "the article was not marked read");
            }
        });
        Ok(article)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_place(
    opened: State<'_, Opened>,
    publication: String,
    date: String,
    place: PlaceView,
) -> Result<()> {
    off_the_window(&opened, move |reader| {
        Ok(reader.library.set_place(&publication, parse_date(&date)?, &place.into_place(), &now())?)
    })
    .await
}

/// Opens a page of the publisher's site in the system's browser: http and https, nothing else.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_in_browser(app: AppHandle, url: String) -> Result<()> {
    if !is_web_address(&url) {
        return Err(AppError::new(ErrorCode::BadAddress, format!("{url:?} is not a web address")));
    }
    app.opener()
        .open_url(url, None::<&str>)
        .map_err(|error| AppError::new(ErrorCode::Failed, error.to_string()))
}
