//! Templates of the newer generator: pages and articles in folders of their own, a frame that is configured for
//! the whole site, coordinates with decimals, metadata whose values nobody escaped; six skins of it.

use super::{BodyStyle, areas, body, escape, headline, label, pictures, weekday};
use crate::manifest::ArticleManifest;
use crate::plan::Scene;
use crate::quirks::Skin;
use kanbao_newspaper::{Article, Date};

const STYLE: BodyStyle = BodyStyle {
    open: "<p>",
    close: "</p>",
    indent: "　　",
    subheading: ("<strong>", "</strong>"),
    note: ("<span style=\"font-family:楷体\">", "</span>"),
    pictures: true,
};

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let map = format!(
        "<img src=\"{}\" border=\"0\" usemap=\"#PagePicMap\"><MAP NAME=\"PagePicMap\">{}</MAP>",
        scene.frame_src(page),
        areas(scene, page)
    );
    let pdf = scene.pdf_href(page).filter(|href| href != "#");
    let large = scene
        .large_picture_href(page)
        .map_or(String::new(), |href| format!("<a href=\"{href}\" target=\"_blank\">查看大图</a>"));
    let number = &page.number;
    let name = escape(&page.name);
    let words = match scene.skin {
        Skin::Swiper => format!(
            "<div class=\"left paper-box\"><div class=\"paper\">{map}</div>\n<div class=\"paper-bot\"><p class=\"left ban\">{number}版：{name}</p>{}{large}</div></div>\n\
             <div class=\"right right-main\"><p class=\"date left\">{}</p><div class=\"swiper-box\"><div class=\"swiper-container\">{}</div></div>\n<div class=\"news\"><ul class=\"news-list\">{}</ul></div></div>\n",
            pdf.map_or(String::new(), |href| {
                format!("<p class=\"right btn\"><a href=\"{href}\">下载本版PDF</a></p>")
            }),
            dateline(scene.issue.date),
            pages(scene, at),
            list(scene, at, |href, title| format!("<li><a href=\"{href}\">{title}</a></li>\n")),
        ),
        Skin::Chunk => format!(
            "<div class=\"newslefttu\">{map}{large}</div>\n<div class=\"newslisttit\"><em>第{number}版：{name}</em><span>{}</span></div>\n\
             <div class=\"Chunkiconlist\">{}</div>\n<div class=\"newslist\"><ul>{}</ul></div>\n",
            dateline(scene.issue.date),
            pages(scene, at),
            list(scene, at, |href, title| format!("<li><h3><a href=\"{href}\">{title}</a></h3></li>\n")),
        ),
        Skin::Layoutlist => format!(
            "<div class=\"layout-left\"><span id=\"layout\">第{number}版：{name}</span><div class=\"pic\">{map}{large}</div></div>\n\
             <div id=\"paperdate\">{}</div><ul id=\"layoutlist\">{}</ul>\n<ul id=\"list\" class=\"newsList\">{}</ul>\n",
            dateline(scene.issue.date),
            pages(scene, at),
            list(scene, at, |href, title| format!("<li><a href=\"{href}\">{title}</a></li>\n")),
        ),
        Skin::Navlist => format!(
            "<div class=\"tabs\"><h3>第{number}版：{name}</h3></div><div class=\"layout-pic\">{}{large}</div>\n<p class=\"date\">{}</p>\n\
             <div class=\"nav-list\"><ul>{}</ul></div><div class=\"btns\">{}</div><ul class=\"news-list\">{}</ul>\n",
            map.replace("<img ", "<img class=\"preview\" "),
            dateline(scene.issue.date),
            pages(scene, at),
            pdf.map_or(String::new(), |href| format!("<a class=\"pdf\" href=\"{href}\">PDF下载</a>")),
            list(scene, at, |href, title| format!("<li><a href=\"{href}\">{title}</a></li>\n")),
        ),
        // The whole issue in a tree; nothing says which of it is this page's but the map.
        Skin::Webtree => format!(
            "<div class=\"page-pic\">{map}{large}</div><div class=\"now\">第{number}版：{name}　{}</div>\n<div id=\"webtree\">{}</div>\n",
            dateline(scene.issue.date),
            pages(scene, at),
        ),
        _ => format!(
            "<ul class=\"layout-catalogue\">{}</ul><span class=\"pic-info-summary\">第{number}版：{name}</span>\n\
             <div class=\"layout-pic\">{}{large}</div><p class=\"time\">{}</p><ul class=\"article-list\">{}</ul>\n",
            pages(scene, at),
            map.replace("PagePicMap", "pagepicmap"),
            dateline(scene.issue.date),
            list(scene, at, |href, title| format!("<li><a href=\"{href}\">{title}</a></li>\n")),
        ),
    };
    document(scene, &words, None)
}

/// The skin's list of pages, each with its PDF where the skin shows it there.
fn pages(scene: &Scene<'_>, at: usize) -> String {
    let rows = scene.issue.pages.iter().enumerate().map(|(i, page)| {
        let (href, words) = (scene.page_href(i), label(page));
        let pdf = scene.pdf_href(page).filter(|href| href != "#");
        match scene.skin {
            Skin::Swiper => format!(
                "<div class=\"swiper-slide\"><a id=\"pageLink\" href=\"{href}\">{}版：{}</a></div>\n",
                page.number,
                escape(&page.name)
            ),
            Skin::Chunk => {
                let pdf =
                    pdf.map_or(String::new(), |href| format!("<a href=\"{href}\"><i class=\"pdf\"></i></a>"));
                format!("<p><a href=\"{href}\">{words}</a>{pdf}</p>\n")
            }
            Skin::Layoutlist => {
                let pdf =
                    pdf.map_or(String::new(), |href| format!("<input type=\"hidden\" value=\"{href}\">"));
                let here = if i == at { " on" } else { "" };
                format!("<li class=\"posRelative{here}\"><a href=\"{href}\">{words}</a>{pdf}</li>\n")
            }
            Skin::Webtree => {
                let pdf = pdf.map_or(String::new(), |href| format!("<a href=\"{href}\">PDF</a>"));
                let articles: String = page
                    .list
                    .iter()
                    .map(|&id| {
                        format!(
                            "<dd><a href=\"{}\">{}</a></dd>\n",
                            scene.article_href(id),
                            headline(scene, id)
                        )
                    })
                    .collect();
                format!("<dl><dt><a href=\"{href}\">{words}</a>{pdf}</dt>{articles}</dl>\n")
            }
            // The page's number stands in no link: only the file's name has it.
            Skin::Catalogue => {
                let pdf = pdf.map_or(String::new(), |href| format!("<a href=\"{href}\">PDF</a>"));
                format!("<li class=\"layout-catalogue-item\"><a href=\"{href}\">{words}</a>{pdf}</li>\n")
            }
            _ => format!("<li><a href=\"{href}\">{words}</a></li>\n"),
        }
    });
    rows.collect()
}

fn list(scene: &Scene<'_>, at: usize, item: impl Fn(&str, &str) -> String) -> String {
    let ids = scene.issue.pages[at].list.iter();
    ids.map(|&id| item(&scene.article_href(id), &headline(scene, id))).collect()
}

pub(super) fn article(scene: &Scene<'_>, at: usize, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let decks = &text.decks;
    let (kicker, title, subtitle, author) =
        (escape(&decks.kicker), escape(&decks.headline), escape(&decks.subheadline), escape(&decks.byline));
    let style = BodyStyle { pictures: !scene.skin.keeps_pictures_together(), ..STYLE };
    let noted = format!(
        "<!--enpcontent-->{}<!--/enpcontent-->{}",
        body(scene, article.id, &text, &style),
        properties(scene, at, article, &text)
    );
    let page = &scene.issue.pages[at];
    let name = escape(&scene.issue.publication);
    let date = scene.issue.date;
    let words = match scene.skin {
        Skin::Swiper => format!(
            "<div class=\"article\"><h3>{kicker}</h3><h1>{title}</h1><h2>{subtitle}</h2>\n<p class=\"sec\">{author}<span class=\"newstime\">《 {name} 》（ {}年{:02}月{:02}日　第 {} 版）</span></p>\n\
             {}<div id=\"ozoom\" style=\"zoom:100%;\">{noted}</div></div>\n",
            date.year(),
            date.month(),
            date.day(),
            page.number,
            picture_tables(scene, &text),
        ),
        Skin::Chunk => format!(
            "<div class=\"newsdetatit\"><p class=\"intro\">{kicker}</p><h3>{title}</h3><p class=\"sub\">{subtitle}</p><p class=\"author\">{author}</p></div>\n\
             <div class=\"newsdetatext\"><founder-content>{noted}</founder-content></div>\n"
        ),
        Skin::Layoutlist => format!(
            "<p id=\"PreTitle\">{kicker}</p><h2 id=\"Title\">{title}</h2><p id=\"SubTitle\">{subtitle}</p><p id=\"Author\">{author}</p><date>{}</date>\n\
             <div class=\"attachment\">{}</div><div id=\"ozoom\">{noted}</div>\n",
            dateline(date),
            picture_tables(scene, &text),
        ),
        Skin::Catalogue => format!(
            "<div class=\"main-content\"><h3>{kicker}</h3><h1>{title}</h1><h3>{subtitle}</h3><p class=\"author\">{author}</p>\n<div id=\"news_content\"><cms-content>{noted}</cms-content></div></div>\n"
        ),
        _ => format!(
            "<div class=\"article\"><h2 class=\"introtitle\">{kicker}</h2><h1>{title}</h1><h2 class=\"subtitle\">{subtitle}</h2><p class=\"author\">{author}</p>\n<div id=\"articleContent\">{noted}</div></div>\n"
        ),
    };
    let (before, after) = scene.neighbours(article);
    let turn = |id: Option<u32>, words: &str| {
        id.map_or(String::new(), |id| format!("<a href=\"{}\">{words}</a> ", scene.article_href(id)))
    };
    let words = format!(
        "<div class=\"list-box\"><ul class=\"pages\">{}</ul></div>\n{words}<div class=\"next\">{}{}</div>\n",
        pages(scene, at),
        turn(before, "上一篇"),
        turn(after, "下一篇"),
    );
    document(scene, &words, Some(&title))
}

/// What the generator notes behind a body, as the editors typed it: markup and all.
fn properties(scene: &Scene<'_>, at: usize, article: &ArticleManifest, text: &Article) -> String {
    let raw = |words: &str| words.replace('\n', "<br/>");
    let decks = &text.decks;
    let page = &scene.issue.pages[at];
    format!(
        "<!--enpproperty <date>{} 00:00:00:000</date><author>{}</author><title><p>{}</p></title><keyword></keyword><subtitle>{}</subtitle><introtitle>{}</introtitle><id>{}</id><nodeid>1170</nodeid><nodename>第{}版：{}</nodename><url>{}</url><urlpad>{}</urlpad><siteid>2</siteid><channel></channel>/enpproperty-->",
        scene.issue.date,
        raw(&decks.byline),
        raw(&decks.headline),
        raw(&decks.subheadline),
        raw(&decks.kicker),
        article.id,
        page.number,
        page.name,
        scene.article_path(article.id),
        scene.article_path(article.id).replace("/pc/", "/pad/"),
    )
}

fn picture_tables(scene: &Scene<'_>, article: &Article) -> String {
    pictures(scene, article)
        .map(|(src, caption)| {
            format!(
                "<table class=\"pci_c\"><tr><td align=\"center\"><img src=\"{src}\"></td></tr><tr><td><p>{caption}</p></td></tr></table>\n"
            )
        })
        .collect()
}

fn document(scene: &Scene<'_>, words: &str, title: Option<&str>) -> String {
    let issue = scene.issue;
    let name = escape(&issue.publication);
    let style = if scene.skin == Skin::Swiper {
        "<style>body{margin:0} .paper img { width:350px; height:500px; }</style>"
    } else {
        ""
    };
    let head = title.map_or(name.clone(), |title| format!("{}-{name}", title.replace("<br>", " ")));
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"{}\"><title>{head}</title>{style}</head><body>\n<div class=\"main\">\n{words}</div>\n<div class=\"footer\">{}</div>\n</body></html>\n",
        scene.quirks.charset.label(),
        escape(&issue.copyright),
    )
}

fn dateline(date: Date) -> String {
    format!("{}年{:02}月{:02}日 星期{}", date.year(), date.month(), date.day(), weekday(date))
}

/// `period.xml`: ids are days of the month, entries stand as they were published; `front` names the front page of
/// a date's issue of one of the papers.
pub(crate) fn calendar(
    own: &[(Date, usize)],
    neighbours: &[(Date, usize)],
    front: impl Fn(Date, usize) -> String,
) -> String {
    let entries = neighbours.iter().chain(own.iter().rev()).map(|&(date, paper)| {
        format!(
            "  <period id=\"{:02}\">\n    <paper_id>{paper}</paper_id>\n    <period_date>{date}</period_date>\n    <period_name>{date}</period_name>\n    <front_page>{}</front_page>\n  </period>\n",
            date.day(),
            front(date, paper)
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\n<periodlist>\n{}</periodlist>\n",
        entries.collect::<String>()
    )
}

/// `papersInfo/YYYYMMDD.xml`, its misspelt element included.
pub(crate) fn papers_info(scenes: &[Scene<'_>]) -> String {
    let papers = scenes.iter().zip(1..).map(|(scene, paper)| {
        let date = scene.issue.date;
        let layouts = scene.issue.pages.iter().enumerate().map(|(i, page)| {
            let path = scene.page_path(i);
            format!(
                "<layout><layoutID>{}</layoutID><edition>{}</edition><layoutName>{}</layoutName><layoutURL>{path}</layoutURL><layoutURLPAD>{}</layoutURLPAD></layout>",
                1000 + i,
                page.number,
                escape(&page.name),
                path.replace("/pc/", "/pad/")
            )
        });
        format!(
            "<paper><papperID>{paper}</papperID><paperName>{}</paperName><paperDate>{}/{:02}/{:02}</paperDate><layouts>{}</layouts></paper>",
            escape(&scene.issue.publication),
            date.year(),
            date.month(),
            date.day(),
            layouts.collect::<String>()
        )
    });
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<papers>{}</papers>\n", papers.collect::<String>())
}
