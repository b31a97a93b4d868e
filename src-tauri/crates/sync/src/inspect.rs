//! What a single fetched page is and what is read from it, for people who add a newspaper and for
//! finding out why one does not read.

use crate::SyncError;
use crate::discover::parse_address;
use crate::fetch::{asking, decoded};
use crate::issue::picture_size;
use kanbao_newspaper::{Date, Polygon, SiteLink};
use kanbao_publisher::{Accept, Answer, Client};
use kanbao_sources::{
    ArticleLink, ArticleReading, Ask, Family, IssueLink, Kind, Links, PageLink, PageReading, Reading, Rule,
    Sources, TitleLink,
};
use serde::Serialize;
use std::path::Path;
use url::Url;

/// One document, read; the shape of `kanbao inspect --json`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    pub kind: Kind,
    pub family: Option<Family>,
    pub url: Url,
    pub encoding: &'static str,
    pub publication: Option<String>,
    pub date: Option<Date>,
    pub page: Option<InspectedPage>,
    pub pages: Vec<PageLink>,
    pub article: Option<InspectedArticle>,
    pub issues: Vec<IssueLink>,
    /// The newspapers of a house, where the document lists several.
    pub titles: Vec<TitleLink>,
    pub links: Links,
    pub site_links: Vec<SiteLink>,
    pub redirect: Option<Url>,
    pub copyright: Option<String>,
    pub rules: Vec<Rule>,
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectedPage {
    pub number: String,
    pub name: String,
    /// The frame that the areas are drawn in, in pixels.
    pub width: Option<f64>,
    pub height: Option<f64>,
    pub picture: Option<Url>,
    pub pdf: Option<Url>,
    pub regions: Vec<InspectedRegion>,
    pub articles: Vec<ArticleLink>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectedRegion {
    pub article: Url,
    pub polygon: Polygon,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectedArticle {
    pub kicker: String,
    pub headline: String,
    pub subheadline: String,
    pub byline: String,
    pub body: String,
    pub pictures: Vec<InspectedPicture>,
    pub blocks: Vec<kanbao_newspaper::Block>,
    pub editor_mark: Option<String>,
    pub page: Option<kanbao_newspaper::PageLabel>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectedPicture {
    pub url: String,
    pub caption: String,
}

/// Fetches an address and reads what it sends; nothing is kept.
pub async fn inspect_url(
    client: &Client,
    sources: &Sources,
    address: &str,
    base: Option<&Url>,
) -> Result<Inspection, SyncError> {
    let url = parse_address(address)?;
    let fetched = match client.get(&asking(sources, &Ask::of(&url), Accept::Document)).await? {
        Answer::Fresh(fetched) => fetched,
        Answer::NotModified => return Err(SyncError::empty_answer(&url)),
    };
    let decoded = decoded(sources, &fetched.url, &fetched.body, fetched.content_type.as_deref());
    // Which part of the answer is meant stays with the address.
    let mut final_url = fetched.url.clone();
    final_url.set_fragment(url.fragment());
    let base = base.unwrap_or(&final_url);
    let reading = sources.read(base, &decoded.text);
    let mut natural = None;
    if let Some(picture) = unframed_picture(&reading)
        && let Ok(Answer::Fresh(body)) =
            client.get(&asking(sources, &Ask::of(&picture), Accept::Picture)).await
    {
        natural = picture_size(&body.body);
    }
    Ok(Inspection::new(base.clone(), decoded.encoding, reading, natural))
}

/// Reads a file as if `base` had sent it.
pub fn inspect_file(
    sources: &Sources,
    path: &Path,
    body: &[u8],
    base: Option<&Url>,
) -> Result<Inspection, SyncError> {
    let file_error =
        |reason: &str| SyncError::File { path: path.display().to_string(), reason: reason.into() };
    let base = match base {
        Some(base) => base.clone(),
        None => std::path::absolute(path)
            .ok()
            .and_then(|path| Url::from_file_path(path).ok())
            .ok_or_else(|| file_error("its path is not one that an address can be made of; give --base"))?,
    };
    let decoded = decoded(sources, &base, body, None);
    let reading = sources.read(&base, &decoded.text);
    let natural = unframed_picture(&reading)
        .and_then(|picture| picture.to_file_path().ok())
        .and_then(|path| std::fs::read(path).ok())
        .and_then(|body| picture_size(&body));
    Ok(Inspection::new(base, decoded.encoding, reading, natural))
}

/// Reads a recorded document that came from `url`; `natural` is the size of its picture, where it is known.
pub(crate) fn read_recorded(
    sources: &Sources,
    url: &Url,
    body: &[u8],
    natural: Option<(u32, u32)>,
) -> Inspection {
    let decoded = decoded(sources, url, body, None);
    let reading = sources.read(url, &decoded.text);
    Inspection::new(url.clone(), decoded.encoding, reading, natural)
}

/// The picture whose own size is the areas' frame, where the page states none.
fn unframed_picture(reading: &Reading) -> Option<Url> {
    let page = reading.page.as_ref()?;
    if page.width.is_some() && page.height.is_some() { None } else { page.picture.clone() }
}

impl Inspection {
    fn new(url: Url, encoding: &'static str, reading: Reading, natural: Option<(u32, u32)>) -> Self {
        let mut warnings = reading.warnings;
        let page = reading.page.map(|page| InspectedPage::new(page, natural, &mut warnings));
        Self {
            kind: reading.kind,
            family: reading.family,
            url,
            encoding,
            publication: reading.publication,
            date: reading.date,
            page,
            pages: reading.pages,
            article: reading.article.map(InspectedArticle::new),
            issues: reading.issues,
            titles: reading.titles,
            links: reading.links,
            site_links: reading.site_links,
            redirect: reading.redirect,
            copyright: reading.copyright,
            rules: reading.rules,
            warnings,
        }
    }
}

impl InspectedPage {
    fn new(page: PageReading, natural: Option<(u32, u32)>, warnings: &mut Vec<String>) -> Self {
        let regions = page.regions(natural);
        warnings.extend(regions.warnings);
        Self {
            number: page.number,
            name: page.name,
            width: regions.frame.map(|(width, _)| width),
            height: regions.frame.map(|(_, height)| height),
            picture: page.picture,
            pdf: page.pdf,
            regions: regions
                .regions
                .into_iter()
                .map(|region| InspectedRegion { article: region.article, polygon: region.polygon })
                .collect(),
            articles: page.articles,
        }
    }
}

impl InspectedArticle {
    fn new(reading: ArticleReading) -> Self {
        let ArticleReading { article, page, .. } = reading;
        let pictures = article.blocks.iter().filter_map(|block| match block {
            kanbao_newspaper::Block::Picture { url, caption } => {
                Some(InspectedPicture { url: url.clone(), caption: caption.clone() })
            }
            _ => None,
        });
        Self {
            pictures: pictures.collect(),
            body: article.body(),
            kicker: article.decks.kicker,
            headline: article.decks.headline,
            subheadline: article.decks.subheadline,
            byline: article.decks.byline,
            blocks: article.blocks,
            editor_mark: article.editor_mark,
            page,
        }
    }
}
