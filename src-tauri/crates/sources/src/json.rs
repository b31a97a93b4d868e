//! The json-szb family: a program in the browser shows what stands in one JSON document an issue (`index.json`),
//! articles' texts and all; another document says which issue of each paper is the newest.

use crate::address::issue_place;
use crate::ask::{Ask, join};
use crate::body;
use crate::html::{Document, fragment_lines};
use crate::printed::{parse_date, rule};
use crate::reading::{ArticleLink, ArticleReading, Family, Kind, PageLink, PageReading, Reading, TitleLink};
use kanbao_newspaper::label::squeeze;
use kanbao_newspaper::{Article, Date, Decks, PageLabel};
use regex::Regex;
use serde_json::Value;
use std::sync::LazyLock;
use url::Url;

/// Far more than any issue, page or house has.
const MOST_PAGES: usize = 500;
const MOST_ARTICLES: usize = 1_000;
const MOST_TITLES: usize = 100;

/// Where the newest issues are listed, below a host.
const NEWEST: &str = "/api-paper/api/newestPaper";

/// A host whose newest issues are listed on another one.
const NEWEST_ELSEWHERE: &[(&str, &str)] = &[("www.81.cn", "rmt-zuul.81.cn"), ("81.cn", "rmt-zuul.81.cn")];

/// The address of the JSON behind one that people see: a list of pages or an article, whose query names the paper,
/// and the date unless the newest is meant.
pub(crate) fn behind(url: &Url) -> Option<Url> {
    static SHELL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^/szb_\d+/[a-z]*/?index\.html$").expect("a sound pattern"));
    if !SHELL.is_match(url.path()) {
        return None;
    }
    let named = |wanted: &str| {
        url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let code = named("paperName").filter(|code| is_code(code))?;
    let Some(date) = named("paperDate").as_deref().and_then(parse_date) else {
        return newest(url, &code);
    };
    let mut ask = Ask::of(&issue_url(url, &code, date)?);
    if let Some(number) = named("paperNumber") {
        ask = ask.noting("page", &number);
    }
    Some(ask.into_url())
}

pub(crate) fn is_code(code: &str) -> bool {
    (1..=40).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn issue_url(beside: &Url, code: &str, date: Date) -> Option<Url> {
    beside
        .join(&format!("/_szb/{code}/{:04}/{:02}/{:02}/index.json", date.year(), date.month(), date.day()))
        .ok()
}

/// The list of the newest issues, of which one paper's is meant.
fn newest(url: &Url, code: &str) -> Option<Url> {
    let mut list = url.join(NEWEST).ok()?;
    list.set_fragment(None);
    let elsewhere = NEWEST_ELSEWHERE.iter().find(|(host, _)| Some(*host) == list.host_str());
    if let Some((_, host)) = elsewhere {
        list.set_host(Some(host)).ok()?;
    }
    Some(Ask::of(&list).noting("paper", code).into_url())
}

/// The paper's code in the address of one of its issues: `/_szb/jfjb/2026/11/24/index.json`.
fn code_of(url: &Url) -> Option<String> {
    static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^/_szb/([\w-]{1,40})/\d{4}/\d\d/\d\d/index\.json$").expect("a sound pattern")
    });
    if !url.path().starts_with("/_szb/") {
        return None;
    }
    Some(ISSUE.captures(url.path())?.get(1)?.as_str().to_owned())
}

/// The issue of another date of the same paper; nothing for other families' addresses.
pub(crate) fn issue_of(known: &Url, date: Date) -> Option<Url> {
    let mut ask = Ask::of(&issue_url(known, &code_of(known)?, date)?);
    if let Some(name) = Ask::of(known).note("name") {
        ask = ask.noting("name", name);
    }
    Some(ask.into_url())
}

/// Where the newest issue of the paper of one of its issues is listed.
pub(crate) fn newest_of(known: &Url) -> Option<Url> {
    newest(known, &code_of(known)?)
}

/// The value of a document that is one of this family's two.
pub(crate) fn value_of(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('{') {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let lists_papers = || {
        let papers = value["data"].as_array();
        papers.is_some_and(|papers| papers.iter().any(|paper| paper.get("paperName").is_some()))
    };
    (value["paperInfo"].is_array() || lists_papers()).then_some(value)
}

pub(crate) fn read(url: &Url, value: &Value, reading: &mut Reading) {
    reading.family = Some(Family::JsonSzb);
    let ask = Ask::of(url);
    let pages = value["paperInfo"].as_array();
    rule(reading, "kind", "paperInfo: an issue", pages.map(|pages| pages.len().to_string()).as_deref());
    match pages {
        Some(pages) => read_issue(&ask, pages, reading),
        None => read_newest(&ask, value, reading),
    }
}

/// A member's text; numbers are written out.
pub(crate) fn words(value: &Value, name: &str) -> String {
    match &value[name] {
        Value::String(text) => squeeze(text),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The text of a member that may hold markup.
pub(crate) fn marked(value: &Value, name: &str) -> String {
    value[name].as_str().map(fragment_lines).unwrap_or_default()
}

fn read_newest(ask: &Ask, value: &Value, reading: &mut Reading) {
    reading.kind = Kind::Index;
    let papers = value["data"].as_array().map(Vec::as_slice).unwrap_or_default();
    let wanted = ask.note("paper");
    for paper in papers.iter().take(MOST_TITLES) {
        let name = words(paper, "paperName");
        let web = join(&ask.url, &words(paper, "webUrl")).unwrap_or_else(|| ask.url.clone());
        let queried = web.query_pairs().find(|(name, _)| name == "paperName");
        let Some(code) = queried.map(|(_, code)| code.into_owned()).filter(|code| is_code(code)) else {
            reading.warnings.push(format!("{name:?} has no address that says where its issues lie"));
            continue;
        };
        let listed = Ask::of(&ask.url).noting("paper", &code).into_url();
        reading.titles.push(TitleLink { name: name.clone(), url: listed });
        let Some(date) = parse_date(&words(paper, "paperData")) else { continue };
        if wanted == Some(code.as_str()) || wanted.is_none() && papers.len() == 1 {
            reading.publication = Some(name.clone()).filter(|name| !name.is_empty());
            reading.date = Some(date);
            let issue = issue_url(&web, &code, date);
            reading.redirect = issue.map(|issue| Ask::of(&issue).noting("name", &name).into_url());
        }
    }
    let count = reading.titles.len().to_string();
    rule(
        reading,
        "titles",
        "data[].paperName and webUrl",
        (!reading.titles.is_empty()).then_some(count.as_str()),
    );
    let redirect = reading.redirect.as_ref().map(ToString::to_string);
    rule(reading, "redirect", "paperData of the paper that is asked for", redirect.as_deref());
    if reading.redirect.is_some() {
        reading.titles.clear();
    }
}

fn read_issue(ask: &Ask, pages: &[Value], reading: &mut Reading) {
    // What led here knows the paper's name; the issue itself does not say it.
    let issue = match ask.note("name") {
        Some(name) => Ask::of(&ask.url).noting("name", name),
        None => Ask::of(&ask.url),
    };
    reading.publication = ask.note("name").map(str::to_owned);
    rule(reading, "publication", "the paper's name in the list of newest issues", ask.note("name"));
    reading.date = issue_place(&ask.url).map(|place| place.date);
    let date = reading.date.map(|date| date.to_string());
    rule(reading, "date", "the date's folders in the address", date.as_deref());
    let article = ask.note("article");
    let wanted = ask.note("page");
    for (at, entry) in pages.iter().take(MOST_PAGES).enumerate() {
        let printed = words(entry, "paperNumber");
        let number = PageLabel::parse(&format!("第{printed}版")).map_or(printed, |label| label.number);
        let name = words(entry, "paperBk");
        let items = entry["xyList"].as_array().map(Vec::as_slice).unwrap_or_default();
        let link = |item: &Value| {
            let id = words(item, "id");
            let url = issue.clone().noting("article", &id).into_url();
            (!id.is_empty()).then(|| ArticleLink { url, headline: marked(item, "title") })
        };
        if let Some(id) = article
            && let Some(item) = items.iter().find(|item| words(item, "id") == id)
        {
            reading.article = Some(read_article(&ask.url, item, &number, &name, reading));
        }
        if article.is_none() && wanted.map_or(at == 0, |wanted| wanted == number) {
            let articles = items.iter().take(MOST_ARTICLES).filter_map(link).collect();
            let (number, name) = (number.clone(), name.clone());
            reading.page = Some(PageReading { number, name, articles, ..PageReading::default() });
        }
        let url = issue.clone().noting("page", &number).into_url();
        reading.pages.push(PageLink { number, name, url, pdf: None });
    }
    let count = reading.pages.len().to_string();
    rule(reading, "pages", "paperInfo[].paperNumber and paperBk", Some(&count));
    reading.kind = if article.is_some() { Kind::Article } else { Kind::Page };
    if article.is_some() && reading.article.is_none() {
        reading.warnings.push(format!("the issue has no article {}", article.unwrap_or_default()));
    }
    let listed = reading.page.as_ref().map(|page| page.articles.len().to_string());
    rule(reading, "page.articles", "xyList of the page", listed.as_deref());
}

fn read_article(url: &Url, item: &Value, number: &str, name: &str, reading: &mut Reading) -> ArticleReading {
    let decks = Decks {
        kicker: marked(item, "guideTitle"),
        headline: marked(item, "title"),
        subheadline: marked(item, "title2"),
        byline: words(item, "author"),
    };
    rule(reading, "article.headline", "title", Some(decks.headline.as_str()).filter(|text| !text.is_empty()));
    let page = PageLabel { number: number.to_owned(), name: name.to_owned() };
    ArticleReading {
        article: article_of(url, decks, item, &["content"], reading),
        page: Some(page),
        pdf: None,
    }
}

/// An article whose text is the markup of the first of these members that has any.
pub(crate) fn article_of(
    url: &Url,
    decks: Decks,
    item: &Value,
    members: &[&str],
    reading: &mut Reading,
) -> Article {
    let filled = |name: &&&str| item[**name].as_str().is_some_and(|text| !text.trim().is_empty());
    let content = members.iter().find(filled).and_then(|name| item[*name].as_str()).unwrap_or_default();
    let document = Document::parse(url, content, &mut reading.warnings);
    let mut body = body::read(&document, document.html.root_element());
    let first = body.first_words();
    rule(
        reading,
        "article.body",
        &members.join(" or "),
        Some(first.as_str()).filter(|text| !text.is_empty()),
    );
    if body.cut {
        reading.warnings.push("the article is longer than is read: its end is missing".to_owned());
    }
    let editor_mark = body.editor_mark.take();
    Article { decks, blocks: body.blocks, editor_mark }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn what_people_see_has_json_behind_it() {
        let list = behind(&url("http://www.81.cn/szb_223187/szblb/index.html?paperName=jfjb")).unwrap();
        assert_eq!(list.as_str(), "http://rmt-zuul.81.cn/api-paper/api/newestPaper#kanbao?paper=jfjb");
        let article = "http://www.81.cn/szb_223187/szbxq/index.html?paperName=jfjb&paperDate=2026-09-27&paperNumber=02&articleid=7";
        let page = behind(&url(article)).unwrap();
        assert_eq!(page.as_str(), "http://www.81.cn/_szb/jfjb/2026/09/27/index.json#kanbao?page=02");
        for other in ["http://www.81.cn/", "http://a.cn/szb_1/szblb/index.html?paperName=../x"] {
            assert_eq!(behind(&url(other)), None);
        }
        assert!(crate::address::names_an_issue(&url(article)));
        assert!(!crate::address::names_an_issue(&list));
        let earlier = issue_of(&page, Date::constant(2026, 8, 1)).unwrap();
        assert_eq!(earlier.as_str(), "http://www.81.cn/_szb/jfjb/2026/08/01/index.json");
        assert_eq!(newest_of(&page), Some(list));
    }

    #[test]
    fn the_newest_issue_of_the_paper_that_is_asked_for() {
        let text = r#"{"code":0,"data":[{"paperName":"示例晚报","paperData":"2026-11-23","webUrl":"http://a.cn/szb_1/szblb/index.html?paperName=slwb"},{"paperName":"示例日报","paperData":"2026-11-24","webUrl":"http://a.cn/szb_1/szblb/index.html?paperName=slrb"},{"paperName":"无址报"}]}"#;
        let value = value_of(text).unwrap();
        let mut reading = Reading::default();
        read(&url("http://b.cn/api-paper/api/newestPaper#kanbao?paper=slrb"), &value, &mut reading);
        let issue = Ask::of(reading.redirect.as_ref().unwrap());
        assert_eq!(issue.url.as_str(), "http://a.cn/_szb/slrb/2026/11/24/index.json");
        assert_eq!((issue.note("name"), reading.warnings.len()), (Some("示例日报"), 1));
        let mut all = Reading::default();
        read(&url("http://b.cn/api-paper/api/newestPaper"), &value, &mut all);
        assert_eq!((all.titles.len(), all.redirect), (2, None));
        for other in ["", "{}", "[1]", "{\"data\":[]}", "{\"data\":[1]}", "{\"paperInfo\":1}", "<html>"] {
            assert_eq!(value_of(other), None, "{other}");
        }
    }
}
