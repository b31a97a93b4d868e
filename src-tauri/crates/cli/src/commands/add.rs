//! `kanbao add`: find the newspaper at an address and subscribe to it.

use crate::arguments::Add;
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use kanbao_sync::SyncError;
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context, arguments: &Add) -> Result<ExitCode, CliError> {
    let library = context.library()?;
    let syncer = context.syncer(&library)?;
    let added = Context::block_on(async |cancel| {
        syncer.add(&arguments.url, arguments.name.as_deref(), &cancel).await
    })?;
    // Several titles on one site: which of them is for the reader to say.
    if let Err(SyncError::SeveralTitles { titles, .. }) = &added
        && context.json
    {
        output::json(&json!({ "publications": titles }));
    }
    let (publication, discovery) = added?;
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
