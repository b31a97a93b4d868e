//! A made-up newspaper site in a template of nobody's: the press's invented paper, in markup that no family of ours knows.

use std::collections::HashMap;
use std::fmt::Write as _;

use kanbao_newspaper::{Article, Block, Date};
use kanbao_press::{
    ArticleManifest, IssueManifest, Joint, PageManifest, Paper, PublishedArticle, PublishedIssue,
    PublishedPage, PublishedRegion,
};

/// Where the site has its front door.
pub const ENTRY: &str = "/hedeng/";

/// How the site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// With a list of pages and a calendar, in GB18030 that calls itself Big5.
    Listed,
    /// Without either: from page to page and from day to day.
    Walked,
    /// As listed, with the regions' elements called otherwise, and a number less to each page.
    Redesigned,
}

/// One day's paper as the site has it.
pub struct Day<'a> {
    pub date: Date,
    /// Which issue of the press is printed on it.
    pub issue: usize,
    pub design: Design,
    paper: &'a Paper,
}

impl<'a> Day<'a> {
    pub fn new(paper: &'a Paper, issue: usize, date: Date, design: Design) -> Self {
        Self { date, issue, design, paper }
    }

    fn manifest(&self) -> &IssueManifest {
        &self.paper.issues()[self.issue]
    }

    fn folder(&self) -> String {
        let date = self.date;
        format!("{ENTRY}i{:02}{:02}{:02}", date.year() % 100, date.month(), date.day())
    }

    fn page_path(&self, at: usize) -> String {
        format!("{}/sheet-{}.html", self.folder(), self.manifest().pages[at].number)
    }

    fn article_path(&self, id: u32) -> String {
        format!("{}/story-{id}.html", self.folder())
    }

    fn on_page<'m>(&'m self, page: &'m PageManifest) -> impl Iterator<Item = &'m ArticleManifest> {
        page.list.iter().filter_map(|id| self.manifest().article(*id))
    }

    /// What a reader of the site should find.
    pub fn published(&self) -> PublishedIssue {
        let manifest = self.manifest();
        let file = |name: &String| format!("{}/{name}", self.folder());
        let article = |article: &ArticleManifest| {
            let mut text = article.article.clone();
            for block in &mut text.blocks {
                if let Block::Picture { url, .. } = block {
                    *url = file(url);
                }
            }
            text.editor_mark = None;
            PublishedArticle {
                path: self.article_path(article.id),
                article: text,
                continues: article.part.map(|part| self.article_path(part.of)),
                repeats: article.part.is_some_and(|part| part.joint == Joint::Repeats),
            }
        };
        let page = |at: usize, page: &PageManifest| PublishedPage {
            path: self.page_path(at),
            number: page.number.clone(),
            name: page.name.clone(),
            picture: file(&page.thumbnail),
            large_picture: page.picture.as_ref().map(file),
            pdf: page.pdf.as_ref().map(file),
            regions: page
                .regions
                .iter()
                .map(|region| PublishedRegion {
                    article: self.article_path(region.article),
                    polygon: region.polygon.clone(),
                })
                .collect(),
            articles: self.on_page(page).map(article).collect(),
        };
        PublishedIssue {
            publication: manifest.publication.clone(),
            slug: manifest.slug.clone(),
            date: self.date,
            copyright: manifest.copyright.clone(),
            pages: manifest.pages.iter().enumerate().map(|(at, one)| page(at, one)).collect(),
        }
    }
}

/// The site's files by path, its days oldest first.
pub fn files(days: &[Day<'_>]) -> HashMap<String, Vec<u8>> {
    let mut files = HashMap::new();
    let newest = days.last().expect("a day");
    let door = format!(
        "<html><head><title>河灯</title></head><body><b class=gate data-go=\"{}\">今天的报</b></body></html>",
        newest.page_path(0)
    );
    files.insert(ENTRY.to_owned(), written(&door));
    if newest.design != Design::Walked {
        let mut months: HashMap<String, Vec<String>> = HashMap::new();
        for Day { date, .. } in days {
            let month = format!("{ENTRY}days/{:04}-{:02}.js", date.year(), date.month());
            months.entry(month).or_default().push(format!("'{:02}·{:02}'", date.month(), date.day()));
        }
        let script = |days: Vec<String>| written(&format!("var printed = [{}];", days.join(", ")));
        files.extend(months.into_iter().map(|(path, days)| (path, script(days))));
    }
    for (at, day) in days.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| days[before].page_path(0));
        for (place, page) in day.manifest().pages.iter().enumerate() {
            files.insert(day.page_path(place), written(&sheet(day, place, before.as_deref())));
            for article in day.on_page(page) {
                files.insert(day.article_path(article.id), written(&story(day, page, article)));
            }
        }
        for name in day.manifest().files() {
            let bytes = day.paper.file(day.issue, name).expect("the press has every file it names");
            files.insert(format!("{}/{name}", day.folder()), bytes.to_vec());
        }
    }
    files
}

/// As the site sends it: the label is wrong.
fn written(markup: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::GB18030.encode(markup);
    assert!(!lost, "GB18030 has every character");
    bytes.into_owned()
}

fn head(day: &Day<'_>) -> String {
    let date = day.date;
    format!(
        "<html><head><meta charset=\"big5\"><title>河灯</title></head><body><div class=mast><u>{}</u><em>{}. {}. {}</em></div>",
        day.manifest().publication,
        date.day(),
        date.month(),
        date.year()
    )
}

fn sheet(day: &Day<'_>, at: usize, before: Option<&str>) -> String {
    let manifest = day.manifest();
    let page = &manifest.pages[at];
    let mut markup = head(day);
    let _ = write!(
        markup,
        "<h5 class=sheet-no>{}</h5><h6 class=sheet-name>{}</h6>",
        page.number,
        escaped(&page.name)
    );
    let _ = write!(markup, "<span class=face data-src=\"{}\"></span>", page.thumbnail);
    if let Some(pdf) = &page.pdf {
        let _ = write!(markup, "<span class=print data-file=\"{pdf}\">打印</span>");
    }
    let spot = if day.design == Design::Redesigned { "zone" } else { "spot" };
    for region in &page.regions {
        let corners = region.polygon.corners().iter();
        let corners: Vec<String> = corners
            .map(|corner| format!("{{x:{:.3},y:{:.3}}}", corner.x * 100.0, corner.y * 100.0))
            .collect();
        let path = day.article_path(region.article);
        let _ = write!(
            markup,
            "<i class={spot} data-go=\"{path}\" data-outline=\"[{}]\"></i>",
            corners.join(",")
        );
    }
    markup.push_str("<ol class=contents>");
    for article in day.on_page(page) {
        let headline = escaped(&article.article.decks.headline.replace('\n', " "));
        let _ = write!(markup, "<li data-go=\"{}\"><b>{headline}</b></li>", day.article_path(article.id));
    }
    markup.push_str("</ol>");
    if day.design == Design::Walked {
        let mut turn = |class: &str, path: Option<String>| {
            if let Some(path) = path {
                let _ = write!(markup, "<s class={class} data-go=\"{path}\">翻</s>");
            }
        };
        turn("back", at.checked_sub(1).map(|before| day.page_path(before)));
        // The last page leads to itself, as some sites' do.
        turn("on", Some(day.page_path((at + 1).min(manifest.pages.len() - 1))));
        turn("yesterday", before.map(str::to_owned));
    } else {
        markup.push_str("<nav class=sheets>");
        for (place, other) in manifest.pages.iter().enumerate() {
            let pdf = other.pdf.as_ref().map(|pdf| format!(" data-file=\"{pdf}\"")).unwrap_or_default();
            let _ = write!(
                markup,
                "<button data-go=\"{}\"{pdf}><var>{}</var> {}</button>",
                day.page_path(place),
                other.number,
                escaped(&other.name)
            );
        }
        markup.push_str("</nav>");
    }
    let _ = write!(markup, "<address>{}</address></body></html>", escaped(&manifest.copyright));
    markup
}

fn story(day: &Day<'_>, page: &PageManifest, article: &ArticleManifest) -> String {
    let Article { decks, blocks, .. } = &article.article;
    let mut markup = head(day);
    let _ = write!(markup, "<h5 class=sheet-no>{}</h5><main>", page.number);
    for (class, words) in [
        ("over", &decks.kicker),
        ("head", &decks.headline),
        ("under", &decks.subheadline),
        ("by", &decks.byline),
    ] {
        if !words.is_empty() {
            let _ = write!(markup, "<dfn class={class}>{}</dfn>", escaped(words).replace('\n', "<br>"));
        }
    }
    markup.push_str("<section class=flow><p>放大 缩小 默认</p>");
    for block in blocks {
        match block {
            Block::Paragraph { text } | Block::EditorNote { text } => {
                let _ = write!(markup, "<p>　　{}</p>", escaped(text));
            }
            Block::Subheading { text } => {
                let _ = write!(markup, "<h4>{}</h4>", escaped(text));
            }
            Block::Picture { url, caption } => {
                let _ = write!(markup, "<img src=\"{url}\"><cite class=said>{}</cite>", escaped(caption));
            }
            Block::Table { rows } => {
                let mut table = String::new();
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
                    let _ = write!(table, "<tr><td>{}</td></tr>", cells.join("</td><td>"));
                }
                let _ = write!(markup, "<table>{table}</table>");
            }
        }
    }
    let _ = write!(
        markup,
        "<aside class=promo>读者还看了：河边的另一条路，比这一条要长得多。</aside></section></main><address>{}</address></body></html>",
        escaped(&day.manifest().copyright)
    );
    markup
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
