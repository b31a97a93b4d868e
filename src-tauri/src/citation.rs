//! An article as it leaves the program: never without where it is from and whose it is.

use crate::view::{ArticleView, BlockView};
use kanbao_newspaper::Date;

/// 《示例日报》2026年11月24日 第01版、第04版
pub(crate) fn origin(publication: &str, date: Date, pages: &[String]) -> String {
    let pages = pages.iter().map(|number| format!("第{number}版")).collect::<Vec<_>>().join("、");
    let day = format!("{}年{}月{}日", date.year(), date.month(), date.day());
    format!("《{publication}》{day} {pages}").trim_end().to_owned()
}

/// Where an article is from, in lines: what it is called, its paper, date and page, and its owner.
pub(crate) fn citation(article: &ArticleView, date: Date) -> String {
    let origin = origin(&article.publication_name, date, &article.pages);
    let headline = one_line(&article.headline);
    let called = if headline.is_empty() { origin } else { format!("{headline}\n{origin}") };
    [Some(called), article.copyright.clone()].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The whole text, its decks above it and its citation below.
pub(crate) fn text(article: &ArticleView, date: Date) -> String {
    let decks = [&article.kicker, &article.headline, &article.subheadline, &article.byline];
    let mut text = String::new();
    for deck in decks.into_iter().filter(|deck| !deck.is_empty()) {
        text.push_str(deck);
        text.push('\n');
    }
    for block in &article.blocks {
        match block {
            BlockView::Paragraph { text: words } => {
                for line in words.lines() {
                    text.push_str(&format!("\n　　{line}"));
                }
            }
            BlockView::Subheading { text: words } | BlockView::EditorNote { text: words } => {
                text.push_str(&format!("\n\n{words}\n"));
            }
            BlockView::Picture { caption, .. } if caption.is_empty() => {}
            BlockView::Picture { caption, .. } => text.push_str(&format!("\n［图］{caption}")),
            BlockView::Table { rows } => {
                for row in rows {
                    text.push_str(&format!("\n{}", row.join("\t")));
                }
            }
        }
    }
    format!("{}\n\n——{}\n", text.trim_matches('\n'), citation(article, date))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn article() -> ArticleView {
        let words = |text: &str| text.to_owned();
        ArticleView {
            id: words("2026112400001"),
            publication: words("slrb"),
            publication_name: words("示例日报"),
            date: words("2026-11-24"),
            pages: vec![words("01"), words("04")],
            kicker: words("河边的灯"),
            headline: words("沿河书屋\n开门"),
            subheadline: String::new(),
            byline: words("本报记者 林晓"),
            blocks: vec![
                BlockView::EditorNote { text: words("编者按：一条河。") },
                BlockView::Paragraph { text: words("第一段。") },
                BlockView::Subheading { text: words("灯") },
                BlockView::Picture { picture: Some(0), caption: words("夜读。") },
                BlockView::Picture { picture: Some(1), caption: String::new() },
                BlockView::Table { rows: vec![vec![words("一"), words("二")]] },
                BlockView::Paragraph { text: words("第二段。") },
            ],
            url: words("http://example.cn/1.htm"),
            copyright: Some(words("示例日报社版权所有")),
            previous: None,
            next: None,
        }
    }

    #[test]
    fn nothing_leaves_without_its_origin_and_owner() {
        let date = "2026-11-24".parse().unwrap();
        assert_eq!(
            text(&article(), date),
            "河边的灯\n沿河书屋\n开门\n本报记者 林晓\n\n\n编者按：一条河。\n\n　　第一段。\n\n灯\n\n［图］夜读。\n一\t二\n　　第二段。\n\n\
             ——沿河书屋 开门\n《示例日报》2026年11月24日 第01版、第04版\n示例日报社版权所有\n"
        );
        assert_eq!(
            citation(&article(), date),
            "沿河书屋 开门\n《示例日报》2026年11月24日 第01版、第04版\n示例日报社版权所有"
        );
        let bare = ArticleView { headline: String::new(), copyright: None, blocks: Vec::new(), ..article() };
        assert_eq!(citation(&bare, date), "《示例日报》2026年11月24日 第01版、第04版");
    }
}
