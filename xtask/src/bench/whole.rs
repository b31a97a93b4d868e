//! Figures of whole processes: from being started to their end, as somebody at a prompt waits for them.

use std::process::{Command, Stdio};
use std::time::Instant;

/// How many milliseconds a program takes from start to end.
pub(crate) fn milliseconds(command: &mut Command) -> Result<f64, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let output = command.output().map_err(|error| format!("{name} could not be started: {error}"))?;
    let took = start.elapsed();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next_back().unwrap_or_default();
        return Err(format!("{name} ended with {}: {said}", output.status));
    }
    Ok(took.as_secs_f64() * 1000.0)
}
