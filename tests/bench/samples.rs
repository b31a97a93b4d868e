//! What was measured, a line a series: `cargo xtask bench` reads these and makes the tables.

use std::time::Duration;

/// Values of one thing, in the order in which they were measured.
#[derive(Default)]
pub(crate) struct Samples {
    values: Vec<f64>,
}

impl Samples {
    pub(crate) fn time(&mut self, time: Duration) {
        self.values.push(time.as_secs_f64() * 1000.0);
    }

    pub(crate) fn value(&mut self, value: f64) {
        self.values.push(value);
    }

    /// `sample`, what, who, the unit, the values.
    pub(crate) fn print(&self, what: &str, who: &str, unit: &str) {
        let values: Vec<String> = self.values.iter().map(|value| format!("{value:.2}")).collect();
        println!("sample\t{what}\t{who}\t{unit}\t{}", values.join(","));
    }
}
