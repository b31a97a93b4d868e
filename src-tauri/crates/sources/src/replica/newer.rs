//! What is the newer Founder family's own: where its pages and articles lie, page numbers in file names, its skins'
//! lists of pages, and the coordinates of its channel for tablets.

use crate::address::{file_of, is_html};
use crate::html::{Attributes, Document, Target};
use crate::printed::rule;
use crate::property::Properties;
use crate::reading::{AreaReading, Measure, PageReading, Reading};
use kanbao_newspaper::label::squeeze;
use kanbao_newspaper::{Area, PageLabel};
use regex::Regex;
use scraper::ElementRef;
use serde_json::Value;
use std::sync::LazyLock;

/// Far more than any page has.
const MOST_MAPPED: usize = 1_000;

/// Names of the elements that hold a skin's list of pages, as ids or classes.
const PAGE_LISTS: &[&str] = &[
    "layoutlist",
    "swiper-slide",
    "chunkiconlist",
    "nav-list",
    "layout-catalogue-item",
    "webtree",
    "pagelist",
];

/// `layout/YYYYMM/DD/`, `content/YYYYMM/DD/`, and their copies of the newest issue.
static FOLDERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)/(?:layout|col|content|con)/(?:\d{6}/\d\d/[^/]+\.(?:html?|xml|json)|index\.html)$")
        .expect("a sound pattern")
});

/// Whether an address is that of a page or an article of the newer family.
pub(crate) fn is_newer(target: &Target) -> bool {
    FOLDERS.is_match(target.path())
        || is_html(target) && target.place().is_some() && (target.is_page() || target.is_article())
}

/// Whether an element is one that a skin keeps its list of pages in.
pub(super) fn is_list_of_pages(element: ElementRef<'_>) -> bool {
    let names = [element.attribute("id"), element.attribute("class")].into_iter().flatten();
    names
        .flat_map(str::split_whitespace)
        .any(|name| PAGE_LISTS.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// The label of a link whose words hold none: in this family a file is named after its page's printed number.
pub(super) fn label_of_address(target: &Target, words: &str) -> PageLabel {
    PageLabel { number: number_of_address(target).unwrap_or_default(), name: words.to_owned() }
}

fn number_of_address(target: &Target) -> Option<String> {
    number_in_file(target).or_else(|| super::paper_index::page_number(target))
}

/// "A01" in `node_A01.html`, `colA01.html`, `lA01.html` and `9455__A01.html`.
fn number_in_file(target: &Target) -> Option<String> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:node_|l|col|\d+__)([A-Za-z]{0,3}\d{1,4})\.html$").expect("a sound pattern")
    });
    let number = NUMBER.captures(file_of(target))?.get(1)?.as_str();
    is_newer(target).then(|| number.to_ascii_uppercase())
}

/// The label in the metadata comment: `<nodename>第01版：要闻</nodename>`.
pub(super) fn declared_label(properties: &Properties<'_>) -> Option<PageLabel> {
    PageLabel::parse(&squeeze(properties.get("nodename")?))
}

/// The label that a page's own address gives.
pub(super) fn addressed_label(document: &Document<'_>) -> Option<PageLabel> {
    number_of_address(&document.here).map(|number| PageLabel { number, name: String::new() })
}

/// The channel for tablets has no image map; a script holds its areas in hundredths of the page: a list of
/// `{"articleID", "mapping": ["x%,y%", …], "href"}`, or `{"a": "[[x,y,…],…]", "l": "[address,…]"}`.
pub(super) fn read_tablet_areas(document: &Document<'_>, page: &mut PageReading, reading: &mut Reading) {
    let found = mappings(document.raw);
    let count = found.len().to_string();
    rule(
        reading,
        "page.regions",
        "coordinates in hundredths in a script",
        (!found.is_empty()).then_some(count.as_str()),
    );
    for (href, coords) in found {
        let Some(article) = document.resolve(&href) else {
            reading.warnings.push(format!("an area leads nowhere ({href:?}): it is left out"));
            continue;
        };
        match Area::parse("polygon", &coords) {
            Ok(area) => page.areas.push(AreaReading { article, area, title: None }),
            Err(error) => {
                reading.warnings.push(format!("the area of {article} is left out: {error}"));
                page.articles.push(crate::reading::ArticleLink { url: article, headline: String::new() });
            }
        }
    }
    if !page.areas.is_empty() {
        page.measure = Measure::Percent;
    }
}

/// Addresses and coordinates of every mapping that scripts hold.
fn mappings(raw: &str) -> Vec<(String, String)> {
    /// Values that are tried; a page has one.
    const MOST_TRIED: usize = 20;
    let starts = |mark: &'static str| raw.match_indices(mark).map(|(at, _)| at).take(MOST_TRIED);
    let mut found: Vec<(String, String)> = Vec::new();
    for at in starts("[{\"articleID\"").chain(starts("[{\"mapping\"")).chain(starts("[{\"href\"")) {
        let Some(Value::Array(items)) = value_at(&raw[at..]) else { continue };
        for item in items.iter().take(MOST_MAPPED) {
            let (Some(href), Some(mapping)) = (item["href"].as_str(), item.get("mapping")) else { continue };
            let corners = mapping.as_array().into_iter().flatten().filter_map(Value::as_str);
            found.push((href.to_owned(), corners.collect::<Vec<_>>().join(",")));
        }
    }
    for at in starts("{\"a\":\"[") {
        let Some(value) = value_at(&raw[at..]) else { continue };
        let list = |name: &str| -> Vec<Value> {
            let text = value[name].as_str().unwrap_or_default();
            serde_json::from_str(text).unwrap_or_default()
        };
        for (corners, link) in list("a").iter().zip(list("l")).take(MOST_MAPPED) {
            let numbers = corners.as_array().into_iter().flatten().filter_map(Value::as_f64);
            let coords: Vec<String> = numbers.map(|number| number.to_string()).collect();
            if let Some(href) = link.as_str() {
                found.push((href.to_owned(), coords.join(",")));
            }
        }
    }
    found.truncate(MOST_MAPPED);
    found
}

/// The JSON value that a text begins with; what follows it is script.
fn value_at(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    #[test]
    fn numbers_are_in_the_names_of_files() {
        for (address, number) in [
            ("http://a.cn/pc/layout/202611/24/node_01.html", Some("01")),
            ("http://a.cn/pc/layout/202611/24/node_JSA01.html", Some("JSA01")),
            ("http://a.cn/tjbpc/202611/24/l01.html", Some("01")),
            ("http://a.cn/PC/layout/202611/24/colA01.html", Some("A01")),
            ("http://a.cn/2026/11/24/9455__01.html", Some("01")),
            ("http://a.cn/html/2026-11/24/node_74348.htm", None),
            ("http://a.cn/pc/layout/202611/24/index.html", None),
            ("http://a.cn/pc/content/202611/24/content_1.html", None),
        ] {
            let target = Target::new(Url::parse(address).unwrap());
            assert_eq!(number_in_file(&target).as_deref(), number, "{address}");
        }
    }

    #[test]
    fn both_ways_of_writing_hundredths() {
        let list = r#"<script>var m=[{"articleID":1,"mapping":["10%,20%","50.5%,20%","50.5%,40%"],"href":"c1.html"},{"articleID":2,"mapping":null,"href":"c2.html"}];go(m)</script>"#;
        assert_eq!(
            mappings(list),
            [("c1.html".into(), "10%,20%,50.5%,20%,50.5%,40%".into()), ("c2.html".into(), String::new())]
        );
        let pair = r#"<script>x={"a":"[[10,20,50.5,20,50.5,40]]","l":"[\"c1.html\"]"}</script>"#;
        assert_eq!(mappings(pair), [("c1.html".into(), "10,20,50.5,20,50.5,40".into())]);
        for broken in ["[{\"articleID\"", "[{\"articleID\":1}]", "{\"a\":\"[1]\",\"l\":\"[]\"}", "{\"a\":\"["]
        {
            assert_eq!(mappings(broken), []);
        }
    }
}
