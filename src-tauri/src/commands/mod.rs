//! What the window may ask for: one file a screen, each command a few lines over a crate.

pub(crate) mod catalogue;
pub(crate) mod newsstand;
pub(crate) mod reader;
pub(crate) mod settings;
pub(crate) mod share;

use crate::error::{AppError, ErrorCode, Result};
use crate::reader::{Opened, Reader};
use tauri::State;

/// Library calls block; the window's thread must not.
async fn off_the_window<T: Send + 'static>(
    opened: &State<'_, Opened>,
    work: impl FnOnce(&Reader) -> Result<T> + Send + 'static,
) -> Result<T> {
    let reader = opened.reader()?.clone();
    tauri::async_runtime::spawn_blocking(move || work(&reader))
        .await
        .unwrap_or_else(|error| Err(AppError::new(ErrorCode::Failed, error.to_string())))
}

/// The instant that goes into the library's rows.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
