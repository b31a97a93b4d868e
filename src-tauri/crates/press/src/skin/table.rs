//! Templates of nested tables, as a city daily of 2020 had them: tags in capitals and left open,
//! popups that repeat every list, Webdings arrows, and everything a reader does not come for.

use super::{
    BodyStyle, areas, body, escape, headline, label, metadata, number, pages_around, pictures, weekday,
};
use crate::manifest::ArticleManifest;
use crate::plan::Scene;
use crate::quirks::Calendar;
use kanbao_newspaper::Article;

const STYLE: BodyStyle = BodyStyle {
    open: "<P>",
    close: "</P>",
    indent: "&nbsp;&nbsp;&nbsp;&nbsp;",
    subheading: ("<B>", "</B>"),
    note: ("<I>", "</I>"),
    pictures: false,
};

/// The tools of a reader, over a text and below it.
const TOOLS: &str = r#"<A href="javascript:;" onclick="zoomIn();">放大<IMG height=16 src="../../../tplimg/zoomin.gif" width=16 align=middle border=0></A> <A href="javascript:;" onclick="zoomOut();">缩小</A> <A href="javascript:;" onclick="ozoom.style.zoom='100%';">默认</A> &nbsp;<SPAN id=readTxtQY style="display:inline"><A href="javascript:;" onclick="readTxt();">朗读<IMG height=16 src="../../../tplimg/soundon.gif" width=16 align=middle border=0></A></SPAN>"#;

pub(super) fn page(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let titles: String = page
        .list
        .iter()
        .map(|&id| {
            format!(
                "<TR><TD class=default vAlign=top><IMG src=\"../../../tplimg/checkbox.gif\" width=10 height=10>\n<TD class=default vAlign=top><A href={}><DIV style=\"DISPLAY: inline\" id=mp{}>{}</DIV></A>\n",
                scene.article_href(id),
                number(scene, id),
                headline(scene, id)
            )
        })
        .collect();
    let middle = format!(
        r#"<TABLE width="100%" border=0 bgColor=#FCFCFC>
<TR><TD class=STYLE30 height=20>标题导航
<TR><TD><DIV style="HEIGHT: 300px; OVERFLOW-Y: scroll"><TABLE cellSpacing=0 cellPadding=1 border=0><TBODY>
{titles}</TBODY></TABLE></DIV>
</TABLE>
{login}{promotions}"#,
        login = login(),
        promotions = promotions(scene),
    );
    document(scene, at, &middle, 2)
}

pub(super) fn article(scene: &Scene<'_>, at: usize, article: &ArticleManifest) -> String {
    let text = scene.text(article);
    let turn = turn(scene, article);
    let promotion = if scene.quirks.promotions_in_text { promotion(scene) } else { String::new() };
    let words = body(scene, article.id, &text, &STYLE);
    let words = if words.is_empty() { "<P>&nbsp;</P>\n".to_owned() } else { words };
    let middle = format!(
        r#"<TABLE width="100%" border=0 cellSpacing=0 cellPadding=0>
<TR><TD style="BORDER-BOTTOM: #787878 1px solid" height=24><TABLE width="100%"><TR>{turn}<TD width="74%" align=right>{TOOLS}</TR></TABLE>
<TR><TD>
<!----------文章部分开始---------->
<TABLE width="100%" border=0 cellSpacing=0 cellPadding=0 class=wz>
<TR><TD><TABLE cellSpacing=0 cellPadding=5 width="100%" border=0><TBODY>
{decks}</TBODY></TABLE>
<TR><TD align=center style="PADDING: 10px 20px">{pictures}<DIV id=ozoom style="ZOOM: 100%; FLOAT: left" class=content><founder-content><!--<npm:article-content>-->
{words}{promotion}<!--</npm:article-content>--></founder-content></DIV>
</TABLE>
<!----------文章部分结束---------->
<TR><TD style="BORDER-TOP: #787878 1px solid" height=30><TABLE width="100%"><TR>{turn}<TD width="74%" align=right>{TOOLS}</TR></TABLE>
<TR><TD class=px12>分享到： <A href="javascript:share('weibo')">新浪微博</A> <A href="javascript:share('qzone')">QQ空间</A> <A href="javascript:share('weixin')">微信</A>
</TABLE>
{login}{promotions}"#,
        decks = decks(&text),
        pictures = newspic(scene, &text),
        login = login(),
        promotions = promotions(scene),
    );
    document(scene, at, &middle, 1)
}

fn decks(article: &Article) -> String {
    let deck = |class: &str, before: &str, text: &str, after: &str| {
        format!("<TR vAlign=top><TD class={class} align=center>{before}{}{after}</TD>\n", escape(text))
    };
    let given = |text: &str, row: String| if text.is_empty() { String::new() } else { row };
    let decks = &article.decks;
    // The kicker's row is there without a kicker too; the other two only with their text.
    [
        deck("font02", "<!--<npm:article-pretitle>-->", &decks.kicker, "<!--</npm:article-pretitle>-->"),
        deck(
            "font01",
            "<founder-title><!--<npm:article-title>-->",
            &decks.headline,
            "<!--</npm:article-title>--></founder-title>",
        ),
        given(
            &decks.subheadline,
            deck(
                "font02",
                "<!--<npm:article-subtitle>-->",
                &decks.subheadline,
                "<!--</npm:article-subtitle>-->",
            ),
        ),
        given(
            &decks.byline,
            deck(
                "font02",
                "<founder-author><!--<npm:article-author>-->",
                &decks.byline,
                "<!--</npm:article-author>--></founder-author>",
            ),
        ),
    ]
    .concat()
}

fn newspic(scene: &Scene<'_>, article: &Article) -> String {
    let rows: String = pictures(scene, article)
        .map(|(src, caption)| {
            format!(
                "<TR><TD align=center><!--<npm:article-pic>--><IMG alt=\"\" src=\"{src}\"><!--</npm:article-pic>-->\n<TR><TD><!--<npm:article-pic-text>-->{caption}<!--</npm:article-pic-text>-->\n"
            )
        })
        .collect();
    if rows.is_empty() {
        return rows;
    }
    format!("<TABLE id=newspic bgColor=#efefef><TR><TD><TABLE><TBODY>\n{rows}</TBODY></TABLE></TABLE>\n")
}

fn turn(scene: &Scene<'_>, article: &ArticleManifest) -> String {
    let (before, after) = scene.neighbours(article);
    let before = before.map_or(String::new(), |id| {
        format!(
            "<A href={} title=转到本版的上一篇报道><SPAN style=\"font-size:12px;font-family:webdings\">3</SPAN>上一篇</A>",
            scene.article_href(id)
        )
    });
    let after = after.map_or(String::new(), |id| {
        format!(
            "<A href={}>下一篇 <SPAN style='font-size: 12px; font-family: Webdings'>4</SPAN></A>",
            scene.article_href(id)
        )
    });
    format!("<TD noWrap width=\"13%\" class=px12>{before}<TD noWrap width=\"13%\" class=px12>{after}")
}

/// The lines that promotions add at the end of a text.
fn promotion(scene: &Scene<'_>) -> String {
    let issue = scene.issue;
    let name = escape(&issue.publication);
    format!(
        "<P>&nbsp;&nbsp;&nbsp;&nbsp;短信订阅《{name}》手机报：移动用户发送{code}到10650000，3元/月</P>\n<P>{name}官方微博：http://weibo.example.com/{slug}</P>\n",
        code = issue.slug.to_uppercase(),
        slug = issue.slug
    )
}

fn promotions(scene: &Scene<'_>) -> String {
    let issue = scene.issue;
    let name = escape(&issue.publication);
    format!(
        r"<TABLE width=390 border=0 class=px12>
<TR><TD>手机报订阅：移动用户发送短信{code}到10650000，联通用户发送{code}到10660000
<TR><TD>{name}官方微博 官方微信 新闻热线：(0000)1234567 广告热线：(0000)7654321
<TR><TD class=whitenav>版权声明
<TR><TD class=px12>　　{copyright}
</TABLE>
",
        code = issue.slug.to_uppercase(),
        copyright = escape(&issue.copyright),
    )
}

fn login() -> String {
    "<FORM name=loginform method=post action=\"javascript:;\"><TABLE class=px12><TR><TD>用户名：<INPUT name=user size=8>密码：<INPUT type=password name=pass size=8><INPUT type=button value=登录> <A href=\"javascript:;\">注册</A></TABLE></FORM>\n".to_owned()
}

fn document(scene: &Scene<'_>, at: usize, middle: &str, kind: u8) -> String {
    let issue = scene.issue;
    let page = &issue.pages[at];
    let date = issue.date;
    let pdf = scene.pdf_href(page).map_or(String::new(), |href| {
        format!("<A href={href}><IMG height=16 src=\"../../../tplimg/pdf.gif\" width=16 border=0></A>")
    });
    let periods = if scene.quirks.calendar == Calendar::Absent {
        scene.previous_issue_href(&scene.names.pages[at]).map_or(String::new(), |href| {
            format!("<A class=preart href=\"{href}\"><SPAN style='font-family:webdings'>3</SPAN>上一期</A>")
        })
    } else {
        r##"<SPAN id=upqi style="display:none"><A href="#" onClick="goPrePeriod()">上一期</A>&nbsp;&nbsp;<A href="#" onClick="goNextPeriod()">下一期</A></SPAN>"##.to_owned()
    };
    format!(
        r#"<HTML>
<HEAD>
<META http-equiv=Content-Type content="text/html; charset={charset}">
<TITLE>{publication}</TITLE>
<LINK href="../../../tplimg/page.css" type=text/css rel=stylesheet>
<SCRIPT language=JavaScript src="../../../tplimg/mp.js"></SCRIPT>
</HEAD>
<SPAN id=pre style="DISPLAY: none">&nbsp;</SPAN>
<BODY onLoad="initialize();initMPPage();" text=#000000 leftMargin=0 topMargin=0 marginheight="0" marginwidth="0">
{popups}<TABLE cellSpacing=0 cellPadding=0 width=1002 align=center border=0 background="../../../tplimg/bg.gif">
<TR>
<TD vAlign=top width=400><TABLE cellSpacing=0 cellPadding=0 align=right border=0>
<TR><TD align=left><TABLE height=146 border=0 cellSpacing=0 cellPadding=0>
<TR><TD class=Ltd1 bgColor=#ffffff>{map}
</TABLE>
<TABLE style="MARGIN-BOTTOM: 3px" cellSpacing=0 cellPadding=5 width=411 border=0>
<TR><TD width=202 align=left class=px12>第{number}版:<STRONG>{name}</STRONG>
<TD noWrap class=px12>{pager}
<TD width=149 align=right vAlign=center noWrap class=px12>{pdf}{large}
</TABLE>
</TABLE>
<TD vAlign=top width=602><TABLE height=29 cellSpacing=0 cellPadding=0 width="100%" border=0>
<TR align=right><TD class=whitenav><A href="{first}">今日头版</A> | <SPAN onMouseOver="document.getElementById('bmdh').style.display='block';"><A href="javascript:;">版面导航</A></SPAN> | <SPAN onMouseOver="document.getElementById('btdh').style.display='block';"><A href="javascript:;">标题导航</A></SPAN>
<TD align=right class=default><STRONG><FONT face="Arial, Helvetica, sans-serif">
 {year}
 年
 {month}
 月
 {day}
 日　星期
 <FONT class=weekday>{weekday}</FONT>
&nbsp;&nbsp; </FONT></STRONG>
<TD>{periods}
<TR><TD colSpan=3 align=right class=default><SELECT onchange="window.open(this.value)"><OPTION value=0>报系媒体<OPTION value="/">示例报业</SELECT> <A href="http://www.example.com/tougao.html" target=_blank>网上投稿</A> | <A href="http://www.example.com/{slug}/history.html" target=_blank>往期回顾</A>
</TABLE>
<TABLE width=589 height=507 border=0 cellSpacing=0 cellPadding=0>
<TR vAlign=top><TD>
{middle}<TD width=200><TABLE width="100%"><TR><TD class=default>&nbsp;<STRONG>版面目录</STRONG>
<TR><TD><TABLE cellSpacing=0 cellPadding=2 width="100%" border=0><TBODY>
{pages}</TBODY></TABLE>
</TABLE>
<TR><TD colSpan=2 align=center class=foot>{publication}社 主办 地址：示例市示例路1号 邮编：000000 电话：(0000)1234567
</BODY>
</HTML>
{metadata}"#,
        charset = scene.quirks.charset.label(),
        publication = escape(&issue.publication),
        slug = issue.slug,
        popups = popups(scene, at),
        map = map(scene, at),
        number = page.number,
        name = escape(&page.name),
        pager = pager(scene, at),
        large = scene
            .large_picture_href(page)
            .map_or(String::new(), |href| { format!(" <A href={href} target=_blank>查看大图</A>") }),
        first = scene.names.pages[0],
        year = date.year(),
        month = date.month(),
        day = date.day(),
        weekday = weekday(date),
        pages = pages(scene),
        metadata = metadata(scene, at, kind),
    )
}

fn map(scene: &Scene<'_>, at: usize) -> String {
    let page = &scene.issue.pages[at];
    let areas = areas(scene, page);
    format!(
        "<map name=PagePicMap>{areas}</map><img src={} border=0{} USEMAP=#PagePicMap>",
        scene.frame_src(page),
        scene.frame_attributes(page)
    )
}

fn pager(scene: &Scene<'_>, at: usize) -> String {
    let (before, after) = pages_around(scene, at);
    let before = before.map_or(String::new(), |file| {
        format!("<A class=preart href=\"{file}\"><SPAN style='font-size:12px;font-family:webdings'>3</SPAN>上一版</A>")
    });
    let after = after.map_or(String::new(), |file| {
        format!("<A class=preart href=\"{file}\"><span style='font-family:webdings'>4</span>下一版</A>")
    });
    format!("{before}&nbsp;&nbsp;{after}")
}

fn pages(scene: &Scene<'_>) -> String {
    let rows = scene.issue.pages.iter().enumerate().map(|(i, page)| {
        let colour = if i % 2 == 0 { "" } else { " bgColor=#e8e8e8" };
        let here = if i == 0 { "./" } else { "" };
        let pdf = scene.pdf_href(page).map_or(String::new(), |href| {
            format!("<A href={href}><IMG height=16 src=\"../../../tplimg/pdf.gif\" width=16 border=0></A>")
        });
        format!(
            "<TR{colour}><TD class=default align=left>&nbsp;<A id=pageLink href={here}{}>{}</A>\n<TD noWrap align=middle width=55>{pdf}\n",
            scene.names.pages[i],
            label(page)
        )
    });
    rows.collect()
}

/// 版面导航 and 标题导航: both lists once more, before anything else in the document.
fn popups(scene: &Scene<'_>, at: usize) -> String {
    let titles = scene.issue.pages[at].list.iter().map(|&id| {
        format!(
            "<TR height=27px id=row_black{}><TD width=10px><TD class=black><A href={}>{}</A>\n",
            number(scene, id),
            scene.article_href(id),
            headline(scene, id)
        )
    });
    let titles: String = titles.collect();
    format!(
        "<!-------bmdh版面导航------>\n<DIV id=bmdh onMouseOut=\"document.getElementById('bmdh').style.display='none';\">\n<TABLE border=0 cellPadding=2 cellSpacing=0 width=200><TBODY>\n{}</TBODY></TABLE>\n</DIV>\n\
         <!-- -------------------------标题导航-------------->\n<DIV id=btdh onMouseOut=\"document.getElementById('btdh').style.display='none';\">\n<TABLE border=0 cellPadding=2 cellSpacing=0 width=277><TBODY>\n{titles}</TBODY></TABLE>\n</DIV>\n",
        pages(scene)
    )
}
