//! The forms of the cases that steps file, from the one form.

use serde_json::{Value, json};

use super::{Applicant, died_on, text};
use crate::one_thing::runner::Order;

/// The form of the item; none for an item that no one-thing files.
pub(super) fn of(item: &str, order: &Order<'_>, applicant: &Applicant) -> Option<Value> {
    match item {
        "funeral" => Some(funeral(order, applicant)),
        _ => None,
    }
}

/// Where the case is filed.
pub(super) fn division(item: &str, order: &Order<'_>) -> String {
    match item {
        // The home's code begins with its township.
        "funeral" => text(order.answers, "/home").chars().take(9).collect(),
        _ => order.header.division.clone(),
    }
}

/// 报丧: services/burial/src/domain/funeral/form.rs.
fn funeral(order: &Order<'_>, applicant: &Applicant) -> Value {
    let text = |pointer| text(order.answers, pointer);
    json!({
        "home": text("/home"),
        "address": text("/address"),
        "place": text("/place"),
        "dead": {
            "name": text("/name"),
            "document": "citizen_id",
            "id_number": text("/id_number"),
            "household": text("/household"),
            "died_on": died_on(order),
        },
        "handler": {
            "name": applicant.caller.name,
            "document": "citizen_id",
            "id_number": applicant.id_number,
            "relation": text("/relation"),
            "phone": text("/phone"),
        },
    })
}
