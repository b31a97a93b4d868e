//! Pages that real sites sent, read as their manifest says.

use kanbao_sources::{Kind, Reading, address, read};
use std::path::PathBuf;
use url::Url;

fn capture(file: &str, base: &str) -> Option<Reading> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/captures").join(file);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is not here", path.display());
        return None;
    };
    Some(read(&Url::parse(base).unwrap(), &String::from_utf8(bytes).unwrap()))
}

const DIV: &str = "founder-classic/jjjcb_2017-07-22_node_2.htm";
const NBS: &str = "founder-classic/rmrb_2017-10-16_nbs_01.excerpt.htm";

#[test]
fn a_div_skin_with_map_list_and_metadata() {
    let Some(reading) = capture(DIV, "http://epaper.example.cn/content/2017-07/22/node_2.htm") else {
        return;
    };
    assert_eq!(reading.kind, Kind::Page);
    assert_eq!(reading.publication.as_deref(), Some("中国纪检监察报"));
    assert_eq!(reading.date.unwrap().to_string(), "2017-07-22");
    let page = reading.page.as_ref().unwrap();
    assert_eq!((page.number.as_str(), page.name.as_str()), ("1", "要闻"));
    assert_eq!((page.width, page.height), (Some(350.0), Some(550.0)));
    assert_eq!(page.picture.as_ref().unwrap().path(), "/content/1/2017-07/22/1/201707221_brief.jpg");
    assert_eq!(page.pdf.as_ref().unwrap().path(), "/content/1/2017-07/22/1/201707221_pdf.pdf");
    let regions = page.regions(None);
    assert_eq!(regions.regions.len(), 7);
    assert!(regions.warnings.is_empty(), "{:?}", regions.warnings);
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    // The sixth area as the map has it, over its frame of 350 x 550.
    let corners: Vec<(f64, f64)> = regions.regions[5]
        .polygon
        .corners()
        .iter()
        .map(|corner| (corner.x * 350.0, corner.y * 550.0))
        .collect();
    let drawn = [
        (225.0, 403.0),
        (225.0, 399.0),
        (225.0, 382.0),
        (9.0, 382.0),
        (9.0, 399.0),
        (117.0, 403.0),
        (117.0, 448.0),
        (9.0, 448.0),
        (9.0, 541.0),
        (225.0, 541.0),
    ];
    assert_eq!(corners.len(), drawn.len());
    let near = |(a, b): (&(f64, f64), &(f64, f64))| (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9;
    assert!(corners.iter().zip(&drawn).all(near), "{corners:?}");
    assert!(regions.regions[5].article.path().ends_with("/content_52019.htm"));
    // The list's order, not the map's.
    let order: Vec<_> =
        page.articles.iter().map(|link| link.url.path().rsplit('_').next().unwrap()).collect();
    assert_eq!(
        order,
        ["52014.htm", "52016.htm", "52020.htm", "52018.htm", "52019.htm", "52015.htm", "52017.htm"]
    );
    // Real headlines stay out of the repository: their lengths tell enough.
    let words: Vec<_> = page.articles[0].headline.split(' ').map(|words| words.chars().count()).collect();
    assert_eq!(words, [6, 6, 21]);
    let pages: Vec<_> = reading.pages.iter().map(|page| (page.number.as_str(), page.name.as_str())).collect();
    assert_eq!(pages, [("1", "要闻"), ("2", "综合新闻"), ("3", "队伍建设"), ("4", "反腐观察")]);
    assert!(reading.pages.iter().all(|page| page.pdf.is_some()));
    assert_eq!(reading.links.previous_issue.unwrap().path(), "/content/2017-07/21/node_2.htm");
    assert_eq!(reading.links.next_page.unwrap().path(), "/content/2017-07/22/node_3.htm");
    assert!(reading.copyright.unwrap().starts_with("版权声明"));
}

#[test]
fn the_same_page_from_a_file() {
    let Some(reading) = capture(DIV, "file:///tmp/jjjcb_2017-07-22_node_2.htm") else { return };
    assert_eq!(reading.kind, Kind::Page);
    let page = reading.page.unwrap();
    assert_eq!((page.number.as_str(), page.articles.len(), reading.pages.len()), ("1", 7, 4));
    assert_eq!(page.regions(None).regions.len(), 7);
}

#[test]
fn nbs_names_and_headlines_by_script() {
    for base in [
        "http://paper.example.com.cn/rmrb/html/2017-10/16/nbs.D110000renmrb_01.htm",
        "file:///tmp/rmrb_2017-10-16_nbs_01.excerpt.htm",
    ] {
        let Some(reading) = capture(NBS, base) else { return };
        assert_eq!(reading.kind, Kind::Page, "{base}");
        assert_eq!(reading.publication.as_deref(), Some("人民日报"), "{base}");
        assert_eq!(reading.date.unwrap().to_string(), "2017-10-16", "{base}");
        let page = reading.page.as_ref().unwrap();
        assert_eq!((page.number.as_str(), page.name.as_str()), ("01", "要闻"), "{base}");
        assert_eq!((page.width, page.height), (Some(400.0), Some(575.0)), "{base}");
        assert_eq!(page.regions(None).regions.len(), 5, "{base}");
        let headlines: Vec<_> = page.articles.iter().map(|link| link.headline.as_str()).collect();
        assert_eq!(headlines.len(), 5, "{base}");
        // The script's `<br>` became one blank between the two lines; what it pads with is gone.
        let lines: Vec<_> = headlines[1].split(' ').map(|line| line.chars().count()).collect();
        assert_eq!(lines, [13, 13], "{base}");
        let numbers: Vec<_> = reading.pages.iter().map(|page| page.number.as_str()).collect();
        assert_eq!(numbers, ["01", "02", "08", "09"], "{base}");
        assert!(page.pdf.as_ref().unwrap().path().ends_with("rmrb2017101601.pdf"), "{base}");
        assert!(
            address::article_key(&page.articles[0].url).contains("nw.D110000renmrb_20171016_1-01.htm"),
            "{base}"
        );
    }
}
