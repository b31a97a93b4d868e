//! Libraries as large as readers' are, made once from the sample newspapers: printed anew for many days, served by
//! the press, and synced as any newspaper is.

use std::fs;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use image::ImageEncoder;
use kanbao_newspaper::Date;
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::paper;
use kanbao_tests::press::{DAILY, EVENING, PressProgram};

use serde_json::{Value, json};

/// A new number makes every library anew: for a change in how they are made, or in what a library is.
const EDITION: u32 = 1;
/// Of the daily and of the evening paper: three hundred in all.
const ISSUES: [(&str, usize); 2] = [(DAILY, 240), (EVENING, 60)];
const SYNC: Duration = Duration::from_mins(30);

/// The issue that is read in every measurement; all of its pages have a PDF.
pub(crate) const DATE: &str = "2026-11-24";
/// An issue whose page 07 is a large picture and has no PDF.
pub(crate) const PICTURE_DATE: &str = "2026-11-22";

/// The newspaper of large pictures: its name in addresses, its pages, and their size.
pub(crate) const PICTORIAL: &str = "slhb";
pub(crate) const PICTORIAL_PAGES: usize = 100;
const PICTURE_WIDTH: u32 = 4164;
/// So many different pictures; the others are told from them by a few bytes behind the picture only.
const PICTURES: usize = 4;

/// Where what benches need is kept between runs.
pub(crate) fn folder() -> Utf8PathBuf {
    let target = kanbao_tests::repository().join("target").join("bench");
    Utf8PathBuf::from_path_buf(target).expect("a plain path")
}

/// A copy, to be read in, of a library with three hundred issues of real size.
pub(crate) fn large_library() -> Utf8PathBuf {
    let made = made("library-300", |place| {
        let printed = place.join("paper");
        for (slug, count) in ISSUES {
            print_again(slug, count, &printed);
        }
        sync_from(&printed, &ISSUES.map(|(slug, _)| slug), &place.join("library"));
        remove(&printed);
    });
    copy(&made.join("library"), "reading-300")
}

/// A page of the daily, as `--open` names it.
pub(crate) fn page(library: &Utf8Path, date: &str, number: &str) -> String {
    format!("{}/{date}/{number}", daily(library))
}

/// The daily's id in a library.
pub(crate) fn daily(library: &Utf8Path) -> String {
    let listed = Kanbao::new(library).json(&["list"]);
    let publications = listed["publications"].as_array().expect("newspapers");
    let daily = publications.iter().find(|card| card["url"].as_str().is_some_and(|url| url.contains(DAILY)));
    daily.and_then(|card| card["publication"].as_str()).expect("the daily is kept").to_owned()
}

/// A copy of a library with one issue of a hundred pages, each a JPEG of 24 megapixels.
pub(crate) fn pictorial_library() -> Utf8PathBuf {
    let made = made("library-pictorial", |place| {
        let printed = place.join("paper");
        print_pictorial(&printed, place);
        sync_from(&printed, &[PICTORIAL], &place.join("library"));
        remove(&printed);
    });
    copy(&made.join("library"), "reading-pictorial")
}

/// Makes a folder if it was not made before, whole.
fn made(name: &str, make: impl FnOnce(&Utf8Path)) -> Utf8PathBuf {
    let place = folder().join(name);
    let seal = place.join("edition");
    if fs::read_to_string(&seal).is_ok_and(|edition| edition == EDITION.to_string()) {
        return place;
    }
    eprintln!("making {place}, once");
    remove(&place);
    create(&place);
    make(&place);
    fs::write(&seal, EDITION.to_string()).unwrap_or_else(|error| panic!("{seal}: {error}"));
    place
}

/// Reading changes a library: each run has its own. Blobs never change, so they are shared.
fn copy(library: &Utf8Path, name: &str) -> Utf8PathBuf {
    let to = folder().join(name);
    remove(&to);
    link_all(library, &to);
    to
}

fn link_all(from: &Utf8Path, to: &Utf8Path) {
    create(to);
    for entry in from.read_dir_utf8().unwrap_or_else(|error| panic!("{from}: {error}")).map_while(Result::ok)
    {
        let there = to.join(entry.file_name());
        let copied = if entry.path().is_dir() {
            link_all(entry.path(), &there);
            Ok(())
        } else if from.ends_with("library") {
            fs::copy(entry.path(), &there).map(drop)
        } else {
            fs::hard_link(entry.path(), &there)
        };
        copied.unwrap_or_else(|error| panic!("{there}: {error}"));
    }
}

/// Prints the days before the newest issue once more after the issues that there are.
fn print_again(slug: &str, count: usize, into: &Utf8Path) {
    let issues = printed_issues(slug);
    let newest: Date = issues.last().and_then(|(date, _)| date.parse().ok()).expect("an issue of a day");
    let mut date = newest;
    for at in 0..count {
        let (_, from) = &issues[(issues.len() - 1 + at * (issues.len() - 1)) % issues.len()];
        let to = into.join(slug).join(date.to_string());
        create(&to);
        for entry in fs::read_dir(from).expect("an issue's folder").map_while(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let mut bytes =
                fs::read(entry.path()).unwrap_or_else(|error| panic!("{}: {error}", entry.path().display()));
            if name == "issue.json" {
                let mut manifest: Value = serde_json::from_slice(&bytes).expect("a manifest");
                manifest["date"] = json!(date.to_string());
                bytes = manifest.to_string().into_bytes();
            } else {
                // Another file, as another day's is, and no other picture.
                bytes.extend_from_slice(format!("\n% {date}\n").as_bytes());
            }
            fs::write(to.join(&name), bytes).unwrap_or_else(|error| panic!("{to}/{name}: {error}"));
        }
        date = date.yesterday().expect("there was a day before");
    }
}

/// A publication's issues as they lie in the repository, oldest first.
fn printed_issues(slug: &str) -> Vec<(String, std::path::PathBuf)> {
    let publication = paper::folder().join(slug);
    let entries = fs::read_dir(&publication)
        .unwrap_or_else(|error| panic!("{}: {error}", publication.display()))
        .map_while(Result::ok);
    let mut issues: Vec<_> =
        entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    issues.sort();
    issues
}

fn print_pictorial(into: &Utf8Path, working: &Utf8Path) {
    let from = printed_issues(DAILY);
    let (_, newest) = from.iter().find(|(date, _)| date == DATE).expect("the issue that is read");
    let manifest = fs::read(newest.join("issue.json")).expect("a manifest");
    let manifest: Value = serde_json::from_slice(&manifest).expect("a manifest");
    let small = Kanbao::new(working.join("drawn-from"));
    {
        let press = PressProgram::start();
        small.json(&["add", &press.address(DAILY)]);
        small.json(&["sync", "--date", DATE]);
    }
    let to = into.join(PICTORIAL).join(DATE);
    create(&to);
    let id = small.json(&["list"])["publications"][0]["publication"].as_str().expect("an id").to_owned();
    let originals = manifest["pages"].as_array().expect("pages").iter().take(PICTURES);
    let originals: Vec<(Value, Vec<u8>)> = originals
        .map(|page| {
            let number = page["number"].as_str().expect("a number");
            let file = working.join("drawn.png");
            let width = PICTURE_WIDTH.to_string();
            small.text(&["render", &id, DATE, number, "-o", file.as_str(), "--width", &width]);
            (page.clone(), jpeg_of(&file))
        })
        .collect();
    let mut pages = Vec::new();
    for at in 0..PICTORIAL_PAGES {
        let (original, picture) = &originals[at % originals.len()];
        let number = format!("{}{:02}", char::from(b'A' + (at / 25) as u8), at % 25 + 1);
        let thumbnail = original["thumbnail"].as_str().expect("a name");
        let mut small = fs::read(newest.join(thumbnail)).expect("a thumbnail");
        let mut large = picture.clone();
        small.extend_from_slice(number.as_bytes());
        large.extend_from_slice(number.as_bytes());
        let (small_name, large_name) = (format!("{number}_b.jpg"), format!("{number}.jpg"));
        fs::write(to.join(&small_name), small).unwrap_or_else(|error| panic!("{to}: {error}"));
        fs::write(to.join(&large_name), large).unwrap_or_else(|error| panic!("{to}: {error}"));
        pages.push(json!({
            "number": number, "name": "影像", "pdf": null, "thumbnail": small_name, "picture": large_name,
            "width": original["width"], "height": original["height"], "regions": [], "list": [],
        }));
    }
    let issue = json!({
        "publication": "示例画报", "slug": PICTORIAL, "date": DATE, "copyright": manifest["copyright"],
        "pages": pages, "articles": [],
    });
    fs::write(to.join("issue.json"), issue.to_string()).unwrap_or_else(|error| panic!("{to}: {error}"));
}

fn jpeg_of(png: &Utf8Path) -> Vec<u8> {
    let drawn = image::open(png).unwrap_or_else(|error| panic!("{png}: {error}")).to_rgb8();
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 80)
        .write_image(drawn.as_raw(), drawn.width(), drawn.height(), image::ExtendedColorType::Rgb8)
        .expect("a picture can be encoded");
    jpeg
}

fn sync_from(printed: &Utf8Path, slugs: &[&str], library: &Utf8Path) {
    let press = PressProgram::serving(printed.as_std_path());
    let kanbao = Kanbao::new(library);
    for slug in slugs {
        kanbao.json(&["add", &press.address(slug)]);
    }
    let ended = kanbao.start(&["sync", "--latest", "300", "--quiet"]).end(SYNC);
    assert_eq!(ended.code, Some(0), "the library was not filled: {}", ended.stderr);
}

fn create(folder: &Utf8Path) {
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
}

fn remove(folder: &Utf8Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    }
}
