//! Where things lie in the workspace.

use std::path::{Path, PathBuf};

/// The repository's top folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// What chores leave behind: screenshots, reports, the demo's library.
pub(crate) fn leavings() -> PathBuf {
    root().join("target")
}

/// Where cargo puts the programs of a profile; `CARGO_TARGET_DIR` may move them.
pub(crate) fn programs(release: bool) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(leavings, |dir| root().join(dir));
    target.join(if release { "release" } else { "debug" })
}

pub(crate) fn program(release: bool, name: &str) -> PathBuf {
    programs(release).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
