//! The newspapers that a house's front page leads to, where several share a site.

use crate::html::{self, Document};
use crate::printed::publication_in_title;
use std::collections::HashSet;
use url::Url;

/// Houses print a few dozen titles at most; what lists more is a directory of the web.
const MOST_TITLES: usize = 24;

/// A newspaper that a page leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleLink {
    pub name: String,
    pub url: Url,
}

/// The newspapers that a document links to by name, on its own host, each once, in its own order.
pub fn titles(url: &Url, text: &str) -> Vec<TitleLink> {
    let document = Document::parse(url, text, &mut Vec::new());
    let mut seen = HashSet::new();
    let links = document.all("a[href]").into_iter().filter_map(|link| {
        let target = document.resolve(link.attr("href")?)?;
        let name = publication_in_title(&html::line(link))?;
        let ours = target.host_str() == url.host_str() && target.path() != url.path();
        (ours && seen.insert(target.clone())).then_some(TitleLink { name, url: target })
    });
    links.take(MOST_TITLES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_houses_papers_are_told_apart() {
        let url = Url::parse("http://house.example/").unwrap();
        let text = r#"<h1>数字报</h1><ul><li><a href="slrb/paperindex.htm">示例日报</a><li><a href="/slwb/index.htm"><b>示例晚报</b></a>
            <li><a href="slrb/paperindex.htm">示例日报</a><li><a href="http://elsewhere.example/">别处日报</a>
            <li><a href="about.htm">关于我们</a><li><a href="/">示例日报</a><li><a name="x">示例早报</a></ul>"#;
        let found: Vec<_> =
            titles(&url, text).into_iter().map(|title| (title.name, title.url.to_string())).collect();
        let expected = [
            ("示例日报", "http://house.example/slrb/paperindex.htm"),
            ("示例晚报", "http://house.example/slwb/index.htm"),
        ];
        assert_eq!(found, expected.map(|(name, url)| (name.to_owned(), url.to_owned())));
        assert_eq!(titles(&url, "<<<"), []);
    }
}
