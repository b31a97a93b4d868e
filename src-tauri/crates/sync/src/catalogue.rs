//! The newspapers known by name, as the command line and the window tell them: each with an address of
//! today, and whether this version reads its site.

use kanbao_newspaper::Date;
use kanbao_sources::catalogue::{self, Paper};
use serde::Serialize;

/// One newspaper; the shape of `kanbao catalogue --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CataloguePaper {
    pub name: &'static str,
    pub pinyin: &'static str,
    /// Province, and city where it is one's.
    pub region: Option<&'static str>,
    pub publisher: Option<&'static str>,
    pub family: Option<&'static str>,
    /// What `kanbao add` can be given.
    pub url: String,
    /// When an issue was last read from there; nothing where nobody tried.
    pub tested: Option<Date>,
    /// Nothing where only trying can tell.
    pub readable: Option<bool>,
    /// How name and address came together: `stated`, `spelled` or `inferred`.
    pub pairing: &'static str,
    pub note: Option<&'static str>,
}

impl CataloguePaper {
    fn new(paper: &Paper, today: Date) -> Self {
        Self {
            name: paper.name,
            pinyin: paper.pinyin,
            region: (!paper.region.is_empty()).then_some(paper.region),
            publisher: paper.publisher,
            family: paper.family(),
            url: paper.address(today),
            tested: paper.tried,
            readable: paper.readable(),
            pairing: paper.pairing.as_str(),
            note: paper.note,
        }
    }
}

/// The newspapers that fit a query, best first; all of them, by region, where nothing was typed.
pub fn search(query: &str, limit: usize) -> Vec<CataloguePaper> {
    let today = crate::today();
    catalogue::search(query, limit).into_iter().map(|paper| CataloguePaper::new(paper, today)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::parse_address;

    #[test]
    fn every_address_can_be_given_to_add() {
        let papers = search("", usize::MAX);
        assert_eq!(papers.len(), catalogue::all().len());
        for paper in papers {
            assert!(parse_address(&paper.url).is_ok(), "{}: {}", paper.name, paper.url);
        }
    }
}
