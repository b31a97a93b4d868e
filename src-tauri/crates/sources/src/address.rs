//! What can be told from an address alone: whose issue it is, of which date, and where others lie.

use kanbao_newspaper::Date;
use regex::Regex;
use std::sync::LazyLock;
use url::Url;

/// Candidates that are tried before a site is given up.
const MOST_CANDIDATES: usize = 8;

/// `/2026-10/02/`, `/202610/02/`, `/2026/10/02/`, `/2026-10-02/`, `/20261002/` in a path.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"/(?:(?P<y>(?:19|20)\d\d)(?P<a>[-/]?)(?P<m>0[1-9]|1[0-2])(?P<b>[-/]?)(?P<d>0[1-9]|[12]\d|3[01]))/",
    )
    .expect("a sound pattern")
});

/// A page or an article within an issue of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuePlace {
    /// What stands before the date's folders; ends with `/`.
    pub root: Url,
    pub date: Date,
    /// What stands behind them, without the query.
    pub file: String,
}

/// The issue that an address lies in, where its folders name a date.
pub fn issue_place(url: &Url) -> Option<IssuePlace> {
    let path = url.path();
    let found = DATED.captures_iter(path).last()?;
    let part = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let date = Date::new(part("y")?, part("m")? as i8, part("d")? as i8).ok()?;
    let whole = found.get(0)?;
    let mut root = url.clone();
    root.set_query(None);
    root.set_fragment(None);
    root.set_path(&path[..=whole.start()]);
    Some(IssuePlace { root, date, file: path[whole.end()..].to_owned() })
}

/// What an article is known by: no scheme, no fragment, and no `?div=N`, which only says where on the
/// page it was clicked.
pub fn article_key(url: &Url) -> String {
    let mut key = String::new();
    key.push_str(url.host_str().unwrap_or_default());
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push_str(url.path());
    let kept: Vec<&str> = url
        .query()
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|pair| !pair.is_empty() && !pair.starts_with("div="))
        .collect();
    if !kept.is_empty() {
        key.push('?');
        key.push_str(&kept.join("&"));
    }
    key
}

/// Where the issue of another date may begin, likeliest first.
pub fn issue_urls(known_page: &Url, date: Date) -> Vec<Url> {
    let Some(place) = issue_place(known_page) else { return Vec::new() };
    let path = known_page.path();
    let Some(found) = DATED.captures_iter(path).last() else { return Vec::new() };
    let between = |name: &str| found.name(name).map_or("", |part| part.as_str());
    let folders =
        format!("{:04}{}{:02}{}{:02}/", date.year(), between("a"), date.month(), between("b"), date.day());
    let file = place.file.rsplit('/').next().unwrap_or_default();
    let is_page = file.starts_with("node_") || file.starts_with("nbs.");
    let mut files: Vec<&str> = if is_page { vec![place.file.as_str()] } else { Vec::new() };
    files.extend(["node_1.htm", "node_2.htm", "index.htm", "node_3.htm"]);
    let mut urls = Vec::new();
    for file in files {
        if let Ok(url) = place.root.join(&format!("{folders}{file}"))
            && !urls.contains(&url)
        {
            urls.push(url);
        }
    }
    urls
}

/// Where the dates of a month's issues may be listed.
pub fn calendar_urls(known_page: &Url, year: i16, month: i8) -> Vec<Url> {
    let Some(place) = issue_place(known_page) else { return Vec::new() };
    let found = DATED.captures_iter(known_page.path()).last();
    let between = found.as_ref().and_then(|found| found.name("a")).map_or("-", |part| part.as_str());
    ["period.xml", "navi.xml"]
        .into_iter()
        .filter_map(|file| place.root.join(&format!("{year:04}{between}{month:02}/{file}")).ok())
        .collect()
}

/// Where the newest issue may be found, from any address of the site.
pub fn entry_urls(url: &Url) -> Vec<Url> {
    let mut bare = url.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    let root = issue_place(&bare).map_or_else(|| bare.join("./").unwrap_or(bare), |place| place.root);
    let mut segments: Vec<&str> = root.path().split('/').filter(|segment| !segment.is_empty()).collect();
    // The house of a paper is the folder above html/ or content/.
    if segments.last().is_some_and(|last| matches!(*last, "html" | "content" | "Html" | "HTML" | "page")) {
        segments.pop();
    }
    let mut urls: Vec<Url> = Vec::new();
    for depth in (0..=segments.len()).rev() {
        let folder: String = segments[..depth].iter().flat_map(|segment| [segment, "/"]).collect();
        for file in ["paperindex.htm", "index.htm", ""] {
            let mut candidate = root.clone();
            candidate.set_path(&format!("/{folder}{file}"));
            if !urls.contains(&candidate) && urls.len() < MOST_CANDIDATES {
                urls.push(candidate);
            }
        }
    }
    urls
}

/// Folders that say nothing of whose paper it is.
const NAMELESS: &[&str] =
    &["html", "content", "page", "epaper", "paper", "szb", "www", "site1", "pc", "layout", "index"];

/// Parts of a host that say nothing of whose paper it is.
const NAMELESS_HOSTS: &[&str] = &[
    "www",
    "epaper",
    "paper",
    "szb",
    "newspaper",
    "e",
    "com",
    "cn",
    "net",
    "org",
    "gov",
    "edu",
    "hk",
    "mo",
    "tw",
    "invalid",
];

/// A short name for a publication, of lower-case letters, digits and hyphens: the last folder above its
/// issues that means something, else the host's own name.
pub fn publication_id(url: &Url) -> String {
    let root =
        issue_place(url).map_or_else(|| url.join("./").unwrap_or_else(|_| url.clone()), |place| place.root);
    let clean = |text: &str| {
        let kept: String = text
            .to_ascii_lowercase()
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .take(24)
            .collect();
        kept.trim_matches('-').to_owned()
    };
    let means_something = |name: &String| {
        !name.is_empty()
            && !NAMELESS.contains(&name.as_str())
            && !name.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    let folder = root.path().split('/').rev().map(clean).find(means_something);
    let host = || {
        let labels = root.host_str().unwrap_or_default().split('.').map(clean);
        labels.filter(means_something).find(|label| !NAMELESS_HOSTS.contains(&label.as_str()))
    };
    folder.or_else(host).unwrap_or_else(|| "paper".to_owned())
}

/// Where a generator keeps the larger picture beside a thumbnail, likeliest first.
pub fn larger_pictures(thumbnail: &Url) -> Vec<Url> {
    let Some(file) = thumbnail.path_segments().and_then(|mut segments| segments.next_back()) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    // X.jpg.2 is the small one of X.jpg.
    if let Some((stem, digit)) = file.rsplit_once('.')
        && matches!(digit, "0" | "1" | "2")
        && stem.contains('.')
    {
        names.push(stem.to_owned());
    }
    if let Some((stem, extension)) = file.rsplit_once('.') {
        for suffix in ["_b", "_brief", "_s", "_small", "_icon"] {
            if let Some(bare) = stem.strip_suffix(suffix) {
                names.push(format!("{bare}.{extension}"));
            }
        }
    }
    names.into_iter().filter_map(|name| thumbnail.join(&name).ok()).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn an_issue_is_told_from_its_address() {
        for (address, root, date, file) in [
            ("http://a.cn/html/2026-10/02/node_2.htm", "http://a.cn/html/", (2026, 10, 2), "node_2.htm"),
            (
                "http://a.cn/x/html/2018-01/31/content_9.htm?div=-1",
                "http://a.cn/x/html/",
                (2018, 1, 31),
                "content_9.htm",
            ),
            ("http://a.cn/2026-10/02/001/node.htm", "http://a.cn/", (2026, 10, 2), "001/node.htm"),
            (
                "http://a.cn/pc/layout/202610/02/node_01.html",
                "http://a.cn/pc/layout/",
                (2026, 10, 2),
                "node_01.html",
            ),
            ("http://a.cn/2011/20110524/03/node_1.htm", "http://a.cn/2011/", (2011, 5, 24), "03/node_1.htm"),
        ] {
            let place = issue_place(&url(address)).unwrap();
            assert_eq!(place.root.as_str(), root, "{address}");
            assert_eq!(place.date, Date::new(date.0, date.1, date.2).unwrap(), "{address}");
            assert_eq!(place.file, file, "{address}");
        }
        for address in [
            "http://a.cn/",
            "http://a.cn/html/2026-13/02/node_2.htm",
            "http://a.cn/html/2026-02/30/node_2.htm",
        ] {
            assert_eq!(issue_place(&url(address)), None, "{address}");
        }
    }

    #[test]
    fn another_day_lies_beside() {
        let page = url("http://a.cn/x/html/2026-10/02/node_31.htm");
        let urls = issue_urls(&page, Date::constant(2026, 9, 30));
        assert_eq!(urls[0].as_str(), "http://a.cn/x/html/2026-09/30/node_31.htm");
        assert_eq!(urls[1].as_str(), "http://a.cn/x/html/2026-09/30/node_1.htm");
        let article = url("http://a.cn/x/html/2026-10/02/content_5.htm");
        assert_eq!(
            issue_urls(&article, Date::constant(2026, 10, 2))[0].as_str(),
            "http://a.cn/x/html/2026-10/02/node_1.htm"
        );
        assert_eq!(calendar_urls(&page, 2026, 9)[0].as_str(), "http://a.cn/x/html/2026-09/period.xml");
    }

    #[test]
    fn the_front_door_is_found_from_anywhere() {
        let doors = entry_urls(&url("http://a.cn/slrb/html/2026-10/02/node_2.htm"));
        let doors: Vec<_> = doors.iter().map(Url::as_str).collect();
        assert_eq!(
            doors,
            [
                "http://a.cn/slrb/paperindex.htm",
                "http://a.cn/slrb/index.htm",
                "http://a.cn/slrb/",
                "http://a.cn/paperindex.htm",
                "http://a.cn/index.htm",
                "http://a.cn/"
            ]
        );
    }

    #[test]
    fn an_article_is_one_however_it_is_linked() {
        let key = article_key(&url("http://a.cn/html/2026-10/02/content_5.htm"));
        for other in [
            "https://a.cn/html/2026-10/02/content_5.htm?div=-1",
            "http://a.cn/html/2026-10/02/content_5.htm?div=0#page2",
        ] {
            assert_eq!(article_key(&url(other)), key);
        }
        assert_ne!(article_key(&url("http://a.cn/html/2026-10/02/content_5.htm?id=2")), key);
    }

    #[test]
    fn publications_get_short_names() {
        for (address, id) in [
            ("http://www.jjjcb.cn/content/2017-07/22/node_2.htm", "jjjcb"),
            ("http://127.0.0.1:8080/slrb/html/2026-11/24/node_2.htm", "slrb"),
            ("http://epaper.southcn.com/nfdaily/html/2016-01/02/node_2.htm", "nfdaily"),
            ("http://epaper.example.com.cn/slrb/html/2017-10/09/node_31.htm", "slrb"),
            ("http://paper.example.com.cn/rmrb/html/2017-10/16/nbs.D110000renmrb_01.htm", "rmrb"),
            ("http://127.0.0.1/html/2017-10/16/node_2.htm", "paper"),
        ] {
            assert_eq!(publication_id(&url(address)), id, "{address}");
        }
    }

    #[test]
    fn larger_pictures_lie_beside() {
        for (small, large) in [
            ("http://a.cn/i/07_b.jpg", "http://a.cn/i/07.jpg"),
            ("http://a.cn/i/201707221_brief.jpg", "http://a.cn/i/201707221.jpg"),
            ("http://a.cn/i/Page_b.jpg", "http://a.cn/i/Page.jpg"),
            ("http://a.cn/i/x.jpg.2", "http://a.cn/i/x.jpg"),
        ] {
            assert_eq!(larger_pictures(&url(small))[0].as_str(), large);
        }
        assert!(larger_pictures(&url("http://a.cn/i/x.jpg")).is_empty());
    }
}
