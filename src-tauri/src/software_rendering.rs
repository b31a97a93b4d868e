//! Drawing without a graphics card: where there is none, and where `--software-rendering` asks for it because `WebKitGTK`
//! with its DMABUF renderer shows a blank window.

/// What `WebKitGTK` reads: to draw without its DMABUF renderer.
#[cfg(target_os = "linux")]
const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// And to paint its window itself. It would have a card that is acted by the processor put the window together from
/// layers: many times slower, for tens of megabytes more (docs/adr/0022-no-layers-without-a-card.md).
#[cfg(target_os = "linux")]
const NO_LAYERS: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Where a graphics card can be drawn with, Linux has one of these.
#[cfg(target_os = "linux")]
const CARDS: [(&str, &str); 2] = [("/dev/dri", "renderD"), ("/dev", "nvidia")];

/// Starts the program again with the environment that `WebKitGTK` reads, before anything of it runs: a program's own
/// environment cannot be changed safely. Returns what went wrong; where all is well already, nothing.
#[cfg(target_os = "linux")]
pub(crate) fn ensure(asked_for: bool) -> Option<std::io::Error> {
    use std::os::unix::process::CommandExt;
    let wanted: &[&str] = match asked_for {
        true => &[NO_DMABUF, NO_LAYERS],
        false if has_card() => &[],
        false => &[NO_LAYERS],
    };
    // One that is set already, to whatever, is the reader's own choice.
    let missing: Vec<_> = wanted.iter().filter(|name| std::env::var_os(name).is_none()).collect();
    if missing.is_empty() {
        return None;
    }
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return Some(error),
    };
    let set = missing.into_iter().map(|name| (name, "1"));
    Some(std::process::Command::new(program).args(std::env::args_os().skip(1)).envs(set).exec())
}

#[cfg(target_os = "linux")]
fn has_card() -> bool {
    CARDS.iter().any(|(folder, name)| {
        let files = std::fs::read_dir(folder).into_iter().flatten().map_while(Result::ok);
        files.into_iter().any(|file| file.file_name().to_string_lossy().starts_with(name))
    })
}

/// Other systems' webviews see to it themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn ensure(_: bool) -> Option<std::io::Error> {
    None
}
