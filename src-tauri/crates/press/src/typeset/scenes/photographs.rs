//! Scenes that stand for photographs.

use super::Canvas;

/// Draws the scene of this name, if there is one.
pub(super) fn draw(name: &str, mut c: Canvas) -> Option<String> {
    match name {
        "river-bridge" => river_bridge(&mut c),
        "river-morning" => river_morning(&mut c),
        "night-city" => night_city(&mut c),
        "market" => market(&mut c),
        "library" => library(&mut c),
        "mountains" => mountains(&mut c),
        "bus" => bus(&mut c),
        "old-street" => old_street(&mut c),
        "wetland" => wetland(&mut c),
        "terraces" => terraces(&mut c),
        "stage" => stage(&mut c),
        "runners" => runners(&mut c),
        "observatory" => observatory(&mut c),
        "ginkgo" => ginkgo(&mut c),
        "greenhouse" => greenhouse(&mut c),
        "kites" => kites(&mut c),
        "train" => train(&mut c),
        "ferry" => ferry(&mut c),
        "noodles" => noodles(&mut c),
        "pottery" => pottery(&mut c),
        "meeting" => meeting(&mut c),
        "crane" => crane(&mut c),
        "classroom" => classroom(&mut c),
        "football" => football(&mut c),
        _ => return None,
    }
    Some(c.finish())
}

const COATS: [&str; 8] =
    ["#7d2f2a", "#2f4a63", "#3e5a42", "#8a6a35", "#4a4350", "#b8a98c", "#355f6b", "#6b3f52"];
const SKIN: &str = "#d9a987";

fn sky(c: &mut Canvas, stops: &[(f32, &str)], bottom: f32) {
    let paint = c.gradient(stops);
    c.rect(0.0, 0.0, c.w, bottom, &paint);
}

fn clouds(c: &mut Canvas, count: usize, colour: &str, low: f32, high: f32) {
    c.blurred(14.0, |c| {
        for _ in 0..count {
            let (x, y) = (c.between(0.0, c.w), c.between(low, high) * c.h);
            let long = c.between(60.0, 220.0);
            c.group("opacity=\"0.5\"", |c| c.ellipse(x, y, long, long * 0.1, colour));
        }
    });
}

fn river_bridge(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let water = h * 0.6;
    sky(c, &[(0.0, "#35506e"), (0.5, "#c98f6a"), (1.0, "#f3cf9b")], water);
    clouds(c, 12, "#f7d9b4", 0.08, 0.4);
    c.blurred(6.0, |c| c.circle(w * 0.7, h * 0.5, 34.0, "#fff3d0"));
    c.ridge(water - h * 0.03, h * 0.16, "#8b7f86");
    c.ridge(water, h * 0.09, "#5d5c69");
    for i in 0..26 {
        let x = i as f32 / 26.0 * w + c.between(-12.0, 12.0);
        let tall = c.between(0.03, 0.15) * h;
        let wide = c.between(18.0, 42.0);
        c.rect(x, water - tall, wide, tall, "#3f4252");
        if c.chance() > 0.3 {
            c.rect(x + 6.0, water - tall * 0.7, 4.0, 5.0, "#ffd98a");
        }
    }
    let paint = c.gradient(&[(0.0, "#e0b183"), (0.35, "#8c7671"), (1.0, "#2c3a4c")]);
    c.rect(0.0, water, w, h - water, &paint);
    let deck = water - h * 0.13;
    let arches = 5;
    let span = w / arches as f32;
    let mut d = format!(
        "M0 {deck:.1} Q{:.1} {:.1} {w:.1} {deck:.1} L{w:.1} {:.1} ",
        w / 2.0,
        deck - h * 0.05,
        water + 6.0
    );
    for i in (0..arches).rev() {
        let (left, right) = (i as f32 * span + 13.0, (i + 1) as f32 * span - 13.0);
        d += &format!(
            "L{right:.1} {:.1} C{right:.1} {:.1} {left:.1} {:.1} {left:.1} {:.1} ",
            water + 6.0,
            deck + h * 0.008,
            deck + h * 0.008,
            water + 6.0
        );
    }
    d += &format!("L0 {:.1} Z", water + 6.0);
    c.path(&d, "fill=\"#2e2b33\"");
    c.group(
        &format!("transform=\"translate(0 {:.1}) scale(1 -0.8)\" opacity=\"0.4\"", water * 1.8 + 8.0),
        |c| {
            c.path(&d, "fill=\"#1d2430\"");
        },
    );
    for i in 0..14 {
        let x = (i as f32 + 0.5) / 14.0 * w;
        let y = deck - h * 0.05 * (1.0 - (x / w * 2.0 - 1.0).powi(2)) * 0.5;
        c.line((x, y), (x, y - h * 0.045), "#2e2b33", 2.4);
        c.circle(x, y - h * 0.048, 4.6, "#ffe3a3");
    }
    c.ripples(water + 8.0, 240, "#ffe2b8");
    c.ripples(water + 8.0, 120, "#1f2a38");
    let (x, y) = (w * 0.28, h * 0.82);
    c.path(&format!("M{:.0} {y:.0} q60 26 120 0 l-12 -3 h-96 z", x - 60.0), "fill=\"#1b1d22\"");
    c.person(x, y - 2.0, h * 0.12, "#20242c", "#8a6c5a");
    c.birds(7, 0.12, 0.35, "#3a3f4c");
}

fn river_morning(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let water = h * 0.52;
    sky(c, &[(0.0, "#aebfc4"), (1.0, "#e8e4d6")], water + 20.0);
    for (i, colour) in ["#b7c3c2", "#9db0ad", "#7e9793", "#64807a"].iter().enumerate() {
        c.ridge(water + i as f32 * h * 0.012, h * (0.3 - i as f32 * 0.055), colour);
    }
    let paint = c.gradient(&[(0.0, "#cfd6cd"), (1.0, "#5f7d7c")]);
    c.rect(0.0, water + h * 0.03, w, h, &paint);
    c.blurred(22.0, |c| c.rect(-50.0, water - h * 0.02, w + 100.0, h * 0.07, "#eef0e8cc"));
    c.ripples(water + h * 0.06, 200, "#f4f4ea");
    c.ripples(water + h * 0.1, 120, "#3f5c5c");
    for (x, y, s) in [(w * 0.62, h * 0.72, 1.3), (w * 0.27, h * 0.61, 0.7)] {
        c.path(
            &format!(
                "M{:.0} {y:.0} Q{x:.0} {:.0} {:.0} {:.0} Q{x:.0} {:.0} {:.0} {y:.0}",
                x - 110.0 * s,
                y + 34.0 * s,
                x + 110.0 * s,
                y - 6.0 * s,
                y + 16.0 * s,
                x - 110.0 * s
            ),
            "fill=\"#2d2a26\"",
        );
        c.path(&format!("M{:.0} {:.0} q34 -44 72 0 z", x - 30.0 * s, y + 8.0 * s), "fill=\"#5b4c38\"");
        c.person(x + 74.0 * s, y + 6.0 * s, 92.0 * s, "#3a4a48", "#a9866c");
        c.line((x + 86.0 * s, y - 60.0 * s), (x + 112.0 * s, y + 40.0 * s), "#4d3f2c", 2.6 * s);
    }
    for i in 0..40 {
        let x = w * 0.86 + c.between(-10.0, 150.0) + i as f32 * 0.2;
        let tall = c.between(0.12, 0.34) * h;
        let lean = c.between(-24.0, 10.0);
        c.line((x, h), (x + lean, h - tall), "#5d6a44", 3.0);
    }
    c.birds(5, 0.1, 0.3, "#5a6462");
}

fn night_city(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let water = h * 0.72;
    sky(c, &[(0.0, "#0c1430"), (0.7, "#27355f"), (1.0, "#6a5a78")], water);
    for _ in 0..60 {
        let (x, y) = (c.between(0.0, w), c.between(0.0, h * 0.4));
        c.circle(x, y, 1.2, "#ffffffaa");
    }
    c.circle(w * 0.82, h * 0.18, h * 0.055, "#fdf3d4");
    for (layer, colour) in ["#26345a", "#182344", "#0f1730"].iter().enumerate() {
        let mut x = -20.0;
        while x < w {
            let wide = c.between(40.0, 90.0);
            let tall = h * c.between(0.14, 0.46 - layer as f32 * 0.06);
            c.rect(x, water - tall, wide, tall, colour);
            if c.chance() > 0.7 {
                c.line((x + wide / 2.0, water - tall), (x + wide / 2.0, water - tall - 30.0), colour, 3.0);
            }
            if layer > 0 {
                let mut y = water - tall + 10.0;
                while y < water - 12.0 {
                    let mut column = x + 7.0;
                    while column < x + wide - 9.0 {
                        if c.chance() > 0.52 {
                            let lamp = c.one_of(&["#ffd77a", "#ffe9b8", "#f7b65a", "#bfe0ff"]);
                            c.rect(column, y, 5.0, 6.5, lamp);
                        }
                        column += 11.0;
                    }
                    y += 14.0;
                }
            }
            x += wide + c.between(2.0, 16.0);
        }
    }
    let paint = c.gradient(&[(0.0, "#2a3157"), (1.0, "#090d1f")]);
    c.rect(0.0, water, w, h - water, &paint);
    for _ in 0..46 {
        let x = c.between(0.0, w);
        let colour = c.one_of(&["#ffd77a", "#f7b65a", "#8fb8ff", "#ff8f6a"]);
        let long = c.between(0.05, 0.22) * h;
        c.group("opacity=\"0.35\"", |c| c.rect(x, water + 2.0, 5.0, long, colour));
    }
    c.ripples(water, 240, "#c9b98a");
    c.ripples(water, 160, "#060914");
}

fn market(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let back = c.gradient(&[(0.0, "#6d6257"), (1.0, "#b9a78d")]);
    c.rect(0.0, 0.0, w, h, &back);
    for i in 0..5 {
        let x = i as f32 * w / 5.0;
        c.rect(x + 8.0, h * 0.18, w / 5.0 - 16.0, h * 0.36, "#57493d");
        c.circle(x + w / 10.0, h * 0.16, 13.0, "#fff0c4");
    }
    c.blurred(18.0, |c| {
        for i in 0..5 {
            c.circle((i as f32 + 0.5) * w / 5.0, h * 0.17, 44.0, "#ffe9b066");
        }
    });
    for i in 0..5 {
        let (x, wide) = (i as f32 * w / 5.0, w / 5.0);
        let colours = if i % 2 == 0 { ["#a8342a", "#efe2c8"] } else { ["#2f6b57", "#efe2c8"] };
        for k in 0..8 {
            let left = x + k as f32 * wide / 8.0;
            c.path(
                &format!(
                    "M{left:.1} {:.1} h{:.1} v{:.1} q{:.1} 16 {:.1} 0 z",
                    h * 0.2,
                    wide / 8.0,
                    h * 0.11,
                    -wide / 16.0,
                    -wide / 8.0
                ),
                &format!("fill=\"{}\"", colours[k % 2]),
            );
        }
    }
    for i in 0..9 {
        let x = (i as f32 + 0.5) / 9.0 * w + c.between(-18.0, 18.0);
        let coat = c.one_of(&COATS);
        let tall = h * c.between(0.36, 0.44);
        c.person(x, h * 0.78, tall, coat, SKIN);
    }
    for row in 0..3 {
        let y = h * (0.66 + row as f32 * 0.115);
        c.rect(0.0, y, w, h * 0.13, ["#6a5138", "#7a5e41", "#8a6b4a"][row]);
        let colour_sets = [
            ["#c43a2c", "#e05a3a"],
            ["#6d9a3a", "#8ab84e"],
            ["#e39a2d", "#f2b84a"],
            ["#5f3a6d", "#7d4f8c"],
            ["#e8e0cf", "#f5efe2"],
            ["#b3243a", "#d04a5c"],
        ];
        let heaps = 7;
        for k in 0..heaps {
            let left = k as f32 / heaps as f32 * w;
            let set = colour_sets[(k + row * 2) % colour_sets.len()];
            for _ in 0..34 {
                let r = 8.0 + row as f32 * 3.0;
                let t = c.chance();
                let x = left + t * w / heaps as f32;
                let lift = (1.0 - (t * 2.0 - 1.0).powi(2)) * h * 0.055;
                let y = y + 6.0 - c.chance() * lift;
                let colour = c.one_of(&set);
                c.circle(x, y, r, "#00000038");
                c.circle(x - 1.5, y - 2.0, r, colour);
                c.circle(x - r * 0.35, y - r * 0.45, r * 0.22, "#ffffff77");
            }
        }
        c.rect(0.0, y + h * 0.03, w, h * 0.09, ["#54402c", "#614a33", "#6e553b"][row]);
        for k in 0..heaps {
            let x = (k as f32 + 0.5) / heaps as f32 * w;
            c.rect(x - 26.0, y + h * 0.045, 52.0, 24.0, "#f4ead2");
            c.line((x - 17.0, y + h * 0.045 + 9.0), (x + 17.0, y + h * 0.045 + 9.0), "#a33", 2.4);
            c.line((x - 12.0, y + h * 0.045 + 17.0), (x + 12.0, y + h * 0.045 + 17.0), "#555", 1.6);
        }
    }
}

fn library(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let wall = c.gradient(&[(0.0, "#e9dcc0"), (1.0, "#b89b6c")]);
    c.rect(0.0, 0.0, w, h, &wall);
    let shelves = 5;
    for bay in 0..4 {
        let x = bay as f32 * w / 4.0 + 8.0;
        let wide = w / 4.0 - 16.0;
        c.rect(x, h * 0.03, wide, h * 0.67, "#5d3f26");
        for shelf in 0..shelves {
            let tall = h * 0.67 / shelves as f32;
            let y = h * 0.03 + shelf as f32 * tall;
            c.rect(x + 7.0, y + 6.0, wide - 14.0, tall - 10.0, "#2e1e12");
            let mut left = x + 9.0;
            while left < x + wide - 18.0 {
                let thick = c.between(6.0, 15.0);
                let high = (tall - 14.0) * c.between(0.68, 0.98);
                let colour = c.one_of(&[
                    "#8c3b2e", "#34566b", "#55683d", "#c9a24d", "#5b4763", "#d8cbb0", "#7a5433", "#27413c",
                    "#a8674a",
                ]);
                if c.chance() > 0.08 {
                    c.rect(left, y + tall - 5.0 - high, thick - 1.0, high, colour);
                    c.rect(left, y + tall - 5.0 - high * 0.8, thick - 1.0, 3.0, "#ffffff55");
                }
                left += thick;
            }
        }
    }
    c.blurred(40.0, |c| {
        for i in 0..3 {
            c.circle((i as f32 + 0.5) / 3.0 * w, h * 0.66, 110.0, "#ffedb055");
        }
    });
    let floor = c.gradient(&[(0.0, "#8d6a43"), (1.0, "#5c4229")]);
    c.rect(0.0, h * 0.78, w, h * 0.22, &floor);
    for i in 0..6 {
        let x = (i as f32 + 0.5) / 6.0 * w + c.between(-14.0, 14.0);
        let coat = c.one_of(&COATS);
        c.person(x, h * 0.98, h * 0.42, coat, SKIN);
    }
    c.rect(0.0, h * 0.8, w, h * 0.035, "#a67a49");
    c.rect(0.0, h * 0.835, w, h * 0.17, "#7b5530");
    for i in 0..6 {
        let x = (i as f32 + 0.5) / 6.0 * w;
        c.path(
            &format!(
                "M{:.0} {y:.0} q23 -12 46 0 q23 -12 46 0 v-20 q-23 -12 -46 0 q-23 -12 -46 0 z",
                x - 46.0,
                y = h * 0.815
            ),
            "fill=\"#f6efdf\" stroke=\"#9a8765\" stroke-width=\"1.5\"",
        );
    }
    for i in 0..3 {
        let x = (i as f32 + 0.5) / 3.0 * w + w / 12.0;
        c.line((x, h * 0.8), (x, h * 0.66), "#3b352b", 4.0);
        c.path(&format!("M{:.0} {y:.0} l22 -32 h36 l22 32 z", x - 40.0, y = h * 0.68), "fill=\"#2f6b57\"");
        c.rect(x - 36.0, h * 0.68, 72.0, 5.0, "#fff2c0");
    }
}

fn mountains(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#8fa9bd"), (0.6, "#dbe0da"), (1.0, "#f2ead6")], h);
    for (i, colour) in ["#b9c6c9", "#9bb0b5", "#7c979c", "#5a7a7c", "#3f605c", "#2b4640"].iter().enumerate() {
        let base = h * (0.5 + i as f32 * 0.1);
        c.ridge(base, h * (0.38 - i as f32 * 0.04), colour);
        c.blurred(26.0, |c| c.rect(-60.0, base - h * 0.02, w + 120.0, h * 0.06, "#f3f1e6aa"));
    }
    for _ in 0..46 {
        let x = c.between(0.0, w);
        let y = h * c.between(0.93, 1.03);
        let tall = h * c.between(0.09, 0.2);
        for k in 0..4 {
            let top = y - tall + k as f32 * tall * 0.19;
            let half = tall * (0.09 + k as f32 * 0.05);
            c.polygon(&[(x, top), (x - half, top + tall * 0.32), (x + half, top + tall * 0.32)], "#1c332d");
        }
    }
    c.birds(6, 0.1, 0.3, "#4f5f63");
}

fn bus(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#b7cdd8"), (1.0, "#eae6da")], h * 0.7);
    let mut x = -10.0;
    while x < w {
        let (wide, tall) = (c.between(70.0, 140.0), h * c.between(0.28, 0.56));
        let wall = c.one_of(&["#b5a996", "#9fa7a3", "#c3b49a", "#8f9a9e"]);
        c.rect(x, h * 0.68 - tall, wide, tall, wall);
        let mut y = h * 0.68 - tall + 12.0;
        while y < h * 0.6 {
            let mut left = x + 9.0;
            while left < x + wide - 16.0 {
                c.rect(left, y, 11.0, 14.0, "#5d6b74");
                left += 21.0;
            }
            y += 26.0;
        }
        x += wide + 4.0;
    }
    for i in 0..7 {
        let x = (i as f32 + 0.3) / 7.0 * w;
        c.tree(x, h * 0.72, h * 0.34, &["#c9962f", "#b87e24", "#d9ae4a", "#8f8a3c"]);
    }
    c.rect(0.0, h * 0.7, w, h * 0.06, "#a9a399");
    let road = c.gradient(&[(0.0, "#5a5b5e"), (1.0, "#38393c")]);
    c.rect(0.0, h * 0.76, w, h * 0.24, &road);
    for i in 0..8 {
        c.rect(i as f32 * w / 8.0 + 20.0, h * 0.93, 64.0, 6.0, "#e5e0d0");
    }
    let (left, top, long, tall) = (w * 0.2, h * 0.4, w * 0.62, h * 0.44);
    c.ellipse(left + long / 2.0, top + tall + 6.0, long * 0.52, 13.0, "#00000066");
    c.path(
        &format!(
            "M{left:.0} {:.0} q0 -26 26 -26 h{:.0} q30 0 34 40 l8 {:.0} v{:.0} h-{:.0} z",
            top + 26.0,
            long - 60.0,
            tall * 0.4,
            tall * 0.6 - 40.0 + 0.0,
            long + 8.0
        ),
        "fill=\"#2f7d6b\"",
    );
    c.rect(left, top + tall * 0.62, long + 8.0, tall * 0.1, "#e9e3d0");
    for i in 0..6 {
        let x = left + 18.0 + i as f32 * (long - 90.0) / 6.0;
        c.rect(x, top + 24.0, (long - 90.0) / 6.0 - 9.0, tall * 0.36, "#cfe0e4");
        let coat = c.one_of(&COATS);
        c.circle(x + 26.0, top + tall * 0.3, 11.0, SKIN);
        c.rect(x + 12.0, top + tall * 0.34, 28.0, tall * 0.1, coat);
    }
    c.path(
        &format!("M{:.0} {:.0} h42 l14 {:.0} h-56 z", left + long - 62.0, top + 24.0, tall * 0.44),
        "fill=\"#dbe9ec\"",
    );
    for x in [left + long * 0.18, left + long * 0.78] {
        c.circle(x, top + tall, tall * 0.13, "#1d1d1f");
        c.circle(x, top + tall, tall * 0.06, "#9b9b98");
    }
    c.circle(left + long - 4.0, top + tall * 0.84, 9.0, "#fff3c0");
    c.rect(left + 70.0, top + 4.0, 190.0, 17.0, "#1b1f1c");
    c.rect(left + 78.0, top + 9.0, 150.0, 6.0, "#f0a030");
    c.line((w * 0.09, h * 0.78), (w * 0.09, h * 0.4), "#3d4a52", 7.0);
    c.rect(w * 0.04, h * 0.36, w * 0.1, h * 0.1, "#2b5d8a");
    for i in 0..3 {
        let coat = c.one_of(&COATS);
        c.person(w * (0.05 + i as f32 * 0.055), h * 0.86, h * 0.32, coat, SKIN);
    }
}

fn old_street(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#c3d2d6"), (1.0, "#f0e9d8")], h * 0.6);
    let ground = c.gradient(&[(0.0, "#9c958a"), (1.0, "#6a645c")]);
    c.rect(0.0, h * 0.6, w, h * 0.4, &ground);
    for side in [0.0_f32, 1.0] {
        for i in 0..5 {
            let far = i as f32 / 5.0;
            let near = 1.0 - far;
            let outer = if side == 0.0 { far * w * 0.42 } else { w - far * w * 0.42 };
            let inner = if side == 0.0 { (far + 0.2) * w * 0.42 } else { w - (far + 0.2) * w * 0.42 };
            let (top, foot) = (h * (0.04 + far * 0.34), h * (1.02 - far * 0.36));
            let (top2, foot2) = (h * (0.04 + (far + 0.2) * 0.34), h * (1.02 - (far + 0.2) * 0.36));
            let shade = ["#f3eee2", "#e6dfd0", "#efe8da", "#ddd5c5", "#e9e2d3"][i];
            c.polygon(&[(outer, top), (inner, top2), (inner, foot2), (outer, foot)], shade);
            let lift = 34.0 * near + 8.0;
            c.polygon(
                &[
                    (outer, top - lift * 0.3),
                    (inner, top2 - lift * 0.2),
                    (inner, top2 + lift * 0.8),
                    (outer, top + lift),
                ],
                "#3c3f42",
            );
            let middle = f32::midpoint(outer, inner);
            let (dy, dh) = (f32::midpoint(top, top2) + (foot - top) * 0.52, (foot - top) * 0.4);
            c.rect(middle - 22.0 * near - 5.0, dy, 44.0 * near + 10.0, dh * 0.98, "#5a3a28");
            c.rect(middle - 17.0 * near - 4.0, dy - dh * 0.45, 34.0 * near + 8.0, dh * 0.3, "#6d4a33");
            let lantern = middle + if side == 0.0 { 36.0 * near } else { -36.0 * near };
            c.line((lantern, dy - dh * 0.45), (lantern, dy - dh * 0.1), "#4b3a2a", 2.0);
            c.ellipse(lantern, dy, 15.0 * near + 4.0, 19.0 * near + 5.0, "#b5271d");
            c.rect(lantern - 5.0 * near, dy + 18.0 * near + 4.0, 10.0 * near, 12.0 * near + 3.0, "#d9a437");
        }
    }
    for _ in 0..150 {
        let t = c.chance();
        let y = h * (0.66 + t * 0.34);
        let half = w * (0.1 + t * 0.42);
        let x = w / 2.0 + c.between(-half, half);
        c.ellipse(x, y, 16.0 + t * 30.0, 3.0 + t * 7.0, "#00000016");
    }
    c.ridge(h * 0.5, 0.0, "#00000000");
    for i in 0..9 {
        let t = (i as f32 / 9.0).powf(1.2);
        let x = w / 2.0 + c.between(-0.05, 0.05) * w + (i as f32 - 4.0) * w * 0.035 * (0.6 + t);
        let coat = c.one_of(&COATS);
        c.person(x, h * (0.68 + t * 0.26), h * (0.1 + t * 0.24), coat, SKIN);
    }
}

fn wetland(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let water = h * 0.4;
    sky(c, &[(0.0, "#7fa6bb"), (1.0, "#f3dfbd")], water + 5.0);
    clouds(c, 10, "#ffffff", 0.05, 0.28);
    c.ridge(water, h * 0.1, "#8fa39a");
    c.ridge(water + 4.0, h * 0.05, "#6f8a72");
    let paint = c.gradient(&[(0.0, "#d9d3b8"), (0.5, "#8fb0b3"), (1.0, "#3f6a74")]);
    c.rect(0.0, water, w, h - water, &paint);
    c.ripples(water, 280, "#fff8e4");
    for _ in 0..10 {
        let (x, y) = (c.between(0.0, w), h * c.between(0.45, 0.75));
        let (long, thick) = (c.between(40.0, 150.0), c.between(4.0, 9.0));
        c.ellipse(x, y, long, thick, "#8d8a4f");
    }
    for i in 0..6 {
        let (x, y) = (w * (0.16 + i as f32 * 0.135), h * (0.62 + 0.07 * (i as f32 * 2.1).sin()));
        let s = 0.8 + 0.3 * (i as f32 * 1.7).cos().abs();
        c.line((x - 5.0 * s, y), (x - 4.0 * s, y + 62.0 * s), "#2a2a28", 2.6 * s);
        c.line((x + 6.0 * s, y), (x + 8.0 * s, y + 62.0 * s), "#2a2a28", 2.6 * s);
        c.ellipse(x, y - 8.0 * s, 34.0 * s, 17.0 * s, "#fbfaf5");
        c.path(
            &format!("M{:.1} {:.1} q26 -26 10 -52 q-6 -20 10 -24", x + 22.0 * s, y - 12.0 * s),
            &format!(
                "fill=\"none\" stroke=\"#fbfaf5\" stroke-width=\"{:.1}\" stroke-linecap=\"round\"",
                9.0 * s
            ),
        );
        c.polygon(
            &[(x + 44.0 * s, y - 90.0 * s), (x + 74.0 * s, y - 84.0 * s), (x + 44.0 * s, y - 82.0 * s)],
            "#c98a2b",
        );
        c.group("opacity=\"0.35\"", |c| c.ellipse(x, y + 76.0 * s, 30.0 * s, 7.0 * s, "#ffffff"));
    }
    for _ in 0..240 {
        let x = c.between(-10.0, w);
        let edge = ((x / w - 0.5).abs() * 2.0).powf(1.6);
        let tall = h * (0.08 + edge * 0.42) * c.between(0.6, 1.0);
        let colour = c.one_of(&["#6d7a3a", "#8d8a4a", "#4e6135", "#b39a5a"]);
        let lean = c.between(-26.0, 26.0);
        c.line((x, h), (x + lean, h - tall), colour, 3.0);
        if c.chance() > 0.72 {
            c.ellipse(x + lean, h - tall, 5.0, 15.0, "#7d5a32");
        }
    }
    c.birds(9, 0.06, 0.26, "#4d5a5d");
}

fn terraces(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#9dbac6"), (1.0, "#ece6cf")], h * 0.5);
    c.ridge(h * 0.42, h * 0.26, "#9fb3ae");
    c.ridge(h * 0.48, h * 0.16, "#7d988a");
    let layers = 15;
    for i in 0..layers {
        let t = i as f32 / layers as f32;
        let y = h * (0.4 + t * t * 0.52 + t * 0.1);
        let phase = i as f32 * 0.7;
        let colour = ["#7fa04e", "#6a8f42", "#8fae5a", "#587d38", "#a4b968"][i % 5];
        let mut points = vec![(0.0, h)];
        for step in 0..=60 {
            let s = step as f32 / 60.0;
            points
                .push((s * w, y + (s * 6.0 + phase).sin() * h * 0.03 + (s * 2.3 - phase).cos() * h * 0.035));
        }
        points.push((w, h));
        c.polygon(&points, colour);
        for step in 0..130 {
            let s = step as f32 / 130.0;
            let py = y + (s * 6.0 + phase).sin() * h * 0.03 + (s * 2.3 - phase).cos() * h * 0.035;
            c.ellipse(s * w, py + 4.0 + t * 5.0, 4.0 + t * 6.0, 3.0 + t * 6.0, "#3d5c2b");
        }
    }
    for i in 0..4 {
        let (x, y) = (w * (0.2 + i as f32 * 0.2), h * (0.72 + 0.05 * (i % 2) as f32));
        let coat = c.one_of(&COATS);
        c.person(x, y, h * 0.16, coat, SKIN);
        c.polygon(
            &[(x - h * 0.05, y - h * 0.142), (x, y - h * 0.178), (x + h * 0.05, y - h * 0.142)],
            "#dcc48a",
        );
    }
}

fn stage(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#150b0d");
    let back = c.gradient(&[(0.0, "#2b3a5c"), (1.0, "#c78b5a")]);
    c.rect(w * 0.12, h * 0.08, w * 0.76, h * 0.66, &back);
    c.circle(w * 0.62, h * 0.28, h * 0.09, "#f9e9bb");
    c.ridge(h * 0.62, 0.0, "#00000000");
    c.polygon(
        &[
            (w * 0.12, h * 0.6),
            (w * 0.3, h * 0.4),
            (w * 0.44, h * 0.55),
            (w * 0.6, h * 0.42),
            (w * 0.88, h * 0.6),
            (w * 0.88, h * 0.74),
            (w * 0.12, h * 0.74),
        ],
        "#3a3b52",
    );
    let floor = c.gradient(&[(0.0, "#a56a3c"), (1.0, "#4f2f1c")]);
    c.polygon(&[(w * 0.12, h * 0.74), (w * 0.88, h * 0.74), (w, h * 0.9), (0.0, h * 0.9)], &floor);
    c.blurred(20.0, |c| {
        c.polygon(&[(w * 0.3, 0.0), (w * 0.22, h * 0.84), (w * 0.48, h * 0.84)], "#fff2c83a");
        c.polygon(&[(w * 0.7, 0.0), (w * 0.5, h * 0.84), (w * 0.8, h * 0.84)], "#fff2c83a");
    });
    for side in [0.0_f32, 1.0] {
        for k in 0..9 {
            let x = if side == 0.0 { k as f32 * w * 0.02 } else { w - (k + 1) as f32 * w * 0.02 };
            let colour = if k % 2 == 0 { "#8a1c1c" } else { "#6b1414" };
            c.rect(x, 0.0, w * 0.021, h * 0.9, colour);
        }
    }
    for k in 0..20 {
        let x = k as f32 * w / 20.0;
        c.path(
            &format!("M{x:.0} 0 h{:.0} v{:.0} q{:.0} 34 -{:.0} 0 z", w / 20.0, h * 0.07, -w / 40.0, w / 20.0),
            if k % 2 == 0 { "fill=\"#9c2222\"" } else { "fill=\"#7d1919\"" },
        );
    }
    for (i, x) in [0.3_f32, 0.41, 0.56, 0.68].iter().enumerate() {
        let robe = ["#d8d2c2", "#a93a4c", "#e0a83c", "#37708a"][i];
        let (x, y, t) = (x * w, h * 0.83, h * 0.4);
        c.path(
            &format!(
                "M{:.0} {:.0} Q{x:.0} {:.0} {:.0} {:.0} L{:.0} {y:.0} L{:.0} {y:.0} Z",
                x - t * 0.13,
                y - t * 0.74,
                y - t * 0.9,
                x + t * 0.13,
                y - t * 0.74,
                x + t * 0.27,
                x - t * 0.27
            ),
            &format!("fill=\"{robe}\""),
        );
        let lift = if i % 2 == 0 { -0.2 } else { 0.12 };
        c.path(
            &format!(
                "M{:.0} {:.0} q{:.0} {:.0} {:.0} {:.0}",
                x + t * 0.1,
                y - t * 0.7,
                t * 0.2,
                t * lift,
                t * 0.34,
                t * (lift + 0.1)
            ),
            &format!(
                "stroke=\"{robe}\" stroke-width=\"{:.0}\" fill=\"none\" stroke-linecap=\"round\"",
                t * 0.12
            ),
        );
        c.circle(x, y - t * 0.88, t * 0.085, "#f0cdb0");
        c.circle(x, y - t * 0.95, t * 0.075, "#16121a");
        c.circle(x - t * 0.06, y - t * 1.0, t * 0.026, "#d9b23c");
        c.circle(x + t * 0.06, y - t * 1.0, t * 0.026, "#d9b23c");
    }
    for i in 0..17 {
        let x = (i as f32 + 0.5) / 17.0 * w + c.between(-8.0, 8.0);
        let r = h * c.between(0.034, 0.042);
        c.circle(x, h * 0.94, r, "#0c0708");
        c.ellipse(x, h * 1.02, r * 1.9, r * 1.7, "#0c0708");
    }
}

fn runners(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#7fb0d0"), (1.0, "#e2ebe6")], h * 0.4);
    c.ridge(h * 0.32, h * 0.14, "#8fa8a4");
    c.rect(0.0, h * 0.3, w, h * 0.14, "#8a8f96");
    for _ in 0..700 {
        let (x, y) = (c.between(0.0, w), h * c.between(0.31, 0.43));
        let colour = c.one_of(&["#c43a2c", "#e8e0cf", "#2f4a63", "#e0a83c", "#4a4350", "#d9a987"]);
        c.circle(x, y, 3.6, colour);
    }
    c.rect(0.0, h * 0.44, w, h * 0.05, "#4f7d3c");
    let track = c.gradient(&[(0.0, "#b9523c"), (1.0, "#8d3526")]);
    c.rect(0.0, h * 0.49, w, h * 0.51, &track);
    for i in 0..6 {
        let y = h * (0.52 + (i as f32 / 6.0).powf(1.5) * 0.5);
        c.line((0.0, y), (w, y + h * 0.03), "#f4efe6", 2.0 + i as f32);
    }
    for i in 0..6 {
        let (x, y, t) = (
            w * (0.12 + i as f32 * 0.155),
            h * (0.72 + (i % 3) as f32 * 0.09),
            h * (0.3 + (i % 3) as f32 * 0.05),
        );
        let vest = COATS[i % COATS.len()];
        c.ellipse(x, y, t * 0.26, t * 0.03, "#00000044");
        let limb = |a: (f32, f32), b: (f32, f32), d: (f32, f32)| {
            format!(
                "M{:.1} {:.1} L{:.1} {:.1} L{:.1} {:.1}",
                x + a.0 * t,
                y + a.1 * t,
                x + b.0 * t,
                y + b.1 * t,
                x + d.0 * t,
                y + d.1 * t
            )
        };
        let skin = format!(
            "fill=\"none\" stroke=\"{SKIN}\" stroke-width=\"{:.1}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"",
            t * 0.075
        );
        c.path(&limb((0.0, -0.46), (0.17, -0.3), (0.1, -0.06)), &skin);
        c.path(&limb((0.0, -0.46), (-0.1, -0.24), (-0.3, -0.2)), &skin);
        c.path(&limb((0.05, -0.78), (-0.12, -0.64), (-0.2, -0.78)), &skin);
        c.path(&limb((0.05, -0.78), (0.18, -0.64), (0.28, -0.76)), &skin);
        c.path(
            &limb((0.05, -0.8), (0.02, -0.6), (0.0, -0.45)),
            &format!(
                "fill=\"none\" stroke=\"{vest}\" stroke-width=\"{:.1}\" stroke-linecap=\"round\"",
                t * 0.17
            ),
        );
        c.rect(x - t * 0.02, y - t * 0.68, t * 0.08, t * 0.07, "#fff");
        c.circle(x + t * 0.09, y - t * 0.95, t * 0.075, SKIN);
        c.path(
            &format!(
                "M{:.1} {:.1} a{r:.1} {r:.1} 0 0 1 {:.1} 0 z",
                x + t * 0.01,
                y - t * 0.96,
                t * 0.16,
                r = t * 0.08
            ),
            "fill=\"#1d1a19\"",
        );
    }
}

fn observatory(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#060a1e"), (0.7, "#1d2c52"), (1.0, "#4d5577")], h);
    c.blurred(30.0, |c| {
        for i in 0..34 {
            let t = i as f32 / 34.0;
            let (x, y) = (w * (0.1 + t * 0.9), h * (0.72 - t * 0.72));
            let r = c.between(24.0, 60.0);
            let dx = c.between(-40.0, 40.0);
            c.circle(x + dx, y, r, "#a9b4d833");
        }
    });
    for _ in 0..420 {
        let (x, y) = (c.between(0.0, w), c.between(0.0, h * 0.85));
        let r = c.chance().powi(3) * 2.6 + 0.5;
        let colour = c.one_of(&["#ffffff", "#dfe8ff", "#fff0d0"]);
        c.circle(x, y, r, colour);
    }
    c.line((w * 0.2, h * 0.12), (w * 0.36, h * 0.22), "#ffffffb0", 2.0);
    c.ridge(h * 0.86, h * 0.14, "#151d30");
    c.ridge(h * 0.95, h * 0.08, "#0b101c");
    let (x, y, r) = (w * 0.6, h * 0.72, h * 0.2);
    c.rect(x - r, y, r * 2.0, h * 0.2, "#c9cbd2");
    c.rect(x - r, y, r * 0.6, h * 0.2, "#ffffff30");
    c.path(&format!("M{:.0} {y:.0} a{r:.0} {r:.0} 0 0 1 {:.0} 0 z", x - r, r * 2.0), "fill=\"#e4e5ea\"");
    c.path(
        &format!(
            "M{:.0} {y:.0} L{:.0} {:.0} A{r:.0} {r:.0} 0 0 0 {:.0} {:.0} L{:.0} {y:.0} z",
            x - r * 0.16,
            x - r * 0.42,
            y - r * 0.9,
            x - r * 0.1,
            y - r * 0.99,
            x + r * 0.16
        ),
        "fill=\"#1a1f30\"",
    );
    c.line((x, y - r * 0.3), (x - r * 0.34, y - r * 1.06), "#8a93a8", r * 0.13);
    c.rect(x - r * 0.2, y + h * 0.08, r * 0.4, h * 0.12, "#ffdf9a");
    for i in 0..4 {
        c.person(w * (0.16 + i as f32 * 0.07), h * 0.95, h * 0.17, "#0a0d16", "#1a1d28");
    }
}

fn ginkgo(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#a8c4d4"), (1.0, "#f2e6c4")], h * 0.7);
    let ground = c.gradient(&[(0.0, "#d9b24a"), (1.0, "#b8892a")]);
    c.rect(0.0, h * 0.6, w, h * 0.4, &ground);
    c.polygon(&[(w * 0.46, h * 0.6), (w * 0.54, h * 0.6), (w * 0.82, h), (w * 0.18, h)], "#b9ab95");
    let gold = ["#e8b62e", "#f2c84a", "#d99c1f", "#c98818", "#f6d976"];
    for i in (0..6).rev() {
        let t = 1.0 - i as f32 / 6.0;
        let tall = h * (0.26 + t * 0.62);
        let y = h * (0.61 + t * 0.3);
        c.tree(w * (0.44 - t * 0.36), y, tall, &gold);
        c.tree(w * (0.56 + t * 0.36), y, tall, &gold);
    }
    for _ in 0..420 {
        let t = c.chance();
        let (x, y) = (c.between(0.0, w), h * (0.62 + t * 0.38));
        let colour = c.one_of(&gold);
        c.ellipse(x, y, 2.5 + t * 5.0, 1.5 + t * 2.6, colour);
    }
    for _ in 0..50 {
        let (x, y) = (c.between(0.0, w), c.between(0.1, 0.8) * h);
        let colour = c.one_of(&gold);
        c.ellipse(x, y, 5.0, 3.4, colour);
    }
    for (x, y, t, coat) in [
        (0.47, 0.74, 0.2, "#7d2f2a"),
        (0.53, 0.75, 0.21, "#2f4a63"),
        (0.4, 0.92, 0.34, "#e8e0cf"),
        (0.62, 0.88, 0.29, "#3e5a42"),
    ] {
        c.person(w * x, h * y, h * t, coat, SKIN);
    }
}

fn greenhouse(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let air = c.gradient(&[(0.0, "#eef3ee"), (1.0, "#b9cdb4")]);
    c.rect(0.0, 0.0, w, h, &air);
    let eye = (w * 0.5, h * 0.42);
    for i in 0..8 {
        let t = (i as f32 / 8.0).powi(2) * 0.9 + 0.1;
        let (rx, ry) = (w * 0.62 * t, h * 0.56 * t);
        c.path(
            &format!(
                "M{:.0} {:.0} A{rx:.0} {ry:.0} 0 0 1 {:.0} {:.0}",
                eye.0 - rx,
                eye.1 + ry * 0.4,
                eye.0 + rx,
                eye.1 + ry * 0.4
            ),
            &format!("fill=\"none\" stroke=\"#8d9a96\" stroke-width=\"{:.1}\"", 1.5 + t * 7.0),
        );
    }
    for k in 0..9 {
        let angle = std::f32::consts::PI * (1.0 + k as f32 / 8.0);
        c.line(
            (eye.0 + angle.cos() * 30.0, eye.1 + angle.sin() * 20.0),
            (eye.0 + angle.cos() * w, eye.1 + angle.sin() * h),
            "#a3afab",
            2.0,
        );
    }
    for row in 0..7 {
        let side = row as f32 / 6.0 * 2.0 - 1.0;
        for k in 0..26 {
            let t = (k as f32 / 26.0).powf(1.8);
            let x = eye.0 + side * (14.0 + t * w * 0.75);
            let y = eye.1 + h * 0.06 + t * h * 0.56;
            let s = 4.0 + t * 34.0;
            for _ in 0..7 {
                let (dx, dy) = (c.between(-s, s), c.between(-s * 1.2, s * 0.3));
                let leaf = c.one_of(&["#3f7a36", "#58973f", "#2f6030", "#76ab4c"]);
                c.ellipse(x + dx, y + dy, s * 0.5, s * 0.3, leaf);
            }
            if c.chance() > 0.45 {
                let (dx, dy) = (c.between(-s, s), c.between(-s, 0.0));
                c.circle(x + dx, y + dy, s * 0.24, "#d33a26");
                c.circle(x + dx - s * 0.07, y + dy - s * 0.08, s * 0.06, "#ffffff99");
            }
        }
    }
    c.person(w * 0.4, h * 0.9, h * 0.5, "#e8e4da", SKIN);
    c.person(w * 0.58, h * 0.82, h * 0.4, "#2f5d7a", SKIN);
}

fn kites(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#5d9cc9"), (1.0, "#dcebea")], h * 0.78);
    clouds(c, 14, "#ffffff", 0.06, 0.5);
    c.ridge(h * 0.76, h * 0.1, "#88a38f");
    let grass = c.gradient(&[(0.0, "#8fae5a"), (1.0, "#5b7f37")]);
    c.rect(0.0, h * 0.76, w, h * 0.24, &grass);
    for i in 0..6 {
        let (px, py) = (w * (0.12 + i as f32 * 0.15), h * (0.92 + (i % 2) as f32 * 0.05));
        let (kx, ky) = (w * (0.16 + i as f32 * 0.145) + c.between(-30.0, 50.0), h * c.between(0.12, 0.46));
        let coat = COATS[i % 8];
        let tall = h * c.between(0.17, 0.26);
        c.person(px, py, tall, coat, SKIN);
        c.path(
            &format!("M{:.0} {:.0} Q{:.0} {:.0} {kx:.0} {ky:.0}", px + 10.0, py - h * 0.15, px, ky + h * 0.2),
            "fill=\"none\" stroke=\"#ffffffb0\" stroke-width=\"1.4\"",
        );
        let s = c.between(26.0, 46.0);
        let colour = ["#d33a26", "#f0b429", "#2f6b9a", "#7d3f8c", "#e8743a", "#2f8a6b"][i];
        c.polygon(&[(kx, ky - s), (kx + s * 0.7, ky), (kx, ky + s), (kx - s * 0.7, ky)], colour);
        c.polygon(&[(kx, ky - s), (kx + s * 0.7, ky), (kx, ky)], "#ffffff55");
        c.path(
            &format!("M{kx:.0} {:.0} q-14 20 4 38 q14 18 -2 36", ky + s),
            &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"3\""),
        );
    }
}

fn train(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#8fb3c7"), (1.0, "#efe4cb")], h * 0.6);
    c.ridge(h * 0.5, h * 0.34, "#9bb0ae");
    c.ridge(h * 0.56, h * 0.2, "#6f8f7d");
    c.ridge(h * 0.66, h * 0.08, "#507350");
    let field = c.gradient(&[(0.0, "#c9ae52"), (1.0, "#8f7a34")]);
    c.rect(0.0, h * 0.68, w, h * 0.32, &field);
    for _ in 0..400 {
        let t = c.chance();
        let (x, y) = (c.between(0.0, w), h * (0.72 + t * 0.28));
        c.line((x, y), (x + 2.0, y - 6.0 - t * 16.0), "#e3ca74", 1.4 + t * 1.4);
    }
    for i in 0..9 {
        let x = w * (i as f32 / 8.0);
        c.rect(x - 10.0, h * 0.56, 20.0, h * 0.24, "#b9b4a8");
    }
    c.rect(0.0, h * 0.53, w, h * 0.045, "#d3cec2");
    c.rect(0.0, h * 0.57, w, 4.0, "#8b877d");
    let (top, tall) = (h * 0.42, h * 0.11);
    c.path(
        &format!(
            "M0 {top:.0} h{:.0} q{:.0} 4 {:.0} {:.0} q-6 10 -40 {:.0} H0 z",
            w * 0.7,
            w * 0.12,
            w * 0.19,
            tall * 0.74,
            tall * 0.26
        ),
        "fill=\"#f4f4f2\"",
    );
    c.rect(0.0, top + tall * 0.66, w * 0.84, tall * 0.12, "#b5301f");
    for i in 0..17 {
        c.rect(10.0 + i as f32 * w * 0.041, top + tall * 0.24, w * 0.03, tall * 0.26, "#2c3c4a");
    }
    c.path(
        &format!("M{:.0} {:.0} q50 4 76 {:.0} h-80 z", w * 0.73, top + tall * 0.14, tall * 0.36),
        "fill=\"#22303c\"",
    );
    for i in 0..7 {
        let x = w * (i as f32 / 6.0);
        c.line((x, h * 0.53), (x, h * 0.33), "#6f7678", 4.0);
        c.line((x, h * 0.35), (x + 40.0, h * 0.36), "#6f7678", 3.0);
    }
    c.line((0.0, h * 0.36), (w, h * 0.36), "#5b6163", 1.6);
    c.birds(6, 0.08, 0.24, "#55646a");
}

fn ferry(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let water = h * 0.46;
    sky(c, &[(0.0, "#6fa0bd"), (1.0, "#f0e3c6")], water);
    clouds(c, 10, "#ffffff", 0.06, 0.3);
    c.ridge(water, h * 0.13, "#7f9a95");
    let paint = c.gradient(&[(0.0, "#b8c9bf"), (1.0, "#2f6478")]);
    c.rect(0.0, water, w, h - water, &paint);
    c.ripples(water, 320, "#f5f4e6");
    c.ripples(water + h * 0.1, 160, "#20495a");
    let (x, y) = (w * 0.5, h * 0.72);
    c.path(&format!("M{:.0} {y:.0} h640 l-52 {:.0} h-530 z", x - 320.0, h * 0.12), "fill=\"#f3efe4\"");
    c.path(
        &format!("M{:.0} {:.0} h606 l-35 {:.0} h-530 z", x - 302.0, y + h * 0.04, h * 0.08),
        "fill=\"#2f5d7a\"",
    );
    c.rect(x - 250.0, y - h * 0.13, 480.0, h * 0.13, "#faf7ef");
    c.rect(x - 210.0, y - h * 0.23, 330.0, h * 0.1, "#efe9da");
    c.rect(x - 60.0, y - h * 0.3, 110.0, h * 0.07, "#faf7ef");
    c.rect(x + 70.0, y - h * 0.33, 44.0, h * 0.1, "#b5301f");
    for i in 0..11 {
        c.rect(x - 236.0 + i as f32 * 42.0, y - h * 0.1, 28.0, h * 0.055, "#35505f");
    }
    for i in 0..12 {
        let coat = c.one_of(&COATS);
        c.person(x - 190.0 + i as f32 * 27.0, y - h * 0.135, h * 0.085, coat, SKIN);
    }
    c.rect(x - 210.0, y - h * 0.16, 330.0, 3.0, "#8f8a7d");
    c.path(
        &format!("M{:.0} {:.0} q80 -16 160 0 q-80 20 -160 0", x + 250.0, y + h * 0.13),
        "fill=\"#ffffffaa\"",
    );
    c.path(
        &format!("M{:.0} {:.0} q300 24 640 0 q-300 34 -640 0", x - 330.0, y + h * 0.125),
        "fill=\"#ffffff88\"",
    );
    for i in 0..8 {
        let (gx, gy, s) = (w * (0.1 + i as f32 * 0.11), h * c.between(0.1, 0.4), c.between(13.0, 26.0));
        c.path(
            &format!("M{:.0} {:.0} q{s:.0} -{s:.0} {s:.0} 0 q0 -{s:.0} {s:.0} -2", gx - s, gy),
            "fill=\"none\" stroke=\"#fff\" stroke-width=\"4\"",
        );
    }
}

fn noodles(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let table = c.gradient(&[(0.0, "#5f3f28"), (1.0, "#8d6240")]);
    c.rect(0.0, 0.0, w, h, &table);
    for i in 0..14 {
        c.rect(0.0, h * i as f32 / 14.0, w, 2.0, "#00000022");
    }
    let (x, y) = (w * 0.48, h * 0.56);
    let (rx, ry) = (w * 0.34, (h * 0.34).min(w * 0.25));
    c.blurred(16.0, |c| c.ellipse(x + 12.0, y + ry * 0.55, rx * 1.05, ry * 0.9, "#00000077"));
    c.path(
        &format!("M{:.0} {y:.0} Q{x:.0} {:.0} {:.0} {y:.0} z", x - rx, y + ry * 2.3, x + rx),
        "fill=\"#dfe6ea\"",
    );
    c.ellipse(x, y, rx, ry, "#f5f7f6");
    c.ellipse(x, y, rx * 0.93, ry * 0.9, "#2f5d8a");
    c.ellipse(x, y, rx * 0.9, ry * 0.87, "#f5f7f6");
    c.ellipse(x, y + 3.0, rx * 0.85, ry * 0.81, "#a5602a");
    for i in 0..36 {
        let t = i as f32 / 36.0;
        let wide = rx * 0.8 * (1.0 - (t * 2.0 - 1.0).powi(2)).sqrt();
        let yy = y - ry * 0.7 + t * ry * 1.4;
        let k = c.between(-14.0, 14.0);
        c.path(
            &format!(
                "M{:.0} {yy:.0} q{:.0} {k:.0} {wide:.0} 0 q{:.0} {:.0} {wide:.0} 0",
                x - wide,
                wide / 2.0,
                wide / 2.0,
                -k
            ),
            "fill=\"none\" stroke=\"#f0d79a\" stroke-width=\"6\"",
        );
    }
    for _ in 0..60 {
        let (a, f) = (c.between(0.0, std::f32::consts::TAU), c.chance().sqrt());
        let colour = c.one_of(&["#5c9a3a", "#79b04c", "#3f7a2c"]);
        c.ellipse(x + a.cos() * f * rx * 0.5, y + a.sin() * f * ry * 0.5, 7.0, 5.0, colour);
    }
    for i in 0..6 {
        let a = i as f32 * 0.5 + 0.3;
        c.ellipse(
            x - rx * 0.3 + a.cos() * 70.0,
            y - ry * 0.1 + i as f32 * 12.0 - 30.0,
            52.0,
            22.0,
            "#8a3f26",
        );
        c.ellipse(
            x - rx * 0.3 + a.cos() * 70.0,
            y - ry * 0.1 + i as f32 * 12.0 - 34.0,
            44.0,
            14.0,
            "#a9553a",
        );
    }
    c.ellipse(x + rx * 0.4, y + ry * 0.05, 62.0, 46.0, "#fdfaf0");
    c.circle(x + rx * 0.4, y + ry * 0.05, 26.0, "#f0a62c");
    c.line((x + rx * 0.1, y - ry * 1.3), (w * 0.96, h * 0.3), "#3a2417", 11.0);
    c.line((x + rx * 0.2, y - ry * 1.15), (w * 0.97, h * 0.38), "#3a2417", 11.0);
    c.blurred(20.0, |c| {
        for i in 0..5 {
            let sx = x - rx * 0.5 + i as f32 * rx * 0.25;
            c.path(
                &format!("M{sx:.0} {:.0} q-40 -60 0 -120 q40 -60 0 -130", y - 20.0),
                "fill=\"none\" stroke=\"#ffffff66\" stroke-width=\"34\"",
            );
        }
    });
}

fn pottery(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let wall = c.gradient(&[(0.0, "#b7a68c"), (1.0, "#7d6850")]);
    c.rect(0.0, 0.0, w, h, &wall);
    c.rect(w * 0.62, h * 0.06, w * 0.3, h * 0.4, "#e9eef0");
    c.rect(w * 0.765, h * 0.06, 6.0, h * 0.4, "#6a5138");
    c.rect(w * 0.62, h * 0.25, w * 0.3, 6.0, "#6a5138");
    for shelf in 0..3 {
        let y = h * (0.18 + shelf as f32 * 0.19);
        c.rect(w * 0.04, y, w * 0.52, 10.0, "#5a4029");
        for k in 0..7 {
            let x = w * (0.075 + k as f32 * 0.073);
            let (s, tall) = (w * c.between(0.018, 0.028), h * c.between(0.07, 0.13));
            let glaze = c.one_of(&["#6f8f8a", "#a9b8a2", "#8a4f32", "#c9b48a", "#3f5a66", "#dcd6c6"]);
            c.path(&format!("M{:.0} {y:.0} C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0} h{:.0} C{:.0} {:.0} {:.0} {:.0} {:.0} {y:.0} z", x - s * 0.6, x - s * 1.6, y - tall * 0.5, x - s, y - tall * 0.8, x - s * 0.5, y - tall, s, x + s, y - tall * 0.8, x + s * 1.6, y - tall * 0.5, x + s * 0.6), &format!("fill=\"{glaze}\""));
        }
    }
    c.rect(0.0, h * 0.84, w, h * 0.16, "#54402e");
    c.person(w * 0.42, h * 1.08, h * 0.86, "#3f5a6b", SKIN);
    c.ellipse(w * 0.6, h * 0.84, w * 0.15, h * 0.045, "#8f8676");
    c.rect(w * 0.57, h * 0.84, w * 0.06, h * 0.16, "#6d6557");
    c.path(&format!("M{:.0} {y:.0} C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0} h{:.0} C{:.0} {:.0} {:.0} {:.0} {:.0} {y:.0} z", w * 0.55, w * 0.5, h * 0.74, w * 0.55, h * 0.66, w * 0.57, h * 0.6, w * 0.06, w * 0.65, h * 0.66, w * 0.7, h * 0.74, w * 0.65, y = h * 0.84), "fill=\"#a8683f\"");
    c.ellipse(w * 0.6, h * 0.6, w * 0.03, h * 0.012, "#6d3f24");
    c.line((w * 0.47, h * 0.5), (w * 0.555, h * 0.72), SKIN, h * 0.05);
    c.line((w * 0.46, h * 0.52), (w * 0.52, h * 0.78), SKIN, h * 0.045);
}

fn meeting(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let wall = c.gradient(&[(0.0, "#e6ddcc"), (1.0, "#c7b79c")]);
    c.rect(0.0, 0.0, w, h, &wall);
    for i in 0..3 {
        let x = w * (0.06 + i as f32 * 0.32);
        c.rect(x, h * 0.08, w * 0.24, h * 0.36, "#dbe8ee");
        c.rect(x, h * 0.3, w * 0.24, h * 0.14, "#a9c29a");
        c.rect(x + w * 0.118, h * 0.08, 6.0, h * 0.36, "#8d7a5c");
    }
    for i in 0..7 {
        let x = w * (0.11 + i as f32 * 0.13);
        let coat = COATS[(i * 3) % 8];
        c.person(x, h * 0.98, h * 0.58, coat, SKIN);
    }
    let top = c.gradient(&[(0.0, "#a9764a"), (1.0, "#7d5230")]);
    c.polygon(
        &[(w * 0.08, h * 0.68), (w * 0.92, h * 0.68), (w * 1.05, h * 0.92), (-w * 0.05, h * 0.92)],
        &top,
    );
    for i in 0..9 {
        let x = w * (0.1 + i as f32 * 0.1);
        c.polygon(&[(x, h * 0.74), (x + 42.0, h * 0.74), (x + 48.0, h * 0.8), (x - 2.0, h * 0.8)], "#f7f3e8");
        c.ellipse(x + 58.0, h * 0.76, 9.0, 5.0, "#f4f4f2");
    }
    for i in 0..4 {
        let x = w * (0.16 + i as f32 * 0.23);
        let coat = COATS[(i * 2 + 1) % 8];
        c.ellipse(x, h * 1.02, w * 0.075, h * 0.15, coat);
        c.circle(x, h * 0.83, h * 0.06, "#231d1b");
    }
}

fn crane(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#92b4c8"), (1.0, "#f0e6d2")], h);
    clouds(c, 8, "#ffffff", 0.06, 0.4);
    c.ridge(h * 0.8, h * 0.1, "#9aa9a4");
    let (x, y, wide, tall) = (w * 0.2, h * 0.34, w * 0.44, h * 0.54);
    c.rect(x, y, wide, tall, "#b7aa96");
    for row in 0..7 {
        for k in 0..8 {
            c.rect(
                x + 12.0 + k as f32 * wide / 8.0,
                y + 12.0 + row as f32 * tall / 7.0,
                wide / 8.0 - 18.0,
                tall / 7.0 - 16.0,
                if (row + k) % 3 == 0 { "#5d6f7a" } else { "#78848a" },
            );
        }
    }
    for row in 0..9 {
        let yy = y - 10.0 + row as f32 * tall / 8.0;
        c.line((x - 18.0, yy), (x + wide + 18.0, yy), "#8d6a3c", 2.6);
    }
    for k in 0..9 {
        let xx = x - 18.0 + k as f32 * (wide + 36.0) / 8.0;
        c.line((xx, y - 20.0), (xx, y + tall), "#8d6a3c", 2.6);
    }
    let cx = w * 0.76;
    for i in 0..12 {
        let yy = h * (0.9 - i as f32 * 0.06);
        c.line((cx - 14.0, yy), (cx + 14.0, yy - h * 0.06), "#d9962b", 3.0);
        c.line((cx + 14.0, yy), (cx - 14.0, yy - h * 0.06), "#d9962b", 3.0);
    }
    c.line((cx - 14.0, h * 0.9), (cx - 14.0, h * 0.14), "#d9962b", 5.0);
    c.line((cx + 14.0, h * 0.9), (cx + 14.0, h * 0.14), "#d9962b", 5.0);
    c.line((w * 0.16, h * 0.17), (w * 0.96, h * 0.17), "#d9962b", 6.0);
    c.line((w * 0.16, h * 0.17), (cx, h * 0.06), "#d9962b", 2.4);
    c.line((w * 0.96, h * 0.17), (cx, h * 0.06), "#d9962b", 2.4);
    c.line((w * 0.34, h * 0.17), (w * 0.34, h * 0.3), "#44484a", 2.0);
    c.rect(w * 0.31, h * 0.3, w * 0.06, 10.0, "#9b4a2c");
    c.rect(0.0, h * 0.88, w, h * 0.12, "#8f7d63");
    for i in 0..6 {
        c.person(w * (0.1 + i as f32 * 0.15), h * 0.97, h * 0.17, "#d9722b", SKIN);
        c.circle(w * (0.1 + i as f32 * 0.15), h * 0.97 - h * 0.158, h * 0.016, "#f2d13c");
    }
}

fn classroom(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#e4dcc8");
    c.rect(w * 0.1, h * 0.08, w * 0.64, h * 0.42, "#6b4a2f");
    c.rect(w * 0.115, h * 0.1, w * 0.61, h * 0.38, "#2c4a3f");
    c.path(
        &format!("M{:.0} {:.0} q90 -90 180 0 t180 0", w * 0.16, h * 0.34),
        "fill=\"none\" stroke=\"#e8efe6\" stroke-width=\"4\"",
    );
    for i in 0..5 {
        c.line(
            (w * 0.5, h * (0.17 + i as f32 * 0.055)),
            (w * (0.6 + (i % 3) as f32 * 0.03), h * (0.17 + i as f32 * 0.055)),
            "#e8efe6",
            3.4,
        );
    }
    c.circle(w * 0.24, h * 0.21, h * 0.05, "#f2d98a");
    c.rect(w * 0.8, h * 0.1, w * 0.16, h * 0.36, "#d6e6ea");
    c.rect(w * 0.875, h * 0.1, 5.0, h * 0.36, "#8d7a5c");
    c.person(w * 0.77, h * 0.76, h * 0.52, "#8a3f4a", SKIN);
    c.rect(0.0, h * 0.72, w, h * 0.28, "#b79c72");
    for row in 0..2 {
        for k in 0..5 + row {
            let x = w * ((k as f32 + 0.6) / (5.2 + row as f32));
            let y = h * (0.82 + row as f32 * 0.17);
            let s = 1.0 + row as f32 * 0.35;
            let coat = c.one_of(&COATS);
            c.ellipse(x, y, 40.0 * s, 52.0 * s, coat);
            c.circle(x, y - 62.0 * s, 27.0 * s, "#231d1b");
            if k % 3 == 1 {
                c.line((x + 30.0 * s, y - 30.0 * s), (x + 44.0 * s, y - 110.0 * s), SKIN, 13.0 * s);
            }
        }
    }
}

fn football(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    sky(c, &[(0.0, "#22365c"), (1.0, "#5b6f8d")], h * 0.4);
    c.blurred(12.0, |c| {
        for x in [0.12, 0.88] {
            c.circle(w * x, h * 0.1, 46.0, "#fffbe6");
        }
    });
    c.rect(0.0, h * 0.24, w, h * 0.18, "#39414f");
    for _ in 0..900 {
        let (x, y) = (c.between(0.0, w), h * c.between(0.25, 0.41));
        let colour = c.one_of(&["#c43a2c", "#e8e0cf", "#4f6a8a", "#e0a83c", "#d9a987", "#2b2f3a"]);
        c.circle(x, y, 3.2, colour);
    }
    for i in 0..8 {
        let t0 = (i as f32 / 8.0).powf(1.5);
        let t1 = ((i + 1) as f32 / 8.0).powf(1.5);
        c.rect(
            0.0,
            h * (0.42 + t0 * 0.58),
            w,
            h * (t1 - t0) * 0.58 + 1.0,
            if i % 2 == 0 { "#3f7d3a" } else { "#4a8d43" },
        );
    }
    c.path(
        &format!("M{:.0} {y:.0} v-{g:.0} h{:.0} v{g:.0}", w * 0.62, w * 0.28, y = h * 0.52, g = h * 0.2),
        "fill=\"none\" stroke=\"#f7f7f2\" stroke-width=\"7\"",
    );
    for i in 0..14 {
        let x = w * (0.62 + i as f32 * 0.02);
        c.line((x, h * 0.32), (x, h * 0.52), "#ffffff55", 1.0);
    }
    c.line((0.0, h * 0.53), (w, h * 0.53), "#f2f2ea", 3.0);
    for (i, (x, y, t)) in [
        (0.2, 0.86, 0.44),
        (0.42, 0.92, 0.5),
        (0.58, 0.7, 0.3),
        (0.76, 0.62, 0.26),
        (0.33, 0.66, 0.27),
        (0.9, 0.84, 0.42),
    ]
    .iter()
    .enumerate()
    {
        c.person(w * x, h * y, h * t, if i % 2 == 0 { "#c8321f" } else { "#f2f0e6" }, SKIN);
    }
    let (x, y) = (w * 0.5, h * 0.9);
    c.ellipse(x, y + 16.0, 20.0, 5.0, "#00000055");
    c.circle(x, y, 18.0, "#fbfbf8");
    c.polygon(
        &[(x, y - 8.0), (x + 8.0, y - 2.0), (x + 5.0, y + 7.0), (x - 5.0, y + 7.0), (x - 8.0, y - 2.0)],
        "#222",
    );
}
