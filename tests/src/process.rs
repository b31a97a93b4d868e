//! Other programs: found where cargo built them, run within a time, never left behind.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// One of our programs: from `KANBAO_BIN_DIR`, or beside this test's own.
pub fn program(name: &str) -> PathBuf {
    let beside_us = || {
        let test = std::env::current_exe().expect("a test knows its own file");
        test.ancestors().nth(2).expect("target/PROFILE/deps/TEST").to_owned()
    };
    let folder = std::env::var_os("KANBAO_BIN_DIR").map_or_else(beside_us, PathBuf::from);
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is not there: `cargo build --workspace --bins` builds it, and `cargo xtask test` does all in turn",
        program.display()
    );
    program
}

/// What came of a program that ran to its end.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A program that runs until it ends or until this is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
    lines: Receiver<String>,
    stderr: Option<JoinHandle<String>>,
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let name = format!("{command:?}");
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} could not be started: {error}"));
        let stdout = BufReader::new(child.stdout.take().expect("asked for"));
        let mut errors = child.stderr.take().expect("asked for");
        let (sender, lines) = mpsc::channel();
        // Both pipes are read to the end, or a full one would stop the program.
        thread::spawn(move || {
            for line in stdout.split(b'\n').map_while(Result::ok) {
                let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
            }
        });
        let stderr = thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = errors.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Self { child, name, lines, stderr: Some(stderr) }
    }

    /// The first line in which `find` finds something.
    pub fn line<T>(&mut self, within: Duration, mut find: impl FnMut(&str) -> Option<T>) -> T {
        let end = Instant::now() + within;
        loop {
            let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) else {
                self.kill();
                let errors = self.errors();
                panic!("{} did not print what was waited for: {errors}", self.name);
            };
            if let Some(found) = find(&line) {
                return found;
            }
        }
    }

    /// The programs that it started and that still run, by their numbers.
    pub fn children(&self) -> Vec<u32> {
        let id = self.child.id();
        let list = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        list.split_whitespace().filter_map(|id| id.parse().ok()).collect()
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it at once (`SIGKILL`), unless it has ended already.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits for its end, at most so long.
    pub fn end(mut self, within: Duration) -> Ended {
        let end = Instant::now() + within;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                break status;
            }
            if Instant::now() > end {
                self.kill();
                let errors = self.errors();
                panic!("{} did not end within {within:?}: {errors}", self.name);
            }
            thread::sleep(Duration::from_millis(5));
        };
        let stdout: Vec<String> = self.lines.iter().collect();
        Ended { code: status.code(), stdout: stdout.join("\n"), stderr: self.errors() }
    }

    fn errors(&mut self) -> String {
        self.stderr.take().and_then(|reader| reader.join().ok()).unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
