//! `kanbao` from outside: a newspaper is added, kept, read without a network, and survives being killed.

#[path = "command_line/catalogue.rs"]
mod catalogue;
#[path = "command_line/health.rs"]
mod health;
#[path = "command_line/recipes.rs"]
mod recipes;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::sync::LazyLock;
use std::time::Instant;

use camino::Utf8PathBuf;
use kanbao_library::Library;
use kanbao_newspaper::{Block, Polygon};
use kanbao_press::{Class, Entry, Paper, PublishedIssue, Quirks, Skin, Validators};
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::press::{DAILY, EVENING, Press, PressProgram, usually_published};
use kanbao_tests::site::{self, MadeIssue, Site};
use kanbao_tests::{capture, folder, paper};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

/// How far a corner may lie from where it was printed: half a pixel of the smallest frame, and its rounding.
const NEAR: f64 = 1.0 / 300.0;

/// What was printed.
static PAPER: LazyLock<Paper> = LazyLock::new(paper::printed);

/// Three issues of the daily, kept from a press that has been stopped since: whoever reads them is offline.
struct Kept {
    kanbao: Kanbao,
    issues: Vec<PublishedIssue>,
    added: Value,
    synced: Value,
    again: Value,
    asked_again: Vec<Entry>,
    without_validators: bool,
}

/// One for each template that the press has.
static KEPT: LazyLock<[Kept; 3]> = LazyLock::new(|| [Skin::Div, Skin::Table, Skin::People].map(Kept::bring));

impl Kept {
    fn bring(skin: Skin) -> Self {
        let kanbao = Kanbao::new(fresh_folder(&format!("kept-{skin:?}")));
        let press = Press::start(skin);
        let added = kanbao.json(&["add", &press.address(DAILY)]);
        let synced = kanbao.json(&["sync", "--latest", "3"]);
        press.log().clear();
        let again = kanbao.json(&["sync", "--latest", "3"]);
        let asked_again = press.log().entries();
        let without_validators = Quirks::usual(skin).validators == Validators::Absent;
        Self { kanbao, issues: press.published(DAILY), added, synced, again, asked_again, without_validators }
    }

    fn id(&self) -> &str {
        str_of(&self.added["publication"])
    }

    /// Each issue as published and as `show` tells it.
    fn shown(&self) -> impl Iterator<Item = (&PublishedIssue, Value)> {
        self.issues
            .iter()
            .map(|issue| (issue, self.kanbao.json(&["show", self.id(), &issue.date.to_string()])))
    }
}

#[test]
fn adding_tells_what_was_found() {
    for kept in &*KEPT {
        let newest = &kept.issues[0];
        assert_eq!(kept.added["name"], json!(newest.publication));
        assert_eq!(kept.added["family"], json!("founder-classic"));
        assert_eq!(kept.added["latest"], json!(newest.date));
    }
}

#[test]
fn sync_tells_what_it_brought() {
    for kept in &*KEPT {
        assert_eq!(kept.synced["failed"], json!([]));
        let told = array(&kept.synced["issues"]);
        assert_eq!(told.len(), 3);
        for issue in &kept.issues {
            let told =
                told.iter().find(|told| told["date"] == json!(issue.date)).expect("every issue is told of");
            assert_eq!(told["publication"], json!(kept.id()));
            assert_eq!(told["pages"], json!(issue.pages.len()), "{}", issue.date);
            assert_eq!(told["articles"], json!(paper::wholes(issue).len()), "{}", issue.date);
            let regions: usize = issue.pages.iter().map(|page| page.regions.len()).sum();
            assert_eq!(told["regions"], json!(regions), "{}", issue.date);
            assert!(told["bytes"].as_u64() > Some(100_000), "{told}");
        }
    }
}

#[test]
fn the_second_sync_asks_only_what_must_be_asked() {
    for kept in &*KEPT {
        assert_eq!(kept.again["failed"], json!([]));
        // What leads to the newest issue has to be asked for; each issue's front page is asked about.
        for entry in &kept.asked_again {
            let about = entry.conditional && entry.status == 304 || kept.without_validators;
            match entry.class {
                Class::Robots | Class::Index | Class::Calendar | Class::Stray => {}
                Class::Page => assert!(about, "{entry:?}"),
                _ => panic!("asked for again: {entry:?}"),
            }
        }
        let pages = kept.asked_again.iter().filter(|entry| entry.class == Class::Page).count();
        assert!(pages <= 4, "{pages} pages");
        assert!(kept.asked_again.len() <= 12, "{} requests", kept.asked_again.len());
    }
}

#[test]
fn the_list_counts_what_is_kept() {
    for kept in &*KEPT {
        let list = kept.kanbao.json(&["list"]);
        let [publication] = array(&list["publications"]) else { panic!("{list}") };
        assert_eq!(publication["publication"], json!(kept.id()));
        assert_eq!(publication["issues"], json!(3));
        assert_eq!(publication["latest"], json!(kept.issues[0].date));
        assert_eq!(publication["copyright"], json!(kept.issues[0].copyright));
        assert!(publication["bytes"].as_u64() > Some(500_000), "{publication}");
    }
}

#[test]
fn pages_and_regions_are_as_published() {
    for kept in &*KEPT {
        for (issue, shown) in kept.shown() {
            assert_eq!(shown["complete"], json!(true), "{}", issue.date);
            assert_eq!(shown["copyright"], json!(issue.copyright));
            let ids: Vec<&str> =
                array(&shown["articles"]).iter().map(|article| str_of(&article["id"])).collect();
            assert_eq!(array(&shown["pages"]).len(), issue.pages.len());
            for (index, (page, shown)) in issue.pages.iter().zip(array(&shown["pages"])).enumerate() {
                let place = format!("{} page {}", issue.date, page.number);
                assert_eq!(
                    (&shown["number"], &shown["name"]),
                    (&json!(page.number), &json!(page.name)),
                    "{place}"
                );
                assert_eq!(shown["hasPdf"], json!(page.pdf.is_some()), "{place}");
                let side = |name: &str| shown[name].as_f64().expect("a side");
                let shape = side("width") / side("height");
                assert!((shape - paper::shape(&PAPER, issue, index)).abs() < 0.03, "{place}: {shape}");
                let mut regions: Vec<(&str, Polygon)> = array(&shown["regions"])
                    .iter()
                    .map(|region| (str_of(&region["article"]), polygon(&region["polygon"])))
                    .collect();
                for published in &page.regions {
                    let article = ids[paper::whole_at(issue, &published.article)];
                    let as_published =
                        |(id, polygon): &(&str, Polygon)| *id == article && near(polygon, &published.polygon);
                    let found = regions.iter().position(as_published);
                    let found =
                        found.unwrap_or_else(|| panic!("{place}: no region of {}", published.article));
                    regions.remove(found);
                }
                assert!(regions.is_empty(), "{place}: regions that were not printed: {regions:?}");
            }
        }
    }
}

#[test]
fn every_article_is_whole_once_and_in_order() {
    for kept in &*KEPT {
        for (issue, shown) in kept.shown() {
            let wholes = paper::wholes(issue);
            let headlines: Vec<_> = wholes.iter().map(|whole| even(&whole.article.decks.headline)).collect();
            let shown_headlines: Vec<_> =
                array(&shown["articles"]).iter().map(|a| str_of(&a["headline"])).collect();
            assert_eq!(shown_headlines, headlines, "{}", issue.date);
            for (whole, shown) in wholes.iter().zip(array(&shown["articles"])) {
                let decks = &whole.article.decks;
                assert_eq!(shown["kicker"], json!(even(&decks.kicker)), "{}", decks.headline);
                assert_eq!(shown["subheadline"], json!(even(&decks.subheadline)), "{}", decks.headline);
                assert_eq!(shown["byline"], json!(even(&decks.byline)), "{}", decks.headline);
                assert_eq!(shown["pages"], json!(whole.pages), "{}", decks.headline);
                assert_eq!(shown["characters"], json!(whole.article.characters()), "{}", decks.headline);
                assert_eq!(shown["pictures"], json!(whole.article.pictures().count()), "{}", decks.headline);
            }
        }
    }
}

#[test]
fn every_text_is_read_without_furniture() {
    for kept in &*KEPT {
        for (issue, shown) in kept.shown() {
            for (whole, shown) in paper::wholes(issue).iter().zip(array(&shown["articles"])) {
                let read = kept.kanbao.json(&["read", str_of(&shown["id"])]);
                let lines: Vec<String> = array(&read["blocks"])
                    .iter()
                    .map(|block| serde_json::from_value::<Block>(block.clone()).expect("a block"))
                    .filter(|block| !matches!(block, Block::Picture { .. }))
                    .map(|block| even(&block.text()))
                    .collect();
                let printed: Vec<String> = whole.lines().iter().map(|line| even(line)).collect();
                assert_eq!(lines, printed, "{} of {}", whole.article.decks.headline, issue.date);
            }
        }
    }
}

#[test]
fn an_article_is_written_in_three_formats() {
    let kept = &KEPT[0];
    for (issue, shown) in kept.shown() {
        let whole = &paper::wholes(issue)[0];
        let id = str_of(&shown["articles"][0]["id"]);
        for format in ["text", "markdown", "html"] {
            let text = kept.kanbao.text(&["read", id, "--format", format]);
            assert!(text.contains(&whole.article.decks.headline), "{format}: {text}");
            for line in whole.lines() {
                assert!(text.contains(&even(&line)), "--format {format} lacks {line:?} of {id}");
            }
        }
    }
}

#[test]
fn search_finds_what_was_printed() {
    for kept in &*KEPT {
        let newest = &kept.issues[0];
        let whole = paper::wholes(newest).into_iter().find(|whole| whole.article.characters() > 100);
        let whole = whole.expect("a text");
        let words: String = whole.lines()[0].chars().skip(2).take(8).collect();
        let found = kept.kanbao.json(&["search", &words]);
        let results = array(&found["results"]);
        assert_eq!(found["total"].as_u64(), Some(results.len() as u64));
        let hit = results.iter().find(|hit| hit["headline"] == json!(whole.article.decks.headline));
        let hit = hit.unwrap_or_else(|| panic!("{words:?} is not found: {found}"));
        assert_eq!(hit["publication"], json!(kept.id()));
        assert_eq!(hit["date"], json!(newest.date));
        assert_eq!(hit["page"], json!(whole.pages[0]));
        assert!(str_of(&hit["snippet"]).contains(&words), "{hit}");
        let nothing = kept.kanbao.json(&["search", "绝无此语之语"]);
        assert_eq!((&nothing["total"], &nothing["results"]), (&json!(0), &json!([])));
        let later = newest.date.tomorrow().expect("a day after").to_string();
        assert_eq!(kept.kanbao.json(&["search", &words, "--since", &later])["total"], json!(0));
    }
}

#[test]
fn pages_are_drawn_at_the_size_asked_for() {
    let kept = &KEPT[0];
    let folder = fresh_folder("drawn");
    for issue in &kept.issues {
        for (index, page) in issue.pages.iter().enumerate() {
            let file = folder.join(format!("{}-{}.png", issue.date, page.number));
            let date = issue.date.to_string();
            kept.kanbao.text(&[
                "render",
                kept.id(),
                &date,
                &page.number,
                "-o",
                file.as_str(),
                "--width",
                "700",
            ]);
            let (width, height) = png_size(&fs::read(&file).expect("a file was written"));
            assert_eq!(width, 700, "{file}");
            let shape = f64::from(width) / f64::from(height);
            assert!((shape - paper::shape(&PAPER, issue, index)).abs() < 0.03, "{file}: {width}x{height}");
        }
    }
    let newest = kept.issues[0].date.to_string();
    let file = folder.join("part.png");
    let part = ["--rect", "0.25,0.25,0.5,0.25", "--width", "400", "-o", file.as_str()];
    kept.kanbao.text(&[&["render", kept.id(), &newest, "01"], &part[..]].concat());
    assert_eq!(png_size(&fs::read(&file).expect("a file was written")).0, 400);
}

#[test]
fn libraries_are_whole() {
    for kept in &*KEPT {
        let check = kept.kanbao.json(&["check"]);
        assert_eq!(check["problems"], json!([]));
        assert!(check["blobs"].as_u64() > Some(10), "{check}");
    }
}

#[test]
fn two_papers_of_one_press_are_told_apart() {
    let press = PressProgram::start();
    let kanbao = Kanbao::new(fresh_folder("two"));
    let daily = kanbao.json(&["add", &press.address(DAILY)]);
    let evening = kanbao.json(&["add", &press.address(EVENING), "--name", "晚报"]);
    assert_ne!(daily["publication"], evening["publication"]);
    assert_eq!(evening["name"], json!("晚报"));
    let published = &usually_published(Skin::Div, EVENING)[0];
    let id = str_of(&evening["publication"]);
    let synced = kanbao.json(&["sync", id, "--date", &published.date.to_string()]);
    assert_eq!(synced["failed"], json!([]));
    let shown = kanbao.json(&["show", id]);
    assert_eq!(shown["date"], json!(published.date));
    assert_eq!(array(&shown["articles"]).len(), paper::wholes(published).len());
    // Nothing was asked for the other.
    assert_eq!(array(&kanbao.json(&["list"])["publications"]).len(), 2);
    kanbao.problem(&["show", str_of(&daily["publication"])]);
}

/// Kill -9 at any moment: what is kept is whole, what is missing is brought next time, nothing is brought twice.
#[test]
fn a_killed_sync_goes_on_where_it_was() {
    let press = Press::start(Skin::Div);
    let fresh = Kanbao::new(fresh_folder("killed").join("fresh"));
    let id = str_of(&fresh.json(&["add", &press.address(DAILY)])["publication"]).to_owned();
    let dates: Vec<String> = press.published(DAILY).iter().map(|issue| issue.date.to_string()).collect();

    let whole = copy_of(&fresh, "whole");
    let start = Instant::now();
    whole.json(&["sync", "--latest", "3"]);
    let full = start.elapsed();
    let reference = texts(&whole, &id, &dates);

    let seed = rand::random();
    println!("seed {seed}, a whole sync takes {full:?}");
    let mut random = StdRng::seed_from_u64(seed);
    let mut interrupted = 0;
    for round in 0..20 {
        let kanbao = copy_of(&fresh, &format!("round-{round}"));
        press.log().clear();
        let mut running = kanbao.start(&["sync", "--latest", "3"]);
        // The moment is the point: any will do.
        std::thread::sleep(full.mul_f64(random.random_range(0.05..0.95)));
        running.kill();

        let check = kanbao.json(&["check"]);
        assert_eq!(check["problems"], json!([]), "round {round}");
        let kept: HashSet<String> = {
            let library = Library::open(kanbao.library()).expect("the library opens");
            let asked = press.log().entries().into_iter().map(|entry| entry.path);
            asked.filter(|path| matches!(library.resource(&press.full(path)), Ok(Some(_)))).collect()
        };
        press.log().clear();
        let synced = kanbao.json(&["sync", "--latest", "3"]);
        assert_eq!(synced["failed"], json!([]), "round {round}");
        let again: Vec<String> = press
            .log()
            .entries()
            .into_iter()
            .filter(|entry| entry.status == 200 && kept.contains(&entry.path))
            .map(|entry| entry.path)
            .collect();
        assert_eq!(again, [""; 0], "round {round}: fetched though kept");
        let seen = texts(&kanbao, &id, &dates);
        for (seen, reference) in seen.iter().zip(&reference) {
            let differences = differences("", seen, reference);
            assert!(differences.is_empty(), "round {round}: {differences:#?}");
        }
        assert_eq!(kanbao.json(&["check"])["problems"], json!([]), "round {round}");
        interrupted += usize::from(!kept.is_empty());
        fs::remove_dir_all(kanbao.library()).expect("our own folder");
    }
    assert!(interrupted > 10, "only {interrupted} of 20 were killed in the middle");
}

#[test]
fn what_goes_wrong_is_said_in_one_sentence() {
    let kanbao = Kanbao::new(fresh_folder("wrong"));
    let no_paper = Site::serve(HashMap::from([(
        "/".to_owned(),
        "<html><body><h1>A shop</h1><p>Nothing but shoes.</p></body></html>".into(),
    )]));
    // A port that was free a moment ago: nobody answers there.
    let down = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let cases = [
        (vec!["add", "not an address"], "address"),
        (vec!["add", "ftp://127.0.0.1/paper/"], "http"),
        (vec!["show", "nobody"], "nobody"),
        (vec!["read", "2026112400001"], "2026112400001"),
        (vec!["sync", "nobody"], "nobody"),
    ];
    for (arguments, word) in cases {
        let problem = kanbao.problem(&arguments);
        assert!(problem.contains(word), "{arguments:?}: {problem:?} does not say {word:?}");
    }
    let address = no_paper.address("/");
    let problem = kanbao.problem(&["add", &address]);
    assert!(problem.contains(&address) && problem.contains("newspaper"), "{problem}");
    let address = format!("http://{down}/paper/");
    let problem = kanbao.problem(&["add", &address]);
    assert!(problem.contains("127.0.0.1") && problem.contains("reached"), "{problem}");
    assert_eq!(kanbao.json(&["list"])["publications"], json!([]), "nothing was added");
}

#[test]
fn a_library_from_a_newer_version_is_left_alone() {
    let kanbao = Kanbao::new(fresh_folder("newer"));
    kanbao.json(&["list"]);
    let file = kanbao.library().join("library.sqlite3");
    let database = rusqlite::Connection::open(&file).expect("the library is there");
    database.pragma_update(None, "user_version", 9000).expect("it can be written");
    drop(database);
    let before = fs::read(&file).expect("it can be read");
    for command in ["list", "check", "sync"] {
        let problem = kanbao.problem(&[command]);
        assert!(problem.contains("newer"), "{problem}");
    }
    assert_eq!(fs::read(&file).expect("it can be read"), before, "it was changed");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_does_no_harm() {
    let Some(disk) = SmallDisk::mount(fresh_folder("full")) else { return };
    let kanbao = Kanbao::new(disk.folder.join("library"));
    let press = Press::start(Skin::Div);
    kanbao.json(&["add", &press.address(DAILY)]);
    let problem = kanbao.problem(&["sync", "--latest", "3"]);
    assert!(problem.contains("full") || problem.contains("space"), "{problem}");
    assert_eq!(kanbao.json(&["check"])["problems"], json!([]), "what was kept before is whole");
    disk.enlarge();
    assert_eq!(kanbao.json(&["sync", "--latest", "3"])["failed"], json!([]), "with room again it goes on");
}

#[test]
fn wrong_usage_ends_with_two() {
    let kanbao = Kanbao::new(fresh_folder("usage"));
    let cases: [&[&str]; 6] = [
        &[],
        &["frobnicate"],
        &["read"],
        &["sync", "--date", "yesterday"],
        &["sync", "--latest", "3", "--date", "2026-11-24"],
        &["list", "--frob"],
    ];
    for arguments in cases {
        let ended = kanbao.run(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.contains("--help"), "{arguments:?}: {}", ended.stderr);
    }
}

#[test]
fn captured_pages_are_read_as_their_manifest_says() {
    let Some(manifest) = capture("MANIFEST.tsv") else { return };
    let manifest = fs::read_to_string(manifest).expect("the manifest can be read");
    let mut lines = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let kanbao = Kanbao::new(fresh_folder("inspected"));
    let mut inspected = 0;
    for row in lines {
        let column = |name: &str| {
            let index = header.iter().position(|column| *column == name).expect("a column");
            row.get(index).copied().unwrap_or_default()
        };
        let Some(file) = Some(column("file")).filter(|file| !file.ends_with('/')).and_then(capture) else {
            continue;
        };
        let file = file.to_str().expect("a plain name");
        let inspected_page = kanbao.json(&["inspect", file]);
        assert_eq!(inspected_page["kind"], json!(column("kind")), "{file}");
        inspected += 1;
        if column("kind") != "page" {
            continue;
        }
        // The address decides nothing that the page says itself.
        let elsewhere =
            kanbao.json(&["inspect", file, "--base", "http://127.0.0.1/a/html/2017-07/22/node_2.htm"]);
        for page in [&inspected_page, &elsewhere] {
            assert_eq!(page["family"], json!(column("family")), "{file}");
            assert_eq!(page["page"]["name"], json!(column("pageName")), "{file}");
            assert_eq!(number(str_of(&page["page"]["number"])), number(column("page")), "{file}");
            let counted = |list: &Value| array(list).len().to_string();
            assert_eq!(counted(&page["page"]["regions"]), column("regions"), "{file}");
            assert_eq!(counted(&page["page"]["articles"]), column("articles"), "{file}");
            assert_eq!(counted(&page["pages"]), column("pages"), "{file}");
        }
        assert_eq!(inspected_page["date"], json!(column("date")), "{file}");
    }
    assert!(inspected >= 4, "only {inspected} captures were inspected");
}

#[test]
fn a_site_around_a_captured_page_is_kept_and_read() {
    let (Some(page), Some(picture), Some(pdf)) = (
        capture("founder-classic/jjjcb_2017-07-22_node_2.htm"),
        capture("page-with-pdf/Page_b.jpg"),
        capture("page-with-pdf/02.pdf"),
    ) else {
        return;
    };
    let page = fs::read_to_string(page).expect("it can be read");
    let read = |file| fs::read(file).expect("it can be read");
    let made = MadeIssue::around(&page, &read(picture), &read(pdf));
    let site = Site::serve(made.files.clone());
    let kanbao = Kanbao::new(fresh_folder("captured"));
    let added = kanbao.json(&["add", &site.address(site::ENTRY)]);
    assert_eq!(added["name"], json!("中国纪检监察报"));
    assert_eq!(added["latest"], json!("2017-07-22"));
    let synced = kanbao.json(&["sync", "--latest", "1"]);
    assert_eq!(synced["failed"], json!([]));

    let asked = site.take_requests();
    let twice = |file: &&String| asked.iter().filter(|path| path == file).count() > 1;
    let of_an_issue =
        |file: &&String| ["/content_", "_pdf.", "_brief."].iter().any(|part| file.contains(part));
    let twice: Vec<_> = made.files.keys().filter(of_an_issue).filter(twice).collect();
    assert!(twice.is_empty(), "fetched twice: {twice:?}");
    assert!(!asked.iter().any(|path| path.contains("tplimg")), "the site's own chrome is not kept");

    let shown = kanbao.json(&["show", str_of(&added["publication"]), "2017-07-22"]);
    assert_eq!(shown["complete"], json!(true));
    let names: Vec<_> = array(&shown["pages"]).iter().map(|page| str_of(&page["name"])).collect();
    assert_eq!(names, made.names);
    let front = polygon(&array(&shown["pages"])[0]["regions"][0]["polygon"]);
    let printed =
        [[2.0, 98.0], [225.0, 98.0], [225.0, 366.0], [2.0, 366.0]].map(|[x, y]| [x / 350.0, y / 550.0]);
    assert!(near(&front, &polygon(&json!(printed))), "{front:?}");
    for page in array(&shown["pages"]) {
        assert_eq!((array(&page["regions"]).len(), &page["hasPdf"]), (7, &json!(true)));
    }
    let expected: Vec<_> = made.articles.iter().flatten().collect();
    let articles = array(&shown["articles"]);
    let headlines: Vec<_> = articles.iter().map(|article| str_of(&article["headline"])).collect();
    assert_eq!(headlines, expected.iter().map(|article| article.headline.as_str()).collect::<Vec<_>>());
    for (expected, shown) in expected.iter().zip(articles) {
        let read = kanbao.json(&["read", str_of(&shown["id"])]);
        let paragraphs: Vec<_> = array(&read["blocks"]).iter().map(|block| str_of(&block["text"])).collect();
        assert_eq!(paragraphs, expected.paragraphs);
        assert_eq!(read["byline"], json!("本报试读员"));
    }
    assert_eq!(kanbao.json(&["check"])["problems"], json!([]));
}

/// A disk too small for an issue. Mounting needs root.
#[cfg(target_os = "linux")]
struct SmallDisk {
    folder: Utf8PathBuf,
}

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(folder: Utf8PathBuf) -> Option<Self> {
        let mount = ["-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.as_str()];
        let mounted = std::process::Command::new("mount").args(mount).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self { folder });
        }
        println!("skipped: a small disk could not be mounted, which needs root");
        None
    }

    fn enlarge(&self) {
        let mount = ["-o", "remount,size=200m", self.folder.as_str()];
        let mounted = std::process::Command::new("mount").args(mount).status();
        assert!(mounted.is_ok_and(|status| status.success()), "the disk could not be enlarged");
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.folder).status();
    }
}

fn fresh_folder(name: &str) -> Utf8PathBuf {
    folder::fresh(env!("CARGO_TARGET_TMPDIR"), &format!("command_line/{name}"))
}

/// The same library in another place.
fn copy_of(kanbao: &Kanbao, name: &str) -> Kanbao {
    let folder = kanbao.library().parent().expect("a folder around it").join(name);
    folder::copy(kanbao.library(), &folder);
    Kanbao::new(folder)
}

/// Everything a reader sees of a publication's issues, without what differs from library to library.
fn texts(kanbao: &Kanbao, id: &str, dates: &[String]) -> Vec<Value> {
    let shown = dates.iter().map(|date| {
        let mut shown = kanbao.json(&["show", id, date]);
        for article in shown["articles"].as_array_mut().expect("articles") {
            article["id"].take();
        }
        for page in shown["pages"].as_array_mut().expect("pages") {
            for region in page["regions"].as_array_mut().expect("regions") {
                region["article"].take();
            }
        }
        shown
    });
    shown.collect()
}

/// A text as it is kept: papers set words apart by blanks of every width, and a run of them is one blank.
fn even(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Where two documents differ, and what each says there.
fn differences(place: &str, a: &Value, b: &Value) -> Vec<String> {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.flat_map(|(index, (a, b))| differences(&format!("{place}[{index}]"), a, b)).collect()
        }
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .flat_map(|(name, value)| differences(&format!("{place}.{name}"), value, &b[name]))
            .collect(),
        _ if a == b => Vec::new(),
        _ => vec![format!("{place}: {a} and {b}")],
    }
}

/// The same outline, wherever it begins and whichever way it goes round.
fn near(a: &Polygon, b: &Polygon) -> bool {
    let covers = |a: &Polygon, b: &Polygon| {
        a.corners()
            .iter()
            .all(|p| b.corners().iter().any(|q| (p.x - q.x).abs() < NEAR && (p.y - q.y).abs() < NEAR))
    };
    covers(a, b) && covers(b, a) && (a.area() - b.area()).abs() < 4.0 * NEAR
}

fn polygon(value: &Value) -> Polygon {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

/// "01" and "1" are one page.
fn number(label: &str) -> &str {
    label.trim_start_matches('0')
}

fn png_size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG"), "no PNG");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (side(16), side(20))
}

fn str_of(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}
