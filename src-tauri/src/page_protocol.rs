//! `page://`: pictures for the window, drawn off the main thread and few at a time.
//!
//! `/{publication}/{date}/{number}/preview` is the page small, at once, `cover` the same picture among many and
//! `thumbnail` a smaller one, which both wait for their turn; `/{publication}/{date}/{number}/tile/
//! {width}x{height}/{x}/{y}` a tile of it drawn so large, and both in the night colours behind `night/`, as in
//! `/{publication}/{date}/{number}/night/preview`; `/article/{id}/picture/{n}` is a picture of an article.

use crate::error::{AppError, ErrorCode, Result};
use crate::reader::{Opened, Reader};
use crate::sheets::{Drawn, Wanted, find_page, parse_date};
use kanbao_library::{ArticleId, Page};
use kanbao_render::{Cut, Kind, Sheet, Size};
use percent_encoding::percent_decode_str;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};
use tokio::sync::Semaphore;

pub(crate) const SCHEME: &str = "page";

/// A page drawn small: no wider than so many pixels, and the site's own picture as it is up to so many bytes.
struct Small {
    width: u32,
    bytes: usize,
}

/// It is there to be there at once.
const PREVIEW: Small = Small { width: 700, bytes: 300 << 10 };

/// An issue's list of pages shows a hundred, three screen's pixels to one of its own at the most; the window keeps
/// them decoded.
const THUMBNAIL: Small = Small { width: 240, bytes: 64 << 10 };

/// Drawings that may wait; a viewer in trouble asks again.
const MOST_WAITING: usize = 256;

/// The page that was asked for comes first, and all of it.
const BEFORE_MAKING_READY: Duration = Duration::from_millis(150);

/// Drawings at once: what the machine has, less one for the window.
static DRAWING: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    Semaphore::new(cores.saturating_sub(1).max(1))
});
/// Covers of a newsstand and of an issue's list of pages, dozens of them, are drawn one after the other beside what is read.
static LISTED: Semaphore = Semaphore::const_new(1);
static WAITING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(MOST_WAITING));

#[derive(Clone, Copy)]
enum Colours {
    Day,
    Night,
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that Tauri calls")]
pub(crate) fn respond(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let Ok(reader) = context.app_handle().state::<Opened>().reader().cloned() else {
        return responder.respond(plain(StatusCode::NOT_FOUND, "no library is open"));
    };
    let path = request.uri().path().to_owned();
    tauri::async_runtime::spawn(async move {
        let Ok(_waiting) = WAITING.try_acquire() else {
            return responder.respond(plain(StatusCode::SERVICE_UNAVAILABLE, "too many pictures at once"));
        };
        let is_listed = path.ends_with("/cover") || path.ends_with("/thumbnail");
        let turn: &Semaphore = if is_listed { &LISTED } else { &DRAWING };
        let Ok(_drawing) = turn.acquire().await else {
            return responder.respond(plain(StatusCode::SERVICE_UNAVAILABLE, "closing"));
        };
        let drawn = tauri::async_runtime::spawn_blocking(move || draw(&reader, &path)).await;
        responder.respond(match drawn {
            Ok(Ok(picture)) => answer(picture),
            Ok(Err(error)) => {
                let missing = matches!(error.code, ErrorCode::NoSuchIssue | ErrorCode::NoSuchArticle);
                let status = if missing { StatusCode::NOT_FOUND } else { StatusCode::UNPROCESSABLE_ENTITY };
                plain(status, &error.detail)
            }
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the drawing was stopped"),
        });
    });
}

fn draw(reader: &Reader, path: &str) -> Result<Drawn> {
    let parts: Vec<String> = path
        .trim_start_matches('/')
        .split('/')
        .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts[..] {
        ["article", id, "picture", number] => article_picture(reader, id, number),
        [publication, date, number, "night", ref what @ ..] => {
            page_picture(reader, [publication, date, number], Colours::Night, what, path)
        }
        [publication, date, number, ref what @ ..] => {
            page_picture(reader, [publication, date, number], Colours::Day, what, path)
        }
        _ => Err(nothing_at(path)),
    }
}

fn page_picture(
    reader: &Reader,
    [publication, date, number]: [&str; 3],
    colours: Colours,
    what: &[&str],
    path: &str,
) -> Result<Drawn> {
    let page = || find_page(&reader.library, publication, parse_date(date)?, number);
    match *what {
        // One picture, whichever of its two names it was asked for by.
        ["preview" | "cover"] => {
            let address = path.rsplit_once('/').map_or(path, |(page, _)| page);
            small(reader, &page()?, colours, &PREVIEW, address)
        }
        ["thumbnail"] => small(reader, &page()?, colours, &THUMBNAIL, path),
        ["tile", size, x, y] => {
            let (width, height) = size.split_once('x').ok_or_else(|| nothing_at(path))?;
            let size = Size { width: number_of(width)?, height: number_of(height)? };
            let at = [number_of(x)?, number_of(y)?];
            // The window cannot take a request back; what waited here may be of a page that was turned since.
            if reader.sheets.was_left(publication, parse_date(date)?, number) {
                return Err(AppError::new(ErrorCode::NoSuchIssue, format!("page {number} was left")));
            }
            let page = page()?;
            reader.sheets.tile(&page, path, || tile(reader, &page, colours, size, at))
        }
        _ => Err(nothing_at(path)),
    }
}

fn nothing_at(path: &str) -> AppError {
    AppError::new(ErrorCode::NoSuchIssue, format!("there is nothing at {path}"))
}

fn number_of(text: &str) -> Result<u32> {
    text.parse().map_err(|_| nothing_at(text))
}

/// `address` is what a drawn one is kept under.
fn small(reader: &Reader, page: &Page, colours: Colours, size: &Small, address: &str) -> Result<Drawn> {
    let thumbnail = match &page.picture {
        Some(blob) => {
            let bytes = reader.library.blob(blob)?;
            media_type(&bytes).filter(|_| bytes.len() <= size.bytes).map(|kind| (bytes, kind))
        }
        None => None,
    };
    let kept = match thumbnail {
        Some((bytes, media_type)) if matches!(colours, Colours::Day) => return Ok(drawn(bytes, media_type)),
        Some((bytes, _)) => Some(bytes),
        None => None,
    };
    reader.sheets.tile(page, address, || {
        // A thumbnail that cannot be decoded is drawn anew from the page.
        let (sheet, width) = match kept.map(Sheet::open) {
            Some(Ok(sheet)) => {
                let width = size.width.min(sheet.full_size().width);
                (sheet, width)
            }
            Some(Err(_)) | None => (reader.sheets.of_page(&reader.library, page)?, size.width),
        };
        drawn_small(&in_colours(reader, page, sheet, colours)?, width)
    })
}

fn drawn_small(sheet: &Sheet, width: u32) -> Result<Drawn> {
    Ok(drawn(sheet.cut(Cut::WHOLE, width)?.jpeg(85)?, "image/jpeg"))
}

fn in_colours(reader: &Reader, page: &Page, sheet: Sheet, colours: Colours) -> Result<Sheet> {
    Ok(match colours {
        Colours::Day => sheet,
        Colours::Night => sheet.at_night(reader.sheets.photographs_of(&reader.library, page)?),
    })
}

fn tile(reader: &Reader, page: &Page, colours: Colours, size: Size, [x, y]: [u32; 2]) -> Result<Drawn> {
    let sheet = reader.sheets.of_page(&reader.library, page)?;
    let kind = sheet.kind();
    let bitmap = in_colours(reader, page, sheet, colours)?.tile(size, x, y)?;
    Ok(match kind {
        // Type wants its edges; a picture was a JPEG before.
        Kind::Pdf => drawn(bitmap.png()?, "image/png"),
        Kind::Picture => drawn(bitmap.jpeg(92)?, "image/jpeg"),
    })
}

fn drawn(bytes: Vec<u8>, media_type: &'static str) -> Drawn {
    Drawn { bytes: Arc::new(bytes), media_type }
}

/// Makes the pages beside those on the desk ready, when nobody waits for a drawing, for as long as they are wanted.
pub(crate) fn make_ready(reader: &Reader, wanted: Wanted) {
    let reader = reader.clone();
    tauri::async_runtime::spawn(async move {
        for number in wanted.beside.clone() {
            tokio::time::sleep(BEFORE_MAKING_READY).await;
            while WAITING.available_permits() < MOST_WAITING {
                tokio::time::sleep(BEFORE_MAKING_READY).await;
            }
            if !reader.sheets.is_current(&wanted) {
                return;
            }
            let (reader, wanted) = (reader.clone(), wanted.clone());
            let made = tauri::async_runtime::spawn_blocking(move || {
                let page = find_page(&reader.library, &wanted.publication, wanted.date, &number)?;
                reader.sheets.make_ready(&reader.library, &page)
            });
            match made.await {
                Ok(Ok(())) => {}
                // Whoever looks at the page is told.
                Ok(Err(error)) => tracing::debug!(%error, "a page was not made ready"),
                Err(error) => tracing::debug!(%error, "a page was not made ready"),
            }
        }
    });
}

fn article_picture(reader: &Reader, id: &str, number: &str) -> Result<Drawn> {
    let missing = || AppError::new(ErrorCode::NoSuchArticle, format!("article {id} has no picture {number}"));
    let id: ArticleId = id.parse().map_err(|_| missing())?;
    let index: usize = number.parse().map_err(|_| missing())?;
    let article = reader.library.article(id)?;
    let blob = article.pictures.get(index).and_then(|picture| picture.blob.as_ref()).ok_or_else(missing)?;
    let bytes = reader.library.blob(blob)?;
    let media_type = media_type(&bytes).ok_or_else(missing)?;
    Ok(drawn(bytes, media_type))
}

/// What the window may be given as it is: told by the first bytes, not by what a server said.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'B', b'M', ..] => Some("image/bmp"),
        _ => None,
    }
}

fn answer(picture: Drawn) -> Response<Vec<u8>> {
    Response::builder()
        .header(header::CONTENT_TYPE, picture.media_type)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        // A page is seldom published anew; long enough for a reading, short enough for that.
        .header(header::CACHE_CONTROL, "private, max-age=300")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .body(Arc::unwrap_or_clone(picture.bytes))
        .unwrap_or_default()
}

fn plain(status: StatusCode, words: &str) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .body(words.as_bytes().to_vec())
        .unwrap_or_default()
}
