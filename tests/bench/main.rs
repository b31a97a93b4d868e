//! What `cargo xtask bench` measures in the real window and beside it: `window_bench PART`, on the display that
//! `DISPLAY` names. Prints what it measured, a line a series (see `samples`); xtask makes tables of them.

mod answers;
mod chromium;
mod fixtures;
mod frames;
mod long_reading;
mod opened;
mod page_turn;
mod programs;
mod samples;
mod screen;

use screen::Screen;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["fixtures"] => drop((fixtures::large_library(), fixtures::pictorial_library())),
        ["answers"] => answers::measure().await,
        ["page-turn", pdfjs] => page_turn::measure(&Screen::open(), pdfjs).await,
        ["cold-start"] => opened::cold_start(&Screen::open()),
        ["memory"] => opened::memory(&Screen::open()),
        ["frames", openseadragon] => frames::measure(&Screen::open(), openseadragon).await,
        ["long-reading"] => long_reading::measure().await,
        _ => panic!(
            "window_bench fixtures|answers|page-turn PDFJS|cold-start|memory|frames OPENSEADRAGON|long-reading"
        ),
    }
}
