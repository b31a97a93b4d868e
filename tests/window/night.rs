//! Pages in the night colours: dark paper, photographs as by day, no light page on the way.

use std::time::Instant;

use image::RgbImage;
use kanbao_newspaper::Point;
use kanbao_tests::window::{PATIENCE, Window};

use crate::reader::Reader;
use crate::{ISSUES, a_copy, alone, cover};

/// The window's own paper at night, which the page's is too.
const NIGHT_PAPER: [u8; 3] = [0x1D, 0x1B, 0x18];

/// Well within the photograph on the daily's first page: left, top, width and height.
const PHOTOGRAPH: [f64; 4] = [0.2, 0.37, 0.36, 0.07];

pub(crate) async fn picture(window: &Window) -> RgbImage {
    let file = crate::fresh_folder("night-pictures").join("window.png");
    window.screenshot(file.as_std_path()).await;
    image::open(&file).expect("a picture of the window").into_rgb8()
}

/// The pixels of a part of the page, as it lies in the window.
async fn part(reader: &Reader<'_>, picture: &RgbImage, [left, top, width, height]: [f64; 4]) -> RgbImage {
    let (x0, y0) = reader.place(Point { x: left, y: top }).await;
    let (x1, y1) = reader.place(Point { x: left + width, y: top + height }).await;
    let side = |from: f64, to: f64| (to.floor() - from.ceil()) as u32;
    image::imageops::crop_imm(picture, x0.ceil() as u32, y0.ceil() as u32, side(x0, x1), side(y0, y1))
        .to_image()
}

fn lightness(picture: &RgbImage) -> f64 {
    let all: u64 = picture.as_raw().iter().map(|&channel| u64::from(channel)).sum();
    all as f64 / picture.as_raw().len() as f64
}

/// Changes the colours until the window has these, and waits until the page has them too, sharp.
async fn choose(window: &Window, reader: &Reader<'_>, colours: &str) {
    let now = "return document.documentElement.dataset.colours";
    let end = Instant::now() + PATIENCE;
    while window.script(now, &[]).await != colours {
        assert!(Instant::now() < end, "the window's colours are not {colours}");
        window.click("theme").await;
    }
    loop {
        reader.wait_sharp().await;
        let edge = part(reader, &picture(window).await, [0.0, 0.0, 1.0, 0.006]).await;
        if (lightness(&edge) < 64.0) == (colours == "night") {
            return;
        }
        assert!(Instant::now() < end, "the page's edge is still {:.0} light", lightness(&edge));
    }
}

#[tokio::test]
async fn at_night_paper_is_dark_and_a_photograph_is_as_by_day() {
    let _one = alone().await;
    let window = Window::open("night", &a_copy("night")).await;
    window.click(&cover(&ISSUES[0])).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&ISSUES[0].pages[0]).await;
    choose(&window, &reader, "light").await;
    let day = part(&reader, &picture(&window).await, PHOTOGRAPH).await;
    let page = part(&reader, &picture(&window).await, [0.0, 0.0, 1.0, 1.0]).await;
    assert!(lightness(&page) > 150.0, "by day the page is {:.0} light", lightness(&page));

    choose(&window, &reader, "night").await;
    let shown = picture(&window).await;
    let page = part(&reader, &shown, [0.0, 0.0, 1.0, 1.0]).await;
    assert!(lightness(&page) < 90.0, "at night the page is {:.0} light", lightness(&page));
    let paper = page.pixels().filter(|pixel| pixel.0 == NIGHT_PAPER).count();
    assert!(paper * 4 > page.pixels().len(), "{paper} of {} pixels are night's paper", page.pixels().len());
    let night = part(&reader, &shown, PHOTOGRAPH).await;
    assert!(night.pixels().any(|pixel| pixel.0.iter().max() > Some(&150)), "there is a photograph");
    assert!(night == day, "the photograph is as by day");

    // Changing the colours leaves the page as large as it was, and where it was.
    let point = Point { x: 0.4, y: 0.4 };
    reader.zoom_at(point, 220).await;
    let before = reader.place(point).await;
    choose_zoomed(&window, &reader, "light").await;
    choose_zoomed(&window, &reader, "night").await;
    let after = reader.place(point).await;
    assert!(
        (before.0 - after.0).abs() < 1.0 && (before.1 - after.1).abs() < 1.0,
        "{before:?} went to {after:?}"
    );
    window.close();
}

/// As [`choose`], where the page's edge is out of sight.
async fn choose_zoomed(window: &Window, reader: &Reader<'_>, colours: &str) {
    let now = "return document.documentElement.dataset.colours";
    let pages =
        "return document.documentElement.dataset.pages === (arguments[0] === 'night' ? 'night' : 'day')";
    let end = Instant::now() + PATIENCE;
    while window.script(now, &[]).await != colours {
        assert!(Instant::now() < end, "the window's colours are not {colours}");
        window.click("theme").await;
    }
    window.until("pages have the window's colours", pages, &[colours.into()]).await;
    reader.wait_sharp().await;
}

#[tokio::test]
async fn a_page_turned_at_night_is_never_light() {
    let _one = alone().await;
    // With layers what is left slides away over what comes, with a graphics card or Mesa playing one.
    let layers = [("WEBKIT_DISABLE_DMABUF_RENDERER", "0")];
    let window = Window::open_in("night-turning", &a_copy("night-turning"), &layers).await;
    let pages = &ISSUES[0].pages;
    window.click(&cover(&ISSUES[0])).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&pages[0]).await;
    choose(&window, &reader, "night").await;
    let steps =
        (1..pages.len()).map(|page| ('j', page)).chain((0..pages.len() - 1).rev().map(|page| ('k', page)));
    for (key, page) in steps {
        window.key(key).await;
        let end = Instant::now() + PATIENCE;
        let arrived = "const viewer = document.querySelector('[data-test=viewer]');
            return viewer.dataset.page === arguments[0] && viewer.dataset.state === 'sharp'";
        loop {
            let there = window.script(arrived, &[pages[page].number.as_str().into()]).await == true;
            let seen = picture(&window).await;
            // The desk's middle, whatever of a page or of none lies on it.
            let (width, height) = seen.dimensions();
            let desk =
                image::imageops::crop_imm(&seen, width / 2, height / 5, width / 4, height / 2).to_image();
            let light = lightness(&desk);
            assert!(light < 130.0, "on the way to page {} the desk is {light:.0} light", pages[page].number);
            if there {
                break;
            }
            assert!(Instant::now() < end, "page {} did not come", pages[page].number);
        }
    }
    window.close();
}
