//! Issues that a reader took away: hidden at once, deleted later, and not brought back unasked.

use std::collections::HashSet;

use kanbao_newspaper::Date;
use rusqlite::params;

use crate::column::Day;
use crate::error::{LibraryError, Result};
use crate::publication::publication;
use crate::store::Library;
use crate::{blob, limits};

/// What a query adds to its conditions so that hidden issues (`i`) are not seen.
pub(crate) const SEEN: &str = "NOT EXISTS
    (SELECT 1 FROM removal r WHERE r.publication = i.publication AND r.date = i.date)";

impl Library {
    /// Hides what a publication printed on a date. It is still whole: [`Library::restore_issue`]
    /// brings it back as it was, until [`Library::delete_removed`] is called.
    pub fn remove_issue(&self, publication: &str, date: Date, now: &str) -> Result<()> {
        limits::line("an instant", now)?;
        self.write(|tx| {
            self::publication(tx, publication)?;
            let hidden = tx.execute(
                "INSERT OR IGNORE INTO removal (publication, date, at)
                 SELECT DISTINCT publication, date, ?3 FROM issue WHERE publication = ?1 AND date = ?2",
                params![publication, Day(date), now],
            )?;
            let known = hidden > 0
                || tx
                    .prepare("SELECT 1 FROM removal WHERE publication = ? AND date = ?")?
                    .exists(params![publication, Day(date)])?;
            if known { Ok(()) } else { Err(no_such_issue(publication, date)) }
        })
    }

    /// Forgets that an issue was taken away; says whether it is here again. One that is deleted
    /// already may then be fetched like any other.
    pub fn restore_issue(&self, publication: &str, date: Date) -> Result<bool> {
        self.write(|tx| {
            tx.execute(
                "DELETE FROM removal WHERE publication = ? AND date = ?",
                params![publication, Day(date)],
            )?;
            let mut here = tx.prepare("SELECT 1 FROM issue WHERE publication = ? AND date = ?")?;
            Ok(here.exists(params![publication, Day(date)])?)
        })
    }

    /// The dates whose issues a reader took away.
    pub fn removed_dates(&self, publication: &str) -> Result<HashSet<Date>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached("SELECT date FROM removal WHERE publication = ?")?;
            let rows = statement.query_map([publication], |row| Ok(row.get::<_, Day>(0)?.0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Deletes an issue that is hidden, with the files that nothing else names. What was read stays
    /// known. One that was brought back meanwhile is left alone; says whether it was deleted.
    pub fn delete_removed(&self, publication: &str, date: Date) -> Result<bool> {
        let (deleted, released) = self.write(|tx| {
            let issues = {
                let mut statement = tx.prepare(
                    "SELECT i.id FROM issue i JOIN removal r ON r.publication = i.publication AND r.date = i.date
                     WHERE i.publication = ? AND i.date = ?",
                )?;
                let rows = statement.query_map(params![publication, Day(date)], |row| row.get::<_, i64>(0))?;
                rows.collect::<rusqlite::Result<Vec<_>>>()?
            };
            for issue in &issues {
                // Pages that were read while the issue was only planned belong to none.
                tx.execute(
                    "DELETE FROM resource WHERE issue IS NULL AND
                     (url IN (SELECT url FROM page WHERE issue = ?1) OR final_url IN (SELECT url FROM page WHERE issue = ?1))",
                    [issue],
                )?;
                tx.execute("DELETE FROM issue WHERE id = ?", [issue])?;
            }
            Ok((!issues.is_empty(), blob::release_all(tx)?))
        })?;
        self.remove_files(&released);
        Ok(deleted)
    }

    /// Issues that are hidden and not yet deleted.
    pub fn hidden_issues(&self) -> Result<Vec<(String, Date)>> {
        self.read(|reader| {
            let sql = format!("SELECT DISTINCT i.publication, i.date FROM issue i WHERE NOT ({SEEN})");
            let mut statement = reader.prepare(&sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Day>(1)?.0)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn no_such_issue(publication: &str, date: Date) -> LibraryError {
    LibraryError::NoSuchIssue { publication: publication.to_owned(), date }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;
    use crate::testing::{Content, NOW, date, library, resource, subscribe};

    const DAY: &str = "2026-11-24";

    #[test]
    fn a_removed_issue_is_hidden_and_comes_back_as_it_was() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        Content::new("slrb", DAY).page("01", &["a", "b"]).keep(&library);
        Content::new("slrb", "2026-11-23").page("01", &["c"]).keep(&library);
        let before = library.issue("slrb", date(DAY)).unwrap().unwrap();
        library.mark_read(before.articles[0].id).unwrap();
        library.set_place("slrb", date(DAY), &Place { page: "01".into(), ..Place::default() }, NOW).unwrap();
        let as_it_was = library.issue("slrb", date(DAY)).unwrap().unwrap();

        library.remove_issue("slrb", date(DAY), NOW).unwrap();
        assert_eq!(library.issue("slrb", date(DAY)).unwrap(), None);
        let dates: Vec<_> = library.issues("slrb").unwrap().into_iter().map(|issue| issue.date).collect();
        assert_eq!(dates, [date("2026-11-23")]);
        let summary = library.publications().unwrap().remove(0);
        assert_eq!((summary.issues, summary.latest), (1, Some(date("2026-11-23"))));
        assert_eq!(library.last_place().unwrap(), None, "one does not go on reading what is gone");
        let query = crate::Query { text: "a".into(), limit: 9, ..Default::default() };
        let hits = |library: &Library| {
            let found = library.search(&query).unwrap();
            found.hits.iter().filter(|hit| hit.date == date(DAY)).count()
        };
        assert_eq!(hits(&library), 0);
        assert_eq!(library.hidden_issues().unwrap(), [("slrb".to_owned(), date(DAY))]);

        assert!(library.restore_issue("slrb", date(DAY)).unwrap());
        assert_eq!(library.issue("slrb", date(DAY)).unwrap().unwrap(), as_it_was);
        assert!(library.last_place().unwrap().is_some());
        assert!(hits(&library) > 0);
        assert!(!library.delete_removed("slrb", date(DAY)).unwrap(), "it was brought back");
        assert_eq!(library.check().unwrap().problems, []);
    }

    #[test]
    fn deleting_leaves_the_other_issues_and_what_was_read() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let shared = library.keep_blob(b"the same drawing").unwrap();
        let content = Content::new("slrb", DAY).page("01", &["a"]).picture("a", &shared);
        content.keep(&library);
        Content::new("slrb", "2026-11-23").page("01", &["c"]).picture("c", &shared).keep(&library);
        let issue = library.issue("slrb", date(DAY)).unwrap().unwrap();
        let front = library.keep_blob(b"the front page as it came").unwrap();
        library.keep_resource(&resource(&issue.pages[0].url, &front, None)).unwrap();
        library.mark_read(issue.articles[0].id).unwrap();

        library.remove_issue("slrb", date(DAY), NOW).unwrap();
        assert!(library.has_blob(&front), "nothing is deleted yet");
        assert!(library.delete_removed("slrb", date(DAY)).unwrap());
        assert!(!library.blob_path(&front).exists());
        assert!(library.has_blob(&shared), "the other issue has it still");
        assert_eq!(library.hidden_issues().unwrap(), []);
        assert_eq!(library.removed_dates("slrb").unwrap(), HashSet::from([date(DAY)]));
        let report = library.check().unwrap();
        assert_eq!((report.problems, report.strays), (vec![], 0));

        assert!(!library.restore_issue("slrb", date(DAY)).unwrap(), "too late to bring it back");
        content.keep(&library);
        assert!(library.issue("slrb", date(DAY)).unwrap().unwrap().articles[0].read);
    }

    #[test]
    fn only_what_is_here_can_be_removed() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let error = library.remove_issue("slrb", date(DAY), NOW).unwrap_err();
        assert!(matches!(error, LibraryError::NoSuchIssue { .. }), "{error}");
        assert!(library.remove_issue("slwb", date(DAY), NOW).is_err());
        Content::new("slrb", DAY).page("01", &["a"]).keep(&library);
        library.remove_issue("slrb", date(DAY), NOW).unwrap();
        library.remove_issue("slrb", date(DAY), NOW).unwrap();
        library.unsubscribe("slrb").unwrap();
        assert_eq!(library.removed_dates("slrb").unwrap(), HashSet::new(), "it goes with its newspaper");
    }
}
