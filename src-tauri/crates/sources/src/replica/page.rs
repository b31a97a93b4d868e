//! A page: its map, its picture and PDF, its own list of articles, and the list of the issue's pages.

use super::pages::{LONGEST_LABEL, is_pdf};
use super::{newer, paper_index};
use crate::address;
use crate::address::article_key;
use crate::html::{
    Attributes, Document, headline, is_link, link_address, picture_source, printed_lines, selector,
    stated_size,
};
use crate::printed::rule;
use crate::property::Properties;
use crate::reading::{AreaReading, ArticleLink, Family, Links, Measure, PageReading, Reading};
use ego_tree::NodeId;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use kanbao_newspaper::{Area, GeometryError, PageLabel};
use regex::Regex;
use scraper::ElementRef;
use std::sync::LazyLock;
use url::Url;

/// Far more than any page has.
const MOST_AREAS: usize = 1_000;
const MOST_ARTICLES: usize = 1_000;
const MOST_LINKS: usize = 5_000;

/// Links to what comes before and after, by their words.
pub(crate) fn links_by_words(document: &Document<'_>) -> Links {
    let mut links = Links::default();
    for link in document.select("a[href]") {
        let words = document.line(link);
        // Every one of them holds one of these.
        if !words.contains(['上', '下']) {
            continue;
        }
        let words: String = words.chars().filter(|c| !c.is_whitespace()).take(12).collect();
        let Some(url) = link.attribute("href").and_then(|href| document.resolve(href)) else { continue };
        let slot = if words.contains("上一版") {
            &mut links.previous_page
        } else if words.contains("下一版") {
            &mut links.next_page
        } else if words.contains("上一期") {
            &mut links.previous_issue
        } else if words.contains("下一期") {
            &mut links.next_issue
        } else if words.contains("上一篇") {
            &mut links.previous_article
        } else if words.contains("下一篇") {
            &mut links.next_article
        } else {
            continue;
        };
        if slot.is_none() && url != *document.url {
            *slot = Some(url);
        }
    }
    links
}

pub(crate) fn read_links(document: &Document<'_>, reading: &mut Reading) {
    let mut links = links_by_words(document);
    if let Some(place) = address::issue_place(document.url) {
        links.calendar =
            address::calendar_urls(document.url, place.date.year(), place.date.month()).into_iter().next();
    }
    rule(
        reading,
        "links",
        "上一版/下一版",
        links.next_page.as_ref().or(links.previous_page.as_ref()).map(Url::as_str),
    );
    rule(reading, "links", "上一期", links.previous_issue.as_ref().map(Url::as_str));
    reading.links = links;
}

pub(crate) fn read(
    document: &Document<'_>,
    properties: &Properties<'_>,
    reading: &mut Reading,
) -> PageReading {
    let mut page = PageReading::default();
    let label = own_label(document, properties, reading);
    (page.number, page.name) = (label.number, label.name);
    read_map(document, &mut page, reading);
    if reading.family == Some(Family::FounderNew) {
        page.measure = Measure::Configured;
        if page.areas.is_empty() {
            newer::read_tablet_areas(document, &mut page, reading);
        }
    }
    page.pdf = own_pdf(document, &page, reading);
    let listed = article_list(document, &page, reading);
    page.articles = listed;
    page.add_unlisted();
    let count = page.articles.len().to_string();
    rule(
        reading,
        "page.articles",
        "the page's list, then the map",
        (!page.articles.is_empty()).then_some(count.as_str()),
    );
    page
}

/// The page's number and name: as its entry in the list has them, else as its own banner.
pub(crate) fn own_label(
    document: &Document<'_>,
    properties: &Properties<'_>,
    reading: &mut Reading,
) -> PageLabel {
    let declared = properties.get("founder-pagenum");
    rule(reading, "page.number", "founder-pagenum in the metadata comment", declared);
    let file = address::file_of(document.url);
    let this = reading.pages.iter().find(|page| page.url == *document.url).or_else(|| {
        // A page that was saved under a longer name keeps its own at the end.
        reading.pages.iter().find(|page| {
            let name = address::file_of(&page.url);
            !name.is_empty() && file.len() > name.len() && file.ends_with(name)
        })
    });
    let listed = this
        .filter(|page| !page.number.is_empty())
        .map(|page| PageLabel { number: page.number.clone(), name: page.name.clone() });
    let pages = reading.pages.clone();
    let of_number = |number: &str| {
        let plain = |number: &str| number.trim_start_matches('0').to_ascii_uppercase();
        let same = pages.iter().find(|page| !page.number.is_empty() && plain(&page.number) == plain(number));
        same.map(|page| PageLabel { number: page.number.clone(), name: page.name.clone() })
    };
    let declared_label =
        declared.and_then(|number| of_number(number).or_else(|| PageLabel::parse(&format!("第{number}版"))));
    let declared_label = declared_label.or_else(|| newer::declared_label(properties));
    // A copy of the newest issue's first page: it is the first of the list.
    let is_copy = file.starts_with("index.") && reading.family == Some(Family::FounderNew);
    let first = reading.pages.first().filter(|_| is_copy);
    let listed = listed
        .or_else(|| first.map(|page| PageLabel { number: page.number.clone(), name: page.name.clone() }));
    let banner = banner_label(document);
    rule(
        reading,
        "page.number",
        "this page's entry in the list of pages",
        listed.as_ref().map(|label| label.number.clone()).as_deref(),
    );
    rule(
        reading,
        "page.number",
        "a label that stands by itself",
        banner.as_ref().map(|label| label.number.clone()).as_deref(),
    );
    let named_by_list = banner
        .clone()
        .map(|label| of_number(&label.number).filter(|listed| !listed.name.is_empty()).unwrap_or(label));
    let mut label = listed
        .or(declared_label)
        .or(named_by_list)
        .or_else(|| newer::addressed_label(document).filter(|_| document.here.is_page()))
        .unwrap_or(PageLabel { number: String::new(), name: String::new() });
    if label.name.is_empty()
        && let Some(banner) = banner
    {
        label.name = banner.name;
    }
    label
}

/// "第1版　　要闻" in a line of its own, not in a link to another page.
fn banner_label(document: &Document<'_>) -> Option<PageLabel> {
    const BANNERS: &[&str] = &[
        "#currentBM",
        "#layout",
        ".bm01",
        ".l_t",
        ".ban_t li",
        ".lai",
        "td.title",
        ".banci",
        "#bmtitle",
        ".pageTitle",
        ".ban_title",
        ".paper-bot",
        ".newslisttit em",
        ".tabs h3",
        ".pic-info-summary",
    ];
    let of = |element: ElementRef<'_>| {
        let lines = printed_lines(element, LONGEST_LABEL, is_link);
        lines.iter().find_map(|line| banner_in(&line.text))
    };
    let known = BANNERS.iter().find_map(|css| document.select(css).find_map(of));
    let anywhere = || {
        let lines = document.datelines().iter().map(|line| line.text.as_str());
        let lines = lines.filter(|line| line.chars().count() <= LONGEST_LABEL);
        let mut labels = lines.filter(|line| line.chars().take(12).any(|c| c == '版'));
        labels.find_map(banner_in)
    };
    known.or_else(anywhere)
}

/// A label that is a whole line, or its page's number at the end of a dateline:
/// "（ 2017年10月16日　　01 版）".
fn banner_in(line: &str) -> Option<PageLabel> {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\d{4}\s*年[\d\s]+月[\d\s]+日[^\d第]{0,20}第?\s*([A-Za-z]{0,3}\d{1,4})\s*版(?:\s*[)）:：]?\s*)([^)）]*)").expect("a sound pattern")
    });
    static CONTROLS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*(?:PDF\s*版?下载|PDF\s*版?|版面概览|放大|上一版|下一版|返回目录)\s*")
            .expect("a sound pattern")
    });
    let line = line.trim_start_matches("当前版").trim_start_matches([':', '：', ' ']);
    if let Some(found) = DATED.captures(line) {
        return PageLabel::parse(&format!("第{}版：{}", &found[1], &found[2]));
    }
    let cut = CONTROLS.replace_all(line, " ");
    PageLabel::parse(&cut).filter(|_| cut.contains('版') || cut.contains(['：', ':']))
}

/// Whether there is a page's picture, with areas or without.
pub(crate) fn has_picture(document: &Document<'_>) -> bool {
    document
        .select("img")
        .any(|picture| picture.attribute("usemap").is_some() || is_named_like_a_page(picture))
}

fn is_named_like_a_page(picture: ElementRef<'_>) -> bool {
    let src = picture_source(picture).unwrap_or_default().to_ascii_lowercase();
    let parts = ["_b.", "_brief.", "page_b", "/page.", "/page/", "bantu", "_icon."];
    let framed = || {
        picture.value().classes().any(|class| class == "preview")
            || picture.ancestors().filter_map(ElementRef::wrap).take(2).any(|around| {
                around.value().classes().any(|class| matches!(class, "paper" | "paperimg" | "layout-pic"))
            })
    };
    !src.contains("tplimg") && (parts.iter().any(|part| src.contains(part)) || framed())
}

pub(crate) fn read_map(document: &Document<'_>, page: &mut PageReading, reading: &mut Reading) {
    let maps = document.all("map");
    let area_count = |map: &ElementRef<'_>| map.select(selector("area")).count();
    let name_of = |map: &ElementRef<'_>| {
        map.attribute("name").or_else(|| map.attribute("id")).unwrap_or_default().trim().to_ascii_lowercase()
    };
    // Of maps of one name the fullest counts, of equally full ones the first.
    let fullest = |maps: &mut dyn Iterator<Item = &ElementRef<'_>>| {
        maps.min_by_key(|map| std::cmp::Reverse(area_count(map))).map(|map| map.id())
    };
    // HTML says that `usemap` and `name` agree to the letter; sites differ in case, or have but one map.
    let named = fullest(&mut maps.iter().filter(|map| name_of(map) == "pagepicmap" && area_count(map) > 0));
    let chosen = named.or_else(|| fullest(&mut maps.iter()));
    let map = maps.iter().find(|map| Some(map.id()) == chosen).copied();
    let map_name = map.as_ref().map(name_of);
    rule(reading, "page.regions", "an image map", map_name.as_deref());
    let pictures = document.all("img");
    let uses = |picture: &&ElementRef<'_>| {
        let used =
            picture.attribute("usemap").map(|used| used.trim().trim_start_matches('#').to_ascii_lowercase());
        used.is_some_and(|used| map_name.as_ref().is_none_or(|name| name.is_empty() || *name == used))
    };
    let using = pictures
        .iter()
        .find(uses)
        .or_else(|| pictures.iter().find(|picture| picture.attribute("usemap").is_some()));
    rule(
        reading,
        "page.picture",
        "the picture that uses the map",
        using.and_then(|picture| picture.attribute("src")),
    );
    let by_name = || pictures.iter().find(|picture| is_named_like_a_page(**picture));
    let picture = using.or_else(by_name).copied();
    rule(reading, "page.picture", "a picture named like a page's", picture.and_then(picture_source));
    if let Some(picture) = picture {
        page.picture = picture_source(picture).and_then(|src| document.resolve(src));
        (page.width, page.height) = stated_size(document, picture);
    }
    if page.picture.is_none() {
        reading.warnings.push("the page's picture was not found".to_owned());
    }
    if let Some(map) = map {
        read_areas(document, map, page, reading);
    }
}

fn read_areas(document: &Document<'_>, map: ElementRef<'_>, page: &mut PageReading, reading: &mut Reading) {
    for (count, element) in map.select(selector("area")).enumerate() {
        if count >= MOST_AREAS {
            reading.warnings.push(format!("the map has more than {MOST_AREAS} areas; the rest is not read"));
            break;
        }
        let href = element.attribute("href").unwrap_or_default();
        let Some(target) = document.target(href) else {
            reading.warnings.push(format!(
                "an area leads nowhere ({:?}): it is left out",
                href.chars().take(80).collect::<String>()
            ));
            continue;
        };
        // Advertisements link to the advertiser, some maps to the page's own picture.
        let url = target.url().clone();
        if !target.is_article()
            && (target.is_page()
                || is_pdf(&url)
                || url.path().ends_with('/')
                || url.host_str() != document.url.host_str())
        {
            reading.warnings.push(format!("an area leads to {url}, which is no article: it is left out"));
            continue;
        }
        let title = ["title", "alt"]
            .into_iter()
            .filter_map(|name| element.attribute(name))
            .map(kanbao_newspaper::label::squeeze)
            .find(|title| !title.is_empty());
        let coords = element.attribute("coords").unwrap_or_default();
        match Area::parse(element.attribute("shape").unwrap_or_default(), coords) {
            Ok(area) => {
                let same = |other: &AreaReading| {
                    other.area == area && article_key(&other.article) == target.article_key()
                };
                if page.areas.iter().any(same) {
                    reading.warnings.push(format!("an area of {url} is there twice: one is left out"));
                } else {
                    page.areas.push(AreaReading { article: url, area, title });
                }
            }
            Err(error) => {
                let why = if error == GeometryError::Empty {
                    "it has no place on the page".to_owned()
                } else {
                    error.to_string()
                };
                reading.warnings.push(format!("the area of {url} is left out: {why}"));
                page.articles.push(ArticleLink { url, headline: title.unwrap_or_default() });
            }
        }
    }
}

/// The page's PDF: its entry's in the list of pages, else the one linked beside the picture.
fn own_pdf(document: &Document<'_>, page: &PageReading, reading: &mut Reading) -> Option<Url> {
    let listed = reading
        .pages
        .iter()
        .find(|link| link.url == *document.url || !page.number.is_empty() && link.number == page.number)
        .and_then(|link| link.pdf.clone());
    rule(reading, "page.pdf", "the PDF of its entry in the list of pages", listed.as_ref().map(Url::as_str));
    let others: HashSet<Url> = reading.pages.iter().filter_map(|link| link.pdf.clone()).collect();
    let all: Vec<Url> = document
        .select("a[href], input[value], [data-pdf], [pdf_href]")
        .filter_map(|element| {
            ["href", "value", "data-pdf", "pdf_href"].into_iter().find_map(|name| element.attribute(name))
        })
        .filter_map(|href| document.resolve(href))
        .filter(is_pdf)
        .collect();
    let beside = all
        .iter()
        .find(|url| !others.contains(url))
        .or_else(|| all.first().filter(|_| reading.pages.len() <= 1))
        .cloned();
    rule(reading, "page.pdf", "a PDF linked on the page", beside.as_ref().map(Url::as_str));
    listed.or(beside)
}

/// The page's own list of articles, in its order.
///
/// Sites also list other pages' articles (今日关注, 要闻导读, the whole issue). This page's list is the one
/// with the most articles of its map and the fewest others; other lists may only give what it leaves out.
/// Articles without an area are found where they stand in this page's list.
fn article_list(document: &Document<'_>, page: &PageReading, reading: &mut Reading) -> Vec<ArticleLink> {
    let mapped: HashSet<String> = page
        .areas
        .iter()
        .map(|area| article_key(&area.article))
        .chain(page.articles.iter().map(|link| article_key(&link.url)))
        .collect();
    let mut lists = lists_of_articles(document, &mapped);
    let own = |list: &List| list.keys.iter().filter(|key| mapped.contains(*key)).count();
    let strangers = |list: &List| list.keys.len() - own(list);
    // Stable: of equally good ones the first counts.
    lists.sort_by_cached_key(|list| {
        use std::cmp::Reverse;
        if mapped.is_empty() {
            (Reverse(usize::from(list.of_this_page) * 2 + usize::from(list.named)), 0)
        } else {
            (Reverse(own(list)), usize::from(strangers(list) > own(list)))
        }
    });
    // Where addresses of articles name their page, no list need be told from another.
    let own_number = paper_index::page_number(document.url);
    if mapped.is_empty() && own_number.is_none() {
        lists.truncate(1);
    }
    let mut articles: Vec<ArticleLink> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let by_map = || page.areas.iter().find_map(|area| page_suffix(&area.article));
    let suffix = own_number.clone().or_else(by_map);
    for (order, list) in lists.into_iter().enumerate() {
        let whole_issue = strangers(&list) > own(&list) && !list.named;
        for (key, link) in list.links {
            let is_foreign = || {
                let of = suffix.as_ref();
                of.is_some() && page_suffix(&link.url).is_some_and(|other| of != Some(&other))
            };
            let belongs = mapped.contains(&key)
                || match own_number {
                    Some(_) => !is_foreign(),
                    None => mapped.is_empty() || order == 0 && !whole_issue && !is_foreign(),
                };
            if !belongs {
                continue;
            }
            match places.get(&key) {
                Some(&at) if articles[at].headline.is_empty() => articles[at].headline = link.headline,
                Some(_) => {}
                None => {
                    places.insert(key, articles.len());
                    articles.push(link);
                }
            }
        }
    }
    let count = articles.len().to_string();
    let rule_name = if mapped.is_empty() { "a list of articles" } else { "the list with the map's articles" };
    rule(reading, "page.articles", rule_name, (!articles.is_empty()).then_some(count.as_str()));
    // Those of the map that have no place come from `coords="null"`.
    for link in &page.articles {
        places.entry(article_key(&link.url)).or_insert_with(|| {
            articles.push(link.clone());
            articles.len() - 1
        });
    }
    articles
}

/// `content_1234_5.htm` and `nw.D110000x_20171016_3-01.htm` say which page they are of, at the end.
fn page_suffix(url: &Url) -> Option<String> {
    static SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:content_\d+_(\w+)|nw\.\w+_\d{8}_\d+-(\w+))\.s?html?$").expect("a sound pattern")
    });
    if let Some(number) = paper_index::article_page(url) {
        return Some(number);
    }
    let found = SUFFIX.captures(url.path())?;
    found.get(1).or_else(|| found.get(2)).map(|suffix| suffix.as_str().to_owned())
}

/// The links below an element, in order. Of every link's surroundings they are asked for, so no selector is matched.
fn links_below(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    let leads = |link: &ElementRef<'_>| {
        is_link(*link) && (link.attribute("href").is_some() || link.attribute("daoxiang").is_some())
    };
    element.descendants().skip(1).filter_map(ElementRef::wrap).filter(leads)
}

struct List {
    /// Whether templates give it a name that says what it is.
    named: bool,
    /// Whether it begins with a link to this page, as in a tree of the whole issue.
    of_this_page: bool,
    links: Vec<(String, ArticleLink)>,
    keys: HashSet<String>,
}

/// Every list of articles on the document, by the element that holds it.
fn lists_of_articles(document: &Document<'_>, mapped: &HashSet<String>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut known: HashMap<NodeId, usize> = HashMap::new();
    for link in document.select("a[href], a[daoxiang]").take(MOST_LINKS) {
        let Some(target) = link_address(link).and_then(|href| document.target(href)) else { continue };
        if !target.is_article() && !mapped.contains(target.article_key()) {
            continue;
        }
        let (url, key) = (target.url().clone(), target.article_key().to_owned());
        let words = headline(document, link);
        if is_way_through(&words) {
            continue;
        }
        let around = list_around(link);
        let at = *known.entry(around.id()).or_insert_with(|| {
            let near = around.ancestors().take(3).filter_map(ElementRef::wrap);
            let named = std::iter::once(around).chain(near).any(is_named_list);
            let heads = links_below(around).next().and_then(|head| document.resolve(link_address(head)?));
            let of_this_page = heads.is_some_and(|head| head == *document.url);
            lists.push(List { named, of_this_page, links: Vec::new(), keys: HashSet::new() });
            lists.len() - 1
        });
        let list = &mut lists[at];
        if list.links.len() >= MOST_ARTICLES {
            continue;
        }
        if list.keys.insert(key.clone()) {
            list.links.push((key, ArticleLink { url, headline: words }));
        } else if let Some((_, known)) = list.links.iter_mut().find(|(other, _)| *other == key)
            && known.headline.is_empty()
        {
            known.headline = words;
        }
    }
    lists
}

/// Whether a template gives an element a name that says that it is the page's own list.
fn is_named_list(element: ElementRef<'_>) -> bool {
    const NAMES: &[&str] = &["titlelist", "btdh", "main-ed-articlenav-list", "articlelist", "list01"];
    let names = [element.attribute("id"), element.attribute("class")].into_iter().flatten();
    names
        .flat_map(str::split_whitespace)
        .any(|name| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// The element that holds a link's whole list: rows that are tables or lists of one link do not count.
fn list_around(link: ElementRef<'_>) -> ElementRef<'_> {
    const REACH: usize = 24;
    let mut found = None;
    for around in link.ancestors().filter_map(ElementRef::wrap).take(REACH) {
        let name = around.value().name();
        if name == "body" {
            break;
        }
        if matches!(name, "ul" | "ol" | "dl" | "table" | "div" | "td") {
            found = found.or(Some(around));
            if is_named_list(around) || name != "td" && links_below(around).nth(1).is_some() {
                return around;
            }
        }
    }
    found.unwrap_or(link)
}

/// 上一篇 and its kin lead to articles too.
fn is_way_through(words: &str) -> bool {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).take(8).collect();
    ["上一篇", "下一篇", "上一版", "下一版", "上一期", "下一期", "返回", "详细", "全文"]
        .iter()
        .any(|way| words.starts_with(way) || words.ends_with(way))
}
