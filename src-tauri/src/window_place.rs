//! Where the window was, so that it opens there again; and never where nobody sees it.

use crate::reader::{Opened, Reader};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager, PhysicalPosition, PhysicalSize, WebviewWindow, WindowEvent};

const KEY: &str = "windowPlace";

/// The smallest window, in pixels, that is worth opening.
const LEAST: u32 = 480;

/// As much of a window's upper edge must be on a screen, or no hand can pull it back.
const HANDLE: (i64, i64) = (120, 40);

/// A hand that drags a window's edge tells of every pixel; the last one is kept.
const REST: Duration = Duration::from_millis(400);

/// A window's place on the screens, in their pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WindowPlace {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    #[serde(default)]
    maximized: bool,
    #[serde(default)]
    full_screen: bool,
}

/// What a screen offers to windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Screen {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
}

impl WindowPlace {
    /// What to keep: a window over all of its screen goes back to where it was before.
    fn after(self, before: Option<Self>) -> Self {
        let Self { maximized, full_screen, .. } = self;
        match before {
            Some(before) if maximized || full_screen => Self { maximized, full_screen, ..before },
            _ => self,
        }
    }

    /// The place with a size that fits the screen it is on, and moved as little as makes it reachable; the first
    /// screen is the usual one. Without any screen nothing is known better.
    fn within(self, screens: &[Screen]) -> Self {
        let overlap = |screen: &Screen| {
            let along = |a: i32, a_length: u32, b: i32, b_length: u32| {
                let end = (i64::from(a) + i64::from(a_length)).min(i64::from(b) + i64::from(b_length));
                (end - i64::from(a.max(b))).max(0)
            };
            (
                along(self.x, self.width, screen.x, screen.width),
                along(self.y, self.height.max(1), screen.y, screen.height),
            )
        };
        let seen = screens.iter().rev().max_by_key(|screen| {
            let (across, down) = overlap(screen);
            across * down
        });
        let Some(screen) = seen else { return self };
        let fitting = |length: u32, most: u32| length.clamp(LEAST.min(most), most.max(1));
        let (width, height) = (fitting(self.width, screen.width), fitting(self.height, screen.height));
        let sized = Self { width, height, ..self };
        let upper_edge = screens.iter().any(|screen| {
            let top = i64::from(self.y) - i64::from(screen.y);
            (0..=i64::from(screen.height) - HANDLE.1).contains(&top) && overlap(screen).0 >= HANDLE.0
        });
        if upper_edge {
            return sized;
        }
        let inside = |at: i32, length: u32, start: i32, room: u32| {
            let last = i64::from(start) + i64::from(room) - i64::from(length);
            i64::from(at).clamp(i64::from(start), last.max(i64::from(start))) as i32
        };
        Self {
            x: inside(self.x, width, screen.x, screen.width),
            y: inside(self.y, height, screen.y, screen.height),
            ..sized
        }
    }
}

/// Puts a window that is not shown yet where it was.
pub(crate) fn restore(window: &WebviewWindow, reader: &Reader) -> tauri::Result<()> {
    let Some(place) = kept_in(reader) else { return Ok(()) };
    let place = place.within(&screens(window)?);
    // First where, then how large: a screen of another density makes a window that comes to it larger or smaller.
    window.set_position(PhysicalPosition::new(place.x, place.y))?;
    window.set_size(PhysicalSize::new(place.width, place.height))?;
    if place.maximized {
        window.maximize()?;
    }
    if place.full_screen {
        window.set_fullscreen(true)?;
    }
    Ok(())
}

/// The usual screen first.
fn screens(window: &WebviewWindow) -> tauri::Result<Vec<Screen>> {
    let usual = window.primary_monitor()?.map(|monitor| *monitor.position());
    let mut monitors = window.available_monitors()?;
    monitors.sort_by_key(|monitor| Some(*monitor.position()) != usual);
    let screens = monitors.iter().map(|monitor| {
        let area = monitor.work_area();
        Screen { x: area.position.x, y: area.position.y, width: area.size.width, height: area.size.height }
    });
    Ok(screens.filter(|screen| screen.width > 0 && screen.height > 0).collect())
}

/// Keeps where the window is, whenever it has come to rest.
pub(crate) fn keep(window: &WebviewWindow) {
    let waiting: Arc<Mutex<Option<WindowPlace>>> = Arc::default();
    let kept = window.clone();
    window.on_window_event(move |event| {
        if !matches!(event, WindowEvent::Moved(_) | WindowEvent::Resized(_)) {
            return;
        }
        let Some(now) = place_of(&kept) else { return };
        let mut place = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let resting = place.is_some();
        *place = Some(now);
        if !resting {
            let (app, waiting) = (kept.app_handle().clone(), Arc::clone(&waiting));
            tauri::async_runtime::spawn(async move {
                tokio::time::sleep(REST).await;
                let place = waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(place) = place {
                    save(&app, place).await;
                }
            });
        }
    });
}

/// Where the window is; nothing while it is put away.
fn place_of(window: &WebviewWindow) -> Option<WindowPlace> {
    if window.is_minimized().ok()? {
        return None;
    }
    let (position, size) = (window.outer_position().ok()?, window.inner_size().ok()?);
    Some(WindowPlace {
        x: position.x,
        y: position.y,
        width: size.width,
        height: size.height,
        maximized: window.is_maximized().ok()?,
        full_screen: window.is_fullscreen().ok()?,
    })
}

async fn save(app: &AppHandle, place: WindowPlace) {
    let Ok(reader) = app.state::<Opened>().reader().cloned() else { return };
    let saved = tauri::async_runtime::spawn_blocking(move || {
        let before = kept_in(&reader);
        reader.library.set_setting(KEY, &json!(place.after(before)))
    });
    if let Ok(Err(error)) = saved.await {
        tracing::warn!(%error, "where the window is was not kept");
    }
}

/// A place that does not read is as good as none.
fn kept_in(reader: &Reader) -> Option<WindowPlace> {
    let kept = reader.library.setting(KEY).unwrap_or_else(|error| {
        tracing::warn!(%error, "where the window was is not known");
        None
    });
    serde_json::from_value(kept?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Screen = Screen { x: 0, y: 30, width: 1920, height: 1050 };
    const RIGHT: Screen = Screen { x: 1920, y: 0, width: 2560, height: 1440 };

    fn place(x: i32, y: i32, width: u32, height: u32) -> WindowPlace {
        WindowPlace { x, y, width, height, maximized: false, full_screen: false }
    }

    #[test]
    fn a_window_that_can_be_reached_stays_where_it_is() {
        for kept in [
            place(100, 100, 1280, 800),
            place(0, 30, 1920, 1050),
            // Over both screens, and with a side out of sight.
            place(1500, 200, 1280, 800),
            place(-900, 300, 1280, 800),
            place(4300, 300, 1280, 800),
        ] {
            assert_eq!(kept.within(&[LEFT, RIGHT]), kept);
        }
    }

    #[test]
    fn a_window_out_of_sight_comes_back() {
        for (kept, shown) in [
            // A screen that is no longer there.
            (place(6000, 200, 1280, 800), place(640, 200, 1280, 800)),
            (place(-5000, -5000, 1280, 800), place(0, 30, 1280, 800)),
            // Its upper edge above the screen, and at its very foot.
            (place(100, -400, 1280, 800), place(100, 30, 1280, 800)),
            (place(100, 1070, 1280, 800), place(100, 280, 1280, 800)),
            (place(i32::MAX, i32::MIN, 1280, 800), place(640, 30, 1280, 800)),
        ] {
            assert_eq!(kept.within(&[LEFT]), shown, "{kept:?}");
        }
    }

    #[test]
    fn sizes_are_those_of_windows() {
        let size = |width, height| {
            let shown = place(100, 100, width, height).within(&[LEFT]);
            (shown.width, shown.height)
        };
        assert_eq!(size(0, 0), (480, 480));
        assert_eq!(size(1, 5000), (480, 1050));
        assert_eq!(size(u32::MAX, u32::MAX), (1920, 1050));
        let small = Screen { x: 0, y: 0, width: 400, height: 300 };
        let shown = place(0, 0, 1280, 800).within(&[small]);
        assert_eq!((shown.width, shown.height), (400, 300));
        // Nothing is known of the screens.
        assert_eq!(place(1, 2, 3, 4).within(&[]), place(1, 2, 3, 4));
    }

    #[test]
    fn maximized_stays_maximized() {
        let kept = WindowPlace { maximized: true, ..place(9000, 0, 800, 600) };
        assert!(kept.within(&[LEFT]).maximized);
        let over_all = WindowPlace { maximized: true, ..place(0, 30, 1920, 1050) };
        assert_eq!(
            over_all.after(Some(place(10, 40, 800, 600))),
            WindowPlace { maximized: true, ..place(10, 40, 800, 600) }
        );
    }
}
