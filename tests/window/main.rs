//! The real window: from the first launch to reading without a network.
#![cfg(target_os = "linux")]

mod access;
mod article;
mod catalogue;
mod first_launch;
mod hands;
mod languages;
mod main_job;
mod morning;
mod newsstand;
mod night;
mod page;
mod reader;
mod roll;
mod window_state;

use std::sync::LazyLock;

use camino::{Utf8Path, Utf8PathBuf};
use kanbao_press::{PublishedIssue, Skin};
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::folder;
use kanbao_tests::paper::{self, Whole};
use kanbao_tests::press::{DAILY, PressProgram, usually_published};
use kanbao_tests::window::Window;
use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};

/// What a reader of the daily should find, newest first.
pub(crate) static ISSUES: LazyLock<Vec<PublishedIssue>> =
    LazyLock::new(|| usually_published(Skin::Div, DAILY));

/// One window at a time: two would take the pointer and the processor from each other.
static DISPLAY: Mutex<()> = Mutex::const_new(());

/// The daily's three issues, brought by the command line; every test takes a copy.
static KEPT: LazyLock<Utf8PathBuf> = LazyLock::new(|| {
    let kanbao = Kanbao::new(fresh_folder("kept"));
    let press = PressProgram::start();
    kanbao.json(&["add", &press.address(DAILY)]);
    kanbao.json(&["sync", "--latest", "3"]);
    kanbao.library().to_owned()
});

/// Which published article is which in a library.
pub(crate) struct Ids {
    shown: Value,
}

impl Ids {
    pub(crate) fn of(library: &Utf8Path, issue: &PublishedIssue) -> Self {
        let kanbao = Kanbao::new(library);
        let list = kanbao.json(&["list"]);
        let publication = list["publications"][0]["publication"].as_str().expect("an id");
        Self { shown: kanbao.json(&["show", publication, &issue.date.to_string()]) }
    }

    /// The article that a path belongs to.
    pub(crate) fn whole(issue: &PublishedIssue, path: &str) -> Whole {
        paper::wholes(issue).swap_remove(paper::whole_at(issue, path))
    }

    pub(crate) fn id(&self, issue: &PublishedIssue, path: &str) -> &str {
        let articles = self.shown["articles"].as_array().expect("articles");
        assert_eq!(articles.len(), paper::wholes(issue).len());
        articles[paper::whole_at(issue, path)]["id"].as_str().expect("an id")
    }
}

/// Adds the newspaper that is found at an address.
pub(crate) async fn add(window: &Window, address: &str) {
    look_at(window, address).await;
    window.click("add-confirm").await;
}

/// Has an address looked at, as a reader types it.
pub(crate) async fn look_at(window: &Window, address: &str) {
    window.find("newsstand").await;
    if !window.has("add-address").await {
        window.click("add-newspaper").await;
    }
    window.type_into("add-address", address).await;
    window.click("add-submit").await;
}

pub(crate) fn cover(issue: &PublishedIssue) -> String {
    format!("cover[data-date=\"{}\"]", issue.date)
}

/// A script that gives what another gives, once that differs from its argument.
pub(crate) fn differs(script: &str) -> String {
    format!("const now = (() => {{ {script} }})(); return now === arguments[0] ? null : now")
}

pub(crate) fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(crate) async fn alone() -> MutexGuard<'static, ()> {
    DISPLAY.lock().await
}

pub(crate) fn fresh_folder(name: &str) -> Utf8PathBuf {
    folder::fresh(env!("CARGO_TARGET_TMPDIR"), &format!("window/{name}"))
}

pub(crate) fn a_copy(name: &str) -> Utf8PathBuf {
    let library = fresh_folder(name);
    folder::copy(&KEPT, &library);
    library
}
