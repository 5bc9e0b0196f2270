//! Names of townships and villages in an address, which the table of divisions does not hold.

use crate::domain::kin::text::sound::{self, Likeness};

/// A township or village as written in an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The name without 镇, 乡, 村 …
    pub stem: Vec<char>,
    /// Township rather than village.
    pub town: bool,
}

const TOWN_ENDS: [&str; 14] = [
    "街道办事处",
    "街道",
    "民族乡",
    "苏木",
    "农场",
    "林场",
    "牧场",
    "渔场",
    "水产场",
    "管理区",
    "开发区",
    "经济区",
    "镇",
    "乡",
];
const VILLAGE_ENDS: [&str; 9] = [
    "社区",
    "新村",
    "嘎查村",
    "嘎查",
    "村委会",
    "自然村",
    "村",
    "屯",
    "庄",
];

/// Townships and villages in what is left of an address after its divisions.
pub fn split(rest: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let (town, village) = cut_town(rest);
    if let Some(stem) = town {
        push(&mut out, stem, true);
    }
    let village = trim_house(village);
    // 余干县城市社区秀水村: the village follows the community.
    let village = village
        .split_once("社区")
        .map(|(_, v)| v)
        .filter(|v| v.chars().count() >= 3)
        .unwrap_or(village);
    let stem = VILLAGE_ENDS
        .iter()
        .filter_map(|e| village.strip_suffix(e))
        .find(|s| s.chars().count() >= 2);
    push(&mut out, stem.unwrap_or(village), false);
    out
}

fn push(out: &mut Vec<Word>, stem: &str, town: bool) {
    let stem: Vec<char> = stem.chars().collect();
    if stem.len() >= 2 {
        out.push(Word { stem, town });
    }
}

/// Township without its ending, and the rest; the earliest ending that leaves a name wins.
fn cut_town(rest: &str) -> (Option<&str>, &str) {
    let mut best: Option<(usize, usize)> = None;
    for end in TOWN_ENDS {
        let found = rest
            .match_indices(end)
            .map(|(at, _)| at)
            .find(|at| *at >= 3);
        if let Some(at) =
            found.filter(|at| best.is_none_or(|(b, l)| *at < b || (*at == b && end.len() > l)))
        {
            best = Some((at, end.len()));
        }
    }
    match best {
        Some((at, len)) => (Some(&rest[..at]), &rest[at + len..]),
        None => (None, rest),
    }
}

/// Drops 16组, 8社, 13号 at the end.
fn trim_house(text: &str) -> &str {
    let shorter = text.trim_end_matches(['组', '社', '号', '队', '户', '栋', '室', '单', '元']);
    let numbers = |c: char| c.is_ascii_digit() || "一二三四五六七八九十第-".contains(c);
    let bare = shorter.trim_end_matches(numbers);
    if shorter.len() < text.len() && bare.len() < shorter.len() {
        trim_house(bare)
    } else {
        text.trim_end_matches(|c: char| c.is_ascii_digit())
    }
}

/// How a told text holds a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// Sounds the same over dialects.
    Sounds,
    /// The very characters.
    Exactly,
}

/// Looks for the word anywhere in a told text.
pub fn find(word: &Word, told: &[char]) -> Option<Held> {
    let windows = told.windows(word.stem.len());
    windows.filter_map(|w| compare(&word.stem, w)).max()
}

fn compare(stem: &[char], window: &[char]) -> Option<Held> {
    if stem == window {
        return Some(Held::Exactly);
    }
    let alike = |(a, b): (&char, &char)| sound::likeness(*a, *b) >= Likeness::Folded;
    stem.iter().zip(window).all(alike).then_some(Held::Sounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_townships_and_villages() {
        let text = |w: &Word| w.stem.iter().collect::<String>();
        let words = split("小河子乡黑土洼村16组");
        assert_eq!(
            words.iter().map(text).collect::<Vec<_>>(),
            ["小河子", "黑土洼"]
        );
        let words = split("长水街道");
        assert_eq!(words.iter().map(text).collect::<Vec<_>>(), ["长水"]);
        let words = split("陈集镇任老庄");
        assert_eq!(words.iter().map(text).collect::<Vec<_>>(), ["陈集", "任老"]);
    }
}
