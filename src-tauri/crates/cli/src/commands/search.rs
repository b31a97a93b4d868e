//! `kanbao search`: find text in everything that is kept, newest first.

use crate::arguments::Search;
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use kanbao_library::Query;
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context, arguments: &Search) -> Result<ExitCode, CliError> {
    let library = context.library()?;
    if let Some(id) = &arguments.publication {
        library.publication(id)?;
    }
    let found = library.search(&Query {
        text: arguments.query.clone(),
        publication: arguments.publication.clone(),
        since: arguments.since,
        until: arguments.until,
        limit: arguments.limit,
        offset: 0,
    })?;
    if context.json {
        let results: Vec<_> = found
            .hits
            .iter()
            .map(|hit| {
                json!({
                    "article": hit.article,
                    "publication": hit.publication,
                    "name": hit.publication_name,
                    "date": hit.date,
                    "page": hit.page,
                    "headline": hit.headline,
                    "snippet": hit.snippet,
                })
            })
            .collect();
        output::json(&json!({ "total": found.total, "results": results }));
        return Ok(ExitCode::SUCCESS);
    }
    for hit in &found.hits {
        output::line(&format!(
            "{}\t{} {} 第{}版\t{}\n\t{}",
            hit.article, hit.publication_name, hit.date, hit.page, hit.headline, hit.snippet
        ));
    }
    if !context.quiet {
        eprintln!("{} found", found.total);
    }
    Ok(ExitCode::SUCCESS)
}
