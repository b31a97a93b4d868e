//! Charts, maps, cartoons, cuts and advertisements: printed as lines, not as dots.

use super::{Canvas, HEI, Lettering, SONG};

/// Draws the drawing of this name, if there is one.
pub(super) fn draw(name: &str, mut c: Canvas) -> Option<String> {
    match name {
        "chart-riders" => {
            bars(
                &mut c,
                "望江区公交日均客流（万人次）",
                &[("6月", 8.6), ("7月", 8.1), ("8月", 8.4), ("9月", 10.2), ("10月", 11.3), ("11月", 12.7)],
            );
        }
        "chart-loans" => {
            bars(
                &mut c,
                "分馆借阅册次（千册）",
                &[("望江", 42.0), ("柳溪", 31.0), ("石桥", 27.0), ("东塘", 23.0), ("云岭", 18.0)],
            );
        }
        "chart-level" => line_chart(
            &mut c,
            "清川水文站近十日水位（米）",
            &[18.2, 18.3, 18.6, 19.1, 19.0, 18.8, 18.7, 18.5, 18.4, 18.4],
            14,
        ),
        "chart-egrets" => line_chart(
            &mut c,
            "东塘湿地越冬水鸟（只）",
            &[1260.0, 1410.0, 1380.0, 1690.0, 1940.0, 2210.0, 2480.0, 2630.0, 2890.0, 3120.0],
            2017,
        ),
        "map-bus" => bus_map(&mut c),
        "map-trail" => trail_map(&mut c),
        "week" => week(&mut c),
        "cartoon-phone" => cartoon_phone(&mut c),
        "cartoon-queue" => cartoon_queue(&mut c),
        "cartoon-cat" => cartoon_cat(&mut c),
        "cut-river" => cut_river(&mut c),
        "cut-window" => cut_window(&mut c),
        "cut-plum" => cut_plum(&mut c),
        "sudoku" => sudoku(&mut c),
        "poster-reading" => poster_reading(&mut c),
        "poster-river" => poster_river(&mut c),
        "poster-lamp" => poster_lamp(&mut c),
        _ => return None,
    }
    Some(c.finish())
}

const INK: &str = "#26221e";
const ACCENT: &str = "#a62b1f";

fn bars(c: &mut Canvas, title: &str, values: &[(&str, f32)]) {
    let (w, h) = (c.w, c.h);
    let s = (w / 24.0).clamp(8.0, 13.0);
    c.rect(0.0, 0.0, w, h, "#f4efe3");
    c.words(w / 2.0, s * 1.9, s * 1.15, &Lettering { weight: 700, ..HEI }, title);
    let most = values.iter().map(|value| value.1).fold(1.0, f32::max);
    let (top, foot) = (s * 4.2, h - s * 2.2);
    for i in 0..5 {
        let y = foot - (foot - top) * i as f32 / 4.0;
        c.line((s, y), (w - s, y), "#cfc6b4", 0.5);
    }
    let pitch = (w - 2.0 * s) / values.len() as f32;
    for (i, (label, value)) in values.iter().enumerate() {
        let x = s + (i as f32 + 0.5) * pitch;
        let tall = (foot - top) * value / most;
        let last = i + 1 == values.len();
        c.rect(x - pitch * 0.28, foot - tall, pitch * 0.56, tall, if last { ACCENT } else { "#7d8a86" });
        c.words(x, foot - tall - s * 0.4, s * 0.9, &HEI, &value.to_string());
        c.words(x, foot + s * 1.3, s * 0.9, &HEI, label);
    }
    c.line((s, foot), (w - s, foot), INK, 0.9);
}

fn line_chart(c: &mut Canvas, title: &str, values: &[f32], first: u32) {
    let (w, h) = (c.w, c.h);
    let s = (w / 24.0).clamp(8.0, 13.0);
    c.rect(0.0, 0.0, w, h, "#eef1ee");
    c.words(w / 2.0, s * 1.9, s * 1.15, &Lettering { weight: 700, ..HEI }, title);
    let low = values.iter().copied().fold(f32::MAX, f32::min);
    let high = values.iter().copied().fold(f32::MIN, f32::max);
    let (top, foot) = (s * 4.4, h - s * 2.6);
    for i in 0..5 {
        let y = foot - (foot - top) * i as f32 / 4.0;
        c.line((s, y), (w - s, y), "#c5cdc8", 0.5);
    }
    let pitch = (w - 4.0 * s) / (values.len() - 1) as f32;
    let place =
        |i: usize| (2.0 * s + i as f32 * pitch, foot - (foot - top) * 0.9 * (values[i] - low) / (high - low));
    for i in 1..values.len() {
        c.line(place(i - 1), place(i), "#2f5d7a", 1.8);
    }
    for (i, value) in values.iter().enumerate() {
        let (x, y) = place(i);
        c.circle(x, y, 2.6, if i + 1 == values.len() { ACCENT } else { "#2f5d7a" });
        c.words(x, y - s * 0.7, s * 0.74, &HEI, &value.to_string());
        let label = first + i as u32;
        let label = if first > 100 { label.to_string() } else { format!("{label}日") };
        c.words(x, foot + s * 1.4, s * 0.72, &HEI, &label);
    }
    c.line((s, foot), (w - s, foot), INK, 0.9);
}

fn bus_map(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let s = (w / 28.0).clamp(5.6, 12.0);
    c.rect(0.0, 0.0, w, h, "#f3efe4");
    for i in 1..9 {
        let x = w * i as f32 / 9.0;
        c.line((x, 0.0), (x + w * 0.04, h), "#e2dacb", 3.0);
        let y = h * i as f32 / 9.0;
        c.line((0.0, y), (w, y - h * 0.03), "#e2dacb", 3.0);
    }
    let river = format!(
        "M{:.1} {:.1} C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1} S{:.1} {:.1} {:.1} {:.1}",
        -10.0,
        h * 0.74,
        w * 0.25,
        h * 0.5,
        w * 0.35,
        h * 0.92,
        w * 0.58,
        h * 0.68,
        w * 0.85,
        h * 0.5,
        w + 10.0,
        h * 0.62
    );
    c.path(&river, &format!("fill=\"none\" stroke=\"#a9c6d2\" stroke-width=\"{:.1}\"", h * 0.09));
    c.words(w * 0.2, h * 0.71, s, &Lettering { fill: "#4f7f94", spacing: 0.8, ..SONG }, "清川");
    let stops = [
        (0.1, 0.2, "火车东站"),
        (0.24, 0.2, "图书馆"),
        (0.4, 0.3, "人民医院"),
        (0.52, 0.46, "望江桥北"),
        (0.56, 0.86, "望江桥南"),
        (0.76, 0.86, "石桥市场"),
        (0.9, 0.78, "柳溪镇"),
    ];
    let mut d = String::new();
    for (i, (x, y, _)) in stops.iter().enumerate() {
        d += &format!("{}{:.1} {:.1} ", if i == 0 { "M" } else { "L" }, x * w, y * h);
    }
    c.path(
        &d,
        &format!(
            "fill=\"none\" stroke=\"{ACCENT}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\"",
            s * 0.55
        ),
    );
    for (i, (x, y, name)) in stops.iter().enumerate() {
        c.circle(x * w, y * h, s * 0.55, ACCENT);
        c.circle(x * w, y * h, s * 0.32, "#fff");
        // Beside the line where it runs down, above or below where it runs across.
        let (dx, dy) =
            [(0.0, -1.0), (0.0, 1.9), (3.0, -0.4), (3.2, 0.3), (-3.2, 0.4), (0.0, 1.9), (-1.0, -1.0)][i];
        c.words(x * w + dx * s, y * h + dy * s, s * 0.95, &Lettering { weight: 700, ..HEI }, name);
    }
    c.rect(w * 0.6, h * 0.05, w * 0.36, s * 2.6, "#ffffffcc");
    c.line((w * 0.63, h * 0.05 + s * 1.3), (w * 0.69, h * 0.05 + s * 1.3), ACCENT, s * 0.5);
    c.words(w * 0.84, h * 0.05 + s * 1.65, s, &HEI, "夜间19路");
}

fn trail_map(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let s = (w / 40.0).clamp(8.0, 15.0);
    c.rect(0.0, 0.0, w, h, "#eef0e4");
    for i in 0..7 {
        let t = i as f32;
        c.ellipse(
            w * 0.74,
            h * 0.28,
            w * (0.25 - t * 0.034),
            h * (0.3 - t * 0.04),
            ["#dfe6cf", "#d2dcbd", "#c4d1aa", "#b6c598", "#a7b987", "#98ac77", "#889f68"][i],
        );
    }
    for i in 0..4 {
        let t = i as f32;
        c.ellipse(
            w * 0.18,
            h * 0.3,
            w * (0.14 - t * 0.03),
            h * (0.22 - t * 0.05),
            ["#dfe6cf", "#d2dcbd", "#c4d1aa", "#b6c598"][i],
        );
    }
    let river = format!(
        "M{:.1} {:.1} C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1} S{:.1} {:.1} {:.1} {:.1}",
        w + 10.0,
        h * 0.6,
        w * 0.75,
        h * 0.86,
        w * 0.62,
        h * 0.46,
        w * 0.44,
        h * 0.66,
        w * 0.2,
        h * 0.95,
        -10.0,
        h * 0.78
    );
    c.path(&river, &format!("fill=\"none\" stroke=\"#9fc0cf\" stroke-width=\"{:.1}\"", h * 0.07));
    c.path(&river, "fill=\"none\" stroke=\"#c3dae3\" stroke-width=\"2\"");
    let trail = format!(
        "M{:.1} {:.1} C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1} S{:.1} {:.1} {:.1} {:.1}",
        w * 0.95,
        h * 0.5,
        w * 0.78,
        h * 0.72,
        w * 0.62,
        h * 0.34,
        w * 0.46,
        h * 0.54,
        w * 0.2,
        h * 0.82,
        w * 0.05,
        h * 0.66
    );
    c.path(
        &trail,
        &format!(
            "fill=\"none\" stroke=\"{ACCENT}\" stroke-width=\"{:.1}\" stroke-dasharray=\"{:.1} {:.1}\"",
            s * 0.32,
            s * 0.8,
            s * 0.5
        ),
    );
    // The trail's two curves; the stops stand on them.
    let curves = [
        [(0.95, 0.5), (0.78, 0.72), (0.62, 0.34), (0.46, 0.54)],
        [(0.46, 0.54), (0.3, 0.74), (0.2, 0.82), (0.05, 0.66)],
    ];
    for (curve, t, name) in [
        (0, 0.06, "云岭源头"),
        (0, 0.34, "茶亭"),
        (0, 0.68, "三仙矶"),
        (1, 0.0, "柳溪渡"),
        (1, 0.42, "石桥"),
        (1, 0.88, "望江桥"),
    ] {
        let [a, b, c2, d] = curves[curve];
        let u: f32 = 1.0 - t;
        let mix = |a: f32, b: f32, c: f32, d: f32| {
            u.powi(3) * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t.powi(3) * d
        };
        let (x, y) = (mix(a.0, b.0, c2.0, d.0) * w, mix(a.1, b.1, c2.1, d.1) * h);
        c.circle(x, y, s * 0.46, "#fff");
        c.circle(x, y, s * 0.33, ACCENT);
        c.words(x, y - s, s, &Lettering { weight: 700, ..HEI }, name);
    }
    c.words(w * 0.74, h * 0.27, s * 1.1, &Lettering { fill: "#4a5a35", spacing: 0.5, ..SONG }, "云岭");
    c.words(w * 0.18, h * 0.32, s * 1.1, &Lettering { fill: "#4a5a35", spacing: 0.5, ..SONG }, "望江山");
    c.words(w * 0.5, h * 0.8, s * 1.2, &Lettering { fill: "#4f7f94", spacing: 1.2, ..SONG }, "清川");
    c.path(
        &format!(
            "M{:.1} {:.1} l{:.1} {:.1} l-{:.1} -{:.1} l-{:.1} {:.1} z",
            w * 0.04,
            h * 0.06,
            s * 0.6,
            s * 2.0,
            s * 0.6,
            s * 0.5,
            s * 0.6,
            s * 0.5
        ),
        &format!("fill=\"{INK}\""),
    );
    c.words(w * 0.04, h * 0.06 + s * 3.2, s * 0.9, &HEI, "北");
}

fn week(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#eaf0f2");
    let days = [
        ("周二", "晴", "4～13℃"),
        ("周三", "晴", "5～14℃"),
        ("周四", "多云", "7～15℃"),
        ("周五", "小雨", "6～11℃"),
        ("周六", "小雨", "5～9℃"),
        ("周日", "阴", "3～9℃"),
        ("下周一", "晴", "1～10℃"),
    ];
    let pitch = w / days.len() as f32;
    let s = (pitch / 6.4).clamp(6.0, 13.0);
    for (i, (day, kind, range)) in days.iter().enumerate() {
        let x = (i as f32 + 0.5) * pitch;
        if i > 0 {
            c.line((x - pitch / 2.0, h * 0.12), (x - pitch / 2.0, h * 0.88), "#b9c6ca", 0.5);
        }
        c.words(x, h * 0.2, s, &Lettering { weight: 700, ..HEI }, day);
        let (y, r) = (h * 0.45, (pitch * 0.16).min(h * 0.13));
        if *kind == "晴" {
            for k in 0..8 {
                let a = k as f32 * std::f32::consts::FRAC_PI_4;
                c.line(
                    (x + a.cos() * r * 1.25, y + a.sin() * r * 1.25),
                    (x + a.cos() * r * 1.6, y + a.sin() * r * 1.6),
                    "#d9862b",
                    1.4,
                );
            }
            c.circle(x, y, r, "#e8a33a");
        } else {
            if *kind == "多云" {
                c.circle(x + r * 0.6, y - r * 0.5, r * 0.7, "#e8a33a");
            }
            let grey = if *kind == "多云" { "#9fb0b8" } else { "#7f919b" };
            c.circle(x - r * 0.7, y + r * 0.2, r * 0.6, grey);
            c.circle(x, y - r * 0.1, r * 0.8, grey);
            c.circle(x + r * 0.7, y + r * 0.2, r * 0.6, grey);
            c.rect(x - r * 0.7, y + r * 0.1, r * 1.4, r * 0.7, grey);
            if *kind == "小雨" {
                for k in 0..3 {
                    let left = x + (k as f32 - 1.0) * r * 0.6;
                    c.line((left, y + r * 1.1), (left - r * 0.2, y + r * 1.6), "#3f7a9a", 1.4);
                }
            }
        }
        c.words(x, h * 0.74, s, &HEI, kind);
        c.words(x, h * 0.89, s * 0.9, &HEI, range);
    }
}

fn stroke(width: f32) -> String {
    format!(
        "fill=\"none\" stroke=\"{INK}\" stroke-width=\"{width:.1}\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
    )
}

/// A line figure: head, body, two arms bent towards `reach`.
fn figure(c: &mut Canvas, x: f32, y: f32, t: f32, coat: &str, reach: f32) {
    let pen = stroke(t * 0.016);
    c.path(
        &format!(
            "M{:.1} {:.1} Q{x:.1} {:.1} {:.1} {:.1} L{:.1} {y:.1} H{:.1} Z",
            x - t * 0.16,
            y - t * 0.6,
            y - t * 0.78,
            x + t * 0.16,
            y - t * 0.6,
            x + t * 0.2,
            x - t * 0.2
        ),
        &format!("fill=\"{coat}\" stroke=\"{INK}\" stroke-width=\"{:.1}\"", t * 0.016),
    );
    c.path(
        &format!(
            "M{:.1} {:.1} Q{:.1} {:.1} {:.1} {:.1}",
            x + reach.signum() * t * 0.1,
            y - t * 0.56,
            x + reach * t * 0.3,
            y - t * 0.2,
            x + reach * t * 0.45,
            y - t * 0.46
        ),
        &pen,
    );
    c.circle(x, y - t * 0.86, t * 0.14, "#fff");
    c.path(
        &format!(
            "M{:.1} {:.1} a{r:.1} {r:.1} 0 1 0 {:.1} 0 a{r:.1} {r:.1} 0 1 0 -{:.1} 0",
            x - t * 0.14,
            y - t * 0.86,
            t * 0.28,
            t * 0.28,
            r = t * 0.14
        ),
        &pen,
    );
    c.path(
        &format!(
            "M{:.1} {:.1} Q{x:.1} {:.1} {:.1} {:.1} Q{x:.1} {:.1} {:.1} {:.1}",
            x - t * 0.14,
            y - t * 0.88,
            y - t * 1.12,
            x + t * 0.14,
            y - t * 0.88,
            y - t * 0.98,
            x - t * 0.14,
            y - t * 0.88
        ),
        &format!("fill=\"{INK}\""),
    );
    let eye = x + reach.signum() * t * 0.05;
    c.circle(eye, y - t * 0.85, t * 0.013, INK);
    c.circle(eye + t * 0.06, y - t * 0.85, t * 0.013, INK);
    c.path(
        &format!("M{:.1} {:.1} q{:.1} {:.1} {:.1} 0", eye, y - t * 0.79, t * 0.03, t * 0.03, t * 0.06),
        &pen,
    );
}

fn cartoon_phone(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#fbf7ec");
    let t = h * 0.62;
    c.rect(w * 0.08, h * 0.86, w * 0.84, 2.0, INK);
    c.rect(w * 0.3, h * 0.62, w * 0.4, h * 0.04, "#c9a36b");
    c.line((w * 0.35, h * 0.66), (w * 0.35, h * 0.86), INK, 2.0);
    c.line((w * 0.65, h * 0.66), (w * 0.65, h * 0.86), INK, 2.0);
    for x in [0.42_f32, 0.5, 0.58] {
        c.path(
            &format!(
                "M{:.1} {:.1} a{r:.1} {:.1} 0 0 0 {:.1} 0 z",
                w * x - 9.0,
                h * 0.585,
                11.0,
                18.0,
                r = 9.0
            ),
            "fill=\"#2f5d7a\"",
        );
        c.path(&format!("M{:.1} {:.1} q-5 -8 0 -15 q5 -8 0 -15", w * x, h * 0.55), &stroke(1.0));
    }
    figure(c, w * 0.2, h * 0.86, t, "#c8d5cf", 0.62);
    figure(c, w * 0.8, h * 0.86, t, "#e3c9a8", -0.62);
    for (x, tilt) in [(0.2 + 0.62 * 0.45 * t / w, -8.0), (0.8 - 0.62 * 0.45 * t / w, 8.0)] {
        let (px, py) = (w * x, h * 0.86 - t * 0.5);
        c.group(&format!("transform=\"rotate({tilt} {px:.1} {py:.1})\""), |c| {
            c.rect(px - t * 0.05, py - t * 0.1, t * 0.1, t * 0.18, INK);
            c.rect(px - t * 0.04, py - t * 0.085, t * 0.08, t * 0.14, "#bfe0f0");
        });
    }
    for (x, words) in [(0.22, "吃了吗？"), (0.78, "在吃。")] {
        let s = (w * 0.036).max(8.0);
        c.ellipse(w * x, h * 0.1, s * 3.2, s * 1.5, "#ffffff");
        c.path(
            &format!(
                "M{:.1} {:.1} a{:.1} {:.1} 0 1 0 0.1 0",
                w * x - 0.05,
                h * 0.1 - s * 1.5,
                s * 3.2,
                s * 1.5
            ),
            &stroke(1.2),
        );
        c.words(w * x, h * 0.1 + s * 0.4, s, &Lettering { weight: 700, ..HEI }, words);
    }
}

fn cartoon_queue(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#f7f4ea");
    c.rect(0.0, h * 0.88, w, 2.0, INK);
    c.rect(w * 0.04, h * 0.2, w * 0.2, h * 0.68, "#d9cdb4");
    c.rect(w * 0.07, h * 0.36, w * 0.14, h * 0.2, "#fff");
    c.rect(w * 0.03, h * 0.12, w * 0.22, h * 0.1, ACCENT);
    let s = (w * 0.04).max(8.0);
    c.words(
        w * 0.14,
        h * 0.12 + h * 0.05 + s * 0.36,
        s,
        &Lettering { fill: "#fff", weight: 700, ..HEI },
        "办事窗口",
    );
    c.words(w * 0.14, h * 0.47, s * 0.72, &HEI, "请扫码");
    let coats = ["#c8d5cf", "#e3c9a8", "#d9b7b0", "#c5cbe0"];
    for (i, coat) in coats.iter().enumerate() {
        figure(c, w * (0.38 + i as f32 * 0.16), h * 0.88, h * (0.56 - 0.03 * (i % 2) as f32), coat, -0.4);
    }
    c.words(w * 0.62, h * 0.14, s * 1.1, &Lettering { weight: 700, ..HEI }, "“智能”之前，排队五分钟；");
    c.words(
        w * 0.62,
        h * 0.14 + s * 1.7,
        s * 1.1,
        &Lettering { weight: 700, ..HEI },
        "“智能”之后，先学一小时。",
    );
}

fn cartoon_cat(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#f6efe0");
    c.rect(0.0, h * 0.78, w, h * 0.22, "#d9c39a");
    for i in 0..9 {
        let tall = h * (0.2 + 0.05 * (i % 3) as f32);
        let colour = ["#8c3b2e", "#34566b", "#55683d", "#c9a24d", "#5b4763"][i % 5];
        c.rect(w * 0.1 + i as f32 * w * 0.045, h * 0.78 - tall, w * 0.042, tall, colour);
    }
    let (x, y, s) = (w * 0.7, h * 0.78, h * 0.3);
    c.path(
        &format!(
            "M{:.1} {y:.1} Q{:.1} {:.1} {x:.1} {:.1} Q{:.1} {:.1} {:.1} {y:.1} Z",
            x - s * 0.9,
            x - s * 0.9,
            y - s * 1.1,
            y - s * 1.1,
            x + s * 0.9,
            y - s * 1.1,
            x + s * 0.9
        ),
        "fill=\"#3a3632\"",
    );
    c.circle(x, y - s * 1.15, s * 0.5, "#3a3632");
    c.polygon(
        &[(x - s * 0.48, y - s * 1.3), (x - s * 0.42, y - s * 1.9), (x - s * 0.06, y - s * 1.58)],
        "#3a3632",
    );
    c.polygon(
        &[(x + s * 0.48, y - s * 1.3), (x + s * 0.42, y - s * 1.9), (x + s * 0.06, y - s * 1.58)],
        "#3a3632",
    );
    for dx in [-0.2_f32, 0.2] {
        c.ellipse(x + dx * s, y - s * 1.2, s * 0.11, s * 0.13, "#f0d24a");
        c.ellipse(x + dx * s, y - s * 1.2, s * 0.03, s * 0.11, "#111");
        for k in -1..=1 {
            let k = k as f32;
            c.line((x + dx * s, y - s * 1.0), (x + dx * s * 4.4, y - s * (1.0 + k * 0.12)), "#f6efe0", 1.0);
        }
    }
    c.path(
        &format!(
            "M{:.1} {:.1} q{:.1} {:.1} {:.1} -{:.1}",
            x + s * 0.8,
            y - s * 0.1,
            s * 1.0,
            0.0,
            s * 0.6,
            s * 1.0
        ),
        &format!(
            "fill=\"none\" stroke=\"#3a3632\" stroke-width=\"{:.1}\" stroke-linecap=\"round\"",
            s * 0.16
        ),
    );
}

/// Black with white cut out of it, as a wood block prints.
fn cut_river(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#1f1c19");
    c.circle(w * 0.74, h * 0.26, h * 0.12, "#f4ecd9");
    for i in 0..16 {
        let y = h * (0.05 + i as f32 * 0.028);
        let (a, b) = (c.between(0.0, 0.3) * w, c.between(0.35, 0.62) * w);
        c.line((a, y), (b, y), "#f4ecd9", 1.1);
    }
    for layer in 0..3 {
        let base = h * (0.52 + layer as f32 * 0.06);
        c.ridge(base, h * 0.22, ["#f4ecd9", "#1f1c19", "#f4ecd9"][layer]);
        c.ridge(base + 5.0, h * 0.22, "#1f1c19");
    }
    c.rect(0.0, h * 0.66, w, h * 0.34, "#1f1c19");
    for i in 0..24 {
        let t = i as f32 / 24.0;
        let y = h * (0.67 + t * 0.33);
        let mut x = c.between(-40.0, 10.0);
        while x < w {
            let long = c.between(14.0, 70.0) * (0.4 + t);
            c.path(
                &format!("M{x:.1} {y:.1} q{:.1} {:.1} {long:.1} 0", long / 2.0, -3.0 - t * 4.0),
                &format!("fill=\"none\" stroke=\"#f4ecd9\" stroke-width=\"{:.1}\"", 0.8 + t * 1.6),
            );
            x += long + c.between(8.0, 50.0);
        }
    }
    let (x, y, s) = (w * 0.34, h * 0.78, h * 0.1);
    c.path(
        &format!(
            "M{:.1} {y:.1} q{:.1} {:.1} {:.1} 0 l-{:.1} {:.1} h-{:.1} z",
            x - s * 1.8,
            s * 1.8,
            s * 0.3,
            s * 3.6,
            s * 0.7,
            s * 0.7,
            s * 2.2
        ),
        "fill=\"#f4ecd9\"",
    );
    c.path(
        &format!("M{:.1} {y:.1} q{:.1} -{:.1} {:.1} 0 z", x - s * 0.8, s * 0.8, s * 1.1, s * 1.6),
        "fill=\"#f4ecd9\"",
    );
    c.line((x + s * 1.2, y), (x + s * 1.2, y - s * 1.1), "#f4ecd9", s * 0.22);
    c.circle(x + s * 1.2, y - s * 1.2, s * 0.2, "#f4ecd9");
    c.line((x + s * 1.0, y - s * 1.7), (x + s * 2.2, y + s * 0.9), "#f4ecd9", 1.6);
}

fn cut_window(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#efe6d2");
    c.rect(w * 0.14, h * 0.08, w * 0.72, h * 0.7, "#1f1c19");
    c.rect(w * 0.18, h * 0.11, w * 0.64, h * 0.64, "#c9d6d2");
    c.circle(w * 0.66, h * 0.26, h * 0.075, "#f7efd8");
    for (i, colour) in ["#8fa39d", "#66807a", "#46605a"].iter().enumerate() {
        let base = h * (0.55 + i as f32 * 0.06);
        let mut points = vec![(w * 0.18, h * 0.75)];
        for step in 0..=30 {
            let t = step as f32 / 30.0;
            points.push((
                w * (0.18 + t * 0.64),
                base - h * 0.1 * ((t * 5.0 + i as f32 * 2.0).sin() * 0.5 + 0.5),
            ));
        }
        points.push((w * 0.82, h * 0.75));
        c.polygon(&points, colour);
    }
    for t in [1.0_f32 / 3.0, 2.0 / 3.0] {
        c.rect(w * (0.18 + 0.64 * t) - 2.0, h * 0.11, 4.0, h * 0.64, "#1f1c19");
        c.rect(w * 0.18, h * (0.11 + 0.64 * t) - 2.0, w * 0.64, 4.0, "#1f1c19");
    }
    c.rect(w * 0.08, h * 0.78, w * 0.84, h * 0.035, "#1f1c19");
    let (x, y) = (w * 0.32, h * 0.78);
    c.path(
        &format!(
            "M{:.1} {y:.1} l-8 -{:.1} h{:.1} l-8 {:.1} z",
            x - w * 0.05,
            h * 0.1,
            w * 0.1 + 16.0,
            h * 0.1
        ),
        &format!("fill=\"{ACCENT}\""),
    );
    for i in 0..7 {
        let lean = (i as f32 - 3.0) * w * 0.035;
        c.path(
            &format!(
                "M{x:.1} {:.1} q{:.1} -{:.1} {:.1} -{:.1}",
                y - h * 0.1,
                lean * 0.2,
                h * 0.14,
                lean,
                h * 0.2
            ),
            "fill=\"none\" stroke=\"#2f5a3a\" stroke-width=\"3.4\" stroke-linecap=\"round\"",
        );
    }
    c.path(
        &format!("M{:.1} {y:.1} q16 -10 32 0 q16 -10 32 0 v-14 q-16 -10 -32 0 q-16 -10 -32 0 z", w * 0.6),
        &format!("fill=\"#fff\" stroke=\"{INK}\" stroke-width=\"1.6\""),
    );
}

fn cut_plum(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#f3ead6");
    c.path(
        &format!(
            "M{:.1} {h:.1} C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1} S{:.1} {:.1} {:.1} {:.1}",
            w * 0.1,
            w * 0.16,
            h * 0.7,
            w * 0.4,
            h * 0.72,
            w * 0.46,
            h * 0.48,
            w * 0.6,
            h * 0.26,
            w * 0.9,
            h * 0.12
        ),
        &format!(
            "fill=\"none\" stroke=\"#2b2420\" stroke-width=\"{:.1}\" stroke-linecap=\"round\"",
            h * 0.035
        ),
    );
    for (a, b) in [
        ((0.3, 0.7), (0.14, 0.42)),
        ((0.46, 0.5), (0.74, 0.56)),
        ((0.56, 0.34), (0.44, 0.12)),
        ((0.7, 0.23), (0.92, 0.36)),
    ] {
        c.line((w * a.0, h * a.1), (w * b.0, h * b.1), "#2b2420", h * 0.014);
    }
    for _ in 0..26 {
        let t = c.chance();
        let (x, y) =
            (w * (0.14 + t * 0.76 + c.between(-0.08, 0.08)), h * (0.62 - t * 0.44 + c.between(-0.14, 0.14)));
        let r = h * c.between(0.014, 0.026);
        for k in 0..5 {
            let a = k as f32 * 1.2566;
            c.circle(x + a.cos() * r, y + a.sin() * r, r * 0.8, "#b5362e");
        }
        c.circle(x, y, r * 0.5, "#f0c860");
    }
    let s = h * 0.1;
    c.rect(w * 0.84, h * 0.8, s, s, ACCENT);
    c.words(w * 0.84 + s / 2.0, h * 0.8 + s * 0.72, s * 0.6, &Lettering { fill: "#f3ead6", ..SONG }, "冬");
}

fn sudoku(c: &mut Canvas) {
    const GRID: [&str; 9] = [
        "5..2...8.",
        "..3.7...1",
        ".8...16..",
        "..6.4..9.",
        "4..9.8..7",
        ".9..2.4..",
        "..85...3.",
        "7...6.2..",
        ".1...3..5",
    ];
    let side = c.w.min(c.h) - 4.0;
    let (left, top, cell) = ((c.w - side) / 2.0, (c.h - side) / 2.0, side / 9.0);
    c.rect(0.0, 0.0, c.w, c.h, "#ffffff");
    for i in 0..=9 {
        let thick = if i % 3 == 0 { 1.6 } else { 0.5 };
        let at = i as f32 * cell;
        c.line((left + at, top), (left + at, top + side), INK, thick);
        c.line((left, top + at), (left + side, top + at), INK, thick);
    }
    for (row, line) in GRID.iter().enumerate() {
        for (column, digit) in line.chars().enumerate().filter(|(_, digit)| *digit != '.') {
            let (x, y) = (left + (column as f32 + 0.5) * cell, top + (row as f32 + 0.68) * cell);
            c.words(x, y, cell * 0.55, &HEI, &digit.to_string());
        }
    }
}

fn poster_reading(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let back = c.gradient(&[(0.0, "#1f3a3f"), (1.0, "#0f2023")]);
    c.rect(0.0, 0.0, w, h, &back);
    c.circle(w * 0.5, h * 0.36, w * 0.3, "#f2d9a0");
    c.circle(w * 0.5, h * 0.36, w * 0.27, "#f7e6bd");
    let y = h * 0.48;
    for k in 0..7 {
        let d = k as f32 * 7.0;
        c.path(
            &format!(
                "M{:.1} {:.1} Q{:.1} {:.1} {:.1} {:.1} V{:.1} Q{:.1} {:.1} {:.1} {:.1} Z",
                w * 0.5,
                y + d,
                w * 0.33,
                y - h * 0.06 + d,
                w * 0.14,
                y + d - 4.0,
                y + h * 0.09 + d,
                w * 0.33,
                y + h * 0.035 + d,
                w * 0.5,
                y + h * 0.1 + d
            ),
            "fill=\"#f6f1e4\" stroke=\"#b9ac8f\" stroke-width=\"1\"",
        );
        c.path(
            &format!(
                "M{:.1} {:.1} Q{:.1} {:.1} {:.1} {:.1} V{:.1} Q{:.1} {:.1} {:.1} {:.1} Z",
                w * 0.5,
                y + d,
                w * 0.67,
                y - h * 0.06 + d,
                w * 0.86,
                y + d - 4.0,
                y + h * 0.09 + d,
                w * 0.67,
                y + h * 0.035 + d,
                w * 0.5,
                y + h * 0.1 + d
            ),
            "fill=\"#efe8d6\" stroke=\"#b9ac8f\" stroke-width=\"1\"",
        );
    }
    c.tree(w * 0.5, h * 0.49, h * 0.3, &["#2f6b57", "#3f7d5f", "#58945f", "#7aa85a"]);
    for (i, letter) in ["开", "卷", "有", "灯"].iter().enumerate() {
        let x = w * (0.2 + i as f32 * 0.2);
        c.words(x, h * 0.74, w * 0.14, &Lettering { fill: "#f7ecd0", ..SONG }, letter);
    }
    let light = Lettering { fill: "#d9cfb4", ..HEI };
    c.words(w * 0.5, h * 0.8, w * 0.03, &Lettering { spacing: 0.2, ..light }, "清川市第九届全民读书月");
    c.words(w * 0.5, h * 0.835, w * 0.022, &light, "12月1日至31日　全市42个分馆、116个书屋同步开放至晚9点");
    c.words(w * 0.5, h * 0.865, w * 0.022, &light, "凭身份证即办即借　首次借阅免押金　老人儿童送书到家");
    c.rect(w * 0.3, h * 0.9, w * 0.4, 1.0, "#d9cfb4");
    c.words(
        w * 0.5,
        h * 0.935,
        w * 0.024,
        &Lettering { spacing: 0.15, ..light },
        "清川市图书馆　示例日报社　联合主办",
    );
    c.words(w * 0.5, h * 0.965, w * 0.015, &light, "公益广告　本版内容均为虚构示例");
}

fn poster_river(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    let back = c.gradient(&[(0.0, "#dfece9"), (1.0, "#a9cdd0")]);
    c.rect(0.0, 0.0, w, h, &back);
    c.ridge(h * 0.62, h * 0.3, "#9fc1bf");
    c.ridge(h * 0.74, h * 0.22, "#6f9f9c");
    c.rect(0.0, h * 0.74, w, h * 0.26, "#3f7d86");
    c.ripples(h * 0.75, 60, "#e9f4f1");
    let s = (h * 0.2).min(w * 0.07);
    c.words(
        w * 0.5,
        h * 0.36,
        s,
        &Lettering { fill: "#17393d", spacing: 0.2, ..SONG },
        "一条河，是一座城的家书",
    );
    c.words(
        w * 0.5,
        h * 0.36 + s * 1.2,
        s * 0.42,
        &Lettering { fill: "#17393d", ..HEI },
        "不向清川丢一片纸屑，不让岸线少一棵芦苇",
    );
    c.words(w * 0.5, h * 0.93, s * 0.34, &Lettering { fill: "#ffffff", ..HEI }, "公益广告　示例日报社");
}

fn poster_lamp(c: &mut Canvas) {
    let (w, h) = (c.w, c.h);
    c.rect(0.0, 0.0, w, h, "#7d1d16");
    c.rect(5.0, 5.0, w - 10.0, h - 10.0, "#8f241b");
    for side in [0.1_f32, 0.9] {
        let (x, y, r) = (w * side, h * 0.5, (h * 0.26).min(w * 0.08));
        c.line((x, 0.0), (x, y - r), "#e0b04a", 2.0);
        c.ellipse(x, y, r * 1.15, r, "#d8392a");
        for k in -2..=2 {
            c.ellipse(x, y, r * 1.15 * (k as f32 / 2.5).abs(), r, "#ffffff18");
        }
        c.rect(x - r * 0.5, y - r - 3.0, r, 6.0, "#e0b04a");
        c.rect(x - r * 0.5, y + r - 3.0, r, 6.0, "#e0b04a");
        for k in -2..=2 {
            c.line((x + k as f32 * 4.0, y + r), (x + k as f32 * 4.0, y + r * 1.7), "#e0b04a", 1.4);
        }
    }
    let s = (h * 0.27).min(w * 0.054);
    c.words(
        w * 0.5,
        h * 0.46,
        s,
        &Lettering { fill: "#f9e3b0", spacing: 0.15, ..SONG },
        "柳溪灯会　冬至开灯",
    );
    c.words(
        w * 0.5,
        h * 0.46 + s * 0.95,
        s * 0.4,
        &Lettering { fill: "#f3d9a8", ..HEI },
        "十里河街　三百盏鱼灯　免费入场　夜19路直达",
    );
    c.words(
        w * 0.5,
        h * 0.46 + s * 1.65,
        s * 0.32,
        &Lettering { fill: "#e3c08a", ..HEI },
        "咨询电话：000-0000-0019　广告",
    );
}
