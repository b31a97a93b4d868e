//! Takes pictures of the window as a reader sees it, for the README and for looking at: `screenshots FOLDER`.

use std::path::Path;

use camino::Utf8Path;
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::press::{DAILY, EVENING, PressProgram};
use kanbao_tests::window::Window;
use serde_json::json;

/// The sizes at which readers have their windows.
const SIZES: [(u32, u32); 2] = [(1280, 800), (1920, 1080)];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    let folder = Path::new(&folder);
    let library = tempfile::tempdir().expect("a folder for a library");
    let library = Utf8Path::from_path(library.path()).expect("a plain path");
    let kanbao = Kanbao::new(library);
    let press = PressProgram::start();
    for slug in [DAILY, EVENING] {
        kanbao.json(&["add", &press.address(slug)]);
    }
    kanbao.json(&["sync", "--latest", "3"]);
    drop(press);

    let window = Window::open("screenshots", library).await;
    for (width, height) in SIZES {
        window.resize(width, height).await;
        let save = async |name: &str| {
            painted(&window).await;
            let file = folder.join(format!("{name}-{width}x{height}.png"));
            window.screenshot(&file).await;
            println!("{}", file.display());
        };
        window.find("newsstand").await;
        window.find("cover img").await;
        save("newsstand").await;
        window.click("cover").await;
        window.find("viewer[data-state=\"sharp\"]").await;
        save("page").await;
        window.click("headline").await;
        window.find("article-body").await;
        window.find("viewer[data-state=\"sharp\"]").await;
        save("article").await;
        window.click("close-article").await;
        window.wait_gone("article").await;
        window.key(fantoccini::key::Key::Escape.into()).await;
    }
    window.close();
}

/// Waits until every picture is there and the page no longer moves.
async fn painted(window: &Window) {
    let script = "const rect = document.querySelector('[data-test=viewer]')?.dataset.rect ?? 'none';
        const rested = window.lastRect === rect;
        window.lastRect = rect;
        return rested && document.fonts.status === 'loaded' && [...document.images].every((image) => image.complete)";
    window.until("the window is painted", script, &[json!(null)]).await;
}
