//! How long the window takes to answer a hand: for every kind of answer, from the event as the window's own clock
//! stamps it to the end of the first frame that shows what was asked for.

use fantoccini::key::Key;
use kanbao_tests::window::Window;
use serde::Deserialize;
use serde_json::json;

use crate::fixtures;
use crate::samples::Samples;

/// Of each answer.
const TIMES: usize = 15;
const WINDOW: (u32, u32) = (1680, 1000);

/// What was measured of one kind of answer.
struct Answer {
    name: &'static str,
    shown: Samples,
    /// The longest that the window's thread was busy without a pause, meanwhile.
    busy: Samples,
}

struct Trace {
    window: Window,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Taken {
    shown: f64,
    busy: f64,
}

/// Events that come with a hand's movement and press.
const CLICK: &str = "click";
const KEY: &str = "keydown";
const MOVE: &str = "pointermove";
/// A movement with the button down.
const DRAG: &str = "a drag";
const WHEEL: &str = "wheel";
const TYPED: &str = "input";

impl Trace {
    /// Does something to which the window answers, and measures until `condition` holds, a JavaScript expression that
    /// may compare with `before`, which is `state` as it was.
    async fn of(
        &mut self,
        name: &'static str,
        event: &str,
        state: &str,
        condition: &str,
        act: impl AsyncFnOnce(&Window),
    ) {
        let pressed = event == DRAG;
        let event = if pressed { MOVE } else { event };
        let arm = format!(
            "const state = () => {{ try {{ return {state} }} catch {{ return null }} }};
            const before = state();
            const holds = (now) => {{ try {{ return {condition} }} catch {{ return false }} }};
            if (holds(before)) return 'it holds already: ' + before;
            const trace = {{ at: null, taken: null }};
            window.benchTrace = trace;
            let last = performance.now(), busy = 0;
            // Tasks of our own, one after the other: the time between two is what others took.
            const channel = new MessageChannel();
            channel.port1.onmessage = () => {{
                const now = performance.now();
                if (trace.at !== null) busy = Math.max(busy, now - last);
                last = now;
                if (trace.taken === null) setTimeout(() => channel.port2.postMessage(0), 4);
            }};
            const end = (now) => {{ trace.taken = {{ shown: now - trace.at, busy: Math.max(0, busy - 5) }} }};
            const look = () => {{
                // What holds before a frame is painted is seen when the next one begins.
                if (holds(state())) requestAnimationFrame(() => end(performance.now()));
                else requestAnimationFrame(look);
            }};
            const heard = (event) => {{
                if (trace.at !== null || ({pressed} && !event.buttons)) return;
                removeEventListener('{event}', heard, {{ capture: true }});
                trace.at = event.timeStamp;
                last = performance.now();
                channel.port2.postMessage(0);
                requestAnimationFrame(look);
            }};
            addEventListener('{event}', heard, {{ capture: true }});
            return null"
        );
        let refused = self.window.script(&arm, &[]).await;
        assert!(refused.is_null(), "{name}: {refused}");
        act(&self.window).await;
        let taken = self.window.until(name, "return window.benchTrace.taken", &[]).await;
        let taken: Taken = serde_json::from_value(taken).expect("two times");
        let at = self.answers.iter().position(|answer| answer.name == name).unwrap_or_else(|| {
            self.answers.push(Answer { name, shown: Samples::default(), busy: Samples::default() });
            self.answers.len() - 1
        });
        self.answers[at].shown.value(taken.shown);
        self.answers[at].busy.value(taken.busy);
    }

    /// Opens something over the screen, and closes it again.
    async fn opens(&mut self, name: &'static str, event: &str, test: &str, act: impl AsyncFnOnce(&Window)) {
        let there = format!("!!document.querySelector('[data-test={test}]')");
        self.of(name, event, &there, "now", act).await;
        self.rest().await;
    }

    async fn closes(&mut self, name: &'static str, test: &str) {
        let there = format!("!document.querySelector('[data-test={test}]')");
        self.of(name, KEY, &there, "now", async |window| window.key(Key::Escape.into()).await).await;
        self.rest().await;
    }

    /// Waits until nothing moves, so that one answer is not counted into the next.
    async fn rest(&self) {
        let script = "const rect = document.querySelector('[data-test=viewer]')?.dataset.rect ?? 'none';
            window.benchRects = [...(window.benchRects ?? []), rect].slice(-3);
            const still = document.getAnimations().every((animation) => animation.playState !== 'running');
            return still && window.benchRects.length === 3 && window.benchRects.every((one) => one === rect)";
        self.window.until("the window is at rest", script, &[]).await;
    }

    async fn sharp(&self) {
        self.window.find("viewer[data-state=\"sharp\"]").await;
        self.rest().await;
    }
}

pub(crate) async fn measure() {
    let library = fixtures::large_library();
    let window = Window::open("bench-answers", &library).await;
    window.resize(WINDOW.0, WINDOW.1).await;
    window.find("cover img").await;
    let mut trace = Trace { window, answers: Vec::new() };
    for _ in 0..TIMES {
        on_the_newsstand(&mut trace).await;
        over_the_screen(&mut trace).await;
        in_the_issue(&mut trace).await;
    }
    for Answer { name, shown, busy } in &trace.answers {
        shown.print("shown", name, "ms");
        busy.print("busy", name, "ms");
    }
    trace.window.close();
}

async fn on_the_newsstand(trace: &mut Trace) {
    trace.window.find("newsstand").await;
    trace.rest().await;
    let calendar = async |window: &Window| window.click("calendar-open").await;
    trace.opens("the calendar opens", CLICK, "day", calendar).await;
    let month = "document.querySelector('[data-test=calendar]').textContent";
    let previous = async |window: &Window| window.click("calendar-previous").await;
    trace.of("the calendar turns to another month", CLICK, month, "now !== before", previous).await;
    trace.closes("the calendar closes", "calendar").await;
    let add = async |window: &Window| window.key('a').await;
    trace.opens("adding a newspaper opens", KEY, "add-address", add).await;
    trace.closes("adding a newspaper closes", "add-address").await;
    let scrolled = "document.querySelector('[data-test=newsstand] main').scrollTop";
    let overflows = "const main = document.querySelector('[data-test=newsstand] main'); main.scrollTop = 0;
        return main.scrollHeight > main.clientHeight + 40";
    if trace.window.script(overflows, &[]).await == json!(true) {
        let wheel = async |window: &Window| window.wheel(600.0, 500.0, 120).await;
        trace.of("the newsstand scrolls", WHEEL, scrolled, "now !== before", wheel).await;
        trace.window.script("document.querySelector('[data-test=newsstand] main').scrollTop = 0", &[]).await;
        trace.rest().await;
    }
}

async fn over_the_screen(trace: &mut Trace) {
    let settings = async |window: &Window| window.chord(&[Key::Control], ',').await;
    trace.opens("the settings open", KEY, "setting", settings).await;
    trace.closes("the settings close", "setting").await;
    trace.opens("the keys open", KEY, "key-sheet", async |window| window.key('?').await).await;
    trace.closes("the keys close", "key-sheet").await;
    trace.opens("the menu opens", CLICK, "menu-list", async |window| window.click("menu").await).await;
    trace.closes("the menu closes", "menu-list").await;
    let palette = async |window: &Window| window.chord(&[Key::Control], 'k').await;
    trace.opens("the palette opens", KEY, "palette-thing", palette).await;
    let found = "document.querySelector('[data-test=palette] ul').textContent";
    for letter in ['q', 'c'] {
        let typed = async |window: &Window| window.key(letter).await;
        trace.of("a letter finds in the palette", TYPED, found, "now !== before", typed).await;
    }
    trace.closes("the palette closes", "palette").await;
    // Light after night, night after light.
    let night = trace.window.script("return document.documentElement.dataset.colours === 'night'", &[]).await;
    let wanted = if night == json!(true) { "theme-light" } else { "theme-night" };
    trace.window.click("menu").await;
    trace.window.find("menu-list").await;
    trace.rest().await;
    let colours = "document.documentElement.dataset.colours";
    let item = format!("menu-item[data-command=\"{wanted}\"]");
    let change = async |window: &Window| window.click(&item).await;
    trace.of("night and day change", CLICK, colours, "now !== before", change).await;
    trace.window.wait_gone("menu-list").await;
    trace.rest().await;
}

async fn in_the_issue(trace: &mut Trace) {
    let cover = format!("cover[data-date=\"{}\"]", fixtures::DATE);
    let page = "document.querySelector('[data-test=viewer]').dataset.page";
    let opened = "['preview', 'sharp'].includes(document.querySelector('[data-test=viewer]').dataset.state)";
    let open = async |window: &Window| window.click(&cover).await;
    trace.of("an issue opens from the newsstand, its page whole", CLICK, opened, "now", open).await;
    trace.sharp().await;
    trace.window.click("rail-page[data-number=\"01\"]").await;
    trace.window.find("viewer[data-page=\"01\"]").await;
    trace.sharp().await;

    let next = async |window: &Window| window.key('j').await;
    trace.of("the page turns on, whole", KEY, page, "now !== before", next).await;
    trace.sharp().await;
    let back = async |window: &Window| window.key('k').await;
    trace.of("the page turns back, whole", KEY, page, "now !== before", back).await;
    trace.sharp().await;
    let third = async |window: &Window| window.click("rail-page[data-number=\"03\"]").await;
    trace.of("a page opens from the rail, whole", CLICK, page, "now !== before", third).await;
    trace.sharp().await;
    trace.window.click("rail-page[data-number=\"01\"]").await;
    trace.window.find("viewer[data-page=\"01\"]").await;
    trace.sharp().await;

    regions(trace).await;
    articles(trace).await;
    zooming(trace).await;
    guided(trace).await;

    let papers = "document.querySelectorAll('[data-test=paper]').length";
    let facing = async |window: &Window| window.key('d').await;
    trace.window.key('j').await;
    trace.window.find("viewer[data-page=\"02\"]").await;
    trace.sharp().await;
    trace.of("two pages lie side by side", KEY, papers, "now !== before", facing).await;
    trace.sharp().await;
    trace
        .of("one page lies alone again", KEY, papers, "now !== before", async |window| window.key('d').await)
        .await;
    trace.sharp().await;
    let rail = "!!document.querySelector('[data-test=rail-page]')";
    for _ in 0..2 {
        let toggle = async |window: &Window| window.key('b').await;
        trace.of("the rail comes and goes", KEY, rail, "now !== before", toggle).await;
        trace.sharp().await;
    }
    let newsstand = "!!document.querySelector('[data-test=newsstand]')";
    trace.of("back at the newsstand", KEY, newsstand, "now", async |window| window.key('h').await).await;
    trace.rest().await;
}

async fn regions(trace: &mut Trace) {
    let middle = "const area = ({ width, height }) => width * height;
        const regions = [...document.querySelectorAll('[data-test=region]')].map((region) => [region, region.getBoundingClientRect()]);
        const [region, { left, top, width, height }] = regions.sort((one, other) => area(other[1]) - area(one[1]))[0];
        for (let row = 1; row < 12; row++) for (let column = 1; column < 12; column++) {
            const place = new DOMPoint(left + (width * column) / 12, top + (height * row) / 12);
            if (region.isPointInFill(place.matrixTransform(region.getScreenCTM().inverse()))) return [place.x, place.y];
        }";
    let place = trace.window.script(middle, &[]).await;
    let [x, y]: [f64; 2] = serde_json::from_value(place).expect("a region's middle");
    // Beside the page, on the desk.
    let (aside_x, aside_y) = aside(trace).await;
    trace.window.point(aside_x, aside_y).await;
    trace.rest().await;
    let label = "!!document.querySelector('[data-test=region-label]')";
    let point = async |window: &Window| window.point(x, y).await;
    trace.of("a region is lit under the pointer", MOVE, label, "now", point).await;
    let marked = "!!document.querySelector('[data-test=region].open')";
    let click = async |window: &Window| window.click_at(x, y).await;
    trace.of("a clicked region is marked", "pointerdown", marked, "now", click).await;
    trace.window.find("article-body").await;
    trace.sharp().await;
    trace.closes("the article closes", "article-body").await;
    trace.sharp().await;
}

/// A point of the desk with no page on it.
async fn aside(trace: &Trace) -> (f64, f64) {
    let script = "const { left, top } = document.querySelector('[data-test=viewer]').getBoundingClientRect();
        return [left + 4, top + 4]";
    serde_json::from_value(trace.window.script(script, &[]).await).expect("two numbers")
}

async fn articles(trace: &mut Trace) {
    let text = "!!document.querySelector('[data-test=article-body]')?.textContent";
    let headline = "document.querySelector('[data-test=article-headline]').textContent";
    let open = async |window: &Window| window.click("headline").await;
    trace.of("an article opens from its headline", CLICK, text, "now", open).await;
    trace.sharp().await;
    for (name, key) in [("the next article opens", 'n'), ("the previous article opens", 'p')] {
        let beside = async |window: &Window| window.key(key).await;
        trace.of(name, KEY, headline, "now !== before", beside).await;
        trace.sharp().await;
    }
    let size = "getComputedStyle(document.querySelector('[data-test=article-body] p')).fontSize";
    for key in ['.', ','] {
        let other = async |window: &Window| window.key(key).await;
        trace.of("the text becomes larger or smaller", KEY, size, "now !== before", other).await;
        trace.rest().await;
    }
    let scrolled = "document.querySelector('[data-test=article-scroller]').scrollTop";
    let on = async |window: &Window| window.key(' ').await;
    trace.of("Space scrolls the text", KEY, scrolled, "now !== before", on).await;
    trace.rest().await;
    let width = "document.querySelector('[data-test=article]').getBoundingClientRect().width";
    let (x, y) = trace.window.middle("divider").await;
    let drag = async |window: &Window| window.drag((x, y), (x - 40.0, y)).await;
    trace.of("the pane follows its dragged edge", DRAG, width, "now !== before", drag).await;
    trace.sharp().await;
    let (x, y) = trace.window.middle("divider").await;
    trace.window.drag((x, y), (x + 40.0, y)).await;
    trace.sharp().await;
    trace.closes("the article closes", "article-body").await;
    trace.sharp().await;
}

async fn zooming(trace: &mut Trace) {
    let place = "document.querySelector('[data-test=viewer]').dataset.rect";
    trace
        .of("the page zooms a step", KEY, place, "now !== before", async |window| window.key('+').await)
        .await;
    trace.rest().await;
    let (x, y) = trace.window.middle("viewer").await;
    let wheel = async |window: &Window| window.wheel(x, y, -120).await;
    trace.of("the page zooms with the wheel", WHEEL, place, "now !== before", wheel).await;
    trace.rest().await;
    let arrow = async |window: &Window| window.key(Key::Down.into()).await;
    trace.of("an arrow key moves the page", KEY, place, "now !== before", arrow).await;
    trace.rest().await;
    let drag = async |window: &Window| window.drag((x, y), (x, y - 60.0)).await;
    trace.of("the page follows the dragging hand", DRAG, place, "now !== before", drag).await;
    trace.rest().await;
    // Its upper edge: what is seen is further down by now.
    let edge =
        "const { left, top, width } = document.querySelector('[data-test=minimap]').getBoundingClientRect();
        return [left + width / 2, top + 4]";
    let edge = trace.window.script(edge, &[]).await;
    let [map_x, map_y]: [f64; 2] = serde_json::from_value(edge).expect("two numbers");
    let map = async |window: &Window| window.click_at(map_x, map_y).await;
    trace.of("the page goes where the minimap is clicked", "pointerdown", place, "now !== before", map).await;
    trace.rest().await;
    let minimap = "!!document.querySelector('[data-test=minimap]')";
    for _ in 0..2 {
        let toggle = async |window: &Window| window.key('m').await;
        trace.of("the minimap comes and goes", KEY, minimap, "now !== before", toggle).await;
        trace.rest().await;
    }
    trace
        .of("the page is whole again", KEY, place, "now !== before", async |window| window.key('0').await)
        .await;
    trace.sharp().await;
}

async fn guided(trace: &mut Trace) {
    let start = async |window: &Window| window.key('g').await;
    trace.opens("guided reading begins", KEY, "guided-block", start).await;
    let step =
        "(({ index, part }) => `${index} ${part}`)(document.querySelector('[data-test=guided]').dataset)";
    let on = async |window: &Window| window.key('g').await;
    trace.of("guided reading goes on a step", KEY, step, "now !== before", on).await;
    trace.rest().await;
    trace.closes("guided reading ends", "guided").await;
    trace.sharp().await;
}
