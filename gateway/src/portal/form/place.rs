//! Finds a place from what people call it: 竹山县城关镇, 竹山城关, 420323100.

use yiwang_civic::division::{self, Division};

/// More candidates than this are not read by anybody.
const MAX_CANDIDATES: usize = 40;

/// A place a reader can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Division code.
    pub(crate) code: String,
    /// Name from the province down.
    pub(crate) name: String,
}

impl Candidate {
    fn of(place: &Division) -> Self {
        let code = place.code.to_string();
        let name = division::full_name(&code).unwrap_or_else(|| place.name.to_string());
        Self { code, name }
    }
}

/// The name from the province down, for a known code.
pub(crate) fn name_of(code: &str) -> Option<String> {
    division::full_name(code)
}

/// Whether `code` is a known division with the digits asked for.
pub(crate) fn is_valid(code: &str, digits: Option<usize>) -> bool {
    digits.is_none_or(|digits| code.len() == digits) && division::find(code).is_some()
}

/// Places that `typed` may mean. A place above the level asked for is opened:
/// 竹山县 offers its townships when a township is asked.
pub(crate) fn candidates(typed: &str, digits: Option<usize>) -> Vec<Candidate> {
    let typed: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(60)
        .collect();
    let found = match division::find(&typed) {
        Some(place) => vec![place],
        None => by_name(&typed),
    };
    let mut found: Vec<Division> = found
        .into_iter()
        .filter(|place| !place.is_placeholder() && digits.is_none_or(|d| place.code.len() <= d))
        .collect();
    if let Some(digits) = digits {
        while found.len() <= 3 && found.iter().any(|place| place.code.len() < digits) {
            let opened: Vec<Division> = found
                .iter()
                .flat_map(|place| match place.code.len() < digits {
                    true => division::children(place.code),
                    false => vec![*place],
                })
                .collect();
            if opened.is_empty() || opened == found {
                break;
            }
            found = opened;
        }
        found.retain(|place| place.code.len() == digits);
    }
    found.truncate(MAX_CANDIDATES);
    found.iter().map(Candidate::of).collect()
}

/// By the beginning of the own name, or of a higher place's name and then of
/// places below it.
fn by_name(typed: &str) -> Vec<Division> {
    let whole = division::search(typed, MAX_CANDIDATES);
    if !whole.is_empty() {
        return whole;
    }
    let cuts: Vec<usize> = typed.char_indices().map(|(at, _)| at).skip(2).collect();
    for cut in cuts.into_iter().rev() {
        let (head, rest) = typed.split_at(cut);
        let below: Vec<Division> = division::search(head, 8)
            .iter()
            .flat_map(|place| below(place.code, rest, 3))
            .collect();
        if !below.is_empty() {
            return below;
        }
    }
    vec![]
}

/// Places below `code` that `rest` names, at most `depth` levels further down.
fn below(code: &str, rest: &str, depth: usize) -> Vec<Division> {
    if rest.is_empty() || depth == 0 {
        return vec![];
    }
    let children = division::children(code);
    let named: Vec<Division> = children
        .iter()
        .filter(|child| child.name.starts_with(rest))
        .copied()
        .collect();
    if !named.is_empty() {
        return named;
    }
    children
        .iter()
        .flat_map(|child| match step_into(child.name, rest) {
            Some(remaining) => below(child.code, remaining, depth - 1),
            None => vec![],
        })
        .chain(
            children
                .iter()
                .filter(|child| child.is_placeholder())
                .flat_map(|child| below(child.code, rest, depth - 1)),
        )
        .collect()
}

/// What remains of `rest` after a child's name, whole or without its last character (县, 镇 …).
fn step_into<'a>(name: &str, rest: &'a str) -> Option<&'a str> {
    let short: String = {
        let mut chars: Vec<char> = name.chars().collect();
        chars.pop();
        chars.into_iter().collect()
    };
    rest.strip_prefix(name)
        .or_else(|| (short.chars().count() >= 2).then(|| rest.strip_prefix(short.as_str()))?)
        .filter(|remaining| !remaining.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_township_is_found_by_any_usual_name() {
        for typed in [
            "竹山县城关镇",
            "竹山城关镇",
            "湖北省十堰市竹山县城关镇",
            "十堰竹山城关",
            "420323100",
        ] {
            let found = candidates(typed, Some(9));
            assert!(
                found.iter().any(|place| place.code == "420323100"),
                "{typed}: {found:?}"
            );
            assert!(found.len() < 4, "{typed}: {found:?}");
        }
    }

    #[test]
    fn a_county_offers_its_townships_when_a_township_is_asked() {
        let found = candidates("竹山县", Some(9));
        assert!(found.len() > 10);
        assert!(found.iter().all(|place| place.code.starts_with("420323")));
        assert_eq!(candidates("竹山县", None)[0].name, "湖北省十堰市竹山县");
    }

    #[test]
    fn nonsense_finds_nothing() {
        assert!(candidates("𠮷'; DROP TABLE", Some(9)).is_empty());
        assert!(candidates("", None).is_empty());
        assert!(is_valid("420323100", Some(9)) && !is_valid("420323", Some(9)));
    }
}
