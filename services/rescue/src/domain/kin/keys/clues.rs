//! Keys of clues with the share of reports that hold each.

use std::collections::BTreeSet;

use super::{Key, Kind, band, folded, key, marked, month, number, run, sex_number, year_number};
use crate::domain::kin::{
    day,
    mark::{Mark, Side},
    name::said::Form,
    person::birth,
    place::{Code, Shared, level},
    prepare::CluesFeatures,
    score::Frequencies,
};

struct Collector<'a> {
    clues: &'a CluesFeatures,
    shares: &'a Frequencies,
    sex: u32,
    places: Vec<Code>,
    provinces: BTreeSet<u32>,
    years: Vec<i32>,
    out: Vec<Key>,
}

/// Keys of clues, the rarest first.
pub fn of_clues(clues: &CluesFeatures, shares: &Frequencies) -> Vec<Key> {
    let places: Vec<Code> = clues
        .place
        .iter()
        .flat_map(|p| &p.choices)
        .map(|x| x.code)
        .collect();
    let mut c = Collector {
        clues,
        shares,
        sex: sex_number(clues.sex),
        provinces: places.iter().map(|p| p / 10_000).collect(),
        places,
        years: years(clues),
        out: Vec::new(),
    };
    c.full_names();
    c.characters();
    c.ages();
    c.words();
    c.losses();
    c.marks();
    c.kin();
    let mut out = c.out;
    out.sort_by(|a, b| a.share.total_cmp(&b.share));
    out.dedup_by_key(|k| k.key);
    out
}

impl Collector<'_> {
    fn put(&mut self, kind: Kind, parts: &[u32], share: f32) {
        self.out.push(Key {
            key: key(kind, parts),
            share,
        });
    }

    fn at_level(&self, least: Shared) -> Vec<Code> {
        self.places
            .iter()
            .copied()
            .filter(|p| level(*p) >= least)
            .collect()
    }

    fn province_share(&self, province: u32) -> f32 {
        self.shares.place(province * 10_000)
    }

    fn full_names(&mut self) {
        let Some(n) = &self.clues.name else { return };
        let chars = &n.name.chars;
        let given = &chars[if chars.len() >= 3 { chars.len() - 2 } else { 0 }..];
        let share = |c: char, surname: bool| self.shares.syllable(folded(c), surname);
        let whole: f32 = chars
            .iter()
            .enumerate()
            .map(|(i, c)| share(*c, i == 0))
            .product();
        let both: f32 = given.iter().map(|c| share(*c, false)).product();
        let (aka, told) = (self.shares.aka(&n.text), n.text.chars().collect::<Vec<_>>());
        self.put(Kind::FullName, &[run(chars)], whole.max(1e-6) * 3.0);
        for p in self.provinces.clone() {
            let here = self.province_share(p);
            self.put(Kind::GivenProvince, &[run(given), p], both * here * 2.0);
            self.put(Kind::Aka, &[run(&told), p], aka * here);
        }
    }

    /// Single characters of the name with place, sex or age.
    fn characters(&mut self) {
        let Some(n) = &self.clues.name else { return };
        let chars = &n.name.chars;
        let (surname, given) = match (n.form, chars.as_slice()) {
            (Form::Surname(x), _) => (Some(x), Vec::new()),
            (Form::Nick(x), _) => (None, vec![x]),
            (Form::Plain, [a, b]) => (Some(*a), vec![*a, *b]),
            (Form::Plain, all) => (all.first().copied(), all.iter().skip(1).copied().collect()),
        };
        for g in &given {
            let share = self.shares.syllable(folded(*g), false);
            for code in self.at_level(Shared::Prefecture) {
                let here = self.shares.place(code / 100 * 100);
                self.put(
                    Kind::GivenPrefecture,
                    &[number(*g), code / 100],
                    2.0 * share * here,
                );
            }
            for y in self.years.clone() {
                self.put(
                    Kind::GivenAge,
                    &[number(*g), self.sex, year_number(y)],
                    share * 0.016,
                );
            }
        }
        let Some(s) = surname else { return };
        let share = self.shares.syllable(folded(s), true);
        for g in &given {
            let both = share * self.shares.syllable(folded(*g), false);
            self.put(Kind::SurnameFirst, &[number(s), number(*g), self.sex], both);
        }
        for code in self.at_level(Shared::County) {
            self.put(
                Kind::SurnameCounty,
                &[number(s), code],
                share * self.shares.place(code),
            );
        }
        for (p, b) in self.provinces_and_bands() {
            let here = share * self.province_share(p) * 0.04;
            self.put(Kind::SurnameAge, &[number(s), p, self.sex, b], here);
        }
    }

    fn bands(&self) -> BTreeSet<u32> {
        self.years.iter().map(|y| band(*y)).collect()
    }

    fn provinces_and_bands(&self) -> Vec<(u32, u32)> {
        let bands = self.bands();
        self.provinces
            .iter()
            .flat_map(|p| bands.iter().map(|b| (*p, *b)))
            .collect()
    }

    fn ages(&mut self) {
        for code in self.at_level(Shared::County) {
            let share = self.shares.place(code) * 0.04;
            for b in self.bands() {
                self.put(Kind::CountyAge, &[code, self.sex, b], share);
            }
        }
        for y in self.years.clone() {
            for code in self.at_level(Shared::Prefecture) {
                let share = self.shares.place(code / 100 * 100) * 0.008;
                self.put(
                    Kind::PrefectureAge,
                    &[code / 100, self.sex, year_number(y)],
                    share,
                );
            }
            for p in self.provinces.clone() {
                let share = self.province_share(p) * 0.008;
                self.put(Kind::ProvinceAge, &[p, self.sex, year_number(y)], share);
            }
        }
    }

    fn words(&mut self) {
        let Some(place) = &self.clues.place else {
            return;
        };
        for len in 2..=5.min(place.words.len()) {
            for w in place.words.windows(len) {
                let share = self.shares.word(w);
                self.put(Kind::Word, &[run(w)], share);
                for code in self.at_level(Shared::County) {
                    let here = share * self.shares.place(code);
                    self.put(Kind::WordCounty, &[run(w), code], here);
                }
            }
        }
    }

    /// Losses near the found place in the months before.
    fn losses(&mut self) {
        let (Some(found), at) = (self.clues.found, self.clues.found_at) else {
            return;
        };
        if at == 0 {
            return;
        }
        let (county, prefecture) = (self.shares.place(at), self.shares.place(at / 100 * 100));
        for back in 0..4 {
            let (year, month) = (month(found) / 12 - back, month(found) - back);
            self.put(Kind::LossCounty, &[at, year, self.sex], county * 0.04);
            self.put(
                Kind::LossPrefecture,
                &[at / 100, month, self.sex],
                prefecture * 0.004,
            );
        }
    }

    fn marks(&mut self) {
        let mut all: Vec<u32> = self.clues.marks.iter().flat_map(sides).collect();
        let shares = self.shares;
        let share = |m: u32| shares.mark((m / 4) as u16) * 0.35;
        for m in &all {
            for p in self.provinces.clone() {
                let here = share(*m) * self.province_share(p) * 0.5;
                self.put(Kind::MarkProvince, &[*m, p, self.sex], here);
            }
            for b in self.bands() {
                self.put(Kind::MarkAge, &[*m, self.sex, b], share(*m) * 0.04);
            }
        }
        all.sort_unstable();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                self.put(Kind::MarkPair, &[*a, *b], share(*a) * share(*b));
            }
        }
    }

    fn kin(&mut self) {
        for k in &self.clues.kin {
            let chars = &k.name.chars;
            self.put(
                Kind::Kin,
                &[run(&chars[chars.len().saturating_sub(2)..])],
                3e-4,
            );
        }
    }
}

/// The mark as told, and on either side when none was told.
fn sides(m: &Mark) -> Vec<u32> {
    let on = |side| marked(&Mark { side, ..m.clone() });
    match m.side {
        Side::Unknown => [Side::Unknown, Side::Left, Side::Right].map(on).to_vec(),
        _ => vec![marked(m)],
    }
}

/// Years of birth that the told age allows.
fn years(c: &CluesFeatures) -> Vec<i32> {
    let (Some((age, told)), Some(found)) = (c.age, c.found) else {
        return Vec::new();
    };
    let year = day::year_of(found) as i32 - age;
    let wide = if told { 2 } else { 5 } + if c.animal.is_some() { 2 } else { 0 };
    let of_animal = |y: &i32| c.animal.is_none_or(|a| birth::year_of_animal(*y) == a);
    (year - wide..=year + wide).filter(of_animal).collect()
}
