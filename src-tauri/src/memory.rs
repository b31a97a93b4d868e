//! How memory that was used for pictures goes back to the system: a kiosk turns pages for a month.

/// The C library keeps what is freed of its heaps for itself, and takes ever larger blocks from them. A page's picture, its
/// halves and its tiles are 1 to 70 MB each, and freed by other threads than made them: from this size on, in bytes,
/// blocks are the system's own and go back to it at once.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const OWN_BLOCKS: std::ffi::c_int = 1 << 20;

/// To be called first, before there are other threads.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn give_back_large_blocks() {
    #[expect(unsafe_code, reason = "the C library's own setting, which takes two numbers and no pointer")]
    // SAFETY: mallopt(3) may be called at any time; the parameter is one of its own.
    let taken = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, OWN_BLOCKS) };
    debug_assert_eq!(taken, 1, "mallopt refuses nothing below the half of its heaps");
}

/// Other systems' allocators do so themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back_large_blocks() {}

/// Tells the webview to keep no pictures that nothing shows: they are in the library, and the last ones drawn in `Sheets`.
#[cfg(target_os = "linux")]
pub(crate) fn keep_no_unseen_pictures(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};

    window.with_webview(|webview| {
        if let Some(context) = webview.inner().context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
    })
}
