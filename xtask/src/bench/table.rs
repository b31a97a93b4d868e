//! A table of figures: a row for each thing measured, ours beside the peers', with the goal and whether it is met.

use super::sample::Sample;

/// Figures of one unit; smaller is better in every row.
pub(crate) struct Table {
    pub(crate) title: String,
    /// What the figures are in, as "ms" or "MB".
    pub(crate) unit: &'static str,
    pub(crate) rows: Vec<Row>,
    /// What a reader of the figures should know: what exactly was done, versions, sizes.
    pub(crate) notes: Vec<String>,
}

/// One thing measured.
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) ours: Sample,
    pub(crate) peers: Vec<Sample>,
    pub(crate) goals: Vec<Goal>,
}

/// What our median is to be, measured against peers'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Goal {
    /// At most so many times the best peer's.
    Times(f64),
}

impl Row {
    /// How many times the best peer's median ours is.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let best = self.peers.iter().filter_map(Sample::median).min_by(f64::total_cmp)?;
        Some(self.ours.median()? / best)
    }

    /// Whether a goal is met; `None` where something it needs was not measured.
    pub(crate) fn meets(&self, goal: Goal) -> Option<bool> {
        match goal {
            Goal::Times(most) => self.ratio().map(|ratio| ratio <= most),
        }
    }
}

impl Goal {
    pub(crate) fn words(self) -> String {
        match self {
            Self::Times(most) => format!("≤ {most:.2} ×"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(name: &str, value: f64) -> Sample {
        Sample { name: name.to_owned(), values: vec![value], failed: None }
    }

    #[test]
    fn a_goal_is_measured_against_the_best_peer_that_there_is() {
        let gone = Sample { failed: Some("not installed".to_owned()), ..sample("c", 1.0) };
        let peers = vec![sample("a", 40.0), sample("b", 20.0), gone];
        let row = Row { what: String::new(), ours: sample("ours", 30.0), peers, goals: Vec::new() };
        assert_eq!(row.ratio(), Some(1.5));
        assert_eq!((row.meets(Goal::Times(1.5)), row.meets(Goal::Times(1.4))), (Some(true), Some(false)));
        let alone = Row { peers: Vec::new(), ..row };
        assert_eq!(alone.meets(Goal::Times(1.0)), None);
    }
}
