//! One piece of a document again and again, to a length at which what costs its square is a hang or fills the memory.
#![no_main]

use kanbao_fuzz::{addressed, check};
use libfuzzer_sys::fuzz_target;

/// A quarter of a million bytes: every page of a real site is shorter, and a square of it takes minutes.
const LENGTH: usize = 1 << 18;

// An input is an address, what comes before, the piece, and what comes after, a line each.
fuzz_target!(|data: &[u8]| {
    let Some((url, rest)) = addressed(data) else { return };
    let mut lines = rest.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (before, piece, after) = (line(), line(), line());
    if piece.is_empty() {
        return;
    }
    let mut document = before.to_owned();
    let mut number = 0;
    while document.len() < LENGTH {
        // Numbered where the piece asks for it, so that the pieces are not all the same to whom compares them.
        document.push_str(&piece.replace('#', &number.to_string()));
        number += 1;
    }
    document.push_str(after);
    check(&kanbao_sources::read(&url, &document));
});
