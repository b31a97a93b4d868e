//! A whole morning: two papers are fetched, read by mouse, by keys alone and by touch, and read on without a network.

use fantoccini::key::Key;
use kanbao_newspaper::Polygon;
use kanbao_press::Skin;
use kanbao_tests::paper;
use kanbao_tests::press::{DAILY, EVENING, PressProgram, usually_published};
use kanbao_tests::window::Window;
use serde_json::json;

use crate::page::{fingers, tap};
use crate::reader::Reader;
use crate::{ISSUES, add, alone, cover, fresh_folder};

#[tokio::test]
async fn a_morning_with_two_papers() {
    let _one = alone().await;
    let library = fresh_folder("morning");
    let press = PressProgram::start();
    let evening = &usually_published(Skin::Div, EVENING)[0];
    let daily = &ISSUES[0];

    let window = Window::open("morning", &library).await;
    add(&window, &press.address(DAILY)).await;
    window.find(&format!("{} img", cover(daily))).await;
    window.wait_gone("progress[data-state=\"fetching\"]").await;
    add(&window, &press.address(EVENING)).await;
    let drawn = "return document.querySelector(arguments[0])?.naturalWidth > 0";
    let evening_cover = format!("[data-test=cover][data-publication=slwb][data-date='{}'] img", evening.date);
    window.until("the evening paper's cover is drawn", drawn, &[json!(evening_cover)]).await;
    window.wait_gone("progress[data-state=\"fetching\"]").await;

    // By mouse: the daily's front page, its first article by its region, the next one by its button.
    window.click(&format!("cover[data-publication=\"slrb\"][data-date=\"{}\"]", daily.date)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&daily.pages[0]).await;
    reader.wait_sharp().await;
    let wholes = paper::wholes(daily);
    let first = &daily.pages[0].regions[0];
    let others: Vec<&Polygon> = daily.pages[0].regions[1..].iter().map(|region| &region.polygon).collect();
    let inside = paper::well_within(&first.polygon, &others).expect("a region has an inside");
    reader.click(inside).await;
    let opened = paper::whole_at(daily, &first.article);
    reader.wait_article(&wholes[opened]).await;
    window.click("next-article").await;
    reader.wait_article(&wholes[opened + 1]).await;

    // By keys alone: back to the newsstand, the evening paper by the palette, its pages and its articles.
    window.key(Key::Escape.into()).await;
    window.wait_gone("article").await;
    window.key(Key::Escape.into()).await;
    window.find("newsstand").await;
    window.until("a key can reach the evening paper", "const cover = document.querySelector(arguments[0])?.closest('[data-test=cover]'); cover?.focus(); return document.activeElement === cover", &[json!(evening_cover)]).await;
    window.key(Key::Enter.into()).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&evening.pages[0]).await;
    window.key('j').await;
    reader.wait_page(&evening.pages[1]).await;
    window.key('k').await;
    reader.wait_page(&evening.pages[0]).await;
    window.key('n').await;
    let evening_wholes = paper::wholes(evening);
    reader.wait_article(&evening_wholes[0]).await;
    window.key('n').await;
    reader.wait_article(&evening_wholes[1]).await;
    window.key(Key::Escape.into()).await;
    window.wait_gone("article").await;

    // By touch: a tap opens, a finger pushes the page aside.
    reader.wait_sharp().await;
    let first = &evening.pages[0].regions[0];
    let others: Vec<&Polygon> = evening.pages[0].regions[1..].iter().map(|region| &region.polygon).collect();
    let inside = paper::well_within(&first.polygon, &others).expect("a region has an inside");
    let (x, y) = reader.place(inside).await;
    tap(&window, x, y).await;
    reader.wait_article(&evening_wholes[paper::whole_at(evening, &first.article)]).await;
    window.click("close-article").await;
    window.wait_gone("article").await;
    let (x, y) = reader.place(inside).await;
    fingers(&window, "touchstart", &[(0, x, y)]).await;
    for share in [0.3, 0.6, 1.0] {
        fingers(&window, "touchmove", &[(0, x - 260.0 * share, y + 4.0)]).await;
    }
    fingers(&window, "touchend", &[(0, x - 260.0, y + 4.0)]).await;
    reader.wait_page(&evening.pages[1]).await;

    // Offline: syncing says so in a sentence, and what is here is read on.
    drop(press);
    window.key(Key::Escape.into()).await;
    window.find("newsstand").await;
    window.click("sync-all").await;
    window.find("problem").await;
    window.close();

    let window = Window::open("morning-again", &library).await;
    window.click("continue").await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&evening.pages[1]).await;
    reader.wait_sharp().await;
    window.key('n').await;
    window.find("article-body").await;
    window.close();
}
