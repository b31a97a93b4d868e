//! The types that cross to the window; TypeScript is generated from them.

use kanbao_library::{
    ArticleId, ArticleSummary, Cover, Health, Issue, IssueSummary, KeptArticle, Measure, Page, Place,
};
use kanbao_newspaper::{Block, SiteLink};
use kanbao_render::{Kind, Sheet, TILE_SIZE};
use kanbao_sync::catalogue;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Start {
    pub(crate) version: String,
    /// What stands before a page's path: the protocol's address differs by system.
    pub(crate) page_base: String,
    pub(crate) settings: Settings,
    pub(crate) sample_here: bool,
    /// Where the command line wants the window opened, if not at the newsstand.
    pub(crate) open: Option<FirstPlace>,
}

/// An issue, or a page of it, to open at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FirstPlace {
    pub(crate) publication: String,
    pub(crate) date: String,
    pub(crate) page: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that the reader has")]
pub(crate) struct Settings {
    /// The interface's language; nothing means the system's.
    pub(crate) locale: Option<Locale>,
    /// Of the whole interface, in percent.
    pub(crate) scale: u32,
    pub(crate) theme: Theme,
    /// Whether pages turn dark with the night colours.
    pub(crate) night_pages: bool,
    pub(crate) rail_open: bool,
    /// Two pages beside each other where the window is wide enough.
    pub(crate) facing: bool,
    /// All pages below each other, to be scrolled through.
    pub(crate) roll: bool,
    /// A small map of the page while it is zoomed.
    pub(crate) minimap: bool,
    /// Of the article's pane, in CSS pixels, which a hand drags to fractions: beside the page, and below it.
    #[specta(type = Option<u32>)]
    pub(crate) pane_width: Option<f64>,
    #[specta(type = Option<u32>)]
    pub(crate) pane_height: Option<f64>,
    /// Of an article's text, in CSS pixels.
    pub(crate) text_size: u32,
    pub(crate) text_face: TextFace,
    /// From line to line of an article's text, in percent of its size.
    pub(crate) text_leading: u32,
    pub(crate) text_paper: TextPaper,
    pub(crate) script: Script,
}

impl Settings {
    /// What they are kept under in the library.
    pub(crate) const KEY: &str = "window";

    /// Saved settings over the usual ones, so that a setting that came later has a value.
    pub(crate) fn restore(saved: Option<serde_json::Value>) -> Self {
        let usual = Self::default();
        let (Some(serde_json::Value::Object(saved)), Ok(mut value)) = (saved, serde_json::to_value(&usual))
        else {
            return usual;
        };
        if let Some(fields) = value.as_object_mut() {
            fields.extend(saved);
        }
        // Settings that no longer read are as good as none.
        serde_json::from_value(value).unwrap_or(usual)
    }
}

impl Settings {
    /// By how much everything in the window is enlarged. Nothing that was saved makes a window unusable.
    pub(crate) fn zoom(&self) -> f64 {
        f64::from(self.scale.clamp(SCALES.0, SCALES.1)) / 100.0
    }
}

/// The smallest and the largest scale of the interface, in percent.
const SCALES: (u32, u32) = (100, 200);

impl Default for Settings {
    fn default() -> Self {
        Self {
            locale: None,
            scale: 100,
            theme: Theme::System,
            night_pages: true,
            rail_open: true,
            facing: false,
            roll: false,
            minimap: true,
            pane_width: None,
            pane_height: None,
            text_size: 18,
            text_face: TextFace::Song,
            text_leading: 185,
            text_paper: TextPaper::Theme,
            script: Script::AsPrinted,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) enum Locale {
    #[serde(rename = "zh-CN")]
    SimplifiedChinese,
    #[serde(rename = "zh-TW")]
    TraditionalChinese,
    #[serde(rename = "en")]
    English,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Theme {
    System,
    Light,
    Night,
}

/// The type that an article is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum TextFace {
    Song,
    Hei,
    Kai,
}

/// What an article lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum TextPaper {
    /// The window's own colours.
    Theme,
    Paper,
    Sepia,
    Night,
}

/// The characters that an article's text is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Script {
    AsPrinted,
    Simplified,
    Traditional,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Newsstand {
    pub(crate) publications: Vec<PublicationCard>,
    pub(crate) continue_reading: Option<LastPlace>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastPlace {
    pub(crate) publication: String,
    pub(crate) date: String,
    pub(crate) page: String,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PublicationCard {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) copyright: Option<String>,
    /// Where its newest issues were read less well than those before them.
    pub(crate) reads_less: Option<ReadsLess>,
    /// Newest first.
    pub(crate) issues: Vec<IssueCard>,
}

/// Less is read of a source than it usually gives, from the issue of a date on.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReadsLess {
    pub(crate) since: String,
    pub(crate) what: Vec<ReadMeasure>,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ReadMeasure {
    Pages,
    Articles,
    Texts,
    Regions,
}

impl ReadsLess {
    pub(crate) fn of(health: Health) -> Option<Self> {
        let Health::Less { since, what } = health else { return None };
        let what = what.into_iter().map(|measure| match measure {
            Measure::Pages => ReadMeasure::Pages,
            Measure::Articles => ReadMeasure::Articles,
            Measure::Texts => ReadMeasure::Texts,
            Measure::Regions => ReadMeasure::Regions,
        });
        Some(Self { since: since.to_string(), what: what.collect() })
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssueCard {
    pub(crate) publication: String,
    pub(crate) date: String,
    pub(crate) complete: bool,
    pub(crate) pages: u32,
    pub(crate) pages_kept: u32,
    pub(crate) unread: u32,
    /// The number of the page that is its cover, once that is kept.
    pub(crate) cover_page: Option<String>,
    pub(crate) cover_width: u32,
    pub(crate) cover_height: u32,
    /// The numbers of the pages that are not here whole.
    pub(crate) missing: Vec<String>,
}

impl IssueCard {
    pub(crate) fn new(summary: &IssueSummary, cover: Cover) -> Self {
        Self {
            publication: summary.publication.clone(),
            date: summary.date.to_string(),
            complete: summary.complete,
            pages: summary.pages,
            pages_kept: summary.pages_kept,
            unread: summary.unread,
            cover_page: cover.page,
            cover_width: cover.width.round() as u32,
            cover_height: cover.height.round() as u32,
            missing: cover.missing,
        }
    }
}

/// A newspaper that is known by name.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CataloguePaper {
    pub(crate) name: String,
    /// Province, and city where it is one's, parted by a blank.
    pub(crate) region: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: String,
    /// When an issue was last read from there; nothing where nobody tried.
    pub(crate) tested: Option<String>,
    /// Whether this version reads its site; nothing where only trying can tell.
    pub(crate) readable: Option<bool>,
}

impl From<catalogue::CataloguePaper> for CataloguePaper {
    fn from(paper: catalogue::CataloguePaper) -> Self {
        Self {
            name: paper.name.to_owned(),
            region: paper.region.map(str::to_owned),
            publisher: paper.publisher.map(str::to_owned),
            url: paper.url,
            tested: paper.tested.map(|date| date.to_string()),
            readable: paper.readable,
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssueView {
    pub(crate) publication: String,
    pub(crate) name: String,
    pub(crate) date: String,
    pub(crate) url: String,
    pub(crate) complete: bool,
    pub(crate) copyright: Option<String>,
    pub(crate) pages: Vec<PageView>,
    /// In reading order.
    pub(crate) articles: Vec<ArticleCard>,
    /// Dates of the kept issues before and after.
    pub(crate) previous_issue: Option<String>,
    pub(crate) next_issue: Option<String>,
    /// What the publication's site offers beside the paper.
    pub(crate) links: Vec<LinkView>,
    pub(crate) place: Option<PlaceView>,
}

impl IssueView {
    pub(crate) fn new(
        name: String,
        issue: Issue,
        neighbours: [Option<String>; 2],
        links: Vec<SiteLink>,
        place: Option<Place>,
    ) -> Self {
        let [previous_issue, next_issue] = neighbours;
        Self {
            publication: issue.summary.publication,
            name,
            date: issue.summary.date.to_string(),
            url: issue.summary.url,
            complete: issue.summary.complete,
            copyright: issue.copyright,
            pages: issue.pages.into_iter().map(PageView::new).collect(),
            articles: issue.articles.into_iter().map(ArticleCard::new).collect(),
            previous_issue,
            next_issue,
            links: links.into_iter().map(|SiteLink { name, url }| LinkView { name, url }).collect(),
            place: place.map(PlaceView::new),
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename = "SiteLink")]
pub(crate) struct LinkView {
    pub(crate) name: String,
    pub(crate) url: String,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageView {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) kept: bool,
    pub(crate) has_pdf: bool,
    pub(crate) has_picture: bool,
    pub(crate) regions: Vec<RegionView>,
    /// In the page's own order.
    pub(crate) articles: Vec<String>,
}

impl PageView {
    fn new(page: Page) -> Self {
        Self {
            number: page.number,
            name: page.name,
            width: page.width.round() as u32,
            height: page.height.round() as u32,
            kept: page.kept,
            has_pdf: page.pdf.is_some(),
            has_picture: page.picture.is_some(),
            regions: page
                .regions
                .into_iter()
                .map(|region| RegionView {
                    article: region.article.to_string(),
                    polygon: region.polygon.corners().iter().map(|&corner| PointView::from(corner)).collect(),
                })
                .collect(),
            articles: page.articles.iter().map(ToString::to_string).collect(),
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RegionView {
    pub(crate) article: String,
    pub(crate) polygon: Vec<PointView>,
}

/// Fractions of the page; never infinite, so a number to TypeScript.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub(crate) struct PointView(#[specta(type = u32)] f64, #[specta(type = u32)] f64);

impl From<kanbao_newspaper::Point> for PointView {
    fn from(point: kanbao_newspaper::Point) -> Self {
        Self(point.x, point.y)
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ArticleCard {
    pub(crate) id: String,
    pub(crate) pages: Vec<String>,
    pub(crate) kicker: String,
    pub(crate) headline: String,
    pub(crate) subheadline: String,
    pub(crate) byline: String,
    pub(crate) characters: u32,
    pub(crate) pictures: u32,
    pub(crate) read: bool,
}

impl ArticleCard {
    fn new(article: ArticleSummary) -> Self {
        Self {
            id: article.id.to_string(),
            pages: article.pages,
            kicker: article.decks.kicker,
            headline: article.decks.headline,
            subheadline: article.decks.subheadline,
            byline: article.decks.byline,
            characters: article.characters as u32,
            pictures: article.pictures as u32,
            read: article.read,
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ArticleView {
    pub(crate) id: String,
    pub(crate) publication: String,
    pub(crate) publication_name: String,
    pub(crate) date: String,
    pub(crate) pages: Vec<String>,
    pub(crate) kicker: String,
    pub(crate) headline: String,
    pub(crate) subheadline: String,
    pub(crate) byline: String,
    pub(crate) blocks: Vec<BlockView>,
    pub(crate) url: String,
    pub(crate) copyright: Option<String>,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

impl ArticleView {
    pub(crate) fn new(kept: KeptArticle) -> Self {
        let pictures = kept.pictures;
        let blocks = kept.article.blocks.into_iter().map(|block| match block {
            Block::Paragraph { text } => BlockView::Paragraph { text },
            Block::Subheading { text } => BlockView::Subheading { text },
            Block::EditorNote { text } => BlockView::EditorNote { text },
            Block::Picture { url, caption } => {
                let here = pictures.iter().position(|picture| picture.url == url && picture.blob.is_some());
                BlockView::Picture { picture: here.map(|index| index as u32), caption }
            }
            Block::Table { rows } => BlockView::Table { rows },
        });
        Self {
            id: kept.id.to_string(),
            publication: kept.publication,
            publication_name: kept.publication_name,
            date: kept.date.to_string(),
            pages: kept.pages,
            kicker: kept.article.decks.kicker,
            headline: kept.article.decks.headline,
            subheadline: kept.article.decks.subheadline,
            byline: kept.article.decks.byline,
            blocks: blocks.collect(),
            url: kept.url,
            copyright: kept.copyright,
            previous: kept.previous.map(|id| id.to_string()),
            next: kept.next.map(|id| id.to_string()),
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum BlockView {
    Paragraph {
        text: String,
    },
    Subheading {
        text: String,
    },
    EditorNote {
        text: String,
    },
    /// Which of the article's pictures, for its `page://` address; nothing where it is not kept.
    Picture {
        picture: Option<u32>,
        caption: String,
    },
    Table {
        rows: Vec<Vec<String>>,
    },
}

/// What of an article goes to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum CopyWhat {
    Text,
    Citation,
    Link,
}

/// A picture that was saved for the reader.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SavedPicture {
    pub(crate) file: String,
    pub(crate) folder: String,
}

/// A page that tiles can be asked of: beyond `width` by `height` pixels it shows nothing new.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase", rename = "Sheet")]
pub(crate) struct SheetView {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) tile_size: u32,
    pub(crate) kind: SheetKind,
    /// How wide the paper is, in points of 1/72 inch, where the page's file knows.
    pub(crate) points: Option<f64>,
    /// The picture's file ends before the picture does; what is missing is white.
    pub(crate) cut_short: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SheetKind {
    Pdf,
    Picture,
}

impl SheetView {
    pub(crate) fn new(sheet: &Sheet) -> Self {
        let full = sheet.full_size();
        Self {
            width: full.width,
            height: full.height,
            tile_size: TILE_SIZE,
            kind: match sheet.kind() {
                Kind::Pdf => SheetKind::Pdf,
                Kind::Picture => SheetKind::Picture,
            },
            points: match sheet.kind() {
                Kind::Pdf => Some(sheet.size().0),
                Kind::Picture => None,
            },
            cut_short: sheet.is_cut_short(),
        }
    }
}

/// Where the reader was in an issue.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", rename = "Place")]
pub(crate) struct PlaceView {
    pub(crate) page: String,
    pub(crate) article: Option<String>,
    /// How far down the article's text, as the window counts it.
    #[specta(type = u32)]
    pub(crate) scroll: f64,
    /// What was seen of the pages, the one left last at the end.
    #[serde(default)]
    pub(crate) views: Vec<SeenView>,
}

/// What was seen of a page, or of pages that lie open together.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", rename = "Seen")]
pub(crate) struct SeenView {
    /// The viewer's name for what lay open.
    pub(crate) page: String,
    pub(crate) fit: FitView,
    /// As a multiple of the whole page.
    #[specta(type = u32)]
    pub(crate) factor: f64,
    /// What was in the middle, in fractions of what lay open.
    #[specta(type = u32)]
    pub(crate) x: f64,
    #[specta(type = u32)]
    pub(crate) y: f64,
}

/// How pages are fitted to the desk.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", rename = "Fit")]
pub(crate) enum FitView {
    Page,
    Width,
    Print,
    /// The reader chose the zoom.
    Free,
}

/// A view's numbers are kept so exactly: a thousandth of the screen's pixel, at any zoom.
const VIEW_GRAIN: f64 = 1e7;

impl SeenView {
    fn rounded(self) -> Self {
        let round = |value: f64| (value * VIEW_GRAIN).round() / VIEW_GRAIN;
        Self { factor: round(self.factor), x: round(self.x), y: round(self.y), ..self }
    }
}

impl PlaceView {
    fn new(place: Place) -> Self {
        // Views that no longer read are as good as none.
        let views = place.zoom.and_then(|zoom| serde_json::from_value(zoom).ok()).unwrap_or_default();
        Self {
            page: place.page,
            article: place.article.map(|id| id.to_string()),
            scroll: place.scroll,
            views,
        }
    }

    pub(crate) fn into_place(self) -> Place {
        let article = self.article.and_then(|id| id.parse::<ArticleId>().ok());
        let views: Vec<_> = self.views.into_iter().map(SeenView::rounded).collect();
        let zoom = serde_json::to_value(views).ok();
        Place { page: self.page, zoom, article, scroll: self.scroll }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_seen_of_pages_is_kept_and_found() {
        let seen = json!({ "page": "02,03", "fit": "free", "factor": 2.123_456_789, "x": 0.5, "y": 0.25 });
        let place = json!({ "page": "02", "article": null, "scroll": 0.5, "views": [seen] });
        let place: PlaceView = serde_json::from_value(place).unwrap();
        let back = serde_json::to_value(PlaceView::new(place.into_place())).unwrap();
        let rounded = json!({ "page": "02,03", "fit": "free", "factor": 2.123_456_8, "x": 0.5, "y": 0.25 });
        assert_eq!(back, json!({ "page": "02", "article": null, "scroll": 0.5, "views": [rounded] }));
    }

    #[test]
    fn views_that_do_not_read_cost_nothing_else() {
        for zoom in [None, Some(json!({ "x": 0.1 })), Some(json!([{ "page": "01", "fit": "askew" }]))] {
            let place = Place { page: "03".into(), zoom, article: None, scroll: 0.25 };
            let view = PlaceView::new(place);
            assert_eq!((view.page.as_str(), view.scroll, view.views.len()), ("03", 0.25, 0));
        }
    }
}
