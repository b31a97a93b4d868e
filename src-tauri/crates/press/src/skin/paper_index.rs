//! Templates of the paper-index sites: `Page01BC.htm` and `Articel01002NR.htm` (so spelt), a plain list of pages; or
//! the whole issue in one list, whose links keep their addresses in an attribute that no browser knows.

use super::{BodyStyle, areas, body, escape, headline, label, weekday};
use crate::manifest::ArticleManifest;
use crate::plan::Scene;
use crate::quirks::Skin;

const STYLE: BodyStyle = BodyStyle {
    open: "<P>",
    close: "</P>",
    indent: "　　",
    subheading: ("<STRONG>", "</STRONG>"),
    note: ("<FONT face=楷体_GB2312>", "</FONT>"),
    pictures: true,
};

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let large = scene
        .large_picture_href(page)
        .map_or(String::new(), |href| format!("<a href=\"{href}\" target=_blank>查看大图</a>"));
    let map = format!(
        "<map name=\"PagePicMap\">{}</map><img src=\"{}\" border=0{} usemap=\"#PagePicMap\">{large}",
        areas(scene, page),
        scene.frame_src(page),
        scene.frame_attributes(page)
    );
    let lists = if scene.skin == Skin::Daoxiang {
        format!("<div class=\"listdaohang\">\n{}</div>\n", whole_issue(scene))
    } else {
        let list: String = page
            .list
            .iter()
            .map(|&id| {
                format!("<li><a href=\"{}\">{}</a></li>\n", scene.article_href(id), headline(scene, id))
            })
            .collect();
        format!("{}<ul class=\"titles\">\n{list}</ul>\n", pages(scene))
    };
    let words = format!(
        "<div class=\"banmian\">{map}</div><div class=\"banci\">第{}版：{}</div>\n{lists}",
        page.number,
        escape(&page.name)
    );
    document(scene, &words, None)
}

fn pages(scene: &Scene<'_>) -> String {
    let rows = scene.issue.pages.iter().enumerate().map(|(i, page)| {
        let pdf = scene.pdf_href(page).map_or(String::new(), |href| format!("<a href=\"{href}\">PDF</a>"));
        format!("<tr><td><a href=\"{}\">{}</a></td><td>{pdf}</td></tr>\n", scene.page_href(i), label(page))
    });
    format!("<table class=\"pages\">\n{}</table>\n", rows.collect::<String>())
}

/// Each page's heading with its PDF before it, and its articles, from the first page to the last.
fn whole_issue(scene: &Scene<'_>) -> String {
    let pages = scene.issue.pages.iter().enumerate().map(|(i, page)| {
        let pdf = scene.pdf_href(page).map_or(String::new(), |href| format!("<a href=\"{href}\">PDF</a>"));
        let articles = page.list.iter().map(|&id| {
            format!(
                "<li><a class=\"title\" daoxiang=\"{}\">{}</a></li>\n",
                scene.article_href(id),
                headline(scene, id)
            )
        });
        format!(
            "<h4>{pdf}<a href=\"{}\">{}</a></h4>\n<ul>\n{}</ul>\n",
            scene.page_href(i),
            label(page),
            articles.collect::<String>()
        )
    });
    pages.collect()
}

pub(super) fn article(scene: &Scene<'_>, at: usize, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let decks = &text.decks;
    let noted = body(scene, article.id, &text, &STYLE);
    let words = format!(
        "<div class=\"weizhi\"><a href=\"{}\">{}</a></div>\n{}<div class=\"bggray\"><div class=\"margin15\"><h3>{}</h3><h2>{}</h2><h4>{}</h4><p class=\"author\">{}</p></div>\n<div id=\"contenttext\">{noted}</div></div>\n",
        scene.page_href(at),
        label(&scene.issue.pages[at]),
        if scene.skin == Skin::Daoxiang { String::new() } else { pages(scene) },
        escape(&decks.kicker),
        escape(&decks.headline),
        escape(&decks.subheadline),
        escape(&decks.byline),
    );
    document(scene, &words, Some(&decks.headline))
}

fn document(scene: &Scene<'_>, words: &str, title: Option<&str>) -> String {
    let issue = scene.issue;
    let date = issue.date;
    let name = escape(&issue.publication);
    let head = title.map_or(name.clone(), |title| format!("{}-{name}", escape(title).replace("<br>", " ")));
    format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={}\"><title>{head}</title></head>\n<body><div class=\"riqi\">{}年{}月{}日　星期{}</div>\n{words}<div class=\"foot\">{}</div></body></html>\n",
        scene.quirks.charset.label(),
        date.year(),
        date.month(),
        date.day(),
        weekday(date),
        escape(&issue.copyright),
    )
}
