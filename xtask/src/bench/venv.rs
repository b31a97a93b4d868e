//! Peers that are Python packages, in an environment of their own under `target`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::{process, workspace};

/// What is measured beside us, each at the version it is measured at.
const PACKAGES: &[&str] = &["beautifulsoup4==4.15.0", "lxml==6.1.3", "pymupdf==2.0", "pypdfium2==5.15.2"];

/// Python with the packages, installed where they are not yet.
pub(crate) fn python() -> Result<PathBuf, String> {
    let folder = workspace::leavings().join("bench").join("venv");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = programs.join(format!("python{}", std::env::consts::EXE_SUFFIX));
    // Written when the installation was whole.
    let installed = folder.join("installed");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&installed).is_ok_and(|last| last == wanted) {
        return Ok(python);
    }
    let base = if cfg!(windows) { "python" } else { "python3" };
    process::run(Command::new(base).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "install"];
    process::run(Command::new(&python).args(pip).args(PACKAGES))?;
    fs::write(&installed, wanted).map_err(|error| format!("{}: {error}", installed.display()))?;
    Ok(python)
}

/// The packages and the interpreter, for the report.
pub(crate) fn versions(only: &[&str]) -> Result<String, String> {
    let interpreter = process::ask_version(Command::new(python()?).arg("--version")).unwrap_or_default();
    let packages = PACKAGES.iter().filter(|package| only.iter().any(|name| package.starts_with(name)));
    let packages: Vec<String> = packages.map(|package| package.replace("==", " ")).collect();
    Ok(format!("{} on {interpreter}", packages.join(", ")))
}
