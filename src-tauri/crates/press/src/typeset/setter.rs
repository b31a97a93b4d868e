//! Setting Chinese lines: where a paragraph may break, and how a line is brought to its measure.
//!
//! Rules kept: no closing mark begins a line and no opening mark ends one; —— and …… stay whole;
//! marks that meet lose half their width, and so do those at a line's ends; a line is justified by
//! its gaps, or squeezed by its marks when that takes one more character in.

/// What a setter asks of a face.
pub(crate) trait Widths {
    /// A character's width in ems.
    fn width(&self, c: char) -> f32;
}

/// One set line: characters and their places from the line's left, in points.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) glyphs: Vec<(char, f32)>,
    pub(crate) width: f32,
    pub(crate) size: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Character,
    Opening,
    Closing,
    /// Latin words and figures: unbroken, their inner gaps untouched.
    Word,
    /// May not begin a line: the middle dot, the dash, the ellipsis.
    Bound,
}

/// What is never broken: a character, a mark, a word.
struct Unit {
    /// Characters, each with its own width in ems.
    text: Vec<(char, f32)>,
    class: Class,
    /// Ems, without what is trimmed.
    width: f32,
    /// Ems taken off its left and right.
    left: f32,
    right: f32,
}

fn class(c: char) -> Class {
    match c {
        '“' | '‘' | '（' | '《' | '〈' | '【' | '「' | '『' | '〔' => Class::Opening,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '”' | '’' | '）' | '》' | '〉' | '】' | '」'
        | '』' | '〕' => Class::Closing,
        '·' | '—' | '…' | '℃' | '～' => Class::Bound,
        c if c.is_ascii_graphic() => Class::Word,
        _ => Class::Character,
    }
}

fn units(text: &str, face: &dyn Widths) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for c in text.chars() {
        let class = class(c);
        if let Some(last) = units.last_mut() {
            let joins = match class {
                Class::Word => last.class == Class::Word,
                Class::Bound => {
                    last.text.last().is_some_and(|&(before, _)| before == c) && matches!(c, '—' | '…')
                }
                _ => false,
            };
            if joins {
                last.text.push((c, face.width(c)));
                last.width += face.width(c);
                continue;
            }
        }
        units.push(Unit {
            text: vec![(c, face.width(c))],
            class,
            width: face.width(c),
            left: 0.0,
            right: 0.0,
        });
    }
    for i in 1..units.len() {
        let full = |unit: &Unit| unit.width > 0.9;
        if units[i - 1].class == Class::Closing
            && matches!(units[i].class, Class::Closing | Class::Opening)
            && full(&units[i - 1])
        {
            units[i - 1].right = 0.5;
        } else if units[i - 1].class == Class::Opening && units[i].class == Class::Opening && full(&units[i])
        {
            units[i].left = 0.5;
        }
    }
    units
}

/// The width of some units as a line of their own, and by how much their marks can be squeezed.
fn measure(units: &[Unit], begins_flush: bool) -> (f32, f32) {
    let mut width = 0.0;
    let mut slack = 0.0;
    for (i, unit) in units.iter().enumerate() {
        width += unit.width - unit.left - unit.right;
        let full = unit.width > 0.9;
        if i == 0 && begins_flush && unit.class == Class::Opening && full {
            width -= 0.5 - unit.left;
        }
        if i + 1 == units.len() && unit.class == Class::Closing && full {
            width -= 0.5 - unit.right;
        } else if unit.class == Class::Closing && full && unit.right == 0.0 {
            slack += 0.25;
        }
    }
    (width, slack)
}

fn breakable(units: &[Unit], at: usize) -> bool {
    at >= units.len()
        || (!matches!(units[at].class, Class::Closing | Class::Bound)
            && units[at - 1].class != Class::Opening)
}

/// Places a line's units; `measure` is the width to fill, in ems, or none for as wide as it is.
fn place(units: &[Unit], size: f32, indent: f32, tracking: f32, fill: Option<f32>) -> Line {
    let flush = indent == 0.0;
    let (natural, slack) = measure(units, flush);
    let missing = fill.map_or(0.0, |fill| fill - natural);
    let gaps = units.len().saturating_sub(1) as f32;
    let stretch = if missing > 0.0 && gaps > 0.0 { missing / gaps } else { 0.0 } + tracking;
    let squeeze = if missing < 0.0 && slack > 0.0 { (-missing / slack).min(1.0) * 0.25 } else { 0.0 };
    let mut x = indent;
    let mut glyphs = Vec::new();
    let mut right = indent;
    for (i, unit) in units.iter().enumerate() {
        let full = unit.width > 0.9;
        let mut left = unit.left;
        if i == 0 && flush && unit.class == Class::Opening && full {
            left = 0.5;
        }
        let mut trimmed = unit.right;
        if unit.class == Class::Closing && full {
            if i + 1 == units.len() {
                trimmed = 0.5;
            } else if trimmed == 0.0 {
                trimmed = squeeze;
            }
        }
        let mut pen = x - left;
        for &(c, width) in &unit.text {
            glyphs.push((c, pen * size));
            pen += width;
        }
        x += unit.width - left - trimmed;
        right = x;
        x += stretch;
    }
    Line { glyphs, width: right * size, size }
}

/// Sets a paragraph to a measure of `width` points, first line indented by `indent` ems.
pub(crate) fn paragraph(text: &str, face: &dyn Widths, size: f32, width: f32, indent: f32) -> Vec<Line> {
    let units = units(text, face);
    let measure_ems = width / size;
    let mut lines = Vec::new();
    let mut start = 0;
    while start < units.len() {
        let indent = if start == 0 { indent } else { 0.0 };
        let fill = measure_ems - indent;
        let fits = |end: usize, squeezed: bool| {
            let (natural, slack) = measure(&units[start..end], indent == 0.0);
            natural - if squeezed { slack } else { 0.0 } <= fill + 0.001
        };
        let mut end = start + 1;
        while end < units.len() && fits(end + 1, false) {
            end += 1;
        }
        // Taking the marks that follow in, if the line's own marks can give the room.
        let mut longer = end;
        while longer < units.len() && !breakable(&units, longer) && longer < end + 2 {
            longer += 1;
        }
        if breakable(&units, longer) && fits(longer, true) {
            end = longer;
        } else {
            let mut shorter = end;
            while shorter > start + 1 && !breakable(&units, shorter) {
                shorter -= 1;
            }
            end = shorter;
        }
        let last = end == units.len();
        let over = measure(&units[start..end], indent == 0.0).0 > fill;
        lines.push(place(&units[start..end], size, indent, 0.0, (!last || over).then_some(fill)));
        start = end;
    }
    lines
}

/// Sets words as one line, with extra space of `tracking` ems between characters.
pub(crate) fn single(text: &str, face: &dyn Widths, size: f32, tracking: f32) -> Line {
    place(&units(text, face), size, 0.0, tracking, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chinese is an em wide, the rest half of one.
    struct Ruler;

    impl Widths for Ruler {
        fn width(&self, c: char) -> f32 {
            if c.is_ascii() { 0.5 } else { 1.0 }
        }
    }

    fn set(text: &str, ems: f32) -> Vec<String> {
        let lines = paragraph(text, &Ruler, 10.0, ems * 10.0, 0.0);
        lines.iter().map(|line| line.glyphs.iter().map(|&(c, _)| c).collect()).collect()
    }

    #[test]
    fn lines_break_where_chinese_may() {
        let cases: [(&str, f32, &[&str]); 6] = [
            ("一二三四五六", 4.0, &["一二三四", "五六"]),
            // A closing mark that would begin a line is squeezed in at half its width, or takes company along.
            ("一二三，四五", 3.5, &["一二三，", "四五"]),
            ("一二三，四五", 3.0, &["一二", "三，四", "五"]),
            ("一二三“四五", 4.0, &["一二三", "“四五"]),
            ("一二abcd三四", 3.0, &["一二", "abcd三", "四"]),
            ("一二三——四五六", 4.0, &["一二", "三——四", "五六"]),
        ];
        for (text, ems, expected) in cases {
            assert_eq!(set(text, ems), expected, "{text} at {ems}");
        }
    }

    #[test]
    fn every_line_but_the_last_fills_its_measure() {
        let text = "清川人把河边筑起的土台叫作㙦。字典里难找，地图上也不写，只有老人说“到㙦上去”的时候，它才站起来。";
        for ems in 5..20 {
            let lines = paragraph(text, &Ruler, 10.0, ems as f32 * 10.0, 2.0);
            for line in &lines[..lines.len() - 1] {
                assert!((line.width - ems as f32 * 10.0).abs() < 0.01, "{} of {ems}", line.width);
            }
            let back: String = lines.iter().flat_map(|line| line.glyphs.iter().map(|&(c, _)| c)).collect();
            assert_eq!(back, text, "nothing is lost");
        }
    }

    #[test]
    fn marks_lose_half_their_width_where_they_meet_and_at_the_ends() {
        assert!((single("（一）（二）", &Ruler, 10.0, 0.0).width - 45.0).abs() < 0.01);
    }
}
