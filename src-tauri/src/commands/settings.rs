//! Starting, and what the reader set.

use super::off_the_window;
use crate::error::{AppError, ErrorCode, Result};
use crate::page_protocol::SCHEME;
use crate::reader::Opened;
use crate::view::{Settings, Start};
use kanbao_library::Library;
use tauri::{State, WebviewWindow};

/// What was set, and the usual where it cannot be read now: that is no reason to show nothing.
pub(crate) fn settings_of(library: &Library) -> Settings {
    let saved = library.setting(Settings::KEY).unwrap_or_else(|error| {
        tracing::warn!(%error, "the settings could not be read");
        None
    });
    Settings::restore(saved)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn start(window: WebviewWindow, opened: State<'_, Opened>) -> Result<Start> {
    let start = off_the_window(&opened, |reader| {
        let settings = Settings::restore(reader.library.setting(Settings::KEY)?);
        let sample_here = reader
            .library
            .publications()?
            .iter()
            .any(|summary| summary.publication.url.contains(kanbao_press::SAMPLE_HOST));
        Ok(Start {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            // Windows' webview knows custom protocols as hosts of http only.
            page_base: if cfg!(windows) {
                format!("http://{SCHEME}.localhost")
            } else {
                format!("{SCHEME}://localhost")
            },
            settings,
            sample_here,
            open: reader.first_place(),
        })
    })
    .await?;
    scale(&window, &start.settings);
    Ok(start)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_settings(
    window: WebviewWindow,
    opened: State<'_, Opened>,
    settings: Settings,
) -> Result<()> {
    scale(&window, &settings);
    off_the_window(&opened, move |reader| {
        let value = serde_json::to_value(settings)
            .map_err(|error| AppError::new(ErrorCode::Failed, error.to_string()))?;
        Ok(reader.library.set_setting(Settings::KEY, &value)?)
    })
    .await
}

/// The webview's own zoom: type, spaces and the widths at which a screen changes its shape all follow it, and a point
/// in the window is still the point that the window hears of. The pages' tiles are drawn for it (ui/src/shared/density.ts).
fn scale(window: &WebviewWindow, settings: &Settings) {
    if let Err(error) = window.set_zoom(settings.zoom()) {
        tracing::warn!(%error, "the interface kept its scale");
    }
}
