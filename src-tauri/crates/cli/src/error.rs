//! Why a command could not be carried out.

use camino::Utf8PathBuf;

#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("there is no data folder on this system to keep a library in: name one with --library DIR")]
    NoDataFolder,
    #[error("the library is empty: subscribe to a newspaper with kanbao add URL")]
    NothingSubscribed,
    #[error("{publication} has no issue in the library yet: fetch one with kanbao sync {publication}")]
    NoIssues { publication: String },
    #[error(
        "{publication} of {date} is not in the library: fetch it with kanbao sync {publication} --date {date}"
    )]
    NoSuchIssue { publication: String, date: jiff::civil::Date },
    #[error("{publication} of {date} has no page {page}; it has {known}")]
    NoSuchPage { publication: String, date: jiff::civil::Date, page: String, known: String },
    #[error("page {page} has neither a PDF nor a picture in the library: sync that issue again")]
    NothingToDraw { page: String },
    #[error("{0:?} is not an article's id: kanbao show and kanbao search print them")]
    BadArticle(String),
    #[error("{0:?} is not a web address that --base can be")]
    BadBase(String),
    #[error("{path} could not be read: {source}")]
    Unreadable { path: Utf8PathBuf, source: std::io::Error },
    #[error("{path} could not be written: {source}")]
    Unwritable { path: Utf8PathBuf, source: std::io::Error },
    #[error("{path} is {bytes} bytes; at most {limit} are inspected")]
    TooLarge { path: Utf8PathBuf, bytes: u64, limit: u64 },
    #[error("{0}")]
    WrongRecipe(kanbao_sync::WrongRecipe),
    #[error("there is no recipe {name:?} built in; there are {known}")]
    NoSuchRecipe { name: String, known: String },
    #[error("the program could not start its network part: {0}")]
    Runtime(std::io::Error),
    #[error(transparent)]
    Library(#[from] kanbao_library::LibraryError),
    #[error(transparent)]
    Sync(#[from] kanbao_sync::SyncError),
    #[error(transparent)]
    Publisher(#[from] kanbao_sync::PublisherError),
    #[error(transparent)]
    Render(#[from] kanbao_render::RenderError),
}
