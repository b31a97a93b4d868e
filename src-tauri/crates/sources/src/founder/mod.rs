//! The classic Founder family (方正翔宇): `node_N.htm` and `content_N.htm`, `PagePicMap`, metadata in comments;
//! table and div skins, hosted county papers, and the nbs/nw names of the people's sites.

mod article;
mod body;
pub(crate) mod calendar;
mod decks;
mod furniture;
mod index;
mod page;
mod pages;
mod property;

use crate::address;
use crate::html::Document;
use crate::printed::{bare_title, copyright, parse_date, printed_dates, publication_in_title, rule};
use crate::reading::{Family, Kind, Reading};
use property::Properties;
use regex::Regex;
use std::sync::LazyLock;
use url::Url;

/// Reads a document that is not a calendar.
pub(crate) fn read(document: &Document<'_>, reading: &mut Reading) {
    let properties = Properties::of(document.raw);
    let kind = kind_of(document, &properties, reading);
    reading.kind = kind;
    match kind {
        Kind::Index => {
            reading.redirect = index::target(document);
            if looks_like_founder(document) {
                reading.family = Some(Family::FounderClassic);
            }
            reading.publication = title_of(document).as_deref().and_then(publication_in_title);
        }
        Kind::Page | Kind::Article => {
            reading.family = Some(Family::FounderClassic);
            reading.pages = pages::read(document, reading);
            read_publication(document, &properties, kind, reading);
            read_date(document, &properties, kind, reading);
            page::read_links(document, reading);
            if kind == Kind::Page {
                reading.page = Some(page::read(document, &properties, reading));
            } else {
                reading.article = Some(article::read(document, &properties, reading));
            }
            reading.copyright = copyright(document).or(reading.copyright.take());
            let saw = reading.copyright.clone();
            rule(reading, "copyright", "a line that says whose it is", saw.as_deref());
        }
        Kind::Calendar | Kind::Unknown => {
            reading.pages.clear();
            reading
                .warnings
                .push("nothing of a newspaper's page, article, index or calendar was found".to_owned());
        }
    }
}

fn file_name(url: &Url) -> String {
    url.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
}

static PAGE_FILE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^a-z0-9])(?:node(?:_\d+)?|nbs\.[a-z0-9_]+)\.s?html?$|(?:^|_)(?:node_|nbs[._])")
        .expect("a sound pattern")
});
static ARTICLE_FILE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^a-z0-9])(?:content_\d+|nw\.[a-z]\d+)").expect("a sound pattern"));

/// Whether an address is that of an article of this family.
pub(crate) fn is_article_address(url: &Url) -> bool {
    ARTICLE_FILE.is_match(&file_name(url))
}

/// Whether an address is that of a page of this family.
pub(crate) fn is_page_address(url: &Url) -> bool {
    let file = file_name(url);
    PAGE_FILE.is_match(&file) && !ARTICLE_FILE.is_match(&file)
}

fn kind_of(document: &Document<'_>, properties: &Properties, reading: &mut Reading) -> Kind {
    let file = file_name(document.url);
    let areas = document.first("map area[href]").is_some();
    let page_links =
        document.first("#pageLink, #pagelink, #PageLink").is_some() || pages::has_page_labels(document);
    let body = article::has_body(document);
    rule(reading, "kind", "an image map with areas", areas.then_some("area"));
    rule(reading, "kind", "a list of pages", page_links.then_some("pageLink"));
    rule(reading, "kind", "an article's body", body.then_some("body"));
    let declared = properties.get("founder-type");
    rule(reading, "kind", "founder-type in the metadata comment", declared);
    let article_file = ARTICLE_FILE.is_match(&file);
    let page_file = PAGE_FILE.is_match(&file) && !article_file;
    rule(reading, "kind", "a file name like content_N or nw.", article_file.then_some(file.as_str()));
    rule(reading, "kind", "a file name like node_N or nbs.", page_file.then_some(file.as_str()));
    if article_file && (body || decks::is_there(document)) || declared == Some("1") {
        return Kind::Article;
    }
    if declared == Some("2") || page_file && (areas || page_links) {
        return Kind::Page;
    }
    // An advertisement's page may have neither areas nor a list, but frames.
    if page_file && page::has_picture(document) {
        return Kind::Page;
    }
    if !areas && !page_links && index::target(document).is_some() {
        return Kind::Index;
    }
    match (areas, page_links, body) {
        // An article's page repeats its page's map in some skins: then the body decides.
        (_, _, true) if decks::is_marked(document) => Kind::Article,
        (_, _, true) if decks::is_there(document) && article::has_marked_body(document) => Kind::Article,
        (false, _, true) if article::has_running_body(document) => Kind::Article,
        (true, _, _) | (_, true, _) => Kind::Page,
        _ if index::target(document).is_some() => Kind::Index,
        _ if article_file && (body || article::fullest(document).is_some()) => Kind::Article,
        _ => Kind::Unknown,
    }
}

fn looks_like_founder(document: &Document<'_>) -> bool {
    index::target(document).is_some_and(|target| {
        let path = target.path();
        is_page_address(&target) || path.ends_with("paperindex.htm") || path.ends_with("index.htm")
    })
}

fn title_of(document: &Document<'_>) -> Option<String> {
    document.first("title").map(|title| title.text().take(8).collect())
}

fn read_publication(document: &Document<'_>, properties: &Properties, kind: Kind, reading: &mut Reading) {
    let declared = properties.get("founder-papername").map(str::to_owned);
    rule(reading, "publication", "founder-papername in the metadata comment", declared.as_deref());
    let title = title_of(document).and_then(|title| publication_in_title(&title));
    rule(reading, "publication", "a newspaper's name in the title", title.as_deref());
    let mut found = declared.or(title);
    if found.is_none() {
        let words = document
            .all(r#"meta[name="keywords" i], meta[name="description" i], meta[name="author" i]"#)
            .into_iter()
            .filter_map(|meta| meta.attr("content"))
            .find_map(publication_in_title);
        rule(reading, "publication", "a newspaper's name in the meta elements", words.as_deref());
        found = words;
    }
    if found.is_none() && kind == Kind::Page {
        let bare = title_of(document).and_then(|title| bare_title(&title));
        rule(reading, "publication", "the title as it is", bare.as_deref());
        found = bare;
    }
    reading.publication = found;
}

fn read_date(document: &Document<'_>, properties: &Properties, kind: Kind, reading: &mut Reading) {
    let declared = properties.get("founder-date").and_then(parse_date);
    rule(
        reading,
        "date",
        "founder-date in the metadata comment",
        declared.map(|date| date.to_string()).as_deref(),
    );
    let addressed = address::issue_place(document.url).map(|place| place.date);
    rule(
        reading,
        "date",
        "the date's folders in the address",
        addressed.map(|date| date.to_string()).as_deref(),
    );
    let printed = printed_dates(document);
    // Of several datelines (an article's page may show the visitor's own day), one that agrees counts.
    let agreed = [addressed, declared].into_iter().flatten().find(|date| printed.contains(date));
    let dateline =
        agreed.or_else(|| printed.first().copied().filter(|_| kind == Kind::Page || addressed.is_none()));
    rule(reading, "date", "a printed dateline", dateline.map(|date| date.to_string()).as_deref());
    // The comment is written when a page is generated: where print and address agree, they are right.
    let outvoted = declared.is_some() && declared != dateline && dateline.is_some() && dateline == addressed;
    reading.date = if outvoted { dateline } else { declared.or(dateline).or(addressed) };
    if let (Some(found), Some(addressed)) = (reading.date, addressed)
        && found != addressed
    {
        reading.warnings.push(format!("the page is dated {found}, its address {addressed}"));
    }
}
