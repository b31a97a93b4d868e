//! The all-in-one document for telephones: every page a panel with its PDF in an attribute and its articles below,
//! no picture of any page; articles in a folder for each page.

use super::{BodyStyle, body, escape, headline};
use crate::manifest::ArticleManifest;
use crate::plan::Scene;

const STYLE: BodyStyle = BodyStyle {
    open: "<p>",
    close: "</p>",
    indent: "　　",
    subheading: ("<strong>", "</strong>"),
    note: ("<span>", "</span>"),
    pictures: true,
};

pub(super) fn issue(scene: &Scene<'_>) -> String {
    let panels = scene.issue.pages.iter().map(|page| {
        // The document lies a folder above the articles.
        let pdf = scene.pdf_href(page).filter(|href| href != "#").map_or(String::new(), |href| {
            format!(" pdf_href=\"{}\"", href.strip_prefix("../").unwrap_or(&href))
        });
        let articles = page.list.iter().map(|&id| {
            let file = scene.article_file(id);
            let name = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".htm");
            format!("<li><a data-href=\"{file}#page1\" data-newid=\"{name}\">{}</a></li>\n", headline(scene, id))
        });
        format!(
            "<div class=\"nav-items\"><div class=\"nav-panel-heading\"{pdf}>第{}版：{}</div>\n<ul class=\"nav-list-group\">{}</ul></div>\n",
            page.number,
            escape(&page.name),
            articles.collect::<String>()
        )
    });
    document(scene, &panels.collect::<String>())
}

pub(super) fn article(scene: &Scene<'_>, at: usize, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let decks = &text.decks;
    let page = &scene.issue.pages[at];
    let byline = escape(&decks.byline);
    // "author | page | paper | date", of which the author may be missing.
    let parts =
        [byline, format!("第{}版：{}", page.number, escape(&page.name)), escape(&scene.issue.publication)];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let words = format!(
        "<div id=\"pre-title\">{}</div><h1 id=\"main-title\">{}</h1><div id=\"sub-title\">{}</div><div id=\"author\">{} | {}</div><div id=\"date\">{}</div>\n<div id=\"content\">{}</div>\n",
        escape(&decks.kicker),
        escape(&decks.headline),
        escape(&decks.subheadline),
        parts.join(" | "),
        scene.issue.date,
        scene.issue.date,
        body(scene, article.id, &text, &STYLE),
    );
    document(scene, &words)
}

fn document(scene: &Scene<'_>, words: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={}\"><meta name=\"viewport\" content=\"width=device-width\"><title>{}</title></head><body>\n{words}<p class=\"foot\">{}</p>\n</body></html>\n",
        scene.quirks.charset.label(),
        escape(&scene.issue.publication),
        escape(&scene.issue.copyright)
    )
}
