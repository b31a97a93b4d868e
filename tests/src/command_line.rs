//! `kanbao`, the command line, on a library of its own.

use std::process::Command;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::process::{Ended, Running, program};

/// The longest that one command may take, on a slow machine without optimisation.
const LONGEST: Duration = Duration::from_mins(2);

/// The command line with a library.
#[derive(Debug, Clone)]
pub struct Kanbao {
    library: Utf8PathBuf,
}

impl Kanbao {
    pub fn new(library: impl Into<Utf8PathBuf>) -> Self {
        Self { library: library.into() }
    }

    pub fn library(&self) -> &Utf8Path {
        &self.library
    }

    /// Starts a command and does not wait for it.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut command = Command::new(program("kanbao"));
        command.env_remove("KANBAO_LIBRARY").arg("--library").arg(&self.library).args(arguments);
        Running::start(&mut command)
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.start(arguments).end(LONGEST)
    }

    /// Runs a command that must do well and gives what it prints.
    pub fn text(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "kanbao {arguments:?}: {}", ended.stderr);
        ended.stdout
    }

    /// Runs a command that must do well with `--json` and gives the one document it prints.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let text = self.text(&[arguments, &["--json"]].concat());
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("kanbao {arguments:?} --json: {error} in {text:?}"))
    }

    /// Runs a command that must fail, and holds it to the contract: exit code 1, nothing on stdout, and one
    /// sentence or two on stderr that a reader can act on, without a panic or a chain of causes.
    pub fn problem(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(1), "kanbao {arguments:?}: {ended:?}");
        let problem = ended.stderr.trim().to_owned();
        assert_eq!(
            problem.lines().count(),
            1,
            "kanbao {arguments:?} should give one clear sentence: {problem:?}"
        );
        assert!(!problem.contains("panicked") && !problem.contains("Error {"), "{problem}");
        problem
    }
}
