//! The sample press on loopback, and the window on it.

use std::process::Command;
use std::time::Duration;

use crate::process::Running;
use crate::workspace;

/// How long the press may take to serve, and the window to show three issues.
const PRESS: Duration = Duration::from_secs(30);
const NEWSSTAND: Duration = Duration::from_mins(3);

/// The sample newspapers, served as a site on a free port of this machine.
pub(crate) struct Press {
    address: String,
    _server: Running,
}

impl Press {
    pub(crate) fn start(release: bool) -> Result<Self, String> {
        let mut command = Command::new(workspace::program(release, "kanbao-press"));
        command.arg("--paper").arg(workspace::root().join("src-tauri/crates/press/paper"));
        let server = Running::start(command.args(["--addr", "127.0.0.1:0"]), true)?;
        let daily = |line: &str| {
            let address = line.split_whitespace().find(|word| word.starts_with("http://"))?;
            address.contains("/slrb/").then(|| address.to_owned())
        };
        let address = server.wait_for(PRESS, daily)?;
        Ok(Self { address, _server: server })
    }

    /// A window that subscribes to the daily and brings its newest three issues.
    pub(crate) fn window(&self, release: bool) -> Command {
        let mut command = Command::new(workspace::program(release, "kanbao-desktop"));
        command.arg("--library").arg(workspace::leavings().join("demo-library"));
        command.args(["--subscribe", &self.address, "--latest", "3"]);
        command
    }
}

/// Waits until the window says that the newsstand shows what was synced.
pub(crate) fn wait_for_newsstand(window: &Running) -> Result<(), String> {
    window.wait_for(NEWSSTAND, |line| line.starts_with("kanbao: newsstand ready").then_some(()))
}
