//! What the bank answers about a batch (deploy/sandbox.md), taken with a pinch of salt.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use yiwang_casework::form::is_readable;

/// Longest reason that is kept, characters.
const LONGEST: usize = 100;

/// An answer about a batch.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Taken on.
    Accepted,
    /// What became of each line.
    Settled(HashMap<Uuid, Outcome>),
    /// Not as agreed.
    Unknown,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Reached the account.
    Paid,
    /// Came back.
    Returned {
        /// For people, readable.
        reason: String,
        /// For machines.
        code: String,
    },
    /// A status nobody agreed on.
    Unknown,
    /// The answer leaves the line out.
    Missing,
}

impl Outcome {
    /// What an open line keeps.
    pub(super) fn error(&self) -> &'static str {
        match self {
            Self::Missing => "line_missing",
            _ => "line_unknown",
        }
    }
}

#[derive(Deserialize)]
struct Line {
    line_id: Uuid,
    status: String,
    #[serde(default)]
    reason: Option<Reason>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reason {
    code: String,
    message: String,
}

impl Answer {
    /// Reads an answer; a line that cannot be read counts as left out.
    pub(super) fn read(answer: Value) -> Self {
        let status = answer.get("status").and_then(Value::as_str);
        match (status, answer.get("lines")) {
            (Some("accepted" | "pending"), _) => Self::Accepted,
            (Some("settled"), Some(Value::Array(lines))) => {
                let lines = lines.iter().filter_map(|line| Line::deserialize(line).ok());
                Self::Settled(outcomes(lines))
            }
            _ => Self::Unknown,
        }
    }
}

/// Two different answers about one line are none.
fn outcomes(lines: impl Iterator<Item = Line>) -> HashMap<Uuid, Outcome> {
    let mut outcomes = HashMap::new();
    for line in lines {
        let outcome = match line.status.as_str() {
            "paid" => Outcome::Paid,
            "returned" => {
                let Reason { code, message } = line.reason.unwrap_or_default();
                Outcome::Returned {
                    reason: readable(&message),
                    code: coded(&code),
                }
            }
            _ => Outcome::Unknown,
        };
        outcomes
            .entry(line.line_id)
            .and_modify(|before: &mut Outcome| {
                if *before != outcome {
                    *before = Outcome::Unknown;
                }
            })
            .or_insert(outcome);
    }
    outcomes
}

/// One line without anything that a page would not show as it stands.
fn readable(message: &str) -> String {
    let hidden = |c: char| {
        let mut bytes = [0; 4];
        !is_readable(c.encode_utf8(&mut bytes))
            || matches!(
                c,
                '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'
            )
    };
    let text: String = message.chars().filter(|c| !hidden(*c)).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text: String = words.join(" ").chars().take(LONGEST).collect();
    match text.is_empty() {
        true => "银行退回".to_owned(),
        false => text,
    }
}

/// A code as agreed, or `OTHER`.
fn coded(code: &str) -> String {
    let fits = (1..=40).contains(&code.len())
        && code
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    if fits { code } else { "OTHER" }.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_is_one_readable_line() {
        let long = "退".repeat(500);
        let rows = [
            ("账号不存在", "账号不存在"),
            (" 账号\u{0}不\u{202e}存在\u{2066} ", "账号不存在"),
            ("账号\r\n不存在\t。", "账号 不存在 。"),
            ("\u{7}\u{200f}", "银行退回"),
            ("", "银行退回"),
            (&long, &long[..300]),
        ];
        for (sent, kept) in rows {
            assert_eq!(readable(sent), kept);
        }
        for (sent, kept) in [
            ("NO_SUCH_ACCOUNT", "NO_SUCH_ACCOUNT"),
            ("", "OTHER"),
            ("张三 6217", "OTHER"),
        ] {
            assert_eq!(coded(sent), kept);
        }
    }

    #[test]
    fn what_was_not_agreed_is_never_taken_for_paid_or_returned() {
        let id = |n: u128| Uuid::from_u128(n);
        let lines = json!([
            { "line_id": id(1), "status": "paid" },
            { "line_id": id(2), "status": "returned", "reason": { "code": "ACCOUNT_CLOSED" } },
            { "line_id": id(3), "status": "held" },
            { "line_id": id(4), "status": "paid" },
            { "line_id": id(4), "status": "returned" },
            { "line_id": "not ours", "status": "paid" },
            { "line_id": id(5) },
        ]);
        let Answer::Settled(outcomes) =
            Answer::read(json!({ "status": "settled", "lines": lines }))
        else {
            panic!("not settled");
        };
        let returned = Outcome::Returned {
            reason: "银行退回".into(),
            code: "ACCOUNT_CLOSED".into(),
        };
        assert_eq!(outcomes[&id(1)], Outcome::Paid);
        assert_eq!(outcomes[&id(2)], returned);
        assert_eq!(outcomes[&id(3)], Outcome::Unknown);
        assert_eq!(outcomes[&id(4)], Outcome::Unknown, "it contradicts itself");
        assert_eq!(outcomes.len(), 4);
        for (answer, expected) in [
            (json!({ "status": "accepted" }), Answer::Accepted),
            (json!({ "status": "settled" }), Answer::Unknown),
            (json!({ "status": "gone" }), Answer::Unknown),
            (json!([]), Answer::Unknown),
        ] {
            assert_eq!(Answer::read(answer), expected);
        }
    }
}
