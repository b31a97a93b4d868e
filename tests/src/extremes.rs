//! An invented paper of extremes, for looking at: forty articles on a page, one alone, a headline without
//! end, a page without a picture or a PDF, a page without articles.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::paper;

/// Where its site has its entry, below its root.
pub const ENTRY: &str = "/jdb/paperindex.htm";
/// Its name and its one date.
pub const NAME: &str = "示例极端报";
pub const DATE: &str = "2026-11-24";

const FOLDER: &str = "/jdb/html/2026-11/24";
/// The frame that the areas are drawn on.
const FRAME: (u32, u32) = (350, 500);

struct Item {
    headline: String,
    body: Vec<String>,
}

struct Sheet {
    name: &'static str,
    picture: bool,
    pdf: bool,
    columns: u32,
    items: Vec<Item>,
}

/// The site's files by path.
pub fn files() -> HashMap<String, Vec<u8>> {
    let mut files = HashMap::new();
    let refresh = r#"<html><head><META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/2026-11/24/node_2.htm"></head></html>"#;
    files.insert(ENTRY.to_owned(), refresh.into());
    let printed = paper::folder().join("slrb").join(DATE);
    let read = |name: &str| std::fs::read(printed.join(name)).expect("the press's paper is here");
    let sheets = sheets();
    for (index, sheet) in sheets.iter().enumerate() {
        let number = index + 1;
        files.insert(format!("{FOLDER}/node_{}.htm", number + 1), page(&sheets, index).into_bytes());
        if sheet.picture {
            files.insert(format!("/jdb/images/2026-11/24/{number:02}/b.jpg"), read("03_b.jpg"));
        }
        if sheet.pdf {
            files.insert(format!("/jdb/images/2026-11/24/{number:02}/p.pdf"), read("03.pdf"));
        }
        for (place, item) in sheet.items.iter().enumerate() {
            let path = format!("{FOLDER}/content_{}.htm", id(index, place));
            files.insert(path, article(sheet, number, item).into_bytes());
        }
    }
    files
}

fn sheets() -> Vec<Sheet> {
    let sentence = "这是为看版式而写的句子，不是报上的话，字要一个不少，行要一行不乱。";
    let body = |count: usize| (0..count).map(|_| sentence.repeat(4)).collect::<Vec<_>>();
    let forty =
        (1..=40).map(|n| Item { headline: format!("短讯第{n}条：小事也要说清楚"), body: body(1) }).collect();
    let endless = "一条很长很长的标题，长到一行放不下，两行也放不下，三行还要再挤一挤，可它一个字也不能少，因为读者要从头读到尾，才知道这件事说的是什么，又为什么值得放在这里";
    let rare = "生僻字要看得见：㙦、䶮、𠮷、𡋾、𣲘、𬭎、𰻞；私用区的字也有个说法：\u{e5f1}。";
    vec![
        Sheet { name: "短讯", picture: true, pdf: true, columns: 5, items: forty },
        Sheet {
            name: "长题",
            picture: true,
            pdf: true,
            columns: 1,
            items: vec![Item { headline: endless.into(), body: [vec![rare.to_owned()], body(9)].concat() }],
        },
        Sheet {
            name: "无图",
            picture: false,
            pdf: false,
            columns: 2,
            items: (1..=4)
                .map(|n| Item { headline: format!("没有版面图的第{n}篇"), body: body(3) })
                .collect(),
        },
        Sheet { name: "广告", picture: true, pdf: true, columns: 1, items: Vec::new() },
    ]
}

fn id(page: usize, place: usize) -> usize {
    (page + 1) * 1000 + place
}

/// A corner of the areas' grid.
fn area(sheet: &Sheet, place: u32) -> (u32, u32, u32, u32) {
    let rows = (sheet.items.len() as u32).div_ceil(sheet.columns);
    let (column, row) = (place % sheet.columns, place / sheet.columns);
    let (width, height) = (FRAME.0 / sheet.columns, FRAME.1 / rows);
    (column * width + 2, row * height + 2, (column + 1) * width - 2, (row + 1) * height - 2)
}

fn page(sheets: &[Sheet], index: usize) -> String {
    let sheet = &sheets[index];
    let number = index + 1;
    let mut areas = String::new();
    let mut list = String::new();
    for (place, item) in sheet.items.iter().enumerate() {
        let id = id(index, place);
        let (left, top, right, bottom) = area(sheet, place as u32);
        let _ = write!(
            areas,
            "<Area coords=\"{left},{top},{right},{top},{right},{bottom},{left},{bottom}\" shape=\"polygon\" href=\"content_{id}.htm\">"
        );
        let _ = write!(list, "<li><a href=content_{id}.htm><div id=mp{id}>{}</div></a></li>", item.headline);
    }
    let mut pages = String::new();
    for (other, sheet) in sheets.iter().enumerate() {
        let printed = other + 1;
        let node = printed + 1;
        let _ = write!(pages, "<a id=pageLink href=node_{node}.htm>第{printed:02}版：{}</a>", sheet.name);
        if sheet.pdf {
            let _ = write!(
                pages,
                " <a href=../../../images/2026-11/24/{printed:02}/p.pdf><img src=../../../tplimg/pdf.gif></a>"
            );
        }
    }
    let picture = if sheet.picture {
        format!(
            "<img width={} height={} src=../../../images/2026-11/24/{number:02}/b.jpg border=0 USEMAP=#PagePicMap>",
            FRAME.0, FRAME.1
        )
    } else {
        String::new()
    };
    format!(
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=utf-8\"><title>{NAME}</title></head><body>
<table><tr><td>2026年11月24日 星期二</td><td>第{number:02}版：{}</td></tr></table>
<map name=PagePicMap>{areas}</map>{picture}<ul>{list}</ul><div>{pages}</div></body></html>
<!--enpproperty <founder-date>2026-11-24 00:00:00</founder-date><founder-pagenum>{number:02}</founder-pagenum><founder-papername>{NAME}</founder-papername><founder-type>2</founder-type> /enpproperty-->",
        sheet.name
    )
}

fn article(sheet: &Sheet, number: usize, item: &Item) -> String {
    let body = item.body.iter().fold(String::new(), |body, text| body + "<P>　　" + text + "</P>");
    format!(
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=utf-8\"><title>{NAME}</title></head><body>
<table><tr><td>第{number:02}版：{}</td></tr></table><table class=wz>
<tr valign=top><td class=font01><!--<npm:article-title>-->{}<!--</npm:article-title>--></td></tr>
<tr><td><div id=ozoom><founder-content><!--<npm:article-content>-->{body}<!--</npm:article-content>--></founder-content></div></td></tr></table></body></html>
<!--enpproperty <founder-date>2026-11-24 00:00:00</founder-date><founder-pagenum>{number:02}</founder-pagenum><founder-papername>{NAME}</founder-papername><founder-type>1</founder-type> /enpproperty-->",
        sheet.name, item.headline
    )
}
