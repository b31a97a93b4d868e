//! `WebKitGTK` without its DMABUF renderer: where `--software-rendering` asks for it, since that renderer shows a blank
//! window on some machines, and where there is no graphics card. There it would have Mesa play the card, which takes longer
//! to answer a hand than `WebKitGTK`'s own drawing does (docs/adr/0022).

/// Whether this machine has no graphics card that could draw.
#[cfg(target_os = "linux")]
pub(crate) fn is_best() -> bool {
    // A card that draws, and not only shows, has a render node. Where the folder cannot be read nothing is known.
    let nodes = match std::fs::read_dir("/dev/dri") {
        Ok(nodes) => nodes,
        Err(error) => return error.kind() == std::io::ErrorKind::NotFound,
    };
    !nodes.flatten().any(|node| node.file_name().as_encoded_bytes().starts_with(b"renderD"))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_best() -> bool {
    false
}

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
