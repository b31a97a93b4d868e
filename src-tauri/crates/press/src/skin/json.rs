//! The JSON behind a program in the browser: an issue with all its texts in one document, and the newest issue of
//! every paper of the house in another.

use super::{BodyStyle, body};
use crate::manifest::PageManifest;
use crate::plan::Scene;
use kanbao_newspaper::Date;
use serde_json::{Value, json};

const STYLE: BodyStyle = BodyStyle {
    open: "<p>",
    close: "</p>",
    indent: "　　",
    subheading: ("<strong>", "</strong>"),
    note: ("<span>", "</span>"),
    pictures: true,
};

/// All that a browser gets before its program runs.
pub(crate) const SHELL: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>数字报</title></head><body><div id=\"app\"></div><script>/* asks for the JSON and shows it */</script></body></html>\n";

pub(crate) fn newest<'a>(papers: impl Iterator<Item = (&'a str, &'a str, Date)>) -> String {
    let data: Vec<Value> = papers
        .map(|(name, slug, date)| {
            json!({
                "paperName": name,
                "paperData": date.to_string(),
                "webUrl": format!("/szb_223187/szblb/index.html?paperName={slug}&paperDate={date}"),
            })
        })
        .collect();
    json!({ "code": 0, "data": data }).to_string()
}

pub(super) fn issue(scene: &Scene<'_>) -> String {
    let pages: Vec<Value> = scene.issue.pages.iter().map(|page| page_value(scene, page)).collect();
    json!({ "paperInfo": pages }).to_string()
}

fn page_value(scene: &Scene<'_>, page: &PageManifest) -> Value {
    let articles = page.list.iter().filter_map(|&id| {
        let article = scene.issue.article(id)?;
        let text = scene.text(article);
        let content = body(scene, id, &text, &STYLE);
        let decks = &text.decks;
        let number: Option<u64> = scene.article_file(id).rsplit('=').next().and_then(|id| id.parse().ok());
        Some(json!({
            "id": number, "title": decks.headline.replace('\n', "<br/>"), "title2": decks.subheadline.replace('\n', "<br/>"),
            "guideTitle": decks.kicker, "author": decks.byline, "content": content,
        }))
    });
    json!({ "paperNumber": page.number, "paperBk": page.name, "xyList": articles.collect::<Vec<_>>() })
}
