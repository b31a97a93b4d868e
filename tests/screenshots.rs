//! Takes pictures of every screen and state as readers have them, for looking at: `screenshots FOLDER [LOOK]`.
//! One folder a look (size, density, colours, language), one file a state.

use std::path::{Path, PathBuf};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use fantoccini::key::Key;
use kanbao_library::Library;
use kanbao_press::{Class, Fault, Place, Skin};
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::press::{DAILY, EVENING, Press, PressProgram, usually_published};
use kanbao_tests::site::Site;
use kanbao_tests::window::Window;
use kanbao_tests::{extremes, folder};
use serde_json::json;

/// How a reader has the window.
struct Look {
    size: (u32, u32),
    /// Pixels of the screen to one of the window's, each way.
    density: u32,
    theme: &'static str,
    locale: &'static str,
}

impl Look {
    fn all() -> Vec<Self> {
        let mut looks = Vec::new();
        for (size, density) in [((1280, 800), 1), ((1920, 1080), 1), ((1080, 1920), 1), ((1280, 800), 2)] {
            for theme in ["light", "night"] {
                for locale in ["zh-CN", "en"] {
                    looks.push(Self { size, density, theme, locale });
                }
            }
        }
        looks
    }

    fn name(&self) -> String {
        let Self { size: (width, height), density, theme, locale } = self;
        format!("{width}x{height}@{density}-{theme}-{locale}")
    }
}

/// Libraries in the states that are looked at, made once.
struct Shelves {
    root: Utf8PathBuf,
}

impl Shelves {
    fn fill(root: &Utf8Path) -> Self {
        let press = PressProgram::start();
        let full = Kanbao::new(root.join("full"));
        for slug in [DAILY, EVENING] {
            full.json(&["add", &press.address(slug)]);
        }
        full.json(&["sync", "--latest", "3"]);
        let extreme = Site::serve(extremes::files());
        full.json(&["add", &extreme.address(extremes::ENTRY)]);
        full.json(&["sync"]);

        // Twelve newspapers: as many presses as it takes, each another house.
        let twelve = Kanbao::new(root.join("twelve"));
        let houses: Vec<PressProgram> = (0..6).map(|_| PressProgram::start()).collect();
        let places = ["清川", "望江", "柳溪", "石桥", "东塘", "云岭"];
        for (house, place) in houses.iter().zip(places) {
            for (slug, kind) in [(DAILY, "日报"), (EVENING, "晚报")] {
                twelve.json(&["add", &house.address(slug), "--name", &format!("{place}{kind}")]);
            }
        }
        twelve.json(&["sync", "--latest", "2"]);
        drop(press);

        // A page that the site could not give when the issue was fetched, and a picture that it has only half of.
        let press = Press::start(Skin::Div);
        let lacking = usually_published(Skin::Div, DAILY)[0].pages[2].path.clone();
        press.site().set_fault(Place::Path(lacking), Fault::Missing);
        press.site().set_fault(Place::Class(Class::PagePicture), Fault::Halved);
        let partly = Kanbao::new(root.join("partly"));
        partly.json(&["add", &press.address(DAILY)]);
        // It says that it failed; what came is kept.
        let _ = partly.run(&["sync", "--latest", "3"]);
        Self { root: root.to_owned() }
    }

    /// A copy of one, with a look's settings.
    fn take(&self, state: &str, look: &Look) -> Utf8PathBuf {
        let library = folder::fresh(self.root.as_str(), &format!("{}-{state}", look.name()));
        if state != "empty" {
            folder::copy(&self.root.join(state), &library);
        }
        let settings = json!({ "locale": look.locale, "theme": look.theme });
        Library::open(&library)
            .and_then(|library| library.set_setting("window", &settings))
            .unwrap_or_else(|error| panic!("{library}: {error}"));
        library
    }
}

/// Saves pictures of one window in a look's folder.
struct Camera<'a> {
    window: &'a Window,
    folder: PathBuf,
}

impl Camera<'_> {
    async fn take(&self, name: &str) {
        let script = "const rect = document.querySelector('[data-test=viewer]')?.dataset.rect ?? 'none';
            const rested = window.lastRect === rect;
            window.lastRect = rect;
            const seen = [...document.images].filter((image) => image.getBoundingClientRect().top < window.innerHeight);
            const here = seen.every((image) => image.complete && image.naturalWidth > 0);
            const still = document.getAnimations().every((animation) => animation.playState !== 'running');
            return rested && still && document.fonts.status === 'loaded' && here";
        self.window.until("the window is painted", script, &[]).await;
        // What the document says is done, the webview shows a few frames later; nothing tells of that.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let file = self.folder.join(format!("{name}.png"));
        self.window.screenshot(&file).await;
        println!("{}", file.display());
    }

    /// Waits until the page has stopped moving and is sharp where it stopped.
    async fn rested(&self) {
        let script = "const rect = document.querySelector('[data-test=viewer]').dataset.rect;
            window.lastRects = [...(window.lastRects ?? []), rect].slice(-8);
            return window.lastRects.length === 8 && window.lastRects.every((last) => last === rect)";
        self.window.until("the page has come to rest", script, &[]).await;
        self.sharp().await;
    }

    /// Waits until the page is drawn for exactly the size at which it stopped.
    async fn exact(&self) {
        self.rested().await;
        self.window.find("viewer[data-exact=true]").await;
    }

    async fn sharp(&self) {
        self.window.find("viewer[data-state=\"sharp\"]").await;
    }

    async fn escape(&self) {
        self.window.key(Key::Escape.into()).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let into = PathBuf::from(arguments.next().expect("the folder to write to"));
    let only = arguments.next();
    let libraries = tempfile::tempdir().expect("a folder for libraries");
    let libraries = Utf8Path::from_path(libraries.path()).expect("a plain path");
    let shelves = Shelves::fill(libraries);
    for look in Look::all() {
        if only.as_ref().is_some_and(|only| !look.name().contains(only)) {
            continue;
        }
        let folder = into.join(look.name());
        nothing_kept(&shelves, &look, &folder).await;
        newsstands(&shelves, &look, &folder).await;
        reading(&shelves, &look, &folder).await;
        extreme_pages(&shelves, &look, &folder).await;
    }
}

async fn open(shelves: &Shelves, state: &str, look: &Look) -> Window {
    let library = shelves.take(state, look);
    let window = Window::open_dense(&format!("look-{state}"), &library, look.density).await;
    window.resize(look.size.0, look.size.1).await;
    window.find("newsstand").await;
    window
}

async fn nothing_kept(shelves: &Shelves, look: &Look, folder: &Path) {
    let window = open(shelves, "empty", look).await;
    let camera = Camera { window: &window, folder: folder.to_owned() };
    camera.take("01-first-launch").await;
    window.click("add-newspaper").await;
    window.find("add-address").await;
    camera.take("02-add").await;
    window.click("catalogue-open").await;
    window.find("catalogue-paper").await;
    window.type_into("catalogue-search", "rb").await;
    camera.take("19-catalogue").await;
    window.click("tab-address").await;
    window.find("add-address").await;
    window.type_into("add-address", "http://127.0.0.1:9/").await;
    window.click("add-submit").await;
    window.find("problem").await;
    camera.take("03-add-failed").await;
    window.close();

    // What will be fetched is told before anything is.
    let press = PressProgram::start();
    let window = open(shelves, "empty", look).await;
    window.click("add-newspaper").await;
    window.type_into("add-address", &press.address(DAILY)).await;
    window.click("add-submit").await;
    window.find("add-confirm").await;
    let camera = Camera { window: &window, folder: folder.to_owned() };
    camera.take("07-what-will-be-fetched").await;
    window.click("add-confirm").await;
    window.find("progress").await;
    camera.take("08-arriving").await;
    window.close();
}

async fn newsstands(shelves: &Shelves, look: &Look, folder: &Path) {
    let window = open(shelves, "twelve", look).await;
    window.find("cover img").await;
    Camera { window: &window, folder: folder.to_owned() }.take("05-twelve-newspapers").await;
    window.close();

    let window = open(shelves, "full", look).await;
    let camera = Camera { window: &window, folder: folder.to_owned() };
    window.find("cover img").await;
    camera.take("04-newsstand").await;
    // Nobody answers: the presses were stopped.
    window.click("sync-all").await;
    window.find("problem").await;
    camera.take("06-sync-failed").await;
    window.click("calendar-open").await;
    window.find("day").await;
    camera.take("09-calendar").await;
    camera.escape().await;
    window.wait_gone("calendar").await;
    window.chord(&[Key::Control], ',').await;
    window.find("setting").await;
    camera.take("28-settings").await;
    window.close();

    let window = open(shelves, "partly", look).await;
    let camera = Camera { window: &window, folder: folder.to_owned() };
    window.find("lacking").await;
    window.find("cover img").await;
    camera.take("26-partly-here").await;
    window.click("remove-issue").await;
    window.find("removed").await;
    camera.take("27-removed").await;
    window.click("cover[data-date=\"2026-11-22\"]").await;
    window.click("rail-page[data-number=\"07\"]").await;
    window.find("page-notice").await;
    camera.sharp().await;
    camera.take("34-cut-short").await;
    window.close();
}

async fn reading(shelves: &Shelves, look: &Look, folder: &Path) {
    let window = open(shelves, "full", look).await;
    let camera = Camera { window: &window, folder: folder.to_owned() };
    window.click("cover[data-publication=\"slrb\"][data-date=\"2026-11-24\"]").await;
    camera.sharp().await;
    camera.take("10-page").await;
    window.click("headline").await;
    window.find("article-body").await;
    camera.sharp().await;
    camera.take("11-article").await;
    window.click("type").await;
    window.find("sheet-larger").await;
    camera.take("14-type").await;
    camera.escape().await;
    window.click("share").await;
    window.find("copy-citation").await;
    camera.take("29-share").await;
    camera.escape().await;
    window.wait_gone("copy-citation").await;
    window.click("close-article").await;
    window.wait_gone("article").await;
    window.key('g').await;
    window.find("guided").await;
    camera.rested().await;
    camera.take("15-guided").await;
    window.click("guided-end").await;
    window.wait_gone("guided").await;
    window.key('d').await;
    window.key('j').await;
    window.find("viewer[data-page=\"02\"]").await;
    camera.rested().await;
    camera.take("16-facing").await;
    window.key('r').await;
    window.find("roll-toggle[aria-pressed=true]").await;
    camera.exact().await;
    camera.take("19-roll").await;
    window.key('r').await;
    window.key('d').await;
    window.key(Key::Home.into()).await;
    window.find("viewer[data-page=\"01\"]").await;
    // The roll shows page 01 too, until the page lies alone.
    camera.exact().await;
    window.chord(&[Key::Control], 'k').await;
    window.find("palette-thing").await;
    camera.take("17-palette").await;
    camera.escape().await;
    window.wait_gone("palette").await;
    window.click("menu").await;
    window.find("menu-list").await;
    camera.take("18-menu").await;
    camera.escape().await;
    window.wait_gone("menu-list").await;
    window.key('1').await;
    camera.exact().await;
    camera.take("26-as-printed").await;
    window.key('0').await;
    for _ in 0..6 {
        window.click("zoom-in").await;
    }
    camera.exact().await;
    camera.take("12-zoomed").await;
    window.key('?').await;
    window.find("key-sheet").await;
    camera.take("13-keys").await;
    window.close();

    // The older issue has a spread, and a page without a PDF.
    let window = open(shelves, "full", look).await;
    let camera = Camera { window: &window, folder: folder.to_owned() };
    window.click("cover[data-publication=\"slrb\"][data-date=\"2026-11-22\"]").await;
    for (page, name) in [("04-05", "24-spread"), ("07", "25-no-pdf")] {
        window.click(&format!("rail-page[data-number=\"{page}\"]")).await;
        window.find(&format!("viewer[data-page=\"{page}\"]")).await;
        camera.sharp().await;
        camera.take(name).await;
    }
    window.close();
}

async fn extreme_pages(shelves: &Shelves, look: &Look, folder: &Path) {
    let window = open(shelves, "full", look).await;
    let camera = Camera { window: &window, folder: folder.to_owned() };
    window.click(&format!("cover[data-date=\"{}\"][data-publication=\"jdb\"]", extremes::DATE)).await;
    camera.sharp().await;
    camera.take("20-forty-articles").await;
    window.click("rail-page[data-number=\"02\"]").await;
    window.find("viewer[data-page=\"02\"]").await;
    window.click("headline").await;
    window.find("article-body").await;
    camera.sharp().await;
    camera.take("21-endless-headline").await;
    window.click("close-article").await;
    window.click("rail-page[data-number=\"03\"]").await;
    window.find("viewer[data-page=\"03\"]").await;
    camera.take("22-no-picture").await;
    window.click("rail-page[data-number=\"04\"]").await;
    window.find("viewer[data-page=\"04\"]").await;
    camera.sharp().await;
    camera.take("23-no-articles").await;
    window.close();
}
