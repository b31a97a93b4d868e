//! Commands by every hand: the palette, the menus, and keys whatever has the focus.

use fantoccini::key::Key;
use kanbao_tests::paper;
use kanbao_tests::window::Window;
use serde_json::{Value, json};

use crate::reader::Reader;
use crate::{ISSUES, Ids, a_copy, alone, cover};

/// What has the focus, by its `data-test`.
const FOCUSED: &str = "return document.activeElement?.dataset?.test ?? null";

#[tokio::test]
async fn any_article_of_today_is_three_keys_from_the_newsstand() {
    let _one = alone().await;
    let window = Window::open("palette", &a_copy("palette")).await;
    let issue = &ISSUES[0];
    let wholes = paper::wholes(issue);
    window.find("cover").await;
    window.chord(&[Key::Control], 'k').await;
    // Not only there, but where an eye finds it: what lies in the middle of each of the first five is itself.
    let seen = "const things = [...document.querySelectorAll('[data-test=palette-thing]')].slice(0, 5);
        return things.length === 5 && things[0].dataset.thing.startsWith('article') && things.every((thing) => {
            const { left, top, width, height } = thing.getBoundingClientRect();
            return thing.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        })";
    window.until("the articles are on the screen", seen, &[]).await;
    window.key(Key::Down.into()).await;
    window.key(Key::Enter.into()).await;
    let reader = Reader::wait(&window).await;
    reader.wait_article(&wholes[1]).await;
    // The focus is on its headline, where a reader by ear goes on.
    window.until("the headline has the focus", &is("article-headline"), &[]).await;

    // Another way to the same palette, and any article by the words of its headline.
    let wanted = wholes
        .iter()
        .rfind(|whole| whole.article.decks.headline.chars().count() > 4)
        .expect("an article with a headline");
    window.chord(&[Key::Control, Key::Shift], 'p').await;
    window.type_into("palette-field", &wanted.article.decks.headline).await;
    window.wait_text("palette-thing[aria-selected=true]", &wanted.article.decks.headline).await;
    window.key(Key::Enter.into()).await;
    reader.wait_article(wanted).await;

    // A command by its English name, although Chinese is spoken.
    window.chord(&[Key::Control], 'k').await;
    window.type_into("palette-field", "night colours").await;
    window.find("palette-thing[data-thing=\"command theme-night\"][aria-selected=true]").await;
    window.key(Key::Enter.into()).await;
    window.until("it is night", "return document.documentElement.dataset.colours === 'night'", &[]).await;

    // What is not there is said, and Escape leaves everything as it was.
    window.chord(&[Key::Control], 'k').await;
    window.type_into("palette-field", "没有这样的东西").await;
    window.wait_gone("palette-thing").await;
    window.key(Key::Escape.into()).await;
    window.wait_gone("palette").await;
    reader.wait_article(wanted).await;
    window.close();
}

#[tokio::test]
async fn a_page_is_found_by_the_initials_of_its_pinyin() {
    let _one = alone().await;
    let window = Window::open("pinyin", &a_copy("pinyin")).await;
    window.click(&cover(&ISSUES[0])).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&ISSUES[0].pages[0]).await;
    let page = &ISSUES[0].pages[1];
    assert_eq!((page.number.as_str(), page.name.as_str()), ("02", "城市"));
    window.chord(&[Key::Control], 'k').await;
    // 第02版 城市
    window.type_into("palette-field", "d02bcs").await;
    window.wait_text("palette-thing[aria-selected=true]", "城市").await;
    window.key(Key::Enter.into()).await;
    reader.wait_page(page).await;
    window.close();
}

#[tokio::test]
async fn the_menu_has_every_command_with_its_key() {
    let _one = alone().await;
    let window = Window::open("menu", &a_copy("menu")).await;
    let issue = &ISSUES[0];
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&issue.pages[0]).await;
    window.click("menu").await;
    window.find("menu-list[data-menu=main]").await;
    window.wait_text("menu-item[data-command=nextPage]", "下一版").await;
    window.wait_text("menu-item[data-command=nextPage]", "J").await;
    // On the first page there is none before: it is said, and nothing happens.
    window.find("menu-item[data-command=previousPage][aria-disabled=true]").await;
    window.find("menu-item[data-command=rail][aria-checked=true]").await;
    window.key(Key::Escape.into()).await;
    window.wait_gone("menu-list").await;
    window.until("the focus is back on the menu's button", &is("menu"), &[]).await;

    window.key(Key::F10.into()).await;
    window.find("menu-list").await;
    // Down through the list with the keys alone, to the command that is wanted.
    let reached = "return document.activeElement?.dataset?.command === 'lastPage'";
    for _ in 0..20 {
        if window.script(reached, &[]).await == json!(true) {
            break;
        }
        window.key(Key::Down.into()).await;
    }
    window.until("the arrow keys reach every command", reached, &[]).await;
    window.key(Key::Enter.into()).await;
    reader.wait_page(issue.pages.last().expect("pages")).await;
    window.wait_gone("menu-list").await;
    window.close();
}

#[tokio::test]
async fn a_right_click_offers_what_is_under_the_pointer() {
    let _one = alone().await;
    let library = a_copy("context");
    let issue = &ISSUES[0];
    let page = &issue.pages[0];
    let ids = Ids::of(&library, issue);
    let window = Window::open("context", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_sharp().await;

    let region = &page.regions[0];
    let point = paper::well_within(&region.polygon, &[]).expect("a point in the region");
    let whole = Ids::whole(issue, &region.article);
    reader.hover(point, ids.id(issue, &region.article), &whole).await;
    let (x, y) = reader.place(point).await;
    window.right_click_at(x, y).await;
    window.find("menu-list[data-menu=region]").await;
    window.click("menu-item[data-command=openPointed]").await;
    reader.wait_article(&whole).await;

    // The system's menu is for text that is selected; ours is for the rest of the article.
    let (x, y) = window.middle("article-headline").await;
    window.right_click_at(x, y).await;
    window.find("menu-list[data-menu=article]").await;
    window.click("menu-item[data-command=closeArticle]").await;
    window.wait_gone("article").await;

    let (x, y) = window.middle("viewer").await;
    let rect = window
        .script("return document.querySelector('[data-test=viewer]').getBoundingClientRect().x", &[])
        .await;
    window.right_click_at(rect.as_f64().map_or(x, |left| left + 4.0), y).await;
    window.find("menu-list[data-menu=page]").await;
    window.click("menu-item[data-command=nextPage]").await;
    reader.wait_page(&issue.pages[1]).await;
    window.close();
}

#[tokio::test]
async fn selected_text_and_fields_keep_the_systems_menu() {
    let _one = alone().await;
    let window = Window::open("own-menu", &a_copy("own-menu")).await;
    window.click(&cover(&ISSUES[0])).await;
    Reader::wait(&window).await;
    window.click("headline").await;
    window.find("article-body").await;
    // Asked as the webview asks: what is not prevented is the system's own.
    let prevented = "const target = document.querySelector(arguments[0]);
        const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 5, clientY: 5 });
        target.dispatchEvent(event);
        return event.defaultPrevented";
    let body = json!("[data-test=article-body] p");
    let select = "getSelection().selectAllChildren(document.querySelector(arguments[0]))";
    window.script(select, std::slice::from_ref(&body)).await;
    assert_eq!(window.script(prevented, std::slice::from_ref(&body)).await, json!(false), "selected text");
    window.script("getSelection().removeAllRanges()", &[]).await;
    assert_eq!(
        window.script(prevented, std::slice::from_ref(&body)).await,
        json!(true),
        "text that is not selected"
    );
    window.find("menu-list").await;
    window.close();
}

#[tokio::test]
async fn keys_work_whatever_has_the_focus() {
    let _one = alone().await;
    let window = Window::open("focus", &a_copy("focus")).await;
    let issue = &ISSUES[0];
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(&issue.pages[0]).await;
    window.click("headline").await;
    window.find("article-body").await;
    for _ in 0..5 {
        window.click("text-larger").await;
    }

    // A button that was clicked does not take the space bar from the text that is being read.
    window.click("next-page").await;
    reader.wait_page(&issue.pages[1]).await;
    let scrolled =
        "return document.querySelector('[data-test=article-body]').closest('.scroller').scrollTop || null";
    assert_eq!(window.script(scrolled, &[]).await, Value::Null);
    window.key(' ').await;
    window.until("the text has scrolled", scrolled, &[]).await;
    reader.wait_page(&issue.pages[1]).await;
    // However often it is pressed, the text's end is the end.
    let at_end = "const s = document.querySelector('[data-test=article-body]').closest('.scroller');
        return Math.abs(s.scrollHeight - s.clientHeight - s.scrollTop) < 2";
    let further = "const s = document.querySelector('[data-test=article-body]').closest('.scroller');
        return s.scrollTop > arguments[0] + 1 || Math.abs(s.scrollHeight - s.clientHeight - s.scrollTop) < 2";
    for _ in 0..100 {
        if window.script(at_end, &[]).await == json!(true) {
            break;
        }
        let before = window.script(scrolled, &[]).await;
        window.key(' ').await;
        window.until("the space bar scrolls on", further, &[before]).await;
    }
    window.key(' ').await;
    window.until("the text is at its end", at_end, &[]).await;
    reader.wait_page(&issue.pages[1]).await;

    let mut at = 1;
    for focus in
        ["rail-page", "headline", "region-button", "divider", "text-larger", "article-headline", "menu"]
    {
        let css = json!(format!("[data-test={focus}]"));
        window.script("document.querySelector(arguments[0]).focus()", &[css]).await;
        window.until(&format!("{focus} has the focus"), &is(focus), &[]).await;
        let forward = at + 1 < issue.pages.len();
        window.key(if forward { 'j' } else { 'k' }).await;
        at = if forward { at + 1 } else { at - 1 };
        reader.wait_page(&issue.pages[at]).await;
    }

    // Reached by keyboard, a button is pressed by the space bar as everywhere.
    window.script("document.querySelector('[data-test=rail-toggle]').focus()", &[]).await;
    window.key(' ').await;
    window.wait_gone("rail-page").await;

    // In a field a letter is a letter.
    window.key('h').await;
    window.find("newsstand").await;
    window.key('a').await;
    window.find("add-address").await;
    window.until("the field has the focus", &is("add-address"), &[]).await;
    for key in ['j', 'a', '?'] {
        window.key(key).await;
    }
    let typed = "return document.querySelector('[data-test=add-address]').value === 'ja?'";
    window.until("what was typed is in the field", typed, &[]).await;
    window.close();
}

/// Tab goes through all that can be pressed and out again: nothing holds the focus, nothing is left out.
#[tokio::test]
async fn tab_reaches_everything_and_is_held_by_nothing() {
    let _one = alone().await;
    let window = Window::open("tab", &a_copy("tab")).await;
    window.find("cover").await;
    tab_round(&window, "the newsstand").await;
    window.click(&cover(&ISSUES[0])).await;
    Reader::wait(&window).await;
    tab_round(&window, "the reader").await;
    window.click("headline").await;
    window.find("article-body").await;
    tab_round(&window, "an open article").await;
    window.close();
}

async fn tab_round(window: &Window, screen: &str) {
    let begin = "window.tabbed = new Set(); document.activeElement?.blur?.(); return null";
    window.script(begin, &[]).await;
    let all = "return [...document.querySelectorAll('button, [tabindex=\"0\"], input, a[href], summary')]
        .filter((e) => !e.disabled && e.tabIndex >= 0 && e.getClientRects().length > 0).length";
    let step = "const e = document.activeElement;
        if (e && e !== document.body) {
            if (window.tabbed.has(e) && window.tabbed.size > 1) return 'round';
            window.tabbed.add(e);
        }
        return window.tabbed.size";
    let wanted = window.script(all, &[]).await.as_u64().expect("a count");
    assert!(wanted > 3, "{screen} has only {wanted} things to press");
    let mut reached = 0;
    for _ in 0..wanted + 4 {
        window.key(Key::Tab.into()).await;
        match window.script(step, &[]).await.as_u64() {
            Some(count) => reached = count,
            None => break,
        }
    }
    let missing = "return [...document.querySelectorAll('button, [tabindex=\"0\"], input, a[href], summary')]
        .filter((e) => !e.disabled && e.tabIndex >= 0 && e.getClientRects().length > 0 && !window.tabbed.has(e))
        .map((e) => e.dataset.test ?? e.outerHTML.slice(0, 120)).join()";
    let missing = window.script(missing, &[]).await;
    assert_eq!(reached, wanted, "on {screen}, Tab did not reach {missing}");
}

fn is(focus: &str) -> String {
    format!("return (() => {{ {FOCUSED} }})() === '{focus}'")
}
