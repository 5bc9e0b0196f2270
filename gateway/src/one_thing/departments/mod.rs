//! The departments outside civil affairs, in one place (deploy/sandbox.md, 部门工单).
//!
//! ```text
//! POST {base}/tickets        Idempotency-Key: one-thing.step   ─> 202
//! GET  {base}/tickets/{key}                                    ─> pending | done | refused
//! POST {callbacks}/{name}    signed                            ─> hurries the GET, decides nothing
//! ```

use std::collections::BTreeMap;

use serde_json::{Value, json};
use yiwang_chassis::department::{Answer, CallError, Client};

use super::course::{Class, Outcome, Reason};
use crate::{config, crypto::Vault};

/// Statuses after which nothing changes any more.
const FINALS: [&str; 2] = ["done", "refused"];

/// The departments that are connected, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partners(BTreeMap<&'static str, Client>);

impl Partners {
    /// Those that have an address.
    ///
    /// # Errors
    /// When one has no secret in the key directory, or an address is none.
    pub(crate) fn open(config: &config::Departments, vault: &Vault) -> anyhow::Result<Self> {
        let mut partners = BTreeMap::new();
        for (name, base) in config.bases() {
            if base.is_empty() {
                continue;
            }
            let secrets = vault.departments();
            let client = Client::open(secrets, name, base, &config.callbacks, config.timeout)?;
            partners.insert(name, client);
        }
        Ok(Self(partners))
    }

    /// Hands a ticket in, or asks what became of it: it always asks first.
    pub(crate) async fn ticket(&self, department: &str, key: &str, body: &Value) -> Outcome {
        let Some(client) = self.0.get(department) else {
            return failed(
                Class::Business,
                "NOT_CONNECTED",
                "这个部门还没有联网，由工作人员联系办理。",
            );
        };
        match client.ask("/tickets", key, body, &FINALS).await {
            Ok(Answer::Pending) => Outcome::Accepted,
            Ok(Answer::Done(answer)) => ended(&answer, key),
            // A POST that broke off may have arrived.
            Err(CallError::Transient(_)) => {
                failed(Class::Unknown, "UNREACHABLE", "暂时联系不上这个部门。")
            }
            Err(CallError::Refused(why)) => {
                tracing::error!(department, "a department refuses a ticket: {why}");
                failed(
                    Class::Business,
                    "NOT_ACCEPTED",
                    "这个部门的系统没有接受这件事，请工作人员核对。",
                )
            }
        }
    }

    /// Which request a callback of this department hurries; none: no such department here.
    ///
    /// # Errors
    /// The signature is wrong, or the body is no callback.
    pub(crate) fn called(
        &self,
        department: &str,
        body: &[u8],
        signature: &str,
    ) -> Option<Result<String, CallError>> {
        let client = self.0.get(department)?;
        Some(client.called(body, signature))
    }
}

/// What a final answer says. Its words are the department's own and name nobody (the contract
/// says so); they are cut, so that a mistake there fills no page here.
fn ended(answer: &Value, key: &str) -> Outcome {
    let text = |value: &Value| -> String {
        let text = value.as_str().unwrap_or_default().chars();
        text.filter(|c| !c.is_control()).take(200).collect()
    };
    if answer["status"] == "done" {
        let number = match text(&answer["ticket_id"]) {
            empty if empty.is_empty() => key.to_owned(),
            number => number,
        };
        let result = json!({
            "text": text(&answer["result"]["text"]),
            "paid_fen": answer["result"]["paid_fen"].as_i64().unwrap_or(0),
        });
        return Outcome::Done(json!({"number": number, "result": result}));
    }
    let (code, words) = (
        text(&answer["reason"]["code"]),
        text(&answer["reason"]["message"]),
    );
    let words = match words.is_empty() {
        true => "没有说明原因。".to_owned(),
        false => words,
    };
    Outcome::Failed(Reason {
        class: Class::Business,
        code,
        text: words,
    })
}

pub(super) fn failed(class: Class, code: &str, text: &str) -> Outcome {
    Outcome::Failed(Reason {
        class,
        code: code.to_owned(),
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_final_answer_is_done_or_a_refusal_with_its_words() {
        let done = json!({"status": "done", "ticket_id": "HK-1", "result": {"text": "已注销"}});
        assert_eq!(
            ended(&done, "k"),
            Outcome::Done(json!({"number": "HK-1", "result": {"text": "已注销", "paid_fen": 0}}))
        );
        let refused =
            json!({"status": "refused", "reason": {"code": "NAME", "message": "姓名不符"}});
        assert_eq!(
            ended(&refused, "k"),
            failed(Class::Business, "NAME", "姓名不符")
        );
        let silent = ended(&json!({"status": "refused"}), "k");
        assert_eq!(silent, failed(Class::Business, "", "没有说明原因。"));
    }

    #[test]
    fn every_department_of_a_step_can_be_connected() {
        use crate::one_thing::{
            definition::{Act, Undo},
            definitions,
        };
        let known = config::Departments::default().bases().map(|(name, _)| name);
        let steps = definitions::ALL.iter().flat_map(|one| one.steps);
        for step in steps {
            let done = match step.act {
                Act::Ticket(ticket) | Act::Ask(ticket) => Some(ticket),
                _ => None,
            };
            let undone = match step.undo {
                Undo::Ticket(ticket) => Some(ticket),
                _ => None,
            };
            for ticket in done.into_iter().chain(undone) {
                assert!(known.contains(&ticket.department), "{}", ticket.department);
            }
        }
    }

    #[tokio::test]
    async fn a_department_that_is_not_connected_is_put_to_an_officer() {
        let outcome = Partners::default().ticket("bank", "k", &json!({})).await;
        assert!(matches!(outcome, Outcome::Failed(reason) if reason.code == "NOT_CONNECTED"));
    }
}
