//! Templates with nbs/nw file names: headlines written by script, a title box for every list,
//! decks as h3, h1, h2 and h4, the text hidden until a script shows it.

use super::{BodyStyle, areas, body, escape, headline, label, metadata, pages_around, pictures, weekday};
use crate::manifest::ArticleManifest;
use crate::plan::Scene;
use crate::quirks::Calendar;

const STYLE: BodyStyle = BodyStyle {
    open: "<p>",
    close: "</p>",
    indent: "　　",
    subheading: ("<strong>", "</strong>"),
    note: ("<span style=\"font-family:楷体\">", "</span>"),
    pictures: false,
};

const SCRIPTS: &str = r#"<script language="JavaScript" src="../../../tplimg/mp.js"></script>
<script type="text/javascript">
function view(str){
 str = str.replace(/<br>/gi," ");
 if(str.length>20){ return str.substring(0,20)+"..."; }
 return str;
}
function autoShowDate(){ var d = document.getElementById("mobilepaper"); if(d){ d.style.display="block"; } }
</script>
"#;

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let titles: String = page
        .list
        .iter()
        .enumerate()
        .map(|(i, &id)| {
            let class = if i % 2 == 0 { "" } else { " class=\"one\"" };
            format!(
                "<li{class}>\n<a href={}><script>document.write(view(\"{}  \"))</script></a></li>\n",
                scene.article_href(id),
                title(scene, id)
            )
        })
        .collect();
    // The ids of articles on this page, for the script that marks a region under the mouse.
    let hidden: String = page
        .list
        .iter()
        .map(|&id| {
            let file = scene.article_file(id);
            format!("<a href={file} id=mp_{} style=\"display:none\"></a>\n", file.trim_end_matches(".htm"))
        })
        .collect();
    let right = format!(
        r#"    <DIV id="ozoom" style="zoom:100%;">
      <div class="list_t">
        <!--新闻标题-->
        <div class="list_l">
          <div class="l_t">
            {number}版:{name}
          </div>
          <div class="l_c">
            <div id="titleList"  style="height:440px;overflow:hidden;">
              <!-- list starting -->
              <ul>

{titles}
</ul><!-- list endding -->
            </div>
          </div>
        </div>
        <!--版面目录-->
        <div class="list_r">
          <div class="l_t l_t1">版面目录</div>
          <div class="l_c l_c1">
            <div id="pageList" style="overflow:hidden;height:440px;">
              <!-- list starting -->
              <ul>
{pages}</ul>
            </div>
          </div>
        </div>
      </div>
    </DIV>
{hidden}"#,
        number = page.number,
        name = escape(&page.name),
        pages = pages(scene),
    );
    document(scene, at, &right, 2)
}

pub(super) fn article(scene: &Scene<'_>, at: usize, article: &ArticleManifest) -> String {
    let issue = scene.issue;
    let text = scene.text(article);
    let decks = &text.decks;
    let date = issue.date;
    let (before, after) = scene.neighbours(article);
    let turn = |id: Option<u32>, word: &str| {
        id.map_or(String::new(), |id| {
            format!("<li><a class=preart href=\"{}\">{word}</a></li>", scene.article_href(id))
        })
    };
    let tables: String = pictures(scene, &text)
        .map(|(src, caption)| {
            format!(
                "<TABLE class=\"pci_c\" width=\"400\"><TR><td align=\"center\"><img src=\"{src}\"></td></TR><TR><td><p>{caption}</p></td></TR></TABLE>\n"
            )
        })
        .collect();
    let right = format!(
        r##"    <div class="text_c">
<h3>{kicker}</h3>
<h1>{headline}</h1>
<h2>{subheadline}</h2>
<h4>{byline}</h4>
<div class="lai">
 《{publication}》（ {year}年{month:02}月{day:02}日 &nbsp; {number} 版）
</div>
<div id="ozoom" style="zoom:100%;" class="c_c">
{tables}<div style="display:none" id="articleContent"><!--enpcontent-->{body}<!--/enpcontent--></div>
<script>document.getElementById("articleContent").style.display="block";</script>
</div>
    </div>
    <div class="art_btn"><ul>{previous}{next}<li><a href="#" onClick="javascript:zoomIn()">放大</a> <a href="#" onClick="zoomOut()">缩小</a> <a href="#">默认</a></li></ul></div>
    <div class="fenxiang">分享到：<a href="javascript:fx(1)">人人网</a> <a href="javascript:fx(2)">微博</a></div>
    <div id="pageList"><ul>
{pages}</ul></div>
"##,
        kicker = escape(&decks.kicker),
        headline = escape(&decks.headline),
        subheadline = escape(&decks.subheadline),
        byline = escape(&decks.byline),
        publication = escape(&issue.publication),
        year = date.year(),
        month = date.month(),
        day = date.day(),
        number = issue.pages[at].number,
        body = body(scene, article.id, &text, &STYLE),
        previous = turn(before, "上一篇"),
        next = turn(after, "下一篇"),
        pages = pages(scene),
    );
    document(scene, at, &right, 1)
}

fn document(scene: &Scene<'_>, at: usize, right: &str, kind: u8) -> String {
    let issue = scene.issue;
    let page = &issue.pages[at];
    let date = issue.date;
    let areas = areas(scene, page);
    let (before, after) = pages_around(scene, at);
    let turn = |file: Option<&str>, word: &str| {
        file.map_or(String::new(), |file| {
            format!(
                "\n              <a class=preart href=\"{file}\">{word} <img src='../../../tplimg/right_ico.gif' border=0 /></a>"
            )
        })
    };
    let pdf = scene.pdf_href(page).map_or(String::new(), |href| {
        format!("<a href={href}><IMG src=\"../../../tplimg/ico4.gif\" border=0></a>\n            PDF版下载 ")
    });
    let large = scene
        .large_picture_href(page)
        .map_or(String::new(), |href| format!("<a href={href} target=_blank>查看大图</a> "));
    let periods = if scene.quirks.calendar == Calendar::Absent {
        scene
            .previous_issue_href(&scene.names.pages[at])
            .map_or(String::new(), |href| format!("<a href=\"{href}\">&lt;上一期</a>"))
    } else {
        r##"<a href="#" onClick="goPrePeriod()">&lt;上一期</a>&nbsp;&nbsp;&nbsp;<a href="#" onClick="goNextPeriod()">下一期&gt;</a>"##.to_owned()
    };
    format!(
        r#"<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{publication}</title>
<link href="../../../tplimg/page.css" rel="stylesheet" type="text/css">
{SCRIPTS}</head>
<body onLoad="createStarsPage();getDate();initialize();initMPPage();">
<div class="div_bg"><div class="div_center">
  <!--左侧版面图部分-->
  <div class="left_c">
    <div class="ban">
      <div>
        <map name=PagePicMap>{areas}</map><img {frame} src={src} border=0 USEMAP=#PagePicMap></div>
    </div>
    <div class="ban_t">
      <div>
        <ul>
          <li>
            {number}版:{name}
            &nbsp;
            {pdf}{large}<span>{previous}{next}
            </span></li>
        </ul>
      </div>
    </div>
  </div>
  <!--右侧目录部分-->
  <div class="right_c">
            <div style="float:left; width:370px;"><div id="riqi_"  style="float:left;">
            {publication}
            {year}年{month:02}月{day:02}日 星期{weekday}
            </div></div>
      <div style="float:right; text-align:right;">&nbsp;{periods}</div>
    <div class="mobilepaper" id="mobilepaper"></div>
    <!--目录与标题-->
{right}  </div>
</div>
<div class="foot">{copyright}<br />Copyright &copy; {year} by {slug}.example.com. all rights reserved</div>
</div>
</body></html>
{metadata}"#,
        charset = scene.quirks.charset.label(),
        publication = escape(&issue.publication),
        frame = scene.frame_attributes(page).trim_start(),
        src = scene.frame_src(page),
        number = page.number,
        name = escape(&page.name),
        previous = turn(before, "上一版"),
        next = turn(after, "下一版"),
        year = date.year(),
        month = date.month(),
        day = date.day(),
        weekday = weekday(date),
        copyright = escape(&issue.copyright),
        slug = issue.slug,
        metadata = metadata(scene, at, kind),
    )
}

/// A headline for a string of a script: long ones are broken as they are over the text.
fn title(scene: &Scene<'_>, id: u32) -> String {
    let title = headline(scene, id);
    let middle = title.find(['：', '　', ' ']).filter(|_| !title.contains("<br>"));
    match middle {
        Some(at) if title.chars().count() > 16 => {
            let (before, after) = title.split_at(at);
            let mark = after.chars().next().unwrap_or(' ');
            let kept = if mark == '：' { "：" } else { "" };
            format!("{before}{kept}<br>{}", &after[mark.len_utf8()..])
        }
        _ => title,
    }
}

fn pages(scene: &Scene<'_>) -> String {
    let rows = scene.issue.pages.iter().enumerate().map(|(i, page)| {
        let here = if i == 0 { "./" } else { "" };
        let pdf = scene.pdf_href(page).map_or(String::new(), |href| {
            format!("<a href={href}><img src=\"../../../tplimg/ico3.gif\" border=0 /></a>")
        });
        format!(
            "<div class=\"right_title{}\">\n<div class=\"right_title-name\"><a id=pageLink href={here}{}>{}</a></div>\n<div class=\"right_title-pdf\">{pdf}</div>\n</div>\n",
            1 + i % 2,
            scene.names.pages[i],
            label(page)
        )
    });
    rows.collect()
}
