//! Turning a page: from the key press (or the click) to the page whole on the display, and to it as sharp as it gets.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use kanbao_tests::paper;
use kanbao_tests::press::{DAILY, PressProgram};
use kanbao_tests::site::Site;
use kanbao_tests::window::Window;
use serde_json::Value;

use crate::chromium::Browser;
use crate::fixtures;
use crate::samples::Samples;
use crate::screen::{LEFT, Screen};
use kanbao_tests::film::{Film, Frame};

/// Turns of each kind.
const TURNS: usize = 11;
/// Nothing changes any more.
const REST: Duration = Duration::from_millis(900);
const LONGEST: Duration = Duration::from_secs(12);
/// A reader looks at a page before turning it: what the program prepares meanwhile is its own affair.
const LOOKED_AT: Duration = Duration::from_millis(1500);

/// A page that is turned to, and the one before it.
#[derive(Clone, Copy)]
struct Turn {
    what: &'static str,
    date: &'static str,
    from: &'static str,
    to: &'static str,
}

const TURNED: [Turn; 2] = [
    Turn { what: "PDF page", date: fixtures::DATE, from: "01", to: "02" },
    Turn { what: "picture page", date: fixtures::PICTURE_DATE, from: "06", to: "07" },
];

#[derive(Default)]
struct Times {
    whole: Samples,
    sharp: Samples,
}

impl Times {
    fn add(&mut self, who: &str, film: &Film) {
        if std::env::var_os("KANBAO_BENCH_FILMS").is_some() {
            eprintln!("{who}\n{}", film.describe());
        }
        assert!(film.last().has_print(), "{who}: no page came");
        let missing = || panic!("{who}: nothing changed on the display");
        self.whole.time(film.whole().unwrap_or_else(missing));
        self.sharp.time(film.sharp().unwrap_or_else(missing));
    }

    fn print(&self, turn: Turn, who: &str) {
        self.whole.print(&format!("{}: whole", turn.what), who, "ms");
        self.sharp.print(&format!("{}: sharp", turn.what), who, "ms");
    }
}

pub(crate) async fn measure(screen: &Screen, pdfjs: &str) {
    let library = fixtures::large_library();
    for turn in TURNED {
        in_the_window(screen, &library, turn).await.print(turn, "Kanbao");
        on_the_site(screen, turn).await.print(turn, "Chromium, the newspaper's site");
        if let Some(times) = in_pdfjs(screen, pdfjs, turn).await {
            times.print(turn, "pdf.js in Chromium");
        }
    }
}

async fn in_the_window(screen: &Screen, library: &camino::Utf8Path, turn: Turn) -> Times {
    let window =
        Window::open_at("bench-page-turn", library, &fixtures::page(library, turn.date, turn.from)).await;
    let (width, height) = screen.size();
    window.resize(width.into(), height.into()).await;
    let at = |number: &str| format!("viewer[data-page=\"{number}\"][data-state=\"sharp\"]");
    window.find("viewer[data-state=\"sharp\"]").await;
    let mut times = Times::default();
    // The first turn warms what a reader of some pages has warm.
    for count in 0..=TURNS {
        window.click(&format!("rail-page[data-number=\"{}\"]", turn.from)).await;
        window.find(&at(turn.from)).await;
        screen.point(i16::try_from(width / 2).unwrap_or_default(), 2);
        tokio::time::sleep(LOOKED_AT).await;
        let film = screen.film(REST, LONGEST, Frame::has_print, || screen.press(u32::from(b'j')));
        window.find(&at(turn.to)).await;
        if count > 0 {
            times.add("Kanbao", &film);
        }
    }
    window.close();
    times
}

async fn on_the_site(screen: &Screen, turn: Turn) -> Times {
    let press = PressProgram::start();
    let browser = Browser::open(screen, &press.address(DAILY)).await;
    let newest =
        browser.until("the newest page", "return document.querySelector('map') && location.href").await;
    let newest = newest.as_str().unwrap_or_default().to_owned();
    let dated =
        |date: &str| date.rsplit_once('-').map(|(month, day)| format!("{month}/{day}")).unwrap_or_default();
    let first = newest.replace(&dated(fixtures::DATE), &dated(turn.date));
    browser.go(&first).await;
    // By the site's own links, to the page before the one that is turned to.
    let next =
        "return [...document.querySelectorAll('a')].find((link) => link.textContent.includes('下一版'))";
    let mut from = first;
    for step in 0..20 {
        assert!(step < 19, "the site leads to no page {}", turn.from);
        let steps: Value =
            browser.script("return document.title + document.body.innerText.slice(0, 400)").await;
        if steps.as_str().unwrap_or_default().contains(&format!("第{}版", turn.from)) {
            break;
        }
        let there = browser.script(&format!("{next}?.href")).await;
        there.as_str().unwrap_or_else(|| panic!("no link to a next page at {from}")).clone_into(&mut from);
        browser.go(&from).await;
    }
    let mut times = Times::default();
    for count in 0..=TURNS {
        browser.go(&from).await;
        let script = "const link = [...document.querySelectorAll('a')].find((link) => link.textContent.includes('下一版'));
            link?.scrollIntoViewIfNeeded(); const box = link?.getBoundingClientRect();
            return box ? [box.x + box.width / 2, box.y + box.height / 2] : null";
        let place = browser.until("a link to the next page", script).await;
        let [x, y]: [f64; 2] = serde_json::from_value(place).expect("two numbers");
        screen.point(x as i16, y as i16);
        tokio::time::sleep(LOOKED_AT).await;
        let film = screen.film(REST, LONGEST, Frame::has_print, || screen.click(LEFT));
        if count > 0 {
            times.add("Chromium", &film);
        }
    }
    browser.close().await;
    times
}

/// A page that shows one PDF after the other, whole, as its window allows.
const SHOWS_PDFS: &str = r#"<!doctype html><meta charset="utf-8"><title>pdf.js</title>
<style>body { margin: 0; background: #ddd; display: grid; place-items: center; height: 100vh } canvas { background: #fff }</style>
<canvas></canvas>
<script type="module">
import * as pdfjs from "./pdf.mjs";
pdfjs.GlobalWorkerOptions.workerSrc = "./pdf.worker.mjs";
const worker = new pdfjs.PDFWorker();
const files = ["from.pdf", "to.pdf"];
let at = -1;
async function show(next) {
  const file = await pdfjs.getDocument({ url: files[next], worker, cMapUrl: "./cmaps/", cMapPacked: true }).promise;
  const page = await file.getPage(1);
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(innerHeight / natural.height, innerWidth / natural.width) });
  const canvas = document.createElement("canvas");
  canvas.width = viewport.width; canvas.height = viewport.height;
  await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
  document.querySelector("canvas").replaceWith(canvas);
  at = next; document.body.dataset.at = at;
}
addEventListener("keydown", (event) => event.key === "j" ? show(1) : event.key === "k" ? show(0) : undefined);
show(0);
</script>"#;

/// A page without a PDF has nothing for pdf.js to show.
async fn in_pdfjs(screen: &Screen, pdfjs: &str, turn: Turn) -> Option<Times> {
    let mut times = Times::default();
    let issue = paper::folder().join(DAILY).join(turn.date);
    let read = |name: &str| fs::read(issue.join(name)).ok();
    let (from, to) = (read(&format!("{}.pdf", turn.from))?, read(&format!("{}.pdf", turn.to))?);
    let mut files: HashMap<String, Vec<u8>> = [
        ("/index.html".to_owned(), SHOWS_PDFS.into()),
        ("/from.pdf".to_owned(), from),
        ("/to.pdf".to_owned(), to),
    ]
    .into();
    for name in ["pdf.mjs", "pdf.worker.mjs"] {
        let file = format!("{pdfjs}/build/{name}");
        files.insert(format!("/{name}"), fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}")));
    }
    let site = Site::serve(files);
    let browser = Browser::open(screen, &site.address("/index.html")).await;
    for count in 0..=TURNS {
        browser.until("the page before", "return document.body.dataset.at === '0'").await;
        tokio::time::sleep(LOOKED_AT).await;
        let film = screen.film(REST, LONGEST, Frame::has_print, || screen.press(u32::from(b'j')));
        if count > 0 {
            times.add("pdf.js", &film);
        }
        browser.until("the page", "return document.body.dataset.at === '1'").await;
        screen.press(u32::from(b'k'));
    }
    browser.close().await;
    Some(times)
}
