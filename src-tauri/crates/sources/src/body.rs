//! A body's markup to blocks: paragraphs, 小标题, 编者按, pictures with captions, tables.

use crate::address::full_size;
use crate::decks::is_worded_like_byline;
use crate::furniture;
use crate::html::{
    Attributes, Document, Step, is_block, is_silent, is_symbol_font, line, picture_source, pixels, selector,
    walk,
};
use crate::printed::{condensed, rule};
use crate::reading::Reading;
use foldhash::{HashSet, HashSetExt};
use kanbao_newspaper::Block;
use kanbao_newspaper::label::squeeze;
use regex::Regex;
use scraper::{ElementRef, Selector};
use std::sync::LazyLock;

/// Far more than any article has.
const MOST_BLOCKS: usize = 3_000;

/// A caption is a sentence or two; a longer line below a picture is text.
const LONGEST_CAPTION: usize = 200;

/// 小标题 are short.
const LONGEST_SUBHEADING: usize = 32;

/// A form that holds more is one that someone forgot to close.
const LONGEST_FORM: usize = 200;

/// What was read of a body.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    pub(crate) editor_mark: Option<String>,
    /// Whether there was more than is read.
    pub(crate) cut: bool,
    /// What was left out, by rule.
    pub(crate) furniture: Vec<(&'static str, String)>,
}

impl Body {
    /// Characters of text, with a picture counted as some.
    pub(crate) fn size(&self) -> usize {
        self.blocks
            .iter()
            .map(|block| {
                block.text().chars().count() + usize::from(matches!(block, Block::Picture { .. })) * 10
            })
            .sum()
    }

    pub(crate) fn first_words(&self) -> String {
        self.blocks.iter().map(Block::text).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Says what was left out and what is missing; a notice of ownership among it is the document's.
    pub(crate) fn tell(&self, reading: &mut Reading) {
        for (rule_name, words) in &self.furniture {
            rule(reading, "article.body", &format!("furniture left out: {rule_name}"), Some(words));
        }
        if let Some((_, notice)) = self.furniture.iter().find(|(name, _)| *name == furniture::COPYRIGHT) {
            reading.copyright = Some(condensed(notice));
        }
        if self.cut {
            reading.warnings.push("the article is longer than is read: its end is missing".to_owned());
        }
    }
}

/// What a site marks in its bodies in a way of its own.
#[derive(Default)]
pub(crate) struct Marks<'a> {
    /// Elements that are none of the text.
    pub(crate) left_out: Vec<&'a Selector>,
    /// Elements that hold the words of the picture before them.
    pub(crate) captions: Vec<&'a Selector>,
}

impl Marks<'_> {
    fn is_any(selectors: &[&Selector], element: ElementRef<'_>) -> bool {
        selectors.iter().any(|selector| selector.matches(&element))
    }
}

/// One thing met on the way through the markup.
enum Piece {
    Text { words: String, bold: bool, centred: bool },
    Break,
    Picture { url: String, caption: String },
    Caption(String),
    Table(Vec<Vec<String>>),
}

pub(crate) fn read(document: &Document<'_>, root: ElementRef<'_>) -> Body {
    read_marked(document, root, &Marks::default())
}

pub(crate) fn read_marked(document: &Document<'_>, root: ElementRef<'_>, marks: &Marks<'_>) -> Body {
    let mut walker = Walker { document, marks, pieces: Vec::new() };
    let (mut bold, mut centred, mut cut) = (0_usize, 0_usize, false);
    walk(root, |step| {
        cut |= walker.pieces.len() > MOST_BLOCKS * 8;
        match step {
            Step::Enter(_) if cut => false,
            Step::Text(words) => {
                if !cut {
                    walker.pieces.push(Piece::Text {
                        words: words.to_owned(),
                        bold: bold > 0,
                        centred: centred > 0,
                    });
                }
                false
            }
            Step::Enter(element) => {
                let enter = walker.enter(element);
                bold += usize::from(enter && is_bold(element));
                centred += usize::from(enter && is_centred(element));
                enter
            }
            Step::Leave(element) => {
                walker.leave(element);
                bold -= usize::from(is_bold(element));
                centred -= usize::from(is_centred(element));
                false
            }
        }
    });
    let mut body = compose(walker.pieces);
    body.cut |= cut;
    body
}

struct Walker<'a> {
    document: &'a Document<'a>,
    marks: &'a Marks<'a>,
    pieces: Vec<Piece>,
}

impl Walker<'_> {
    /// Says whether to go into an element.
    fn enter(&mut self, element: ElementRef<'_>) -> bool {
        let name = element.value().name();
        if is_silent(element)
            || is_symbol_font(element)
            || matches!(name, "input" | "button" | "map" | "link" | "meta")
            || name == "form" && line(element).chars().count() < LONGEST_FORM
            || is_hidden(element)
            || Marks::is_any(&self.marks.left_out, element)
        {
            return false;
        }
        match name {
            "br" | "hr" => {
                self.pieces.push(Piece::Break);
                return false;
            }
            "img" => {
                self.picture(element);
                return false;
            }
            "table" => {
                if let Some(rows) = data_table(element) {
                    self.pieces.push(Piece::Table(rows));
                    return false;
                }
                self.pieces.push(Piece::Break);
            }
            _ if is_caption(element) || Marks::is_any(&self.marks.captions, element) => {
                let words = line(element);
                let holds_picture = element.select(selector("img")).next().is_some();
                if !holds_picture && !words.is_empty() && words.chars().count() <= LONGEST_CAPTION {
                    self.pieces.push(Piece::Caption(words));
                    return false;
                }
                self.pieces.push(Piece::Break);
            }
            _ if is_block(name) => self.pieces.push(Piece::Break),
            _ => {}
        }
        true
    }

    fn leave(&mut self, element: ElementRef<'_>) {
        if is_block(element.value().name()) {
            self.pieces.push(Piece::Break);
        }
    }

    fn picture(&mut self, picture: ElementRef<'_>) {
        let Some(src) = picture_source(picture) else { return };
        if is_chrome(picture, src) {
            return;
        }
        let Some(mut url) = self.document.resolve(src) else { return };
        // X.jpg.1 is a smaller copy of X.jpg.
        if let Some(full) = url.path_segments().and_then(|mut segments| full_size(segments.next_back()?)) {
            url = url.join(full).unwrap_or(url.clone());
        }
        // A template's picture table says which of its rows are captions.
        let in_table =
            picture.ancestors().filter_map(ElementRef::wrap).take(8).find(|around| is_picture_table(*around));
        let caption =
            picture.attribute("title").map(squeeze).filter(|_| in_table.is_none()).unwrap_or_default();
        self.pieces.push(Piece::Picture { url: url.into(), caption });
    }
}

fn is_bold(element: ElementRef<'_>) -> bool {
    let style = || element.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    matches!(element.value().name(), "strong" | "b" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        || style().contains("font-weight:bold")
        || style().contains("font-weight:700")
}

fn is_centred(element: ElementRef<'_>) -> bool {
    element.value().name() == "center"
        || element.attribute("align").is_some_and(|align| align.trim().eq_ignore_ascii_case("center"))
        || element
            .attribute("style")
            .is_some_and(|style| style.to_ascii_lowercase().replace(' ', "").contains("text-align:center"))
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    element
        .attribute("style")
        .is_some_and(|style| style.to_ascii_lowercase().replace(' ', "").contains("display:none"))
}

/// A template's own pictures: icons, rules, single pixels.
fn is_chrome(picture: ElementRef<'_>, src: &str) -> bool {
    let src = src.to_ascii_lowercase();
    let tiny = |name: &str| {
        picture.attribute(name).is_some_and(|value| {
            pixels(Some(value)).map_or(value.trim() == "1" || value.trim() == "0", |side| side < 24.0)
        })
    };
    [
        "tplimg",
        "/images/icon",
        "icon_",
        "/share",
        "blank.gif",
        "spacer",
        "logo.",
        "weixin",
        "qrcode",
        "erweima",
    ]
    .iter()
    .any(|part| src.contains(part))
        || src.starts_with("data:")
        || tiny("width")
        || tiny("height")
        || picture.attribute("usemap").is_some()
}

fn is_picture_table(element: ElementRef<'_>) -> bool {
    let named = |value: Option<&str>| {
        value.is_some_and(|value| matches!(value.trim().to_ascii_lowercase().as_str(), "newspic" | "pci_c"))
    };
    element.value().name() == "table" && (named(element.attribute("id")) || named(element.attribute("class")))
}

/// Rows and blocks that templates mark as a picture's words, and rows of picture tables.
fn is_caption(element: ElementRef<'_>) -> bool {
    let class = element.attribute("class").unwrap_or_default().to_ascii_lowercase();
    let by_class =
        ["tushuo", "tuzhu", "pictext", "pic-text", "pic_text", "caption", "zhushi", "picdesc", "imgtext"]
            .iter()
            .any(|name| class.contains(name));
    let name = element.value().name();
    if by_class || name == "figcaption" {
        return true;
    }
    let row = matches!(name, "tr" | "td" | "p");
    row && element.ancestors().filter_map(ElementRef::wrap).take(8).any(is_picture_table)
        && element.select(selector("img")).next().is_none()
}

/// A table of data: several rows of several short cells, nothing nested, no pictures.
fn data_table(table: ElementRef<'_>) -> Option<Vec<Vec<String>>> {
    const MOST_ROWS: usize = 500;
    const LONGEST_CELL: usize = 80;
    if table.select(selector("table, img, p + p + p")).next().is_some() || is_picture_table(table) {
        return None;
    }
    let rows: Vec<Vec<String>> = table
        .select(selector("tr"))
        .take(MOST_ROWS)
        .map(|row| {
            row.child_elements()
                .filter(|cell| matches!(cell.value().name(), "td" | "th"))
                .take(40)
                .map(line)
                .collect()
        })
        .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()))
        .collect();
    let wide = rows.iter().filter(|row| row.len() >= 2).count();
    let short = rows.iter().flatten().all(|cell| cell.chars().count() <= LONGEST_CELL);
    (rows.len() >= 2 && wide * 2 > rows.len() && short).then_some(rows)
}

/// Lines first, then what each line is.
fn compose(pieces: Vec<Piece>) -> Body {
    let mut body = Body::default();
    let mut current = String::new();
    let mut style = Style::default();
    for piece in pieces {
        if let Piece::Text { words, bold, centred } = &piece {
            if !words.trim().is_empty() {
                style.meet(*bold, *centred);
            }
            current.push_str(words);
            continue;
        }
        body.line(&std::mem::take(&mut current), std::mem::take(&mut style));
        match piece {
            Piece::Picture { url, caption } => body.blocks.push(Block::Picture { url, caption }),
            Piece::Caption(words) => body.caption(words),
            Piece::Table(rows) => body.blocks.push(Block::Table { rows }),
            Piece::Text { .. } | Piece::Break => {}
        }
    }
    body.line(&current, style);
    body.take_editor_mark();
    drop_repeats(&mut body.blocks);
    settle_subheadings(&mut body.blocks);
    body
}

/// How a whole line is set.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    any: bool,
    bold: bool,
    centred: bool,
}

impl Style {
    fn meet(&mut self, bold: bool, centred: bool) {
        self.bold = bold && (self.bold || !self.any);
        self.centred = centred && (self.centred || !self.any);
        self.any = true;
    }
}

/// Where most lines are set like subheadings none of them is one: a poem, a list of names. Nor is the last
/// line, which has nothing to stand over.
fn settle_subheadings(blocks: &mut [Block]) {
    let is_subheading = |block: &Block| matches!(block, Block::Subheading { .. });
    let subheadings = blocks.iter().filter(|block| is_subheading(block)).count();
    let others = blocks
        .iter()
        .filter(|block| !is_subheading(block) && !matches!(block, Block::Picture { .. }))
        .count();
    let last = blocks.iter().rposition(|block| !matches!(block, Block::Picture { .. }));
    for (at, block) in blocks.iter_mut().enumerate() {
        if let Block::Subheading { text } = block
            && (subheadings > others || Some(at) == last)
        {
            *block = Block::Paragraph { text: std::mem::take(text) };
        }
    }
}

static INDENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[\u{3000}\u{a0}][ \t]?){2,}|[\r\n][ \t]*\u{3000}").expect("a sound pattern")
});

/// Parts of a run of text that begin with an indent. Blanks within a line (a poem's, "记者　　某某") are no indent:
/// one begins a paragraph at the line's start, behind a sentence that has ended, or on a new line of the source.
fn indented_parts(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for indent in INDENT.find_iter(words) {
        let before = words[start..indent.start()].trim_end();
        let ended = before.is_empty() || ends_a_sentence(before) || indent.as_str().starts_with(['\r', '\n']);
        let new_line = words[start..indent.start()].ends_with(['\r', '\n']);
        if ended || new_line {
            parts.push(&words[start..indent.start()]);
            start = indent.end();
        }
    }
    parts.push(&words[start..]);
    parts
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '”', '」', '』', '）', ')', '…', '.', '：', ':', '；', '!', '?'])
}

/// Text on one line. A line break of the source between two Chinese characters is no blank.
fn joined(words: &str) -> String {
    let wide = |c: char| c >= '\u{2e80}' || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…');
    let mut text = String::with_capacity(words.len());
    for part in words.split(['\r', '\n']).map(squeeze).filter(|part| !part.is_empty()) {
        let close = text.ends_with(wide) && part.starts_with(wide);
        if !text.is_empty() && !close {
            text.push(' ');
        }
        text.push_str(&part);
    }
    text
}

/// Whether a line that follows a picture says what is on it, or who took it.
fn reads_like_caption(text: &str, centred: bool) -> bool {
    static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[（(【\[▲△▼▽↑↓←→◀▶●■]*\s*(?:图为|图[一二三四五六七八九十\d]*[:：]|图片说明|图片[:：]|图片来源|[上下左右题]图|资料图|制图|漫画[:：])|^[▲△▼▽↑↓←→]|(?:摄影?|摄影报道|供图|资料图片?|资料片|新华社发|[/／]图|[/／]摄|制图|图片)\s*[）)】\]]?。?$|[（(][^）)]{0,20}提供[）)]$")
            .expect("a sound pattern")
    });
    let length = text.chars().count();
    length <= 150 && CAPTION.is_match(text) || centred && length <= 80
}

impl Body {
    /// A run of text up to the next break. A two-character indent within it begins a paragraph.
    fn line(&mut self, words: &str, style: Style) {
        for part in indented_parts(words) {
            let text = joined(part);
            if text.is_empty() {
                continue;
            }
            if self.blocks.len() >= MOST_BLOCKS {
                self.cut = true;
                return;
            }
            self.paragraph(text, style);
        }
    }

    fn paragraph(&mut self, text: String, style: Style) {
        if let Some(rule) = furniture::rule_for(&text) {
            self.furniture.push((rule, text));
            return;
        }
        if let Some(Block::Picture { caption, .. }) = self.blocks.last_mut()
            && caption.is_empty()
            && reads_like_caption(&text, style.centred && !style.bold)
        {
            *caption = text;
            return;
        }
        let short = text.chars().count() <= LONGEST_SUBHEADING;
        let running = ends_a_sentence(&text) || text.ends_with(['，', '、', '；']);
        let set_apart = style.bold || style.centred;
        self.blocks.push(if is_editor_note(&text) {
            Block::EditorNote { text }
        } else if set_apart && short && !running && !is_worded_like_byline(&text) {
            Block::Subheading { text }
        } else {
            Block::Paragraph { text }
        });
    }

    /// Words that a template gives to the picture before them.
    fn caption(&mut self, words: String) {
        if let Some(rule) = furniture::rule_for(&words) {
            self.furniture.push((rule, words));
            return;
        }
        match self.blocks.last_mut() {
            Some(Block::Picture { caption, .. }) if caption.is_empty() => *caption = words,
            Some(Block::Picture { caption, .. }) if caption.chars().count() < LONGEST_CAPTION => {
                caption.push(' ');
                caption.push_str(&words);
            }
            _ => self.paragraph(words, Style::default()),
        }
    }

    /// "①2" at the body's end is what the page's editor wrote to the composing room.
    fn take_editor_mark(&mut self) {
        static MARK: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\s*((?:[①-⑳㉑-㉟❶-❿]\s?)+\d{0,3})$").expect("a sound pattern"));
        let Some(at) = self
            .blocks
            .iter()
            .rposition(|block| matches!(block, Block::Paragraph { .. } | Block::Subheading { .. }))
        else {
            return;
        };
        let (Block::Paragraph { text } | Block::Subheading { text }) = &mut self.blocks[at] else { return };
        let Some(found) = MARK
            .captures(text)
            .and_then(|found| Some((found.get(0)?.start(), found.get(1)?.as_str().to_owned())))
        else {
            return;
        };
        let (start, mark) = found;
        // "……见表①" is the text's own: a mark stands behind a sentence that has ended, or alone.
        let before = text[..start].trim_end();
        if !before.is_empty()
            && !before.ends_with(['。', '！', '？', '”', '）', ')', '…', '.', '」', '】', '〕'])
        {
            return;
        }
        text.truncate(before.len());
        let empty = text.is_empty();
        self.editor_mark = Some(mark.chars().filter(|c| !c.is_whitespace()).collect());
        if empty {
            self.blocks.remove(at);
        }
    }
}

fn is_editor_note(text: &str) -> bool {
    let start: String = text
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '【' | '[' | '［' | '(' | '（' | '■' | '●' | '◆' | '▲' | '◎' | '□' | ' ' | '\u{3000}'
            )
        })
        .take(8)
        .collect();
    ["编者按", "编者的话", "编前语", "编后语", "编前话", "编辑手记", "开栏的话", "开栏语", "编后"]
        .iter()
        .any(|opening| start.starts_with(opening))
}

/// A picture that a template shows twice, in the table and in the text, is one.
fn drop_repeats(blocks: &mut Vec<Block>) {
    let mut seen = HashSet::new();
    blocks.retain(|block| match block {
        Block::Picture { url, .. } => seen.insert(url.clone()),
        _ => true,
    });
}
