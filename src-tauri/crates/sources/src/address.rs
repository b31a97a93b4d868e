//! What can be told from an address alone: whose issue it is, of which date, and where others lie.

use crate::ask::Ask;
use crate::reading::Family;
use crate::{bjnews, jfdaily, json, stdaily, svg};
use kanbao_newspaper::Date;
use memchr::{memchr_iter, memrchr};
use url::Url;

/// Candidates that are tried before a site is given up.
const MOST_CANDIDATES: usize = 12;

/// The newer Founder sites keep an issue's pages in one folder and its articles in another.
const LAYOUT_FOLDERS: &[&str] = &["layout", "col"];
const CONTENT_FOLDERS: &[&str] = &["content", "con"];

/// Where the newer Founder sites keep a copy of the newest issue's first page, below the paper's folder.
const NEWEST_COPIES: &[&str] =
    &["pc/layout/index.html", "html/layout/index.html", "pc/col/index.html", "content/PaperIndex.htm"];

/// A date between slashes in a path: `/2026-10/02/`, `/202610/02/`, `/2026/10/02/`, `/2026-10-02/`, `/20261002/`. Every
/// link of every page is asked for one, so it is read by hand.
struct DatedFolders<'a> {
    /// Where the slash before it stands, and what follows the one behind it.
    start: usize,
    end: usize,
    year: i16,
    month: i8,
    day: i8,
    /// What stands between its numbers: nothing, `-` or `/`.
    year_month: &'a str,
    month_day: &'a str,
}

impl<'a> DatedFolders<'a> {
    /// The last in a path.
    fn of(path: &'a str) -> Option<Self> {
        let (mut last, mut done) = (None, 0);
        for start in memchr_iter(b'/', path.as_bytes()) {
            if start >= done
                && let Some(found) = Self::at(path, start)
            {
                done = found.end;
                last = Some(found);
            }
        }
        last
    }

    fn at(path: &'a str, start: usize) -> Option<Self> {
        let bytes = path.as_bytes();
        let mut at = start + 1;
        let mut number = |digits: usize| {
            let written = bytes.get(at..at + digits)?;
            at += digits;
            let between = bytes.get(at).is_some_and(|byte| matches!(byte, b'-' | b'/'));
            let separator = path.get(at..at + usize::from(between))?;
            at += separator.len();
            let value = written.iter().try_fold(0_i16, |value, byte| {
                byte.is_ascii_digit().then(|| value * 10 + i16::from(byte - b'0'))
            });
            Some((value?, separator))
        };
        let (year, year_month) = number(4)?;
        let (month, month_day) = number(2)?;
        let (day, behind) = number(2)?;
        let sound = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        (sound && behind == "/").then_some(Self {
            start,
            end: at,
            year,
            month: month as i8,
            day: day as i8,
            year_month,
            month_day,
        })
    }
}

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
    let found = DatedFolders::of(path)?;
    let date = Date::new(found.year, found.month, found.day).ok()?;
    let mut root = url.clone();
    root.set_query(None);
    root.set_fragment(None);
    root.set_path(&path[..=found.start]);
    Some(IssuePlace { root, date, file: path[found.end..].to_owned() })
}

/// The date of the issue that an address lies in: by its folders, else by what the document before it knew.
pub fn issue_date(url: &Url) -> Option<Date> {
    let noted = || Ask::of(url).note("date").and_then(|date| date.parse().ok());
    issue_place(url).map(|place| place.date).or_else(noted)
}

/// The document behind an address that people see, where that shows a program and no newspaper.
pub(crate) fn behind(url: &Url) -> Option<(Family, Url)> {
    let szb = json::behind(url).map(|target| (Family::JsonSzb, target));
    szb.or_else(|| jfdaily::behind(url).map(|target| (Family::JsonJfdaily, target)))
}

/// Whether an address means one issue, or something in it, rather than whichever is the newest.
pub fn names_an_issue(url: &Url) -> bool {
    let leads_to_one = || behind(url).is_some_and(|(_, target)| issue_date(&target).is_some());
    issue_date(url).is_some() || stdaily::shown_date(url).is_some() || leads_to_one()
}

/// What a newspaper is subscribed to by, of the addresses that people see: a program's shell says less than the list
/// that it asks for, and where its program stood when the address was copied says nothing.
pub fn canonical_entry(url: Url) -> Url {
    match behind(&url) {
        Some((_, target)) => target,
        None if stdaily::is_shell(&url) => Ask::of(&url).url,
        None => url,
    }
}

/// The last part of an address's path.
pub(crate) fn file_of(url: &Url) -> &str {
    let path = url.path();
    &path[memrchr(b'/', path.as_bytes()).map_or(0, |slash| slash + 1)..]
}

/// Whether a file's name ends in `.html`: the older generators write `.htm`.
pub(crate) fn is_html(url: &Url) -> bool {
    url.path().rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("html"))
}

impl IssuePlace {
    /// Whether another place lies in the same issue.
    pub fn is_same_issue(&self, other: &Self) -> bool {
        self.date == other.date && (self.root == other.root || house(&self.root) == house(&other.root))
    }
}

/// A root without the folder that says what it holds: pages and articles of one issue share it.
fn house(root: &Url) -> Url {
    let name = last_folder(root);
    let inner = LAYOUT_FOLDERS.contains(&name.as_str()) || CONTENT_FOLDERS.contains(&name.as_str());
    if inner { root.join("../").unwrap_or_else(|_| root.clone()) } else { root.clone() }
}

/// The folder above the years of a site of the bjd-mobile family.
fn mobile_root(place: &IssuePlace) -> Option<Url> {
    let path = place.root.path().to_ascii_lowercase();
    let year = path.trim_end_matches('/').rsplit('/').next()?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    (is_year && path.contains("/mobile/")).then(|| place.root.join("../").ok())?
}

fn last_folder(root: &Url) -> String {
    root.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
}

/// Where the pages of an issue lie whose address is known, likeliest first: beside its articles, unless those
/// have a folder of their own.
fn page_roots(place: &IssuePlace, is_newer: bool) -> Vec<Url> {
    if is_newer && CONTENT_FOLDERS.contains(&last_folder(&place.root).as_str()) {
        let twins = LAYOUT_FOLDERS.iter().filter_map(|twin| place.root.join(&format!("../{twin}/")).ok());
        return twins.chain([place.root.clone()]).collect();
    }
    vec![place.root.clone()]
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
    // Articles that share one document are told apart behind its address.
    if url.fragment().is_some()
        && let Some(article) = Ask::of(url).note("article")
    {
        key.push_str(&format!("#{article}"));
    }
    key
}

/// The characters between the parts of an address's date, and whether they are those of the newer Founder
/// sites: `YYYYMM/DD`, or any with names in `.html`.
struct DateStyle<'a> {
    year_month: &'a str,
    month_day: &'a str,
    is_newer: bool,
}

impl<'a> DateStyle<'a> {
    fn of(url: &'a Url) -> Option<Self> {
        let DatedFolders { year_month, month_day, .. } = DatedFolders::of(url.path())?;
        let is_newer = year_month.is_empty() && month_day == "/" || is_html(url);
        Some(Self { year_month, month_day, is_newer })
    }

    fn folders(&self, date: Date) -> String {
        let Self { year_month, month_day, .. } = self;
        format!("{:04}{year_month}{:02}{month_day}{:02}/", date.year(), date.month(), date.day())
    }
}

/// Where the issue of another date may begin, likeliest first.
pub fn issue_urls(known_page: &Url, date: Date) -> Vec<Url> {
    let known = json::issue_of(known_page, date)
        .or_else(|| stdaily::issue_of(known_page, date))
        .or_else(|| bjnews::issue_of(known_page, date))
        .or_else(|| svg::issue_of(known_page, date));
    if let Some(url) = known {
        return vec![url];
    }
    let known = jfdaily::issues_of(known_page, date);
    if !known.is_empty() {
        return known;
    }
    let (Some(place), Some(style)) = (issue_place(known_page), DateStyle::of(known_page)) else {
        return Vec::new();
    };
    let folders = style.folders(date);
    // One document for the whole issue, named after its date, in a folder for the year.
    if let Some(root) = mobile_root(&place) {
        let compact = format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
        let url = root.join(&format!("{:04}/{compact}/{compact}_m.html", date.year()));
        return url.into_iter().collect();
    }
    let usual: &[&str] = if crate::replica::paper_index::is_paper_index_address(known_page) {
        &["Page01BC.htm", "Page01DK.htm"]
    } else if style.is_newer {
        &["index.html", "node_01.html", "node_A01.html", "node_1.html"]
    } else {
        &["node_1.htm", "node_2.htm", "index.htm", "node_3.htm"]
    };
    let own = crate::replica::is_page_address(known_page).then_some(place.file.as_str());
    let files: Vec<&str> = own.into_iter().chain(usual.iter().copied()).collect();
    let mut urls = Vec::new();
    for root in page_roots(&place, style.is_newer) {
        for file in &files {
            if let Ok(url) = root.join(&format!("{folders}{file}"))
                && !urls.contains(&url)
            {
                urls.push(url);
            }
        }
    }
    urls
}

/// Where the dates of a month's issues may be listed.
pub fn calendar_urls(known_page: &Url, year: i16, month: i8) -> Vec<Url> {
    if json::newest_of(known_page).is_some() || jfdaily::newest_of(known_page).is_some() {
        return Vec::new();
    }
    if let Some(url) = stdaily::month_of(known_page, year, month).or_else(|| bjnews::calendar_of(known_page))
    {
        return vec![url];
    }
    let (Some(place), Some(style)) = (issue_place(known_page), DateStyle::of(known_page)) else {
        return Vec::new();
    };
    let files: &[&str] = if style.is_newer { &["period.xml"] } else { &["period.xml", "navi.xml"] };
    let between = if style.month_day == "/" || !style.year_month.is_empty() { style.year_month } else { "-" };
    let mut urls = Vec::new();
    for root in page_roots(&place, style.is_newer) {
        let months = files.iter().map(|file| format!("{year:04}{between}{month:02}/{file}"));
        urls.extend(months.filter_map(|path| root.join(&path).ok()));
    }
    urls
}

/// Where the newest issue may be found, from any address of the site.
pub fn entry_urls(url: &Url) -> Vec<Url> {
    let newest = json::newest_of(url).or_else(|| stdaily::newest_of(url)).or_else(|| jfdaily::newest_of(url));
    if let Some(newest) = newest {
        return vec![newest];
    }
    if stdaily::is_shell(url) {
        return vec![Ask::of(url).url];
    }
    let mut bare = url.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    let place = issue_place(&bare);
    let mut urls: Vec<Url> = Vec::new();
    let mut add = |candidate: Url| {
        if !urls.contains(&candidate) && urls.len() < MOST_CANDIDATES {
            urls.push(candidate);
        }
    };
    let is_newer = DateStyle::of(&bare).is_some_and(|style| style.is_newer);
    if let Some(place) = place.as_ref().filter(|_| is_newer) {
        page_roots(place, true).iter().filter_map(|root| root.join("index.html").ok()).for_each(&mut add);
    }
    if crate::replica::paper_index::is_paper_index_address(&bare)
        && let Some(place) = &place
    {
        place.root.join("PaperIndex.htm").into_iter().for_each(&mut add);
    }
    let root = match &place {
        Some(place) => house(&place.root),
        None => bare.join("./").unwrap_or(bare),
    };
    let mut segments: Vec<&str> = root.path().split('/').filter(|segment| !segment.is_empty()).collect();
    // The house of a paper is the folder above html/ or content/.
    while segments.last().is_some_and(|last| {
        let name = last.to_ascii_lowercase();
        matches!(name.as_str(), "html" | "content" | "page" | "pc" | "pad" | "layout" | "mobile")
            || name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit())
    }) {
        segments.pop();
    }
    for depth in (0..=segments.len()).rev() {
        let folder: String = segments[..depth].iter().flat_map(|segment| [segment, "/"]).collect();
        // A paper's own folder is looked through; of those above it the front doors only.
        let copies: &[&str] = if depth == segments.len() && place.is_none() { NEWEST_COPIES } else { &[] };
        for file in ["paperindex.htm", "index.htm", ""].iter().chain(copies) {
            let mut candidate = root.clone();
            candidate.set_path(&format!("/{folder}{file}"));
            add(candidate);
        }
    }
    urls
}

/// Folders that say nothing of whose paper it is.
const NAMELESS: &[&str] = &[
    "html", "content", "con", "col", "page", "epaper", "paper", "szb", "www", "site1", "pc", "pad", "layout",
    "mobile", "index", "journal",
];

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

/// What of a text can stand in a publication's id.
pub(crate) fn clean(text: &str) -> String {
    let kept: String = text
        .to_ascii_lowercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(24)
        .collect();
    kept.trim_matches('-').to_owned()
}

/// A short name for a publication, of lower-case letters, digits and hyphens: the last folder above its
/// issues that means something, else the host's own name.
pub fn publication_id(url: &Url) -> String {
    if let Some(code) = stdaily::code_of(url).or_else(|| jfdaily::code_of(url)) {
        return code;
    }
    let root =
        issue_place(url).map_or_else(|| url.join("./").unwrap_or_else(|_| url.clone()), |place| place.root);
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

/// `X.jpg` of `X.jpg.0`, `X.jpg.1` and `X.jpg.2`, which are its smaller copies.
pub(crate) fn full_size(file: &str) -> Option<&str> {
    let (full, digit) = file.rsplit_once('.')?;
    let (stem, extension) = full.rsplit_once('.')?;
    let is_picture =
        matches!(extension.to_ascii_lowercase().as_str(), "jpg" | "jpeg" | "png" | "gif" | "bmp");
    (matches!(digit, "0" | "1" | "2") && is_picture && !stem.is_empty()).then_some(full)
}

/// Where a generator keeps the larger picture beside a thumbnail, likeliest first.
pub fn larger_pictures(thumbnail: &Url) -> Vec<Url> {
    let Some(file) = thumbnail.path_segments().and_then(|mut segments| segments.next_back()) else {
        return Vec::new();
    };
    let mut names: Vec<String> = full_size(file).map(str::to_owned).into_iter().collect();
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
            ("http://a.cn/2011/05/24/20110525/a.htm", "http://a.cn/", (2011, 5, 24), "20110525/a.htm"),
            ("http://a.cn/20110524/x/2011-05/25/a.htm", "http://a.cn/20110524/x/", (2011, 5, 25), "a.htm"),
            ("http://a.cn/%E6%8A%A5/2011/05/25/", "http://a.cn/%E6%8A%A5/", (2011, 5, 25), ""),
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
            "http://a.cn/html/2026-02/3/node_2.htm",
            "http://a.cn/html/2026_02/03/node_2.htm",
            "http://a.cn/html/12026-02/03/node_2.htm",
            "http://a.cn/html/2126-02/03/node_2.htm",
            "http://a.cn/html/2026-02-03.htm",
            "http://a.cn/html/2026-02/0",
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
    fn the_newer_sites_keep_pages_and_articles_apart() {
        let page = url("http://a.cn/rmrb/pc/layout/202611/24/node_01.html");
        let article = url("http://a.cn/rmrb/pc/content/202611/24/content_30001.html");
        let same_issue = |a: &Url, b: &Url| Some(issue_place(a)?.is_same_issue(&issue_place(b)?));
        assert_eq!(same_issue(&page, &article), Some(true));
        assert_eq!(same_issue(&page, &url("http://a.cn/rmrb/pc/layout/202611/23/node_01.html")), Some(false));
        assert_eq!(
            same_issue(&page, &url("http://a.cn/rmrbhwb/pc/layout/202611/24/node_01.html")),
            Some(false)
        );
        assert_eq!(same_issue(&page, &url("http://a.cn/rmrb/pc/layout/index.html")), None);
        let date = Date::constant(2026, 10, 3);
        assert_eq!(issue_urls(&page, date)[0].as_str(), "http://a.cn/rmrb/pc/layout/202610/03/node_01.html");
        assert_eq!(issue_urls(&article, date)[0].as_str(), "http://a.cn/rmrb/pc/layout/202610/03/index.html");
        for known in [&page, &article] {
            assert_eq!(
                calendar_urls(known, 2026, 10)[0].as_str(),
                "http://a.cn/rmrb/pc/layout/202610/period.xml"
            );
            assert_eq!(entry_urls(known)[0].as_str(), "http://a.cn/rmrb/pc/layout/index.html");
            assert_eq!(publication_id(known), "rmrb");
        }
        let doors = entry_urls(&url("http://a.cn/rmrb/"));
        assert!(
            doors.iter().any(|door| door.as_str() == "http://a.cn/rmrb/pc/layout/index.html"),
            "{doors:?}"
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
