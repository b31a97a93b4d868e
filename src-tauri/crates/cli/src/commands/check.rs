//! `kanbao check`: is the library whole?

use crate::context::Context;
use crate::error::CliError;
use crate::output;
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context) -> Result<ExitCode, CliError> {
    let report = context.library()?.check()?;
    let whole = report.problems.is_empty();
    if context.json {
        let problems: Vec<_> = report
            .problems
            .iter()
            .map(|problem| json!({ "what": problem.what, "where": problem.where_, "remedy": problem.remedy }))
            .collect();
        output::json(&json!({
            "whole": whole,
            "blobs": report.blobs,
            "bytes": report.bytes,
            "issues": report.issues,
            "strays": report.strays,
            "problems": problems,
        }));
    } else {
        for problem in &report.problems {
            eprintln!("kanbao: {}: {}; {}", problem.where_, problem.what, problem.remedy);
        }
        if !context.quiet {
            let bytes = output::bytes(report.bytes);
            let verdict = if whole { "whole" } else { "NOT whole" };
            output::line(&format!("{} issues, {} files, {bytes}: {verdict}", report.issues, report.blobs));
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
