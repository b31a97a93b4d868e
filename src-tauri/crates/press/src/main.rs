//! `kanbao-press`: serves the invented papers until it is ended.

use clap::{Parser, ValueEnum};
use kanbao_press::{Calendar, Charset, Index, Missing, Newest, Paper, Quirks, Robots, Site, Skin, serve};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Serves the invented papers as a digital-newspaper site.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Folder with SLUG/YYYY-MM-DD/issue.json; without it, the one issue inside this program.
    #[arg(long, value_name = "DIR")]
    paper: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    /// Whose templates and habits [default: div; with --documents, every one].
    #[arg(long)]
    skin: Option<Skin>,
    /// Another encoding than the skin's usual one.
    #[arg(long)]
    charset: Option<Charset>,
    /// How the front door leads to the newest issue.
    #[arg(long)]
    index: Option<Index>,
    /// Whether months list their issues.
    #[arg(long)]
    calendar: Option<Calendar>,
    /// What answers for an address that is not there.
    #[arg(long)]
    missing: Option<Missing>,
    /// robots.txt asks for so many seconds between requests.
    #[arg(long, value_name = "SECONDS", conflicts_with = "disallow")]
    crawl_delay: Option<u32>,
    /// robots.txt forbids everything.
    #[arg(long)]
    disallow: bool,
    /// What has become of every paper's newest issue.
    #[arg(long, default_value = "published")]
    newest: Newest,
    /// Print, as JSON, what a reader of the site should find, and end.
    #[arg(long)]
    published: bool,
    /// Write the site's documents, neither pictures nor PDFs, into DIR/SKIN, and end.
    #[arg(long, value_name = "DIR", conflicts_with = "published")]
    documents: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kanbao-press: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let paper = arguments.paper.as_deref().map_or_else(|| Ok(Paper::sample()), Paper::load)?;
    if let Some(folder) = &arguments.documents {
        return write_documents(arguments, &paper, folder);
    }
    let skin = arguments.skin.unwrap_or(Skin::Div);
    let site = Site::new(paper, skin, quirks(arguments, skin));
    if arguments.published {
        writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(site.published())?)?;
        return Ok(());
    }
    site.set_newest(arguments.newest);
    let site = Arc::new(site);
    let served = serve(Arc::clone(&site), arguments.addr).await.map_err(|error| {
        format!("could not listen at {}: {error}; name another place with --addr", arguments.addr)
    })?;
    for (slug, name) in site.papers() {
        writeln!(std::io::stdout(), "{name}\t{}{}", served.origin(), site.front_door(slug))?;
    }
    served.forever().await;
    Ok(())
}

/// Each skin's into a folder of its own.
fn write_documents(
    arguments: &Arguments,
    paper: &Paper,
    folder: &Path,
) -> Result<(), Box<dyn std::error::Error>> {
    let every = Skin::value_variants();
    for &skin in arguments.skin.as_ref().map_or(every, std::slice::from_ref) {
        let name = skin.to_possible_value().ok_or("a skin without a name")?.get_name().to_owned();
        let site = Site::new(paper.clone(), skin, quirks(arguments, skin));
        let count = site.write_documents(&folder.join(&name), &format!("{name}.example"))?;
        writeln!(std::io::stdout(), "{name}\t{count}")?;
    }
    Ok(())
}

fn quirks(arguments: &Arguments, skin: Skin) -> Quirks {
    let usual = Quirks::usual(skin);
    let robots = match arguments.crawl_delay {
        Some(seconds) => Robots::CrawlDelay(seconds),
        None if arguments.disallow => Robots::Disallow,
        None => usual.robots,
    };
    Quirks {
        charset: arguments.charset.unwrap_or(usual.charset),
        index: arguments.index.unwrap_or(usual.index),
        calendar: arguments.calendar.unwrap_or(usual.calendar),
        missing: arguments.missing.unwrap_or(usual.missing),
        robots,
        ..usual
    }
}
