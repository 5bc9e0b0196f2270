//! What the bank answers about a batch (deploy/sandbox.md), taken with a pinch of salt: two
//! different words about one line are none, and what was not agreed is neither paid nor returned.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use yiwang_casework::form::is_readable;

/// Longest reason that is kept, characters.
const LONGEST: usize = 100;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Reached the account.
    Paid,
    /// Came back, and why.
    Returned(String),
    /// Nobody knows.
    Unclear,
}

#[derive(Deserialize)]
struct Line {
    line_id: Uuid,
    status: String,
    reason: Option<Reason>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reason {
    message: String,
}

/// The lines of a settled batch; none: the answer settles nothing.
pub(super) fn outcomes(answer: &Value) -> Option<HashMap<Uuid, Outcome>> {
    if answer["status"] != "settled" {
        return None;
    }
    let lines = answer["lines"].as_array()?.iter();
    let mut outcomes = HashMap::new();
    for line in lines.filter_map(|line| Line::deserialize(line).ok()) {
        let outcome = match line.status.as_str() {
            "paid" => Outcome::Paid,
            "returned" => Outcome::Returned(readable(&line.reason.unwrap_or_default().message)),
            _ => Outcome::Unclear,
        };
        outcomes
            .entry(line.line_id)
            .and_modify(|before: &mut Outcome| {
                if *before != outcome {
                    *before = Outcome::Unclear;
                }
            })
            .or_insert(outcome);
    }
    Some(outcomes)
}

/// One short line without anything that a page would not show as it stands.
fn readable(message: &str) -> String {
    let hidden = |c: &char| {
        matches!(
            c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'
        )
    };
    let shown = |c: &char| !hidden(c) && is_readable(c.encode_utf8(&mut [0; 4]));
    let text: String = message.chars().filter(shown).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text: String = words.join(" ").chars().take(LONGEST).collect();
    if text.is_empty() {
        "银行退回".to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_not_agreed_is_never_taken_for_paid_or_returned() {
        let id = |n: u128| Uuid::from_u128(n);
        let answer = json!({ "status": "settled", "lines": [
            { "line_id": id(1), "status": "paid" },
            { "line_id": id(2), "status": "returned", "reason": { "message": "账号\u{0}不存在" } },
            { "line_id": id(3), "status": "held" },
            { "line_id": id(4), "status": "paid" },
            { "line_id": id(4), "status": "returned" },
            { "line_id": id(5), "status": "returned", "reason": null },
            { "line_id": "not ours", "status": "paid" },
        ] });
        let found = outcomes(&answer).unwrap();
        assert_eq!(found[&id(1)], Outcome::Paid);
        assert_eq!(found[&id(2)], Outcome::Returned("账号不存在".into()));
        assert_eq!(found[&id(3)], Outcome::Unclear);
        assert_eq!(found[&id(4)], Outcome::Unclear, "it contradicts itself");
        assert_eq!(found[&id(5)], Outcome::Returned("银行退回".into()));
        assert_eq!(found.len(), 5);
        for answer in [
            json!([]),
            json!({ "status": "settled" }),
            json!({ "status": "accepted", "lines": [{ "line_id": id(1), "status": "paid" }] }),
        ] {
            assert!(outcomes(&answer).is_none(), "{answer}");
        }
    }

    #[test]
    fn a_reason_is_one_readable_line() {
        let long = "退".repeat(500);
        let rows = [
            (" 账号\u{0}不\u{202e}存在\u{2066} ", "账号不存在"),
            ("账号\u{200b}不\u{feff}存在\u{61c}", "账号不存在"),
            ("账号\r\n不存在\t。", "账号 不存在 。"),
            ("\u{7}\u{200f}", "银行退回"),
            (&long, &long[..300]),
        ];
        for (sent, kept) in rows {
            assert_eq!(readable(sent), kept);
        }
    }
}
