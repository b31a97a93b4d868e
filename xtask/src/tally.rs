//! Counting what passed and what failed, over tools that each count in their own way.

use std::time::{Duration, Instant};

/// What came of one step.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub passed: u64,
    pub failed: u64,
}

impl Count {
    /// A check without parts: it holds or it does not.
    pub(crate) fn check(holds: bool) -> Self {
        Self { passed: u64::from(holds), failed: u64::from(!holds) }
    }

    /// Tests, and how their program ended: one that ends badly without naming a test failed at something else.
    pub(crate) fn ended(mut self, well: bool) -> Self {
        if !well && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// Adds a line of Rust's test harness, `test result: ok. 5 passed; 0 failed; ...`; others change nothing.
    pub(crate) fn see_rust(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        let number = |word: &str| {
            let before = counts.split([';', '.']).find_map(|part| part.trim().strip_suffix(word));
            before.and_then(|number| number.trim().parse::<u64>().ok()).unwrap_or(0)
        };
        self.passed += number("passed");
        self.failed += number("failed");
    }

    /// Reads vitest's JSON report.
    pub(crate) fn of_vitest(report: &str) -> Self {
        let number = |key: &str| {
            let after = report.split_once(&format!("\"{key}\":")).map_or("", |(_, after)| after);
            let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
            digits.parse().unwrap_or(0)
        };
        Self { passed: number("numPassedTests"), failed: number("numFailedTests") }
    }
}

/// Every step so far, with its time.
#[derive(Default)]
pub(crate) struct Tally {
    steps: Vec<(&'static str, Count, Duration)>,
}

impl Tally {
    /// Takes a step. One that could not be taken counts as a failure.
    pub(crate) fn step(&mut self, name: &'static str, step: impl FnOnce() -> Result<Count, String>) {
        println!("\n== {name}");
        let start = Instant::now();
        let count = step().unwrap_or_else(|problem| {
            eprintln!("xtask: {problem}");
            Count::check(false)
        });
        let took = start.elapsed();
        println!("-- {name}: {} passed, {} failed, {:.1} s", count.passed, count.failed, took.as_secs_f64());
        self.steps.push((name, count, took));
    }

    /// The table of steps and, as the last line, the sum. Whether nothing failed.
    pub(crate) fn finish(&self) -> bool {
        println!();
        for (name, count, took) in &self.steps {
            let mark = if count.failed == 0 { "ok    " } else { "FAILED" };
            println!(
                "{mark} {name:<34} {:>6.1} s  {} passed, {} failed",
                took.as_secs_f64(),
                count.passed,
                count.failed
            );
        }
        let passed: u64 = self.steps.iter().map(|(_, count, _)| count.passed).sum();
        let failed: u64 = self.steps.iter().map(|(_, count, _)| count.failed).sum();
        println!("{passed} passed, {failed} failed");
        failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_harness_is_counted() {
        let mut count = Count::default();
        for line in [
            "running 3 tests",
            "test a ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s",
        ] {
            count.see_rust(line);
        }
        assert_eq!(count, Count { passed: 13, failed: 2 });
    }

    #[test]
    fn the_ui_tests_are_counted() {
        let report = r#"{"numTotalTestSuites":4,"numPassedTests":17,"numFailedTests":1,"numPendingTests":0}"#;
        assert_eq!(Count::of_vitest(report), Count { passed: 17, failed: 1 });
        assert_eq!(Count::of_vitest(""), Count::default());
    }

    #[test]
    fn a_bad_end_is_a_failure() {
        assert_eq!(Count { passed: 3, failed: 0 }.ended(false), Count { passed: 3, failed: 1 });
        assert_eq!(Count { passed: 3, failed: 2 }.ended(false), Count { passed: 3, failed: 2 });
        assert_eq!(Count { passed: 3, failed: 0 }.ended(true), Count { passed: 3, failed: 0 });
    }
}
