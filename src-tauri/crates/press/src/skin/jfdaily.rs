//! A JSON document a page with the issue's pages and the page's articles, the last first; an article in a document of
//! its own, its lines parted by `<br/>`. And the pages that the same site had before: HTML whose areas hold their
//! corners in `xy`, in a frame 2778 wide.

use super::{BodyStyle, body, escape, headline, plain_document};
use crate::manifest::{ArticleManifest, PageManifest};
use crate::plan::Scene;
use kanbao_newspaper::Date;
use serde_json::{Value, json};

const STYLE: BodyStyle = BodyStyle {
    open: "",
    close: "<br/>",
    indent: "　　",
    subheading: ("<strong>", "</strong>"),
    note: ("<span>", "</span>"),
    pictures: true,
};

const FRAME_WIDTH: f64 = 2_778.0;

pub(crate) fn newest<'a>(papers: impl Iterator<Item = (&'a str, &'a str, Date)>) -> String {
    let papers: Vec<Value> = papers
        .map(|(name, slug, date)| {
            json!({ "code": slug, "name": name, "jdate": date.to_string(), "pnumber": "01" })
        })
        .collect();
    json!({ "success": true, "object": { "departList": papers } }).to_string()
}

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let label = |page: &PageManifest| json!({ "pnumber": page.number, "pname": page.name });
    let pages: Vec<Value> = scene.issue.pages.iter().map(label).collect();
    let articles: Vec<Value> = page
        .list
        .iter()
        .rev()
        .filter_map(|&id| {
            let title = scene.issue.article(id)?.article.decks.headline.replace('\n', "<br/>");
            Some(json!({ "id": number(scene, id), "title": title }))
        })
        .collect();
    let mut shown = label(page);
    shown["jpg"] = json!(scene.frame_src(page));
    if let Some(pdf) = &page.pdf {
        shown["pdf"] = json!(scene.page_file_path(page, pdf));
    }
    json!({ "success": true, "object": { "page": shown, "pagelist": pages, "articlelist": articles } })
        .to_string()
}

fn number(scene: &Scene<'_>, id: u32) -> Option<u64> {
    scene.article_file(id).rsplit('=').next()?.parse().ok()
}

pub(super) fn article(scene: &Scene<'_>, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let item = json!({
        "id": number(scene, article.id), "title": text.decks.headline.replace('\n', "<br/>"), "author": text.decks.byline,
        "content": body(scene, article.id, &text, &STYLE),
    });
    json!({ "success": true, "object": { "article": item } }).to_string()
}

pub(super) fn older_page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let rows: String = scene
        .issue
        .pages
        .iter()
        .enumerate()
        .map(|(i, page)| {
            format!(
                "<li><a href=\"{}\">{}版：{}</a></li>\n",
                scene.page_href(i),
                page.number,
                escape(&page.name)
            )
        })
        .collect();
    let areas: String = scene
        .corners(page)
        .into_iter()
        .map(|(id, corners)| {
            let scale = FRAME_WIDTH / f64::from(page.width);
            let corners: Vec<Value> = corners
                .iter()
                .map(|corner| {
                    let pixels = |share: f64, side: u32| (share * f64::from(side) * scale).round();
                    json!({ "x": pixels(corner.x, page.width), "y": pixels(corner.y, page.height) })
                })
                .collect();
            format!(
                "<area shape=\"poly\" href=\"{}\" xy='{}'>",
                scene.article_href(id),
                Value::Array(corners)
            )
        })
        .collect();
    let list: String = page
        .list
        .iter()
        .map(|&id| format!("<p><a href=\"{}\">{}</a></p>\n", scene.article_href(id), headline(scene, id)))
        .collect();
    plain_document(
        scene,
        &scene.issue.publication,
        &format!(
            "<div class=\"WH100 Left_bg01 iframeScroll\"><ul>{rows}</ul></div>\n<div class=\"page\"><img src=\"{}\" usemap=\"#map\"><map name=\"map\">{areas}</map></div>\n<div class=\"list\">{list}</div>\n",
            scene.frame_src(page)
        ),
    )
}

pub(super) fn older_article(scene: &Scene<'_>, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    plain_document(
        scene,
        &scene.issue.publication,
        &format!(
            "<div class=\"article\"><h1>{}</h1><p class=\"author\">{}</p><div id=\"articleContent\">{}</div></div>\n",
            escape(&text.decks.headline),
            escape(&text.decks.byline),
            body(scene, article.id, &text, &STYLE)
        ),
    )
}
