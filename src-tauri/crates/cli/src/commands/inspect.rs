//! `kanbao inspect`: what a fetched page is and what is read from it.

use crate::arguments::Inspect;
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use camino::Utf8Path;
use kanbao_render::{Kind, Sheet};
use kanbao_sync::Inspection;
use serde_json::json;
use std::process::ExitCode;

/// No page of a newspaper's site is larger; a PDF may be.
const MOST_BYTES: u64 = 256 << 20;

pub(crate) fn run(context: &Context, arguments: &Inspect) -> Result<ExitCode, CliError> {
    let base = arguments
        .base
        .as_deref()
        .map(|base| base.parse().map_err(|_| CliError::BadBase(base.to_owned())))
        .transpose()?;
    let mut recipes = context.recipes()?;
    context.tell_wrong(&recipes);
    if let Some(file) = &arguments.recipe {
        recipes.prefer(file).map_err(CliError::WrongRecipe)?;
    }
    let sources = &recipes.sources;
    let path = Utf8Path::new(&arguments.target);
    if arguments.target.contains("://") && !path.exists() {
        let client = Context::client()?;
        let inspection = Context::block_on(async |cancel| {
            tokio::select! {
                biased;
                () = cancel.cancelled() => Err(kanbao_sync::SyncError::Cancelled),
                inspection = kanbao_sync::inspect_url(&client, sources, &arguments.target, base.as_ref()) => inspection,
            }
        })??;
        return Ok(tell(context, &inspection));
    }
    let unreadable = |source| CliError::Unreadable { path: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(unreadable)?.len();
    if bytes > MOST_BYTES {
        return Err(CliError::TooLarge { path: path.to_owned(), bytes, limit: MOST_BYTES });
    }
    let body = std::fs::read(path).map_err(unreadable)?;
    if looks_like_text(&body) {
        let inspection = kanbao_sync::inspect_file(sources, path.as_std_path(), &body, base.as_ref())?;
        return Ok(tell(context, &inspection));
    }
    sheet(context, body)
}

/// Pages and calendars are text; what begins like a PDF or has a picture's binary head is not.
fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(1024)];
    let pdf = head.windows(5).any(|window| window == b"%PDF-");
    let utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    !pdf && (utf16 || !head.contains(&0))
}

/// A page's picture or PDF: what it is drawn from, and its size.
fn sheet(context: &Context, body: Vec<u8>) -> Result<ExitCode, CliError> {
    let sheet = Sheet::open(body)?;
    let (width, height) = sheet.size();
    let (kind, unit) = match sheet.kind() {
        Kind::Pdf => ("pdf", "points"),
        Kind::Picture => ("picture", "pixels"),
    };
    if context.json {
        output::json(&json!({
            "kind": kind, "family": null, "publication": null, "date": null,
            "page": { "number": null, "name": null, "width": width, "height": height, "unit": unit,
                      "picture": null, "pdf": null, "regions": [], "articles": [] },
            "pages": [], "article": null, "issues": [], "titles": [], "links": {}, "copyright": null,
            "rules": [], "warnings": [],
        }));
    } else {
        output::line(&format!("{kind}: {width} x {height} {unit}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(context: &Context, inspection: &Inspection) -> ExitCode {
    if context.json {
        output::json(inspection);
        return ExitCode::SUCCESS;
    }
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    output::line(&format!("kind         {}", inspection.kind.as_str()));
    output::line(&format!(
        "family       {}",
        or_none(inspection.family.map(|family| family.as_str().to_owned()))
    ));
    output::line(&format!("publication  {}", or_none(inspection.publication.clone())));
    output::line(&format!("date         {}", or_none(inspection.date.map(|date| date.to_string()))));
    if let Some(page) = &inspection.page {
        output::line(&format!("page         {} {}", page.number, page.name));
        output::line(&format!("regions      {}", page.regions.len()));
        output::line(&format!("picture      {}", or_none(page.picture.as_ref().map(ToString::to_string))));
        output::line(&format!("pdf          {}", or_none(page.pdf.as_ref().map(ToString::to_string))));
        for article in &page.articles {
            output::line(&format!("  article    {}  {}", article.url, article.headline));
        }
    }
    for page in &inspection.pages {
        output::line(&format!("pages        {} {}  {}", page.number, page.name, page.url));
    }
    if let Some(article) = &inspection.article {
        output::line(&format!("kicker       {}", article.kicker));
        output::line(&format!("headline     {}", article.headline));
        output::line(&format!("subheadline  {}", article.subheadline.replace('\n', " / ")));
        output::line(&format!("byline       {}", article.byline));
        output::line(&format!("body\n{}", article.body));
        for picture in &article.pictures {
            output::line(&format!("picture      {}  {}", picture.url, picture.caption));
        }
    }
    for title in &inspection.titles {
        output::line(&format!("title        {}  {}", title.name, title.url));
    }
    if let Some(redirect) = &inspection.redirect {
        output::line(&format!("leads to     {redirect}"));
    }
    for issue in &inspection.issues {
        output::line(&format!(
            "issue        {}  {}",
            issue.date,
            or_none(issue.url.as_ref().map(ToString::to_string))
        ));
    }
    output::line(&format!("copyright    {}", or_none(inspection.copyright.clone())));
    for rule in &inspection.rules {
        let mark = if rule.matched { "+" } else { "-" };
        let saw = rule.saw.as_deref().map(|saw| format!(": {saw}")).unwrap_or_default();
        output::line(&format!("{mark} {:<11} {}{saw}", rule.field, rule.rule));
    }
    for warning in &inspection.warnings {
        output::line(&format!("! {warning}"));
    }
    ExitCode::SUCCESS
}
