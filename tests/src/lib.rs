//! The whole program from outside: sync over HTTP, the command line, the real window.
//!
//! This library is what those tests share: the programs under test, the newspapers they are shown,
//! and what must come of them.

pub mod command_line;
pub mod display;
pub mod ear;
pub mod extremes;
pub mod film;
pub mod folder;
pub mod paper;
pub mod press;
pub mod process;
pub mod river;
pub mod site;
pub mod window;

use std::path::{Path, PathBuf};

/// The repository's top folder.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository")
}

/// A captured page of a real site. They are kept beside the repository, not in it: without them a
/// test says so and has nothing to do.
pub fn capture(name: &str) -> Option<PathBuf> {
    let file = repository().join("../shared/captures").join(name);
    if file.is_file() {
        return Some(file);
    }
    println!("skipped: {} is not here", file.display());
    None
}

/// Where pictures of failures go.
pub fn screenshots() -> PathBuf {
    repository().join("target/screenshots")
}
