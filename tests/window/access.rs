//! For everyone: what a checker of accessibility finds, where the focus is, and how large everything can be.

use fantoccini::key::Key;
use kanbao_newspaper::Block;
use kanbao_tests::ear::{Ear, Role, in_order, written};
use kanbao_tests::paper;
use kanbao_tests::window::Window;
use serde_json::{Value, json};

use crate::reader::Reader;
use crate::{ISSUES, Ids, a_copy, alone, fresh_folder};

/// Axe's findings about what is on the screen now; there may be none.
async fn axe(window: &Window, screen: &str) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
    let source = std::fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("{file}: {error}; `npm ci` in ui brings it"));
    at_rest(window, screen).await;
    window
        .script(&format!("if (!window.axe) {{ {source}; window.axe = window.axe ?? this.axe; }}"), &[])
        .await;
    let run = "window.axeSays = null;
        window.axe.run({ resultTypes: ['violations'] }).then(
            ({ violations, passes }) => (window.axeSays = { passes: passes.length, violations: violations.map(
                ({ id, help, nodes }) => `${id}: ${help}\\n` + nodes.map(
                    ({ html, failureSummary }) => `    ${html.slice(0, 200)}\\n    ${failureSummary}`).join('\\n')) }),
            (error) => (window.axeSays = { passes: 0, violations: [String(error)] }))";
    window.script(run, &[]).await;
    let says = window.until("axe has looked", "return window.axeSays", &[]).await;
    let violations: Vec<String> = serde_json::from_value(says["violations"].clone()).expect("a list");
    assert!(says["passes"].as_u64() > Some(5), "axe looked at nothing on {screen}");
    assert!(violations.is_empty(), "axe finds on {screen}:\n{}", violations.join("\n"));
}

/// Colours and places are not what they will be while something still appears; what is about to, a sheet that was just
/// put there, does not say so yet.
async fn at_rest(window: &Window, screen: &str) {
    window.script("window.restfulLooks = 0", &[]).await;
    let rested =
        "const moves = document.getAnimations().some((animation) => animation.playState === 'running');
        window.restfulLooks = moves ? 0 : window.restfulLooks + 1;
        return window.restfulLooks > 5";
    window.until(&format!("{screen} has come to rest"), rested, &[]).await;
}

async fn choose(window: &Window, command: &str) {
    window.click("menu").await;
    window.click(&format!("menu-item[data-command=\"{command}\"]")).await;
    window.wait_gone("menu-list").await;
}

async fn escape(window: &Window, gone: &str) {
    window.key(Key::Escape.into()).await;
    window.wait_gone(gone).await;
}

#[tokio::test]
async fn axe_finds_nothing_at_the_first_launch() {
    let _one = alone().await;
    let window = Window::open("axe-first", &fresh_folder("axe-first")).await;
    window.find("add-sample").await;
    for (language, name) in [("language-zh-CN", "Chinese"), ("language-en", "English")] {
        choose(&window, language).await;
        axe(&window, &format!("the first launch in {name}")).await;
    }
    window.close();
}

#[tokio::test]
async fn axe_finds_nothing_on_any_screen() {
    let _one = alone().await;
    let window = Window::open("axe", &a_copy("axe")).await;
    window.find("cover").await;
    for (language, name) in
        [("language-zh-CN", "Chinese"), ("language-en", "English"), ("language-zh-TW", "traditional Chinese")]
    {
        choose(&window, language).await;
        for (theme, colours) in [("theme-light", "by day"), ("theme-night", "by night")] {
            choose(&window, theme).await;
            let on = |screen: &str| format!("{screen} in {name} {colours}");
            axe(&window, &on("the newsstand")).await;
            window.click("add-newspaper").await;
            window.find("add-address").await;
            axe(&window, &on("the add sheet")).await;
            escape(&window, "add-address").await;
            window.click("menu").await;
            window.find("menu-list").await;
            axe(&window, &on("the menu")).await;
            escape(&window, "menu-list").await;
            window.key('?').await;
            window.find("key-sheet").await;
            axe(&window, &on("the sheet of keys")).await;
            escape(&window, "key-sheet").await;
            window.chord(&[Key::Control], ',').await;
            window.find("settings").await;
            axe(&window, &on("the settings")).await;
            escape(&window, "settings").await;

            window.click("cover").await;
            let reader = Reader::wait(&window).await;
            reader.wait_sharp().await;
            if window.has("article").await {
                window.click("close-article").await;
                window.wait_gone("article").await;
            }
            axe(&window, &on("the reader")).await;
            window.chord(&[Key::Control], 'k').await;
            window.find("palette-thing").await;
            axe(&window, &on("the palette")).await;
            escape(&window, "palette").await;
            window.click("headline").await;
            window.find("article-body").await;
            axe(&window, &on("an open article")).await;
            window.key('h').await;
            window.find("cover").await;
        }
    }
    window.close();
}

#[tokio::test]
async fn the_focus_comes_back_from_where_it_was_taken() {
    let _one = alone().await;
    let window = Window::open("focus-return", &a_copy("focus-return")).await;
    window.find("cover").await;
    let focus = |name: &str| format!("document.querySelector('[data-test={name}]').focus()");
    let focused = |name: &str| format!("return document.activeElement?.dataset?.test === '{name}'");
    let sheets: [(&[Key], char, &str); 4] = [
        (&[], '?', "key-sheet"),
        (&[Key::Control], ',', "settings"),
        (&[Key::Control], 'k', "palette"),
        (&[], Key::F10.into(), "menu-list"),
    ];
    for (held, key, sheet) in sheets {
        window.script(&focus("cover"), &[]).await;
        window.chord(held, key).await;
        window.find(sheet).await;
        let inside = format!(
            "return !!document.activeElement?.closest('dialog')?.querySelector('[data-test={sheet}]') ||
            document.activeElement?.closest('dialog')?.dataset.test === '{sheet}'"
        );
        window.until(&format!("{sheet} has the focus"), &inside, &[]).await;
        escape(&window, sheet).await;
        window.until(&format!("after {sheet} the cover has the focus again"), &focused("cover"), &[]).await;
    }

    // An article that was opened by keyboard gives the focus back to its region.
    window.key(Key::Enter.into()).await;
    Reader::wait(&window).await.wait_sharp().await;
    window.script(&focus("region-button"), &[]).await;
    window.key(Key::Enter.into()).await;
    window.until("the headline has the focus", &focused("article-headline"), &[]).await;
    escape(&window, "article").await;
    window.until("the region has the focus again", &focused("region-button"), &[]).await;
    // Page and zoom are said as they change.
    let said = "return [...document.querySelectorAll('[aria-live=polite]')].some((e) => e.textContent.includes(arguments[0]))";
    window.key('j').await;
    window.until("the page is said", said, &[json!("第02版")]).await;
    window.key('+').await;
    window.until("the zoom is said", said, &[json!("%")]).await;
    window.close();
}

/// Twice as large in the smallest usual window: everything is inside or can be scrolled to, and the page is as sharp and
/// answers as exactly as before.
#[tokio::test]
async fn at_two_hundred_percent_nothing_is_lost() {
    let _one = alone().await;
    let library = a_copy("scale");
    let issue = &ISSUES[0];
    let ids = Ids::of(&library, issue);
    let window = Window::open("scale", &library).await;
    window.resize(1280, 800).await;
    window.find("cover").await;
    let width = "return innerWidth";
    let usual = window.script(width, &[]).await.as_f64().expect("a width");
    for _ in 0..5 {
        window.chord(&[Key::Control, Key::Shift], '+').await;
    }
    window
        .until(
            "the window is half as many points wide",
            "return Math.abs(innerWidth - arguments[0] / 2) < 3",
            &[json!(usual)],
        )
        .await;
    within(&window, "the newsstand").await;
    window.key('?').await;
    window.find("key-sheet").await;
    within(&window, "the sheet of keys").await;
    escape(&window, "key-sheet").await;
    window.key(Key::F10.into()).await;
    window.find("menu-list").await;
    within(&window, "the menu").await;
    escape(&window, "menu-list").await;
    window.chord(&[Key::Control], 'k').await;
    window.find("palette-thing").await;
    within(&window, "the palette").await;
    escape(&window, "palette").await;
    window.chord(&[Key::Control], ',').await;
    window.find("settings").await;
    within(&window, "the settings").await;
    escape(&window, "settings").await;

    window.script("document.querySelector('[data-test=cover]').click()", &[]).await;
    let reader = Reader::wait(&window).await;
    reader.wait_sharp().await;
    within(&window, "the reader").await;
    // The canvas has every pixel of the screen, not every second one.
    let pixels = "const canvas = document.querySelector('[data-test=viewer] canvas');
        return Math.abs(canvas.width / canvas.getBoundingClientRect().width - arguments[0]) < 0.05 ? true :
            [canvas.width, canvas.getBoundingClientRect().width, devicePixelRatio]";
    assert_eq!(
        window.script(pixels, &[json!(2)]).await,
        json!(true),
        "the page is drawn for the screen's pixels"
    );

    let region = &issue.pages[0].regions[0];
    let point = paper::well_within(&region.polygon, &[]).expect("a point in the region");
    let whole = Ids::whole(issue, &region.article);
    let (x, y) = reader.place(point).await;
    hover_scaled(&window, x, y, ids.id(issue, &region.article)).await;
    window
        .script("document.querySelector('[data-test=headline], [data-test=region-button]').click()", &[])
        .await;
    reader.wait_article(&Ids::whole(issue, &issue.pages[0].regions[0].article)).await;
    assert_eq!(whole.path, Ids::whole(issue, &issue.pages[0].regions[0].article).path);
    within(&window, "an open article").await;
    window.close();

    let window = Window::open("scale-again", &library).await;
    window.resize(1280, 800).await;
    window
        .until(
            "the scale is remembered",
            "return Math.abs(innerWidth - arguments[0] / 2) < 3",
            &[json!(usual)],
        )
        .await;
    window.chord(&[Key::Control, Key::Shift], '0').await;
    window
        .until("the scale is as usual", "return Math.abs(innerWidth - arguments[0]) < 3", &[json!(usual)])
        .await;
    window.close();
}

/// The driver counts a pointer's place in the window's own pixels, whatever the webview's zoom is.
async fn hover_scaled(window: &Window, x: f64, y: f64, id: &str) {
    window.point(x * 2.0, y * 2.0).await;
    let script = "return [...document.querySelectorAll('[data-test=region].hover')].some((region) => region.dataset.article === arguments[0])";
    window.until("the region under the pointer answers", script, &[json!(id)]).await;
}

/// Everything that can be pressed is in sight, or inside something that scrolls to it; no words are cut off by the window.
async fn within(window: &Window, screen: &str) {
    at_rest(window, screen).await;
    let script = "const scope = document.querySelector('dialog[open]') ?? document;
        const scrolls = (e) => { for (let p = e.parentElement; p; p = p.parentElement) {
            const style = getComputedStyle(p);
            const box = p.getBoundingClientRect();
            const visible = box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
            const y = /auto|scroll/.test(style.overflowY) && p.scrollHeight > p.clientHeight;
            const x = /auto|scroll/.test(style.overflowX) && p.scrollWidth > p.clientWidth;
            if (visible && (x || y)) { const r = e.getBoundingClientRect();
                if ((y || (r.top >= -1 && r.bottom <= innerHeight + 1)) && (x || (r.left >= -1 && r.right <= innerWidth + 1))) return true; } }
            return false; };
        return [...scope.querySelectorAll('button, input, [role=option]')].filter((e) => e.getClientRects().length > 0 && !e.closest('.unseen')).filter((e) => {
            const r = e.getBoundingClientRect();
            const inside = r.left >= -1 && r.top >= -1 && r.right <= innerWidth + 1 && r.bottom <= innerHeight + 1;
            return !inside && !scrolls(e);
        }).map((e) => `${e.dataset.test ?? ''} ${e.getAttribute('aria-label') ?? e.textContent.trim().slice(0, 40)} ${JSON.stringify(e.getBoundingClientRect())}`)";
    let lost = window.script(script, &[]).await;
    assert_eq!(lost, Value::Array(Vec::new()), "on {screen}, out of reach");
}

/// From the window's title to an article's last paragraph, as a screen reader goes through it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_heard_makes_sense_from_the_start_to_an_article() {
    let _one = alone().await;
    let ear = Ear::open();
    let library = a_copy("heard");
    let issue = &ISSUES[0];
    let page = &issue.pages[0];
    let window = Window::open_heard("heard", &library, &ear).await;
    window.find("cover").await;
    let expect = |what: &str, wanted: &[(Role, &str)]| {
        let heard = ear.hear(what, |heard| in_order(heard, wanted).is_ok());
        println!("{what}:\n{}", written(&heard));
    };
    let covers = "打开示例日报";
    expect(
        "the newsstand",
        &[
            (Role::Frame, "报亭 – 看报"),
            (Role::Heading, "看报"),
            (Role::Button, "添加报纸"),
            (Role::Popup, "菜单"),
            (Role::Landmark, "报亭"),
            (Role::Heading, "示例日报"),
            (Role::Button, covers),
        ],
    );

    window.script("document.querySelector('[data-test=cover]').focus()", &[]).await;
    window.key(Key::Enter.into()).await;
    Reader::wait(&window).await.wait_sharp().await;
    let pages: Vec<String> =
        issue.pages.iter().map(|page| format!("第{}版 {}", page.number, page.name)).collect();
    let headlines: Vec<String> = page
        .articles
        .iter()
        .map(|article| article.article.decks.headline.trim().to_owned())
        .filter(|headline| !headline.is_empty())
        .collect();
    let mut wanted = vec![
        (Role::Frame, "示例日报 2026年11月24日 星期二"),
        (Role::Heading, "示例日报"),
        (Role::Landmark, "版面导航"),
        (Role::List, ""),
    ];
    wanted.extend(pages.iter().map(|name| (Role::Button, name.as_str())));
    wanted.push((Role::Landmark, "第01版"));
    wanted.push((Role::List, "本版文章，按阅读顺序"));
    for headline in &headlines {
        wanted.push((Role::ListItem, ""));
        wanted.push((Role::Button, headline.as_str()));
    }
    expect("the reader", &wanted);

    window.script("document.querySelector('[data-test=region-button]').focus()", &[]).await;
    window.key(Key::Enter.into()).await;
    window.find("article-body").await;
    let whole = &paper::wholes(issue)[0];
    let paragraphs: Vec<String> = whole
        .article
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Paragraph { .. }))
        .map(|block| block.text().trim().to_owned())
        .collect();
    let mut wanted = vec![
        (Role::Article, whole.article.decks.headline.as_str()),
        (Role::Heading, whole.article.decks.headline.as_str()),
    ];
    wanted.extend(paragraphs.iter().map(|paragraph| (Role::Paragraph, paragraph.as_str())));
    assert!(wanted.len() > 4, "the first article has paragraphs");
    expect("the article", &wanted);
    window.close();
}
