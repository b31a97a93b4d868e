//! A site's documents, written as the generators of real sites write them: a file for each set of templates.
#![expect(
    clippy::format_collect,
    reason = "a template reads as the rows it writes; a newspaper's page is small"
)]

mod bjnews;
mod div;
mod jfdaily;
mod json;
mod mobile;
mod newer;
mod paper_index;
mod people;
mod stdaily;
mod svg;
mod table;

pub(crate) use bjnews::{data as data_list, years};
pub(crate) use jfdaily::newest as newest_journals;
pub(crate) use json::{SHELL as JSON_SHELL, newest as newest_papers};
pub(crate) use newer::{calendar as newer_calendar, papers_info};
pub(crate) use stdaily::{NO_ACCESS, dates, edition, editions, shell as program_shell};

use crate::manifest::{ArticleManifest, PageManifest};
use crate::plan::{Scene, dated};
use crate::quirks::{Index, Quirks, Skin};
use kanbao_newspaper::{Article, Block, Date};

/// Style sheets, scripts and icons that the templates name, in `/slug/tplimg/`.
pub(crate) const FURNITURE: [&str; 14] = [
    "ad01.gif",
    "bg.gif",
    "calendar2.js",
    "checkbox.gif",
    "d.gif",
    "d1.gif",
    "ico3.gif",
    "ico4.gif",
    "mp.js",
    "page.css",
    "pdf.gif",
    "right_ico.gif",
    "soundon.gif",
    "zoomin.gif",
];

/// The document of a page.
pub(crate) fn page(scene: &Scene<'_>, page: usize) -> String {
    match scene.skin {
        Skin::Div => div::page(scene, page),
        Skin::Table => table::page(scene, page),
        Skin::People => people::page(scene, page),
        Skin::PaperIndex | Skin::Daoxiang => paper_index::page(scene, page),
        Skin::Mobile => mobile::issue(scene),
        Skin::Json => json::issue(scene),
        Skin::Posted => stdaily::page(scene, page),
        Skin::DataList => bjnews::page(scene, page),
        Skin::Journal => jfdaily::page(scene, page),
        Skin::OlderJournal => jfdaily::older_page(scene, page),
        Skin::Flipbook => svg::issue(scene),
        _ => newer::page(scene, page),
    }
}

/// The document of an article.
pub(crate) fn article(scene: &Scene<'_>, article: &ArticleManifest) -> String {
    let page = scene.issue.pages.iter().position(|page| page.number == article.page).unwrap_or(0);
    match scene.skin {
        Skin::Div => div::article(scene, page, article),
        Skin::Table => table::article(scene, page, article),
        Skin::People => people::article(scene, page, article),
        Skin::PaperIndex | Skin::Daoxiang => paper_index::article(scene, page, article),
        Skin::Mobile => mobile::article(scene, page, article),
        Skin::Json => json::SHELL.to_owned(),
        Skin::Posted => stdaily::article(scene, article),
        Skin::DataList => bjnews::article(scene, article),
        Skin::Journal => jfdaily::article(scene, article),
        Skin::OlderJournal => jfdaily::older_article(scene, article),
        Skin::Flipbook => svg::article(scene, page, article),
        _ => newer::article(scene, page, article),
    }
}

/// A front door that leads to `target`, an address relative to it. [`Index::Redirect`] has no document.
pub(crate) fn front_door(quirks: &Quirks, index: Index, publication: &str, target: &str) -> String {
    let charset = quirks.charset.label();
    let head = format!(
        "<HTML><HEAD><META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset={charset}\"><TITLE>{}</TITLE>\n",
        escape(publication)
    );
    let way = match index {
        Index::Redirect => String::new(),
        Index::MetaRefresh => format!("<META HTTP-EQUIV=\"REFRESH\" CONTENT=\"0; URL={target}\"></HEAD>"),
        Index::BareRefresh => format!("<meta http-equiv=refresh content=0;url={target}></HEAD><BODY></BODY>"),
        Index::Script => format!(
            "</HEAD><BODY>\n<script language=\"javascript\">\n<!--\nwindow.location.href=\"{target}\";\n//-->\n</script>\n</BODY>"
        ),
        Index::Frames => format!(
            "</HEAD><FRAMESET ROWS=\"*,0\" FRAMEBORDER=NO><FRAME NAME=main SRC=\"{target}\"><NOFRAMES><BODY>您的浏览器不支持框架</BODY></NOFRAMES></FRAMESET>"
        ),
    };
    format!("{head}{way}\n</HTML>\n")
}

/// The host's own front page, with every paper of the house.
pub(crate) fn house(quirks: &Quirks, papers: &[(String, &str)]) -> String {
    let links: String = papers
        .iter()
        .map(|(door, name)| {
            let door = door.trim_start_matches('/');
            format!("<li><a href=\"{door}\" target=_blank>{}</a></li>\n", escape(name))
        })
        .collect();
    format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={}\"><title>示例报业 数字报</title></head>\n\
         <body><h1>数字报</h1><ul class=papers>\n{links}</ul>\n<p class=foot>示例报业集团</p></body></html>\n",
        quirks.charset.label()
    )
}

/// What some sites show for every address that they have not, as if it were a page.
pub(crate) fn shell(quirks: &Quirks, publication: &str) -> String {
    format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={}\"><title>{}</title>\n\
         <link href=\"/tplimg/page.css\" rel=stylesheet></head><body>\n\
         <div class=wrap><div class=ban></div><div class=list_t><ul>\n</ul></div>\n\
         <p>您要访问的页面正在更新，请稍后再试。</p></div></body></html>\n",
        quirks.charset.label(),
        escape(publication)
    )
}

/// `period.xml`: entries of (date, paper's id) as they were built, not by date, and other papers' among them.
pub(crate) fn calendar(own: &[(Date, usize)], neighbours: &[(Date, usize)]) -> String {
    let mut entries = own.to_vec();
    // The newest was built first and the rest again after it, as when a month is published anew.
    entries.reverse();
    if entries.len() > 2 {
        entries.swap(1, 2);
    }
    for (i, &entry) in neighbours.iter().enumerate() {
        entries.insert((i * 2).min(entries.len()), entry);
    }
    let periods: String = entries
        .iter()
        .zip(1..)
        .map(|((date, paper), id)| {
            format!(
                "<period id=\"{}\"><period_name></period_name><paper_id>{paper}</paper_id><period_date>{date}</period_date>\
                 <rmp_exe_path></rmp_exe_path><rmp_pic_path></rmp_pic_path><rmp_xml_path></rmp_xml_path>\
                 <rmp_build_time>{date} 02:1{}:00</rmp_build_time></period>\r\n",
                3100 + id,
                id % 10
            )
        })
        .collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<periodlist>\r\n{periods}</periodlist>\r\n")
}

/// Text for a document; a line break is one there.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("<br>"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// A document that says its charset and its title, and holds some words above the line that says whose it is.
fn plain_document(scene: &Scene<'_>, title: &str, words: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"{}\"><title>{}</title></head><body>\n{words}<p class=\"foot\">{}</p>\n</body></html>\n",
        scene.quirks.charset.label(),
        escape(title),
        escape(&scene.issue.copyright)
    )
}

/// `第01版：要闻`.
fn label(page: &PageManifest) -> String {
    format!("第{}版：{}", page.number, escape(&page.name))
}

/// What stands inside the map: areas that no one closes.
fn areas(scene: &Scene<'_>, page: &PageManifest) -> String {
    let areas = scene.areas(page).into_iter();
    let areas = areas
        .map(|area| format!("<Area coords=\"{}\" shape=\"polygon\" href=\"{}\">", area.coords, area.href));
    areas.collect()
}

/// The CMS's number of an article, which is in its file name.
fn number<'a>(scene: &Scene<'a>, id: u32) -> &'a str {
    scene.article_file(id).trim_start_matches("content_").trim_end_matches(".htm")
}

fn weekday(date: Date) -> &'static str {
    ["一", "二", "三", "四", "五", "六", "日"][(date.weekday().to_monday_one_offset() as usize - 1).min(6)]
}

/// The page before and the one after, by file name.
fn pages_around<'a>(scene: &Scene<'a>, page: usize) -> (Option<&'a str>, Option<&'a str>) {
    let file = |at: Option<usize>| at.and_then(|at| scene.names.pages.get(at)).map(String::as_str);
    let before = file(page.checked_sub(1));
    let loops = scene.quirks.looping_pager && page + 1 == scene.names.pages.len();
    (before, if loops { before } else { file(page.checked_add(1)) })
}

/// The headline in a list, which is empty for a picture without words.
fn headline(scene: &Scene<'_>, id: u32) -> String {
    scene.issue.article(id).map(|article| escape(&article.article.decks.headline)).unwrap_or_default()
}

/// How a template writes a body.
struct BodyStyle {
    open: &'static str,
    close: &'static str,
    indent: &'static str,
    subheading: (&'static str, &'static str),
    note: (&'static str, &'static str),
    /// Pictures where they stand in the text; else the template has a place of its own for them.
    pictures: bool,
}

/// The body's paragraphs, ending in the page editor's mark.
fn body(scene: &Scene<'_>, id: u32, article: &Article, style: &BodyStyle) -> String {
    let BodyStyle { open, close, indent, .. } = style;
    let wrap = |(before, after): (&str, &str), text: &str| {
        format!("{open}{before}{indent}{}{after}{close}\n", escape(text))
    };
    let mut parts = Vec::new();
    for block in &article.blocks {
        match block {
            Block::Paragraph { text } => parts.push(wrap(("", ""), text)),
            Block::Subheading { text } => parts.push(wrap(style.subheading, text)),
            Block::EditorNote { text } => parts.push(wrap(style.note, text)),
            Block::Table { rows } => {
                let row = |cells: &Vec<String>| {
                    let cells: String = cells.iter().map(|cell| format!("<TD>{}", escape(cell))).collect();
                    format!("<TR>{cells}\n")
                };
                let rows: String = rows.iter().map(row).collect();
                parts.push(format!("<TABLE border=1 cellSpacing=0><TBODY>\n{rows}</TBODY></TABLE>\n"));
            }
            Block::Picture { url, caption } if style.pictures => parts.push(format!(
                "<P align=center><IMG src=\"{}\" border=0></P>\n<p class=tushuo>{}</p>\n",
                scene.article_picture_src(url),
                escape(caption)
            )),
            Block::Picture { .. } => {}
        }
    }
    if let Some(mark) = &article.editor_mark {
        let mark = escape(mark);
        match parts.last_mut() {
            // Some editors type it at the last line's end, some on a line of its own.
            Some(last)
                if id.is_multiple_of(2)
                    && last.starts_with(open)
                    && last.ends_with(&format!("{close}\n")) =>
            {
                last.truncate(last.len() - close.len() - 1);
                last.push_str(&format!("{mark}{close}\n"));
            }
            _ => parts.push(format!("{open}{mark}{close}\n")),
        }
    }
    parts.concat()
}

/// The pictures of an article with their captions, for templates that keep them together.
fn pictures<'a>(scene: &'a Scene<'_>, article: &'a Article) -> impl Iterator<Item = (String, String)> + 'a {
    article.blocks.iter().filter_map(|block| match block {
        Block::Picture { url, caption } => Some((scene.article_picture_src(url), escape(caption))),
        _ => None,
    })
}

/// The comment that the CMS leaves after the document: `kind` 1 is an article, 2 a page.
fn metadata(scene: &Scene<'_>, page: usize, kind: u8) -> String {
    if !scene.quirks.metadata_comment {
        return String::new();
    }
    let issue = scene.issue;
    let page = &issue.pages[page];
    let name = escape(&issue.publication);
    format!(
        "<!--enpproperty <founder-date>{} 23:59:59</founder-date><founder-pagenum>{}</founder-pagenum>\
         <founder-papername>{name}</founder-papername><founder-type>{kind}</founder-type>\
         <founder-pagepicurl>{}/images/{}/{}/{}</founder-pagepicurl><founder-content>{name}</founder-content> /enpproperty-->",
        issue.date,
        page.number,
        issue.slug,
        dated(issue.date),
        page.number,
        page.thumbnail
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_front_door_names_its_target() {
        let quirks = Quirks::usual(Skin::Div);
        let cases = [
            (Index::MetaRefresh, "CONTENT=\"0; URL=html/1.htm\""),
            (Index::BareRefresh, "content=0;url=html/1.htm>"),
            (Index::Script, "location.href=\"html/1.htm\""),
            (Index::Frames, "SRC=\"html/1.htm\""),
        ];
        for (index, way) in cases {
            let document = front_door(&quirks, index, "示例日报", "html/1.htm");
            assert!(document.contains(way), "{index:?}: {document}");
        }
    }

    #[test]
    fn text_is_written_as_text() {
        assert_eq!(escape("<b>\"A&B\"</b>\n二"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;<br>二");
    }
}
