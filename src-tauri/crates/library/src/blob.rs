//! Blobs: bytes kept as files that are named by their own hash.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::str::FromStr;
use std::time::{Duration, SystemTime};
use std::{fmt, path::Path};

use camino::{Utf8Path, Utf8PathBuf};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::error::{BLOB_REMEDY, LibraryError, Result};
use crate::limits;
use crate::store::{Library, sync_directory};

/// Temporary files older than this, as claims of [`UNCLAIMED`], belong to programs that were killed.
pub(crate) const LEFTOVER_AGE: Duration = Duration::from_hours(24);

/// Files are removed this many at a time, so that other writers get their turn.
const REMOVED_AT_ONCE: usize = 256;

/// True of a blob that no one is about to name. A claim from the future was made by a clock that has
/// since been put right.
const UNCLAIMED: &str = "(claims = 0 OR abs(unixepoch() - claimed) > 86400)";

/// True of a blob `b` that any row names.
const NAMED: &str = "(EXISTS (SELECT 1 FROM resource WHERE blob = b.hash)
    OR EXISTS (SELECT 1 FROM page WHERE picture = b.hash)
    OR EXISTS (SELECT 1 FROM page WHERE pdf = b.hash)
    OR EXISTS (SELECT 1 FROM page WHERE document = b.hash)
    OR EXISTS (SELECT 1 FROM picture WHERE blob = b.hash))";

/// The BLAKE3 hash of a file's bytes, as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobHash(String);

impl BlobHash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().to_string())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BlobHash {
    type Err = LibraryError;

    fn from_str(text: &str) -> Result<Self> {
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(hexadecimal) {
            Ok(Self(text.to_owned()))
        } else {
            let shown: String = text.chars().take(80).collect();
            Err(LibraryError::Invalid {
                what: "a file's hash",
                why: format!("{shown:?} is not 64 hexadecimal digits"),
            })
        }
    }
}

impl TryFrom<String> for BlobHash {
    type Error = LibraryError;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<BlobHash> for String {
    fn from(hash: BlobHash) -> Self {
        hash.0
    }
}

impl FromSql for BlobHash {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other::<LibraryError>)
    }
}

impl ToSql for BlobHash {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_str().into())
    }
}

/// A file under its final name, or not (yet, or any more) what its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Sound { bytes: u64 },
    Missing,
    Changed,
}

impl State {
    /// Why it is not sound, as an error goes on.
    pub(crate) fn complaint(self) -> Option<&'static str> {
        match self {
            Self::Sound { .. } => None,
            Self::Missing => Some("it is missing"),
            Self::Changed => Some("its bytes have changed"),
        }
    }
}

impl Library {
    /// Keeps bytes as a file; what is kept already is not written again.
    ///
    /// The file is whole and on the disk before its row is written, and a row before anything can
    /// name it. A kill leaves a temporary file, or a file that no row knows: both are harmless.
    pub fn keep_blob(&self, bytes: &[u8]) -> Result<BlobHash> {
        limits::at_most("a file", bytes.len(), limits::BLOB_BYTES)?;
        let hash = BlobHash::of(bytes);
        let mut temporary = None;
        if !self.has_blob(&hash) {
            temporary = Some(self.write_temporary(bytes)?);
        }
        self.write(|tx| {
            // Looked at again under the lock: since then it may have been kept, removed or marked.
            if !self.is_here(tx, &hash)? {
                let temporary = match temporary {
                    Some(temporary) => temporary,
                    None => self.write_temporary(bytes)?,
                };
                self.put_in_place(temporary, &hash)?;
            }
            tx.execute(
                &format!(
                    "INSERT INTO blob (hash, bytes, claims, claimed) VALUES (?1, ?2, 1, unixepoch())
                     ON CONFLICT (hash) DO UPDATE SET bytes = ?2, damaged = 0,
                        claims = iif({UNCLAIMED}, 1, claims + 1), claimed = unixepoch()"
                ),
                params![hash, bytes.len()],
            )?;
            Ok(())
        })?;
        Ok(hash)
    }

    /// The bytes, verified against their hash.
    pub fn blob(&self, hash: &BlobHash) -> Result<Vec<u8>> {
        let path = self.blob_path(hash);
        let state = match read_limited(&path) {
            Ok(Some(bytes)) if BlobHash::of(&bytes) == *hash => return Ok(bytes),
            Ok(_) => State::Changed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
            Err(error) => return Err(LibraryError::io("read", &path, error)),
        };
        // Marked as well as told, so that the next sync fetches it; that the mark could not be made
        // (a full disk, a busy library) must not hide what is the matter.
        match self.mark(hash) {
            Ok(None) => return Err(LibraryError::NoSuchBlob(hash.clone())),
            // Kept anew since it was looked at.
            Ok(Some(State::Sound { .. })) => return self.blob(hash),
            Ok(Some(_)) => {}
            Err(error) => tracing::warn!(%hash, %error, "could not mark a damaged file"),
        }
        let why = state.complaint().unwrap_or_default().into();
        Err(LibraryError::Corrupt { what: format!("the file {path}"), why, remedy: BLOB_REMEDY })
    }

    /// Whether it is here, of the right size and not known to be damaged. Does not read it.
    pub fn has_blob(&self, hash: &BlobHash) -> bool {
        self.read(|reader| self.is_here(reader, hash)).unwrap_or(false)
    }

    pub(crate) fn blob_path(&self, hash: &BlobHash) -> Utf8PathBuf {
        let (shard, rest) = hash.0.split_at(2);
        blobs(self.directory()).join(shard).join(rest)
    }

    pub(crate) fn is_here(&self, connection: &Connection, hash: &BlobHash) -> Result<bool> {
        let bytes: Option<u64> = connection
            .prepare_cached("SELECT bytes FROM blob WHERE hash = ? AND damaged = 0")?
            .query_row([hash], |row| row.get(0))
            .optional()?;
        let Some(bytes) = bytes else { return Ok(false) };
        let metadata = fs::metadata(self.blob_path(hash));
        Ok(metadata.is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes))
    }

    fn write_temporary(&self, bytes: &[u8]) -> Result<tempfile::NamedTempFile> {
        let folder = incoming(self.directory());
        let failed = |error| LibraryError::io("write into", &folder, error);
        let mut temporary = tempfile::Builder::new().prefix("blob-").tempfile_in(&folder).map_err(failed)?;
        temporary.write_all(bytes).map_err(failed)?;
        temporary.as_file().sync_all().map_err(failed)?;
        Ok(temporary)
    }

    fn put_in_place(&self, temporary: tempfile::NamedTempFile, hash: &BlobHash) -> Result<()> {
        let path = self.blob_path(hash);
        let shard = path.parent().unwrap_or(&path);
        match fs::create_dir(shard) {
            Ok(()) => sync_directory(&blobs(self.directory()))?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(LibraryError::io("make the folder", shard, error)),
        }
        temporary.persist(&path).map_err(|error| LibraryError::io("write", &path, error.error))?;
        sync_directory(shard)
    }

    /// Reads a file through and says whether it is what its name says.
    pub(crate) fn examine(&self, hash: &BlobHash) -> Result<State> {
        let path = self.blob_path(hash);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Missing),
            // Too many open files, or no right to read it, say nothing about the file.
            Err(error) => return Err(LibraryError::io("read", &path, error)),
        };
        let mut hasher = blake3::Hasher::new();
        // Sectors that no longer read are damage, and so is a folder in the file's place.
        let read = hasher.update_reader(file).is_ok();
        let sound = read && hasher.finalize().to_hex().as_str() == hash.0;
        Ok(if sound { State::Sound { bytes: hasher.count() } } else { State::Changed })
    }

    /// Looks at a file again under the lock, and if it is not sound marks it and everything that
    /// needs it, so that the next sync brings it back; if it is, takes an old mark away. None when no
    /// row knows it (any more).
    pub(crate) fn mark(&self, hash: &BlobHash) -> Result<Option<State>> {
        let mut released = Vec::new();
        let state = self.write(|tx| {
            let known = tx.prepare_cached("SELECT 1 FROM blob WHERE hash = ?")?.exists([hash])?;
            if !known {
                return Ok(None);
            }
            let state = self.examine(hash)?;
            if let State::Sound { bytes } = state {
                tx.execute("UPDATE blob SET damaged = 0, bytes = ?2 WHERE hash = ?1", params![hash, bytes])?;
            } else {
                mark_damaged(tx, hash)?;
                released = release(tx, std::slice::from_ref(hash))?;
            }
            Ok(Some(state))
        })?;
        self.remove_files(&released);
        Ok(state)
    }

    /// Removes files whose rows were removed in an earlier, committed transaction. Each is asked for
    /// again under the lock, which every keeper of blobs holds when it puts one in place.
    pub(crate) fn remove_files(&self, hashes: &[BlobHash]) {
        for some in hashes.chunks(REMOVED_AT_ONCE) {
            let removed = self.write(|tx| {
                let mut kept = tx.prepare_cached("SELECT 1 FROM blob WHERE hash = ?")?;
                for hash in some {
                    if kept.exists([hash])? {
                        continue;
                    }
                    let path = self.blob_path(hash);
                    match fs::remove_file(&path) {
                        Err(error) if error.kind() != io::ErrorKind::NotFound => {
                            tracing::warn!(%path, %error, "could not remove a file that nothing names");
                        }
                        _ => {}
                    }
                }
                Ok(())
            });
            if let Err(error) = removed {
                // Harmless: they stay as strays until the next check.
                tracing::warn!(%error, "could not remove files that nothing names");
                return;
            }
        }
    }

    /// Files in the blob folders that no row knows, with whether they are old enough to remove.
    pub(crate) fn stray_files(&self) -> Result<Vec<(BlobHash, bool)>> {
        let mut strays = Vec::new();
        for shard in 0..=u8::MAX {
            let shard = format!("{shard:02x}");
            let folder = blobs(self.directory()).join(&shard);
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(LibraryError::io("read the folder", &folder, error)),
            };
            let known = self.read(|reader| {
                let mut statement =
                    reader.prepare_cached("SELECT hash FROM blob WHERE hash >= ?1 AND hash < ?1 || 'g'")?;
                let rows = statement.query_map([&shard], |row| row.get::<_, BlobHash>(0))?;
                Ok(rows.collect::<rusqlite::Result<HashSet<_>>>()?)
            })?;
            for entry in entries {
                let entry = entry.map_err(|error| LibraryError::io("read the folder", &folder, error))?;
                // Other names are other programs' (a thumbnail cache, a desktop's settings).
                let hash = entry.file_name().to_str().and_then(|name| format!("{shard}{name}").parse().ok());
                if let Some(hash) = hash.filter(|hash| !known.contains(hash)) {
                    strays.push((hash, is_leftover(&entry.path())));
                }
            }
        }
        Ok(strays)
    }
}

/// Makes the folders that blobs lie in.
pub(crate) fn prepare_folder(directory: &Utf8Path) -> Result<()> {
    let folder = incoming(directory);
    fs::create_dir_all(&folder).map_err(|error| LibraryError::io("make the folder", &folder, error))?;
    sync_directory(&blobs(directory))?;
    sync_directory(directory)
}

/// Removes temporary files of programs that were killed while writing, once they are surely dead;
/// gives how many there are in all. What cannot be removed now is tried again next time.
pub(crate) fn remove_old_leftovers(directory: &Utf8Path) -> u32 {
    let mut leftovers = 0;
    for entry in fs::read_dir(incoming(directory)).into_iter().flatten().flatten() {
        leftovers += 1;
        if is_leftover(&entry.path())
            && let Err(error) = fs::remove_file(entry.path())
        {
            tracing::warn!(path = %entry.path().display(), %error, "could not remove a leftover");
        }
    }
    leftovers
}

/// Says that a resource of this transaction names `hash`: it must be there, and one claim to it is
/// redeemed.
pub(crate) fn name_by_resource(tx: &Transaction<'_>, hash: &BlobHash) -> Result<()> {
    name(tx, hash, "UPDATE blob SET claims = max(claims - 1, 0) WHERE hash = ? AND damaged = 0")
}

/// Says that a page or picture of this transaction names `hash`: it must be there. Where a resource
/// names it too, that has redeemed the claim, and any that is left is another's.
pub(crate) fn name_by_content(tx: &Transaction<'_>, hash: &BlobHash) -> Result<()> {
    let sql = "UPDATE blob SET claims = iif(EXISTS (SELECT 1 FROM resource WHERE blob = hash), claims,
                                            max(claims - 1, 0)) WHERE hash = ? AND damaged = 0";
    name(tx, hash, sql)
}

fn name(tx: &Transaction<'_>, hash: &BlobHash, sql: &str) -> Result<()> {
    let named = tx.prepare_cached(sql)?.execute([hash])?;
    if named == 1 { Ok(()) } else { Err(LibraryError::NoSuchBlob(hash.clone())) }
}

/// Whether it is known and not known to be damaged.
pub(crate) fn is_sound(connection: &Connection, hash: &BlobHash) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM blob WHERE hash = ? AND damaged = 0")?.exists([hash])?)
}

/// Forgets those of `hashes` that nothing names and no one is about to name. Their files are to be
/// removed once this is committed.
pub(crate) fn release(tx: &Transaction<'_>, hashes: &[BlobHash]) -> Result<Vec<BlobHash>> {
    let sql = format!("DELETE FROM blob AS b WHERE hash = ?1 AND {UNCLAIMED} AND NOT {NAMED}");
    let mut statement = tx.prepare_cached(&sql)?;
    let mut released = Vec::new();
    for hash in hashes {
        if statement.execute([hash])? == 1 {
            released.push(hash.clone());
        }
    }
    Ok(released)
}

/// Forgets every blob that nothing names and no one is about to name.
pub(crate) fn release_all(tx: &Transaction<'_>) -> Result<Vec<BlobHash>> {
    let sql = format!("DELETE FROM blob AS b WHERE {UNCLAIMED} AND NOT {NAMED} RETURNING hash");
    let mut statement = tx.prepare(&sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many rows are named by nothing, claimed or not.
pub(crate) fn count_unnamed(connection: &Connection) -> Result<u32> {
    Ok(connection
        .query_row(&format!("SELECT count(*) FROM blob b WHERE NOT {NAMED}"), [], |row| row.get(0))?)
}

fn mark_damaged(tx: &Transaction<'_>, hash: &BlobHash) -> Result<()> {
    tx.execute("UPDATE blob SET damaged = 1 WHERE hash = ?", [hash])?;
    // What is known of an address is only there to save a fetch, and it no longer does.
    tx.execute("DELETE FROM resource WHERE blob = ?", [hash])?;
    tx.execute(
        "UPDATE page SET kept = 0 WHERE picture = ?1 OR pdf = ?1 OR document = ?1 OR id IN (
            SELECT page FROM page_article WHERE article IN (SELECT article FROM picture WHERE blob = ?1)
            UNION SELECT page FROM region WHERE article IN (SELECT article FROM picture WHERE blob = ?1))",
        [hash],
    )?;
    tx.execute("UPDATE issue SET complete = 0 WHERE id IN (SELECT issue FROM page WHERE kept = 0)", [])?;
    Ok(())
}

fn blobs(directory: &Utf8Path) -> Utf8PathBuf {
    directory.join("blobs")
}

/// Where files are written before they have their name; on the same disk, so that a rename is enough.
fn incoming(directory: &Utf8Path) -> Utf8PathBuf {
    blobs(directory).join("incoming")
}

fn is_leftover(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    let age = modified.ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
    age.is_some_and(|age| age > LEFTOVER_AGE)
}

/// None when it is larger than anything that was ever kept.
fn read_limited(path: &Utf8Path) -> io::Result<Option<Vec<u8>>> {
    if fs::metadata(path)?.len() > limits::BLOB_BYTES {
        return Ok(None);
    }
    fs::read(path).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{folder, library, resource};

    type Damage = fn(&Utf8Path);

    fn leftovers(library: &Library) -> usize {
        fs::read_dir(incoming(library.directory())).unwrap().count()
    }

    #[test]
    fn bytes_come_back_as_they_were() {
        let (_guard, library) = library();
        for bytes in [&b""[..], b"x", &vec![7; 300_000]] {
            let hash = library.keep_blob(bytes).unwrap();
            assert_eq!(hash, BlobHash::of(bytes));
            assert!(library.has_blob(&hash));
            assert_eq!(library.blob(&hash).unwrap(), bytes);
        }
        assert_eq!(leftovers(&library), 0);
        let absent = BlobHash::of(b"never kept");
        assert!(!library.has_blob(&absent));
        assert!(matches!(library.blob(&absent), Err(LibraryError::NoSuchBlob(_))));
    }

    #[test]
    fn what_is_kept_is_not_written_again() {
        let (_guard, library) = library();
        let hash = library.keep_blob(b"a page").unwrap();
        let path = library.blob_path(&hash);
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
        library.keep_blob(b"a page").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), old);
    }

    #[test]
    fn a_damaged_file_is_told_and_the_next_keeping_heals_it() {
        let cases: [(&str, Damage); 4] = [
            ("missing", |path| fs::remove_file(path).unwrap()),
            ("longer", |path| fs::write(path, b"a page and more").unwrap()),
            ("changed", |path| fs::write(path, b"a pagE").unwrap()),
            ("empty", |path| fs::write(path, b"").unwrap()),
        ];
        for (case, damage) in cases {
            let (_guard, library) = library();
            let hash = library.keep_blob(b"a page").unwrap();
            damage(&library.blob_path(&hash));
            let error = library.blob(&hash).unwrap_err();
            assert!(matches!(error, LibraryError::Corrupt { .. }), "{case}: {error}");
            assert!(error.to_string().contains("sync again"), "{case}: {error}");
            assert!(!library.has_blob(&hash), "{case}");
            library.keep_blob(b"a page").unwrap();
            assert_eq!(library.blob(&hash).unwrap(), b"a page", "{case}");
            assert!(library.has_blob(&hash), "{case}");
        }
    }

    #[test]
    fn leftovers_of_the_killed_go_when_they_are_old() {
        let (_guard, directory) = folder();
        drop(Library::open(&directory).unwrap());
        let (old, young) = (incoming(&directory).join("blob-old"), incoming(&directory).join("blob-young"));
        for path in [&old, &young] {
            fs::write(path, b"half a pa").unwrap();
        }
        let long_ago = SystemTime::now() - LEFTOVER_AGE - Duration::from_mins(1);
        File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
        Library::open(&directory).unwrap();
        assert!(!old.exists());
        assert!(young.exists(), "its writer may be alive");
    }

    #[test]
    fn a_file_without_a_row_is_taken_over() {
        // Killed between the rename and the commit.
        let (_guard, library) = library();
        let hash = BlobHash::of(b"a page");
        let path = library.blob_path(&hash);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, b"half").unwrap();
        assert!(!library.has_blob(&hash));
        assert_eq!(library.stray_files().unwrap(), [(hash.clone(), false)]);
        library.keep_blob(b"a page").unwrap();
        assert_eq!(library.blob(&hash).unwrap(), b"a page");
        assert_eq!(library.stray_files().unwrap(), []);
    }

    #[test]
    fn what_was_just_kept_is_not_released() {
        let (_guard, library) = library();
        let hash = library.keep_blob(b"a page").unwrap();
        assert_eq!(library.write(release_all).unwrap(), []);
        library.remove_files(std::slice::from_ref(&hash));
        assert!(library.has_blob(&hash), "a row still knows it");
        let forget = |by: i32| {
            library.write(|tx| Ok(tx.execute("UPDATE blob SET claimed = unixepoch() + ?", [by])?)).unwrap();
        };
        forget(-86_460);
        let released = library.write(release_all).unwrap();
        assert_eq!(released, std::slice::from_ref(&hash));
        library.remove_files(&released);
        assert!(!library.blob_path(&hash).exists());
    }

    #[test]
    fn each_keeper_has_a_claim_of_its_own() {
        let (_guard, library) = library();
        let hash = library.keep_blob(b"a page").unwrap();
        library.keep_blob(b"a page").unwrap();
        let (a, b) = ("http://a.example/", "http://b.example/");
        let other = library.keep_blob(b"another").unwrap();
        // The first names it and stops naming it before the second has said anything.
        library.keep_resource(&resource(a, &hash, None)).unwrap();
        library.keep_resource(&resource(a, &other, None)).unwrap();
        assert!(library.has_blob(&hash));
        library.keep_resource(&resource(b, &hash, None)).unwrap();
        library.keep_resource(&resource(b, &other, None)).unwrap();
        assert!(!library.blob_path(&hash).exists());
    }

    #[test]
    fn hashes_are_read_strictly() {
        let good = BlobHash::of(b"x").to_string();
        assert_eq!(good.parse::<BlobHash>().unwrap().as_str(), good);
        for bad in ["", "abc", &good.to_uppercase(), &good[1..], &format!("../{}", &good[3..])] {
            assert!(bad.parse::<BlobHash>().is_err(), "{bad}");
        }
    }
}
