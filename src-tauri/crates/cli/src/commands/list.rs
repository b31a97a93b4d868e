//! `kanbao list`: the newspapers in the library.

use crate::context::Context;
use crate::error::CliError;
use crate::output;
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context) -> Result<ExitCode, CliError> {
    let summaries = context.library()?.publications()?;
    if context.json {
        let publications: Vec<_> = summaries
            .iter()
            .map(|summary| {
                json!({
                    "publication": summary.publication.id,
                    "name": summary.publication.name,
                    "family": summary.publication.family,
                    "url": summary.publication.url,
                    "issues": summary.issues,
                    "latest": summary.latest,
                    "bytes": summary.bytes,
                    "copyright": summary.publication.copyright,
                })
            })
            .collect();
        output::json(&json!({ "publications": publications }));
        return Ok(ExitCode::SUCCESS);
    }
    for summary in &summaries {
        let latest = summary.latest.map_or_else(|| "-".to_owned(), |date| date.to_string());
        output::line(&format!(
            "{}\t{}\t{} issues\tnewest {latest}\t{}",
            summary.publication.id,
            summary.publication.name,
            summary.issues,
            output::bytes(summary.bytes)
        ));
    }
    if summaries.is_empty() && !context.quiet {
        eprintln!("{}", CliError::NothingSubscribed);
    }
    Ok(ExitCode::SUCCESS)
}
