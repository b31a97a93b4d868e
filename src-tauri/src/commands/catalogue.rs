//! The catalogue: newspapers that are known by name.

use crate::view::CataloguePaper;
use kanbao_sync::catalogue;

/// The newspapers that fit a query, best first; all of them, by region, where nothing was typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn catalogue(query: String) -> Vec<CataloguePaper> {
    catalogue::search(&query, usize::MAX).into_iter().map(CataloguePaper::from).collect()
}
