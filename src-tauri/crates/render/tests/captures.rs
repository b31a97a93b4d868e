//! Real files: a newspaper page's PDF, and a corpus of difficult PDFs that must do no harm.

use kanbao_render::{Cut, Kind, Sheet};
use std::path::PathBuf;

fn captures(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/captures").join(folder);
    if !path.is_dir() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn a_real_page_is_drawn_sharp() {
    let Some(folder) = captures("page-with-pdf") else { return };
    let sheet = Sheet::open(std::fs::read(folder.join("02.pdf")).unwrap()).unwrap();
    assert_eq!(sheet.kind(), Kind::Pdf);
    assert_eq!((sheet.size().0.round(), sheet.size().1.round()), (680.0, 1105.0));
    let page = sheet.cut(Cut::WHOLE, 1360).unwrap();
    assert_eq!((page.width, page.height), (1360, 2210));
    let dark = page.rgb.chunks_exact(3).filter(|pixel| pixel.iter().all(|&channel| channel < 64)).count();
    let share = dark as f64 / (1360.0 * 2210.0);
    assert!((0.02..0.5).contains(&share), "type covers {share} of the page");

    let thumbnail = Sheet::open(std::fs::read(folder.join("Page_b.jpg")).unwrap()).unwrap();
    assert_eq!(thumbnail.size(), (338.0, 550.0));
}

#[test]
fn difficult_files_are_drawn_or_refused() {
    let Some(folder) = captures("pdf-corpus") else { return };
    let mut drawn = 0;
    let mut refused = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let result = Sheet::open(std::fs::read(&path).unwrap()).and_then(|sheet| sheet.cut(Cut::WHOLE, 300));
        match result {
            Ok(_) => drawn += 1,
            Err(error) => refused.push(format!("{}: {error}", path.file_name().unwrap().display())),
        }
    }
    println!("drawn {drawn}, refused {refused:#?}");
    assert!(drawn >= 50, "{drawn} drawn; refused: {refused:#?}");
}
