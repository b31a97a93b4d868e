//! The sub-variants of the Founder sites that differ in where things lie: each root, prefix and skin that is known,
//! by the smallest document of its kind.

use kanbao_newspaper::Date;
use kanbao_sources::{Family, Kind, Reading, address, read};
use url::Url;

const DAY: Date = Date::constant(2026, 11, 24);

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn at(address: &str, markup: &str) -> Reading {
    read(&url(address), markup)
}

#[test]
fn every_root_of_the_newer_sites() {
    for (page, article, number) in [
        ("/rmrb/pc/layout/202611/24/node_01.html", "/rmrb/pc/content/202611/24/content_30001.html", "01"),
        ("/gmrb/html/layout/202611/24/node_01.html", "/gmrb/html/content/202611/24/content_1001.html", "01"),
        ("/pc/paper/layout/202611/24/node_01.html", "/pc/paper/content/202611/24/content_1001.html", "01"),
        ("/xmrb/pc/col/202611/24/node_A01.html", "/xmrb/pc/con/202611/24/content_1001.html", "A01"),
        ("/col/202611/24/node_A001.html", "/con/202611/24/content_1001.html", "A001"),
        ("/nfdaily/html/202611/24/node_A01.html", "/nfdaily/html/202611/24/content_1001.html", "A01"),
        ("/epaper/pc/202611/24/node_A01.html", "/epaper/pc/202611/24/content_1001.html", "A01"),
        ("/PC/layout/202611/24/colA01.html", "/PC/content/202611/24/c1001.html", "A01"),
        ("/szb/tjbpc/202611/24/l01.html", "/szb/tjbpc/202611/24/c1001.html", "01"),
        ("/2026/11/24/9455__01.html", "/2026/11/24/content_1001.html", "01"),
        ("/tjgrb/2026-11/24/node_01.html", "/tjgrb/2026-11/24/content_1001.html", "01"),
        (
            "/sgrb/bfscb/pc/layout/202611/24/node_JSA01.html",
            "/sgrb/bfscb/pc/content/202611/24/content_1001.html",
            "JSA01",
        ),
    ] {
        let (page, article) = (format!("http://a.cn{page}"), format!("http://a.cn{article}"));
        let markup = format!(
            "<title>示例日报</title><img src=x_b.jpg usemap=#PagePicMap width=350 height=500><map name=PagePicMap><area coords=\"1.5,2.0,300.25,2.0,300.25,400.75\" shape=polygon href=\"{article}\"></map>"
        );
        let reading = at(&page, &markup);
        assert_eq!((reading.kind, reading.family), (Kind::Page, Some(Family::FounderNew)), "{page}");
        assert_eq!(reading.date, Some(DAY), "{page}");
        let found = reading.page.unwrap();
        assert_eq!(
            (found.number.as_str(), found.articles[0].url.as_str()),
            (number, article.as_str()),
            "{page}"
        );
        let reading = at(
            &article,
            "<title>示例日报</title><h1>甲</h1><div id=ozoom><p>　　第一段，写在这里，是这篇稿子的全部文字。</p></div>",
        );
        assert_eq!((reading.kind, reading.family), (Kind::Article, Some(Family::FounderNew)), "{article}");
        // From the page and from the article alike, another day's page and the month's calendar are found.
        let day = Date::constant(2026, 10, 3);
        for known in [&page, &article] {
            let urls = address::issue_urls(&url(known), day);
            let folder = page
                .replace("202611/24", "202610/03")
                .replace("2026-11/24", "2026-10/03")
                .replace("2026/11/24", "2026/10/03");
            let folder = &folder[..=folder.rfind('/').unwrap()];
            assert!(urls.iter().any(|url| url.as_str().starts_with(folder)), "{known}: {urls:?}");
            let months = address::calendar_urls(&url(known), 2026, 10);
            let month = format!("{}period.xml", &folder[..folder.len() - 3]);
            assert!(months.iter().any(|url| url.as_str() == month), "{known}: {month} in {months:?}");
        }
    }
}

#[test]
fn a_folder_for_each_page() {
    let page = at(
        "https://a.cn/html/ncb/2026-11/24/001/node.htm",
        "<title>示例日报</title><a href=../001/node.htm>第001版：头版</a><a href=../002/node.htm>第002版：要闻</a><img src=../../../../1_b.jpg usemap=#PagePicMap width=350 height=500><map name=PagePicMap><area coords=1,2,300,2,300,400 href=content_5.htm></map>",
    );
    assert_eq!((page.kind, page.date), (Kind::Page, Some(DAY)));
    assert_eq!(page.pages.len(), 2);
    assert_eq!(page.page.unwrap().articles[0].url.path(), "/html/ncb/2026-11/24/001/content_5.htm");
    let urls = address::issue_urls(
        &url("https://a.cn/html/ncb/2026-11/24/002/node.htm"),
        Date::constant(2026, 10, 3),
    );
    assert_eq!(urls[0].path(), "/html/ncb/2026-10/03/002/node.htm");
}

#[test]
fn the_list_of_all_headlines_leads_to_the_pages() {
    let index = at(
        "http://a.cn/html/2026-11/24/index_2026-11-24.htm",
        "<title>示例日报</title><table><tr><td><a href=node_2.htm>第01版：要闻</a></td></tr><tr><td><a href=content_5_1.htm>甲</a></td></tr><tr><td><a href=node_3.htm>第02版：综合</a></td></tr><tr><td><a href=content_6_2.htm>乙</a></td></tr></table>",
    );
    assert_eq!((index.date, index.pages.len()), (Some(DAY), 2));
    assert_eq!(index.pages[0].url.path(), "/html/2026-11/24/node_2.htm");
}

#[test]
fn div_skins_of_the_classic_sites() {
    for (markup, picture) in [
        (
            "<div id=Bantu><img src=../../../images/2026-11/24/01/1_b.jpg usemap=#PagePicMap></div>",
            "/images/2026-11/24/01/1_b.jpg",
        ),
        (
            "<div class=pagepic><img src=../../../page/1/2026-11/24/01/2_b.jpg usemap=#pagepicmap></div>",
            "/page/1/2026-11/24/01/2_b.jpg",
        ),
    ] {
        let page = format!(
            "<title>示例日报</title>{markup}<map name=PagePicMap><area coords=1,2,300,2,300,400 href=content_5.htm></map><a class=downPDF href=../../../images/2026-11/24/01/1.pdf>下载</a>"
        );
        let page = at("http://a.cn/html/2026-11/24/node_1.htm", &page).page.unwrap();
        assert_eq!(page.picture.unwrap().path(), picture);
        assert_eq!(page.pdf.unwrap().path(), "/images/2026-11/24/01/1.pdf");
    }
    for body in [
        "<div class=title>甲</div><div class=content_tt><p>　　第一段，写在这里，是这篇稿子的全部文字。</p></div>",
        "<div class=article><h2 class=leading_title>引</h2><h1>甲</h1><div class=text><p>　　第一段，写在这里，是这篇稿子的全部文字。</p></div></div>",
    ] {
        let reading =
            at("http://a.cn/html/2026-11/24/content_5.htm", &format!("<title>甲-示例日报</title>{body}"));
        let article = reading.article.unwrap().article;
        assert_eq!((article.decks.headline.as_str(), article.blocks.len()), ("甲", 1), "{body}");
    }
}

#[test]
fn smaller_copies_of_pictures_are_told_from_the_whole() {
    let body = "<h1>甲</h1><div id=ozoom><p><img src=../../../pic/202611/24/a.jpg.0></p><p><img src=../../../pic/202611/24/b.png.1></p><p><img src=../../../pic/202611/24/c.jpg.2></p><p>　　第一段，写在这里，是这篇稿子的全部文字。</p></div>";
    let reading = at("http://a.cn/pc/content/202611/24/content_1001.html", body);
    let article = reading.article.unwrap().article;
    let pictures: Vec<&str> = article.pictures().filter_map(|picture| picture.rsplit('/').next()).collect();
    assert_eq!(pictures, ["a.jpg", "b.png", "c.jpg"]);
}

#[test]
fn hosted_county_papers_have_a_calendar_of_their_own() {
    let months = address::calendar_urls(&url("http://a.cn/srxb/html/2026-11/24/node_74348.htm"), 2026, 10);
    let paths: Vec<&str> = months.iter().map(Url::path).collect();
    assert_eq!(paths, ["/srxb/html/2026-10/period.xml", "/srxb/html/2026-10/navi.xml"]);
    let month = read(
        &months[1],
        "<navi><calendar><date>2026-10-03</date><rmp_exe_path/></calendar><calendar><date>2099-01-01</date></calendar></navi>",
    );
    assert_eq!((month.kind, month.issues.len(), month.warnings.len()), (Kind::Calendar, 1, 1));
}
