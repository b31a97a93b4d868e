//! A body, its decks and its pictures within what each family puts around them.
#![no_main]

use kanbao_fuzz::check;
use libfuzzer_sys::fuzz_target;
use url::Url;

/// An address of an article, and what stands before its body.
const AROUND: [(&str, &str); 6] = [
    ("/slrb/html/2026-11/24/content_1.htm", "<html><h1>甲</h1><h2>乙</h2><div id=ozoom><founder-content>"),
    ("/slrb/html/2026-11/24/nw.D110000slrb_20261124_1-01.htm", "<html><h1>甲</h1><div id=articleContent>"),
    ("/slrb/pc/content/202611/24/content_1.html", "<html><h1>甲</h1><founder-content><div id=content>"),
    ("/slrb/content/20261124/Articel01002NR.htm", "<html><body><h1>甲</h1><div id=ozoom>"),
    (
        "/slrb/mobile/2026/20261124/20261124_001/content_20261124_001_6.htm",
        "<html><h1 id=main-title>甲</h1><div id=content>",
    ),
    ("/slrb/html/2026-11/24/content_2.htm", ""),
];

fuzz_target!(|data: &[u8]| {
    let Some((&which, body)) = data.split_first() else { return };
    let (path, before) = AROUND[usize::from(which) % AROUND.len()];
    let url = Url::parse("http://paper.example").and_then(|site| site.join(path)).expect("a sound address");
    check(&kanbao_sources::read(&url, &format!("{before}{}", String::from_utf8_lossy(body))));
});
