//! The window: wiring only. What a reader keeps and sees is in the crates; here commands are a few
//! lines over them, and pages come through the `page://` protocol.

mod arguments;
mod citation;
mod clipboard;
mod commands;
mod error;
mod events;
mod file_drag;
mod memory;
mod newsstand_view;
mod one_window;
mod page_protocol;
mod pictures;
mod reader;
mod script;
mod sheets;
mod software_rendering;
mod syncing;
#[cfg(target_os = "linux")]
mod trackpad;
mod view;
mod weighed;
mod window_place;

use arguments::Arguments;
use clap::Parser;
use commands::settings::settings_of;
use one_window::Claim;
use reader::{Opened, Reader};
use std::process::ExitCode;
use std::thread;
use tauri::window::Color;
use tauri::{AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};
use tauri_specta::{Builder, collect_commands, collect_events};
use view::Theme;

/// The desk that pages lie on, by day and at night, as `paper.css` has it.
const DESK: Color = Color(0xE9, 0xE4, 0xD8, 0xFF);
const NIGHT_DESK: Color = Color(0x13, 0x12, 0x10, 0xFF);

/// Opens the library and the window, and runs until the window is closed.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    memory::give_back_large_blocks();
    if arguments.software_rendering || software_rendering::is_best() {
        software_rendering::choose();
    }
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("KANBAO_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let claim = arguments.library_folder().map_or(Claim::Unknown, |folder| one_window::claim(&folder));
    if matches!(claim, Claim::Raised) {
        eprintln!("kanbao-desktop: this library is open already; its window has come to the front");
        return ExitCode::SUCCESS;
    }
    // The library opens while the toolkit starts; the window is the first that needs it.
    let opening = thread::spawn(move || {
        let opened = Opened(Reader::open(&arguments));
        match &opened.0 {
            Ok(reader) => reader.make_first_ready(),
            Err(error) => eprintln!("kanbao-desktop: {error}"),
        }
        opened
    });
    let bindings = bindings();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_opener::init())
        .manage(clipboard::Clipboard::default())
        .register_asynchronous_uri_scheme_protocol(page_protocol::SCHEME, page_protocol::respond)
        .invoke_handler(bindings.invoke_handler())
        .setup(move |app| {
            bindings.mount_events(app);
            app.manage(opening.join().map_err(|_| "the library's opening was stopped")?);
            open_window(app)?;
            if let Claim::Ours(claimed) = claim {
                let app = app.handle().clone();
                claimed.answer(move || come_to_the_front(&app));
            }
            file_drag::watch(app);
            if let Ok(reader) = app.state::<Opened>().reader() {
                reader.begin(app.handle());
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit)
                    && let Some(opened) = app.try_state::<Opened>()
                    && let Ok(reader) = opened.reader()
                {
                    reader.cancel_sync();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("kanbao-desktop: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

fn open_window(app: &tauri::App) -> tauri::Result<()> {
    let start = WebviewUrl::default();
    let opened = app.state::<Opened>();
    let reader = opened.reader().ok();
    let theme = reader.map_or(Theme::System, |reader| settings_of(&reader.library).theme);
    let window = WebviewWindowBuilder::new(app, "main", start)
        .title("看报")
        // Shown when it stands where it was, with the colours that it will have: nothing jumps, nothing flashes.
        .visible(false)
        .background_color(if theme == Theme::Night { NIGHT_DESK } else { DESK })
        .initialization_script(looks_script(theme))
        .inner_size(1280.0, 800.0)
        .min_inner_size(480.0, 480.0)
        // The document's title follows what is open; switchers and screen readers read the window's.
        .on_document_title_changed(|window, title| {
            if let Err(error) = window.set_title(&title) {
                tracing::debug!(%error, "the window kept its title");
            }
        })
        // Pictures and text are drawn inside the page; nothing may take its place.
        .on_navigation(|url| {
            let own = matches!(url.scheme(), "tauri" | "about") || url.host_str() == Some("tauri.localhost");
            own || cfg!(debug_assertions) && url.host_str() == Some("localhost") && url.port() == Some(5173)
        })
        .build()?;
    #[cfg(target_os = "linux")]
    {
        trackpad::take_pinches(&window)?;
        memory::keep_no_unseen_pictures(&window)?;
    }
    if theme == Theme::System && window.theme()? == tauri::Theme::Dark {
        window.set_background_color(Some(NIGHT_DESK))?;
    }
    if let Some(reader) = reader
        && let Err(error) = window_place::restore(&window, reader)
    {
        tracing::warn!(%error, "the window opens at its usual place");
    }
    window_place::keep(&window);
    window.show()
}

/// Paints the very first frame in the window's colours, before its own program runs, and says how what is painted gets on
/// the screen.
fn looks_script(theme: Theme) -> String {
    let night = match theme {
        Theme::System => "matchMedia('(prefers-color-scheme: dark)').matches",
        Theme::Light => "false",
        Theme::Night => "true",
    };
    let drawing = if software_rendering::is_chosen() { "software" } else { "layers" };
    format!(
        "const looks = document.documentElement.dataset; looks.colours = {night} ? 'night' : 'light'; looks.drawing = '{drawing}';"
    )
}

/// Whether there is a window still.
fn come_to_the_front(app: &AppHandle) -> bool {
    let Some(window) = app.get_webview_window("main") else { return false };
    let come = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    come.is_ok()
}

/// Every command and event, as they are called from the window and as TypeScript is generated for them.
fn bindings() -> Builder<tauri::Wry> {
    Builder::new()
        // One shape for both directions: what is written is what is read.
        .disable_serde_phases()
        .commands(collect_commands![
            commands::settings::start,
            commands::settings::save_settings,
            commands::newsstand::newsstand,
            commands::newsstand::look,
            commands::newsstand::add_publication,
            commands::newsstand::add_sample,
            commands::newsstand::remove_publication,
            commands::newsstand::remove_issue,
            commands::newsstand::restore_issue,
            commands::newsstand::calendar,
            commands::newsstand::ask_calendar,
            commands::newsstand::sync,
            commands::newsstand::cancel_sync,
            commands::catalogue::catalogue,
            commands::reader::open_issue,
            commands::reader::open_sheet,
            commands::reader::want_pages,
            commands::reader::read_article,
            commands::reader::save_place,
            commands::reader::open_in_browser,
            commands::share::copy_article,
            commands::share::save_article_picture,
            commands::share::save_page_picture,
            commands::share::open_saved_pictures,
        ])
        .events(collect_events![events::SyncProgress, events::FileDrag, events::TrackpadPinch])
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/lib/bindings.ts");

    #[test]
    fn the_typescript_is_that_of_these_commands() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        let language = specta_typescript::Typescript::default().header(
            "// Generated from src-tauri/src by `KANBAO_WRITE_BINDINGS=1 cargo test -p kanbao-desktop`.\n",
        );
        bindings().export(language, &fresh).unwrap();
        let fresh = std::fs::read_to_string(fresh).unwrap();
        if std::env::var_os("KANBAO_WRITE_BINDINGS").is_some() {
            std::fs::write(BINDINGS, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(BINDINGS).unwrap_or_default();
        assert!(
            committed.replace("\r\n", "\n") == fresh.replace("\r\n", "\n"),
            "ui/src/lib/bindings.ts is stale: run KANBAO_WRITE_BINDINGS=1 cargo test -p kanbao-desktop"
        );
    }
}
