//! Figures of those compared, taken in turns so that whatever else the machine does falls on all of them alike.

use std::time::{Duration, Instant};

/// One of those compared, and how one figure of it is taken.
pub(crate) struct Contender<'a> {
    name: String,
    take: Box<dyn FnMut() -> Result<f64, String> + 'a>,
}

impl<'a> Contender<'a> {
    pub(crate) fn new(name: impl Into<String>, take: impl FnMut() -> Result<f64, String> + 'a) -> Self {
        Self { name: name.into(), take: Box::new(take) }
    }
}

/// How often figures are taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rounds {
    /// Before the first figure that counts: files are read, pages of memory faulted in, code warmed.
    pub(crate) warming: usize,
    pub(crate) least: usize,
    pub(crate) most: usize,
    /// No round begins after this, once there were the fewest.
    pub(crate) within: Duration,
}

/// What was measured of one contender; smaller is better.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) values: Vec<f64>,
    /// Why it could not be measured, or not any further.
    pub(crate) failed: Option<String>,
}

impl Sample {
    pub(crate) fn failed(name: &str, why: &str) -> Self {
        Self { name: name.to_owned(), values: Vec::new(), failed: Some(why.to_owned()) }
    }

    pub(crate) fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The middle half of the values lies between these.
    pub(crate) fn spread(&self) -> Option<(f64, f64)> {
        Some((self.quantile(0.25)?, self.quantile(0.75)?))
    }

    /// Between the two nearest values, as much of each as it is near. None where there is no value, or where the
    /// contender failed: what it measured until then is not the whole.
    pub(crate) fn quantile(&self, share: f64) -> Option<f64> {
        if self.failed.is_some() || self.values.is_empty() {
            return None;
        }
        let mut values = self.values.clone();
        values.sort_by(f64::total_cmp);
        let place = share * (values.len() - 1) as f64;
        let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
        Some(below + (above - below) * place.fract())
    }
}

/// Takes a figure of each in turn, forwards and backwards by turns, so that nobody always follows the same one. One
/// that fails is left out from there on, and its sample says why.
pub(crate) fn interleaved(mut contenders: Vec<Contender<'_>>, rounds: Rounds) -> Vec<Sample> {
    let mut samples: Vec<Sample> = contenders
        .iter()
        .map(|contender| Sample { name: contender.name.clone(), values: Vec::new(), failed: None })
        .collect();
    let start = Instant::now();
    for round in 0..rounds.warming + rounds.most {
        if round >= rounds.warming + rounds.least && start.elapsed() > rounds.within {
            break;
        }
        let mut order: Vec<usize> = (0..contenders.len()).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for index in order {
            let sample = &mut samples[index];
            if sample.failed.is_some() {
                continue;
            }
            match (contenders[index].take)() {
                Ok(value) if round >= rounds.warming => sample.values.push(value),
                Ok(_) => {}
                Err(problem) => sample.failed = Some(problem),
            }
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn turns_are_taken_and_a_failure_ends_only_its_own() {
        let log = RefCell::new(String::new());
        let good = Contender::new("a", || {
            log.borrow_mut().push('a');
            Ok(1.0)
        });
        let mut left = 2;
        let bad = Contender::new("b", || {
            log.borrow_mut().push('b');
            left -= 1;
            if left < 0 { Err("gone".to_owned()) } else { Ok(2.0) }
        });
        let rounds = Rounds { warming: 1, least: 3, most: 3, within: Duration::ZERO };
        let samples = interleaved(vec![good, bad], rounds);
        assert_eq!(*log.borrow(), "abbaaba");
        assert_eq!((samples[0].values.len(), samples[0].median()), (3, Some(1.0)));
        assert_eq!((samples[1].failed.as_deref(), samples[1].median()), (Some("gone"), None));
    }

    #[test]
    fn medians_and_spreads_lie_between_values() {
        let sample = |values: &[f64]| Sample { name: String::new(), values: values.to_vec(), failed: None };
        assert_eq!(sample(&[4.0, 1.0, 2.0, 3.0]).median(), Some(2.5));
        assert_eq!(sample(&[5.0, 1.0, 2.0, 3.0, 4.0]).spread(), Some((2.0, 4.0)));
        assert_eq!(sample(&[]).median(), None);
    }
}
