//! Other programs: run to their end, or started and ended with us.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Runs a program to its end; what it says goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", words(command))) }
}

/// Runs a program to its end and gives what it printed; `None` when it is missing or fails.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The same for a program that says its version where others say what went wrong.
pub(crate) fn ask_version(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    String::from_utf8_lossy(&said).lines().next().map(|line| line.trim().to_owned())
}

/// Runs a program to its end, shows its lines and hands each to `see`. Whether it ended well.
pub(crate) fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool, String> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    let output = child.stdout.take().expect("its output was asked for");
    for line in lines_of(output) {
        println!("{line}");
        see(&line);
    }
    let status = child.wait().map_err(|error| format!("{}: {error}", words(command)))?;
    Ok(status.success())
}

/// A program that runs beside us and never outlives us.
pub(crate) struct Running {
    name: String,
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    /// Starts it and reads what it prints; with `show`, its lines appear among ours.
    pub(crate) fn start(command: &mut Command, show: bool) -> Result<Self, String> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| not_started(command, &error))?;
        let output = child.stdout.take().expect("its output was asked for");
        let (sender, lines) = mpsc::channel();
        // Its pipe is read to the end even when nobody listens: a full pipe would stop the program.
        thread::spawn(move || {
            for line in lines_of(output) {
                if show {
                    println!("{line}");
                }
                let _ = sender.send(line);
            }
        });
        Ok(Self { name: name_of(command), child, lines })
    }

    /// Waits until it prints a line in which `find` finds something.
    pub(crate) fn wait_for<T>(
        &self,
        within: Duration,
        mut find: impl FnMut(&str) -> Option<T>,
    ) -> Result<T, String> {
        let end = Instant::now() + within;
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    if let Some(found) = find(&line) {
                        return Ok(found);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    return Err(format!("{} was not ready within {} s", self.name, within.as_secs()));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(format!("{} ended before it was ready", self.name));
                }
            }
        }
    }

    /// Waits until it ends by itself.
    pub(crate) fn wait(mut self) -> Result<(), String> {
        let status = self.child.wait().map_err(|error| format!("{}: {error}", self.name))?;
        if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", self.name)) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines_of(output: ChildStdout) -> impl Iterator<Item = String> {
    let mut output = BufReader::new(output);
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        // A line without an end is no line; nothing we run prints more than this in one.
        let read = output.by_ref().take(1 << 20).read_until(b'\n', &mut line).unwrap_or(0);
        (read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned())
    })
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("{} could not be started: {error}", words(command))
}

fn name_of(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

fn words(command: &Command) -> String {
    let arguments = command.get_args().map(OsStr::to_string_lossy);
    let words: Vec<_> = std::iter::once(name_of(command).into()).chain(arguments).collect();
    words.join(" ")
}
