//! Any document from any address, through the one door that every family goes through.
#![no_main]

use kanbao_fuzz::{addressed, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some((url, document)) = addressed(data) {
        check(&kanbao_sources::read(&url, &document));
    }
});
