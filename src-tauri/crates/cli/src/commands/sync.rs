//! `kanbao sync`: bring newspapers up to date, with progress on standard error.

use crate::arguments::{Sync, WantedIssues};
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use indicatif::{ProgressBar, ProgressStyle};
use kanbao_sync::{Event, SyncReport, Wanted};
use std::process::ExitCode;
use std::time::Duration;

pub(crate) fn run(context: &Context, arguments: &Sync) -> Result<ExitCode, CliError> {
    let library = context.library()?;
    let publications = Context::publications(&library, &arguments.publications)?;
    let syncer = context.syncer(&library)?;
    let progress = Progress::new(context.quiet);
    let report = Context::block_on(async |cancel| {
        let tell = |event: Event| progress.tell(&event);
        syncer.sync(&publications, wanted(&arguments.wanted), &tell, &cancel).await
    })??;
    progress.end();
    if context.json {
        output::json(&report);
    } else if !context.quiet {
        print(&report);
    }
    for failure in &report.failed {
        let date = failure.date.map(|date| format!(" {date}")).unwrap_or_default();
        eprintln!("kanbao: {}{date}: {}", failure.publication, failure.reason);
    }
    Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn wanted(arguments: &WantedIssues) -> Wanted {
    match (arguments.date, arguments.since) {
        (Some(date), _) => Wanted::Date(date),
        (None, Some(since)) => Wanted::Since(since),
        (None, None) => Wanted::Latest(arguments.latest.unwrap_or(1)),
    }
}

fn print(report: &SyncReport) {
    for issue in &report.issues {
        output::line(&format!(
            "{}\t{}\t{} pages\t{} articles\t{} received\t{}",
            issue.publication,
            issue.date,
            issue.pages,
            issue.articles,
            output::bytes(issue.bytes),
            if issue.complete { "complete" } else { "not complete" }
        ));
        for warning in &issue.warnings {
            eprintln!("  {warning}");
        }
    }
    for missing in &report.not_published {
        output::line(&format!("{}\t{}\tnot published yet", missing.publication, missing.date));
    }
}

/// A line on a terminal that is written over; nothing where nobody looks.
struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new(quiet: bool) -> Self {
        // Draws nothing by itself where standard error is no terminal.
        let bar = (!quiet).then(|| {
            let bar = ProgressBar::new_spinner();
            bar.set_style(ProgressStyle::default_spinner());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { bar }
    }

    fn tell(&self, event: &Event) {
        let Some(bar) = &self.bar else { return };
        match event {
            Event::Looking { publication } => {
                bar.set_message(format!("{publication}: looking for the newest issue"));
            }
            Event::IssueStarted { publication, date, pages, pages_kept } => {
                bar.set_message(format!("{publication} {date}: {pages_kept} of {pages} pages"));
            }
            Event::PageKept { publication, date, pages, pages_kept, articles, bytes, .. } => {
                let bytes = output::bytes(*bytes);
                bar.set_message(format!(
                    "{publication} {date}: {pages_kept} of {pages} pages, {articles} articles, {bytes}"
                ));
            }
            Event::Planned { .. } | Event::IssueDone(_) | Event::NotPublished(_) | Event::Failed(_) => {}
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
