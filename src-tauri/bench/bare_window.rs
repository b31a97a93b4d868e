//! The floor that `cargo xtask bench` measures the window's start against: a window of Tauri's with one line of text,
//! and nothing behind it.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let app = tauri::Builder::default()
        .setup(|app| {
            let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default());
            window.inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .build(tauri::generate_context!("src-tauri/bench/bare/tauri.conf.json"));
    app.expect("a window can be opened").run(|_, _| {});
}
