//! What was seen of the display over time, and when what was waited for was there.

use std::time::Duration;

/// A cell's width in pixels: as wide as a few letters, so that blurred and sharp type are equally grey in it.
const CELL: usize = 32;
/// Of the way from what was there (or from an even surface) to what comes, so much may be lacking: what is seen is whole, if not yet sharp.
const WHOLE: f64 = 0.2;
/// And so much of the pixels themselves where it is sharp.
const SHARP: f64 = 0.02;
/// How much a page of print differs from an even surface, in 255 steps of grey.
const PRINT: f64 = 18.0;

/// The grey of some rows of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    grey: Vec<u8>,
    width: usize,
    rows: usize,
}

impl Frame {
    /// Strips of the screen, one after the other, each of so many rows.
    pub fn new(grey: Vec<u8>, width: usize, rows: usize) -> Self {
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
    pub fn has_print(&self) -> bool {
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
#[derive(Debug)]
pub struct Film {
    frames: Vec<(Duration, Frame)>,
}

impl Film {
    pub fn new(first: Frame) -> Self {
        Self { frames: vec![(Duration::ZERO, first)] }
    }

    /// Adds what is seen now; whether it is another than before.
    pub fn add(&mut self, at: Duration, frame: Frame) -> bool {
        let other = self.last() != &frame;
        if other {
            self.frames.push((at, frame));
        }
        other
    }

    pub fn last(&self) -> &Frame {
        &self.frames.last().expect("a film has a first frame").1
    }

    pub fn first_change(&self) -> Option<Duration> {
        self.frames.get(1).map(|(at, _)| *at)
    }

    /// When all that was there in the end was there for good, though it may have become sharper after.
    pub fn whole(&self) -> Option<Duration> {
        self.settled(Frame::cells, WHOLE)
    }

    /// When what was there in the end was there as it was in the end.
    pub fn sharp(&self) -> Option<Duration> {
        self.settled(Frame::pixels, SHARP)
    }

    fn settled(&self, of: impl Fn(&Frame) -> Vec<f64>, lacking: f64) -> Option<Duration> {
        let last = of(self.last());
        // From an empty display any window would be most of the way: no more than the page's own contrast counts.
        let even = vec![last.iter().sum::<f64>() / last.len().max(1) as f64; last.len()];
        let way = apart(&of(&self.frames[0].1), &last).min(apart(&even, &last));
        let unlike = |frame: &Frame| apart(&of(frame), &last) > way * lacking;
        let at = self.frames.iter().rposition(|(_, frame)| unlike(frame))? + 1;
        self.frames.get(at).map(|(at, _)| *at)
    }

    /// The times between one change and the next, from the first change to the last.
    pub fn intervals(&self) -> Vec<Duration> {
        self.frames[1..].windows(2).map(|pair| pair[1].0.saturating_sub(pair[0].0)).collect()
    }

    /// Every change, and how far from the end it was, for one who doubts a figure.
    pub fn describe(&self) -> String {
        let last = (self.last().cells(), self.last().pixels());
        let lines = self.frames.iter().map(|(at, frame)| {
            let (cells, pixels) = (apart(&frame.cells(), &last.0), apart(&frame.pixels(), &last.1));
            format!("{:6.1} ms  cells {cells:6.2}  pixels {pixels:6.2}", at.as_secs_f64() * 1000.0)
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 4 * CELL;

    /// Two strips of one row, drawn by column.
    fn frame(grey: impl Fn(usize) -> u8) -> Frame {
        Frame::new((0..2 * WIDTH).map(|at| grey(at % WIDTH)).collect(), WIDTH, 1)
    }

    fn film(frames: &[(u64, Frame)]) -> Film {
        let mut film = Film::new(frame(|_| 0));
        for (at, frame) in frames {
            film.add(Duration::from_millis(*at), frame.clone());
        }
        film
    }

    fn print(column: usize) -> u8 {
        if column.is_multiple_of(2) { 30 } else { 230 }
    }

    #[test]
    fn blurred_print_is_whole_and_becomes_sharp() {
        let page = |column: usize| if column < WIDTH / 2 { print(column) } else { 240 };
        let blurred = |column: usize| if column < WIDTH / 2 { 131 } else { 240 };
        let film = film(&[(10, frame(|_| 60)), (40, frame(blurred)), (90, frame(page))]);
        assert_eq!(film.first_change(), Some(Duration::from_millis(10)));
        assert_eq!(film.whole(), Some(Duration::from_millis(40)));
        assert_eq!(film.sharp(), Some(Duration::from_millis(90)));
        assert_eq!(film.intervals(), [30, 50].map(Duration::from_millis));
    }

    #[test]
    fn a_window_without_its_page_is_not_whole_on_a_dark_display() {
        let page = |column: usize| if column < WIDTH / 2 { print(column) } else { 240 };
        let film = film(&[(10, frame(|_| 185)), (80, frame(page))]);
        assert_eq!(film.first_change(), Some(Duration::from_millis(10)));
        assert_eq!(film.whole(), Some(Duration::from_millis(80)));
    }

    #[test]
    fn half_a_page_is_not_whole_and_what_goes_again_does_not_count() {
        let page = frame(|column| if column < WIDTH / 2 { print(column) } else { 240 });
        let half = frame(|column| if column < WIDTH / 2 { print(column) } else { 0 });
        let film = film(&[(10, page.clone()), (20, half), (30, page.clone()), (30, page)]);
        assert_eq!((film.whole(), film.sharp()), (Some(Duration::from_millis(30)), film.whole()));
        assert_eq!(film.intervals().len(), 2, "what is the same is no change");
    }

    #[test]
    fn nothing_is_neither_whole_nor_print() {
        let film = film(&[]);
        assert_eq!((film.first_change(), film.whole(), film.sharp()), (None, None, None));
        assert!(!film.last().has_print() && !frame(|_| 200).has_print() && frame(print).has_print());
    }
}
