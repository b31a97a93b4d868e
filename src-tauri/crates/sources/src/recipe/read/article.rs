//! An article by a recipe: its decks, its body, the pictures that stand around it.

use super::{count, tell, whole};
use crate::body::{self, Body, Marks};
use crate::decks::drop_repeated;
use crate::html::Document;
use crate::reading::{ArticleReading, Reading};
use crate::recipe::compile::Css;
use crate::recipe::value::{Value, Words};
use crate::recipe::{ArticleRecipe, Recipe};
use kanbao_newspaper::{Article, Block, Decks, PageLabel};
use scraper::{ElementRef, Selector};
use std::collections::HashSet;

impl Recipe {
    pub(super) fn read_article(
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
