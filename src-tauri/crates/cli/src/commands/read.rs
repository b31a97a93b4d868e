//! `kanbao read`: one article as plain text, Markdown or HTML, always with where it is from.

use crate::arguments::{Format, Read};
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use kanbao_library::{ArticleId, KeptArticle};
use kanbao_newspaper::Block;
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context, arguments: &Read) -> Result<ExitCode, CliError> {
    let id: ArticleId =
        arguments.article.parse().map_err(|_| CliError::BadArticle(arguments.article.clone()))?;
    let kept = context.library()?.article(id)?;
    if context.json {
        output::json(&document(&kept, arguments.format));
    } else {
        output::line(&written(&kept, arguments.format));
    }
    Ok(ExitCode::SUCCESS)
}

fn written(kept: &KeptArticle, format: Format) -> String {
    match format {
        Format::Text => text(kept),
        Format::Markdown => markdown(kept),
        Format::Html => html(kept),
    }
}

fn document(kept: &KeptArticle, format: Format) -> serde_json::Value {
    let decks = &kept.article.decks;
    json!({
        "id": kept.id,
        "publication": kept.publication,
        "name": kept.publication_name,
        "date": kept.date,
        "pages": kept.pages,
        "kicker": decks.kicker,
        "headline": decks.headline,
        "subheadline": decks.subheadline,
        "byline": decks.byline,
        "body": kept.article.body(),
        "blocks": kept.article.blocks,
        "editorMark": kept.article.editor_mark,
        "characters": kept.article.characters(),
        "pictures": kept.pictures.iter().map(|picture| json!({
            "url": picture.url,
            "kept": picture.blob.is_some(),
        })).collect::<Vec<_>>(),
        "format": match format { Format::Text => "text", Format::Markdown => "markdown", Format::Html => "html" },
        "text": written(kept, format),
        "url": kept.url,
        "copyright": kept.copyright,
        "previous": kept.previous,
        "next": kept.next,
    })
}

/// 《示例日报》2026年11月24日 第01版
fn citation(kept: &KeptArticle) -> String {
    let date = kept.date;
    let pages = kept.pages.join("、");
    format!("《{}》{}年{}月{}日 第{pages}版", kept.publication_name, date.year(), date.month(), date.day())
}

/// The lines at the end of every export.
fn origin(kept: &KeptArticle) -> Vec<&str> {
    let copyright = kept.copyright.as_deref().filter(|line| !line.is_empty());
    copyright.into_iter().chain(std::iter::once(kept.url.as_str())).collect()
}

fn text(kept: &KeptArticle) -> String {
    let decks = &kept.article.decks;
    let mut lines: Vec<String> = [&decks.kicker, &decks.headline, &decks.subheadline, &decks.byline]
        .into_iter()
        .filter(|line| !line.is_empty())
        .cloned()
        .collect();
    lines.push(citation(kept));
    lines.push(String::new());
    for block in &kept.article.blocks {
        match block {
            Block::Paragraph { text } => lines.push(format!("　　{text}")),
            Block::Subheading { text } => lines.extend([String::new(), text.clone(), String::new()]),
            Block::EditorNote { text } => lines.push(format!("　　【{text}】")),
            Block::Picture { caption, .. } if caption.is_empty() => lines.push("[图]".into()),
            Block::Picture { caption, .. } => lines.push(format!("[图] {caption}")),
            Block::Table { rows } => lines.extend(rows.iter().map(|row| row.join("\t"))),
        }
    }
    lines.push(String::new());
    lines.extend(origin(kept).into_iter().map(str::to_owned));
    lines.join("\n")
}

fn markdown(kept: &KeptArticle) -> String {
    let decks = &kept.article.decks;
    let mut parts = Vec::new();
    let deck = |text: &str, mark: &str| {
        let one_line = text.replace('\n', " ");
        (!one_line.is_empty()).then(|| format!("{mark}{}", escape_markdown(&one_line)))
    };
    parts.extend(deck(&decks.kicker, "### "));
    parts.extend(deck(&decks.headline, "# "));
    parts.extend(deck(&decks.subheadline, "### "));
    parts.extend(deck(&decks.byline, ""));
    parts.push(citation(kept));
    for block in &kept.article.blocks {
        parts.push(match block {
            Block::Paragraph { text } => escape_markdown(text),
            Block::Subheading { text } => format!("## {}", escape_markdown(text)),
            Block::EditorNote { text } => format!("> {}", escape_markdown(text).replace('\n', "\n> ")),
            Block::Picture { url, caption } => {
                format!(
                    "![{}](<{}>)",
                    escape_markdown(&caption.replace('\n', " ")),
                    url.replace(['<', '>'], "")
                )
            }
            Block::Table { rows } => markdown_table(rows),
        });
    }
    parts.push(origin(kept).into_iter().map(escape_markdown).collect::<Vec<_>>().join("\n\n"));
    parts.join("\n\n")
}

fn markdown_table(rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let line = |row: &[String]| {
        let cells = (0..width).map(|column| {
            let cell = row.get(column).map_or("", String::as_str);
            escape_markdown(&cell.replace('\n', " ")).replace('|', "\\|")
        });
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
    if !lines.is_empty() {
        lines.insert(1, format!("|{}", " --- |".repeat(width)));
    }
    lines.join("\n")
}

fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn html(kept: &KeptArticle) -> String {
    let decks = &kept.article.decks;
    let element = |tag: &str, class: &str, text: &str| {
        if text.is_empty() {
            return String::new();
        }
        let lines = text.lines().map(escape_html).collect::<Vec<_>>().join("<br>");
        format!("<{tag} class=\"{class}\">{lines}</{tag}>\n")
    };
    let mut body = String::new();
    body += &element("p", "kicker", &decks.kicker);
    body += &element("h1", "headline", &decks.headline);
    body += &element("p", "subheadline", &decks.subheadline);
    body += &element("p", "byline", &decks.byline);
    body += &element("p", "citation", &citation(kept));
    for block in &kept.article.blocks {
        body += &match block {
            Block::Paragraph { text } => element("p", "paragraph", text),
            Block::Subheading { text } => element("h2", "subheading", text),
            Block::EditorNote { text } => element("blockquote", "editor-note", text),
            Block::Picture { url, caption } => format!(
                "<figure><img src=\"{}\" alt=\"\"><figcaption>{}</figcaption></figure>\n",
                escape_html(url),
                escape_html(caption)
            ),
            Block::Table { rows } => {
                let row = |cells: &Vec<String>| {
                    let cells = cells.iter().map(|cell| format!("<td>{}</td>", escape_html(cell)));
                    format!("<tr>{}</tr>", cells.collect::<String>())
                };
                format!("<table>{}</table>\n", rows.iter().map(row).collect::<String>())
            }
        };
    }
    for line in origin(kept) {
        body += &element("p", "origin", line);
    }
    let title = escape_html(&decks.headline);
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n<article>\n{body}</article>\n</body>\n</html>"
    )
}

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kanbao_newspaper::{Article, Decks};

    fn kept() -> KeptArticle {
        KeptArticle {
            id: ArticleId(2_026_112_400_001),
            publication: "slrb".into(),
            publication_name: "示例日报".into(),
            date: jiff::civil::date(2026, 11, 24),
            pages: vec!["01".into(), "03".into()],
            article: Article {
                decks: Decks {
                    kicker: "引题".into(),
                    headline: "标题 <b> & *号*".into(),
                    subheadline: "副题一\n副题二".into(),
                    byline: "本报记者 甲".into(),
                },
                blocks: vec![
                    Block::Paragraph { text: "第一段<script>".into() },
                    Block::Subheading { text: "小标题".into() },
                    Block::EditorNote { text: "编者按".into() },
                    Block::Picture { url: "http://a/\"x\".jpg".into(), caption: "图注".into() },
                    Block::Table { rows: vec![vec!["甲".into(), "乙|丙".into()], vec!["一".into()]] },
                ],
                editor_mark: None,
            },
            pictures: Vec::new(),
            url: "http://sample.example/content_1.htm".into(),
            copyright: Some("示例日报社版权所有".into()),
            previous: None,
            next: None,
        }
    }

    #[test]
    fn every_format_says_where_it_is_from() {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let text = written(&kept(), format);
            assert!(text.contains("《示例日报》2026年11月24日 第01、03版"), "{text}");
            assert!(text.contains("示例日报社版权所有"), "{text}");
            assert!(text.contains("小标题") && text.contains("图注"), "{text}");
        }
    }

    #[test]
    fn nothing_of_the_text_becomes_markup() {
        let html = html(&kept());
        assert!(html.contains("第一段&lt;script&gt;") && !html.contains("<script>"));
        assert!(html.contains("src=\"http://a/&quot;x&quot;.jpg\""));
        let markdown = markdown(&kept());
        assert!(markdown.contains("标题 \\<b\\> & \\*号\\*"), "{markdown}");
        assert!(markdown.contains("| 甲 | 乙\\|丙 |\n| --- | --- |\n| 一 |  |"), "{markdown}");
    }
}
