//! The habits of these sites that cost others a day, one test each.

use kanbao_newspaper::Block;
use kanbao_sources::{Family, Kind, Reading, address, read};
use url::Url;

const PAGE: &str = "http://a.cn/slrb/html/2020-03/11/node_2.htm";
const ARTICLE: &str = "http://a.cn/slrb/html/2020-03/11/content_1.htm";

fn page(markup: &str) -> Reading {
    let reading = read(&Url::parse(PAGE).unwrap(), markup);
    assert_eq!(reading.kind, Kind::Page, "{markup}: {:?}", reading.rules);
    reading
}

fn article(body: &str) -> Reading {
    let markup = format!("<table><tr><td class=font01>标题</td></tr></table><div id=ozoom>{body}</div>");
    let reading = read(&Url::parse(ARTICLE).unwrap(), &markup);
    assert_eq!(reading.kind, Kind::Article, "{markup}");
    reading
}

fn blocks(body: &str) -> Vec<Block> {
    article(body).article.unwrap().article.blocks
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

fn articles(reading: &Reading) -> Vec<String> {
    let links = &reading.page.as_ref().unwrap().articles;
    links.iter().map(|link| link.url.path().rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn quirk_01_maps_in_every_spelling() {
    for markup in [
        r#"<map name=PagePicMap><Area coords="0,0,175,0,175,250,0,250" shape="polygon" href="content_1.htm"></map><img width=350 height=500 src=1_b.jpg USEMAP=#PagePicMap>"#,
        r#"<MAP NAME="pagepicmap"><AREA COORDS="0,0,175,0,175,250,0,250" SHAPE=poly HREF=content_1.htm></MAP><IMG SRC=1_b.jpg WIDTH=350 HEIGHT=500 USEMAP=#PagePicMap>"#,
        r##"<img usemap="#x" src="1_b.jpg" style="width:350px; height: 500px"><map id=other><area coords='0,0,175,250' shape=rect href='content_1.htm'/></map>"##,
        r#"<map name=a></map><map name=b><area coords="0,0,175,0,175,250,0,250" href=content_1.htm></map><img src=1_b.jpg width=350 height=500 usemap=#b>"#,
        r#"<map name=p><area shape=poly coords="0, 0 175;0, 175 250; 0,250" href="./content_1.htm"><img width=350px height=500px src=1_b.jpg usemap=#P></map>"#,
    ] {
        let reading = page(markup);
        let page = reading.page.unwrap();
        let regions = page.regions(None);
        assert_eq!(regions.frame, Some((350.0, 500.0)), "{markup}");
        assert_eq!(regions.regions.len(), 1, "{markup}");
        assert_eq!(regions.regions[0].polygon.bounds(), (0.0, 0.0, 0.5, 0.5), "{markup}");
        assert_eq!(page.picture.unwrap().path(), "/slrb/html/2020-03/11/1_b.jpg", "{markup}");
    }
}

#[test]
fn quirk_02_shapes_that_are_none_leave_the_article() {
    for coords in ["null", "", "1,2,3,4,5", "1,2,3,4,x,6", "5,5,5,5,5,5", "9999,9999,10100,9999,9999,10100"] {
        let markup = format!(
            "<map><area shape=polygon coords=\"{coords}\" href=content_1.htm><area shape=polygon coords=\"0,0,300,0,300,450,0,450\" href=content_2.htm></map><img src=1_b.jpg width=350 height=500 usemap=#x>"
        );
        let reading = page(&markup);
        let regions = reading.page.as_ref().unwrap().regions(None);
        assert_eq!(regions.regions.len(), 1, "{coords}");
        assert!(!reading.warnings.is_empty() || !regions.warnings.is_empty(), "{coords}");
        let mut found = articles(&reading);
        found.sort();
        assert_eq!(found, ["content_1.htm", "content_2.htm"], "{coords}");
    }
    let concave = "0,0,350,0,350,100,100,100,100,500,0,500,0,500,0,0";
    let markup = format!(
        "<map><area coords=\"{concave}\" href=content_1.htm></map><img src=1_b.jpg width=350 height=500 usemap=#x>"
    );
    let polygon = page(&markup).page.unwrap().regions(None).regions.remove(0).polygon;
    assert_eq!(polygon.corners().len(), 6);
}

#[test]
fn quirk_03_an_article_in_several_areas() {
    let reading = page(
        "<map><area coords=\"0,0,100,0,100,100,0,100\" href=content_1.htm?div=0><area coords=\"0,0,100,0,100,100,0,100\" href=content_1.htm?div=-1>\
         <area coords=\"0,200,100,200,100,300,0,300\" href=content_1.htm?div=-1></map><img src=1_b.jpg width=350 height=500 usemap=#x>",
    );
    assert_eq!(reading.page.as_ref().unwrap().regions(None).regions.len(), 2);
    assert_eq!(articles(&reading), ["content_1.htm"]);
    assert_eq!(reading.warnings.len(), 1, "{:?}", reading.warnings);
}

#[test]
fn quirk_04_addresses_that_lead_nowhere() {
    for href in [
        "",
        "#",
        "javascript:void(0)",
        "javascript:alert('x')",
        "mailto:a@b.c",
        "http://ad.example.com/",
        "node_3.htm",
        "1.pdf",
        "http://[",
        "../../../",
    ] {
        let markup = format!(
            "<map><area coords=\"0,0,100,0,100,100\" href=\"{href}\"><area coords=\"0,200,100,200,100,300\" href=\"content_2.htm#page3\"></map><img src=1_b.jpg width=350 height=500 usemap=#x>"
        );
        let reading = page(&markup);
        assert_eq!(articles(&reading), ["content_2.htm"], "{href}: {:?}", reading.warnings);
        assert_eq!(reading.warnings.len(), 1, "{href}");
    }
}

#[test]
fn quirk_05_the_frame_is_the_thumbnails() {
    let of = |size: &str| {
        let markup = format!(
            "<map><area coords=\"0,0,340,0,340,490,-1,490\" href=content_1.htm></map><img src=1_b.jpg {size} usemap=#x>"
        );
        page(&markup).page.unwrap()
    };
    for (size, natural, frame) in [
        ("width=400 height=575", None, (400.0, 575.0)),
        ("width=400 height=575", Some((1000, 1500)), (400.0, 575.0)),
        ("", Some((350, 498)), (350.0, 498.0)),
        ("width=\"100%\"", Some((350, 498)), (350.0, 498.0)),
        ("width=350", Some((700, 1000)), (350.0, 500.0)),
        ("height=500", Some((700, 1000)), (350.0, 500.0)),
        // Stated for a smaller preview than the areas were drawn on.
        ("width=100 height=150", Some((350, 500)), (350.0, 500.0)),
        ("", None, (350.0, 500.0)),
        ("width=350", None, (350.0, 500.0)),
    ] {
        let regions = of(size).regions(natural);
        assert_eq!(regions.frame, Some(frame), "{size} {natural:?}");
        assert!(regions.regions[0].polygon.bounds().0.abs() < 1e-9);
    }
}

#[test]
fn quirk_06_numbers_as_they_are_printed() {
    for (label, number, name) in [
        ("第A01版：头版", "A01", "头版"),
        ("第1版　　　<span>要闻</span>", "1", "要闻"),
        ("第06-07版:特 刊", "06-07", "特 刊"),
        ("第01版：<STRONG>旅游报01版</STRONG>", "01", "旅游报01版"),
        ("当前版：03版:综合&nbsp;", "03", "综合"),
    ] {
        let reading = page(&format!(
            "<table><tr><td>{label}<a href=1.pdf>PDF</a></td></tr></table><map><area coords=\"0,0,9,0,9,9\" href=content_1.htm></map><img src=1_b.jpg usemap=#x>"
        ));
        let page = reading.page.unwrap();
        assert_eq!((page.number.as_str(), page.name.as_str()), (number, name), "{label}");
        assert_eq!(page.pdf.unwrap().path(), "/slrb/html/2020-03/11/1.pdf");
    }
}

#[test]
fn quirk_07_the_list_of_pages_once_and_in_its_order() {
    let row = |n: u32, href: &str| {
        format!(
            "<tr><td><a id=pageLink href={href}>第0{n}版：版{n}</a></td><td><a href=../../../p/0{n}.pdf><img src=pdf.gif></a></td></tr>"
        )
    };
    let list = format!(
        "<table>{}{}{}</table>",
        row(1, "node_1.htm"),
        row(2, "./node_2.htm"),
        row(5, "node_74348.htm")
    );
    let pager = "<a href=node_74348.htm>下一版</a><a href=node_1.htm>上一版</a>";
    let banner = "<a href=node_2.htm>第02版：版2</a>";
    let other = "<a href=../10/node_2.htm>第09版：昨天</a>";
    for markup in [
        format!("{pager}{list}<div id=bmdh>{list}</div>"),
        format!("{banner}{pager}{}", list.replace("id=pageLink ", "")),
        format!("{banner}{list}{other}"),
        format!("{pager}{}", list.replace("id=pageLink", "class=rigth_bmdh_href")),
        format!("{pager}{}", list.replace("pageLink", "pageLink2")),
        format!("<base href=\"http://a.cn/slrb/html/2020-03/11/\">{list}"),
    ] {
        let reading = page(&markup);
        let pages: Vec<_> = reading
            .pages
            .iter()
            .map(|page| {
                let file = page.url.path().rsplit('/').next().unwrap();
                (page.number.as_str(), file, page.pdf.as_ref().map(Url::path))
            })
            .collect();
        assert_eq!(
            pages,
            [
                ("01", "node_1.htm", Some("/slrb/p/01.pdf")),
                ("02", "node_2.htm", Some("/slrb/p/02.pdf")),
                ("05", "node_74348.htm", Some("/slrb/p/05.pdf")),
            ],
            "{markup}"
        );
    }
}

#[test]
fn quirk_08_headlines_by_script_and_in_pieces() {
    for (link, headline) in [
        ("<a href=content_1.htm><div id=mp1>河边的灯</div></a>", "河边的灯"),
        ("<a href=content_1.htm>河边的灯<br>亮了&nbsp;　</a>", "河边的灯 亮了"),
        (
            r#"<a href=content_1.htm><script>document.write(view("河边的灯<br>亮了  "))</script></a>"#,
            "河边的灯 亮了",
        ),
        (r"<a href=content_1.htm><script>document.write(view('河边的\'灯\''))</script></a>", "河边的'灯'"),
        ("<a href=content_1.htm title=\"河边的灯亮了一夜\">河边的灯…</a>", "河边的灯亮了一夜"),
        ("<a href=content_1.htm><img alt=河边的灯 src=1.jpg></a>", "河边的灯"),
    ] {
        let reading = page(&format!(
            "<map><area coords=\"0,0,9,0,9,9\" href=content_1.htm></map><img src=1_b.jpg usemap=#x><ul id=titleList><li>{link}</li></ul>"
        ));
        assert_eq!(reading.page.unwrap().articles[0].headline, headline, "{link}");
    }
}

#[test]
fn quirk_09_pages_and_articles_without_text() {
    let advertisement = page("<img src=../../1/2020-03/11/08/x_b.jpg><p>第08版：广告</p>");
    assert_eq!(advertisement.page.unwrap().name, "广告");
    let reading = article(
        "<table id=newspic><tr><td><img src=../../../res/1.jpg></td></tr><tr><td>渡口。苏岸 摄</td></tr></table>",
    );
    let found = reading.article.unwrap().article;
    let url = "http://a.cn/slrb/res/1.jpg".to_owned();
    assert_eq!(found.blocks, [Block::Picture { url, caption: "渡口。苏岸 摄".into() }]);
    assert_eq!(found.editor_mark, None);
}

#[test]
fn quirk_10_pdfs_that_are_missing_or_hidden() {
    let of = |row: &str| {
        let markup = format!("<ul><li>{row}</li><li><a id=pageLink href=node_3.htm>第02版：乙</a></li></ul>");
        page(&markup).pages.remove(0).pdf.map(|url| url.path().to_owned())
    };
    let link = "<a id=pageLink href=node_2.htm>第01版：甲</a>";
    let pdf = Some("/slrb/p/1.pdf".to_owned());
    assert_eq!(of(&format!("{link} <a href=#><img src=pdf.gif></a>")), None);
    assert_eq!(of(link), None);
    assert_eq!(of(&format!("{link} <a href=../../../p/1.pdf>PDF</a>")), pdf);
    assert_eq!(of(&format!("{link} <a href=..\\..\\..\\p\\1.pdf>PDF</a>")), pdf);
    assert_eq!(of(&format!("{link} <a href=x.jpg>大图</a> <a href=../../../p/1.pdf>PDF</a>")), pdf);
    assert_eq!(of(&format!("{link} <img filepath=../../../p/1.pdf>")), pdf);
    assert_eq!(of(&format!("{link} <input type=hidden value=../../../p/1.pdf>")), pdf);
}

#[test]
fn quirk_11_continuation_marks_stay_for_those_who_join() {
    assert_eq!(blocks("<p>　　甲。（下转第三版）</p>"), [paragraph("甲。（下转第三版）")]);
}

#[test]
fn quirk_12_links_to_other_issues_are_no_pages() {
    let reading = page(
        "<a id=pageLink href=node_2.htm>第01版：甲</a><a id=pageLink href=../../2020-02/29/node_2.htm>第01版：甲</a>\
         <a class=preart href=\"../10/node_2.htm\"><FONT face=Webdings>3</FONT>上一期</a>",
    );
    assert_eq!(reading.pages.len(), 1);
    assert_eq!(reading.links.previous_issue.unwrap().path(), "/slrb/html/2020-03/10/node_2.htm");
}

#[test]
fn quirk_13_metadata_behind_the_end_never_becomes_text() {
    let comment = "<!--enpproperty <founder-date>2020-03-11 00:00:00</founder-date><founder-pagenum>3</founder-pagenum><founder-papername>示例日报</founder-papername><founder-content><!--x-->机密的字</founder-content> /enpproperty-->";
    for (before, after) in [("", comment), (comment, ""), ("<body>", comment)] {
        let markup = format!(
            "{before}<table><tr><td class=font01>标题</td></tr></table><div id=ozoom><p>甲。</p>{after}</div>"
        );
        let reading = read(&Url::parse(ARTICLE).unwrap(), &markup);
        assert_eq!(reading.publication.as_deref(), Some("示例日报"));
        let article = reading.article.unwrap();
        assert_eq!(article.article.blocks, [paragraph("甲。")]);
        assert_eq!(article.page.unwrap().number, "3");
    }
}

#[test]
fn quirk_14_calendars() {
    let url = Url::parse("http://a.cn/slrb/html/2020-03/period.xml").unwrap();
    let reading = read(
        &url,
        "<periodlist><period id=\"2\"><period_date>2020-03-12</period_date></period><period id=\"1\"><period_date>2020-03-11</period_date></period></periodlist>",
    );
    assert_eq!((reading.kind, reading.family), (Kind::Calendar, Some(Family::FounderClassic)));
    assert_eq!(
        reading.issues.iter().map(|issue| issue.date.to_string()).collect::<Vec<_>>(),
        ["2020-03-11", "2020-03-12"]
    );
    let broken = read(
        &url,
        "<periodlist><period><period_date>2020-03-11</period_date></period><a & b<period><period_date>2020-03-12</period_date></period>",
    );
    assert_eq!(broken.issues.len(), 2, "{:?}", broken.warnings);
}

#[test]
fn quirk_15_answers_that_are_no_page_say_so() {
    for markup in [
        "",
        "<html><body>404 Not Found</body></html>",
        "<html><head><title>示例日报</title></head><body><div class=wrap><ul></ul></div></body></html>",
        "{\"a\":1}",
        "\u{0}\u{1}",
    ] {
        for address in [PAGE, ARTICLE] {
            let reading = read(&Url::parse(address).unwrap(), markup);
            assert_eq!(reading.kind, Kind::Unknown, "{markup}");
            assert!(reading.rules.iter().filter(|rule| rule.field == "kind").count() > 3);
            assert!(!reading.warnings.is_empty());
        }
    }
}

#[test]
fn the_printed_date_wins_over_the_address() {
    let of = |line: &str, comment: &str| {
        let markup = format!(
            "<p>{line}</p><map><area coords=\"0,0,9,0,9,9\" href=content_1.htm></map><img src=1_b.jpg usemap=#x>{comment}"
        );
        let reading = page(&markup);
        (reading.date.unwrap().to_string(), reading.warnings.len())
    };
    let comment =
        |date: &str| format!("<!--enpproperty <founder-date>{date} 01:02:03</founder-date> /enpproperty-->");
    assert_eq!(of("2020年3月11日　星期三", ""), ("2020-03-11".into(), 0));
    assert_eq!(of("2020年3月10日　星期二", ""), ("2020-03-10".into(), 1));
    assert_eq!(of("", &comment("2020-03-10")), ("2020-03-10".into(), 1));
    assert_eq!(of("2020年3月11日　星期三", &comment("2020-03-10")), ("2020-03-11".into(), 0));
    assert_eq!(of("本办法自2019年1月1日起施行", ""), ("2020-03-11".into(), 0));
    assert_eq!(of("<a href=content_1.htm>2019年1月1日</a>", ""), ("2020-03-11".into(), 0));
}

#[test]
fn quirk_21_what_stands_around_a_text() {
    let reading = article(
        "<p>　　放大 缩小 默认 朗读</p><p>　　甲。</p><form><input name=u>用户名</form><p>　　示例日报官方微博</p><p>　　乙。</p>\
         <p>　　版权声明：本报所有文字未经授权不得转载。</p><p>　　订报热线：000-1234567</p><p>①2</p><script>x()</script>",
    );
    let found = reading.article.unwrap().article;
    assert_eq!(found.blocks, [paragraph("甲。"), paragraph("乙。")]);
    assert_eq!(found.editor_mark.as_deref(), Some("①2"));
    assert_eq!(reading.copyright.as_deref(), Some("版权声明：本报所有文字未经授权不得转载。"));
    let dropped = reading.rules.iter().filter(|rule| rule.rule.starts_with("furniture left out"));
    assert_eq!(dropped.count(), 4);
}

#[test]
fn editor_marks_stand_behind_the_end_only() {
    for (body, mark, last) in [
        ("<p>甲。①2</p>", Some("①2"), "甲。"),
        ("<p>甲。</p><p>　　④</p>", Some("④"), "甲。"),
        ("<p>甲。（林河）①②3</p>", Some("①②3"), "甲。（林河）"),
        ("<p>结果见表①</p>", None, "结果见表①"),
        ("<p>①甲。</p><p>②乙。</p>", None, "②乙。"),
        ("<p>甲到2</p>", None, "甲到2"),
    ] {
        let article = article(body).article.unwrap().article;
        assert_eq!(article.editor_mark.as_deref(), mark, "{body}");
        assert_eq!(article.blocks.last().unwrap().text(), last, "{body}");
    }
}

#[test]
fn paragraphs_however_they_are_set() {
    let expected = [paragraph("甲。"), paragraph("乙。")];
    for body in [
        "<p>　　甲。</p><p>　　乙。</p>",
        "　　甲。<br>　　乙。<br><br>",
        "　　甲。　　乙。",
        "&nbsp;&nbsp;&nbsp;&nbsp;甲。<BR/>&nbsp; &nbsp; 乙。",
        "<div>甲。</div>\n<div>乙。</div>",
        "<founder-content><P>　　甲。</P><P>　　乙。</P></founder-content>",
        "<!--enpcontent--><p>甲。</p><p>乙。</p><!--/enpcontent-->",
        "<p><founder-content>甲。<P>乙。</P></founder-content></p>",
        "<table><tr><td>甲。</td></tr><tr><td>乙。</td></tr></table>",
    ] {
        assert_eq!(blocks(body), expected, "{body}");
    }
    assert_eq!(
        blocks("<p>记者　　某某\n说了\r\n一句 OK\nyes。</p>"),
        [paragraph("记者 某某说了一句 OK yes。")]
    );
}

#[test]
fn subheadings_stand_over_text() {
    let subheading = |text: &str| Block::Subheading { text: text.into() };
    for body in [
        "<p><b>一盏灯</b></p><p>甲。</p>",
        "<p align=center>一盏灯</p><p>甲。</p>",
        "<strong>一盏灯</strong><br>甲。",
        "<center>一盏灯</center><p>甲。</p>",
        "<p style='text-align: center'>一盏灯</p><p>甲。</p>",
    ] {
        assert_eq!(blocks(body), [subheading("一盏灯"), paragraph("甲。")], "{body}");
    }
    for body in [
        "<p><b>本报记者 林河</b></p><p>甲。</p>",
        "<p><b>甲</b>乙</p><p>甲。</p>",
        "<center>风<br>花<br>雪<br>月</center>",
        "<p>甲。</p><p><b>完</b></p>",
    ] {
        assert!(blocks(body).iter().all(|block| matches!(block, Block::Paragraph { .. })), "{body}");
    }
}

#[test]
fn captions_find_their_pictures() {
    let caption = |markup: &str| match &blocks(&format!("<p>甲。</p>{markup}<p>　　乙。</p>"))[..] {
        [_, Block::Picture { caption, .. }, _] => caption.clone(),
        other => panic!("{markup}: {other:?}"),
    };
    for markup in [
        "<p align=center><img src=../../../res/1.jpg></p><p class=tushuo>渡口</p>",
        "<p align=center><img src=../../../res/1.jpg></p><p align=center>渡口</p>",
        "<table class=pci_c><tr><td><img src=../../../res/1.jpg></td></tr><tr><td><p>渡口</p></td></tr></table>",
        "<table id=newspic><tr><td><table><tbody><tr><td><img src=../../../res/1.jpg></td></tr><tr><td>渡口</td></tr></tbody></table></td></tr></table>",
        "<figure><img src=../../../res/1.jpg><figcaption>渡口</figcaption></figure>",
    ] {
        assert_eq!(caption(markup), "渡口", "{markup}");
    }
    let read = caption("<p><img src=../../../res/1.jpg></p><p>图为渡口。林河 摄</p>");
    assert_eq!(read, "图为渡口。林河 摄");
    let found = blocks("<p><img src=../../../res/1.jpg></p><p align=center><b>一盏灯</b></p><p>甲。</p>");
    assert_eq!(found[1], Block::Subheading { text: "一盏灯".into() });
    for chrome in [
        "<img src=../../../tplimg/a.gif>",
        "<img src=a.gif width=1 height=1>",
        "<img src=icon_pdf.gif>",
        "<img>",
        "<img src='data:image/gif;base64,R0'>",
    ] {
        assert_eq!(blocks(&format!("<p>甲。</p>{chrome}")), [paragraph("甲。")], "{chrome}");
    }
}

#[test]
fn this_pages_list_and_no_other() {
    let reading = page(
        "<div>要闻导读<ul><li><a href=content_9.htm>别版一</a><li><a href=content_8.htm>别版二</a><li><a href=content_1.htm>甲</a></ul></div>\
         <map><area coords=\"0,0,9,0,9,9\" href=content_1.htm><area coords=\"0,20,9,20,9,29\" href=content_2.htm></map><img src=1_b.jpg usemap=#x>\
         <ul><li><a href=content_2.htm>乙</a><li><a href=content_1.htm>甲</a><li><a href=content_3.htm>丙</a></ul>",
    );
    assert_eq!(articles(&reading), ["content_2.htm", "content_1.htm", "content_3.htm"]);
}

#[test]
fn an_advertisement_page_has_its_own_one_item() {
    let reading = page(
        "<img src=08_b.jpg><div><p>第08版：广告</p><ul class=list01><li><a href=content_7.htm>广告</a></li></ul>\
         <div>今日关注<table><tr><td><a href=content_1.htm>甲</a></td></tr><tr><td><a href=content_2.htm>乙</a></td></tr></table></div></div>",
    );
    assert_eq!(articles(&reading), ["content_7.htm"]);
}

#[test]
fn an_article_in_a_template_nobody_knows() {
    let text = "河边的灯亮了一夜，没有人知道是谁点的。".repeat(6);
    let markup = format!(
        "<title>河边的灯-示例晚报</title><div class=nav><a href=x>首页</a></div><div class=unheard><p>{text}</p><p>天亮了。</p></div>"
    );
    let reading = read(&Url::parse(ARTICLE).unwrap(), &markup);
    let article = reading.article.unwrap().article;
    assert_eq!(article.decks.headline, "河边的灯");
    assert_eq!(article.blocks, [paragraph(&text), paragraph("天亮了。")]);
}

#[test]
fn links_from_article_to_article() {
    let url = Url::parse(ARTICLE).unwrap();
    let reading = read(
        &url,
        "<a class=preart href=content_0.htm><span style='font-family:webdings'>3</span>上一篇</a> <a href=\"javascript:alert('已经是最后一篇')\">下一篇</a><td class=font01>标</td><div id=ozoom>文</div>",
    );
    assert_eq!(reading.links.previous_article.unwrap().path(), "/slrb/html/2020-03/11/content_0.htm");
    assert_eq!(reading.links.next_article, None);
    assert_eq!(address::article_key(&url), "a.cn/slrb/html/2020-03/11/content_1.htm");
}

/// A page of the newer family.
const NEWER: &str = "http://a.cn/slrb/pc/layout/202003/11/node_01.html";

fn newer(markup: &str) -> Reading {
    let reading = read(&Url::parse(NEWER).unwrap(), markup);
    assert_eq!((reading.kind, reading.family), (Kind::Page, Some(Family::FounderNew)), "{markup}");
    reading
}

#[test]
fn quirk_02_the_newer_generator_writes_decimals_and_null() {
    let reading = newer(
        "<img src=../../../pic/202003/11/1.jpg.1 usemap=#PagePicMap width=350 height=500><MAP NAME=PagePicMap>\
         <Area coords=\"35.0,50.0,175.25,50.0,175.25,250.5,35.0,250.5\" shape=polygon href=../../../content/202003/11/content_1.html>\
         <Area coords=\"null\" shape=polygon href=../../../content/202003/11/content_2.html></MAP>",
    );
    let regions = reading.page.as_ref().unwrap().regions(None).regions;
    let (x, y, width, height) = regions[0].polygon.bounds();
    let near = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
    assert!(
        near(x, 0.1) && near(y, 0.1) && near(x + width, 175.25 / 350.0) && near(y + height, 250.5 / 500.0)
    );
    assert_eq!((regions.len(), articles(&reading).len()), (1, 2));
}

#[test]
fn quirk_05_a_configured_frame_has_nothing_to_do_with_the_picture() {
    let of = |style: &str, image: &str| {
        newer(&format!(
            "{style}<div class=paper><img src=1.jpg {image} usemap=#p><map name=p><area coords=\"0,0,340,0,340,490,0,490\" href=content_1.html></map></div>"
        ))
        .page
        .unwrap()
    };
    for (style, image, natural, frame) in [
        ("", "", None, (350.0, 500.0)),
        ("", "", Some((2100, 3000)), (350.0, 500.0)),
        ("", "", Some((350, 500)), (350.0, 500.0)),
        ("", "", Some((700, 500)), (350.0, 500.0)),
        ("", "width=387 height=595", Some((2100, 3000)), (387.0, 595.0)),
        (
            "<style>.paper img { width:408px; height : 583px; }</style>",
            "",
            Some((2100, 3000)),
            (408.0, 583.0),
        ),
        ("<style>.other img{width:9px;height:9px}</style>", "", Some((2100, 3000)), (350.0, 500.0)),
    ] {
        assert_eq!(of(style, image).regions(natural).frame, Some(frame), "{style} {image} {natural:?}");
    }
}

#[test]
fn quirk_05_the_tablets_channel_counts_in_hundredths() {
    for script in [
        r#"<script>var map=[{"articleID":1,"mapping":["10%,20%","60%,20%","60%,40%","10%,40%"],"href":"../../../content/202003/11/content_1.html"}];</script>"#,
        r#"<script>var map={"a":"[[10,20,60,20,60,40,10,40]]","l":"[\"../../../content/202003/11/content_1.html\"]"};</script>"#,
    ] {
        let reading = newer(&format!("<div class=paper><img src=1.jpg></div>{script}"));
        let regions = reading.page.as_ref().unwrap().regions(Some((1000, 1500))).regions;
        let (x, y, width, height) = regions[0].polygon.bounds();
        assert!((x - 0.1).abs() + (y - 0.2).abs() + (width - 0.5).abs() + (height - 0.2).abs() < 1e-9);
        assert_eq!(articles(&reading), ["content_1.html"]);
    }
}

#[test]
fn quirk_06_numbers_in_names_of_files() {
    for (file, number) in [("node_JSA01.html", "JSA01"), ("l01.html", "01"), ("colA01.html", "A01")] {
        let url = Url::parse(&format!("http://a.cn/slrb/pc/layout/202003/11/{file}")).unwrap();
        let markup = format!(
            "<ul id=layoutlist><li><a href={file}>要闻</a></li></ul><img src=1.jpg usemap=#p><map name=p><area coords=\"0,0,9,0,9,9\" href=../../../content/202003/11/content_1.html></map>"
        );
        let reading = read(&url, &markup);
        assert_eq!((reading.pages[0].number.as_str(), reading.pages[0].name.as_str()), (number, "要闻"));
        assert_eq!(reading.page.unwrap().number, number);
    }
}

#[test]
fn quirk_08_metadata_that_nobody_escaped() {
    let url = Url::parse("http://a.cn/slrb/pc/content/202003/11/content_1.html").unwrap();
    let reading = read(
        &url,
        "<div class=article><h1>河边的灯亮了</h1><div id=ozoom><!--enpcontent--><p>甲。</p><!--/enpcontent--><!--enpproperty <date>2020-03-11 00:00:00:000</date><author>林河</author><title><p>河边的灯<br/>亮了</p></title><subtitle></subtitle><introtitle>灯与河</introtitle><nodename>第03版：要闻</nodename>/enpproperty--></div></div>",
    );
    assert_eq!(reading.family, Some(Family::FounderNew));
    let article = reading.article.unwrap();
    let decks = &article.article.decks;
    assert_eq!(
        [decks.kicker.as_str(), decks.headline.as_str(), decks.subheadline.as_str(), decks.byline.as_str()],
        ["灯与河", "河边的灯\n亮了", "", "林河"]
    );
    assert_eq!(article.article.blocks, [paragraph("甲。")]);
    assert_eq!(article.page.unwrap().number, "03");
}

#[test]
fn quirk_10_pdfs_with_random_names_and_in_other_attributes() {
    let reading = newer(
        "<div class=paper><img src=1.jpg></div><ul id=layoutlist><li class=posRelative><a href=node_01.html>第01版：甲</a><input type=hidden value=../../../attachement/202003/11/0a1b-2c.pdf></li><li><a href=node_02.html>第02版：乙</a></li></ul>",
    );
    let pdf = reading.pages[0].pdf.as_ref().map(Url::path);
    assert_eq!(pdf, Some("/slrb/pc/attachement/202003/11/0a1b-2c.pdf"));
    assert_eq!(reading.pages[1].pdf, None);
    // The PDF of the page that is shown stands behind the list of all pages.
    let reading = newer(
        "<div class=paper><img src=1.jpg></div><div class=nav-list><ul><li><a href=node_01.html>第01版：甲</a></li><li><a href=node_02.html>第02版：乙</a></li></ul></div><a class=pdf href=1.pdf>PDF</a>",
    );
    assert_eq!(reading.pages[1].pdf, None);
    assert_eq!(reading.page.unwrap().pdf.unwrap().path(), "/slrb/pc/layout/202003/11/1.pdf");
    let panel = "<div class=nav-items><div class=nav-panel-heading pdf_href=../p/01.pdf>第01版：甲</div><ul class=nav-list-group><li><a data-href=20200311_001/content_20200311_001_1.htm#page1>题</a></li></ul></div>";
    let url = Url::parse("http://a.cn/slrb/mobile/2020/20200311/20200311_m.html").unwrap();
    let reading = read(&url, panel);
    assert_eq!(reading.family, Some(Family::BjdMobile));
    assert_eq!(reading.page.unwrap().pdf.unwrap().path(), "/slrb/mobile/2020/p/01.pdf");
}

#[test]
fn quirk_12_pages_and_articles_of_one_issue_lie_apart() {
    let url = Url::parse("http://a.cn/slrb/pc/content/202003/11/content_1.html").unwrap();
    let reading = read(
        &url,
        "<div class=swiper-slide><a href=../../../layout/202003/11/node_01.html>01版：甲</a></div><div class=swiper-slide><a href=../../../layout/202003/10/node_01.html>01版：昨天</a></div><h1>题</h1><div id=ozoom>文。</div>",
    );
    assert_eq!(reading.pages.len(), 1);
    assert_eq!(reading.pages[0].url.path(), "/slrb/pc/layout/202003/11/node_01.html");
}

#[test]
fn quirk_14_days_for_ids_and_several_papers() {
    let url = Url::parse("http://a.cn/szb/pc/layout/202003/period.xml").unwrap();
    let period = |day: u8, paper: u8, front: &str| {
        format!(
            "<period id=\"{day:02}\"><paper_id>{paper}</paper_id><period_date>2020-03-{day:02}</period_date><front_page>{front}</front_page></period>"
        )
    };
    let text = format!(
        "<periodlist>{}{}{}</periodlist>",
        period(12, 1, "node_01.html"),
        period(11, 2, "9455__01.html"),
        period(11, 1, "node_A01.html")
    );
    let reading = read(&url, &text);
    assert_eq!((reading.kind, reading.family), (Kind::Calendar, Some(Family::FounderNew)));
    let issues: Vec<_> = reading
        .issues
        .iter()
        .map(|issue| (issue.date.day(), issue.paper.as_deref(), issue.url.as_ref().unwrap().path()))
        .collect();
    assert_eq!(
        issues,
        [
            (11, Some("1"), "/szb/pc/layout/202003/11/node_A01.html"),
            (11, Some("2"), "/szb/pc/layout/202003/11/9455__01.html"),
            (12, Some("1"), "/szb/pc/layout/202003/12/node_01.html"),
        ]
    );
}

#[test]
fn quirk_18_the_next_page_is_never_this_one() {
    let markup = "<a href=node_2.htm>下一版</a><a href=node_2.htm>上一版</a><map><area coords=\"0,0,9,0,9,9\" href=content_1.htm></map><img src=1_b.jpg usemap=#x>";
    assert_eq!((page(markup).links.next_page, page(markup).links.previous_page), (None, None));
}

#[test]
fn quirk_19_each_issue_says_its_own_family() {
    let map = "<map><area coords=\"0,0,9,0,9,9\" href=content_1.htm></map><img src=1_b.jpg usemap=#x><p>第01版：要闻</p>";
    for (address, family) in [
        ("http://a.cn/slrb/html/2024-11/30/nbs.D110000slrb_01.htm", Family::FounderClassic),
        ("http://a.cn/slrb/pc/layout/202412/01/node_01.html", Family::FounderNew),
        ("http://a.cn/slrb/content/20241201/Page01BC.htm", Family::PaperIndex),
    ] {
        assert_eq!(read(&Url::parse(address).unwrap(), map).family, Some(family), "{address}");
    }
}

#[test]
fn addresses_in_an_attribute_that_no_browser_knows() {
    let url = Url::parse("http://a.cn/content/20200311/Page02DK.htm").unwrap();
    let reading = read(
        &url,
        "<div class=listdaohang><h4><a href=../../PDF/20200311/01.pdf>PDF</a><a href=Page01DK.htm>第01版：甲</a></h4><ul><li><a daoxiang=Articel01001NR.htm>一</a><li><a daoxiang=Articel01002NR.htm>二</a></ul>\
         <h4><a href=../../PDF/20200311/02.pdf>PDF</a><a href=Page02DK.htm>第02版：乙</a></h4><ul><li><a daoxiang=Articel02001NR.htm>三</a><li><a daoxiang=Articel02002NR.htm>四</a></ul></div>",
    );
    assert_eq!((reading.kind, reading.family), (Kind::Page, Some(Family::PaperIndex)));
    let pages: Vec<_> =
        reading.pages.iter().map(|page| (page.number.as_str(), page.pdf.as_ref().unwrap().path())).collect();
    assert_eq!(pages, [("01", "/PDF/20200311/01.pdf"), ("02", "/PDF/20200311/02.pdf")]);
    assert_eq!(articles(&reading), ["Articel02001NR.htm", "Articel02002NR.htm"]);
}

#[test]
fn articles_that_share_a_document_are_told_apart() {
    let text = r#"{"paperInfo":[{"paperNumber":"01","paperBk":"要闻","xyList":[{"id":7,"title":"一<br/>题","content":"<p>　　甲。</p>"},{"id":8,"title":"二","content":""}]},{"paperNumber":2,"paperBk":null,"xyList":null}]}"#;
    let url = Url::parse(
        "http://a.cn/_szb/slrb/2020/03/11/index.json#kanbao?name=%E7%A4%BA%E4%BE%8B%E6%97%A5%E6%8A%A5",
    )
    .unwrap();
    let issue = read(&url, text);
    assert_eq!((issue.kind, issue.family), (Kind::Page, Some(Family::JsonSzb)));
    assert_eq!(issue.publication.as_deref(), Some("示例日报"));
    assert_eq!(issue.date.unwrap().to_string(), "2020-03-11");
    let numbers: Vec<&str> = issue.pages.iter().map(|page| page.number.as_str()).collect();
    assert_eq!(numbers, ["01", "2"]);
    let links = issue.page.unwrap().articles;
    assert_eq!(links[0].headline, "一\n题");
    assert_ne!(address::article_key(&links[0].url), address::article_key(&links[1].url));
    let article = read(&links[0].url, text).article.unwrap();
    assert_eq!(article.article.blocks, [paragraph("甲。")]);
    assert_eq!(article.page.unwrap().number, "01");
    let absent =
        read(&Url::parse("http://a.cn/_szb/slrb/2020/03/11/index.json#kanbao?article=9").unwrap(), text);
    assert!(absent.article.is_none() && !absent.warnings.is_empty());
}
