//! Paging over several services.
//!
//! The cursor of a merged list says for each service which of its pages is
//! being read and how much of that page was shown. A page ends early where a
//! service has more that is not read yet: what comes next is not known then.

use std::{cmp::Ordering, collections::BTreeMap};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use yiwang_chassis::fault::{Code, Fault};

/// Where each service's list was left, by name.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor(BTreeMap<String, Place>);

/// Where one service's list was left.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The service's own cursor of the page being read.
    #[serde(rename = "c", default)]
    pub(super) page: String,
    /// Entries of that page that were shown.
    #[serde(rename = "s", default)]
    pub(super) shown: usize,
    /// Nothing is left.
    #[serde(rename = "d", default)]
    pub(super) done: bool,
}

/// A page that one service gave.
pub(super) struct Source<T> {
    pub(super) service: String,
    pub(super) place: Place,
    pub(super) entries: Vec<T>,
    pub(super) next_page: String,
}

impl Cursor {
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let wrong = || {
            Fault::new(
                Code::InvalidInput,
                "CURSOR",
                "翻页位置不正确，请从第一页重新查看。",
            )
        };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| wrong())?;
        serde_json::from_slice(&bytes).map_err(|_| wrong())
    }

    pub(super) fn place(&self, service: &str) -> Place {
        self.0.get(service).cloned().unwrap_or_default()
    }

    pub(super) fn keep(&mut self, service: &str, place: Place) {
        self.0.insert(service.to_owned(), place);
    }

    /// Empty when nothing is left anywhere.
    pub(super) fn encode(&self) -> String {
        if self.0.values().all(|place| place.done) {
            return String::new();
        }
        serde_json::to_vec(self)
            .map(|json| BASE64_URL_SAFE_NO_PAD.encode(json))
            .unwrap_or_default()
    }
}

/// Merges pages that are each sorted by `order`, up to `limit` entries.
pub(super) fn merge<T>(
    sources: Vec<Source<T>>,
    limit: usize,
    order: impl Fn(&T, &T) -> Ordering,
    cursor: &mut Cursor,
) -> Vec<T> {
    struct Open<T> {
        service: String,
        place: Place,
        rest: std::iter::Peekable<std::vec::IntoIter<T>>,
        next_page: String,
    }
    let mut open: Vec<Open<T>> = sources
        .into_iter()
        .map(|mut source| {
            let skip = source.place.shown.min(source.entries.len());
            let rest = source.entries.split_off(skip).into_iter().peekable();
            let Source {
                service,
                place,
                next_page,
                ..
            } = source;
            Open {
                service,
                place,
                rest,
                next_page,
            }
        })
        .collect();

    let mut merged = Vec::new();
    while merged.len() < limit {
        let mut best: Option<usize> = None;
        let mut unknown = false;
        for index in 0..open.len() {
            let (before, from) = open.split_at_mut(index);
            let candidate = &mut from[0];
            unknown |= candidate.rest.peek().is_none() && !candidate.next_page.is_empty();
            let Some(entry) = candidate.rest.peek() else {
                continue;
            };
            let first = match best.and_then(|best| before[best].rest.peek()) {
                Some(present) => order(entry, present) == Ordering::Less,
                None => true,
            };
            if first {
                best = Some(index);
            }
        }
        let Some(source) = best.filter(|_| !unknown).map(|best| &mut open[best]) else {
            break;
        };
        merged.extend(source.rest.next());
        source.place.shown += 1;
    }

    for mut source in open {
        if source.rest.peek().is_none() {
            let done = source.next_page.is_empty();
            source.place = Place {
                page: source.next_page,
                shown: 0,
                done,
            };
        }
        cursor.keep(&source.service, source.place);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Serves `all` in pages of `size`; the cursor is the offset.
    fn page(service: &str, all: &[u32], size: usize, cursor: &Cursor) -> Option<Source<u32>> {
        let place = cursor.place(service);
        if place.done {
            return None;
        }
        let from: usize = place.page.parse().unwrap_or(0);
        let to = (from + size).min(all.len());
        let next_page = if to < all.len() {
            to.to_string()
        } else {
            String::new()
        };
        let entries = all[from..to].to_vec();
        Some(Source {
            service: service.to_owned(),
            place,
            entries,
            next_page,
        })
    }

    #[test]
    fn merged_pages_show_everything_once_and_in_order() {
        let lists: [(&str, Vec<u32>); 3] = [
            ("a", (0..50).map(|n| n * 3).collect()),
            ("b", (0..7).map(|n| n * 20 + 1).collect()),
            ("c", vec![]),
        ];
        for limit in [1, 2, 5, 20, 100] {
            let mut seen = Vec::new();
            let mut text = String::new();
            loop {
                let mut cursor = Cursor::parse(&text).unwrap();
                let sources = lists
                    .iter()
                    .filter_map(|(name, all)| page(name, all, limit, &cursor));
                seen.extend(merge(sources.collect(), limit, u32::cmp, &mut cursor));
                text = cursor.encode();
                if text.is_empty() {
                    break;
                }
            }
            let mut expected: Vec<u32> = lists.iter().flat_map(|(_, all)| all.clone()).collect();
            expected.sort_unstable();
            assert_eq!(seen, expected, "limit {limit}");
        }
    }

    #[test]
    fn a_forged_cursor_is_refused() {
        for text in ["x", "AAAA", "eyJhIjoxfQ"] {
            assert!(Cursor::parse(text).is_err(), "{text}");
        }
    }
}
