//! `kanbao recipe`: what recipes there are, whether one reads its own examples, the text of one built in.

use crate::arguments::{Recipe, RecipeCommand};
use crate::context::Context;
use crate::error::CliError;
use crate::output;
use camino::Utf8Path;
use kanbao_sync::{CheckedExample, RecipeCheck, check_recipe};
use serde_json::{Value, json};
use std::process::ExitCode;

/// What is shown of one value that differs.
const LONGEST_VALUE: usize = 200;

pub(crate) fn run(context: &Context, arguments: &Recipe) -> Result<ExitCode, CliError> {
    match &arguments.command {
        RecipeCommand::List => list(context),
        RecipeCommand::Check { file } => Ok(check(context, file)),
        RecipeCommand::Show { name } => show(context, name),
    }
}

fn list(context: &Context) -> Result<ExitCode, CliError> {
    let recipes = context.recipes()?;
    let listed = recipes.list();
    if context.json {
        output::json(
            &json!({ "folder": recipes.folder, "recipes": listed, "wrong": recipes.wrong.iter().map(|wrong| {
            json!({ "file": wrong.file, "problems": wrong.problems })
        }).collect::<Vec<_>>() }),
        );
    } else {
        for recipe in &listed {
            let place = recipe.file.as_ref().map_or("built in", |file| file.as_str());
            output::line(&format!("{:<20} {:>3}  {}  ({place})", recipe.name, recipe.revision, recipe.title));
        }
        if !context.quiet {
            eprintln!("your own recipes lie in {}", recipes.folder);
        }
    }
    for wrong in &recipes.wrong {
        eprintln!("kanbao: {wrong}");
    }
    Ok(if recipes.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(context: &Context, name: &str) -> Result<ExitCode, CliError> {
    let text = kanbao_sync::built_in_texts().iter().find(|(known, _)| *known == name);
    let Some((name, text)) = text else {
        let known: Vec<&str> = kanbao_sync::built_in_texts().iter().map(|(known, _)| *known).collect();
        return Err(CliError::NoSuchRecipe { name: name.to_owned(), known: known.join(", ") });
    };
    if context.json {
        output::json(&json!({ "name": name, "text": text }));
    } else {
        output::line(text.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

fn check(context: &Context, file: &Utf8Path) -> ExitCode {
    let check = check_recipe(file);
    if context.json {
        output::json(&check);
    } else {
        tell(context, &check);
    }
    if check.right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(context: &Context, check: &RecipeCheck) {
    for problem in &check.problems {
        eprintln!("kanbao: {}:{problem}", check.file);
    }
    for example in &check.examples {
        tell_example(&check.file, example, context.quiet);
    }
    let Some(name) = &check.name else { return };
    let right = check.examples.iter().filter(|example| example.right).count();
    if !context.quiet {
        output::line(&format!("{name}: {right} of {} examples read as they should", check.examples.len()));
        if check.examples.is_empty() {
            eprintln!("kanbao: {}: it has no examples: nothing shows that it reads anything", check.file);
        }
    }
}

fn tell_example(recipe: &Utf8Path, example: &CheckedExample, quiet: bool) {
    if example.right {
        if !quiet {
            output::line(&format!("right  {}", example.file));
        }
        return;
    }
    output::line(&format!("WRONG  {}  ({recipe}:{})", example.file, example.line));
    if let Some(problem) = &example.problem {
        output::line(&format!("       {problem}"));
    }
    for difference in &example.differences {
        output::line(&format!("       {}", difference.field));
        output::line(&format!("         expected {}", shown(&difference.expected)));
        output::line(&format!("         read     {}", shown(&difference.read)));
    }
    for rule in &example.rules {
        let saw = rule.saw.as_deref().map(|saw| format!(": saw {saw}")).unwrap_or_default();
        output::line(&format!("       - {}  {}{saw}", rule.field, rule.rule));
    }
}

fn shown(value: &Value) -> String {
    if value.is_null() {
        return "nothing".to_owned();
    }
    let text = value.to_string();
    let short: String = text.chars().take(LONGEST_VALUE).collect();
    if short.len() < text.len() { format!("{short}…") } else { text }
}
