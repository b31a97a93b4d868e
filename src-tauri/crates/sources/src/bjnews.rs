//! The json-bjnews family: a document a page with its picture and a map, and one `data.json` an issue that lists the
//! pages, their articles and, where the site gives them to others than its own script, the articles' texts.

use crate::address::issue_place;
use crate::ask::{Ask, join};
use crate::html::Document;
use crate::json::{article_of, marked, words};
use crate::printed::{copyright, parse_date, printed_dates, publication_in_title, rule};
use crate::reading::{
    ArticleLink, ArticleReading, Family, IssueLink, Kind, ListedArticles, PageLink, PageReading, Reading,
};
use crate::replica;
use kanbao_newspaper::{Article, Date, Decks, PageLabel};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use url::Url;

/// Far more than any issue, page or paper has.
const MOST_PAGES: usize = 500;
const MOST_ARTICLES: usize = 1_000;
const MOST_DATES: usize = 20_000;

const LIST: &str = "data.json";
const CALENDAR: &str = "period/yearMonthDay.json";
const ARTICLE_BODY: &str = ".article-detail .content";

/// An address below an issue's folder: `…/html/2026/20261124/20261124_A01/20261124_A01.html`.
struct Place {
    /// `…/html/2026/20261124/`.
    issue: Url,
    date: Date,
    /// `A01`; nothing for the list of pages.
    page: Option<String>,
}

fn place_of(url: &Url) -> Option<Place> {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(.*/html/\d{4}/(\d{8})/)(?:(\d{8})_([A-Za-z]{0,3}\d{1,4})/[^/]*|data\.json)$")
            .expect("a sound pattern")
    });
    let found = PLACE.captures(url.path())?;
    if found.get(3).is_some_and(|folder| folder.as_str() != &found[2]) {
        return None;
    }
    let mut issue = Ask::of(url).url;
    issue.set_query(None);
    issue.set_path(&found[1]);
    let date = issue_place(&issue)?.date;
    Some(Place { issue, date, page: found.get(4).map(|page| page.as_str().to_owned()) })
}

/// As every page's number is written: "04-05" of "0405", two pages printed as one.
fn number_of(printed: &str) -> String {
    if printed.len() == 4
        && let (Some(Ok(first)), Some(Ok(second))) =
            (printed.get(..2).map(str::parse::<u8>), printed.get(2..).map(str::parse::<u8>))
        && second == first + 1
    {
        return format!("{first:02}-{second:02}");
    }
    PageLabel::parse(&format!("第{printed}版")).map_or_else(|| printed.to_owned(), |label| label.number)
}

fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Where the issue of another date begins: its list of pages knows.
pub(crate) fn issue_of(known: &Url, date: Date) -> Option<Url> {
    let place = place_of(known)?;
    let year = format!("../../{:04}/{}/{LIST}", date.year(), compact(date));
    place.issue.join(&year).ok()
}

/// The calendar of all years.
pub(crate) fn calendar_of(known: &Url) -> Option<Url> {
    place_of(known)?.issue.join(&format!("../../../{CALENDAR}")).ok()
}

/// Whether a document is a page of this family or one of its articles.
pub(crate) fn is_there(document: &Document<'_>) -> bool {
    place_of(document.url).is_some_and(|place| place.page.is_some())
}

/// The value of a document that is this family's list of pages or calendar.
pub(crate) fn value_of(url: &Url, text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let list = url.path().ends_with("/data.json") && text.starts_with('[') && place_of(url).is_some();
    let calendar = url.path().ends_with(CALENDAR) && text.starts_with('{');
    if list || calendar { serde_json::from_str(text).ok() } else { None }
}

pub(crate) fn read_value(url: &Url, value: &Value, reading: &mut Reading) {
    reading.family = Some(Family::JsonBjnews);
    match (value, place_of(url)) {
        (Value::Array(pages), Some(place)) => read_list(&Ask::of(url), &place, pages, reading),
        _ => read_calendar(url, value, reading),
    }
}

/// `{"2026": {"11": ["20261124", …]}}`.
fn read_calendar(url: &Url, value: &Value, reading: &mut Reading) {
    reading.kind = Kind::Calendar;
    let months =
        value.as_object().into_iter().flatten().filter_map(|(_, months)| months.as_object()).flatten();
    let days = months.filter_map(|(_, days)| days.as_array()).flatten().filter_map(Value::as_str);
    let dates: BTreeSet<Date> = days.take(MOST_DATES).filter_map(date_of).collect();
    let count = dates.len().to_string();
    rule(reading, "issues", "days of the years' months", (!dates.is_empty()).then_some(count.as_str()));
    let issue = |date: Date| {
        let list = format!("../html/{:04}/{}/{LIST}", date.year(), compact(date));
        IssueLink { date, url: join(url, &list), paper: None }
    };
    reading.issues = dates.into_iter().map(issue).collect();
}

fn date_of(day: &str) -> Option<Date> {
    let written = || {
        let (year, month, day) = (day.get(..4)?, day.get(4..6)?, day.get(6..8)?);
        parse_date(&format!("{year}-{month}-{day}"))
    };
    parse_date(day).or_else(|| written().filter(|_| day.len() == 8))
}

fn read_list(ask: &Ask, place: &Place, pages: &[Value], reading: &mut Reading) {
    reading.date = Some(place.date);
    rule(reading, "date", "the date's folder in the address", Some(&place.date.to_string()));
    let wanted = ask.note("article");
    reading.kind = if wanted.is_some() { Kind::Article } else { Kind::Index };
    for page in pages.iter().take(MOST_PAGES) {
        let printed = words(page, "pageNo");
        let Some(folder) = join(&place.issue, &format!("{}_{printed}/", compact(place.date))) else {
            continue;
        };
        let label = number_of(&printed);
        let name = words(page, "pageName");
        let Some(url) = join(&folder, &words(page, "pageHref")).filter(|url| *url != folder) else {
            reading.warnings.push(format!("page {label} has no address: it is left out"));
            continue;
        };
        let items = page["onePageArticleList"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut articles = Vec::new();
        for item in items.iter().take(MOST_ARTICLES) {
            let Some(article) = join(&folder, &words(item, "articleHref")).filter(|url| *url != folder)
            else {
                let headline = marked(item, "mainTitle");
                reading.warnings.push(format!("article {headline:?} has no address: it is left out"));
                continue;
            };
            if wanted == Some(article.path()) {
                reading.article = Some(read_article(&article, item, &label, &name, reading));
            }
            articles.push(ArticleLink { url: article, headline: marked(item, "mainTitle") });
        }
        reading.listed.push(ListedArticles { page: url.clone(), articles });
        reading.pages.push(PageLink { number: label, name, url, pdf: None });
    }
    let count = reading.pages.len().to_string();
    rule(
        reading,
        "pages",
        "pageNo, pageName, pageHref",
        (!reading.pages.is_empty()).then_some(count.as_str()),
    );
    if wanted.is_none() {
        reading.redirect = reading.pages.first().map(|page| page.url.clone());
    } else if reading.article.is_none() {
        reading.warnings.push("the list of pages has no such article".to_owned());
    }
}

/// Addresses in its text are relative to the article's own.
fn read_article(url: &Url, item: &Value, number: &str, name: &str, reading: &mut Reading) -> ArticleReading {
    let headline = marked(item, "mainTitle");
    let decks = Decks { headline, byline: words(item, "articleAuthor"), ..Decks::default() };
    let article = article_of(url, decks, item, &["articleContent"], reading);
    let page = PageLabel { number: number.to_owned(), name: name.to_owned() };
    ArticleReading { article, page: Some(page), pdf: None }
}

pub(crate) fn read(document: &Document<'_>, reading: &mut Reading) {
    let Some(place) = place_of(document.url) else { return };
    reading.family = Some(Family::JsonBjnews);
    let title = document.first("title").map(crate::html::line).as_deref().and_then(publication_in_title);
    rule(reading, "publication", "a newspaper's name in the title", title.as_deref());
    reading.publication = title;
    let printed = printed_dates(document).first().copied();
    rule(reading, "date", "a printed dateline", printed.map(|date| date.to_string()).as_deref());
    reading.date = printed.or(Some(place.date));
    reading.copyright = copyright(document);
    let number = place.page.as_deref().map(number_of).unwrap_or_default();
    let list = place.issue.join(LIST).ok();
    reading.links.calendar = calendar_of(document.url);
    if document.first("img[usemap]").is_some() {
        reading.kind = Kind::Page;
        let mut page = PageReading { number, ..PageReading::default() };
        rule(reading, "page.number", "the page's folder in the address", Some(&page.number));
        replica::page::read_map(document, &mut page, reading);
        page.add_unlisted();
        reading.page = Some(page);
        reading.links.page_list = list;
    } else {
        reading.kind = Kind::Article;
        let body = document.first(ARTICLE_BODY).map(|element| crate::body::read(document, element));
        let first = body.as_ref().map(crate::body::Body::first_words).filter(|words| !words.is_empty());
        rule(reading, "article.body", ARTICLE_BODY, first.as_deref());
        let mut body = body.unwrap_or_default();
        let article =
            Article { editor_mark: body.editor_mark.take(), blocks: body.blocks, ..Article::default() };
        let page = (!number.is_empty()).then(|| PageLabel { number, name: String::new() });
        reading.article = Some(ArticleReading { article, page, pdf: None });
        // Decks, and the text where a script would write it here.
        let noted = |list: Url| Ask::of(&list).noting("article", document.url.path()).into_url();
        reading.links.text = list.map(noted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "http://a.cn/html/2026/20261124/20261124_A01/20261124_A01.html";
    const DATA: &str = "http://a.cn/html/2026/20261124/data.json";

    fn read_at(address: &str, text: &str) -> Reading {
        crate::read(&Url::parse(address).unwrap(), text)
    }

    #[test]
    fn a_page_its_list_and_its_articles() {
        let markup = "<html><head><title>示例日报-数字报</title></head><img src=A01.jpg width=400 usemap=\"#mapPage\"><map name=mapPage><area shape=rect coords=0,0,200,300 href=20261124_A01_01_1.html></map></html>";
        let mut page = read_at(PAGE, markup);
        assert_eq!((page.kind, page.family), (Kind::Page, Some(Family::JsonBjnews)));
        assert_eq!(
            (page.date, page.publication.as_deref()),
            (Some(Date::constant(2026, 11, 24)), Some("示例日报"))
        );
        assert_eq!(page.page.as_ref().unwrap().number, "A01");
        assert_eq!(page.links.page_list.as_ref().unwrap().as_str(), DATA);
        let data = r#"[{"pageNo":"A01","pageName":"头版","pageHref":"20261124_A01.html","onePageArticleList":[
            {"mainTitle":"只在单上","articleHref":"20261124_A01_02_2.html"},{"mainTitle":"无址"},
            {"mainTitle":"桥上<br/>设了长椅","articleAuthor":"林河","articleHref":"20261124_A01_01_1.html","articleContent":"<p>第一段。</p>"}]},{"pageNo":"A02"}]"#;
        let list = read_at(DATA, data);
        assert_eq!((list.kind, list.pages.len(), list.warnings.len()), (Kind::Index, 1, 2));
        assert_eq!(list.redirect.as_ref().unwrap().as_str(), PAGE);
        page.complete_from(&list, &Url::parse(PAGE).unwrap());
        let found = page.page.unwrap();
        let headlines: Vec<&str> = found.articles.iter().map(|link| link.headline.as_str()).collect();
        assert_eq!(headlines, ["只在单上", "桥上\n设了长椅"]);
        assert_eq!(found.articles[1].url, found.areas[0].article);

        let shell = read_at(found.areas[0].article.as_str(), "<html><div id=app></div></html>");
        assert_eq!((shell.kind, shell.article.unwrap().article.blocks.len()), (Kind::Article, 0));
        let text = read_at(shell.links.text.unwrap().as_str(), data).article.unwrap();
        assert_eq!((text.article.decks.byline.as_str(), text.article.body().as_str()), ("林河", "第一段。"));
        let written = read_at(
            found.areas[0].article.as_str(),
            "<div class=article-detail><div class=content><p>写在这里。</p></div></div>",
        );
        assert_eq!(written.article.unwrap().article.body(), "写在这里。");
    }

    #[test]
    fn years_in_one_calendar() {
        let known = Url::parse(PAGE).unwrap();
        let calendar = crate::address::calendar_urls(&known, 2026, 10).remove(0);
        assert_eq!(calendar.as_str(), "http://a.cn/period/yearMonthDay.json");
        let text =
            r#"{"2025":{"12":["20251231"]},"2026":{"11":["20261124","2026-11-23","20261340","x"],"10":7}}"#;
        let reading = read_at(calendar.as_str(), text);
        let urls: Vec<&str> =
            reading.issues.iter().map(|issue| issue.url.as_ref().unwrap().as_str()).collect();
        assert_eq!(urls.len(), 3);
        assert_eq!(urls[0], "http://a.cn/html/2025/20251231/data.json");
        assert_eq!(crate::address::issue_urls(&known, Date::constant(2025, 12, 31))[0].as_str(), urls[0]);
    }
}
