//! Chromium, as the others are measured: with a new profile, without the network's and the graphics card's parts.

use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use kanbao_tests::process::Running;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::screen::Screen;

const PATIENCE: Duration = Duration::from_secs(30);

/// What it is always started with; the window fills the display.
fn flags(profile: &TempDir, (width, height): (u16, u16)) -> Vec<String> {
    let mut flags: Vec<String> = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-position=0,0",
    ]
    .map(str::to_owned)
    .into();
    flags.push(format!("--user-data-dir={}", profile.path().display()));
    flags.push(format!("--window-size={width},{height}"));
    flags
}

pub(crate) fn new_profile() -> TempDir {
    tempfile::tempdir().expect("a folder for a profile")
}

/// Chromium, to be started on a file or an address, with nothing that drives it.
pub(crate) fn command(profile: &TempDir, size: (u16, u16), address: &str) -> Command {
    let mut command = Command::new("chromium");
    command.args(flags(profile, size)).arg(address);
    command
}

/// A window that can be asked where things are; it is driven from outside, as everything is.
pub(crate) struct Browser {
    client: Client,
    driver: Running,
    _profile: TempDir,
}

impl Browser {
    pub(crate) async fn open(screen: &Screen, address: &str) -> Self {
        let profile = new_profile();
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a free port").port();
        let driver = Running::start(Command::new("chromedriver").arg(format!("--port={port}")));
        let asked = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(asked.elapsed() < PATIENCE, "chromedriver does not listen");
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        let mut arguments = flags(&profile, screen.size());
        // The page has the whole display, so that a point of it is a point of the display.
        arguments.push("--kiosk".to_owned());
        let options = json!({
            "binary": "/usr/bin/chromium", "args": arguments, "excludeSwitches": ["enable-automation"],
        });
        let wanted = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("Chromium did not open: {error}"));
        let browser = Self { client, driver, _profile: profile };
        browser.go(address).await;
        browser
    }

    pub(crate) async fn go(&self, address: &str) {
        self.client.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    pub(crate) async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    pub(crate) async fn until(&self, what: &str, script: &str) -> Value {
        let asked = Instant::now();
        loop {
            let found = self.script(script).await;
            if !matches!(found, Value::Null | Value::Bool(false)) {
                return found;
            }
            assert!(asked.elapsed() < PATIENCE, "Chromium: within {PATIENCE:?}, not: {what}");
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    pub(crate) async fn close(mut self) {
        let _ = self.client.close().await;
        self.driver.kill();
    }
}
