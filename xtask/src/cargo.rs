//! Cargo, always with the one set of features, so that nothing is compiled twice.

use std::process::Command;

use crate::{process, workspace};

/// The window serves its built UI from inside the program, in tests as when installed.
const FEATURES: &str = "kanbao-desktop/custom-protocol";

/// `cargo COMMAND --workspace` with the features that every build has.
pub(crate) fn cargo(command: &str) -> Command {
    let mut cargo = plain(command);
    cargo.args(["--workspace", "--features", FEATURES]);
    cargo
}

/// `cargo COMMAND` in the repository's top folder.
pub(crate) fn plain(command: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace::root()).arg(command);
    // Windows without NASM: the TLS library brings the objects that it would assemble.
    cargo.env("AWS_LC_SYS_PREBUILT_NASM", "1");
    cargo
}

/// Builds the programs: the window, the command line, the press.
pub(crate) fn build_programs(release: bool) -> Result<(), String> {
    let mut build = cargo("build");
    build.arg("--bins");
    if release {
        build.arg("--release");
    }
    process::run(&mut build)
}
