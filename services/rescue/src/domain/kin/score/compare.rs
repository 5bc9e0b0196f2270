//! All evidence of one person's clues against one report.

use std::borrow::Cow;

use super::{
    age,
    field::{COUNT, Field},
    frequency::Frequencies,
    kinship, loss, marks,
    model::Model,
    name::Names,
    number,
    place::{self, Told},
    traits,
};
use crate::domain::kin::{
    day::Day,
    person::{birth, speech},
    place::said::How,
    prepare::{CluesFeatures, ReportFeatures},
};

/// Clues with what is found once for all reports.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The clues.
    pub clues: Cow<'a, CluesFeatures>,
    /// Shares of the told home.
    pub told: Told,
    /// Share of homes where one may speak with the accent.
    pub accent_share: f32,
    /// How well the clues agree with each other: found place and accent with the told home. What they tell together is
    /// less than the sum, for everybody alike.
    pub coherence: [f32; COHERENCE],
}

/// Numbers of coherence.
pub const COHERENCE: usize = 2;

impl<'a> Subject<'a> {
    /// Finds the shares.
    pub fn new(clues: &'a CluesFeatures, shares: &Frequencies) -> Self {
        Self::of(Cow::Borrowed(clues), shares)
    }

    /// Finds the shares of clues that it keeps itself.
    pub fn owned(clues: CluesFeatures, shares: &Frequencies) -> Subject<'static> {
        Subject::of(Cow::Owned(clues), shares)
    }

    fn of(clues: Cow<'a, CluesFeatures>, shares: &Frequencies) -> Self {
        let told = clues
            .place
            .as_ref()
            .map(|p| Told::new(p, shares))
            .unwrap_or_default();
        let accent_share = clues
            .accent
            .as_ref()
            .map_or(1.0, |a| shares.share(|c| speech::fits(a, c)));
        let mut out = Self {
            clues,
            told,
            accent_share,
            coherence: [0.0; COHERENCE],
        };
        out.coherence = out.agree(shares);
        out
    }
}

impl Subject<'_> {
    fn agree(&self, shares: &Frequencies) -> [f32; COHERENCE] {
        let choices = self
            .clues
            .place
            .iter()
            .flat_map(|p| &p.choices)
            .filter(|c| c.how <= How::Sound);
        let mut out = [0.0_f32; COHERENCE];
        for c in choices {
            if self.clues.found_at != 0 {
                out[0] = out[0].max(loss::nearness(self.clues.found_at, c.code, 2, shares));
            }
            if let Some(a) = &self.clues.accent {
                out[1] = out[1].max(traits::accent(a, c.code, None, self.accent_share));
            }
        }
        out
    }
}

/// Evidence by field in nats, before the weights; 0 is no evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence(pub [f32; COUNT]);

impl Evidence {
    /// Weighed sum.
    pub fn total(&self, weights: &[f32; COUNT]) -> f32 {
        self.0.iter().zip(weights).map(|(e, w)| e * w).sum()
    }

    /// Evidence of one field.
    pub fn of(&self, field: Field) -> f32 {
        self.0[field as usize]
    }
}

/// Compares clues with a report.
pub fn compare(
    s: &Subject<'_>,
    r: &ReportFeatures,
    model: &Model,
    shares: &Frequencies,
) -> Evidence {
    let c: &CluesFeatures = &s.clues;
    let names = Names {
        model: &model.name,
        shares,
    };
    let mut e = Evidence::default();
    let mut put = |field: Field, nats: Option<f32>| e.0[field as usize] = nats.unwrap_or(0.0);
    put(
        Field::Name,
        c.name
            .as_ref()
            .map(|n| names.evidence(n, r.name.as_ref(), &r.aka)),
    );
    let home = c
        .place
        .as_ref()
        .map(|p| place::evidence(p, &s.told, r, &model.home, shares));
    put(Field::Home, home.map(|h| h.0));
    put(Field::Village, home.map(|h| h.1));
    put(
        Field::Sex,
        c.sex.zip(r.sex).map(|(a, b)| traits::sex(a, b, shares)),
    );
    put(Field::Age, c.age.map(|a| age::evidence(a, c.found, r)));
    put(Field::Animal, c.animal.map(|a| age::animal(a, r)));
    put(
        Field::Height,
        c.height
            .zip(r.height)
            .map(|(a, b)| traits::height(a, b, is_young(r))),
    );
    put(Field::Loss, Some(loss::time(c.found, r)));
    put(
        Field::FoundPlace,
        Some(loss::near(c.found, c.found_at, r, shares)),
    );
    put(
        Field::Marks,
        Some(marks::evidence(&c.marks, &r.marks, &model.marks, shares)),
    );
    put(
        Field::Condition,
        c.condition
            .zip(r.condition)
            .map(|(a, b)| traits::condition(a, b, shares)),
    );
    put(
        Field::Accent,
        c.accent.as_ref().map(|a| {
            let moved = r
                .other_homes
                .iter()
                .copied()
                .find(|h| speech::fits(a, *h))
                .unwrap_or(r.home);
            traits::accent(a, moved, r.dialect.as_ref(), s.accent_share)
        }),
    );
    put(Field::Kin, Some(kinship::evidence(&c.kin, &r.kin, names)));
    put(
        Field::IdNumber,
        c.id_fragment.as_deref().map(|f| number::evidence(f, r)),
    );
    put(
        Field::Face,
        c.face
            .as_ref()
            .zip(r.face.as_ref())
            .map(|(a, b)| traits::face(a, b)),
    );
    e
}

/// Whether the person still grew when the height was written down.
fn is_young(r: &ReportFeatures) -> bool {
    let at: Option<Day> = r.lost.map(|l| l.first).or(r.reported);
    matches!((r.birth, at), (Some(b), Some(at)) if birth::age_at(b, at).0 < 17)
}
