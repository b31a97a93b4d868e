//! The habits of these sites that a reader meets on the network, one test each; those of single documents are in
//! the reader's own tests.

use camino::Utf8Path;
use kanbao_library::{Library, Publication};
use kanbao_newspaper::Date;
use kanbao_press::{Calendar, Charset, Class, Fault, Paper, Place, Quirks, Site, Skin};
use kanbao_publisher::Politeness;
use kanbao_sync::{CancellationToken, Client, Event, SyncReport, Syncer, Wanted};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const HOST: &str = "press.example";

struct Desk {
    site: Arc<Site>,
    library: Library,
    syncer: Syncer,
    _folder: tempfile::TempDir,
}

fn desk(skin: Skin, change: impl FnOnce(&mut Quirks)) -> Desk {
    let mut quirks = Quirks::usual(skin);
    change(&mut quirks);
    let papers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../press/paper");
    let site = Arc::new(Site::new(Paper::load(&papers).unwrap(), skin, quirks));
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(Utf8Path::from_path(folder.path()).unwrap()).unwrap();
    let quick = Duration::from_millis(1);
    let politeness = Politeness { first_retry: quick, longest_wait: quick, ..Politeness::default() };
    let client = Client::builder().politeness(politeness).origin(HOST, site.clone()).build().unwrap();
    Desk { site, syncer: Syncer::new(library.clone(), client), library, _folder: folder }
}

impl Desk {
    async fn add(&self) -> Publication {
        let address = format!("http://{HOST}{}", self.site.front_door("slrb"));
        self.syncer.add(&address, None, &CancellationToken::new()).await.unwrap().0
    }

    async fn sync(&self, publication: &Publication, wanted: Wanted) -> SyncReport {
        let nobody = |_: Event| {};
        let cancel = CancellationToken::new();
        self.syncer.sync(std::slice::from_ref(publication), wanted, &nobody, &cancel).await.unwrap()
    }

    fn numbers(&self, publication: &Publication, date: Date) -> Vec<String> {
        let issue = self.library.issue(&publication.id, date).unwrap().unwrap();
        issue.pages.into_iter().map(|page| page.number).collect()
    }
}

#[tokio::test]
async fn quirk_15_a_shell_for_what_is_missing_is_no_issue() {
    for skin in [Skin::People, Skin::Swiper] {
        let desk = desk(skin, |quirks| quirks.missing = kanbao_press::Missing::Shell);
        let publication = desk.add().await;
        let report = desk.sync(&publication, Wanted::Date(Date::constant(2026, 11, 20))).await;
        assert!(report.issues.is_empty() && report.failed.len() == 1, "{skin:?}: {report:?}");
    }
}

#[tokio::test]
async fn quirk_16_every_request_says_who_asks_and_folders_may_be_forbidden() {
    let desk = desk(Skin::PaperIndex, |_| {});
    for folder in ["/slrb/", "/slrb/index.htm", "/slrb/paperindex.htm"] {
        let refusal = Fault::Status { status: 403, retry_after: None, times: None };
        desk.site.set_fault(Place::Path(folder.into()), refusal);
    }
    // An old page is enough: the way to the newest issue goes round the forbidden folders.
    let old = desk.site.issue("slrb", Date::constant(2026, 11, 22)).unwrap().pages[0].path.clone();
    let address = format!("http://{HOST}{old}");
    let (publication, found) = desk.syncer.add(&address, None, &CancellationToken::new()).await.unwrap();
    assert_eq!(found.latest, Some(Date::constant(2026, 11, 24)));
    let report = desk.sync(&publication, Wanted::Latest(1)).await;
    assert!(report.issues[0].complete, "{report:?}");
    let entries = desk.site.log().entries();
    let named = |agent: &Option<String>| agent.as_ref().is_some_and(|agent| agent.starts_with("Kanbao/"));
    assert!(entries.iter().all(|entry| named(&entry.user_agent)));
}

#[tokio::test]
async fn quirk_17_charsets_that_are_labelled_wrongly_both_ways() {
    for charset in [Charset::Utf8CalledGb2312, Charset::GbkCalledUtf8, Charset::Gb18030] {
        let desk = desk(Skin::Swiper, |quirks| quirks.charset = charset);
        let publication = desk.add().await;
        assert_eq!(publication.name, "示例日报", "{charset:?}");
        let report = desk.sync(&publication, Wanted::Latest(1)).await;
        let date = report.issues[0].date;
        let published = desk.site.issue("slrb", date).unwrap();
        let headline = |text: &str| text.split_whitespace().collect::<String>();
        let expected: Vec<String> = published
            .articles()
            .filter(|article| article.continues.is_none())
            .map(|article| headline(&article.article.decks.headline))
            .collect();
        let issue = desk.library.issue(&publication.id, date).unwrap().unwrap();
        let found: Vec<String> = issue
            .articles
            .iter()
            .map(|summary| headline(&desk.library.article(summary.id).unwrap().article.decks.headline))
            .collect();
        assert_eq!(found, expected, "{charset:?}");
    }
}

#[tokio::test]
async fn quirk_18_without_a_list_of_pages_the_pager_is_followed_and_never_round() {
    for looping in [false, true] {
        let desk = desk(Skin::Div, |quirks| {
            quirks.without_page_list = true;
            quirks.looping_pager = looping;
        });
        let publication = desk.add().await;
        let report = desk.sync(&publication, Wanted::Date(Date::constant(2026, 11, 22))).await;
        assert!(report.issues[0].complete, "{looping}: {report:?}");
        let numbers = desk.numbers(&publication, Date::constant(2026, 11, 22));
        assert_eq!(numbers, ["01", "02", "03", "04-05", "06", "07", "08"], "{looping}");
        let pages = desk.site.log().count(Class::Page).requests;
        let again = desk.sync(&publication, Wanted::Date(Date::constant(2026, 11, 22))).await;
        assert!(again.issues[0].complete);
        // The issue's first page and the newest one's are asked again, and no other.
        assert!(desk.site.log().count(Class::Page).requests - pages <= 2, "{looping}");
    }
}

#[tokio::test]
async fn quirk_20_days_without_an_issue_are_passed_over_by_the_calendar() {
    for skin in [Skin::Div, Skin::Swiper, Skin::Layoutlist] {
        let desk = desk(skin, |_| {});
        let publication = desk.add().await;
        let report = desk.sync(&publication, Wanted::Since(Date::constant(2026, 11, 1))).await;
        assert!(report.failed.is_empty(), "{skin:?}: {:?}", report.failed);
        assert_eq!(report.issues.len(), 3, "{skin:?}");
        assert_eq!(desk.site.log().count(Class::Stray).requests, 0, "{skin:?}: nothing was asked in vain");
    }
}

#[tokio::test]
async fn quirk_14_of_a_shared_calendar_this_papers_days_are_taken() {
    for skin in [Skin::Table, Skin::Layoutlist] {
        let desk = desk(skin, |quirks| quirks.calendar = Calendar::Shared);
        let publication = desk.add().await;
        let report = desk.sync(&publication, Wanted::Latest(5)).await;
        let days: Vec<i8> = report.issues.iter().map(|issue| issue.date.day()).collect();
        assert_eq!(days, [24, 23, 22], "{skin:?}");
        assert!(report.failed.is_empty(), "{skin:?}: {:?}", report.failed);
    }
}
