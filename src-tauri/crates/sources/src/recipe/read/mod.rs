//! A document by a recipe: what kind it is, then every field of that kind by the recipe's ways.

mod article;
mod calendar;
mod page;

use super::compile::Css;
use super::value::{Scope, Value, Words, elements};
use super::{IndexRecipe, Recipe, Told};
use crate::html::{Document, headline, line};
use crate::index;
use crate::printed::{SEEN_CHARACTERS, copyright, publication_in_title, rule};
use crate::reading::{Family, Kind, PageLink, Reading, Rule, TitleLink};
use crate::replica::links_by_words;
use kanbao_newspaper::PageLabel;
use url::Url;

/// Far more than any issue or house has.
const MOST_PAGES: usize = 500;
const MOST_TITLES: usize = 100;

impl Told {
    /// Whether a document is of this kind; says what was looked for.
    fn fits(&self, kind: Kind, document: &Document<'_>, rules: &mut Vec<Rule>) -> bool {
        let (by_address, by_when) = match kind {
            Kind::Calendar => ("calendar.address", "calendar.when"),
            Kind::Article => ("article.address", "article.when"),
            Kind::Page => ("page.address", "page.when"),
            Kind::Index | Kind::Unknown => ("index.address", "index.when"),
        };
        let mut fits = true;
        if let Some(address) = &self.address {
            let there = address.fits(document.url);
            tell(rules, by_address, address.pattern.to_string(), there, Some(document.url.as_str()));
            fits &= there;
        }
        if !self.when.is_empty() {
            let found = self.when.iter().find(|css| document.html.select(&css.selector).next().is_some());
            let shown = self.when.iter().map(|css| css.text.as_str()).collect::<Vec<_>>().join(" or ");
            let saw = found.map(|css| css.text.as_str());
            tell(rules, by_when, shown, found.is_some(), saw);
            fits &= found.is_some();
        }
        fits
    }
}

fn tell(rules: &mut Vec<Rule>, field: &'static str, rule: String, matched: bool, saw: Option<&str>) {
    let saw = saw.map(|saw| saw.chars().take(SEEN_CHARACTERS).collect());
    rules.push(Rule { field, rule, matched, saw });
}

fn count(count: usize) -> Option<String> {
    (count > 0).then(|| count.to_string())
}

impl Recipe {
    /// Reads a document that this recipe claims; false where it is none of the recipe's kinds. What was looked for
    /// is in the reading either way.
    pub(crate) fn read(&self, document: &Document<'_>, reading: &mut Reading) -> bool {
        let claim = self.claims.fit(document);
        let rules = &mut reading.rules;
        tell(
            rules,
            "claims",
            format!("recipe {}: {}", self.name, self.claims.shown()),
            claim.is_some(),
            claim.as_deref(),
        );
        if claim.is_none() {
            return false;
        }
        let Some(kind) = self.kind_of(document, rules) else { return false };
        reading.kind = kind;
        reading.family = Some(Family::Recipe(self.name));
        match kind {
            Kind::Calendar => {
                if let Some(calendar) = &self.calendar {
                    self.read_calendar(calendar, document, reading);
                }
            }
            Kind::Index => {
                if let Some(index) = &self.index {
                    read_index(index, document, reading);
                }
                self.read_publication(document, reading);
            }
            Kind::Page | Kind::Article => {
                self.read_pages(document, reading);
                self.read_publication(document, reading);
                self.read_date(document, reading);
                self.read_links(document, reading);
                if let (Kind::Page, Some(page)) = (kind, &self.page) {
                    reading.page = Some(self.read_page(page, document, reading));
                } else if let Some(article) = &self.article {
                    reading.article = Some(self.read_article(article, document, reading));
                }
                self.read_copyright(document, reading);
            }
            Kind::Unknown => {}
        }
        true
    }

    fn kind_of(&self, document: &Document<'_>, rules: &mut Vec<Rule>) -> Option<Kind> {
        let kinds = [
            (Kind::Calendar, self.calendar.as_ref().map(|calendar| &calendar.told)),
            (Kind::Article, self.article.as_ref().map(|article| &article.told)),
            (Kind::Page, self.page.as_ref().map(|page| &page.told)),
            (Kind::Index, self.index.as_ref().map(|index| &index.told)),
        ];
        let mut told = kinds.into_iter().filter_map(|(kind, told)| Some((kind, told?)));
        told.find(|(kind, told)| told.fits(*kind, document, rules)).map(|(kind, _)| kind)
    }

    fn is_article(&self, url: &Url) -> bool {
        let pattern = self.article.as_ref().and_then(|article| article.told.address.as_ref());
        pattern.map_or_else(|| !self.is_page(url).unwrap_or(false), |pattern| pattern.fits(url))
    }

    /// Whether an address is a page's; nothing where the recipe does not say how pages' addresses look.
    fn is_page(&self, url: &Url) -> Option<bool> {
        let page = self.page.as_ref()?.told.address.as_ref()?;
        Some(page.fits(url))
    }

    /// The page's number in an address of a page or an article.
    fn number_in(&self, url: &Url) -> Option<String> {
        self.patterns().find_map(|pattern| pattern.group(url, "page"))
    }

    fn read_publication(&self, document: &Document<'_>, reading: &mut Reading) {
        let printed = self.printed.publication.as_ref();
        let found = printed.and_then(|value| value.find(whole(document), Words::Line, reading));
        reading.publication = found.or_else(|| {
            let title = document.first("title").map(line).as_deref().and_then(publication_in_title);
            rule(reading, "publication", "a newspaper's name in the title", title.as_deref());
            title
        });
    }

    fn read_date(&self, document: &Document<'_>, reading: &mut Reading) {
        let addressed = self.address_date(document.url);
        let addressed =
            addressed.or_else(|| reading.pages.iter().find_map(|page| self.address_date(&page.url)));
        let printed = self.printed.date.as_ref();
        let printed =
            printed.and_then(|value| value.find_date(whole(document), addressed, &mut reading.rules));
        let shown = addressed.map(|date| date.to_string());
        rule(reading, "date", "year, month and day in the address, or in that of a page", shown.as_deref());
        reading.date = printed.or(addressed);
        if let (Some(printed), Some(addressed)) = (printed, addressed)
            && printed != addressed
        {
            reading.warnings.push(format!("the page is dated {printed}, its address {addressed}"));
        }
    }

    fn read_copyright(&self, document: &Document<'_>, reading: &mut Reading) {
        let printed = self.printed.copyright.as_ref();
        let found = printed.and_then(|value| value.find(whole(document), Words::Line, reading));
        let by_words = || copyright(document);
        reading.copyright = found.or_else(by_words).or(reading.copyright.take());
        let saw = reading.copyright.clone();
        rule(reading, "copyright", "a line that says whose it is", saw.as_deref());
    }

    /// Links that the recipe names; of those that it does not, the ones that say in words where they lead.
    fn read_links(&self, document: &Document<'_>, reading: &mut Reading) {
        let mut links = links_by_words(document);
        let recipe = &self.links;
        for (slot, value) in [
            (&mut links.previous_issue, &recipe.previous_issue),
            (&mut links.next_issue, &recipe.next_issue),
            (&mut links.previous_page, &recipe.previous_page),
            (&mut links.next_page, &recipe.next_page),
            (&mut links.previous_article, &recipe.previous_article),
            (&mut links.next_article, &recipe.next_article),
        ] {
            let Some(value) = value else { continue };
            let found = value.find(whole(document), Words::Address, reading);
            *slot = found.and_then(|href| document.resolve(&href)).filter(|url| url != document.url);
        }
        links.calendar = self
            .address_date(document.url)
            .and_then(|date| self.calendar_urls(document.url, date.year(), date.month()).into_iter().next());
        let next = links.next_page.as_ref().or(links.previous_page.as_ref()).map(Url::to_string);
        rule(reading, "links", "上一版/下一版", next.as_deref());
        let issue = links.previous_issue.as_ref().map(Url::to_string);
        rule(reading, "links", "上一期", issue.as_deref());
        reading.links = links;
    }

    fn read_pages(&self, document: &Document<'_>, reading: &mut Reading) {
        let Some(pages) = &self.pages else { return };
        let found = elements(whole(document), &pages.each);
        tell_list("pages.each", &pages.each, found.len(), reading);
        let mut without_link = 0;
        for element in found {
            let scope = Scope { document, element: Some(element), address: "" };
            let href = pages.link.find_quietly(scope, Words::Address);
            let url = href.and_then(|href| document.resolve(&href));
            let Some(url) = url.filter(|url| self.is_page(url).unwrap_or(true)) else {
                without_link += 1;
                continue;
            };
            let scope = Scope { address: url.as_str(), ..scope };
            let mut label = label_of(
                scope,
                pages.label.as_ref(),
                pages.number.as_ref(),
                pages.name.as_ref(),
                &mut Vec::new(),
            );
            if label.number.is_empty() {
                label.number = self.number_in(&url).unwrap_or_default();
            }
            let pdf = pages.pdf.as_ref().and_then(|pdf| pdf.find_quietly(scope, Words::Address));
            let pdf = pdf.and_then(|href| document.resolve(&href));
            if let Some(known) = reading.pages.iter_mut().find(|known| known.url == url) {
                known.pdf = known.pdf.take().or(pdf);
                continue;
            }
            if reading.pages.len() >= MOST_PAGES {
                reading
                    .warnings
                    .push(format!("the issue lists more than {MOST_PAGES} pages; the rest is not read"));
                break;
            }
            reading.pages.push(PageLink { number: label.number, name: label.name, url, pdf });
        }
        if without_link > 0 {
            reading
                .warnings
                .push(format!("{without_link} entries of pages.each lead to no page: they are left out"));
        }
        let first = reading.pages.first().map(|page| format!("{} {} {}", page.number, page.name, page.url));
        rule(
            reading,
            "pages",
            &ways(
                "pages",
                [Some(&pages.link), pages.label.as_ref(), pages.number.as_ref(), pages.name.as_ref()],
            ),
            first.as_deref(),
        );
    }
}

/// The whole document, and its own address.
fn whole<'d>(document: &'d Document<'d>) -> Scope<'d> {
    Scope { document, element: None, address: document.url.as_str() }
}

fn tell_list(field: &'static str, each: &Css, found: usize, reading: &mut Reading) {
    tell(&mut reading.rules, field, each.text.clone(), found > 0, count(found).as_deref());
}

/// The ways to the fields of a list's entries, on one line.
fn ways(list: &str, fields: [Option<&Value>; 4]) -> String {
    let shown = fields.into_iter().flatten().map(|value| {
        let name = value.field.rsplit('.').next().unwrap_or_default();
        format!("{name}: {}", value.shown().collect::<Vec<_>>().join(" or "))
    });
    format!("the first of {list}: {}", shown.collect::<Vec<_>>().join("; "))
}

/// A page's number and name: from one line that holds both, or each from its own place.
fn label_of(
    scope: Scope<'_>,
    label: Option<&Value>,
    number: Option<&Value>,
    name: Option<&Value>,
    rules: &mut Vec<Rule>,
) -> PageLabel {
    let mut find = |value: Option<&Value>| {
        value.and_then(|value| value.find_at(scope, Words::Line, rules)).map(|(text, _)| text)
    };
    let both = find(label)
        .map(|text| PageLabel::parse(&text).unwrap_or(PageLabel { number: String::new(), name: text }));
    let mut found = both.unwrap_or(PageLabel { number: String::new(), name: String::new() });
    if let Some(number) = find(number) {
        // "第A01版" and "A01" alike.
        found.number = PageLabel::parse(&number).map_or(number, |label| label.number);
    }
    if let Some(name) = find(name) {
        found.name = name;
    }
    found
}

fn read_index(recipe: &IndexRecipe, document: &Document<'_>, reading: &mut Reading) {
    if let Some(each) = &recipe.titles {
        let found = elements(whole(document), each);
        tell_list("index.titles.each", each, found.len(), reading);
        for element in found.into_iter().take(MOST_TITLES) {
            let scope = Scope { document, element: Some(element), address: "" };
            let href = recipe.titles_link.find_quietly(scope, Words::Address);
            let Some(url) = href.and_then(|href| document.resolve(&href)) else { continue };
            let name = match &recipe.titles_name {
                Some(name) => name.find_quietly(scope, Words::Line).unwrap_or_default(),
                None => headline(document, element),
            };
            if !name.is_empty() && !reading.titles.iter().any(|known| known.url == url) {
                reading.titles.push(TitleLink { name, url });
            }
        }
    }
    if let Some(target) = &recipe.target {
        let found = target.find(whole(document), Words::Address, reading);
        reading.redirect = found.and_then(|href| document.resolve(&href)).filter(|url| url != document.url);
    }
    if reading.redirect.is_none() {
        reading.redirect = index::target(document);
        let redirect = reading.redirect.clone();
        rule(
            reading,
            "index.target",
            "a refresh, a script or a frame that leads on",
            redirect.as_ref().map(Url::as_str),
        );
    }
}
