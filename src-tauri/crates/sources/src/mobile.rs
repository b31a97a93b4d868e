//! The bjd-mobile family: the whole issue in one document for telephones, a panel for each page with its PDF in an
//! attribute and its articles below; no picture of a page. Which page is meant is noted behind the address.

use crate::address::issue_place;
use crate::ask::Ask;
use crate::body;
use crate::decks::flat;
use crate::html::{Attributes, Document, headline, line, lines, link_address, selector};
use crate::printed::{copyright, parse_date, publication_in_title, rule};
use crate::reading::{ArticleLink, ArticleReading, Family, Kind, PageLink, PageReading, Reading};
use foldhash::{HashSet, HashSetExt};
use kanbao_newspaper::{Article, Decks, PageLabel};
use scraper::ElementRef;

/// Far more than any issue has.
const MOST_PANELS: usize = 500;
const MOST_ARTICLES: usize = 1_000;

const PANEL: &str = ".nav-panel-heading";
const HEADLINE: &str = "#main-title";
const BODY: &str = "#content";

/// Whether a document is this family's.
pub(crate) fn is_there(document: &Document<'_>) -> bool {
    let issue = document.first(PANEL).is_some() && document.first(".nav-list-group a[data-href]").is_some();
    issue || document.first(HEADLINE).is_some() && document.first(BODY).is_some()
}

pub(crate) fn read(document: &Document<'_>, reading: &mut Reading) {
    reading.family = Some(Family::BjdMobile);
    let panels = document.all(PANEL);
    let count = panels.len().to_string();
    rule(reading, "kind", "panels of pages with articles", (!panels.is_empty()).then_some(count.as_str()));
    let title = document.first("title").map(line).as_deref().and_then(publication_in_title);
    rule(reading, "publication", "a newspaper's name in the title", title.as_deref());
    reading.publication = title;
    let addressed = issue_place(document.url).map(|place| place.date);
    let printed = document.first("#date").map(line).as_deref().and_then(parse_date);
    rule(reading, "date", "#date", printed.map(|date| date.to_string()).as_deref());
    rule(
        reading,
        "date",
        "the date's folder in the address",
        addressed.map(|date| date.to_string()).as_deref(),
    );
    reading.date = printed.or(addressed);
    reading.copyright = copyright(document);
    if panels.is_empty() {
        reading.kind = Kind::Article;
        reading.article = Some(read_article(document, reading));
    } else {
        reading.kind = Kind::Page;
        read_issue(document, &panels, reading);
    }
}

fn read_issue(document: &Document<'_>, panels: &[ElementRef<'_>], reading: &mut Reading) {
    let wanted = Ask::of(document.url).note("page").map(str::to_owned);
    if panels.len() > MOST_PANELS {
        reading.warnings.push(format!("the issue has more than {MOST_PANELS} pages; the rest is not read"));
    }
    for (at, panel) in panels.iter().take(MOST_PANELS).enumerate() {
        let words = line(*panel);
        let label = PageLabel::parse(&words)
            .unwrap_or_else(|| PageLabel { number: format!("{:02}", at + 1), name: words });
        let pdf = panel.attribute("pdf_href").and_then(|href| document.resolve(href));
        let url = Ask::of(document.url).noting("page", &label.number).into_url();
        if reading.pages.iter().any(|page| page.number == label.number) {
            reading.warnings.push(format!("page {} is there twice: one is left out", label.number));
            continue;
        }
        let is_wanted = wanted.as_ref().map_or(at == 0, |number| *number == label.number);
        if is_wanted {
            reading.page = Some(PageReading {
                number: label.number.clone(),
                name: label.name.clone(),
                pdf: pdf.clone(),
                articles: articles(document, *panel),
                ..PageReading::default()
            });
        }
        reading.pages.push(PageLink { number: label.number, name: label.name, url, pdf });
    }
    let count = reading.pages.len().to_string();
    rule(reading, "pages", "panels with labels", Some(&count));
    let found = reading.page.as_ref().map(|page| page.articles.len().to_string());
    rule(reading, "page.articles", "the list behind the page's panel", found.as_deref());
    let pdf = reading.page.as_ref().and_then(|page| page.pdf.as_ref()).map(ToString::to_string);
    rule(reading, "page.pdf", "pdf_href of the page's panel", pdf.as_deref());
    if reading.page.is_none() {
        reading.warnings.push(format!("the issue has no page {}", wanted.unwrap_or_default()));
    }
}

/// The links of the list that follows a panel's heading, up to the next heading.
fn articles(document: &Document<'_>, panel: ElementRef<'_>) -> Vec<ArticleLink> {
    let mut known = HashSet::new();
    let mut articles = Vec::new();
    for node in panel.next_siblings().filter_map(ElementRef::wrap) {
        if node.value().classes().any(|class| class == "nav-panel-heading") {
            break;
        }
        for link in node.select(selector("a")) {
            let Some(url) = link_address(link).and_then(|href| document.resolve(href)) else { continue };
            if articles.len() < MOST_ARTICLES && known.insert(url.clone()) {
                articles.push(ArticleLink { url, headline: headline(document, link) });
            }
        }
    }
    articles
}

fn read_article(document: &Document<'_>, reading: &mut Reading) -> ArticleReading {
    let deck = |css: &str| document.first(css).map(lines).unwrap_or_default();
    let author = deck("#author");
    let (byline, page) = byline_and_page(&author, reading.publication.as_deref());
    let decks = Decks {
        kicker: deck("#pre-title, #lead-title"),
        headline: deck(HEADLINE),
        subheadline: deck("#sub-title"),
        byline,
    };
    rule(
        reading,
        "article.headline",
        HEADLINE,
        Some(decks.headline.as_str()).filter(|text| !text.is_empty()),
    );
    rule(
        reading,
        "article.byline",
        "#author, up to the page",
        Some(author.as_str()).filter(|text| !text.is_empty()),
    );
    let mut body = document.first(BODY).map(|element| body::read(document, element)).unwrap_or_default();
    rule(reading, "article.body", BODY, Some(body.first_words().as_str()).filter(|words| !words.is_empty()));
    if body.cut {
        reading.warnings.push("the article is longer than is read: its end is missing".to_owned());
    }
    let editor_mark = body.editor_mark.take();
    ArticleReading { article: Article { decks, blocks: body.blocks, editor_mark }, page, pdf: None }
}

/// "author | page | paper | date": the author is what stands before the page, or before the paper or the date.
fn byline_and_page(words: &str, publication: Option<&str>) -> (String, Option<PageLabel>) {
    let parts: Vec<&str> = words.split(['|', '｜']).map(str::trim).collect();
    let is_other = |part: &&str| {
        PageLabel::parse(part).is_some()
            || parse_date(part).is_some()
            || publication.is_some_and(|name| flat(name) == flat(part))
    };
    let byline: Vec<&str> = parts.iter().take_while(|part| !is_other(part)).copied().collect();
    (byline.join(" ").trim().to_owned(), parts.iter().find_map(|part| PageLabel::parse(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_told_from_what_follows() {
        for (line, byline, page) in [
            ("林河 | 第01版：要闻 | 示例日报 | 2026-11-24", "林河", Some("01")),
            (
                "本报记者 林河 | 苏岸 | 第A02版：城市 | 示例日报 | 2026年11月24日",
                "本报记者 林河 苏岸",
                Some("A02"),
            ),
            ("第01版：要闻 | 示例日报 | 2026-11-24", "", Some("01")),
            ("示例日报 | 2026-11-24", "", None),
            ("林河", "林河", None),
            ("", "", None),
        ] {
            let (found, label) = byline_and_page(line, Some("示例日报"));
            assert_eq!(
                (found.as_str(), label.map(|label| label.number).as_deref()),
                (byline, page),
                "{line}"
            );
        }
    }
}
