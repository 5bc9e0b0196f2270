//! Keys for candidates by an index of PostgreSQL: `kin_key (key bigint, report bigint)` or an array with GIN.
//!
//! A key joins values so that it is rare: name × province, county × sex × age, mark × province … The
//! clues' keys come with the share of reports that hold each, rarest first, so that a query takes keys
//! until its budget of rows is spent. Faces have no keys: at a cosine of 0.58 sixteen bits of a random
//! projection agree for one true pair in 300; the face matrix of the index is scanned instead.

mod clues;
mod report;

pub use clues::of_clues;
pub use report::of_report;

use crate::domain::kin::{
    day::{self, Day},
    mark::{Mark, concept},
    report::Sex,
    text::{
        chars::hash64,
        sound::{self, Syllable},
    },
};

/// A key of clues.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// Key.
    pub key: i64,
    /// Share of reports that hold it, about.
    pub share: f32,
}

/// Kinds of keys, so that equal values of different kinds differ.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
enum Kind {
    FullName,
    GivenProvince,
    GivenPrefecture,
    GivenAge,
    SurnameCounty,
    SurnameFirst,
    SurnameAge,
    Aka,
    CountyAge,
    PrefectureAge,
    ProvinceAge,
    Word,
    WordCounty,
    LossCounty,
    LossPrefecture,
    MarkProvince,
    MarkPair,
    MarkAge,
    Kin,
}

fn key(kind: Kind, parts: &[u32]) -> i64 {
    let mut bytes = vec![kind as u8];
    parts.iter().for_each(|p| bytes.extend(p.to_le_bytes()));
    hash64(&bytes).cast_signed()
}

/// The folded syllable of a character.
fn folded(c: char) -> Syllable {
    sound::fold(sound::syllable(c))
}

fn number(c: char) -> u32 {
    u32::from(folded(c))
}

/// Hash of the folded syllables of a word.
fn run(chars: &[char]) -> u32 {
    let mut bytes = Vec::new();
    for c in chars {
        bytes.extend(sound::spelling(folded(*c)).bytes());
        bytes.push(b' ');
    }
    (hash64(&bytes) >> 32) as u32
}

fn sex_number(sex: Option<Sex>) -> u32 {
    sex.map_or(0, |s| s as u32 + 1)
}

fn year_number(year: i32) -> u32 {
    year.max(0).cast_unsigned()
}

/// Five-year band of birth.
fn band(year: i32) -> u32 {
    year_number(year) / 5
}

fn month(day: Day) -> u32 {
    (day::year_of(day) * 12.0) as u32
}

fn marked(m: &Mark) -> u32 {
    u32::from(concept(m)) * 4 + m.side as u32
}

/// The rarest keys whose rows in a pool fit a budget; at least three.
pub fn within(keys: &[Key], pool: usize, budget: f32) -> Vec<i64> {
    let mut spent = 0.0;
    let fits = keys.iter().enumerate().take_while(|(i, k)| {
        spent += k.share * pool as f32 + 1.0;
        *i < 3 || spent <= budget
    });
    fits.map(|(_, k)| k.key).collect()
}
