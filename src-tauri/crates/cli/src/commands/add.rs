//! `kanbao add`: find the newspaper at an address and subscribe to it.

use crate::arguments::Add;
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context, arguments: &Add) -> Result<ExitCode, CliError> {
    let library = context.library()?;
    let syncer = Context::syncer(&library)?;
    let (publication, discovery) = Context::block_on(async |cancel| {
        syncer.add(&arguments.url, arguments.name.as_deref(), &cancel).await
    })??;
    if context.json {
        output::json(&json!({
            "publication": publication.id,
            "name": publication.name,
            "family": publication.family,
            "latest": discovery.latest,
        }));
    } else {
        output::line(&publication.id);
        if !context.quiet {
            let latest = discovery.latest.map(|date| format!(", newest issue {date}")).unwrap_or_default();
            eprintln!(
                "{} ({}{latest}); fetch it with: kanbao sync {}",
                publication.name, publication.family, publication.id
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
