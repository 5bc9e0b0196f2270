//! How common things are in the pool of reports: what is rare counts more.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::domain::kin::{
    mark,
    person::condition,
    place::Code,
    prepare::ReportFeatures,
    report::Sex,
    text::sound::{self, Syllable},
};

/// Counts over reports, as kept in a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Reports counted.
    pub reports: u32,
    /// Reports of women.
    pub women: u32,
    /// Characters as surnames.
    pub surnames: BTreeMap<char, u32>,
    /// Characters in given names.
    pub given: BTreeMap<char, u32>,
    /// Given names of two characters, three times or more.
    pub pairs: BTreeMap<String, u32>,
    /// Other names, twice or more.
    pub aka: BTreeMap<String, u32>,
    /// Homes.
    pub homes: BTreeMap<Code, u32>,
    /// Townships and villages, three times or more.
    pub words: BTreeMap<String, u32>,
    /// Reports with marks.
    pub marked: u32,
    /// Kind and part of marks.
    pub marks: BTreeMap<u16, u32>,
    /// Classes of condition.
    pub conditions: [u32; condition::COUNT],
}

impl Counts {
    /// Counts one report.
    pub fn add(&mut self, r: &ReportFeatures) {
        self.reports += 1;
        self.women += u32::from(r.sex == Some(Sex::F));
        if let Some(name) = &r.name {
            name.chars[..name.surname]
                .iter()
                .for_each(|c| *self.surnames.entry(*c).or_default() += 1);
            name.given()
                .iter()
                .for_each(|c| *self.given.entry(*c).or_default() += 1);
            if name.given().len() == 2 {
                *self.pairs.entry(name.given().iter().collect()).or_default() += 1;
            }
        }
        r.aka
            .iter()
            .for_each(|a| *self.aka.entry(a.clone()).or_default() += 1);
        *self.homes.entry(r.home).or_default() += 1;
        r.words
            .iter()
            .for_each(|w| *self.words.entry(w.stem.iter().collect()).or_default() += 1);
        self.marked += u32::from(!r.marks.is_empty());
        r.marks
            .iter()
            .for_each(|m| *self.marks.entry(mark::concept(m)).or_default() += 1);
        if let Some(c) = r.condition {
            self.conditions[c as usize] += 1;
        }
    }

    /// Drops what is too rare to be worth its place.
    pub fn prune(&mut self) {
        self.pairs.retain(|_, n| *n >= 3);
        self.aka.retain(|_, n| *n >= 2);
        self.words.retain(|_, n| *n >= 3);
    }
}

/// Shares derived from the counts.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    counts: Counts,
    surname_total: f32,
    given_total: f32,
    surname_sounds: HashMap<Syllable, f32>,
    given_sounds: HashMap<Syllable, f32>,
    provinces: HashMap<u32, f32>,
    prefectures: HashMap<u32, f32>,
    placed: f32,
}

impl Frequencies {
    /// Derives the shares.
    pub fn new(counts: Counts) -> Self {
        let mut out = Self {
            surname_total: total(&counts.surnames),
            given_total: total(&counts.given),
            ..Self::default()
        };
        out.surname_sounds = sounds(&counts.surnames, out.surname_total);
        out.given_sounds = sounds(&counts.given, out.given_total);
        for (code, n) in counts.homes.iter().filter(|(c, _)| **c != 0) {
            *out.provinces.entry(code / 10_000).or_default() += *n as f32;
            *out.prefectures.entry(code / 100).or_default() += *n as f32;
            out.placed += *n as f32;
        }
        out.counts = counts;
        out
    }

    /// Share of a character as surname (`true`) or among given characters.
    pub fn character(&self, c: char, surname: bool) -> f32 {
        let (map, total) = self.side(surname);
        (map.get(&c).copied().unwrap_or(0) as f32 + 0.5) / (total + 500.0)
    }

    /// Share of a syllable, plain or folded.
    pub fn syllable(&self, s: Syllable, surname: bool) -> f32 {
        let map = if surname {
            &self.surname_sounds
        } else {
            &self.given_sounds
        };
        map.get(&s).copied().unwrap_or(0.0).max(2e-4)
    }

    fn side(&self, surname: bool) -> (&BTreeMap<char, u32>, f32) {
        if surname {
            (&self.counts.surnames, self.surname_total)
        } else {
            (&self.counts.given, self.given_total)
        }
    }

    /// How many times more common a given name of two is than its characters say, at least 1.
    pub fn pair_excess(&self, pair: &[char]) -> f32 {
        let key: String = pair.iter().collect();
        let Some(n) = self.counts.pairs.get(&key) else {
            return 1.0;
        };
        let product: f32 = pair.iter().map(|c| self.character(*c, false)).product();
        (*n as f32 / self.counts.reports.max(1) as f32 / product).max(1.0)
    }

    /// Share of reports with this other name.
    pub fn aka(&self, text: &str) -> f32 {
        self.rate(self.counts.aka.get(text).copied(), 1.0)
    }

    /// Share of reports whose home has this township or village.
    pub fn word(&self, stem: &[char]) -> f32 {
        let key: String = stem.iter().collect();
        self.rate(self.counts.words.get(&key).copied(), 1.0)
    }

    /// Share of reports with a mark of this kind and part, among those with marks.
    pub fn mark(&self, concept: u16) -> f32 {
        (self.counts.marks.get(&concept).copied().unwrap_or(0) as f32 + 2.0)
            / (self.counts.marked as f32 + 200.0)
    }

    /// Share of a condition among those with one.
    pub fn condition(&self, class: usize) -> f32 {
        let all: u32 = self.counts.conditions.iter().sum();
        (self.counts.conditions.get(class).copied().unwrap_or(0) as f32 + 5.0) / (all as f32 + 50.0)
    }

    /// Share of women.
    pub fn women(&self) -> f32 {
        (self.counts.women as f32 + 5.0) / (self.counts.reports as f32 + 10.0)
    }

    fn rate(&self, n: Option<u32>, prior: f32) -> f32 {
        (n.unwrap_or(0) as f32 + prior) / (self.counts.reports as f32 + 100.0)
    }

    /// Share of homes at or below a code.
    pub fn place(&self, code: Code) -> f32 {
        let n = match code {
            c if c % 10_000 == 0 => {
                self.provinces.get(&(c / 10_000)).copied().unwrap_or(0.0) + 20.0
            }
            c if c % 100 == 0 => self.prefectures.get(&(c / 100)).copied().unwrap_or(0.0) + 5.0,
            c => self.counts.homes.get(&c).copied().unwrap_or(0) as f32 + 1.5,
        };
        n / (self.placed + 2000.0)
    }

    /// Share of homes where a test on the code holds.
    pub fn share(&self, test: impl Fn(Code) -> bool) -> f32 {
        let hit: u32 = self
            .counts
            .homes
            .iter()
            .filter(|(c, _)| **c != 0 && test(**c))
            .map(|(_, n)| *n)
            .sum();
        (hit as f32 + 5.0) / (self.placed + 10.0)
    }
}

fn total(map: &BTreeMap<char, u32>) -> f32 {
    map.values().sum::<u32>() as f32
}

fn sounds(map: &BTreeMap<char, u32>, total: f32) -> HashMap<Syllable, f32> {
    let mut out: HashMap<Syllable, f32> = HashMap::new();
    for (c, n) in map {
        let s = sound::syllable(*c);
        let share = *n as f32 / total.max(1.0);
        *out.entry(s).or_default() += share;
        if sound::fold(s) != s {
            *out.entry(sound::fold(s)).or_default() += share;
        }
    }
    out
}
