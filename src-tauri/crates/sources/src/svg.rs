//! The svg-pages family: the whole issue in one document that is leafed through, an SVG's polygons for the areas of
//! each page. Which page is meant is noted behind the address, where the site's own program notes it too.

use crate::address::issue_place;
use crate::ask::Ask;
use crate::html::{Document, line, lines, picture_source, pixels, selector};
use crate::printed::{copyright, parse_date, printed_dates, publication_in_title, rule};
use crate::reading::{
    AreaReading, ArticleLink, ArticleReading, Family, Kind, PageLink, PageReading, Reading,
};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use kanbao_newspaper::{Area, Article, Date, Decks, PageLabel};
use regex::Regex;
use scraper::ElementRef;
use std::sync::LazyLock;
use url::Url;

/// Far more than any issue has.
const MOST_PAGES: usize = 500;
const MOST_AREAS: usize = 5_000;

const AREAS: &str = "polygon[data-contentid]";
const BODY: &str = ".content";

/// Whether an address is that of an article: `con-746458.html`.
pub(crate) fn is_article_address(url: &Url) -> bool {
    static ARTICLE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"/\d{6}/\d\d/con-\d{1,20}\.html$").expect("a sound pattern"));
    ARTICLE.is_match(url.path())
}

/// Where the issue of another date lies; nothing for addresses that may be other families'.
pub(crate) fn issue_of(known: &Url, date: Date) -> Option<Url> {
    static FOLDER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"/\d{6}/\d\d/$").expect("a sound pattern"));
    let place = issue_place(known)?;
    // The newer Founder sites' folders are named alike, below one that says what they hold.
    let is_folder = FOLDER.is_match(known.path()) && !place.root.path().contains("/layout/");
    let is_ours = is_article_address(known) || is_folder;
    let folder = format!("{:04}{:02}/{:02}/", date.year(), date.month(), date.day());
    is_ours.then(|| place.root.join(&folder).ok())?
}

pub(crate) fn is_there(document: &Document<'_>) -> bool {
    document.first(AREAS).is_some() || is_article_address(document.url)
}

pub(crate) fn read(document: &Document<'_>, reading: &mut Reading) {
    reading.family = Some(Family::SvgPages);
    let title = document.first("title").map(line).as_deref().and_then(publication_in_title);
    rule(reading, "publication", "a newspaper's name in the title", title.as_deref());
    reading.publication = title;
    let addressed = issue_place(document.url).map(|place| place.date);
    let printed = printed_dates(document).first().copied();
    rule(reading, "date", "a printed dateline", printed.map(|date| date.to_string()).as_deref());
    let shown = addressed.map(|date| date.to_string());
    rule(reading, "date", "the date's folders in the address", shown.as_deref());
    reading.date = printed.or(addressed);
    reading.copyright = copyright(document);
    if document.first(AREAS).is_some() {
        reading.kind = Kind::Page;
        read_issue(document, reading);
    } else {
        reading.kind = Kind::Article;
        reading.article = Some(read_article(document, reading));
    }
}

/// One page's place in the document: what holds its picture and its areas.
struct Leaf<'a> {
    id: &'a str,
    around: ElementRef<'a>,
}

/// The page that is asked for: by our own note, or as the site's program notes it.
fn wanted(document: &Document<'_>) -> Option<String> {
    let noted = Ask::of(document.url).note("leaf").map(str::to_owned);
    noted.or_else(|| document.url.fragment()?.strip_prefix("page=").map(str::to_owned))
}

fn read_issue(document: &Document<'_>, reading: &mut Reading) {
    let leaves = leaves(document);
    if leaves.len() >= MOST_PAGES {
        reading.warnings.push(format!("the issue has more than {MOST_PAGES} pages; the rest is not read"));
    }
    let names = names(document);
    let base = Ask::of(document.url).keeping(&[]);
    let wanted = wanted(document);
    for (at, leaf) in leaves.iter().enumerate() {
        let numbered = PageLabel::parse(&format!("第{:0>2}版", leaf.id)).map(|label| label.number);
        let label = names.get(leaf.id).cloned().unwrap_or_else(|| PageLabel {
            number: numbered.unwrap_or_else(|| format!("{:02}", at + 1)),
            name: String::new(),
        });
        if wanted.as_deref().map_or(at == 0, |wanted| wanted == leaf.id) {
            let mut page = PageReading {
                number: label.number.clone(),
                name: label.name.clone(),
                ..PageReading::default()
            };
            read_leaf(document, leaf, &mut page, reading);
            reading.page = Some(page);
        }
        let url = base.clone().noting("leaf", leaf.id).into_url();
        reading.pages.push(PageLink { number: label.number, name: label.name, url, pdf: None });
    }
    let count = reading.pages.len().to_string();
    rule(reading, "pages", "data-pageid", Some(&count));
    if reading.page.is_none() {
        reading.warnings.push(format!("the issue has no page {}", wanted.unwrap_or_default()));
    }
}

/// The document's pages in its order: by their own elements, which also those without areas have, else by their
/// areas.
fn leaves<'a>(document: &'a Document<'_>) -> Vec<Leaf<'a>> {
    let mut known = HashSet::new();
    let mut leaves = Vec::new();
    for element in document.select("[data-pageid]").take(MOST_AREAS) {
        let id = element.attr("data-pageid").unwrap_or_default().trim();
        let is_area = element.value().name() == "polygon";
        if id.is_empty() || id.len() > 40 || leaves.len() >= MOST_PAGES || !known.insert(id) {
            continue;
        }
        let svg =
            || element.ancestors().filter_map(ElementRef::wrap).find(|around| around.value().name() == "svg");
        let around = if is_area { svg().unwrap_or(element) } else { element };
        leaves.push(Leaf { id, around });
    }
    leaves
}

/// Labels of links to `#page=N`, by N.
fn names(document: &Document<'_>) -> HashMap<String, PageLabel> {
    let mut names = HashMap::new();
    for link in document.select("a[href*='#page=']").take(MOST_PAGES * 4) {
        let href = link.attr("href").unwrap_or_default();
        let Some((_, id)) = href.rsplit_once("#page=") else { continue };
        if let Some(label) = PageLabel::parse(&line(link)) {
            names.entry(id.to_owned()).or_insert(label);
        }
    }
    names
}

fn read_leaf(document: &Document<'_>, leaf: &Leaf<'_>, page: &mut PageReading, reading: &mut Reading) {
    let own = |element: &ElementRef<'_>| element.attr("data-pageid").is_none_or(|id| id.trim() == leaf.id);
    let areas: Vec<ElementRef<'_>> = document
        .all(AREAS)
        .into_iter()
        .filter(|area| area.attr("data-pageid").is_some_and(|id| id.trim() == leaf.id))
        .take(MOST_AREAS)
        .collect();
    let svg = areas
        .first()
        .and_then(|area| area.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "svg"))
        .or_else(|| leaf.around.select(selector("svg")).next())
        .or(Some(leaf.around).filter(|around| around.value().name() == "svg"));
    if let Some(svg) = svg {
        let sides: Vec<f64> = svg
            .attr("viewBox")
            .or_else(|| svg.attr("viewbox"))
            .unwrap_or_default()
            .split([' ', ','])
            .filter_map(|side| side.parse().ok())
            .collect();
        (page.width, page.height) = match sides[..] {
            [_, _, width, height] if width > 0.0 && height > 0.0 => (Some(width), Some(height)),
            _ => (pixels(svg.attr("width")), pixels(svg.attr("height"))),
        };
    }
    // In the drawing itself, else beside it.
    let drawn = svg.and_then(|svg| {
        let image = svg.select(selector("image")).next()?;
        image
            .attr("href")
            .or_else(|| image.attr("xlink:href"))
            .or_else(|| image.value().attrs().find(|(name, _)| *name == "href").map(|(_, value)| value))
    });
    let mut around = leaf.around.ancestors().filter_map(ElementRef::wrap).take(1);
    let beside = || {
        let places = std::iter::once(leaf.around).chain(around.by_ref());
        let mut pictures = places.flat_map(|place| place.select(selector("img")).collect::<Vec<_>>());
        pictures.find(own).and_then(picture_source)
    };
    page.picture = drawn.or_else(beside).and_then(|src| document.resolve(src));
    let picture = page.picture.as_ref().map(Url::to_string);
    rule(
        reading,
        "page.picture",
        "the image of the page's drawing, or the one beside it",
        picture.as_deref(),
    );
    if page.picture.is_none() {
        reading.warnings.push("the page's picture was not found".to_owned());
    }
    let folder = Ask::of(document.url).url;
    for area in areas {
        let id = area.attr("data-contentid").unwrap_or_default();
        let is_id = !id.is_empty() && id.len() <= 20 && id.bytes().all(|byte| byte.is_ascii_digit());
        let Some(article) = folder.join(&format!("con-{id}.html")).ok().filter(|_| is_id) else {
            reading.warnings.push(format!("an area leads nowhere ({:?}): it is left out", id.get(..20)));
            continue;
        };
        let headline = area.attr("title").map(kanbao_newspaper::label::squeeze).unwrap_or_default();
        let known = page.articles.iter().any(|link| link.url == article);
        match Area::parse("polygon", area.attr("points").unwrap_or_default()) {
            Ok(area) => {
                let title = Some(headline.clone());
                page.areas.push(AreaReading { article: article.clone(), area, title });
            }
            Err(error) => reading.warnings.push(format!("the area of {article} is left out: {error}")),
        }
        if !known {
            page.articles.push(ArticleLink { url: article, headline });
        }
    }
    // Nothing lists the articles: those with a place are read as they stand.
    let placed: HashSet<&Url> = page.areas.iter().map(|area| &area.article).collect();
    page.articles.retain(|link| !placed.contains(&link.url));
    let unplaced = std::mem::take(&mut page.articles);
    page.add_unlisted();
    page.articles.extend(unplaced);
    let count = page.areas.len().to_string();
    rule(reading, "page.regions", AREAS, (!page.areas.is_empty()).then_some(count.as_str()));
}

fn read_article(document: &Document<'_>, reading: &mut Reading) -> ArticleReading {
    let deck = |css: &str| document.first(css).map(lines).unwrap_or_default();
    let decks = Decks {
        kicker: deck(".pretitle, .introtitle"),
        headline: deck(".title, h1"),
        subheadline: deck(".subtitle"),
        byline: deck(".author"),
    };
    rule(reading, "article.headline", ".title, h1", Some(decks.headline.as_str()).filter(|t| !t.is_empty()));
    let mut body =
        document.first(BODY).map(|element| crate::body::read(document, element)).unwrap_or_default();
    rule(reading, "article.body", BODY, Some(body.first_words().as_str()).filter(|words| !words.is_empty()));
    if body.cut {
        reading.warnings.push("the article is longer than is read: its end is missing".to_owned());
    }
    if decks.headline.is_empty() && body.blocks.is_empty() {
        reading.warnings.push("neither a headline nor a body was found".to_owned());
    }
    let page = document.first(".top_bar").map(line).as_deref().and_then(label_in);
    let editor_mark = body.editor_mark.take();
    ArticleReading { article: Article { decks, blocks: body.blocks, editor_mark }, page, pdf: None }
}

/// "2026年11月24日 第01版：要闻" or the label alone.
fn label_in(bar: &str) -> Option<PageLabel> {
    let behind_date = if parse_date(bar).is_some() { bar.rfind('第').map(|at| &bar[at..]) } else { None };
    PageLabel::parse(behind_date.unwrap_or(bar))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUE: &str = "https://a.cn/202611/24/";

    const FLIPBOOK: &str = r##"<title>示例日报</title><div class=nav><a href="#page=1">01版：要闻</a><a href="#page=2">02版：综合</a></div>
        <div data-pageid=1><svg viewBox="0 0 1000 1500"><image xlink:href="p/1.jpg"/>
        <polygon class="area" points="0.5,0.25 500.25,0.25 500.25,750.0 0.5,750.0" title="甲" data-pageid="1" data-contentid="11"></polygon>
        <polygon class="area" points="1,2" title="乙" data-pageid="1" data-contentid="12"></polygon>
        <polygon class="area" points="1,2 3,4 5,6" title="丙" data-pageid="1" data-contentid="../x"></polygon></svg></div>
        <div data-pageid=2><img src="p/2.jpg"></div>
        <div data-pageid=3><svg width=1000 height=1500><polygon points="0,0 9,0 9,9" data-pageid=3 data-contentid=13></svg><img src="p/3.jpg"></div>"##;

    fn read_at(address: &str, text: &str) -> Reading {
        crate::read(&Url::parse(address).unwrap(), text)
    }

    #[test]
    fn an_issue_is_leafed_through() {
        let front = read_at(ISSUE, FLIPBOOK);
        assert_eq!((front.kind, front.date), (Kind::Page, Some(Date::constant(2026, 11, 24))));
        let labels: Vec<_> =
            front.pages.iter().map(|page| (page.number.as_str(), page.name.as_str())).collect();
        assert_eq!(labels, [("01", "要闻"), ("02", "综合"), ("03", "")]);
        let page = front.page.unwrap();
        assert_eq!(
            (page.width, page.picture.as_ref().unwrap().as_str()),
            (Some(1000.0), "https://a.cn/202611/24/p/1.jpg")
        );
        let regions = page.regions(None);
        assert_eq!((regions.regions.len(), page.articles.len(), front.warnings.len()), (1, 2, 1));
        assert!((regions.regions[0].polygon.corners()[1].x - 0.500_25).abs() < 1e-9);
        assert_eq!(page.articles[0].url.as_str(), "https://a.cn/202611/24/con-11.html");
        // Behind our own note, and behind the site's.
        for address in [front.pages[2].url.as_str(), "https://a.cn/202611/24/#page=3"] {
            let page = read_at(address, FLIPBOOK).page.unwrap();
            assert_eq!((page.number.as_str(), page.areas.len()), ("03", 1), "{address}");
            assert_eq!(page.picture.unwrap().path(), "/202611/24/p/3.jpg");
        }
        assert_eq!(
            read_at(front.pages[1].url.as_str(), FLIPBOOK).page.unwrap().picture.unwrap().path(),
            "/202611/24/p/2.jpg"
        );
    }

    #[test]
    fn an_article_and_another_day() {
        let article = "https://a.cn/202611/24/con-11.html";
        let markup = "<title>示例日报</title><div class=top_bar>2026年11月24日 第02版：综合</div><div class=title>甲</div><div class=author>林河</div><div class=content><p>第一段。</p></div>";
        let reading = read_at(article, markup);
        let read = reading.article.unwrap();
        assert_eq!((read.article.decks.headline.as_str(), read.article.body().as_str()), ("甲", "第一段。"));
        assert_eq!(read.page.unwrap().number, "02");
        let day = Date::constant(2026, 10, 3);
        for known in [article, "https://a.cn/202611/24/#kanbao?leaf=1"] {
            let urls = crate::address::issue_urls(&Url::parse(known).unwrap(), day);
            assert_eq!(urls[0].as_str(), "https://a.cn/202610/03/", "{known}");
        }
    }
}
