//! A source that reads less than it used to: the list says so, since when, and nothing kept is touched.

use std::collections::HashMap;

use kanbao_tests::command_line::Kanbao;
use kanbao_tests::site::Site;
use serde_json::json;

use super::{array, fresh_folder, str_of};

const DAYS: [&str; 5] = ["20", "21", "22", "23", "24"];

/// A daily of one page with two articles. On the last day the site has a new template: the areas are gone.
fn files() -> HashMap<String, Vec<u8>> {
    let refresh = |target: &str| {
        format!("<html><head><META HTTP-EQUIV=REFRESH CONTENT=\"0; URL={target}\"></head></html>")
    };
    let mut files = HashMap::new();
    files.insert("/slrb/paperindex.htm".to_owned(), refresh("html/2026-11/24/node_1.htm").into_bytes());
    let dates = DAYS.iter().fold(String::new(), |dates, day| {
        dates
            + &format!(
                "<period id=\"{day}\"><period_name/><paper_id>1</paper_id><period_date>2026-11-{day}</period_date></period>"
            )
    });
    let calendar = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><periodlist>{dates}</periodlist>");
    files.insert("/slrb/html/2026-11/period.xml".to_owned(), calendar.into_bytes());
    for day in DAYS {
        let folder = format!("/slrb/html/2026-11/{day}");
        let areas = "<Area coords=\"8,80,222,80,222,210,8,210\" shape=\"polygon\" href=\"content_1.htm\">\
                     <Area coords=\"8,220,222,220,222,400,8,400\" shape=\"polygon\" href=\"content_2.htm\">";
        let areas = if day == "24" { "" } else { areas };
        let trailer = |number: &str, kind: u8| {
            format!(
                "<!--enpproperty <founder-date>2026-11-{day} 06:00:00</founder-date><founder-pagenum>{number}</founder-pagenum>\
                 <founder-papername>示例日报</founder-papername><founder-type>{kind}</founder-type> /enpproperty-->"
            )
        };
        let page = format!(
            "<html><head><meta charset=utf-8><title>示例日报</title></head><body><MAP NAME=\"pagepicmap\">{areas}</MAP>\
             <img width=350 height=500 src=../../../images/2026-11/{day}/01/01_b.jpg USEMAP=#PagePicMap>\
             <a id=pageLink href=node_1.htm>第01版：要闻</a>\
             <ul><li><a href=content_1.htm><div id=mp1>新桥通车</div></a><li><a href=content_2.htm><div id=mp2>沿河书屋开门</div></a></ul>\
             </body></html>{}",
            trailer("01", 2)
        );
        files.insert(format!("{folder}/node_1.htm"), page.into_bytes());
        for (id, headline) in [(1, "新桥通车"), (2, "沿河书屋开门")] {
            let article = format!(
                "<html><head><meta charset=utf-8></head><body><founder-title>{headline}</founder-title>\
                 <div id=ozoom><founder-content><P>{headline}，是{day}日的事。</P></founder-content></div></body></html>{}",
                trailer("01", 1)
            );
            files.insert(format!("{folder}/content_{id}.htm"), article.into_bytes());
        }
    }
    files
}

#[test]
fn a_source_that_gives_less_is_named_with_the_day_it_began() {
    let site = Site::serve(files());
    let kanbao = Kanbao::new(fresh_folder("health"));
    let added = kanbao.json(&["add", &site.address("/slrb/paperindex.htm")]);
    let id = str_of(&added["publication"]);
    let health = || kanbao.json(&["list"])["publications"][0]["health"].clone();
    assert_eq!(health(), json!({ "state": "unknown" }));

    for day in &DAYS[..4] {
        kanbao.json(&["sync", "--date", &format!("2026-11-{day}")]);
    }
    assert_eq!(health(), json!({ "state": "usual" }));
    let before = kanbao.json(&["show", id, "2026-11-23"]);
    assert_eq!(array(&before["pages"][0]["regions"]).len(), 2, "{before}");

    kanbao.json(&["sync", "--date", "2026-11-24"]);
    assert_eq!(health(), json!({ "state": "less", "since": "2026-11-24", "what": ["regions"] }));
    let told = kanbao.text(&["list"]);
    assert!(told.contains("fewer regions than usual since 2026-11-24"), "{told}");
    assert_eq!(kanbao.json(&["show", id, "2026-11-23"]), before, "what is kept is not touched");
    let read = kanbao.json(&["show", id, "2026-11-24"]);
    assert_eq!(array(&read["articles"]).len(), 2, "what could be read is kept: {read}");
}
