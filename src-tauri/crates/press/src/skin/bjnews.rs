//! A picture and a map a page, shells for articles, and the issue's pages, headlines and texts in `data.json`. Areas
//! have no titles; some articles are in the list alone.

use super::{BodyStyle, areas, body, plain_document};
use crate::manifest::ArticleManifest;
use crate::plan::Scene;
use kanbao_newspaper::Date;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const STYLE: BodyStyle = BodyStyle {
    open: "<p>",
    close: "</p>",
    indent: "",
    subheading: ("<strong>", "</strong>"),
    note: ("<span>", "</span>"),
    pictures: true,
};

/// `{"2026": {"11": ["20261124", …]}}`.
pub(crate) fn years(dates: &[Date]) -> String {
    let mut years: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for date in dates {
        let months = years.entry(format!("{:04}", date.year())).or_default();
        months.entry(format!("{:02}", date.month())).or_default().push(date.to_string().replace('-', ""));
    }
    json!(years).to_string()
}

pub(crate) fn data(scene: &Scene<'_>) -> String {
    let pages = scene.issue.pages.iter().enumerate().map(|(at, page)| {
        let articles = Scene::reading_order(page).into_iter().filter_map(|id| {
            let article = scene.issue.article(id)?;
            let text = scene.text(article);
            let mut item = Map::new();
            item.insert("mainTitle".to_owned(), json!(text.decks.headline.replace('\n', "<br/>")));
            item.insert("articleHref".to_owned(), json!(file(scene.article_file(id))));
            item.insert("articleAuthor".to_owned(), json!(text.decks.byline));
            if !scene.quirks.texts_by_script {
                item.insert("articleContent".to_owned(), json!(body(scene, id, &text, &STYLE)));
            }
            Some(Value::Object(item))
        });
        json!({
            "issueDate": scene.issue.date.to_string(),
            "pageNo": page.number.replace('-', ""),
            "pageName": page.name,
            "pageHref": file(&scene.names.pages[at]),
            "onePageArticleList": articles.collect::<Vec<_>>(),
        })
    });
    Value::Array(pages.collect()).to_string()
}

/// Names in the list are those within the page's folder.
fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let map = areas(scene, page);
    plain_document(
        scene,
        &format!("{}电子报", scene.issue.publication),
        &format!(
            "<div class=\"map\"><img src=\"{}\"{} usemap=\"#mapPage\"><map name=\"mapPage\" id=\"mapPage\">{}</map></div><div id=\"outline\"></div>\n<script src=\"../../../../js/outline.js\"></script>\n",
            scene.frame_src(page),
            scene.frame_attributes(page),
            map
        ),
    )
}

pub(super) fn article(scene: &Scene<'_>, _: &ArticleManifest) -> String {
    plain_document(
        scene,
        &format!("{}电子报", scene.issue.publication),
        "<div class=\"article-detail\"><div class=\"content\"></div></div>\n<script src=\"../../../../js/article.js\"></script>\n",
    )
}
