//! The page side of the reader: guided reading, facing pages, fitting, the map in small, the headline list, fingers.

use fantoccini::key::Key;
use image::RgbImage;
use kanbao_newspaper::Point;
use kanbao_press::{Class, Fault, Place, PublishedIssue, PublishedPage, PublishedRegion, Skin};
use kanbao_tests::command_line::Kanbao;
use kanbao_tests::paper;
use kanbao_tests::press::{DAILY, Press};
use kanbao_tests::window::Window;
use serde_json::{Value, json};

use crate::night::picture;
use crate::reader::Reader;
use crate::{ISSUES, Ids, a_copy, alone, cover, fresh_folder};

/// The issue with a spread (04-05) in its middle.
fn longest() -> &'static PublishedIssue {
    ISSUES.iter().max_by_key(|issue| issue.pages.len()).expect("issues")
}

/// The regions of a page in the order in which one reads them, with their articles.
fn blocks<'a>(
    issue: &PublishedIssue,
    ids: &Ids,
    page: &'a PublishedPage,
) -> Vec<(String, &'a PublishedRegion)> {
    let mut found: Vec<(String, &PublishedRegion)> = Vec::new();
    let mut read: Vec<String> = Vec::new();
    for article in &page.articles {
        let id = ids.id(issue, &article.path).to_owned();
        if read.contains(&id) {
            continue;
        }
        let of_article = |region: &&PublishedRegion| ids.id(issue, &region.article) == id;
        let mut regions: Vec<_> = page.regions.iter().filter(of_article).collect();
        let corner = |region: &PublishedRegion| {
            let (left, top, ..) = region.polygon.bounds();
            (top, left)
        };
        regions.sort_by(|a, b| corner(a).partial_cmp(&corner(b)).expect("numbers"));
        found.extend(regions.into_iter().map(|region| (id.clone(), region)));
        read.push(id);
    }
    found
}

/// Where guided reading is: article, block, blocks, part and parts; nothing when it is over. A block whose print is still
/// being looked at has no parts yet.
const GUIDED: &str = "const bar = document.querySelector('[data-test=guided]');
    const { article, index, count, part, parts } = bar?.dataset ?? {};
    if (parts === '0') return null;
    return bar ? [article, Number(index), Number(count), Number(part), Number(parts)] : 'over'";

type Guided = (String, usize, usize, usize, usize);

async fn guided(window: &Window) -> Option<Guided> {
    let found = window.until("guided reading is here or over", GUIDED, &[]).await;
    serde_json::from_value(found).ok()
}

/// Waits until guided reading is elsewhere than it was.
async fn led_on(window: &Window, before: &Guided) -> Option<Guided> {
    let changed = format!(
        "const now = (() => {{ {GUIDED} }})(); return JSON.stringify(now) === JSON.stringify(arguments[0]) ? null : now"
    );
    let found = window.until(&format!("led on from {before:?}"), &changed, &[json!(before)]).await;
    serde_json::from_value(found).ok()
}

/// A rectangle in the window, as an attribute or the layout gives it.
pub(crate) async fn rect(window: &Window, css: &str) -> [f64; 4] {
    let script = "const e = document.querySelector(arguments[0]); if (!e) return null;
        if (e.dataset.rect) return e.dataset.rect.split(',').map(Number);
        const { left, top, width, height } = e.getBoundingClientRect(); return [left, top, width, height]";
    let found = window.until(&format!("{css} is somewhere"), script, &[json!(css)]).await;
    serde_json::from_value(found).expect("four numbers")
}

const VIEWER_BOX: &str = "const { left, top, width, height } =
    document.querySelector('[data-test=viewer]').getBoundingClientRect(); return [left, top, width, height]";

/// Where the desk is in the window.
pub(crate) async fn desk(window: &Window) -> [f64; 4] {
    serde_json::from_value(window.script(VIEWER_BOX, &[]).await).expect("four numbers")
}

/// Waits until a script over the document is true.
async fn wait(window: &Window, what: &str, condition: &str) {
    window.until(what, &format!("return {condition}"), &[]).await;
}

/// Opens an issue on its first page.
pub(crate) async fn open<'a>(window: &'a Window, issue: &PublishedIssue) -> Reader<'a> {
    window.click(&cover(issue)).await;
    let reader = Reader::wait(window).await;
    reader.wait_page(&issue.pages[0]).await;
    reader.wait_sharp().await;
    reader
}

#[tokio::test]
async fn guided_reading_walks_every_block_of_a_page_in_order_and_ends() {
    let _one = alone().await;
    let library = a_copy("guided");
    let issue = &ISSUES[0];
    let ids = Ids::of(&library, issue);
    let window = Window::open("guided", &library).await;
    let reader = open(&window, issue).await;
    let expected = blocks(issue, &ids, &issue.pages[0]);
    assert!(expected.len() > 5, "a page with regions");

    window.key('g').await;
    let mut now = guided(&window).await.expect("it has begun");
    let mut seen: Vec<Guided> = Vec::new();
    while seen.len() < 200 {
        // The next page begins with its own first block.
        if seen.last().is_some_and(|last| now.1 < last.1) {
            break;
        }
        seen.push(now.clone());
        assert_eq!(now.2, expected.len());
        let (id, region) = &expected[now.1];
        assert_eq!(&now.0, id, "block {}", now.1);
        // What is shown at once is wholly on the desk, and as large as it can be: one side fills it, or it is large.
        if now.4 == 1 {
            let (left, top, width, height) = region.polygon.bounds();
            let from = reader.place(Point { x: left, y: top }).await;
            let to = reader.place(Point { x: left + width, y: top + height }).await;
            let [x, y, w, h] = desk(&window).await;
            let within = from.0 > x - 2.0 && from.1 > y - 2.0 && to.0 < x + w + 2.0 && to.1 < y + h + 2.0;
            assert!(within, "{id} is at {from:?} to {to:?} on {:?}", [x, y, w, h]);
            let share = ((to.0 - from.0) / w).max((to.1 - from.1) / h);
            assert!(share > 0.8 || rect(&window, "[data-test=viewer]").await[2] > 2000.0, "{share}");
        }
        // The rest is dimmed, the headline lit in the list.
        window.find("guided-block").await;
        window.find(&format!("headline.lit[data-article=\"{id}\"]")).await;
        // By each of the ways on in turn.
        match seen.len() % 4 {
            0 => window.key(' ').await,
            1 => window.key(Key::Right.into()).await,
            2 => window.key('g').await,
            _ => window.click("guided-next").await,
        }
        now = led_on(&window, &now).await.expect("it is not over yet");
    }
    let walked: Vec<usize> = seen.iter().filter(|step| step.3 == 0).map(|step| step.1).collect();
    assert_eq!(walked, (0..expected.len()).collect::<Vec<_>>(), "every block, once");
    for step in seen.windows(2) {
        let whole = step[0].3 + 1 == step[0].4;
        assert!(if whole { step[1].1 == step[0].1 + 1 } else { step[1].3 == step[0].3 + 1 }, "{step:?}");
    }
    // At the page's end the next page begins.
    reader.wait_page(&issue.pages[1]).await;
    let first = &blocks(issue, &ids, &issue.pages[1])[0].0;
    assert_eq!((&now.0, now.1), (first, 0));
    // Back is the last block's last part.
    window.key(Key::Left.into()).await;
    let back = led_on(&window, &now).await.expect("it goes on");
    assert_eq!((back.1, back.3 + 1), (expected.len() - 1, back.4));
    reader.wait_page(&issue.pages[0]).await;

    window.key(Key::Escape.into()).await;
    window.wait_gone("guided").await;
    window.wait_gone("guided-block").await;
    reader.wait_percent("the whole page", |percent| percent == 100).await;
    reader.wait_page(&issue.pages[0]).await;
    // It is the reader that is open still, not the newsstand.
    assert!(window.has("reader").await);
    window.close();
}

#[tokio::test]
async fn guided_reading_begins_at_the_open_article_and_ends_with_the_issue() {
    let _one = alone().await;
    let library = a_copy("guided-ends");
    let issue = &ISSUES[1];
    let ids = Ids::of(&library, issue);
    let window = Window::open("guided-ends", &library).await;
    let reader = open(&window, issue).await;
    let last = issue.pages.last().expect("pages");
    reader.go_to(last).await;
    let expected = blocks(issue, &ids, last);
    let (id, _) = expected.last().expect("blocks");
    window.click(&format!("headline[data-article=\"{id}\"]")).await;
    window.find("article").await;
    window.click("guided-toggle").await;
    let mut now = guided(&window).await.expect("it has begun");
    assert_eq!((&now.0, now.1), (id, expected.len() - 1));
    for _ in 0..100 {
        window.click("guided-next").await;
        match led_on(&window, &now).await {
            Some(next) => now = next,
            None => break,
        }
    }
    window.wait_gone("guided").await;
    reader.wait_percent("the whole page", |percent| percent == 100).await;
    window.close();
}

#[tokio::test]
async fn facing_pages_lie_as_printed_and_a_spread_lies_alone() {
    let _one = alone().await;
    let library = a_copy("facing");
    let issue = longest();
    let ids = Ids::of(&library, issue);
    let window = Window::open("facing", &library).await;
    window.resize(1500, 860).await;
    let reader = open(&window, issue).await;
    window.key('d').await;
    let lying = |numbers: &str| {
        format!(
            "[...document.querySelectorAll('[data-test=paper]')].map((page) => page.dataset.number).join() === '{numbers}'
                && [...document.querySelectorAll('[data-test=rail-page].current')].map((page) => page.dataset.number).join() === '{numbers}'
                && document.querySelector('[data-test=viewer]').dataset.state === 'sharp'"
        )
    };
    for numbers in ["01", "02,03", "04-05", "06,07", "08"] {
        wait(&window, numbers, &lying(numbers)).await;
        if numbers != "08" {
            window.key('j').await;
        }
    }
    for numbers in ["06,07", "04-05", "02,03"] {
        window.key('k').await;
        wait(&window, numbers, &lying(numbers)).await;
    }
    // Whole pixels of the screen for both, one beginning where the other ends.
    let left = rect(&window, "[data-test=paper][data-number=\"02\"]").await;
    let right = rect(&window, "[data-test=paper][data-number=\"03\"]").await;
    let density = window.script("return devicePixelRatio", &[]).await.as_f64().expect("a number");
    for edge in [left[0], left[2], right[0], right[2]] {
        assert!((edge * density - (edge * density).round()).abs() < 0.02, "{left:?} {right:?}");
    }
    assert!((left[0] + left[2] - right[0]).abs() < 0.02, "{left:?} {right:?}");
    window.wait_text("page-number", "02–03").await;

    // Regions answer on both, at two zooms.
    for page in &issue.pages[1..3] {
        window.click(&format!("rail-page[data-number=\"{}\"]", page.number)).await;
        window.find(&format!("viewer[data-page=\"{}\"]", page.number)).await;
        let polygons: Vec<_> = page.regions.iter().map(|region| &region.polygon).collect();
        for (index, region) in page.regions.iter().enumerate().take(3) {
            let others: Vec<_> =
                polygons.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, p)| *p).collect();
            let Some(point) = paper::well_within(&region.polygon, &others) else { continue };
            let whole = Ids::whole(issue, &region.article);
            for least in [100, 220] {
                reader.zoom_at(point, least).await;
                reader.hover(point, ids.id(issue, &region.article), &whole).await;
            }
            window.key('0').await;
            reader.wait_percent("100 %", |percent| percent == 100).await;
        }
    }
    // An open article leaves room for one page: the one that was meant.
    let page = &issue.pages[2];
    window.click(&format!("rail-page[data-number=\"{}\"]", issue.pages[1].number)).await;
    let region =
        page.regions.iter().max_by(|a, b| a.polygon.area().total_cmp(&b.polygon.area())).expect("regions");
    let others: Vec<_> =
        page.regions.iter().filter(|other| *other != region).map(|other| &other.polygon).collect();
    let point = paper::well_within(&region.polygon, &others).expect("a point");
    let right = rect(&window, "[data-test=paper][data-number=\"03\"]").await;
    window.click_at(right[0] + point.x * right[2], right[1] + point.y * right[3]).await;
    reader.wait_article(&Ids::whole(issue, &region.article)).await;
    wait(&window, "one page beside the article", &lying("03")).await;
    window.click("close-article").await;
    wait(&window, "both again", &lying("02,03")).await;

    // Guided reading goes over both.
    let (of_left, of_right) = (blocks(issue, &ids, &issue.pages[1]), blocks(issue, &ids, page));
    window.click(&format!("rail-page[data-number=\"{}\"]", issue.pages[1].number)).await;
    window.key('g').await;
    let mut now = guided(&window).await.expect("it has begun");
    assert_eq!((&now.0, now.2), (&of_left[0].0, of_left.len()));
    while now.2 == of_left.len() {
        window.key(' ').await;
        now = led_on(&window, &now).await.expect("it goes on");
    }
    assert_eq!((&now.0, now.1, now.2), (&of_right[0].0, 0, of_right.len()));
    wait(&window, "both are on the desk still", &lying("02,03")).await;
    window.key(Key::Escape.into()).await;
    window.wait_gone("guided").await;

    // A window that is not wide enough has one page, and the setting stays.
    window.resize(1000, 860).await;
    wait(&window, "one page", "document.querySelectorAll('[data-test=paper]').length === 1").await;
    window.close();

    let window = Window::open("facing-again", &library).await;
    window.resize(1500, 860).await;
    window.click(&cover(issue)).await;
    window.find("reader").await;
    wait(&window, "remembered", "document.querySelectorAll('[data-test=paper]').length === 2").await;
    window.close();
}

#[tokio::test]
async fn the_small_map_shows_what_is_seen_and_moves_it() {
    let _one = alone().await;
    let window = Window::open("minimap", &a_copy("minimap")).await;
    let reader = open(&window, &ISSUES[0]).await;
    assert!(!window.has("minimap").await, "a whole page needs no map");
    reader.zoom_at(Point { x: 0.5, y: 0.4 }, 300).await;
    window.find("minimap").await;
    reader.place(Point { x: 0.0, y: 0.0 }).await;
    let page = rect(&window, "[data-test=viewer]").await;
    let seen_of = async || {
        let (map, seen) =
            (rect(&window, "[data-test=minimap]").await, rect(&window, "[data-test=minimap-seen]").await);
        [(seen[0] - map[0]) / map[2], (seen[1] - map[1]) / map[3], seen[2] / map[2], seen[3] / map[3]]
    };
    let [x, y, w, h] = desk(&window).await;
    let expected = [(x - page[0]) / page[2], (y - page[1]) / page[3], w / page[2], h / page[3]];
    let shown = seen_of().await;
    for (shown, expected) in shown.iter().zip(expected) {
        assert!((shown - expected.clamp(0.0, 1.0)).abs() < 0.02, "{shown} is not {expected}");
    }
    // Dragging what is seen moves the page by as much.
    let map = rect(&window, "[data-test=minimap]").await;
    let seen = rect(&window, "[data-test=minimap-seen]").await;
    let from = (seen[0] + seen[2] / 2.0, seen[1] + seen[3] / 2.0);
    window.drag(from, (from.0, from.1 + 40.0)).await;
    reader.place(Point { x: 0.0, y: 0.0 }).await;
    let after = rect(&window, "[data-test=viewer]").await;
    let moved = (page[1] - after[1]) / page[3];
    assert!((moved - 40.0 / map[3]).abs() < 0.03, "the page moved by {moved}");
    // It can be put away, and does not come with a whole page.
    window.key('m').await;
    window.wait_gone("minimap").await;
    window.key('m').await;
    window.find("minimap").await;
    window.key('0').await;
    window.wait_gone("minimap").await;
    window.close();
}

#[tokio::test]
async fn a_picture_that_came_cut_short_says_so_and_its_page_is_read() {
    let _one = alone().await;
    let issue = longest();
    let cut = issue.pages.iter().find(|page| page.large_picture.is_some()).expect("a page without a PDF");
    let library = fresh_folder("cut-short");
    {
        let press = Press::start(Skin::Div);
        press.site().set_fault(Place::Class(Class::PagePicture), Fault::Halved);
        let kanbao = Kanbao::new(&library);
        kanbao.json(&["add", &press.address(DAILY)]);
        kanbao.json(&["sync", "--date", &issue.date.to_string()]);
    }
    let window = Window::open("cut-short", &library).await;
    let reader = open(&window, issue).await;
    assert!(!window.has("page-notice").await, "nothing is missing of the front page");
    reader.go_to(cut).await;
    window.find("page-notice").await;
    window.wait_text("headline", &cut.articles[0].article.decks.headline).await;
    window.screenshot(kanbao_tests::screenshots().join("cut-short.png").as_path()).await;
    reader.go_to(&issue.pages[0]).await;
    window.wait_gone("page-notice").await;
    window.close();
}

#[tokio::test]
async fn pages_are_fitted_and_found_again_as_they_were_left() {
    let _one = alone().await;
    let window = Window::open("fitting", &a_copy("fitting")).await;
    let issue = &ISSUES[0];
    let reader = open(&window, issue).await;
    let origin = Point { x: 0.0, y: 0.0 };
    window.key('w').await;
    reader.wait_percent("wider", |percent| percent > 110).await;
    reader.place(origin).await;
    let (page, desk_box) = (rect(&window, "[data-test=viewer]").await, desk(&window).await);
    assert!((page[2] - (desk_box[2] - 28.0)).abs() < 2.0, "{page:?} on {desk_box:?}");
    assert!((page[1] - desk_box[1]).abs() < 1.5, "from the top: {page:?} on {desk_box:?}");
    // The next page keeps to the width.
    window.key('j').await;
    reader.wait_page(&issue.pages[1]).await;
    reader.place(origin).await;
    assert!((rect(&window, "[data-test=viewer]").await[2] - page[2]).abs() < 2.0);
    // As printed: 350 millimetres at 96 dots an inch.
    window.key('1').await;
    reader.wait_percent("as printed", |percent| percent > 110).await;
    let wide = "return Math.abs(document.querySelector('[data-test=viewer]').dataset.rect.split(',')[2] - 350 / 25.4 * 96) < 1";
    window.until("as wide as it is printed", wide, &[]).await;
    window.key('0').await;
    reader.wait_percent("whole", |percent| percent == 100).await;

    // What was seen of a page is seen again, another page is whole.
    reader.zoom_at(Point { x: 0.7, y: 0.6 }, 250).await;
    reader.place(origin).await;
    let left = rect(&window, "[data-test=viewer]").await;
    window.key('j').await;
    reader.wait_page(&issue.pages[2]).await;
    reader.wait_percent("another page is whole", |percent| percent == 100).await;
    window.key('k').await;
    reader.wait_page(&issue.pages[1]).await;
    reader.wait_percent("as it was left", |percent| percent >= 250).await;
    reader.place(origin).await;
    let found = rect(&window, "[data-test=viewer]").await;
    for (left, found) in left.iter().zip(found) {
        assert!((left - found).abs() < 2.0, "{left} became {found}");
    }
    window.close();
}

#[tokio::test]
async fn a_line_of_the_list_lights_its_region_and_a_region_its_line() {
    let _one = alone().await;
    let library = a_copy("headlines");
    let issue = longest();
    let ids = Ids::of(&library, issue);
    let window = Window::open("headlines", &library).await;
    window.resize(1280, 720).await;
    let reader = open(&window, issue).await;
    // The page with the most articles: its list is longer than its place.
    let page = issue.pages.iter().max_by_key(|page| page.articles.len()).expect("pages");
    reader.go_to(page).await;
    let polygons: Vec<_> = page.regions.iter().map(|region| &region.polygon).collect();
    let in_sight = "const line = document.querySelector(arguments[0]);
        const list = line?.closest('.headlines').getBoundingClientRect(); const box = line?.getBoundingClientRect();
        return !!line && box.top >= list.top - 1 && box.bottom <= list.bottom + 1";
    for index in [polygons.len() - 1, 0, polygons.len() / 2] {
        let region = &page.regions[index];
        let others: Vec<_> =
            polygons.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, p)| *p).collect();
        let point = paper::well_within(&region.polygon, &others).expect("a point");
        let id = ids.id(issue, &region.article);
        reader.hover(point, id, &Ids::whole(issue, &region.article)).await;
        let line = format!("[data-test=headline].lit[data-article=\"{id}\"]");
        window.until(&format!("{line} is lit and in sight"), in_sight, &[json!(line)]).await;
    }
    // The other way round: by pointer and by focus.
    for (index, article) in page.articles.iter().enumerate().take(4) {
        let id = ids.id(issue, &article.path);
        let line = format!("[data-test=headline][data-article=\"{id}\"]");
        if index % 2 == 0 {
            window
                .script(
                    "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
                    &[json!(line)],
                )
                .await;
            let [x, y, w, h] = rect(&window, &line).await;
            window.point(x + w / 2.0, y + h / 2.0).await;
        } else {
            window.script("document.querySelector(arguments[0]).focus()", &[json!(line)]).await;
        }
        window.find(&format!("region.hover[data-article=\"{id}\"]")).await;
    }
    window.close();
}

/// What the document calls lit and open is painted so.
#[tokio::test]
async fn an_open_article_is_outlined_and_the_rest_of_its_page_dimmed() {
    const ACCENT: [u8; 3] = [0xA6, 0x2B, 0x1F];
    let _one = alone().await;
    let window = Window::open("outlined", &a_copy("outlined")).await;
    let reader = open(&window, &ISSUES[0]).await;
    // The edge of the paper, which nothing is printed on and which is no article's.
    let edge = Point { x: 0.01, y: 0.005 };
    let light = async |picture: &RgbImage| {
        let (x, y) = reader.place(edge).await;
        picture.get_pixel(x as u32, y as u32).0[0]
    };
    let before = light(&picture(&window).await).await;
    window.click("headline").await;
    window.find("article-body").await;
    window.find("region.open").await;
    reader.wait_sharp().await;
    let shown = picture(&window).await;
    let after = light(&shown).await;
    assert!(after < before - 8, "the paper's edge was {before} light and is {after}");

    let [left, top, _, height] = rect(&window, "[data-test=region].open").await;
    let row = (top + height / 2.0) as u32;
    let near =
        |pixel: [u8; 3]| pixel.iter().zip(ACCENT).all(|(channel, wanted)| channel.abs_diff(wanted) < 48);
    let line = (left as u32 - 4)..(left as u32 + 4);
    let pixels: Vec<_> = line.map(|x| shown.get_pixel(x, row).0).collect();
    assert!(pixels.iter().any(|pixel| near(*pixel)), "no line at the region's left: {pixels:?}");

    window.key(Key::Escape.into()).await;
    window.wait_gone("article").await;
    reader.wait_sharp().await;
    assert_eq!(light(&picture(&window).await).await, before, "a closed article leaves the page as it was");
    window.close();
}

/// Puts fingers on the page by touch events that a script makes: the driver of `WebKit` on Linux knows no fingers. They
/// take the way of real ones from there: to pointer events, to the viewer.
pub(crate) async fn fingers(window: &Window, kind: &str, points: &[(u32, f64, f64)]) {
    let script = "const target = document.querySelector('[data-test=viewer] .openseadragon-canvas');
        const touches = arguments[1].map(([identifier, x, y]) =>
            ({ identifier, target, clientX: x, clientY: y, screenX: x, screenY: y }));
        const event = new Event(arguments[0], { bubbles: true, cancelable: true });
        Object.assign(event, { changedTouches: touches, touches: arguments[0] === 'touchend' ? [] : touches });
        target.dispatchEvent(event);
        return event.defaultPrevented";
    let stopped = window.script(script, &[json!(kind), json!(points)]).await;
    assert_eq!(stopped, Value::Bool(true), "the webview must not scale or scroll by itself");
}

pub(crate) async fn tap(window: &Window, x: f64, y: f64) {
    fingers(window, "touchstart", &[(0, x, y)]).await;
    fingers(window, "touchend", &[(0, x, y)]).await;
}

#[tokio::test]
async fn fingers_tap_swipe_and_pinch() {
    let _one = alone().await;
    let library = a_copy("fingers");
    let issue = &ISSUES[0];
    let window = Window::open("fingers", &library).await;
    let reader = open(&window, issue).await;
    let region = issue.pages[0]
        .regions
        .iter()
        .max_by(|a, b| a.polygon.area().total_cmp(&b.polygon.area()))
        .expect("regions");
    let others: Vec<_> =
        issue.pages[0].regions.iter().filter(|other| *other != region).map(|other| &other.polygon).collect();
    let point = paper::well_within(&region.polygon, &others).expect("a point");
    // A tap opens, as a click does.
    let (x, y) = reader.place(point).await;
    tap(&window, x, y).await;
    reader.wait_article(&Ids::whole(issue, &region.article)).await;
    window.click("close-article").await;
    window.wait_gone("article").await;
    // Two taps show the block, two more the whole page.
    for larger in [true, false] {
        let (x, y) = reader.place(point).await;
        let twice = "const target = document.querySelector('[data-test=viewer] .openseadragon-canvas');
            for (const kind of ['touchstart', 'touchend', 'touchstart', 'touchend']) {
                const touches = [{ identifier: 0, target, clientX: arguments[0], clientY: arguments[1], screenX: 0, screenY: 0 }];
                const event = new Event(kind, { bubbles: true, cancelable: true });
                target.dispatchEvent(Object.assign(event, { changedTouches: touches, touches: kind === 'touchend' ? [] : touches }));
            }";
        window.script(twice, &[json!(x), json!(y)]).await;
        reader.wait_percent("two taps", |percent| (percent > 105) == larger).await;
    }
    // A whole page is pushed aside, either way; at its edges a tap turns it.
    let [left, top, width, height] = desk(&window).await;
    let middle = (left + width / 2.0, top + height / 2.0);
    for (dx, page) in [(-160.0, 1), (160.0, 0)] {
        fingers(&window, "touchstart", &[(0, middle.0, middle.1)]).await;
        for share in [0.3, 0.6, 1.0] {
            fingers(&window, "touchmove", &[(0, middle.0 + dx * share, middle.1 + 4.0)]).await;
        }
        fingers(&window, "touchend", &[(0, middle.0 + dx, middle.1 + 4.0)]).await;
        reader.wait_page(&issue.pages[page]).await;
    }
    tap(&window, left + width - 12.0, middle.1).await;
    reader.wait_page(&issue.pages[1]).await;
    tap(&window, left + 12.0, middle.1).await;
    reader.wait_page(&issue.pages[0]).await;
    reader.wait_sharp().await;

    // A pinch enlarges what is between the fingers, which stays there once the page is larger than the desk.
    let pinch = async |from: f64, to: f64| {
        let at = |spread: f64| [(0, middle.0 - spread, middle.1), (1, middle.0 + spread, middle.1)];
        fingers(&window, "touchstart", &at(from)).await;
        for step in 1..=6 {
            fingers(&window, "touchmove", &at(from + (to - from) * f64::from(step) / 6.0)).await;
        }
        fingers(&window, "touchend", &at(to)).await;
    };
    pinch(60.0, 160.0).await;
    let percent = reader.wait_percent("larger", |percent| percent > 180).await;
    let origin = reader.place(Point { x: 0.0, y: 0.0 }).await;
    let before = rect(&window, "[data-test=viewer]").await;
    let held = Point { x: (middle.0 - origin.0) / before[2], y: (middle.1 - origin.1) / before[3] };
    pinch(80.0, 120.0).await;
    reader.wait_percent("larger again", |now| now > percent).await;
    let after = reader.place(held).await;
    assert!(
        (after.0 - middle.0).abs() < 4.0 && (after.1 - middle.1).abs() < 4.0,
        "{after:?} is not {middle:?}"
    );
    // Smaller than whole is whole.
    pinch(200.0, 20.0).await;
    reader.wait_percent("the whole page", |percent| percent == 100).await;
    // Nothing of this scaled the window itself.
    assert_eq!(window.script("return window.visualViewport?.scale ?? 1", &[]).await.as_f64(), Some(1.0));

    // While one is led, the edges lead.
    window.key('g').await;
    let first = guided(&window).await.expect("it has begun");
    let [left, top, width, height] = desk(&window).await;
    tap(&window, left + width - 60.0, top + height / 2.0).await;
    let second = led_on(&window, &first).await.expect("it goes on");
    assert!(second.1 > first.1 || second.3 > first.3, "{first:?} {second:?}");
    tap(&window, left + 60.0, top + height / 2.0).await;
    let back = led_on(&window, &second).await.expect("it goes on");
    assert_eq!((&back.0, back.1, back.3), (&first.0, first.1, first.3));
    window.close();
}

#[tokio::test]
async fn two_fingers_on_a_trackpad_move_a_zoomed_page_and_a_pinch_zooms() {
    let _one = alone().await;
    let window = Window::open("trackpad", &a_copy("trackpad")).await;
    let reader = open(&window, &ISSUES[0]).await;
    reader.zoom_at(Point { x: 0.5, y: 0.5 }, 300).await;
    let origin = Point { x: 0.0, y: 0.0 };
    let before = reader.place(origin).await;
    let [left, top, width, height] = desk(&window).await;
    // The driver's wheel tells no trackpad from a mouse: these events are made by a script.
    let slide = "const viewer = document.querySelector('[data-test=viewer]');
        const at = { clientX: arguments[0], clientY: arguments[1], bubbles: true, cancelable: true };
        for (let n = 0; n < 10; n++) viewer.dispatchEvent(new WheelEvent('wheel', { ...at, ...arguments[2] }))";
    let middle = [json!(left + width / 2.0), json!(top + height / 2.0)];
    window.script(slide, &[middle[0].clone(), middle[1].clone(), json!({ "deltaX": 3, "deltaY": 8 })]).await;
    let after = reader.place(origin).await;
    assert!(
        (after.0 - before.0 + 30.0).abs() < 2.0 && (after.1 - before.1 + 80.0).abs() < 2.0,
        "{before:?} {after:?}"
    );
    let percent = reader.wait_percent("as large as before", |percent| percent >= 300).await;
    window
        .script(slide, &[middle[0].clone(), middle[1].clone(), json!({ "deltaY": -4, "ctrlKey": true })])
        .await;
    reader.wait_percent("larger by a pinch", |now| now > percent).await;
    window.close();
}
