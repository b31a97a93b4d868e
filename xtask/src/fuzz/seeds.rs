//! What fuzzers begin with: what the press writes in every skin, the papers' own files, a few lines by hand, and the
//! words that our readers look for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{cargo, process, workspace};

/// Files longer than this slow a fuzzer down more than they teach it.
const LONGEST: u64 = 400_000;

/// Words for the fuzzer: shorter ones it finds by itself, longer ones are sentences.
const WORD: std::ops::RangeInclusive<usize> = 3..=40;

/// What parts the seeds of one file.
const BETWEEN: &str = "----\n";

/// Makes them anew, so that what the press has learned since is among them.
pub(crate) fn make(folder: &Path) -> Result<(), String> {
    let seeds = folder.join("seeds");
    if seeds.exists() {
        fs::remove_dir_all(&seeds).map_err(|error| format!("{}: {error}", seeds.display()))?;
    }
    process::run(cargo::plain("build").args(["--package", "kanbao-press", "--bins"]))?;
    let utf8 = press(folder, "documents", &["--charset", "utf8"])?;
    for Document { address, bytes, .. } in &utf8 {
        let with = |before: &[u8]| [before, bytes].concat();
        let path = address.splitn(4, '/').nth(3).unwrap_or_default();
        let markup = bytes.trim_ascii_start().starts_with(b"<") && !bytes.starts_with(b"<?xml");
        write(&seeds, "document", &with(format!("{address}\n").as_bytes()))?;
        if markup {
            // The last of what the target puts around an article is nothing.
            write(&seeds, "article", &with(&[5]))?;
        } else if path.contains("papersInfo") {
            write(&seeds, "calendar", &with(&[4]))?;
        } else {
            write(&seeds, "calendar", &with(&[if bytes.starts_with(b"{") { 6 } else { 1 }]))?;
        }
        write(&seeds, "names", address.as_bytes())?;
    }
    for Document { kind, bytes, .. } in press(folder, "documents-as-sent", &[])? {
        write(&seeds, "charset", &[kind.as_bytes(), b"\n", &bytes].concat())?;
    }
    for file in files(&workspace::root().join("src-tauri/crates/press/paper"), &["pdf", "jpg"])? {
        copy(&seeds, "drawing", &file)?;
    }
    // Pages that real sites sent lie beside the repository where somebody has them, and never in it.
    let captures = workspace::root().join("../shared/captures");
    for file in files(&captures, &["pdf", "jpg"]).unwrap_or_default() {
        copy(&seeds, "drawing", &file)?;
    }
    for file in files(&captures, &["htm", "html"]).unwrap_or_default() {
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        write(&seeds, "document", &[b"\n", bytes.as_slice()].concat())?;
    }
    for file in files(&workspace::root().join("src-tauri/fuzz/seeds"), &["txt"])? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let target = file.file_stem().unwrap_or_default().to_string_lossy();
        for seed in text.split(BETWEEN) {
            write(&seeds, &target, seed.as_bytes())?;
        }
    }
    let words = folder.join("words.dict");
    fs::write(&words, dictionary()?).map_err(|error| format!("{}: {error}", words.display()))
}

/// One document of the press.
struct Document {
    kind: String,
    address: String,
    bytes: Vec<u8>,
}

/// What the press writes of the sample's issue in every skin.
fn press(folder: &Path, name: &str, arguments: &[&str]) -> Result<Vec<Document>, String> {
    let folder = folder.join(name);
    let mut press = Command::new(workspace::program(false, "kanbao-press"));
    process::run(press.arg("--documents").arg(&folder).args(arguments))?;
    let mut documents = Vec::new();
    for list in files(&folder, &["tsv"])? {
        let skin = list.parent().unwrap_or(&folder);
        let listed = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
        for line in listed.lines() {
            let [file, kind, address] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(format!("{}: {line:?} is not understood", list.display()));
            };
            let file = skin.join(file);
            let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            documents.push(Document { kind: kind.to_owned(), address: address.to_owned(), bytes });
        }
    }
    Ok(documents)
}

fn write(seeds: &Path, target: &str, bytes: &[u8]) -> Result<(), String> {
    let folder = seeds.join(target);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let number = fs::read_dir(&folder).map_err(failed)?.count();
    fs::write(folder.join(format!("{number:05}")), bytes).map_err(failed)
}

fn copy(seeds: &Path, target: &str, file: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    if fs::metadata(file).map_err(failed)?.len() > LONGEST {
        return Ok(());
    }
    write(seeds, target, &fs::read(file).map_err(failed)?)
}

/// Every file below a folder with one of these endings, in order.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, String> {
    let read = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut entries: Vec<PathBuf> = read.map_while(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry, endings)?);
        } else if entry.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            found.push(entry);
        }
    }
    Ok(found)
}

/// What stands between quotation marks in the readers of sites: tags, classes, marks, parts of addresses. So a new
/// family's words are known to the fuzzer without anybody listing them.
fn dictionary() -> Result<String, String> {
    let mut words = BTreeSet::new();
    for file in files(&workspace::root().join("src-tauri/crates/sources/src"), &["rs", "toml"])? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            words.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    let words = words.iter().filter(|word| WORD.contains(&word.len())).map(|word| entry(word));
    Ok(words.collect())
}

/// A word as the fuzzer's dictionaries have it: bytes that are no plain letters in hexadecimal.
fn entry(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    let escaped: String = word
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("\\x{byte:02X}") })
        .collect();
    format!("\"{escaped}\"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_the_fuzzer_reads_them() {
        assert_eq!(entry("a[href]"), "\"a[href]\"\n");
        assert_eq!(entry("第 \\"), "\"\\xE7\\xAC\\xAC\\x20\\x5C\"\n");
        let words = dictionary().unwrap();
        assert!(words.contains("\"a[href]\"\n") || words.contains("a[href]"), "{words}");
    }
}
