//! What the window's commands share: the library, the network, the opened pages, and the one sync
//! that may run.

use crate::arguments::Arguments;
use crate::error::{AppError, ErrorCode, Result};
use crate::events::{SyncProgress, SyncState};
use crate::sheets::Sheets;
use kanbao_library::{Library, Publication};
use kanbao_sync::{CancellationToken, Client, Event, SyncError, SyncReport, Syncer, Wanted};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::AppHandle;
use tauri_specta::Event as _;

/// The reader, or why there is none: the window then has the words to show.
pub(crate) struct Opened(pub(crate) Result<Reader>);

impl Opened {
    pub(crate) fn reader(&self) -> Result<&Reader> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) library: Library,
    pub(crate) sheets: Arc<Sheets>,
    client: Client,
    running: Arc<Mutex<Option<Running>>>,
    runs: Arc<AtomicU32>,
    arguments: Arguments,
}

struct Running {
    run: u32,
    cancel: CancellationToken,
}

impl Reader {
    pub(crate) fn open(arguments: &Arguments) -> Result<Self> {
        let directory = arguments.library_folder().ok_or_else(|| {
            AppError::new(
                ErrorCode::Failed,
                "there is no data folder on this system: name one with --library DIR",
            )
        })?;
        let client =
            Client::builder().origin(kanbao_press::SAMPLE_HOST, kanbao_press::sample_site()).build()?;
        Ok(Self {
            library: Library::open(&directory)?,
            sheets: Arc::default(),
            client,
            running: Arc::default(),
            runs: Arc::default(),
            arguments: arguments.clone(),
        })
    }

    /// Does what the command line asked for, once there is a window to show it.
    pub(crate) fn begin(&self, app: &AppHandle) {
        let (reader, app) = (self.clone(), app.clone());
        tauri::async_runtime::spawn(async move {
            let Arguments { sample, subscribe, latest, .. } = reader.arguments.clone();
            let address = if sample { Some(kanbao_press::SAMPLE_ADDRESS.to_owned()) } else { subscribe };
            let Some(address) = address else { return };
            match reader.subscribe(&address).await {
                Ok(publication) => {
                    reader.start_sync(&app, vec![publication], latest);
                }
                Err(error) => reader.tell_failure(&app, &error),
            }
        });
    }

    fn syncer(&self) -> Syncer {
        Syncer::new(self.library.clone(), self.client.clone())
    }

    pub(crate) async fn subscribe(&self, address: &str) -> Result<Publication> {
        let (publication, _) = self.syncer().add(address, None, &CancellationToken::new()).await?;
        Ok(publication)
    }

    /// Fetches the sample issue from inside the program; done when this returns.
    pub(crate) async fn keep_sample(&self) -> Result<()> {
        let publication = self.subscribe(kanbao_press::SAMPLE_ADDRESS).await?;
        let nobody = |_: Event| {};
        let report =
            self.syncer().sync(&[publication], Wanted::Latest(1), &nobody, &CancellationToken::new()).await?;
        match report.failed.into_iter().next() {
            Some(failure) => Err(AppError::new(ErrorCode::Failed, failure.reason)),
            None => Ok(()),
        }
    }

    /// Starts a sync unless one is running; returns the number of the run that is now going on.
    pub(crate) fn start_sync(&self, app: &AppHandle, publications: Vec<Publication>, latest: u32) -> u32 {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref() {
            return running.run;
        }
        let run = self.runs.fetch_add(1, Ordering::Relaxed) + 1;
        let cancel = CancellationToken::new();
        *running = Some(Running { run, cancel: cancel.clone() });
        let (reader, app) = (self.clone(), app.clone());
        tauri::async_runtime::spawn(async move {
            let teller = Teller::new(&app, run, &publications);
            let tell = |event: Event| teller.tell(&event);
            let result = reader.syncer().sync(&publications, Wanted::Latest(latest), &tell, &cancel).await;
            *reader.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
            teller.end(result);
        });
        run
    }

    pub(crate) fn cancel_sync(&self) {
        if let Some(running) = self.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            running.cancel.cancel();
        }
    }

    pub(crate) fn is_syncing(&self) -> bool {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Whether the command line asked for a newspaper; who started the program then waits for a line.
    pub(crate) fn was_told_to_subscribe(&self) -> bool {
        self.arguments.subscribe.is_some()
    }

    fn tell_failure(&self, app: &AppHandle, error: &AppError) {
        eprintln!("kanbao-desktop: {error}");
        let run = self.runs.fetch_add(1, Ordering::Relaxed) + 1;
        let mut progress = nothing_yet(run);
        progress.state = SyncState::Failed;
        progress.problem = Some(error.to_string());
        emit(app, &progress);
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
        articles: 0,
        bytes: 0,
        issues: 0,
        issues_total: 0,
        problem: None,
        not_published_yet: false,
    }
}

/// A window that is gone needs no news.
fn emit(app: &AppHandle, progress: &SyncProgress) {
    if let Err(error) = progress.emit(app) {
        tracing::debug!(%error, "the window was not told");
    }
}

/// Turns a sync's events into the window's.
struct Teller<'a> {
    app: &'a AppHandle,
    names: Vec<(String, String)>,
    progress: Mutex<SyncProgress>,
}

impl<'a> Teller<'a> {
    fn new(app: &'a AppHandle, run: u32, publications: &[Publication]) -> Self {
        let names = publications.iter().map(|publication| (publication.id.clone(), publication.name.clone()));
        Self { app, names: names.collect(), progress: Mutex::new(nothing_yet(run)) }
    }

    fn tell(&self, event: &Event) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Looking { publication } => {
                progress.state = SyncState::Looking;
                progress.publication.clone_from(publication);
                progress.name = self.name_of(publication);
                (progress.date, progress.pages, progress.pages_total) = (None, 0, 0);
            }
            Event::Planned { issues, .. } => progress.issues_total += issues,
            Event::IssueStarted { date, pages, pages_kept, .. } => {
                progress.state = SyncState::Fetching;
                progress.date = Some(date.to_string());
                (progress.pages, progress.pages_total) = (*pages_kept, *pages);
            }
            Event::PageKept { pages, pages_kept, articles, bytes, .. } => {
                (progress.pages, progress.pages_total) = (*pages_kept, *pages);
                (progress.articles, progress.bytes) = (*articles, *bytes);
            }
            Event::IssueDone(report) => {
                progress.issues += 1;
                progress.pages = report.pages;
            }
            Event::NotPublished(_) => progress.not_published_yet = true,
            Event::Failed(failure) => progress.problem = Some(failure.reason.clone()),
        }
        emit(self.app, &progress);
    }

    fn end(&self, result: std::result::Result<SyncReport, SyncError>) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.state = match result {
            Ok(report) if report.failed.is_empty() => SyncState::Done,
            Ok(_) => SyncState::Failed,
            Err(SyncError::Cancelled) => SyncState::Cancelled,
            Err(error) => {
                progress.problem = Some(error.to_string());
                SyncState::Failed
            }
        };
        emit(self.app, &progress);
    }

    fn name_of(&self, publication: &str) -> String {
        let named = self.names.iter().find(|(id, _)| id == publication);
        named.map(|(_, name)| name.clone()).unwrap_or_default()
    }
}
