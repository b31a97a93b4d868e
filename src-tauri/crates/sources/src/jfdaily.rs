//! The json-jfdaily family: a JSON document a page (`journal/DATE/getJournalPage.do`), before that one an issue
//! (`navi.json`), and before that pages of HTML whose areas stand in `xy`, in a frame of a stated width.

use crate::address::{file_of, issue_place};
use crate::ask::{Ask, join};
use crate::html::{Attributes, Document, headline, line, stated_size};
use crate::json::{article_of, is_code, marked, words};
use crate::printed::{copyright, parse_date, publication_in_title, rule};
use crate::property::Properties;
use crate::reading::{
    AreaReading, ArticleLink, ArticleReading, Family, Kind, PageLink, PageReading, Reading, TitleLink,
};
use crate::replica;
use kanbao_newspaper::geometry::MAX_CORNERS;
use kanbao_newspaper::{Area, Date, Decks, PageLabel, Shape};
use regex::Regex;
use serde_json::Value;
use std::sync::LazyLock;
use url::Url;

/// Far more than any house, issue or page has.
const MOST_TITLES: usize = 100;
const MOST_PAGES: usize = 500;
const MOST_ARTICLES: usize = 1_000;

/// The width of the frame that corners are counted in; its height follows from the picture's shape.
const FRAME_WIDTH: f64 = 2_778.0;

/// Papers that the list of the newest knows by their codes alone.
const NAMES: &[(&str, &str)] = &[("jfrb", "解放日报")];

const NEWEST: &str = "/journal/list.do";

/// What an address of this family is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Newest,
    Page,
    Article,
    /// The whole issue without texts, and an article of it, as they were kept until the end of 2024.
    Navi,
    NaviArticle,
    /// A page as it was before.
    Html,
    HtmlArticle,
}

fn sort_of(url: &Url) -> Option<Sort> {
    static PLACES: LazyLock<[(Regex, Sort); 7]> = LazyLock::new(|| {
        [
            (r"^/journal/list\.do$", Sort::Newest),
            (r"^/journal/\d{4}-\d\d-\d\d/getJournalPage\.do$", Sort::Page),
            (r"^/journal/getJournalPageArticle\.do$", Sort::Article),
            (r"^/staticsg/data/journal/\d{4}-\d\d-\d\d/navi\.json$", Sort::Navi),
            (r"^/staticsg/data/journal/\d{4}-\d\d-\d\d/\w{1,8}/article/\w{1,40}\.json$", Sort::NaviArticle),
            (r"/journal/\d{4}-\d\d-\d\d/page_\w{1,8}\.htm$", Sort::Html),
            (r"/journal/\d{4}-\d\d-\d\d/getArticle\.htm$", Sort::HtmlArticle),
        ]
        .map(|(pattern, sort)| (Regex::new(pattern).expect("a sound pattern"), sort))
    });
    // Each of them lies there: other families' addresses need not be held against seven patterns.
    if !url.path().contains("/journal/") {
        return None;
    }
    PLACES.iter().find(|(pattern, _)| pattern.is_match(url.path())).map(|(_, sort)| *sort)
}

fn queried(url: &Url, wanted: &str) -> Option<String> {
    url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
}

/// Whose paper an address is of: its query says it, or what led to it.
pub(crate) fn code_of(url: &Url) -> Option<String> {
    // A paper with a folder of its own is told by it.
    let is_own =
        matches!(sort_of(url)?, Sort::Html | Sort::HtmlArticle) && !url.path().starts_with("/journal/");
    if is_own {
        return None;
    }
    let noted = Ask::of(url).note("paper").map(str::to_owned);
    let code = queried(url, "code").or(noted).unwrap_or_else(|| NAMES[0].0.to_owned());
    is_code(&code).then_some(code)
}

fn page_url(beside: &Ask, code: &str, date: Date, number: &str) -> Option<Url> {
    let mut url = beside.url.join(&format!("/journal/{date}/getJournalPage.do")).ok()?;
    url.query_pairs_mut().append_pair("page", number).append_pair("code", code);
    Some(beside.clone().keeping(&["name"]).at(url).into_url())
}

/// The address behind what people see: `…/journal/index.html?date=…&page=…`, `…/journal/detail.html?…&id=…`.
pub(crate) fn behind(url: &Url) -> Option<Url> {
    static SHELL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^/staticsg/res/html/journal/(?:index|detail)\.html$").expect("a sound pattern")
    });
    if !SHELL.is_match(url.path()) {
        return None;
    }
    let code = queried(url, "code").filter(|code| is_code(code)).unwrap_or_else(|| NAMES[0].0.to_owned());
    let beside = Ask::of(url).keeping(&[]);
    let Some(date) = queried(url, "date").as_deref().and_then(parse_date) else {
        return newest(&beside, &code);
    };
    page_url(&beside, &code, date, &queried(url, "page").unwrap_or_else(|| "01".to_owned()))
}

fn newest(beside: &Ask, code: &str) -> Option<Url> {
    Some(Ask::of(&beside.url.join(NEWEST).ok()?).noting("paper", code).into_url())
}

pub(crate) fn newest_of(known: &Url) -> Option<Url> {
    newest(&Ask::of(known), &code_of(known)?)
}

/// Where the issue of another date may begin, of each of the ways that the site has had.
pub(crate) fn issues_of(known: &Url, date: Date) -> Vec<Url> {
    let Some(code) = code_of(known) else {
        let place = sort_of(known).and_then(|_| issue_place(known));
        let first = place.and_then(|place| place.root.join(&format!("{date}/page_01.htm")).ok());
        return first.into_iter().collect();
    };
    let ask = Ask::of(known);
    let beside = |path: String| {
        ask.url.join(&path).ok().map(|url| {
            let mut url = url;
            url.set_query(None);
            ask.clone().keeping(&["name"]).at(url).noting("paper", &code).into_url()
        })
    };
    let urls = [
        page_url(&ask, &code, date, "01"),
        beside(format!("/staticsg/data/journal/{date}/navi.json")),
        beside(format!("/journal/{date}/page_01.htm")),
    ];
    urls.into_iter().flatten().collect()
}

/// The value of a document that is this family's JSON.
pub(crate) fn value_of(url: &Url, text: &str) -> Option<Value> {
    let sort = sort_of(url)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    (text.starts_with('{') && !matches!(sort, Sort::Html | Sort::HtmlArticle))
        .then(|| serde_json::from_str(text).ok())?
}

pub(crate) fn read_value(url: &Url, value: &Value, reading: &mut Reading) {
    let ask = Ask::of(url);
    reading.family = Some(Family::JsonJfdaily);
    let known = match sort_of(url) {
        Some(Sort::Newest) => read_newest(&ask, &value["object"], reading),
        Some(Sort::Page) => read_page(&ask, &value["object"], reading),
        Some(Sort::Article) => read_article(&ask, &value["object"]["article"], reading),
        Some(Sort::Navi) => read_navi(&ask, value, reading),
        Some(Sort::NaviArticle) => read_article(&ask, &value["article"], reading),
        _ => None,
    };
    if known.is_none() {
        reading.warnings.push("the site's answer holds nothing of an issue".to_owned());
    }
}

fn name_of(code: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

fn read_newest(ask: &Ask, object: &Value, reading: &mut Reading) -> Option<()> {
    let papers = object["departList"].as_array()?;
    reading.kind = Kind::Index;
    let wanted = ask.note("paper");
    for paper in papers.iter().take(MOST_TITLES) {
        let code = words(paper, "code");
        if !is_code(&code) {
            reading.warnings.push(format!("{code:?} is no paper's code: it is left out"));
            continue;
        }
        let stated = ["name", "dname", "departName"].into_iter().map(|name| words(paper, name));
        let known = name_of(&code).map(str::to_owned);
        let name = stated.into_iter().find(|name| !name.is_empty()).or(known).unwrap_or_else(|| code.clone());
        reading.titles.push(TitleLink { name: name.clone(), url: newest(ask, &code)? });
        let Some(date) = parse_date(&words(paper, "jdate")) else { continue };
        if wanted == Some(code.as_str()) || wanted.is_none() && papers.len() == 1 {
            reading.publication = Some(name.clone());
            reading.date = Some(date);
            let first = Some(words(paper, "pnumber")).filter(|number| !number.is_empty());
            let named = Ask::of(&ask.url).noting("name", &name);
            reading.redirect = page_url(&named, &code, date, first.as_deref().unwrap_or("01"));
        }
    }
    let count = reading.titles.len().to_string();
    rule(reading, "titles", "object.departList", (!reading.titles.is_empty()).then_some(count.as_str()));
    if reading.redirect.is_some() {
        reading.titles.clear();
    }
    Some(())
}

/// What every document of an issue has from its address.
fn begin(ask: &Ask, kind: Kind, reading: &mut Reading) {
    reading.kind = kind;
    let addressed = issue_place(&ask.url).map(|place| place.date);
    reading.date = addressed.or_else(|| ask.note("date").and_then(parse_date));
    let date = reading.date.map(|date| date.to_string());
    rule(reading, "date", "the date's folder in the address", date.as_deref());
    let named = ask.note("name").map(str::to_owned);
    let code = queried(&ask.url, "code").or_else(|| ask.note("paper").map(str::to_owned));
    let known = || name_of(&code.or_else(|| code_of(&ask.url))?).map(str::to_owned);
    reading.publication = named.or_else(known);
    let saw = reading.publication.clone();
    rule(
        reading,
        "publication",
        "the paper's name in the list of the newest, or known of its code",
        saw.as_deref(),
    );
}

/// Number and name of a page, as the members that hold them are called everywhere.
fn label_of(page: &Value) -> PageLabel {
    let printed = words(page, "pnumber");
    let number = PageLabel::parse(&format!("第{printed}版")).map_or(printed, |label| label.number);
    PageLabel { number, name: words(page, "pname") }
}

fn read_page(ask: &Ask, object: &Value, reading: &mut Reading) -> Option<()> {
    let listed = object["pagelist"].as_array()?;
    begin(ask, Kind::Page, reading);
    let date = reading.date?;
    let code = code_of(&ask.url)?;
    for page in listed.iter().take(MOST_PAGES) {
        let label = label_of(page);
        let Some(url) = page_url(ask, &code, date, &words(page, "pnumber")) else { continue };
        let pdf = file_in(ask, page, &["pdf"]);
        reading.pages.push(PageLink { number: label.number, name: label.name, url, pdf });
    }
    let count = reading.pages.len().to_string();
    rule(reading, "pages", "object.pagelist", (!reading.pages.is_empty()).then_some(count.as_str()));
    let shown = &object["page"];
    let mut label = label_of(shown);
    if label.number.is_empty() {
        label.number = queried(&ask.url, "page").unwrap_or_default();
    }
    let mut page = PageReading {
        number: label.number,
        name: label.name,
        width: Some(FRAME_WIDTH),
        picture: file_in(ask, shown, &["jpg", "jpeg", "png"]),
        pdf: file_in(ask, shown, &["pdf"]),
        ..PageReading::default()
    };
    let picture = page.picture.as_ref().map(Url::to_string);
    rule(reading, "page.picture", "a picture's address in object.page", picture.as_deref());
    let items = object["articlelist"].as_array().map(Vec::as_slice).unwrap_or_default();
    // The site's own script turns the list round.
    for item in items.iter().rev().take(MOST_ARTICLES) {
        let id = words(item, "id");
        let mut url = ask.url.join("/journal/getJournalPageArticle.do").ok()?;
        url.query_pairs_mut().append_pair("id", &id);
        if id.is_empty() {
            reading.warnings.push("an article of the list has no id: it is left out".to_owned());
            continue;
        }
        let mut article = ask.clone().keeping(&["name"]).at(url).noting("paper", &code);
        article = article
            .noting("date", &date.to_string())
            .noting("page", &page.number)
            .noting("label", &page.name);
        let url = article.into_url();
        let headline = marked(item, "title");
        if let Some(corners) = item.get("xy") {
            add_area(corners, &url, Some(headline.clone()), &mut page, reading);
        }
        page.articles.push(ArticleLink { url, headline });
    }
    let count = page.articles.len().to_string();
    rule(
        reading,
        "page.articles",
        "object.articlelist, turned round",
        (!page.articles.is_empty()).then_some(count.as_str()),
    );
    reading.page = Some(page);
    Some(())
}

/// The first address of a file of one of these kinds among an object's members, whatever they are called.
fn file_in(ask: &Ask, object: &Value, extensions: &[&str]) -> Option<Url> {
    let texts = object.as_object()?.values().filter_map(Value::as_str);
    let mut urls = texts.filter_map(|text| join(&ask.url, text));
    urls.find(|url| {
        let (_, extension) = url.path().rsplit_once('.').unwrap_or_default();
        extensions.contains(&extension.to_ascii_lowercase().as_str())
    })
}

/// Adds an area out of `[{"x":..,"y":..}, …]`, or out of a text that holds it.
fn add_area(
    corners: &Value,
    article: &Url,
    title: Option<String>,
    page: &mut PageReading,
    reading: &mut Reading,
) {
    let parsed: Value;
    let corners = match corners {
        Value::String(text) => {
            parsed = serde_json::from_str(text).unwrap_or_default();
            &parsed
        }
        other => other,
    };
    let number = |value: &Value| {
        let written = || value.as_str().and_then(|text| text.trim().parse::<f64>().ok());
        value.as_f64().or_else(written).filter(|number| number.is_finite())
    };
    let points = corners.as_array().map(Vec::as_slice).unwrap_or_default();
    let numbers: Option<Vec<f64>> = points
        .iter()
        .take(MAX_CORNERS + 1)
        .flat_map(|point| [number(&point["x"]), number(&point["y"])])
        .collect();
    if let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) {
        let area = Area { shape: Shape::Polygon, numbers };
        page.areas.push(AreaReading { article: article.clone(), area, title });
    } else {
        let warning = format!("the area of {article} is left out: it has no place on the page");
        reading.warnings.push(warning);
    }
}

fn read_article(ask: &Ask, item: &Value, reading: &mut Reading) -> Option<()> {
    item.as_object()?;
    begin(ask, Kind::Article, reading);
    let first = |names: &[&str]| {
        names.iter().map(|name| marked(item, name)).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let decks = Decks {
        kicker: first(&["pretitle", "introtitle", "kicker"]),
        headline: first(&["title"]),
        subheadline: first(&["subtitle", "subTitle"]),
        byline: words(item, "author"),
    };
    rule(
        reading,
        "article.headline",
        "article.title",
        Some(decks.headline.as_str()).filter(|t| !t.is_empty()),
    );
    let article = article_of(&ask.url, decks, item, &["content"], reading);
    let label = |number: &str| PageLabel {
        number: number.to_owned(),
        name: ask.note("label").unwrap_or_default().to_owned(),
    };
    reading.article = Some(ArticleReading { article, page: ask.note("page").map(label), pdf: None });
    Some(())
}

/// `pages[].{pnumber, pname, articleList[].{id, title, author}}`.
fn read_navi(ask: &Ask, value: &Value, reading: &mut Reading) -> Option<()> {
    let pages = value["pages"].as_array()?;
    begin(ask, Kind::Page, reading);
    let date = reading.date?;
    let issue = ask.clone().keeping(&["name", "paper"]);
    let wanted = ask.note("page");
    for (at, entry) in pages.iter().take(MOST_PAGES).enumerate() {
        let label = label_of(entry);
        if wanted.map_or(at == 0, |wanted| wanted == label.number) {
            let items = entry["articleList"].as_array().map(Vec::as_slice).unwrap_or_default();
            let articles = items.iter().take(MOST_ARTICLES).filter_map(|item| {
                let path = format!("{}/article/{}.json", words(entry, "pnumber"), words(item, "id"));
                let url = join(&ask.url, &path).filter(|url| sort_of(url) == Some(Sort::NaviArticle))?;
                let noted = issue.clone().at(url).noting("page", &label.number).noting("label", &label.name);
                Some(ArticleLink { url: noted.into_url(), headline: marked(item, "title") })
            });
            let articles = articles.collect();
            let (number, name) = (label.number.clone(), label.name.clone());
            let picture = file_in(ask, entry, &["jpg", "jpeg", "png"]);
            reading.page = Some(PageReading { number, name, picture, articles, ..PageReading::default() });
        }
        let url = issue.clone().noting("page", &label.number).into_url();
        let pdf = file_in(ask, entry, &["pdf"]);
        reading.pages.push(PageLink { number: label.number, name: label.name, url, pdf });
    }
    rule(reading, "pages", "pages[].pnumber and pname", Some(&format!("{} of {date}", reading.pages.len())));
    Some(())
}

/// Whether a document is a page of HTML of this family, or an article of one.
pub(crate) fn is_there(document: &Document<'_>) -> bool {
    document.first("area[xy]").is_some()
        || matches!(sort_of(document.url), Some(Sort::Html | Sort::HtmlArticle))
}

pub(crate) fn read(document: &Document<'_>, reading: &mut Reading) {
    reading.family = Some(Family::JsonJfdaily);
    let ask = Ask::of(document.url);
    begin(&ask, Kind::Page, reading);
    let title = document.first("title").map(line).as_deref().and_then(publication_in_title);
    rule(reading, "publication", "a newspaper's name in the title", title.as_deref());
    reading.publication = title.or(reading.publication.take());
    reading.copyright = copyright(document);
    if sort_of(document.url) == Some(Sort::HtmlArticle) {
        reading.kind = Kind::Article;
        reading.article = Some(replica::article::read(document, &Properties::default(), reading));
        return;
    }
    for link in document.select("a[href]").take(5_000) {
        let Some(url) = link.attribute("href").and_then(|href| document.resolve(href)) else { continue };
        let is_known = reading.pages.iter().any(|page| Ask::of(&page.url).url == url);
        if sort_of(&url) == Some(Sort::Html) && !is_known && reading.pages.len() < MOST_PAGES {
            let words = line(link);
            let label = PageLabel::parse(&words).unwrap_or_else(|| PageLabel {
                number: number_in_file(&url).unwrap_or_default(),
                name: words,
            });
            let url = ask.clone().keeping(&["name", "paper"]).at(url).into_url();
            reading.pages.push(PageLink { number: label.number, name: label.name, url, pdf: None });
        }
    }
    let count = reading.pages.len().to_string();
    rule(reading, "pages", "links to page_NN.htm", (!reading.pages.is_empty()).then_some(count.as_str()));
    let own = reading.pages.iter().find(|page| Ask::of(&page.url).url == ask.url);
    let label = own.map(|page| (page.number.clone(), page.name.clone()));
    let (number, name) =
        label.unwrap_or_else(|| (number_in_file(document.url).unwrap_or_default(), String::new()));
    let mut page = PageReading { number, name, ..PageReading::default() };
    let pictures = document.all("img[usemap]");
    let picture = pictures.first().copied().or_else(|| document.first(".page img, .main img, img"));
    if let Some(picture) = picture {
        page.picture = crate::html::picture_source(picture).and_then(|src| document.resolve(src));
    }
    let shown = page.picture.as_ref().map(Url::to_string);
    rule(reading, "page.picture", "the picture that uses the map", shown.as_deref());
    page.width = Some(FRAME_WIDTH);
    for area in document.select("area[href]").take(MOST_ARTICLES) {
        let Some(url) = area.attribute("href").and_then(|href| document.resolve(href)) else { continue };
        let title = area.attribute("title").map(str::to_owned).filter(|title| !title.is_empty());
        match (area.attribute("xy"), area.attribute("coords")) {
            (Some(corners), _) => {
                add_area(&Value::String(corners.to_owned()), &url, title, &mut page, reading);
            }
            (None, Some(coords)) => {
                // Not scaled by the script: in the picture's stated size, or its own.
                (page.width, page.height) =
                    picture.map_or((None, None), |picture| stated_size(document, picture));
                match Area::parse(area.attribute("shape").unwrap_or_default(), coords) {
                    Ok(area) => page.areas.push(AreaReading { article: url, area, title }),
                    Err(error) => reading.warnings.push(format!("the area of {url} is left out: {error}")),
                }
            }
            (None, None) => {}
        }
    }
    let count = page.areas.len().to_string();
    rule(reading, "page.regions", "areas with xy", (!page.areas.is_empty()).then_some(count.as_str()));
    for link in document.select("a[href]").take(5_000) {
        let Some(url) = link.attribute("href").and_then(|href| document.resolve(href)) else { continue };
        let is_article = sort_of(&url) == Some(Sort::HtmlArticle);
        let is_known = page.articles.iter().any(|article| article.url == url);
        if is_article && !is_known && page.articles.len() < MOST_ARTICLES {
            page.articles.push(ArticleLink { url, headline: headline(document, link) });
        }
    }
    let count = page.articles.len().to_string();
    rule(
        reading,
        "page.articles",
        "links to getArticle.htm",
        (!page.articles.is_empty()).then_some(count.as_str()),
    );
    page.add_unlisted();
    reading.page = Some(page);
}

/// "01" in `page_01.htm`.
fn number_in_file(url: &Url) -> Option<String> {
    Some(file_of(url).strip_prefix("page_")?.strip_suffix(".htm")?.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "https://a.cn/journal/list.do#kanbao?paper=jfrb";

    fn read_at(address: &str, text: &str) -> Reading {
        crate::read(&Url::parse(address).unwrap(), text)
    }

    #[test]
    fn from_the_newest_to_an_article() {
        let text = r#"{"success":true,"object":{"departList":[{"code":"whb","jdate":"2026-11-23"},{"code":"jfrb","jdate":"2026-11-24","pnumber":"01"},{"code":"../x"}]}}"#;
        let newest = read_at(LIST, text);
        assert_eq!((newest.kind, newest.warnings.len()), (Kind::Index, 1));
        let page_address = newest.redirect.unwrap();
        assert_eq!(
            Ask::of(&page_address).url.as_str(),
            "https://a.cn/journal/2026-11-24/getJournalPage.do?page=01&code=jfrb"
        );
        assert_eq!(read_at("https://a.cn/journal/list.do", text).titles.len(), 2);
        let text = r#"{"object":{"page":{"pnumber":"01","pname":"要闻","img":"/p/1.jpg","file":"https://b.cn/1.pdf"},
            "pagelist":[{"pnumber":"01","pname":"要闻"},{"pnumber":"02","pname":"评论"}],
            "articlelist":[{"id":8,"title":"后一条"},{"id":7,"title":"前一条","xy":[{"x":0,"y":0},{"x":1389,"y":0},{"x":"1389","y":2000}]},{"title":"无号"}]}}"#;
        let page = read_at(page_address.as_str(), text);
        assert_eq!((page.publication.as_deref(), page.pages.len()), (Some("解放日报"), 2));
        assert_eq!(page.pages[0].url, page_address);
        let found = page.page.unwrap();
        let headlines: Vec<&str> = found.articles.iter().map(|link| link.headline.as_str()).collect();
        assert_eq!(headlines, ["前一条", "后一条"], "the list is turned round");
        assert_eq!(found.picture.as_ref().unwrap().as_str(), "https://a.cn/p/1.jpg");
        assert_eq!(found.pdf.as_ref().unwrap().as_str(), "https://b.cn/1.pdf");
        // The frame is as wide as the site says, and as high as the picture's shape makes it.
        let region = &found.regions(Some((350, 500))).regions[0];
        let corner = region.polygon.corners()[1];
        assert!((corner.x - 0.5).abs() < 0.01 && corner.y.abs() < 0.01, "{corner:?}");
        let article = read_at(
            found.articles[0].url.as_str(),
            r#"{"object":{"article":{"author":"林河","content":"　　第一段。<br/>　　第二段。"}}}"#,
        );
        assert_eq!(
            (article.date, article.article.unwrap().article.blocks.len()),
            (Some(Date::constant(2026, 11, 24)), 2)
        );
    }

    #[test]
    fn as_the_site_was_before() {
        let known =
            Url::parse("https://a.cn/journal/2026-11-24/getJournalPage.do?page=03&code=jfrb").unwrap();
        let old = crate::address::issue_urls(&known, Date::constant(2020, 6, 30));
        let paths: Vec<&str> = old.iter().map(Url::path).collect();
        assert_eq!(
            paths,
            [
                "/journal/2020-06-30/getJournalPage.do",
                "/staticsg/data/journal/2020-06-30/navi.json",
                "/journal/2020-06-30/page_01.htm"
            ]
        );
        let navi = read_at(
            old[1].as_str(),
            r#"{"pages":[{"pnumber":"01","pname":"要闻","articleList":[{"id":5,"title":"甲"}]},{"pnumber":"02","pname":"评论","articleList":[]}]}"#,
        );
        assert_eq!((navi.pages.len(), navi.page.as_ref().unwrap().articles.len()), (2, 1));
        let article = &navi.page.unwrap().articles[0].url;
        assert_eq!(article.path(), "/staticsg/data/journal/2020-06-30/01/article/5.json");
        let read = read_at(article.as_str(), r#"{"article":{"content":"第一段。"}}"#).article.unwrap();
        assert_eq!(read.page.unwrap().number, "01");
        let html = r#"<title>解放日报</title><ul><li><a href="page_01.htm">01版：要闻</a><li><a href="page_02.htm">02版：评论</a></ul>
            <img src=1.jpg usemap=#m><map name=m><area href="getArticle.htm?id=9" xy='[{"x":0,"y":0},{"x":2778,"y":0},{"x":2778,"y":1000}]'><area href="getArticle.htm?id=8" xy='[{"x":1}]'></map>
            <div class=list><a href="getArticle.htm?id=9">乙</a></div>"#;
        let page = read_at(old[2].as_str(), html);
        assert_eq!((page.kind, page.pages.len()), (Kind::Page, 2));
        assert_eq!(page.pages[0].url, old[2]);
        let found = page.page.unwrap();
        assert_eq!((found.number.as_str(), found.name.as_str(), found.areas.len()), ("01", "要闻", 1));
        assert_eq!(found.articles[0].headline, "乙");
    }

    #[test]
    fn what_people_see_has_json_behind_it() {
        let seen = |query: &str| {
            behind(&Url::parse(&format!("https://a.cn/staticsg/res/html/journal/{query}")).unwrap())
        };
        let page = seen("detail.html?date=2026-11-24&id=5&page=03").unwrap();
        assert_eq!(page.as_str(), "https://a.cn/journal/2026-11-24/getJournalPage.do?page=03&code=jfrb");
        assert_eq!(seen("index.html").unwrap().as_str(), LIST);
        assert_eq!(newest_of(&page).unwrap().as_str(), LIST);
        assert_eq!(seen("other.html"), None);
    }
}
