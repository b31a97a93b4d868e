//! Where the reader's own library is, for the window and the command line alike.

use camino::Utf8PathBuf;

/// The program's name among the platform's data folders, as in tauri.conf.json.
const IDENTIFIER: &str = "app.kanbao.reader";

/// The library's folder where none is named; nothing on a system that has no data folder, or one
/// whose path is not Unicode.
pub fn default_directory() -> Option<Utf8PathBuf> {
    let base = directories::BaseDirs::new()?;
    let data = Utf8PathBuf::from_path_buf(base.data_dir().to_owned()).ok()?;
    Some(data.join(IDENTIFIER).join("library"))
}
