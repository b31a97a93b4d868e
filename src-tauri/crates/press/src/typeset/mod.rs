//! Typesetting the invented papers: manuscripts and layouts in, PDFs, pictures and `issue.json` out.
//!
//! Lines are set and articles fitted here rather than by a general typesetter, because a newspaper's
//! text runs through columns of different heights and round its neighbours, and the frames must be
//! known exactly: they are the regions.

mod fonts;
mod ink;
mod layout;
mod manuscript;
mod module;
mod raster;
mod scenes;
mod setter;
mod sheet;

use fonts::Fonts;
use manuscript::Manuscript;
use scenes::Gallery;
use serde_json::{Value, json};
use sheet::{HEIGHT, Made, Maker, WIDTH};
use std::path::{Path, PathBuf};

/// Why an issue could not be typeset.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TypesetError {
    #[error("the font {path} cannot be read ({source}); on Debian: apt-get install {packages}")]
    Font { path: PathBuf, packages: &'static str, source: std::io::Error },
    #[error("{path} is not a font this can use")]
    BadFont { path: PathBuf },
    #[error("{face} has no glyph for {character:?} (U+{:04X}); reword, or choose another face", u32::from(*character))]
    NoGlyph { character: char, face: &'static str },
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{path}: {what}")]
    Manuscript { path: PathBuf, what: String },
    #[error("{path}, line {line}: {what}")]
    Layout { path: PathBuf, line: usize, what: String },
    #[error("the layout names article {id}, which no one has written")]
    NoArticle { id: u32 },
    #[error("article {id} is laid out on no page")]
    NotLaidOut { id: u32 },
    #[error("article {id} does not fit its frame ({height:.0} pt of text): {what}")]
    DoesNotFit { id: u32, height: f32, what: String },
    #[error("{issue} is not printed:\n{}", misfits.join("\n"))]
    Misfits { issue: String, misfits: Vec<String> },
    #[error("page {page}: {source}")]
    Page { page: String, source: Box<TypesetError> },
    #[error("no scene is called {0:?}")]
    NoScene(String),
    #[error("the scene {name:?} is not drawable: {what}")]
    BadScene { name: String, what: String },
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
    #[error("a picture cannot be made: {0}")]
    Raster(String),
}

/// What to typeset, and where to put it.
pub(crate) struct Order {
    /// Holds `{slug}/{date}/articles.toml` and `layout.txt`.
    pub(crate) content: PathBuf,
    pub(crate) paper: PathBuf,
    /// The system's font folder.
    pub(crate) fonts: PathBuf,
    /// Only issues whose "slug/date" contains this.
    pub(crate) only: Option<String>,
    /// Print what does not fit with a blank in its place, to look at while laying out.
    pub(crate) draft: bool,
}

/// Typesets every issue; the same input gives the same bytes. Returns one line an issue, and with
/// `verbose` how every article was made to fit.
pub(crate) fn typeset(order: &Order, verbose: bool) -> Result<Vec<String>, TypesetError> {
    let fonts = Fonts::load(&order.fonts)?;
    let mut told = Vec::new();
    for slug in folders(&order.content)? {
        for date in folders(&order.content.join(&slug))? {
            let name = format!("{slug}/{date}");
            if order.only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
                continue;
            }
            let reports =
                issue(&order.content.join(&name), &order.paper.join(&name), &slug, &fonts, order.draft)?;
            told.push(name);
            if verbose {
                told.extend(reports);
            }
        }
    }
    Ok(told)
}

fn issue(
    content: &Path,
    paper: &Path,
    slug: &str,
    fonts: &Fonts,
    draft: bool,
) -> Result<Vec<String>, TypesetError> {
    let manuscript = Manuscript::read(&content.join("articles.toml"))?;
    let sheets = layout::read(&content.join("layout.txt"))?;
    let printed: usize = sheets.iter().map(|sheet| if sheet.spread { 2 } else { 1 }).sum();
    let mut gallery = Gallery::default();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut pages = Vec::new();
    let mut stands: Vec<(u32, String)> = Vec::new();
    let (mut reports, mut misfits) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        let number = sheet.number.as_str();
        let on_page = |error| TypesetError::Page { page: number.to_owned(), source: Box::new(error) };
        let maker = Maker::new(&manuscript, fonts, &mut gallery, slug == "slwb", printed);
        let made = maker.make(sheet).map_err(on_page)?;
        misfits.extend(made.misfits.iter().map(|misfit| format!("page {number}: {misfit}")));
        let pdf = ink::pdf(made.width, HEIGHT, &made.inks, fonts).map_err(on_page)?;
        let width = if sheet.spread { 700 } else { 350 };
        let thumbnail = format!("{number}_b.jpg");
        files.push((thumbnail.clone(), raster::jpeg(&raster::page(pdf.clone(), width, 500, 4)?, 86)?));
        let (mut pdf_name, mut picture) = (None, None);
        if sheet.picture_only {
            let name = format!("{number}.jpg");
            files.push((name.clone(), raster::jpeg(&raster::page(pdf, 2100, 3000, 1)?, 80)?));
            picture = Some(name);
        } else {
            let name = format!("{number}.pdf");
            files.push((name.clone(), pdf));
            pdf_name = Some(name);
        }
        stands.extend(made.list.iter().map(|&id| (id, number.to_owned())));
        pages.push(json!({
            "number": number, "name": sheet.name, "pdf": pdf_name, "thumbnail": thumbnail, "picture": picture,
            "width": width, "height": 500, "regions": regions(&made), "list": made.list,
        }));
        reports.extend(made.reports);
    }
    if !misfits.is_empty() && !draft {
        return Err(TypesetError::Misfits { issue: content.display().to_string(), misfits });
    }
    reports.extend(misfits);
    files.extend(gallery.into_files());
    let mut articles = Vec::new();
    for piece in &manuscript.articles {
        let stand = stands.iter().find(|(id, _)| *id == piece.id);
        let (_, page) = stand.ok_or(TypesetError::NotLaidOut { id: piece.id })?;
        let mut article = json!({ "id": piece.id, "page": page });
        let text = serde_json::to_value(&piece.article).unwrap_or_default();
        if let (Value::Object(article), Value::Object(text)) = (&mut article, text) {
            article.extend(text);
            let part = piece.part_of.map(|of| json!({ "of": of, "joint": "continues" }));
            article.insert("part".into(), part.unwrap_or(Value::Null));
        }
        articles.push(article);
    }
    let manifest = json!({
        "publication": manuscript.publication, "slug": slug, "date": manuscript.date.to_string(),
        "copyright": manuscript.copyright, "pages": pages, "articles": articles,
    });
    files.push(("issue.json".to_owned(), format!("{manifest:#}\n").into_bytes()));
    write(paper, &files)?;
    Ok(reports)
}

/// Corners as fractions of the page, to a hundredth of a millimetre.
fn regions(made: &Made) -> Vec<Value> {
    let fraction = |value: f32, whole: f32| (f64::from(value / whole) * 1e6).round() / 1e6;
    let region = |region: &sheet::Region| {
        let corners = region.corners.iter();
        let polygon: Vec<[f64; 2]> =
            corners.map(|&(x, y)| [fraction(x, made.width), fraction(y, HEIGHT)]).collect();
        json!({ "article": region.article, "polygon": polygon })
    };
    debug_assert!(made.width >= WIDTH);
    made.regions.iter().map(region).collect()
}

/// Writes an issue's files and removes what an earlier run left beside them.
fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), TypesetError> {
    let wrong = |path: &Path, source| TypesetError::File { path: path.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(|source| wrong(folder, source))?;
    for entry in std::fs::read_dir(folder).map_err(|source| wrong(folder, source))?.flatten() {
        if files.iter().all(|(name, _)| entry.file_name() != name.as_str()) {
            std::fs::remove_file(entry.path()).map_err(|source| wrong(&entry.path(), source))?;
        }
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|source| wrong(&path, source))?;
    }
    Ok(())
}

fn read_text(path: &Path) -> Result<String, TypesetError> {
    std::fs::read_to_string(path).map_err(|source| TypesetError::File { path: path.to_owned(), source })
}

/// The folders in a folder, sorted.
fn folders(path: &Path) -> Result<Vec<String>, TypesetError> {
    let entries =
        std::fs::read_dir(path).map_err(|source| TypesetError::File { path: path.to_owned(), source })?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}
