//! Administrative divisions 行政区划: codes of 6 digits down to county, 9 for a township, 12 for a village.
//!
//! A grant names a division and covers everything below it. Citizen ID numbers carry the code of long
//! ago, so withdrawn codes stay good there, and only there.

mod table;

use serde::Serialize;
use table::TABLE;

/// One division of the published table; all text lives in the embedded table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Division {
    /// 6, 9 or 12 digits.
    pub code: &'static str,
    /// Own name, such as 城关镇.
    pub name: &'static str,
    /// Rank; 东莞, 中山 and 儋州 are prefectures that have townships directly.
    pub level: Level,
    /// Code of the division above; none for a province.
    pub parent: Option<&'static str>,
}

impl Division {
    /// Whether the row only fills the table's shape (市辖区, 省直辖县级行政区划) and is no place.
    pub fn is_placeholder(&self) -> bool {
        self.level == Level::Prefecture
            && matches!(
                self.name,
                "市辖区" | "县" | "省直辖县级行政区划" | "自治区直辖县级行政区划"
            )
    }
}

/// Rank of a division, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 省、自治区、直辖市
    Province,
    /// 地级市、地区、自治州、盟
    Prefecture,
    /// 县、市辖区、县级市、旗
    County,
    /// 乡、镇、街道
    Township,
    /// 村、社区
    Village,
}

/// What [`scope_prefix`] answers to a text that is no code: no division starts with it.
pub const NO_SCOPE: &str = "-";

/// Provinces that issue ID numbers and are not in the table: Taiwan, and the residence permits of
/// residents of Hong Kong, Macao and Taiwan (港澳台居民居住证: 810000, 820000, 830000).
const OUTSIDE_TABLE: [&str; 4] = ["710000", "810000", "820000", "830000"];

/// The division with exactly this code.
pub fn find(code: &str) -> Option<Division> {
    TABLE.find(code)
}

/// The whole name from the province down, 湖北省十堰市竹山县城关镇, without placeholders.
pub fn full_name(code: &str) -> Option<String> {
    let mut chain = vec![find(code)?];
    while let Some(above) = chain.last().and_then(|d| d.parent).and_then(find) {
        chain.push(above);
    }
    let places = chain.iter().rev().filter(|d| !d.is_placeholder());
    Some(places.map(|d| d.name).collect())
}

/// Divisions whose own name begins with `prefix`, highest rank first, then by code.
///
/// Answers nothing to an empty prefix.
pub fn search(prefix: &str, limit: usize) -> Vec<Division> {
    let prefix = prefix.trim();
    if prefix.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Division> = TABLE
        .named(prefix)
        .filter(|d| !d.is_placeholder())
        .collect();
    found.sort_unstable_by_key(|d| (d.level, d.code));
    found.truncate(limit);
    found
}

/// The divisions directly below, by code; `000000` has the provinces below it.
pub fn children(code: &str) -> Vec<Division> {
    let above = (code != "000000").then_some(code);
    if above.is_some_and(|code| find(code).is_none()) {
        return Vec::new();
    }
    TABLE
        .below(scope_prefix(code))
        .filter(|d| d.parent == above)
        .collect()
}

/// Whether an ID number may begin with these six digits: a current code, or a well-formed one of a real
/// province that was withdrawn (the table of all codes since 1980 is not published in one place, and a
/// person must never be refused for having an old number).
pub fn is_known_for_birth(code6: &str) -> bool {
    if code6.len() != 6 || !code6.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    if OUTSIDE_TABLE.contains(&code6) {
        return true;
    }
    let Some(province) = code6.get(..2) else {
        return false;
    };
    if code6.ends_with("00") {
        // Only whole prefectures without counties (东莞 441900, 三亚 460200) ever gave numbers.
        return find(code6).is_some_and(|d| d.level == Level::Prefecture);
    }
    find(&format!("{province}0000")).is_some() || matches!(province, "71")
}

/// Whether `code` is the division `grant` or lies below it. A malformed code or grant covers nothing.
pub fn is_within(code: &str, grant: &str) -> bool {
    is_code(code) && code.starts_with(scope_prefix(grant))
}

/// The digits that all divisions under `code` share, for `LIKE prefix || '%'`: `421200` → `4212`,
/// `420000` → `42`, `000000` → `""` (the whole country). A prefix of 2 or 4 digits stays as it is;
/// anything malformed, the empty text included, gives [`NO_SCOPE`].
pub fn scope_prefix(code: &str) -> &str {
    let known_length = matches!(code.len(), 2 | 4 | 6 | 9 | 12);
    if !known_length || !is_digits(code) {
        return NO_SCOPE;
    }
    let mut prefix = code;
    for part in [12, 9] {
        if prefix.len() == part {
            prefix = prefix.strip_suffix("000").unwrap_or(prefix);
        }
    }
    while matches!(prefix.len(), 2 | 4 | 6) {
        match prefix.strip_suffix("00") {
            Some(shorter) => prefix = shorter,
            None => break,
        }
    }
    prefix
}

fn is_code(code: &str) -> bool {
    matches!(code.len(), 6 | 9 | 12) && is_digits(code)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// How many bytes at the start of an address are names of divisions, township at the lowest.
///
/// The address may begin at any rank above the township, and may name or leave out placeholders.
pub(crate) fn recognised_prefix(address: &str) -> usize {
    TABLE
        .prefixes_of(address)
        .map(|start| start.name.len() + follow(start.code, &address[start.name.len()..]))
        .max()
        .unwrap_or(0)
}

/// Bytes of `rest` that name divisions below `code`, taking the longest way down.
fn follow(code: &'static str, rest: &str) -> usize {
    let step = |child: Division| {
        let named = rest
            .strip_prefix(child.name)
            .map(|after| rest.len() - after.len());
        match (named, child.level) {
            (_, Level::Village) => 0,
            (Some(taken), _) => taken + follow(child.code, &rest[taken..]),
            (None, _) if child.is_placeholder() => follow(child.code, rest),
            (None, _) => 0,
        }
    };
    children(code).into_iter().map(step).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;
