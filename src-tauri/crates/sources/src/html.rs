//! A document's tree, and its text as a reader would see it.

use kanbao_newspaper::label::squeeze;
use regex::Regex;
use scraper::{ElementRef, Html, Node, Selector};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;
use url::Url;

/// Tags that are read of one document. Real pages have a few thousand.
const MOST_TAGS: usize = 50_000;

/// What a document's nesting may cost. A tree builder looks through the elements that are open at each tag, and
/// opens unclosed `<b>` and `<font>` anew in each paragraph: documents of nothing but opening tags cost their
/// square, and each of our selectors that names an element within another costs it again. Real pages stay below an
/// eighth of this.
const MOST_NESTING: usize = 8_000_000;

/// The longest address taken from a page, in bytes.
const LONGEST_ADDRESS: usize = 2_048;

/// A parsed document and the address that its links are relative to.
pub(crate) struct Document<'a> {
    pub(crate) url: &'a Url,
    pub(crate) raw: &'a str,
    pub(crate) html: Html,
    base: Url,
}

impl<'a> Document<'a> {
    pub(crate) fn parse(url: &'a Url, raw: &'a str, warnings: &mut Vec<String>) -> Self {
        let raw = capped(raw, warnings);
        let html = Html::parse_document(&without_metadata(raw));
        let base = html
            .select(&selector("base[href]"))
            .next()
            .and_then(|base| base.attr("href"))
            .and_then(|href| url.join(href.trim()).ok())
            .filter(|base| matches!(base.scheme(), "http" | "https"))
            .unwrap_or_else(|| url.clone());
        Self { url, raw, html, base }
    }

    /// Where a link of this document leads; nothing for scripts, empty ones and other schemes.
    pub(crate) fn resolve(&self, href: &str) -> Option<Url> {
        let href = href.trim().replace('\\', "/");
        let href = href.as_str();
        if href.is_empty() || href.starts_with('#') || href.len() > LONGEST_ADDRESS {
            return None;
        }
        let mut url = self.base.join(href).ok()?;
        let here = url.scheme() == self.base.scheme();
        if !here && !matches!(url.scheme(), "http" | "https") || url.scheme() == "javascript" {
            return None;
        }
        url.set_fragment(None);
        Some(url)
    }

    pub(crate) fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&selector(css)).collect()
    }

    pub(crate) fn first(&self, css: &str) -> Option<ElementRef<'_>> {
        self.html.select(&selector(css)).next()
    }
}

/// The document without its metadata comments: values in them may hold comments of their own, behind which
/// the rest would be read as text.
pub(crate) fn without_metadata(raw: &str) -> Cow<'_, str> {
    const OPEN: &str = "<!--enpproperty";
    const CLOSE: &str = "/enpproperty-->";
    if !raw.contains(OPEN) {
        return Cow::Borrowed(raw);
    }
    let mut kept = String::with_capacity(raw.len());
    let mut done = 0;
    for (close, _) in raw.match_indices(CLOSE) {
        let segment = &raw[done..close];
        kept.push_str(segment.rfind(OPEN).map_or(segment, |open| &segment[..open]));
        done = close + CLOSE.len();
    }
    kept.push_str(&raw[done..]);
    Cow::Owned(kept)
}

fn capped<'a>(raw: &'a str, warnings: &mut Vec<String>) -> &'a str {
    if let Some((end, _)) = raw.match_indices('<').nth(MOST_TAGS) {
        warnings.push(format!("the document has more than {MOST_TAGS} tags; the rest is not read"));
        return &raw[..end.min(affordable(raw))];
    }
    let end = affordable(raw);
    if end < raw.len() {
        warnings.push("the document's elements are nested without end; the rest is not read".to_owned());
    }
    &raw[..end]
}

/// How far a document can be read before its nesting costs more than [`MOST_NESTING`].
fn affordable(raw: &str) -> usize {
    /// Elements that hold nothing, or that the next of their kind closes.
    const LIGHT: &[&str] = &[
        "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr", "html",
        "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "source", "tbody", "td",
        "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    /// Elements that are opened anew wherever they were not closed.
    const FORMATTING: &[&str] =
        &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
    /// What an element more in each paragraph costs beside a look at one.
    const REOPENED: usize = 100;
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut formatting, mut cost) = (0_usize, 0_usize, 0_usize);
    for (at, _) in raw.match_indices('<') {
        let rest = &raw[at + 1..];
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest.bytes().take(16).take_while(u8::is_ascii_alphanumeric).count();
        let name = rest[..length].to_ascii_lowercase();
        cost += depth + formatting * REOPENED;
        if cost > MOST_NESTING {
            return at;
        }
        if name.is_empty() || LIGHT.contains(&name.as_str()) {
            continue;
        }
        let is_formatting = FORMATTING.contains(&name.as_str());
        // A link closes the one before it.
        let single = name == "a";
        let count = open.entry(name).or_default();
        if closing && *count > 0 {
            *count -= 1;
            depth -= 1;
            formatting -= usize::from(is_formatting);
        } else if !(closing || single && *count > 0) {
            *count += 1;
            depth += 1;
            formatting += usize::from(is_formatting);
        }
    }
    raw.len()
}

/// A selector that is written in this crate, and so is sound.
pub(crate) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// Whether an element's letters are pictures: Webdings' 3 and 4 are arrows.
pub(crate) fn is_symbol_font(element: ElementRef<'_>) -> bool {
    let says = |name: &str| {
        element.attr(name).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            value.contains("webdings") || value.contains("wingdings")
        })
    };
    says("face") || says("style")
}

/// Elements whose content is no text of the page.
pub(crate) fn is_silent(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().name(),
        "script"
            | "style"
            | "select"
            | "option"
            | "textarea"
            | "noscript"
            | "iframe"
            | "object"
            | "embed"
            | "template"
            | "head"
    )
}

/// A step on the way through a tree.
pub(crate) enum Step<'a> {
    Enter(ElementRef<'a>),
    Text(&'a str),
    Leave(ElementRef<'a>),
}

/// Goes through everything below an element, with no stack of calls: pages nest deeper than a thread bears.
/// `visit` says of each element that is entered whether to go into it; only those are left again.
pub(crate) fn walk<'a>(root: ElementRef<'a>, mut visit: impl FnMut(Step<'a>) -> bool) {
    let mut next = root.first_child();
    while let Some(node) = next {
        let mut descend = false;
        match node.value() {
            Node::Text(words) => {
                visit(Step::Text(words));
            }
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(node) {
                    descend = visit(Step::Enter(element));
                    if descend && node.first_child().is_none() {
                        visit(Step::Leave(element));
                        descend = false;
                    }
                }
            }
            _ => {}
        }
        next = if descend { node.first_child() } else { None };
        let mut at = node;
        while next.is_none() {
            if let Some(sibling) = at.next_sibling() {
                next = Some(sibling);
                break;
            }
            let Some(parent) = at.parent() else { return };
            if parent.id() == root.id() {
                return;
            }
            if let Some(element) = ElementRef::wrap(parent) {
                visit(Step::Leave(element));
            }
            at = parent;
        }
    }
}

/// An element's text: line breaks as line feeds, silent elements and symbol fonts left out.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    let mut collected = String::new();
    walk(element, |step| match step {
        Step::Text(words) => {
            collected.push_str(words);
            false
        }
        Step::Enter(child) if child.value().name() == "br" => {
            collected.push('\n');
            false
        }
        Step::Enter(child) => !is_silent(child) && !is_symbol_font(child),
        Step::Leave(_) => false,
    });
    collected
}

/// An element's text on one line.
pub(crate) fn line(element: ElementRef<'_>) -> String {
    squeeze(&text(element))
}

/// An element's text, one printed line a line, blank ones left out.
pub(crate) fn lines(element: ElementRef<'_>) -> String {
    text(element).lines().map(squeeze).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Text of a piece of markup cut out of a document.
pub(crate) fn fragment_lines(markup: &str) -> String {
    lines(Html::parse_fragment(markup).root_element())
}

/// What `document.write(view("..."))` writes: some sites give their headlines so.
pub(crate) fn written_by_script(element: ElementRef<'_>) -> Option<String> {
    static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"document\s*\.\s*write\s*\(\s*(?:\w+\s*\(\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"#,
        )
        .expect("a sound pattern")
    });
    let script =
        element.descendants().filter_map(ElementRef::wrap).find(|child| child.value().name() == "script")?;
    let source: String = script.text().take(8).collect();
    let found = WRITTEN.captures(&source)?;
    let markup = found.get(1).or_else(|| found.get(2))?.as_str();
    let markup = markup.replace("\\\"", "\"").replace("\\'", "'").replace("\\/", "/").replace("\\n", " ");
    let written = squeeze(&fragment_lines(&markup));
    (!written.is_empty()).then_some(written)
}

/// A link's words: written out or by script, or whole in its title where the skin cuts them short.
pub(crate) fn headline(link: ElementRef<'_>) -> String {
    let printed = Some(line(link)).filter(|words| !words.is_empty());
    let words = printed.or_else(|| written_by_script(link)).unwrap_or_default();
    let title = || link.attr("title").map(squeeze).filter(|title| !title.is_empty());
    if words.is_empty() {
        let picture = link.select(&selector("img[alt]")).next();
        let described = || picture.and_then(|picture| picture.attr("alt")).map(squeeze);
        return title().or_else(described).unwrap_or_default();
    }
    let start = words.trim_end_matches(['…', '.', ' ']);
    if start.len() < words.len()
        && let Some(whole) = title().filter(|title| title.starts_with(start) && title.len() > words.len())
    {
        return whole;
    }
    words
}

/// A size attribute in pixels.
pub(crate) fn pixels(value: Option<&str>) -> Option<f64> {
    let number = value?.trim().trim_end_matches("px").trim().parse::<f64>().ok()?;
    (number.is_finite() && number > 1.0 && number < 100_000.0).then_some(number)
}

/// A picture's width and height from its attributes, else from its style, else from the document's style sheet.
pub(crate) fn stated_size(document: &Document<'_>, picture: ElementRef<'_>) -> (Option<f64>, Option<f64>) {
    let style = picture.attr("style").unwrap_or_default().to_ascii_lowercase();
    let side = |name: &str| pixels(picture.attr(name)).or_else(|| styled_pixels(&style, name));
    match (side("width"), side("height")) {
        (None, None) => size_by_sheet(document, picture),
        size => size,
    }
}

fn styled_pixels(style: &str, name: &str) -> Option<f64> {
    style.split(';').find_map(|rule| {
        let (property, value) = rule.split_once(':')?;
        let value = value.trim().trim_end_matches("!important");
        (property.trim() == name && value.contains("px")).then(|| pixels(Some(value)))?
    })
}

/// What the style elements' rules say of a picture's size; the last rule that says both counts.
fn size_by_sheet(document: &Document<'_>, picture: ElementRef<'_>) -> (Option<f64>, Option<f64>) {
    /// A page's own style is short; what is longer is a library's.
    const MOST_RULES: usize = 300;
    const LONGEST_RULE: usize = 2_000;
    let mut found = (None, None);
    for sheet in document.all("style").into_iter().take(8) {
        let css: String = sheet.text().take(8).collect();
        for rule in css.split('}').take(MOST_RULES).filter(|rule| rule.len() <= LONGEST_RULE) {
            let Some((selectors, style)) = rule.rsplit_once('{') else { continue };
            let style = style.to_ascii_lowercase();
            let (Some(width), Some(height)) =
                (styled_pixels(&style, "width"), styled_pixels(&style, "height"))
            else {
                continue;
            };
            if Selector::parse(selectors.trim()).is_ok_and(|selector| selector.matches(&picture)) {
                found = (Some(width), Some(height));
            }
        }
    }
    found
}

/// The nearest element around this one of one of these names.
pub(crate) fn enclosing<'a>(element: ElementRef<'a>, names: &[&str]) -> Option<ElementRef<'a>> {
    element.ancestors().filter_map(ElementRef::wrap).find(|around| names.contains(&around.value().name()))
}

/// Where a picture is, of the attributes that sites use for it.
pub(crate) fn picture_source(picture: ElementRef<'_>) -> Option<&str> {
    ["src", "data-src", "data-original"]
        .into_iter()
        .find_map(|name| picture.attr(name))
        .filter(|src| !src.trim().is_empty())
}

/// A line as it is printed: what stands between two line breaks or blocks.
pub(crate) struct PrintedLine {
    pub(crate) text: String,
    /// Whether it is nothing but links.
    pub(crate) linked: bool,
}

/// The printed lines under an element that are no longer than so many characters, without those of the
/// elements that `skip` names.
pub(crate) fn printed_lines(
    root: ElementRef<'_>,
    longest: usize,
    skip: impl Fn(ElementRef<'_>) -> bool,
) -> Vec<PrintedLine> {
    let mut lines: Vec<PrintedLine> = Vec::new();
    let (mut current, mut unlinked, mut links) = (String::new(), false, 0_usize);
    let mut end_line = |current: &mut String, unlinked: &mut bool| {
        let text = squeeze(&std::mem::take(current));
        if !text.is_empty() && text.chars().count() <= longest {
            lines.push(PrintedLine { text, linked: !*unlinked });
        }
        *unlinked = false;
    };
    walk(root, |step| match step {
        Step::Text(words) => {
            current.push_str(words);
            unlinked |= links == 0 && !words.trim().is_empty();
            false
        }
        Step::Enter(element) => {
            let name = element.value().name();
            if is_block(name) || name == "br" {
                end_line(&mut current, &mut unlinked);
            }
            let enter = !is_silent(element) && !is_symbol_font(element) && !skip(element);
            links += usize::from(enter && name == "a");
            enter
        }
        Step::Leave(element) => {
            let name = element.value().name();
            if is_block(name) {
                end_line(&mut current, &mut unlinked);
            }
            if name == "a" {
                links = links.saturating_sub(1);
            }
            false
        }
    });
    end_line(&mut current, &mut unlinked);
    lines
}

/// Where a link leads, by whichever attribute its template keeps the address in.
pub(crate) fn link_address(link: ElementRef<'_>) -> Option<&str> {
    ["href", "daoxiang", "data-href"]
        .into_iter()
        .find_map(|name| link.attr(name).filter(|address| !address.trim().is_empty()))
}

/// Whether an element is a link.
pub(crate) fn is_link(element: ElementRef<'_>) -> bool {
    element.value().name() == "a"
}

/// Elements that begin a line of their own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "td"
            | "th"
            | "tr"
            | "table"
            | "tbody"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "center"
            | "blockquote"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "form"
            | "founder-content"
            | "founder-title"
            | "founder-author"
            | "body"
            | "html"
            | "caption"
            | "figure"
            | "figcaption"
    )
}
