//! `kanbao catalogue`: newspapers known by name, told without asking anyone.

use kanbao_tests::command_line::Kanbao;
use serde_json::{Value, json};

use super::{array, fresh_folder, str_of};

fn names(found: &Value) -> Vec<&str> {
    array(&found["papers"]).iter().map(|paper| str_of(&paper["name"])).collect()
}

#[test]
fn the_catalogue_is_told_whole_and_keeps_no_library() {
    let kanbao = Kanbao::new(fresh_folder("catalogue").join("library"));
    let all = kanbao.json(&["catalogue"]);
    let papers = array(&all["papers"]);
    assert!(papers.len() >= 180, "{}", papers.len());
    for paper in papers {
        let url = str_of(&paper["url"]);
        assert!(url.starts_with("http://") || url.starts_with("https://"), "{paper}");
        assert!(!url.contains('%'), "{paper}");
        assert_eq!(paper["tested"], Value::Null, "nobody has tried {paper}");
        assert!(paper["readable"].is_boolean() || paper["readable"].is_null(), "{paper}");
        for field in ["region", "publisher", "family", "note"] {
            assert!(paper[field].is_null() || !str_of(&paper[field]).is_empty(), "{paper}");
        }
    }
    assert!(!kanbao.library().exists(), "looking something up keeps nothing");
}

#[test]
fn a_newspaper_is_found_however_it_is_typed() {
    let kanbao = Kanbao::new(fresh_folder("catalogue-search"));
    for query in ["人民日报", "renminribao", "rmrb", "ＲＭＲＢ"] {
        let found = kanbao.json(&["catalogue", query]);
        assert_eq!(names(&found)[0], "人民日报", "{query}");
    }
    let found = kanbao.json(&["catalogue", "山东", "晚报"]);
    assert!(names(&found).contains(&"青岛晚报"), "{found}");
    assert!(names(&found).iter().all(|name| name.ends_with("晚报")), "{found}");
    let tianjin = kanbao.json(&["catalogue", "tjrb"]);
    let paper = &tianjin["papers"][0];
    assert_eq!(
        (&paper["name"], &paper["pinyin"], &paper["region"], &paper["family"], &paper["readable"]),
        (
            &json!("天津日报"),
            &json!("tian jin ri bao"),
            &json!("天津"),
            &json!("founder-classic"),
            &json!(true)
        )
    );
}

#[test]
fn what_is_in_no_catalogue_is_no_failure() {
    let kanbao = Kanbao::new(fresh_folder("catalogue-none"));
    assert_eq!(kanbao.json(&["catalogue", "没有这样的报"]), json!({ "papers": [] }));
    let lines = kanbao.text(&["catalogue", "jingbao"]);
    assert!(lines.contains("晶报\t广东 深圳\t") && lines.contains("not tried"), "{lines}");
}
