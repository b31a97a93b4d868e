//! A page by a recipe: its number and name, its picture and PDF, its regions, its own list of articles.

use super::{count, label_of, tell_list, ways, whole};
use crate::address::article_key;
use crate::html::{Document, headline, stated_size};
use crate::printed::{SEEN_CHARACTERS, rule};
use crate::reading::{AreaReading, ArticleLink, Measure, PageReading, Reading};
use crate::recipe::value::{Scope, Words, elements};
use crate::recipe::{FrameRecipe, PageRecipe, Recipe, RegionsRecipe};
use kanbao_newspaper::geometry::MAX_CORNERS;
use kanbao_newspaper::{Area, GeometryError};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Far more than any page has.
const MOST_AREAS: usize = 1_000;
const MOST_ARTICLES: usize = 1_000;

impl Recipe {
    pub(super) fn read_page(
        &self,
        recipe: &PageRecipe,
        document: &Document<'_>,
        reading: &mut Reading,
    ) -> PageReading {
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
        read_picture(recipe, document, &mut page, reading);
        let pdf = recipe.pdf.as_ref().and_then(|value| value.find(whole(document), Words::Address, reading));
        page.pdf = pdf.and_then(|href| document.resolve(&href)).or_else(|| own.and_then(|own| own.pdf));
        if let Some(regions) = &recipe.regions {
            self.read_regions(regions, recipe.frame, document, &mut page, reading);
        }
        self.read_article_list(recipe, document, &mut page, reading);
        page
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
                    None => headline(document, element),
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
}

fn read_picture(recipe: &PageRecipe, document: &Document<'_>, page: &mut PageReading, reading: &mut Reading) {
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
        for number in &mut numbers {
            *number *= 100.0;
        }
    }
    if is_box && let [left, top, width, height] = numbers[..] {
        numbers = vec![left, top, left + width, top + height];
    }
    let joined = numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
    Area::parse(if is_box { "rect" } else { shape.unwrap_or_default() }, &joined)
}
