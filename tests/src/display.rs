//! A display for windows: the one that is there, or a virtual one.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process::Running;

#[derive(Debug)]
pub struct Display {
    name: String,
    _server: Option<Running>,
}

impl Display {
    /// `DISPLAY` as `cargo xtask test` sets it, or a virtual display of our own.
    pub fn open() -> Self {
        if let Ok(name) = std::env::var("DISPLAY")
            && !name.is_empty()
        {
            return Self { name, _server: None };
        }
        let screen = ["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"];
        let mut server = Running::start(Command::new("Xvfb").args(screen));
        let number: u32 = server.line(Duration::from_secs(20), |line| line.trim().parse().ok());
        Self { name: format!(":{number}"), _server: Some(server) }
    }

    /// Makes a program open its windows here.
    pub fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        // There is no accessibility bus here, and GTK would wait for it.
        command.env("NO_AT_BRIDGE", "1");
    }

    /// Writes a picture of the whole display; that it cannot is no reason to fail.
    pub fn screenshot(&self, file: &Path) {
        if let Some(folder) = file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let taken =
            Command::new("import").args(["-display", &self.name, "-window", "root"]).arg(file).status();
        match taken {
            Ok(status) if status.success() => println!("what was on the display: {}", file.display()),
            other => println!("no picture of the display: {other:?}"),
        }
    }
}
