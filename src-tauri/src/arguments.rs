//! What the window can be started with.

use camino::Utf8PathBuf;
use clap::Parser;

/// Opens the reader's window, or brings the one that has this library open to the front.
#[derive(Debug, Clone, Parser)]
#[command(name = "kanbao-desktop", version)]
pub(crate) struct Arguments {
    /// The library's folder [default: the reader's own, which `kanbao` uses too].
    #[arg(long, env = "KANBAO_LIBRARY", value_name = "DIR")]
    pub(crate) library: Option<Utf8PathBuf>,
    /// Start with the sample issue that comes with the program.
    #[arg(long)]
    pub(crate) sample: bool,
    /// Subscribe to the newspaper at this address and sync it.
    #[arg(long, value_name = "URL")]
    pub(crate) subscribe: Option<String>,
    /// How many of its newest issues to sync.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=400), requires = "subscribe")]
    pub(crate) latest: u32,
    /// Draw without the graphics card: slower, for machines on which the window stays blank [Linux only].
    #[arg(long)]
    pub(crate) software_rendering: bool,
}

impl Arguments {
    pub(crate) fn library_folder(&self) -> Option<Utf8PathBuf> {
        self.library.clone().or_else(kanbao_library::default_directory)
    }
}
