//! Files that are dragged onto the window: none is taken, and the window can say so.

use crate::events::{FileDrag, FileDragState};
use std::path::PathBuf;
use tauri::{AppHandle, DragDropEvent, Manager, WindowEvent};
use tauri_specta::Event as _;

/// Enough for a sentence.
const MOST_NAMES: usize = 5;

/// Tells the page of drags. Watching them is also what keeps the webview from opening a file in the page's place.
pub(crate) fn watch(app: &tauri::App) {
    for window in app.webview_windows().into_values() {
        let app = app.handle().clone();
        window.on_window_event(move |event| {
            if let WindowEvent::DragDrop(drag) = event {
                tell(&app, drag);
            }
        });
    }
}

fn tell(app: &AppHandle, drag: &DragDropEvent) {
    let (state, paths): (_, &[PathBuf]) = match drag {
        DragDropEvent::Enter { paths, .. } => (FileDragState::Over, paths),
        DragDropEvent::Drop { paths, .. } => (FileDragState::Dropped, paths),
        DragDropEvent::Leave => (FileDragState::Left, &[]),
        // Over comes with every movement, and others may be added.
        _ => return,
    };
    let names = paths.iter().filter_map(|path| path.file_name()).take(MOST_NAMES);
    let names = names.map(|name| name.to_string_lossy().into_owned()).collect();
    if let Err(error) = (FileDrag { state, names }).emit(app) {
        tracing::debug!(%error, "the window was not told");
    }
}
