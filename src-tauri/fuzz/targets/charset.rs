//! Bytes to text, whatever the server, the document and the bytes themselves say of their charset.
#![no_main]

use kanbao_publisher::charset::decode;
use libfuzzer_sys::fuzz_target;

// The first line is the server's word, what follows are the document's bytes.
fuzz_target!(|data: &[u8]| {
    let split = data.iter().position(|&byte| byte == b'\n');
    let (word, body) = split.map_or((None, data), |at| (Some(&data[..at]), &data[at + 1..]));
    let word = word.map(String::from_utf8_lossy);
    let decoded = decode(body, word.as_deref());
    assert!(decoded.text.len() <= body.len() * 3 + 3, "{} bytes became {}", body.len(), decoded.text.len());
    assert!(!decoded.encoding.is_empty());
    if let Ok(text) = std::str::from_utf8(body)
        && decoded.encoding == "UTF-8"
    {
        assert_eq!(decoded.text, text.trim_start_matches('\u{feff}'), "UTF-8 is what it is");
    }
});
