//! `cargo xtask screenshots`: every screen and state as readers have them, and a contact sheet a state.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::display::VirtualDisplay;
use crate::packages::{self, Purpose};
use crate::{cargo, process, ui, workspace};

/// Room for the largest look: a portrait screen, and 1280x800 at twice the density.
const SCREEN: (u32, u32) = (2560, 1920);

/// `only` is a part of a look's name, as `1280x800@1-light-zh-CN`: others are left out.
pub(crate) fn take(only: Option<&str>) -> Result<(), String> {
    packages::ensure(Purpose::Test)?;
    ui::check_node()?;
    ui::install()?;
    ui::build()?;
    process::run(cargo::cargo("build").args(["--bins", "--example", "screenshots"]))?;
    let display = VirtualDisplay::start(SCREEN)?;
    let folder = workspace::leavings().join("screenshots").join("looks");
    let mut take = Command::new(workspace::programs(false).join("examples").join("screenshots"));
    take.arg(&folder).args(only);
    take.env("KANBAO_BIN_DIR", workspace::programs(false));
    display.show(&mut take);
    process::run(&mut take)?;
    for (state, pictures) in by_state(&folder)? {
        let sheet = folder.with_file_name("contact").join(format!("{state}.png"));
        contact_sheet(&sheet, &pictures)?;
        println!("{}", sheet.display());
    }
    Ok(())
}

/// The pictures of each state, look by look.
fn by_state(folder: &Path) -> Result<BTreeMap<String, Vec<PathBuf>>, String> {
    let entries = |folder: &Path| {
        let read = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = read.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        Ok::<_, String>(paths)
    };
    let mut states: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for look in entries(folder)? {
        for picture in entries(&look)? {
            let state = picture.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            states.entry(state).or_default().push(picture);
        }
    }
    Ok(states)
}

fn contact_sheet(sheet: &Path, pictures: &[PathBuf]) -> Result<(), String> {
    if let Some(folder) = sheet.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut montage = Command::new("montage");
    // Its own default is a font that few systems have.
    if let Some(font) = process::ask(Command::new("fc-match").args(["--format", "%{file}", "sans"])) {
        montage.args(["-font", font.trim()]);
    }
    for picture in pictures {
        let look = picture.parent().and_then(Path::file_name).unwrap_or_default();
        montage.arg("-label").arg(look).arg(picture);
    }
    process::run(montage.args(["-tile", "4x", "-geometry", "640x640+6+6", "-background", "#777"]).arg(sheet))
}
