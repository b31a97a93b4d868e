//! A recipe in the reader's folder, written by docs/recipes.md alone, reads a made-up site; and its site's redesign.

use std::fs;

use camino::Utf8PathBuf;
use kanbao_newspaper::{Block, Date, Polygon};
use kanbao_press::PublishedIssue;
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::paper;
use kanbao_tests::river::{self, Day, Design};
use kanbao_tests::site::Site;
use serde_json::{Value, json};

use super::{PAPER, array, even, fresh_folder, near, polygon, str_of};

const RECIPE: &str = include_str!("river.toml");

fn november(day: i8) -> Date {
    Date::new(2026, 11, day).expect("a day")
}

/// The press's issues of the daily, oldest first, each on its own day.
fn own_days(design: Design) -> Vec<Day<'static>> {
    let mut dailies: Vec<(usize, Date)> = PAPER
        .issues()
        .iter()
        .enumerate()
        .filter(|(_, issue)| issue.slug == "slrb")
        .map(|(at, issue)| (at, issue.date))
        .collect();
    dailies.sort_by_key(|(_, date)| *date);
    dailies.into_iter().map(|(at, date)| Day::new(&PAPER, at, date, design)).collect()
}

/// The shortest issue, printed on five days running; the last of them in a design of its own.
fn five_days(last: Design) -> Vec<Day<'static>> {
    let issues = PAPER.issues();
    let shortest = (0..issues.len()).min_by_key(|&at| issues[at].articles.len()).expect("an issue");
    let design = |day: i8| if day == 24 { last } else { Design::Listed };
    (20..=24).map(|day| Day::new(&PAPER, shortest, november(day), design(day))).collect()
}

fn library_with(name: &str, recipe: &str) -> (Kanbao, Utf8PathBuf) {
    let library = fresh_folder(name);
    let file = library.join("recipes").join("river.toml");
    fs::create_dir_all(library.join("recipes")).expect("a folder");
    fs::write(&file, recipe).expect("it can be written");
    (Kanbao::new(library), file)
}

/// Everything of an issue as published, as far as `show` and `read` tell of it.
fn assert_as_published(kanbao: &Kanbao, id: &str, issue: &PublishedIssue) {
    let shown = kanbao.json(&["show", id, &issue.date.to_string()]);
    assert_eq!(shown["complete"], json!(true), "{}", issue.date);
    assert_eq!(shown["copyright"], json!(issue.copyright));
    let wholes = paper::wholes(issue);
    let ids: Vec<&str> = array(&shown["articles"]).iter().map(|article| str_of(&article["id"])).collect();
    assert_eq!(ids.len(), wholes.len(), "{}", issue.date);
    assert_eq!(array(&shown["pages"]).len(), issue.pages.len(), "{shown}");
    for (page, shown) in issue.pages.iter().zip(array(&shown["pages"])) {
        let place = format!("{} page {}", issue.date, page.number);
        assert_eq!((&shown["number"], &shown["name"]), (&json!(page.number), &json!(page.name)), "{place}");
        assert_eq!(shown["hasPdf"], json!(page.pdf.is_some()), "{place}");
        assert_eq!(shown["hasPicture"], json!(true), "{place}");
        let mut regions: Vec<(&str, Polygon)> = array(&shown["regions"])
            .iter()
            .map(|region| (str_of(&region["article"]), polygon(&region["polygon"])))
            .collect();
        for published in &page.regions {
            let article = ids[paper::whole_at(issue, &published.article)];
            let found =
                regions.iter().position(|(id, found)| *id == article && near(found, &published.polygon));
            regions.remove(found.unwrap_or_else(|| panic!("{place}: no region of {}", published.article)));
        }
        assert!(regions.is_empty(), "{place}: regions that were not printed: {regions:?}");
    }
    for (whole, shown) in wholes.iter().zip(array(&shown["articles"])) {
        let decks = &whole.article.decks;
        let read = kanbao.json(&["read", str_of(&shown["id"])]);
        for (deck, printed) in [
            ("kicker", &decks.kicker),
            ("headline", &decks.headline),
            ("subheadline", &decks.subheadline),
            ("byline", &decks.byline),
        ] {
            assert_eq!(read[deck], json!(even(printed)), "{deck} of {}", decks.headline);
        }
        assert_eq!(read["pages"], json!(whole.pages), "{}", decks.headline);
        let blocks = |blocks: &[Block]| -> Vec<(String, String)> {
            let told = |block: &Block| match block {
                Block::Picture { caption, .. } => ("picture".to_owned(), even(caption)),
                block => {
                    let kind = serde_json::to_value(block).expect("JSON");
                    (str_of(&kind["kind"]).to_owned(), even(&block.text()))
                }
            };
            blocks.iter().map(told).collect()
        };
        let read: Vec<Block> = serde_json::from_value(read["blocks"].clone()).expect("blocks");
        assert_eq!(blocks(&read), blocks(&whole.article.blocks), "{} of {}", decks.headline, issue.date);
    }
}

#[test]
fn a_recipe_reads_a_made_up_site() {
    let days = own_days(Design::Listed);
    let site = Site::serve(river::files(&days));
    let bare = Kanbao::new(fresh_folder("river-without"));
    bare.problem(&["add", &site.address(river::ENTRY)]);

    let (kanbao, _) = library_with("river-listed", RECIPE);
    // From an old article: the front door is found by the recipe's template.
    let old = &days[0].published();
    let added = kanbao.json(&["add", &site.address(&old.pages[0].articles[0].path)]);
    assert_eq!(added["family"], json!("river"));
    assert_eq!(added["name"], json!(old.publication));
    assert_eq!(added["publication"], json!("hedeng"));
    assert_eq!(added["latest"], json!(days[2].date));
    let synced = kanbao.json(&["sync", "--latest", "3"]);
    assert_eq!(synced["failed"], json!([]));
    assert_eq!(array(&synced["issues"]).len(), 3);
    for issue in array(&synced["issues"]) {
        assert_eq!(issue["warnings"], json!([]), "{}", issue["date"]);
    }
    for day in &days {
        assert_as_published(&kanbao, "hedeng", &day.published());
    }
    let asked = site.take_requests();
    assert!(asked.iter().any(|path| path == "/hedeng/days/2026-11.js"), "{asked:?}");
    assert_eq!(kanbao.json(&["check"])["problems"], json!([]));
}

#[test]
fn pages_and_days_are_walked_where_nothing_lists_them() {
    let days = own_days(Design::Walked);
    let site = Site::serve(river::files(&days));
    // Without a way to make addresses of dates either: 上一期 alone leads back.
    let without = RECIPE.replace("issue = \"/{paper}/i{yy}{month}{day}/sheet-01.html\"\n", "");
    assert_ne!(without, RECIPE);
    let (kanbao, _) = library_with("river-walked", &without);
    kanbao.json(&["add", &site.address(river::ENTRY)]);
    let synced = kanbao.json(&["sync", "--latest", "3"]);
    assert_eq!((&synced["failed"], array(&synced["issues"]).len()), (&json!([]), 3));
    for day in &days {
        assert_as_published(&kanbao, "hedeng", &day.published());
    }
    // And by the template of dates, for one day alone.
    let (dated, _) = library_with("river-dated", RECIPE);
    dated.json(&["add", &site.address(river::ENTRY)]);
    let synced = dated.json(&["sync", "--date", &days[0].date.to_string()]);
    assert_eq!((&synced["failed"], array(&synced["issues"]).len()), (&json!([]), 1));
    assert_as_published(&dated, "hedeng", &days[0].published());
}

#[test]
fn a_redesign_is_named_and_mended_by_an_edit() {
    let days = five_days(Design::Redesigned);
    let site = Site::serve(river::files(&days));
    let (kanbao, file) = library_with("river-redesigned", RECIPE);
    kanbao.json(&["add", &site.address(river::ENTRY)]);
    let health = || kanbao.json(&["list"])["publications"][0]["health"].clone();
    let show = |day: i8| kanbao.json(&["show", "hedeng", &november(day).to_string()]);
    for day in 20..24 {
        kanbao.json(&["sync", "--date", &november(day).to_string()]);
    }
    assert_eq!(health(), json!({ "state": "usual" }));
    let before: Vec<Value> = (20..24).map(show).collect();

    kanbao.json(&["sync"]);
    assert_eq!(health(), json!({ "state": "less", "since": "2026-11-24", "what": ["regions"] }));
    assert_eq!((20..24).map(show).collect::<Vec<_>>(), before, "what is kept is not touched");

    let redesigned = &days[4].published();
    let address = site.address(&redesigned.pages[0].path);
    let inspected = kanbao.json(&["inspect", &address]);
    assert_eq!((&inspected["kind"], &inspected["family"]), (&json!("page"), &json!("river")));
    let failing: Vec<&Value> = array(&inspected["rules"])
        .iter()
        .filter(|rule| {
            rule["matched"] == json!(false) && str_of(&rule["field"]).rsplit('.').next() == Some("each")
        })
        .collect();
    assert_eq!(failing.len(), 1, "{failing:?}");
    assert_eq!((&failing[0]["field"], &failing[0]["rule"]), (&json!("page.regions.each"), &json!("i.spot")));
    let told = kanbao.text(&["inspect", &address]);
    assert!(told.contains("- page.regions.each i.spot"), "{told}");

    let mended = RECIPE
        .replace("each = \"i.spot\"", "each = \"i.spot, i.zone\"")
        .replace("revision = 1", "revision = 2");
    fs::write(&file, mended).expect("it can be written");
    site.take_requests();
    kanbao.json(&["sync"]);
    let asked = site.take_requests();
    assert!(asked.iter().all(|path| !path.contains("story-")), "articles were fetched again: {asked:?}");
    assert_eq!(health(), json!({ "state": "usual" }));
    assert_as_published(&kanbao, "hedeng", redesigned);
    assert_eq!((20..24).map(show).collect::<Vec<_>>(), before, "what is kept is not touched");
}

#[test]
fn a_wrong_recipe_is_named_and_stops_nothing() {
    let days = own_days(Design::Listed);
    let site = Site::serve(river::files(&days));
    let (kanbao, file) = library_with("river-wrong", RECIPE);
    let wrong = file.with_file_name("a.toml");
    let text = "format = 1\nname = \"wrong\"\nrevision = 1\n[claims]\nhosts = [\"a.example\"]\n[page]\nwhen = \"p..x\"\n";
    fs::write(&wrong, text).expect("it can be written");
    let ended = kanbao.run(&["add", &site.address(river::ENTRY)]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let place = format!("{wrong}:7:8: page.when: \"p..x\" is no CSS selector");
    assert!(ended.stderr.contains(&place), "{ended:?}");

    let listed = kanbao.run(&["recipe", "list", "--json"]);
    assert_eq!(listed.code, Some(1), "a wrong recipe is a failure of the list's");
    let listed: Value = serde_json::from_str(&listed.stdout).expect("JSON");
    assert_eq!(listed["recipes"][0]["name"], json!("river"));
    assert_eq!(listed["recipes"][0]["builtIn"], json!(false));
    assert!(array(&listed["recipes"]).iter().any(|recipe| recipe["builtIn"] == json!(true)));
    let problem = &listed["wrong"][0]["problems"][0];
    assert_eq!((&problem["line"], &problem["field"]), (&json!(7), &json!("page.when")));

    // An address that nobody reads says so, and that a recipe is left out.
    fs::remove_file(&file).expect("it is there");
    let lonely = Kanbao::new(kanbao.library().to_owned());
    let ended = lonely.run(&["add", "-q", &site.address(river::ENTRY)]);
    assert!(ended.code == Some(1) && ended.stderr.contains("a recipe is left out"), "{ended:?}");
}

#[test]
fn a_recipe_is_checked_against_what_was_recorded() {
    let days = own_days(Design::Listed);
    let issue = &days[0].published();
    let files = river::files(&days[..1]);
    let folder = fresh_folder("river-checked");
    fs::create_dir_all(folder.join("river")).expect("a folder");
    let (page, article) = (&issue.pages[0], &issue.pages[0].articles[0]);
    fs::write(folder.join("river/page.html"), &files[&page.path]).expect("it can be written");
    fs::write(folder.join("river/story.html"), &files[&article.path]).expect("it can be written");
    let headline = article.article.decks.headline.replace('\n', "\\n");
    let examples = format!(
        "\n[[example]]\nfile = \"river/page.html\"\nurl = \"http://127.0.0.1{}\"\n[example.expect]\nkind = \"page\"\ndate = {}\npages = {}\n\
         [example.expect.page]\nnumber = \"01\"\nregions = {}\n\
         [[example]]\nfile = \"river/story.html\"\nurl = \"http://127.0.0.1{}\"\n[example.expect.article]\nheadline = \"{headline}\"\n",
        page.path,
        issue.date,
        issue.pages.len(),
        page.regions.len(),
        article.path
    );
    let file = folder.join("river.toml");
    let kanbao = Kanbao::new(folder.join("library"));
    let write = |text: &str| fs::write(&file, text).expect("it can be written");
    write(&format!("{RECIPE}{examples}"));
    let told = kanbao.text(&["recipe", "check", file.as_str()]);
    assert!(told.contains("river: 2 of 2 examples read as they should"), "{told}");
    let checked = kanbao.json(&["recipe", "check", file.as_str()]);
    assert_eq!((&checked["right"], array(&checked["examples"]).len()), (&json!(true), 2));

    write(&format!("{RECIPE}{examples}").replace("number = \".sheet-no\"", "number = \".mast u\""));
    let ended = kanbao.run(&["recipe", "check", file.as_str()]);
    assert_eq!(ended.code, Some(1));
    let difference =
        format!("page.number\n         expected \"01\"\n         read     \"{}\"", issue.publication);
    assert!(
        ended.stdout.contains("WRONG  river/page.html") && ended.stdout.contains(&difference),
        "{ended:?}"
    );
    assert!(ended.stdout.contains("river: 1 of 2"), "{ended:?}");

    write(&format!("{RECIPE}\n[page.nothing]\nx = 1\n"));
    let ended = kanbao.run(&["recipe", "check", file.as_str(), "--json"]);
    assert_eq!(ended.code, Some(1));
    let checked: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(checked["problems"][0]["field"], json!("page.nothing"));

    fs::remove_file(&file).expect("it is there");
    let problem = kanbao.problem(&["recipe", "check", file.as_str()]);
    assert!(problem.contains("could not be read"), "{problem}");
    assert_eq!(kanbao.run(&["recipe", "check"]).code, Some(2));
    assert_eq!(kanbao.run(&["recipe", "mend"]).code, Some(2));
    let built_in = kanbao.text(&["recipe", "show", "farmer"]);
    assert!(built_in.contains("name = \"farmer\""), "{built_in}");
    assert!(kanbao.problem(&["recipe", "show", "nobody"]).contains("farmer"));
}

#[test]
fn a_site_is_asked_as_gently_as_its_recipe_says() {
    let days = own_days(Design::Listed);
    let site = Site::serve(river::files(&days[..1]));
    let slow = RECIPE.replace("pause = 0.01", "pause = 0.4");
    let (kanbao, _) = library_with("river-gentle", &slow);
    let start = std::time::Instant::now();
    kanbao.json(&["add", &site.address(river::ENTRY)]);
    let asked = site.take_requests().len();
    assert!(asked >= 2, "the door and a page");
    let least = std::time::Duration::from_millis(400).mul_f64((asked - 2) as f64);
    assert!(start.elapsed() >= least, "{asked} requests in {:?}", start.elapsed());
}
