//! Programs opened on a page, as a reader starts them: how long until it is seen, and what memory it takes.

use std::process::Command;
use std::thread;
use std::time::Duration;

use camino::Utf8PathBuf;
use kanbao_tests::paper;
use kanbao_tests::press::DAILY;
use kanbao_tests::process::program;
use tempfile::TempDir;

use crate::chromium;
use crate::fixtures;
use crate::programs::Program;
use crate::samples::Samples;
use crate::screen::Screen;
use kanbao_tests::film::{Film, Frame};

const STARTS: usize = 9;
const WEIGHINGS: usize = 3;
const REST: Duration = Duration::from_millis(1200);
const LONGEST: Duration = Duration::from_secs(20);
/// After a page is there, before its program is weighed.
const AT_REST: Duration = Duration::from_secs(4);
/// Between the end of one program and the start of the next.
const BREATH: Duration = Duration::from_millis(400);

/// Who opens the page.
struct Contender {
    who: &'static str,
    shows_a_page: bool,
    command: Box<dyn Fn() -> Command>,
}

fn contenders(screen: &Screen) -> Vec<Contender> {
    let library = fixtures::large_library();
    let pdf = paper::folder().join(DAILY).join(fixtures::DATE).join("01.pdf");
    let pdf = pdf.to_str().expect("a plain path").to_owned();
    // One profile for all its starts: the first, which makes it, is not counted.
    let profile = chromium::new_profile();
    let chromium = chromium_on(profile, screen, &format!("file://{pdf}"));
    let newsstand = library.clone();
    vec![
        Contender {
            who: "Kanbao, a page",
            shows_a_page: true,
            command: Box::new(move || kanbao(&library, true)),
        },
        Contender {
            who: "Kanbao, the newsstand",
            shows_a_page: true,
            command: Box::new(move || kanbao(&newsstand, false)),
        },
        Contender { who: "Chromium, the PDF", shows_a_page: true, command: chromium },
        Contender {
            who: "a bare window",
            shows_a_page: false,
            command: Box::new(|| Command::new(program("examples/bare_window"))),
        },
        Contender {
            who: "Evince, the PDF",
            shows_a_page: true,
            command: Box::new(move || {
                let mut command = Command::new("evince");
                command.arg("--fullscreen").arg(&pdf);
                command
            }),
        },
    ]
}

fn chromium_on(profile: TempDir, screen: &Screen, address: &str) -> Box<dyn Fn() -> Command> {
    let (screen_size, address) = (screen.size(), address.to_owned());
    Box::new(move || chromium::command(&profile, screen_size, &address))
}

fn kanbao(library: &Utf8PathBuf, page: bool) -> Command {
    let mut command = Command::new(program("kanbao-desktop"));
    command.arg("--library").arg(library);
    if page {
        command.args(["--open", &fixtures::page(library, fixtures::DATE, "01")]);
    }
    command
}

impl Contender {
    fn start(&self, screen: &Screen) -> (Program, Film) {
        let mut started = None;
        // A window comes before its page, on a busy machine long before.
        let may_end = |frame: &Frame| !self.shows_a_page || frame.has_print();
        let film =
            screen.film(REST, LONGEST, may_end, || started = Some(Program::start(&mut (self.command)())));
        assert!(film.whole().is_some(), "{}: nothing came on the display", self.who);
        assert!(!self.shows_a_page || film.last().has_print(), "{}: no page came on the display", self.who);
        if std::env::var_os("KANBAO_BENCH_FILMS").is_some() {
            eprintln!("{}\n{}", self.who, film.describe());
        }
        (started.expect("it was started"), film)
    }
}

/// From the start of the program to a page on the display, one program after the other, round after round.
pub(crate) fn cold_start(screen: &Screen) {
    let contenders = contenders(screen);
    let mut times: Vec<(Samples, Samples)> = contenders.iter().map(|_| Default::default()).collect();
    for round in 0..=STARTS {
        for (contender, (first, whole)) in contenders.iter().zip(&mut times) {
            let (program, film) = contender.start(screen);
            program.end();
            thread::sleep(BREATH);
            // The first round brings the programs' files into memory, for all alike.
            if round > 0 {
                first.time(film.first_change().unwrap_or_default());
                whole.time(film.whole().unwrap_or_default());
            }
        }
    }
    for (contender, (first, whole)) in contenders.iter().zip(&times) {
        first.print("first paint", contender.who, "ms");
        whole.print("page painted", contender.who, "ms");
    }
}

/// What memory each takes with the page open.
pub(crate) fn memory(screen: &Screen) {
    for contender in contenders(screen) {
        let mut memory = Samples::default();
        // The first round is as the others, but for Chromium's profile.
        for round in 0..=WEIGHINGS {
            let (program, _) = contender.start(screen);
            thread::sleep(AT_REST);
            if round > 0 {
                memory.value(program.memory() as f64 / 1e6);
            }
            program.end();
            thread::sleep(BREATH);
        }
        memory.print("memory", contender.who, "MB");
    }
}
