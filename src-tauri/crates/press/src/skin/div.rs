//! Templates of floating columns: a map whose name and use differ in case, unquoted attributes,
//! other pages' headlines beside the page's own, metadata after the document.

use super::{BodyStyle, areas, body, escape, headline, label, metadata, number, pages_around, weekday};
use crate::manifest::ArticleManifest;
use crate::plan::Scene;
use crate::quirks::Calendar;

const STYLE: BodyStyle = BodyStyle {
    open: "<P>",
    close: "</P>",
    indent: "　　",
    subheading: ("<STRONG>", "</STRONG>"),
    note: ("<FONT face=楷体_GB2312>", "</FONT>"),
    pictures: true,
};

const SCRIPTS: &str = r#"<SCRIPT language=Javascript src="../../../tplimg/mp.js"></SCRIPT>
<SCRIPT language=Javascript src="../../../tplimg/calendar2.js"></SCRIPT>
<SCRIPT id=oMapScript event=onmouseover() for=pagepicmap>
 drawLine(event.srcElement);
</SCRIPT>
<SCRIPT language=Javascript>
function turnpage(src,mode){
 var currPos = src.selectedIndex;
 if(mode==0){//前翻
  if(currPos==0) return;
  src.selectedIndex = currPos -1;
 }else{
  if(currPos == src.length-1) return;
  src.selectedIndex = currPos +1;
 }
 src.onchange();
}
</SCRIPT>
"#;

const CALENDAR: &str = r#"<form name=CLD style="padding:0px;margin:0px;"><table cellspacing=0 cellpadding=0 width="100%" align=center border=0>
<tr align=middle bgcolor=#e8e8e8 class="default"><td><b>日</b></td><td><b>一</b></td><td><b>二</b></td><td><b>三</b></td><td><b>四</b></td><td><b>五</b></td><td><b>六</b></td></tr>
<script language=JavaScript>
<!--
var gNum;
for(i=0;i<6;i++)
{
 document.write('<tr align=center>');
 for(j=0;j<7;j++)
 {
  gNum = i*7+j;
  document.write('<td id="GD' + gNum +'"><a href="" id="CD' + gNum + '"><font id="SD' + gNum +'"></font></a></td>');
 }
 document.write('</tr>');
}
//-->
</script>
</table></form>
<form name="form1" action="../../../search.do" method="POST" target="_blank"><input name="contentKey" type="text" size="50"> <input type="button" value="搜索" onClick="per_submit()"></form>
"#;

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let columns = format!(
        r#"<div class="w388">
<p class="rq">主办单位：{publication}社</p>
<!--版面开始-->
<div class="bm">
{map}
</div>
<!--版面结束-->
 <table width="380" border="0" cellspacing="0" cellpadding="0" class="sxb">
 <tr>
 <td class="sxb1">{pager}</td>
 <td align="center" class="sxb2">{pdf}</td>
 </tr>
 </table>
</div>
<!--左栏结束 中栏开始 -->
<div class="w344">
<div class="h80"></div>
{date}
<table width="100%" border="0" cellspacing="0" cellpadding="0" class="bm00">
 <tr>
 <td class="bm01">第{number}版　　　　　　　　　　　　<span>{name}</span></td>
 </tr>
 <tr>
 <td class="bm02">
	<div class="gundong">
	<ul class="list01">{list}</ul> </div></td>
 </tr>
 <tr><td class="bm03">&nbsp;</td></tr>
</table>
<table width="100%" border="0" cellspacing="0" cellpadding="0" class="bm05">
 <tr><td class="bm06">今日关注</td></tr>
 <tr>
 <td class="bm02">
	 <div class="bm07">
{attention}	 </div></td>
 </tr>
</table>
</div>
"#,
        publication = escape(&scene.issue.publication),
        map = map(scene, at),
        pager = pager(scene, at),
        pdf = pdf(scene, at),
        date = date(scene),
        number = page.number,
        name = escape(&page.name),
        list = list(scene, &page.list),
        attention = attention(scene),
    );
    document(scene, at, "initialize();initMPPage();", &columns, 2)
}

pub(super) fn article(scene: &Scene<'_>, at: usize, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let decks = &text.decks;
    let deck = |tag: &str, class: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("<{tag}{class}>{}</{}>\n", escape(text), tag) }
    };
    let (before, after) = scene.neighbours(article);
    let turn = |id: Option<u32>, arrow: &str, word: &str| {
        id.map_or(String::new(), |id| {
            format!(
                "<a class=preart href={}><span style='font-size:12px;font-family:webdings'>{arrow}</span>{word}</a>&nbsp;",
                scene.article_href(id)
            )
        })
    };
    let page = &scene.issue.pages[at];
    let columns = format!(
        r#"<div class="w388">
{date}
<p class="weizhi">当前位置：<a href="{page_file}">{label}</a></p>
<div class="mulu">本版导读<ul class="list01">{list}</ul></div>
</div>
<!--左栏结束 中栏开始 -->
<div class="w594">
<div class="tools">{previous}{next}<a href="javascript:void(0)" onClick="zoomIn()">放大</a> <a href="javascript:void(0)" onClick="zoomOut()">缩小</a> <a href="javascript:void(0)" onClick="doZoom()">默认</a></div>
<div class="article">
{kicker}{title}{subtitle}{author}<div class="text" id=ozoom style="ZOOM: 100%">
<!--enpcontent-->{body}<!--/enpcontent-->
</div>
</div>
<div class="share">分享到： <a href="javascript:share(1)">微博</a> <a href="javascript:share(2)">微信</a></div>
</div>
"#,
        date = date(scene),
        page_file = scene.names.pages[at],
        label = label(page),
        list = list(scene, &page.list),
        previous = turn(before, "3", "上一篇"),
        next = turn(after, "4", "下一篇"),
        kicker = deck("h2", " class=\"leading_title\"", &decks.kicker),
        title = format_args!("<h1>{}</h1>\n", escape(&decks.headline)),
        subtitle = deck("h2", "", &decks.subheadline),
        author = deck("p", " class=\"author\"", &decks.byline),
        body = body(scene, article.id, &text, &STYLE),
    );
    document(scene, at, "initialize();", &columns, 1)
}

fn document(scene: &Scene<'_>, at: usize, onload: &str, columns: &str, kind: u8) -> String {
    let issue = scene.issue;
    let previous = scene.previous_issue_href(&scene.names.pages[at]).map_or(String::new(), |href| {
        format!(
            "<table width=\"250\" border=\"0\" class=\"rq\">\n <tr>\n <td class=\"sqq\"><a class=preart href=\"{href}\"><FONT face=Webdings>3</FONT>上一期</a></td>\n </tr>\n</table>\n"
        )
    });
    let calendar = if scene.quirks.calendar == Calendar::Absent { "" } else { CALENDAR };
    format!(
        r#"<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="X-UA-Compatible" content="IE=7" />
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<title>{publication}</title>
<link href="../../../tplimg/page.css" rel="stylesheet" type="text/css" />
{SCRIPTS}</head>

<body onLoad="{onload}">
<div class="wrap">
<div class="h78"></div>
<!--左栏开始-->
{columns}<!--中栏结束 右栏开始-->
<div class="w250">
<div class="h80"></div>
{previous}{calendar}<table width="100%" border="0" cellspacing="0" cellpadding="0" class="mulu03">
<tr>
<td class="mulu02">版面目录</td>
</tr>
 <tr>
 <td height="240" valign="top" class="mulu04"> <table cellspacing=0 cellpadding=2 width=100% border=0><tbody>{pages} </tbody></table> </td>
 </tr>
</table>
<p class="ad01"><a href="http://www.example.com/" target="_blank"><img src="../../../tplimg/ad01.gif" width="250" height="50" /></a></p>
</div>
<div style="clear:both;"></div>
<!--版权信息开始-->
<div class="copy"><a href="/" target="_blank">示例报业</a> | <a href="http://www.example.com/about.html" target="_blank">关于我们</a> | <a href="http://www.example.com/order.html" target="_blank">报纸征订</a> | <a href="http://www.example.com/tougao.html" target="_blank">网上投稿</a> | <a href="http://www.example.com/{slug}/history.html" target="_blank">往期回顾</a> | <a href="http://www.example.com/copyright.html" target="_blank">版权声明</a><br />
主办单位：{publication}社 | 新闻热线：(0000)1234567
</div>
</div>
<div class="shengming"><p>{copyright}</p></div>
<div class="result_list" style="display:none;"></div>
</body>
<script>
var _hmt = _hmt || [];
</script>

</html>
{metadata}"#,
        charset = scene.quirks.charset.label(),
        publication = escape(&issue.publication),
        slug = issue.slug,
        pages = pages(scene),
        copyright = escape(&issue.copyright),
        metadata = metadata(scene, at, kind),
    )
}

fn map(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let areas = areas(scene, page);
    let large = scene
        .large_picture_href(page)
        .map_or(String::new(), |href| format!("\n<a href={href} target=_blank>查看大图</a>"));
    format!(
        "<MAP NAME=\"pagepicmap\">{areas}</MAP><img src={} border=0{} USEMAP=#PagePicMap> {large}",
        scene.frame_src(page),
        scene.frame_attributes(page)
    )
}

fn pager(scene: &Scene<'_>, at: usize) -> String {
    let (before, after) = pages_around(scene, at);
    let turn = |file: Option<&str>, arrow: &str, word: &str| {
        file.map_or(String::new(), |file| {
            format!("<a class=preart href=\"{file}\"><span style='font-size:12px;font-family:webdings'>{arrow}</span>{word}</a>")
        })
    };
    format!("{}{}", turn(before, "3", "上一版"), turn(after, "4", "下一版"))
}

fn pdf(scene: &Scene<'_>, at: usize) -> String {
    scene.pdf_href(&scene.issue.pages[at]).map_or(String::new(), |href| {
        format!("<a href={href}><IMG height=16 src=\"../../../tplimg/pdf.gif\" width=16 border=0></a>")
    })
}

fn date(scene: &Scene<'_>) -> String {
    let date = scene.issue.date;
    format!(
        "<p class=\"rq\">{}年{}月{}日　星期<font class=weekday>{}</font></p>",
        date.year(),
        date.month(),
        date.day(),
        weekday(date)
    )
}

fn list(scene: &Scene<'_>, articles: &[u32]) -> String {
    let items = articles.iter().map(|&id| {
        let href = scene.article_href(id);
        format!(" <li><a href={href}><div id=mp{}>{}</div></a> </li>", number(scene, id), headline(scene, id))
    });
    items.collect()
}

/// 今日关注: the first headlines of every page, so of other pages too.
fn attention(scene: &Scene<'_>) -> String {
    let tables = scene.issue.pages.iter().map(|page| {
        let rows = page.list.iter().take(2).map(|&id| {
            format!(
                " <tr><td class=px12 align=left> <a href={}><div id=mp{}>{}</div></a> </td></tr>",
                scene.article_href(id),
                number(scene, id),
                headline(scene, id)
            )
        });
        let rows: String = rows.collect();
        format!("	 <table cellspacing=0 cellpadding=0 border=0><tbody>{rows} </tbody></table>\n")
    });
    tables.collect()
}

fn pages(scene: &Scene<'_>) -> String {
    if scene.quirks.without_page_list {
        return String::new();
    }
    let rows = scene.issue.pages.iter().enumerate().map(|(i, page)| {
        let colour = if i % 2 == 0 { "#ffffff" } else { "#e8e8e8" };
        let here = if i == 0 { "./" } else { "" };
        let pdf = scene.pdf_href(page).map_or(String::new(), |href| {
            format!("<a href={href}><img height=16 src=\"../../../tplimg/pdf.gif\" width=16 border=0></a>")
        });
        format!(
            " <tr bgcolor={colour}> <td class=default2 align=left>&nbsp;<a id=pageLink href={here}{}>{}</a></td> <td nowrap align=middle width=55>{pdf}</td></tr>",
            scene.names.pages[i],
            label(page)
        )
    });
    rows.collect()
}
