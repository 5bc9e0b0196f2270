//! Edits of phones that were offline. Every field remembers at which version which phone wrote it:
//! an edit that changes what another phone changed meanwhile does not overwrite it; both values
//! stay until somebody chooses.
//!
//! A row carries everything its phone has changed since `base`, and the phone counts its rows: a
//! later row stands for the earlier ones, so that they may come any number of times in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Who wrote a field, and which version that made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Version of the record.
    pub version: i64,
    /// The phone; nil: settled at a desk, or told by a passer-by.
    pub device: Uuid,
}

/// A record as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Written {
    /// Values.
    pub fields: Map<String, Value>,
    /// Who wrote each last.
    pub marks: BTreeMap<String, Mark>,
    /// The last row of each phone.
    pub seen: BTreeMap<Uuid, i64>,
}

/// A row of a phone.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The phone.
    pub device: Uuid,
    /// Its count of this record's rows, from 1.
    pub count: i64,
    /// Version it had seen.
    pub base: i64,
    /// What it changed.
    pub fields: Map<String, Value>,
}

/// Two values of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clash {
    /// Field.
    pub field: String,
    /// What stands.
    pub stored: Value,
    /// What the phone sent.
    pub sent: Value,
}

/// What came of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Merged {
    /// It, or a later one of the phone, had come before.
    Same,
    /// Taken, but for the clashes.
    Taken(Written, Vec<Clash>),
}

/// Takes a row in; the record, which has `version`, gets the next one.
#[must_use]
pub fn merge(written: &Written, version: i64, edit: &Edit) -> Merged {
    let seen = written.seen.get(&edit.device).copied().unwrap_or_default();
    if edit.count <= seen {
        return Merged::Same;
    }
    let mut after = written.clone();
    after.seen.insert(edit.device, edit.count);
    let mut clashes = Vec::new();
    for (field, sent) in &edit.fields {
        let stored = written.fields.get(field).cloned().unwrap_or_default();
        if stored == *sent {
            continue;
        }
        let meanwhile = written.marks.get(field);
        let other = meanwhile.filter(|it| it.version > edit.base && it.device != edit.device);
        if other.is_some() {
            clashes.push(Clash {
                field: field.clone(),
                stored,
                sent: sent.clone(),
            });
            continue;
        }
        write(&mut after, field, sent.clone(), version + 1, edit.device);
    }
    Merged::Taken(after, clashes)
}

fn write(written: &mut Written, field: &str, value: Value, version: i64, device: Uuid) {
    written.fields.insert(field.to_owned(), value);
    written
        .marks
        .insert(field.to_owned(), Mark { version, device });
}

/// Somebody chose: of each clash the stored value or the sent one.
#[must_use]
pub fn settle(
    written: &Written,
    version: i64,
    clashes: &[Clash],
    sent: &dyn Fn(&str) -> bool,
) -> Written {
    let mut after = written.clone();
    for clash in clashes {
        let value = match sent(&clash.field) {
            true => clash.sent.clone(),
            // What stands now, also when it was settled otherwise meanwhile.
            false => written
                .fields
                .get(&clash.field)
                .cloned()
                .unwrap_or_default(),
        };
        write(&mut after, &clash.field, value, version + 1, Uuid::nil());
    }
    after
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edit(device: u128, count: i64, base: i64, fields: Value) -> Edit {
        let Value::Object(fields) = fields else {
            panic!("an object")
        };
        Edit {
            device: Uuid::from_u128(device),
            count,
            base,
            fields,
        }
    }

    fn taken(merged: Merged) -> (Written, Vec<Clash>) {
        match merged {
            Merged::Taken(written, clashes) => (written, clashes),
            Merged::Same => panic!("the same"),
        }
    }

    #[test]
    fn a_row_counts_once_and_a_later_one_stands_for_the_earlier() {
        let first = edit(1, 1, 0, json!({ "place": "站前", "said": "渴" }));
        let later = edit(1, 2, 0, json!({ "place": "站前广场", "said": "渴" }));
        let (written, clashes) = taken(merge(&Written::default(), 0, &later));
        assert!(clashes.is_empty());
        assert_eq!(merge(&written, 1, &first), Merged::Same);
        assert_eq!(merge(&written, 1, &later), Merged::Same);
        let (started, _) = taken(merge(&Written::default(), 0, &first));
        let (ended, clashes) = taken(merge(&started, 1, &later));
        assert!(clashes.is_empty(), "its own values are no conflict");
        assert_eq!(ended.fields, written.fields);
    }

    #[test]
    fn two_phones_clash_only_where_both_changed_and_somebody_chooses() {
        let new = edit(1, 1, 0, json!({ "place": "桥下", "said": "", "note": "" }));
        let (written, _) = taken(merge(&Written::default(), 0, &new));
        let (written, _) = taken(merge(&written, 1, &edit(1, 2, 1, json!({ "said": "饿" }))));
        let other = edit(2, 1, 1, json!({ "said": "冷", "note": "腿脚不便" }));
        let (written, clashes) = taken(merge(&written, 2, &other));
        assert_eq!(written.fields["note"], "腿脚不便");
        assert_eq!(written.fields["said"], "饿");
        let clash = Clash {
            field: "said".into(),
            stored: json!("饿"),
            sent: json!("冷"),
        };
        assert_eq!(clashes, [clash]);
        let settled = settle(&written, 3, &clashes, &|_| true);
        assert_eq!(settled.fields["said"], "冷");
        // The same value is no conflict.
        let agree = edit(3, 1, 1, json!({ "said": "冷" }));
        assert!(taken(merge(&settled, 4, &agree)).1.is_empty());
    }
}
