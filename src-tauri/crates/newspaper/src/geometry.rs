//! Where things lie on a page: shapes as sites write them, polygons as fractions of the page.
//!
//! Every polygon that leaves this module is in fractions of the page, (0,0) top left to (1,1)
//! bottom right, whatever unit the site used.

use serde::{Deserialize, Serialize};

/// The most corners a region may have; real ones have four to thirty.
pub const MAX_CORNERS: usize = 512;

/// Corners of the polygon that stands for a circle.
const CIRCLE_CORNERS: usize = 32;

/// A place on a page, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl From<[f64; 2]> for Point {
    fn from([x, y]: [f64; 2]) -> Self {
        Self { x, y }
    }
}

impl From<Point> for [f64; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

/// The shape an image map's area names. HTML knows `poly`, `rect`, `circle` and `default`; the
/// generators also write `polygon` and `rectangle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Polygon,
    Rectangle,
    Circle,
    WholePage,
}

impl Shape {
    /// Reads a `shape` attribute; a missing or unknown one is told by how many numbers there are,
    /// as browsers of the time did.
    pub fn named(name: &str, numbers: usize) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "poly" | "polygon" => Self::Polygon,
            "rect" | "rectangle" => Self::Rectangle,
            "circle" | "circ" => Self::Circle,
            "default" => Self::WholePage,
            _ => match numbers {
                3 => Self::Circle,
                4 => Self::Rectangle,
                _ => Self::Polygon,
            },
        }
    }
}

/// What a site's coordinates are measured in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Frame {
    /// Pixels of a picture (or a configured frame) of this width and height.
    Pixels { width: f64, height: f64 },
    /// Hundredths of the page.
    Percent,
    /// Fractions of the page already.
    Unit,
}

impl Frame {
    fn scale(self) -> Option<(f64, f64)> {
        let (width, height) = match self {
            Self::Pixels { width, height } => (width, height),
            Self::Percent => (100.0, 100.0),
            Self::Unit => (1.0, 1.0),
        };
        let usable = |side: f64| side.is_finite() && side > 0.0;
        (usable(width) && usable(height)).then_some((width, height))
    }
}

/// Why a shape could not be made into a region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GeometryError {
    #[error("it has no coordinates")]
    Empty,
    #[error("{0:?} is not a number")]
    NotANumber(String),
    #[error("{numbers} numbers do not make a {shape:?}")]
    WrongCount { shape: Shape, numbers: usize },
    #[error("it has {0} corners; at most {MAX_CORNERS} are read")]
    TooManyCorners(usize),
    #[error("it encloses nothing on the page")]
    NoArea,
    #[error("the frame it is drawn in has no size")]
    NoFrame,
}

/// An area as a site writes it: a shape and its numbers, in the site's own unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub shape: Shape,
    pub numbers: Vec<f64>,
}

impl Area {
    /// Reads a `shape` and a `coords` attribute. Numbers may be separated by commas, semicolons or
    /// blanks and may carry a `%` or `px`, as HTML's own parsing of lists of numbers allows.
    pub fn parse(shape: &str, coords: &str) -> Result<Self, GeometryError> {
        let mut numbers = Vec::new();
        for word in coords
            .split(|c: char| matches!(c, ',' | ';' | '，') || c.is_whitespace())
            .filter(|word| !word.is_empty())
        {
            if numbers.len() >= MAX_CORNERS * 2 {
                return Err(GeometryError::TooManyCorners(numbers.len() / 2 + 1));
            }
            let digits = word.trim_end_matches('%').trim_end_matches("px");
            let number = digits.parse::<f64>().ok().filter(|n| n.is_finite());
            numbers.push(number.ok_or_else(|| {
                if word.eq_ignore_ascii_case("null") {
                    GeometryError::Empty
                } else {
                    GeometryError::NotANumber(word.chars().take(20).collect())
                }
            })?);
        }
        let shape = Shape::named(shape, numbers.len());
        if numbers.is_empty() && shape != Shape::WholePage {
            return Err(GeometryError::Empty);
        }
        Ok(Self { shape, numbers })
    }

    /// The largest x and y, for guessing a frame that no one states.
    pub fn extent(&self) -> (f64, f64) {
        let mut extent = (0.0_f64, 0.0_f64);
        for pair in self.numbers.chunks_exact(2) {
            extent = (extent.0.max(pair[0]), extent.1.max(pair[1]));
        }
        extent
    }

    /// The polygon as fractions of the page.
    pub fn polygon(&self, frame: Frame) -> Result<Polygon, GeometryError> {
        let (width, height) = frame.scale().ok_or(GeometryError::NoFrame)?;
        let wrong = || GeometryError::WrongCount { shape: self.shape, numbers: self.numbers.len() };
        let corners: Vec<[f64; 2]> = match self.shape {
            Shape::WholePage => vec![[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]],
            Shape::Rectangle => {
                let [x0, y0, x1, y1] = self.numbers[..] else {
                    // "rect" with a polygon's numbers occurs; the numbers are what was drawn.
                    return if self.numbers.len() >= 6 && self.numbers.len().is_multiple_of(2) {
                        Self { shape: Shape::Polygon, ..self.clone() }.polygon(frame)
                    } else {
                        Err(wrong())
                    };
                };
                vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
            }
            Shape::Circle => {
                let [x, y, radius] = self.numbers[..] else { return Err(wrong()) };
                (0..CIRCLE_CORNERS)
                    .map(|i| std::f64::consts::TAU * i as f64 / CIRCLE_CORNERS as f64)
                    .map(|angle| [x + radius * angle.cos(), y + radius * angle.sin()])
                    .collect()
            }
            Shape::Polygon if self.numbers.len() == 4 => {
                return Self { shape: Shape::Rectangle, ..self.clone() }.polygon(frame);
            }
            Shape::Polygon => {
                if self.numbers.len() < 6 || !self.numbers.len().is_multiple_of(2) {
                    return Err(wrong());
                }
                self.numbers.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
            }
        };
        Polygon::new(corners.into_iter().map(|[x, y]| Point { x: x / width, y: y / height }))
    }
}

/// A closed outline on a page, in fractions of it; never empty, never outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Polygon {
    corners: Vec<Point>,
}

impl Polygon {
    /// Clamps to the page, drops repeated corners, and refuses what encloses nothing.
    pub fn new(corners: impl IntoIterator<Item = Point>) -> Result<Self, GeometryError> {
        let mut kept: Vec<Point> = Vec::new();
        for corner in corners {
            if !corner.x.is_finite() || !corner.y.is_finite() {
                return Err(GeometryError::NotANumber(format!("{},{}", corner.x, corner.y)));
            }
            let corner = Point { x: corner.x.clamp(0.0, 1.0), y: corner.y.clamp(0.0, 1.0) };
            if kept.last() != Some(&corner) {
                kept.push(corner);
            }
            if kept.len() > MAX_CORNERS {
                return Err(GeometryError::TooManyCorners(kept.len()));
            }
        }
        if kept.len() > 1 && kept.first() == kept.last() {
            kept.pop();
        }
        let polygon = Self { corners: kept };
        let (_, _, width, height) = polygon.bounds();
        // A self-touching outline may have a signed area of nought, so the box is asked as well.
        if polygon.corners.len() < 3 || width <= 0.0 || height <= 0.0 || polygon.area() < 1e-7 {
            return Err(GeometryError::NoArea);
        }
        Ok(polygon)
    }

    pub fn corners(&self) -> &[Point] {
        &self.corners
    }

    /// Left, top, width and height of the smallest upright box around it.
    pub fn bounds(&self) -> (f64, f64, f64, f64) {
        let mut low = Point { x: f64::INFINITY, y: f64::INFINITY };
        let mut high = Point { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
        for corner in &self.corners {
            low = Point { x: low.x.min(corner.x), y: low.y.min(corner.y) };
            high = Point { x: high.x.max(corner.x), y: high.y.max(corner.y) };
        }
        (low.x, low.y, high.x - low.x, high.y - low.y)
    }

    /// The share of the page it covers (shoelace formula; a self-crossing outline counts the
    /// difference of its lobes, one that goes round twice no more than its box).
    pub fn area(&self) -> f64 {
        let doubled: f64 = self.edges().map(|(a, b)| a.x * b.y - b.x * a.y).sum();
        let (_, _, width, height) = self.bounds();
        (doubled / 2.0).abs().min(width * height)
    }

    /// Whether a point lies inside (even-odd rule, as image maps and SVG's `evenodd` have it).
    pub fn contains(&self, point: Point) -> bool {
        let crossings = self.edges().filter(|(a, b)| {
            (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        });
        crossings.count() % 2 == 1
    }

    fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let next = self.corners.iter().cycle().skip(1);
        self.corners.iter().copied().zip(next.copied())
    }
}

/// The order in which a reader meets blocks of which only the places are known: by rows of blocks
/// that begin at about the same height, left to right within a row.
///
/// Sites' own lists are better; this is for the regions that no list names. Returns indices.
pub fn reading_order(polygons: &[&Polygon]) -> Vec<usize> {
    /// Blocks whose tops are this near (a share of the page's height) stand in one row.
    const ROW: f64 = 0.02;
    let mut order: Vec<usize> = (0..polygons.len()).collect();
    let top = |i: usize| polygons[i].bounds().1;
    let left = |i: usize| polygons[i].bounds().0;
    order.sort_by(|&a, &b| top(a).total_cmp(&top(b)));
    let mut start = 0;
    while start < order.len() {
        let row_top = top(order[start]);
        let end = start + order[start..].iter().take_while(|&&i| top(i) - row_top <= ROW).count();
        order[start..end].sort_by(|&a, &b| left(a).total_cmp(&left(b)));
        start = end;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(x: f64, y: f64, side: f64) -> Polygon {
        Area { shape: Shape::Rectangle, numbers: vec![x, y, x + side, y + side] }
            .polygon(Frame::Unit)
            .unwrap()
    }

    #[test]
    fn every_shape_becomes_fractions_of_the_page() {
        let frame = Frame::Pixels { width: 350.0, height: 550.0 };
        let cases = [
            ("polygon", "0,0,175,0,175,275,0,275", frame, 0.25),
            ("POLY", "0 0 175 0 175 275 0 275", frame, 0.25),
            ("rect", "0,0,175,275", frame, 0.25),
            ("rect", "0,0,175,0,175,275,0,275", frame, 0.25),
            ("polygon", "0,0,175,275", frame, 0.25),
            ("", "0;0;175;275", frame, 0.25),
            ("default", "", frame, 1.0),
            ("poly", "0%,0%,50%,0%,50%,50%,0%,50%", Frame::Percent, 0.25),
            ("poly", "0,0,.5,0,.5,.5,0,.5", Frame::Unit, 0.25),
            ("rect", "0,0,175.0,275.00", frame, 0.25),
        ];
        for (shape, coords, frame, area) in cases {
            let polygon = Area::parse(shape, coords).unwrap().polygon(frame).unwrap();
            assert!((polygon.area() - area).abs() < 1e-9, "{shape} {coords}: {}", polygon.area());
        }
        let circle = Area::parse("circle", "50,50,10").unwrap().polygon(Frame::Percent).unwrap();
        assert!((circle.area() - std::f64::consts::PI / 100.0).abs() < 0.001);
    }

    #[test]
    fn what_is_no_region_says_why() {
        let frame = Frame::Pixels { width: 350.0, height: 500.0 };
        assert_eq!(Area::parse("polygon", "null"), Err(GeometryError::Empty));
        assert_eq!(Area::parse("polygon", ""), Err(GeometryError::Empty));
        assert_eq!(Area::parse("poly", "1,x"), Err(GeometryError::NotANumber("x".into())));
        let parsed = |coords| Area::parse("poly", coords).unwrap().polygon(frame);
        assert!(matches!(parsed("1,2,3,4,5,6,7"), Err(GeometryError::WrongCount { .. })));
        assert_eq!(parsed("1,1,1,1,1,1"), Err(GeometryError::NoArea));
        assert_eq!(parsed("900,900,950,900,950,950"), Err(GeometryError::NoArea));
        let many = "1,2,".repeat(MAX_CORNERS + 1);
        assert!(matches!(Area::parse("poly", &many), Err(GeometryError::TooManyCorners(_))));
        let zero = Frame::Pixels { width: 0.0, height: 500.0 };
        let area = Area::parse("poly", "0,0,1,0,1,1").unwrap();
        assert_eq!(area.polygon(zero), Err(GeometryError::NoFrame));
    }

    #[test]
    fn outlines_that_leave_the_page_are_clamped() {
        let frame = Frame::Pixels { width: 350.0, height: 550.0 };
        let area = Area::parse("polygon", "-2,0,352,0,352,551,-2,551").unwrap();
        assert_eq!(area.polygon(frame).unwrap().bounds(), (0.0, 0.0, 1.0, 1.0));
    }

    #[test]
    fn an_outline_that_goes_round_twice_covers_no_more_than_its_box() {
        let round = "10,10,60,10,60,60,10,60,".repeat(2);
        let polygon = Area::parse("polygon", &round).unwrap().polygon(Frame::Percent).unwrap();
        assert!((polygon.area() - 0.25).abs() < 1e-9, "{}", polygon.area());
    }

    #[test]
    fn a_concave_outline_is_hit_only_where_it_is() {
        let area = Area::parse("polygon", "0,0,100,0,100,30,30,30,30,100,0,100").unwrap();
        let polygon = area.polygon(Frame::Percent).unwrap();
        assert!(polygon.contains(Point { x: 0.1, y: 0.9 }));
        assert!(polygon.contains(Point { x: 0.9, y: 0.1 }));
        assert!(!polygon.contains(Point { x: 0.6, y: 0.6 }));
    }

    #[test]
    fn blocks_are_read_row_by_row() {
        let blocks =
            [square(0.5, 0.31, 0.2), square(0.0, 0.3, 0.2), square(0.0, 0.0, 0.2), square(0.6, 0.01, 0.1)];
        assert_eq!(reading_order(&blocks.iter().collect::<Vec<_>>()), [2, 3, 1, 0]);
    }

    proptest! {
        #[test]
        fn any_text_makes_a_polygon_on_the_page_or_an_error(shape in ".{0,8}", coords in "[-0-9.,% a-z]{0,80}") {
            if let Ok(area) = Area::parse(&shape, &coords)
                && let Ok(polygon) = area.polygon(Frame::Pixels { width: 350.0, height: 500.0 })
            {
                prop_assert!(polygon.corners().len() >= 3);
                prop_assert!(polygon.area() <= 1.0 + 1e-9);
                prop_assert!(polygon.corners().iter().all(|c| (0.0..=1.0).contains(&c.x) && (0.0..=1.0).contains(&c.y)));
            }
        }
    }
}
