//! A document by a recipe: what kind it is, then every field of that kind by the recipe's ways.

use super::compile::Css;
use super::value::{Scope, Value, Words, cut, date_of, elements};
use super::{
    ArticleRecipe, CalendarRecipe, Entries, FrameRecipe, IndexRecipe, PageRecipe, Recipe, RegionsRecipe, Told,
};
use crate::address::article_key;
use crate::body::{self, Body, Marks};
use crate::decks::drop_repeated;
use crate::html::{Document, headline, line, stated_size};
use crate::index;
use crate::printed::{SEEN_CHARACTERS, copyright, publication_in_title, rule};
use crate::reading::{
    AreaReading, ArticleLink, ArticleReading, Family, IssueLink, Kind, Measure, PageLink, PageReading,
    Reading, Rule, TitleLink,
};
use crate::replica::links_by_words;
use kanbao_newspaper::geometry::MAX_CORNERS;
use kanbao_newspaper::{Area, Article, Block, Date, Decks, GeometryError, PageLabel};
use regex::Regex;
use scraper::{ElementRef, Selector};
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;
use url::Url;

/// Far more than any page, issue, house or month has.
const MOST_AREAS: usize = 1_000;
const MOST_ARTICLES: usize = 1_000;
const MOST_PAGES: usize = 500;
const MOST_TITLES: usize = 100;
const MOST_DAYS: usize = 2_000;

impl Told {
    /// Whether a document is of this kind; says what was looked for.
    fn fits(&self, kind: &str, document: &Document<'_>, rules: &mut Vec<Rule>) -> bool {
        let mut fits = true;
        if let Some(address) = &self.address {
            let there = address.fits(document.url);
            tell(
                rules,
                "kind",
                format!("{kind}.address ~ {}", address.pattern),
                there,
                Some(document.url.as_str()),
            );
            fits &= there;
        }
        if !self.when.is_empty() {
            let found = self.when.iter().find(|css| document.html.select(&css.selector).next().is_some());
            let shown = self.when.iter().map(|css| css.text.as_str()).collect::<Vec<_>>().join(" or ");
            let saw = found.map(|css| css.text.as_str());
            tell(rules, "kind", format!("{kind}.when {shown}"), found.is_some(), saw);
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
        told.find(|(kind, told)| told.fits(kind.as_str(), document, rules)).map(|(kind, _)| kind)
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

    fn read_page(&self, recipe: &PageRecipe, document: &Document<'_>, reading: &mut Reading) -> PageReading {
        let mut page = PageReading::default();
        let label = label_of(
            whole(document),
            recipe.label.as_ref(),
            recipe.number.as_ref(),
            recipe.name.as_ref(),
            &mut reading.rules,
        );
        (page.number, page.name) = (label.number, label.name);
        let own = reading
            .pages
            .iter()
            .find(|link| link.url == *document.url || !page.number.is_empty() && link.number == page.number);
        let own = own.cloned();
        if let Some(own) = &own {
            if page.number.is_empty() {
                page.number.clone_from(&own.number);
            }
            if page.name.is_empty() {
                page.name.clone_from(&own.name);
            }
        }
        rule(
            reading,
            "page.number",
            "its entry in the list of pages",
            own.as_ref().map(|own| own.number.as_str()),
        );
        if page.number.is_empty() {
            page.number = self.number_in(document.url).unwrap_or_default();
            let number = Some(page.number.clone()).filter(|number| !number.is_empty());
            rule(reading, "page.number", "page in the address", number.as_deref());
        }
        self.read_picture(recipe, document, &mut page, reading);
        let pdf = recipe.pdf.as_ref().and_then(|value| value.find(whole(document), Words::Address, reading));
        page.pdf = pdf.and_then(|href| document.resolve(&href)).or_else(|| own.and_then(|own| own.pdf));
        if let Some(regions) = &recipe.regions {
            self.read_regions(regions, recipe.frame, document, &mut page, reading);
        }
        self.read_article_list(recipe, document, &mut page, reading);
        page
    }

    fn read_picture(
        &self,
        recipe: &PageRecipe,
        document: &Document<'_>,
        page: &mut PageReading,
        reading: &mut Reading,
    ) {
        let found = recipe
            .picture
            .as_ref()
            .and_then(|value| value.find_at(whole(document), Words::Address, &mut reading.rules));
        if let Some((src, element)) = found {
            page.picture = document.resolve(&src);
            if let (FrameRecipe::Picture, Some(element)) = (recipe.frame, element) {
                (page.width, page.height) = stated_size(document, element);
            }
        }
        match recipe.frame {
            FrameRecipe::Picture => {}
            FrameRecipe::Percent | FrameRecipe::Fraction => page.measure = Measure::Percent,
            FrameRecipe::Size(width, height) => (page.width, page.height) = (Some(width), Some(height)),
        }
        if page.picture.is_none() && recipe.picture.is_some() {
            reading.warnings.push("the page's picture was not found".to_owned());
        }
    }

    fn read_regions(
        &self,
        recipe: &RegionsRecipe,
        frame: FrameRecipe,
        document: &Document<'_>,
        page: &mut PageReading,
        reading: &mut Reading,
    ) {
        let found = elements(whole(document), &recipe.each);
        tell_list("page.regions.each", &recipe.each, found.len(), reading);
        for (at, element) in found.into_iter().enumerate() {
            if at >= MOST_AREAS {
                reading
                    .warnings
                    .push(format!("the page has more than {MOST_AREAS} regions; the rest is not read"));
                break;
            }
            let scope = Scope { document, element: Some(element), address: "" };
            // The first tells for all: they are alike.
            let mut quiet = Vec::new();
            let rules = if at == 0 { &mut reading.rules } else { &mut quiet };
            let href = recipe.link.find_at(scope, Words::Address, rules).map(|(href, _)| href);
            let Some(url) = href.as_deref().and_then(|href| document.resolve(href)) else {
                let href: String = href.unwrap_or_default().chars().take(SEEN_CHARACTERS).collect();
                reading.warnings.push(format!("a region leads nowhere ({href:?}): it is left out"));
                continue;
            };
            if !self.is_article(&url) {
                reading
                    .warnings
                    .push(format!("a region leads to {url}, which is no article: it is left out"));
                continue;
            }
            let scope = Scope { address: url.as_str(), ..scope };
            let coords = recipe.coords.find_at(scope, Words::Line, rules).map(|(coords, _)| coords);
            let shape = recipe.shape.as_ref().and_then(|shape| shape.find_quietly(scope, Words::Line));
            let title = recipe.title.find_quietly(scope, Words::Line);
            match area(&coords.unwrap_or_default(), shape.as_deref(), recipe.is_box, frame) {
                Ok(area) => {
                    let key = article_key(&url);
                    let same = |other: &AreaReading| other.area == area && article_key(&other.article) == key;
                    if page.areas.iter().any(same) {
                        reading.warnings.push(format!("a region of {url} is there twice: one is left out"));
                    } else {
                        page.areas.push(AreaReading { article: url, area, title });
                    }
                }
                Err(error) => {
                    reading.warnings.push(format!("a region of {url} is left out: {error}"));
                    page.articles.push(ArticleLink { url, headline: title.unwrap_or_default() });
                }
            }
        }
        rule(reading, "page.regions", "regions that lead to articles", count(page.areas.len()).as_deref());
    }

    /// The page's own list first, then what only its regions lead to.
    fn read_article_list(
        &self,
        recipe: &PageRecipe,
        document: &Document<'_>,
        page: &mut PageReading,
        reading: &mut Reading,
    ) {
        let without_place = std::mem::take(&mut page.articles);
        let mut known = HashSet::new();
        if let Some(articles) = &recipe.articles {
            let found = elements(whole(document), &articles.each);
            tell_list("page.articles.each", &articles.each, found.len(), reading);
            let mut left_out = 0;
            for element in found {
                let scope = Scope { document, element: Some(element), address: "" };
                let href = articles.link.find_quietly(scope, Words::Address);
                let Some(url) =
                    href.and_then(|href| document.resolve(&href)).filter(|url| self.is_article(url))
                else {
                    left_out += 1;
                    continue;
                };
                let words = match &articles.headline {
                    Some(value) => value
                        .find_quietly(Scope { address: url.as_str(), ..scope }, Words::Line)
                        .unwrap_or_default(),
                    None => headline(element),
                };
                if page.articles.len() < MOST_ARTICLES && known.insert(article_key(&url)) {
                    page.articles.push(ArticleLink { url, headline: words });
                }
            }
            if left_out > 0 {
                reading.warnings.push(format!(
                    "{left_out} entries of page.articles.each lead to no article: they are left out"
                ));
            }
            let first = page.articles.first().map(|link| format!("{} {}", link.url, link.headline));
            rule(
                reading,
                "page.articles",
                &ways("page.articles", [Some(&articles.link), articles.headline.as_ref(), None, None]),
                first.as_deref(),
            );
        }
        page.articles.extend(without_place.into_iter().filter(|link| known.insert(article_key(&link.url))));
        page.add_unlisted();
        let all = count(page.articles.len());
        rule(reading, "page.articles", "the page's list, then its regions", all.as_deref());
    }

    fn read_article(
        &self,
        recipe: &ArticleRecipe,
        document: &Document<'_>,
        reading: &mut Reading,
    ) -> ArticleReading {
        let deck = |value: &Option<Value>, words: Words, reading: &mut Reading| {
            value.as_ref().and_then(|value| value.find(whole(document), words, reading)).unwrap_or_default()
        };
        let decks = Decks {
            kicker: deck(&recipe.kicker, Words::Lines, reading),
            headline: deck(&recipe.headline, Words::Lines, reading),
            subheadline: deck(&recipe.subheadline, Words::Lines, reading),
            byline: deck(&recipe.byline, Words::Line, reading),
        };
        let label = deck(&recipe.page, Words::Line, reading);
        let label = PageLabel::parse(&label).or_else(|| {
            let number = Some(label).filter(|number| !number.is_empty() && number.chars().count() <= 8);
            let number = number.or_else(|| self.number_in(document.url))?;
            let listed = reading.pages.iter().find(|page| page.number == number);
            Some(PageLabel { name: listed.map(|page| page.name.clone()).unwrap_or_default(), number })
        });
        let selectors =
            |list: &'_ [Css]| -> Vec<Selector> { list.iter().map(|css| css.selector.clone()).collect() };
        let (left_out, captions) = (selectors(&recipe.left_out), selectors(&recipe.captions));
        let marks = Marks { left_out: left_out.iter().collect(), captions: captions.iter().collect() };
        let mut body = read_body(&recipe.body, document, &marks, reading);
        let mut blocks = pictures(recipe, document, &marks, &body, reading);
        blocks.append(&mut body.blocks);
        drop_repeated(&mut blocks, &decks);
        body.tell(reading);
        let article = Article { decks, blocks, editor_mark: body.editor_mark.take() };
        if article.decks.headline.is_empty() && article.blocks.is_empty() {
            reading.warnings.push("neither a headline nor a body was found".to_owned());
        }
        let number = label.as_ref().map(|label| label.number.clone());
        let pdf = reading
            .pages
            .iter()
            .find(|page| Some(&page.number) == number.as_ref())
            .and_then(|page| page.pdf.clone());
        ArticleReading { article, page: label, pdf }
    }

    fn read_calendar(&self, recipe: &CalendarRecipe, document: &Document<'_>, reading: &mut Reading) {
        let month = recipe.told.address.as_ref().and_then(|address| address.month(document.url));
        let mut days: BTreeMap<Date, Option<Url>> = BTreeMap::new();
        let mut strangers = Vec::new();
        let mut met = 0;
        let mut add = |date: Option<Date>, url: Option<Url>| {
            let Some(date) = date else { return };
            if month.is_some_and(|month| month.first_of_month() != date.first_of_month()) {
                strangers.push(date);
                return;
            }
            if days.len() < MOST_DAYS {
                let known = days.entry(date).or_default();
                *known = known.take().or(url);
            }
        };
        match &recipe.entries {
            Entries::Each(each) => {
                let own = Value::own("calendar.link", &["href"]);
                let found = elements(whole(document), each);
                met = found.len();
                for (at, element) in found.into_iter().enumerate() {
                    let mut quiet = Vec::new();
                    let rules = if at == 0 { &mut reading.rules } else { &mut quiet };
                    let scope = Scope { document, element: Some(element), address: "" };
                    let link = recipe.link.as_ref().unwrap_or(&own).find_quietly(scope, Words::Address);
                    let url = link.and_then(|href| document.resolve(&href));
                    let address = url.as_ref().map(Url::as_str).unwrap_or_default();
                    let date = match &recipe.date {
                        Some(date) => date.find_date(Scope { address, ..scope }, month, rules),
                        None => url.as_ref().and_then(|url| self.address_date(url)),
                    };
                    add(date, url);
                }
                tell_list("calendar.each", each, met, reading);
            }
            Entries::Pattern(pattern) => {
                for groups in pattern.captures_iter(cut(document.raw)).take(MOST_DAYS) {
                    met += 1;
                    let url = groups.name("link").and_then(|link| document.resolve(link.as_str()));
                    add(date_of(&groups, month), url);
                }
                let seen = count(met);
                tell(&mut reading.rules, "calendar.pattern", pattern.to_string(), met > 0, seen.as_deref());
            }
        }
        for date in strangers.into_iter().take(20) {
            reading.warnings.push(format!("the calendar lists {date} of another month"));
        }
        rule(reading, "issues", "days with a date", count(days.len()).as_deref());
        reading.issues = days.into_iter().map(|(date, url)| IssueLink { date, url, paper: None }).collect();
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

/// The shape that a region's numbers make. Whatever stands between the numbers parts them.
fn area(coords: &str, shape: Option<&str>, is_box: bool, frame: FrameRecipe) -> Result<Area, GeometryError> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"-?(?:\d+\.?\d*|\.\d+)").expect("a sound pattern"));
    let mut numbers: Vec<f64> = Vec::new();
    for number in NUMBER.find_iter(coords) {
        if numbers.len() >= MAX_CORNERS * 2 {
            return Err(GeometryError::TooManyCorners(numbers.len() / 2 + 1));
        }
        numbers.push(
            number.as_str().parse().map_err(|_| GeometryError::NotANumber(number.as_str().to_owned()))?,
        );
    }
    if frame == FrameRecipe::Fraction {
        numbers.iter_mut().for_each(|number| *number *= 100.0);
    }
    if is_box && let [left, top, width, height] = numbers[..] {
        numbers = vec![left, top, left + width, top + height];
    }
    let joined = numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
    Area::parse(if is_box { "rect" } else { shape.unwrap_or_default() }, &joined)
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
                None => headline(element),
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

/// Of the elements that the recipe names, the one that holds the most.
fn read_body(recipe: &Value, document: &Document<'_>, marks: &Marks<'_>, reading: &mut Reading) -> Body {
    const MOST_CANDIDATES: usize = 20;
    let mut best: Option<(String, Body)> = None;
    if let Some((way, found)) = recipe.elements(whole(document)) {
        for element in found.into_iter().take(MOST_CANDIDATES) {
            let body = body::read_marked(document, element, marks);
            if best.as_ref().is_none_or(|(_, known)| known.size() < body.size()) {
                best = Some((way.to_owned(), body));
            }
        }
    }
    let filled = best.as_ref().filter(|(_, body)| body.size() > 0);
    for way in recipe.shown() {
        let found = filled.filter(|(found, _)| found == way).map(|(_, body)| body.first_words());
        let matched = found.is_some();
        let empty = best
            .as_ref()
            .is_some_and(|(found, _)| found == way)
            .then(|| "an element without words".to_owned());
        tell(&mut reading.rules, recipe.field, way.to_owned(), matched, found.or(empty).as_deref());
        if matched {
            break;
        }
    }
    best.map(|(_, body)| body).unwrap_or_default()
}

/// Pictures that stand around the body, without those that are in it.
fn pictures(
    recipe: &ArticleRecipe,
    document: &Document<'_>,
    marks: &Marks<'_>,
    body: &Body,
    reading: &mut Reading,
) -> Vec<Block> {
    let Some(value) = &recipe.pictures else { return Vec::new() };
    let address = |block: &Block| match block {
        Block::Picture { url, .. } => Some(url.clone()),
        _ => None,
    };
    let mut known: HashSet<String> = body.blocks.iter().filter_map(address).collect();
    let mut pictures = Vec::new();
    let found: Vec<ElementRef<'_>> =
        value.elements(whole(document)).map(|(_, found)| found).unwrap_or_default();
    for element in found {
        for block in body::read_marked(document, element, marks).blocks {
            if address(&block).is_some_and(|url| known.insert(url)) {
                pictures.push(block);
            }
        }
    }
    let shown = value.shown().collect::<Vec<_>>().join(" or ");
    tell(&mut reading.rules, value.field, shown, !pictures.is_empty(), count(pictures.len()).as_deref());
    pictures
}
