//! What a screen reader hears: an accessibility bus of our own, and the window's tree as it is told there.

use std::process::Command;
use std::time::{Duration, Instant};

use zbus::blocking::{Connection, Proxy, connection};
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use crate::process::Running;
use crate::window::PATIENCE;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// A tree that is deeper or longer than this is not one that anybody could listen to.
const MOST: usize = 4000;

/// What a thing is, by the numbers of AT-SPI's protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Frame,
    List,
    ListItem,
    Button,
    /// A button that opens a menu.
    Popup,
    Paragraph,
    Heading,
    Article,
    Landmark,
    Other(u32),
}

impl From<u32> for Role {
    fn from(number: u32) -> Self {
        match number {
            23 => Self::Frame,
            11 => Self::Popup,
            31 => Self::List,
            32 => Self::ListItem,
            43 => Self::Button,
            73 => Self::Paragraph,
            83 => Self::Heading,
            109 => Self::Article,
            110 => Self::Landmark,
            other => Self::Other(other),
        }
    }
}

/// One thing in the tree.
#[derive(Debug, Clone)]
pub struct Heard {
    pub depth: usize,
    pub role: Role,
    pub name: String,
    /// Its own words, where it has any.
    pub text: String,
}

/// A session bus with the accessibility bus on it. Both end when this is dropped.
#[derive(Debug)]
pub struct Ear {
    session: String,
    accessibility: String,
    connection: Connection,
    _runtime: tempfile::TempDir,
    _bus: Running,
}

impl Ear {
    /// Must be there before the window is opened: a window looks for its listener once.
    pub fn open() -> Self {
        let runtime = tempfile::tempdir().expect("a folder for sockets");
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--nopidfile", "--print-address"]);
        // The accessibility bus lies in the runtime folder, and would tell the display of itself.
        command.env("XDG_RUNTIME_DIR", runtime.path()).env_remove("DISPLAY");
        let mut bus = Running::start(&mut command);
        let session = bus.line(PATIENCE, |line| line.contains('=').then(|| line.trim().to_owned()));
        let caller = connect(&session);
        let launcher = Proxy::new(&caller, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")
            .expect("a proxy of the accessibility bus");
        let accessibility: String = launcher
            .call("GetAddress", &())
            .unwrap_or_else(|error| panic!("no accessibility bus: {error}; is at-spi2-core installed?"));
        let status = Proxy::new(&caller, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status")
            .expect("a proxy of the accessibility bus");
        status
            .set_property("IsEnabled", Value::from(true))
            .unwrap_or_else(|error| panic!("nobody may listen: {error}"));
        let connection = connect(&accessibility);
        Self { session, accessibility, connection, _runtime: runtime, _bus: bus }
    }

    /// Makes a program tell this bus what it shows.
    pub fn listen(&self, command: &mut Command) {
        command
            .env_remove("NO_AT_BRIDGE")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.session)
            .env("AT_SPI_BUS_ADDRESS", &self.accessibility);
    }

    /// Everything that is told, in the order in which it is read, once `enough` is in it.
    pub fn hear(&self, what: &str, enough: impl Fn(&[Heard]) -> bool) -> Vec<Heard> {
        let end = Instant::now() + PATIENCE;
        loop {
            let mut heard = Vec::new();
            let root = ("org.a11y.atspi.Registry".to_owned(), "/org/a11y/atspi/accessible/root".to_owned());
            self.walk(&root.0, &root.1, 0, &mut heard);
            if enough(&heard) {
                return heard;
            }
            assert!(Instant::now() < end, "not heard: {what}, but\n{}", written(&heard));
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    /// What goes away while it is listened to is left out; the next look tells what came instead.
    fn walk(&self, bus: &str, path: &str, depth: usize, heard: &mut Vec<Heard>) -> Option<()> {
        if heard.len() >= MOST || depth > 60 {
            return None;
        }
        let proxy = |interface: &'static str| {
            Proxy::new(&self.connection, bus.to_owned(), path.to_owned(), interface).ok()
        };
        let accessible = proxy(ACCESSIBLE)?;
        let role: u32 = accessible.call("GetRole", &()).ok()?;
        // Properties may be cached by a proxy; a tree is asked anew each time.
        let name: OwnedValue =
            proxy("org.freedesktop.DBus.Properties")?.call("Get", &(ACCESSIBLE, "Name")).ok()?;
        let text = proxy("org.a11y.atspi.Text")
            .and_then(|text| text.call::<_, _, String>("GetText", &(0_i32, -1_i32)).ok())
            .unwrap_or_default();
        let name = String::try_from(name).unwrap_or_default();
        heard.push(Heard { depth, role: role.into(), name, text });
        let mut children: Vec<(String, OwnedObjectPath)> = accessible.call("GetChildren", &()).ok()?;
        if children.is_empty() {
            // The webview's own tree hangs on a socket, which tells its child to who asks for the first one only.
            children
                .extend(accessible.call::<_, _, (String, OwnedObjectPath)>("GetChildAtIndex", &0_i32).ok());
        }
        children.retain(|(_, path)| !path.as_str().ends_with("/null"));
        for (bus, path) in children {
            self.walk(&bus, path.as_str(), depth + 1, heard);
        }
        Some(())
    }
}

fn connect(address: &str) -> Connection {
    connection::Builder::address(address)
        .and_then(connection::Builder::build)
        .unwrap_or_else(|error| panic!("{address}: {error}"))
}

/// The tree in lines, for who reads of a failure.
pub fn written(heard: &[Heard]) -> String {
    let line = |Heard { depth, role, name, text }: &Heard| {
        format!("{}{role:?} {name:?} {:?}\n", "  ".repeat(*depth), text.chars().take(60).collect::<String>())
    };
    heard.iter().map(line).collect()
}

/// Whether these come one after the other, with whatever else between them: what each is, and what its name or words hold.
pub fn in_order<'a>(heard: &'a [Heard], wanted: &[(Role, &'a str)]) -> Result<(), String> {
    let mut rest = heard.iter();
    for (role, words) in wanted {
        if !rest.any(|one| one.role == *role && (one.name.contains(words) || one.text.contains(words))) {
            return Err(format!("{role:?} {words:?}"));
        }
    }
    Ok(())
}
