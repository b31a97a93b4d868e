//! The main job: sync, open, point, click, zoom, turn, read on without a network.

use std::fs;

use fantoccini::key::Key;
use kanbao_newspaper::{Point, Polygon};
use kanbao_tests::capture;
use kanbao_tests::paper;
use kanbao_tests::press::{DAILY, PressProgram};
use kanbao_tests::site::{self, MadeIssue, Site};
use kanbao_tests::window::Window;
use serde_json::json;

use crate::reader::Reader;
use crate::{ISSUES, Ids, a_copy, add, alone, cover, differs, fresh_folder, look_at};

#[tokio::test]
async fn from_the_first_launch_to_reading_offline() {
    let _one = alone().await;
    let library = fresh_folder("first-launch");
    let press = PressProgram::start();
    let address = press.address(DAILY);

    let window = Window::open("first-launch", &library).await;
    window.find("newsstand").await;
    assert!(!window.has("cover").await, "a new library has no covers");
    add(&window, &address).await;
    window.find("progress").await;
    for issue in &*ISSUES {
        let css = format!("[data-test=cover][data-date='{}'] img", issue.date);
        let drawn = "return document.querySelector(arguments[0])?.naturalWidth > 0";
        window.until(&format!("the cover of {} is drawn", issue.date), drawn, &[json!(css)]).await;
    }
    let newest = &ISSUES[0];
    window.click(&cover(newest)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&newest.pages[0]).await;
    reader.go_to(&newest.pages[2]).await;
    window.key(Key::Escape.into()).await;
    window.wait_text("continue", &newest.pages[2].number).await;
    window.close();
    drop(press);

    let window = Window::open("without-a-network", &library).await;
    window.click("continue").await;
    let reader = Reader::wait(&window).await;
    // It goes on where the reader stopped.
    reader.wait_page(&newest.pages[2]).await;
    reader.go_to(&newest.pages[0]).await;
    let whole = &paper::wholes(newest)[0];
    window.click("headline").await;
    reader.wait_article(whole).await;
    window.close();
}

#[tokio::test]
async fn the_sample_is_there_without_any_network() {
    let _one = alone().await;
    let window = Window::open("sample", &fresh_folder("sample")).await;
    window.click("add-sample").await;
    // It opens by itself; behind it is a newsstand with its cover.
    let reader = Reader::wait(&window).await;
    reader.wait_page(&ISSUES[0].pages[0]).await;
    reader.wait_sharp().await;
    window.key(Key::Escape.into()).await;
    window.find("cover").await;
    window.close();
}

#[tokio::test]
async fn a_wrong_address_is_said_and_the_window_goes_on() {
    let _one = alone().await;
    let window = Window::open("wrong-address", &a_copy("wrong-address")).await;
    let before = window.script("return document.querySelectorAll('[data-test=cover]').length", &[]).await;
    window.find("cover").await;
    look_at(&window, "http://127.0.0.1:9/paper/").await;
    window.wait_text("problem", "没有连上这家报纸的网站").await;
    window.key(Key::Escape.into()).await;
    let after = window.script("return document.querySelectorAll('[data-test=cover]').length", &[]).await;
    assert_eq!(after.as_u64().max(before.as_u64()), Some(3));
    window.click("cover").await;
    Reader::wait(&window).await;
    window.close();
}

/// Every region of an issue answers where it is printed, at three zooms: hover names it, a click opens it.
#[tokio::test]
async fn regions_answer_where_they_are_printed_at_three_zooms() {
    let _one = alone().await;
    let library = a_copy("regions");
    let issue = &ISSUES[0];
    let ids = Ids::of(&library, issue);
    let window = Window::open("regions", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    for page in &issue.pages {
        reader.go_to(page).await;
        let polygons: Vec<&Polygon> = page.regions.iter().map(|region| &region.polygon).collect();
        for (index, region) in page.regions.iter().enumerate() {
            let others: Vec<&Polygon> =
                polygons.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, p)| *p).collect();
            let Some(point) = paper::well_within(&region.polygon, &others) else { continue };
            let whole = Ids::whole(issue, &region.article);
            let id = ids.id(issue, &region.article);
            for least in [100, 200, 320] {
                reader.zoom_at(point, least).await;
                reader.hover(point, id, &whole).await;
            }
            reader.click(point).await;
            reader.wait_article(&whole).await;
            let open = format!("region.open[data-article=\"{id}\"]");
            window.find(&open).await;
            window.click("close-article").await;
            window.wait_gone("article").await;
            window.key('0').await;
            reader.wait_percent("100 %", |percent| percent == 100).await;
        }
    }
    window.close();
}

#[tokio::test]
async fn every_article_is_reached_and_reads_as_printed() {
    let _one = alone().await;
    let library = a_copy("articles");
    let window = Window::open("articles", &library).await;
    let issue = ISSUES.iter().max_by_key(|issue| issue.pages.len()).expect("issues");
    let wholes = paper::wholes(issue);
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    window.click("headline").await;
    for (index, whole) in wholes.iter().enumerate() {
        reader.wait_article(whole).await;
        let beside =
            "return arguments[0].includes(document.querySelector('[data-test=viewer]').dataset.page)";
        let what = format!("{} beside one of {:?}", whole.article.decks.headline, whole.pages);
        window.until(&what, beside, &[json!(whole.pages)]).await;
        match index {
            _ if index + 1 == wholes.len() => {}
            // By mouse and by key in turn.
            _ if index % 2 == 0 => window.click("next-article").await,
            _ => window.key('n').await,
        }
    }
    let before = &wholes[wholes.len() - 2];
    window.key('p').await;
    reader.wait_article(before).await;
    window.click("previous-article").await;
    reader.wait_article(&wholes[wholes.len() - 3]).await;
    window.key(Key::Escape.into()).await;
    window.wait_gone("article").await;
    window.close();
}

#[tokio::test]
async fn pages_and_issues_are_turned_by_mouse_and_by_keys() {
    let _one = alone().await;
    let window = Window::open("turning", &a_copy("turning")).await;
    let [newest, middle, oldest] = &ISSUES[..] else { panic!("the daily has three issues") };
    window.click(&cover(newest)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&newest.pages[0]).await;
    window.click("next-page").await;
    reader.wait_page(&newest.pages[1]).await;
    window.key('j').await;
    reader.wait_page(&newest.pages[2]).await;
    window.key('k').await;
    reader.wait_page(&newest.pages[1]).await;
    window.click("previous-page").await;
    reader.wait_page(&newest.pages[0]).await;
    let last = newest.pages.last().expect("pages");
    reader.go_to(last).await;
    // There is nothing after the last.
    window.key('j').await;
    reader.wait_page(last).await;

    window.click("previous-issue").await;
    reader.wait_issue(middle, 0).await;
    window.alt(Key::Left.into()).await;
    reader.wait_issue(oldest, 0).await;
    window.alt(Key::Right.into()).await;
    reader.wait_issue(middle, 0).await;
    window.click("next-issue").await;
    // Where the reader left it.
    reader.wait_issue(newest, newest.pages.len() - 1).await;
    window.key(Key::Escape.into()).await;
    window.find("newsstand").await;
    window.close();
}

#[tokio::test]
async fn the_page_is_zoomed_by_buttons_keys_and_wheel() {
    let _one = alone().await;
    let window = Window::open("zooming", &a_copy("zooming")).await;
    let issue = &ISSUES[0];
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_sharp().await;
    reader.wait_percent("the whole page at first", |percent| percent == 100).await;
    window.click("zoom-in").await;
    let by_button = reader.wait_percent("larger by the button", |percent| percent > 100).await;
    window.key('+').await;
    let by_key = reader.wait_percent("larger by the key", |percent| percent > by_button).await;
    reader.wait_sharp().await;
    window.click("zoom-out").await;
    reader.wait_percent("smaller by the button", |percent| percent < by_key).await;
    window.key('-').await;
    reader.wait_percent("smaller by the key", |percent| percent <= 100).await;
    window.key('+').await;
    reader.wait_percent("larger again", |percent| percent > 100).await;
    window.click("zoom-default").await;
    reader.wait_percent("the whole page", |percent| percent == 100).await;
    // The wheel zooms at the pointer: what is under it stays there, once the page is larger than its desk.
    let point = Point { x: 0.6, y: 0.4 };
    reader.zoom_at(point, 220).await;
    let before = reader.place(point).await;
    reader.zoom_at(point, 320).await;
    let after = reader.place(point).await;
    assert!(
        (before.0 - after.0).abs() < 3.0 && (before.1 - after.1).abs() < 3.0,
        "{before:?} went to {after:?}"
    );
    window.key('0').await;
    reader.wait_percent("the whole page", |percent| percent == 100).await;
    window.close();
}

#[tokio::test]
async fn the_size_of_the_text_is_remembered() {
    let _one = alone().await;
    let library = a_copy("text-size");
    let issue = &ISSUES[0];
    let size =
        "return parseFloat(getComputedStyle(document.querySelector('[data-test=article-body]')).fontSize)";

    let window = Window::open("text-size", &library).await;
    window.click(&cover(issue)).await;
    window.click("headline").await;
    window.find("article-body").await;
    let normal = window.script(size, &[]).await;
    window.click("text-larger").await;
    window.click("text-larger").await;
    let larger = window.until("the text is larger", &differs(size), std::slice::from_ref(&normal)).await;
    assert!(larger.as_f64() > normal.as_f64(), "{larger} is not larger than {normal}");
    window.click("text-smaller").await;
    let chosen =
        window.until("the text is smaller again", &differs(size), std::slice::from_ref(&larger)).await;
    assert!(chosen.as_f64() > normal.as_f64() && chosen.as_f64() < larger.as_f64());
    window.close();

    let window = Window::open("text-size-again", &library).await;
    window.click(&cover(issue)).await;
    if !window.has("article-body").await {
        window.click("headline").await;
    }
    window.find("article-body").await;
    assert_eq!(window.script(size, &[]).await, chosen, "it is remembered");
    window.click("text-default").await;
    let again = window.until("the text is as it was", &differs(size), std::slice::from_ref(&chosen)).await;
    assert_eq!(again, normal);
    window.close();
}

#[tokio::test]
async fn a_site_around_a_captured_page_is_synced_and_read() {
    let _one = alone().await;
    let (Some(page), Some(picture), Some(pdf)) = (
        capture("founder-classic/jjjcb_2017-07-22_node_2.htm"),
        capture("page-with-pdf/Page_b.jpg"),
        capture("page-with-pdf/02.pdf"),
    ) else {
        return;
    };
    let page = fs::read_to_string(page).expect("it can be read");
    let read = |file| fs::read(file).expect("it can be read");
    let made = MadeIssue::around(&page, &read(picture), &read(pdf));
    let site = Site::serve(made.files.clone());

    let window = Window::open("captured", &fresh_folder("captured")).await;
    add(&window, &site.address(site::ENTRY)).await;
    window.click("cover[data-date=\"2017-07-22\"]").await;
    let reader = Reader::wait(&window).await;
    reader.wait_sharp().await;
    // The second article of the list is drawn at 235,96 to 347,196 of 350 by 550.
    let article = &made.articles[0][1];
    reader.click(Point { x: 290.0 / 350.0, y: 150.0 / 550.0 }).await;
    window.wait_text("article-headline", &article.headline).await;
    for paragraph in &article.paragraphs {
        window.wait_text("article-body", paragraph).await;
    }
    window.close();
}
