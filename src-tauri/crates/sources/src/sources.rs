//! All that documents are read with: the coded families and the recipes, and which of them reads what.
//!
//! A recipe that claims a document is asked first, a reader's own before those built in; what is none of its kinds
//! the coded families read. So a recipe mends what the program reads wrongly, and need not describe what it reads right.

use crate::address;
use crate::html::Document;
use crate::printed::rule;
use crate::reading::Reading;
use crate::recipe::{Gentleness, Recipe, RecipeName, built_in};
use crate::{MOST_WARNINGS, capped};
use kanbao_newspaper::Date;
use std::sync::Arc;
use url::Url;

/// Readers of every family. Clones share the recipes.
#[derive(Debug, Clone)]
pub struct Sources {
    /// In the order in which they are asked.
    recipes: Arc<[Arc<Recipe>]>,
    /// How many of them are the reader's own; the rest is built in.
    own: usize,
}

impl Default for Sources {
    fn default() -> Self {
        Self::with(Vec::new())
    }
}

impl Sources {
    /// The coded families, a reader's own recipes, and those built in, except where one of the reader's has the name.
    pub fn with(own: Vec<Recipe>) -> Self {
        let replaced = |name: &RecipeName| own.iter().any(|recipe| recipe.name == *name);
        let kept: Vec<Arc<Recipe>> =
            built_in().iter().filter(|recipe| !replaced(&recipe.name)).cloned().collect();
        let count = own.len();
        Self { recipes: own.into_iter().map(Arc::new).chain(kept).collect(), own: count }
    }

    /// The same with one recipe more, which is asked before all others.
    #[must_use]
    pub fn preferring(&self, recipe: Recipe) -> Self {
        let recipes = std::iter::once(Arc::new(recipe)).chain(self.recipes.iter().cloned());
        Self { recipes: recipes.collect(), own: self.own + 1 }
    }

    /// Every recipe, and whether it is built in.
    pub fn recipes(&self) -> impl Iterator<Item = (&Recipe, bool)> {
        self.recipes.iter().enumerate().map(|(at, recipe)| (recipe.as_ref(), at >= self.own))
    }

    /// Reads one document of a site.
    pub fn read(&self, url: &Url, text: &str) -> Reading {
        let mut reading = Reading::default();
        let mut document = None;
        for recipe in self.recipes.iter().filter(|recipe| recipe.may_claim(url)) {
            let document = document.get_or_insert_with(|| {
                let text = capped(text, &mut reading.warnings);
                Document::parse(url, text, &mut reading.warnings)
            });
            if recipe.read(document, &mut reading) {
                reading.warnings.truncate(MOST_WARNINGS);
                return reading;
            }
        }
        let mut coded = crate::read(url, text);
        if document.is_some() {
            rule(&mut reading, "family", "none of the recipe's kinds: the program's own families", None);
            reading.rules.append(&mut coded.rules);
            coded.rules = reading.rules;
        }
        coded
    }

    /// The charset that a recipe says for what lies at an address.
    pub fn charset(&self, url: &Url) -> Option<&'static str> {
        self.recipes.iter().filter(|recipe| recipe.claims_site(url)).find_map(|recipe| recipe.charset)
    }

    /// How much gentler than usual a host is to be asked.
    pub fn gentleness(&self, url: &Url) -> Option<Gentleness> {
        self.recipes.iter().filter(|recipe| recipe.claims_host(url)).find_map(|recipe| recipe.gentleness)
    }

    fn knowing(&self, url: &Url) -> impl Iterator<Item = &Recipe> {
        self.recipes.iter().filter(|recipe| recipe.knows(url)).map(AsRef::as_ref)
    }

    /// The date of the issue that an address lies in.
    pub fn address_date(&self, url: &Url) -> Option<Date> {
        let told = self.knowing(url).find_map(|recipe| recipe.address_date(url));
        told.or_else(|| address::issue_date(url))
    }

    /// Whether an address means one issue, or something in it, rather than whichever is the newest.
    pub fn names_an_issue(&self, url: &Url) -> bool {
        self.address_date(url).is_some() || address::names_an_issue(url)
    }

    /// Where the issue of another date may begin, likeliest first.
    pub fn issue_urls(&self, known: &Url, date: Date) -> Vec<Url> {
        let made =
            self.knowing(known).map(|recipe| recipe.issue_urls(known, date)).find(|urls| !urls.is_empty());
        made.unwrap_or_else(|| address::issue_urls(known, date))
    }

    /// Where the dates of a month's issues may be listed.
    pub fn calendar_urls(&self, known: &Url, year: i16, month: i8) -> Vec<Url> {
        let mut made = self.knowing(known).map(|recipe| recipe.calendar_urls(known, year, month));
        made.find(|urls| !urls.is_empty()).unwrap_or_else(|| address::calendar_urls(known, year, month))
    }

    /// Where the newest issue may be found, from any address of the site.
    pub fn entry_urls(&self, url: &Url) -> Vec<Url> {
        let mut urls: Vec<Url> = self.knowing(url).flat_map(|recipe| recipe.entry_urls(url)).collect();
        urls.extend(
            address::entry_urls(url).into_iter().filter(|entry| !urls.contains(entry)).collect::<Vec<_>>(),
        );
        urls
    }

    /// A short name for a publication.
    pub fn publication_id(&self, url: &Url) -> String {
        let paper = self.knowing(url).find_map(|recipe| recipe.paper_of(url));
        let id = paper.map(|paper| address::clean(&paper)).filter(|id| !id.is_empty());
        id.unwrap_or_else(|| address::publication_id(url))
    }
}
