//! Brings a database of any earlier form to this one's: numbered SQL files, each run once, in order.

use camino::Utf8Path;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::{LibraryError, Result};

/// Form n is what the first n files make. Files are only ever added, and with each one goes a dump
/// of the form it makes in tests/schemas, which the tests bring up to date.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/001_library.sql"),
    include_str!("../migrations/002_source_reading.sql"),
    include_str!("../migrations/003_site_links.sql"),
    include_str!("../migrations/004_removal.sql"),
];

const NEWEST: i64 = MIGRATIONS.len().cast_signed() as i64;

/// "Kanb", as the first migration writes it.
const APPLICATION: i64 = 0x4B61_6E62;

/// Refuses another program's database, and one of a newer Kanbao, before anything is written to it.
pub(crate) fn refuse_other_databases(connection: &Connection, path: &Utf8Path) -> Result<()> {
    let other = || LibraryError::NotALibrary { path: path.to_owned() };
    let read = || -> rusqlite::Result<(i64, i64, i64)> {
        // One statement is one moment: another process may be making this library just now.
        connection.query_row(
            "SELECT (SELECT application_id FROM pragma_application_id),
                    (SELECT user_version FROM pragma_user_version),
                    (SELECT count(*) FROM sqlite_schema)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    };
    let (application, form, tables) = match read() {
        Ok(found) => found,
        Err(rusqlite::Error::SqliteFailure(failure, _))
            if failure.code == rusqlite::ErrorCode::NotADatabase =>
        {
            return Err(other());
        }
        Err(error) => return Err(error.into()),
    };
    let ours = application == APPLICATION;
    let fresh = application == 0 && form == 0 && tables == 0;
    if !ours && !fresh {
        return Err(other());
    }
    refuse_newer(form)
}

/// Runs what is missing, each file and its number in one transaction. Foreign keys are off
/// meanwhile, so that a table can be made anew, and are checked before each commit.
pub(crate) fn run(connection: &mut Connection) -> Result<()> {
    connection.pragma_update(None, "foreign_keys", false)?;
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Asked again under the lock: another process may have done it, or be newer than we are.
        let form: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        refuse_newer(form)?;
        let Some(migration) = usize::try_from(form).ok().and_then(|form| MIGRATIONS.get(form)) else {
            return Ok(());
        };
        transaction.execute_batch(migration)?;
        let broken = transaction.prepare("PRAGMA foreign_key_check")?.exists([])?;
        if broken {
            return Err(LibraryError::damaged_database("rows name others that are not there"));
        }
        transaction.pragma_update(None, "user_version", form + 1)?;
        transaction.commit()?;
    }
}

fn refuse_newer(found: i64) -> Result<()> {
    // Below nought is nothing we ever wrote.
    if (0..=NEWEST).contains(&found) { Ok(()) } else { Err(LibraryError::Newer { found, known: NEWEST }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{DATABASE, Library};
    use crate::testing::folder;

    /// Every form there ever was, with a few rows in it.
    const SCHEMAS: &[&str] = &[
        include_str!("../tests/schemas/1.sql"),
        include_str!("../tests/schemas/2.sql"),
        include_str!("../tests/schemas/3.sql"),
        include_str!("../tests/schemas/4.sql"),
    ];

    fn schema(connection: &Connection) -> Vec<(String, String, String)> {
        let mut statement = connection
            .prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
            .unwrap();
        let rows = statement.query_map([], |row| {
            // Comments and layout are not part of a form.
            let sql: String = row.get(2)?;
            let plain: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or("")).collect();
            let sql = plain.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            Ok((row.get(0)?, row.get(1)?, sql))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    fn fresh() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection).unwrap();
        connection
    }

    #[test]
    fn every_old_form_becomes_what_a_fresh_one_is() {
        assert_eq!(SCHEMAS.len(), MIGRATIONS.len(), "each migration comes with a dump in tests/schemas");
        let expected = schema(&fresh());
        for (form, dump) in (1..).zip(SCHEMAS) {
            let mut old = Connection::open_in_memory().unwrap();
            old.execute_batch(dump).unwrap();
            let says: i64 = old.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
            assert_eq!(says, form, "the dump names its form");
            run(&mut old).unwrap();
            assert_eq!(schema(&old), expected, "from form {form}");
            let version: i64 = old.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
            assert_eq!(version, NEWEST);
        }
    }

    #[test]
    fn what_old_forms_keep_is_still_read() {
        for dump in SCHEMAS {
            let (_guard, directory) = folder();
            Connection::open(directory.join(DATABASE)).unwrap().execute_batch(dump).unwrap();
            let library = Library::open(&directory).unwrap();
            let date = "2026-11-24".parse().unwrap();
            let issue = library.issue("slrb", date).unwrap().unwrap();
            assert_eq!(issue.summary.edition, "");
            assert_eq!((issue.pages[0].number.as_str(), issue.pages[0].name.as_str()), ("01", "要闻"));
            assert_eq!(issue.pages[0].regions[0].article, issue.articles[0].id);
            assert_eq!(issue.articles[0].decks.headline, "沿河书屋开门");
            assert!(issue.articles[0].read);
            assert_eq!(library.place("slrb", date).unwrap().unwrap().page, "01");
            assert_eq!(library.setting("textSize").unwrap(), Some(18.into()));
            let query = crate::Query { text: "第一段".into(), limit: 9, ..Default::default() };
            assert_eq!(library.search(&query).unwrap().total, 1);
        }
    }

    #[test]
    fn a_newer_library_is_refused_and_left_alone() {
        let (_guard, directory) = folder();
        drop(Library::open(&directory).unwrap());
        let newer = NEWEST + 1;
        let path = directory.join(DATABASE);
        Connection::open(&path).unwrap().pragma_update(None, "user_version", newer).unwrap();
        let before = std::fs::read(&path).unwrap();
        let error = Library::open(&directory).unwrap_err();
        assert!(
            matches!(error, LibraryError::Newer { found, known } if (found, known) == (newer, newer - 1))
        );
        assert!(error.to_string().contains("update Kanbao"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_migration_that_fails_leaves_nothing_half() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE setting (key TEXT)").unwrap();
        assert!(run(&mut connection).is_err());
        assert_eq!(schema(&connection).len(), 1);
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 0);
    }

    #[test]
    fn opening_again_runs_nothing() {
        let mut connection = fresh();
        let before: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0)).unwrap();
        run(&mut connection).unwrap();
        let after: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0)).unwrap();
        assert_eq!(before, after);
    }
}
