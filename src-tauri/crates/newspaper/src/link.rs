//! What a publication links to beside its pages: sister papers, 网上投稿, 往期回顾.

use crate::label::squeeze;
use serde::{Deserialize, Serialize};

/// More than any site's furniture has; the rest would be a directory.
pub const MOST_LINKS: usize = 40;

/// The longest name, in characters: what is longer is a sentence or a headline.
pub const LONGEST_LINK_NAME: usize = 30;

/// A link by its printed name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteLink {
    pub name: String,
    pub url: String,
}

impl SiteLink {
    /// A link that may be offered: it has a name that fits, and leads to the web and nowhere else.
    pub fn new(name: &str, url: &str) -> Option<Self> {
        let name = squeeze(name);
        let fits = (1..=LONGEST_LINK_NAME).contains(&name.chars().count())
            && name.chars().any(char::is_alphanumeric)
            && !name.chars().any(char::is_control);
        (fits && is_web_address(url)).then(|| Self { name, url: url.to_owned() })
    }

    /// Puts a link into a list that has room for it and knows neither its name nor its address.
    pub fn add_to(self, links: &mut Vec<Self>) {
        let known = links.iter().any(|link| link.name == self.name || link.url == self.url);
        if !known && links.len() < MOST_LINKS {
            links.push(self);
        }
    }
}

/// Whether an address is one of the web's, whole and on one line: nothing else is ever opened.
pub fn is_web_address(url: &str) -> bool {
    let scheme =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (scheme("http://") || scheme("https://"))
        && !url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked_to_and_only_by_a_name() {
        let link = SiteLink::new(" 网上 投稿\n", "http://a.example/tg").unwrap();
        assert_eq!((link.name.as_str(), link.url.as_str()), ("网上 投稿", "http://a.example/tg"));
        assert!(SiteLink::new(&"报".repeat(LONGEST_LINK_NAME), "HTTPS://a.example/").is_some());
        for (name, url) in [
            ("", "http://a.example/"),
            ("　|", "http://a.example/"),
            (&*"报".repeat(LONGEST_LINK_NAME + 1), "http://a.example/"),
            ("投稿", "javascript:alert(1)"),
            ("投稿", "file:///etc/passwd"),
            ("投稿", "mailto:a@a.example"),
            ("投稿", "http://a.example/\n--help"),
            ("投稿", "http//a.example/"),
            ("投稿", ""),
        ] {
            assert_eq!(SiteLink::new(name, url), None, "{name} {url}");
        }
    }

    #[test]
    fn a_list_knows_each_link_once_and_ends() {
        let mut links = Vec::new();
        let link = |name: &str, url: &str| SiteLink::new(name, url).unwrap();
        for (name, url) in [
            ("晚报", "http://a.example/w"),
            ("晚报", "http://a.example/w2"),
            ("夕刊", "http://a.example/w"),
            ("投稿", "http://a.example/t"),
        ] {
            link(name, url).add_to(&mut links);
        }
        assert_eq!(links, [link("晚报", "http://a.example/w"), link("投稿", "http://a.example/t")]);
        for n in 0..2 * MOST_LINKS {
            link(&format!("第{n}"), &format!("http://a.example/{n}")).add_to(&mut links);
        }
        assert_eq!(links.len(), MOST_LINKS);
    }
}
