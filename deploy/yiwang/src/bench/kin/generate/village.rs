//! Addresses of made reports.

use yiwang_rescue::domain::kin::place::gazetteer::GAZETTEER;

use super::{Pool, random::Random};

const ENDS: [&str; 24] = [
    "家庄", "家湾", "家沟", "家坪", "家店", "家村", "家塘", "家桥", "家营", "家洼", "家岭", "家坝",
    "新", "河东", "河西", "南庄", "北庄", "东", "西", "上湾", "下湾", "家寨", "家铺", "家堡",
];

/// A new address in a county, as deep as another.
pub(super) fn address(county: &str, like: &str, pool: &Pool, random: &mut Random) -> String {
    let code: u32 = county.parse().unwrap_or(0);
    let mut out = GAZETTEER.full_title(code);
    if random.chance(0.2) {
        out = out
            .split_at(GAZETTEER.title(code / 10_000 * 10_000).len())
            .1
            .to_owned();
    }
    let town = pool.towns.get(county).and_then(|l| random.pick(l));
    if let Some(town) = town.filter(|_| random.chance(0.8)) {
        out.push_str(town);
    }
    if like.ends_with('村') || like.ends_with('组') || random.chance(0.5) {
        let other = &pool.base[random.below(pool.base.len())];
        let village = other.address.as_deref().and_then(|a| {
            yiwang_rescue::domain::kin::place::address::read(a, None)
                .words
                .into_iter()
                .find(|w| !w.town)
        });
        match village.filter(|_| random.chance(0.5)) {
            Some(w) => out.extend(w.stem),
            None => {
                let first = other
                    .name
                    .as_deref()
                    .and_then(|n| n.chars().next())
                    .unwrap_or('王');
                out.push(first);
                out.push_str(ENDS[random.below(ENDS.len())]);
            }
        }
        out.push('村');
    }
    out
}
