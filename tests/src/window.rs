//! The real window, driven through `WebKitWebDriver`: what a reader sees, points at, clicks and types.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use camino::Utf8Path;
use fantoccini::actions::{
    ActionSequence, Actions, InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MOUSE_BUTTON_RIGHT,
    MouseActions, PointerAction, WheelAction, WheelActions,
};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::display::Display;
use crate::ear::Ear;
use crate::process::{Running, program};

/// The longest that anything in the window may take, on a slow machine without optimisation.
pub const PATIENCE: Duration = Duration::from_mins(1);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(40);

/// A window of the program with a library. It is closed when this is dropped; a test that fails leaves a
/// picture of it under `target/screenshots`.
#[derive(Debug)]
pub struct Window {
    client: Client,
    session: String,
    port: u16,
    name: String,
    driver: Running,
    display: Display,
}

impl Window {
    /// Opens the window on a library. `name` is the test's, for the picture of its failure.
    pub async fn open(name: &str, library: &Utf8Path) -> Self {
        Self::on(name, library, 1, None, &[], None).await
    }

    /// The same, at a page or an issue of it, as `--open` names them.
    pub async fn open_at(name: &str, library: &Utf8Path, place: &str) -> Self {
        Self::on(name, library, 1, None, &[], Some(place)).await
    }

    /// The same on a screen with so many pixels to one of the window's, each way.
    pub async fn open_dense(name: &str, library: &Utf8Path, density: u32) -> Self {
        Self::on(name, library, density, None, &[], None).await
    }

    /// The same, told to whom listens as well.
    pub async fn open_heard(name: &str, library: &Utf8Path, ear: &Ear) -> Self {
        Self::on(name, library, 1, Some(ear), &[], None).await
    }

    /// The same in an environment that differs by some variables from the test's own.
    pub async fn open_in(name: &str, library: &Utf8Path, environment: &[(&str, &str)]) -> Self {
        Self::on(name, library, 1, None, environment, None).await
    }

    async fn on(
        name: &str,
        library: &Utf8Path,
        density: u32,
        ear: Option<&Ear>,
        environment: &[(&str, &str)],
        place: Option<&str>,
    ) -> Self {
        left_alone(library).await;
        let binary = program("kanbao-desktop");
        let binary = binary.to_str().expect("a plain path");
        let mut arguments = vec!["--library", library.as_str()];
        arguments.extend(place.iter().flat_map(|place| ["--open", place]));
        let display = Display::open();
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}"));
        // Without these the window refuses to be driven.
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.env("GDK_SCALE", density.to_string());
        // A test asks sites of this machine only: whatever else the window asks for ends here.
        command.env("http_proxy", "http://127.0.0.1:9").env("https_proxy", "http://127.0.0.1:9");
        command.env("no_proxy", "127.0.0.1,localhost");
        display.show(&mut command);
        command.envs(environment.iter().copied());
        if let Some(ear) = ear {
            ear.listen(&mut command);
        }
        let driver = Running::start(&mut command);
        let listening = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < listening, "WebKitWebDriver does not listen");
            tokio::time::sleep(LOOK).await;
        }
        let options = json!({ "binary": binary, "args": arguments });
        let wanted = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("the window did not open: {error}"));
        let session = client.session_id().await.ok().flatten().expect("a session has an id");
        Self { client, session, port, name: name.to_owned(), driver, display }
    }

    /// Runs a script in the window and gives what it returns.
    pub async fn script(&self, script: &str, arguments: &[Value]) -> Value {
        self.client
            .execute(script, arguments.to_vec())
            .await
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a script returns something true, and gives that. `what` is for the one who reads of its failure.
    pub async fn until(&self, what: &str, script: &str, arguments: &[Value]) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            // On a busy machine the driver now and then loses an answer ("Could not parse script result"): such a
            // look counts for nothing and is taken again.
            let found = match self.client.execute(script, arguments.to_vec()).await {
                Ok(found) => found,
                Err(error) if error.to_string().contains("Could not parse script result") => Value::Null,
                Err(error) => panic!("{script}: {error}"),
            };
            if !matches!(found, Value::Null | Value::Bool(false)) {
                return found;
            }
            assert!(Instant::now() < end, "within {PATIENCE:?}, not: {what}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits for an element with this `data-test` (and, after it, any further selector).
    pub async fn find(&self, test: &str) -> Element {
        let css = selector(test);
        let end = Instant::now() + PATIENCE;
        loop {
            self.until(
                &format!("{css} is there"),
                "return !!document.querySelector(arguments[0])",
                &[json!(css)],
            )
            .await;
            match self.client.find(Locator::Css(&css)).await {
                Ok(element) => return element,
                // What was there a moment ago may be drawn anew.
                Err(error) if error.is_no_such_element() && Instant::now() < end => {}
                Err(error) => panic!("{css}: {error}"),
            }
        }
    }

    pub async fn has(&self, test: &str) -> bool {
        self.script("return !!document.querySelector(arguments[0])", &[json!(selector(test))]).await
            == json!(true)
    }

    pub async fn wait_gone(&self, test: &str) {
        let css = selector(test);
        self.until(&format!("{css} is gone"), "return !document.querySelector(arguments[0])", &[json!(css)])
            .await;
    }

    /// The words of an element, as they are in the document.
    pub async fn text(&self, test: &str) -> String {
        let css = selector(test);
        let script = "return document.querySelector(arguments[0])?.textContent ?? null";
        let text = self.until(&format!("{css} has words"), script, &[json!(css)]).await;
        text.as_str().unwrap_or_default().trim().to_owned()
    }

    pub async fn wait_text(&self, test: &str, wanted: &str) {
        let css = selector(test);
        let script =
            "return document.querySelector(arguments[0])?.textContent.includes(arguments[1]) ?? false";
        self.until(&format!("{css} says {wanted:?}"), script, &[json!(css), json!(wanted)]).await;
    }

    /// Clicks an element as a reader does: it is shown, then the pointer goes there and presses.
    pub async fn click(&self, test: &str) {
        let css = selector(test);
        // The driver does not scroll to what the webview has not laid out yet (content-visibility).
        let script = "const e = document.querySelector(arguments[0]);
            e?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
            return !!e && !e.disabled";
        self.until(&format!("{css} can be clicked"), script, &[json!(css)]).await;
        let element = self.find(test).await;
        element.click().await.unwrap_or_else(|error| panic!("{css} could not be clicked: {error}"));
    }

    pub async fn type_into(&self, test: &str, text: &str) {
        let element = self.find(test).await;
        element.clear().await.unwrap_or_else(|error| panic!("{test}: {error}"));
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{test}: {error}"));
    }

    /// Moves the pointer to a place in the window, in CSS pixels.
    pub async fn point(&self, x: f64, y: f64) {
        self.perform(MouseActions::new("mouse".into()).then(to(x, y))).await;
    }

    /// Clicks at a place in the window, in CSS pixels.
    pub async fn click_at(&self, x: f64, y: f64) {
        let click = MouseActions::new("mouse".into())
            .then(to(x, y))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.perform(click).await;
    }

    /// Presses at one place, moves to another and lets go there, as one who drags.
    pub async fn drag(&self, from: (f64, f64), there: (f64, f64)) {
        let halfway = (f64::midpoint(from.0, there.0), f64::midpoint(from.1, there.1));
        let drag = MouseActions::new("mouse".into())
            .then(to(from.0, from.1))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(to(halfway.0, halfway.1))
            .then(to(there.0, there.1))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.perform(drag).await;
    }

    /// Clicks with the other button at a place in the window, in CSS pixels.
    pub async fn right_click_at(&self, x: f64, y: f64) {
        let click = MouseActions::new("mouse".into())
            .then(to(x, y))
            .then(PointerAction::Down { button: MOUSE_BUTTON_RIGHT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_RIGHT });
        self.perform(click).await;
    }

    /// The middle of an element, in CSS pixels.
    pub async fn middle(&self, test: &str) -> (f64, f64) {
        let css = selector(test);
        let script = "const r = document.querySelector(arguments[0])?.getBoundingClientRect();
            return r ? [r.x + r.width / 2, r.y + r.height / 2] : null";
        let found = self.until(&format!("{css} is somewhere"), script, &[json!(css)]).await;
        let [x, y]: [f64; 2] = serde_json::from_value(found).expect("two numbers");
        (x, y)
    }

    /// Turns the wheel at a place; towards the reader (down) is positive.
    pub async fn wheel(&self, x: f64, y: f64, turn: i64) {
        let scroll = WheelAction::Scroll {
            duration: None,
            x: x.round() as i64,
            y: y.round() as i64,
            delta_x: 0,
            delta_y: turn,
        };
        self.perform(WheelActions::new("wheel".into()).then(scroll)).await;
        // The driver compares an action with the state before it: without this, the same turn again is none.
        self.client.release_actions().await.unwrap_or_else(|error| panic!("no release: {error}"));
    }

    /// Presses a key.
    pub async fn key(&self, key: char) {
        let press = KeyActions::new("keyboard".into());
        self.perform(press.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })).await;
    }

    /// Presses a key while Alt is held.
    pub async fn alt(&self, key: char) {
        self.chord(&[Key::Alt], key).await;
    }

    /// Presses a key while others are held.
    pub async fn chord(&self, held: &[Key], key: char) {
        let held: Vec<char> = held.iter().map(|&key| char::from(key)).collect();
        let mut chord = KeyActions::new("keyboard".into());
        for &value in &held {
            chord = chord.then(KeyAction::Down { value });
        }
        chord = chord.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        for &value in held.iter().rev() {
            chord = chord.then(KeyAction::Up { value });
        }
        self.perform(chord).await;
    }

    async fn perform(&self, actions: impl Into<ActionSequence>) {
        let actions = Actions::from(actions);
        self.client.perform_actions(actions).await.unwrap_or_else(|error| panic!("no action: {error}"));
    }

    /// Makes the window so large, frame and all.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client
            .set_window_size(width, height)
            .await
            .unwrap_or_else(|error| panic!("no resizing: {error}"));
    }

    /// Writes a picture of the window's contents.
    ///
    /// `WebKitGTK` 2.50 hands it out when the window is next drawn after its page was, and a window without accelerated compositing
    /// may have been drawn by then: the picture would wait until something else changes. So something does, unseen.
    pub async fn screenshot(&self, file: &std::path::Path) {
        let restless = "const dot = document.createElement('div');
            dot.id = 'restless';
            Object.assign(dot.style, { position: 'fixed', right: 0, bottom: 0, width: '1px', height: '1px' });
            document.body.append(dot);
            let on = false;
            const change = () => {
                if (!dot.isConnected) return;
                dot.style.background = (on = !on) ? 'rgb(0 0 0 / 0.002)' : 'none';
                setTimeout(change, 40);
            };
            change()";
        self.script(restless, &[]).await;
        let png = self.client.screenshot().await.unwrap_or_else(|error| panic!("no picture: {error}"));
        self.script("document.getElementById('restless')?.remove()", &[]).await;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        }
        std::fs::write(file, png).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }

    /// The program of the window, by its number, for one who weighs it.
    pub fn programs(&self) -> Vec<u32> {
        self.driver.children()
    }

    /// Closes the window, as a reader who has read enough.
    pub fn close(self) {
        drop(self);
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.display.screenshot(&crate::screenshots().join(format!("failed-{}.png", self.name)));
        }
        let windows = self.driver.children();
        // The driver closes the window when its session ends, and leaves it open when it is killed.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(PATIENCE));
            let request = format!(
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                self.session
            );
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.read(&mut [0; 64]);
        }
        self.driver.kill();
        // On a busy machine it answers before it has closed the window, and then never does.
        for window in windows {
            let _ = Command::new("kill").arg(window.to_string()).stderr(Stdio::null()).status();
        }
    }
}

/// `cover` stands for `[data-test="cover"]`, and what follows a blank or a bracket is kept.
fn selector(test: &str) -> String {
    let end = test.find(['[', ' ', '.', ':']).unwrap_or(test.len());
    let (name, rest) = test.split_at(end);
    format!("[data-test=\"{name}\"]{rest}")
}

fn to(x: f64, y: f64) -> PointerAction {
    PointerAction::MoveTo { duration: None, x: x.round(), y: y.round() }
}

/// Waits until no window has the library: one that is closing would be raised instead of a new one opened.
async fn left_alone(library: &Utf8Path) {
    let end = Instant::now() + PATIENCE;
    // A library that no window had yet has no lock.
    let Ok(lock) = File::open(library.join("window.lock")) else { return };
    while lock.try_lock().is_err() {
        assert!(Instant::now() < end, "the window before still has {library}");
        tokio::time::sleep(LOOK).await;
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}
