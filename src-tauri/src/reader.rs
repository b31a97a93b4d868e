//! What the window's commands share: the library, the network, the opened pages, the sync that runs.

use crate::arguments::Arguments;
use crate::error::{AppError, ErrorCode, Result};
use crate::events::SyncCause;
use crate::sheets::{Sheets, parse_date};
use crate::syncing::{Job, Syncing};
use crate::view::FirstPlace;
use kanbao_library::{Library, Publication};
use kanbao_newspaper::Date;
use kanbao_sync::{CancellationToken, Client, Event, Finding, SiteMonth, Syncer, Wanted};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tauri::{AppHandle, Url};

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
    syncing: Syncing,
    looking: Arc<Mutex<CancellationToken>>,
    arguments: Arguments,
}

/// How long a removed issue can be brought back: what the window's note says, and a little for the way.
const SECOND_THOUGHTS: Duration = Duration::from_secs(12);

/// How often a deletion that waits for the end of a sync looks again.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

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
        let library = Library::open(&directory)?;
        delete_hidden(&library);
        Ok(Self {
            library,
            sheets: Arc::default(),
            client,
            syncing: Syncing::default(),
            looking: Arc::default(),
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
                    reader.start_sync(&app, vec![publication], Wanted::Latest(latest));
                }
                Err(error) => reader.tell_failure(&app, &address, &error),
            }
        });
    }

    fn syncer(&self) -> Syncer {
        Syncer::new(self.library.clone(), self.client.clone())
    }

    /// Says what an address leads to. Looking at another one ends this.
    pub(crate) async fn look(&self, address: &str) -> Result<Vec<Finding>> {
        let cancel = CancellationToken::new();
        let before = std::mem::replace(
            &mut *self.looking.lock().unwrap_or_else(PoisonError::into_inner),
            cancel.clone(),
        );
        before.cancel();
        Ok(self.syncer().look(address, &cancel).await?)
    }

    pub(crate) fn known_month(&self, publication: &Publication, month: Date) -> Result<SiteMonth> {
        Ok(self.syncer().known_month(publication, month)?)
    }

    pub(crate) async fn ask_month(&self, publication: &Publication, month: Date) -> Result<SiteMonth> {
        let cancel = CancellationToken::new();
        Ok(self.syncer().ask_month(publication, month, kanbao_sync::today(), &cancel).await?)
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

    /// Starts a sync, or lets it wait for the one that runs; returns the number of the run.
    pub(crate) fn start_sync(&self, app: &AppHandle, publications: Vec<Publication>, wanted: Wanted) -> u32 {
        self.syncing.start(app, self.syncer(), Job { publications, wanted })
    }

    pub(crate) fn cancel_sync(&self) {
        self.syncing.cancel();
    }

    pub(crate) fn is_syncing(&self) -> bool {
        self.syncing.is_running()
    }

    /// Deletes a hidden issue when a reader has had time to think again. A sync may be writing to it: its
    /// end is waited for. Should the program end first, the next start deletes it.
    pub(crate) fn delete_later(&self, publication: String, date: Date) {
        let reader = self.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(SECOND_THOUGHTS).await;
            while reader.is_syncing() {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
            let deleting = move || reader.library.delete_removed(&publication, date);
            match tauri::async_runtime::spawn_blocking(deleting).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::warn!(%date, %error, "the removed issue waits for the next start"),
                Err(error) => tracing::warn!(%date, %error, "the removed issue waits for the next start"),
            }
        });
    }

    /// Whether the command line asked for a newspaper; who started the program then waits for a line.
    pub(crate) fn was_told_to_subscribe(&self) -> bool {
        self.arguments.subscribe.is_some()
    }

    /// Where the command line wants the window opened.
    pub(crate) fn first_place(&self) -> Option<FirstPlace> {
        self.arguments.open.clone()
    }

    /// Opens the page that the window will ask for first, while the toolkit and the webview still start.
    pub(crate) fn make_first_ready(&self) {
        let Some(FirstPlace { publication, date, page }) = self.first_place() else { return };
        let reader = self.clone();
        thread::spawn(move || {
            let ready = parse_date(&date).and_then(|date| {
                let left =
                    || Ok::<_, AppError>(reader.library.place(&publication, date)?.map(|place| place.page));
                let number = page.map_or_else(left, |page| Ok(Some(page)))?;
                let issue = reader.library.issue(&publication, date)?;
                let pages = issue.map(|issue| issue.pages).unwrap_or_default();
                let page = pages.iter().find(|page| Some(&page.number) == number.as_ref()).or(pages.first());
                page.map_or(Ok(()), |page| reader.sheets.make_ready(&reader.library, page))
            });
            // Whoever looks at the page is told.
            if let Err(error) = ready {
                tracing::debug!(%error, "the first page was not made ready");
            }
        });
    }

    fn tell_failure(&self, app: &AppHandle, address: &str, error: &AppError) {
        eprintln!("kanbao-desktop: {error}");
        let url = Url::parse(address).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or(address).to_owned();
        let cause = match error.code {
            ErrorCode::Offline => SyncCause::Offline,
            ErrorCode::LibraryFull => SyncCause::LibraryFull,
            ErrorCode::NotANewspaper | ErrorCode::BadAddress => SyncCause::NotRead,
            _ => SyncCause::Other,
        };
        self.syncing.tell_failure(app, host, cause, error.to_string());
    }
}

/// Issues that were removed shortly before the program last ended.
fn delete_hidden(library: &Library) {
    let deleted = library.hidden_issues().and_then(|hidden| {
        hidden.iter().try_for_each(|(publication, date)| library.delete_removed(publication, *date).map(drop))
    });
    // They stay hidden; a library that cannot be written now can still be read.
    if let Err(error) = deleted {
        tracing::warn!(%error, "removed issues were not deleted");
    }
}
