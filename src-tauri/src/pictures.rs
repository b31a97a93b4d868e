//! Pictures that a reader saves: where they go and what they are called.

use crate::error::{AppError, ErrorCode, Result};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Within the reader's own folder of pictures.
const FOLDER: &str = "看报";

/// Of a headline in a file's name, in characters; a name may have 255 bytes.
const LONGEST_HEADLINE: usize = 36;

/// How often the same picture may be saved beside itself.
const MOST_COPIES: u32 = 1_000;

/// The folder that saved pictures lie in; made when the first is saved.
pub(crate) fn folder() -> Result<PathBuf> {
    let user = directories::UserDirs::new().ok_or_else(|| {
        AppError::new(ErrorCode::Failed, "this account has no home folder to save pictures in")
    })?;
    let pictures = user.picture_dir().map_or_else(|| user.home_dir().join("Pictures"), Path::to_owned);
    Ok(pictures.join(FOLDER))
}

/// `示例日报-2026-11-24-01版-标题`, of characters that every file system takes.
pub(crate) fn name(publication: &str, date: &str, pages: &[String], headline: &str) -> String {
    let plain = |text: &str, most: usize| -> String {
        let kept = text.chars().filter(|c| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c));
        let kept: String = kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        kept.chars().take(most).collect::<String>().trim_matches(['.', ' ', '-']).to_owned()
    };
    let page = pages.first().map_or_else(String::new, |number| format!("{}版", plain(number, 12)));
    let parts = [plain(publication, 16), plain(date, 10), page, plain(headline, LONGEST_HEADLINE)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Writes a PNG into a folder under a name that is still free there; gives the whole path.
pub(crate) fn save(folder: &Path, name: &str, png: &[u8]) -> Result<PathBuf> {
    let failed = |path: &Path, error: &std::io::Error| {
        let code =
            if error.kind() == ErrorKind::StorageFull { ErrorCode::LibraryFull } else { ErrorCode::NotSaved };
        AppError::new(code, format!("{} could not be written: {error}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for copy in 1..=MOST_COPIES {
        let file = if copy == 1 { format!("{name}.png") } else { format!("{name} ({copy}).png") };
        let path = folder.join(file);
        let mut opened = match std::fs::File::create_new(&path) {
            Ok(opened) => opened,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(failed(&path, &error)),
        };
        if let Err(error) = opened.write_all(png).and_then(|()| opened.sync_all()) {
            // Half a picture is worth less than none; that it stays behind is not worth a second word.
            let _ = std::fs::remove_file(&path);
            return Err(failed(&path, &error));
        }
        return Ok(path);
    }
    let words = format!("{} holds {name:?} {MOST_COPIES} times already: tidy it up", folder.display());
    Err(AppError::new(ErrorCode::NotSaved, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_it_is_and_fits_every_file_system() {
        let pages = ["01".to_owned(), "04".to_owned()];
        assert_eq!(
            name("示例日报", "2026-11-24", &pages, "沿河书屋开门"),
            "示例日报-2026-11-24-01版-沿河书屋开门"
        );
        assert_eq!(name("示例日报", "2026-11-24", &pages, ""), "示例日报-2026-11-24-01版");
        assert_eq!(
            name("a/b", "2026-11-24", &["A/0\\3".to_owned()], "../..\n“问:答？” \"?\"*|<b>"),
            "ab-2026-11-24-A03版-“问答？” b"
        );
        let long = name(&"报".repeat(99), "2026-11-24", &pages, &"题".repeat(999));
        assert!(long.len() + " (1000).png".len() < 255, "{}", long.len());
    }

    #[test]
    fn nothing_is_ever_overwritten() {
        let guard = tempfile::tempdir().unwrap();
        let folder = guard.path().join(FOLDER);
        let first = save(&folder, "报", b"1").unwrap();
        let second = save(&folder, "报", b"2").unwrap();
        assert_eq!(first.file_name().unwrap(), "报.png");
        assert_eq!(second.file_name().unwrap(), "报 (2).png");
        assert_eq!(std::fs::read(first).unwrap(), b"1");
        assert_eq!(std::fs::read(second).unwrap(), b"2");
        let blocked = guard.path().join("file");
        std::fs::write(&blocked, "").unwrap();
        assert_eq!(save(&blocked, "报", b"1").unwrap_err().code, ErrorCode::NotSaved);
    }
}
