//! What `issue.json` says of a typeset issue: its pages, where every article is printed, and every text.

use kanbao_newspaper::{Article, Date, Point, Polygon};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// One issue of one publication, as it was typeset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueManifest {
    pub publication: String,
    /// The publication's name in addresses.
    pub slug: String,
    pub date: Date,
    pub copyright: String,
    pub pages: Vec<PageManifest>,
    pub articles: Vec<ArticleManifest>,
}

/// One printed page. File names are of files beside the manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageManifest {
    pub number: String,
    pub name: String,
    pub pdf: Option<String>,
    pub thumbnail: String,
    /// A picture large enough to read, of a page without a PDF.
    pub picture: Option<String>,
    /// The thumbnail's own size in pixels.
    pub width: u32,
    pub height: u32,
    pub regions: Vec<RegionManifest>,
    /// The page's articles, in the order in which the editors list them.
    pub list: Vec<u32>,
}

/// Where an article is printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegionManifest {
    pub article: u32,
    pub polygon: Polygon,
}

/// An article; its pictures' addresses are names of files beside the manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleManifest {
    pub id: u32,
    /// The printed number of the page it begins on.
    pub page: String,
    #[serde(flatten)]
    pub article: Article,
    #[serde(default)]
    pub part: Option<PartManifest>,
}

/// 转版: this article goes on from another of the same issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartManifest {
    pub of: u32,
    pub joint: Joint,
}

/// How a part belongs to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Joint {
    Continues,
    Repeats,
}

impl IssueManifest {
    pub fn article(&self, id: u32) -> Option<&ArticleManifest> {
        self.articles.iter().find(|article| article.id == id)
    }

    /// The files it names, each once.
    pub fn files(&self) -> Vec<&str> {
        let pages = self.pages.iter().flat_map(|page| {
            [Some(page.thumbnail.as_str()), page.pdf.as_deref(), page.picture.as_deref()]
                .into_iter()
                .flatten()
        });
        let pictures = self.articles.iter().flat_map(|article| article.article.pictures());
        let mut seen = HashSet::new();
        pages.chain(pictures).filter(|name| seen.insert(*name)).collect()
    }

    /// What makes it unfit to be served, in words for the one who typeset it.
    pub fn fault(&self) -> Option<String> {
        if self.slug.is_empty() || !self.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            return Some(format!("the slug {:?} is not of a-z and 0-9", self.slug));
        }
        if self.pages.is_empty() {
            return Some("it has no pages".to_owned());
        }
        let mut ids = HashSet::new();
        if let Some(twice) = self.articles.iter().find(|article| !ids.insert(article.id)) {
            return Some(format!("two articles have the id {}", twice.id));
        }
        let mut numbers = HashSet::new();
        for page in &self.pages {
            let number = &page.number;
            if !numbers.insert(number.as_str()) {
                return Some(format!("two pages have the number {number}"));
            }
            if number.is_empty() || !number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                return Some(format!("{number:?} is not a page number"));
            }
            if page.width == 0 || page.height == 0 {
                return Some(format!("page {number} has no size"));
            }
            let named = page.list.iter().chain(page.regions.iter().map(|region| &region.article));
            if let Some(stray) = named.into_iter().find(|id| !ids.contains(id)) {
                return Some(format!("page {number} names article {stray}, which is not there"));
            }
            // A polygon read from JSON is only corners; this asks whether they enclose anything.
            let corners = |polygon: &Polygon| polygon.corners().to_vec();
            let bad = page.regions.iter().find(|region| {
                let corners: Vec<Point> = corners(&region.polygon);
                Polygon::new(corners.clone()).map_or(true, |polygon| polygon.corners() != corners)
            });
            if let Some(region) = bad {
                return Some(format!(
                    "page {number}: the region of article {} is no polygon",
                    region.article
                ));
            }
        }
        for article in &self.articles {
            if !numbers.contains(article.page.as_str()) {
                return Some(format!("article {} stands on no page", article.id));
            }
            if article.part.is_some_and(|part| part.of == article.id || !ids.contains(&part.of)) {
                return Some(format!("article {} goes on from an article that is not there", article.id));
            }
        }
        self.files()
            .into_iter()
            .find(|name| !is_plain_name(name))
            .map(|name| format!("{name:?} is not a file name"))
    }
}

/// A name of a file in the same folder, and nothing else.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.len() <= 80
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    type Spoil = fn(&mut IssueManifest);

    #[test]
    fn what_is_unfit_to_be_served_is_told() {
        let (good, _) = fixture::issue("slrb", "2026-11-23");
        assert_eq!(good.fault(), None);
        let spoilt = |spoil: Spoil| {
            let mut issue = good.clone();
            spoil(&mut issue);
            issue.fault().unwrap_or_default()
        };
        let cases: [(Spoil, &str); 9] = [
            (|issue| issue.slug = "../etc".into(), "slug"),
            (|issue| issue.pages.clear(), "no pages"),
            (|issue| issue.articles[1].id = issue.articles[0].id, "two articles"),
            (|issue| issue.pages[1].number = "01".into(), "two pages"),
            (|issue| issue.pages[0].width = 0, "no size"),
            (|issue| issue.pages[0].list.push(999), "article 999"),
            (|issue| issue.articles[0].page = "99".into(), "no page"),
            (|issue| issue.pages[0].thumbnail = "../01_b.jpg".into(), "not a file name"),
            (
                |issue| {
                    issue.pages[0].regions[0].polygon = serde_json::from_str("[[0,0],[2,0],[2,2]]").unwrap();
                },
                "no polygon",
            ),
        ];
        for (spoil, word) in cases {
            let fault = spoilt(spoil);
            assert!(fault.contains(word), "{fault:?} should say {word:?}");
        }
    }

    #[test]
    fn the_json_is_the_one_that_is_documented() {
        let json = serde_json::json!({
            "publication": "示例日报", "slug": "slrb", "date": "2026-11-22", "copyright": "版权所有",
            "pages": [{"number": "01", "name": "要闻", "pdf": "01.pdf", "thumbnail": "01_b.jpg", "picture": null,
                "width": 350, "height": 500,
                "regions": [{"article": 101, "polygon": [[0.05, 0.1], [0.5, 0.1], [0.5, 0.4]]}], "list": [101]}],
            "articles": [{"id": 101, "page": "01", "kicker": "引", "headline": "题", "subheadline": "副", "byline": "某",
                "blocks": [{"kind": "paragraph", "text": "一"}, {"kind": "picture", "url": "101_1.jpg", "caption": "图"}],
                "editorMark": "①2", "part": {"of": 102, "joint": "continues"}}]
        });
        let issue: IssueManifest = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(issue.articles[0].article.editor_mark.as_deref(), Some("①2"));
        assert_eq!(issue.articles[0].part, Some(PartManifest { of: 102, joint: Joint::Continues }));
        assert_eq!(issue.files(), ["01_b.jpg", "01.pdf", "101_1.jpg"]);
        assert_eq!(serde_json::to_value(&issue).unwrap(), json);
    }
}
