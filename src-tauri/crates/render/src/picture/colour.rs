//! From the colours that a picture's own profile means to those of screens, sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Pixels converted at once.
const BAND: usize = 1 << 16;

/// What a file's samples are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Samples {
    Grey,
    Rgb,
    /// Each the amount of ink, of 255.
    Cmyk,
}

impl Samples {
    fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    fn layout(self) -> Layout {
        match self {
            Self::Grey => Layout::Gray,
            Self::Rgb => Layout::Rgb,
            Self::Cmyk => Layout::Rgba,
        }
    }

    fn space(self) -> DataColorSpace {
        match self {
            Self::Grey => DataColorSpace::Gray,
            Self::Rgb => DataColorSpace::Rgb,
            Self::Cmyk => DataColorSpace::Cmyk,
        }
    }
}

/// The samples as RGB for a screen. A profile that cannot be read, or is another kind of samples', says nothing:
/// they are then what browsers take them for.
pub(super) fn to_screen(samples: Vec<u8>, kind: Samples, profile: Option<&[u8]>) -> Vec<u8> {
    if let Some(converted) = profile.and_then(|profile| by_profile(&samples, kind, profile)) {
        return converted;
    }
    match kind {
        Samples::Rgb => samples,
        Samples::Grey => each::<1>(&samples, |[grey]| [grey; 3]),
        Samples::Cmyk => each(&samples, |[cyan, magenta, yellow, black]| {
            let light = u32::from(255 - black);
            [cyan, magenta, yellow].map(|ink| ((u32::from(255 - ink) * light + 127) / 255) as u8)
        }),
    }
}

/// RGB of samples that come in groups of so many.
pub(super) fn each<const N: usize>(samples: &[u8], rgb_of: impl Fn([u8; N]) -> [u8; 3]) -> Vec<u8> {
    let pixels = samples.as_chunks::<N>().0;
    // Filled, not collected: an iterator of arrays is put together byte by byte.
    let mut rgb = vec![0; pixels.len() * 3];
    for (to, from) in rgb.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
        *to = rgb_of(*from);
    }
    rgb
}

/// Nothing where the profile says nothing new.
fn by_profile(samples: &[u8], kind: Samples, profile: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != kind.space() {
        return None;
    }
    let screen = ColorProfile::new_srgb();
    let transform = profile
        .create_transform_8bit(kind.layout(), &screen, Layout::Rgb, TransformOptions::default())
        .inspect_err(|error| tracing::debug!(%error, "a picture's colour profile is of no use"))
        .ok()?;
    if kind == Samples::Rgb {
        // Most profiles are sRGB under another name; a grid of colours tells.
        let steps = || (0..=255_u8).step_by(15);
        let grid: Vec<u8> = steps()
            .flat_map(|red| steps().flat_map(move |green| steps().flat_map(move |blue| [red, green, blue])))
            .collect();
        let mut seen = vec![0; grid.len()];
        transform.transform(&grid, &mut seen).ok()?;
        if grid.iter().zip(&seen).all(|(before, after)| before.abs_diff(*after) <= 1) {
            return None;
        }
    }
    let channels = kind.channels();
    let mut rgb = vec![0; samples.len() / channels * 3];
    for (from, to) in samples.chunks(BAND * channels).zip(rgb.chunks_mut(BAND * 3)) {
        transform.transform(from, to).ok()?;
    }
    Some(rgb)
}
