//! `kanbao list`: the newspapers in the library.

use crate::context::Context;
use crate::error::CliError;
use crate::output;
use kanbao_library::{Health, Measure};
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context) -> Result<ExitCode, CliError> {
    let library = context.library()?;
    let mut listed = Vec::new();
    for summary in library.publications()? {
        let health = library.health(&summary.publication.id)?;
        listed.push((summary, health));
    }
    if context.json {
        let publications: Vec<_> = listed
            .iter()
            .map(|(summary, health)| {
                json!({
                    "publication": summary.publication.id,
                    "name": summary.publication.name,
                    "family": summary.publication.family,
                    "url": summary.publication.url,
                    "issues": summary.issues,
                    "latest": summary.latest,
                    "bytes": summary.bytes,
                    "copyright": summary.publication.copyright,
                    "health": health,
                })
            })
            .collect();
        output::json(&json!({ "publications": publications }));
        return Ok(ExitCode::SUCCESS);
    }
    for (summary, health) in &listed {
        let latest = summary.latest.map_or_else(|| "-".to_owned(), |date| date.to_string());
        output::line(&format!(
            "{}\t{}\t{} issues\tnewest {latest}\t{}{}",
            summary.publication.id,
            summary.publication.name,
            summary.issues,
            output::bytes(summary.bytes),
            told(health)
        ));
    }
    if listed.is_empty() && !context.quiet {
        eprintln!("{}", CliError::NothingSubscribed);
    }
    Ok(ExitCode::SUCCESS)
}

/// Only what is wrong is worth a word.
fn told(health: &Health) -> String {
    let Health::Less { since, what } = health else { return String::new() };
    let name = |measure: &Measure| match measure {
        Measure::Pages => "pages",
        Measure::Articles => "articles",
        Measure::Texts => "texts",
        Measure::Regions => "regions",
    };
    let what: Vec<&str> = what.iter().map(name).collect();
    format!("\tfewer {} than usual since {since}", what.join(", "))
}
