//! `cargo xtask run`: from a fresh clone to an open newsstand.

use crate::demo::{self, Press};
use crate::display::{self, VirtualDisplay};
use crate::packages::{self, Purpose};
use crate::process::Running;
use crate::{cargo, ui, workspace};

/// As large as the window opens: a screen that it fills.
const WINDOW: (u32, u32) = (1280, 800);

#[derive(Default)]
pub(crate) struct Options {
    release: bool,
    headless: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        for argument in arguments {
            match argument.as_str() {
                "--release" => options.release = true,
                "--headless" => options.headless = true,
                other => return Err(format!("run does not know {other:?}, only --release and --headless")),
            }
        }
        Ok(options)
    }
}

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let headless = options.headless || !display::is_there();
    if headless && !cfg!(target_os = "linux") {
        return Err("a virtual display is to be had on Linux only; run without --headless".into());
    }
    packages::ensure(if headless { Purpose::Headless } else { Purpose::Window })?;
    ui::check_node()?;
    ui::install()?;
    ui::build()?;
    cargo::build_programs(options.release)?;

    let press = Press::start(options.release)?;
    let mut window = press.window(options.release);
    if !headless {
        return Running::start(&mut window, true)?.wait();
    }
    let display = VirtualDisplay::start(WINDOW)?;
    println!("There is no display, so the window opens on a virtual one ({}).", display.name());
    display.show(&mut window);
    let window = Running::start(&mut window, true)?;
    demo::wait_for_newsstand(&window)?;
    let picture = workspace::leavings().join("screenshots").join("run.png");
    display.screenshot(&picture)?;
    println!("This is what it shows: {}", picture.display());
    Ok(())
}
