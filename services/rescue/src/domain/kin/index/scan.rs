//! The scan: a rough score for every report, then the best.

use super::{
    columns::{FACELESS, Index},
    row::nibble,
    select::best,
    tables::Tables,
};
use crate::domain::kin::{
    person::face::{self, Face},
    score::{Frequencies, Model, compare::Subject, traits},
};

/// Below this rough score faces are not compared.
const HOPELESS: f32 = -11.0;
/// What the face of anybody else gives, about.
const UNLIKE: f32 = -5.0;

impl Index {
    /// The `count` reports with the best rough scores, best first.
    pub fn candidates(
        &self,
        s: &Subject<'_>,
        model: &Model,
        shares: &Frequencies,
        count: usize,
    ) -> Vec<(u32, f32)> {
        let tables = Tables::new(s, model, shares, &self.surnames.list, &self.given.list);
        let mut scores = vec![0.0; self.len()];
        let half = self.len().div_ceil(2);
        std::thread::scope(|threads| {
            let (low, high) = scores.split_at_mut(half);
            let tables = &tables;
            threads.spawn(move || self.scan(s, tables, half, high));
            self.scan(s, tables, 0, low);
        });
        for (token, nats) in &tables.tokens {
            self.postings.each(*token, |r| {
                if let Some(score) = scores.get_mut(r as usize) {
                    *score += nats;
                }
            });
        }
        for r in &self.withdrawn {
            if let Some(score) = scores.get_mut(*r as usize) {
                *score = f32::MIN;
            }
        }
        best(&scores, count)
    }

    /// Fills the scores of the reports from `from` on.
    fn scan(&self, s: &Subject<'_>, t: &Tables, from: usize, out: &mut [f32]) {
        self.places_and_times(t, from, out);
        self.bodies(t, from, out);
        if !t.names.is_empty() {
            self.names(t, from, out);
        }
        if let Some(f) = &s.clues.face {
            self.faces(f, t.face, from, out);
        }
        if let Some(f) = &s.clues.id_fragment {
            self.numbers(f, from, out);
        }
    }

    /// Adds the faces; a report that nothing else speaks for is passed over, as no face could lift it.
    fn faces(&self, told: &Face, weight: f32, from: usize, out: &mut [f32]) {
        let held = self.face_at.iter().skip(from);
        for (score, at) in out.iter_mut().zip(held) {
            if *at == FACELESS {
                continue;
            }
            let other = self.faces.get(*at as usize).filter(|_| *score > HOPELESS);
            *score += match other {
                Some(f) => traits::face_nats(face::dot(&told.0, f) as f32 * face::UNIT) * weight,
                None => UNLIKE * weight,
            };
        }
    }

    fn places_and_times(&self, t: &Tables, from: usize, out: &mut [f32]) {
        let rows = self
            .home
            .iter()
            .zip(&self.lost_at)
            .zip(&self.loss)
            .skip(from);
        for (score, ((home, lost_at), loss)) in out.iter_mut().zip(rows) {
            let (home, lost_at, loss) = (
                usize::from(*home),
                usize::from(*lost_at),
                usize::from(*loss),
            );
            let near = &t.near[usize::from(t.near_row[loss].min(2))];
            let by_home = near[home];
            let nearness = if lost_at == 0 {
                by_home * 0.9
            } else if home == 0 {
                near[lost_at]
            } else {
                near[lost_at].max(by_home - 2.0)
            };
            *score = t.home[home] + t.loss[loss] + nearness;
        }
    }

    fn bodies(&self, t: &Tables, from: usize, out: &mut [f32]) {
        let rows = self
            .birth
            .iter()
            .zip(&self.traits)
            .zip(&self.height)
            .skip(from);
        for (score, ((birth, traits), height)) in out.iter_mut().zip(rows) {
            *score += t.birth[usize::from(*birth)]
                + t.traits[usize::from(*traits)]
                + t.height[usize::from(*height)];
        }
    }

    fn names(&self, t: &Tables, from: usize, out: &mut [f32]) {
        let at =
            |table: &Option<Vec<f32>>, c: u16| table.as_ref().map_or(0.0, |t| t[usize::from(c)]);
        for (score, [a, b, c]) in out.iter_mut().zip(self.name.iter().skip(from)) {
            if *a == 0 && *b == 0 {
                continue;
            }
            let ways = t
                .names
                .iter()
                .map(|p| p.constant + at(&p.surname, *a) + at(&p.first, *b) + at(&p.second, *c));
            *score += ways.fold(t.name_floor, f32::max);
        }
    }

    /// A piece of the citizen number at any place, one digit wrong at most.
    fn numbers(&self, fragment: &str, from: usize, out: &mut [f32]) {
        let digits: Vec<u8> = fragment.bytes().map(nibble).collect();
        let places = places(&digits);
        for (score, id) in out.iter_mut().zip(self.id.iter().skip(from)) {
            if *id != 0 {
                *score += if places.iter().any(|p| p.fits(*id)) {
                    7.0
                } else {
                    -2.0
                };
            }
        }
    }
}

/// A piece laid on a place of the number.
struct Place {
    piece: u64,
    mask: u64,
    /// Fours of bits that may be off or unknown.
    spare: u32,
}

impl Place {
    /// One digit may be wrong; unknown ones count as wrong, but five that agree are enough.
    fn fits(&self, id: u64) -> bool {
        let off = set((id ^ self.piece) & self.mask);
        off <= 1 || (off <= self.spare && off <= set_all(id & self.mask) + 1)
    }
}

/// All places of a piece of 6 to 10 digits; the first two digits of the number are not kept and count as agreeing.
fn places(digits: &[u8]) -> Vec<Place> {
    let length = digits.len();
    if !(5..=16).contains(&length) {
        return Vec::new();
    }
    let lay = |start: usize| {
        let hidden = 2_usize.saturating_sub(start);
        let kept = &digits[hidden..];
        let shift = 4 * (18 - start - length);
        let piece = kept.iter().fold(0_u64, |n, d| n << 4 | u64::from(*d)) << shift;
        let ones = if kept.len() == 16 {
            u64::MAX
        } else {
            (1 << (4 * kept.len())) - 1
        };
        Place {
            piece,
            mask: ones << shift,
            spare: u32::try_from(kept.len().saturating_sub(5)).unwrap_or(0),
        }
    };
    (0..=18 - length).map(lay).collect()
}

const ONES: u64 = 0x1111_1111_1111_1111;

/// How many fours of bits are not zero.
fn set(x: u64) -> u32 {
    ((x | x >> 1 | x >> 2 | x >> 3) & ONES).count_ones()
}

/// How many fours of bits are all ones.
fn set_all(x: u64) -> u32 {
    (x & x >> 1 & x >> 2 & x >> 3 & ONES).count_ones()
}
