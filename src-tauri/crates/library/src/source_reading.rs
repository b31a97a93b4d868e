//! What a source gave of each issue, and whether it gives less than it usually does: sites change, and then
//! pages still come while their regions or texts no longer read.

use std::collections::BTreeSet;

use kanbao_newspaper::Date;
use rusqlite::params;
use serde::Serialize;

use crate::column::Day;
use crate::error::Result;
use crate::limits;
use crate::publication::publication;
use crate::store::Library;

/// Issues that say what is usual, at least and at most.
const FEWEST: usize = 3;
const MOST: usize = 12;

/// Below this share of what is usual something is wrong: issues differ, a site's new template loses all.
const FALLEN: f64 = 0.5;

/// What was read of one issue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pages the site lists, and those that are kept.
    pub pages_planned: u32,
    pub pages: u32,
    pub articles: u32,
    /// Articles that have words.
    pub texts: u32,
    pub regions: u32,
}

/// What can fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Measure {
    Pages,
    Articles,
    Texts,
    Regions,
}

const MEASURES: [Measure; 4] = [Measure::Pages, Measure::Articles, Measure::Texts, Measure::Regions];

impl Measure {
    /// How much of it an issue has; nothing where the issue cannot say.
    fn of(self, tally: &Tally) -> Option<f64> {
        let (part, whole) = match self {
            Self::Pages => (tally.pages, tally.pages_planned),
            Self::Articles => (tally.articles, tally.pages),
            Self::Texts => (tally.texts, tally.articles),
            Self::Regions => (tally.regions, tally.pages),
        };
        (whole > 0).then(|| f64::from(part) / f64::from(whole))
    }
}

/// How a source does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Health {
    /// Too few issues to know what is usual.
    Unknown,
    Usual,
    /// Less than usual, from the issue of a date on.
    Less {
        since: Date,
        what: Vec<Measure>,
    },
}

impl Library {
    /// Records what a sync read of an issue; the same issue again replaces it.
    pub fn record_reading(&self, of: &str, date: Date, tally: &Tally, now: &str) -> Result<()> {
        limits::line("an instant", now)?;
        self.write(|tx| {
            publication(tx, of)?;
            tx.execute(
                "INSERT OR REPLACE INTO source_reading
                 (publication, date, pages_planned, pages, articles, texts, regions, at)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    of,
                    Day(date),
                    tally.pages_planned,
                    tally.pages,
                    tally.articles,
                    tally.texts,
                    tally.regions,
                    now
                ],
            )?;
            Ok(())
        })
    }

    /// Whether a publication's newest issues were read as well as those before them.
    pub fn health(&self, of: &str) -> Result<Health> {
        Ok(judge(&self.readings(of)?).0)
    }

    /// Whether the issue of a date gave less than the source usually gave before it.
    pub fn was_read_badly(&self, of: &str, date: Date) -> Result<bool> {
        Ok(judge(&self.readings(of)?).1.contains(&date))
    }

    /// What was read of every issue, oldest first.
    fn readings(&self, of: &str) -> Result<Vec<(Date, Tally)>> {
        self.read(|reader| {
            publication(reader, of)?;
            let mut statement = reader.prepare_cached(
                "SELECT date, pages_planned, pages, articles, texts, regions FROM source_reading
                 WHERE publication = ? ORDER BY date",
            )?;
            let rows = statement.query_map([of], |row| {
                let tally = Tally {
                    pages_planned: row.get(1)?,
                    pages: row.get(2)?,
                    articles: row.get(3)?,
                    texts: row.get(4)?,
                    regions: row.get(5)?,
                };
                Ok((row.get::<_, Day>(0)?.0, tally))
            })?;
            Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
        })
    }
}

/// How the source does, and the issues that gave less. Oldest first. What fell does not count as usual for what comes after it.
fn judge(readings: &[(Date, Tally)]) -> (Health, BTreeSet<Date>) {
    let mut sound: Vec<Tally> = Vec::new();
    let mut fallen = BTreeSet::new();
    let mut health = Health::Unknown;
    for (date, tally) in readings {
        let usual = &sound[sound.len().saturating_sub(MOST)..];
        let what: Vec<Measure> =
            MEASURES.into_iter().filter(|measure| has_fallen(*measure, tally, usual)).collect();
        if what.is_empty() {
            sound.push(*tally);
            health = if sound.len() > FEWEST { Health::Usual } else { Health::Unknown };
        } else {
            fallen.insert(*date);
            let since = if let Health::Less { since, .. } = health { since } else { *date };
            health = Health::Less { since, what };
        }
    }
    (health, fallen)
}

fn has_fallen(measure: Measure, tally: &Tally, usual: &[Tally]) -> bool {
    let mut before: Vec<f64> = usual.iter().filter_map(|tally| measure.of(tally)).collect();
    if before.len() < FEWEST {
        return false;
    }
    before.sort_by(f64::total_cmp);
    let middle = before[before.len() / 2];
    measure.of(tally).is_some_and(|now| now < middle * FALLEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOW, date, library, subscribe};

    const GOOD: Tally = Tally { pages_planned: 8, pages: 8, articles: 60, texts: 55, regions: 62 };
    const NO_REGIONS: Tally = Tally { regions: 0, ..GOOD };

    fn days(tallies: &[Tally]) -> Vec<(Date, Tally)> {
        (1..).zip(tallies).map(|(day, tally)| (Date::new(2026, 11, day).unwrap(), *tally)).collect()
    }

    fn health(readings: &[(Date, Tally)]) -> Health {
        judge(readings).0
    }

    #[test]
    fn nothing_is_said_before_it_is_known_what_is_usual() {
        assert_eq!(health(&[]), Health::Unknown);
        assert_eq!(health(&days(&[NO_REGIONS, GOOD, NO_REGIONS])), Health::Unknown);
        assert_eq!(health(&days(&[GOOD; 4])), Health::Usual);
    }

    #[test]
    fn what_falls_is_named_with_the_day_it_began() {
        let fallen = days(&[GOOD, GOOD, GOOD, GOOD, NO_REGIONS, NO_REGIONS, NO_REGIONS]);
        let what = vec![Measure::Regions];
        assert_eq!(health(&fallen), Health::Less { since: date("2026-11-05"), what });
        let mute = Tally { texts: 3, ..GOOD };
        let what = vec![Measure::Texts];
        assert_eq!(
            health(&days(&[GOOD, GOOD, GOOD, mute])),
            Health::Less { since: date("2026-11-04"), what }
        );
        let half = Tally { pages: 3, articles: 22, texts: 20, regions: 23, ..GOOD };
        let what = vec![Measure::Pages];
        assert_eq!(
            health(&days(&[GOOD, GOOD, GOOD, half])),
            Health::Less { since: date("2026-11-04"), what }
        );
    }

    #[test]
    fn a_source_that_reads_again_is_well_again() {
        assert_eq!(health(&days(&[GOOD, GOOD, GOOD, NO_REGIONS, NO_REGIONS, GOOD])), Health::Usual);
    }

    #[test]
    fn a_source_that_never_had_it_lacks_nothing() {
        let plain = Tally { regions: 0, texts: 0, ..GOOD };
        assert_eq!(health(&days(&[plain; 6])), Health::Usual);
    }

    #[test]
    fn thin_issues_and_full_ones_are_both_usual() {
        let thin = Tally { pages_planned: 4, pages: 4, articles: 18, texts: 15, regions: 20 };
        let full = Tally { pages_planned: 24, pages: 24, articles: 150, texts: 140, regions: 160 };
        assert_eq!(health(&days(&[full, thin, full, thin, full, thin])), Health::Usual);
    }

    #[test]
    fn recorded_once_an_issue_and_gone_with_the_publication() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        for (day, tally) in days(&[GOOD, GOOD, GOOD, GOOD, NO_REGIONS]) {
            library.record_reading("slrb", day, &tally, NOW).unwrap();
        }
        assert!(matches!(library.health("slrb").unwrap(), Health::Less { .. }));
        library.record_reading("slrb", date("2026-11-06"), &GOOD, NOW).unwrap();
        assert_eq!(library.health("slrb").unwrap(), Health::Usual);
        let badly = |day: &str| library.was_read_badly("slrb", date(day)).unwrap();
        assert_eq!(["2026-11-04", "2026-11-05", "2026-11-06"].map(badly), [false, true, false]);
        library.record_reading("slrb", date("2026-11-05"), &GOOD, NOW).unwrap();
        assert_eq!(library.health("slrb").unwrap(), Health::Usual);
        assert!(library.record_reading("slwb", date("2026-11-05"), &GOOD, NOW).is_err());
        library.unsubscribe("slrb").unwrap();
        assert!(library.health("slrb").is_err());
        subscribe(&library, "slrb");
        assert_eq!(library.health("slrb").unwrap(), Health::Unknown);
    }
}
