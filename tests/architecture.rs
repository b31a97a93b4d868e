//! The shape of the house: who may know whom, and what stays out of where.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kanbao_tests::repository;
use serde_json::Value;

/// Each room and the rooms that it may know. What is only for tests (dev-dependencies) may also know the press.
const ROOMS: [(&str, &[&str]); 11] = [
    ("newspaper", &[]),
    ("sources", &["newspaper"]),
    ("publisher", &["newspaper"]),
    ("library", &["newspaper"]),
    ("render", &["newspaper"]),
    ("sync", &["newspaper", "publisher", "sources", "library"]),
    // The press is a site: it answers what the polite client asks.
    ("press", &["newspaper", "publisher"]),
    ("cli", &["newspaper", "sync", "library", "render", "press"]),
    // The window carries the sample, which the press serves from inside the program.
    ("desktop", &["newspaper", "sync", "library", "render", "press", "publisher"]),
    ("tests", &["newspaper", "library", "press"]),
    ("xtask", &[]),
];

#[test]
fn rooms_know_only_whom_they_may() {
    let mut strays = Vec::new();
    for package in packages() {
        let room = room(&package.name);
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            strays.push(format!("{room} is no room that the design knows"));
            continue;
        };
        for dependency in
            package.dependencies.iter().filter(|dependency| dependency.name.starts_with("kanbao-"))
        {
            let known = dependency.name.trim_start_matches("kanbao-");
            let for_tests = dependency.dev && matches!(known, "press" | "newspaper");
            if !allowed.contains(&known) && !for_tests {
                strays.push(format!("{room} knows {known}"));
            }
        }
    }
    assert_eq!(strays, [""; 0]);
}

#[test]
fn no_crate_knows_tauri() {
    let crates = repository().join("src-tauri").join("crates");
    for package in packages().into_iter().filter(|package| package.folder.starts_with(&crates)) {
        for dependency in &package.dependencies {
            let tauri = ["tauri", "wry", "tao", "gtk", "webkit2gtk"];
            let known =
                tauri.iter().any(|name| dependency.name == *name || dependency.name.starts_with("tauri-"));
            assert!(!known, "{} knows {}", package.name, dependency.name);
        }
    }
}

#[test]
fn one_file_of_the_ui_knows_tauri() {
    let sources = repository().join("ui").join("src");
    let knowing: Vec<PathBuf> = files(&sources, &["ts", "js", "svelte"])
        .into_iter()
        .filter(|file| read(file).contains("@tauri-apps"))
        .map(|file| file.strip_prefix(&sources).expect("below it").to_owned())
        .collect();
    assert_eq!(knowing, [Path::new("lib").join("bindings.ts")]);
}

#[test]
fn no_published_markup_is_put_into_the_window() {
    for file in files(&repository().join("ui").join("src"), &["ts", "js", "svelte", "html"]) {
        let text = read(&file);
        for way in ["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"] {
            assert!(!text.contains(way), "{} uses {way}", file.display());
        }
    }
}

#[test]
fn the_top_folder_holds_only_what_belongs_there() {
    let allowed = [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "README.md",
        "deny.toml",
        "docs",
        "icons",
        "rustfmt.toml",
        "src-tauri",
        "tauri.conf.json",
        "tests",
        "ui",
        "xtask",
        // Made by builds, and ignored by git.
        "gen",
        "target",
    ];
    for entry in fs::read_dir(repository()).expect("the repository can be listed").map_while(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let belongs =
            allowed.contains(&name.as_str()) || name.starts_with('.') || name.starts_with("LICENSE");
        assert!(belongs, "{name} does not belong in the top folder");
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for file in rust_files() {
        let text = read(&file);
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        assert!(first.starts_with("//! "), "{} does not say what it is for", file.display());
    }
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    // Written apart, so that this file is not found itself.
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let ui = files(&repository().join("ui").join("src"), &["ts", "js", "svelte", "css"]);
    for file in rust_files().into_iter().chain(ui) {
        for (number, line) in read(&file).lines().enumerate() {
            let marked = marks.iter().any(|mark| line.contains(mark.as_str()));
            assert!(!marked, "{}:{}: {line}", file.display(), number + 1);
        }
    }
}

#[test]
fn dependencies_come_from_where_everyone_gets_them() {
    let cargo = read(&repository().join("Cargo.lock"));
    for line in cargo.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, "source = \"registry+https://github.com/rust-lang/crates.io-index\"");
    }
    let npm: Value =
        serde_json::from_str(&read(&repository().join("ui").join("package-lock.json"))).expect("JSON");
    for (name, package) in npm["packages"].as_object().expect("packages") {
        if let Some(address) = package["resolved"].as_str() {
            assert!(address.starts_with("https://registry.npmjs.org/"), "{name} comes from {address}");
        }
    }
}

struct Package {
    name: String,
    folder: PathBuf,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    dev: bool,
}

/// The workspace's members, as cargo understands their manifests.
fn packages() -> Vec<Package> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let metadata = Command::new(cargo)
        .current_dir(repository())
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .expect("cargo can be asked");
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("cargo gives JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().expect("packages").iter().map(|package| Package {
        name: text(&package["name"]),
        folder: PathBuf::from(text(&package["manifest_path"])).parent().expect("a folder").to_owned(),
        dependencies: package["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter()
            .map(|dependency| Dependency {
                name: text(&dependency["name"]),
                dev: dependency["kind"].as_str() == Some("dev"),
            })
            .collect(),
    });
    packages.collect()
}

fn room(package: &str) -> &str {
    package.strip_prefix("kanbao-").unwrap_or(package)
}

fn rust_files() -> Vec<PathBuf> {
    ["src-tauri", "tests", "xtask"]
        .iter()
        .flat_map(|folder| files(&repository().join(folder), &["rs"]))
        .collect()
}

/// Every file below a folder with one of these endings, in order.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map_while(Result::ok)
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            let made = entry
                .file_name()
                .is_some_and(|name| name == "target" || name == "node_modules" || name == "paraglide");
            if !made {
                found.extend(files(&entry, endings));
            }
        } else if entry.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            found.push(entry);
        }
    }
    found
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
