//! A site's documents as files: what readers of sites are tried, measured and fuzzed on.

use crate::site::Site;
use kanbao_publisher::{Origin, OriginRequest};
use std::io;
use std::path::Path;

/// What says which file came from which address.
const LIST: &str = "addresses.tsv";

impl Site {
    /// Writes every document, neither pictures nor PDFs, into a folder, numbered in the order of their addresses, and
    /// a list of the files with their types and addresses on this host. How many there are.
    pub fn write_documents(&self, folder: &Path, host: &str) -> io::Result<usize> {
        std::fs::create_dir_all(folder)?;
        let mut addresses: Vec<&str> = self.addresses().collect();
        addresses.sort_unstable();
        let mut list = String::new();
        let mut count = 0;
        for path in addresses {
            let answer = self.respond(&OriginRequest { path, headers: &[], posted: None });
            let content_type =
                answer.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            let content_type = content_type.map_or("", |(_, value)| value.as_str());
            if answer.status != 200 || !is_document(content_type) {
                continue;
            }
            count += 1;
            let file = format!("{count:04}");
            std::fs::write(folder.join(&file), &answer.body)?;
            list.push_str(&format!("{file}\t{content_type}\thttp://{host}{path}\n"));
        }
        std::fs::write(folder.join(LIST), list)?;
        Ok(count)
    }
}

/// Style sheets and scripts are text as well, but furniture: a calendar may be a script, though.
fn is_document(content_type: &str) -> bool {
    ["html", "xml", "json", "javascript"].iter().any(|kind| content_type.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::quirks::{Quirks, Skin};

    #[test]
    fn every_document_is_written_and_listed() {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::new(fixture::paper(&["slrb/2026-11-22"]), Skin::Div, Quirks::usual(Skin::Div));
        let count = site.write_documents(folder.path(), "a.example").unwrap();
        let list = std::fs::read_to_string(folder.path().join(LIST)).unwrap();
        assert_eq!(list.lines().count(), count);
        for line in list.lines() {
            let [file, kind, address] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let written = std::fs::read(folder.path().join(file)).unwrap();
            let path = address.strip_prefix("http://a.example").unwrap();
            assert_eq!(
                written,
                site.respond(&OriginRequest { path, headers: &[], posted: None }).body,
                "{line}"
            );
            assert!(!kind.contains("image") && !kind.contains("pdf"), "{line}");
        }
        let issue = &site.published()[0];
        let documents = issue.pages.len() + issue.articles().count();
        assert!(count > documents, "{count} documents of {documents} pages and articles");
    }
}
