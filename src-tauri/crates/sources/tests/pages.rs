//! Invented pages in the manner of each sub-variant, read whole; the snapshots are what a newcomer should look at.

use kanbao_sources::{Kind, read};
use url::Url;

fn snapshot(file: &str, address: &str) {
    let path = format!("{}/tests/pages/{file}.htm", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let reading = read(&Url::parse(address).unwrap(), &text);
    let regions = reading.page.as_ref().map(|page| {
        let regions = page.regions(None);
        let placed: Vec<String> = regions
            .regions
            .iter()
            .map(|region| {
                let (x, y, width, height) = region.polygon.bounds();
                format!("{} {x:.3},{y:.3} {width:.3}x{height:.3}", region.article)
            })
            .collect();
        (regions.frame, placed, regions.warnings)
    });
    let mut value = serde_json::to_value(&reading).unwrap();
    let fields = value.as_object_mut().unwrap();
    fields.insert("regions".into(), serde_json::to_value(regions).unwrap());
    // Which rules were tried is for people; that some matched is asserted elsewhere.
    fields.remove("rules");
    insta::assert_json_snapshot!(file, value);
}

#[test]
fn an_article_of_the_table_skin() {
    snapshot("table_article", "http://example.cn/slwb/html/2020-03/11/content_1001.htm");
}

#[test]
fn a_page_of_the_table_skin() {
    snapshot("table_page", "http://example.cn/slrb/html/2020-03/11/node_32.htm");
}

#[test]
fn a_page_of_a_hosted_county_paper() {
    snapshot("hosted_page", "http://hosting.example.com/slxb/html/2019-06/05/node_502.htm");
}

#[test]
fn an_article_of_the_people_skin() {
    snapshot(
        "people_article",
        "http://paper.example.com.cn/slrb/html/2017-10/16/nw.D110000slrb_20171016_2-03.htm",
    );
}

#[test]
fn an_article_of_a_div_skin() {
    snapshot("div_article", "http://slwb.example.com/html/2018-05/20/content_77.htm");
}

#[test]
fn a_page_that_is_an_advertisement() {
    snapshot("advertisement_page", "http://example.cn/html/2015-01/08/node_9.htm");
}

#[test]
fn a_document_is_known_whatever_its_file_is_called() {
    for (file, kind) in [
        ("table_article", Kind::Article),
        ("people_article", Kind::Article),
        ("div_article", Kind::Article),
        ("table_page", Kind::Page),
        ("hosted_page", Kind::Page),
        ("advertisement_page", Kind::Page),
    ] {
        let path = format!("{}/tests/pages/{file}.htm", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        for address in ["file:///tmp/saved.html", "http://a.cn/1"] {
            let reading = read(&Url::parse(address).unwrap(), &text);
            assert_eq!(reading.kind, kind, "{file} at {address}: {:?}", reading.rules);
            assert!(reading.publication.is_some(), "{file}");
        }
    }
}
