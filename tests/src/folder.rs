//! Folders that tests work in.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

/// An empty folder for one test, below the folder that cargo gives its target; cleared of what an earlier run left.
pub fn fresh(target: &str, name: &str) -> Utf8PathBuf {
    let folder = Utf8Path::new(target).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    folder
}

/// Copies a folder and all below it.
pub fn copy(from: &Utf8Path, to: &Utf8Path) {
    fs::create_dir_all(to).unwrap_or_else(|error| panic!("{to}: {error}"));
    for entry in from.read_dir_utf8().unwrap_or_else(|error| panic!("{from}: {error}")).map_while(Result::ok)
    {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap_or_else(|error| panic!("{to}: {error}"));
        }
    }
}
