//! What a department is told: who died, who asks, where money goes, and nothing else.

use serde_json::{Value, json};

use super::{Applicant, text};
use crate::one_thing::runner::Order;

/// The body of a ticket. It follows from what is stored alone, so a repeat is the same body.
pub(super) fn body(order: &Order<'_>, matter: &str, applicant: &Applicant) -> Value {
    let answers = order.answers;
    let of = |step: &str, field: &str| {
        let result = order.results.get(step);
        let found = result.and_then(|result| result[field].as_str());
        found.unwrap_or_default().to_owned()
    };
    let mut body = json!({
        "number": order.header.number,
        "matter": matter,
        "division": order.header.division,
        "dead": {
            "name": text(answers, "/name"),
            "id_number": text(answers, "/id_number"),
            "died_on": text(answers, "/died_on"),
            "certificate": of("death", "about"),
            "cremation_certificate": of("cremation", "about"),
        },
        "applicant": {
            "name": applicant.caller.name,
            "id_number": applicant.id_number,
            "relation": text(answers, "/relation"),
            "phone": text(answers, "/phone"),
        },
    });
    if is_paid(matter) {
        body["payee"] = json!({
            "name": applicant.caller.name,
            "account": text(answers, "/bank_account"),
        });
    }
    body
}

/// Whether money comes of it: only then is the account told.
fn is_paid(matter: &str) -> bool {
    ["account-closing", "pension-ending", "death-withdrawal"].contains(&matter)
}
