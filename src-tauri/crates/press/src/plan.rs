//! Where everything of a paper stands on its site: file names, folders, and what a reader should find there.

use crate::manifest::{ArticleManifest, IssueManifest, Joint, PageManifest};
use crate::paper::Paper;
use crate::quirks::{FrameSize, Ground, LargePicture, Quirks, Skin};
use kanbao_newspaper::{Article, Block, Date, Point, Polygon, continuation};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The first article's number; the others count on from it, over all papers of the host.
const FIRST_CONTENT: u32 = 52_014;

/// An issue as published: what a reader that reads this site rightly finds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedIssue {
    pub publication: String,
    pub slug: String,
    pub date: Date,
    pub copyright: String,
    pub pages: Vec<PublishedPage>,
}

/// A page as published. Paths begin with `/`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedPage {
    pub path: String,
    pub number: String,
    pub name: String,
    /// The picture in the frame; empty where a site shows none.
    pub picture: String,
    /// The large picture, where there is no PDF.
    pub large_picture: Option<String>,
    pub pdf: Option<String>,
    /// In the manifest's order; the coordinates as written are rounded.
    pub regions: Vec<PublishedRegion>,
    /// In reading order: the page's own list, then what only its map has.
    pub articles: Vec<PublishedArticle>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedRegion {
    /// The article's path.
    pub article: String,
    pub polygon: Polygon,
}

/// An article as published, its pictures by their paths.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedArticle {
    pub path: String,
    pub article: Article,
    /// The path of the article that this one goes on from.
    pub continues: Option<String>,
    pub repeats: bool,
}

impl PublishedIssue {
    pub fn articles(&self) -> impl Iterator<Item = &PublishedArticle> {
        self.pages.iter().flat_map(|page| &page.articles)
    }
}

/// The names given to one issue's pages and articles.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// By the page's place in the manifest.
    pub(crate) pages: Vec<String>,
    /// By the article's id.
    pub(crate) articles: HashMap<u32, String>,
}

/// Names every page and article of every issue, in the order of [`Paper::issues`].
pub(crate) fn name(paper: &Paper, skin: Skin, quirks: &Quirks) -> Vec<Names> {
    let nodes = nodes(paper, quirks.first_node);
    let mut order: Vec<usize> = (0..paper.issues().len()).collect();
    // By date first: a newer issue must not change the older ones' addresses.
    order.sort_by_key(|&i| (paper.issues()[i].date, &paper.issues()[i].slug));
    let mut next = FIRST_CONTENT;
    let mut names = HashMap::new();
    for i in order {
        let issue = &paper.issues()[i];
        let pages = issue.pages.iter().map(|page| match skin {
            Skin::People => format!("nbs.D110000{}_{}.htm", issue.slug, page.number.replace('-', "")),
            Skin::Div | Skin::Table => {
                format!("node_{}.htm", nodes[&(issue.slug.as_str(), page.number.as_str())])
            }
            Skin::Navlist => format!("l{}.html", page.number.replace('-', "")),
            Skin::PaperIndex => format!("Page{}BC.htm", page.number.replace('-', "")),
            Skin::Daoxiang => format!("Page{}DK.htm", page.number.replace('-', "")),
            Skin::Mobile => format!("{}_m.html", compact(issue.date)),
            Skin::Json => "index.json".to_owned(),
            // What people see is the program's own address, and stands behind it what it shows.
            Skin::Posted => {
                format!("index.html#/home?currentVersion={}&timeValue={}", page.number, issue.date)
            }
            Skin::DataList => {
                let sheet = format!("{}_{}", compact(issue.date), page.number.replace('-', ""));
                format!("{sheet}/{sheet}.html")
            }
            Skin::Journal => {
                format!("index.html?date={}&page={}&code={}", issue.date, page.number, issue.slug)
            }
            Skin::OlderJournal => format!("page_{}.htm", page.number.replace('-', "")),
            Skin::Flipbook => {
                let at = issue.pages.iter().position(|other| other.number == page.number);
                format!("#page={}", at.unwrap_or_default() + 1)
            }
            _ => format!("node_{}.html", page.number.replace('-', "")),
        });
        let mut on_page: HashMap<&str, u32> = HashMap::new();
        let mut articles = HashMap::new();
        for article in &issue.articles {
            let count = on_page.entry(article.page.as_str()).or_default();
            *count += 1;
            let file = match skin {
                Skin::People => format!(
                    "nw.D110000{}_{}_{count}-{}.htm",
                    issue.slug,
                    compact(issue.date),
                    article.page.replace('-', "")
                ),
                Skin::Div | Skin::Table => format!("content_{next}.htm"),
                Skin::Webtree => format!("c{next}.html"),
                Skin::PaperIndex | Skin::Daoxiang => {
                    format!("Articel{}{count:03}NR.htm", article.page.replace('-', ""))
                }
                Skin::Mobile => {
                    let page = issue.pages.iter().position(|page| page.number == article.page);
                    let sheet = format!("{}_{:03}", compact(issue.date), page.unwrap_or_default() + 1);
                    format!("{sheet}/content_{sheet}_{count}.htm")
                }
                // Articles have no address of their own but the shell's.
                Skin::Json => format!(
                    "index.html?paperName={}&paperDate={}&paperNumber={}&articleid={next}",
                    issue.slug, issue.date, article.page
                ),
                Skin::Posted => format!("{next}"),
                Skin::DataList => {
                    let sheet = format!("{}_{}", compact(issue.date), article.page.replace('-', ""));
                    format!("{sheet}/{sheet}_{count:02}_{next}.html")
                }
                Skin::Journal => format!(
                    "detail.html?date={}&code={}&page={}&id={next}",
                    issue.date, issue.slug, article.page
                ),
                Skin::OlderJournal => format!("getArticle.htm?id={next}"),
                Skin::Flipbook => format!("con-{next}.html"),
                _ => format!("content_{next}.html"),
            };
            next += 1;
            articles.insert(article.id, file);
        }
        names.insert(i, Names { pages: pages.collect(), articles });
    }
    (0..paper.issues().len()).filter_map(|i| names.remove(&i)).collect()
}

/// A column of the CMS for every page number a publication ever had: not the number, and with gaps.
fn nodes(paper: &Paper, first: u32) -> HashMap<(&str, &str), u32> {
    let columns: BTreeSet<(&str, &str)> = paper
        .issues()
        .iter()
        .flat_map(|issue| issue.pages.iter().map(|page| (issue.slug.as_str(), page.number.as_str())))
        .collect();
    columns.into_iter().zip(0u32..).map(|(column, i)| (column, first + i + i / 2)).collect()
}

/// One issue with all that is needed to write its documents.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) skin: Skin,
    pub(crate) quirks: &'a Quirks,
    pub(crate) issue: &'a IssueManifest,
    pub(crate) names: &'a Names,
    /// The date of the issue before.
    pub(crate) previous: Option<Date>,
    /// Whether this is the copy of the newest front page that the newer generator keeps beside the months.
    pub(crate) is_copy: bool,
}

/// An area of a page's map, as its attributes are written.
pub(crate) struct AreaText {
    pub(crate) coords: String,
    pub(crate) href: String,
}

impl<'a> Scene<'a> {
    /// What every address of the paper begins with.
    fn root(&self) -> String {
        if self.skin.ground() == Ground::Json {
            return format!("/_szb/{}/", self.issue.slug);
        }
        let inner = if self.skin.ground() == Ground::Newer { "pc/" } else { "" };
        format!("/{}/{inner}", self.issue.slug)
    }

    /// The folder of the issue's pages: `/slrb/html/2026-11/24/`.
    pub(crate) fn folder(&self) -> String {
        let date = self.issue.date;
        let folder = match self.skin.ground() {
            Ground::Classic => format!("html/{}", dated(date)),
            Ground::Newer => format!("layout/{}", monthly(date)),
            Ground::Cloud => dated(date),
            Ground::PaperIndex => format!("content/{}", compact(date)),
            Ground::Mobile => format!("mobile/{}/{}", date.year(), compact(date)),
            Ground::Json => format!("{:04}/{:02}/{:02}", date.year(), date.month(), date.day()),
            Ground::DataList => format!("html/{}/{}", date.year(), compact(date)),
            Ground::OlderJournal => format!("journal/{date}"),
            Ground::Flipbook => monthly(date),
            // These programs' addresses say nothing of a date's folder.
            Ground::Posted => return format!("/statics/{}-site/", self.issue.slug),
            Ground::Journal => return "/staticsg/res/html/journal/".to_owned(),
        };
        format!("{}{folder}/", self.root())
    }

    fn article_folder(&self) -> String {
        match self.skin.ground() {
            Ground::Newer => format!("{}content/{}/", self.root(), monthly(self.issue.date)),
            Ground::Json => "/szb_223187/szbxq/".to_owned(),
            _ => self.folder(),
        }
    }

    /// From a document of the issue up to the paper's root.
    fn up(&self) -> &'static str {
        match (self.skin.ground(), self.is_copy) {
            (Ground::Newer, true) => "../",
            (Ground::Classic | Ground::Newer | Ground::Json, _) => "../../../",
            (Ground::Cloud | Ground::PaperIndex | Ground::OlderJournal | Ground::Flipbook, _) => "../../",
            (Ground::Mobile | Ground::DataList, _) => "../../../../",
            (Ground::Posted | Ground::Journal, _) => "",
        }
    }

    pub(crate) fn page_path(&self, page: usize) -> String {
        self.folder() + &self.names.pages[page]
    }

    /// A page's address as links write it.
    pub(crate) fn page_href(&self, page: usize) -> String {
        if self.skin.ground() == Ground::Newer {
            self.relative(&self.page_path(page))
        } else {
            self.names.pages[page].clone()
        }
    }

    pub(crate) fn article_path(&self, id: u32) -> String {
        if self.skin.ground() == Ground::Posted {
            let date = self.issue.date;
            return format!(
                "{}index.html#/home?isDetail=1&currentNewsId={}&timeValue={date}",
                self.folder(),
                self.article_file(id)
            );
        }
        self.article_folder() + self.article_file(id)
    }

    pub(crate) fn article_file(&self, id: u32) -> &'a str {
        self.names.articles.get(&id).map_or("", String::as_str)
    }

    /// An article's address as links write it.
    pub(crate) fn article_href(&self, id: u32) -> String {
        if self.skin.ground() == Ground::Newer {
            return self.relative(&self.article_path(id));
        }
        let query = if self.quirks.div_queries { "?div=-1" } else { "" };
        // A page's own folder holds its articles.
        let file = match self.skin.ground() {
            Ground::DataList => self.article_file(id).rsplit('/').next().unwrap_or_default(),
            _ => self.article_file(id),
        };
        format!("{file}{query}")
    }

    /// The path of a page's picture or PDF.
    pub(crate) fn page_file_path(&self, page: &PageManifest, file: &str) -> String {
        let (date, number) = (self.issue.date, &page.number);
        let is_pdf = page.pdf.as_deref() == Some(file);
        let placed = match self.skin.ground() {
            Ground::Classic | Ground::Cloud => format!("images/{}/{number}/{file}", dated(date)),
            // Random names: they can only be read from the page.
            Ground::Newer if is_pdf => {
                format!("attachement/{}/{}.pdf", monthly(date), uuid(&self.page_path_of(number)))
            }
            // The thumbnail is the smaller copy of a picture that is there too.
            Ground::Newer if file == page.thumbnail => format!("pic/{}/{number}.jpg.1", monthly(date)),
            Ground::Newer => format!("pic/{}/{number}.jpg", monthly(date)),
            Ground::PaperIndex if is_pdf => format!("PDF/{}/{file}", compact(date)),
            Ground::PaperIndex => format!("images/{}/{file}", compact(date)),
            Ground::Mobile | Ground::Json => format!("pdf/{}/{file}", compact(date)),
            Ground::Posted | Ground::DataList | Ground::Journal | Ground::OlderJournal | Ground::Flipbook => {
                format!("images/{}/{number}/{file}", compact(date))
            }
        };
        self.root() + &placed
    }

    fn page_path_of(&self, number: &str) -> String {
        let page = self.issue.pages.iter().position(|page| page.number == number);
        page.map(|page| self.page_path(page)).unwrap_or_default()
    }

    /// The path of an article's picture.
    pub(crate) fn picture_path(&self, file: &str) -> String {
        let date = self.issue.date;
        let placed = match self.skin.ground() {
            Ground::Newer => format!("pic/{}/{file}", monthly(date)),
            Ground::PaperIndex
            | Ground::Mobile
            | Ground::Json
            | Ground::Posted
            | Ground::DataList
            | Ground::Journal
            | Ground::OlderJournal
            | Ground::Flipbook => format!("res/{}/{file}", compact(date)),
            Ground::Classic | Ground::Cloud => format!("res/{}/{file}", dated(date)),
        };
        self.root() + &placed
    }

    /// From a document of the issue to another place of the same paper.
    pub(crate) fn relative(&self, path: &str) -> String {
        if self.up().is_empty() {
            return path.to_owned();
        }
        let relative = format!("{}{}", self.up(), path.strip_prefix(&self.root()).unwrap_or(path));
        // A copy lies beside the months' folders.
        relative.strip_prefix("../layout/").filter(|_| self.is_copy).map_or(relative.clone(), str::to_owned)
    }

    fn picture_src(&self, path: &str) -> String {
        let src = self.relative(path);
        if self.quirks.backslashes { src.replace('/', "\\") } else { src }
    }

    pub(crate) fn article_picture_src(&self, file: &str) -> String {
        // The newer generator's pages show smaller copies.
        let copy = if self.skin.ground() == Ground::Newer { ".2" } else { "" };
        self.picture_src(&(self.picture_path(file) + copy))
    }

    /// The file of the picture that stands in the frame.
    fn frame_file(&self, page: &'a PageManifest) -> &'a str {
        match (&page.picture, self.quirks.large_picture) {
            // Scaled down by width and height, which an unstated frame has not.
            (Some(picture), LargePicture::InFrame) if self.quirks.frame != FrameSize::Unstated => picture,
            _ => &page.thumbnail,
        }
    }

    pub(crate) fn frame_src(&self, page: &'a PageManifest) -> String {
        self.picture_src(&self.page_file_path(page, self.frame_file(page)))
    }

    /// The link to the large picture, where it is not the one in the frame.
    pub(crate) fn large_picture_href(&self, page: &'a PageManifest) -> Option<String> {
        let picture = page.picture.as_deref().filter(|picture| *picture != self.frame_file(page))?;
        Some(self.relative(&self.page_file_path(page, picture)))
    }

    /// Where the PDF's icon leads; `None`: there is no icon.
    pub(crate) fn pdf_href(&self, page: &PageManifest) -> Option<String> {
        match &page.pdf {
            Some(pdf) => Some(self.relative(&self.page_file_path(page, pdf))),
            None => self.quirks.dead_pdf_links.then(|| "#".to_owned()),
        }
    }

    /// The frame of the map's coordinates.
    pub(crate) fn frame(&self, page: &PageManifest) -> (f64, f64) {
        let (width, height) = (f64::from(page.width), f64::from(page.height));
        match self.quirks.frame {
            FrameSize::Unstated | FrameSize::Stated => (width, height),
            FrameSize::Configured => (350.0, 500.0),
            FrameSize::Scaled => ((width * 400.0 / 350.0).round(), (height * 575.0 / 500.0).round()),
        }
    }

    /// ` width=350 height=500`, where the page states its frame.
    pub(crate) fn frame_attributes(&self, page: &PageManifest) -> String {
        if matches!(self.quirks.frame, FrameSize::Unstated | FrameSize::Configured) {
            return String::new();
        }
        let (width, height) = self.frame(page);
        format!(" width={width} height={height}")
    }

    /// Each region's corners in fractions, as drawn: some reach beyond the page.
    fn drawn(&self, page: &PageManifest) -> Vec<(u32, Vec<Point>)> {
        if !self.shows_regions() || self.quirks.bare_adverts && self.is_advert(page) {
            return Vec::new();
        }
        let corners = page.regions.iter().map(|region| (region.article, region.polygon.corners().to_vec()));
        let mut drawn: Vec<(u32, Vec<Point>)> = corners.collect();
        if self.quirks.overflowing_area {
            let rightmost = drawn.iter().flat_map(|(_, corners)| corners).map(|c| c.x).fold(0.0, f64::max);
            let beyond = 1.0 + 2.0 / self.frame(page).0;
            // Only what ends near the edge is stretched; the region stays where the article is printed.
            let corners = drawn.iter_mut().flat_map(|(_, corners)| corners);
            let edge = corners.filter(|corner| rightmost > 0.9 && corner.x >= rightmost);
            edge.for_each(|corner| corner.x = beyond);
        }
        drawn
    }

    /// The same for templates that write them otherwise.
    pub(crate) fn corners(&self, page: &PageManifest) -> Vec<(u32, Vec<Point>)> {
        self.drawn(page)
    }

    pub(crate) fn is_advert(&self, page: &PageManifest) -> bool {
        let titles = || page.list.iter().filter_map(|&id| self.issue.article(id));
        titles().count() > 0 && titles().all(|article| article.article.decks.headline == "广告")
    }

    /// The map's areas: in the layout's order, which is not the list's.
    pub(crate) fn areas(&self, page: &PageManifest) -> Vec<AreaText> {
        let (width, height) = self.frame(page);
        let number = |value: f64| {
            if self.quirks.decimal_coords {
                format!("{:?}", (value * 100.0).round() / 100.0)
            } else {
                format!("{}", value.round())
            }
        };
        let mut drawn = self.drawn(page);
        drawn.sort_by_key(|(article, _)| *article);
        let ids: Vec<u32> = drawn.iter().map(|(article, _)| *article).collect();
        if drawn.len() > 1 && page.list.starts_with(&ids) {
            drawn.rotate_left(1);
        }
        let mut areas = Vec::new();
        for (i, (article, corners)) in drawn.iter().enumerate() {
            let coords: Vec<String> =
                corners.iter().flat_map(|c| [number(c.x * width), number(c.y * height)]).collect();
            let coords = coords.join(",");
            if self.quirks.div_queries && i == 0 {
                let href = format!("{}?div=0", self.article_file(*article));
                areas.push(AreaText { coords: coords.clone(), href });
            }
            areas.push(AreaText { coords, href: self.article_href(*article) });
        }
        if self.quirks.null_area
            && let Some(&article) = page.list.last()
        {
            areas.push(AreaText { coords: "null".to_owned(), href: self.article_href(article) });
        }
        areas
    }

    /// The page's list, then the articles that only its map has.
    pub(crate) fn reading_order(page: &PageManifest) -> Vec<u32> {
        let mut seen = BTreeSet::new();
        let all = page.list.iter().chain(page.regions.iter().map(|region| &region.article));
        all.copied().filter(|&id| seen.insert(id)).collect()
    }

    /// The order in which a reader finds them: that of the page's list, else that in which they stand on the page.
    fn readers_order(&self, page: &PageManifest) -> Vec<u32> {
        if self.skin != Skin::Flipbook {
            return Self::reading_order(page);
        }
        let drawn: Vec<(u32, Polygon)> = self
            .drawn(page)
            .into_iter()
            .filter_map(|(article, corners)| Some((article, Polygon::new(corners).ok()?)))
            .collect();
        let polygons: Vec<&Polygon> = drawn.iter().map(|(_, polygon)| polygon).collect();
        let mut seen = BTreeSet::new();
        let order = kanbao_newspaper::reading_order(&polygons).into_iter().map(|at| drawn[at].0);
        order.filter(|&id| seen.insert(id)).collect()
    }

    /// The article before and the one after, on its page.
    pub(crate) fn neighbours(&self, article: &ArticleManifest) -> (Option<u32>, Option<u32>) {
        let Some(page) = self.page_of(article) else { return (None, None) };
        let order = Self::reading_order(page);
        let at = order.iter().position(|&id| id == article.id);
        let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| order.get(at)).copied();
        (before, at.and_then(|at| order.get(at + 1)).copied())
    }

    pub(crate) fn page_of(&self, article: &ArticleManifest) -> Option<&'a PageManifest> {
        self.issue.pages.iter().find(|page| page.number == article.page)
    }

    /// 上一期: the same column in the issue before, whether that issue has it or not.
    pub(crate) fn previous_issue_href(&self, file: &str) -> Option<String> {
        let previous = self.previous?;
        let same_month =
            (previous.year(), previous.month()) == (self.issue.date.year(), self.issue.date.month());
        Some(if same_month {
            format!("../{:02}/{file}", previous.day())
        } else {
            format!("../../{}/{file}", dated(previous))
        })
    }

    /// The article as this site publishes it: pictures where the template has them, the whole text
    /// of a 转版 article under both addresses if that is the site's habit.
    pub(crate) fn text(&self, article: &ArticleManifest) -> Article {
        let mut text = article.article.clone();
        if self.quirks.whole_text_twice
            && let Some(blocks) = self.whole_text(article)
        {
            text.blocks = blocks;
        }
        if self.skin.has_headlines_alone() {
            let kicker = std::mem::take(&mut text.decks.kicker);
            text.decks.subheadline.clear();
            // "（上接第一版）" has nowhere to stand but in the text.
            if kicker.contains("上接") {
                text.blocks.insert(0, Block::Paragraph { text: kicker });
            }
        }
        if self.quirks.texts_by_script {
            text.blocks.clear();
            text.editor_mark = None;
        }
        if self.skin.keeps_pictures_together() {
            // The template has a table of pictures over the text.
            text.blocks.sort_by_key(|block| !matches!(block, Block::Picture { .. }));
        }
        text
    }

    /// Whether the site shows pictures of its pages.
    fn shows_pages(&self) -> bool {
        !matches!(self.skin, Skin::Mobile | Skin::Json)
    }

    /// Whether it says where articles stand on them.
    fn shows_regions(&self) -> bool {
        self.shows_pages() && !matches!(self.skin, Skin::Posted | Skin::Journal)
    }

    /// Whether it has its pages as PDF.
    fn shows_pdfs(&self) -> bool {
        !matches!(self.skin, Skin::Json | Skin::Posted | Skin::DataList | Skin::OlderJournal | Skin::Flipbook)
    }

    fn whole_text(&self, article: &ArticleManifest) -> Option<Vec<Block>> {
        let goes_on = |of: u32| {
            self.issue
                .articles
                .iter()
                .find(|tail| tail.part.is_some_and(|part| part.of == of && part.joint == Joint::Continues))
        };
        let head = match article.part {
            Some(part) if part.joint == Joint::Continues => self.issue.article(part.of)?,
            Some(_) => return None,
            None => article,
        };
        let tail = goes_on(head.id)?;
        let whole = continuation::join(&head.article, &tail.article, continuation::Joint::Continues);
        let mut blocks = whole.blocks;
        let mut paragraphs = blocks.iter_mut().filter_map(|block| match block {
            Block::Paragraph { text } => Some(text),
            _ => None,
        });
        if article.id == head.id {
            paragraphs.next_back()?.push_str(mark(&head.article, "（下转")?);
        } else {
            paragraphs.next()?.insert_str(0, mark(&tail.article, "（上接")?);
        }
        Some(blocks)
    }

    /// The issue as a reader should find it.
    pub(crate) fn published(&self) -> PublishedIssue {
        let issue = self.issue;
        let pages = issue.pages.iter().enumerate().map(|(i, page)| {
            let drawn = self.drawn(page).into_iter();
            let regions = drawn.filter_map(|(article, corners)| {
                let polygon = Polygon::new(corners).ok()?;
                Some(PublishedRegion { article: self.article_path(article), polygon })
            });
            let articles = self.readers_order(page).into_iter().filter_map(|id| issue.article(id));
            PublishedPage {
                path: self.page_path(i),
                number: page.number.clone(),
                name: page.name.clone(),
                picture: if self.shows_pages() {
                    self.page_file_path(page, self.frame_file(page))
                } else {
                    String::new()
                },
                large_picture: page.picture.as_deref().map(|picture| self.page_file_path(page, picture)),
                pdf: page
                    .pdf
                    .as_deref()
                    .filter(|_| self.shows_pdfs())
                    .map(|pdf| self.page_file_path(page, pdf)),
                regions: regions.collect(),
                articles: articles.map(|article| self.published_article(article)).collect(),
            }
        });
        PublishedIssue {
            publication: issue.publication.clone(),
            slug: issue.slug.clone(),
            date: issue.date,
            // The JSON says nothing of whose it is.
            copyright: match self.skin {
                Skin::Json | Skin::Posted | Skin::Journal => String::new(),
                _ => issue.copyright.clone(),
            },
            pages: pages.collect(),
        }
    }

    fn published_article(&self, article: &ArticleManifest) -> PublishedArticle {
        let mut text = self.text(article);
        for block in &mut text.blocks {
            if let Block::Picture { url, .. } = block {
                *url = self.picture_path(url);
            }
        }
        PublishedArticle {
            path: self.article_path(article.id),
            article: text,
            continues: article.part.map(|part| self.article_path(part.of)),
            repeats: article
                .part
                .is_some_and(|part| part.joint == Joint::Repeats || self.quirks.whole_text_twice),
        }
    }
}

/// The text's own "（下转第三版）".
fn mark<'a>(article: &'a Article, begins: &str) -> Option<&'a str> {
    article.blocks.iter().find_map(|block| {
        let Block::Paragraph { text } = block else { return None };
        let mark = &text[text.find(begins)?..];
        Some(&mark[..mark.find('）')? + '）'.len_utf8()])
    })
}

/// `2026-11/24`.
pub(crate) fn dated(date: Date) -> String {
    format!("{:04}-{:02}/{:02}", date.year(), date.month(), date.day())
}

/// `202611/24`.
pub(crate) fn monthly(date: Date) -> String {
    format!("{:04}{:02}/{:02}", date.year(), date.month(), date.day())
}

/// A name that looks random and is the same every time.
fn uuid(of: &str) -> String {
    let half = |salt: &str| {
        let mut hasher = DefaultHasher::new();
        (of, salt).hash(&mut hasher);
        hasher.finish()
    };
    let (high, low) = (half("high"), half("low"));
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// `20261124`.
pub(crate) fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}
