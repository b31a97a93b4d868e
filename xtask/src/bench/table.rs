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
    /// At most so much above the best peer's.
    Above(f64),
    /// At most so much, whatever peers do.
    AtMost(f64),
    /// Of our figures themselves, 95 of 100 at most so much.
    Mostly(f64),
}

impl Row {
    /// How many times the best peer's median ours is.
    pub(crate) fn ratio(&self) -> Option<f64> {
        Some(self.ours.median()? / self.best()?).filter(|ratio| ratio.is_finite())
    }

    fn best(&self) -> Option<f64> {
        self.peers.iter().filter_map(Sample::median).min_by(f64::total_cmp)
    }

    /// Whether a goal is met; `None` where something it needs was not measured.
    pub(crate) fn meets(&self, goal: Goal) -> Option<bool> {
        match goal {
            Goal::Times(most) => self.ratio().map(|ratio| ratio <= most),
            Goal::Above(most) => Some(self.ours.median()? - self.best()? <= most),
            Goal::AtMost(most) => Some(self.ours.median()? <= most),
            Goal::Mostly(most) => Some(self.ours.quantile(0.95)? <= most),
        }
    }
}

impl Goal {
    pub(crate) fn words(self) -> String {
        match self {
            Self::Times(most) => format!("≤ {most:.2} ×"),
            Self::Above(most) => format!("≤ + {most:.0}"),
            Self::AtMost(most) => format!("≤ {most:.0}"),
            Self::Mostly(most) => format!("95 of 100 ≤ {most:.0}"),
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
        assert_eq!((row.meets(Goal::Above(10.0)), row.meets(Goal::Above(9.0))), (Some(true), Some(false)));
        let alone = Row { peers: Vec::new(), ..row };
        assert_eq!(alone.meets(Goal::Times(1.0)), None);
        assert_eq!(
            (alone.meets(Goal::AtMost(30.0)), alone.meets(Goal::AtMost(29.0))),
            (Some(true), Some(false))
        );
    }

    #[test]
    fn most_of_our_figures_are_held_to_a_limit_but_not_the_rarest() {
        let mut values = vec![10.0; 40];
        values.push(900.0);
        let ours = Sample { name: String::new(), values, failed: None };
        let row = Row { what: String::new(), ours, peers: Vec::new(), goals: Vec::new() };
        assert_eq!((row.meets(Goal::Mostly(10.0)), row.meets(Goal::Mostly(9.0))), (Some(true), Some(false)));
    }
}
