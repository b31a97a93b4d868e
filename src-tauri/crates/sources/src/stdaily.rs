//! The json-stdaily family: a program in the browser posts its questions, one for a month's dates, one for an issue's
//! pages, one for a page's articles and one for an article. What an answer does not repeat is noted behind the
//! address of the next question.

use crate::ask::{Ask, join};
use crate::html::Document;
use crate::json::{article_of, marked, words};
use crate::printed::{parse_date, rule};
use crate::reading::{
    ArticleLink, ArticleReading, Family, IssueLink, Kind, Links, PageLink, PageReading, Reading,
};
use kanbao_newspaper::{Date, Decks, PageLabel};
use regex::Regex;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use url::{Url, form_urlencoded};

/// Far more than any month, issue or page has.
const MOST_DATES: usize = 400;
const MOST_PAGES: usize = 500;
const MOST_ARTICLES: usize = 1_000;

const API: &str = "/stdailynewspaperapi/uv/article/";
const DATES: &str = "period/date";
const ISSUE: &str = "period/periodTime";
const PAGE: &str = "article/editionId";
const ARTICLE: &str = "article/articleId";

/// Notes that go along from question to question.
const OF_PAPER: &[&str] = &["name", "shell"];

/// A site whose shell does not hold its program's settings: they are in a script beside it.
struct Known {
    host: &'static str,
    code: &'static str,
    site: &'static str,
    name: &'static str,
    shell: &'static str,
}

const KNOWN: &[Known] = &[Known {
    host: "epaper.stdaily.com",
    code: "KJRB",
    site: "811c18b08cf04e79be3b67d6902ee1a7",
    name: "科技日报",
    shell: "/statics/technology-site/index.html",
}];

/// Whose paper is asked about, as every question says it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Paper {
    code: String,
    site: String,
}

impl Paper {
    /// Out of a question that was put about it.
    fn of(ask: &Ask) -> Option<Self> {
        let body: Value = serde_json::from_str(ask.posted()?).ok()?;
        let member = |name: &str| body[name].as_str().map(str::to_owned);
        Some(Self { code: member("code")?, site: member("siteId").unwrap_or_default() })
    }

    /// A question about it, at an address of the same host.
    fn ask(&self, beside: &Ask, endpoint: &str, name: &str, value: &Value) -> Option<Ask> {
        let url = beside.url.join(&format!("{API}{endpoint}")).ok()?;
        let body = json!({ "code": self.code, "siteId": self.site, name: value });
        Some(beside.clone().keeping(OF_PAPER).at(url).posting(&body))
    }

    fn issue(&self, beside: &Ask, date: Date) -> Option<Url> {
        let ask = self.ask(beside, ISSUE, "periodTime", &json!(date.to_string()))?;
        Some(ask.noting("date", &date.to_string()).into_url())
    }

    /// The dates of no month yet: [`month_of`] says which.
    fn calendar(&self, beside: &Ask) -> Option<Url> {
        Some(self.ask(beside, DATES, "date", &Value::Null)?.into_url())
    }
}

fn endpoint(url: &Url) -> Option<&str> {
    url.path().strip_prefix(API)
}

/// The paper's code, for a short name.
pub(crate) fn code_of(url: &Url) -> Option<String> {
    endpoint(url)?;
    Paper::of(&Ask::of(url)).map(|paper| paper.code.to_ascii_lowercase())
}

/// The question for the pages of another date's issue; nothing for other families' addresses.
pub(crate) fn issue_of(known: &Url, date: Date) -> Option<Url> {
    endpoint(known)?;
    let ask = Ask::of(known);
    Paper::of(&ask)?.issue(&ask, date)
}

/// The question for a month's dates.
pub(crate) fn month_of(known: &Url, year: i16, month: i8) -> Option<Url> {
    endpoint(known)?;
    let ask = Ask::of(known);
    let first = format!("{year:04}-{month:02}-01");
    Some(Paper::of(&ask)?.ask(&ask, DATES, "date", &json!(first))?.into_url())
}

/// What people see of the newest issue: the program itself.
pub(crate) fn newest_of(known: &Url) -> Option<Url> {
    endpoint(known)?;
    let ask = Ask::of(known);
    let shell = join(&ask.url, ask.note("shell")?)?;
    (shell.origin() == ask.url.origin()).then_some(shell)
}

fn known_site(url: &Url) -> Option<&'static Known> {
    KNOWN.iter().find(|known| url.host_str() == Some(known.host))
}

/// The program's own address: which page it shows stands behind the `#`, and says nothing to the site.
pub(crate) fn is_shell(url: &Url) -> bool {
    static SHELL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^/statics/[\w-]{1,60}/(?:index\.html)?$").expect("a sound pattern"));
    url.path().starts_with("/statics/") && SHELL.is_match(url.path())
}

/// The date in `#/home?…&timeValue=YYYY-MM-DD`.
pub(crate) fn shown_date(url: &Url) -> Option<Date> {
    let (_, query) = url.fragment().filter(|_| is_shell(url))?.split_once('?')?;
    let mut values = form_urlencoded::parse(query.as_bytes());
    values.find(|(name, _)| name == "timeValue").and_then(|(_, value)| parse_date(&value))
}

/// Reads the program's shell, where a document is one.
pub(crate) fn read_shell(document: &Document<'_>, reading: &mut Reading) -> bool {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\bcode["']?\s*[:=]\s*["']([A-Za-z0-9_]{1,40})["']"#).expect("a sound pattern")
    });
    static SITE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\bsiteId["']?\s*[:=]\s*["']([\w-]{1,80})["']"#).expect("a sound pattern")
    });
    let known = known_site(document.url);
    if known.is_none() && !is_shell(document.url) {
        return false;
    }
    let stated = |pattern: &Regex| {
        let mut scripts = document.select("script").take(50);
        scripts.find_map(|script| {
            let source: String = script.text().collect();
            Some(pattern.captures(&source)?[1].to_owned())
        })
    };
    let (code, site) = (stated(&CODE), stated(&SITE));
    let paper = match (code, site, known) {
        (Some(code), Some(site), _) => Paper { code, site },
        (_, _, Some(known)) => Paper { code: known.code.to_owned(), site: known.site.to_owned() },
        _ => return false,
    };
    reading.kind = Kind::Index;
    reading.family = Some(Family::JsonStdaily);
    let title = document.first("title").map(crate::html::line);
    let title = title.as_deref().and_then(crate::printed::publication_in_title);
    rule(reading, "publication", "a newspaper's name in the title", title.as_deref());
    let name = title.or_else(|| known.map(|known| known.name.to_owned()));
    let shell =
        if is_shell(document.url) { document.url.path() } else { known.map_or("/", |known| known.shell) };
    let mut beside = Ask::of(document.url).keeping(&[]).noting("shell", shell);
    if let Some(name) = &name {
        beside = beside.noting("name", name);
    }
    reading.publication = name;
    reading.links.calendar = paper.calendar(&beside);
    reading.redirect = shown_date(document.url).and_then(|date| paper.issue(&beside, date));
    rule(reading, "links.calendar", "code and siteId, in a script or known of the host", Some(&paper.code));
    true
}

/// The value of an answer to one of this family's questions.
pub(crate) fn value_of(url: &Url, text: &str) -> Option<Value> {
    endpoint(url)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('{') {
        return None;
    }
    serde_json::from_str(text).ok()
}

pub(crate) fn read(url: &Url, value: &Value, reading: &mut Reading) {
    let ask = Ask::of(url);
    reading.family = Some(Family::JsonStdaily);
    reading.publication = ask.note("name").map(str::to_owned);
    rule(reading, "publication", "the paper's name, as its program's shell has it", ask.note("name"));
    let known = match (endpoint(url), Paper::of(&ask)) {
        (Some(DATES), Some(paper)) => read_dates(&ask, &paper, value, reading),
        (Some(ISSUE), Some(paper)) => read_issue(&ask, &paper, value, reading),
        (Some(PAGE), Some(paper)) => read_page(&ask, &paper, value, reading),
        (Some(ARTICLE), Some(_)) => read_article(&ask, value, reading),
        _ => None,
    };
    if known.is_none() {
        // The site says what it has against a question in an answer of status 200.
        let said: String = words(value, "msg").chars().take(80).collect();
        reading.warnings.push(format!("the site's answer holds nothing of an issue; it says {said:?}"));
    }
}

fn read_dates(ask: &Ask, paper: &Paper, value: &Value, reading: &mut Reading) -> Option<()> {
    let listed = value["obj"]["dateList"].as_array()?;
    reading.kind = Kind::Calendar;
    let asked: Value = serde_json::from_str(ask.posted()?).ok()?;
    let month = asked["date"].as_str().and_then(parse_date).map(Date::first_of_month);
    let dates = listed.iter().take(MOST_DATES).filter_map(Value::as_str).filter_map(parse_date);
    let (own, strange): (BTreeSet<Date>, BTreeSet<Date>) =
        dates.partition(|date| month.is_none_or(|month| date.first_of_month() == month));
    if let Some(strangest) = strange.last() {
        let count = strange.len();
        reading.warnings.push(format!("the calendar lists {count} dates of other months, as {strangest}"));
    }
    let count = own.len().to_string();
    rule(reading, "issues", "obj.dateList", Some(count.as_str()).filter(|_| !own.is_empty()));
    let issue = |date: Date| IssueLink { date, url: paper.issue(ask, date), paper: None };
    reading.issues = own.into_iter().map(issue).collect();
    Some(())
}

fn read_issue(ask: &Ask, paper: &Paper, value: &Value, reading: &mut Reading) -> Option<()> {
    let editions = value["obj"]["editionList"].as_array()?;
    reading.kind = Kind::Index;
    // Asked for a day without an issue, the site may answer with another day's.
    let printed = parse_date(&words(&value["obj"], "periodTime"));
    rule(reading, "date", "obj.periodTime", printed.map(|date| date.to_string()).as_deref());
    let asked = ask.note("date").and_then(parse_date);
    reading.date = printed.or(asked);
    let mut editions: Vec<&Value> = editions.iter().take(MOST_PAGES).collect();
    // Stable: what has no weight stays where it is listed.
    editions.sort_by(|a, b| weight(a).total_cmp(&weight(b)));
    for (at, edition) in editions.into_iter().enumerate() {
        if edition["id"].is_null() {
            reading.warnings.push(format!("page {} of the list has no id: it is left out", at + 1));
            continue;
        }
        let printed = words(edition, "editionName");
        let code = words(edition, "editionCode");
        let label = label_of(&printed).unwrap_or_else(|| PageLabel {
            number: if code.is_empty() { format!("{:02}", at + 1) } else { code },
            name: printed,
        });
        let mut page = paper.ask(ask, PAGE, "id", &edition["id"])?;
        page = page.noting("page", &label.number).noting("label", &label.name);
        if let Some(date) = reading.date {
            page = page.noting("date", &date.to_string());
        }
        if let Some(picture) = join(&ask.url, &words(edition, "editionImg")).filter(|url| *url != ask.url) {
            page = page.noting("picture", picture.as_str());
        }
        reading.pages.push(PageLink {
            number: label.number,
            name: label.name,
            url: page.into_url(),
            pdf: None,
        });
    }
    let count = reading.pages.len().to_string();
    rule(
        reading,
        "pages",
        "obj.editionList, by weight",
        (!reading.pages.is_empty()).then_some(count.as_str()),
    );
    reading.redirect = reading.pages.first().map(|page| page.url.clone());
    Some(())
}

fn weight(edition: &Value) -> f64 {
    let weight = &edition["weight"];
    let written = || weight.as_str().and_then(|weight| weight.trim().parse().ok());
    weight.as_f64().or_else(written).unwrap_or(f64::MAX)
}

/// "第01版：今日要闻", "01·第01版：今日要闻".
fn label_of(words: &str) -> Option<PageLabel> {
    let behind = words.find('第').and_then(|at| PageLabel::parse(&words[at..]));
    behind.or_else(|| PageLabel::parse(words))
}

fn read_page(ask: &Ask, paper: &Paper, value: &Value, reading: &mut Reading) -> Option<()> {
    let items = value["list"].as_array()?;
    reading.kind = Kind::Page;
    reading.date = ask.note("date").and_then(parse_date);
    let date = reading.date.map(|date| date.to_string());
    rule(reading, "date", "obj.periodTime of the list of pages", date.as_deref());
    let mut articles = Vec::new();
    for item in items.iter().take(MOST_ARTICLES) {
        if item["id"].is_null() {
            reading.warnings.push("an article of the list has no id: it is left out".to_owned());
            continue;
        }
        let mut article = paper.ask(ask, ARTICLE, "id", &item["id"])?.noting("article", &words(item, "id"));
        for name in ["date", "page", "label"] {
            article = ask.note(name).map_or(article.clone(), |value| article.noting(name, value));
        }
        let author = words(item, "author");
        if !author.is_empty() {
            article = article.noting("author", &author);
        }
        articles.push(ArticleLink { url: article.into_url(), headline: marked(item, "title") });
    }
    let count = articles.len().to_string();
    rule(reading, "page.articles", "list", (!articles.is_empty()).then_some(count.as_str()));
    reading.page = Some(PageReading {
        number: ask.note("page").unwrap_or_default().to_owned(),
        name: ask.note("label").unwrap_or_default().to_owned(),
        picture: ask.note("picture").and_then(|picture| join(&ask.url, picture)),
        articles,
        ..PageReading::default()
    });
    reading.links = Links {
        page_list: reading.date.and_then(|date| paper.issue(ask, date)),
        calendar: paper.calendar(ask),
        ..Links::default()
    };
    Some(())
}

fn read_article(ask: &Ask, value: &Value, reading: &mut Reading) -> Option<()> {
    let item = value["obj"].get("articleVo").filter(|item| item.is_object())?;
    reading.kind = Kind::Article;
    reading.date = ask.note("date").and_then(parse_date);
    let byline = Some(words(item, "author")).filter(|author| !author.is_empty());
    let decks = Decks {
        kicker: marked(item, "pretitle"),
        headline: marked(item, "title"),
        subheadline: marked(item, "subtitle"),
        byline: byline.or_else(|| ask.note("author").map(str::to_owned)).unwrap_or_default(),
    };
    rule(
        reading,
        "article.headline",
        "articleVo.title",
        Some(decks.headline.as_str()).filter(|t| !t.is_empty()),
    );
    let article = article_of(&ask.url, decks, item, &["content", "txt"], reading);
    let label = |number: &str| PageLabel {
        number: number.to_owned(),
        name: ask.note("label").unwrap_or_default().to_owned(),
    };
    reading.article = Some(ArticleReading { article, page: ask.note("page").map(label), pdf: None });
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date::constant(2026, 11, 24);

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn answered(url: &Url, text: &str) -> Reading {
        crate::read(url, text)
    }

    fn shell(address: &str) -> Reading {
        answered(&url(address), "<html><head><title></title></head><body><div id=app></div></body></html>")
    }

    #[test]
    fn a_known_sites_shell_leads_to_the_calendar_or_to_the_day_it_shows() {
        let newest = shell("https://epaper.stdaily.com/statics/technology-site/index.html");
        assert_eq!((newest.kind, newest.publication.as_deref()), (Kind::Index, Some("科技日报")));
        assert_eq!(newest.redirect, None);
        let calendar = newest.links.calendar.unwrap();
        let month = crate::address::calendar_urls(&calendar, 2026, 11).remove(0);
        let asked: Value = serde_json::from_str(Ask::of(&month).posted().unwrap()).unwrap();
        assert_eq!(
            asked,
            json!({"code":"KJRB","siteId":"811c18b08cf04e79be3b67d6902ee1a7","date":"2026-11-01"})
        );
        let old = "https://epaper.stdaily.com/statics/technology-site/index.html#/home?isDetail=1&currentVersion=2&timeValue=2026-09-30";
        let issue = Ask::of(&shell(old).redirect.unwrap());
        assert_eq!(issue.note("date"), Some("2026-09-30"));
        assert!(crate::address::names_an_issue(&url(old)));
        let entry = crate::address::entry_urls(&issue.into_url()).remove(0);
        assert_eq!(entry.as_str(), "https://epaper.stdaily.com/statics/technology-site/index.html");
        assert_eq!(crate::address::canonical_entry(url(old)), entry);
        // Elsewhere the shell has to say whose it is.
        assert_eq!(shell("http://a.cn/statics/technology-site/index.html").kind, Kind::Unknown);
    }

    fn calendar() -> Url {
        let calendar = shell("https://epaper.stdaily.com/").links.calendar.unwrap();
        month_of(&calendar, 2026, 11).unwrap()
    }

    #[test]
    fn absurd_dates_of_a_month_are_told_and_left_out() {
        let text =
            r#"{"status":"200","obj":{"dateList":["2026-11-24","2099-01-01","2026-11-02","2026-13-40",7]}}"#;
        let reading = answered(&calendar(), text);
        let dates: Vec<String> = reading.issues.iter().map(|issue| issue.date.to_string()).collect();
        assert_eq!(
            (reading.kind, dates),
            (Kind::Calendar, vec!["2026-11-02".to_owned(), "2026-11-24".to_owned()])
        );
        assert!(reading.warnings[0].contains("2099-01-01"), "{:?}", reading.warnings);
    }

    #[test]
    fn from_question_to_question() {
        let issue = issue_of(&calendar(), DAY).unwrap();
        let text = r#"{"status":"200","obj":{"periodTime":"2026-11-24","editionList":[
            {"id":"e2","editionName":"第02版：综合新闻","weight":2},
            {"id":"e1","editionName":"01·第01版：今日要闻","weight":1,"editionImg":"/pic/1.jpg#kanbao?post=1"},
            {"editionName":"第03版：无号"}]}}"#;
        let reading = answered(&issue, text);
        assert_eq!((reading.kind, reading.date), (Kind::Index, Some(DAY)));
        let numbers: Vec<_> =
            reading.pages.iter().map(|page| (page.number.as_str(), page.name.as_str())).collect();
        assert_eq!(numbers, [("01", "今日要闻"), ("02", "综合新闻")]);
        assert_eq!(reading.warnings.len(), 1);
        let page = answered(
            reading.redirect.as_ref().unwrap(),
            r#"{"list":[{"id":12,"title":"<p>桥上<br/>设了长椅</p>","author":"林河"},{"title":"无号"}]}"#,
        );
        assert_eq!(
            (page.kind, page.date, page.publication.as_deref()),
            (Kind::Page, Some(DAY), Some("科技日报"))
        );
        assert_eq!(page.links.page_list.as_ref(), Some(&issue));
        let found = page.page.unwrap();
        assert_eq!((found.number.as_str(), found.name.as_str()), ("01", "今日要闻"));
        assert_eq!(found.picture.unwrap().as_str(), "https://epaper.stdaily.com/pic/1.jpg");
        assert_eq!(found.articles[0].headline, "桥上\n设了长椅");
        let article = answered(
            &found.articles[0].url,
            r#"{"obj":{"articleVo":{"pretitle":"沿河","title":"桥上设了长椅","content":"<p>第一段。</p><p>第二段。</p>"}}}"#,
        );
        let read = article.article.unwrap();
        assert_eq!(
            (read.article.decks.kicker.as_str(), read.article.decks.byline.as_str()),
            ("沿河", "林河")
        );
        assert_eq!(read.article.blocks.len(), 2);
        assert_eq!(read.page.unwrap().number, "01");
    }

    #[test]
    fn what_the_site_has_against_a_question_is_told() {
        let issue = issue_of(&calendar(), DAY).unwrap();
        for text in
            [r#"{"status":"500","msg":"no access!"}"#, "{\"msg\":\"no access!\",\"obj\":{\"editionList\":7}}"]
        {
            let reading = answered(&issue, text);
            assert_eq!(reading.kind, Kind::Unknown);
            assert!(reading.warnings[0].contains("no access!"), "{:?}", reading.warnings);
        }
    }
}
