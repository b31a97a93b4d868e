//! Typesets the invented papers from `content/` into `paper/`.

#[path = "../typeset/mod.rs"]
mod typeset;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "Typesets the invented papers from content/ into paper/.")]
struct Arguments {
    /// Manuscripts and layouts.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/content"))]
    content: PathBuf,
    /// Where the issues are written.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/paper"))]
    paper: PathBuf,
    /// The system's font folder.
    #[arg(long, default_value = "/usr/share/fonts")]
    fonts: PathBuf,
    /// Only issues whose "slug/date" contains this.
    #[arg(long)]
    only: Option<String>,
    /// Print even what does not fit, with a blank in its place; implies --verbose.
    #[arg(long)]
    draft: bool,
    /// Tell how every article was made to fit.
    #[arg(long, short)]
    verbose: bool,
}

fn main() -> ExitCode {
    let Arguments { content, paper, fonts, only, draft, verbose } = Arguments::parse();
    match typeset::typeset(&typeset::Order { content, paper, fonts, only, draft }, verbose || draft) {
        Ok(told) => {
            for line in told {
                println!("{line}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
