//! What was seen of the display over time, and when what was waited for was there.

use std::time::Duration;

/// A cell's width in pixels: as wide as a few letters, so that blurred and sharp type are equally grey in it.
const CELL: usize = 32;
/// Of the way from what was there to what comes, so much may be lacking: what is seen is whole, if not yet sharp.
const WHOLE: f64 = 0.2;
/// And so much of the pixels themselves where it is sharp.
const SHARP: f64 = 0.02;
/// How much a page of print differs from an even surface, in 255 steps of grey.
const PRINT: f64 = 18.0;

/// The grey of some rows of the screen.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    grey: Vec<u8>,
    width: usize,
    rows: usize,
}

impl Frame {
    pub(crate) fn new(grey: Vec<u8>, width: usize, rows: usize) -> Self {
        Self { grey, width, rows }
    }

    fn cells(&self) -> Vec<f64> {
        let strips = self.grey.chunks(self.width * self.rows);
        strips
            .flat_map(|strip| {
                let columns = self.width.div_ceil(CELL);
                let mut sums = vec![(0_u32, 0_u32); columns];
                for row in strip.chunks(self.width) {
                    for (sum, cell) in sums.iter_mut().zip(row.chunks(CELL)) {
                        sum.0 += cell.iter().map(|&grey| u32::from(grey)).sum::<u32>();
                        sum.1 += cell.len() as u32;
                    }
                }
                sums.into_iter().map(|(sum, count)| f64::from(sum) / f64::from(count.max(1)))
            })
            .collect()
    }

    fn pixels(&self) -> Vec<f64> {
        self.grey.iter().map(|&grey| f64::from(grey)).collect()
    }

    /// Whether there is print on the screen, and not only surfaces.
    pub(crate) fn has_print(&self) -> bool {
        let pixels = self.pixels();
        let mean = pixels.iter().sum::<f64>() / pixels.len() as f64;
        let spread = pixels.iter().map(|pixel| (pixel - mean).powi(2)).sum::<f64>() / pixels.len() as f64;
        spread.sqrt() > PRINT
    }
}

fn apart(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).abs()).sum::<f64>() / one.len().max(1) as f64
}

/// What was there at first, and every change.
pub(crate) struct Film {
    frames: Vec<(Duration, Frame)>,
}

impl Film {
    pub(crate) fn new(first: Frame) -> Self {
        Self { frames: vec![(Duration::ZERO, first)] }
    }

    /// Adds what is seen now; whether it is another than before.
    pub(crate) fn add(&mut self, at: Duration, frame: Frame) -> bool {
        let other = self.last() != &frame;
        if other {
            self.frames.push((at, frame));
        }
        other
    }

    pub(crate) fn last(&self) -> &Frame {
        &self.frames.last().expect("a film has a first frame").1
    }

    pub(crate) fn first_change(&self) -> Option<Duration> {
        self.frames.get(1).map(|(at, _)| *at)
    }

    /// When all that was there in the end was there for good, though it may have become sharper after.
    pub(crate) fn whole(&self) -> Option<Duration> {
        self.settled(Frame::cells, WHOLE)
    }

    /// When what was there in the end was there as it was in the end.
    pub(crate) fn sharp(&self) -> Option<Duration> {
        self.settled(Frame::pixels, SHARP)
    }

    fn settled(&self, of: impl Fn(&Frame) -> Vec<f64>, lacking: f64) -> Option<Duration> {
        let last = of(self.last());
        let way = apart(&of(&self.frames[0].1), &last);
        let unlike = |frame: &Frame| apart(&of(frame), &last) > way * lacking;
        let at = self.frames.iter().rposition(|(_, frame)| unlike(frame))? + 1;
        self.frames.get(at).map(|(at, _)| *at)
    }

    /// The times between one change and the next, from the first change to the last.
    pub(crate) fn intervals(&self) -> Vec<Duration> {
        self.frames[1..].windows(2).map(|pair| pair[1].0 - pair[0].0).collect()
    }

    pub(crate) fn describe(&self) -> String {
        let last = (self.last().cells(), self.last().pixels());
        let lines = self.frames.iter().map(|(at, frame)| {
            let (cells, pixels) = (apart(&frame.cells(), &last.0), apart(&frame.pixels(), &last.1));
            format!("{:6.1} ms  cells {cells:6.2}  pixels {pixels:6.2}", at.as_secs_f64() * 1000.0)
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
