//! Bytes from outside: whatever they are, a value comes back, soon.

use kanbao_sources::{Ask, address, read};
use proptest::prelude::*;
use serde_json::Value;
use std::time::{Duration, Instant};
use url::Url;

const PAGE: &str = "http://a.cn/slrb/html/2020-03/11/node_2.htm";
const ARTICLE: &str = "http://a.cn/slrb/html/2020-03/11/content_1.htm";

/// An address of each of the other families.
const OTHERS: &[&str] = &[
    "http://a.cn/slrb/pc/layout/202003/11/node_01.html",
    "http://a.cn/slrb/pc/content/202003/11/content_1.html",
    "http://a.cn/slrb/content/20200311/Page01BC.htm",
    "http://a.cn/slrb/mobile/2020/20200311/20200311_m.html#kanbao?page=01",
    "http://a.cn/_szb/slrb/2020/03/11/index.json#kanbao?article=1",
    "http://a.cn/statics/slrb-site/index.html#/home?timeValue=2020-03-11",
    DATES,
    ISSUE,
    EDITION,
    POSTED_ARTICLE,
    "http://a.cn/html/2020/20200311/20200311_A01/20200311_A01.html",
    "http://a.cn/html/2020/20200311/20200311_A01/20200311_A01_01_1.html",
    "http://a.cn/html/2020/20200311/data.json",
    "http://a.cn/html/2020/20200311/data.json#kanbao?article=/html/2020/20200311/20200311_A01/1.html",
    "http://a.cn/period/yearMonthDay.json",
    "http://a.cn/journal/list.do#kanbao?paper=slrb",
    "http://a.cn/journal/2020-03-11/getJournalPage.do?page=01&code=slrb",
    "http://a.cn/journal/getJournalPageArticle.do?id=1#kanbao?date=2020-03-11",
    "http://a.cn/staticsg/data/journal/2020-03-11/navi.json",
    "http://a.cn/journal/2020-03-11/page_01.htm",
    "http://a.cn/202003/11/#page=1",
    "http://a.cn/202003/11/con-1.html",
];

/// Questions that are posted: `{"code":"SLRB","siteId":"1","date":"2020-03-01"}` and its kin.
const DATES: &str = "http://a.cn/stdailynewspaperapi/uv/article/period/date#kanbao?post=%7B%22code%22%3A%22SLRB%22%2C%22siteId%22%3A%221%22%2C%22date%22%3A%222020-03-01%22%7D";
const ISSUE: &str = "http://a.cn/stdailynewspaperapi/uv/article/period/periodTime#kanbao?post=%7B%22code%22%3A%22SLRB%22%2C%22siteId%22%3A%221%22%2C%22periodTime%22%3A%222020-03-11%22%7D&date=2020-03-11";
const EDITION: &str = "http://a.cn/stdailynewspaperapi/uv/article/article/editionId#kanbao?post=%7B%22code%22%3A%22SLRB%22%2C%22siteId%22%3A%221%22%2C%22id%22%3A%22e1%22%7D&date=2020-03-11";
const POSTED_ARTICLE: &str = "http://a.cn/stdailynewspaperapi/uv/article/article/articleId#kanbao?post=%7B%22code%22%3A%22SLRB%22%2C%22siteId%22%3A%221%22%2C%22id%22%3A1%7D&article=1";

/// Far above what any of these takes, far below what a square of their length would.
const PATIENCE: Duration = Duration::from_secs(30);

/// The piece so many times, with a number for each `#`.
fn numbered(many: usize, piece: &str) -> String {
    let pieces: Vec<String> = (0..many).map(|i| piece.replace('#', &i.to_string())).collect();
    pieces.concat()
}

#[test]
fn depth_and_length_cost_what_they_should() {
    let many = 100_000;
    let documents = [
        "<div>".repeat(many),
        "<b>".repeat(many),
        "<table><tr><td>".repeat(many / 3),
        "<a href=content_1.htm>".repeat(many),
        "<founder-content><div id=ozoom><p>甲".repeat(many / 3),
        // Every body is looked through for a map, and they lie within each other.
        "<p>甲</p><h1>甲</h1><div id=ozoom>".repeat(many / 4),
        format!("<div id=ozoom>{}甲。{}</div>", "<div>".repeat(many), "</div>".repeat(many)),
        format!("<map>{}</map>", "<area coords=1,2,3,4,5,6 href=content_1.htm>".repeat(many)),
        format!("<map>{}</map>", numbered(many, "<area coords=1,2,3,4,5,# href=content_#.htm>")),
        numbered(many, "<a id=pageLink href=node_#.htm>第#版：甲</a>"),
        format!("<div id=ozoom>{}</div>", "<p>甲。</p>".repeat(many)),
        format!("<div id=ozoom>{}</div>", "甲".repeat(3_000_000)),
        "<!--enpproperty".repeat(many),
        "<!--enpproperty /enpproperty-->".repeat(many),
        "<periodlist><period><period_date>2020-03-11</period_date></period>".repeat(many),
        "第01版：".repeat(many),
        "<".repeat(many),
        "&#x".repeat(many),
        "短信发送到".repeat(many),
        numbered(many / 3, "<li><a daoxiang=Articel01#NR.htm>甲</a>"),
        numbered(
            many / 4,
            "<div class=nav-panel-heading pdf_href=#.pdf>第#版：甲</div><ul class=nav-list-group><a data-href=#.htm>甲</a></ul>",
        ),
        format!(
            "<script>{}</script>",
            "[{\"articleID\":1,\"mapping\":[\"1%,2%\"],\"href\":\"c1.html\"},".repeat(many / 4)
        ),
        format!("<script>{}</script>", "[".repeat(many)),
        format!("<script>{{\"a\":\"[{}", "[1,2,3,4,5,6],".repeat(many)),
        format!(
            "<style>{}</style><div class=paper><img src=1.jpg></div>",
            ".paper img{width:1px}".repeat(many)
        ),
        "<papers><paper><layouts><layout><layoutURL>1</layoutURL></layout>".repeat(many),
        format!("paperinfo(\"{}", "<papers>".repeat(many)),
        "{\"a\":".repeat(many),
        format!("{{\"paperInfo\":[{}{{}}]}}", numbered(many, "{\"paperNumber\":#,\"xyList\":[{\"id\":#}]},")),
        format!("{{\"paperInfo\":[{{\"xyList\":[{{\"id\":1,\"content\":\"{}\"}}]}}]}}", "<div>".repeat(many)),
        format!(
            "{{\"data\":[{}{{}}]}}",
            numbered(many, "{\"paperName\":\"#报\",\"webUrl\":\"?paperName=a#\"},")
        ),
        numbered(many, "<dl><dt><a href=node_#.html>第#版：甲</a></dt>"),
    ];
    let addressed = [
        (DATES, format!("{{\"obj\":{{\"dateList\":[{}\"\"]}}}}", "\"2099-01-01\",".repeat(many))),
        (
            ISSUE,
            format!(
                "{{\"obj\":{{\"editionList\":[{}1]}}}}",
                numbered(many, "{\"id\":#,\"editionName\":\"第#版\",\"editionImg\":\"/#.jpg\"},")
            ),
        ),
        (EDITION, format!("{{\"list\":[{}1]}}", numbered(many, "{\"id\":#,\"title\":\"<p>甲</p>\"},"))),
        (
            POSTED_ARTICLE,
            format!("{{\"obj\":{{\"articleVo\":{{\"content\":\"{}\"}}}}}}", "<div>".repeat(many)),
        ),
        (
            "http://a.cn/html/2020/20200311/20200311_A01/1.html",
            format!(
                "<img src=1.jpg usemap=#mapPage><map>{}</map>",
                numbered(many, "<area coords=1,2,3,4,5,# href=#.html>")
            ),
        ),
        (
            "http://a.cn/html/2020/20200311/data.json",
            format!(
                "[{}1]",
                numbered(
                    many / 4,
                    "{\"pageNo\":\"#\",\"pageHref\":\"#.html\",\"onePageArticleList\":[{\"articleHref\":\"#.html\"}]},"
                )
            ),
        ),
        (
            "http://a.cn/html/2020/20200311/data.json#kanbao?article=/html/2020/20200311/20200311_1/1.html",
            format!(
                "[{{\"pageNo\":\"1\",\"onePageArticleList\":[{}1]}}]",
                "{\"articleHref\":\"1.html\",\"articleContent\":\"<p>甲\"},".repeat(many / 20)
            ),
        ),
        (
            "http://a.cn/period/yearMonthDay.json",
            format!("{{\"2020\":{{\"03\":[{}1]}}}}", "\"20200311\",".repeat(many)),
        ),
        (
            "http://a.cn/journal/2020-03-11/getJournalPage.do?page=01&code=slrb",
            format!(
                "{{\"object\":{{\"pagelist\":[{}1],\"articlelist\":[{}1]}}}}",
                numbered(many, "{\"pnumber\":\"#\"},"),
                numbered(many, "{\"id\":#,\"xy\":[{\"x\":1,\"y\":#},{\"x\":9,\"y\":1},{\"x\":5,\"y\":7}]},")
            ),
        ),
        (
            "http://a.cn/journal/2020-03-11/page_01.htm",
            format!(
                "<area href=getArticle.htm?id=1 xy='[{}1]'>{}",
                "{\"x\":1,\"y\":2},".repeat(many),
                numbered(
                    many / 4,
                    "<a href=page_#.htm>第#版</a><area href=getArticle.htm?id=# xy='[]'><a href=getArticle.htm?id=#>甲</a>"
                )
            ),
        ),
        (
            "http://a.cn/202003/11/",
            numbered(many / 4, "<svg><polygon data-pageid=# data-contentid=# points=\"1,2 3,4 5,#\"></svg>"),
        ),
        (
            "http://a.cn/202003/11/",
            format!(
                "<div data-pageid=1><svg>{}",
                numbered(many / 4, "<polygon data-pageid=1 data-contentid=# points=\"1,2 3,4 5,#\"/>")
            ),
        ),
        ("http://a.cn/202003/11/con-1.html", format!("<div class=content>{}", "<div>".repeat(many))),
        ("http://a.cn/statics/slrb-site/index.html", "<script>code='a'</script>".repeat(many / 4)),
    ];
    for (address, document) in &addressed {
        read_soon(address, document);
    }
    for (at, document) in documents.iter().enumerate() {
        for address in [PAGE, ARTICLE, OTHERS[at % OTHERS.len()]] {
            read_soon(address, document);
        }
    }
}

fn read_soon(address: &str, document: &str) {
    let start = Instant::now();
    let reading = read(&Url::parse(address).unwrap(), document);
    let head: String = document.chars().take(60).collect();
    assert!(start.elapsed() < PATIENCE, "{head}: {:?}", start.elapsed());
    assert!(reading.warnings.len() <= 100, "{head}");
    println!("{:>8.2?} {address} {head}", start.elapsed());
}

#[test]
fn a_thread_with_little_stack_is_enough() {
    let document = format!("<div id=ozoom>{}甲。", "<div><span>".repeat(20_000));
    let small = std::thread::Builder::new().stack_size(256 * 1024);
    let reader = small.spawn(move || read(&Url::parse(ARTICLE).unwrap(), &document)).unwrap();
    reader.join().unwrap();
}

/// Pieces that the readers look for, and what may break them.
fn fragment() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<map name=PagePicMap>",
        "</map>",
        "<area coords=\"1,2,3,4,5,6\" href=content_1.htm>",
        "<area>",
        "<img src=1_b.jpg usemap=#x width=350>",
        "<table class=wz>",
        "<tr>",
        "<td class=font01>",
        "<td class=font02>",
        "</table>",
        "<founder-title>",
        "<founder-content>",
        "</founder-content>",
        "<div id=ozoom>",
        "<p>",
        "</p>",
        "<b>",
        "<br>",
        "</div>",
        "<!--enpcontent-->",
        "<!--/enpcontent-->",
        "<!--<npm:article-title>-->",
        "<!--</npm:article-title>-->",
        "<!--enpproperty <founder-date>2020-03-11</founder-date>",
        "/enpproperty-->",
        "<a id=pageLink href=node_2.htm>",
        "第01版：要闻",
        "</a>",
        "<a href=content_1.htm>",
        "<script>document.write(view(\"甲<br>乙\"))",
        "</script>",
        "<base href=\"//\">",
        "<meta http-equiv=refresh content=0;url=x>",
        "<periodlist>",
        "<period_date>2020-02-30</period_date>",
        "①2",
        "放大",
        "版权所有",
        "2020年13月40日",
        "<img src=../../../res/1.jpg>",
        "图为甲 摄",
        "\u{3000}\u{3000}",
        "&nbsp;",
        "<iframe src=x>",
        "\u{0}",
        "<form>",
        "<template>",
        "<svg>",
        "<select>",
        "<div class=nav-panel-heading pdf_href=1.pdf>",
        "<ul class=nav-list-group><a data-href=1.htm>",
        "<h1 id=main-title>甲</h1>",
        "<div id=content>",
        "<div id=author>甲 | 第01版 | 乙",
        "<h4><a href=1.pdf>",
        "<a daoxiang=Articel01002NR.htm>",
        "<script>[{\"articleID\":1,\"mapping\":[\"1%,2%\"],\"href\":\"x\"}]</script>",
        "<style>.paper img{width:1px;height:99px}</style>",
        "<div class=paper>",
        "<date>2020-02-30</date><title><p>甲</title>",
        "<nodename>第01版",
        "<papers><paper><layout>",
        "<script>code='SLRB',siteId='1'</script>",
        "<img src=1.jpg usemap=#mapPage>",
        "<div class=article-detail><div class=content>",
        "<area href=getArticle.htm?id=1 xy='[{\"x\":1,\"y\":2},{\"x\":9,\"y\":2},{\"x\":9,\"y\":9}]'>",
        "<a href=page_01.htm>01版：甲</a>",
        "<div data-pageid=1>",
        "<svg viewBox=\"0 0 100 NaN\">",
        "<image xlink:href=1.jpg>",
        "<polygon data-pageid=1 data-contentid=1 points=\"1,2 3.5,4 5,inf\">",
        "<polygon data-pageid=1 data-contentid=2 points=\"1,2 3.5,4 5,90\" title=甲>",
        "<a href=\"#page=1\">01版：甲</a>",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => ".{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_mixture_of_fragments_is_read(fragments in prop::collection::vec(fragment(), 0..40), which in 0..4 + OTHERS.len()) {
        let usual = [PAGE, ARTICLE, "http://a.cn/", "file:///tmp/x.htm"];
        let address = usual.get(which).copied().unwrap_or_else(|| OTHERS[which - usual.len()]);
        let reading = read(&Url::parse(address).unwrap(), &fragments.concat());
        if let Some(page) = &reading.page {
            for region in page.regions(None).regions {
                prop_assert!(region.polygon.corners().iter().all(|c| (0.0..=1.0).contains(&c.x) && (0.0..=1.0).contains(&c.y)));
            }
        }
        if let Some(article) = &reading.article {
            prop_assert!(!article.article.body().contains("founder-date"));
        }
    }

    #[test]
    fn any_calendar_is_read(entries in prop::collection::vec("(<period>|</period>|<period_date>|</period_date>|<paper_id>|2020-0[0-9]-[0-9]{2}|<!\\[CDATA\\[|\\]\\]>|&[a-z#0-9]{0,5};|.{0,6}){0,12}", 0..6)) {
        let text = format!("<?xml version=\"1.0\"?><periodlist>{}</periodlist>", entries.concat());
        let reading = read(&Url::parse("http://a.cn/slrb/html/2020-03/period.xml").unwrap(), &text);
        prop_assert!(reading.issues.len() <= entries.concat().matches("period").count());
    }

    #[test]
    fn any_address_can_be_followed(path in "(/|\\?|#kanbao\\?|=|&|20[0-9]{2}|[01][0-9]|-|node_[0-9]|content_|html|\\.htm|index\\.json|%[0-9A-F]{2}|[甲a-z]){0,16}") {
        let Ok(url) = Url::parse("http://a.cn/").unwrap().join(&path) else { return Ok(()) };
        let ask = Ask::of(&url);
        prop_assert_eq!(ask.url.fragment(), None);
        prop_assert_eq!(Ask::of(&ask.clone().into_url()), ask);
        prop_assert!(!address::publication_id(&url).is_empty());
        if let Some(place) = address::issue_place(&url) {
            for candidate in address::issue_urls(&url, place.date) {
                prop_assert_eq!(candidate.host_str(), Some("a.cn"));
            }
        }
    }

    #[test]
    fn any_json_is_read(value in json(), which in 0..OTHERS.len()) {
        let reading = read(&Url::parse(OTHERS[which]).unwrap(), &value.to_string());
        if let Some(page) = &reading.page {
            for region in page.regions(Some((350, 500))).regions {
                prop_assert!(region.polygon.corners().iter().all(|c| (0.0..=1.0).contains(&c.x) && (0.0..=1.0).contains(&c.y)));
            }
        }
        // Nothing that a site says can have something posted, but for this family's own questions.
        let links = reading.page.iter().flat_map(|page| page.articles.iter().map(|link| &link.url));
        let links = links.chain(reading.pages.iter().map(|page| &page.url)).chain(&reading.redirect);
        let links = links.chain(reading.issues.iter().filter_map(|issue| issue.url.as_ref()));
        for url in links {
            let own = url.host_str() == Some("a.cn") && url.path().starts_with("/stdailynewspaperapi/uv/article/");
            prop_assert!(Ask::of(url).posted().is_none() || own, "{url}");
        }
    }
}

/// Values with the members that the readers look for, of right and wrong kinds.
fn json() -> impl Strategy<Value = Value> {
    const NAMES: &[&str] = &[
        "obj",
        "dateList",
        "editionList",
        "id",
        "editionName",
        "weight",
        "periodTime",
        "editionImg",
        "list",
        "title",
        "articleVo",
        "content",
        "object",
        "departList",
        "code",
        "jdate",
        "pagelist",
        "pnumber",
        "articlelist",
        "page",
        "xy",
        "x",
        "y",
        "article",
        "pages",
        "articleList",
        "pageNo",
        "pageHref",
        "onePageArticleList",
        "articleHref",
        "mainTitle",
        "2020",
        "03",
        "data",
        "paperInfo",
        "xyList",
        "paperName",
        "webUrl",
    ];
    const TEXTS: &[&str] = &[
        "2020-03-11",
        "2099-01-01",
        "20200311",
        "第01版：要闻",
        "01",
        "0405",
        "slrb",
        "1.jpg",
        "//b.cn/#kanbao?post=1",
        "../x#kanbao?post=%7B%7D",
        "javascript:1",
        "<p>甲</p>",
        "[{\"x\":1}]",
        "",
        "1e999",
        "\u{0}",
    ];
    let leaf = prop_oneof![
        3 => prop::sample::select(TEXTS).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<i32>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(6, 80, 8, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            3 => prop::collection::hash_map(prop::sample::select(NAMES), inner, 0..8).prop_map(|members| {
                Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}
