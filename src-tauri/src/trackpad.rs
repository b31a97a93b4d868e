//! A trackpad's pinch on Linux: `WebKit` would scale the whole window by it and tell the page nothing, so it is taken
//! before `WebKit` sees it, and told to the window as an event.

use crate::events::TrackpadPinch;
use gtk::gdk::EventTouchpadPinch;
use gtk::glib::Propagation;
use gtk::prelude::WidgetExt;
use tauri::WebviewWindow;
use tauri_specta::Event;

pub(crate) fn take_pinches(window: &WebviewWindow) -> tauri::Result<()> {
    let window_told = window.clone();
    window.with_webview(move |webview| {
        webview.inner().connect_event(move |_, event| {
            let Some(pinch) = event.downcast_ref::<EventTouchpadPinch>() else {
                return Propagation::Proceed;
            };
            let (x, y) = pinch.position();
            // The first phase is nought, which the binding calls no phase.
            let told_of = TrackpadPinch { begins: !pinch.is_phase(), scale: pinch.scale(), x, y };
            if let Err(error) = told_of.emit(&window_told) {
                tracing::debug!(%error, "a pinch was not told to the window");
            }
            Propagation::Stop
        });
    })
}
