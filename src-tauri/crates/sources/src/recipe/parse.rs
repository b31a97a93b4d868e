//! A recipe's text to a recipe: every table and field, and everything that is wrong with them at once.

use super::address::{AddressPattern, Template};
use super::claim::Claims;
use super::compile::{self, Css};
use super::limits::{LONGEST_NAME, LONGEST_PAUSE_SECONDS, LONGEST_RECIPE};
use super::problem::{Notes, RecipeProblem};
use super::section::{Entry, Section};
use super::value::Value;
use super::{
    Addresses, ArticleRecipe, ArticlesRecipe, CalendarRecipe, Entries, FORMAT, FrameRecipe, Gentleness,
    IndexRecipe, LinksRecipe, PageRecipe, PagesRecipe, Printed, Recipe, RecipeName, RegionsRecipe, Told,
    example,
};
use toml::de::DeTable;

/// Charsets that a recipe may say, by their usual names.
const CHARSETS: &[&str] = &["utf-8", "gb18030", "gbk", "gb2312", "big5", "utf-16le", "utf-16be"];

pub(super) fn parse(text: &str) -> Result<Recipe, Vec<RecipeProblem>> {
    let notes = Notes::new(text);
    if text.len() > LONGEST_RECIPE {
        notes.say(&(0..0), "", format!("the recipe is {} bytes long: at most {LONGEST_RECIPE}", text.len()));
        return Err(notes.into_problems());
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().unwrap_or_default();
        notes.say(&span, "", format!("no TOML: {}", error.message().replace('\n', " ")));
    }
    if !errors.is_empty() {
        return Err(notes.into_problems());
    }
    let recipe = read(&notes, table.get_ref());
    match (recipe, notes.into_problems()) {
        (Some(recipe), problems) if problems.is_empty() => Ok(recipe),
        (_, problems) => Err(problems),
    }
}

fn read(notes: &Notes<'_>, table: &DeTable<'_>) -> Option<Recipe> {
    let root = Section::new(notes, String::new(), table, 0..0);
    if let Some(entry) = root.must("format", "format = 1, the version of the recipes' format")
        && let Some(format) = entry.whole()
        && format != FORMAT
    {
        entry.say(format!("this program reads format {FORMAT}; a newer Kanbao may read format {format}"));
        // Of another format nothing can be said.
        return None;
    }
    let name = root.must("name", "the family's name, like name = \"river-press\"").and_then(|entry| {
        let text = entry.text()?;
        let name = RecipeName::new(text).filter(|name| !is_coded(name.as_str()));
        if name.is_none() {
            entry.say(format!(
                "{text:?} cannot be a name: at most {LONGEST_NAME} lower-case letters, digits and hyphens, and none of the program's own families"
            ));
        }
        name
    });
    let revision = root.must("revision", "revision = 1, counted up with each change");
    let revision = revision.and_then(|entry| entry.whole());
    let title = root.words("title");
    let notes_of = root.words("notes");
    let claims = root.get("claims").and_then(|entry| {
        let section = entry.section()?;
        let claims = Claims::read(&section);
        section.finish();
        Some(claims)
    });
    if claims.is_none() && root.get("claims").is_none() {
        notes.say(&(0..0), "claims", "it is missing: which documents are this recipe's");
    }
    let claims = claims.unwrap_or_default();
    let charset = root.get("charset").and_then(|entry| read_charset(&entry, &claims));
    let gentleness = root.get("politeness").and_then(|entry| read_gentleness(&entry, &claims));
    let printed = root.section("printed").map(read_printed).unwrap_or_default();
    let index = root.section("index").map(read_index);
    let page = root.section("page").map(read_page);
    let pages = root.section("pages").and_then(read_pages);
    let article = root.section("article").and_then(read_article);
    let calendar = root.section("calendar").and_then(read_calendar);
    let links = root.section("links").map(read_links).unwrap_or_default();
    if index.is_none() && page.is_none() && root.get("article").is_none() {
        notes.say(&(0..0), "page", "it is missing: a recipe has at least one of page, article and index");
    }
    let examples = example::read(&root, notes);
    let told = [
        page.as_ref().map(|page| &page.told),
        article.as_ref().map(|article| &article.told),
        index.as_ref().map(|index| &index.told),
    ];
    let known = |part: &str| {
        let patterns = told.iter().flatten().filter_map(|told| told.address.as_ref());
        patterns.into_iter().any(|pattern| pattern.has_group(part))
    };
    let addresses = root.section("addresses").map(|section| {
        let addresses = Addresses {
            issue: Template::read_all(&section, "issue", true, &known),
            calendar: Template::read_all(&section, "calendar", true, &known),
            entry: Template::read_all(&section, "entry", false, &known),
        };
        section.finish();
        addresses
    });
    root.finish();
    Some(Recipe {
        name: name?,
        title,
        revision: revision?,
        notes: notes_of,
        charset,
        gentleness,
        examples,
        claims,
        printed,
        index,
        page,
        pages,
        article,
        calendar,
        links,
        addresses: addresses.unwrap_or_default(),
    })
}

fn is_coded(name: &str) -> bool {
    crate::Family::ALL.iter().any(|family| family.as_str() == name) || matches!(name, "unknown" | "other")
}

fn read_charset(entry: &Entry<'_>, claims: &Claims) -> Option<&'static str> {
    let text = entry.text()?.to_ascii_lowercase();
    let charset = CHARSETS.iter().copied().find(|known| *known == text);
    if charset.is_none() {
        entry.say(format!("{text:?} is none of {}", CHARSETS.join(", ")));
    }
    if !claims.name_a_site() {
        entry.say("a document's charset must be known before it is read: claim hosts or addresses");
    }
    charset
}

fn read_gentleness(entry: &Entry<'_>, claims: &Claims) -> Option<Gentleness> {
    let section = entry.section()?;
    if !claims.name_hosts() {
        entry.say("whom to be polite to is told by hosts: claim some");
    }
    let pause_seconds = section.get("pause").and_then(|pause| {
        let seconds = pause.number()?;
        let sound = (0.0..=LONGEST_PAUSE_SECONDS).contains(&seconds);
        if !sound {
            pause.say(format!("seconds from 0 to {LONGEST_PAUSE_SECONDS}"));
        }
        sound.then_some(seconds)
    });
    let at_once = section.get("at_once").and_then(|entry| entry.whole()).map(|number| number as usize);
    section.finish();
    Some(Gentleness { pause_seconds: pause_seconds.unwrap_or_default(), at_once })
}

/// `address` and `when`: what tells a document of one kind.
fn read_told(section: &Section<'_>) -> Told {
    let address = AddressPattern::read(section, "address");
    let when =
        section.get("when").map(|entry| entry.ways().iter().filter_map(compile::css).collect::<Vec<_>>());
    if section.get("address").is_none() && when.is_none() {
        section.say("nothing tells a document of this kind: give address, when, or both");
    }
    Told { address, when: when.unwrap_or_default() }
}

fn each(section: &Section<'_>) -> Option<Css> {
    compile::css(&section.must("each", "the selector of its entries")?)
}

fn css_list(section: &Section<'_>, key: &'static str) -> Vec<Css> {
    section.get(key).map(|entry| entry.ways().iter().filter_map(compile::css).collect()).unwrap_or_default()
}

fn read_printed(section: Section<'_>) -> Printed {
    let printed = Printed {
        publication: Value::read(&section, "publication", "printed.publication"),
        date: Value::read(&section, "date", "printed.date"),
        copyright: Value::read(&section, "copyright", "printed.copyright"),
    };
    section.finish();
    printed
}

fn read_index(section: Section<'_>) -> IndexRecipe {
    let told = read_told(&section);
    let target = Value::read(&section, "target", "index.target");
    let titles = section.section("titles");
    let link = titles.as_ref().and_then(|titles| Value::read(titles, "link", "index.titles.link"));
    let name = titles.as_ref().and_then(|titles| Value::read(titles, "name", "index.titles.name"));
    let titles = titles.and_then(|titles| {
        let css = each(&titles);
        titles.finish();
        css
    });
    section.finish();
    IndexRecipe {
        told,
        target,
        titles,
        titles_link: link.unwrap_or_else(|| Value::own("index.titles.link", &["href"])),
        titles_name: name,
    }
}

fn read_page(section: Section<'_>) -> PageRecipe {
    let told = read_told(&section);
    let frame = section.get("frame").and_then(|entry| read_frame(&entry)).unwrap_or(FrameRecipe::Picture);
    let page = PageRecipe {
        told,
        label: Value::read(&section, "label", "page.label"),
        number: Value::read(&section, "number", "page.number"),
        name: Value::read(&section, "name", "page.name"),
        picture: Value::read(&section, "picture", "page.picture"),
        pdf: Value::read(&section, "pdf", "page.pdf"),
        frame,
        regions: section.section("regions").and_then(read_regions),
        articles: section.section("articles").and_then(read_articles),
    };
    section.finish();
    page
}

fn read_frame(entry: &Entry<'_>) -> Option<FrameRecipe> {
    const WANTED: &str = "\"picture\", \"percent\", \"fraction\", or width and height like [350, 500]";
    match entry.value.as_str() {
        Some("picture") => return Some(FrameRecipe::Picture),
        Some("percent") => return Some(FrameRecipe::Percent),
        Some("fraction") => return Some(FrameRecipe::Fraction),
        Some(_) => {
            entry.say(WANTED);
            return None;
        }
        None => {}
    }
    let sides: Vec<f64> = entry.items().iter().filter_map(Entry::number).collect();
    let sound = |side: f64| side > 1.0 && side < 100_000.0;
    if let [width, height] = sides[..]
        && sound(width)
        && sound(height)
    {
        return Some(FrameRecipe::Size(width, height));
    }
    entry.say(WANTED);
    None
}

fn read_regions(section: Section<'_>) -> Option<RegionsRecipe> {
    let css = each(&section);
    let shape = section.get("shape");
    let is_box = shape.as_ref().is_some_and(|shape| shape.value.as_str() == Some("box"));
    let shape = shape.filter(|_| !is_box).map(|entry| match entry.value.as_str() {
        Some(name @ ("polygon" | "rect" | "circle")) => Value::fixed("page.regions.shape", name),
        Some(_) => {
            entry.say("\"polygon\", \"rect\", \"circle\", \"box\", or a table like { attr = \"shape\" }");
            Value::fixed("page.regions.shape", "")
        }
        None => Value::of(&entry, "page.regions.shape"),
    });
    let regions = RegionsRecipe {
        link: Value::read(&section, "link", "page.regions.link")
            .unwrap_or_else(|| Value::own("page.regions.link", &["href"])),
        coords: Value::read(&section, "coords", "page.regions.coords")
            .unwrap_or_else(|| Value::own("page.regions.coords", &["coords"])),
        shape,
        is_box,
        title: Value::read(&section, "title", "page.regions.title")
            .unwrap_or_else(|| Value::own("page.regions.title", &["title", "alt"])),
        each: css?,
    };
    section.finish();
    Some(regions)
}

fn read_articles(section: Section<'_>) -> Option<ArticlesRecipe> {
    let css = each(&section);
    let articles = ArticlesRecipe {
        link: Value::read(&section, "link", "page.articles.link")
            .unwrap_or_else(|| Value::own("page.articles.link", &["href"])),
        headline: Value::read(&section, "headline", "page.articles.headline"),
        each: css?,
    };
    section.finish();
    Some(articles)
}

fn read_pages(section: Section<'_>) -> Option<PagesRecipe> {
    let css = each(&section);
    let pages = PagesRecipe {
        link: Value::read(&section, "link", "pages.link")
            .unwrap_or_else(|| Value::own("pages.link", &["href"])),
        label: Value::read(&section, "label", "pages.label"),
        number: Value::read(&section, "number", "pages.number"),
        name: Value::read(&section, "name", "pages.name"),
        pdf: Value::read(&section, "pdf", "pages.pdf"),
        each: css?,
    };
    section.finish();
    Some(pages)
}

fn read_article(section: Section<'_>) -> Option<ArticleRecipe> {
    let told = read_told(&section);
    let body = section.must("body", "the selector of the element that holds the text");
    let body = body.map(|entry| Value::of(&entry, "article.body"));
    let pictures = Value::read(&section, "pictures", "article.pictures");
    for markup in [&body, &pictures].into_iter().flatten() {
        markup.must_be_elements(&section);
    }
    let article = ArticleRecipe {
        told,
        kicker: Value::read(&section, "kicker", "article.kicker"),
        headline: Value::read(&section, "headline", "article.headline"),
        subheadline: Value::read(&section, "subheadline", "article.subheadline"),
        byline: Value::read(&section, "byline", "article.byline"),
        page: Value::read(&section, "page", "article.page"),
        pictures,
        captions: css_list(&section, "captions"),
        left_out: css_list(&section, "left_out"),
        body: body?,
    };
    section.finish();
    Some(article)
}

fn read_calendar(section: Section<'_>) -> Option<CalendarRecipe> {
    let told = read_told(&section);
    let by_css = section.get("each");
    let by_pattern = section.get("pattern");
    let entries = match (&by_css, &by_pattern) {
        (Some(entry), None) => compile::css(entry).map(Entries::Each),
        (None, Some(entry)) => compile::pattern(entry).map(Entries::Pattern),
        _ => {
            section.say("give either each, a selector of the days, or pattern, for their places in the text");
            None
        }
    };
    let date = Value::read(&section, "date", "calendar.date");
    let link = Value::read(&section, "link", "calendar.link");
    if by_pattern.is_some() && (date.is_some() || link.is_some()) {
        section.say("with a pattern, date and link are its groups: year, month, day and link");
    }
    section.finish();
    Some(CalendarRecipe { told, entries: entries?, date, link })
}

fn read_links(section: Section<'_>) -> LinksRecipe {
    let links = LinksRecipe {
        previous_issue: Value::read(&section, "previous_issue", "links.previous_issue"),
        next_issue: Value::read(&section, "next_issue", "links.next_issue"),
        previous_page: Value::read(&section, "previous_page", "links.previous_page"),
        next_page: Value::read(&section, "next_page", "links.next_page"),
        previous_article: Value::read(&section, "previous_article", "links.previous_article"),
        next_article: Value::read(&section, "next_article", "links.next_article"),
    };
    section.finish();
    links
}
