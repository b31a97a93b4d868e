//! Fonts for PDFs that name a Chinese, Japanese or Korean font without carrying it.

use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_interpret::hayro_cmap::CidFamily;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

/// Where the systems we run on keep a Song and a Hei: serif regular, serif bold, sans regular, sans bold.
/// A collection's faces are in the order JP, KR, SC, TC in Noto's, and Simplified first elsewhere.
const SERIF: &[(&str, u32)] = &[
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-serif-cjk-vf-fonts/NotoSerifCJK-VF.ttc", 2),
    ("/System/Library/Fonts/Supplemental/Songti.ttc", 6),
    ("C:\\Windows\\Fonts\\simsun.ttc", 0),
];
const SANS: &[(&str, u32)] = &[
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-sans-cjk-vf-fonts/NotoSansCJK-VF.ttc", 2),
    ("/System/Library/Fonts/STHeiti Light.ttc", 1),
    ("C:\\Windows\\Fonts\\msyh.ttc", 0),
    ("C:\\Windows\\Fonts\\simhei.ttf", 0),
];

/// Font files by path.
type Files = HashMap<&'static str, Arc<Vec<u8>>>;

/// Files read once: a system's CJK font is twenty megabytes.
static READ: LazyLock<Mutex<Files>> = LazyLock::new(Mutex::default);

/// The font that stands in for one that a PDF does not carry.
pub(crate) fn resolve(query: &FontQuery) -> Option<(FontData, u32)> {
    match query {
        FontQuery::Standard(standard) => Some(standard.get_font_data()),
        FontQuery::Fallback(wanted) => {
            let collection = wanted.character_collection.as_ref().map(|collection| &collection.family);
            let east_asian = matches!(
                collection,
                Some(
                    CidFamily::AdobeGB1
                        | CidFamily::AdobeCNS1
                        | CidFamily::AdobeJapan1
                        | CidFamily::AdobeKorea1
                )
            );
            let files = if wanted.is_serif { [SERIF, SANS] } else { [SANS, SERIF] };
            east_asian
                .then(|| {
                    files.into_iter().flatten().find_map(|&(path, face)| read(path).map(|data| (data, face)))
                })
                .flatten()
                .or_else(|| Some(wanted.pick_standard_font().get_font_data()))
        }
    }
}

fn read(path: &'static str) -> Option<FontData> {
    let mut read = READ.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(data) = read.get(path) {
        return Some(Arc::clone(data) as FontData);
    }
    let data = Arc::new(std::fs::read(path).ok()?);
    read.insert(path, Arc::clone(&data));
    Some(data)
}
