//! The photographs of a page that is only a picture, found in the picture.
//!
//! The rule: the page is looked at in squares. Between printed lines paper shows, within a photograph it does not, so
//! a square in which hardly any paper shows may be photograph. Squares beside each other make up a block, small gaps
//! closed; a block that is large enough, fills its rectangle, and has a photograph's tones is one, and its edges are
//! then put where paper begins, to the pixel. Grounds of one tint, headlines in white upon a colour and type itself
//! stay print. What is not rectangular, or has more paper than picture, is taken for print too.

use crate::Bitmap;
use crate::photographs::{Photograph, Photographs};
use crate::tones::{Tones, colour, lightness};
use hayro::kurbo::Rect;

/// The longer side at which a page is looked at, at most.
pub(crate) const LONG_SIDE: u32 = 1536;

/// Of a square: the page's longer side has so many, unless they would be smaller than this in pixels.
const SQUARES: u32 = 128;
const LEAST_SQUARE: u32 = 8;

/// How far below the paper's lightness paper may lie, and how colourful it may be.
const PAPER_DEPTH: u8 = 26;
const PAPER_COLOUR: u8 = 40;

/// A square with more paper than this is print.
const MOST_PAPER: f64 = 0.06;

/// A photograph's sides are at least so many squares long: the head of a columnist has five.
const LEAST_SIDE: usize = 5;

/// And its rectangle is covered to this share.
const LEAST_COVERED: f64 = 0.7;

/// A row of squares at a block's edge, or of pixels, belongs to it when this share of it is covered.
const EDGE_COVERED: f64 = 0.5;

/// More than these are no photographs but a texture.
const MOST: usize = 200;

pub(crate) fn find(page: &Bitmap) -> Photographs {
    let paper = PaperOf::new(page);
    let mut squares = Squares::new(page, &paper);
    squares.close_gaps();
    let (width, height) = (f64::from(page.width), f64::from(page.height));
    let blocks = squares.blocks().into_iter().filter_map(|block| {
        let block = squares.trimmed(block)?;
        let area = paper.to_the_pixel(block, squares.side);
        photograph(page, area).then(|| {
            Photograph::rectangle(Rect::new(
                area.left as f64 / width,
                area.top as f64 / height,
                area.right as f64 / width,
                area.bottom as f64 / height,
            ))
        })
    });
    blocks.take(MOST).collect()
}

/// From the first column and row to those behind the last; of squares or of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

fn pixel(page: &Bitmap, x: usize, y: usize) -> [u8; 3] {
    let at = (y * page.width as usize + x) * 3;
    [page.rgb[at], page.rgb[at + 1], page.rgb[at + 2]]
}

fn photograph(page: &Bitmap, area: Area) -> bool {
    let mut tones = Tones::default();
    for y in area.top..area.bottom {
        for x in area.left..area.right {
            tones.add(pixel(page, x, y));
        }
    }
    tones.is_photograph()
}

/// Which pixels are bare paper.
struct PaperOf {
    width: usize,
    height: usize,
    bare: Vec<bool>,
}

impl PaperOf {
    /// A scan's paper is grey or yellow: the commonest of the light tones is the paper's.
    fn new(page: &Bitmap) -> Self {
        let mut tones = [0_usize; 256];
        for pixel in page.rgb.chunks_exact(3) {
            tones[usize::from(lightness([pixel[0], pixel[1], pixel[2]]))] += 1;
        }
        let commonest = (176..=255_u8).max_by_key(|&tone| tones[usize::from(tone)]).unwrap_or(255);
        let least = commonest.saturating_sub(PAPER_DEPTH);
        let bare = |pixel: &[u8]| {
            let pixel = [pixel[0], pixel[1], pixel[2]];
            lightness(pixel) >= least && colour(pixel) < PAPER_COLOUR
        };
        Self {
            width: page.width as usize,
            height: page.height as usize,
            bare: page.rgb.chunks_exact(3).map(bare).collect(),
        }
    }

    /// How much of an area is not paper.
    fn covered(&self, area: Area) -> f64 {
        let pixels = (area.right - area.left) * (area.bottom - area.top);
        let rows = (area.top..area.bottom)
            .map(|y| &self.bare[y * self.width + area.left..y * self.width + area.right]);
        let bare: usize = rows.map(|row| row.iter().filter(|&&bare| bare).count()).sum();
        1.0 - bare as f64 / pixels.max(1) as f64
    }

    /// A block of squares with its edges where the paper begins, looked for a square to either side.
    fn to_the_pixel(&self, block: Area, side: usize) -> Area {
        let mut area = Area {
            left: block.left * side,
            top: block.top * side,
            right: (block.right * side).min(self.width),
            bottom: (block.bottom * side).min(self.height),
        };
        let column =
            |area: Area, x: usize| self.covered(Area { left: x, right: x + 1, ..area }) >= EDGE_COVERED;
        let row = |area: Area, y: usize| self.covered(Area { top: y, bottom: y + 1, ..area }) >= EDGE_COVERED;
        let (inner, outer) = (area.left + side, area.left.saturating_sub(side));
        area.left = inner - (outer..inner).rev().take_while(|&x| column(area, x)).count();
        let (inner, outer) = (area.right - side, (area.right + side).min(self.width));
        area.right = inner + (inner..outer).take_while(|&x| column(area, x)).count();
        let (inner, outer) = (area.top + side, area.top.saturating_sub(side));
        area.top = inner - (outer..inner).rev().take_while(|&y| row(area, y)).count();
        let (inner, outer) = (area.bottom - side, (area.bottom + side).min(self.height));
        area.bottom = inner + (inner..outer).take_while(|&y| row(area, y)).count();
        area
    }
}

/// Which squares of the page show hardly any paper.
struct Squares {
    side: usize,
    columns: usize,
    rows: usize,
    covered: Vec<bool>,
}

impl Squares {
    fn new(page: &Bitmap, paper: &PaperOf) -> Self {
        let side = (page.width.max(page.height) / SQUARES).max(LEAST_SQUARE) as usize;
        let (columns, rows) = (paper.width.div_ceil(side), paper.height.div_ceil(side));
        let mut covered = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let (left, top) = (column * side, row * side);
                let (right, bottom) = ((left + side).min(paper.width), (top + side).min(paper.height));
                covered.push(paper.covered(Area { left, top, right, bottom }) >= 1.0 - MOST_PAPER);
            }
        }
        Self { side, columns, rows, covered }
    }

    /// A bright window or a white shirt does not tear a photograph apart: what has photograph on both sides, a square
    /// away, is photograph.
    fn close_gaps(&mut self) {
        let before = self.covered.clone();
        let at = |column: usize, row: usize| before[row * self.columns + column];
        for row in 0..self.rows {
            for column in 0..self.columns {
                let across =
                    (1..self.columns - 1).contains(&column) && at(column - 1, row) && at(column + 1, row);
                let down = (1..self.rows - 1).contains(&row) && at(column, row - 1) && at(column, row + 1);
                if across || down {
                    self.covered[row * self.columns + column] = true;
                }
            }
        }
    }

    /// The rectangles around what hangs together.
    fn blocks(&self) -> Vec<Area> {
        let mut seen = vec![false; self.covered.len()];
        let mut blocks = Vec::new();
        for start in 0..self.covered.len() {
            if seen[start] || !self.covered[start] {
                continue;
            }
            let mut block = Area { left: usize::MAX, top: usize::MAX, right: 0, bottom: 0 };
            let mut waiting = vec![start];
            seen[start] = true;
            while let Some(square) = waiting.pop() {
                let (column, row) = (square % self.columns, square / self.columns);
                block.left = block.left.min(column);
                block.top = block.top.min(row);
                block.right = block.right.max(column + 1);
                block.bottom = block.bottom.max(row + 1);
                let beside = [
                    (column > 0).then(|| square - 1),
                    (column + 1 < self.columns).then_some(square + 1),
                    (row > 0).then(|| square - self.columns),
                    (row + 1 < self.rows).then(|| square + self.columns),
                ];
                for next in beside.into_iter().flatten() {
                    if self.covered[next] && !seen[next] {
                        seen[next] = true;
                        waiting.push(next);
                    }
                }
            }
            blocks.push(block);
        }
        blocks
    }

    fn share(&self, area: Area) -> f64 {
        let squares = (area.right - area.left) * (area.bottom - area.top);
        let rows = (area.top..area.bottom)
            .map(|row| &self.covered[row * self.columns + area.left..row * self.columns + area.right]);
        let covered: usize = rows.map(|row| row.iter().filter(|&&covered| covered).count()).sum();
        covered as f64 / squares.max(1) as f64
    }

    /// A block without what sticks out of it, a rule or a headline's end; nothing if it is not a rectangle then.
    fn trimmed(&self, mut block: Area) -> Option<Area> {
        loop {
            if block.right - block.left < LEAST_SIDE || block.bottom - block.top < LEAST_SIDE {
                return None;
            }
            let before = block;
            let thin = |area: Area| self.share(area) < EDGE_COVERED;
            if thin(Area { right: block.left + 1, ..block }) {
                block.left += 1;
            }
            if thin(Area { left: block.right - 1, ..block }) {
                block.right -= 1;
            }
            if thin(Area { bottom: block.top + 1, ..block }) {
                block.top += 1;
            }
            if thin(Area { top: block.bottom - 1, ..block }) {
                block.bottom -= 1;
            }
            if block == before {
                return (self.share(block) >= LEAST_COVERED).then_some(block);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of type: strokes of four pixels in rows of ten, sixteen apart.
    fn page(width: u32, height: u32) -> Bitmap {
        let mut rgb = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let ink = y % 16 < 10 && x % 5 < 3 && (x / 5 + y / 16) % 7 != 0;
                rgb.extend([if ink { 30 } else { 255 }; 3]);
            }
        }
        Bitmap { width, height, rgb }
    }

    fn paint(page: &mut Bitmap, area: Area, colour: impl Fn(usize, usize) -> [u8; 3]) {
        for y in area.top..area.bottom {
            for x in area.left..area.right {
                let at = (y * page.width as usize + x) * 3;
                page.rgb[at..at + 3].copy_from_slice(&colour(x, y));
            }
        }
    }

    fn scene(x: usize, y: usize) -> [u8; 3] {
        [(x * 3 % 200 + 20) as u8, (y * 2 % 180 + 30) as u8, ((x + y) % 220) as u8]
    }

    fn found(page: &Bitmap) -> Vec<[i64; 4]> {
        let sides = [page.width, page.height, page.width, page.height].map(f64::from);
        let in_pixels = |area: [f64; 4]| {
            let mut pixels = [0; 4];
            for (pixel, (part, side)) in pixels.iter_mut().zip(area.into_iter().zip(sides)) {
                *pixel = (part * side).round() as i64;
            }
            pixels
        };
        find(page).bounds().into_iter().map(in_pixels).collect()
    }

    #[test]
    fn type_alone_has_no_photographs() {
        assert!(found(&page(700, 1000)).is_empty());
    }

    #[test]
    fn a_photograph_among_type_is_found_to_the_pixel() {
        let mut page = page(700, 1000);
        // With air around it, as it is printed.
        paint(&mut page, Area { left: 95, top: 293, right: 410, bottom: 530 }, |_, _| [255; 3]);
        let area = Area { left: 101, top: 299, right: 403, bottom: 523 };
        paint(&mut page, area, scene);
        // A bright window in it stays in it.
        paint(&mut page, Area { left: 200, top: 400, right: 214, bottom: 416 }, |_, _| [252; 3]);
        assert_eq!(found(&page), [[101, 299, 403, 523]]);
    }

    #[test]
    fn tinted_boxes_and_bands_of_colour_are_print() {
        let mut page = page(700, 1000);
        let type_upon = |ground: [u8; 3], ink: [u8; 3]| {
            move |x: usize, y: usize| if y % 16 < 9 && x % 6 < 2 { ink } else { ground }
        };
        paint(
            &mut page,
            Area { left: 40, top: 40, right: 340, bottom: 300 },
            type_upon([198, 205, 210], [20; 3]),
        );
        paint(
            &mut page,
            Area { left: 360, top: 40, right: 660, bottom: 140 },
            type_upon([190, 30, 40], [255; 3]),
        );
        paint(&mut page, Area { left: 40, top: 500, right: 660, bottom: 503 }, |_, _| [0; 3]);
        assert_eq!(found(&page), [] as [[i64; 4]; 0]);
    }

    #[test]
    fn grey_paper_is_paper() {
        let mut page = page(700, 1000);
        for channel in &mut page.rgb {
            *channel = (*channel).min(212);
        }
        assert!(found(&page).is_empty());
        let area = Area { left: 100, top: 100, right: 500, bottom: 400 };
        paint(&mut page, area, |x, y| scene(x, y).map(|channel| channel.min(180)));
        assert_eq!(found(&page).len(), 1);
    }

    #[test]
    fn any_size_of_picture_is_looked_at() {
        for (width, height) in [(1, 1), (3, 900), (900, 3), (9, 9), (130, 8)] {
            let bitmap = Bitmap { width, height, rgb: vec![90; (width * height * 3) as usize] };
            assert!(find(&bitmap).bounds().is_empty(), "{width}x{height}");
        }
    }
}
