//! The papers as a site: a path and its headers in, an answer out, from a table of all there is.

use crate::fault::{Delivery, Fault, Faults, Newest, Place};
use crate::log::{Class, Entry, Log};
use crate::paper::Paper;
use crate::plan::{self, Names, PublishedIssue, Scene, compact, dated, monthly};
use crate::quirks::{Calendar, Ground, Index, Missing, Quirks, Robots, Skin, Validators};
use crate::skin;
use kanbao_newspaper::{Block, Date};
use kanbao_publisher::{Origin, OriginRequest, OriginResponse};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The smallest GIF there is: what every icon of the templates looks like.
const DOT: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// Where the program that posts its questions puts them.
const POSTED: &str = "/stdailynewspaperapi/uv/article/";

/// What stands at an address. Only what is in the table is ever answered with.
#[derive(Debug, Clone)]
enum Resource {
    Robots,
    House,
    FrontDoor(usize),
    /// Another address of the same host that a front door hands on to.
    HandOn(String),
    Refresh(usize, String),
    Calendar(usize, i16, i8),
    /// Every paper of one day; wrapped in a call where it is a script.
    Papers {
        date: Date,
        as_script: bool,
    },
    /// The newest issue of every paper, as JSON.
    NewestPapers,
    /// What a browser gets before its program has asked for the JSON.
    Shell,
    /// The same of a program that holds its paper's settings.
    Program(usize),
    /// The pages of an issue, for the program that posts.
    Editions(usize),
    /// `data.json`: pages, headlines and texts of an issue.
    DataList(usize),
    /// Every date of a paper, in one document.
    Years(usize),
    /// The newer generator's copy of the newest front page.
    Copy(usize),
    /// A copy of the issue's own front page, as `index.html` beside it.
    IssueCopy(usize),
    Page(usize, usize),
    Article(usize, u32),
    File(usize, String, Class),
    Furniture(&'static str),
}

impl Resource {
    fn class(&self) -> Class {
        match self {
            Self::Robots => Class::Robots,
            Self::House
            | Self::FrontDoor(_)
            | Self::HandOn(_)
            | Self::Refresh(..)
            | Self::Copy(_)
            | Self::NewestPapers
            | Self::Shell
            | Self::Program(_)
            | Self::Editions(_)
            | Self::DataList(_) => Class::Index,
            Self::Calendar(..) | Self::Papers { .. } | Self::Years(_) => Class::Calendar,
            Self::IssueCopy(_) | Self::Page(..) => Class::Page,
            Self::Article(..) => Class::Article,
            Self::File(_, _, class) => *class,
            Self::Furniture(_) => Class::Furniture,
        }
    }
}

/// One title of the house.
#[derive(Debug)]
struct Publication {
    slug: String,
    name: String,
    /// Places in [`Paper::issues`], oldest first.
    issues: Vec<usize>,
}

/// The papers served with one set of templates and one set of habits.
#[derive(Debug)]
pub struct Site {
    paper: Paper,
    skin: Skin,
    quirks: Quirks,
    names: Vec<Names>,
    publications: Vec<Publication>,
    table: HashMap<String, Resource>,
    published: Vec<PublishedIssue>,
    faults: Mutex<Faults>,
    log: Arc<Log>,
}

/// What answers before faults and validators have had their say.
struct Found {
    status: u16,
    content_type: String,
    location: Option<String>,
    body: Vec<u8>,
    /// When it was put there; only what is there has a date.
    modified: Option<Date>,
}

impl Site {
    pub fn new(paper: Paper, skin: Skin, quirks: Quirks) -> Self {
        let mut publications: Vec<Publication> = Vec::new();
        for (i, issue) in paper.issues().iter().enumerate() {
            match publications.iter_mut().find(|publication| publication.slug == issue.slug) {
                Some(publication) => publication.issues.push(i),
                None => publications.push(Publication {
                    slug: issue.slug.clone(),
                    name: issue.publication.clone(),
                    issues: vec![i],
                }),
            }
        }
        let names = plan::name(&paper, skin, &quirks);
        let mut site = Self {
            paper,
            skin,
            quirks,
            names,
            publications,
            table: HashMap::new(),
            published: Vec::new(),
            faults: Mutex::default(),
            log: Arc::default(),
        };
        site.table = site.lay_out();
        site.published = (0..site.paper.issues().len()).map(|issue| site.scene(issue).published()).collect();
        site
    }

    /// What a reader of this site should find, by publication and date, oldest first.
    pub fn published(&self) -> &[PublishedIssue] {
        &self.published
    }

    /// The issue of a date, as a reader should find it.
    pub fn issue(&self, slug: &str, date: Date) -> Option<&PublishedIssue> {
        self.published.iter().find(|issue| issue.slug == slug && issue.date == date)
    }

    /// Slug and name of every title of the house.
    pub fn papers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.publications.iter().map(|publication| (publication.slug.as_str(), publication.name.as_str()))
    }

    /// The address that leads to a title's newest issue.
    pub fn front_door(&self, slug: &str) -> String {
        match self.skin.ground() {
            Ground::PaperIndex => format!("/{slug}/content/PaperIndex.htm"),
            Ground::Json => format!("/szb_223187/szblb/index.html?paperName={slug}"),
            Ground::Posted => format!("/statics/{slug}-site/index.html"),
            Ground::Journal => format!("/staticsg/res/html/journal/index.html?code={slug}"),
            _ => format!("/{slug}/paperindex.htm"),
        }
    }

    /// Every address that answers with something of the papers.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(String::as_str)
    }

    pub fn log(&self) -> &Arc<Log> {
        &self.log
    }

    /// Makes something go wrong from now on. Of several faults in one place the first set strikes first.
    pub fn set_fault(&self, place: Place, fault: Fault) {
        self.faults().struck.push((place, fault));
    }

    pub fn set_newest(&self, newest: Newest) {
        self.faults().newest = newest;
    }

    /// All is well again.
    pub fn clear_faults(&self) {
        *self.faults() = Faults::default();
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn scene(&self, issue: usize) -> Scene<'_> {
        let manifest = &self.paper.issues()[issue];
        Scene {
            skin: self.skin,
            quirks: &self.quirks,
            issue: manifest,
            names: &self.names[issue],
            previous: self.before(issue).map(|before| self.paper.issues()[before].date),
            is_copy: false,
        }
    }

    /// The issue before this one of the same title.
    fn before(&self, issue: usize) -> Option<usize> {
        let slug = &self.paper.issues()[issue].slug;
        issue.checked_sub(1).filter(|&before| self.paper.issues()[before].slug == *slug)
    }

    fn lay_out(&self) -> HashMap<String, Resource> {
        let mut table = HashMap::new();
        if self.quirks.robots != Robots::Absent {
            table.insert("/robots.txt".to_owned(), Resource::Robots);
        }
        for path in ["/", "/index.htm"] {
            table.insert(path.to_owned(), Resource::House);
        }
        for (i, publication) in self.publications.iter().enumerate() {
            let at = |file: &str| format!("/{}/{file}", publication.slug);
            table.insert(at("paperindex.htm"), Resource::FrontDoor(i));
            if self.quirks.redirects {
                table.insert(format!("/{}", publication.slug), Resource::HandOn(at("")));
                table.insert(at(""), Resource::HandOn(at("index.htm")));
                table.insert(at("index.htm"), Resource::Refresh(i, "paperindex.htm".to_owned()));
            } else {
                table.insert(at(""), Resource::FrontDoor(i));
                table.insert(at("index.htm"), Resource::FrontDoor(i));
            }
            for file in skin::FURNITURE {
                table.insert(at(&format!("tplimg/{file}")), Resource::Furniture(file));
            }
            for &issue in &publication.issues {
                let date = self.paper.issues()[issue].date;
                let has_months = !matches!(self.skin.ground(), Ground::Posted | Ground::DataList);
                if self.quirks.calendar != Calendar::Absent && has_months {
                    let month = match self.skin.ground() {
                        Ground::Newer => format!("pc/layout/{}", monthly(date)),
                        Ground::Cloud => dated(date),
                        _ => format!("html/{}", dated(date)),
                    };
                    let month = format!("{}/period.xml", &month[..month.len() - 3]);
                    table.insert(at(&month), Resource::Calendar(i, date.year(), date.month()));
                }
                self.lay_out_issue(issue, &mut table);
            }
        }
        table
    }

    /// What only some families have beside their pages, articles and files.
    fn lay_out_extras(&self, issue: usize, table: &mut HashMap<String, Resource>) {
        let manifest = &self.paper.issues()[issue];
        let scene = self.scene(issue);
        let slug = &manifest.slug;
        let publication = self.publications.iter().position(|publication| publication.slug == *slug);
        let Some(publication) = publication else { return };
        match self.skin.ground() {
            Ground::Newer => {
                table.insert(format!("/{slug}/pc/layout/index.html"), Resource::Copy(publication));
                table.insert(format!("{}index.html", scene.folder()), Resource::IssueCopy(issue));
                let day = format!("/{slug}/pc/papersInfo/{}", compact(manifest.date));
                for (extension, as_script) in [("xml", false), ("js", true)] {
                    let papers = Resource::Papers { date: manifest.date, as_script };
                    table.insert(format!("{day}.{extension}"), papers);
                }
            }
            Ground::PaperIndex => {
                let index = format!("{}IssueIndex.htm", scene.folder());
                table.insert(index, Resource::Refresh(publication, self.names[issue].pages[0].clone()));
                let door = format!("/{slug}/content/PaperIndex.htm");
                table.insert(door, Resource::FrontDoor(publication));
                // The folders themselves are forbidden.
                for path in
                    [format!("/{slug}/"), format!("/{slug}/index.htm"), format!("/{slug}/paperindex.htm")]
                {
                    table.remove(&path);
                }
            }
            Ground::Json => {
                table.insert("/api-paper/api/newestPaper".to_owned(), Resource::NewestPapers);
                for shell in ["szblb", "szbxq"] {
                    table.insert(format!("/szb_223187/{shell}/index.html"), Resource::Shell);
                }
                for path in
                    [format!("/{slug}/"), format!("/{slug}/index.htm"), format!("/{slug}/paperindex.htm")]
                {
                    table.remove(&path);
                }
            }
            Ground::Posted => {
                let shell = format!("/statics/{slug}-site/index.html");
                table.insert(shell, Resource::Program(publication));
                for path in
                    [format!("/{slug}/"), format!("/{slug}/index.htm"), format!("/{slug}/paperindex.htm")]
                {
                    table.remove(&path);
                }
            }
            Ground::DataList => {
                table.insert(format!("{}data.json", scene.folder()), Resource::DataList(issue));
                table.insert(format!("/{slug}/period/yearMonthDay.json"), Resource::Years(publication));
            }
            Ground::Journal => {
                table.insert("/journal/list.do".to_owned(), Resource::NewestPapers);
                for shell in ["index", "detail"] {
                    table.insert(format!("/staticsg/res/html/journal/{shell}.html"), Resource::Shell);
                }
                for path in
                    [format!("/{slug}/"), format!("/{slug}/index.htm"), format!("/{slug}/paperindex.htm")]
                {
                    table.remove(&path);
                }
            }
            _ => {}
        }
    }

    /// Where a page's document stands, which need not be the address that people see.
    fn page_address(&self, issue: usize, page: usize) -> String {
        let scene = self.scene(issue);
        let (date, slug, number) = (scene.issue.date, &scene.issue.slug, &scene.issue.pages[page].number);
        match self.skin.ground() {
            Ground::Journal => format!("/journal/{date}/getJournalPage.do?page={number}&code={slug}"),
            _ => without_fragment(&scene.page_path(page)).to_owned(),
        }
    }

    fn article_address(&self, issue: usize, id: u32) -> String {
        let scene = self.scene(issue);
        match self.skin.ground() {
            Ground::Journal => {
                let number = scene.article_file(id).rsplit('=').next().unwrap_or_default();
                format!("/journal/getJournalPageArticle.do?id={number}")
            }
            _ => scene.article_path(id),
        }
    }

    /// What answers a question that is posted.
    fn answer_of(&self, path: &str, body: &[u8]) -> Option<Resource> {
        let endpoint = path.strip_prefix(POSTED)?;
        let body: serde_json::Value = serde_json::from_slice(body).ok()?;
        let code = body["code"].as_str()?.to_ascii_lowercase();
        let publication = self.publications.iter().position(|publication| publication.slug == code)?;
        let issues = &self.publications[publication].issues;
        let date = |name: &str| body[name].as_str().and_then(|date| date.parse::<Date>().ok());
        match endpoint {
            "period/date" => {
                let month = date("date")?;
                Some(Resource::Calendar(publication, month.year(), month.month()))
            }
            "period/periodTime" => {
                let date = date("periodTime")?;
                let of_date = |&&issue: &&usize| self.paper.issues()[issue].date == date;
                // For a day without an issue it answers with the newest one's.
                issues.iter().find(of_date).or(issues.last()).map(|&issue| Resource::Editions(issue))
            }
            "article/editionId" => {
                let id = body["id"].as_str()?;
                issues.iter().find_map(|&issue| {
                    let scene = self.scene(issue);
                    let page = scene.issue.pages.iter().position(|page| skin::edition(&scene, page) == id)?;
                    Some(Resource::Page(issue, page))
                })
            }
            "article/articleId" => {
                let id = body["id"].as_u64()?.to_string();
                issues.iter().find_map(|&issue| {
                    let (article, _) = self.names[issue].articles.iter().find(|(_, file)| **file == id)?;
                    Some(Resource::Article(issue, *article))
                })
            }
            _ => None,
        }
    }

    fn lay_out_issue(&self, issue: usize, table: &mut HashMap<String, Resource>) {
        let scene = self.scene(issue);
        self.lay_out_extras(issue, table);
        for (i, page) in scene.issue.pages.iter().enumerate() {
            // Where everything is posted for, a page has no address of its own.
            if self.skin.ground() != Ground::Posted {
                table.insert(self.page_address(issue, i), Resource::Page(issue, i));
            }
            let mut file = |name: &String, class: Class| {
                table.insert(scene.page_file_path(page, name), Resource::File(issue, name.clone(), class));
            };
            file(&page.thumbnail, Class::Thumbnail);
            page.pdf.iter().for_each(|name| file(name, Class::Pdf));
            page.picture.iter().for_each(|name| file(name, Class::PagePicture));
        }
        for article in &scene.issue.articles {
            if !matches!(self.skin.ground(), Ground::Json | Ground::Posted) {
                table.insert(self.article_address(issue, article.id), Resource::Article(issue, article.id));
            }
            for block in &article.article.blocks {
                if let Block::Picture { url, .. } = block {
                    let path = scene.picture_path(url);
                    if self.skin.ground() == Ground::Newer {
                        let copy = Resource::File(issue, url.clone(), Class::Picture);
                        table.insert(format!("{path}.2"), copy);
                    }
                    table.insert(path, Resource::File(issue, url.clone(), Class::Picture));
                }
            }
        }
    }

    fn is_newest(&self, issue: usize) -> bool {
        self.publications.iter().any(|publication| publication.issues.last() == Some(&issue))
    }

    /// Answers, and says how the answer should travel. The answer's body is whole either way.
    pub(crate) fn answer(&self, request: &OriginRequest<'_>) -> (OriginResponse, Delivery) {
        let path = request.path.split(['?', '#']).next().unwrap_or_default();
        let posted = request.posted.and_then(|body| self.answer_of(path, body));
        let resource = match request.posted {
            Some(_) => posted.as_ref(),
            // Some sites tell their documents apart by the query.
            None => self.table.get(request.path).or_else(|| self.table.get(path)),
        };
        let class = resource.map_or(Class::Stray, Resource::class);
        let (newest, fault, bare) = {
            let mut faults = self.faults();
            (faults.newest, faults.strike(class, path), faults.without_validators(class, path))
        };
        let mut delivery = Delivery::Whole;
        let response = match fault {
            Some(Fault::Status { status, retry_after, .. }) => {
                let mut headers = vec![("Content-Type".to_owned(), "text/html".to_owned())];
                headers.extend(retry_after.map(|seconds| ("Retry-After".to_owned(), seconds.to_string())));
                OriginResponse { status, headers, body: format!("<h1>{status}</h1>\n").into_bytes() }
            }
            Some(Fault::Redirect(to)) => self.respond_with(redirect(to), request, true),
            Some(Fault::Missing) => self.respond_with(self.missing(path), request, bare),
            _ if request.posted.is_some() && !path.starts_with(POSTED) => {
                OriginResponse { status: 405, headers: Vec::new(), body: Vec::new() }
            }
            _ if request.posted.is_some() && request.header("x-requested-with").is_none() => {
                let refused = plain("application/json", skin::NO_ACCESS.as_bytes().to_vec());
                self.respond_with(refused, request, bare)
            }
            travels => {
                match travels {
                    Some(Fault::Slow(time)) => delivery = Delivery::Slow(time),
                    Some(Fault::Stalled) => delivery = Delivery::Stalled,
                    Some(Fault::Truncated { .. }) => delivery = Delivery::Truncated,
                    Some(Fault::Dropped { .. }) => delivery = Delivery::Dropped,
                    _ => {}
                }
                let found = resource.and_then(|resource| self.find(resource, newest));
                let mut found = found.unwrap_or_else(|| self.missing(path));
                if matches!(travels, Some(Fault::Halved)) {
                    found.body.truncate(found.body.len() / 2);
                }
                self.respond_with(found, request, bare)
            }
        };
        self.log.note(Entry {
            path: request.path.to_owned(),
            class,
            status: response.status,
            bytes: response.body.len(),
            conditional: ["if-none-match", "if-modified-since"]
                .iter()
                .any(|name| request.header(name).is_some()),
            user_agent: request.header("user-agent").map(str::to_owned),
        });
        (response, delivery)
    }

    fn respond_with(&self, found: Found, request: &OriginRequest<'_>, bare: bool) -> OriginResponse {
        let mut headers = vec![("Content-Type".to_owned(), found.content_type)];
        headers.extend(found.location.map(|to| ("Location".to_owned(), to)));
        let mut response = OriginResponse { status: found.status, headers, body: found.body };
        let Some(modified) = found.modified.filter(|_| !bare && self.quirks.validators != Validators::Absent)
        else {
            return response;
        };
        // Papers are built in the night before they are printed.
        let modified = modified.strftime("%a, %d %b %Y 02:10:00 GMT").to_string();
        let etag = (self.quirks.validators == Validators::Both).then(|| {
            let mut hasher = DefaultHasher::new();
            response.body.hash(&mut hasher);
            format!("\"{:x}-{:x}\"", response.body.len(), hasher.finish())
        });
        let asked = match (&etag, request.header("if-none-match")) {
            (Some(etag), Some(known)) => known.split(',').any(|known| known.trim() == etag),
            // An older front page may lead back a day, so only the very date that was sent is unchanged.
            _ => request.header("if-modified-since") == Some(modified.as_str()),
        };
        response.headers.push(("Last-Modified".to_owned(), modified));
        response.headers.extend(etag.map(|etag| ("ETag".to_owned(), etag)));
        if asked {
            response.status = 304;
            response.body.clear();
        }
        response
    }

    fn find(&self, resource: &Resource, newest: Newest) -> Option<Found> {
        let issues = self.paper.issues();
        match resource {
            Resource::Robots => Some(plain("text/plain", self.robots().into_bytes())),
            Resource::House => {
                let papers = self.papers().map(|(slug, name)| (self.front_door(slug), name));
                let papers: Vec<_> = papers.collect();
                Some(self.document(&skin::house(&self.quirks, &papers), None))
            }
            Resource::HandOn(to) => Some(redirect(to.clone())),
            Resource::Refresh(publication, to) => {
                let name = &self.publications[*publication].name;
                Some(self.document(&skin::front_door(&self.quirks, Index::MetaRefresh, name, to), None))
            }
            Resource::FrontDoor(publication) => {
                let publication = &self.publications[*publication];
                // A paper whose only issue is not out yet leads to where it will be.
                let mut issues_back = publication.issues.iter().rev().copied();
                let last = issues_back.next()?;
                let issue = match newest {
                    Newest::Published | Newest::Stale => last,
                    Newest::Unpublished => issues_back.next().unwrap_or(last),
                };
                let (date, first) = (issues[issue].date, &self.names[issue].pages[0]);
                let target = match self.skin.ground() {
                    Ground::Classic => format!("html/{}/{first}", dated(date)),
                    Ground::Newer => "pc/layout/index.html".to_owned(),
                    Ground::Cloud => format!("{}/{first}", dated(date)),
                    Ground::PaperIndex => format!("{}/IssueIndex.htm", compact(date)),
                    // These families' doors are shells.
                    Ground::Json | Ground::Posted | Ground::Journal => String::new(),
                    Ground::DataList => format!("html/{}/{}/{first}", date.year(), compact(date)),
                    Ground::OlderJournal => format!("journal/{date}/{first}"),
                    Ground::Flipbook => format!("{}/{first}", monthly(date)),
                    Ground::Mobile => format!("./mobile/{}/{}/{first}", date.year(), compact(date)),
                };
                if self.quirks.index == Index::Redirect {
                    return Some(redirect(format!("/{}/{target}", publication.slug)));
                }
                let door = skin::front_door(&self.quirks, self.quirks.index, &publication.name, &target);
                Some(self.document(&door, Some(issues[issue].date)))
            }
            Resource::Calendar(publication, year, month) => {
                self.calendar(*publication, *year, *month, newest)
            }
            Resource::Shell => Some(self.document(skin::JSON_SHELL, None)),
            Resource::Program(publication) => {
                let Publication { slug, name, .. } = &self.publications[*publication];
                Some(self.document(&skin::program_shell(slug, name), None))
            }
            Resource::Editions(issue) => {
                let shown = self.out(*issue, newest).or_else(|| self.before(*issue))?;
                let json = skin::editions(&self.scene(shown)).into_bytes();
                Some(Found { modified: Some(issues[shown].date), ..plain("application/json", json) })
            }
            Resource::DataList(issue) => {
                let issue = self.out(*issue, newest)?;
                let json = skin::data_list(&self.scene(issue)).into_bytes();
                Some(Found { modified: Some(issues[issue].date), ..plain("application/json", json) })
            }
            Resource::Years(publication) => {
                let out = self.publications[*publication].issues.iter();
                let dates: Vec<Date> = out
                    .filter_map(|&issue| self.out(issue, newest))
                    .map(|issue| issues[issue].date)
                    .collect();
                let json = skin::years(&dates).into_bytes();
                Some(Found { modified: dates.last().copied(), ..plain("application/json", json) })
            }
            Resource::NewestPapers => {
                let newest = self.publications.iter().filter_map(|publication| {
                    let mut back = publication.issues.iter().rev();
                    let last = back.next()?;
                    let issue =
                        if newest == Newest::Unpublished { back.next().unwrap_or(last) } else { last };
                    Some((publication.name.as_str(), publication.slug.as_str(), issues[*issue].date))
                });
                let json = match self.skin.ground() {
                    Ground::Journal => skin::newest_journals(newest),
                    _ => skin::newest_papers(newest),
                };
                Some(plain("application/json", json.into_bytes()))
            }
            Resource::Papers { date, as_script } => Some(self.papers_of(*date, *as_script, newest)),
            Resource::Copy(publication) => {
                let mut back = self.publications[*publication].issues.iter().rev().copied();
                let last = back.next()?;
                let issue = if newest == Newest::Published { last } else { back.next().unwrap_or(last) };
                let scene = Scene { is_copy: true, ..self.scene(issue) };
                Some(self.document(&skin::page(&scene, 0), Some(issues[issue].date)))
            }
            Resource::IssueCopy(issue) => self.find(&Resource::Page(*issue, 0), newest),
            Resource::Page(issue, page) => {
                let shown = match newest {
                    Newest::Stale if self.is_newest(*issue) => self.before(*issue)?,
                    _ => self.out(*issue, newest)?,
                };
                let file = &self.names[*issue].pages[*page];
                let page = self.names[shown].pages.iter().position(|name| name == file)?;
                let scene = self.scene(shown);
                let document = skin::page(&scene, page);
                if matches!(self.skin.ground(), Ground::Json | Ground::Posted | Ground::Journal) {
                    let json = plain("application/json", document.into_bytes());
                    return Some(Found { modified: Some(issues[shown].date), ..json });
                }
                Some(self.document(&document, Some(issues[shown].date)))
            }
            Resource::Article(issue, id) => {
                let issue = self.printed(*issue, newest)?;
                let article = issues[issue].article(*id)?;
                if matches!(self.skin.ground(), Ground::Posted | Ground::Journal) {
                    let json = skin::article(&self.scene(issue), article).into_bytes();
                    return Some(Found {
                        modified: Some(issues[issue].date),
                        ..plain("application/json", json)
                    });
                }
                Some(self.document(&skin::article(&self.scene(issue), article), Some(issues[issue].date)))
            }
            Resource::File(issue, name, class) => {
                let issue = self.printed(*issue, newest)?;
                let body = self.paper.file(issue, name)?.to_vec();
                let content_type = match (class, extension(name)) {
                    (Class::Pdf, _) => "application/pdf",
                    (_, "png") => "image/png",
                    _ => "image/jpeg",
                };
                Some(Found { modified: Some(issues[issue].date), ..plain(content_type, body) })
            }
            Resource::Furniture(file) => Some(match extension(file) {
                "gif" => plain("image/gif", DOT.to_vec()),
                "css" => plain("text/css", b"body{margin:0}\n".to_vec()),
                _ => plain("application/x-javascript", b"function initialize(){}\n".to_vec()),
            }),
        }
    }

    /// `papersInfo`: every paper of a day with its pages.
    fn papers_of(&self, date: Date, as_script: bool, newest: Newest) -> Found {
        let issues = (0..self.paper.issues().len()).filter(|&issue| self.paper.issues()[issue].date == date);
        let scenes: Vec<Scene<'_>> =
            issues.filter_map(|issue| self.out(issue, newest)).map(|issue| self.scene(issue)).collect();
        let xml = skin::papers_info(&scenes);
        if as_script {
            let argument = serde_json::to_string(&xml).unwrap_or_default();
            let script = format!("paperinfo({argument});");
            return Found { modified: Some(date), ..plain("application/javascript", script.into_bytes()) };
        }
        Found { modified: Some(date), ..plain("text/xml", xml.into_bytes()) }
    }

    /// The issue, if it is out.
    fn out(&self, issue: usize, newest: Newest) -> Option<usize> {
        (newest != Newest::Unpublished || !self.is_newest(issue)).then_some(issue)
    }

    /// The issue, if its own articles and files are there.
    fn printed(&self, issue: usize, newest: Newest) -> Option<usize> {
        (newest == Newest::Published || !self.is_newest(issue)).then_some(issue)
    }

    fn robots(&self) -> String {
        match self.quirks.robots {
            Robots::Absent => String::new(),
            Robots::Allow => "User-agent: *\r\nDisallow: /tplimg/\r\nAllow: /\r\n".to_owned(),
            Robots::CrawlDelay(seconds) => {
                format!("User-agent: *\r\nCrawl-delay: {seconds}\r\nDisallow:\r\n")
            }
            Robots::Disallow => "User-agent: *\r\nDisallow: /\r\n".to_owned(),
        }
    }

    fn calendar(&self, publication: usize, year: i16, month: i8, newest: Newest) -> Option<Found> {
        let of_month = |date: Date| (date.year(), date.month()) == (year, month);
        let entries = |at: usize| -> Vec<(Date, usize)> {
            let out = self.publications[at].issues.iter().filter_map(|&issue| self.out(issue, newest));
            let dates = out.map(|issue| self.paper.issues()[issue].date).filter(|&date| of_month(date));
            dates.map(|date| (date, at + 1)).collect()
        };
        let own = entries(publication);
        if self.skin.ground() == Ground::Posted {
            let dates: Vec<Date> = own.iter().map(|(date, _)| *date).collect();
            return Some(plain("application/json", skin::dates(&dates).into_bytes()));
        }
        let (first, last) = (own.first()?.0, own.last()?.0);
        let mut neighbours = Vec::new();
        if self.quirks.calendar == Calendar::Shared {
            let others = (0..self.publications.len()).filter(|&other| other != publication);
            neighbours.extend(others.flat_map(entries));
            // Another paper printed on a day on which this one did not.
            let earlier = first.yesterday().ok().filter(|&date| of_month(date));
            neighbours.extend(earlier.map(|date| (date, self.publications.len() + 1)));
        }
        let xml = match self.skin.ground() {
            Ground::Newer | Ground::Cloud => {
                let front = |_: Date, paper: usize| {
                    // A neighbour's front page has a name of its own.
                    let first = self.publications[publication].issues.first();
                    let ours = first.map(|&issue| self.names[issue].pages[0].clone()).unwrap_or_default();
                    if paper == publication + 1 { ours } else { format!("{paper}__01.html") }
                };
                skin::newer_calendar(&own, &neighbours, front)
            }
            _ => skin::calendar(&own, &neighbours),
        };
        Some(Found { modified: Some(last), ..plain("text/xml", xml.into_bytes()) })
    }

    fn missing(&self, path: &str) -> Found {
        let slug = path.split('/').nth(1).unwrap_or_default();
        let publication = self.publications.iter().find(|publication| publication.slug == slug);
        match (self.quirks.missing, publication) {
            (Missing::Shell, Some(publication)) if extension(path).starts_with("htm") => {
                self.document(&skin::shell(&self.quirks, &publication.name), None)
            }
            (Missing::FrontDoor, Some(publication)) if extension(path) == "htm" => {
                redirect(format!("/{}/paperindex.htm", publication.slug))
            }
            _ => {
                let body = b"<html>\r\n<head><title>404 Not Found</title></head>\r\n<body><center><h1>404 Not Found</h1></center></body>\r\n</html>\r\n";
                Found { status: 404, ..plain("text/html", body.to_vec()) }
            }
        }
    }

    fn document(&self, text: &str, modified: Option<Date>) -> Found {
        let charset = self.quirks.charset;
        let content_type = if self.quirks.charset_in_header {
            format!("text/html; charset={}", charset.label())
        } else {
            "text/html".to_owned()
        };
        Found { status: 200, content_type, location: None, body: charset.encode(text), modified }
    }
}

impl Origin for Site {
    fn respond(&self, request: &OriginRequest<'_>) -> OriginResponse {
        self.answer(request).0
    }
}

fn redirect(to: String) -> Found {
    Found { status: 302, location: Some(to), ..plain("text/html", b"<h1>302 Found</h1>\n".to_vec()) }
}

fn without_fragment(path: &str) -> &str {
    path.split('#').next().unwrap_or_default()
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn plain(content_type: &str, body: Vec<u8>) -> Found {
    Found { status: 200, content_type: content_type.to_owned(), location: None, body, modified: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::quirks::{Charset, FrameSize, LargePicture};
    use kanbao_newspaper::continuation::{Joint, Part, joints};
    use scraper::{Html, Selector};
    use std::collections::BTreeSet;
    use url::Url;

    const SKINS: [Skin; 3] = [Skin::Div, Skin::Table, Skin::People];
    const ALL_SKINS: &[Skin] = &[
        Skin::Div,
        Skin::Table,
        Skin::People,
        Skin::Swiper,
        Skin::Chunk,
        Skin::Layoutlist,
        Skin::Navlist,
        Skin::Webtree,
        Skin::Catalogue,
        Skin::PaperIndex,
        Skin::Daoxiang,
        Skin::Mobile,
    ];
    const DAYS: [&str; 4] = ["slrb/2026-10-31", "slrb/2026-11-22", "slrb/2026-11-23", "slwb/2026-11-23"];

    fn site_with(skin: Skin, change: impl FnOnce(&mut Quirks)) -> Site {
        let mut quirks = Quirks::usual(skin);
        change(&mut quirks);
        Site::new(fixture::paper(&DAYS), skin, quirks)
    }

    fn ask(site: &Site, path: &str, headers: &[(&str, &str)]) -> OriginResponse {
        let headers: Vec<_> = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        site.respond(&OriginRequest { path, headers: &headers, posted: None })
    }

    fn text(site: &Site, path: &str) -> String {
        let response = ask(site, path, &[]);
        assert_eq!(response.status, 200, "{path}");
        let (gbk, utf8) = (encoding_rs::GB18030, encoding_rs::UTF_8);
        let encoding = match site.quirks.charset {
            Charset::Gbk | Charset::GbkCalledUtf8 | Charset::Gb18030 => gbk,
            _ => utf8,
        };
        let (text, _, wrong) = encoding.decode(&response.body);
        assert!(!wrong, "{path} is not {encoding:?}");
        text.into_owned()
    }

    fn sent<'a>(response: &'a OriginResponse, name: &str) -> Option<&'a str> {
        response.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn newest(site: &Site) -> &PublishedIssue {
        site.issue("slrb", "2026-11-23".parse().unwrap()).unwrap()
    }

    fn selected(document: &str, selector: &str) -> Vec<String> {
        let parsed = Html::parse_document(document);
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        parsed
            .select(&Selector::parse(selector).unwrap())
            .map(|element| words(element.text().collect()))
            .collect()
    }

    #[test]
    fn each_skin_writes_what_its_sites_are_known_for() {
        let cases: [(Skin, bool, &[&str]); 6] = [
            (
                Skin::Div,
                false,
                &[
                    "USEMAP=#PagePicMap",
                    "<MAP NAME=\"pagepicmap\"><Area coords=\"18,100,",
                    "border=0 width=350 height=500 USEMAP",
                    "<a id=pageLink href=./node_2.htm>第01版：要闻</a>",
                    "<a id=pageLink href=node_3.htm>第02版：综合</a>",
                    "<a id=pageLink href=node_5.htm>",
                    "<a class=preart href=\"node_3.htm\"><span style='font-size:12px;font-family:webdings'>4</span>下一版</a>",
                    "<a class=preart href=\"../22/node_2.htm\"><FONT face=Webdings>3</FONT>上一期</a>",
                    "今日关注",
                    "2026年11月23日　星期<font class=weekday>一</font>",
                    "<a href=../../../images/2026-11/23/01/01.pdf><IMG",
                    "</html>\n<!--enpproperty <founder-date>2026-11-23 23:59:59</founder-date><founder-pagenum>01</founder-pagenum>",
                ],
            ),
            (
                Skin::Div,
                true,
                &[
                    "<h2 class=\"leading_title\">沿河新事</h2>",
                    "<!--enpcontent--><P>　　第一段",
                    "<p class=tushuo>书屋一角。</p>",
                ],
            ),
            (
                Skin::Table,
                false,
                &[
                    "USEMAP=#PagePicMap",
                    "第01版:<STRONG>要闻</STRONG>",
                    "<span style='font-family:webdings'>4</span>下一版",
                    "?div=0\">",
                    "?div=-1\">",
                    "<DIV id=bmdh",
                    "<DIV id=btdh",
                    "charset=gb2312",
                    "352,100,",
                ],
            ),
            (
                Skin::Table,
                true,
                &[
                    "<TD class=font02 align=center><!--<npm:article-pretitle>-->沿河新事",
                    "<TD class=font01 align=center><founder-title>",
                    "一座楼<br>两条街",
                    "<TABLE id=newspic",
                    "<DIV id=ozoom",
                    "朗读",
                    "分享到",
                    "用户名",
                    "短信订阅",
                    "<map name=PagePicMap>",
                ],
            ),
            (
                Skin::People,
                false,
                &[
                    "<map name=PagePicMap>",
                    "width=400 height=575 src=..\\..\\..\\images\\2026-11\\23\\01\\01_b.jpg border=0 USEMAP=#PagePicMap",
                    "document.write(view(\"桥上设了长椅  \"))",
                    "coords=\"null\"",
                    "<a id=pageLink href=./nbs.D110000slrb_01.htm>第01版：要闻</a>",
                    "nw.D110000slrb_20261123_2-01.htm",
                    "class=\"right_title-pdf\"",
                    "goPrePeriod()",
                ],
            ),
            (
                Skin::People,
                true,
                &[
                    "<h3>沿河新事</h3>",
                    "<h1>书屋开门</h1>",
                    "<h4>本报记者 示例</h4>",
                    "class=\"pci_c\"",
                    "id=\"articleContent\"",
                    "<div class=\"lai\">",
                ],
            ),
        ];
        for (skin, of_article, marks) in cases {
            let site = site_with(skin, |_| {});
            let page = &newest(&site).pages[0];
            let article = page.articles.iter().find(|a| !a.article.decks.kicker.is_empty()).unwrap();
            let document = text(&site, if of_article { &article.path } else { &page.path });
            for mark in marks {
                assert!(document.contains(mark), "{skin:?}: no {mark:?} in\n{document}");
            }
        }
    }

    #[test]
    fn an_issue_may_be_one_json_document() {
        let site = site_with(Skin::Json, |_| {});
        let value = |path: &str| -> serde_json::Value {
            serde_json::from_slice(&ask(&site, path, &[]).body).unwrap()
        };
        let newest = value("/api-paper/api/newestPaper");
        assert_eq!(newest["data"][0]["paperData"], "2026-11-23");
        let issue = value("/_szb/slrb/2026/11/23/index.json");
        assert_eq!(issue["paperInfo"][0]["paperBk"], "要闻");
        let first = &issue["paperInfo"][0]["xyList"][1];
        assert_eq!(
            (first["title"].as_str(), first["title2"].as_str()),
            (Some("书屋开门"), Some("一座楼<br/>两条街"))
        );
        assert!(first["content"].as_str().unwrap().contains("../../../res/20261123/101_1.jpg"));
        let article = site.issue("slrb", "2026-11-23".parse().unwrap()).unwrap().articles().nth(1).unwrap();
        assert!(article.path.ends_with(&format!("articleid={}", first["id"])), "{}", article.path);
        assert!(text(&site, &article.path).contains("id=\"app\""));
    }

    /// Follows every link from the front doors on; what it finds it also asks for.
    fn crawl(site: &Site) -> BTreeSet<String> {
        let mut known: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
        let mut queue: Vec<String> = known.iter().cloned().collect();
        while let Some(path) = queue.pop() {
            let response = ask(site, &path, &[]);
            let here = Url::parse(&format!("http://press.test{path}")).unwrap();
            let skin = site.skin;
            assert!(matches!(response.status, 200 | 302), "{skin:?} {path}: {}", response.status);
            let mut found: Vec<String> = sent(&response, "Location").map(str::to_owned).into_iter().collect();
            if sent(&response, "Content-Type").is_some_and(|kind| kind.starts_with("text/html")) {
                found.extend(targets(&encoding_rs::GB18030.decode(&response.body).0));
            }
            let found = found.iter().map(|target| here.join(target).unwrap());
            let own = found.filter(|url| url.host_str() == Some("press.test") && url.scheme() == "http");
            // 上一期 keeps its own page's column, which the issue before may not have had.
            let dead = |path: &str| {
                site.skin == Skin::Div && !site.table.contains_key(path) && path.contains("/node_")
            };
            for url in own.filter(|url| !dead(url.path())) {
                if known.insert(url.path().to_owned()) {
                    queue.push(url.path().to_owned());
                }
            }
        }
        known
    }

    #[test]
    fn every_link_of_a_site_leads_somewhere() {
        let ours = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("paper");
        for paper in [fixture::paper(&DAYS), Paper::load(&ours).unwrap()] {
            for &skin in ALL_SKINS {
                let site = Site::new(paper.clone(), skin, Quirks::usual(skin));
                let known = crawl(&site);
                assert_eq!(site.log().total().failed, 0);
                for (slug, _) in site.papers() {
                    let newest = site.published().iter().rfind(|issue| issue.slug == slug).unwrap();
                    let of_pages = newest.pages.iter().flat_map(|page| {
                        [&page.path, &page.picture].into_iter().chain(&page.pdf).chain(&page.large_picture)
                    });
                    let of_pages = of_pages.filter(|path| !path.is_empty() && skin != Skin::Mobile);
                    let of_articles = newest.articles().map(|article| &article.path);
                    let missed: Vec<_> =
                        of_pages.chain(of_articles).filter(|path| !known.contains(*path)).collect();
                    assert!(missed.is_empty(), "{skin:?}: nothing leads to {missed:?}");
                }
            }
        }
    }

    fn targets(document: &str) -> Vec<String> {
        let parsed = Html::parse_document(document);
        let all = Selector::parse(
            "a[href], area[href], img[src], link[href], script[src], frame[src], a[daoxiang], a[data-href], [pdf_href], input[value$='.pdf']",
        )
        .unwrap();
        let names = ["href", "src", "daoxiang", "data-href", "pdf_href", "value"];
        let mut found: Vec<String> = parsed
            .select(&all)
            .filter_map(|element| names.into_iter().find_map(|name| element.attr(name)))
            .filter(|target| !target.starts_with("javascript:") && *target != "#")
            .map(str::to_owned)
            .collect();
        for way in ["URL=", "url=", "location.href=\"", "location=\""] {
            if let Some(at) = document.find(way) {
                let rest = &document[at + way.len()..];
                found.push(rest.chars().take_while(|c| !matches!(c, '"' | '>')).collect());
            }
        }
        found
    }

    #[test]
    fn areas_lie_where_the_articles_are_printed() {
        for skin in SKINS {
            let site = site_with(skin, |_| {});
            let issue = newest(&site);
            for page in &issue.pages {
                let document = text(&site, &page.path);
                let parsed = Html::parse_document(&document);
                let areas = Selector::parse("area").unwrap();
                let (width, height) = if skin == Skin::People { (400.0, 575.0) } else { (350.0, 500.0) };
                let mut drawn = 0;
                for area in parsed.select(&areas).filter(|area| area.attr("coords") != Some("null")) {
                    let numbers: Vec<f64> =
                        area.attr("coords").unwrap().split(',').map(|n| n.parse().unwrap()).collect();
                    let file = area.attr("href").unwrap().split('?').next().unwrap();
                    let region = page.regions.iter().find(|region| region.article.ends_with(file)).unwrap();
                    let corners = region.polygon.corners();
                    assert_eq!(corners.len() * 2, numbers.len());
                    for (corner, drawn) in corners.iter().zip(numbers.chunks(2)) {
                        assert!((corner.x * width - drawn[0]).abs() <= 2.01, "{skin:?} {corner:?} {drawn:?}");
                        assert!(
                            (corner.y * height - drawn[1]).abs() <= 0.51,
                            "{skin:?} {corner:?} {drawn:?}"
                        );
                    }
                    drawn += 1;
                }
                assert!(drawn >= page.regions.len(), "{skin:?} {}", page.path);
                assert_eq!(page.regions.is_empty(), skin == Skin::Div && page.name == "广告");
            }
            let front = &issue.pages[0];
            assert_eq!(front.articles.len(), 3);
            let list: Vec<_> = front.articles.iter().map(|article| &article.path).collect();
            let map: Vec<_> = front.regions.iter().map(|region| &region.article).collect();
            assert_ne!(list, map, "the list's order is its own");
        }
    }

    #[test]
    fn coordinates_may_be_written_with_decimals() {
        let site = site_with(Skin::Div, |quirks| quirks.decimal_coords = true);
        let document = text(&site, &newest(&site).pages[0].path);
        assert!(document.contains("coords=\"17.5,100.0,157.5,100.0,157.5,250.0,17.5,250.0\""));
    }

    #[test]
    fn an_article_reads_as_published() {
        for (skin, body) in
            [(Skin::Div, "#ozoom"), (Skin::Table, "founder-content"), (Skin::People, "#articleContent")]
        {
            let site = site_with(skin, |_| {});
            let issue = newest(&site);
            for article in issue.articles() {
                let document = text(&site, &article.path);
                let [words] = &selected(&document, body)[..] else { panic!("{skin:?}: one body") };
                for block in &article.article.blocks {
                    let shown = match block {
                        Block::Picture { caption, .. } => {
                            selected(&document, "body")[0].contains(caption.as_str())
                        }
                        Block::Table { rows } => rows.iter().flatten().all(|cell| words.contains(cell)),
                        block => words.contains(&block.text()),
                    };
                    assert!(shown, "{skin:?} {}: no {block:?} in {words}", article.path);
                }
                if let Some(mark) = &article.article.editor_mark {
                    assert!(words.contains(mark), "{skin:?}: no {mark}");
                }
                if skin == Skin::Table {
                    assert!(
                        !words.contains("登录") && !words.contains("朗读"),
                        "furniture in the text: {words}"
                    );
                    let title = selected(&document, "founder-title");
                    assert_eq!(title, [article.article.decks.headline.as_str()]);
                }
            }
        }
    }

    #[test]
    fn an_article_that_goes_on_is_in_parts_or_whole_twice() {
        for whole in [false, true] {
            let site = site_with(Skin::Div, |quirks| quirks.whole_text_twice = whole);
            let issue = newest(&site);
            let tail = issue.articles().find(|article| article.continues.is_some()).unwrap();
            let head = issue.articles().find(|head| tail.continues.as_ref() == Some(&head.path)).unwrap();
            let parts =
                [("01", &head.article), ("02", &tail.article)].map(|(page, article)| Part { page, article });
            let how = joints(&parts);
            let expected = if whole { Joint::Repeats } else { Joint::Continues };
            assert_eq!(how, [(0, 1, expected)], "{:#?}", (&head.article, &tail.article));
            assert_eq!(tail.repeats, whole);
        }
    }

    #[test]
    fn bytes_and_label_may_disagree() {
        let cases = [
            (Charset::Utf8, "utf-8"),
            (Charset::Gbk, "gb2312"),
            (Charset::Gb18030, "gb18030"),
            (Charset::Utf8CalledGb2312, "gb2312"),
            (Charset::GbkCalledUtf8, "utf-8"),
        ];
        for (charset, label) in cases {
            let site = site_with(Skin::Div, |quirks| {
                quirks.charset = charset;
                quirks.charset_in_header = true;
            });
            let path = &newest(&site).pages[0].path;
            // Reading it back asserts that the bytes are of the encoding that they should be of.
            let document = text(&site, path);
            assert!(document.contains(&format!("charset={label}")) && document.contains("桥上设了长椅"));
            let response = ask(&site, path, &[]);
            assert_eq!(sent(&response, "Content-Type"), Some(format!("text/html; charset={label}").as_str()));
        }
    }

    #[test]
    fn what_is_unchanged_is_not_sent_again() {
        let site = site_with(Skin::Div, |_| {});
        let page = newest(&site).pages[0].clone();
        for path in [&page.path, &page.picture, page.pdf.as_ref().unwrap(), &page.articles[0].path] {
            let first = ask(&site, path, &[]);
            let etag = sent(&first, "ETag").unwrap();
            let modified = sent(&first, "Last-Modified").unwrap();
            assert_eq!(modified, "Mon, 23 Nov 2026 02:10:00 GMT");
            for (validator, status) in [
                (("if-none-match", etag), 304),
                (("if-none-match", "\"x\""), 200),
                (("if-modified-since", modified), 304),
                (("if-modified-since", "Sun, 22 Nov 2026 02:10:00 GMT"), 200),
            ] {
                let again = ask(&site, path, &[validator]);
                assert_eq!(
                    (again.status, again.body.is_empty()),
                    (status, status == 304),
                    "{path} {validator:?}"
                );
            }
        }
        assert_eq!(site.log().count(Class::Page).not_modified, 2);
        site.set_fault(Place::Everywhere, Fault::NoValidators);
        let bare = ask(&site, &page.path, &[("if-modified-since", "Mon, 23 Nov 2026 02:10:00 GMT")]);
        assert_eq!((bare.status, sent(&bare, "ETag"), sent(&bare, "Last-Modified")), (200, None, None));
    }

    #[test]
    fn a_month_lists_its_issues() {
        let dates = |site: &Site, path: &str| -> Vec<(String, String)> {
            let mut reader = quick_xml::Reader::from_str(Box::leak(text(site, path).into_boxed_str()));
            let (mut name, mut paper, mut found) = (String::new(), String::new(), Vec::new());
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Start(tag) => {
                        name = tag.name().as_ref().to_owned();
                    }
                    quick_xml::events::Event::End(_) => name.clear(),
                    quick_xml::events::Event::Text(words) => {
                        let words = words.to_string();
                        match name.as_str() {
                            "paper_id" => paper = words,
                            "period_date" => found.push((paper.clone(), words)),
                            _ => {}
                        }
                    }
                    quick_xml::events::Event::Eof => return found,
                    _ => {}
                }
            }
        };
        let of = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(paper, date)| ((*paper).to_owned(), (*date).to_owned())).collect()
        };
        let path = "/slrb/html/2026-11/period.xml";
        let own = site_with(Skin::Div, |_| {});
        assert_eq!(dates(&own, path), of(&[("1", "2026-11-23"), ("1", "2026-11-22")]));
        assert_eq!(dates(&own, "/slrb/html/2026-10/period.xml"), of(&[("1", "2026-10-31")]));
        assert_eq!(ask(&own, "/slrb/html/2026-09/period.xml", &[]).status, 404);
        let shared = site_with(Skin::Table, |_| {});
        assert_eq!(
            dates(&shared, path),
            of(&[("2", "2026-11-23"), ("1", "2026-11-23"), ("3", "2026-11-21"), ("1", "2026-11-22")])
        );
        let absent = site_with(Skin::People, |quirks| quirks.calendar = Calendar::Absent);
        assert_eq!(ask(&absent, path, &[]).status, 404);
        let page = text(&absent, &newest(&absent).pages[0].path);
        assert!(page.contains("<a href=\"../22/nbs.D110000slrb_01.htm\">&lt;上一期</a>"));
        own.set_newest(Newest::Unpublished);
        assert_eq!(dates(&own, path), of(&[("1", "2026-11-22")]));
    }

    #[test]
    fn the_issue_before_may_lie_in_another_month() {
        let site = site_with(Skin::Div, |_| {});
        let page = text(&site, "/slrb/html/2026-11/22/node_2.htm");
        assert!(page.contains("href=\"../../2026-10/31/node_2.htm\""));
    }

    #[test]
    fn front_doors_lead_to_the_newest() {
        for index in [Index::MetaRefresh, Index::BareRefresh, Index::Script, Index::Frames] {
            let site = site_with(Skin::Div, |quirks| quirks.index = index);
            for path in ["/slrb/", "/slrb/index.htm", "/slrb/paperindex.htm"] {
                assert!(text(&site, path).contains("html/2026-11/23/node_2.htm"), "{index:?} {path}");
            }
        }
        let site = site_with(Skin::Div, |quirks| {
            quirks.index = Index::Redirect;
            quirks.redirects = true;
        });
        let hops = [
            ("/slrb", "/slrb/"),
            ("/slrb/", "/slrb/index.htm"),
            ("/slrb/paperindex.htm", "/slrb/html/2026-11/23/node_2.htm"),
        ];
        for (from, to) in hops {
            let response = ask(&site, from, &[]);
            assert_eq!((response.status, sent(&response, "Location")), (302, Some(to)), "{from}");
        }
        assert!(text(&site, "/slrb/index.htm").contains("paperindex.htm"));
        assert!(text(&site, "/").contains("<a href=\"slwb/paperindex.htm\" target=_blank>示例晚报</a>"));
    }

    #[test]
    fn nothing_else_can_be_asked_out_of_it() {
        let site = site_with(Skin::Div, |_| {});
        for path in [
            "",
            "/slrb/html/2026-11/23/../../../../etc/passwd",
            "/slrb/html/2026-11/23/..%2f..%2fissue.json",
            "/slrb/2026-11-23/issue.json",
            "/slrb/images/2026-11/23/01/issue.json",
            "/slrb/images/2026-11/23/01/02_b.jpg",
            "/slrb/html/2026-11/24/node_2.htm",
            "/slrb/html/2026-11/23/",
            "//slrb/index.htm",
            "/SLRB/index.htm",
            "/xxrb/index.htm",
            "/\u{0}",
        ] {
            assert_eq!(ask(&site, path, &[]).status, 404, "{path:?}");
        }
        assert_eq!(site.log().count(Class::Stray).failed, 12);
    }

    #[test]
    fn what_is_missing_may_not_look_so() {
        let path = "/slrb/html/2026-11/21/node_2.htm";
        let shell = site_with(Skin::Div, |quirks| quirks.missing = Missing::Shell);
        let first = ask(&shell, path, &[]);
        assert_eq!((first.status, sent(&first, "ETag")), (200, None));
        assert_eq!(first.body, ask(&shell, "/slrb/html/2026-11/20/content_1.htm", &[]).body);
        assert!(!text(&shell, path).contains("pageLink"));
        assert_eq!(ask(&shell, "/slrb/images/x.jpg", &[]).status, 404);
        let door = site_with(Skin::Div, |quirks| quirks.missing = Missing::FrontDoor);
        assert_eq!(sent(&ask(&door, path, &[]), "Location"), Some("/slrb/paperindex.htm"));
    }

    #[test]
    fn the_newest_issue_may_be_late() {
        let site = site_with(Skin::Div, |_| {});
        let (page, article) = {
            let page = &newest(&site).pages[0];
            (page.path.clone(), page.articles[0].path.clone())
        };
        site.set_newest(Newest::Unpublished);
        assert!(text(&site, "/slrb/paperindex.htm").contains("html/2026-11/22/node_2.htm"));
        assert_eq!(ask(&site, &page, &[]).status, 404);
        assert_eq!(ask(&site, &article, &[]).status, 404);
        // The evening paper's only issue is not out either; its door leads to where it will be.
        assert!(text(&site, "/slwb/paperindex.htm").contains("html/2026-11/23/"));
        site.set_newest(Newest::Stale);
        assert!(text(&site, "/slrb/paperindex.htm").contains("html/2026-11/23/node_2.htm"));
        assert!(text(&site, &page).contains("2026年11月22日"));
        assert_eq!(ask(&site, &article, &[]).status, 404);
        site.clear_faults();
        assert!(text(&site, &page).contains("2026年11月23日"));
    }

    #[test]
    fn faults_strike_where_and_as_often_as_set() {
        let site = site_with(Skin::Div, |_| {});
        let page = newest(&site).pages[0].clone();
        let busy = Fault::Status { status: 503, retry_after: Some(2), times: Some(2) };
        site.set_fault(Place::Path(page.path.clone()), busy);
        site.set_fault(Place::Class(Class::Pdf), Fault::Missing);
        let statuses: Vec<u16> = (0..3).map(|_| ask(&site, &page.path, &[]).status).collect();
        assert_eq!(statuses, [503, 503, 200]);
        assert_eq!(site.log().requests_of(&page.path), 3);
        assert_eq!(ask(&site, page.pdf.as_ref().unwrap(), &[]).status, 404);
        site.clear_faults();
        site.set_fault(Place::Everywhere, Fault::Status { status: 503, retry_after: Some(2), times: None });
        assert_eq!(sent(&ask(&site, &page.path, &[]), "Retry-After"), Some("2"));
        site.clear_faults();
        site.set_fault(Place::Class(Class::Page), Fault::Redirect("/slrb/".to_owned()));
        assert_eq!(sent(&ask(&site, &page.path, &[]), "Location"), Some("/slrb/"));
        site.clear_faults();
        let whole = ask(&site, &page.picture, &[]).body;
        site.set_fault(Place::Class(Class::Thumbnail), Fault::Halved);
        let halved = ask(&site, &page.picture, &[]);
        assert_eq!((halved.status, halved.body.as_slice()), (200, &whole[..whole.len() / 2]));
    }

    #[test]
    fn a_page_without_a_pdf_has_a_large_picture() {
        let page = |site: &Site| newest(site).pages[1].clone();
        let framed = site_with(Skin::Div, |_| {});
        assert_eq!(page(&framed).picture, "/slrb/images/2026-11/23/02/02.jpg");
        assert!(!text(&framed, &page(&framed).path).contains("查看大图"));
        // Without a stated size, a large picture in the frame would make nonsense of the areas.
        let linked = site_with(Skin::Div, |quirks| quirks.frame = FrameSize::Unstated);
        assert_eq!(page(&linked).picture, "/slrb/images/2026-11/23/02/02_b.jpg");
        assert!(text(&linked, &page(&linked).path).contains("02/02.jpg target=_blank>查看大图</a>"));
        let dead = site_with(Skin::Div, |quirks| {
            quirks.dead_pdf_links = true;
            quirks.large_picture = LargePicture::Linked;
        });
        assert!(text(&dead, &page(&dead).path).contains("<a href=#><IMG"));
    }

    #[test]
    fn robots_are_told() {
        let cases = [
            (Robots::Allow, 200, "Allow: /"),
            (Robots::CrawlDelay(3), 200, "Crawl-delay: 3"),
            (Robots::Disallow, 200, "Disallow: /\r\n"),
            (Robots::Absent, 404, "Not Found"),
        ];
        for (robots, status, words) in cases {
            let response = ask(&site_with(Skin::Div, |quirks| quirks.robots = robots), "/robots.txt", &[]);
            assert_eq!(response.status, status);
            assert!(String::from_utf8(response.body).unwrap().contains(words));
        }
    }

    #[test]
    fn an_older_issues_addresses_outlive_a_newer_issue() {
        for skin in SKINS {
            let site = site_with(skin, |_| {});
            let mut days = DAYS.to_vec();
            days.push("slrb/2026-11-24");
            days.push("slwb/2026-11-24");
            let later = Site::new(fixture::paper(&days), skin, Quirks::usual(skin));
            for issue in site.published() {
                assert_eq!(later.issue(&issue.slug, issue.date), Some(issue));
            }
        }
    }
}
