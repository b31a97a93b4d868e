//! `kanbao show`: one issue, its pages, regions and articles.

use crate::arguments::Show;
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use kanbao_library::{Issue, Library};
use serde_json::json;
use std::process::ExitCode;

pub(crate) fn run(context: &Context, arguments: &Show) -> Result<ExitCode, CliError> {
    let library = context.library()?;
    let publication = library.publication(&arguments.publication)?;
    let issue = find(&library, &publication.id, arguments.date)?;
    if context.json {
        output::json(&document(&publication.name, &issue));
    } else {
        print(&publication.name, &issue);
    }
    Ok(ExitCode::SUCCESS)
}

/// The issue of a date, or the newest.
fn find(library: &Library, publication: &str, date: Option<jiff::civil::Date>) -> Result<Issue, CliError> {
    let newest = || library.issues(publication).map(|issues| issues.first().map(|issue| issue.date));
    let date = match date {
        Some(date) => date,
        None => newest()?.ok_or_else(|| CliError::NoIssues { publication: publication.to_owned() })?,
    };
    library
        .issue(publication, date)?
        .ok_or_else(|| CliError::NoSuchIssue { publication: publication.to_owned(), date })
}

fn document(name: &str, issue: &Issue) -> serde_json::Value {
    let pages: Vec<_> = issue
        .pages
        .iter()
        .map(|page| {
            let regions: Vec<_> = page
                .regions
                .iter()
                .map(|region| json!({ "article": region.article, "polygon": region.polygon }))
                .collect();
            json!({
                "number": page.number,
                "name": page.name,
                "width": page.width,
                "height": page.height,
                "kept": page.kept,
                "hasPdf": page.pdf.is_some(),
                "hasPicture": page.picture.is_some(),
                "regions": regions,
                "warnings": page.warnings,
            })
        })
        .collect();
    let articles: Vec<_> = issue
        .articles
        .iter()
        .map(|article| {
            json!({
                "id": article.id,
                "pages": article.pages,
                "kicker": article.decks.kicker,
                "headline": article.decks.headline,
                "subheadline": article.decks.subheadline,
                "byline": article.decks.byline,
                "characters": article.characters,
                "pictures": article.pictures,
                "url": article.url,
            })
        })
        .collect();
    json!({
        "publication": issue.summary.publication,
        "name": name,
        "date": issue.summary.date,
        "complete": issue.summary.complete,
        "copyright": issue.copyright,
        "url": issue.summary.url,
        "pages": pages,
        "articles": articles,
    })
}

fn print(name: &str, issue: &Issue) {
    let state = if issue.summary.complete { "" } else { " (not complete)" };
    output::line(&format!("{name} {}{state}", issue.summary.date));
    for page in &issue.pages {
        let missing = if page.kept { "" } else { "\tnot fetched yet" };
        output::line(&format!("\n{} {}{missing}", page.number, page.name));
        for id in &page.articles {
            let Some(article) = issue.articles.iter().find(|article| article.id == *id) else { continue };
            let headline =
                if article.decks.headline.is_empty() { "(no headline)" } else { &article.decks.headline };
            output::line(&format!("  {id}\t{headline}\t{} characters", article.characters));
        }
    }
    if let Some(copyright) = &issue.copyright {
        output::line(&format!("\n{copyright}"));
    }
}
