//! Evidence of a told home against the written one, and of townships and villages.

use super::{frequency::Frequencies, model::HomeModel};
use crate::domain::kin::{
    place::{
        Code, Shared, level,
        said::{Choice, How, SaidPlace},
        shared,
        words::{self, Held},
    },
    prepare::ReportFeatures,
};

/// Shares of a told home's choices, found once for a query.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Share of homes in any of the choices by name.
    named: f32,
}

impl Told {
    /// Finds the shares.
    pub fn new(said: &SaidPlace, shares: &Frequencies) -> Self {
        let named = said
            .choices
            .iter()
            .filter(|c| c.how <= How::Former)
            .map(|c| shares.place(c.code))
            .sum();
        Self { named }
    }
}

/// Evidence of home and of village in nats.
pub fn evidence(
    said: &SaidPlace,
    told: &Told,
    r: &ReportFeatures,
    m: &HomeModel,
    shares: &Frequencies,
) -> (f32, f32) {
    let one = |h: Code| {
        said.choices
            .iter()
            .map(|c| choice(*c, h, told, m, shares))
            .reduce(f32::max)
            .unwrap_or(0.0)
    };
    let first = if r.home == 0 { None } else { Some(one(r.home)) };
    let others = r.other_homes.iter().map(|h| one(*h) + m.moved.ln());
    let home = first
        .into_iter()
        .chain(others)
        .reduce(f32::max)
        .unwrap_or(0.0);
    let near = said
        .choices
        .iter()
        .any(|c| shared(c.code, r.home) >= Shared::Prefecture);
    let village = village(said, r, near, m, shares);
    // Without a division that fits, a name told may be that of the township: 东平 is a county elsewhere.
    let by_words = home < 0.0 && (village > 2.0 || said.weak);
    (
        if by_words {
            home.max((0.35_f32).ln())
        } else {
            home
        },
        village,
    )
}

/// One choice against one home.
fn choice(c: Choice, home: Code, told: &Told, m: &HomeModel, shares: &Frequencies) -> f32 {
    let (said, held) = (level(c.code), level(home));
    let by_sound = c.how >= How::Sound;
    let whole = |code: Code, exact: f32| match c.how {
        How::Named | How::Former => exact / told.named.max(shares.place(code)),
        How::Sound => exact * 0.7 / shares.place(code),
        How::Misheard => m.misheard / shares.place(code),
    };
    let (province, prefecture) = (
        shares.place(c.code / 10_000 * 10_000),
        shares.place(c.code / 100 * 100),
    );
    let ratio = match (shared(c.code, home), said) {
        (Shared::County, _) => whole(c.code, m.county),
        (Shared::Prefecture, Shared::Prefecture) => whole(c.code, m.prefecture),
        // The report names only the prefecture in which the told county lies.
        (Shared::Prefecture, Shared::County) if held == Shared::Prefecture => m.county / prefecture,
        (Shared::Prefecture, _) if by_sound => 1.0,
        (Shared::Prefecture, _) => (m.county_prefecture / prefecture).min(3.0),
        (Shared::Province, Shared::Province) => m.province / province,
        (Shared::Province, _) if held == Shared::Province => m.county / province,
        (Shared::Province, _) if by_sound => 0.3,
        (Shared::Province, Shared::Prefecture) => (m.prefecture_province / province).min(2.5),
        (Shared::Province, _) => (m.county_province / province).min(2.5),
        (Shared::Nothing, _) if by_sound => m.elsewhere,
        (Shared::Nothing, Shared::Province) => m.elsewhere,
        (Shared::Nothing, _) => m.elsewhere,
    };
    ratio.ln()
}

/// Township and village in the told text.
fn village(
    said: &SaidPlace,
    r: &ReportFeatures,
    near: bool,
    m: &HomeModel,
    shares: &Frequencies,
) -> f32 {
    if r.words.is_empty() || said.words.len() < 2 {
        return 0.0;
    }
    let mut best = f32::MIN;
    let mut sum = 0.0;
    for word in &r.words {
        let Some(held) = words::find(word, &said.words) else {
            continue;
        };
        let inside = if word.town {
            m.village_share * 2.5
        } else {
            m.village_share * 0.5
        };
        let share = if near {
            shares.word(&word.stem).max(inside)
        } else {
            shares.word(&word.stem)
        };
        let p = if held == Held::Exactly {
            m.village
        } else {
            m.village_sound
        };
        let nats = (p / share.max(6e-5)).ln();
        sum += if best > f32::MIN { 1.0 } else { 0.0 };
        best = best.max(nats);
    }
    if best > f32::MIN && said.more {
        best + sum
    } else if best > f32::MIN {
        // Only a division was told: that a township is named so too says little.
        if near { 0.0 } else { (best - 2.5).max(0.0) }
    } else if said.more {
        m.village_missing.ln()
    } else {
        0.0
    }
}
