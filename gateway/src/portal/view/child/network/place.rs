//! Where each box of the picture stands: the first in the middle, the others on an oval.

use std::f64::consts::{FRAC_PI_2, TAU};

/// Width of a box.
const WIDE: f64 = 164.0;
/// Room around the picture.
const EDGE: f64 = 6.0;

/// A box by its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) wide: f64,
    pub(super) tall: f64,
}

/// The boxes, and the size of the whole.
pub(super) fn spots(heights: &[f64]) -> (Vec<Spot>, f64, f64) {
    let around = u16::try_from(heights.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let many = f64::from(around);
    let tallest = heights.iter().copied().fold(0.0, f64::max);
    let (across, down) = match around {
        0 => (0.0, 0.0),
        _ => (
            (256.0 + 16.0 * many).max(310.0),
            (tallest * 1.1 + 18.0 * many).max(170.0),
        ),
    };
    let (width, tall) = (
        2.0 * across + WIDE + 2.0 * EDGE,
        2.0 * down + tallest + 2.0 * EDGE,
    );
    let middle = (width / 2.0, tall / 2.0);
    let spot = |(index, height): (u16, &f64)| {
        let (x, y) = match index.checked_sub(1) {
            None => middle,
            Some(place) => {
                let angle = turn(f64::from(place) / many);
                (
                    middle.0 + across * angle.cos(),
                    middle.1 + down * angle.sin(),
                )
            }
        };
        Spot {
            x,
            y,
            wide: WIDE,
            tall: *height,
        }
    };
    let spots = (0..).zip(heights).map(spot).collect();
    (spots, width, tall)
}

/// From the top around.
fn turn(part: f64) -> f64 {
    TAU * part - FRAC_PI_2
}

/// The line between two boxes from border to border; none when they touch.
pub(super) fn gap(a: &Spot, b: &Spot) -> Option<[(f64, f64); 2]> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let from = border(a, dx, dy);
    let to = border(b, -dx, -dy);
    let there = (to.0 - from.0) * dx + (to.1 - from.1) * dy;
    (there > 0.0).then_some([from, to])
}

/// Where the way from the middle in this direction leaves the box.
fn border(spot: &Spot, dx: f64, dy: f64) -> (f64, f64) {
    let across = spot.wide / 2.0 / dx.abs().max(f64::EPSILON);
    let down = spot.tall / 2.0 / dy.abs().max(f64::EPSILON);
    let part = across.min(down);
    (spot.x + dx * part, spot.y + dy * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(a: &Spot, b: &Spot) -> bool {
        (a.x - b.x).abs() < f64::midpoint(a.wide, b.wide)
            && (a.y - b.y).abs() < f64::midpoint(a.tall, b.tall)
    }

    #[test]
    fn no_two_boxes_lie_on_each_other() {
        for many in 1..=17 {
            let (spots, width, tall) = spots(&vec![117.0; many]);
            for (at, a) in spots.iter().enumerate() {
                assert!(
                    a.x - a.wide / 2.0 >= 0.0 && a.x + a.wide / 2.0 <= width,
                    "{many}"
                );
                assert!(
                    a.y - a.tall / 2.0 >= 0.0 && a.y + a.tall / 2.0 <= tall,
                    "{many}"
                );
                for b in &spots[at + 1..] {
                    assert!(!overlap(a, b), "{many}: {a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_line_goes_from_border_to_border() {
        let spot = |x| Spot {
            x,
            y: 0.0,
            wide: 100.0,
            tall: 40.0,
        };
        assert_eq!(
            gap(&spot(0.0), &spot(300.0)),
            Some([(50.0, 0.0), (250.0, 0.0)])
        );
        assert_eq!(gap(&spot(0.0), &spot(60.0)), None);
    }
}
