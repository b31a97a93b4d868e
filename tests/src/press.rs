//! The sample newspapers as a site on loopback: inside the test, where it can be watched, or as the press's
//! own program.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use kanbao_press::{Log, PublishedIssue, Quirks, Served, Site, Skin, serve};
use tokio::runtime::{Builder, Runtime};

use crate::paper;
use crate::process::{Running, program};

/// The invented daily and its evening edition.
pub const DAILY: &str = "slrb";
pub const EVENING: &str = "slwb";

/// A site inside the test, serving until it is dropped.
#[derive(Debug)]
pub struct Press {
    site: Arc<Site>,
    served: Served,
    // It carries the server. Tests have a runtime of their own, so this one is neither waited for nor dropped in it.
    runtime: Option<Runtime>,
}

impl Press {
    /// With a template, and the habits that sites with it have.
    pub fn start(skin: Skin) -> Self {
        let site = Arc::new(Site::new(paper::printed(), skin, Quirks::usual(skin)));
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let serving = serve(Arc::clone(&site), ([127, 0, 0, 1], 0).into());
        let served = thread::scope(|scope| scope.spawn(|| runtime.block_on(serving)).join());
        let served = served.expect("it does not panic").expect("a free port of this machine");
        Self { site, served, runtime: Some(runtime) }
    }

    /// The address that a reader would type for a publication.
    pub fn address(&self, slug: &str) -> String {
        self.full(&format!("/{slug}/"))
    }

    /// The whole address of a path.
    pub fn full(&self, path: &str) -> String {
        format!("{}{path}", self.served.origin())
    }

    /// The site itself, whose faults can be set while it is read.
    pub fn site(&self) -> &Site {
        &self.site
    }

    pub fn log(&self) -> &Log {
        &self.served.log
    }

    /// What a reader of a publication should find, newest first.
    pub fn published(&self, slug: &str) -> Vec<PublishedIssue> {
        published(&self.site, slug)
    }
}

impl Drop for Press {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// What a reader of a publication should find on a site with a template's usual habits, newest first.
pub fn usually_published(skin: Skin, slug: &str) -> Vec<PublishedIssue> {
    published(&Site::new(paper::printed(), skin, Quirks::usual(skin)), slug)
}

fn published(site: &Site, slug: &str) -> Vec<PublishedIssue> {
    let mut issues: Vec<_> = site.published().iter().filter(|issue| issue.slug == slug).cloned().collect();
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.date));
    issues
}

/// `kanbao-press`, serving until it is dropped.
#[derive(Debug)]
pub struct PressProgram {
    origin: String,
    _server: Running,
}

impl PressProgram {
    /// With its usual template, on a free port.
    pub fn start() -> Self {
        Self::serving(&paper::folder())
    }

    /// The same with other papers than the invented ones that lie in the repository.
    pub fn serving(papers: &Path) -> Self {
        let mut command = Command::new(program("kanbao-press"));
        command.arg("--paper").arg(papers).args(["--addr", "127.0.0.1:0"]);
        let mut server = Running::start(&mut command);
        let origin = server.line(Duration::from_secs(30), |line| {
            let address = line.split_whitespace().find_map(|word| word.strip_prefix("http://"))?;
            Some(format!("http://{}", address.split('/').next()?))
        });
        Self { origin, _server: server }
    }

    /// The address that a reader would type for a publication.
    pub fn address(&self, slug: &str) -> String {
        format!("{}/{slug}/", self.origin)
    }
}
