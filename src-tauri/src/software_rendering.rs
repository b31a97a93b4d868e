//! Drawing without a graphics card: where there is none, and where `--software-rendering` asks for it because `WebKitGTK`
//! with its DMABUF renderer shows a blank window.

use tauri::WebviewWindow;

/// Where a graphics card can be drawn with, Linux has one of these.
#[cfg(target_os = "linux")]
const CARDS: [(&str, &str); 2] = [("/dev/dri", "renderD"), ("/dev", "nvidia")];

/// Has `WebKitGTK` paint its window itself where it is drawn without a card. It would have a card that is acted by the
/// processor put the window together from layers, frame by frame: many times slower, for tens of megabytes more
/// (docs/adr/0022-no-layers-without-a-card.md).
#[cfg(target_os = "linux")]
pub(crate) fn spare_layers(window: &WebviewWindow, asked_for: bool) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    if !asked_for && has_card() {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
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
pub(crate) fn spare_layers(_: &WebviewWindow, _: bool) -> tauri::Result<()> {
    Ok(())
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
