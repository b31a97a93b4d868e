//! The recipes that the program brings along read the documents recorded beside them.

use camino::Utf8PathBuf;
use kanbao_sync::{built_in_texts, check_recipe};

#[test]
fn every_built_in_recipe_reads_its_examples() {
    let folder = Utf8PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../sources/recipes"));
    let mut wrong = Vec::new();
    for (name, _) in built_in_texts() {
        let check = check_recipe(&folder.join(format!("{name}.toml")));
        assert_eq!(check.name.as_deref(), Some(*name), "{:?}", check.problems);
        assert!(!check.examples.is_empty(), "{name} has no example");
        for example in check.examples.iter().filter(|example| !example.right) {
            wrong.push(format!("{}: {:?} {:#?}", example.file, example.problem, example.differences));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
