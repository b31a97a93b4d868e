//! A picture that leaves the program: cut-outs one below the other, and a strip that says whose they are.

use crate::confine::confined;
use crate::sheet::MOST_PIXELS;
use crate::{Bitmap, RenderError, letters};
use tiny_skia::{Color, FillRule, Mask, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};

/// Narrower cut-outs stand in the middle of so much paper, or the strip's words would be broken to pieces.
const LEAST_WIDTH: u32 = 720;

/// What of a line is written, in characters: a notice of ownership may go on for pages.
const MOST_CHARACTERS: usize = 240;

const WHITE: u8 = 255;
const PAPER: [u8; 3] = [0xFB, 0xF8, 0xF1];
const RULE: [u8; 3] = [0xC6, 0xBC, 0xA8];
const INK: [u8; 3] = [0x1B, 0x18, 0x15];
const SECOND_INK: [u8; 3] = [0x65, 0x5D, 0x52];

/// What the strip says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// Empty for a whole page.
    pub headline: String,
    /// The paper, its date, its page.
    pub origin: String,
    /// Whose it is.
    pub copyright: String,
}

/// A polygon's corners, in fractions of the bitmap.
pub type Outline = Vec<(f64, f64)>;

/// Leaves of a cut-out what lies within some outlines, and as much around them as `margin` says, in pixels; the
/// rest, a neighbour's column, becomes white.
pub fn keep_within(bitmap: &mut Bitmap, outlines: &[Outline], margin: f32) -> Result<(), RenderError> {
    let mut mask = Mask::new(bitmap.width, bitmap.height).ok_or(RenderError::OutsidePage)?;
    let whole = Transform::identity();
    for outline in outlines {
        let mut builder = PathBuilder::new();
        for (index, &(x, y)) in outline.iter().enumerate() {
            let (x, y) = (x as f32 * bitmap.width as f32, y as f32 * bitmap.height as f32);
            if index == 0 {
                builder.move_to(x, y);
            } else {
                builder.line_to(x, y);
            }
        }
        builder.close();
        let Some(path) = builder.finish() else { continue };
        mask.fill_path(&path, FillRule::EvenOdd, true, whole);
        let edge = Stroke { width: 2.0 * margin, ..Stroke::default() };
        if let Some(edge) = path.stroke(&edge, 1.0) {
            mask.fill_path(&edge, FillRule::Winding, true, whole);
        }
    }
    for (pixel, &kept) in bitmap.rgb.chunks_exact_mut(3).zip(mask.data()) {
        for value in pixel {
            *value = mix(*value, WHITE, 255 - kept);
        }
    }
    Ok(())
}

/// The pieces one below the other, and the strip below them.
pub fn captioned(pieces: Vec<Bitmap>, caption: Caption) -> Result<Bitmap, RenderError> {
    confined(move || {
        let width = pieces.iter().map(|piece| piece.width).max().unwrap_or(0).max(LEAST_WIDTH);
        let gap = width / 60;
        let strip = strip(width, &caption)?;
        let gaps = gap * (pieces.len().saturating_sub(1) as u32);
        let height = pieces.iter().map(|piece| u64::from(piece.height)).sum::<u64>();
        let height = height + u64::from(gaps) + u64::from(strip.height);
        if u64::from(width) * height > MOST_PIXELS {
            let size = u64::from(width) * height;
            return Err(RenderError::TooLarge {
                what: "the picture's pixel count",
                size,
                limit: MOST_PIXELS,
            });
        }
        let mut whole = Bitmap {
            width,
            height: height as u32,
            rgb: vec![WHITE; (u64::from(width) * height * 3) as usize],
        };
        let mut top = 0;
        for piece in &pieces {
            lay(&mut whole, piece, (width - piece.width) / 2, top);
            top += piece.height + gap;
        }
        lay(&mut whole, &strip, 0, height as u32 - strip.height);
        Ok(whole)
    })
}

/// Copies a bitmap onto another that it fits on.
fn lay(onto: &mut Bitmap, piece: &Bitmap, left: u32, top: u32) {
    let row = piece.width as usize * 3;
    for y in 0..piece.height as usize {
        let start = ((top as usize + y) * onto.width as usize + left as usize) * 3;
        onto.rgb[start..start + row].copy_from_slice(&piece.rgb[y * row..(y + 1) * row]);
    }
}

/// A line of the strip: its glyphs, its size, where it stands.
struct Line {
    glyphs: Vec<letters::Glyph>,
    size: f32,
    baseline: f32,
    ink: [u8; 3],
}

fn strip(width: u32, caption: &Caption) -> Result<Bitmap, RenderError> {
    let large = (width as f32 / 42.0).clamp(20.0, 64.0);
    let small = (large * 0.68).max(15.0);
    let margin = (large * 1.1).round();
    let measure = width as f32 - 2.0 * margin;
    let mut lines = Vec::new();
    let mut bottom = margin;
    for (words, voice, size, ink) in [
        (&caption.headline, letters::Voice::Song, large, INK),
        (&caption.origin, letters::Voice::Hei, small, INK),
        (&caption.copyright, letters::Voice::Hei, small, SECOND_INK),
    ] {
        let words = shortened(words);
        if words.is_empty() {
            continue;
        }
        for glyphs in letters::set(&words, voice, measure / size)? {
            let leading = size * 1.5;
            // Chinese glyphs reach from 0.12 below the baseline to 0.88 above it.
            lines.push(Line { glyphs, size, baseline: bottom + (leading - size) / 2.0 + size * 0.88, ink });
            bottom += leading;
        }
    }
    let height = (bottom + margin).ceil() as u32;
    let mut pixmap = Pixmap::new(width, height).ok_or(RenderError::Broken)?;
    let colour = |[r, g, b]: [u8; 3]| Color::from_rgba8(r, g, b, 255);
    pixmap.fill(colour(PAPER));
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    if let Some(rule) = Rect::from_xywh(0.0, 0.0, width as f32, (large / 14.0).max(1.0)) {
        paint.set_color(colour(RULE));
        pixmap.fill_rect(rule, &paint, Transform::identity(), None);
    }
    for line in lines {
        paint.set_color(colour(line.ink));
        let mut x = margin;
        for glyph in line.glyphs {
            if let Some(path) = glyph.path {
                let place = Transform::from_row(line.size, 0.0, 0.0, -line.size, x, line.baseline);
                pixmap.fill_path(&path, &paint, FillRule::Winding, place, None);
            }
            x += glyph.advance * line.size;
        }
    }
    // Nothing in it is transparent, so that what is premultiplied is what it was.
    let rgb = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Ok(Bitmap { width, height, rgb })
}

/// On one line, and not without end.
fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

fn mix(from: u8, to: u8, part: u8) -> u8 {
    let (from, to, part) = (u32::from(from), u32::from(to), u32::from(part));
    ((from * (255 - part) + to * part + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn black(width: u32, height: u32) -> Bitmap {
        Bitmap { width, height, rgb: vec![0; (width * height * 3) as usize] }
    }

    fn pixel(bitmap: &Bitmap, x: u32, y: u32) -> [u8; 3] {
        let start = ((y * bitmap.width + x) * 3) as usize;
        [bitmap.rgb[start], bitmap.rgb[start + 1], bitmap.rgb[start + 2]]
    }

    fn caption() -> Caption {
        Caption {
            headline: "沿河书屋开门".into(),
            origin: "《示例日报》2026年11月24日 第01版".into(),
            copyright: "示例日报社版权所有".into(),
        }
    }

    #[test]
    fn the_pieces_stand_over_a_strip_with_words() {
        let whole = captioned(vec![black(900, 300), black(400, 200)], caption()).unwrap();
        assert_eq!(whole.width, 900);
        assert_eq!(pixel(&whole, 450, 299), [0; 3]);
        assert_eq!(pixel(&whole, 450, 305), [255; 3], "a gap between the pieces");
        assert_eq!(pixel(&whole, 450, 320), [0; 3], "the narrow one in the middle");
        assert_eq!(pixel(&whole, 100, 320), [255; 3]);
        let end = 300 + 900 / 60 + 200;
        assert!(whole.height > end + 60, "{}", whole.height);
        assert_eq!(pixel(&whole, 2, whole.height - 2), PAPER);
        let dark = |top: u32, bottom: u32| {
            (top..bottom)
                .flat_map(|y| (0..900).map(move |x| (x, y)))
                .filter(|&(x, y)| pixel(&whole, x, y)[0] < 90)
                .count()
        };
        assert!(dark(end + 3, whole.height) > 500, "words are written: {}", dark(end + 3, whole.height));
    }

    #[test]
    fn the_strip_grows_with_its_words_and_they_stay_within_it() {
        let short = captioned(vec![black(720, 10)], caption()).unwrap();
        let long = Caption { copyright: "未经书面授权不得转载。".repeat(200), ..caption() };
        let long = captioned(vec![black(720, 10)], long).unwrap();
        assert!(long.height > short.height + 100 && long.height < 1_000, "{} {}", short.height, long.height);
        for y in 20..long.height {
            assert_eq!(pixel(&long, 717, y), PAPER, "nothing runs over the edge");
        }
        let none = captioned(vec![black(720, 10)], Caption { headline: String::new(), ..caption() }).unwrap();
        assert!(none.height < short.height);
    }

    #[test]
    fn what_lies_outside_an_article_becomes_white() {
        let mut bitmap = black(100, 100);
        let corner = vec![(0.0, 0.0), (1.0, 0.0), (1.0, 0.5), (0.5, 0.5), (0.5, 1.0), (0.0, 1.0)];
        keep_within(&mut bitmap, &[corner], 4.0).unwrap();
        assert_eq!(pixel(&bitmap, 20, 80), [0; 3]);
        assert_eq!(pixel(&bitmap, 80, 20), [0; 3]);
        assert_eq!(pixel(&bitmap, 52, 80), [0; 3], "within the margin");
        assert_eq!(pixel(&bitmap, 80, 80), [255; 3]);
    }
}
