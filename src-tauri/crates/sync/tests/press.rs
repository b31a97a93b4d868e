//! Whole syncs of the invented newspapers, in every skin, with what sites do wrong.

use camino::Utf8Path;
use kanbao_library::{Issue, Library, Publication};
use kanbao_newspaper::Date;
use kanbao_press::{Class, Fault, Newest, Paper, Place, PublishedIssue, Quirks, Site, Skin, serve};
use kanbao_publisher::Politeness;
use kanbao_sync::{CancellationToken, Client, Event, SyncError, SyncReport, Syncer, Wanted, inspect_url};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const HOST: &str = "press.example";

struct Desk {
    site: Arc<Site>,
    library: Library,
    syncer: Syncer,
    _folder: tempfile::TempDir,
}

/// Every family's skins, and where the newest issue is asked for.
const SKINS: &[Skin] = &[
    Skin::Div,
    Skin::Table,
    Skin::People,
    Skin::Swiper,
    Skin::Chunk,
    Skin::Layoutlist,
    Skin::Navlist,
    Skin::Webtree,
    Skin::Catalogue,
    Skin::PaperIndex,
    Skin::Daoxiang,
    Skin::Mobile,
    Skin::Json,
    Skin::Posted,
    Skin::DataList,
    Skin::Journal,
    Skin::OlderJournal,
    Skin::Flipbook,
];

fn family(skin: Skin) -> &'static str {
    match skin {
        Skin::Div | Skin::Table | Skin::People => "founder-classic",
        Skin::PaperIndex | Skin::Daoxiang => "paper-index",
        Skin::Mobile => "bjd-mobile",
        Skin::Json => "json-szb",
        Skin::Posted => "json-stdaily",
        Skin::DataList => "json-bjnews",
        Skin::Journal | Skin::OlderJournal => "json-jfdaily",
        Skin::Flipbook => "svg-pages",
        _ => "founder-new",
    }
}

fn press(skin: Skin, quirks: Quirks) -> Arc<Site> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../press/paper");
    Arc::new(Site::new(Paper::load(&folder).unwrap(), skin, quirks))
}

fn desk_with(skin: Skin, quirks: Quirks) -> Desk {
    let site = press(skin, quirks);
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(Utf8Path::from_path(folder.path()).unwrap()).unwrap();
    let politeness = Politeness {
        first_retry: Duration::from_millis(1),
        longest_wait: Duration::from_millis(5),
        ..Politeness::default()
    };
    let client = Client::builder().politeness(politeness).origin(HOST, site.clone()).build().unwrap();
    // The day on which the press's newest issue appeared: some sites list days to come.
    let syncer = Syncer::new(library.clone(), client).on(Date::constant(2026, 11, 25));
    Desk { site, syncer, library, _folder: folder }
}

fn desk(skin: Skin) -> Desk {
    desk_with(skin, Quirks::usual(skin))
}

impl Desk {
    async fn add(&self, path: &str) -> Publication {
        let address = format!("http://{HOST}{path}");
        self.syncer.add(&address, None, &CancellationToken::new()).await.unwrap().0
    }

    async fn sync(&self, publication: &Publication, wanted: Wanted) -> SyncReport {
        let nobody = |_: Event| {};
        self.syncer
            .sync(std::slice::from_ref(publication), wanted, &nobody, &CancellationToken::new())
            .await
            .unwrap()
    }

    fn kept(&self, publication: &Publication, date: Date) -> Issue {
        self.library.issue(&publication.id, date).unwrap().unwrap()
    }
}

/// Characters that are not blank: what is printed may be broken into lines anew.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{3000}')).collect()
}

/// The whole issue against what was published: pages, regions within two pixels of the frame, texts.
fn assert_is_as_published(desk: &Desk, issue: &Issue, published: &PublishedIssue, what: &str) {
    let library = &desk.library;
    let numbers: Vec<_> = issue.pages.iter().map(|page| page.number.as_str()).collect();
    let expected: Vec<_> = published.pages.iter().map(|page| page.number.as_str()).collect();
    assert_eq!(numbers, expected, "{what}");
    for (page, published_page) in issue.pages.iter().zip(&published.pages) {
        let what = format!("{what} page {}", page.number);
        assert_eq!(page.name, published_page.name, "{what}");
        assert_eq!(page.pdf.is_some(), published_page.pdf.is_some(), "{what}");
        assert_eq!(page.picture.is_some(), !published_page.picture.is_empty(), "{what}");
        assert_eq!(page.regions.len(), published_page.regions.len(), "{what}");
        for region in &published_page.regions {
            let near = |other: &kanbao_newspaper::Polygon| {
                other.corners().len() == region.polygon.corners().len()
                    && other
                        .corners()
                        .iter()
                        .zip(region.polygon.corners())
                        .all(|(a, b)| (a.x - b.x).abs() < 2.0 / 350.0 && (a.y - b.y).abs() < 2.0 / 500.0)
            };
            let found = page.regions.iter().find(|kept| near(&kept.polygon));
            assert!(found.is_some(), "{what}: no region like {:?}", region.polygon);
        }
    }
    let heads: Vec<_> = published.articles().filter(|article| article.continues.is_none()).collect();
    let found: Vec<String> = issue.articles.iter().map(|article| plain(&article.decks.headline)).collect();
    let expected: Vec<String> = heads.iter().map(|head| plain(&head.article.decks.headline)).collect();
    assert_eq!(found, expected, "{what}: articles");
    for (summary, published_article) in issue.articles.iter().zip(heads) {
        let kept = library.article(summary.id).unwrap();
        let decks = &published_article.article.decks;
        let what = format!("{what} {:?}", decks.headline);
        assert_eq!(plain(&kept.article.decks.headline), plain(&decks.headline), "{what}");
        assert_eq!(plain(&kept.article.decks.kicker), plain(&decks.kicker), "{what}");
        assert_eq!(plain(&kept.article.decks.subheadline), plain(&decks.subheadline), "{what}");
        assert_eq!(plain(&kept.article.decks.byline), plain(&decks.byline), "{what}");
        let tail = published.articles().find(|tail| tail.continues.as_ref() == Some(&published_article.path));
        if tail.is_none() {
            assert_eq!(plain(&kept.article.body()), plain(&published_article.article.body()), "{what}");
        } else {
            assert_eq!(kept.pages.len(), 2, "{what}: 转版");
        }
        let owned = kept.copyright.as_deref().is_some_and(|line| !line.is_empty());
        assert_eq!(owned, !published.copyright.is_empty(), "{what}: copyright");
    }
}

#[tokio::test]
async fn every_skin_is_kept_as_it_was_published() {
    for &skin in SKINS {
        let desk = desk(skin);
        let publication = desk.add(&desk.site.front_door("slrb")).await;
        assert_eq!(publication.name, "示例日报", "{skin:?}");
        assert_eq!(publication.id, "slrb", "{skin:?}");
        assert_eq!(publication.family, family(skin), "{skin:?}");
        let report = desk.sync(&publication, Wanted::Latest(3)).await;
        assert!(report.failed.is_empty(), "{skin:?}: {:?}", report.failed);
        assert_eq!(report.issues.len(), 3, "{skin:?}");
        for done in &report.issues {
            assert!(done.complete, "{skin:?} {}: {:?}", done.date, done.warnings);
            let published = desk.site.issue("slrb", done.date).unwrap();
            let issue = desk.kept(&publication, done.date);
            assert_is_as_published(&desk, &issue, published, &format!("{skin:?} {}", done.date));
        }
        assert!(desk.library.check().unwrap().problems.is_empty());
    }
}

#[tokio::test]
async fn a_second_run_fetches_nothing() {
    for skin in [
        Skin::Div,
        Skin::Table,
        Skin::People,
        Skin::Layoutlist,
        Skin::Daoxiang,
        Skin::Mobile,
        Skin::Json,
        Skin::DataList,
        Skin::Journal,
        Skin::OlderJournal,
        Skin::Flipbook,
    ] {
        let desk = desk(skin);
        let publication = desk.add(&desk.site.front_door("slrb")).await;
        desk.sync(&publication, Wanted::Latest(3)).await;
        let before = desk.site.log().entries().len();
        let report = desk.sync(&publication, Wanted::Latest(3)).await;
        assert!(report.failed.is_empty(), "{skin:?}");
        assert_eq!(report.issues.len(), 3);
        let entries = desk.site.log().entries();
        let again = &entries[before..];
        let fetched: Vec<_> = again
            .iter()
            .filter(|entry| {
                entry.status == 200 && !matches!(entry.class, Class::Index | Class::Robots | Class::Calendar)
            })
            .collect();
        assert!(fetched.is_empty(), "{skin:?}: {fetched:?}");
        assert!(again.len() <= 12, "{skin:?}: {} requests", again.len());
        assert!(report.issues.iter().map(|issue| issue.not_modified).sum::<u64>() >= 3, "{skin:?}");
    }
}

#[tokio::test]
async fn a_run_cut_off_anywhere_goes_on_where_it_stopped() {
    let desk = desk(Skin::Table);
    let publication = desk.add("/slrb/").await;
    for stop_after in [1, 2, 3, 1, 2] {
        let cancel = CancellationToken::new();
        let pages = AtomicU32::new(0);
        let on_event = |event: Event| {
            if matches!(event, Event::PageKept { .. })
                && pages.fetch_add(1, Ordering::Relaxed) + 1 == stop_after
            {
                cancel.cancel();
            }
        };
        let result =
            desk.syncer.sync(std::slice::from_ref(&publication), Wanted::Latest(2), &on_event, &cancel).await;
        if pages.load(Ordering::Relaxed) >= stop_after {
            assert!(matches!(result, Err(SyncError::Cancelled)), "{result:?}");
        }
        assert!(desk.library.check().unwrap().problems.is_empty());
    }
    let report = desk.sync(&publication, Wanted::Latest(2)).await;
    assert!(report.issues.iter().all(|issue| issue.complete), "{report:?}");
    let mut seen = std::collections::HashSet::new();
    for entry in desk.site.log().entries() {
        let content = matches!(
            entry.class,
            Class::Page | Class::Article | Class::Thumbnail | Class::Pdf | Class::Picture
        );
        if content && entry.status == 200 {
            assert!(seen.insert(entry.path.clone()), "{} was fetched twice", entry.path);
        }
    }
}

#[tokio::test]
async fn not_published_yet_is_not_failed() {
    let desk = desk(Skin::Div);
    let newest = desk.site.issue("slrb", kanbao_newspaper::Date::constant(2026, 11, 24)).unwrap().date;
    let before = newest.yesterday().unwrap();

    // The index leads to today's address, and yesterday's page is there.
    desk.site.set_newest(Newest::Stale);
    let publication = desk.add("/slrb/").await;
    for wanted in [Wanted::Latest(1), Wanted::Date(newest)] {
        let report = desk.sync(&publication, wanted).await;
        assert!(report.failed.is_empty(), "{wanted:?}: {:?}", report.failed);
        assert_eq!(report.not_published.first().map(|missing| missing.date), Some(newest), "{wanted:?}");
    }
    assert!(desk.library.issue(&publication.id, newest).unwrap().is_none());
    assert!(desk.kept(&publication, before).summary.complete);

    // The index leads to yesterday.
    desk.site.set_newest(Newest::Unpublished);
    let report = desk.sync(&publication, Wanted::Date(newest)).await;
    assert!(report.failed.is_empty() && report.issues.is_empty());
    assert_eq!(report.not_published.len(), 1);

    // It is out.
    desk.site.set_newest(Newest::Published);
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    assert_eq!(
        report.issues.first().map(|issue| (issue.date, issue.complete)),
        Some((newest, true)),
        "{report:?}"
    );
    assert!(report.not_published.is_empty());
}

#[tokio::test]
async fn a_date_without_an_issue_says_so() {
    for skin in [Skin::Div, Skin::People] {
        let desk = desk(skin);
        let publication = desk.add("/slrb/").await;
        let report = desk.sync(&publication, Wanted::Date(Date::constant(2026, 11, 1))).await;
        assert!(report.issues.is_empty() && report.not_published.is_empty(), "{skin:?}: {report:?}");
        assert_eq!(report.failed.len(), 1, "{skin:?}");
        assert!(report.failed[0].reason.contains("2026-11-01"), "{}", report.failed[0].reason);
    }
}

#[tokio::test]
async fn without_a_calendar_the_issues_are_found_by_walking() {
    for skin in [
        Skin::Div,
        Skin::Table,
        Skin::People,
        Skin::Swiper,
        Skin::PaperIndex,
        Skin::Mobile,
        Skin::Json,
        Skin::Journal,
        Skin::OlderJournal,
        Skin::Flipbook,
    ] {
        let quirks = Quirks { calendar: kanbao_press::Calendar::Absent, ..Quirks::usual(skin) };
        let desk = desk_with(skin, quirks);
        let publication = desk.add(&desk.site.front_door("slrb")).await;
        let report = desk.sync(&publication, Wanted::Since(Date::constant(2026, 11, 22))).await;
        let dates: Vec<_> = report.issues.iter().map(|issue| issue.date.day()).collect();
        assert_eq!(dates, [24, 23, 22], "{skin:?}");
    }
}

#[tokio::test]
async fn what_fails_for_now_is_fetched_by_the_next_run() {
    let desk = desk(Skin::Div);
    let publication = desk.add("/slrb/").await;
    for class in [Class::Pdf, Class::Article, Class::Picture, Class::Thumbnail] {
        desk.site
            .set_fault(Place::Class(class), Fault::Status { status: 500, retry_after: None, times: None });
    }
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    assert!(!report.issues[0].complete);
    assert_eq!(report.failed.len(), 1, "what is missing is told");
    assert!(!report.issues[0].warnings.is_empty());
    assert!(desk.library.check().unwrap().problems.is_empty());

    desk.site.clear_faults();
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    assert!(report.issues[0].complete, "{:?}", report.issues[0].warnings);
    let date = report.issues[0].date;
    let published = desk.site.issue("slrb", date).unwrap();
    assert_is_as_published(&desk, &desk.kept(&publication, date), published, "after the faults");
}

#[tokio::test]
async fn what_the_site_does_not_have_is_not_missing_for_ever() {
    let desk = desk(Skin::Div);
    let publication = desk.add("/slrb/").await;
    let published = desk.site.issue("slrb", Date::constant(2026, 11, 24)).unwrap();
    let article = published.pages[0].articles[0].clone();
    desk.site.set_fault(Place::Path(article.path.clone()), Fault::Missing);
    desk.site.set_fault(Place::Class(Class::Picture), Fault::Missing);
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    assert!(report.issues[0].complete);
    assert!(
        report.issues[0].warnings.iter().any(|warning| warning.contains(&article.path)),
        "{:?}",
        report.issues[0].warnings
    );
}

#[tokio::test]
async fn a_damaged_file_is_found_and_fetched_anew() {
    let desk = desk(Skin::Div);
    let publication = desk.add("/slrb/").await;
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    let date = report.issues[0].date;
    let blob = desk.kept(&publication, date).pages[0].pdf.clone().unwrap();
    let path = walk(desk.library.directory().as_std_path())
        .into_iter()
        .find(|path| blob.as_str().ends_with(path.file_name().unwrap().to_str().unwrap()))
        .expect("the PDF's file");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100] ^= 0xFF;
    std::fs::write(&path, bytes).unwrap();

    let problems = desk.library.check().unwrap().problems;
    assert!(!problems.is_empty());
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    assert!(report.issues[0].complete, "{report:?}");
    assert!(desk.library.check().unwrap().problems.is_empty());
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn any_address_of_the_site_leads_to_the_newspaper() {
    for &skin in SKINS {
        let desk = desk(skin);
        let old = desk.site.issue("slrb", Date::constant(2026, 11, 22)).unwrap();
        let mut addresses = vec![
            desk.site.front_door("slrb"),
            old.pages[0].path.clone(),
            old.pages[1].path.clone(),
            old.pages[0].articles[0].path.clone(),
        ];
        // Under a host of its own kind, nothing leads from the paper's folder to its JSON.
        if !matches!(skin, Skin::Json | Skin::Posted | Skin::Journal) {
            addresses.push("/slrb/".to_owned());
        }
        for address in &addresses {
            let url = format!("http://{HOST}{address}");
            let found = desk.syncer.discover(&url, &CancellationToken::new()).await.unwrap();
            assert_eq!(found.name, "示例日报", "{skin:?} {address}");
            assert_eq!(found.latest, Some(Date::constant(2026, 11, 24)), "{skin:?} {address}");
            assert_eq!(desk.add(address).await.id, "slrb", "{skin:?} {address}");
        }
        let evening_door = desk.site.front_door("slwb");
        desk.add(&evening_door).await;
        assert_eq!(desk.library.publications().unwrap().len(), 2, "{skin:?}: each newspaper once");
        let evening = desk
            .syncer
            .discover(&format!("http://{HOST}{evening_door}"), &CancellationToken::new())
            .await
            .unwrap();
        assert_eq!((evening.name.as_str(), evening.id.as_str()), ("示例晚报", "slwb"), "{skin:?}");
    }
}

#[tokio::test]
async fn several_titles_of_a_house_are_told_apart() {
    for &skin in SKINS {
        let desk = desk(skin);
        let house = desk.syncer.discover(&format!("http://{HOST}/"), &CancellationToken::new()).await;
        let Err(SyncError::SeveralTitles { titles, .. }) = house else { panic!("{skin:?}: {house:?}") };
        let names: Vec<_> = titles.iter().map(|title| title.name.as_str()).collect();
        assert_eq!(names, ["示例日报", "示例晚报"], "{skin:?}");
        for title in titles {
            let found = desk.syncer.discover(title.url.as_str(), &CancellationToken::new()).await.unwrap();
            assert_eq!(found.name, title.name, "{skin:?}");
        }
    }
}

#[tokio::test]
async fn what_is_no_newspaper_is_told_in_a_sentence() {
    let desk = desk(Skin::Div);
    let cancel = CancellationToken::new();
    let refused = desk.syncer.add(&format!("http://{HOST}/robots.txt"), None, &cancel).await.unwrap_err();
    assert!(matches!(refused, SyncError::NotANewspaper { .. }), "{refused}");
    let nowhere = desk.syncer.add("http://127.0.0.1:9/", None, &cancel).await.unwrap_err();
    assert!(matches!(&nowhere, SyncError::Publisher(error) if error.is_offline()), "{nowhere}");
    assert!(desk.library.publications().unwrap().is_empty());
}

#[tokio::test]
async fn what_an_address_leads_to_is_told_without_fetching_it() {
    for skin in [Skin::Div, Skin::Table, Skin::People] {
        let desk = desk(skin);
        let look = async |path: &str| {
            desk.syncer.look(&format!("http://{HOST}{path}"), &CancellationToken::new()).await.unwrap()
        };
        let found = look("/slrb/").await;
        let [daily] = &found[..] else { panic!("{skin:?}: {found:?}") };
        let issue = desk.site.issue("slrb", Date::constant(2026, 11, 24)).unwrap();
        assert_eq!((daily.name.as_str(), daily.host.as_str()), ("示例日报", HOST), "{skin:?}");
        assert_eq!((daily.pages as usize, daily.latest), (issue.pages.len(), Some(issue.date)), "{skin:?}");
        assert!(daily.copyright.is_some() && daily.publication.is_none(), "{skin:?}");
        // As much as the first page's own files weigh, times the pages.
        let pages = u64::from(daily.pages);
        let bytes = daily.bytes.unwrap();
        assert!(bytes.is_multiple_of(pages) && bytes / pages > 20_000, "{skin:?}: {bytes}");
        assert_eq!(desk.site.log().count(Class::Article).requests, 0, "{skin:?}");
        assert_eq!(desk.library.publications().unwrap(), [], "{skin:?}: nothing is subscribed to");

        let house = look("/").await;
        let names: Vec<_> = house.iter().map(|finding| finding.name.as_str()).collect();
        assert_eq!(names, ["示例日报", "示例晚报"], "{skin:?}");
        let publication = desk.add("/slrb/").await;
        assert_eq!(look("/slrb/").await[0].publication.as_ref(), Some(&publication.id), "{skin:?}");
    }
}

#[tokio::test]
async fn days_between_two_are_fetched_with_a_calendar_and_without() {
    let days = Wanted::Between(Date::constant(2026, 11, 20), Date::constant(2026, 11, 23));
    for calendar in [kanbao_press::Calendar::Absent, Quirks::usual(Skin::Div).calendar] {
        let desk = desk_with(Skin::Div, Quirks { calendar, ..Quirks::usual(Skin::Div) });
        let publication = desk.add("/slrb/").await;
        let report = desk.sync(&publication, days).await;
        let dates: Vec<_> = report.issues.iter().map(|issue| issue.date.day()).collect();
        assert_eq!(dates, [23, 22], "{calendar:?}");
        assert!(report.failed.is_empty() && report.not_published.is_empty(), "{report:?}");
    }
}

#[tokio::test]
async fn what_was_taken_away_comes_back_only_when_its_day_is_named() {
    let desk = desk(Skin::Div);
    let publication = desk.add("/slrb/").await;
    desk.sync(&publication, Wanted::Latest(2)).await;
    let newest = Date::constant(2026, 11, 24);
    desk.library.remove_issue(&publication.id, newest, "2026-11-24T06:00:00Z").unwrap();
    assert!(desk.library.delete_removed(&publication.id, newest).unwrap());
    assert!(desk.library.check().unwrap().problems.is_empty());

    let report = desk.sync(&publication, Wanted::Latest(2)).await;
    let dates: Vec<_> = report.issues.iter().map(|issue| issue.date.day()).collect();
    assert_eq!(dates, [23], "nor an older one in its place");
    assert!(desk.library.issue(&publication.id, newest).unwrap().is_none());

    let report = desk.sync(&publication, Wanted::Date(newest)).await;
    assert!(report.issues[0].complete, "{report:?}");
    assert!(desk.kept(&publication, newest).summary.complete);
    assert_eq!(desk.sync(&publication, Wanted::Latest(2)).await.issues.len(), 2);
}

#[tokio::test]
async fn a_month_is_known_from_what_was_fetched_and_asked_anew() {
    let desk = desk(Skin::Div);
    let publication = desk.add("/slrb/").await;
    let month = Date::constant(2026, 11, 1);
    let known = || desk.syncer.known_month(&publication, month).unwrap();
    assert_eq!(known(), kanbao_sync::SiteMonth::default(), "nothing was asked yet");
    let today = Date::constant(2026, 11, 25);
    let asked = desk.syncer.ask_month(&publication, month, today, &CancellationToken::new()).await.unwrap();
    let days: Vec<_> = asked.dates.iter().map(|date| date.day()).collect();
    assert_eq!((days, asked.known_until), (vec![22, 23, 24], Some(today)));
    // Without a page of its own nobody knows yet which of the addresses kept is this newspaper's.
    desk.sync(&publication, Wanted::Latest(1)).await;
    let before = desk.site.log().entries().len();
    assert_eq!(known().dates, asked.dates);
    assert_eq!(desk.site.log().entries().len(), before, "what is known is told without asking");
}

#[tokio::test]
async fn the_programs_in_the_browser_are_read_over_http() {
    for skin in [Skin::Posted, Skin::DataList, Skin::Journal, Skin::OlderJournal, Skin::Flipbook] {
        let desk = desk(skin);
        let served = serve(Arc::clone(&desk.site), "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let client = Client::builder().build().unwrap();
        let syncer = Syncer::new(desk.library.clone(), client).on(Date::constant(2026, 11, 25));
        let cancel = CancellationToken::new();
        let door = format!("{}{}", served.origin(), desk.site.front_door("slrb"));
        let (publication, _) = syncer.add(&door, None, &cancel).await.unwrap();
        let wanted = Wanted::Date(Date::constant(2026, 11, 23));
        let report =
            syncer.sync(std::slice::from_ref(&publication), wanted, &|_: Event| {}, &cancel).await.unwrap();
        assert!(report.failed.is_empty() && report.issues[0].complete, "{skin:?}: {report:?}");
        let issue = desk.kept(&publication, report.issues[0].date);
        let published = desk.site.issue("slrb", report.issues[0].date).unwrap();
        assert_is_as_published(&desk, &issue, published, &format!("{skin:?} over HTTP"));
        // What the command line is told of any of its pages is read the same way.
        let seen = inspect_url(
            &Client::builder().build().unwrap(),
            &kanbao_sources::Sources::default(),
            &issue.pages[1].url,
            None,
        )
        .await
        .unwrap();
        assert_eq!((seen.kind.as_str(), seen.page.unwrap().number.as_str()), ("page", "02"), "{skin:?}");
        served.stop().await;
    }
}

#[tokio::test]
async fn what_is_posted_is_asked_for_once() {
    let desk = desk(Skin::Posted);
    let publication = desk.add(&desk.site.front_door("slrb")).await;
    desk.sync(&publication, Wanted::Latest(2)).await;
    let before = desk.site.log().entries().len();
    let report = desk.sync(&publication, Wanted::Latest(2)).await;
    assert!(report.issues.iter().all(|issue| issue.complete), "{report:?}");
    // A question has no validators: those for the newest of each issue are put again, and no other.
    let again = desk.site.log().entries().split_off(before);
    assert_eq!(again.iter().filter(|entry| entry.class == Class::Article).count(), 0);
    assert_eq!(again.iter().filter(|entry| entry.class == Class::Page).count(), 2, "{again:#?}");
    assert!(again.len() <= 12, "{} requests", again.len());
}

#[tokio::test]
async fn for_a_day_without_an_issue_another_days_answer_counts_for_nothing() {
    for skin in [Skin::Posted, Skin::DataList, Skin::Journal, Skin::Flipbook] {
        let desk = desk(skin);
        let publication = desk.add(&desk.site.front_door("slrb")).await;
        let report = desk.sync(&publication, Wanted::Date(Date::constant(2026, 11, 1))).await;
        assert!(report.issues.is_empty() && report.failed.len() == 1, "{skin:?}: {report:?}");
        assert!(report.failed[0].reason.contains("2026-11-01"), "{skin:?}: {}", report.failed[0].reason);
    }
}

#[tokio::test]
async fn months_of_these_sites_are_known_and_absurd_dates_are_not() {
    for skin in [Skin::Posted, Skin::DataList] {
        let desk = desk(skin);
        let publication = desk.add(&desk.site.front_door("slrb")).await;
        desk.sync(&publication, Wanted::Latest(1)).await;
        let (month, today) = (Date::constant(2026, 11, 1), Date::constant(2026, 11, 25));
        let cancel = CancellationToken::new();
        let asked = desk.syncer.ask_month(&publication, month, today, &cancel).await.unwrap();
        let days: Vec<_> = asked.dates.iter().map(|date| date.day()).collect();
        assert_eq!(days, [22, 23, 24], "{skin:?}");
        assert_eq!(desk.syncer.known_month(&publication, month).unwrap().dates, asked.dates, "{skin:?}");
    }
}

#[tokio::test]
async fn texts_that_a_script_alone_writes_are_said_to_be_missing() {
    let quirks = Quirks { texts_by_script: true, ..Quirks::usual(Skin::DataList) };
    let desk = desk_with(Skin::DataList, quirks);
    let publication = desk.add("/slrb/").await;
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    let done = &report.issues[0];
    let issue = desk.kept(&publication, done.date);
    let headlines = issue.articles.iter().filter(|article| !article.decks.headline.is_empty()).count();
    assert!(done.complete && headlines > 30 && done.regions > 30, "{done:?}");
    let told = done.warnings.iter().filter(|warning| warning.contains("the site's script alone")).count();
    assert!(told > 0, "{:?}", done.warnings);
    assert!(issue.articles.iter().all(|article| article.characters == 0));
}
