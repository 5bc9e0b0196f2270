//! Chance that is the same every time (splitmix64).

/// A sequence of chances.
pub(super) struct Chance(u64);

impl Chance {
    /// The sequence of a place on a day.
    pub(super) fn of(place: u64, day: i64) -> Self {
        let mut chance = Self(place.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ day.unsigned_abs());
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end.max(1))).unwrap_or(0)
    }

    /// True in so many of a thousand cases.
    pub(super) fn in_thousand(&mut self, part: u32) -> bool {
        self.below(1_000) < part
    }

    /// One of these.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let nth = self.below(u32::try_from(of.len()).unwrap_or(0));
        of.get(usize::try_from(nth).unwrap_or(0))
    }
}
