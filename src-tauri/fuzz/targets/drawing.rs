//! A page's file, picture or PDF: opened, its photographs looked for, and drawn small.
#![no_main]

use kanbao_render::{Cut, Sheet};
use libfuzzer_sys::fuzz_target;
use std::sync::Once;

/// A decoder's panic is caught and costs a page its picture, which is how it should be: only those of our own code
/// are findings, and what cannot be caught.
fn only_our_own_panics_count() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let abort = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let ours = panic.location().is_some_and(|place| place.file().contains("crates/render"));
            if ours {
                abort(panic);
            }
        }));
    });
}

fuzz_target!(|data: &[u8]| {
    only_our_own_panics_count();
    let Ok(sheet) = Sheet::open(data.to_vec()) else { return };
    let (width, height) = sheet.size();
    assert!(width >= 1.0 && height >= 1.0, "a page without a size");
    for (cut, width) in [(Cut::WHOLE, 64), (Cut { x: 0.4, y: 0.4, width: 0.01, height: 0.01 }, 16)] {
        if let Ok(bitmap) = sheet.cut(cut, width) {
            assert_eq!(bitmap.rgb.len(), bitmap.width as usize * bitmap.height as usize * 3);
        }
    }
    let _ = sheet.photographs();
});
