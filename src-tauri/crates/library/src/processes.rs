//! Several programs on one library at once, and programs killed in the middle: with real processes.
//!
//! Each test starts this very test program again for the other process.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use camino::Utf8PathBuf;

use crate::testing::{Content, NOW, date, folder, headlines, resource, subscribe};
use crate::{BlobHash, Library, LibraryError, Query};

/// What the other process is to do, and in which folder.
const TASK: &str = "KANBAO_TEST_TASK";
const FOLDER: &str = "KANBAO_TEST_FOLDER";

/// The other process: does nothing unless one of the tests below started it.
#[test]
#[ignore = "started by the tests of this module"]
fn other_process() {
    let (Ok(task), Ok(folder)) = (std::env::var(TASK), std::env::var(FOLDER)) else { return };
    let folder = Utf8PathBuf::from(folder);
    match task.split_once(' ') {
        Some(("sync", publication)) => keep_issues(&Library::open(&folder).unwrap(), publication, 12),
        // Until it is killed.
        Some(("sync-forever", publication)) => {
            let library = Library::open(&folder).unwrap();
            println!("ready");
            loop {
                keep_issues(&library, publication, 3);
                library.unsubscribe(publication).unwrap();
            }
        }
        _ => panic!("unknown task {task}"),
    }
}

fn start(task: &str, folder: &Utf8PathBuf) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["processes::other_process", "--exact", "--ignored", "--nocapture"])
        .env(TASK, task)
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn days(count: u32) -> impl Iterator<Item = String> {
    (1..=count).map(|day| format!("2026-11-{day:02}"))
}

/// What a sync does, without a network: two pages an issue, a drawing that every issue shares.
fn keep_issues(library: &Library, publication: &str, count: u32) {
    subscribe(library, publication);
    for day in days(count) {
        let drawing = library.keep_blob(b"the same drawing in every issue").unwrap();
        let content = Content::new(publication, &day)
            .page("01", &["河", "桥"])
            .page("02", &["灯", "桥"])
            .picture("灯", &drawing);
        let issue = content.plan(library);
        for number in ["01", "02"] {
            let body = library.keep_blob(format!("{publication} {day} {number}").as_bytes()).unwrap();
            let url = format!("http://{publication}.example/{day}/{number}");
            library.keep_resource(&resource(&url, &body, Some(issue))).unwrap();
            content.commit(library, issue, number);
        }
        assert!(library.settle_issue(issue, &[], NOW).unwrap());
    }
}

#[test]
fn processes_and_threads_write_and_read_one_library_at_once() {
    let (_guard, folder) = folder();
    // Nobody has made it yet: all four do at once.
    let mut others = ["slwb", "xhzb"].map(|publication| start(&format!("sync {publication}"), &folder));
    let threads = ["slrb", "bhcb"].map(|publication| {
        let folder = folder.clone();
        std::thread::spawn(move || keep_issues(&Library::open(&folder).unwrap(), publication, 12))
    });
    let library = Library::open(&folder).unwrap();
    let query = Query { text: "桥".into(), limit: 50, ..Query::default() };
    while !threads.iter().all(std::thread::JoinHandle::is_finished) {
        // At every moment a reader sees whole pages: both articles, or neither.
        for summary in library.publications().unwrap() {
            for issue in library.issues(&summary.publication.id).unwrap() {
                assert_eq!(issue.articles, [0, 2, 3][issue.pages_kept as usize], "{issue:?}");
                assert!(!issue.complete || issue.pages_kept == 2);
            }
        }
        library.search(&query).unwrap();
        library.last_place().unwrap();
    }
    for thread in threads {
        thread.join().unwrap();
    }
    for other in &mut others {
        assert!(other.wait().unwrap().success());
    }
    let report = library.check().unwrap();
    assert_eq!((report.problems.as_slice(), report.issues, report.strays), (&[][..], 48, 0));
    assert_eq!(library.search(&query).unwrap().total, 48);
    let mut numbers: Vec<_> = library
        .publications()
        .unwrap()
        .iter()
        .flat_map(|summary| headlines(&library, &summary.publication.id, "2026-11-01"))
        .map(|(_, id)| id)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 12, "no number was given twice");
}

#[test]
fn one_that_unsubscribes_takes_nothing_from_one_that_syncs() {
    let (_guard, folder) = folder();
    let library = Library::open(&folder).unwrap();
    let other = {
        let folder = folder.clone();
        std::thread::spawn(move || {
            let library = Library::open(&folder).unwrap();
            for _ in 0..6 {
                keep_issues(&library, "slwb", 2);
                library.unsubscribe("slwb").unwrap();
            }
        })
    };
    for _ in 0..6 {
        keep_issues(&library, "slrb", 2);
    }
    other.join().unwrap();
    assert!(library.issues("slrb").unwrap().iter().all(|issue| issue.complete));
    assert_eq!(library.check().unwrap().problems, []);
    let drawing = BlobHash::of(b"the same drawing in every issue");
    assert_eq!(library.blob(&drawing).unwrap(), b"the same drawing in every issue");
}

#[test]
fn one_that_is_killed_leaves_nothing_half() {
    let (_guard, folder) = folder();
    let library = Library::open(&folder).unwrap();
    keep_issues(&library, "slrb", 1);
    for round in 0..20_u64 {
        let mut other = start("sync-forever slwb", &folder);
        let mut lines = BufReader::new(other.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains("ready")));
        // Not random, so that a failure comes back: spread over several issues and removals.
        std::thread::sleep(Duration::from_millis(3 + round * 37 % 190));
        other.kill().unwrap();
        other.wait().unwrap();

        let report = library.check().unwrap();
        assert_eq!(report.problems, [], "round {round}");
        assert_eq!(headlines(&library, "slrb", "2026-11-01").len(), 3, "round {round}");
        for summary in library.publications().unwrap() {
            for issue in library.issues(&summary.publication.id).unwrap() {
                let whole = library.issue(&issue.publication, issue.date).unwrap().unwrap();
                assert_eq!(whole.articles.len(), [0, 2, 3][issue.pages_kept as usize], "round {round}");
            }
        }
    }
    // The next one completes what was begun, and the killed have left nothing in its way.
    keep_issues(&library, "slwb", 3);
    assert!(library.issues("slwb").unwrap().iter().all(|issue| issue.complete));
    assert!(library.issue("slrb", date("2026-11-01")).unwrap().unwrap().summary.complete);
    assert_eq!(library.check().unwrap().problems, []);
}

/// For `mount -t tmpfs -o size=3m tmpfs DIR`, then `KANBAO_TEST_SMALL_DISK=DIR cargo test -- --ignored`.
#[test]
#[ignore = "needs an empty disk of a few megabytes, named by KANBAO_TEST_SMALL_DISK"]
fn a_full_disk_harms_nothing_that_was_kept() {
    let Ok(disk) = std::env::var("KANBAO_TEST_SMALL_DISK") else { return };
    let folder = Utf8PathBuf::from(&disk).join("library");
    let other_file = Utf8PathBuf::from(disk).join("other");
    std::fs::write(&other_file, vec![0; 1 << 20]).unwrap();
    let library = Library::open(&folder).unwrap();
    keep_issues(&library, "slrb", 2);
    subscribe(&library, "slwb");
    let fill = |size: usize| -> LibraryError {
        (0_u32..)
            .find_map(|number| {
                let mut bytes = vec![0; size];
                bytes[..4].copy_from_slice(&number.to_le_bytes());
                let kept = library.keep_blob(&bytes).and_then(|hash| {
                    let url = format!("http://slwb.example/{size}/{number}");
                    library.keep_resource(&resource(&url, &hash, None))
                });
                kept.err()
            })
            .unwrap()
    };
    // Large files first, then small ones until not even a row fits.
    for size in [200_000, 4_000, 8] {
        let error = fill(size);
        assert!(matches!(error, LibraryError::Full), "{size}: {error:?}");
    }
    let error = library.set_setting("note", &"字".repeat(100_000).into()).unwrap_err();
    assert!(matches!(error, LibraryError::Full), "{error:?}");
    assert_eq!(library.check().unwrap().problems, []);
    assert!(library.issues("slrb").unwrap().iter().all(|issue| issue.complete));
    drop(library);
    // It can be opened and read, and goes on as soon as there is space.
    let library = Library::open(&folder).unwrap();
    assert_eq!(headlines(&library, "slrb", "2026-11-01").len(), 3);
    std::fs::remove_file(other_file).unwrap();
    library.unsubscribe("slwb").unwrap();
    keep_issues(&library, "slrb", 4);
    assert_eq!(library.check().unwrap().problems, []);
}
