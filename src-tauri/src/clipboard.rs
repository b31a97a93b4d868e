//! The system's clipboard, for what a reader takes out of the program. The window's page has no way to it.

use crate::error::{AppError, ErrorCode, Result};
use std::sync::{Mutex, PoisonError};

/// Kept while the program runs: on X11 and Wayland it is the program that gives out what was copied.
#[derive(Default)]
pub(crate) struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    pub(crate) fn set_text(&self, text: &str) -> Result<()> {
        let mut clipboard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let done = match clipboard.as_mut() {
            Some(clipboard) => clipboard.set_text(text),
            None => arboard::Clipboard::new().and_then(|opened| clipboard.insert(opened).set_text(text)),
        };
        done.map_err(|error| {
            // A connection that broke is made anew the next time.
            *clipboard = None;
            let words = format!("the clipboard did not take {} characters: {error}", text.chars().count());
            AppError::new(ErrorCode::ClipboardClosed, words)
        })
    }
}
