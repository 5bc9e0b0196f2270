//! Where a place lies on the drawing of its area. Niches stand wall to wall; graves have a path
//! between the rows; trees stand apart.

use crate::domain::ledger::SpotKind;

/// Gap between two places of a row, and between two rows.
fn gaps(kind: SpotKind) -> (i32, i32) {
    match kind {
        SpotKind::Niche | SpotKind::Wall | SpotKind::Tower => (0, 0),
        SpotKind::Tree => (100, 100),
        _ => (20, 100),
    }
}

/// Upper left corner of a place, in centimetres.
pub(super) fn corner(kind: SpotKind, at: (i32, i32), size: (i32, i32)) -> (i32, i32) {
    let (line, place) = at;
    let (between, path) = gaps(kind);
    (
        (place - 1).saturating_mul(size.0 + between),
        (line - 1).saturating_mul(size.1 + path),
    )
}

/// Size of the whole drawing.
pub(super) fn extent(corners: impl Iterator<Item = ((i32, i32), (i32, i32))>) -> (i32, i32) {
    corners.fold((0, 0), |(width, height), ((x, y), size)| {
        (width.max(x + size.0), height.max(y + size.1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_places_overlap() {
        for kind in SpotKind::ALL {
            let size = (60, 80);
            let corner = |line, place| corner(*kind, (line, place), size);
            assert_eq!(corner(1, 1), (0, 0));
            assert!(corner(1, 2).0 >= 60 && corner(2, 1).1 >= 80, "{kind:?}");
        }
        let all = [((0, 0), (10, 10)), ((50, 30), (10, 10))];
        assert_eq!(extent(all.into_iter()), (60, 40));
    }
}
