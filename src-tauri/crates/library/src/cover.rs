//! Covers: what a newsstand shows of issues, many at once, without reading what is in them.

use std::collections::HashMap;

use rusqlite::params;

use crate::error::Result;
use crate::issue::IssueId;
use crate::store::Library;

/// The first page of an issue that has something to show, and what has not come yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cover {
    /// The page's number; none while no page has a picture or a PDF.
    pub page: Option<String>,
    /// The page's shape, as [`crate::Page`] has it.
    pub width: f64,
    pub height: f64,
    /// The numbers of the pages that are not kept whole, in the issue's order.
    pub missing: Vec<String>,
}

impl Library {
    /// The covers of a publication's issues.
    pub fn covers(&self, publication: &str) -> Result<HashMap<IssueId, Cover>> {
        self.read(|reader| {
            let mut covers: HashMap<IssueId, Cover> = HashMap::new();
            // Beside min() the other columns are those of the row that has it.
            let mut fronts = reader.prepare_cached(
                "SELECT p.issue, p.number, p.width, p.height, min(p.ordinal) FROM page p
                 JOIN issue i ON i.id = p.issue
                 WHERE i.publication = ? AND (p.picture IS NOT NULL OR p.pdf IS NOT NULL) GROUP BY p.issue",
            )?;
            let mut rows = fronts.query(params![publication])?;
            while let Some(row) = rows.next()? {
                let cover = covers.entry(row.get(0)?).or_default();
                (cover.page, cover.width, cover.height) = (Some(row.get(1)?), row.get(2)?, row.get(3)?);
            }
            let mut missing = reader.prepare_cached(
                "SELECT p.issue, p.number FROM page p JOIN issue i ON i.id = p.issue
                 WHERE i.publication = ? AND p.kept = 0 ORDER BY p.issue, p.ordinal",
            )?;
            let mut rows = missing.query(params![publication])?;
            while let Some(row) = rows.next()? {
                covers.entry(row.get(0)?).or_default().missing.push(row.get(1)?);
            }
            Ok(covers)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Content, library, subscribe};

    #[test]
    fn a_cover_is_the_first_page_with_something_to_show() {
        let (_guard, library) = library();
        subscribe(&library, "slrb");
        let content =
            Content::new("slrb", "2026-11-24").page("01", &["a"]).page("02", &["b"]).page("03", &["c"]);
        let issue = content.plan(&library);
        let numbers = |numbers: &[&str]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>();
        let nothing = Cover { missing: numbers(&["01", "02", "03"]), ..Cover::default() };
        assert_eq!(library.covers("slrb").unwrap()[&issue], nothing);
        content.commit(&library, issue, "02");
        let cover = library.covers("slrb").unwrap().remove(&issue).unwrap();
        assert_eq!((cover.page.as_deref(), cover.width, cover.height), (Some("02"), 350.0, 500.0));
        assert_eq!(cover.missing, numbers(&["01", "03"]));
        content.keep(&library);
        let cover = library.covers("slrb").unwrap().remove(&issue).unwrap();
        assert_eq!((cover.page.as_deref(), cover.missing), (Some("01"), vec![]));
        assert_eq!(library.covers("slwb").unwrap(), HashMap::new());
    }
}
