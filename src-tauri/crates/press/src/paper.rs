//! The invented papers as they lie on disk, or inside the program: every issue's manifest and its files.

use crate::manifest::IssueManifest;
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The newest small issue, carried inside the program so that it is useful before any network.
static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/paper/slrb/2026-11-24");

const MANIFEST: &str = "issue.json";
/// More than any manifest or page of ours; a folder named by mistake is refused before it fills the memory.
const MOST_BYTES: u64 = 64 << 20;

/// Why a paper could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("could not read {}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{} is larger than {MOST_BYTES} bytes; this is no page of a paper", path.display())]
    TooLarge { path: PathBuf },
    #[error("{} is no issue: {source}", path.display())]
    NotAnIssue { path: PathBuf, source: serde_json::Error },
    #[error("{} cannot be served: {fault}; typeset the paper again", path.display())]
    Unfit { path: PathBuf, fault: String },
    #[error("{} holds no issue; it should hold SLUG/YYYY-MM-DD/issue.json", path.display())]
    Empty { path: PathBuf },
}

/// Files by their names; those of the sample are part of the program.
pub(crate) type Files = Vec<(String, Cow<'static, [u8]>)>;

/// Every issue there is, by publication and date, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    issues: Vec<IssueManifest>,
    files: HashMap<(usize, String), Cow<'static, [u8]>>,
}

impl Paper {
    /// Reads `dir/SLUG/YYYY-MM-DD/issue.json` and the files that each names.
    pub fn load(dir: &Path) -> Result<Self, PaperError> {
        let mut issues = Vec::new();
        for publication in folders(dir)? {
            for issue in folders(&publication)? {
                let manifest = issue.join(MANIFEST);
                if !manifest.is_file() {
                    continue;
                }
                let parsed = parse(&manifest, &read(&manifest)?)?;
                let placed = issue.file_name().is_some_and(|name| *name == *parsed.date.to_string())
                    && publication.file_name().is_some_and(|name| *name == *parsed.slug);
                if !placed {
                    let fault = format!("it says it is {} of {}", parsed.slug, parsed.date);
                    return Err(PaperError::Unfit { path: manifest, fault });
                }
                let names: Vec<String> = parsed.files().into_iter().map(str::to_owned).collect();
                let mut files = Vec::with_capacity(names.len());
                for name in names {
                    let bytes = read(&issue.join(&name))?;
                    files.push((name, Cow::Owned(bytes)));
                }
                issues.push((parsed, files));
            }
        }
        if issues.is_empty() {
            return Err(PaperError::Empty { path: dir.to_owned() });
        }
        Ok(Self::of(issues))
    }

    /// The issue inside the program.
    pub fn sample() -> Self {
        let path = PathBuf::from(MANIFEST);
        let bytes = SAMPLE.get_file(MANIFEST).expect("the sample is built in").contents();
        let manifest = parse(&path, bytes).expect("the sample was checked when it was typeset");
        let names = manifest.files().into_iter();
        let files = names
            .filter_map(|name| SAMPLE.get_file(name))
            .map(|file| (file.path().to_string_lossy().into_owned(), Cow::Borrowed(file.contents())))
            .collect();
        Self::of(vec![(manifest, files)])
    }

    pub(crate) fn of(mut issues: Vec<(IssueManifest, Files)>) -> Self {
        issues.sort_by(|(a, _), (b, _)| (&a.slug, a.date).cmp(&(&b.slug, b.date)));
        let mut paper = Self::default();
        for (issue, (manifest, files)) in issues.into_iter().enumerate() {
            paper.issues.push(manifest);
            paper.files.extend(files.into_iter().map(|(name, bytes)| ((issue, name), bytes)));
        }
        paper
    }

    pub fn issues(&self) -> &[IssueManifest] {
        &self.issues
    }

    /// A file of the issue at this place in [`Paper::issues`].
    pub fn file(&self, issue: usize, name: &str) -> Option<&[u8]> {
        self.files.get(&(issue, name.to_owned())).map(Cow::as_ref)
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<IssueManifest, PaperError> {
    let manifest: IssueManifest = serde_json::from_slice(bytes)
        .map_err(|source| PaperError::NotAnIssue { path: path.to_owned(), source })?;
    match manifest.fault() {
        None => Ok(manifest),
        Some(fault) => Err(PaperError::Unfit { path: path.to_owned(), fault }),
    }
}

fn folders(dir: &Path) -> Result<Vec<PathBuf>, PaperError> {
    let io = |source| PaperError::Io { path: dir.to_owned(), source };
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

fn read(path: &Path) -> Result<Vec<u8>, PaperError> {
    let io = |source| PaperError::Io { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(io)?.len() > MOST_BYTES {
        return Err(PaperError::TooLarge { path: path.to_owned() });
    }
    std::fs::read(path).map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_paper_on_disk_is_read_whole() {
        let dir = tempfile::tempdir().unwrap();
        fixture::write(dir.path(), &["slrb/2026-11-23", "slwb/2026-11-23", "slrb/2026-11-22"]);
        let paper = Paper::load(dir.path()).unwrap();
        let order: Vec<_> = paper.issues().iter().map(|i| format!("{} {}", i.slug, i.date)).collect();
        assert_eq!(order, ["slrb 2026-11-22", "slrb 2026-11-23", "slwb 2026-11-23"]);
        assert!(paper.file(0, "01_b.jpg").unwrap().starts_with(b"\xff\xd8"));
        assert_eq!(paper.file(0, "issue.json"), None);
    }

    #[test]
    fn what_is_no_paper_is_refused_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let words = |dir: &Path| Paper::load(dir).unwrap_err().to_string();
        assert!(words(dir.path()).contains("holds no issue"));
        assert!(words(&dir.path().join("absent")).contains("could not read"));
        fixture::write(dir.path(), &["slrb/2026-11-23"]);
        std::fs::rename(dir.path().join("slrb/2026-11-23"), dir.path().join("slrb/2026-11-25")).unwrap();
        assert!(words(dir.path()).contains("says it is slrb of 2026-11-23"));
        std::fs::write(dir.path().join("slrb/2026-11-25/issue.json"), "{}").unwrap();
        assert!(words(dir.path()).contains("is no issue"));
    }

    #[test]
    fn the_sample_is_whole() {
        let sample = Paper::sample();
        let [issue] = sample.issues() else { panic!("the sample is one issue") };
        for name in issue.files() {
            assert!(sample.file(0, name).is_some_and(|bytes| !bytes.is_empty()), "{name}");
        }
    }
}
