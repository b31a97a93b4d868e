//! 版面导航: every page of the issue, each with its own PDF.

use super::newer;
use crate::html::{Attributes, Document, Target};
use crate::printed::rule;
use crate::reading::{PageLink, Reading};
use ego_tree::NodeId;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use kanbao_newspaper::PageLabel;
use rustc_hash::FxHashMap;
use scraper::ElementRef;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use url::Url;

/// Far more than any issue has.
const MOST_PAGES: usize = 500;

/// Links that are looked at; a page of these sites has a few hundred.
const MOST_LINKS: usize = 5_000;

/// How far around a link its list is looked for.
const REACH: usize = 40;

/// A label longer than this is a sentence that begins like one.
pub(crate) const LONGEST_LABEL: usize = 60;

/// Whether links on this document are labelled like a list of pages.
pub(crate) fn has_page_labels(document: &Document<'_>) -> bool {
    let leads_to_a_page = |link: &ElementRef<'_>| {
        let target = link.attribute("href").and_then(|href| document.target(href));
        target.is_some_and(|target| target.is_page())
    };
    let pages = document.select("a[href]").filter(leads_to_a_page);
    pages.filter(|link| label_of(document, *link).is_some()).take(2).count() > 1
}

fn label_of(document: &Document<'_>, link: ElementRef<'_>) -> Option<PageLabel> {
    let words = document.line(link);
    if words.is_empty() || words.chars().count() > LONGEST_LABEL {
        return None;
    }
    PageLabel::parse(&words)
}

pub(crate) fn is_pdf(url: &Url) -> bool {
    url.path().to_ascii_lowercase().ends_with(".pdf")
}

/// One link of the document, in its order.
struct Link<'a> {
    element: ElementRef<'a>,
    url: Rc<Target>,
    label: Option<PageLabel>,
    named: bool,
}

impl Link<'_> {
    fn is_pdf(&self) -> bool {
        is_pdf(&self.url)
    }
}

/// Templates name these links alike, every one of them, or the list that holds them. `lists` are the elements that were
/// looked at, and whether they are such lists.
fn is_named(link: ElementRef<'_>, lists: &mut FxHashMap<NodeId, bool>) -> bool {
    let id = link.attribute("id").unwrap_or_default();
    id.trim_end_matches(|c: char| c.is_ascii_digit()).eq_ignore_ascii_case("pagelink")
        || link.value().classes().any(|class| matches!(class, "rigth_bmdh_href" | "right_bmdh_href"))
        || link
            .ancestors()
            .skip(1)
            .take(4)
            .filter_map(ElementRef::wrap)
            .any(|around| *lists.entry(around.id()).or_insert_with(|| newer::is_list_of_pages(around)))
}

/// The pages of this document's issue, in its list's order. Popups repeat the list: the first mention counts.
pub(crate) fn read(document: &Document<'_>, reading: &mut Reading) -> Vec<PageLink> {
    let same_issue = |there: &Target| {
        let places = document.here.place().zip(there.place());
        places.is_none_or(|(here, there)| here.is_same_issue(there))
    };
    let links = links(document);
    let is_page = |link: &Link<'_>| !link.is_pdf() && !link.url.is_article() && same_issue(&link.url);
    let is_named = |link: &Link<'_>| link.named && (link.label.is_some() || link.url.is_page());
    let named: Vec<usize> =
        (0..links.len()).filter(|&at| is_named(&links[at]) && is_page(&links[at])).collect();
    let labelled: Vec<usize> = (0..links.len())
        .filter(|&at| links[at].label.is_some() && links[at].url.is_page() && is_page(&links[at]))
        .collect();
    let count = |count: usize| (count > 0).then(|| count.to_string());
    rule(reading, "pages", "links named pageLink, or in a list of pages", count(named.len()).as_deref());
    rule(reading, "pages", "links with page labels", count(labelled.len()).as_deref());

    let candidates = if named.is_empty() { &labelled } else { &named };
    let inside = within_list(&links, candidates);
    let first = candidates.iter().filter(|at| inside.contains(at));
    let rest = candidates.iter().filter(|at| !inside.contains(at));
    let mut pages: Vec<PageLink> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut ahead: Vec<Option<Url>> = Vec::new();
    for &at in first.chain(rest).chain(&labelled) {
        let link = &links[at];
        let behind = pdf_behind(&links, at);
        if let Some(&place) = known.get(link.url.as_str()) {
            let page = &mut pages[place];
            page.pdf = page.pdf.take().or(behind);
            if page.number.is_empty()
                && let Some(label) = &link.label
            {
                (page.number, page.name) = (label.number.clone(), label.name.clone());
            }
            continue;
        }
        if pages.len() >= MOST_PAGES {
            let warning = format!("the issue lists more than {MOST_PAGES} pages; the rest is not read");
            reading.warnings.push(warning);
            break;
        }
        let label = link.label.clone();
        let label = label.unwrap_or_else(|| newer::label_of_address(&link.url, &document.line(link.element)));
        known.insert(link.url.as_str(), pages.len());
        pages.push(PageLink {
            number: label.number,
            name: label.name,
            url: link.url.url().clone(),
            pdf: behind,
        });
        ahead.push(
            at.checked_sub(1)
                .map(|at| &links[at])
                .filter(|link| link.is_pdf())
                .map(|link| link.url.url().clone()),
        );
    }
    // On some sites the PDF stands before its page's link: before most of them, then.
    let leading = ahead.iter().flatten().count();
    if pages.iter().all(|page| page.pdf.is_none()) && leading * 2 > pages.len() {
        for (page, pdf) in pages.iter_mut().zip(ahead) {
            page.pdf = pdf;
        }
    }
    // A link without a label is a picture or an arrow where others have labels.
    if pages.iter().any(|page| !page.number.is_empty()) {
        pages.retain(|page| !page.number.is_empty());
    }
    pages
}

/// Everything that leads somewhere, be it by another attribute than `href`.
fn links<'a>(document: &'a Document<'_>) -> Vec<Link<'a>> {
    let mut lists = FxHashMap::default();
    document
        .select("a[href], [filepath], [pdf_href], [data-pdf], input[value$='.pdf' i]")
        .filter_map(|element| {
            let addresses = ["href", "filepath", "pdf_href", "data-pdf", "value"];
            let url = addresses
                .into_iter()
                .filter_map(|name| element.attribute(name))
                .find_map(|address| document.target(address))?;
            Some(Link {
                element,
                url,
                label: label_of(document, element),
                named: is_named(element, &mut lists),
            })
        })
        .take(MOST_LINKS)
        .collect()
}

/// Which candidates stand in the list proper: of the elements around them that hold the most different pages,
/// the one with the fewest links. A link to this page in its banner stands outside of it.
fn within_list(links: &[Link<'_>], candidates: &[usize]) -> HashSet<usize> {
    let mut around: BTreeMap<NodeId, (BTreeSet<usize>, usize)> = BTreeMap::new();
    // Which of the different pages each candidate leads to.
    let mut pages: HashMap<&str, usize> = HashMap::new();
    let chain = |at: usize| links[at].element.ancestors().take(REACH).map(|node| node.id());
    for &at in candidates {
        let next = pages.len();
        let page = *pages.entry(links[at].url.as_str()).or_insert(next);
        for id in chain(at) {
            let (pages, count) = around.entry(id).or_default();
            pages.insert(page);
            *count += 1;
        }
    }
    let most = around.values().map(|(pages, _)| pages.len()).max().unwrap_or_default();
    let full = candidates.iter().flat_map(|&at| chain(at)).filter(|id| around[id].0.len() == most);
    // Of equally small ones the first counts: popups repeat the list.
    let Some(list) = full.min_by_key(|id| around[id].1) else { return HashSet::new() };
    candidates.iter().copied().filter(|&at| chain(at).any(|id| id == list)).collect()
}

/// The PDF that stands beside a page's link: the next link, or one further on in the link's own row.
fn pdf_behind(links: &[Link<'_>], at: usize) -> Option<Url> {
    const ROW: &[&str] = &["tr", "li", "dl"];
    // A heading of its own holds the page's PDF before it; behind it comes the next page's.
    let heading = |link: &Link<'_>| {
        let around = link.element.ancestors().filter_map(ElementRef::wrap).take(2);
        around.filter(|around| around.value().name() == "h4").map(|heading| heading.id()).next()
    };
    if let Some(own) = heading(&links[at]) {
        let mut beside = links[..at].iter().rev().take(2).chain(&links[at + 1..]).take(4);
        let pdf = beside.find(|link| link.is_pdf() && heading(link) == Some(own));
        return pdf.map(|link| link.url.url().clone());
    }
    let next = links.get(at + 1)?;
    let row = |link: &Link<'_>| {
        let rows = link.element.ancestors().filter_map(ElementRef::wrap).take(6);
        rows.filter(|around| ROW.contains(&around.value().name())).map(|row| row.id()).next()
    };
    let own = row(&links[at]);
    // Behind a list of rows may stand the PDF of the page that is shown.
    if next.is_pdf() && (own.is_none() || row(next).is_some()) {
        return Some(next.url.url().clone());
    }
    let own = own?;
    let others = links[at + 1..].iter().take(4).take_while(|link| row(link) == Some(own));
    others
        .take_while(|link| link.label.is_none())
        .find(|link| link.is_pdf())
        .map(|link| link.url.url().clone())
}
