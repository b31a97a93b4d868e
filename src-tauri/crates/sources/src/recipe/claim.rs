//! Which documents a recipe says are its own.

use super::address::plain;
use super::compile::{self, Css};
use super::limits::MOST_HOSTS;
use super::section::Section;
use crate::html::Document;
use regex::Regex;
use url::Url;

/// Hosts, addresses and what stands in the document; of what is given, each must fit.
#[derive(Debug, Clone, Default)]
pub(super) struct Claims {
    hosts: Vec<String>,
    addresses: Vec<Regex>,
    selectors: Vec<Css>,
}

impl Claims {
    pub(super) fn read(section: &Section<'_>) -> Self {
        let hosts = section.get("hosts").map(|entry| {
            let items = entry.items();
            if items.len() > MOST_HOSTS {
                entry.say(format!("at most {MOST_HOSTS} hosts"));
            }
            let sound = |host: &str| {
                let bare = host.strip_prefix("*.").unwrap_or(host);
                !bare.is_empty() && !bare.contains(['/', '*', ' ', '@'])
            };
            items
                .iter()
                .filter_map(|item| {
                    let host = item.text()?.to_ascii_lowercase();
                    if !sound(&host) {
                        item.say(format!(
                            "{host:?} is no host: write epaper.example.cn, *.example.cn or 127.0.0.1:8080"
                        ));
                    }
                    Some(host)
                })
                .collect()
        });
        let addresses =
            section.get("addresses").map(|entry| entry.ways().iter().filter_map(compile::pattern).collect());
        let selectors =
            section.get("selectors").map(|entry| entry.ways().iter().filter_map(compile::css).collect());
        if hosts.is_none() && addresses.is_none() && selectors.is_none() {
            section.say("it claims nothing: give hosts, addresses or selectors");
        }
        Self {
            hosts: hosts.unwrap_or_default(),
            addresses: addresses.unwrap_or_default(),
            selectors: selectors.unwrap_or_default(),
        }
    }

    /// Whether the site is told by its address alone.
    pub(super) fn name_a_site(&self) -> bool {
        !self.hosts.is_empty() || !self.addresses.is_empty()
    }

    pub(super) fn name_hosts(&self) -> bool {
        !self.hosts.is_empty()
    }

    pub(super) fn fit_host(&self, url: &Url) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|host| is_host(host, url))
    }

    /// Whether an address may be one of theirs.
    pub(super) fn fit_address(&self, url: &Url) -> bool {
        let address = || plain(url);
        self.fit_host(url)
            && (self.addresses.is_empty() || {
                let address = address();
                self.addresses.iter().any(|pattern| pattern.is_match(&address))
            })
    }

    /// What of the document told that it is theirs; nothing where it is not.
    pub(super) fn fit(&self, document: &Document<'_>) -> Option<String> {
        if !self.fit_address(document.url) {
            return None;
        }
        if self.selectors.is_empty() {
            return Some(document.url.host_str().unwrap_or_default().to_owned());
        }
        let there = |css: &&Css| document.html.select(&css.selector).next().is_some();
        self.selectors.iter().find(there).map(|css| css.text.clone())
    }

    pub(super) fn shown(&self) -> String {
        let parts = [
            self.hosts.join(" or "),
            self.addresses.iter().map(Regex::as_str).collect::<Vec<_>>().join(" or "),
            self.selectors.iter().map(|css| css.text.as_str()).collect::<Vec<_>>().join(" or "),
        ];
        let given = parts.iter().map(String::as_str).filter(|part| !part.is_empty());
        given.collect::<Vec<_>>().join(", and ")
    }
}

/// `*.example.cn` means example.cn and everything below it; a host with a port means that port only.
fn is_host(claimed: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.to_ascii_lowercase();
    if let Some(above) = claimed.strip_prefix("*.") {
        return host == above || host.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    }
    let with_port = url.port_or_known_default().map(|port| format!("{host}:{port}"));
    claimed == host || with_port.is_some_and(|with_port| claimed == with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let url = |text: &str| Url::parse(text).unwrap();
        for (claimed, address, is_it) in [
            ("a.example", "http://a.example/x", true),
            ("a.example", "http://b.a.example/x", false),
            ("*.a.example", "http://b.a.example/x", true),
            ("*.a.example", "http://a.example/", true),
            ("*.a.example", "http://bada.example/", false),
            ("a.example:8080", "http://a.example:8080/", true),
            ("a.example:8080", "http://a.example/", false),
            ("a.example:80", "http://a.example/", true),
            ("a.example", "file:///a.example", false),
        ] {
            assert_eq!(is_host(claimed, &url(address)), is_it, "{claimed} {address}");
        }
    }
}
