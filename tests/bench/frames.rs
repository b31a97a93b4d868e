//! Ten seconds of a hand that zooms and drags a page: how evenly frames come, in the window and in `OpenSeadragon`.

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::thread;
use std::time::{Duration, Instant};

use image::imageops::{self, FilterType};
use image::{ImageFormat, RgbImage};
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::site::Site;
use kanbao_tests::window::Window;
use serde_json::Value;

use crate::chromium::Browser;
use crate::fixtures;
use crate::samples::Samples;
use crate::screen::{LEFT, Screen, WHEEL_DOWN, WHEEL_UP};
use kanbao_tests::film::{Film, Frame};

const LASTS: Duration = Duration::from_secs(10);
const ROUNDS: usize = 3;
/// A mouse tells of its way so often.
const HAND: Duration = Duration::from_millis(8);
/// Turns of the wheel in, and out again, and between them.
const NOTCHES: usize = 6;
const BETWEEN_NOTCHES: Duration = Duration::from_millis(60);
/// How far the hand drags, there and back, in pixels and in movements.
const DRAG: f64 = 160.0;
const MOVEMENTS: u32 = 120;
/// A frame that takes longer is seen to.
const SEEN_TO: f64 = 50.0;
const REST: Duration = Duration::from_millis(800);

const COUNTS_FRAMES: &str = "window.benchFrames = []; window.benchCounting = true;
    const frame = (now) => { window.benchFrames.push(now); if (window.benchCounting) requestAnimationFrame(frame) };
    requestAnimationFrame(frame)";
const FRAMES: &str = "window.benchCounting = false; return window.benchFrames";

#[derive(Default)]
struct Evenness {
    /// Between two frames, as the window's own program sees it.
    frames: Vec<f64>,
    /// Between two changes of what is on the display.
    changes: Vec<f64>,
}

impl Evenness {
    fn add(&mut self, frames: &Value, film: &Film) {
        let frames: Vec<f64> = serde_json::from_value(frames.clone()).expect("times of frames");
        self.frames.extend(frames.windows(2).map(|pair| pair[1] - pair[0]));
        self.changes.extend(film.intervals().iter().map(|interval| interval.as_secs_f64() * 1000.0));
    }

    fn print(mut self, who: &str) {
        for (what, values) in [("frames", &mut self.frames), ("display", &mut self.changes)] {
            assert!(values.len() > 50, "{who}: hardly anything moved, {} {what}", values.len());
            values.sort_by(f64::total_cmp);
            let one = |what: String, value: f64, unit: &str| {
                let mut sample = Samples::default();
                sample.value(value);
                sample.print(&what, who, unit);
            };
            let quantile = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
            one(format!("{what}: half within"), quantile(0.5), "ms");
            one(format!("{what}: 95 of 100 within"), quantile(0.95), "ms");
            one(format!("{what}: 99 of 100 within"), quantile(0.99), "ms");
            one(format!("{what}: longest"), quantile(1.0), "ms");
            let long = values.iter().filter(|value| **value > SEEN_TO).count();
            one(
                format!("{what}: over {SEEN_TO} ms, of 1000"),
                long as f64 * 1000.0 / values.len() as f64,
                "",
            );
        }
    }
}

pub(crate) async fn measure(screen: &Screen, openseadragon: &str) {
    let library = fixtures::large_library();
    let page = fixtures::page(&library, fixtures::DATE, "01");
    let (width, height) = screen.size();
    let site = Site::serve(beside(&library, openseadragon));
    let (mut ours, mut theirs) = (Evenness::default(), Evenness::default());
    for _ in 0..ROUNDS {
        let window = Window::open_at("bench-frames", &library, &page).await;
        window.resize(width.into(), height.into()).await;
        window.find("viewer[data-state=\"sharp\"]").await;
        let (x, y) = window.middle("viewer").await;
        window.script(COUNTS_FRAMES, &[]).await;
        let film = moved(screen, (x, y));
        ours.add(&window.script(FRAMES, &[]).await, &film);
        window.close();

        let browser = Browser::open(screen, &site.address("/index.html")).await;
        browser.until("the page is there", "return window.benchReady").await;
        browser.script(COUNTS_FRAMES).await;
        let film = moved(screen, (f64::from(width) / 2.0, f64::from(height) / 2.0));
        theirs.add(&browser.script(FRAMES).await, &film);
        browser.close().await;
    }
    ours.print("Kanbao");
    theirs.print("OpenSeadragon in Chromium");
}

/// Moves the page for ten seconds, with a mouse, and looks on.
fn moved(screen: &Screen, (x, y): (f64, f64)) -> Film {
    let hand = Screen::open();
    let gesture = move || {
        let start = Instant::now();
        let at = |shift: f64| hand.point((x + shift) as i16, (y + shift * 0.6) as i16);
        let turn = |button: u8| {
            for _ in 0..NOTCHES {
                hand.click(button);
                thread::sleep(BETWEEN_NOTCHES);
            }
        };
        while start.elapsed() < LASTS {
            at(0.0);
            turn(WHEEL_UP);
            hand.button(LEFT, true);
            for movement in 0..MOVEMENTS {
                let way = f64::from(movement) / f64::from(MOVEMENTS) * std::f64::consts::TAU;
                at(DRAG * way.sin());
                thread::sleep(HAND);
            }
            hand.button(LEFT, false);
            turn(WHEEL_DOWN);
        }
    };
    let mut moving = None;
    let film = screen.film(REST, LASTS * 2, Frame::has_print, || moving = Some(thread::spawn(gesture)));
    moving.expect("it was started").join().expect("the hand came to its end");
    film
}

/// The same page as tiles, as `OpenSeadragon`'s own readers have them, and a page that shows it.
fn beside(library: &camino::Utf8Path, openseadragon: &str) -> HashMap<String, Vec<u8>> {
    const TILE: u32 = 256;
    let drawn = fixtures::folder().join("frames.png");
    let daily = fixtures::daily(library);
    Kanbao::new(library).text(&[
        "render",
        &daily,
        fixtures::DATE,
        "01",
        "-o",
        drawn.as_str(),
        "--width",
        "3178",
    ]);
    let full = image::open(&drawn).unwrap_or_else(|error| panic!("{drawn}: {error}")).to_rgb8();
    let (width, height) = full.dimensions();
    let levels = width.max(height).next_power_of_two().ilog2();
    let mut files = HashMap::new();
    for level in 0..=levels {
        let part = 2_u32.pow(levels - level);
        let size = (width.div_ceil(part), height.div_ceil(part));
        let picture = imageops::resize(&full, size.0, size.1, FilterType::Triangle);
        for (column, left) in (0..size.0).step_by(TILE as usize).enumerate() {
            for (row, top) in (0..size.1).step_by(TILE as usize).enumerate() {
                let cut = (TILE.min(size.0 - left), TILE.min(size.1 - top));
                let tile = imageops::crop_imm(&picture, left, top, cut.0, cut.1).to_image();
                files.insert(format!("/page_files/{level}/{column}_{row}.jpg"), jpeg(&tile));
            }
        }
    }
    let index = format!(
        r#"<!doctype html><meta charset="utf-8"><title>OpenSeadragon</title>
<style>html, body, #page {{ margin: 0; height: 100% }} #page {{ background: #ddd }}</style>
<div id="page"></div><script src="/openseadragon.js"></script>
<script>
const tileSources = {{ width: {width}, height: {height}, tileSize: {TILE}, tileOverlap: 0,
  getTileUrl: (level, x, y) => `/page_files/${{level}}/${{x}}_${{y}}.jpg` }};
const viewer = OpenSeadragon({{ id: "page", tileSources, showNavigationControl: false }});
viewer.addHandler("open", () => viewer.world.getItemAt(0).whenFullyLoaded(() => (window.benchReady = true)));
</script>"#
    );
    files.insert("/index.html".to_owned(), index.into_bytes());
    let script = fs::read(openseadragon).unwrap_or_else(|error| panic!("{openseadragon}: {error}"));
    files.insert("/openseadragon.js".to_owned(), script);
    files
}

fn jpeg(tile: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    tile.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).expect("a picture can be encoded");
    bytes
}
