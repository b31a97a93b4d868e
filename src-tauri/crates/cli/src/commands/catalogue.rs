//! `kanbao catalogue`: newspapers that are known by name.

use crate::arguments::Catalogue;
use crate::context::Context;
use crate::output;
use kanbao_sync::catalogue;
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context, arguments: &Catalogue) -> ExitCode {
    let papers = catalogue::search(&arguments.query.join(" "), usize::MAX);
    if context.json {
        output::json(&json!({ "papers": papers }));
        return ExitCode::SUCCESS;
    }
    for paper in &papers {
        let readable = match paper.readable {
            Some(true) => paper.family.unwrap_or("-"),
            Some(false) => "not readable",
            None => "unknown kind of site",
        };
        let tested = paper.tested.map_or_else(|| "not tried".to_owned(), |date| format!("read {date}"));
        let region = paper.region.unwrap_or("-");
        output::line(&format!("{}\t{region}\t{readable}\t{tested}\t{}", paper.name, paper.url));
    }
    if !context.quiet {
        eprintln!("{} found; subscribe to one with kanbao add URL", papers.len());
    }
    ExitCode::SUCCESS
}
