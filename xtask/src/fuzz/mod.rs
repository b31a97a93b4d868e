//! `cargo xtask fuzz`: everything that reads bytes from outside, given bytes that nobody thought of.

mod seeds;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{cargo, packages, process, workspace};

/// How long each target runs where nobody says otherwise.
const SECONDS: u64 = 600;

/// One thing that reads bytes from outside, and what it may take. docs/fuzzing.md says what each does.
struct Target {
    name: &'static str,
    /// The longest input that is tried, in bytes.
    longest: u32,
    /// How long one input may take, in seconds; more is a finding.
    patience: u32,
    /// What the whole program may take, in megabytes, with the sanitizer's two or three bytes for each of ours.
    memory: u32,
    /// What may be asked for at once, in megabytes.
    at_once: u32,
}

const fn reader(name: &'static str, longest: u32) -> Target {
    Target { name, longest, patience: 10, memory: 1024, at_once: 128 }
}

const TARGETS: &[Target] = &[
    reader("document", 64 << 10),
    Target { patience: 60, ..reader("repeated", 2 << 10) },
    reader("article", 32 << 10),
    reader("calendar", 16 << 10),
    reader("geometry", 8 << 10),
    reader("names", 4 << 10),
    reader("charset", 32 << 10),
    // One picture may take a gigabyte, by render's own limit; drawing gives up after 30 seconds.
    Target { name: "drawing", longest: 512 << 10, patience: 60, memory: 4096, at_once: 2048 },
];

/// `[TARGET] [SECONDS]`, either left out for all of them and ten minutes each. Whether nothing was found.
pub(crate) fn fuzz(arguments: &[String]) -> Result<bool, String> {
    let (name, seconds) = match arguments {
        [] => (None, SECONDS),
        [one] => one.parse().map_or((Some(one.as_str()), SECONDS), |seconds| (None, seconds)),
        [name, seconds] => {
            let seconds = seconds.parse().map_err(|_| format!("{seconds:?} is no number of seconds"))?;
            (Some(name.as_str()), seconds)
        }
        [_, _, third, ..] => return Err(format!("{third:?} is not understood here")),
    };
    let chosen: Vec<&Target> =
        TARGETS.iter().filter(|target| name.is_none_or(|name| name == target.name)).collect();
    if chosen.is_empty() {
        let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        return Err(format!("there is no such target, only {}", known.join(", ")));
    }
    packages::ensure_cargo_fuzz()?;
    process::run(&mut cargo_fuzz("build"))?;
    let folder = folder();
    seeds::make(&folder)?;
    let mut report = String::from(
        "| target | minutes | inputs tried | kept | edges covered | peak MB | end |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | --- |\n",
    );
    let mut sound = true;
    for target in chosen {
        println!("\n== {}, {seconds} s", target.name);
        let log = folder.join(format!("{}.log", target.name));
        let well = run(target, seconds, &folder, &log)?;
        sound &= well;
        let said = fs::read_to_string(&log).unwrap_or_default();
        let row = Figures::of(&said).row(target.name, well);
        print!("{row}");
        if !well {
            println!("what it found stands in {}", log.display());
        }
        report.push_str(&row);
    }
    let page = folder.join("report.md");
    fs::write(&page, &report).map_err(|error| format!("{}: {error}", page.display()))?;
    println!("\n{report}\n{}", page.display());
    Ok(sound)
}

/// Where corpora, findings and logs lie; nothing of it belongs in the repository.
fn folder() -> PathBuf {
    workspace::leavings().join("fuzz")
}

fn cargo_fuzz(command: &str) -> Command {
    let mut fuzz = cargo::plain("fuzz");
    fuzz.arg(command).arg("--fuzz-dir").arg(workspace::root().join("src-tauri/fuzz"));
    fuzz.arg("--target-dir").arg(folder().join("build"));
    // The sanitizer's switches are for a nightly compiler; this makes the one that builds everything else take them.
    fuzz.env("RUSTC_BOOTSTRAP", "1");
    fuzz
}

/// Runs a target to its end; what it says goes into the log.
fn run(target: &Target, seconds: u64, folder: &Path, log: &Path) -> Result<bool, String> {
    let made = |path: PathBuf| {
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok::<_, String>(path)
    };
    let corpus = made(folder.join("corpus").join(target.name))?;
    let seeds = made(folder.join("seeds").join(target.name))?;
    let findings = made(folder.join("findings").join(target.name))?;
    let said = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let also = said.try_clone().map_err(|error| format!("{}: {error}", log.display()))?;
    let Target { name, longest, patience, memory, at_once } = target;
    let mut run = cargo_fuzz("run");
    run.arg(name).arg(corpus).arg(seeds).arg("--");
    run.args([
        format!("-max_total_time={seconds}"),
        format!("-max_len={longest}"),
        format!("-timeout={patience}"),
        format!("-rss_limit_mb={memory}"),
        format!("-malloc_limit_mb={at_once}"),
        format!("-dict={}", folder.join("words.dict").display()),
        format!("-artifact_prefix={}{}", findings.display(), std::path::MAIN_SEPARATOR),
        "-print_final_stats=1".to_owned(),
    ]);
    run.stdin(Stdio::null()).stdout(said).stderr(also);
    run.status().map(|status| status.success()).map_err(|error| format!("cargo fuzz: {error}"))
}

/// What a fuzzer's log says of its run.
#[derive(Debug, Default, PartialEq)]
struct Figures {
    seconds: u64,
    tried: u64,
    kept: u64,
    covered: u64,
    peak: u64,
}

impl Figures {
    fn of(log: &str) -> Self {
        let number = |text: &str| {
            let digits: String = text.trim_start().chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u64>().ok()
        };
        let after = |line: &str, mark: &str| line.split_once(mark).and_then(|(_, rest)| number(rest));
        let mut figures = Self::default();
        for line in log.lines() {
            let mut see = |mark: &str, into: fn(&mut Self) -> &mut u64| {
                if let Some(value) = after(line, mark) {
                    *into(&mut figures) = value;
                }
            };
            if line.starts_with('#') {
                see("#", |figures| &mut figures.tried);
                see("cov: ", |figures| &mut figures.covered);
                see("corp: ", |figures| &mut figures.kept);
                see("rss: ", |figures| &mut figures.peak);
            }
            see("stat::number_of_executed_units:", |figures| &mut figures.tried);
            see("stat::peak_rss_mb:", |figures| &mut figures.peak);
            // "Done 1234 runs in 601 second(s)"
            see(" runs in ", |figures| &mut figures.seconds);
        }
        figures
    }

    fn row(&self, target: &str, well: bool) -> String {
        let Self { seconds, tried, kept, covered, peak } = self;
        let minutes = *seconds as f64 / 60.0;
        let end = if well { "nothing found" } else { "**a finding**" };
        format!("| {target} | {minutes:.1} | {tried} | {kept} | {covered} | {peak} | {end} |\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_read() {
        let log = "INFO: seed corpus: files: 12 min: 1b max: 9b total: 60b rss: 40Mb\n\
                   #12\tINITED cov: 10 ft: 20 corp: 3/9Kb exec/s: 0 rss: 50Mb\n\
                   #4096\tpulse  cov: 110 ft: 220 corp: 33/9Kb lim: 4 exec/s: 9 rss: 71Mb\n\
                   #5000\tDONE   cov: 111 ft: 221 corp: 34/9Kb lim: 4 exec/s: 9 rss: 72Mb\n\
                   Done 5000 runs in 601 second(s)\n\
                   stat::number_of_executed_units: 5000\n\
                   stat::peak_rss_mb:              80\n";
        let expected = Figures { seconds: 601, tried: 5000, kept: 34, covered: 111, peak: 80 };
        assert_eq!(Figures::of(log), expected);
        let row = expected.row("names", true);
        assert_eq!(row, "| names | 10.0 | 5000 | 34 | 111 | 80 | nothing found |\n");
    }
}
