//! Recipes: site families as data. A recipe says in TOML where things are on a kind of site; how they are read is
//! what every family shares. docs/recipes.md is the guide for who writes one.

mod address;
mod built_in;
mod claim;
mod compile;
mod example;
mod limits;
mod name;
mod parse;
mod problem;
mod read;
mod section;
mod value;

pub use built_in::built_in_texts;
pub(crate) use built_in::{built_in, is_built_in};
pub use example::Example;
pub use limits::LONGEST_RECIPE;
pub use name::RecipeName;
pub use problem::RecipeProblem;

use address::{AddressPattern, Template};
use claim::Claims;
use compile::Css;
use kanbao_newspaper::Date;
use std::collections::HashMap;
use url::Url;
use value::Value;

/// The version of the format that this program reads.
const FORMAT: u32 = 1;

/// A site family as data, ready to read with.
#[derive(Debug, Clone)]
pub struct Recipe {
    pub name: RecipeName,
    /// What it is called among people.
    pub title: String,
    /// Counts up with each change of the recipe, by whoever changes it.
    pub revision: u32,
    /// What is not known, where it comes from.
    pub notes: String,
    pub charset: Option<&'static str>,
    pub gentleness: Option<Gentleness>,
    pub examples: Vec<Example>,
    claims: Claims,
    printed: Printed,
    index: Option<IndexRecipe>,
    page: Option<PageRecipe>,
    pages: Option<PagesRecipe>,
    article: Option<ArticleRecipe>,
    calendar: Option<CalendarRecipe>,
    links: LinksRecipe,
    addresses: Addresses,
}

/// How much gentler than usual a site is to be asked; a recipe never makes it less gentle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gentleness {
    /// From the start of one request to the start of the next, at least, in seconds.
    pub pause_seconds: f64,
    /// Requests at once, at most; nothing where the recipe does not say.
    pub at_once: Option<usize>,
}

/// What tells a document of one kind: of what is given, each must fit.
#[derive(Debug, Clone)]
struct Told {
    address: Option<AddressPattern>,
    when: Vec<Css>,
}

/// What is printed on pages and articles alike.
#[derive(Debug, Clone, Default)]
struct Printed {
    publication: Option<Value>,
    date: Option<Value>,
    copyright: Option<Value>,
}

#[derive(Debug, Clone)]
struct IndexRecipe {
    told: Told,
    target: Option<Value>,
    titles: Option<Css>,
    titles_link: Value,
    titles_name: Option<Value>,
}

#[derive(Debug, Clone)]
struct PageRecipe {
    told: Told,
    label: Option<Value>,
    number: Option<Value>,
    name: Option<Value>,
    picture: Option<Value>,
    pdf: Option<Value>,
    frame: FrameRecipe,
    regions: Option<RegionsRecipe>,
    articles: Option<ArticlesRecipe>,
}

/// What the regions' numbers are measured in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum FrameRecipe {
    /// The size that the page states for its picture; else the picture's own.
    Picture,
    Percent,
    Fraction,
    Size(f64, f64),
}

#[derive(Debug, Clone)]
struct RegionsRecipe {
    each: Css,
    link: Value,
    coords: Value,
    shape: Option<Value>,
    /// Left, top, width and height, rather than corners.
    is_box: bool,
    title: Value,
}

#[derive(Debug, Clone)]
struct ArticlesRecipe {
    each: Css,
    link: Value,
    headline: Option<Value>,
}

#[derive(Debug, Clone)]
struct PagesRecipe {
    each: Css,
    link: Value,
    label: Option<Value>,
    number: Option<Value>,
    name: Option<Value>,
    pdf: Option<Value>,
}

#[derive(Debug, Clone)]
struct ArticleRecipe {
    told: Told,
    kicker: Option<Value>,
    headline: Option<Value>,
    subheadline: Option<Value>,
    byline: Option<Value>,
    page: Option<Value>,
    body: Value,
    pictures: Option<Value>,
    captions: Vec<Css>,
    left_out: Vec<Css>,
}

#[derive(Debug, Clone)]
struct CalendarRecipe {
    told: Told,
    entries: Entries,
    date: Option<Value>,
    link: Option<Value>,
}

/// The dates of a calendar: elements, or places in its text.
#[derive(Debug, Clone)]
enum Entries {
    Each(Css),
    Pattern(regex::Regex),
}

#[derive(Debug, Clone, Default)]
struct LinksRecipe {
    previous_issue: Option<Value>,
    next_issue: Option<Value>,
    previous_page: Option<Value>,
    next_page: Option<Value>,
    previous_article: Option<Value>,
    next_article: Option<Value>,
}

/// Addresses that are made, not found.
#[derive(Debug, Clone, Default)]
struct Addresses {
    issue: Vec<Template>,
    calendar: Vec<Template>,
    entry: Vec<Template>,
}

impl Recipe {
    /// Reads a recipe's text: the recipe, or everything that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Vec<RecipeProblem>> {
        parse::parse(text)
    }

    /// Whether a document at an address may be this recipe's; what stands in it tells the rest.
    pub(crate) fn may_claim(&self, url: &Url) -> bool {
        self.claims.fit_address(url)
    }

    /// Whether an address is of a site that this recipe claims by address alone.
    pub(crate) fn claims_site(&self, url: &Url) -> bool {
        self.claims.name_a_site() && self.claims.fit_address(url)
    }

    /// Whether a host is asked by this recipe's manners: whatever lies there.
    pub(crate) fn claims_host(&self, url: &Url) -> bool {
        self.claims.name_hosts() && self.claims.fit_host(url)
    }

    fn patterns(&self) -> impl Iterator<Item = &AddressPattern> {
        let page = self.page.as_ref().and_then(|page| page.told.address.as_ref());
        let article = self.article.as_ref().and_then(|article| article.told.address.as_ref());
        let index = self.index.as_ref().and_then(|index| index.told.address.as_ref());
        [page, article, index].into_iter().flatten()
    }

    /// Whether the recipe has something to say of an address.
    pub(crate) fn knows(&self, url: &Url) -> bool {
        self.claims.fit_address(url) && self.patterns().any(|pattern| pattern.fits(url))
    }

    pub(crate) fn address_date(&self, url: &Url) -> Option<Date> {
        self.patterns().find_map(|pattern| pattern.date(url))
    }

    /// The name of the paper in an address, where a pattern names the part.
    pub(crate) fn paper_of(&self, url: &Url) -> Option<String> {
        self.patterns().find_map(|pattern| pattern.group(url, "paper"))
    }

    fn parts(&self, url: &Url) -> HashMap<String, String> {
        self.patterns().find_map(|pattern| pattern.parts(url)).unwrap_or_default()
    }

    fn made(&self, templates: &[Template], known: &Url, date: Option<Date>) -> Vec<Url> {
        let parts = self.parts(known);
        let made = templates.iter().filter_map(|template| template.address(known, &parts, date));
        made.fold(Vec::new(), |mut urls, url| {
            if !urls.contains(&url) {
                urls.push(url);
            }
            urls
        })
    }

    pub(crate) fn issue_urls(&self, known: &Url, date: Date) -> Vec<Url> {
        self.made(&self.addresses.issue, known, Some(date))
    }

    pub(crate) fn calendar_urls(&self, known: &Url, year: i16, month: i8) -> Vec<Url> {
        self.made(&self.addresses.calendar, known, Date::new(year, month, 1).ok())
    }

    pub(crate) fn entry_urls(&self, known: &Url) -> Vec<Url> {
        self.made(&self.addresses.entry, known, None)
    }
}
