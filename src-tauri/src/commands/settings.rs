//! Starting, and what the reader set.

use super::off_the_window;
use crate::error::{AppError, ErrorCode, Result};
use crate::page_protocol::SCHEME;
use crate::reader::Opened;
use crate::view::{Settings, Start};
use tauri::State;

const KEY: &str = "window";

#[tauri::command]
#[specta::specta]
pub(crate) async fn start(opened: State<'_, Opened>) -> Result<Start> {
    off_the_window(&opened, |reader| {
        let settings = Settings::restore(reader.library.setting(KEY)?);
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
        })
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_settings(opened: State<'_, Opened>, settings: Settings) -> Result<()> {
    off_the_window(&opened, move |reader| {
        let value = serde_json::to_value(settings)
            .map_err(|error| AppError::new(ErrorCode::Failed, error.to_string()))?;
        Ok(reader.library.set_setting(KEY, &value)?)
    })
    .await
}
