//! The UI's own tools: npm and what it installs.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::{process, workspace};

/// The oldest Node that the UI's tools run on.
const NODE: u32 = 20;

pub(crate) fn folder() -> PathBuf {
    workspace::root().join("ui")
}

pub(crate) fn npm() -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(folder());
    npm
}

/// Says what to do where Node is missing or too old.
pub(crate) fn check_node() -> Result<(), String> {
    let wanted = format!("Node.js {NODE} or newer is needed (https://nodejs.org)");
    let version = process::ask(Command::new("node").arg("--version"));
    let Some(version) = version else { return Err(format!("{wanted}; there is no `node` here")) };
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if major >= Some(NODE) { Ok(()) } else { Err(format!("{wanted}; this one is {}", version.trim())) }
}

/// Installs what the lock file names, unless exactly that is there already.
pub(crate) fn install() -> Result<(), String> {
    let locked = fs::read(folder().join("package-lock.json"))
        .map_err(|error| format!("ui/package-lock.json could not be read: {error}"))?;
    // A copy of the lock file that was installed from, written when the installation was whole.
    let installed = folder().join("node_modules").join(".installed-package-lock.json");
    if fs::read(&installed).is_ok_and(|last| last == locked) {
        return Ok(());
    }
    process::run(npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, &locked).map_err(|error| format!("{}: {error}", installed.display()))
}

/// Builds the UI into `ui/dist`, from where the window's build takes it.
pub(crate) fn build() -> Result<(), String> {
    process::run(npm().args(["run", "build"]))
}
