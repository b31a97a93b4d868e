//! `papersInfo/YYYYMMDD.xml` and its `.js`: every paper of a house on one day, with its pages.

use crate::ask::join;
use crate::printed::{parse_date, rule};
use crate::reading::{Family, Kind, PageLink, Reading, TitleLink};
use kanbao_newspaper::Date;
use kanbao_newspaper::label::squeeze;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use url::Url;

/// Far more than any house has.
const MOST_PAPERS: usize = 100;
const MOST_PAGES: usize = 500;

/// The XML of a document that is one of these, out of the call that wraps it in a script.
pub(crate) fn unwrapped(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let called = text.strip_prefix("paperinfo(");
    let xml: Cow<'_, str> = match called {
        Some(argument) => {
            let argument = argument.trim_end().trim_end_matches(';').trim_end_matches(')');
            serde_json::from_str(argument).unwrap_or_else(|_| argument.trim_matches('"').to_owned()).into()
        }
        None => text.into(),
    };
    let head: String = xml.chars().take(200).collect();
    (head.contains("<papers") && !head.contains("<html")).then(|| xml.into_owned())
}

#[derive(Default)]
struct Paper {
    name: String,
    date: Option<Date>,
    pages: Vec<PageLink>,
}

pub(crate) fn read(url: &Url, xml: &str, reading: &mut Reading) {
    reading.kind = Kind::Index;
    reading.family = Some(Family::FounderNew);
    let mut papers: Vec<Paper> = Vec::new();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut inside, mut number, mut name, mut address) =
        (String::new(), String::new(), String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                inside = start.local_name().as_ref().to_ascii_lowercase();
                if inside == "paper" {
                    papers.push(Paper::default());
                }
                if inside == "layout" {
                    (number, name, address) = (String::new(), String::new(), String::new());
                }
            }
            Ok(Event::Text(words)) => {
                let words = squeeze(&words);
                let Some(paper) = papers.last_mut().filter(|_| !words.is_empty()) else { continue };
                match inside.as_str() {
                    "papername" => paper.name = words,
                    "paperdate" => paper.date = parse_date(&words),
                    "edition" => number = words,
                    "layoutname" => name = words,
                    "layouturl" => address = words,
                    _ => {}
                }
            }
            Ok(Event::End(end)) => {
                inside.clear();
                if end.local_name().as_ref().eq_ignore_ascii_case("layout")
                    && let Some(paper) = papers.last_mut().filter(|paper| paper.pages.len() < MOST_PAGES)
                    && let Some(url) = join(url, &address)
                    && !address.is_empty()
                {
                    let (number, name) = (std::mem::take(&mut number), std::mem::take(&mut name));
                    paper.pages.push(PageLink { number, name, url, pdf: None });
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                reading.warnings.push(format!("the list of papers breaks off: {error}"));
                break;
            }
        }
        if papers.len() > MOST_PAPERS {
            reading.warnings.push(format!("more than {MOST_PAPERS} papers are listed; the rest is not read"));
            break;
        }
    }
    papers.retain(|paper| !paper.pages.is_empty());
    let count = papers.len().to_string();
    rule(reading, "titles", "papers of the day", (!papers.is_empty()).then_some(count.as_str()));
    reading.date = papers.iter().find_map(|paper| paper.date);
    reading.titles = papers
        .iter()
        .map(|paper| TitleLink { name: paper.name.clone(), url: paper.pages[0].url.clone() })
        .collect();
    if papers.len() == 1
        && let Some(paper) = papers.pop()
    {
        reading.publication = Some(paper.name).filter(|name| !name.is_empty());
        reading.redirect = paper.pages.first().map(|page| page.url.clone());
        reading.pages = paper.pages;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<papers><paper><papperID>1</papperID><paperName>示例日报</paperName><paperDate>2026/11/24</paperDate><layouts><layout><layoutID>9</layoutID><edition>01</edition><layoutName>要闻</layoutName><layoutURL>../layout/202611/24/node_01.html</layoutURL><layoutURLPAD/></layout></layouts></paper></papers>";

    fn papers(text: &str) -> Reading {
        let url = Url::parse("http://a.cn/slrb/pc/papersInfo/20261124.xml").unwrap();
        let mut reading = Reading::default();
        read(&url, &unwrapped(text).unwrap(), &mut reading);
        reading
    }

    #[test]
    fn a_days_papers_as_xml_and_as_script() {
        let script = format!("paperinfo({});", serde_json::to_string(XML).unwrap());
        for text in [XML, script.as_str()] {
            let reading = papers(text);
            assert_eq!(reading.publication.as_deref(), Some("示例日报"));
            assert_eq!(reading.date, Some(Date::constant(2026, 11, 24)));
            assert_eq!(reading.pages[0].url.as_str(), "http://a.cn/slrb/pc/layout/202611/24/node_01.html");
            assert_eq!((reading.pages[0].number.as_str(), reading.pages[0].name.as_str()), ("01", "要闻"));
        }
        let two = papers(&XML.replace("</papers>", &format!("{}</papers>", &XML[8..XML.len() - 9])));
        assert_eq!((two.titles.len(), two.redirect), (2, None));
        assert_eq!(unwrapped("<html><papers></html>"), None);
        assert_eq!(papers("<papers><paper><layouts><layout><edition>").titles, []);
    }
}
