//! Programs that are measured: started on the display, weighed with all their processes, ended with all of them.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kanbao_tests::process::Running;

/// How long a program may take to go when it is asked to.
const LEAVING: Duration = Duration::from_secs(5);

/// A program on the display, with all that it starts.
pub(crate) struct Program {
    running: Running,
}

impl Program {
    pub(crate) fn start(command: &mut Command) -> Self {
        // There is no accessibility bus here, and GTK would wait for it.
        command.env("NO_AT_BRIDGE", "1").env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        Self { running: Running::start(command) }
    }

    pub(crate) fn memory(&self) -> u64 {
        memory_of(self.running.id())
    }

    pub(crate) fn end(mut self) {
        let family = family_of(self.running.id());
        signal("TERM", &[self.running.id()]);
        let asked = Instant::now();
        while family.iter().any(|&id| is_there(id)) && asked.elapsed() < LEAVING {
            thread::sleep(Duration::from_millis(20));
            // Its own end is seen only when it is waited for.
            if !self.running.is_running() && family.iter().all(|&id| !is_there(id)) {
                return;
            }
        }
        self.running.kill();
        signal("KILL", &family.into_iter().filter(|&id| is_there(id)).collect::<Vec<_>>());
    }
}

fn signal(name: &str, ids: &[u32]) {
    if ids.is_empty() {
        return;
    }
    let ids = ids.iter().map(u32::to_string);
    let _ = Command::new("kill").args(["-s", name]).args(ids).stderr(Stdio::null()).status();
}

fn is_there(id: u32) -> bool {
    // One that has ended and that nobody waited for yet is a line in a table.
    let Ok(status) = fs::read_to_string(format!("/proc/{id}/stat")) else { return false };
    !status.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z')
}

/// The proportional set size of a process and of all that it started, in bytes: what is shared is counted in shares.
pub(crate) fn memory_of(id: u32) -> u64 {
    family_of(id).into_iter().filter_map(share_of).sum()
}

fn share_of(id: u32) -> Option<u64> {
    let sums = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = sums.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// A process and all its descendants.
pub(crate) fn family_of(id: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").expect("Linux").map_while(Result::ok) {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(status) = fs::read_to_string(entry.path().join("stat")) else { continue };
        // After the name, which may hold anything, come state and parent.
        let parent = status.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1)?.parse().ok());
        children.entry(parent.unwrap_or_default()).or_default().push(id);
    }
    let mut family = vec![id];
    let mut at = 0;
    while let Some(id) = family.get(at) {
        family.extend(children.get(id).into_iter().flatten());
        at += 1;
    }
    family
}
