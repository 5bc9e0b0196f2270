//! Names of divisions to codes: full names, stems, former names, and stems by sound.

use std::{collections::HashMap, sync::LazyLock};

use super::{Code, Shared, level, stem::stem};
use crate::domain::kin::text::{chars::is_han, sound};

/// One meaning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Division of today.
    pub code: Code,
    /// Whether the name is one of the past.
    pub former: bool,
}

/// All names.
pub struct Gazetteer {
    names: HashMap<String, Vec<Meaning>>,
    sounds: HashMap<Vec<sound::Syllable>, Vec<Code>>,
    withdrawn: HashMap<Code, Code>,
    titles: HashMap<Code, &'static str>,
    /// Characters in the longest name.
    pub longest: usize,
}

/// Built on first use.
pub static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::new);

impl Gazetteer {
    fn new() -> Self {
        let mut g = Self {
            names: HashMap::new(),
            sounds: HashMap::new(),
            withdrawn: HashMap::new(),
            titles: HashMap::new(),
            longest: 0,
        };
        for (code, name) in include_str!("../data/places.tsv")
            .lines()
            .filter_map(|l| l.split_once('\t'))
        {
            if let Some(code) = super::code(code) {
                g.titles.insert(code, name);
                g.add(name, code, false);
                g.add(stem(name), code, false);
                g.sound_of(stem(name), code);
            }
        }
        g.add("内蒙", 150_000, false);
        for line in include_str!("../data/retired.tsv").lines() {
            let mut it = line.split('\t');
            if let (Some(old), Some(name), Some(now)) = (it.next(), it.next(), it.next()) {
                g.add_former(old, name, now);
            }
        }
        g
    }

    fn add_former(&mut self, old: &str, name: &str, now: &str) {
        let codes: Vec<Code> = now.split(',').filter_map(super::code).collect();
        if let (Some(old), Some(first)) = (super::code(old), codes.first()) {
            self.withdrawn.entry(old).or_insert(*first);
        }
        for code in codes {
            self.add(name, code, true);
            self.add(stem(name), code, true);
        }
    }

    fn add(&mut self, name: &str, code: Code, former: bool) {
        self.longest = self.longest.max(name.chars().count());
        let meanings = self.names.entry(name.to_owned()).or_default();
        if !meanings.iter().any(|m| m.code == code) {
            meanings.push(Meaning { code, former });
        }
    }

    fn sound_of(&mut self, stem: &str, code: Code) {
        if level(code) > Shared::Province && stem.chars().count() >= 2 {
            self.sounds.entry(key(stem)).or_default().push(code);
        }
    }

    /// Meanings of exactly this name.
    pub fn named(&self, name: &str) -> &[Meaning] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// Prefectures and counties whose stem sounds like this one.
    pub fn sounding(&self, stem: &str) -> &[Code] {
        self.sounds.get(&key(stem)).map_or(&[], Vec::as_slice)
    }

    /// A code of today for a code that may be withdrawn; an unknown county gives its prefecture or province.
    pub fn current(&self, code: Code) -> Code {
        if self.titles.contains_key(&code) {
            return code;
        }
        if let Some(now) = self.withdrawn.get(&code) {
            return *now;
        }
        let prefecture = code / 100 * 100;
        if self.titles.contains_key(&prefecture) {
            prefecture
        } else {
            code / 10_000 * 10_000
        }
    }

    /// Own name of a division of today.
    pub fn title(&self, code: Code) -> &'static str {
        self.titles.get(&code).copied().unwrap_or("")
    }

    /// Name from the province down.
    pub fn full_title(&self, code: Code) -> String {
        let chain = [code / 10_000 * 10_000, code / 100 * 100, code];
        let mut out = String::new();
        for (i, c) in chain.iter().enumerate() {
            if i == 0 || *c != chain[i - 1] {
                out.push_str(self.title(*c));
            }
        }
        out
    }

    /// Every division of today with a code.
    pub fn codes(&self) -> impl Iterator<Item = Code> + '_ {
        self.titles.keys().copied()
    }
}

fn key(stem: &str) -> Vec<sound::Syllable> {
    stem.chars()
        .filter(|c| is_han(*c))
        .map(|c| sound::fold(sound::syllable(c)))
        .collect()
}
