//! The words of the command line.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Keeps digital newspapers on your own machine and reads them.
#[derive(Debug, Parser)]
#[command(name = "kanbao", version, propagate_version = true)]
pub(crate) struct Arguments {
    /// The library's folder [default: the reader's own, which the window uses too].
    #[arg(long, global = true, env = "KANBAO_LIBRARY", value_name = "DIR")]
    pub(crate) library: Option<Utf8PathBuf>,
    /// One JSON document on standard output; progress and messages go to standard error.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// No progress and no messages but errors.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the newspaper at an address and subscribe to it.
    Add(Add),
    /// Newspapers that are known by name, with an address for add.
    Catalogue(Catalogue),
    /// The newspapers in the library.
    List,
    /// Bring newspapers up to date.
    Sync(Sync),
    /// One issue: its pages, regions and articles.
    Show(Show),
    /// One article's text.
    Read(Read),
    /// Find text in everything that is kept, newest first.
    Search(Search),
    /// Draw a page, or a part of it, into a PNG file.
    Render(Render),
    /// Say what a fetched page is and what is read from it.
    Inspect(Inspect),
    /// Recipes: site families as data, in files of your own.
    Recipe(Recipe),
    /// Check that the library is whole: every file is hashed again, every row accounted for.
    Check,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The site's front page, a page of an issue, or an article.
    pub(crate) url: String,
    /// What to call it [default: as the site does].
    #[arg(long, value_name = "N")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Catalogue {
    /// What to look for: a name, its pinyin or initials, a region, a publisher [default: all].
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// Which newspapers [default: all].
    #[arg(value_name = "ID")]
    pub(crate) publications: Vec<String>,
    #[command(flatten)]
    pub(crate) wanted: WantedIssues,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct WantedIssues {
    /// The issue of one date, as YYYY-MM-DD.
    #[arg(long, value_name = "D")]
    pub(crate) date: Option<Date>,
    /// Every issue of this date and later.
    #[arg(long, value_name = "D")]
    pub(crate) since: Option<Date>,
    /// The newest N issues [default: 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=400))]
    pub(crate) latest: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[arg(value_name = "ID")]
    pub(crate) publication: String,
    /// Which issue, as YYYY-MM-DD [default: the newest].
    pub(crate) date: Option<Date>,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// The article's id, as show and search print it.
    pub(crate) article: String,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for; of several words, all must occur.
    pub(crate) query: String,
    #[arg(long, value_name = "ID")]
    pub(crate) publication: Option<String>,
    #[arg(long, value_name = "D")]
    pub(crate) since: Option<Date>,
    #[arg(long, value_name = "D")]
    pub(crate) until: Option<Date>,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Render {
    #[arg(value_name = "ID")]
    pub(crate) publication: String,
    pub(crate) date: Date,
    /// The page's printed number.
    pub(crate) page: String,
    #[arg(short, long, value_name = "FILE.png")]
    pub(crate) output: Utf8PathBuf,
    /// Width of the drawing in pixels.
    #[arg(long, value_name = "PX", default_value_t = 1600, value_parser = clap::value_parser!(u32).range(1..=16_384))]
    pub(crate) width: u32,
    /// The part to draw, as x,y,w,h in fractions of the page [default: all of it].
    #[arg(long, value_name = "x,y,w,h", value_parser = parse_rectangle, allow_hyphen_values = true)]
    pub(crate) rect: Option<[f64; 4]>,
    /// In the night colours: dark paper, light type, photographs as they are.
    #[arg(long)]
    pub(crate) night: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// A file, or an address to fetch.
    #[arg(value_name = "FILE|URL")]
    pub(crate) target: String,
    /// The address that the file came from.
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<String>,
    /// A recipe to try, before it lies among the others.
    #[arg(long, value_name = "FILE")]
    pub(crate) recipe: Option<Utf8PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Recipe {
    #[command(subcommand)]
    pub(crate) command: RecipeCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecipeCommand {
    /// The recipes there are, built in and of your own, and what is wrong with any.
    List,
    /// Read a recipe's recorded examples and say where it reads them wrongly.
    Check { file: Utf8PathBuf },
    /// The text of a recipe that is built in.
    Show { name: String },
}

fn parse_rectangle(text: &str) -> Result<[f64; 4], String> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|number| number.trim().parse::<f64>())
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{error}; give four numbers between 0 and 1, like 0,0,0.5,0.25"))?;
    let rectangle: [f64; 4] =
        numbers.try_into().map_err(|_| "give four numbers between 0 and 1, like 0,0,0.5,0.25".to_owned())?;
    let [x, y, width, height] = rectangle;
    let inside = |start: f64, length: f64| start >= 0.0 && length > 0.0 && start + length <= 1.0 + 1e-9;
    if inside(x, width) && inside(y, height) {
        Ok(rectangle)
    } else {
        Err("the part must lie within the page: x+w and y+h at most 1, w and h more than 0".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn rectangles() {
        assert_eq!(parse_rectangle("0, 0,0.5,1"), Ok([0.0, 0.0, 0.5, 1.0]));
        for wrong in
            ["", "0,0,1", "0,0,1,1,1", "a,0,1,1", "0.6,0,0.5,1", "0,0,0,1", "-0.1,0,0.5,1", "nan,0,1,1"]
        {
            assert!(parse_rectangle(wrong).is_err(), "{wrong}");
        }
    }
}
