//! All pages below each other, and what was seen of each page found again after a restart.

use fantoccini::key::Key;
use kanbao_newspaper::Point;
use kanbao_tests::paper;
use kanbao_tests::window::Window;
use serde_json::json;

use crate::page::{desk, open, rect};
use crate::reader::Reader;
use crate::{ISSUES, Ids, a_copy, alone, cover};

/// The papers on the desk or near it, with where they are: number, left, top, width, height.
const PAPERS: &str = "return [...document.querySelectorAll('[data-test=paper]')]
    .map((paper) => [paper.dataset.number, ...paper.dataset.rect.split(',').map(Number)])";

type Paper = (String, f64, f64, f64, f64);

/// Where the papers are, once they have come to rest.
async fn papers(window: &Window, reader: &Reader<'_>) -> Vec<Paper> {
    reader.place(Point { x: 0.0, y: 0.0 }).await;
    serde_json::from_value(window.script(PAPERS, &[]).await).expect("papers")
}

#[tokio::test]
async fn all_pages_lie_in_one_roll() {
    let _one = alone().await;
    let library = a_copy("roll");
    let issue = ISSUES.iter().max_by_key(|issue| issue.pages.len()).expect("issues");
    let ids = Ids::of(&library, issue);
    let window = Window::open("roll", &library).await;
    let reader = open(&window, issue).await;
    window.key('r').await;
    window.find("roll-toggle[aria-pressed=true]").await;
    window.find("paper[data-number=\"02\"]").await;
    window.find("viewer[data-state=\"sharp\"][data-exact=true]").await;
    let lying = papers(&window, &reader).await;
    let [left, top, width, height] = desk(&window).await;
    assert!(lying.len() < issue.pages.len(), "pages that are far are not there: {lying:?}");
    for (one, next) in lying.iter().zip(&lying[1..]) {
        assert!(one.2 + one.4 < next.2 && one.1.to_bits() == next.1.to_bits(), "{next:?} lies below {one:?}");
    }
    assert!((lying[0].3 - (width - 28.0)).abs() < 2.0, "as wide as the desk: {:?} on {width}", lying[0]);
    assert!(lying[0].2 >= top, "from its top: {:?}", lying[0]);

    // The wheel moves it, the page that is read is the rail's.
    let middle = (left + width / 2.0, top + height / 2.0);
    for _ in 0..40 {
        window.wheel(middle.0, middle.1, 300).await;
        reader.place(Point { x: 0.0, y: 0.0 }).await;
        if window.has("rail-page[data-number=\"02\"].current").await {
            break;
        }
    }
    reader.wait_page(&issue.pages[1]).await;
    // Regions answer on the page that is read, where they are.
    let page = &issue.pages[1];
    let lying = papers(&window, &reader).await;
    let place = lying.iter().find(|paper| paper.0 == page.number).expect("the page");
    let in_sight = |region: &&kanbao_press::PublishedRegion| {
        let others: Vec<_> =
            page.regions.iter().filter(|other| other != region).map(|other| &other.polygon).collect();
        paper::well_within(&region.polygon, &others).filter(|point| {
            let y = place.2 + point.y * place.4;
            y > top + 20.0 && y < top + height - 20.0
        })
    };
    let (region, point) =
        page.regions.iter().find_map(|region| Some((region, in_sight(&region)?))).expect("a region in sight");
    let whole = Ids::whole(issue, &region.article);
    reader.hover(point, ids.id(issue, &region.article), &whole).await;
    reader.click(point).await;
    reader.wait_article(&whole).await;
    window.click("close-article").await;
    window.wait_gone("article").await;

    // j and PageDown go to the next page's top, k and PageUp back; the space bar goes on by a screen.
    for (key, index) in [('j', 2), (Key::PageDown.into(), 3), ('k', 2), (Key::PageUp.into(), 1)] {
        window.key(key).await;
        reader.wait_page(&issue.pages[index]).await;
        // A busy machine may not have drawn a single frame of the way yet.
        let at_top =
            "const [, y] = document.querySelector('[data-test=viewer]').dataset.rect.split(',').map(Number);
            return y >= arguments[0] - 1 && y < arguments[0] + arguments[1] / 2";
        window.until("the page's top is on the desk", at_top, &[json!(top), json!(height)]).await;
    }
    let before = rect(&window, "[data-test=viewer]").await[1];
    window.key(' ').await;
    let on = "const [, y] = document.querySelector('[data-test=paper][data-number=\"02\"]').dataset.rect.split(',').map(Number);
        return Math.abs(arguments[0] - y) < 3";
    window.until("a screen further on", on, &[json!(before - 0.85 * height)]).await;

    // At the roll's end is the issue's end.
    window.key(Key::End.into()).await;
    let last = issue.pages.last().expect("pages");
    reader.wait_page(last).await;
    for key in ['j', ' ', ' ', ' ', ' '] {
        window.key(key).await;
    }
    let at_end = "const paper = [...document.querySelectorAll('[data-test=paper]')].at(-1);
        const [, y, , height] = paper.dataset.rect.split(',').map(Number);
        return paper.dataset.number === arguments[0] && Math.abs(y + height + 14 - arguments[1]) < 3";
    window.until("the roll's end", at_end, &[json!(last.number), json!(top + height)]).await;
    reader.wait_page(last).await;
    let end = papers(&window, &reader).await;
    assert!(!end.iter().any(|paper| paper.0 == "01"), "the first page has gone: {end:?}");
    window.find(&format!("reader[data-date=\"{}\"]", issue.date)).await;

    // It is found again as it was left.
    window.key('k').await;
    let shown = &issue.pages[issue.pages.len() - 2];
    reader.wait_page(shown).await;
    let percent = reader.wait_percent("a zoom", |_| true).await;
    window.key('+').await;
    reader.wait_percent("larger", |now| now > percent).await;
    reader.wait_sharp().await;
    let left_at = papers(&window, &reader).await;
    // What is written a moment after the reader came to rest.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    window.close();
    let window = Window::open("roll-again", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    reader.wait_page(shown).await;
    reader.wait_sharp().await;
    let found = papers(&window, &reader).await;
    let place =
        |papers: &[Paper]| papers.iter().find(|paper| paper.0 == shown.number).cloned().expect("the page");
    let (left_at, found) = (place(&left_at), place(&found));
    assert!(
        (left_at.2 - found.2).abs() < 2.0 && (left_at.3 - found.3).abs() < 2.0,
        "{left_at:?} became {found:?}"
    );

    // Guided reading leads through it, and two pages beside each other are another way to lie.
    window.key('g').await;
    window.find("guided[data-parts]:not([data-parts=\"0\"])").await;
    window.find("guided-block").await;
    window.key(Key::Escape.into()).await;
    window.wait_gone("guided").await;
    window.key('d').await;
    window.find("roll-toggle[aria-pressed=false]").await;
    window.find("facing-toggle[aria-pressed=true]").await;
    window.close();
}

#[tokio::test]
async fn what_was_seen_of_each_page_is_seen_again_after_a_restart() {
    let _one = alone().await;
    let library = a_copy("restart");
    let issue = &ISSUES[0];
    let window = Window::open("restart", &library).await;
    let reader = open(&window, issue).await;
    reader.zoom_at(Point { x: 0.7, y: 0.6 }, 250).await;
    let first = papers(&window, &reader).await;
    window.key('j').await;
    reader.wait_page(&issue.pages[1]).await;
    window.key('w').await;
    reader.wait_percent("wider", |percent| percent > 110).await;
    let second = papers(&window, &reader).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    window.close();

    let window = Window::open("restart-again", &library).await;
    window.click(&cover(issue)).await;
    let reader = Reader::wait(&window).await;
    for (key, page, before) in [(None, 1, second), (Some('k'), 0, first)] {
        if let Some(key) = key {
            window.key(key).await;
        }
        reader.wait_page(&issue.pages[page]).await;
        reader.wait_sharp().await;
        let after = papers(&window, &reader).await;
        for (before, after) in before.iter().zip(&after) {
            let same = [(before.1, after.1), (before.2, after.2), (before.3, after.3), (before.4, after.4)];
            assert!(same.iter().all(|(a, b)| (a - b).abs() < 2.0), "{before:?} became {after:?}");
        }
    }
    window.close();
}

/// How far a place of the region layer may be from what is printed there, in pixels of the screen.
const NEAR: f64 = 2.0;
/// So far to either side it is looked for; a frame's text is further away.
const LOOK: i64 = 9;
/// Sites tell corners in whole pixels of a picture so wide and high, and go outwards; half as exact at worst.
const SITE: (f64, f64) = (350.0 / 2.0, 500.0 / 2.0);

/// Shows the page four times as large as when it is whole, with this point in the desk's middle, and waits for its type.
async fn four_times(window: &Window, reader: &Reader<'_>, point: Point) {
    window.key('0').await;
    reader.wait_percent("the whole page", |percent| percent == 100).await;
    for percent in [125, 150, 200, 250, 300, 400] {
        window.key('+').await;
        reader.wait_percent("a step larger", |now| now == percent).await;
    }
    let (x, y) = reader.place(point).await;
    let [left, top, width, height] = desk(window).await;
    // Two fingers on a trackpad, which the driver does not know.
    let slide = "document.querySelector('[data-test=viewer]').dispatchEvent(new WheelEvent('wheel', {
        deltaX: arguments[0], deltaY: arguments[1], clientX: arguments[2], clientY: arguments[3], bubbles: true, cancelable: true }))";
    let (dx, dy) = (x - left - width / 2.0, y - top - height / 2.0);
    window.script(slide, &[json!(dx), json!(dy), json!(left + 9.0), json!(top + 9.0)]).await;
    reader.place(point).await;
    window.find("viewer[data-state=\"sharp\"][data-exact=true]").await;
}

/// The daily's first page has two articles in a printed frame. Where the typesetter put those frames, the region layer
/// and the drawn page agree; the site's own outlines are as near as it tells them.
#[tokio::test]
async fn regions_lie_on_the_printed_frames_at_four_times_the_page() {
    let _one = alone().await;
    let library = a_copy("outlines");
    let issue = &ISSUES[0];
    let ids = Ids::of(&library, issue);
    let window = Window::open("outlines", &library).await;
    window.resize(1280, 800).await;
    let reader = open(&window, issue).await;
    let printed = paper::printed();
    let set = printed.issues().iter().find(|set| set.slug == issue.slug && set.date == issue.date);
    let set: Vec<_> =
        set.expect("the issue was typeset").pages[0].regions.iter().map(|r| &r.polygon).collect();
    let framed: Vec<_> = set.iter().filter(|polygon| is_framed(polygon)).collect();
    assert_eq!(framed.len(), 2, "the frames that this test knows are printed");
    for polygon in framed {
        let (x, y, w, h) = polygon.bounds();
        let apart = |region: &&kanbao_press::PublishedRegion| {
            let (left, top, ..) = region.polygon.bounds();
            (left - x).hypot(top - y)
        };
        let region =
            issue.pages[0].regions.iter().min_by(|a, b| apart(a).total_cmp(&apart(b))).expect("regions");
        let id = ids.id(issue, &region.article);
        // A point of each side where nothing else is near, and the way across it.
        let sides = [
            (Point { x, y: y + h / 2.0 }, (1, 0)),
            (Point { x: x + w, y: y + h / 2.0 }, (1, 0)),
            (Point { x: x + w * 0.02, y }, (0, 1)),
            (Point { x: x + w * 0.02, y: y + h }, (0, 1)),
        ];
        for (point, (across, down)) in sides {
            four_times(&window, &reader, point).await;
            // Where the region layer has this point on the screen, and the outline's sides.
            let script = "const region = document.querySelector(arguments[0]);
                const matrix = region.getScreenCTM();
                const there = (x, y) => { const { x: a, y: b } = new DOMPoint(x, y).matrixTransform(matrix); return [a, b]; };
                const corners = [...region.points].map(({ x, y }) => there(x, y));
                const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
                return [...there(arguments[1], arguments[2]), Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]";
            let css = json!(format!("[data-test=region][data-article=\"{id}\"]"));
            let found = window.script(script, &[css, json!(point.x), json!(point.y)]).await;
            let [at_x, at_y, left, right, top, bottom]: [f64; 6] =
                serde_json::from_value(found).expect("six numbers");
            let (wanted, lines) = if across == 1 { (at_x, [left, right]) } else { (at_y, [top, bottom]) };
            let outline = lines.map(|line| (line - wanted).abs()).into_iter().fold(f64::INFINITY, f64::min);
            let size = rect(&window, "[data-test=viewer]").await;
            let grain = if across == 1 { size[2] / SITE.0 } else { size[3] / SITE.1 };
            assert!(outline <= grain, "the outline is {outline:.2} from the frame, of {grain:.2}");

            let file = crate::fresh_folder("outlines-pictures").join("window.png");
            window.screenshot(file.as_std_path()).await;
            let shown = image::open(&file).expect("a picture of the window").into_luma8();
            let dark = |at: i64| {
                let (px, py) = (at_x.floor() as i64 + across * at, at_y.floor() as i64 + down * at);
                255.0 - f64::from(shown.get_pixel(px as u32, py as u32).0[0])
            };
            let ink: f64 = (-LOOK..=LOOK).map(dark).sum();
            assert!(ink > 150.0, "nothing is printed at {at_x:.0},{at_y:.0}");
            let weighed: f64 = (-LOOK..=LOOK).map(|at| dark(at) * (at as f64 + 0.5)).sum();
            let frame = wanted.floor() + weighed / ink;
            println!("{point:?}: the layer has it at {wanted:.2}, the print at {frame:.2}");
            assert!((wanted - frame).abs() <= NEAR, "the layer has {wanted:.2}, the print is at {frame:.2}");
        }
    }
    window.close();
}

/// Where the daily's newest front page has its frames, as its typesetter set them.
fn is_framed(polygon: &kanbao_newspaper::Polygon) -> bool {
    const FRAMES: [(f64, f64); 2] = [(0.352, 0.659), (0.664, 0.869)];
    let (left, top, ..) = polygon.bounds();
    FRAMES.iter().any(|(x, y)| (left - x).abs() < 0.001 && (top - y).abs() < 0.001)
}
