//! The answers to what a program in the browser posts: a month's dates, an issue's pages, a page's articles, an
//! article. The pages are listed out of their order, told by weight; the dates hold an absurd one.

use super::{BodyStyle, body, escape};
use crate::manifest::{ArticleManifest, PageManifest};
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

/// What the site answers to who does not say that a script asks, with status 200.
pub(crate) const NO_ACCESS: &str = r#"{"status":"500","msg":"no access!","obj":null,"list":null}"#;

/// All that a browser gets before its program runs; its settings are written into it.
pub(crate) fn shell(slug: &str, name: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{}数字报</title></head><body><div id=\"app\"></div>\n<script>window.settings={{code:\"{}\",siteId:\"{slug}0123456789\"}};/* asks for the rest and shows it */</script></body></html>\n",
        escape(name),
        slug.to_ascii_uppercase()
    )
}

pub(crate) fn dates(dates: &[Date]) -> String {
    let mut listed: Vec<String> = dates.iter().rev().map(ToString::to_string).collect();
    listed.push("2099-01-01".to_owned());
    answer(&json!({ "dateList": listed }), &Value::Null)
}

fn answer(obj: &Value, list: &Value) -> String {
    json!({ "status": "200", "msg": "ok", "obj": obj, "list": list }).to_string()
}

/// The page's id: nothing that tells its number.
pub(crate) fn edition(scene: &Scene<'_>, page: &PageManifest) -> String {
    format!(
        "{}{}{}",
        scene.issue.slug,
        scene.issue.date.to_string().replace('-', ""),
        page.number.replace('-', "x")
    )
}

pub(crate) fn editions(scene: &Scene<'_>) -> String {
    let editions: Vec<Value> = scene
        .issue
        .pages
        .iter()
        .enumerate()
        .rev()
        .map(|(weight, page)| {
            json!({
                "id": edition(scene, page),
                "periodId": format!("{}-{}", scene.issue.slug, scene.issue.date),
                "editionName": format!("第{}版：{}", page.number, page.name),
                "editionCode": page.number,
                "weight": weight,
                "editionImg": scene.frame_src(page),
            })
        })
        .collect();
    answer(&json!({ "periodTime": scene.issue.date.to_string(), "editionList": editions }), &Value::Null)
}

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let items = scene.issue.pages[at].list.iter().filter_map(|&id| {
        let decks = &scene.issue.article(id)?.article.decks;
        let title = format!("<p>{}</p>", escape(&decks.headline));
        let number: u64 = scene.article_file(id).parse().ok()?;
        Some(json!({ "id": number, "title": title, "author": decks.byline, "content": "导语" }))
    });
    answer(&Value::Null, &Value::Array(items.collect()))
}

pub(super) fn article(scene: &Scene<'_>, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let decks = &text.decks;
    let item = json!({
        "pretitle": escape(&decks.kicker), "title": escape(&decks.headline), "subtitle": escape(&decks.subheadline),
        "author": decks.byline, "content": body(scene, article.id, &text, &STYLE), "txt": text.body(),
    });
    answer(&json!({ "articleVo": item }), &Value::Null)
}
