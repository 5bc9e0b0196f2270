//! How a character sounds: syllables without tones, and syllables folded over the confusions of dialects.
//!
//! Folded together: n/l/r, zh/z, ch/c, sh/s, hu-/f-, -ng/-n. What is confused more rarely counts as near.

use std::{collections::HashMap, sync::LazyLock};

use pinyin::{ToPinyin as _, ToPinyinMulti as _};

/// A syllable without its tone; 0 is none.
pub type Syllable = u16;

/// How much two characters sound alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Nothing in common.
    Apart,
    /// One part of the syllable is the same and the other is confused at times.
    Near,
    /// The same over the common confusions of dialects.
    Folded,
    /// The same but for the tone.
    Same,
}

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;
const READINGS: usize = 4;

struct Table {
    readings: Vec<[Syllable; READINGS]>,
    folded: Vec<Syllable>,
    spelled: Vec<(String, String)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    fn new() -> Self {
        let mut ids: HashMap<String, Syllable> = HashMap::new();
        let mut names = vec![String::new()];
        let mut intern = |s: &str, names: &mut Vec<String>| -> Syllable {
            *ids.entry(s.to_owned()).or_insert_with(|| {
                names.push(s.to_owned());
                (names.len() - 1) as Syllable
            })
        };
        let mut readings = Vec::with_capacity((LAST - FIRST + 1) as usize);
        for c in (FIRST..=LAST).filter_map(char::from_u32) {
            readings.push(read(c, |s| intern(s, &mut names)));
        }
        let mut folded = vec![0];
        let mut at = 1;
        while at < names.len() {
            let text = fold_text(&names[at]);
            folded.push(intern(&text, &mut names));
            at += 1;
        }
        let spelled = names.iter().map(|s| split(s)).collect();
        Self {
            readings,
            folded,
            spelled,
        }
    }
}

fn read(c: char, mut intern: impl FnMut(&str) -> Syllable) -> [Syllable; READINGS] {
    let mut out = [0; READINGS];
    let mut n = 0;
    let first = c.to_pinyin().map(|p| p.plain());
    let others = c.to_pinyin_multi().into_iter().flatten().map(|p| p.plain());
    for plain in first.into_iter().chain(others) {
        let ascii: String = plain
            .replace('ü', "v")
            .replace('ê', "e")
            .chars()
            .filter(char::is_ascii_lowercase)
            .collect();
        if ascii.is_empty() {
            continue;
        }
        let id = intern(&ascii);
        if n < READINGS && !out[..n].contains(&id) {
            out[n] = id;
            n += 1;
        }
    }
    out
}

/// Initial and final.
fn split(s: &str) -> (String, String) {
    let two = ["zh", "ch", "sh"].iter().find(|i| s.starts_with(**i));
    let len = match (two, s.chars().next()) {
        (Some(_), _) => 2,
        (None, Some('a' | 'e' | 'o')) | (None, None) => 0,
        _ => 1,
    };
    (s[..len].to_owned(), s[len..].to_owned())
}

fn fold_text(s: &str) -> String {
    let (initial, last) = split(s);
    let mut initial = match initial.as_str() {
        "zh" => "z",
        "ch" => "c",
        "sh" => "s",
        "n" | "r" => "l",
        other => other,
    };
    let mut last = last
        .strip_suffix("ng")
        .filter(|b| *b != "o" && *b != "io")
        .map_or(last.clone(), |b| format!("{b}n"));
    if initial == "h" && last.starts_with('u') {
        initial = "f";
        last = match last.as_str() {
            "u" => "u".to_owned(),
            "un" => "en".to_owned(),
            "ui" => "ei".to_owned(),
            other => other[1..].to_owned(),
        };
    }
    format!("{initial}{last}")
}

/// All readings of a character, the most common first, then zeros.
pub fn readings(c: char) -> [Syllable; READINGS] {
    (c as u32)
        .checked_sub(FIRST)
        .and_then(|i| TABLE.readings.get(i as usize))
        .copied()
        .unwrap_or_default()
}

/// The most common reading.
pub fn syllable(c: char) -> Syllable {
    readings(c)[0]
}

/// The syllable folded over the confusions of dialects.
pub fn fold(s: Syllable) -> Syllable {
    TABLE.folded.get(usize::from(s)).copied().unwrap_or(0)
}

/// How many syllables there are, folded ones included.
pub fn count() -> usize {
    TABLE.spelled.len()
}

/// The letters of a syllable.
pub fn spelling(s: Syllable) -> String {
    TABLE
        .spelled
        .get(usize::from(s))
        .map(|(i, f)| format!("{i}{f}"))
        .unwrap_or_default()
}

/// How alike two syllables are.
pub fn compare(a: Syllable, b: Syllable) -> Likeness {
    if a == 0 || b == 0 {
        Likeness::Apart
    } else if a == b {
        Likeness::Same
    } else if fold(a) == fold(b) {
        Likeness::Folded
    } else if near(fold(a), fold(b)) {
        Likeness::Near
    } else {
        Likeness::Apart
    }
}

/// The best likeness over all readings of two characters.
pub fn likeness(a: char, b: char) -> Likeness {
    if a == b {
        return Likeness::Same;
    }
    let (ra, rb) = (readings(a), readings(b));
    let mut best = Likeness::Apart;
    for x in ra.iter().take_while(|x| **x != 0) {
        for y in rb.iter().take_while(|y| **y != 0) {
            best = best.max(compare(*x, *y));
        }
    }
    best
}

const NEAR_INITIALS: [(&str, &str); 17] = [
    ("z", "j"),
    ("c", "q"),
    ("s", "x"),
    ("k", "h"),
    ("g", "k"),
    ("d", "t"),
    ("b", "p"),
    ("f", "h"),
    ("z", "c"),
    ("f", "w"),
    ("l", "d"),
    ("l", "z"),
    ("l", "y"),
    ("s", "c"),
    ("j", "q"),
    ("h", "w"),
    ("h", "x"),
];
const NEAR_FINALS: [(&str, &str); 16] = [
    ("i", "u"),
    ("in", "un"),
    ("ai", "ei"),
    ("uo", "e"),
    ("ie", "ue"),
    ("ao", "ou"),
    ("en", "un"),
    ("ong", "en"),
    ("i", "v"),
    ("o", "e"),
    ("ian", "uan"),
    ("e", "ai"),
    ("an", "uan"),
    ("en", "in"),
    ("ian", "an"),
    ("ong", "un"),
];

fn near(a: Syllable, b: Syllable) -> bool {
    let (Some((ia, fa)), Some((ib, fb))) = (
        TABLE.spelled.get(usize::from(a)),
        TABLE.spelled.get(usize::from(b)),
    ) else {
        return false;
    };
    let among = |list: &[(&str, &str)], x: &str, y: &str| {
        list.iter()
            .any(|(p, q)| (*p == x && *q == y) || (*p == y && *q == x))
    };
    (ia == ib && among(&NEAR_FINALS, fa, fb)) || (fa == fb && among(&NEAR_INITIALS, ia, ib))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hears_dialects() {
        assert_eq!(likeness('庆', '清'), Likeness::Same);
        for (a, b) in [
            ('方', '黄'),
            ('难', '兰'),
            ('怎', '真'),
            ('吠', '惠'),
            ('草', '超'),
            ('坍', '堂'),
            ('曾', '晨'),
        ] {
            assert_eq!(likeness(a, b), Likeness::Folded, "{a}{b}");
        }
        assert_eq!(likeness('王', '黄'), Likeness::Near);
        assert_eq!(likeness('王', '李'), Likeness::Apart);
    }
}
