//! What is read of one document: a value for any bytes, with what was looked for and what went wrong.

use crate::address::article_key;
use crate::recipe::{RecipeName, is_built_in};
use foldhash::HashSet;
use kanbao_newspaper::{Area, Article, Date, Frame, GeometryError, PageLabel, Point, Polygon, SiteLink};
use serde::{Serialize, Serializer};
use std::str::FromStr;
use url::Url;

/// Frames that the generators draw areas in where nobody changed the setting, smallest first.
const USUAL_FRAMES: &[(f64, f64)] = &[(350.0, 500.0), (350.0, 550.0), (387.0, 595.0), (400.0, 575.0)];

/// Outlines leave their frame by a pixel or two; by more than this they were drawn in another one.
const OVERHANG: f64 = 8.0;

/// What a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    Page,
    Article,
    /// It leads somewhere else: a front door, a frame, a refresh.
    Index,
    /// The dates of a month's issues.
    Calendar,
    #[default]
    Unknown,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Article => "article",
            Self::Index => "index",
            Self::Calendar => "calendar",
            Self::Unknown => "unknown",
        }
    }
}

/// One kind of digital-newspaper site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// 方正翔宇 of about 2006 to today: `node_N.htm`, `content_N.htm`, `PagePicMap`.
    FounderClassic,
    /// 方正翔宇 of about 2016 to today: `layout/YYYYMM/DD/node_01.html`, `content/YYYYMM/DD/content_N.html`.
    FounderNew,
    /// `PaperIndex.htm`, `IssueIndex.htm`, `Page01BC.htm`, `Articel01002NR.htm`.
    PaperIndex,
    /// The whole issue in one document for telephones: `YYYYMMDD_m.html`.
    BjdMobile,
    /// The whole issue in one JSON document: `/_szb/CODE/YYYY/MM/DD/index.json`.
    JsonSzb,
    /// A program in the browser that posts its questions: `/stdailynewspaperapi/uv/article/…`.
    JsonStdaily,
    /// A picture and a map a page, the issue's headlines and texts in `data.json`.
    JsonBjnews,
    /// A JSON document a page: `/journal/YYYY-MM-DD/getJournalPage.do`.
    JsonJfdaily,
    /// The whole issue in one document, its areas polygons of SVG: `/YYYYMM/DD/#page=N`.
    SvgPages,
    /// A family that a recipe describes, by the recipe's name.
    Recipe(RecipeName),
}

impl Family {
    /// Every family that this version reads by code; those of recipes are data.
    pub const ALL: &[Self] = &[
        Self::FounderClassic,
        Self::FounderNew,
        Self::PaperIndex,
        Self::BjdMobile,
        Self::JsonSzb,
        Self::JsonStdaily,
        Self::JsonBjnews,
        Self::JsonJfdaily,
        Self::SvgPages,
    ];

    pub fn as_str(&self) -> &str {
        match self {
            Self::FounderClassic => "founder-classic",
            Self::FounderNew => "founder-new",
            Self::PaperIndex => "paper-index",
            Self::BjdMobile => "bjd-mobile",
            Self::JsonSzb => "json-szb",
            Self::JsonStdaily => "json-stdaily",
            Self::JsonBjnews => "json-bjnews",
            Self::JsonJfdaily => "json-jfdaily",
            Self::SvgPages => "svg-pages",
            Self::Recipe(name) => name.as_str(),
        }
    }
}

impl FromStr for Family {
    type Err = UnknownFamily;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let coded = Self::ALL.iter().copied().find(|family| family.as_str() == name);
        let described = || RecipeName::new(name).filter(is_built_in).map(Self::Recipe);
        coded.or_else(described).ok_or_else(|| UnknownFamily(name.chars().take(40).collect()))
    }
}

/// A family that this version does not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a site family this version reads; `kanbao inspect` names those that it reads")]
pub struct UnknownFamily(pub String);

impl Serialize for Family {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One document, read.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    pub kind: Kind,
    pub family: Option<Family>,
    pub publication: Option<String>,
    /// The date that is printed; failing that, the one in the address.
    pub date: Option<Date>,
    pub page: Option<PageReading>,
    /// 版面导航, in its order.
    pub pages: Vec<PageLink>,
    /// The articles of those pages, where a list of pages has them too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<ListedArticles>,
    pub article: Option<ArticleReading>,
    pub issues: Vec<IssueLink>,
    /// The newspapers of a house, where a document lists several.
    pub titles: Vec<TitleLink>,
    pub links: Links,
    /// What the site offers beside the paper, on its pages.
    pub site_links: Vec<SiteLink>,
    pub copyright: Option<String>,
    /// Where an index leads.
    pub redirect: Option<Url>,
    pub rules: Vec<Rule>,
    pub warnings: Vec<String>,
}

/// A page of an issue, its areas as the site wrote them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageReading {
    pub number: String,
    pub name: String,
    /// The frame that the areas are drawn in, in pixels, where the page states it.
    pub width: Option<f64>,
    pub height: Option<f64>,
    #[serde(skip)]
    pub measure: Measure,
    /// The picture that the areas lie on: a thumbnail.
    pub picture: Option<Url>,
    pub pdf: Option<Url>,
    #[serde(skip)]
    pub areas: Vec<AreaReading>,
    /// The page's own list first, then what only its map has.
    pub articles: Vec<ArticleLink>,
}

/// What a page's areas are measured in where it does not state a size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// The pixels of the picture that they lie on.
    #[default]
    Picture,
    /// A size that is configured for the whole site and has nothing to do with the picture's own.
    Configured,
    /// Hundredths of the page, whatever size is stated.
    Percent,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AreaReading {
    pub article: Url,
    pub area: Area,
    pub title: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleLink {
    pub url: Url,
    pub headline: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageLink {
    pub number: String,
    pub name: String,
    pub url: Url,
    pub pdf: Option<Url>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleReading {
    /// Addresses of pictures are absolute.
    pub article: Article,
    pub page: Option<PageLabel>,
    pub pdf: Option<Url>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueLink {
    pub date: Date,
    pub url: Option<Url>,
    /// Which of the papers that share the calendar; its own number for them.
    pub paper: Option<String>,
}

/// One newspaper of a house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TitleLink {
    pub name: String,
    pub url: Url,
}

/// The articles that a list of pages names for one of them, in reading order.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedArticles {
    pub page: Url,
    pub articles: Vec<ArticleLink>,
}

/// Where a document leads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Links {
    pub previous_issue: Option<Url>,
    pub next_issue: Option<Url>,
    pub previous_page: Option<Url>,
    pub next_page: Option<Url>,
    pub previous_article: Option<Url>,
    pub next_article: Option<Url>,
    pub calendar: Option<Url>,
    /// The document that lists the issue's pages, where the pages themselves do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_list: Option<Url>,
    /// The document that holds the article's text, where this one need not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Url>,
}

impl Reading {
    /// Takes over what the issue's list of pages says of this page: its articles, in their order, and their headlines.
    pub fn complete_from(&mut self, list: &Self, page: &Url) {
        let Some(listed) = list.listed.iter().find(|listed| listed.page == *page) else { return };
        let Some(found) = &mut self.page else { return };
        let mut articles = listed.articles.clone();
        let known: HashSet<String> = articles.iter().map(|link| article_key(&link.url)).collect();
        articles.extend(found.articles.drain(..).filter(|link| !known.contains(&article_key(&link.url))));
        found.articles = articles;
    }
}

/// A rule that was tried for a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub field: &'static str,
    /// What was looked for.
    pub rule: String,
    pub matched: bool,
    /// What was there, cut short.
    pub saw: Option<String>,
}

/// A polygon of a page and the article it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    pub article: Url,
    pub polygon: Polygon,
}

/// A page's regions in fractions of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Regions {
    pub regions: Vec<Region>,
    /// What the areas were measured in, in pixels.
    pub frame: Option<(f64, f64)>,
    pub warnings: Vec<String>,
}

/// Whether areas that reach so far fit a frame and come near its edges, as a full page's do.
fn fills(frame: (f64, f64), reach: Option<(f64, f64)>) -> bool {
    fits(frame, reach) && reach.is_some_and(|(x, y)| x >= frame.0 * 0.8 && y >= frame.1 * 0.7)
}

fn fits(frame: (f64, f64), reach: Option<(f64, f64)>) -> bool {
    reach.is_some_and(|(x, y)| x <= frame.0 + OVERHANG && y <= frame.1 + OVERHANG)
}

impl PageReading {
    /// The areas as fractions of the page. `natural` is the thumbnail's own size, for pages that do not
    /// state the frame; where that is not known either, the areas themselves say how far they reach.
    pub fn regions(&self, natural: Option<(u32, u32)>) -> Regions {
        let mut warnings = Vec::new();
        let frame = self.frame(natural, &mut warnings);
        let mut regions: Vec<Region> = Vec::new();
        for reading in &self.areas {
            let pixels = match self.measure {
                Measure::Percent => Some(Frame::Percent),
                _ => frame.map(|(width, height)| Frame::Pixels { width, height }),
            };
            let polygon = pixels.ok_or(GeometryError::NoFrame).and_then(|frame| reading.area.polygon(frame));
            match polygon {
                Ok(polygon) => {
                    let key = article_key(&reading.article);
                    let same =
                        |other: &Region| other.polygon == polygon && article_key(&other.article) == key;
                    if regions.iter().any(same) {
                        warnings
                            .push(format!("an area of {} is there twice: one is left out", reading.article));
                    } else {
                        regions.push(Region { article: reading.article.clone(), polygon });
                    }
                }
                Err(error) => warnings.push(format!("an area of {} is left out: {error}", reading.article)),
            }
        }
        Regions { regions, frame, warnings }
    }

    /// What the areas are measured in: the size stated for the picture, else the picture's own, else the
    /// generators' usual one that they fit in, else how far they reach.
    fn frame(&self, natural: Option<(u32, u32)>, warnings: &mut Vec<String>) -> Option<(f64, f64)> {
        let natural = natural
            .map(|(width, height)| (f64::from(width), f64::from(height)))
            .filter(|(width, height)| *width > 0.0 && *height > 0.0);
        // One stated side is enough where the picture's own shape gives the other.
        let stated = match (self.width, self.height, natural) {
            (Some(width), Some(height), _) => Some((width, height)),
            (Some(width), None, Some(natural)) => Some((width, width * natural.1 / natural.0)),
            (None, Some(height), Some(natural)) => Some((height * natural.0 / natural.1, height)),
            _ => None,
        };
        if self.measure == Measure::Percent {
            return stated.or(natural);
        }
        let reach = self.extent();
        let configured = || {
            // Of those that fit, the one most like the picture in shape; else the generator's own default.
            let shape =
                |(width, height): (f64, f64)| natural.map_or(0.0, |(w, h)| (width / height - w / h).abs());
            let full = USUAL_FRAMES.iter().copied().filter(|frame| fills(*frame, reach));
            let full = full.min_by(|a, b| shape(*a).total_cmp(&shape(*b)));
            let default = USUAL_FRAMES.iter().copied().find(|frame| fits(*frame, reach));
            full.or(default).filter(|_| self.measure == Measure::Configured)
        };
        // The site's own setting counts where the picture is another one, larger or smaller.
        if stated.is_none()
            && let Some(frame) = configured()
            && natural.is_none_or(|natural| !fills(natural, reach))
        {
            warnings.push(format!(
                "the page does not say how large its areas' frame is: the usual {} x {} is assumed",
                frame.0, frame.1
            ));
            return Some(frame);
        }
        let holds = |frame: &(f64, f64)| {
            reach.is_none_or(|(x, y)| x <= frame.0 + OVERHANG && y <= frame.1 + OVERHANG)
        };
        if let Some(frame) = stated.filter(holds).or_else(|| natural.filter(holds)) {
            return Some(frame);
        }
        if let Some(frame) = stated.or(natural) {
            warnings.push(format!(
                "areas reach beyond the {} x {} pixels of their picture: what lies outside is cut off",
                frame.0, frame.1
            ));
            return Some(frame);
        }
        let reach = reach?;
        // Where one side is stated, a usual shape gives the other.
        let mut scaled = USUAL_FRAMES.iter().map(|&(width, height)| match (self.width, self.height) {
            (Some(stated), None) => (stated, stated * height / width),
            (None, Some(stated)) => (stated * width / height, stated),
            _ => (width, height),
        });
        let guessed = scaled.find(|frame| fills(*frame, Some(reach))).unwrap_or(reach);
        warnings.push(format!(
            "neither the page nor its picture says how large the areas' frame is: {} x {} pixels are assumed",
            guessed.0, guessed.1
        ));
        Some(guessed)
    }

    fn extent(&self) -> Option<(f64, f64)> {
        let reach = self.areas.iter().map(|reading| reading.area.extent());
        let (width, height) =
            reach.fold((0.0_f64, 0.0_f64), |(width, height), (x, y)| (width.max(x), height.max(y)));
        (width > 0.0 && height > 0.0).then_some((width, height))
    }

    /// Puts articles that only the map has behind those of the list, in reading order.
    pub(crate) fn add_unlisted(&mut self) {
        let mut known: HashSet<String> = self.articles.iter().map(|link| article_key(&link.url)).collect();
        let mut unlisted: Vec<(Polygon, ArticleLink)> = Vec::new();
        let (width, height) = self.extent().unwrap_or((1.0, 1.0));
        for reading in &self.areas {
            if !known.insert(article_key(&reading.article)) {
                continue;
            }
            let corner = [[0.0, 0.99], [1.0, 0.99], [1.0, 1.0]].map(Point::from);
            let anywhere = Polygon::new(corner);
            let placed = reading.area.polygon(Frame::Pixels { width, height }).or(anywhere);
            let headline = reading.title.clone().unwrap_or_default();
            if let Ok(polygon) = placed {
                unlisted.push((polygon, ArticleLink { url: reading.article.clone(), headline }));
            }
        }
        let polygons: Vec<&Polygon> = unlisted.iter().map(|(polygon, _)| polygon).collect();
        for index in kanbao_newspaper::reading_order(&polygons) {
            self.articles.push(unlisted[index].1.clone());
        }
    }
}
