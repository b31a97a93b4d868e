//! An article's page: its body, by whichever marks its template left, and the pictures that stand around it.

use super::page::own_label;
use crate::body::{self, Body};
use crate::decks::{self, marked};
use crate::html::{
    Document, Step, fragment_lines, is_block, is_link, is_silent, printed_lines, selector, walk,
    without_metadata,
};
use crate::printed::rule;
use crate::property::Properties;
use crate::reading::{ArticleReading, Reading};
use ego_tree::NodeId;
use foldhash::{HashMap, HashMapExt};
use kanbao_newspaper::{Article, Block};
use memchr::memmem;
use scraper::{ElementRef, Html};
use url::Url;

/// Containers of a body, the surest first.
const BODIES: &[&str] = &[
    "founder-content",
    "#articleContent",
    "#articlecontent",
    "#ozoom",
    "#zoom",
    "#copytext",
    "#doccontent",
    "#articleText",
    "div.article-content",
    "div.articleContent",
    ".article .text",
    ".text_c .c_c",
    "div.content_tt",
    ".main-article-con",
    "div.articleDetail",
    "#main-ed-article-content",
    ".main-ed-article-content",
    "#contenttext",
    "#news_content",
    "cms-content",
    ".newsdetatext",
    "td.font6",
    "td.content",
];

/// Whether an article's body is marked by what only articles have.
pub(crate) fn has_marked_body(document: &Document<'_>) -> bool {
    ["<!--enpcontent", "<npm:article-content>", "<npm:article-title>"]
        .iter()
        .any(|mark| memmem::find(document.raw.as_bytes(), mark.as_bytes()).is_some())
        || document.first("founder-content, #articleContent").is_some()
}

/// Whether an article's body holds text outside of links: some skins' pages have one around their lists.
pub(crate) fn has_running_body(document: &Document<'_>) -> bool {
    const LEAST: usize = 30;
    let is_running = |element: ElementRef<'_>| {
        let lines = printed_lines(element, usize::MAX, is_link);
        lines.iter().map(|line| line.text.chars().count()).sum::<usize>() >= LEAST
    };
    has_marked_body(document) || BODIES.iter().any(|css| document.select(css).take(20).any(is_running))
}

pub(crate) fn has_body(document: &Document<'_>) -> bool {
    has_marked_body(document) || BODIES.iter().any(|css| document.first(css).is_some())
}

pub(crate) fn read(
    document: &Document<'_>,
    properties: &Properties<'_>,
    reading: &mut Reading,
) -> ArticleReading {
    let mut body = find_body(document, reading);
    let decks = decks::read(document, properties, reading);
    let mut blocks = pictures_outside(document, &body);
    blocks.append(&mut body.blocks);
    decks::drop_repeated(&mut blocks, &decks);
    body.tell(reading);
    let article = Article { decks, blocks, editor_mark: body.editor_mark.take() };
    if article.decks.headline.is_empty() && article.blocks.is_empty() {
        reading.warnings.push("neither a headline nor a body was found".to_owned());
    }
    let label = own_label(document, properties, reading);
    let page = (!label.number.is_empty()).then_some(label);
    let pdf = page.as_ref().and_then(|label| {
        reading.pages.iter().find(|link| link.number == label.number).and_then(|link| link.pdf.clone())
    });
    ArticleReading { article, page, pdf }
}

fn find_body(document: &Document<'_>, reading: &mut Reading) -> Body {
    /// Of one name; each is looked through, and they may lie within each other.
    const MOST_LOOKED_AT: usize = 100;
    let map = selector("map area");
    for css in BODIES {
        // The widest of one name, so that an empty twin does not win.
        let found = document
            .select(css)
            .take(MOST_LOOKED_AT)
            .filter(|element| element.select(map).next().is_none())
            .take(20)
            .map(|element| body::read(document, element))
            .max_by_key(Body::size);
        let Some(body) = found.filter(|body| body.size() > 0) else { continue };
        // A paragraph that begins inside another closes everything up to it, the marker too: then most of
        // the text lies behind the marker, in the wrapper.
        let wrapper = document.select("#ozoom").find(|wrapper| {
            *css == "founder-content" && wrapper.select(selector("founder-content")).next().is_some()
        });
        if let Some(wrapper) = wrapper {
            let wide = body::read(document, wrapper);
            let marked = Some(wide.size()).filter(|size| *size > body.size() + body.size() / 5);
            let marked = marked.and_then(|_| as_written(document)).filter(|found| found.size() > body.size());
            let found = marked.or_else(|| Some(wide).filter(|wide| wide.size() > body.size() * 3));
            if let Some(found) = found {
                let words = found.first_words();
                rule(reading, "article.body", "#ozoom, of which founder-content holds a part", Some(&words));
                return found;
            }
        }
        rule(reading, "article.body", css, Some(&body.first_words()));
        return body;
    }
    let raw = document.raw;
    let between = |open: &str, close: &str| {
        let start = raw.find(open)? + open.len();
        raw[start..].find(close).map(|end| &raw[start..start + end])
    };
    let commented = between("<!--enpcontent-->", "<!--/enpcontent-->").or_else(|| marked(raw, "content"));
    if let Some(markup) = commented {
        let fragment = Html::parse_fragment(markup);
        let body = body::read(document, fragment.root_element());
        rule(reading, "article.body", "between the content comments", Some(&body.first_words()));
        if body.size() > 0 {
            return body;
        }
    }
    rule(reading, "article.body", "founder-content, #articleContent, #ozoom and their kin", None);
    if BODIES.iter().all(|css| document.first(css).is_none())
        && let Some(element) = fullest(document)
    {
        let body = body::read(document, element);
        rule(reading, "article.body", "the element with the most running text", Some(&body.first_words()));
        return body;
    }
    Body::default()
}

/// What stands between the marker's two ends as they are written, wherever the tree has put it.
fn as_written(document: &Document<'_>) -> Option<Body> {
    let raw = without_metadata(document.raw);
    let (_, after) = raw.split_once("<founder-content>")?;
    let (markup, _) = after.split_once("</founder-content>")?;
    Some(body::read(document, Html::parse_fragment(markup).root_element()))
}

/// The element that holds the most text outside of links, paragraphs counted for what they stand in.
pub(crate) fn fullest<'a>(document: &'a Document<'_>) -> Option<ElementRef<'a>> {
    /// Less is a notice or a menu.
    const LEAST: usize = 80;
    let mut texts: HashMap<NodeId, (usize, ElementRef<'a>)> = HashMap::new();
    let mut blocks: Vec<ElementRef<'a>> = vec![document.html.root_element()];
    walk(document.html.root_element(), |step| match step {
        Step::Text(words) => {
            let holder = blocks.iter().rev().find(|block| block.value().name() != "p");
            if let Some(&holder) = holder {
                let count = words.chars().filter(|c| !c.is_whitespace() && !c.is_ascii()).count();
                texts.entry(holder.id()).or_insert((0, holder)).0 += count;
            }
            false
        }
        Step::Enter(element) => {
            let enter = !is_silent(element) && !is_link(element);
            if enter && is_block(element.value().name()) {
                blocks.push(element);
            }
            enter
        }
        Step::Leave(element) => {
            if is_block(element.value().name()) {
                blocks.pop();
            }
            false
        }
    });
    let (count, element) = texts.into_values().max_by_key(|(count, _)| *count)?;
    (count >= LEAST).then_some(element)
}

/// Pictures that a template puts over the body: `table#newspic`, `table.pci_c`, npm's picture comment.
fn pictures_outside(document: &Document<'_>, body: &Body) -> Vec<Block> {
    let known: Vec<&str> = body
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Picture { url, .. } => Some(url.as_str()),
            _ => None,
        })
        .collect();
    let mut pictures: Vec<Block> = Vec::new();
    for element in document.all(
        "table#newspic, table.newspic, table.pci_c, #newspic, .article-pic, .tupian, .pic_c, .attachment",
    ) {
        for block in body::read(document, element).blocks {
            if let Block::Picture { url, .. } = &block {
                let seen = |other: &Block| matches!(other, Block::Picture { url: other, .. } if other == url);
                if !known.contains(&url.as_str()) && !pictures.iter().any(seen) {
                    pictures.push(block);
                }
            }
        }
    }
    if pictures.is_empty()
        && let Some(markup) = marked(document.raw, "pic")
    {
        let fragment = Html::parse_fragment(markup);
        let words = marked(document.raw, "pic-text").map(fragment_lines).unwrap_or_default();
        for picture in fragment.select(selector("img")) {
            let url =
                crate::html::picture_source(picture).and_then(|src| document.resolve(src)).map(Url::into);
            if let Some(url) = url.filter(|url: &String| !known.contains(&url.as_str())) {
                pictures.push(Block::Picture { url, caption: words.clone() });
            }
        }
    }
    pictures
}
