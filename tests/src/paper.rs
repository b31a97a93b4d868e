//! What was published: the press's own account of its sites, as a reader should get it.

use kanbao_newspaper::{Article, Block, Point, Polygon, continuation};
use kanbao_press::{Paper, PublishedIssue};

use crate::repository;

/// Every issue of the invented papers.
pub fn printed() -> Paper {
    Paper::load(&folder()).unwrap_or_else(|error| panic!("{error}"))
}

/// Where the invented papers lie.
pub fn folder() -> std::path::PathBuf {
    repository().join("src-tauri/crates/press/paper")
}

/// The width of a page's thumbnail as a share of its height.
pub fn shape(paper: &Paper, issue: &PublishedIssue, page: usize) -> f64 {
    let printed =
        paper.issues().iter().find(|printed| printed.slug == issue.slug && printed.date == issue.date);
    let page =
        &printed.unwrap_or_else(|| panic!("{} of {} was not printed", issue.slug, issue.date)).pages[page];
    f64::from(page.width) / f64::from(page.height)
}

/// An article as a reader should get it: whole, once, wherever its parts are printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// The path of its first part.
    pub path: String,
    /// The printed numbers of its pages.
    pub pages: Vec<String>,
    pub article: Article,
}

impl Whole {
    /// The body's words, a block a line, captions left out.
    pub fn lines(&self) -> Vec<String> {
        let words = self.article.blocks.iter().filter(|block| !matches!(block, Block::Picture { .. }));
        words.map(Block::text).collect()
    }
}

/// An issue's articles in reading order: page by page, as the pages' own lists have them.
pub fn wholes(issue: &PublishedIssue) -> Vec<Whole> {
    let heads = issue.pages.iter().flat_map(|page| page.articles.iter().map(move |article| (page, article)));
    let wholes = heads.filter(|(_, article)| article.continues.is_none()).map(|(page, head)| {
        let mut whole = Whole {
            path: head.path.clone(),
            pages: vec![page.number.clone()],
            article: head.article.clone(),
        };
        for page in &issue.pages {
            for tail in page.articles.iter().filter(|tail| tail.continues.as_ref() == Some(&head.path)) {
                let joint =
                    if tail.repeats { continuation::Joint::Repeats } else { continuation::Joint::Continues };
                whole.article = continuation::join(&whole.article, &tail.article, joint);
                whole.pages.push(page.number.clone());
            }
        }
        whole
    });
    wholes.collect()
}

/// The place in [`wholes`] of the article that a path belongs to.
pub fn whole_at(issue: &PublishedIssue, path: &str) -> usize {
    let part = issue.articles().find(|article| article.path == path);
    let head = part.and_then(|part| part.continues.as_deref()).unwrap_or(path);
    let found = wholes(issue).iter().position(|whole| whole.path == head);
    found.unwrap_or_else(|| panic!("{path} is no article of {}", issue.date))
}

/// A point well within a region and within no other: where a reader would put the cursor.
pub fn well_within(polygon: &Polygon, others: &[&Polygon]) -> Option<Point> {
    const GRID: u32 = 24;
    let (left, top, width, height) = polygon.bounds();
    let mut best: Option<(f64, Point)> = None;
    for (column, row) in (1..GRID).flat_map(|column| (1..GRID).map(move |row| (column, row))) {
        let point = Point {
            x: left + width * f64::from(column) / f64::from(GRID),
            y: top + height * f64::from(row) / f64::from(GRID),
        };
        if !polygon.contains(point) || others.iter().any(|other| other.contains(point)) {
            continue;
        }
        let room = distance_to_outline(polygon, point);
        if best.is_none_or(|(most, _)| room > most) {
            best = Some((room, point));
        }
    }
    best.map(|(_, point)| point)
}

fn distance_to_outline(polygon: &Polygon, point: Point) -> f64 {
    let corners = polygon.corners();
    let edges = corners.iter().zip(corners.iter().cycle().skip(1));
    let distances = edges.map(|(a, b)| {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let along =
            ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
        let along = along.clamp(0.0, 1.0);
        (point.x - a.x - along * dx).hypot(point.y - a.y - along * dy)
    });
    distances.fold(f64::INFINITY, f64::min)
}
