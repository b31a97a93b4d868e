//! The layout file: which article stands where on which page, as a tree of rows and stacks.
//!
//! ```text
//! page 01 要闻 editor=沈若水
//!   row
//!     8 101 cols=4 head=46 pic=right:2
//!     4 stack
//!       102 cols=2 box
//!       103 cols=2
//!   ell 4
//!     104 cols=6
//!     105 cols=2
//! ```
//! Two blanks a level. A row's children begin with their share of the page's twelve units. An `ell`
//! is an article whose lower right corner, so many units wide, is given to another.

use super::TypesetError;
use super::fonts::Face;
use std::path::Path;

/// What text is set in, in points.
const BODY: f32 = 10.5;

/// A page as it is to be laid out.
pub(crate) struct Sheet {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) editor: String,
    /// 跨版: two pages printed as one.
    pub(crate) spread: bool,
    /// Given to the site as one large picture, without a PDF.
    pub(crate) picture_only: bool,
    pub(crate) root: Node,
}

pub(crate) enum Node {
    Stack(Vec<Node>),
    /// Children with their widths in units.
    Row(Vec<(u32, Node)>),
    Article {
        id: u32,
        style: Style,
    },
    Ell {
        id: u32,
        style: Style,
        units: u32,
        inner: Box<Node>,
    },
    /// A picture printed apart from its article's text, by the picture's place among its pictures.
    Picture {
        id: u32,
        index: usize,
        ratio: f32,
    },
    /// An advertisement: a drawing about this high.
    Poster {
        id: u32,
        scene: String,
        height: f32,
    },
    /// A strip naming what follows.
    Band {
        text: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Top,
    Middle,
    Bottom,
    /// The whole height of its columns.
    Side,
}

/// Where in an article a picture or table stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inset {
    pub(crate) place: Place,
    pub(crate) side: Side,
    /// Text columns; 0 for all.
    pub(crate) span: usize,
    pub(crate) ratio: f32,
}

#[derive(Debug, Clone)]
pub(crate) struct Style {
    pub(crate) columns: usize,
    pub(crate) head: f32,
    pub(crate) face: Face,
    pub(crate) centred: bool,
    pub(crate) boxed: bool,
    pub(crate) tint: Option<(u8, u8, u8)>,
    pub(crate) headline_ink: Option<(u8, u8, u8)>,
    pub(crate) pictures: Vec<Inset>,
    pub(crate) table: Option<Inset>,
    /// The headline runs down this side.
    pub(crate) vertical: Option<Side>,
    pub(crate) size: f32,
    /// Hairlines between the text's columns.
    pub(crate) rules: bool,
    /// How willingly it takes more or less height than it asks for.
    pub(crate) flex: f32,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            columns: 2,
            head: 24.0,
            face: Face::SongBlack,
            centred: true,
            boxed: false,
            tint: None,
            headline_ink: None,
            pictures: Vec::new(),
            table: None,
            vertical: None,
            size: BODY,
            rules: false,
            flex: 1.0,
        }
    }
}

struct Entry<'a> {
    number: usize,
    depth: usize,
    words: Vec<&'a str>,
}

struct Reader<'a> {
    path: &'a Path,
    entries: Vec<Entry<'a>>,
    at: usize,
    /// What a page's text is set in where its articles do not say.
    size: f32,
}

pub(crate) fn read(path: &Path) -> Result<Vec<Sheet>, TypesetError> {
    let text = super::read_text(path)?;
    let entries = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|(number, line)| Entry {
            number: number + 1,
            depth: (line.len() - line.trim_start().len()) / 2,
            words: line.split_whitespace().collect(),
        })
        .collect();
    let mut reader = Reader { path, entries, at: 0, size: BODY };
    let mut sheets = Vec::new();
    while reader.at < reader.entries.len() {
        sheets.push(reader.sheet()?);
    }
    Ok(sheets)
}

impl Reader<'_> {
    fn wrong(&self, line: usize, what: impl Into<String>) -> TypesetError {
        TypesetError::Layout { path: self.path.to_owned(), line, what: what.into() }
    }

    fn sheet(&mut self) -> Result<Sheet, TypesetError> {
        let (line, words) = (self.entries[self.at].number, self.entries[self.at].words.clone());
        let ["page", number, name, rest @ ..] = words.as_slice() else {
            return Err(self.wrong(line, "a page begins with: page NUMBER NAME"));
        };
        let mut sheet = Sheet {
            number: (*number).to_owned(),
            name: (*name).to_owned(),
            editor: String::new(),
            spread: false,
            picture_only: false,
            root: Node::Stack(Vec::new()),
        };
        self.size = BODY;
        for word in rest {
            match word.split_once('=') {
                Some(("editor", editor)) => editor.clone_into(&mut sheet.editor),
                Some(("size", size)) => {
                    self.size = size.parse().map_err(|_| self.wrong(line, "size is in points"))?;
                }
                None if *word == "spread" => sheet.spread = true,
                None if *word == "picture" => sheet.picture_only = true,
                _ => return Err(self.wrong(line, format!("{word:?} means nothing for a page"))),
            }
        }
        self.at += 1;
        sheet.root = Node::Stack(self.children(1)?.into_iter().map(|(_, node)| node).collect());
        Ok(sheet)
    }

    fn children(&mut self, depth: usize) -> Result<Vec<(u32, Node)>, TypesetError> {
        let mut children = Vec::new();
        while self.at < self.entries.len() && self.entries[self.at].depth >= depth {
            if self.entries[self.at].depth > depth {
                return Err(self.wrong(self.entries[self.at].number, "indented too far"));
            }
            children.push(self.node(depth, false)?);
        }
        Ok(children)
    }

    fn node(&mut self, depth: usize, in_row: bool) -> Result<(u32, Node), TypesetError> {
        let (line, mut words) = (self.entries[self.at].number, self.entries[self.at].words.clone());
        self.at += 1;
        let mut units = 0;
        if in_row {
            units =
                words[0].parse().map_err(|_| self.wrong(line, "in a row, a width in units comes first"))?;
            words.remove(0);
        }
        let number = |word: Option<&&str>| {
            let number: Option<u32> = word.and_then(|word| word.parse().ok());
            number.ok_or_else(|| self.wrong(line, "a number is missing"))
        };
        let node = match words.first().copied() {
            Some("stack") => {
                Node::Stack(self.children(depth + 1)?.into_iter().map(|(_, node)| node).collect())
            }
            Some("row") => {
                let mut row = Vec::new();
                while self.at < self.entries.len() && self.entries[self.at].depth == depth + 1 {
                    row.push(self.node(depth + 1, true)?);
                }
                Node::Row(row)
            }
            Some("ell") => {
                let units = number(words.get(1))?;
                let mut both = self.children(depth + 1)?.into_iter().map(|(_, node)| node);
                match (both.next(), both.next(), both.next()) {
                    (Some(Node::Article { id, style }), Some(inner), None) => {
                        Node::Ell { id, style, units, inner: Box::new(inner) }
                    }
                    _ => {
                        return Err(self.wrong(line, "an ell holds an article and what stands in its corner"));
                    }
                }
            }
            Some("pic") => Node::Picture {
                id: number(words.get(1))?,
                index: number(words.get(2))? as usize,
                ratio: words.get(3).and_then(|word| word.parse().ok()).unwrap_or(1.5),
            },
            Some("poster") => Node::Poster {
                id: number(words.get(1))?,
                scene: words.get(2).copied().unwrap_or_default().to_owned(),
                height: words.get(3).and_then(|word| word.parse().ok()).unwrap_or(150.0),
            },
            Some("band") => Node::Band { text: words[1..].join("　") },
            first => {
                let id = number(first.as_ref())?;
                let mut style = Style { size: self.size, ..Style::default() };
                for word in &words[1..] {
                    style.set(word).ok_or_else(|| self.wrong(line, format!("{word:?} is not a style")))?;
                }
                Node::Article { id, style }
            }
        };
        Ok((units, node))
    }
}

impl Style {
    fn set(&mut self, word: &str) -> Option<()> {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "cols" => self.columns = value.parse().ok().filter(|&columns| columns > 0)?,
            "head" => self.head = value.parse().ok()?,
            "size" => self.size = value.parse().ok()?,
            "flex" => self.flex = value.parse().ok()?,
            "face" => {
                self.face = match value {
                    "song" => Face::SongBlack,
                    "bold" => Face::SongBold,
                    "hei" => Face::HeiBold,
                    "black" => Face::HeiBlack,
                    "kai" => Face::Kai,
                    _ => return None,
                }
            }
            "left" => self.centred = false,
            "box" => self.boxed = true,
            "tint" => self.tint = Some(colour(value)?),
            "ink" => self.headline_ink = Some(colour(value)?),
            "rules" => self.rules = true,
            "vertical" => self.vertical = Some(side(value)?),
            "pic" => self.pictures = value.split(',').map(inset).collect::<Option<_>>()?,
            "table" => self.table = Some(inset(value)?),
            _ => return None,
        }
        Some(())
    }
}

fn side(word: &str) -> Option<Side> {
    match word {
        "left" => Some(Side::Left),
        "right" => Some(Side::Right),
        _ => None,
    }
}

fn colour(hex: &str) -> Option<(u8, u8, u8)> {
    let number = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
    Some(((number >> 16) as u8, (number >> 8) as u8, number as u8))
}

/// `top`, `right:2`, `foot-left:1:0.8`: place, columns, width over height.
fn inset(word: &str) -> Option<Inset> {
    let mut parts = word.split(':');
    let (place, side) = match parts.next()? {
        "top" | "left" => (Place::Top, Side::Left),
        "right" => (Place::Top, Side::Right),
        "middle-left" => (Place::Middle, Side::Left),
        "middle" | "middle-right" => (Place::Middle, Side::Right),
        "foot" | "foot-right" => (Place::Bottom, Side::Right),
        "foot-left" => (Place::Bottom, Side::Left),
        "side-left" => (Place::Side, Side::Left),
        "side-right" => (Place::Side, Side::Right),
        _ => return None,
    };
    let span = parts.next().map_or(Some(0), |span| span.parse().ok())?;
    let ratio = parts.next().map_or(Some(1.5), |ratio| ratio.parse().ok())?;
    Some(Inset { place, side, span, ratio })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Sheet>, TypesetError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("layout.txt");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn a_page_is_read_as_the_tree_it_is() {
        let sheets = read_text(
            "page 01 要闻 editor=甲\n  row\n    8 101 cols=4 pic=right:2:1.2\n    4 stack\n      ell 4\n        102\n        103 box\npage 04-05 特别 spread\n  104\n",
        )
        .unwrap();
        assert_eq!((sheets.len(), sheets[0].editor.as_str(), sheets[1].spread), (2, "甲", true));
        let Node::Stack(root) = &sheets[0].root else { panic!("a page is a stack") };
        let [Node::Row(row)] = &root[..] else { panic!("it holds a row") };
        assert!(matches!(&row[0], (8, Node::Article { id: 101, style }) if style.pictures[0].span == 2));
        let (4, Node::Stack(inner)) = &row[1] else { panic!("a stack of four units") };
        assert!(matches!(&inner[0], Node::Ell { id: 102, units: 4, .. }));
    }

    #[test]
    fn what_is_not_understood_is_told_by_its_line() {
        for (text, line) in [
            ("row\n", 1),
            ("page 01 要闻\n  101 colour=red\n", 2),
            ("page 01 要闻\n  row\n    stack\n", 3),
            ("page 01 要闻\n  ell 4\n    101\n", 2),
            ("page 01 要闻\n  101\n      102\n", 3),
        ] {
            let error = read_text(text).err().expect(text).to_string();
            assert!(error.contains(&format!("line {line}:")), "{text}: {error}");
        }
    }
}
