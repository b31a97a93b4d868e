//! A document's tree, and its text as a reader would see it.

mod index;
mod nesting;
mod target;

pub(crate) use target::Target;

use ego_tree::{NodeId, Tree};
use foldhash::HashMap;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use index::{Index, Key};
use kanbao_newspaper::label::squeeze;
use regex::Regex;
use rustc_hash::FxHashMap;
use scraper::{ElementRef, Html, HtmlTreeSink, Node, Selector};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::{LazyLock, PoisonError, RwLock};
use url::Url;

/// The longest address taken from a page, in bytes.
const LONGEST_ADDRESS: usize = 2_048;

/// A parsed document and the address that its links are relative to.
pub(crate) struct Document<'a> {
    pub(crate) url: &'a Url,
    /// Itself, as what it leads to is told.
    pub(crate) here: Target,
    pub(crate) raw: &'a str,
    pub(crate) html: Html,
    base: Url,
    index: Index,
    /// Where addresses lead that were asked for, and the words of elements: most are asked for several times over.
    targets: RefCell<HashMap<String, Option<Rc<Target>>>>,
    lines: RefCell<FxHashMap<NodeId, Rc<str>>>,
    printed: OnceCell<Printed>,
}

impl<'a> Document<'a> {
    pub(crate) fn parse(url: &'a Url, raw: &'a str, warnings: &mut Vec<String>) -> Self {
        let (raw, tags) = nesting::capped(raw, warnings);
        let html = tree(&without_metadata(raw), tags);
        let index = Index::of(&html);
        let base = index
            .select(&html, compiled("base[href]"))
            .next()
            .and_then(|base| base.attribute("href"))
            .and_then(|href| url.join(href.trim()).ok())
            .filter(|base| matches!(base.scheme(), "http" | "https"))
            .unwrap_or_else(|| url.clone());
        let here = Target::new(url.clone());
        Self {
            url,
            here,
            raw,
            html,
            base,
            index,
            targets: RefCell::default(),
            lines: RefCell::default(),
            printed: OnceCell::new(),
        }
    }

    /// Where a link of this document leads; nothing for scripts, empty ones and other schemes.
    pub(crate) fn resolve(&self, href: &str) -> Option<Url> {
        self.target(href).map(|target| target.url().clone())
    }

    /// The same, with what its address says.
    pub(crate) fn target(&self, href: &str) -> Option<Rc<Target>> {
        if href.len() > LONGEST_ADDRESS {
            return None;
        }
        if let Some(known) = self.targets.borrow().get(href) {
            return known.clone();
        }
        let target = self.joined(href.trim()).map(|url| Rc::new(Target::new(url)));
        self.targets.borrow_mut().insert(href.to_owned(), target.clone());
        target
    }

    fn joined(&self, href: &str) -> Option<Url> {
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        let href = href.replace('\\', "/");
        let href = href.as_str();
        let mut url = self.base.join(href).ok()?;
        let here = url.scheme() == self.base.scheme();
        if !here && !matches!(url.scheme(), "http" | "https") || url.scheme() == "javascript" {
            return None;
        }
        url.set_fragment(None);
        Some(url)
    }

    /// The elements that a selector of this crate's matches, in the document's order.
    pub(crate) fn select<'b>(&'b self, css: &str) -> impl Iterator<Item = ElementRef<'b>> + use<'a, 'b> {
        self.index.select(&self.html, compiled(css))
    }

    pub(crate) fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.select(css).collect()
    }

    /// An element's text on one line.
    pub(crate) fn line(&self, element: ElementRef<'_>) -> Rc<str> {
        let known = self.lines.borrow().get(&element.id()).cloned();
        known.unwrap_or_else(|| {
            let words: Rc<str> = line(element).into();
            self.lines.borrow_mut().insert(element.id(), words.clone());
            words
        })
    }

    /// The document's short lines without the links in them that hold a date or name a page.
    pub(crate) fn datelines(&self) -> &[PrintedLine] {
        &self.printed().datelines
    }

    /// The document's lines outside of an article's body that may say whose it is: all that hold one of the words of such
    /// notices, and some more.
    pub(crate) fn notices(&self) -> &[PrintedLine] {
        &self.printed().notices
    }

    /// Both are asked for of every page and article, and cost a walk through all of it.
    fn printed(&self) -> &Printed {
        self.printed.get_or_init(|| {
            /// In characters.
            const LONGEST_DATELINE: usize = 80;
            const LONGEST_NOTICE: usize = 1_500;
            let mut datelines = Lines::new(LONGEST_DATELINE, |line: &str| line.contains(['年', '版']));
            let mut notices = Lines::new(LONGEST_NOTICE, |line: &str| {
                // "Copyright", "all rights reserved".
                let right = |pair: &[u8]| pair.eq_ignore_ascii_case(b"gh");
                line.contains(['权', '權', '未', '©']) || line.as_bytes().windows(2).any(right)
            });
            walk(self.html.root_element(), |step| match step {
                Step::Text(words) => {
                    datelines.text(words);
                    notices.text(words);
                    false
                }
                Step::Enter(element) => {
                    let enters = !is_silent(element) && !is_symbol_font(element);
                    let name = element.value().name();
                    datelines.enter(name, enters, is_link(element));
                    // Words of an article may speak of such rights.
                    notices.enter(name, enters, is_body(element));
                    enters
                }
                Step::Leave(element) => {
                    let name = element.value().name();
                    datelines.leave(name);
                    notices.leave(name);
                    false
                }
            });
            Printed { datelines: datelines.made(), notices: notices.made() }
        })
    }

    pub(crate) fn first(&self, css: &str) -> Option<ElementRef<'_>> {
        self.select(css).next()
    }
}

/// A document's tree, with room from the beginning for as many nodes as it may have: growing costs a copy of all of them.
fn tree(markup: &str, tags: usize) -> Html {
    let mut html = Html::new_document();
    // About as many texts as elements, and each of these has two tags.
    html.tree = Tree::with_capacity(Node::Document, tags + 16);
    parse_document(HtmlTreeSink::new(html), ParseOpts::default()).one(markup)
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

/// A selector that is written in this crate, and so is sound.
pub(crate) fn selector(css: &str) -> &'static Selector {
    &compiled(css).selector
}

/// A selector and what an element must have to be looked at.
struct Compiled {
    selector: Selector,
    keys: Option<Vec<Key>>,
}

/// Each selector is made once and kept: there are as many as this crate writes.
fn compiled(css: &str) -> &'static Compiled {
    static KNOWN: LazyLock<RwLock<FxHashMap<String, &'static Compiled>>> = LazyLock::new(RwLock::default);
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(css).copied();
    known.unwrap_or_else(|| {
        let selector = Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"));
        let made: &'static Compiled = Box::leak(Box::new(Compiled { selector, keys: index::keys(css) }));
        KNOWN.write().unwrap_or_else(PoisonError::into_inner).entry(css.to_owned()).or_insert(made)
    })
}

/// Attributes by their names. The library's own way looks the name up among all that HTML knows, each time.
pub(crate) trait Attributes<'a> {
    fn attribute(self, name: &str) -> Option<&'a str>;
}

impl<'a> Attributes<'a> for ElementRef<'a> {
    fn attribute(self, name: &str) -> Option<&'a str> {
        self.value().attrs().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// Whether an element's letters are pictures: Webdings' 3 and 4 are arrows.
pub(crate) fn is_symbol_font(element: ElementRef<'_>) -> bool {
    element.value().attrs().any(|(name, value)| {
        matches!(name, "face" | "style")
            && value.as_bytes().windows(5).any(|end| end.eq_ignore_ascii_case(b"dings"))
            && {
                let value = value.to_ascii_lowercase();
                value.contains("webdings") || value.contains("wingdings")
            }
    })
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
    trimmed_lines(&text(element))
}

fn trimmed_lines(text: &str) -> String {
    text.lines().map(squeeze).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Text of a piece of markup cut out of a document.
pub(crate) fn fragment_lines(markup: &str) -> String {
    // Most of it is plain text, which needs no tree.
    if !markup.contains(['<', '&', '\r', '\0']) {
        return trimmed_lines(markup);
    }
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
pub(crate) fn headline(document: &Document<'_>, link: ElementRef<'_>) -> String {
    let printed = Some(document.line(link)).filter(|words| !words.is_empty());
    let words =
        printed.map(|words| words.to_string()).or_else(|| written_by_script(link)).unwrap_or_default();
    let title = || link.attribute("title").map(squeeze).filter(|title| !title.is_empty());
    if words.is_empty() {
        let picture = link.select(selector("img[alt]")).next();
        let described = || picture.and_then(|picture| picture.attribute("alt")).map(squeeze);
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
    let style = picture.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let side = |name: &str| pixels(picture.attribute(name)).or_else(|| styled_pixels(&style, name));
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
    for sheet in document.select("style").take(8) {
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
        .find_map(|name| picture.attribute(name))
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
    let mut lines = Lines::new(longest, |_: &str| true);
    walk(root, |step| match step {
        Step::Text(words) => {
            lines.text(words);
            false
        }
        Step::Enter(element) => {
            let enters = !is_silent(element) && !is_symbol_font(element) && !skip(element);
            lines.enter(element.value().name(), enters, false);
            enters
        }
        Step::Leave(element) => {
            lines.leave(element.value().name());
            false
        }
    });
    lines.made()
}

/// The lines that are read of every page and article, wherever they stand.
struct Printed {
    datelines: Vec<PrintedLine>,
    notices: Vec<PrintedLine>,
}

/// Whether an element holds an article's body, in the skins that name it.
fn is_body(element: ElementRef<'_>) -> bool {
    const BODIES: [&str; 3] = ["ozoom", "articlecontent", "zoom"];
    let is_named = |id: &str| BODIES.iter().any(|body| id.eq_ignore_ascii_case(body));
    element.value().name() == "founder-content" || element.attribute("id").is_some_and(is_named)
}

/// Lines as they are printed, put together on a walk.
struct Lines<W> {
    longest: usize,
    wanted: W,
    made: Vec<PrintedLine>,
    current: String,
    unlinked: bool,
    links: usize,
    /// How many elements deep the walk is in one that is passed over.
    passed_over: usize,
}

impl<W: Fn(&str) -> bool> Lines<W> {
    /// Of no more than so many characters, whose text, as it stands in the markup, is `wanted`.
    fn new(longest: usize, wanted: W) -> Self {
        Self {
            longest,
            wanted,
            made: Vec::new(),
            current: String::new(),
            unlinked: false,
            links: 0,
            passed_over: 0,
        }
    }

    fn text(&mut self, words: &str) {
        if self.passed_over == 0 {
            self.current.push_str(words);
            self.unlinked |= self.links == 0 && !words.trim().is_empty();
        }
    }

    /// `enters` where the walk goes into the element, `passes_over` where its text is not wanted.
    fn enter(&mut self, name: &str, enters: bool, passes_over: bool) {
        if self.passed_over > 0 {
            self.passed_over += usize::from(enters);
            return;
        }
        if is_block(name) || name == "br" {
            self.end_line();
        }
        if enters && passes_over {
            self.passed_over = 1;
        } else if enters && name == "a" {
            self.links += 1;
        }
    }

    fn leave(&mut self, name: &str) {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return;
        }
        if is_block(name) {
            self.end_line();
        }
        if name == "a" {
            self.links = self.links.saturating_sub(1);
        }
    }

    fn end_line(&mut self) {
        if !self.current.is_empty() && (self.wanted)(&self.current) {
            let text = squeeze(&self.current);
            if !text.is_empty() && (text.len() <= self.longest || text.chars().count() <= self.longest) {
                self.made.push(PrintedLine { text, linked: !self.unlinked });
            }
        }
        self.current.clear();
        self.unlinked = false;
    }

    fn made(mut self) -> Vec<PrintedLine> {
        self.end_line();
        self.made
    }
}

/// Where a link leads, by whichever attribute its template keeps the address in.
pub(crate) fn link_address(link: ElementRef<'_>) -> Option<&str> {
    ["href", "daoxiang", "data-href"]
        .into_iter()
        .find_map(|name| link.attribute(name).filter(|address| !address.trim().is_empty()))
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
