//! `kanbao`: the same library without a window. People script it, so its words and JSON are a contract:
//! see docs/cli.md.

mod arguments;
mod commands;
mod context;
mod error;
mod output;

use arguments::{Arguments, Command};
use clap::Parser;
use context::Context;
use std::process::ExitCode;

/// Not the window's: it keeps what was freed, which a program that is open all day should not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Usage errors end here, with exit code 2 and clap's own words.
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("KANBAO_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let context = Context::new(&arguments);
    let done = match arguments.command {
        Command::Add(add) => commands::add::run(&context, &add),
        Command::Catalogue(catalogue) => Ok(commands::catalogue::run(&context, &catalogue)),
        Command::List => commands::list::run(&context),
        Command::Sync(sync) => commands::sync::run(&context, &sync),
        Command::Show(show) => commands::show::run(&context, &show),
        Command::Read(read) => commands::read::run(&context, &read),
        Command::Search(search) => commands::search::run(&context, &search),
        Command::Render(render) => commands::render::run(&context, &render),
        Command::Inspect(inspect) => commands::inspect::run(&context, &inspect),
        Command::Recipe(recipe) => commands::recipe::run(&context, &recipe),
        Command::Check => commands::check::run(&context),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kanbao: {error}");
            ExitCode::FAILURE
        }
    }
}
