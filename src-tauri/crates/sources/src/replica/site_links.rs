//! What the site offers beside the paper: sister papers, 网上投稿, 往期回顾, the house's own pages.

use super::pages::is_pdf;
use crate::furniture::rule_for;
use crate::html::{Attributes, Document, Target};
use crate::printed::rule;
use crate::reading::Reading;
use kanbao_newspaper::{PageLabel, SiteLink};
use regex::Regex;
use scraper::ElementRef;
use std::sync::LazyLock;
use url::Url;

/// Links that are looked at; a page of these sites has a few hundred.
const MOST_LOOKED_AT: usize = 5_000;

/// Words that move a reader about the issue, or belong to the site's own page on the screen.
static NAVIGATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:上|下|前|后)一?[版期篇页张]|(?:今日)?(?:头版|首版)|.{0,2}版面(?:导航|目录|概览)|标题导航|本版.*|(?:返回|回到|进入)?(?:目录|首页|主页|顶部|页首)|查看大图|大图|点击.*|更多.*|>+|.*PDF.*|.*[下上]载.*|搜索|检索|高级检索|日历|技术支持.*)$")
        .expect("a sound pattern")
});

/// Furniture that a link may be of and still lead somewhere that a reader goes to.
const WORTH_A_VISIT: &[&str] = &["copyright", "microblog", "imprint", "sms subscription"];

pub(crate) fn read(document: &Document<'_>, reading: &mut Reading) {
    let mut links = Vec::new();
    // Sister papers stand in a list to choose from on some sites.
    for element in document.select("a[href], option[value]").take(MOST_LOOKED_AT) {
        if let Some(link) = link_of(document, element) {
            link.add_to(&mut links);
        }
    }
    let count = (!links.is_empty()).then(|| links.len().to_string());
    rule(reading, "siteLinks", "links that lead out of the paper", count.as_deref());
    reading.site_links = links;
}

fn link_of(document: &Document<'_>, element: ElementRef<'_>) -> Option<SiteLink> {
    let address = element.attribute("href").or_else(|| {
        // Values that are numbers choose something within the site's own script.
        element.attribute("value").filter(|value| value.contains("://") || value.starts_with('/'))
    })?;
    let target = document.target(address)?;
    if *target.url() == *document.url || leads_into_the_paper(&document.here, &target) || is_file(&target) {
        return None;
    }
    let name = document.line(element);
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let furniture = rule_for(&name).is_some_and(|rule| !WORTH_A_VISIT.contains(&rule));
    if furniture || NAVIGATION.is_match(&bare) || PageLabel::parse(&name).is_some() {
        return None;
    }
    SiteLink::new(&name, target.as_str())
}

/// Pages and articles of the paper itself are reached by reading it; a sister paper's are another place.
fn leads_into_the_paper(here: &Target, there: &Target) -> bool {
    if !there.is_page() && !there.is_article() {
        return false;
    }
    match (here.place(), there.place()) {
        (Some(here), Some(there)) => here.root == there.root,
        _ => here.host_str() == there.host_str(),
    }
}

fn is_file(url: &Url) -> bool {
    const FILES: &[&str] = &["jpg", "jpeg", "png", "gif", "zip", "rar", "exe", "apk", "swf", "mp3", "mp4"];
    let ending = url.path().rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    is_pdf(url) || FILES.contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links_of(markup: &str) -> Vec<(String, String)> {
        let here = Url::parse("http://a.example/slrb/html/2026-11/24/node_1.htm").unwrap();
        let mut warnings = Vec::new();
        let mut reading = Reading::default();
        read(&Document::parse(&here, markup, &mut warnings), &mut reading);
        reading.site_links.into_iter().map(|link| (link.name, link.url)).collect()
    }

    #[test]
    fn what_leads_out_of_the_paper_is_offered() {
        let markup = r#"<body>
            <a href="../../../../slwb/paperindex.htm">示例晚报</a>
            <a href="http://a.example/slwb/html/2026-11/23/node_1.htm">示例周刊</a>
            <a href="/tougao.html"><img src=t.gif> 网上投稿</a>
            <a href=http://www.a.example/history/>往期回顾</a> <a href="/order.html">报纸征订</a>
            <a href="/copyright.html">版权声明</a>
            <select><option value="0">选择</option><option value="http://b.example/">兄弟报</option></select>"#;
        let names: Vec<_> = links_of(markup).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["示例晚报", "示例周刊", "网上投稿", "往期回顾", "报纸征订", "版权声明", "兄弟报"]);
        assert_eq!(links_of(markup)[0].1, "http://a.example/slwb/paperindex.htm");
    }

    #[test]
    fn the_paper_s_own_pages_and_tools_are_not() {
        let markup = r##"<body>
            <a id=pageLink href=node_1.htm>第01版：要闻</a> <a href=node_2.htm>要闻</a> <a href=content_12.htm>沿河书屋开门</a>
            <a href="node_2.htm">下一版</a> <a href="../../2026-11/23/node_1.htm">上一期</a>
            <a href="../../2026-11/23/x.htm"><span>3</span>上一期</a> <a href="http://a.example/first.htm">今日头版</a>
            <a href="javascript:share(1)">微博</a> <a href="#">默认</a> <a href="mailto:a@a.example">来信</a>
            <a href="/zoom.htm">放大</a> <a href="/share.htm">分享到：</a> <a href="/in.htm">登录</a>
            <a href="../../images/01.jpg">看版面</a> <a href="01.pdf">电子版</a> <a href="/more.htm">更多&gt;&gt;</a>
            <a href="http://ad.example/"><img src=ad.gif></a>
            <a href="http://a.example/long.htm">这是一条比任何栏目的名字都要长得多的链接，它其实是一句话，不是一个名字</a>"##;
        assert_eq!(links_of(markup), []);
    }

    #[test]
    fn a_directory_of_links_ends() {
        let mut markup = String::new();
        for n in 0..200 {
            markup.push_str(&format!("<a href=http://a.example/{n}/>栏目{n}</a>"));
        }
        assert_eq!(links_of(&markup).len(), kanbao_newspaper::MOST_LINKS);
    }
}
