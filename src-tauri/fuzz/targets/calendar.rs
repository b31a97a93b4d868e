//! Calendars, lists of papers and whole issues in XML, JSON and scripts that call a function with it.
#![no_main]

use kanbao_fuzz::check;
use libfuzzer_sys::fuzz_target;
use url::Url;

/// An address of such a document, and how it begins and ends.
const AROUND: [(&str, &str, &str); 8] = [
    ("/slrb/html/2026-11/period.xml", "<periodlist><period>", "</period></periodlist>"),
    ("/slrb/html/2026-11/period.xml", "", ""),
    ("/slrb/pc/papersInfo/20261124.xml", "<papers><paper>", "</paper></papers>"),
    ("/slrb/pc/papersInfo/20261124.js", "paperinfo(\"<papers>", "</papers>\")"),
    ("/slrb/pc/papersInfo/20261124.js", "", ""),
    ("/_szb/slrb/2026/11/24/index.json", "{\"paperInfo\":[{", "}]}"),
    ("/_szb/slrb/2026/11/24/index.json#kanbao?article=1", "", ""),
    ("/api-paper/api/newestPaper", "{\"data\":[{", "}]}"),
];

fuzz_target!(|data: &[u8]| {
    let Some((&which, inside)) = data.split_first() else { return };
    let (path, before, after) = AROUND[usize::from(which) % AROUND.len()];
    let url = Url::parse("http://paper.example").and_then(|site| site.join(path)).expect("a sound address");
    check(&kanbao_sources::read(&url, &format!("{before}{}{after}", String::from_utf8_lossy(inside))));
});
