//! Chinese words as outlines, in the system's own fonts, broken into lines as Chinese is.

use crate::RenderError;
use fontdb::{Database, Family, ID, Query, Weight};
use std::sync::LazyLock;
use tiny_skia::{Path, PathBuilder};
use ttf_parser::{Face, OutlineBuilder};

/// Song for what the paper says, Hei for what the program says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    Song,
    Hei,
}

/// A character's outline, in fractions of its size, y upwards from the baseline.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub(crate) path: Option<Path>,
    pub(crate) advance: f32,
}

const SONG: [&str; 6] =
    ["Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "SimSun", "NSimSun"];
const HEI: [&str; 7] = [
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "PingFang SC",
    "Heiti SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
];

/// A font that has this has Chinese.
const SAMPLE: char = '报';

/// No line begins with these.
const NOT_FIRST: &str = "，。、；：！？）》〉」』”’】〕…—·,.;:!?)]}%";
/// No line ends with these.
const NOT_LAST: &str = "（《〈「『“‘【〔([{";

/// The system's fonts; their names are read once.
static FONTS: LazyLock<Database> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    fonts
});

/// Sets words in lines that are at most `measure` times their size long.
pub(crate) fn set(words: &str, voice: Voice, measure: f32) -> Result<Vec<Vec<Glyph>>, RenderError> {
    let glyphs = glyphs(words, voice)?;
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    let mut line = Vec::new();
    let mut length = 0.0;
    for (start, end) in unbreakable(words) {
        let piece = &glyphs[start..end];
        let advance: f32 = piece.iter().map(|glyph| glyph.advance).sum();
        // What is longer than a line by itself, an address say, is broken where the line ends.
        for piece in if advance > measure { piece.chunks(1) } else { piece.chunks(piece.len()) } {
            let advance: f32 = piece.iter().map(|glyph| glyph.advance).sum();
            if length + advance > measure && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                length = 0.0;
            }
            line.extend_from_slice(piece);
            length += advance;
        }
    }
    lines.push(line);
    Ok(lines)
}

/// Ranges of characters that stay on one line: a word of letters, a character with the points that belong to it.
fn unbreakable(words: &str) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<char> = None;
    for (index, c) in words.chars().enumerate() {
        let joined = before.is_some_and(|before| {
            NOT_FIRST.contains(c)
                || NOT_LAST.contains(before)
                || before.is_ascii_graphic() && c.is_ascii_graphic()
        });
        match ranges.last_mut() {
            Some(range) if joined => range.1 = index + 1,
            _ => ranges.push((index, index + 1)),
        }
        before = Some(c);
    }
    ranges
}

/// One glyph a character: Chinese needs no more shaping than that, and the names of papers no kerning.
fn glyphs(words: &str, voice: Voice) -> Result<Vec<Glyph>, RenderError> {
    let characters: Vec<char> = words.chars().collect();
    let mut found: Vec<Option<Glyph>> = vec![None; characters.len()];
    let preferred = chosen(voice).ok_or(RenderError::NoFont)?;
    fill(preferred, &characters, &mut found);
    // Rare characters are in fonts of their own.
    for face in FONTS.faces() {
        if found.iter().all(Option::is_some) {
            break;
        }
        fill(face.id, &characters, &mut found);
    }
    Ok(found.into_iter().map(|glyph| glyph.unwrap_or_else(unknown)).collect())
}

/// The font for a voice; where it is not there, any that has Chinese.
fn chosen(voice: Voice) -> Option<ID> {
    let names: Vec<Family<'_>> = match voice {
        Voice::Song => SONG.iter().chain(&HEI).map(|name| Family::Name(name)).collect(),
        Voice::Hei => HEI.iter().chain(&SONG).map(|name| Family::Name(name)).collect(),
    };
    let weight = if voice == Voice::Song { Weight::BOLD } else { Weight::NORMAL };
    let named = FONTS.query(&Query { families: &names, weight, ..Query::default() });
    named
        .filter(|&id| has(id, SAMPLE))
        .or_else(|| FONTS.faces().map(|face| face.id).find(|&id| has(id, SAMPLE)))
}

fn has(id: ID, c: char) -> bool {
    let glyph = FONTS.with_face_data(id, |data, index| Face::parse(data, index).ok()?.glyph_index(c));
    glyph.flatten().is_some()
}

/// Outlines what this font has of the characters that are not found yet.
fn fill(id: ID, characters: &[char], found: &mut [Option<Glyph>]) {
    FONTS.with_face_data(id, |data, index| {
        let Ok(face) = Face::parse(data, index) else { return };
        let unit = 1.0 / f32::from(face.units_per_em()).max(1.0);
        for (&c, slot) in characters.iter().zip(found) {
            if slot.is_some() {
                continue;
            }
            let Some(glyph) = face.glyph_index(c) else { continue };
            let mut outline = Outline { builder: PathBuilder::new(), unit };
            face.outline_glyph(glyph, &mut outline);
            let advance = f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * unit;
            *slot = Some(Glyph { path: outline.builder.finish(), advance });
        }
    });
}

/// 〓 is what typesetters put where a character is missing.
fn unknown() -> Glyph {
    let mut builder = PathBuilder::new();
    for bottom in [0.12, 0.47] {
        if let Some(bar) = tiny_skia::Rect::from_xywh(0.1, bottom, 0.8, 0.2) {
            builder.push_rect(bar);
        }
    }
    Glyph { path: builder.finish(), advance: 1.0 }
}

struct Outline {
    builder: PathBuilder,
    unit: f32,
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.builder.move_to(x * self.unit, y * self.unit);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.builder.line_to(x * self.unit, y * self.unit);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let unit = self.unit;
        self.builder.quad_to(x1 * unit, y1 * unit, x * unit, y * unit);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let unit = self.unit;
        self.builder.cubic_to(x1 * unit, y1 * unit, x2 * unit, y2 * unit, x * unit, y * unit);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(words: &str) -> Vec<String> {
        let characters: Vec<char> = words.chars().collect();
        unbreakable(words).into_iter().map(|(start, end)| characters[start..end].iter().collect()).collect()
    }

    #[test]
    fn lines_break_as_chinese_does() {
        assert_eq!(pieces("《日报》，2026年"), ["《日", "报》，", "2026", "年"]);
        assert_eq!(pieces("见 http://a.cn/x 页"), ["见", " ", "http://a.cn/x", " ", "页"]);
        assert_eq!(pieces(""), [""; 0]);
    }

    #[test]
    fn no_line_is_longer_than_its_measure() {
        let words =
            "沿河书屋开门，夜读灯亮到了十点。http://example.cn/a/very/long/address/without/an/end.htm";
        let lines = set(words, Voice::Song, 8.0).unwrap();
        assert!(lines.len() > 4);
        for line in &lines {
            let length: f32 = line.iter().map(|glyph| glyph.advance).sum();
            assert!(length <= 8.001 && !line.is_empty(), "{length}");
        }
        assert_eq!(lines.iter().map(Vec::len).sum::<usize>(), words.chars().count());
    }

    #[test]
    fn a_character_that_no_font_has_is_still_seen() {
        let lines = set("报\u{f8ff3}", Voice::Hei, 9.0).unwrap();
        assert_eq!(lines[0].len(), 2);
        assert!(lines[0].iter().all(|glyph| glyph.path.is_some() && glyph.advance > 0.5));
    }
}
