//! The recipes that the program brings along: sites of one house each, as far as public notes tell of them.

use super::{Recipe, RecipeName};
use std::sync::{Arc, LazyLock};

macro_rules! texts {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../recipes/", $name, ".toml")))),*]
    };
}

/// Their names and texts.
const TEXTS: &[(&str, &str)] = texts!["cgpnews", "cnhubei", "farmer", "nujiang", "studytimes", "wccdaily"];

static BUILT_IN: LazyLock<Vec<Arc<Recipe>>> = LazyLock::new(|| {
    let parse = |(name, text): &(&str, &str)| {
        let recipe = Recipe::parse(text).unwrap_or_else(|problems| {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{name}: {}", problems.join("\n"))
        });
        Arc::new(recipe)
    };
    TEXTS.iter().map(parse).collect()
});

pub(crate) fn built_in() -> &'static [Arc<Recipe>] {
    &BUILT_IN
}

pub(crate) fn is_built_in(name: &RecipeName) -> bool {
    TEXTS.iter().any(|(known, _)| *known == name.as_str())
}

/// Names and texts of the recipes that the program brings along: a place to begin for who writes one.
pub fn built_in_texts() -> &'static [(&'static str, &'static str)] {
    TEXTS
}
