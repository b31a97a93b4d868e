//! `--software-rendering`: `WebKitGTK` without its DMABUF renderer, which shows a blank window on some machines. Without a
//! graphics card it is faster too, but not chosen by the program itself (docs/adr/0022).

/// Starts the program again with the environment that `WebKitGTK` reads, before anything of it runs: a program's own
/// environment cannot be changed safely. Returns what went wrong; where all is well already, nothing.
#[cfg(target_os = "linux")]
pub(crate) fn ensure() -> Option<std::io::Error> {
    use std::os::unix::process::CommandExt;
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_some() {
        return None;
    }
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return Some(error),
    };
    Some(std::process::Command::new(program).args(std::env::args_os().skip(1)).env(SWITCH, "1").exec())
}

/// Other systems' webviews see to it themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn ensure() -> Option<std::io::Error> {
    None
}
