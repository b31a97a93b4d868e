//! The display from outside: real key presses, clicks and wheel turns into it, and what is seen on it over time.
//! The same for every program, so that none is measured by what it says of itself.

use std::thread;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use kanbao_tests::film::{Film, Frame};

/// Every so many rows of the screen some are looked at: all of a page's parts, and a thousand looks a second.
const STRIP_EVERY: u16 = 40;
const STRIP_ROWS: u16 = 4;
/// Between two looks. With the look itself it is how exactly the time of a change is known.
pub(crate) const BETWEEN_LOOKS: Duration = Duration::from_millis(3);

/// Buttons of a mouse as X counts them.
pub(crate) const LEFT: u8 = 1;
pub(crate) const WHEEL_UP: u8 = 4;
pub(crate) const WHEEL_DOWN: u8 = 5;

pub(crate) struct Screen {
    connection: RustConnection,
    root: u32,
    width: u16,
    height: u16,
    keycodes: Vec<(u8, u32)>,
}

impl Screen {
    /// The display that `DISPLAY` names.
    pub(crate) fn open() -> Self {
        let (connection, number) = x11rb::connect(None).expect("DISPLAY names an X server");
        let setup = connection.setup();
        let screen = &setup.roots[number];
        let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let mapping = connection.get_keyboard_mapping(first, last - first + 1).expect("a request");
        let mapping = mapping.reply().expect("a keyboard");
        let a_key = usize::from(mapping.keysyms_per_keycode);
        let keycodes =
            (first..=last).zip(mapping.keysyms.chunks(a_key)).map(|(code, names)| (code, names[0])).collect();
        Self { connection, root, width, height, keycodes }
    }

    pub(crate) fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// Presses a key, by its keysym, and lets it go.
    pub(crate) fn press(&self, keysym: u32) {
        let code = self.keycodes.iter().find(|(_, name)| *name == keysym).map(|(code, _)| *code);
        let code = code.unwrap_or_else(|| panic!("this keyboard has no key {keysym:#x}"));
        self.fake(KEY_PRESS_EVENT, code, 0, 0);
        self.fake(KEY_RELEASE_EVENT, code, 0, 0);
        self.flush();
    }

    pub(crate) fn point(&self, x: i16, y: i16) {
        self.fake(MOTION_NOTIFY_EVENT, 0, x, y);
        self.flush();
    }

    pub(crate) fn button(&self, button: u8, down: bool) {
        self.fake(if down { BUTTON_PRESS_EVENT } else { BUTTON_RELEASE_EVENT }, button, 0, 0);
        self.flush();
    }

    pub(crate) fn click(&self, button: u8) {
        self.button(button, true);
        self.button(button, false);
    }

    fn fake(&self, kind: u8, detail: u8, x: i16, y: i16) {
        let sent = self.connection.xtest_fake_input(kind, detail, 0, self.root, x, y, 0);
        sent.expect("the X server has XTEST");
    }

    fn flush(&self) {
        self.connection.flush().expect("the X server is there");
    }

    /// What is seen now.
    pub(crate) fn look(&self) -> Frame {
        let tops = (STRIP_EVERY / 2..self.height - STRIP_ROWS).step_by(usize::from(STRIP_EVERY));
        // All are asked for before the first answer is read, so that they are of one moment.
        let asked: Vec<_> = tops
            .map(|top| {
                let all = u32::MAX;
                self.connection
                    .get_image(
                        ImageFormat::Z_PIXMAP,
                        self.root,
                        0,
                        top.cast_signed(),
                        self.width,
                        STRIP_ROWS,
                        all,
                    )
                    .expect("a request")
            })
            .collect();
        let mut grey = Vec::new();
        for strip in asked {
            let strip = strip.reply().expect("a picture of the display");
            // Green is nearest to how light a colour is.
            grey.extend(strip.data.chunks_exact(4).map(|pixel| pixel[1]));
        }
        Frame::new(grey, usize::from(self.width), usize::from(STRIP_ROWS))
    }

    /// Does something and looks on until nothing has changed for a while and what is seen may be the end, or for the
    /// longest time.
    pub(crate) fn film(
        &self,
        rest: Duration,
        longest: Duration,
        may_end: impl Fn(&Frame) -> bool,
        act: impl FnOnce(),
    ) -> Film {
        let mut film = Film::new(self.look());
        let start = Instant::now();
        act();
        let mut changed = Duration::ZERO;
        loop {
            let frame = self.look();
            let now = start.elapsed();
            if film.add(now, frame) {
                changed = now;
            }
            // That nothing has changed yet is no rest.
            let rests = changed > Duration::ZERO && now.saturating_sub(changed) > rest;
            if now > longest || rests && may_end(film.last()) {
                return film;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }
}
