//! The reader's own recipes: files in a folder of the library, beside those that the program brings along.

use camino::{Utf8Path, Utf8PathBuf};
use kanbao_sources::{LONGEST_RECIPE, Recipe, RecipeProblem, Sources};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};

/// The folder's name in the library's.
const FOLDER: &str = "recipes";

/// More files than this are more than a reader has papers.
const MOST_RECIPES: usize = 200;

/// Every recipe there is for a library.
#[derive(Debug, Clone)]
pub struct Recipes {
    /// What documents are read with.
    pub sources: Sources,
    /// Recipes of the folder that are left out, and why: one that is wrong takes nothing from the others.
    pub wrong: Vec<WrongRecipe>,
    pub folder: Utf8PathBuf,
    /// Where the reader's own lie, in their order among the sources.
    files: Vec<Utf8PathBuf>,
}

/// A recipe that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongRecipe {
    pub file: Utf8PathBuf,
    pub problems: Vec<RecipeProblem>,
}

impl fmt::Display for WrongRecipe {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(formatter, "{end}{}:{problem}", self.file)?;
        }
        Ok(())
    }
}

/// One recipe, as `kanbao recipe list` names it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedRecipe {
    pub name: String,
    pub title: String,
    pub revision: u32,
    pub built_in: bool,
    pub file: Option<Utf8PathBuf>,
    pub examples: usize,
    pub notes: String,
}

impl Recipes {
    /// The recipes of the library in a folder, whether there is one yet or not.
    pub fn of_library(directory: &Utf8Path) -> Self {
        let folder = directory.join(FOLDER);
        let (mut recipes, mut files, mut wrong) = (Vec::<Recipe>::new(), Vec::new(), Vec::new());
        match files_in(&folder) {
            Ok(found) => {
                for file in found {
                    match read(&file) {
                        Ok(recipe) => {
                            let twin = recipes.iter().position(|known| known.name == recipe.name);
                            if let Some(twin) = twin {
                                let problem = format!("{} has this name already: it counts", files[twin]);
                                wrong.push(WrongRecipe::whole(file, "name", problem));
                            } else {
                                recipes.push(recipe);
                                files.push(file);
                            }
                        }
                        Err(is_wrong) => wrong.push(is_wrong),
                    }
                }
            }
            Err(problem) => wrong.push(WrongRecipe::whole(folder.clone(), "", problem)),
        }
        Self { sources: Sources::with(recipes), wrong, folder, files }
    }

    /// Has a recipe that lies anywhere asked before all others.
    pub fn prefer(&mut self, file: &Utf8Path) -> Result<(), WrongRecipe> {
        self.sources = self.sources.preferring(read(file)?);
        self.files.insert(0, file.to_owned());
        Ok(())
    }

    pub fn list(&self) -> Vec<ListedRecipe> {
        let listed = self.sources.recipes().enumerate().map(|(at, (recipe, built_in))| ListedRecipe {
            name: recipe.name.to_string(),
            title: recipe.title.clone(),
            revision: recipe.revision,
            built_in,
            file: self.files.get(at).cloned(),
            examples: recipe.examples.len(),
            notes: recipe.notes.clone(),
        });
        listed.collect()
    }
}

impl WrongRecipe {
    /// Wrong as a whole, not in one of its lines.
    fn whole(file: Utf8PathBuf, field: &str, problem: String) -> Self {
        let problem = RecipeProblem { line: 1, column: 1, field: field.to_owned(), problem };
        Self { file, problems: vec![problem] }
    }
}

/// Reads one recipe's file.
pub(crate) fn read(file: &Utf8Path) -> Result<Recipe, WrongRecipe> {
    let whole = |problem: String| WrongRecipe::whole(file.to_owned(), "", problem);
    let bytes = read_at_most(file, LONGEST_RECIPE as u64).map_err(whole)?;
    let text = String::from_utf8(bytes).map_err(|_| whole("it is not written in UTF-8".to_owned()))?;
    Recipe::parse(&text).map_err(|problems| WrongRecipe { file: file.to_owned(), problems })
}

/// A file's bytes, unless there are more than so many.
pub(crate) fn read_at_most(file: &Utf8Path, most: u64) -> Result<Vec<u8>, String> {
    let unreadable = |error: io::Error| format!("it could not be read: {error}");
    let metadata = fs::metadata(file).map_err(unreadable)?;
    // What is no file, a pipe for one, may never end.
    if !metadata.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(file).and_then(|open| open.take(most + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > most { Err(format!("it is longer than {most} bytes")) } else { Ok(bytes) }
}

/// The recipes' files of a folder, by name; none where there is no folder.
fn files_in(folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>, String> {
    let entries = match folder.read_dir_utf8() {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("the recipes' folder could not be read: {error}")),
    };
    // A name that is not Unicode is passed over: no recipe of ours is called so.
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path().to_owned());
    let mut files: Vec<Utf8PathBuf> = paths.filter(|path| path.extension() == Some("toml")).collect();
    files.sort();
    if files.len() > MOST_RECIPES {
        return Err(format!(
            "it holds {} recipes: at most {MOST_RECIPES} are read, and so none is",
            files.len()
        ));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "format = 1\nname = \"NAME\"\nrevision = 2\n[claims]\nhosts = [\"a.example\"]\n[page]\nwhen = \"#sheet\"\n";

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let guard = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(guard.path().to_owned()).unwrap();
        fs::create_dir(path.join(FOLDER)).unwrap();
        (guard, path)
    }

    #[test]
    fn a_library_without_recipes_has_those_built_in() {
        let none = Recipes::of_library(Utf8Path::new("/nowhere/at/all"));
        assert_eq!(none.wrong, []);
        assert!(none.list().len() > 3 && none.list().iter().all(|recipe| recipe.built_in));
    }

    #[test]
    fn a_wrong_recipe_is_named_and_takes_nothing_from_the_others() {
        let (_guard, library) = folder();
        let put = |name: &str, text: &[u8]| fs::write(library.join(FOLDER).join(name), text).unwrap();
        put("a.toml", SOUND.replace("NAME", "river").as_bytes());
        put("b.toml", b"format = 1\nname = \"lake\"\nrevision = 1\n[page]\nwhem = \"#x\"\n");
        put("c.toml", SOUND.replace("NAME", "river").as_bytes());
        put("d.toml", &[0xFF, 0xFE]);
        put("e.toml", "x".repeat(LONGEST_RECIPE + 1).as_bytes());
        put("f.toml", SOUND.replace("NAME", "farmer").as_bytes());
        put("notes.txt", b"no recipe");
        fs::create_dir(library.join(FOLDER).join("g.toml")).unwrap();
        let recipes = Recipes::of_library(&library);
        let listed = recipes.list();
        assert_eq!((listed[0].name.as_str(), listed[0].revision, listed[0].built_in), ("river", 2, false));
        assert!(listed[0].file.as_ref().unwrap().ends_with("recipes/a.toml"));
        let farmers: Vec<_> = listed.iter().filter(|recipe| recipe.name == "farmer").collect();
        assert_eq!(farmers.len(), 1, "the reader's own replaces the one built in");
        assert!(!farmers[0].built_in);
        let wrong: Vec<&str> = recipes.wrong.iter().filter_map(|wrong| wrong.file.file_name()).collect();
        assert_eq!(wrong, ["b.toml", "c.toml", "d.toml", "e.toml", "g.toml"]);
        let told = recipes.wrong[0].to_string();
        assert!(told.contains("b.toml:5:1: page.whem: there is no such field here"), "{told}");
        assert!(
            recipes.wrong[1].to_string().contains("a.toml has this name already"),
            "{}",
            recipes.wrong[1]
        );
    }
}
