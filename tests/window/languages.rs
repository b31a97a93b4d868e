//! The interface in three languages: switched in place, remembered, and nothing left in another.

use fantoccini::key::Key;
use kanbao_tests::window::Window;
use serde_json::{Value, json};

use crate::reader::Reader;
use crate::{ISSUES, a_copy, alone, cover, fresh_folder};

const LANGUAGES: [(&str, &str, &str); 3] =
    [("zh-CN", "全部同步", "版面导航"), ("zh-TW", "全部同步", "版面導覽"), ("en", "Sync all", "Page map")];

/// Characters of the interface's everyday words that traditional writing has otherwise.
const SIMPLIFIED: &str = "报纸开关闭设选单览导页门点键读说话这个还没网书库时间题图张缩显语号码连线预错误请试";

async fn speak(window: &Window, language: &str) {
    window.click("menu").await;
    window.click(&format!("menu-item[data-command=\"language-{language}\"]")).await;
    window
        .until(
            &format!("{language} is spoken"),
            "return document.documentElement.lang === arguments[0]",
            &[json!(language)],
        )
        .await;
    window.wait_gone("menu-list").await;
}

#[tokio::test]
async fn three_languages_are_switched_in_place_and_remembered() {
    let _one = alone().await;
    let library = a_copy("languages");
    for (language, sync, rail) in LANGUAGES {
        let window = Window::open(&format!("language-{language}"), &library).await;
        window.find("cover").await;
        speak(&window, language).await;
        window.wait_text("sync-all", sync).await;
        window.click(&cover(&ISSUES[0])).await;
        Reader::wait(&window).await;
        window.wait_text("reader nav h2", rail).await;
        window.close();

        let window = Window::open(&format!("language-{language}-again"), &library).await;
        window.wait_text("sync-all", sync).await;
        window
            .until(
                "it is remembered",
                "return document.documentElement.lang === arguments[0]",
                &[json!(language)],
            )
            .await;
        window.close();
    }
}

/// What is written in Han characters on an English screen says that it is Chinese; what a traditional reader sees
/// has none of the characters that only simplified writing has.
#[tokio::test]
async fn nothing_is_left_in_another_language() {
    let _one = alone().await;
    let window = Window::open("first-words", &fresh_folder("first-words")).await;
    window.find("add-sample").await;
    for language in ["en", "zh-TW"] {
        speak(&window, language).await;
        in_one_language(&window, language, "the first launch").await;
    }
    window.close();

    let window = Window::open("words", &a_copy("words")).await;
    window.find("cover").await;
    for language in ["en", "zh-TW"] {
        speak(&window, language).await;
        in_one_language(&window, language, "the newsstand").await;
        window.click("add-newspaper").await;
        window.find("add-address").await;
        in_one_language(&window, language, "the add sheet").await;
        window.key(Key::Escape.into()).await;
        window.wait_gone("add-address").await;
        window.key('?').await;
        window.find("key-sheet").await;
        in_one_language(&window, language, "the sheet of keys").await;
        window.key(Key::Escape.into()).await;
        window.wait_gone("key-sheet").await;
        window.click(&cover(&ISSUES[0])).await;
        Reader::wait(&window).await.wait_sharp().await;
        window.click("headline").await;
        window.find("article-body").await;
        in_one_language(&window, language, "the reader with an article").await;
        window.chord(&[Key::Control], 'k').await;
        window.find("palette-thing").await;
        in_one_language(&window, language, "the palette").await;
        window.key(Key::Escape.into()).await;
        window.wait_gone("palette").await;
        window.click("menu").await;
        window.find("menu-list").await;
        in_one_language(&window, language, "the menu").await;
        window.key(Key::Escape.into()).await;
        window.wait_gone("menu-list").await;
        window.key('h').await;
        window.find("cover").await;
    }
    window.close();
}

async fn in_one_language(window: &Window, language: &str, screen: &str) {
    let script = "const [language, simplified] = arguments;
        const wrong = language === 'en' ? /\\p{Script=Han}/u : new RegExp(`[${simplified}]`);
        const found = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const text = walk.currentNode.textContent.trim();
            const own = walk.currentNode.parentElement.closest('[lang]').lang;
            if (own === language && wrong.test(text)) found.push(text);
        }
        return found";
    let found = window.script(script, &[json!(language), json!(SIMPLIFIED)]).await;
    assert_eq!(found, Value::Array(Vec::new()), "on {screen} in {language}");
}
