//! What the writers hand in: an issue's articles, from `articles.toml`.

use super::TypesetError;
use kanbao_newspaper::{Article, Block, Decks};
use serde::Deserialize;
use std::path::Path;

/// An issue before it is laid out.
pub(crate) struct Manuscript {
    pub(crate) publication: String,
    pub(crate) date: jiff::civil::Date,
    /// 总第…期.
    pub(crate) serial: u32,
    pub(crate) weather: String,
    pub(crate) copyright: String,
    pub(crate) articles: Vec<Piece>,
}

/// An article and what the layout needs to know beyond its text.
pub(crate) struct Piece {
    pub(crate) id: u32,
    pub(crate) article: Article,
    /// The headline as it is broken on paper.
    pub(crate) headline: Vec<String>,
    /// The scene behind every picture block, in order.
    pub(crate) scenes: Vec<String>,
    /// The article that this one goes on from.
    pub(crate) part_of: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueFile {
    publication: String,
    date: String,
    serial: u32,
    weather: String,
    copyright: String,
    article: Vec<ArticleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleFile {
    id: u32,
    #[serde(default)]
    kicker: String,
    /// With `|` where it is broken on paper.
    #[serde(default)]
    headline: String,
    #[serde(default)]
    subheadline: String,
    #[serde(default)]
    byline: String,
    /// A block a line: `## ` 小标题, `> ` 编者按, `![scene] caption`, `| cell | cell |`, or a paragraph.
    #[serde(default)]
    body: String,
    editor_mark: Option<String>,
    part_of: Option<u32>,
}

impl Manuscript {
    pub(crate) fn read(path: &Path) -> Result<Self, TypesetError> {
        let text = super::read_text(path)?;
        let wrong = |what: String| TypesetError::Manuscript { path: path.to_owned(), what };
        let file: IssueFile = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let date = file.date.parse().map_err(|_| wrong(format!("{:?} is not a date", file.date)))?;
        Ok(Self {
            publication: file.publication,
            date,
            serial: file.serial,
            weather: file.weather,
            copyright: file.copyright,
            articles: file.article.into_iter().map(Piece::from).collect(),
        })
    }

    pub(crate) fn piece(&self, id: u32) -> Result<&Piece, TypesetError> {
        self.articles.iter().find(|piece| piece.id == id).ok_or(TypesetError::NoArticle { id })
    }
}

impl From<ArticleFile> for Piece {
    fn from(file: ArticleFile) -> Self {
        let mut blocks = Vec::new();
        let mut scenes = Vec::new();
        for line in file.body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(text) = line.strip_prefix("## ") {
                blocks.push(Block::Subheading { text: text.to_owned() });
            } else if let Some(text) = line.strip_prefix("> ") {
                blocks.push(Block::EditorNote { text: text.to_owned() });
            } else if let Some((scene, caption)) =
                line.strip_prefix("![").and_then(|rest| rest.split_once(']'))
            {
                scenes.push(scene.to_owned());
                let url = format!("{}_{}.jpg", file.id, scenes.len());
                blocks.push(Block::Picture { url, caption: caption.trim().to_owned() });
            } else if line.starts_with('|') {
                let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
                match blocks.last_mut() {
                    Some(Block::Table { rows }) => rows.push(cells),
                    _ => blocks.push(Block::Table { rows: vec![cells] }),
                }
            } else {
                blocks.push(Block::Paragraph { text: line.to_owned() });
            }
        }
        let decks = Decks {
            kicker: file.kicker,
            headline: file.headline.replace('|', ""),
            subheadline: file.subheadline,
            byline: file.byline,
        };
        Self {
            id: file.id,
            article: Article { decks, blocks, editor_mark: file.editor_mark },
            headline: file.headline.split('|').filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            scenes,
            part_of: file.part_of,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_becomes_its_block() {
        let piece = Piece::from(ArticleFile {
            id: 7,
            kicker: String::new(),
            headline: "上句|下句".into(),
            subheadline: String::new(),
            byline: String::new(),
            body: "> 按语\n一段\n\n## 小标题\n![river] 图说\n| 甲 | 乙 |\n| 1 | 2 |\n".into(),
            editor_mark: None,
            part_of: None,
        });
        assert_eq!(piece.article.decks.headline, "上句下句");
        assert_eq!(piece.headline, ["上句", "下句"]);
        assert_eq!(piece.scenes, ["river"]);
        let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        let expected = [
            Block::EditorNote { text: "按语".into() },
            Block::Paragraph { text: "一段".into() },
            Block::Subheading { text: "小标题".into() },
            Block::Picture { url: "7_1.jpg".into(), caption: "图说".into() },
            Block::Table { rows: vec![row("甲", "乙"), row("1", "2")] },
        ];
        assert_eq!(piece.article.blocks, expected);
    }
}
