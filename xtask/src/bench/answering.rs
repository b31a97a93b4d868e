//! Programs that stay and answer line by line: so figures are of the work alone, not of starting, and still are taken
//! in turns.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// How long one may take to start and to read what it is going to work on.
const START: Duration = Duration::from_mins(1);

/// One that was started and said that it is ready.
pub(crate) struct Answering {
    name: String,
    child: Child,
    questions: ChildStdin,
    answers: Receiver<String>,
}

impl Answering {
    pub(crate) fn start(name: &str, command: &mut Command) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("{name} could not be started: {error}");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
        let questions = child.stdin.take().expect("it was asked for");
        let output = child.stdout.take().expect("it was asked for");
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let answering = Self { name: name.to_owned(), child, questions, answers };
        match answering.answer(START)?.as_str() {
            "ready" => Ok(answering),
            other => Err(format!("{name} is not ready: it said {other:?}")),
        }
    }

    /// Asks one thing, and waits at most so long for the answer.
    pub(crate) fn ask(&mut self, question: &str, patience: Duration) -> Result<String, String> {
        writeln!(self.questions, "{question}").map_err(|error| format!("{} is gone: {error}", self.name))?;
        self.answer(patience)
    }

    fn answer(&self, patience: Duration) -> Result<String, String> {
        self.answers.recv_timeout(patience).map_err(|error| match error {
            mpsc::RecvTimeoutError::Timeout => {
                format!("{} did not answer within {} s", self.name, patience.as_secs())
            }
            mpsc::RecvTimeoutError::Disconnected => format!("{} ended", self.name),
        })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        // Both fail only when it has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
