//! The open article: how it is set, in which script, what is taken out of it, and where a reader was in it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use fantoccini::key::Key;
use kanbao_press::PublishedIssue;
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::paper::{self, Whole};
use kanbao_tests::window::{PATIENCE, Window};
use serde_json::{Value, json};

use crate::reader::Reader;
use crate::{ISSUES, Ids, a_copy, alone, cover, differs, fresh_folder, without_blanks};

/// How an article is set, as the window computed it: face, leading as a share of the size, paper.
const SETTING: &str = "const body = getComputedStyle(document.querySelector('[data-test=article-body]'));
    const pane = getComputedStyle(document.querySelector('[data-test=article]'));
    return [body.fontFamily.split(',')[0], (parseFloat(body.lineHeight) / parseFloat(body.fontSize)).toFixed(2),
        pane.backgroundColor].join(' | ')";

/// Opens an article by its line in the page's list of headlines.
async fn open(window: &Window, id: &str) {
    window.click(&format!("headline[data-article=\"{id}\"]")).await;
    window.find(&format!("article[data-article=\"{id}\"]")).await;
}

/// The first article that has a headline.
fn first(issue: &PublishedIssue) -> Whole {
    let mut wholes = paper::wholes(issue).into_iter();
    wholes.find(|whole| !whole.article.decks.headline.is_empty()).expect("an article with a headline")
}

/// A headline as it stands on one line.
fn called(whole: &Whole) -> String {
    whole.article.decks.headline.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the clipboard holds, as a paste gives it to the window's page.
async fn clipboard(window: &Window) -> String {
    let field = "const field = document.createElement('textarea');
        field.dataset.test = 'pasted';
        document.querySelector('[data-test=reader]').append(field);
        field.focus();";
    window.script(field, &[]).await;
    window.chord(&[Key::Control], 'v').await;
    let value = "return document.querySelector('[data-test=pasted]').value || null";
    let pasted = window.until("something is pasted", value, &[]).await;
    window.script("document.querySelector('[data-test=pasted]').remove()", &[]).await;
    pasted.as_str().expect("text").to_owned()
}

/// A reader's desktop: a folder of pictures, and a program that is asked to open things and writes down what.
struct Desktop {
    pictures: Utf8PathBuf,
    opened: Utf8PathBuf,
    environment: Vec<(&'static str, String)>,
}

impl Desktop {
    fn new(name: &str) -> Self {
        let root = fresh_folder(name);
        let [programs, configuration, pictures] = ["bin", "config", "图片"].map(|name| root.join(name));
        for folder in [&programs, &configuration, &pictures] {
            fs::create_dir_all(folder).expect("a folder");
        }
        let folders = format!("XDG_PICTURES_DIR=\"{pictures}\"\n");
        fs::write(configuration.join("user-dirs.dirs"), folders).expect("a file");
        let (opener, opened) = (programs.join("xdg-open"), root.join("opened"));
        fs::write(&opener, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{opened}'\n")).expect("a file");
        fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("a mode");
        let path = format!("{programs}:{}", std::env::var("PATH").unwrap_or_default());
        let environment = vec![("PATH", path), ("XDG_CONFIG_HOME", configuration.into_string())];
        Self { pictures: pictures.join("看报"), opened, environment }
    }

    async fn window(&self, name: &str, library: &Utf8Path) -> Window {
        let environment: Vec<_> =
            self.environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Window::open_in(name, library, &environment).await
    }

    /// Everything that was asked to be opened, once there is something.
    async fn opened(&self) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let written = fs::read_to_string(&self.opened).unwrap_or_default();
            if written.ends_with('\n') {
                return written.lines().map(str::to_owned).collect();
            }
            assert!(Instant::now() < end, "nothing was opened");
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }
}

#[tokio::test]
async fn the_type_and_the_paper_of_an_article_are_remembered() {
    let _one = alone().await;
    let library = a_copy("type");
    let issue = &ISSUES[0];
    let window = Window::open("type", &library).await;
    window.click(&cover(issue)).await;
    window.click("headline").await;
    window.find("article-body").await;
    let usual = window.script(SETTING, &[]).await;
    assert!(usual.as_str().is_some_and(|usual| usual.contains("| 1.85 | rgb(251, 248, 241)")), "{usual}");
    window.click("type").await;
    for choice in ["face-hei", "leading-210", "paper-sepia"] {
        window.click(choice).await;
    }
    let wanted = "\"Noto Sans CJK SC\" | 2.10 | rgb(242, 229, 201)";
    let is_set = format!("return (() => {{ {SETTING} }})() === arguments[0]");
    window.until("the article is set as chosen", &is_set, &[json!(wanted)]).await;
    // Escape takes the sheet away and leaves the article; the focus is where it was.
    window.key(Key::Escape.into()).await;
    window.wait_gone("type-sheet").await;
    assert!(window.has("article").await);
    let focused = window.script("return document.activeElement.dataset.test", &[]).await;
    assert_eq!(focused, json!("type"));
    window.close();

    let window = Window::open("type-again", &library).await;
    window.click(&cover(issue)).await;
    // A window that is closed at once may not have kept its place.
    window.click("headline").await;
    window.find("article-body").await;
    window.until("it is remembered", &is_set, &[json!(wanted)]).await;
    window.close();
}

#[tokio::test]
async fn the_sheet_of_type_is_worked_by_keys_alone() {
    let _one = alone().await;
    let window = Window::open("type-keys", &a_copy("type-keys")).await;
    window.click(&cover(&ISSUES[0])).await;
    window.click("headline").await;
    window.find("article-body").await;
    window.script("document.querySelector('[data-test=type]').focus()", &[]).await;
    window.key(Key::Enter.into()).await;
    window.find("type-sheet").await;
    // The chosen face has the focus; the arrows choose another.
    window.key(Key::Right.into()).await;
    window.find("article[data-face=\"hei\"]").await;
    window.key(Key::Left.into()).await;
    window.find("article[data-face=\"song\"]").await;
    window.close();
}

#[tokio::test]
async fn the_script_is_switched_where_it_is_shown_and_nowhere_else() {
    let _one = alone().await;
    let library = a_copy("script");
    let issue = &ISSUES[0];
    let whole = first(issue);
    let id = Ids::of(&library, issue).id(issue, &whole.path).to_owned();
    let kanbao = Kanbao::new(&library);
    let kept = kanbao.json(&["read", &id]);

    let window = Window::open("script", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    open(&window, &id).await;
    reader.wait_article(&whole).await;
    window.click("type").await;
    window.click("script-traditional").await;
    // These have one traditional form each, so that the test need not know a dictionary.
    let pairs = [('车', '車'), ('报', '報'), ('记', '記'), ('书', '書'), ('门', '門'), ('开', '開')];
    let no_more = "return !/[车报记书门开]/.test([...document.querySelectorAll(
        '[data-test=article-body], [data-test=article-headline], [data-test=headline], h1'
        )].map((words) => words.textContent).join(''))";
    window.until("the article and the headlines are traditional", no_more, &[]).await;
    let body = "return document.querySelector('[data-test=article-body]').textContent";
    let shown = without_blanks(window.script(body, &[]).await.as_str().expect("text"));
    let printed: String = whole.article.blocks.iter().map(|block| without_blanks(&block.text())).collect();
    assert_eq!(shown.chars().count(), printed.chars().count());
    let mut converted = 0;
    for (shown, printed) in shown.chars().zip(printed.chars()) {
        if let Some((_, traditional)) = pairs.iter().find(|(simplified, _)| *simplified == printed) {
            assert_eq!(shown, *traditional);
            converted += 1;
        }
    }
    assert!(converted > 5, "the article has such characters: {converted}");
    window.close();
    assert_eq!(kanbao.json(&["read", &id]), kept, "what is kept is as printed");

    // It is remembered, and goes back to the very same words.
    let window = Window::open("script-again", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    open(&window, &id).await;
    window.find("article-body").await;
    window.until("it is traditional still", no_more, &[]).await;
    window.click("type").await;
    window.click("script-asPrinted").await;
    reader.wait_article(&whole).await;
    window.close();
}

#[tokio::test]
async fn what_is_copied_says_where_it_is_from() {
    let _one = alone().await;
    let library = a_copy("copy");
    let issue = &ISSUES[0];
    let whole = first(issue);
    let window = Window::open("copy", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    open(&window, Ids::of(&library, issue).id(issue, &whole.path)).await;
    reader.wait_article(&whole).await;

    let pages: Vec<_> = whole.pages.iter().map(|number| format!("第{number}版")).collect();
    let (year, month, day) = (issue.date.year(), issue.date.month(), issue.date.day());
    let origin = format!("《{}》{year}年{month}月{day}日 {}", issue.publication, pages.join("、"));
    let citation = format!("{}\n{origin}\n{}", called(&whole), issue.copyright);

    window.click("share").await;
    window.click("copy-citation").await;
    window.wait_text("share-note", "出处已复制").await;
    assert_eq!(clipboard(&window).await, citation);

    window.click("share").await;
    window.click("copy-text").await;
    window.wait_text("share-note", "全文和出处已复制").await;
    let text = clipboard(&window).await;
    assert!(text.trim_end().ends_with(&citation), "{text}");
    let mut rest = text.as_str();
    for line in whole.lines().iter().flat_map(|block| block.lines()) {
        let at = rest.find(line).unwrap_or_else(|| panic!("{line:?} is not next in {rest:?}"));
        rest = &rest[at + line.len()..];
    }

    window.click("share").await;
    window.click("copy-link").await;
    window.wait_text("share-note", "链接已复制").await;
    let link = clipboard(&window).await;
    assert!(link.starts_with("http://") && link.ends_with(&whole.path), "{link} leads to {}", whole.path);
    window.close();
}

#[tokio::test]
async fn an_article_is_saved_as_a_picture_that_says_whose_it_is() {
    let _one = alone().await;
    let library = a_copy("picture");
    let desktop = Desktop::new("picture-desktop");
    let issue = &ISSUES[0];
    let front = &issue.pages[0];
    // Printed in one piece, so that one cut-out is all there is.
    let in_one_piece = |whole: &Whole| {
        whole.pages == [front.number.clone()]
            && !whole.article.decks.headline.is_empty()
            && front.regions.iter().filter(|region| region.article == whole.path).count() == 1
    };
    let whole = paper::wholes(issue).into_iter().find(in_one_piece).expect("an article of the front page");
    let window = desktop.window("picture", &library).await;
    window.click(&cover(issue)).await;
    Reader::wait(&window).await;
    open(&window, Ids::of(&library, issue).id(issue, &whole.path)).await;

    window.click("share").await;
    window.click("save-article").await;
    let name = format!("{}-{}-{}版-{}", issue.publication, issue.date, front.number, called(&whole));
    window.wait_text("share-note", &format!("{name}.png")).await;
    let file = desktop.pictures.join(format!("{name}.png"));
    let picture = image::open(&file).unwrap_or_else(|error| panic!("{file}: {error}")).to_rgb8();

    let region = front.regions.iter().find(|region| region.article == whole.path).expect("its region");
    let (x, y, width, height) = region.polygon.bounds();
    let part = |start: f64, length: f64| (start + length + 0.006).min(1.0) - (start - 0.006).max(0.0);
    let cut_width = part(x, width) * 3600.0;
    let cut_height = part(y, height) * 3600.0 / paper::shape(&paper::printed(), issue, 0);
    let wanted = cut_width.max(720.0);
    assert!((f64::from(picture.width()) - wanted).abs() < 5.0, "{} wide, not {wanted}", picture.width());
    let strip = f64::from(picture.height()) - cut_height;
    assert!(strip > 80.0 && strip < wanted, "a strip of {strip} below {cut_height}");
    // The page is above; the strip's paper and its words are below.
    let dark = |top: f64, bottom: f64| {
        let rows = (top as u32)..(bottom as u32);
        let places = rows.flat_map(|y| (0..picture.width()).map(move |x| (x, y)));
        places.filter(|&(x, y)| picture.get_pixel(x, y).0[0] < 110).count()
    };
    assert!(dark(0.0, cut_height) > 5_000, "the article is printed there");
    assert!(dark(cut_height + 12.0, f64::from(picture.height())) > 1_000, "the strip has words");
    assert_eq!(picture.get_pixel(1, picture.height() - 2).0, [0xFB, 0xF8, 0xF1]);

    // Again, and nothing is overwritten; then the whole page.
    let before = fs::read(&file).expect("it is there");
    window.key('s').await;
    window.wait_text("share-note", &format!("{name} (2).png")).await;
    assert_eq!(fs::read(&file).expect("it is there"), before);
    window.click("share").await;
    window.click("save-page").await;
    let page = format!("{}-{}-{}版-{}.png", issue.publication, issue.date, front.number, front.name);
    window.wait_text("share-note", &page).await;
    let (width, _) = image::image_dimensions(desktop.pictures.join(page)).expect("a picture");
    assert_eq!(width, 2400);

    window.click("open-saved").await;
    assert_eq!(desktop.opened().await, [desktop.pictures.as_str()]);
    window.close();
}

#[tokio::test]
async fn the_publication_s_links_are_listed_and_only_the_web_is_opened() {
    let _one = alone().await;
    let library = a_copy("links");
    let desktop = Desktop::new("links-desktop");
    let window = desktop.window("links", &library).await;
    window.click(&cover(&ISSUES[0])).await;
    Reader::wait(&window).await;
    window.click("site-links").await;
    window.find("site-link").await;
    let names = "return [...document.querySelectorAll('[data-test=site-link]')].map((link) => link.textContent.trim())";
    assert_eq!(
        window.script(names, &[]).await,
        json!(["示例报业", "关于我们", "报纸征订", "网上投稿", "往期回顾", "版权声明"])
    );

    // Whatever a page could talk the window into: the shell opens the web and nothing else.
    for address in
        ["file:///etc/passwd", "javascript:alert(1)", "/etc/passwd", "smb://a/b", "http://a.example/\nx"]
    {
        let ask = "window.answer = null;
            window.__TAURI_INTERNALS__.invoke('open_in_browser', { url: arguments[0] })
                .then(() => (window.answer = 'opened'), (problem) => (window.answer = problem.code))";
        window.script(ask, &[json!(address)]).await;
        let answer = window.until("an answer", "return window.answer", &[]).await;
        assert_eq!(answer, json!("badAddress"), "{address}");
    }
    window.click("site-link[title$=\"tougao.html\"]").await;
    assert_eq!(desktop.opened().await, ["http://www.example.com/tougao.html"]);
    window.wait_gone("site-links-sheet").await;
    window.close();
}

#[tokio::test]
async fn an_article_is_found_again_where_it_was_left() {
    let _one = alone().await;
    let library = a_copy("place");
    let issue = &ISSUES[0];
    let wholes = paper::wholes(issue);
    let others = &wholes[..wholes.len() - 1];
    let longest = others.iter().max_by_key(|whole| whole.article.characters()).expect("articles");
    let place = wholes.iter().position(|whole| whole.path == longest.path).expect("it is one of them");
    let page = issue.pages.iter().find(|page| page.number == longest.pages[0]).expect("its page");
    let id = Ids::of(&library, issue).id(issue, &longest.path).to_owned();
    let window = Window::open("place", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    reader.go_to(page).await;
    open(&window, &id).await;
    reader.wait_article(longest).await;

    let scrolled = "return document.querySelector('[data-test=article-scroller]').scrollTop";
    let rested = "const now = document.querySelector('[data-test=article-scroller]').scrollTop;
        window.lastScrolls = [...(window.lastScrolls ?? []), now].slice(-5);
        return now > 0 && window.lastScrolls.length === 5 && window.lastScrolls.every((one) => one === now)";
    window.key(' ').await;
    window.until("the text went on by a screen and rests", rested, &[]).await;
    let left = window.script(scrolled, &[]).await;
    let open_article = "return document.querySelector('[data-test=article]')?.dataset.article ?? null";
    window.key('n').await;
    window.until("the next article", &differs(open_article), &[json!(id)]).await;
    let at_top = format!("return (() => {{ {scrolled} }})() === 0");
    window.until("it begins at its top", &at_top, &[]).await;
    window.key('p').await;
    window.find(&format!("article[data-article=\"{id}\"]")).await;
    let again = format!("return Math.abs((() => {{ {scrolled} }})() - arguments[0]) < 4");
    window.until("it is where it was left", &again, &[left]).await;

    // To the end and beyond: Space stays in the article, whose foot names the next one.
    let bottom = "const text = document.querySelector('[data-test=article-scroller]');
        return text.scrollTop + text.clientHeight >= text.scrollHeight - 2";
    let end = Instant::now() + PATIENCE;
    while window.script(bottom, &[]).await == Value::Bool(false) {
        assert!(Instant::now() < end, "Space never reached the end");
        window.key(' ').await;
    }
    for _ in 0..3 {
        window.key(' ').await;
    }
    assert_eq!(window.script(open_article, &[]).await, json!(id), "it did not run into the next");
    window.wait_text("article-onward", &wholes[place + 1].article.decks.headline).await;
    window.click("article-onward").await;
    window.until("the next one", &differs(open_article), &[json!(id)]).await;
    reader.wait_article(&wholes[place + 1]).await;
    window.close();
}
