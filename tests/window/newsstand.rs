//! The newsstand: what is fetched, what is missing, the calendar, what is taken away and brought back.

use kanbao_press::{Fault, Place, Skin};
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::press::{DAILY, Press};
use kanbao_tests::window::Window;
use serde_json::json;

use crate::reader::Reader;
use crate::{ISSUES, a_copy, alone, cover, fresh_folder};

/// A library that is subscribed to the daily and has the issues of the latest so many days.
fn subscribed(name: &str, press: &Press, latest: u32) -> camino::Utf8PathBuf {
    let kanbao = Kanbao::new(fresh_folder(name));
    kanbao.json(&["add", &press.address(DAILY)]);
    if latest > 0 {
        kanbao.json(&["sync", "--latest", &latest.to_string()]);
    }
    kanbao.library().to_owned()
}

async fn open_calendar(window: &Window) {
    window.click("calendar-open").await;
    window.find("calendar").await;
    window.find("day[data-date=\"2026-11-24\"]").await;
}

fn day(date: &str, state: &str) -> String {
    format!("day[data-date=\"{date}\"][data-state=\"{state}\"]")
}

#[tokio::test]
async fn a_calendar_tells_what_is_here_and_fetches_a_day_and_a_range() {
    let _one = alone().await;
    let press = Press::start(Skin::Div);
    let library = subscribed("calendar", &press, 1);
    let window = Window::open("calendar", &library).await;
    window.find(&cover(&ISSUES[0])).await;
    open_calendar(&window).await;
    window.find(&day("2026-11-24", "here")).await;
    window.click("calendar-ask").await;
    for date in ["2026-11-23", "2026-11-22"] {
        window.find(&day(date, "onSite")).await;
    }
    window.find(&day("2026-11-01", "absent")).await;

    // One day, by a click on it.
    window.click(&day("2026-11-22", "onSite")).await;
    window.find(&day("2026-11-22", "here")).await;
    window.find(&day("2026-11-23", "onSite")).await;

    // A range, counted before it is fetched.
    window.click("calendar-range").await;
    window.click("day[data-date=\"2026-11-22\"]").await;
    window.click("day[data-date=\"2026-11-24\"]").await;
    window.wait_text("calendar-sum", "要取 1 期").await;
    window.click("calendar-fetch").await;
    window.find(&day("2026-11-23", "here")).await;

    // A day that is here opens.
    window.click(&day("2026-11-23", "here")).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&ISSUES[1].pages[0]).await;
    window.close();
}

#[tokio::test]
async fn keys_walk_over_the_days_of_a_calendar() {
    use fantoccini::key::Key;
    let _one = alone().await;
    let window = Window::open("calendar-keys", &a_copy("calendar-keys")).await;
    open_calendar(&window).await;
    let focused =
        "document.querySelector(arguments[0])?.focus(); return document.activeElement?.dataset.date ?? null";
    let first = "[data-test=day][tabindex='0']";
    window.until("a day has the focus", focused, &[json!(first)]).await;
    let at = "return document.activeElement?.dataset.date === arguments[0]";
    let start = window.script("return document.activeElement.dataset.date", &[]).await;
    assert_eq!(start, json!("2026-11-22"), "the keys begin at the first day that is here");
    for (key, date) in [
        (Key::Right, "2026-11-23"),
        (Key::Up, "2026-11-16"),
        (Key::End, "2026-11-22"),
        (Key::Home, "2026-11-16"),
        (Key::PageUp, "2026-10-16"),
        (Key::PageDown, "2026-11-16"),
    ] {
        window.key(key.into()).await;
        window.until(&format!("the focus is at {date}"), at, &[json!(date)]).await;
    }
    window.close();
}

#[tokio::test]
async fn an_issue_is_removed_brought_back_and_removed_for_good() {
    let _one = alone().await;
    let library = a_copy("removing");
    let newest = &ISSUES[0];
    let remove = format!("remove-issue[data-date=\"{}\"]", newest.date);
    let window = Window::open("removing", &library).await;
    window.click(&cover(newest)).await;
    Reader::wait(&window).await;
    window.click("headline").await;
    window.find("article-body").await;
    window.key(fantoccini::key::Key::Escape.into()).await;
    window.wait_gone("article").await;
    window.key(fantoccini::key::Key::Escape.into()).await;
    window.find(&cover(newest)).await;
    let label = "return document.querySelector(arguments[0])?.textContent ?? null";
    let css = format!("[data-test=cover][data-date='{}']", newest.date);
    let before = window.until("the cover says what is unread", label, &[json!(css)]).await;

    window.click(&remove).await;
    window.wait_gone(&cover(newest)).await;
    window.wait_text("removed", "已移除").await;
    window.click("undo").await;
    window.find(&cover(newest)).await;
    assert_eq!(window.script(label, &[json!(css)]).await, before, "what was read is still read");

    window.click(&remove).await;
    window.wait_gone(&cover(newest)).await;
    window.close();

    // The next start deletes what could still have been brought back, and says nothing of it.
    let window = Window::open("removed", &library).await;
    window.find(&cover(&ISSUES[1])).await;
    assert!(!window.has(&cover(newest)).await);
    assert!(!window.has("removed").await);
    window.close();
    let checked = Kanbao::new(library).json(&["check"]);
    assert_eq!((&checked["issues"], &checked["whole"]), (&json!(2), &json!(true)), "{checked}");
}

#[tokio::test]
async fn what_is_missing_is_said_and_fetched_with_one_click() {
    let _one = alone().await;
    let press = Press::start(Skin::Div);
    let third = ISSUES[0].pages[2].path.clone();
    let trouble = Fault::Status { status: 503, retry_after: None, times: None };
    press.site().set_fault(Place::Path(third.clone()), trouble);
    let kanbao = Kanbao::new(fresh_folder("partly"));
    kanbao.json(&["add", &press.address(DAILY)]);
    // It fails, and says so; what came is kept.
    let _ = kanbao.run(&["sync"]);
    let library = kanbao.library().to_owned();

    let window = Window::open("partly", &library).await;
    window.wait_text("lacking", &format!("缺第{}版", ISSUES[0].pages[2].number)).await;
    window.click("sync").await;
    window.wait_text("problem", "没有取全").await;
    press.site().clear_faults();
    window.click("fetch-rest").await;
    window.wait_gone("lacking").await;
    window.close();
}

#[tokio::test]
async fn a_site_that_is_gone_is_said_in_one_sentence_and_the_papers_stay() {
    let _one = alone().await;
    let press = Press::start(Skin::Div);
    let library = subscribed("offline", &press, 1);
    drop(press);
    let window = Window::open("offline", &library).await;
    window.click("sync-all").await;
    window.wait_text("problem", "没有连上 127.0.0.1。报纸都在本机，可以照常看").await;
    window.click(&cover(&ISSUES[0])).await;
    let reader = Reader::wait(&window).await;
    reader.wait_sharp().await;
    window.close();
}

#[tokio::test]
async fn a_sync_is_cancelled_and_goes_on_later() {
    let _one = alone().await;
    let press = Press::start(Skin::Div);
    let library = subscribed("cancelling", &press, 0);
    // Slow enough that there is something to stop.
    press
        .site()
        .set_fault(Place::Class(kanbao_press::Class::Pdf), Fault::Slow(std::time::Duration::from_secs(5)));
    let window = Window::open("cancelling", &library).await;
    window.click("sync-all").await;
    window.find("progress[data-state=\"fetching\"]").await;
    window.click("sync-cancel").await;
    window.find("progress[data-state=\"cancelled\"]").await;
    window.wait_text("progress", "已停下").await;
    press.site().clear_faults();
    window.click("sync-all").await;
    window.wait_text("progress", "取到").await;
    for issue in &*ISSUES {
        window.find(&cover(issue)).await;
    }
    // Asked once more, there is nothing new.
    window.click("sync-all").await;
    window.wait_text("progress", "没有新的").await;
    window.close();
}
