//! What tells a photograph from what is printed in ink upon paper: its tones.

/// From this lightness on, and without colour, a pixel is paper; below that, ink.
const PAPER: u8 = 228;
const INK: u8 = 56;
const COLOURLESS: u8 = 36;

/// A photograph has at least this share of pixels that are neither.
const LEAST_BETWEEN: f64 = 0.15;

/// What has this share of its pixels in one of 32 tones is a flat ground.
const FLAT: f64 = 0.6;

/// The tones of a part of a page.
#[derive(Debug, Default)]
pub(crate) struct Tones {
    pixels: usize,
    paper: usize,
    ink: usize,
    by_lightness: [usize; 32],
}

pub(crate) fn lightness([red, green, blue]: [u8; 3]) -> u8 {
    ((299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue) + 500) / 1000) as u8
}

pub(crate) fn colour([red, green, blue]: [u8; 3]) -> u8 {
    red.max(green).max(blue) - red.min(green).min(blue)
}

impl Tones {
    pub(crate) fn add(&mut self, pixel: [u8; 3]) {
        let light = lightness(pixel);
        self.pixels += 1;
        self.by_lightness[usize::from(light / 8)] += 1;
        if colour(pixel) < COLOURLESS {
            self.paper += usize::from(light >= PAPER);
            self.ink += usize::from(light <= INK);
        }
    }

    fn share(&self, pixels: usize) -> f64 {
        pixels as f64 / self.pixels.max(1) as f64
    }

    /// Many tones between paper and ink, and no single one of them nearly everywhere.
    pub(crate) fn is_photograph(&self) -> bool {
        let between = self.pixels - self.paper - self.ink;
        let flat = self.by_lightness[INK as usize / 8..PAPER as usize / 8].iter().max().copied().unwrap_or(0);
        self.share(between) >= LEAST_BETWEEN && self.share(flat) < FLAT
    }

    /// Paper and ink, plenty of each, and hardly anything else.
    pub(crate) fn is_two_toned(&self) -> bool {
        self.share(self.paper) > 0.25
            && self.share(self.ink) > 0.25
            && self.share(self.paper + self.ink) > 0.85
    }
}
