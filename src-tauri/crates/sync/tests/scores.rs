//! How much of what the press publishes is read rightly, by family and field: the table is printed, and every field
//! of every family has to be whole.

use kanbao_newspaper::Block;
use kanbao_press::{Paper, PublishedArticle, PublishedPage, Quirks, Site, Skin};
use kanbao_publisher::{Origin, OriginRequest, charset};
use kanbao_sources::{ArticleLink, Ask, Family, Reading};
use std::collections::BTreeMap;
use std::path::Path;
use url::{Position, Url};

const HOST: &str = "http://press.example";

const SKINS: &[(Skin, &str)] = &[
    (Skin::Div, "founder-classic"),
    (Skin::Table, "founder-classic"),
    (Skin::People, "founder-classic"),
    (Skin::Swiper, "founder-new"),
    (Skin::Chunk, "founder-new"),
    (Skin::Layoutlist, "founder-new"),
    (Skin::Navlist, "founder-new"),
    (Skin::Webtree, "founder-new"),
    (Skin::Catalogue, "founder-new"),
    (Skin::PaperIndex, "paper-index"),
    (Skin::Daoxiang, "paper-index"),
    (Skin::Mobile, "bjd-mobile"),
    (Skin::Json, "json-szb"),
    (Skin::Posted, "json-stdaily"),
    (Skin::DataList, "json-bjnews"),
    (Skin::Journal, "json-jfdaily"),
    (Skin::OlderJournal, "json-jfdaily"),
    (Skin::Flipbook, "svg-pages"),
];

/// Right and all, by family and field, and the first few that are wrong.
#[derive(Default)]
struct Scores {
    fields: BTreeMap<(&'static str, &'static str), (usize, usize)>,
    wrong: Vec<String>,
}

impl Scores {
    fn count(&mut self, family: &'static str, field: &'static str, what: &str, found: &str, expected: &str) {
        let (right, all) = self.fields.entry((family, field)).or_default();
        *all += 1;
        if found == expected {
            *right += 1;
        } else {
            self.wrong
                .push(format!("{family} {field} of {what}:\n  found    {found}\n  expected {expected}"));
        }
    }
}

/// Characters that are not blank: what is printed may be broken into lines anew.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{3000}')).collect()
}

fn body(site: &Site, address: &Url) -> (Vec<u8>, Option<String>) {
    let ask = Ask::of(address);
    let path = &address[Position::BeforePath..Position::AfterQuery];
    let headers = [("x-requested-with".to_owned(), "XMLHttpRequest".to_owned())];
    let request = OriginRequest { path, headers: &headers, posted: ask.posted().map(str::as_bytes) };
    let response = site.respond(&request);
    assert_eq!(response.status, 200, "{address}");
    let content_type = response.headers.iter().find(|(name, _)| name == "Content-Type");
    (response.body, content_type.map(|(_, value)| value.clone()))
}

fn read(site: &Site, address: &Url) -> Reading {
    let (body, content_type) = body(site, address);
    let text = charset::decode(&body, content_type.as_deref()).text;
    kanbao_sources::read(address, &text)
}

/// The page behind the address that people see, with what its issue's list of pages says of it.
fn page_of(site: &Site, published: &PublishedPage) -> (Url, Reading) {
    let mut address = Url::parse(&format!("{HOST}{}", published.path)).unwrap();
    let mut reading = read(site, &address);
    while let Some(next) = reading.redirect.clone() {
        address = next;
        reading = read(site, &address);
    }
    let list = reading.links.page_list.clone().map(|list| read(site, &list));
    // Of an issue in one document its first page is read, where the address does not say which is meant.
    let pages = list.as_ref().map_or(&reading.pages, |list| &list.pages);
    let own = pages.iter().find(|page| page.number == published.number).map(|page| page.url.clone());
    let is_own = reading.page.as_ref().is_some_and(|page| page.number == published.number);
    if let Some(own) = own.filter(|_| !is_own) {
        address = own;
        reading = read(site, &address);
    }
    if let Some(list) = list {
        reading.complete_from(&list, &address);
    }
    (address, reading)
}

fn path(url: Option<&Url>) -> String {
    url.map(|url| url.path().to_owned()).unwrap_or_default()
}

/// What an article is told by: its path, or its number in the query or behind the address of a document that has many.
fn told_by(url: &Url) -> String {
    let queried = || url.query_pairs().find(|(name, _)| name == "id").map(|(_, id)| id.into_owned());
    let noted = Ask::of(url).note("article").map(str::to_owned);
    noted.or_else(queried).unwrap_or_else(|| url.path().to_owned())
}

/// The same of an address that the press publishes.
fn published_as(path: &str) -> String {
    let numbered = ["articleid=", "currentNewsId=", "&id=", "?id="].into_iter().find_map(|name| {
        let (_, id) = path.split_once(name)?;
        Some(id.chars().take_while(char::is_ascii_digit).collect())
    });
    numbered.unwrap_or_else(|| path.to_owned())
}

/// Every region with its article, to the pixel of a page of 350 by 500.
fn regions<'a>(
    regions: impl Iterator<Item = (String, &'a kanbao_newspaper::Polygon)>,
) -> Vec<(String, Vec<(f64, f64)>)> {
    let placed = regions.map(|(article, polygon)| {
        (article, polygon.corners().iter().map(|corner| (corner.x * 350.0, corner.y * 500.0)).collect())
    });
    let mut placed: Vec<(String, Vec<(f64, f64)>)> = placed.collect();
    placed.sort_by(|a, b| a.0.cmp(&b.0));
    placed
}

fn within_a_pixel(found: &[(String, Vec<(f64, f64)>)], expected: &[(String, Vec<(f64, f64)>)]) -> bool {
    let near = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs() <= 1.0 && (a.1 - b.1).abs() <= 1.0;
    found.len() == expected.len()
        && found.iter().zip(expected).all(|(a, b)| {
            a.0 == b.0 && a.1.len() == b.1.len() && a.1.iter().zip(&b.1).all(|(a, b)| near(a, b))
        })
}

fn score_page(
    scores: &mut Scores,
    family: &'static str,
    site: &Site,
    date: &str,
    published: &PublishedPage,
) -> Vec<ArticleLink> {
    let (address, reading) = page_of(site, published);
    let what = format!("{} {}", address, published.number);
    let mut count = |field, found: &str, expected: &str| scores.count(family, field, &what, found, expected);
    count("family", reading.family.as_ref().map_or("", Family::as_str), family);
    count("page date", &reading.date.map(|date| date.to_string()).unwrap_or_default(), date);
    let Some(page) = &reading.page else {
        count("page", "none", "one");
        return Vec::new();
    };
    count("page number", &page.number, &published.number);
    // Some pages leave their names to the list of pages.
    if !page.name.is_empty() || reading.links.page_list.is_none() {
        count("page name", &page.name, &published.name);
    }
    count("page picture", &path(page.picture.as_ref()), &published.picture);
    count("page PDF", &path(page.pdf.as_ref()), published.pdf.as_deref().unwrap_or_default());
    let natural = page.picture.as_ref().and_then(|url| {
        let picture = std::io::Cursor::new(body(site, url).0);
        image::ImageReader::new(picture).with_guessed_format().ok()?.into_dimensions().ok()
    });
    let found = page.regions(natural);
    let found = regions(found.regions.iter().map(|region| (told_by(&region.article), &region.polygon)));
    let expected =
        regions(published.regions.iter().map(|region| (published_as(&region.article), &region.polygon)));
    if within_a_pixel(&found, &expected) {
        count("regions", "", "");
    } else {
        count("regions", &format!("{found:?}"), &format!("{expected:?}"));
    }
    let found: Vec<String> = page.articles.iter().map(|link| told_by(&link.url)).collect();
    let expected: Vec<String> =
        published.articles.iter().map(|article| published_as(&article.path)).collect();
    count("article links", &found.join(" "), &expected.join(" "));
    let found: Vec<String> = page.articles.iter().map(|link| plain(&link.headline)).collect();
    let expected: Vec<String> =
        published.articles.iter().map(|article| plain(&article.article.decks.headline)).collect();
    count("listed headlines", &found.join(" "), &expected.join(" "));
    page.articles.clone()
}

fn score_article(
    scores: &mut Scores,
    family: &'static str,
    site: &Site,
    date: &str,
    links: &[ArticleLink],
    published: &PublishedArticle,
) {
    let own = links.iter().find(|link| told_by(&link.url) == published_as(&published.path));
    let Some(own) = own else { return scores.count(family, "article", &published.path, "no link", "one") };
    let mut reading = read(site, &own.url);
    if let Some(elsewhere) = &reading.links.text
        && reading.article.as_ref().is_some_and(|read| read.article.blocks.is_empty())
    {
        reading = read(site, elsewhere);
    }
    let mut count =
        |field, found: &str, expected: &str| scores.count(family, field, &published.path, found, expected);
    count("article date", &reading.date.map(|date| date.to_string()).unwrap_or_default(), date);
    let Some(found) = reading.article else { return count("article", "none", "one") };
    let (found, expected) = (found.article, &published.article);
    count("headline", &plain(&found.decks.headline), &plain(&expected.decks.headline));
    count("kicker", &plain(&found.decks.kicker), &plain(&expected.decks.kicker));
    count("subheadline", &plain(&found.decks.subheadline), &plain(&expected.decks.subheadline));
    count("byline", &plain(&found.decks.byline), &plain(&expected.decks.byline));
    count("body", &plain(&found.body()), &plain(&expected.body()));
    let pictures = |article: &kanbao_newspaper::Article, host: &str| {
        let pictures = article.blocks.iter().filter_map(|block| match block {
            Block::Picture { url, caption } => {
                Some(format!("{} {}", url.strip_prefix(host).unwrap_or(url), plain(caption)))
            }
            _ => None,
        });
        pictures.collect::<Vec<_>>().join(" ")
    };
    count("pictures", &pictures(&found, HOST), &pictures(expected, ""));
}

#[test]
fn every_field_of_every_family_is_read_rightly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../press/paper");
    let paper = Paper::load(&folder).unwrap();
    let mut scores = Scores::default();
    for &(skin, family) in SKINS {
        let site = Site::new(paper.clone(), skin, Quirks::usual(skin));
        for issue in site.published() {
            let date = issue.date.to_string();
            for page in &issue.pages {
                let links = score_page(&mut scores, family, &site, &date, page);
                for article in &page.articles {
                    score_article(&mut scores, family, &site, &date, &links, article);
                }
            }
        }
    }
    for ((family, field), (right, all)) in &scores.fields {
        println!("{family:<18} {field:<18} {right:>5} / {all}");
    }
    let shown: Vec<&String> = scores.wrong.iter().take(25).collect();
    assert!(scores.wrong.is_empty(), "{} wrong:\n{shown:#?}", scores.wrong.len());
}
