//! `cargo xtask screenshots`: the pictures that the README shows, taken anew.

use std::process::Command;

use crate::display::VirtualDisplay;
use crate::packages::{self, Purpose};
use crate::{cargo, process, ui, workspace};

pub(crate) fn take() -> Result<(), String> {
    packages::ensure(Purpose::Test)?;
    ui::check_node()?;
    ui::install()?;
    ui::build()?;
    process::run(cargo::cargo("build").args(["--bins", "--example", "screenshots"]))?;
    let display = VirtualDisplay::start()?;
    let mut take = Command::new(workspace::programs(false).join("examples").join("screenshots"));
    take.arg(workspace::root().join("docs").join("screenshots"));
    take.env("KANBAO_BIN_DIR", workspace::programs(false));
    display.show(&mut take);
    process::run(&mut take)
}
