//! Coordinates: areas as sites write them, polygons of any points, and the order of reading.
#![no_main]

use kanbao_newspaper::{Area, Frame, Point, Polygon, reading_order};
use libfuzzer_sys::fuzz_target;

/// A shape, so many numbers of a frame, and coordinates, a line each; then the same bytes as numbers.
fn areas(text: &str) -> Vec<Polygon> {
    let mut lines = text.lines();
    let frame: Vec<f64> =
        lines.next().unwrap_or_default().split(' ').filter_map(|word| word.parse().ok()).collect();
    let frames = match frame[..] {
        [width, height] => vec![Frame::Pixels { width, height }, Frame::Percent, Frame::Unit],
        _ => vec![Frame::Percent, Frame::Unit],
    };
    let mut polygons = Vec::new();
    for line in lines {
        let (shape, coords) = line.split_once(':').unwrap_or(("", line));
        let Ok(area) = Area::parse(shape, coords) else { continue };
        let (x, y) = area.extent();
        assert!(x.is_finite() && y.is_finite(), "numbers without end are no numbers");
        polygons.extend(frames.iter().filter_map(|&frame| area.polygon(frame).ok()));
    }
    polygons
}

fn check(polygon: &Polygon) {
    assert!(polygon.corners().len() >= 3, "too few corners");
    for corner in polygon.corners() {
        let on_page = (0.0..=1.0).contains(&corner.x) && (0.0..=1.0).contains(&corner.y);
        assert!(on_page, "{corner:?} lies outside the page");
        // On an edge, either answer will do; but there is one.
        let _ = polygon.contains(*corner);
    }
    let (left, top, width, height) = polygon.bounds();
    assert!(width > 0.0 && height > 0.0 && left + width <= 1.0 + 1e-9 && top + height <= 1.0 + 1e-9);
    assert!(polygon.area() > 0.0 && polygon.area() <= width * height + 1e-9, "larger than its own box");
    let outside = Point { x: left + width + 0.1, y: top };
    assert!(!polygon.contains(outside), "what lies beside it is not in it");
    let again = Polygon::new(polygon.corners().iter().copied()).expect("a polygon is one");
    assert_eq!(&again, polygon, "what was made sound once stays as it is");
}

fuzz_target!(|data: &[u8]| {
    let mut polygons = areas(&String::from_utf8_lossy(data));
    let mut numbers = data.chunks_exact(8).filter_map(|eight| eight.try_into().ok()).map(f64::from_le_bytes);
    let mut points = Vec::new();
    while let (Some(x), Some(y)) = (numbers.next(), numbers.next()) {
        points.push(Point { x, y });
    }
    polygons.extend(points.chunks(5).filter_map(|some| Polygon::new(some.iter().copied()).ok()));
    polygons.extend(Polygon::new(points));
    polygons.iter().for_each(check);
    let mut order = reading_order(&polygons.iter().collect::<Vec<_>>());
    order.sort_unstable();
    assert!(order.into_iter().eq(0..polygons.len()), "every block is read once");
});
