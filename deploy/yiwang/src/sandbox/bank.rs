//! The paying bank 代发银行: batches in, paid and returned lines out.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::{behaviour::Behaviour, book::Taken, department::written};

const MAX_LINES: usize = 10_000;

/// What was paid under one line id, over all batches.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Paid {
    amount_fen: i64,
    payments: u32,
}

/// What is wrong with a batch.
pub(crate) fn check(body: &Value) -> Result<(), String> {
    let lines = lines(body);
    if lines.is_empty() || lines.len() > MAX_LINES {
        return Err(format!("lines must hold 1 to {MAX_LINES} payments"));
    }
    let mut seen = HashSet::new();
    for (index, line) in lines.iter().enumerate() {
        for field in ["line_id", "account", "name"] {
            if line[field].as_str().is_none_or(str::is_empty) {
                return Err(format!("lines/{index}/{field} is missing"));
            }
        }
        if line["amount_fen"].as_i64().is_none_or(|fen| fen <= 0) {
            return Err(format!(
                "lines/{index}/amount_fen must be a whole number above 0"
            ));
        }
        if !seen.insert(line["line_id"].as_str()) {
            return Err(format!("lines/{index}/line_id appears twice"));
        }
    }
    Ok(())
}

/// The settlement of a batch that was checked when it was taken.
pub(crate) fn answer(taken: &Taken) -> Value {
    let settled: Vec<Value> = lines(&taken.body)
        .iter()
        .map(|line| match returned(line, &taken.behave) {
            None => json!({"line_id": line["line_id"], "status": "paid"}),
            Some((code, message)) => json!({
                "line_id": line["line_id"], "status": "returned",
                "reason": {"code": code, "message": message},
            }),
        })
        .collect();
    json!({
        "batch_id": taken.number("YH-"), "status": "settled",
        "settled_at": written(&taken.answered_at()), "lines": settled,
    })
}

/// What was paid in these batches, by line id.
pub(crate) fn ledger<'a>(batches: impl Iterator<Item = &'a Taken>) -> BTreeMap<String, Paid> {
    let mut ledger: BTreeMap<String, Paid> = BTreeMap::new();
    for batch in batches {
        for line in lines(&batch.body) {
            if returned(line, &batch.behave).is_some() {
                continue;
            }
            let id = line["line_id"].as_str().unwrap_or_default().to_owned();
            let paid = ledger.entry(id).or_default();
            paid.amount_fen += line["amount_fen"].as_i64().unwrap_or_default();
            paid.payments += 1;
        }
    }
    ledger
}

fn lines(body: &Value) -> &[Value] {
    body["lines"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn returned(line: &Value, behave: &[Behaviour]) -> Option<(&'static str, &'static str)> {
    if behave.contains(&Behaviour::Refuse) {
        return Some(("REFUSED_BY_BANK", "银行未受理"));
    }
    let account = line["account"].as_str().unwrap_or_default();
    match account.get(account.len().saturating_sub(4)..) {
        Some("9990") => Some(("NO_SUCH_ACCOUNT", "账号不存在")),
        Some("9991") => Some(("NAME_MISMATCH", "户名不符")),
        Some("9992") => Some(("ACCOUNT_CLOSED", "账户已销户")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{behaviour, department::Department};

    fn line(id: &str, account: &str) -> Value {
        json!({"line_id": id, "account": account, "name": "张三", "amount_fen": 84_000})
    }

    fn batch(key: &str, lines: Vec<Value>) -> Taken {
        Taken {
            department: Department::Bank,
            key: key.to_owned(),
            body_hash: String::new(),
            body: json!({"lines": lines}),
            taken_at: jiff::Timestamp::UNIX_EPOCH,
            business_at: jiff::Timestamp::UNIX_EPOCH,
            behave: behaviour::of_key(key),
        }
    }

    #[test]
    fn pays_and_returns_by_account() {
        let answer = answer(&batch(
            "k",
            vec![line("a", "62170001"), line("b", "62179990")],
        ));
        assert_eq!(answer["lines"][0]["status"], "paid");
        assert_eq!(answer["lines"][1]["reason"]["code"], "NO_SUCH_ACCOUNT");
    }

    #[test]
    fn the_ledger_shows_a_double_payment_and_no_returned_line() {
        let first = batch("k", vec![line("a", "62170001"), line("b", "62179990")]);
        let again = batch("l", vec![line("a", "62170001")]);
        let refused = batch("m~refuse", vec![line("c", "62170001")]);
        let ledger = ledger([&first, &again, &refused].into_iter());
        assert_eq!(ledger.len(), 1);
        assert_eq!(
            ledger["a"],
            Paid {
                amount_fen: 168_000,
                payments: 2
            }
        );
    }

    #[test]
    fn a_batch_with_a_doubled_line_or_no_amount_is_refused() {
        assert!(check(&json!({"lines": []})).is_err());
        assert!(check(&json!({"lines": [line("a", "1"), line("a", "1")]})).is_err());
        let mut free = line("a", "1");
        free["amount_fen"] = json!(0);
        assert!(check(&json!({"lines": [free]})).is_err());
    }
}
