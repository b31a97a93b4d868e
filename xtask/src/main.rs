//! Set-up and chores, as `cargo xtask COMMAND`: the same on every system, with nothing to install first.

mod bench;
mod bundle;
mod cargo;
mod demo;
mod display;
mod packages;
mod process;
mod run;
mod screenshots;
mod tally;
mod test;
mod ui;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
Chores of Kanbao. Rust and Node 20 are all that must be there before.

cargo xtask run [--release] [--headless]   set up, build, serve the sample newspapers on this machine and
                                           open the window on them; without a display (or --headless) under
                                           a virtual one, leaving a screenshot
cargo xtask test                           set up, then every check and test; the last line counts them
cargo xtask screenshots [LOOK]             every screen and state at every size, in light and night, Chinese and
                                           English, with a contact sheet a state, under target/screenshots; LOOK
                                           is a part of a look's name, as 1280x800@1-light-zh-CN
cargo xtask bench [PART]                   ourselves beside others, measured in turns on this machine, with a page a part
                                           under target/bench; without PART, every part
cargo xtask bundle [ARGS...]               the installable packages for this system, under target/release/bundle
cargo xtask help                           this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    let outcome = match command {
        "run" => run::Options::parse(rest).and_then(|options| run::run(&options)).map(|()| true),
        "test" => none(rest).map(|()| test::test()),
        "screenshots" => at_most_one(rest).and_then(screenshots::take).map(|()| true),
        "bench" => at_most_one(rest).and_then(bench::bench).map(|()| true),
        "bundle" => bundle::bundle(rest).map(|()| true),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(true)
        }
        other => Err(format!("there is no command {other:?}; `cargo xtask help` lists them")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn at_most_one(arguments: &[String]) -> Result<Option<&str>, String> {
    match arguments {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        [_, second, ..] => Err(format!("{second:?} is not understood here; `cargo xtask help` says what is")),
    }
}

fn none(arguments: &[String]) -> Result<(), String> {
    match arguments {
        [] => Ok(()),
        [first, ..] => Err(format!("{first:?} is not understood here; `cargo xtask help` says what is")),
    }
}
