//! A site of given files, and one put together around a captured page: what the capture lacks is made in
//! its own template, with invented words.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Files by path, served over plain HTTP as old publishers' machines do: no validators, one request a connection.
#[derive(Debug)]
pub struct Site {
    root: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves for the rest of the test's process.
    pub fn serve(files: HashMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let root = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A client that goes away in the middle is its own affair.
                let _ = answer(stream, &files, &log);
            }
        });
        Self { root, requests }
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// The paths asked for since the last call, in order.
    pub fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn answer(
    mut stream: TcpStream,
    files: &HashMap<String, Vec<u8>>,
    log: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut request = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    request.read_line(&mut first)?;
    let mut header = String::from("-");
    while !header.trim().is_empty() {
        header.clear();
        request.read_line(&mut header)?;
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (status, kind, body) = match files.get(&path) {
        Some(body) => ("200 OK", kind_of(&path), body.as_slice()),
        None => ("404 Not Found", "text/html", b"<html><body>404</body></html>".as_slice()),
    };
    log.lock().unwrap_or_else(PoisonError::into_inner).push(path);
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n")?;
    stream.write_all(b"Connection: close\r\n\r\n")?;
    stream.write_all(body)
}

fn kind_of(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("jpg") => "image/jpeg",
        Some("pdf") => "application/pdf",
        Some("xml") => "text/xml",
        Some("js" | "mjs") => "text/javascript",
        // As sent by many: without a charset, which the page itself names.
        _ => "text/html",
    }
}

/// An article of the made-up parts, and of the capture's own page.
#[derive(Debug, Clone)]
pub struct MadeArticle {
    pub id: u32,
    pub headline: String,
    pub paragraphs: Vec<String>,
}

/// The issue that is put together around the capture: its page, three more like it, and every article.
#[derive(Debug)]
pub struct MadeIssue {
    pub files: HashMap<String, Vec<u8>>,
    /// The page's own list, page by page.
    pub articles: Vec<Vec<MadeArticle>>,
    pub names: [&'static str; 4],
}

/// Where the made-up site has its entry, below its root.
pub const ENTRY: &str = "/jjjcb/paperindex.htm";

impl MadeIssue {
    /// `page` is the captured front page; `picture` and `pdf` stand for every page's.
    pub fn around(page: &str, picture: &[u8], pdf: &[u8]) -> Self {
        const FOLDER: &str = "/jjjcb/html/2017-07/22";
        let names = ["要闻", "综合新闻", "队伍建设", "反腐观察"];
        let mut files = HashMap::new();
        let mut articles = Vec::new();
        let refresh = r#"<html><head><META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/2017-07/22/node_2.htm"></head></html>"#;
        files.insert(ENTRY.to_owned(), refresh.into());
        let period = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><periodlist><period id=\"1\"><period_name/><paper_id>1</paper_id>\
                      <period_date>2017-07-22</period_date></period></periodlist>";
        files.insert("/jjjcb/html/2017-07/period.xml".into(), period.into());
        let (listed, own) = own_list(page);
        for (index, name) in names.iter().enumerate() {
            let number = index + 1;
            let node = format!("{FOLDER}/node_{}.htm", number + 1);
            let assets = format!("/jjjcb/html/1/2017-07/22/{number}/20170722{number}");
            files.insert(format!("{assets}_brief.jpg"), picture.to_vec());
            files.insert(format!("{assets}_pdf.pdf"), pdf.to_vec());
            let on_page: Vec<MadeArticle> =
                own.iter().map(|(id, headline)| made(*id, headline, number)).collect();
            files.insert(node, page_like(page, &listed, &on_page, &own, number, name).into_bytes());
            for (place, article) in on_page.iter().enumerate() {
                let next = on_page.get(place + 1).map(|next| next.id);
                let text = article_page(article, next, number, name);
                files.insert(format!("{FOLDER}/content_{}.htm", article.id), text.into_bytes());
            }
            articles.push(on_page);
        }
        Self { files, articles, names }
    }
}

/// The page's own list of articles, as markup and as (id, headline).
fn own_list(page: &str) -> (String, Vec<(u32, String)>) {
    let start = page.find("<ul class=\"list01\">").expect("the capture has a list");
    let end = start + page[start..].find("</ul>").expect("the list ends");
    let listed = page[start..end].to_owned();
    let own = listed.split("<li>").skip(1).map(|item| {
        let id = item.split("content_").nth(1).and_then(|rest| rest.split('.').next());
        let headline = item.split('>').nth(2).and_then(|rest| rest.split('<').next());
        (id.and_then(|id| id.parse().ok()).expect("an id"), headline.expect("a headline").to_owned())
    });
    let own = own.collect();
    (listed, own)
}

/// An article of page `number` in the place of one of the captured front page.
fn made(front: u32, headline: &str, number: usize) -> MadeArticle {
    let id = front + 1000 * (number as u32 - 1);
    let headline =
        if number == 1 { headline.to_owned() } else { format!("试排第{number}版的第{id}篇") };
    let paragraphs =
        (1..=3).map(|n| format!("这是第{id}篇的第{n}段，为试读而写，不是报上的话。它说：“字要一个不少。”"));
    MadeArticle { id, headline, paragraphs: paragraphs.collect() }
}

/// The captured page with another page's number, name, pictures and articles.
fn page_like(
    page: &str,
    listed: &str,
    articles: &[MadeArticle],
    own: &[(u32, String)],
    number: usize,
    name: &str,
) -> String {
    if number == 1 {
        return page.to_owned();
    }
    let mut list = String::from("<ul class=\"list01\">");
    for MadeArticle { id, headline, .. } in articles {
        let _ = write!(list, " <li><a href=content_{id}.htm><div id=mp{id}>{headline}</div></a> </li>");
    }
    let map_end = page.find("</MAP>").expect("the capture has a map");
    let (map, rest) = page.split_at(map_end);
    let mut map = map.to_owned();
    for ((front, _), article) in own.iter().zip(articles) {
        map = map.replace(&format!("content_{front}.htm"), &format!("content_{}.htm", article.id));
    }
    let next = if number == 4 { String::new() } else { format!("node_{}.htm", number + 2) };
    let rest = rest
        .replacen(
            "1/2017-07/22/1/201707221_brief",
            &format!("1/2017-07/22/{number}/20170722{number}_brief"),
            1,
        )
        .replacen("node_3.htm", &next, 1)
        .replacen("1/2017-07/22/1/201707221_pdf", &format!("1/2017-07/22/{number}/20170722{number}_pdf"), 1)
        .replacen("第1版　", &format!("第{number}版　"), 1)
        .replacen("<span>要闻</span>", &format!("<span>{name}</span>"), 1)
        .replace(listed, &list)
        .replace("<founder-pagenum>1<", &format!("<founder-pagenum>{number}<"))
        .replace("22/1/201707221_icon", &format!("22/{number}/20170722{number}_icon"));
    map + &rest
}

/// An article's page as the same generation of sites has it: decks in table rows, markers in comments, and
/// all the furniture around them.
fn article_page(article: &MadeArticle, next: Option<u32>, number: usize, name: &str) -> String {
    let MadeArticle { id, headline, paragraphs } = article;
    let mut body = String::new();
    for text in paragraphs {
        let _ = write!(body, "<P>　　{text}</P>");
    }
    let next = next.map_or(String::new(), |next| {
        format!("<a class=preart href=content_{next}.htm>下一篇<FONT face=Webdings>4</FONT></a>")
    });
    let node = number + 1;
    format!(
        r#"<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>中国纪检监察报</title>
<SCRIPT language=Javascript src="../../../tplimg/mp.js"></SCRIPT></head>
<body onLoad="initialize();">
<div class="wrap"><div class="w388"><p class="rq">主办单位：中国纪检监察报社</p>
<table><tr><td class="sxb1"><a class=preart href="node_{node}.htm">第{number}版　<span>{name}</span></a></td></tr></table></div>
<div class="w600"><p class="rq">2017年7月22日　星期<font class=weekday>六</font></p>
<table width="100%"><tr><td align=right>{next} <a href="javascript:doZoom(16)">放大</a> <a href="javascript:doZoom(14)">默认</a> <a href="javascript:doZoom(12)">缩小</a> <a href="javascript:void(0)">朗读</a></td></tr></table>
<table class="wz" width="100%">
<tr valign=top><td class="font02"><founder-title><!--<npm:article-pretitle>--><!--</npm:article-pretitle>--></founder-title></td></tr>
<tr valign=top><td class="font01"><founder-title><!--<npm:article-title>-->{headline}<!--</npm:article-title>--></founder-title></td></tr>
<tr valign=top><td class="font02"><!--<npm:article-subtitle>--><!--</npm:article-subtitle>--></td></tr>
<tr valign=top><td class="font02"><founder-author><!--<npm:article-author>-->本报试读员<!--</npm:article-author>--></founder-author></td></tr>
<tr><td><table id=newspic><tr><td><!--<npm:article-pic>--><!--</npm:article-pic>--></td></tr></table></td></tr>
<tr><td class="px14"><div id=ozoom style="ZOOM: 100%"><founder-content><!--enpcontent--><!--<npm:article-content>-->{body}<!--</npm:article-content>--><!--/enpcontent--></founder-content></div></td></tr>
</table></div>
<div class="copy">关于我们 | 报纸征订 | 投稿方式 | 版权声明<br />主办单位：中国纪检监察报社</div></div>
<div class="shengming"><p>版权声明：刊发的所有作品，版权均属于报社。</p></div>
</body></html>
<!--enpproperty <founder-date>2017-07-22 23:59:59</founder-date><founder-pagenum>{number}</founder-pagenum><founder-papername>中国纪检监察报</founder-papername><founder-type>1</founder-type><founder-docid>{id}</founder-docid> /enpproperty-->"#
    )
}
