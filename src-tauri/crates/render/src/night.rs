//! The night colours: paper turns dark and type light, colours keep their hue, photographs stay as they are.

use crate::Bitmap;
use crate::photographs::Photographs;
use crate::sheet::Window;

/// What white turns to, and what black does: the window's own paper and ink at night (`ui/src/shared/paper.css`).
pub const NIGHT_PAPER: [u8; 3] = [0x1D, 0x1B, 0x18];
pub const NIGHT_INK: [u8; 3] = [0xE6, 0xDF, 0xD2];

/// Rows turned at once: what is known of a drawing's photographs takes four bytes a pixel.
const BAND: u32 = 1024;

/// From what a channel is after its lightness was turned over, to what lies between night's paper and ink.
static BETWEEN: [[u8; 256]; 3] = between();

const fn between() -> [[u8; 256]; 3] {
    let mut table = [[0; 256]; 3];
    let mut channel = 0;
    while channel < 3 {
        let (paper, ink) = (NIGHT_PAPER[channel] as usize, NIGHT_INK[channel] as usize);
        let mut value = 0;
        while value < 256 {
            table[channel][value] = (paper + ((ink - paper) * value + 127) / 255) as u8;
            value += 1;
        }
        channel += 1;
    }
    table
}

/// A colour at night. All three channels move by the same amount, so that the hue stays; how far depends mostly on
/// how light the eye finds the colour, and a little on the middle of its channels, or a deep blue would turn pale.
pub(crate) fn at_night([red, green, blue]: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = [red, green, blue].map(i32::from);
    let luma = (299 * r + 587 * g + 114 * b + 500) / 1000;
    let middle = r.max(g).max(b) + r.min(g).min(b);
    let shift = 255 - (6 * luma + middle + 2) / 4;
    let turned = |channel: i32, table: &[u8; 256]| table[(channel + shift).clamp(0, 255) as usize];
    [turned(r, &BETWEEN[0]), turned(g, &BETWEEN[1]), turned(b, &BETWEEN[2])]
}

/// Turns a drawing of a page of so many pixels to its night colours, photographs left as they are.
pub(crate) fn turn(bitmap: &mut Bitmap, photographs: &Photographs, page: (f64, f64), window: Window) {
    let row = bitmap.width as usize * 3;
    // Most of a page is one colour; what the last pixel turned to is most often what the next one does.
    let (mut last, mut turned) = ([255; 3], at_night([255; 3]));
    for (index, band) in bitmap.rgb.chunks_mut(row * BAND as usize).enumerate() {
        let height = (band.len() / row) as u32;
        let top = window.top + f64::from(index as u32 * BAND);
        let kept = photographs.cover(page, Window { top, height, ..window });
        let mut one = |pixel: &[u8]| {
            let pixel = [pixel[0], pixel[1], pixel[2]];
            if pixel != last {
                (last, turned) = (pixel, at_night(pixel));
            }
            turned
        };
        let Some(kept) = kept else {
            for pixel in band.chunks_exact_mut(3) {
                pixel.copy_from_slice(&one(pixel));
            }
            continue;
        };
        for (pixel, kept) in band.chunks_exact_mut(3).zip(kept) {
            match kept {
                255 => {}
                0 => pixel.copy_from_slice(&one(pixel)),
                _ => {
                    let night = one(pixel);
                    for (day, night) in pixel.iter_mut().zip(night) {
                        let mixed =
                            u32::from(*day) * u32::from(kept) + u32::from(night) * u32::from(255 - kept);
                        *day = ((mixed + 127) / 255) as u8;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hue([r, g, b]: [u8; 3]) -> f64 {
        let [r, g, b] = [r, g, b].map(f64::from);
        let (most, least) = (r.max(g).max(b), r.min(g).min(b));
        let part = if r >= g && r >= b {
            (g - b) / (most - least)
        } else if g >= b {
            2.0 + (b - r) / (most - least)
        } else {
            4.0 + (r - g) / (most - least)
        };
        (part * 60.0).rem_euclid(360.0)
    }

    /// A colour as an eye sees it that takes the night's ink for white and its paper for black.
    fn seen(night: [u8; 3]) -> [u8; 3] {
        let mut seen = [0; 3];
        for (channel, seen) in seen.iter_mut().enumerate() {
            let [paper, ink, value] =
                [NIGHT_PAPER, NIGHT_INK, night].map(|colour| i32::from(colour[channel]));
            *seen = ((value - paper) * 255 / (ink - paper)) as u8;
        }
        seen
    }

    /// As WCAG has it.
    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let luminance = |colour: [u8; 3]| {
            let linear = colour.map(|channel| {
                let value = f64::from(channel) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn paper_is_dark_and_ink_is_light() {
        assert_eq!(at_night([255; 3]), NIGHT_PAPER);
        assert_eq!(at_night([0; 3]), NIGHT_INK);
        // Between them, what was darker is lighter.
        let greys: Vec<u8> = (0..=255).map(|grey| at_night([grey; 3])[0]).collect();
        assert!(greys.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn colours_keep_their_hue_and_can_be_read() {
        for print in [
            [166, 43, 31],
            [204, 0, 0],
            [230, 0, 18],
            [0, 0, 200],
            [0, 90, 170],
            [0, 120, 60],
            [120, 60, 140],
            [200, 110, 0],
        ] {
            let night = at_night(print);
            let apart = (hue(print) - hue(seen(night))).abs();
            assert!(apart.min(360.0 - apart) < 6.0, "{print:?} became {night:?}");
            assert!(contrast(night, NIGHT_PAPER) >= 4.5, "{night:?} on the night's paper");
        }
        // Words in white upon red stay apart from it.
        assert!(contrast(at_night([200, 30, 30]), at_night([255; 3])) >= 4.5);
    }
}
