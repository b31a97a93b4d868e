//! What every command needs: the library, the network, and how to speak.

use crate::arguments::Arguments;
use crate::error::CliError;
use camino::Utf8PathBuf;
use kanbao_library::{Library, Publication};
use kanbao_sync::{CancellationToken, Client, Recipes, Syncer};

pub(crate) struct Context {
    library: Option<Utf8PathBuf>,
    pub(crate) json: bool,
    pub(crate) quiet: bool,
}

impl Context {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        Self { library: arguments.library.clone(), json: arguments.json, quiet: arguments.quiet }
    }

    fn directory(&self) -> Result<Utf8PathBuf, CliError> {
        self.library.clone().or_else(kanbao_library::default_directory).ok_or(CliError::NoDataFolder)
    }

    pub(crate) fn library(&self) -> Result<Library, CliError> {
        Ok(Library::open(&self.directory()?)?)
    }

    /// The recipes of the library, which need not be opened for them.
    pub(crate) fn recipes(&self) -> Result<Recipes, CliError> {
        Ok(Recipes::of_library(&self.directory()?))
    }

    pub(crate) fn client() -> Result<Client, CliError> {
        Ok(Client::builder().origin(kanbao_press::SAMPLE_HOST, kanbao_press::sample_site()).build()?)
    }

    pub(crate) fn syncer(&self, library: &Library) -> Result<Syncer, CliError> {
        let syncer = Syncer::new(library.clone(), Self::client()?);
        self.tell_wrong(syncer.recipes());
        Ok(syncer)
    }

    /// Says which recipes are left out; the others are used.
    pub(crate) fn tell_wrong(&self, recipes: &Recipes) {
        if self.quiet {
            return;
        }
        for wrong in &recipes.wrong {
            eprintln!("kanbao: a recipe is left out: {wrong}");
        }
    }

    /// The publications of these ids, or all there are.
    pub(crate) fn publications(library: &Library, ids: &[String]) -> Result<Vec<Publication>, CliError> {
        if !ids.is_empty() {
            return Ok(ids.iter().map(|id| library.publication(id)).collect::<Result<_, _>>()?);
        }
        let all: Vec<Publication> =
            library.publications()?.into_iter().map(|summary| summary.publication).collect();
        if all.is_empty() { Err(CliError::NothingSubscribed) } else { Ok(all) }
    }

    /// Runs a task that Ctrl+C cancels, so that a sync ends between two writes.
    pub(crate) fn block_on<T>(work: impl AsyncFnOnce(CancellationToken) -> T) -> Result<T, CliError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(CliError::Runtime)?;
        Ok(runtime.block_on(async {
            let cancel = CancellationToken::new();
            let on_interrupt = cancel.clone();
            tokio::spawn(async move {
                if tokio::signal::ctrl_c().await.is_ok() {
                    on_interrupt.cancel();
                }
            });
            work(cancel).await
        }))
    }
}
