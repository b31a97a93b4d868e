//! The whole issue in one document that is leafed through: a drawing a page, its picture and its areas in it, the
//! areas in the picture's own pixels with decimals; advertisements have a page and no area.

use super::{BodyStyle, body, escape, plain_document};
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
    let pages = scene.issue.pages.iter().zip(1..).map(|(page, id)| {
        let (width, height) = (f64::from(page.width) * 2.5, f64::from(page.height) * 2.5);
        let areas = scene.corners(page).into_iter().map(|(article, corners)| {
            let points: Vec<String> =
                corners.iter().map(|corner| format!("{},{}", corner.x * width, corner.y * height)).collect();
            let file = scene.article_file(article);
            format!(
                "<polygon class=\"area\" points=\"{}\" title=\"{}\" data-pageid=\"{id}\" data-contentid=\"{}\"></polygon>\n",
                points.join(" "),
                super::headline(scene, article).replace("<br>", " "),
                file.trim_start_matches("con-").trim_end_matches(".html")
            )
        });
        let areas: String = areas.collect();
        format!(
            "<div class=\"leaf\" data-pageid=\"{id}\"><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><image xlink:href=\"{}\" width=\"{width}\" height=\"{height}\"/>\n{areas}</svg></div>\n",
            scene.frame_src(page)
        )
    });
    let pages: String = pages.collect();
    let names: String = scene
        .issue
        .pages
        .iter()
        .zip(1..)
        .map(|(page, id)| format!("<a href=\"#page={id}\">{}版：{}</a>\n", page.number, escape(&page.name)))
        .collect();
    plain_document(
        scene,
        &scene.issue.publication,
        &format!("<div class=\"menu\">{names}</div><div class=\"flipbook\">{pages}</div>\n"),
    )
}

pub(super) fn article(scene: &Scene<'_>, at: usize, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let page = &scene.issue.pages[at];
    plain_document(
        scene,
        &scene.issue.publication,
        &format!(
            "<div class=\"top_bar\">{}版：{}</div><div class=\"title\">{}</div><div class=\"author\">{}</div><div class=\"content\">{}</div>\n",
            page.number,
            escape(&page.name),
            escape(&text.decks.headline),
            escape(&text.decks.byline),
            body(scene, article.id, &text, &STYLE)
        ),
    )
}
