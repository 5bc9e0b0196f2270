//! The monthly amount (社会救助法第十八、二十条；民发〔2021〕57号第二十三条).
//!
//! `base = N × standard − net income` (补差) or `N × tier` (分档定额), split
//! equally with the odd fen to the first person; supplements 分类施保 belong to
//! the person. The sum of the shares is the household's amount (rules A5.13).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_civic::money::{Fen, Ratio};

use super::{
    codes::{Category, Health},
    form::Someone,
    household::{ADULT, severely_disabled},
    income::Monthly,
    params::{AmountRules, Params},
};

/// One person's part of the monthly amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Index of the person on the form.
    pub index: usize,
    /// Part of the base amount.
    pub base: Fen,
    /// Supplement.
    pub supplement: Fen,
    /// What the supplement is for.
    pub category: Option<Category>,
}

impl Share {
    /// Base and supplement.
    #[must_use]
    pub fn total(&self) -> Fen {
        Fen(self.base.0 + self.supplement.0)
    }
}

/// The household's amount as the sum of its shares.
#[must_use]
pub fn total(shares: &[Share]) -> Fen {
    Fen(shares.iter().map(|share| share.total().0).sum())
}

/// What persons get who lose their own share: nothing; the others keep theirs
/// to the fen (连续三次拒绝就业, 第三十四条; or died and not yet reviewed).
pub fn without(shares: &mut [Share], losers: &[usize]) {
    for share in shares
        .iter_mut()
        .filter(|share| losers.contains(&share.index))
    {
        (share.base, share.supplement, share.category) = (Fen::ZERO, Fen::ZERO, None);
    }
}

/// The shares of `people` (those who count), with `net` income a month in all.
/// `tier` is the officers' choice where the county pays by tier.
#[must_use]
pub fn shares(
    people: &[Someone<'_>],
    net: Monthly,
    tier: Option<&str>,
    params: &Params,
    day: Date,
) -> Vec<Share> {
    let Some(heads) = i64::try_from(people.len()).ok().filter(|heads| *heads > 0) else {
        return Vec::new();
    };
    let base = base(heads, net, tier, params);
    let each = base.0 / heads;
    people
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let odd = if at == 0 { base.0 - each * heads } else { 0 };
            let (supplement, category) = supplement(one, params, day);
            Share {
                index: one.index,
                base: Fen(each + odd),
                supplement,
                category,
            }
        })
        .collect()
}

fn base(heads: i64, net: Monthly, tier: Option<&str>, params: &Params) -> Fen {
    if !params.amounts.tiers.is_empty() {
        let each = tier
            .and_then(|tier| params.amounts.tiers.get(tier))
            .copied();
        return Fen(each.unwrap_or_default().0 * heads);
    }
    let whole = i128::from(params.standard.0) * i128::from(heads) * net.denominator;
    let gap = (whole - net.numerator).max(0);
    round(gap, net.denominator, &params.amounts)
}

fn supplement(one: &Someone<'_>, params: &Params, day: Date) -> (Fen, Option<Category>) {
    let rules = &params.amounts;
    let due = categories(one, rules, day)
        .into_iter()
        .filter_map(|category| {
            let (num, den) = rules
                .supplements
                .get(&category)
                .copied()
                .map(Ratio::parts)?;
            let exact = i128::from(params.standard.0) * i128::from(num);
            let fen = round(exact, i128::from(den), rules);
            (fen.0 > 0).then_some((fen, category))
        });
    let due: Vec<_> = due.collect();
    let highest = due.iter().copied().max_by_key(|(fen, _)| *fen);
    let Some((fen, category)) = highest else {
        return (Fen::ZERO, None);
    };
    let sum = Fen(due.iter().map(|(fen, _)| fen.0).sum());
    (if rules.one_supplement { fen } else { sum }, Some(category))
}

fn categories(one: &Someone<'_>, rules: &AmountRules, day: Date) -> Vec<Category> {
    let age = one.id().map(|id| id.age_on(day));
    let of = |holds: bool, category| holds.then_some(category);
    [
        of(
            age.is_some_and(|age| age >= rules.elderly_age),
            Category::Elderly,
        ),
        of(age.is_some_and(|age| age < ADULT), Category::Minor),
        of(severely_disabled(one.about), Category::SevereDisability),
        of(
            one.about.health == Health::Serious,
            Category::SeriousIllness,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `numerator / denominator` fen, not negative, rounded once from the exact fraction.
fn round(numerator: i128, denominator: i128, rules: &AmountRules) -> Fen {
    use yiwang_civic::money::Rounding;
    let unit = i128::from(rules.unit.0.max(1));
    let per = denominator * unit;
    let (whole, rest) = (numerator / per, numerator % per);
    let up = match rules.rounding {
        Rounding::Up => rest > 0,
        Rounding::HalfUp => rest * 2 >= per,
        Rounding::Down => false,
    };
    let fen = (whole + i128::from(up)) * unit;
    Fen(i64::try_from(fen).unwrap_or(i64::MAX))
}
