//! The library's folder and its connections: one writer, several readers, any number of processes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{LibraryError, Result};
use crate::{blob, migration};

pub(crate) const DATABASE: &str = "library.sqlite3";

/// How long one waits for another program's transaction. Ours take milliseconds; a slow disk, or a
/// check that marks what it found, may take longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Reading connections that are kept for the next one who reads.
const SPARE_READERS: usize = 4;

/// What a reader keeps. Cloning is cheap; every clone is the same library. Calls block.
#[derive(Debug, Clone)]
pub struct Library {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    directory: Utf8PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Library {
    /// Opens the library in `directory`, making it when there is none. What is there and is not a
    /// library is refused and left as it is.
    pub fn open(directory: &Utf8Path) -> Result<Self> {
        let directory = camino::absolute_utf8(directory)
            .map_err(|error| LibraryError::io("find the folder", directory, error))?;
        fs::create_dir_all(&directory)
            .map_err(|error| LibraryError::io("make the folder", &directory, error))?;
        let database = directory.join(DATABASE);
        refuse_other_files(&database)?;
        let mut writer = connect(&database)?;
        migration::refuse_other_databases(&writer, &database)?;
        configure(&writer)?;
        use_write_ahead_log(&writer)?;
        migration::run(&mut writer)?;
        writer.pragma_update(None, "foreign_keys", true)?;
        blob::prepare_folder(&directory)?;
        blob::remove_old_leftovers(&directory);
        let inner = Inner { directory, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) };
        Ok(Self { inner: Arc::new(inner) })
    }

    pub fn directory(&self) -> &Utf8Path {
        &self.inner.directory
    }

    /// Runs `work` in a transaction that no other writer, of this process or another, overlaps. An
    /// error or a panic leaves everything as it was.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut writer = locked(&self.inner.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// Runs `work` on the library as it is at one moment, whatever is written meanwhile.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let spare = locked(&self.inner.readers).pop();
        let reader = match spare {
            Some(reader) => reader,
            None => connect_reader(&self.inner.directory.join(DATABASE))?,
        };
        let snapshot = reader.unchecked_transaction()?;
        let value = work(&snapshot);
        drop(snapshot);
        let mut readers = locked(&self.inner.readers);
        if readers.len() < SPARE_READERS {
            readers.push(reader);
        }
        value
    }
}

/// A panic elsewhere has rolled its transaction back, so what it held is usable.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(database: &Utf8Path) -> Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<()> {
    // FULL: each commit is on the disk before its call returns. NORMAL would keep the database whole
    // after a power cut, but could forget the last commits, and two promises rest on them: a blob's
    // file is removed after the commit that stops naming it (a forgotten commit would bring back a
    // complete issue without its files), and what was told to be kept, read or set stays so.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS a plain fsync leaves the bytes in the drive's cache; elsewhere these change nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    // A long read lets the log grow; this gives the disk back afterwards.
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    Ok(())
}

fn connect_reader(database: &Utf8Path) -> Result<Connection> {
    let connection = connect(database)?;
    configure(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// With the write-ahead log readers never wait for the writer, nor it for them.
fn use_write_ahead_log(connection: &Connection) -> Result<()> {
    let began = Instant::now();
    loop {
        // Two programs that make one library at once: SQLite refuses at once instead of waiting,
        // since waiting for each other would never end.
        let mode = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0));
        match mode.map_err(LibraryError::from) {
            Ok(mode) => {
                let mode: String = mode;
                return if mode == "wal" {
                    Ok(())
                } else {
                    let why = "its folder is on a disk that several programs cannot share; choose a folder on \
                               this machine's own disk";
                    Err(LibraryError::Invalid { what: "the library", why: why.into() })
                };
            }
            Err(LibraryError::Busy) if began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Refuses what is at the database's place and is no database file, before anything opens it as one.
fn refuse_other_files(database: &Utf8Path) -> Result<()> {
    const HEADER: &[u8] = b"SQLite format 3\0";
    let other = || LibraryError::NotALibrary { path: database.to_owned() };
    let metadata = match fs::metadata(database) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(LibraryError::io("look at", database, error)),
    };
    if !metadata.is_file() {
        return Err(other());
    }
    let mut start = Vec::new();
    File::open(database)
        .and_then(|file| file.take(HEADER.len() as u64).read_to_end(&mut start))
        .map_err(|error| LibraryError::io("read", database, error))?;
    // An empty file is what a program leaves that was killed while making a library.
    if start.is_empty() || start == HEADER { Ok(()) } else { Err(other()) }
}

/// Makes a rename or a new file in `directory` survive a power cut. Windows has no such call and
/// keeps its directories in a journal of its own.
pub(crate) fn sync_directory(directory: &Utf8Path) -> Result<()> {
    if cfg!(unix) {
        File::open(directory)
            .and_then(|file| file.sync_all())
            .map_err(|error| LibraryError::io("write the folder", directory, error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOW, folder};

    #[test]
    fn an_open_library_is_durable_and_shared() {
        let (_guard, directory) = folder();
        let library = Library::open(&directory).unwrap();
        let pragma = |name: &str| {
            let writer = locked(&library.inner.writer);
            writer
                .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
                .unwrap()
        };
        assert_eq!(pragma("journal_mode"), "wal".to_owned().into());
        assert_eq!(pragma("synchronous"), 2.into());
        assert_eq!(pragma("foreign_keys"), 1.into());
        let refused = library.read(|reader| Ok(reader.execute("DELETE FROM setting", [])?));
        assert!(matches!(refused, Err(LibraryError::Sqlite(_))), "readers cannot write: {refused:?}");
    }

    #[test]
    fn what_is_no_library_is_refused_and_left_alone() {
        for bytes in
            [&b"not a database"[..], b"x", &[0; 4096], b"SQLite format 3\0 and then nothing of the kind"]
        {
            let (_guard, directory) = folder();
            let path = directory.join(DATABASE);
            fs::write(&path, bytes).unwrap();
            let error = Library::open(&directory).unwrap_err();
            assert!(matches!(error, LibraryError::NotALibrary { .. }), "{error}");
            assert!(error.to_string().contains(path.as_str()), "{error}");
            assert_eq!(fs::read(&path).unwrap(), bytes);
            assert!(!directory.join("blobs").exists());
        }
        let (_guard, directory) = folder();
        fs::create_dir(directory.join(DATABASE)).unwrap();
        assert!(matches!(Library::open(&directory), Err(LibraryError::NotALibrary { .. })));
    }

    #[test]
    fn another_programs_database_is_refused_and_left_alone() {
        for pragma in ["", "PRAGMA user_version = 7;", "PRAGMA application_id = 99; PRAGMA user_version = 1;"]
        {
            let (_guard, directory) = folder();
            let path = directory.join(DATABASE);
            let other = Connection::open(&path).unwrap();
            other.execute_batch(&format!("CREATE TABLE bookmark (url TEXT); {pragma}")).unwrap();
            drop(other);
            let before = fs::read(&path).unwrap();
            let error = Library::open(&directory).unwrap_err();
            assert!(matches!(error, LibraryError::NotALibrary { .. }), "{pragma}: {error}");
            assert_eq!(fs::read(&path).unwrap(), before, "{pragma}");
        }
    }

    #[test]
    fn a_file_that_a_killed_program_left_empty_becomes_a_library() {
        let (_guard, directory) = folder();
        fs::write(directory.join(DATABASE), b"").unwrap();
        Library::open(&directory).unwrap();
    }

    #[test]
    fn a_failed_write_changes_nothing_and_does_not_stop_the_next() {
        let (_guard, directory) = folder();
        let library = Library::open(&directory).unwrap();
        let insert = "INSERT INTO setting (key, value) VALUES ('a', '1')";
        let failed: Result<()> = library.write(|tx| {
            tx.execute(insert, [])?;
            Err(LibraryError::Full)
        });
        assert!(failed.is_err());
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = library.write(|tx| -> Result<()> {
                tx.execute(insert, [])?;
                panic!("in the middle");
            });
        }));
        assert!(panicked.is_err());
        assert_eq!(library.setting("a").unwrap(), None);
        library.set_place("slrb", "2026-11-24".parse().unwrap(), &crate::Place::default(), NOW).unwrap();
    }

    #[test]
    fn a_full_database_says_so() {
        let (_guard, directory) = folder();
        let library = Library::open(&directory).unwrap();
        {
            let writer = locked(&library.inner.writer);
            let pages: i64 = writer.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
            writer.query_row(&format!("PRAGMA max_page_count = {}", pages + 2), [], |_| Ok(())).unwrap();
        }
        let value = serde_json::Value::from("字".repeat(50_000));
        let error = library.set_setting("long", &value).unwrap_err();
        assert!(matches!(error, LibraryError::Full), "{error}");
        assert!(error.to_string().contains("free some space"), "{error}");
        assert_eq!(library.setting("long").unwrap(), None);
    }

    #[test]
    fn a_writer_that_does_not_finish_is_busy() {
        let (_guard, directory) = folder();
        let library = Library::open(&directory).unwrap();
        let other = Connection::open(directory.join(DATABASE)).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        locked(&library.inner.writer).busy_timeout(Duration::from_millis(20)).unwrap();
        let error = library.set_setting("a", &1.into()).unwrap_err();
        assert!(matches!(error, LibraryError::Busy), "{error}");
        assert_eq!(library.setting("a").unwrap(), None, "readers do not wait");
        other.execute_batch("ROLLBACK").unwrap();
        library.set_setting("a", &1.into()).unwrap();
    }
}
