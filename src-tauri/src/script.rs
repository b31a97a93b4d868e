//! 简 and 繁: text shown in the script that the reader chose. What is kept is never converted.

use crate::commands::settings::settings_of;
use crate::view::{ArticleCard, ArticleView, BlockView, IssueView, Script};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use kanbao_library::Library;
use std::sync::LazyLock;

/// Reading the dictionaries takes a moment, so once, when first asked for.
static TO_SIMPLIFIED: LazyLock<Option<OpenCC>> = LazyLock::new(|| dictionary(BuiltinConfig::T2s));
static TO_TRADITIONAL: LazyLock<Option<OpenCC>> = LazyLock::new(|| dictionary(BuiltinConfig::S2t));

fn dictionary(which: BuiltinConfig) -> Option<OpenCC> {
    match OpenCC::from_config(which) {
        Ok(dictionary) => Some(dictionary),
        Err(error) => {
            tracing::error!(%error, "the dictionary could not be read: text stays as printed");
            None
        }
    }
}

impl Script {
    /// The one that the reader chose.
    pub(crate) fn chosen(library: &Library) -> Self {
        settings_of(library).script
    }

    pub(crate) fn convert(self, text: &str) -> String {
        let dictionary = match self {
            Self::AsPrinted => None,
            Self::Simplified => TO_SIMPLIFIED.as_ref(),
            Self::Traditional => TO_TRADITIONAL.as_ref(),
        };
        dictionary.map_or_else(|| text.to_owned(), |dictionary| dictionary.convert(text))
    }

    fn rewrite(self, text: &mut String) {
        if self != Self::AsPrinted {
            *text = self.convert(text);
        }
    }
}

/// What the window shows of a newspaper's words. A copyright line is the owner's own and stays as it is.
pub(crate) trait Written {
    fn in_script(self, script: Script) -> Self;
}

impl Written for IssueView {
    fn in_script(mut self, script: Script) -> Self {
        script.rewrite(&mut self.name);
        for page in &mut self.pages {
            script.rewrite(&mut page.name);
        }
        for link in &mut self.links {
            script.rewrite(&mut link.name);
        }
        for ArticleCard { kicker, headline, subheadline, byline, .. } in &mut self.articles {
            for deck in [kicker, headline, subheadline, byline] {
                script.rewrite(deck);
            }
        }
        self
    }
}

impl Written for ArticleView {
    fn in_script(mut self, script: Script) -> Self {
        for words in [
            &mut self.publication_name,
            &mut self.kicker,
            &mut self.headline,
            &mut self.subheadline,
            &mut self.byline,
        ] {
            script.rewrite(words);
        }
        for block in &mut self.blocks {
            match block {
                BlockView::Paragraph { text }
                | BlockView::Subheading { text }
                | BlockView::EditorNote { text }
                | BlockView::Picture { caption: text, .. } => script.rewrite(text),
                BlockView::Table { rows } => {
                    for cell in rows.iter_mut().flatten() {
                        script.rewrite(cell);
                    }
                }
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_decide_where_one_character_is_two() {
        for (simplified, traditional) in [
            ("头发发芽", "頭髮發芽"),
            ("皇后在后面", "皇后在後面"),
            ("干部晒干菜", "幹部曬乾菜"),
            ("里程和家里", "里程和家裏"),
            ("图书馆的夜读灯，亮到了十点。", "圖書館的夜讀燈，亮到了十點。"),
        ] {
            assert_eq!(Script::Traditional.convert(simplified), traditional);
            assert_eq!(Script::Simplified.convert(traditional), simplified);
        }
    }

    #[test]
    fn what_is_no_character_of_either_script_stays() {
        for text in ["", "ABC 123\n", "𠮷野家", "\u{e000}", "①2 · “口口”"] {
            for script in [Script::AsPrinted, Script::Simplified, Script::Traditional] {
                assert_eq!(script.convert(text), text);
            }
        }
        assert_eq!(Script::AsPrinted.convert("头发與頭髮"), "头发與頭髮");
    }

    #[test]
    fn every_word_of_an_article_is_converted_and_its_owner_s_line_is_not() {
        let words = || "图书馆".to_owned();
        let article = ArticleView {
            id: "1".into(),
            publication: "slrb".into(),
            publication_name: words(),
            date: "2026-11-24".into(),
            pages: vec!["01".into()],
            kicker: words(),
            headline: words(),
            subheadline: words(),
            byline: words(),
            blocks: vec![
                BlockView::Paragraph { text: words() },
                BlockView::Subheading { text: words() },
                BlockView::EditorNote { text: words() },
                BlockView::Picture { picture: None, caption: words() },
                BlockView::Table { rows: vec![vec![words(), words()]] },
            ],
            url: "http://example.cn/图书馆".into(),
            copyright: Some("图书馆版权所有".into()),
            previous: None,
            next: None,
        };
        let shown = serde_json::to_string(&article.in_script(Script::Traditional)).unwrap();
        assert_eq!(shown.matches("圖書館").count(), 11, "{shown}");
        assert_eq!(shown.matches("图书馆").count(), 2, "{shown}");
    }
}
