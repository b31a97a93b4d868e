//! What memory a long reading takes: after a hundred pages of 24 megapixels, and after the first ten of them.

use std::time::Duration;

use fantoccini::key::Key;
use kanbao_tests::window::Window;

use crate::fixtures::{self, PICTORIAL_PAGES};
use crate::programs;
use crate::samples::Samples;

const FEW: usize = 10;
/// After the last page, before the weighing.
const AT_REST: Duration = Duration::from_secs(3);
const WEIGHINGS: usize = 5;

pub(crate) async fn measure() {
    let library = fixtures::pictorial_library();
    let window = Window::open("bench-long-reading", &library).await;
    window.find("cover img").await;
    window.script("document.querySelector('[data-test=cover]').click()", &[]).await;
    window.find("viewer[data-state=\"sharp\"]").await;
    window.key(Key::Home.into()).await;
    window.find("viewer[data-page=\"A01\"][data-state=\"sharp\"]").await;
    let mut pages = 1;
    for (until, who) in [(FEW, "after 10 pages"), (PICTORIAL_PAGES, "after 100 pages")] {
        while pages < until {
            window.key('j').await;
            let number = format!("{}{:02}", char::from(b'A' + (pages / 25) as u8), pages % 25 + 1);
            window.find(&format!("viewer[data-page=\"{number}\"][data-state=\"sharp\"]")).await;
            pages += 1;
        }
        tokio::time::sleep(AT_REST).await;
        let mut memory = Samples::default();
        for _ in 0..WEIGHINGS {
            tokio::time::sleep(Duration::from_millis(400)).await;
            memory.value(window.programs().into_iter().map(programs::memory_of).sum::<u64>() as f64 / 1e6);
        }
        memory.print("memory", who, "MB");
    }
    window.close();
}
