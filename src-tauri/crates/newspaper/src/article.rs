//! An article: its decks, who wrote it, and its body as blocks.

use serde::{Deserialize, Serialize};

/// The lines that stand over a body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Decks {
    /// 引题, 肩题: the line above the headline.
    pub kicker: String,
    /// 标题. Empty for a picture without words.
    pub headline: String,
    /// 副题: the lines below the headline, joined with line breaks.
    pub subheadline: String,
    /// 作者: as printed.
    pub byline: String,
}

/// One part of a body, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Block {
    Paragraph {
        text: String,
    },
    /// 小标题.
    Subheading {
        text: String,
    },
    /// 编者按: the editor's own word, set apart from the text.
    EditorNote {
        text: String,
    },
    /// A picture by the address it was published at, with the words under it.
    Picture {
        url: String,
        caption: String,
    },
    /// Rows of cells.
    Table {
        rows: Vec<Vec<String>>,
    },
}

impl Block {
    /// The block's words, for counting and searching; a table's cells are separated by tabs.
    pub fn text(&self) -> String {
        match self {
            Self::Paragraph { text } | Self::Subheading { text } | Self::EditorNote { text } => text.clone(),
            Self::Picture { caption, .. } => caption.clone(),
            Self::Table { rows } => rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// An article as it was published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Article {
    #[serde(flatten)]
    pub decks: Decks,
    pub blocks: Vec<Block>,
    /// What the page's editor left at the body's end (①2), kept apart from the reader's text.
    pub editor_mark: Option<String>,
}

impl Article {
    /// Characters of the body that are not blank: what a newspaper counts as its length.
    pub fn characters(&self) -> usize {
        let words = self.blocks.iter().filter(|block| !matches!(block, Block::Picture { .. }));
        words.map(|block| block.text().chars().filter(|c| !c.is_whitespace()).count()).sum()
    }

    /// The pictures' addresses, in order.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Picture { url, .. } => Some(url.as_str()),
            _ => None,
        })
    }

    /// The body's words, a block a line, without the pictures' captions.
    pub fn body(&self) -> String {
        let words = self.blocks.iter().filter(|block| !matches!(block, Block::Picture { .. }));
        words.map(Block::text).collect::<Vec<_>>().join("\n")
    }
}
