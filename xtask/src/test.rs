//! `cargo xtask test`: every check and test there is, in one command.

use std::fs;
use std::process::Command;

use crate::display::{self, VirtualDisplay};
use crate::packages::{self, Purpose};
use crate::tally::{Count, Tally};
use crate::{cargo, process, ui, workspace};

/// Goes on after a step that fails, so that one run tells all; the last line printed is `N passed, N failed`.
pub(crate) fn test() -> bool {
    let mut tally = Tally::default();
    tally.step("set-up", || {
        packages::ensure(Purpose::Test)?;
        ui::check_node()?;
        ui::install()?;
        Ok(Count::check(true))
    });
    tally.step("rustfmt", || check(cargo::plain("fmt").args(["--all", "--", "--check"])));
    // First, because the window's build takes the built UI in.
    tally.step("UI build", || check(ui::npm().args(["run", "build"])));
    tally.step("UI types", || check(ui::npm().args(["run", "check"])));
    tally.step("UI lint", || check(ui::npm().args(["run", "lint"])));
    tally.step("UI tests", ui_tests);
    // With every feature, so that the typesetter is looked at too, which nothing else here builds.
    tally.step("clippy", || {
        let clippy = |targets: &[&str]| {
            let mut clippy = cargo::plain("clippy");
            clippy.args(["--workspace", "--all-features"]).args(targets).args(["--", "--deny", "warnings"]);
            process::run(&mut clippy)
        };
        clippy(&["--all-targets"])?;
        // Those of the whole program are left out of "all", see tests/Cargo.toml.
        clippy(&["--test", "*"])?;
        Ok(Count::check(true))
    });
    tally.step("build", || check(cargo::cargo("build").arg("--all-targets")));
    tally.step("unit and integration tests", || {
        let mut tests = cargo::cargo("test");
        rust_tests(tests.args(["--lib", "--bins", "--tests", "--no-fail-fast"]))
    });
    tally.step("architecture", || rust_tests(&mut end_to_end("architecture")));
    tally.step("command line, end to end", || rust_tests(&mut end_to_end("command_line")));
    if cfg!(target_os = "linux") {
        tally.step("window, end to end", || {
            let display = VirtualDisplay::start(display::USUAL)?;
            let mut tests = end_to_end("window");
            display.show(&mut tests);
            rust_tests(&mut tests)
        });
    } else {
        println!("\nThe window's own tests need WebKitWebDriver and run on Linux only.");
    }
    tally.finish()
}

fn check(command: &mut Command) -> Result<Count, String> {
    process::run(command).map(|()| Count::check(true))
}

fn rust_tests(command: &mut Command) -> Result<Count, String> {
    let mut count = Count::default();
    let well = process::watch(command, |line| count.see_rust(line))?;
    Ok(count.ended(well))
}

/// The tests that look at the whole program from outside; they need the programs built.
fn end_to_end(target: &str) -> Command {
    let mut tests = cargo::cargo("test");
    tests.args(["--test", target, "--no-fail-fast"]);
    tests.env("KANBAO_BIN_DIR", workspace::programs(false));
    tests
}

fn ui_tests() -> Result<Count, String> {
    let report = workspace::leavings().join("vitest.json");
    // An old report must not be taken for this run's.
    let _ = fs::remove_file(&report);
    let mut tests = ui::npm();
    tests.args(["test", "--", "--reporter=default", "--reporter=json"]);
    tests.arg(format!("--outputFile.json={}", report.display()));
    let well = process::watch(&mut tests, |_| ())?;
    let count = Count::of_vitest(&fs::read_to_string(&report).unwrap_or_default());
    Ok(count.ended(well))
}
