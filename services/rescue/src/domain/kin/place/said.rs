//! A home as told: 好像是广西, 临泉陈集任老庄, 沙洲县, 平凉静您.

use super::{Code, Shared, gazetteer::GAZETTEER, level, shared};
use crate::domain::kin::text::chars::tidy;

/// How an option was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// By today's name or its stem.
    Named,
    /// By a name of the past.
    Former,
    /// By sound alone; nothing is named so.
    Sound,
    /// By sound, though another place is named so.
    Misheard,
}

/// One division that may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Division of today.
    pub code: Code,
    /// How it was found.
    pub how: How,
}

/// A told home.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaidPlace {
    /// Divisions that may be meant.
    pub choices: Vec<Choice>,
    /// The text after the province and prefecture, where township and village are looked for.
    pub words: Vec<char>,
    /// Whether more than the divisions was told.
    pub more: bool,
    /// Whether the choices may be no divisions at all but the beginning of a village's name.
    pub weak: bool,
}

const LEADS: [&str; 16] = [
    "好像是",
    "好像在",
    "可能是",
    "大概是",
    "家住在",
    "家住",
    "家在",
    "老家是",
    "老家在",
    "老家",
    "我是",
    "俺是",
    "住在",
    "来自",
    "是",
    "在",
];
const TAILS: [&str; 10] = [
    "那边的",
    "那边",
    "那里",
    "那儿",
    "一带",
    "附近",
    "人",
    "的",
    "来的",
    "左右",
];

/// Reads a told home.
pub fn read(text: &str) -> SaidPlace {
    let text = tidy(text);
    let chars: Vec<char> = bare(&text)
        .chars()
        .filter(|c| !",。、;".contains(*c))
        .collect();
    let mut paths = Vec::new();
    walk(
        &chars,
        Path {
            at: 0,
            code: 0,
            former: false,
            last: 0,
            above: 0,
        },
        &mut paths,
    );
    let most = paths.iter().map(|p| p.at).max().unwrap_or(0);
    paths.retain(|p| p.at == most);
    let above = paths.iter().map(|p| p.above).min().unwrap_or(0);
    let mut out = SaidPlace {
        words: chars[above..].to_vec(),
        more: most < chars.len(),
        ..SaidPlace::default()
    };
    for p in &paths {
        let how = if p.former { How::Former } else { How::Named };
        add(&mut out.choices, p.code, how);
    }
    by_sound(&chars, &paths, &mut out);
    let whole = paths.iter().any(|p| p.last > 0 || p.above == p.at);
    out.weak = out.more && (out.choices.iter().all(|c| c.how >= How::Sound) || !whole);
    out
}

fn bare(text: &str) -> &str {
    let mut t = text;
    while let Some(rest) = LEADS
        .iter()
        .filter_map(|l| t.strip_prefix(l))
        .find(|r| r.chars().count() >= 2)
    {
        t = rest;
    }
    while let Some(rest) = TAILS
        .iter()
        .filter_map(|l| t.strip_suffix(l))
        .find(|r| r.chars().count() >= 2)
    {
        t = rest;
    }
    t
}

fn add(choices: &mut Vec<Choice>, code: Code, how: How) {
    if code != 0 && !choices.iter().any(|c| c.code == code) {
        choices.push(Choice { code, how });
    }
}

#[derive(Clone, Copy)]
struct Path {
    /// Characters read.
    at: usize,
    /// Deepest division.
    code: Code,
    former: bool,
    /// Where the last name read begins.
    last: usize,
    /// Where townships and villages may begin.
    above: usize,
}

fn walk(chars: &[char], from: Path, out: &mut Vec<Path>) {
    out.push(from);
    for len in 2..=GAZETTEER.longest.min(chars.len() - from.at) {
        let name: String = chars[from.at..from.at + len].iter().collect();
        for m in GAZETTEER.named(&name) {
            let deeper = from.code == 0
                || (level(m.code) > level(from.code)
                    && shared(m.code, from.code) == level(from.code));
            if deeper {
                let at = from.at + len;
                // 东平 may be a township elsewhere, 东平县 is none.
                let whole = name.ends_with(['县', '市', '区', '旗']) && len > 2;
                let above = if level(m.code) == Shared::County && !whole {
                    from.at
                } else {
                    at
                };
                walk(
                    chars,
                    Path {
                        at,
                        code: m.code,
                        former: from.former || m.former,
                        last: from.at,
                        above,
                    },
                    out,
                );
            }
        }
    }
}

/// Adds prefectures and counties that sound like the rest, or like the last name read.
fn by_sound(chars: &[char], paths: &[Path], out: &mut SaidPlace) {
    for p in paths {
        let unread = level(p.code) < Shared::County;
        let scope = if unread { p.code } else { 0 };
        let from = if unread { p.at } else { p.last };
        for len in 2..=3.min(chars.len() - from) {
            let village = chars
                .get(from + len)
                .is_some_and(|c| "村镇乡庄屯街".contains(*c));
            let how = if unread && p.at < chars.len() && !village {
                How::Sound
            } else {
                How::Misheard
            };
            let stem: String = chars[from..from + len].iter().collect();
            for code in GAZETTEER.sounding(&stem) {
                if scope == 0 || (*code != scope && shared(*code, scope) == level(scope)) {
                    add(&mut out.choices, *code, how);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<Code> {
        read(text).choices.iter().map(|c| c.code).collect()
    }

    #[test]
    fn reads_told_homes() {
        assert_eq!(codes("好像是广西"), [450_000]);
        assert_eq!(codes("甘肃秦安")[0], 620_522);
        assert_eq!(codes("江苏沙洲县的")[0], 320_582);
        assert!(codes("平凉静您").contains(&620_826));
        assert!(codes("宁德柘冗").contains(&350_926));
        assert!(codes("朝阳的").contains(&211_321));
        let said = read("临泉陈集任老庄");
        assert!(said.choices.iter().any(|c| c.code == 341_221) && said.more);
    }
}
