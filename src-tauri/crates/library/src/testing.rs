//! Invented content for this crate's tests: a library in a folder of its own, issues in one line.

use camino::Utf8PathBuf;
use kanbao_newspaper::{Article, Block, Date, Decks, Point, Polygon};
use tempfile::TempDir;

use crate::{
    ArticleId, BlobHash, IssueId, Library, NewArticle, NewPicture, NewPublication, NewRegion, PageContent,
    PlannedPage, Publication, Resource,
};

pub(crate) const NOW: &str = "2026-11-24T06:00:00Z";

pub(crate) fn folder() -> (TempDir, Utf8PathBuf) {
    let guard = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(guard.path().to_owned()).unwrap();
    (guard, path)
}

pub(crate) fn library() -> (TempDir, Library) {
    let (guard, path) = folder();
    let library = Library::open(&path).unwrap();
    (guard, library)
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn subscribe(library: &Library, id: &str) -> Publication {
    let new = NewPublication {
        id: id.into(),
        name: if id == "slrb" { "示例日报" } else { "示例晚报" }.into(),
        family: "founder-classic".into(),
        url: format!("http://{id}.example/html/"),
    };
    library.subscribe(&new, NOW).unwrap()
}

pub(crate) fn resource(url: &str, blob: &BlobHash, issue: Option<IssueId>) -> Resource {
    Resource {
        url: url.into(),
        final_url: url.into(),
        content_type: Some("text/html".into()),
        etag: None,
        last_modified: None,
        blob: blob.clone(),
        bytes: 0,
        fetched: NOW.into(),
        issue,
    }
}

pub(crate) fn square(x: f64, y: f64, side: f64) -> Polygon {
    let corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)];
    Polygon::new(corners.map(|(x, y)| Point { x, y })).unwrap()
}

/// An issue to be kept. An article is called by its headline, and has a region on each page it is on.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    publication: String,
    date: Date,
    pages: Vec<(String, Vec<String>)>,
    texts: Vec<(String, String)>,
    pictures: Vec<(String, Option<BlobHash>)>,
    copyright: Option<String>,
}

impl Content {
    pub(crate) fn new(publication: &str, day: &str) -> Self {
        Self {
            publication: publication.into(),
            date: date(day),
            pages: Vec::new(),
            texts: Vec::new(),
            pictures: Vec::new(),
            copyright: None,
        }
    }

    /// Adds a page, or gives one that is there other articles.
    pub(crate) fn page(mut self, number: &str, articles: &[&str]) -> Self {
        let articles = articles.iter().map(|&article| article.to_owned()).collect();
        match self.pages.iter_mut().find(|(known, _)| known == number) {
            Some(page) => page.1 = articles,
            None => self.pages.push((number.into(), articles)),
        }
        self
    }

    pub(crate) fn text(mut self, article: &str, text: &str) -> Self {
        self.texts.push((article.into(), text.into()));
        self
    }

    pub(crate) fn picture(mut self, article: &str, blob: &BlobHash) -> Self {
        self.pictures.push((article.into(), Some(blob.clone())));
        self
    }

    pub(crate) fn missing_picture(mut self, article: &str) -> Self {
        self.pictures.push((article.into(), None));
        self
    }

    pub(crate) fn copyright(mut self, copyright: &str) -> Self {
        self.copyright = Some(copyright.into());
        self
    }

    fn address(&self, file: &str) -> String {
        format!("http://{}.example/html/{}/{file}.htm", self.publication, self.date)
    }

    pub(crate) fn plan(&self, library: &Library) -> IssueId {
        let pages: Vec<PlannedPage> = self
            .pages
            .iter()
            .map(|(number, _)| PlannedPage {
                number: number.clone(),
                name: format!("{number}要闻"),
                url: self.address(&format!("node_{number}")),
                pdf_url: None,
            })
            .collect();
        library.plan_issue(&self.publication, self.date, "", &self.address("node_1"), &pages, NOW).unwrap()
    }

    /// What a page is committed with; its blobs are kept by this.
    pub(crate) fn page_content(&self, library: &Library, number: &str) -> PageContent {
        let (_, articles) = self.pages.iter().find(|(known, _)| known == number).unwrap();
        let keep = |what: &str| {
            let bytes = format!("{what} of {} {} page {number}", self.publication, self.date);
            library.keep_blob(bytes.as_bytes()).unwrap()
        };
        let url = self.address(&format!("node_{number}"));
        PageContent {
            url,
            number: number.into(),
            name: format!("{number}要闻"),
            width: 350.0,
            height: 500.0,
            picture: Some(keep("picture")),
            pdf: Some(keep("PDF")),
            document: keep("document"),
            articles: articles.iter().map(|headline| self.article(headline)).collect(),
            regions: articles
                .iter()
                .enumerate()
                .map(|(place, headline)| NewRegion {
                    article_key: self.address(headline),
                    polygon: square(0.1, 0.1 * (place % 9) as f64, 0.1),
                })
                .collect(),
            copyright: self.copyright.clone(),
            warnings: Vec::new(),
            whole: true,
        }
    }

    fn article(&self, headline: &str) -> NewArticle {
        let written = self.texts.iter().rev().find(|(article, _)| article == headline);
        let text = written.map_or_else(|| format!("{headline}的第一段。"), |(_, text)| text.clone());
        let mut blocks = vec![Block::Paragraph { text }];
        let mut pictures = Vec::new();
        for (place, (_, blob)) in self.pictures.iter().filter(|(article, _)| article == headline).enumerate()
        {
            let url = format!("http://{}.example/{headline}_{place}.jpg", self.publication);
            blocks.push(Block::Picture { url: url.clone(), caption: format!("{headline}的插图") });
            pictures.push(NewPicture { url, blob: blob.clone() });
        }
        NewArticle {
            key: self.address(headline),
            url: self.address(headline),
            article: Article {
                decks: Decks { headline: headline.into(), ..Decks::default() },
                blocks,
                editor_mark: None,
            },
            pictures,
        }
    }

    pub(crate) fn commit(&self, library: &Library, issue: IssueId, number: &str) {
        library.commit_page(issue, &self.page_content(library, number)).unwrap();
    }

    /// Plans, commits every page, and settles without joining.
    pub(crate) fn keep(&self, library: &Library) -> IssueId {
        let issue = self.plan(library);
        for (number, _) in &self.pages {
            self.commit(library, issue, number);
        }
        library.settle_issue(issue, &[], NOW).unwrap();
        issue
    }
}

/// An issue's heads by headline, in reading order.
pub(crate) fn headlines(library: &Library, publication: &str, day: &str) -> Vec<(String, ArticleId)> {
    let issue = library.issue(publication, date(day)).unwrap().unwrap();
    issue.articles.into_iter().map(|article| (article.decks.headline, article.id)).collect()
}
