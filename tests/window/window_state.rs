//! The window itself: where it opens, and that a library has one.

use std::process::Command;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use kanbao_library::Library;
use kanbao_tests::display::Display;
use kanbao_tests::process::{Running, program};
use kanbao_tests::window::{PATIENCE, Window};
use serde_json::{Value, json};

use crate::{a_copy, alone};

const SIZE: &str = "return [innerWidth, innerHeight]";

fn kept(library: &Utf8Path) -> Value {
    let library = Library::open(library).expect("a library");
    library.setting("windowPlace").expect("it can be read").unwrap_or_default()
}

#[tokio::test]
async fn a_window_opens_as_large_as_it_was_left() {
    let _one = alone().await;
    let library = a_copy("window-size");
    let window = Window::open("window-size", &library).await;
    window.find("newsstand").await;
    window.resize(1030, 710).await;
    // This size and no other: a window that has just opened may still be coming to its first.
    let resized = json!([1030, 710]);
    let there = format!("return JSON.stringify((() => {{ {SIZE} }})()) === arguments[0]");
    window.until("the window is resized", &there, &[json!(resized.to_string())]).await;
    let end = Instant::now() + PATIENCE;
    while json!([kept(&library)["width"], kept(&library)["height"]]) != resized {
        assert!(Instant::now() < end, "{resized} is not kept: {}", kept(&library));
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    window.close();

    let window = Window::open("window-size-again", &library).await;
    window.find("newsstand").await;
    window.until("the window is as large as it was", &there, &[json!(resized.to_string())]).await;
    window.close();
}

#[tokio::test]
async fn a_window_left_out_of_sight_opens_where_it_is_seen() {
    let _one = alone().await;
    let library = a_copy("window-out-of-sight");
    let nowhere = json!({ "x": 90_000, "y": -90_000, "width": 0, "height": 7 });
    Library::open(&library).expect("a library").set_setting("windowPlace", &nowhere).expect("it is kept");
    let window = Window::open("window-out-of-sight", &library).await;
    window.find("newsstand").await;
    let seen = "return screenX >= 0 && screenY >= 0 && innerWidth >= 480 && innerHeight >= 480
        && screenX + innerWidth <= screen.width && screenY + innerHeight <= screen.height";
    window.until("the window is on the screen, and a window", seen, &[]).await;
    window.close();
}

#[tokio::test]
async fn a_second_start_ends_and_leaves_the_first() {
    let _one = alone().await;
    let library = a_copy("second-start");
    let window = Window::open("second-start", &library).await;
    window.find("newsstand").await;
    let display = Display::open();
    let mut command = Command::new(program("kanbao-desktop"));
    display.show(command.args(["--library", library.as_str()]));
    let second = Running::start(&mut command).end(PATIENCE);
    assert_eq!(second.code, Some(0), "{}", second.stderr);
    assert!(second.stderr.contains("come to the front"), "{}", second.stderr);
    window.find("newsstand").await;
    window.close();
}
