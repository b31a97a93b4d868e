//! The reader's screen, as a test looks at it.

use std::time::Instant;

use kanbao_newspaper::Point;
use kanbao_press::{PublishedIssue, PublishedPage};
use kanbao_tests::paper::Whole;
use kanbao_tests::window::{PATIENCE, Window};
use serde_json::json;

use crate::without_blanks;

/// The reader's screen in a window.
pub(crate) struct Reader<'a> {
    window: &'a Window,
}

impl<'a> Reader<'a> {
    pub(crate) async fn wait(window: &'a Window) -> Self {
        window.find("reader").await;
        window.find("viewer").await;
        Self { window }
    }

    /// Waits until this page is shown, by its number and name.
    pub(crate) async fn wait_page(&self, page: &PublishedPage) {
        self.window.find(&format!("viewer[data-page=\"{}\"]", page.number)).await;
        self.window.wait_text("page-number", &page.number).await;
        self.window.wait_text("page-name", &page.name).await;
    }

    /// Waits until a page of an issue is shown.
    pub(crate) async fn wait_issue(&self, issue: &PublishedIssue, page: usize) {
        let script = "const rail = document.querySelectorAll('[data-test=rail-page]');
            return rail.length === arguments[0] && location.href.length > 0 &&
                [...rail].map((page) => page.dataset.number).join() === arguments[1]";
        let numbers: Vec<_> = issue.pages.iter().map(|page| page.number.as_str()).collect();
        let what = format!("the issue of {}", issue.date);
        self.window.until(&what, script, &[json!(numbers.len()), json!(numbers.join(","))]).await;
        self.wait_page(&issue.pages[page]).await;
        // The headlines beside the page are this issue's own.
        let first = &issue.pages[page].articles[0].article.decks.headline;
        self.window.wait_text("headline", first).await;
    }

    /// Goes to a page by the rail and waits until it is sharp.
    pub(crate) async fn go_to(&self, page: &PublishedPage) {
        self.window.click(&format!("rail-page[data-number=\"{}\"]", page.number)).await;
        self.wait_page(page).await;
        self.wait_sharp().await;
    }

    pub(crate) async fn wait_sharp(&self) {
        self.window.find("viewer[data-state=\"sharp\"]").await;
    }

    /// Where a point of the page is in the window, once the page has come to rest.
    pub(crate) async fn place(&self, point: Point) -> (f64, f64) {
        // Where it was before this was asked says nothing: a movement may have been asked for and not begun.
        self.window.script("window.lastRects = []", &[]).await;
        let script = "const rect = document.querySelector('[data-test=viewer]').dataset.rect;
            window.lastRects.push(rect);
            const rested = rect && window.lastRects.length > 3 && window.lastRects.slice(-4).every((last) => last === rect);
            return rested ? rect.split(',').map(Number) : null";
        let found = self.window.until("the page has come to rest", script, &[]).await;
        let numbers: Vec<f64> = serde_json::from_value(found).expect("numbers");
        let [left, top, width, height] = numbers[..] else { panic!("{numbers:?}") };
        (left + point.x * width, top + point.y * height)
    }

    /// Turns the wheel at a point until the page is at least so large, as a reader does who looks at the page.
    pub(crate) async fn zoom_at(&self, point: Point, least: i64) {
        let end = Instant::now() + PATIENCE;
        loop {
            let (x, y) = self.place(point).await;
            let percent = self.wait_percent("a zoom", |_| true).await;
            if percent >= least {
                return;
            }
            assert!(Instant::now() < end, "the wheel at {x:.0},{y:.0} left the page at {percent} %");
            self.window.wheel(x, y, -240).await;
        }
    }

    /// Puts the pointer on a point and waits until the region of that article answers.
    pub(crate) async fn hover(&self, point: Point, id: &str, whole: &Whole) {
        let script = "return [...document.querySelectorAll('[data-test=region].hover')]
            .map((region) => region.dataset.article).join()";
        let headline = &whole.article.decks.headline;
        let end = Instant::now() + PATIENCE;
        loop {
            let (x, y) = self.place(point).await;
            self.window.point(x, y).await;
            let answering = self.window.script(script, &[]).await;
            if answering.as_str().is_some_and(|ids| ids.split(',').any(|answering| answering == id)) {
                break;
            }
            assert!(
                Instant::now() < end,
                "{headline:?} ({id}) does not answer at {x:.0},{y:.0}, which is {:.3},{:.3} of the page; {answering} does",
                point.x,
                point.y
            );
        }
        self.window.wait_text("region-label", headline).await;
    }

    pub(crate) async fn click(&self, point: Point) {
        let (x, y) = self.place(point).await;
        self.window.click_at(x, y).await;
    }

    /// Waits until an article is open with exactly the words that were printed, captions in their places.
    pub(crate) async fn wait_article(&self, whole: &Whole) {
        let headline = &whole.article.decks.headline;
        if headline.is_empty() {
            self.window.find("article").await;
        } else {
            self.window.wait_text("article-headline", headline).await;
        }
        let printed: String =
            whole.article.blocks.iter().map(|block| without_blanks(&block.text())).collect();
        let script = "return document.querySelector('[data-test=article-body]')?.textContent ?? null";
        let end = Instant::now() + PATIENCE;
        loop {
            let shown = self.window.until("the article has a body", script, &[]).await;
            if without_blanks(shown.as_str().unwrap_or_default()) == printed {
                return;
            }
            assert!(Instant::now() < end, "{headline:?} should read {printed:?}, but reads {shown}");
        }
    }

    /// Waits for a zoom at which the page is at rest, in percent of the whole page.
    pub(crate) async fn wait_percent(&self, what: &str, good: impl Fn(i64) -> bool) -> i64 {
        let script = "return document.querySelector('[data-test=zoom-percent]')?.dataset.percent ?? null";
        let end = Instant::now() + PATIENCE;
        loop {
            let shown = self.window.until("a zoom is shown", script, &[]).await;
            let percent = shown.as_str().and_then(|percent| percent.parse().ok());
            if let Some(percent) = percent.filter(|percent| good(*percent)) {
                return percent;
            }
            assert!(Instant::now() < end, "not {what}: {shown}");
        }
    }
}
