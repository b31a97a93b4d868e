//! Sites whose pages are replicas: a page's picture with an image map, a list of the issue's pages, a list of the
//! page's articles. Three families write such documents, and differ in where things lie: the classic Founder one
//! (方正翔宇: `node_N.htm`, `content_N.htm`; table and div skins, hosted county papers, the nbs/nw names of the people's
//! sites), the newer one (`layout/YYYYMM/DD/node_01.html`), and the `PaperIndex` sites (`Page01BC.htm`).

pub(crate) mod article;
pub(crate) mod newer;
pub(crate) mod page;
mod pages;
pub(crate) mod paper_index;
mod site_links;

pub(crate) use page::links_by_words;

use crate::address;
use crate::decks;
use crate::html::{Attributes, Document, Target, headline, link_address};
use crate::index;
use crate::printed::{
    bare_title, copyright, is_newspaper_name, parse_date, printed_dates, publication_in_title, rule,
};
use crate::property::Properties;
use crate::reading::{Family, Kind, Reading, TitleLink};
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
            if let Some(target) = reading.redirect.as_ref().filter(|target| looks_like_founder(target)) {
                reading.family = Some(if paper_index::is_paper_index_address(target) {
                    Family::PaperIndex
                } else if newer::is_newer(&Target::new(target.clone())) {
                    Family::FounderNew
                } else {
                    Family::FounderClassic
                });
            }
            reading.publication = title_of(document).as_deref().and_then(publication_in_title);
        }
        Kind::Page | Kind::Article => {
            reading.family = Some(family_of(document, &properties, reading));
            reading.pages = pages::read(document, reading);
            read_publication(document, &properties, kind, reading);
            read_date(document, &properties, kind, reading);
            page::read_links(document, reading);
            if kind == Kind::Page {
                site_links::read(document, reading);
                reading.page = Some(page::read(document, &properties, reading));
            } else {
                reading.article = Some(article::read(document, &properties, reading));
            }
            reading.copyright = copyright(document).or(reading.copyright.take());
            let saw = reading.copyright.clone();
            rule(reading, "copyright", "a line that says whose it is", saw.as_deref());
        }
        Kind::Calendar | Kind::Unknown => {
            reading.titles = titles(document);
            let count = reading.titles.len().to_string();
            let several = reading.titles.len() > 1;
            rule(reading, "titles", "links named like newspapers", several.then_some(count.as_str()));
            if several {
                reading.kind = Kind::Index;
                return;
            }
            reading.titles.clear();
            reading
                .warnings
                .push("nothing of a newspaper's page, article, index or calendar was found".to_owned());
        }
    }
}

fn file_name(url: &Url) -> String {
    address::file_of(url).to_ascii_lowercase()
}

/// The families that write replicas, told by a document's own address, else by where it leads, else by the names in
/// its metadata comment.
fn family_of(document: &Document<'_>, properties: &Properties<'_>, reading: &mut Reading) -> Family {
    let by_address = |target: &Target| {
        if paper_index::is_paper_index_address(target) {
            Some(Family::PaperIndex)
        } else {
            newer::is_newer(target).then_some(Family::FounderNew)
        }
    };
    let own = by_address(&document.here);
    rule(reading, "family", "an address that only one family has", own.map(|_| document.url.path()));
    let links = document.select("area[href], a[href], a[daoxiang]").take(400);
    let mut leading = links.filter_map(|link| document.target(link_address(link)?));
    let led =
        if own.is_some() { None } else { leading.find_map(|target| Some((by_address(&target)?, target))) };
    rule(reading, "family", "links to such addresses", led.as_ref().map(|(_, target)| target.as_str()));
    let named = ["nodename", "siteid"].into_iter().find_map(|name| properties.get(name));
    rule(reading, "family", "nodename or siteid in the metadata comment", named);
    own.or(led.map(|(family, _)| family))
        .or(named.map(|_| Family::FounderNew))
        .unwrap_or(Family::FounderClassic)
}

static PAGE_FILE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^a-z0-9])(?:node(?:_\d+)?|nbs\.[a-z0-9_]+)\.s?html?$|(?:^|_)(?:node_|nbs[._])|^(?:l|col)[a-z]{0,3}\d{1,4}\.html$|^\d+__[a-z]{0,3}\d{1,4}\.html$",
    )
    .expect("a sound pattern")
});
static ARTICLE_FILE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^a-z0-9])(?:content_\d+|nw\.[a-z]\d+)|^c\d{3,}\.html$").expect("a sound pattern")
});

/// The newer sites' folders: whatever lies in them is a page, or an article.
static PAGE_FOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)/(?:layout|col)/\d{6}/\d\d/[^/]+\.html?$|/(?:layout|col)/index\.html$")
        .expect("a sound pattern")
});
static ARTICLE_FOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)/(?:content|con)/\d{6}/\d\d/[^/]+\.html?$").expect("a sound pattern"));

/// Whether an address is that of an article of these families.
pub(crate) fn is_article_address(url: &Url) -> bool {
    ARTICLE_FILE.is_match(&file_name(url))
        || ARTICLE_FOLDER.is_match(url.path())
        || paper_index::article_page(url).is_some()
}

/// Whether an address is that of a page of these families.
pub(crate) fn is_page_address(url: &Url) -> bool {
    let known = || PAGE_FILE.is_match(&file_name(url)) || PAGE_FOLDER.is_match(url.path());
    (known() || paper_index::page_number(url).is_some()) && !is_article_address(url)
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
    let article_file = is_article_address(document.url);
    let page_file = is_page_address(document.url);
    rule(
        reading,
        "kind",
        "an address like content_N, nw. or content/YYYYMM/DD/",
        article_file.then_some(file.as_str()),
    );
    rule(
        reading,
        "kind",
        "an address like node_N, nbs. or layout/YYYYMM/DD/",
        page_file.then_some(file.as_str()),
    );
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

/// The newspapers that a house's front page leads to.
fn titles(document: &Document<'_>) -> Vec<TitleLink> {
    const MOST_TITLES: usize = 100;
    let mut titles: Vec<TitleLink> = Vec::new();
    for link in document.select("a[href]").take(2_000) {
        let name = headline(document, link);
        let Some(url) = link.attribute("href").and_then(|href| document.resolve(href)) else { continue };
        let known = |title: &TitleLink| title.url == url || title.name == name;
        let own = url.host_str() == document.url.host_str() && url != *document.url;
        if own && is_newspaper_name(&name) && !titles.iter().any(known) && titles.len() < MOST_TITLES {
            titles.push(TitleLink { name, url });
        }
    }
    titles
}

fn looks_like_founder(target: &Url) -> bool {
    let path = target.path();
    is_page_address(target)
        || path.ends_with("paperindex.htm")
        || path.ends_with("index.htm")
        || paper_index::is_paper_index_address(target)
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
            .select(r#"meta[name="keywords" i], meta[name="description" i], meta[name="author" i]"#)
            .filter_map(|meta| meta.attribute("content"))
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
    let declared = properties.get("founder-date").or_else(|| properties.get("date")).and_then(parse_date);
    rule(
        reading,
        "date",
        "founder-date or date in the metadata comment",
        declared.map(|date| date.to_string()).as_deref(),
    );
    // A copy of the newest issue's first page lies at an address without a date, but leads to dated ones.
    let addressed = address::issue_place(document.url)
        .or_else(|| reading.pages.iter().find_map(|page| address::issue_place(&page.url)))
        .map(|place| place.date);
    rule(
        reading,
        "date",
        "the date's folders in the address, or in those of the pages",
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
