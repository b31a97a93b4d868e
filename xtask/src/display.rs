//! Displays: the reader's, or a virtual one where there is none.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::process::{self, Running};

/// The screen that most desks have.
pub(crate) const USUAL: (u32, u32) = (1920, 1080);
/// How long a virtual display may take to start.
const START: Duration = Duration::from_secs(20);
/// How long a picture may go on changing before it is taken as it is.
const SETTLE: Duration = Duration::from_secs(15);

/// Whether windows can open here.
pub(crate) fn is_there() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// An X server without a screen, on a number that was free.
pub(crate) struct VirtualDisplay {
    name: String,
    _server: Running,
}

impl VirtualDisplay {
    /// With a screen of so many pixels.
    pub(crate) fn start((width, height): (u32, u32)) -> Result<Self, String> {
        let screen = format!("{width}x{height}x24");
        let screen = ["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"];
        let server = Running::start(Command::new("Xvfb").args(screen), false)?;
        let number: u32 = server.wait_for(START, |line| line.trim().parse().ok())?;
        Ok(Self { name: format!(":{number}"), _server: server })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Makes a program open its windows here.
    pub(crate) fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        // There is no accessibility bus here, and GTK would wait for it.
        command.env("NO_AT_BRIDGE", "1");
    }

    /// Writes what is on the display, once it has stopped changing.
    pub(crate) fn screenshot(&self, file: &Path) -> Result<(), String> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let end = Instant::now() + SETTLE;
        let mut last = Vec::new();
        loop {
            // Without its dates, two files of one picture are the same bytes.
            let mut import = Command::new("import");
            import.args([
                "-display",
                &self.name,
                "-window",
                "root",
                "-define",
                "png:exclude-chunks=date,time",
            ]);
            process::run(import.arg(file))?;
            let taken = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
            if taken == last || Instant::now() > end {
                return Ok(());
            }
            last = taken;
            thread::sleep(Duration::from_millis(400));
        }
    }
}
