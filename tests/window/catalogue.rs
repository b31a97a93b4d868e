//! The catalogue in the real window: found as a reader types it, picked with the keys.

use fantoccini::key::Key;
use kanbao_tests::window::Window;
use serde_json::json;

use crate::{alone, fresh_folder};

/// The name of the row that the keys are on.
const CURRENT: &str = "const field = document.querySelector('[data-test=catalogue-search]');
    return document.getElementById(field.getAttribute('aria-activedescendant'))?.dataset.name ?? null";

#[tokio::test]
async fn a_newspaper_is_found_by_its_initials_and_picked() {
    let _one = alone().await;
    let window = Window::open("catalogue", &fresh_folder("catalogue")).await;
    window.click("add-newspaper").await;
    window.click("catalogue-open").await;
    window.find("catalogue-paper").await;
    let all = "return document.querySelectorAll('[data-test=catalogue-paper]').length >= 180";
    window.until("the whole catalogue is listed", all, &[]).await;

    window.type_into("catalogue-search", "tjrb").await;
    window.until("the best one is current", &is_current(), &[json!("天津日报")]).await;
    let first = window.text("catalogue-paper").await;
    assert!(first.contains("天津日报") && first.contains("未试过"), "{first}");

    // The keys go on and back over what can be picked, and do not reach the window behind.
    window.type_into("catalogue-search", "长江日报报业集团").await;
    window.until("the publisher's first is current", &is_current(), &[json!("武汉晨报")]).await;
    window.key(Key::Down.into()).await;
    window.until("the key moved on", &is_current(), &[json!("武汉晚报")]).await;
    window.key(Key::Down.into()).await;
    window.key(Key::Up.into()).await;
    window.until("and back", &is_current(), &[json!("武汉晨报")]).await;

    window.type_into("catalogue-search", "没有这样的报").await;
    window.wait_gone("catalogue-paper").await;

    // Picking fills the address and asks it. Nobody answers there: what comes of it is a sentence.
    window.type_into("catalogue-search", "tjrb").await;
    window.until("the best one is current again", &is_current(), &[json!("天津日报")]).await;
    window.key(Key::Enter.into()).await;
    let filled = "return document.querySelector('[data-test=add-address]').value.includes('/tjrb/')";
    window.until("the address is filled in", filled, &[]).await;
    window.wait_text("problem", "没有连上").await;
    window.close();
}

#[tokio::test]
async fn what_cannot_be_read_is_shown_and_not_picked() {
    let _one = alone().await;
    let window = Window::open("catalogue-unreadable", &fresh_folder("catalogue-unreadable")).await;
    window.click("add-newspaper").await;
    window.click("catalogue-open").await;
    window.type_into("catalogue-search", "经济观察报").await;
    let row = "catalogue-paper[data-name=\"经济观察报\"]";
    window.wait_text(row, "还不能读").await;
    window.click(row).await;
    window.key(Key::Enter.into()).await;
    assert!(window.has("catalogue-search").await, "the list stays open");
    assert!(!window.has("add-address").await);
    assert!(window.script(CURRENT, &[]).await.is_null());
    window.close();
}

/// A script that is true once the keys are on the row with a name.
fn is_current() -> String {
    format!("return (() => {{ {CURRENT} }})() === arguments[0]")
}
