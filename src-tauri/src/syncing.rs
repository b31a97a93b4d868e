//! The one sync that may run: what is wanted waits its turn, and the window is told how it gets on.

use crate::events::{SyncCause, SyncProblem, SyncProgress, SyncState};
use kanbao_library::{LibraryError, Publication};
use kanbao_sync::{CancellationToken, Cause, Event, Failure, SyncError, SyncReport, Syncer, Wanted};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, Url};
use tauri_specta::Event as _;

/// A reader who clicks more than this is kept waiting, not every click remembered.
const MOST_WAITING: usize = 64;

/// What one click asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Job {
    pub(crate) publications: Vec<Publication>,
    pub(crate) wanted: Wanted,
}

struct Running {
    run: u32,
    cancel: CancellationToken,
    waiting: VecDeque<Job>,
}

#[derive(Clone, Default)]
pub(crate) struct Syncing {
    running: Arc<Mutex<Option<Running>>>,
    runs: Arc<AtomicU32>,
}

impl Syncing {
    /// Starts a run with this job, or lets it wait for its turn in the one that is going on. Returns the
    /// run's number.
    pub(crate) fn start(&self, app: &AppHandle, syncer: Syncer, job: Job) -> u32 {
        let mut running = self.lock();
        if let Some(running) = running.as_mut() {
            if running.waiting.len() < MOST_WAITING && !running.waiting.contains(&job) {
                running.waiting.push_back(job);
            }
            return running.run;
        }
        let run = self.next_run();
        let cancel = CancellationToken::new();
        *running = Some(Running { run, cancel: cancel.clone(), waiting: VecDeque::from([job]) });
        let (syncing, app) = (self.clone(), app.clone());
        tauri::async_runtime::spawn(async move {
            let teller = Teller::new(run, move |progress| emit(&app, progress));
            while let Some(job) = syncing.next_job() {
                teller.begin(&job);
                let tell = |event: Event| teller.tell(&event);
                let result = syncer.sync(&job.publications, job.wanted, &tell, &cancel).await;
                if result.is_err() {
                    syncing.forget_waiting();
                }
                // First the run is over, then the window hears of it: it may begin the next at once.
                let over = syncing.is_over();
                teller.end(result);
                if over {
                    return;
                }
            }
        });
        run
    }

    pub(crate) fn cancel(&self) {
        if let Some(running) = self.lock().as_ref() {
            running.cancel.cancel();
        }
    }

    pub(crate) fn is_running(&self) -> bool {
        self.lock().is_some()
    }

    /// Tells the window of a sync that could not even begin.
    pub(crate) fn tell_failure(&self, app: &AppHandle, host: String, cause: SyncCause, detail: String) {
        let mut progress = nothing_yet(self.next_run());
        progress.state = SyncState::Failed;
        progress.problem = Some(SyncProblem { cause, host, date: None, detail });
        emit(app, &progress);
    }

    fn next_run(&self) -> u32 {
        self.runs.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn next_job(&self) -> Option<Job> {
        self.lock().as_mut().and_then(|running| running.waiting.pop_front())
    }

    /// Ends the run when nothing waits, in one step with the question: a job that comes now begins a new one.
    fn is_over(&self) -> bool {
        let mut running = self.lock();
        let over = running.as_ref().is_none_or(|running| running.waiting.is_empty());
        if over {
            *running = None;
        }
        over
    }

    fn forget_waiting(&self) {
        if let Some(running) = self.lock().as_mut() {
            running.waiting.clear();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A window that is gone needs no news.
fn emit(app: &AppHandle, progress: &SyncProgress) {
    if let Err(error) = progress.emit(app) {
        tracing::debug!(%error, "the window was not told");
    }
}

fn nothing_yet(run: u32) -> SyncProgress {
    SyncProgress {
        run,
        state: SyncState::Looking,
        publication: String::new(),
        name: String::new(),
        date: None,
        pages: 0,
        pages_total: 0,
        issues: 0,
        issues_total: 0,
        new_pages: 0,
        run_pages: 0,
        run_pages_total: 0,
        run_bytes: 0,
        problem: None,
        not_published_yet: false,
    }
}

/// Turns a sync's events into the window's.
struct Teller<F: Fn(&SyncProgress)> {
    emit: F,
    telling: Mutex<Telling>,
}

struct Telling {
    progress: SyncProgress,
    publications: Vec<Publication>,
    /// Bytes and pages of the run's issues that are done; the open one's come on top.
    bytes_done: u64,
    pages_done: u32,
    /// Pages that the open issue had when it was opened.
    pages_before: u32,
}

impl<F: Fn(&SyncProgress)> Teller<F> {
    fn new(run: u32, emit: F) -> Self {
        let telling = Telling {
            progress: nothing_yet(run),
            publications: Vec::new(),
            bytes_done: 0,
            pages_done: 0,
            pages_before: 0,
        };
        Self { emit, telling: Mutex::new(telling) }
    }

    fn begin(&self, job: &Job) {
        self.lock().publications.clone_from(&job.publications);
    }

    fn tell(&self, event: &Event) {
        let mut telling = self.lock();
        let telling = &mut *telling;
        match event {
            Event::Looking { publication } => {
                // The one before has had its turn.
                if !telling.progress.publication.is_empty() {
                    telling.end_turn();
                    (self.emit)(&telling.progress);
                }
                telling.begin_turn(publication);
            }
            Event::Planned { issues, pages, .. } => {
                telling.progress.issues_total += issues;
                telling.progress.run_pages_total += pages;
            }
            Event::IssueStarted { date, pages, pages_kept, .. } => {
                telling.pages_before = *pages_kept;
                telling.progress.state = SyncState::Fetching;
                telling.progress.date = Some(date.to_string());
                telling.count(*pages_kept, *pages, 0);
            }
            Event::PageKept { pages, pages_kept, bytes, .. } => telling.count(*pages_kept, *pages, *bytes),
            Event::IssueDone(report) => {
                telling.count(report.pages, report.pages_planned, report.bytes);
                telling.progress.issues += 1;
                telling.progress.new_pages += report.pages.saturating_sub(telling.pages_before);
                telling.bytes_done += report.bytes;
                telling.pages_done += report.pages;
            }
            Event::NotPublished(_) => telling.progress.not_published_yet = true,
            Event::Failed(failure) => telling.fail(failure),
        }
        (self.emit)(&telling.progress);
    }

    fn end(&self, result: Result<SyncReport, SyncError>) {
        let mut telling = self.lock();
        match result {
            Ok(_) => telling.end_turn(),
            Err(SyncError::Cancelled) => telling.progress.state = SyncState::Cancelled,
            Err(error) => {
                let full = matches!(&error, SyncError::Library(LibraryError::Full));
                let cause = if full { SyncCause::LibraryFull } else { SyncCause::Other };
                let (host, date) = (telling.host(), telling.progress.date.clone());
                telling.progress.problem = Some(SyncProblem { cause, host, date, detail: error.to_string() });
                telling.progress.state = SyncState::Failed;
            }
        }
        (self.emit)(&telling.progress);
        // The next job begins with a newspaper of its own.
        telling.progress.publication.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Telling> {
        self.telling.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Telling {
    fn begin_turn(&mut self, publication: &str) {
        let known = self.publications.iter().find(|known| known.id == publication);
        self.progress = SyncProgress {
            publication: publication.to_owned(),
            name: known.map(|known| known.name.clone()).unwrap_or_default(),
            run_pages: self.progress.run_pages,
            run_pages_total: self.progress.run_pages_total,
            run_bytes: self.progress.run_bytes,
            ..nothing_yet(self.progress.run)
        };
    }

    fn end_turn(&mut self) {
        self.progress.state =
            if self.progress.problem.is_some() { SyncState::Failed } else { SyncState::Done };
    }

    fn count(&mut self, pages: u32, pages_total: u32, bytes: u64) {
        (self.progress.pages, self.progress.pages_total) = (pages, pages_total);
        self.progress.run_pages = self.pages_done + pages;
        self.progress.run_bytes = self.bytes_done + bytes;
    }

    /// The first thing that went wrong is what a reader is told.
    fn fail(&mut self, failure: &Failure) {
        let cause = match failure.cause {
            Cause::Offline => SyncCause::Offline,
            Cause::SiteTrouble => SyncCause::SiteTrouble,
            Cause::Refused => SyncCause::Refused,
            Cause::NoIssue => SyncCause::NoIssue,
            Cause::NotRead => SyncCause::NotRead,
            Cause::Incomplete => SyncCause::Incomplete,
            Cause::Other => SyncCause::Other,
        };
        let host = self.host();
        self.progress.problem.get_or_insert_with(|| SyncProblem {
            cause,
            host,
            date: failure.date.map(|date| date.to_string()),
            detail: failure.reason.clone(),
        });
    }

    fn host(&self) -> String {
        let known = self.publications.iter().find(|known| known.id == self.progress.publication);
        let url = known.and_then(|known| Url::parse(&known.url).ok());
        url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kanbao_sync::IssueReport;
    use std::cell::RefCell;

    fn publication(id: &str) -> Publication {
        Publication {
            id: id.into(),
            name: format!("{id}的报"),
            family: String::new(),
            url: format!("http://{id}.example:8080/paperindex.htm"),
            copyright: None,
            added: String::new(),
        }
    }

    fn looking(id: &str) -> Event {
        Event::Looking { publication: id.into() }
    }

    fn started(kept: u32, pages: u32) -> Event {
        let date = "2026-11-24".parse().unwrap();
        Event::IssueStarted { publication: "slrb".into(), date, pages, pages_kept: kept }
    }

    fn page(kept: u32, pages: u32, bytes: u64) -> Event {
        Event::PageKept {
            publication: "slrb".into(),
            date: "2026-11-24".parse().unwrap(),
            number: "01".into(),
            pages,
            pages_kept: kept,
            articles: 0,
            bytes,
        }
    }

    fn done(pages: u32, planned: u32, bytes: u64) -> Event {
        Event::IssueDone(IssueReport {
            publication: "slrb".into(),
            date: "2026-11-24".parse().unwrap(),
            complete: pages == planned,
            pages_planned: planned,
            pages,
            articles: 0,
            regions: 0,
            pictures: 0,
            bytes,
            requests: 0,
            not_modified: 0,
            warnings: Vec::new(),
        })
    }

    fn told(events: &[Event], result: Result<SyncReport, SyncError>) -> Vec<SyncProgress> {
        let heard = RefCell::new(Vec::new());
        let teller = Teller::new(1, |progress: &SyncProgress| heard.borrow_mut().push(progress.clone()));
        let publications = vec![publication("slrb"), publication("slwb")];
        teller.begin(&Job { publications, wanted: Wanted::Latest(3) });
        for event in events {
            teller.tell(event);
        }
        teller.end(result);
        drop(teller);
        heard.into_inner()
    }

    #[test]
    fn counts_go_on_over_issues_and_newspapers() {
        let planned = |issues, pages| Event::Planned { publication: "slrb".into(), issues, pages };
        let events = [
            looking("slrb"),
            planned(2, 12),
            started(0, 4),
            page(1, 4, 100),
            done(4, 4, 400),
            started(6, 8),
            page(7, 8, 50),
            done(8, 8, 100),
            looking("slwb"),
            planned(1, 4),
            started(0, 4),
            page(1, 4, 10),
        ];
        let heard = told(&events, Err(SyncError::Cancelled));
        let after = |index: usize| &heard[index];
        assert_eq!((after(3).run_pages, after(3).run_pages_total, after(3).run_bytes), (1, 12, 100));
        assert_eq!((after(6).run_pages, after(6).run_bytes, after(6).pages), (11, 450, 7));
        // The daily's turn is over before the evening paper's begins.
        let (daily, evening) = (after(8), after(9));
        assert_eq!((daily.state, daily.publication.as_str(), daily.new_pages), (SyncState::Done, "slrb", 6));
        assert_eq!(
            (evening.state, evening.name.as_str(), evening.new_pages),
            (SyncState::Looking, "slwb的报", 0)
        );
        let last = heard.last().unwrap();
        assert_eq!((last.state, last.publication.as_str()), (SyncState::Cancelled, "slwb"));
        assert_eq!((last.run_pages, last.run_pages_total, last.run_bytes), (13, 16, 510));
    }

    #[test]
    fn a_failure_is_its_newspapers_own() {
        let failure = Failure {
            publication: "slrb".into(),
            date: None,
            reason: "slrb.example cannot be reached".into(),
            cause: Cause::Offline,
        };
        let heard =
            told(&[looking("slrb"), Event::Failed(failure), looking("slwb")], Ok(SyncReport::default()));
        let states: Vec<_> =
            heard.iter().map(|progress| (progress.publication.as_str(), progress.state)).collect();
        assert_eq!(
            states[2..],
            [("slrb", SyncState::Failed), ("slwb", SyncState::Looking), ("slwb", SyncState::Done)]
        );
        let problem = heard[2].problem.as_ref().unwrap();
        assert_eq!((problem.cause, problem.host.as_str()), (SyncCause::Offline, "slrb.example"));
        assert_eq!(heard[4].problem, None);
    }
}
