//! The first launch: the sample, and a newspaper that is told of before it is fetched.

use kanbao_press::{Class, Skin};
use kanbao_tests::press::{DAILY, EVENING, Press};
use kanbao_tests::window::Window;

use crate::reader::Reader;
use crate::{ISSUES, alone, cover, fresh_folder, look_at};

#[tokio::test]
async fn nothing_kept_leads_to_the_sample_with_one_click() {
    let _one = alone().await;
    let window = Window::open("first-sample", &fresh_folder("first-sample")).await;
    window.find("add-newspaper").await;
    assert!(!window.has("cover").await);
    window.click("add-sample").await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&ISSUES[0].pages[0]).await;
    window.close();
}

#[tokio::test]
async fn what_will_be_fetched_is_told_first() {
    let _one = alone().await;
    let press = Press::start(Skin::Div);
    let window = Window::open("told-first", &fresh_folder("told-first")).await;
    look_at(&window, &press.address(DAILY)).await;
    let newest = &ISSUES[0];
    window.wait_text("finding", "示例日报").await;
    window.wait_text("finding", "127.0.0.1").await;
    window.wait_text("finding", &format!("{} 版，约", newest.pages.len())).await;
    window.wait_text("finding", "2026年11月24日").await;
    // Of the files only the first page's are asked for their size.
    let asked = |class| press.log().count(class).requests;
    assert_eq!((asked(Class::Pdf), asked(Class::Article)), (1, 0), "nothing was fetched yet");
    window.click("count-1").await;
    window.wait_text("sum", "1 期约").await;
    window.click("add-confirm").await;
    window.find(&cover(newest)).await;
    window.wait_text("progress", "取到").await;
    assert!(!window.has(&cover(&ISSUES[1])).await, "one issue was asked for");
    window.close();
}

#[tokio::test]
async fn of_a_houses_papers_one_is_chosen() {
    let _one = alone().await;
    let press = Press::start(Skin::Div);
    let window = Window::open("house", &fresh_folder("house")).await;
    look_at(&window, &press.full("/")).await;
    window.find("title").await;
    let names = "return [...document.querySelectorAll('[data-test=title]')].map((title) => title.textContent.trim()).join()";
    let named = window.until("the titles are named", names, &[]).await;
    assert_eq!(named, serde_json::json!("示例日报,示例晚报"));
    window.click("title:nth-of-type(2)").await;
    window.wait_text("finding", "示例晚报").await;
    window.click("add-confirm").await;
    window.find(&format!("sync[data-publication=\"{EVENING}\"]")).await;
    assert!(!window.has(&format!("sync[data-publication=\"{DAILY}\"]")).await);
    window.close();
}
