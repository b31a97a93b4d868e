//! The window's program.

// A console window behind a reader is of no use on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    kanbao_desktop::run()
}
