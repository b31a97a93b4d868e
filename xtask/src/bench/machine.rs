//! Where and when figures were taken: they mean little without it.

use std::fs;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::{process, workspace};

pub(crate) struct Machine {
    /// In UTC, as 2026-11-24.
    pub(crate) date: String,
    processor: String,
    cores: usize,
    system: String,
    rust: String,
    commit: String,
    /// What else it had to do in the minute before, where the system says so.
    load: Option<String>,
}

impl Machine {
    pub(crate) fn here() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let first = |text: String| text.lines().next().unwrap_or_default().trim().to_owned();
        let load = fs::read_to_string("/proc/loadavg").ok();
        let commit = process::ask(
            Command::new("git").current_dir(workspace::root()).args(["describe", "--always", "--dirty"]),
        );
        Self {
            date: date(seconds / 86_400),
            processor: processor().unwrap_or_else(|| "an unnamed processor".to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            system: system(),
            rust: process::ask(Command::new("rustc").arg("--version")).map_or(String::new(), first),
            commit: commit.map_or(String::new(), first),
            load: load.and_then(|load| load.split(' ').next().map(str::to_owned)),
        }
    }

    pub(crate) fn words(&self) -> String {
        let Self { date, processor, cores, system, rust, commit, load } = self;
        let load = load.as_ref().map_or(String::new(), |load| format!(", load {load} at the end"));
        format!("{date}, {processor}, {cores} cores, {system}, {rust}, commit {commit}{load}")
    }

    #[cfg(test)]
    pub(crate) fn unknown() -> Self {
        let [date, processor, system, rust, commit] = std::array::from_fn(|_| String::new());
        Self { date, processor, cores: 1, system, rust, commit, load: None }
    }
}

fn processor() -> Option<String> {
    let named = match std::env::consts::OS {
        "linux" => {
            let about = fs::read_to_string("/proc/cpuinfo").ok()?;
            let model = about.lines().find(|line| line.starts_with("model name"))?;
            model.split_once(':')?.1.to_owned()
        }
        "macos" => process::ask(Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"]))?,
        _ => std::env::var("PROCESSOR_IDENTIFIER").ok()?,
    };
    Some(named.trim().to_owned())
}

fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or(std::env::consts::OS, |name| name.trim_matches('"')).to_owned()
}

/// The calendar's date so many days after 1 January 1970.
fn date(days: u64) -> String {
    // Counted from 1 March of the year 0, so that a leap day is the last of its year; eras of 400 years are alike.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        let cases =
            [(0, "1970-01-01"), (19_782, "2024-02-29"), (19_783, "2024-03-01"), (20_781, "2026-11-24")];
        for (days, expected) in cases {
            assert_eq!(date(days), expected);
        }
    }
}
