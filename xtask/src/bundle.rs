//! `cargo xtask bundle`: what a reader installs, made by the Tauri CLI.

use crate::packages::{self, Purpose};
use crate::{process, ui};

/// Arguments go on to `tauri build` (`--bundles deb`, `--target ...`).
pub(crate) fn bundle(arguments: &[String]) -> Result<(), String> {
    packages::ensure(Purpose::Window)?;
    ui::check_node()?;
    ui::install()?;
    process::run(ui::npm().args(["run", "tauri", "build", "--"]).args(arguments))
}
