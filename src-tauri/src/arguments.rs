//! What the window can be started with.

use crate::sheets::parse_date;
use crate::view::FirstPlace;
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
    /// Open at an issue, or at one of its pages, instead of at the newsstand. A window that is open already stays
    /// where it is.
    #[arg(long, value_name = "PUBLICATION/DATE[/PAGE]")]
    pub(crate) open: Option<FirstPlace>,
    /// Draw without the graphics card: slower, for machines on which the window stays blank [Linux only].
    #[arg(long)]
    pub(crate) software_rendering: bool,
}

impl Arguments {
    pub(crate) fn library_folder(&self) -> Option<Utf8PathBuf> {
        self.library.clone().or_else(kanbao_library::default_directory)
    }
}

impl std::str::FromStr for FirstPlace {
    type Err = String;

    fn from_str(place: &str) -> Result<Self, String> {
        let mut parts = place.splitn(3, '/').map(str::to_owned);
        let (Some(publication), Some(date), page) = (parts.next(), parts.next(), parts.next()) else {
            return Err("an issue is named as PUBLICATION/DATE, a page as PUBLICATION/DATE/PAGE".to_owned());
        };
        parse_date(&date).map_err(|error| error.detail)?;
        Ok(Self { publication, date, page })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(place: &str) -> Option<FirstPlace> {
        let arguments = Arguments::try_parse_from(["kanbao-desktop", "--open", place]);
        arguments.ok().and_then(|arguments| arguments.open)
    }

    #[test]
    fn a_place_to_open_at_is_an_issue_or_a_page_of_it() {
        let place = |page: Option<&str>| {
            Some(FirstPlace {
                publication: "slrb".to_owned(),
                date: "2026-11-24".to_owned(),
                page: page.map(str::to_owned),
            })
        };
        assert_eq!(opened("slrb/2026-11-24"), place(None));
        assert_eq!(opened("slrb/2026-11-24/04-05"), place(Some("04-05")));
        for wrong in ["slrb", "slrb/today", "2026-11-24/slrb", ""] {
            assert_eq!(opened(wrong), None, "{wrong}");
        }
    }
}
