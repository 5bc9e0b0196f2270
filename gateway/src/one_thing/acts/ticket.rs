//! What a department is told: whom it is about, who asks, where money goes, and nothing else.

use serde_json::{Value, json};

use super::{Applicant, died_on, text};
use crate::one_thing::runner::Order;

/// The body of a ticket. It follows from what is stored alone, so a repeat is the same body.
pub(super) fn body(order: &Order<'_>, matter: &str, applicant: &Applicant) -> Value {
    let answers = order.answers;
    let mut body = json!({
        "number": order.header.number,
        "matter": matter,
        "division": order.header.division,
        "applicant": {
            "name": applicant.caller.name,
            "id_number": applicant.id_number,
            "relation": text(answers, "/relation"),
            "phone": text(answers, "/phone"),
        },
    });
    match order.definition.code {
        "after-death" => body["dead"] = dead(order),
        "newlyweds" => body["marriage"] = marriage(order, matter),
        "homecoming" | "settlement" => body["person"] = person(answers),
        "hardship" => body["family"] = family(order),
        "eldercare-home" => body["home"] = home(answers),
        _ => {}
    }
    if is_paid(matter) {
        body["payee"] = json!({
            "name": applicant.caller.name,
            "account": text(answers, "/bank_account"),
        });
    }
    body
}

/// What an earlier step gave.
fn given(order: &Order<'_>, step: &str, field: &str) -> String {
    let result = order.results.get(step);
    let found = result.and_then(|result| result[field].as_str());
    found.unwrap_or_default().to_owned()
}

fn dead(order: &Order<'_>) -> Value {
    // Only what this step waited for: the same however often it is sent.
    let after_cremation = order.step().after.contains(&"cremation");
    let cremation = match after_cremation {
        true => given(order, "cremation", "about"),
        false => String::new(),
    };
    json!({
        "name": text(order.answers, "/name"),
        "id_number": text(order.answers, "/id_number"),
        "died_on": died_on(order),
        "certificate": given(order, "death", "about"),
        "cremation_certificate": cremation,
    })
}

/// The record in the marriage register; who the other one is stands there.
fn marriage(order: &Order<'_>, matter: &str) -> Value {
    let mut facts = json!({
        "record": given(order, "registered", "about"),
        "on": given(order, "registered", "on"),
    });
    if matter.starts_with("household-move") {
        facts["move"] = json!({
            "direction": text(order.answers, "/direction"),
            "to": text(order.answers, "/move_to"),
        });
    }
    facts
}

/// Somebody who came home, or was given one.
fn person(answers: &Value) -> Value {
    json!({"name": text(answers, "/name"), "id_number": text(answers, "/id_number")})
}

/// The class of a family, never incomes or property (社会救助法 42).
fn family(order: &Order<'_>) -> Value {
    json!({
        "class": given(order, "classified", "about"),
        "on": given(order, "classified", "on"),
    })
}

/// An old people's home that is to be.
fn home(answers: &Value) -> Value {
    json!({
        "name": text(answers, "/name"),
        "kind": text(answers, "/kind"),
        "place": text(answers, "/place"),
        "address": text(answers, "/address"),
        "beds": answers["beds"],
    })
}

/// Whether money comes of it: only then is the account told.
fn is_paid(matter: &str) -> bool {
    ["account-closing", "pension-ending", "death-withdrawal"].contains(&matter)
}
