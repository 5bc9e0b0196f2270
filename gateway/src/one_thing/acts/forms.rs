//! The forms of the cases that steps file, from the one form.

use serde_json::{Value, json};
use yiwang_civic::division::full_name;

use super::{Applicant, died_on, text};
use crate::one_thing::runner::Order;

/// The form of the item; none for an item that no one-thing files.
pub(super) fn of(item: &str, order: &Order<'_>, applicant: &Applicant) -> Option<Value> {
    match item {
        "funeral" => Some(funeral(order, applicant)),
        "eco-subsidy" => Some(eco_subsidy(order, applicant)),
        _ => None,
    }
}

/// Where the case is filed.
pub(super) fn division(item: &str, order: &Order<'_>) -> String {
    match item {
        // The home's code begins with its township.
        "funeral" => text(order.answers, "/home").chars().take(9).collect(),
        // Where the ashes lie pays.
        "eco-subsidy" => laid(order).1.to_owned(),
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

/// 生态安葬奖补: services/burial/src/domain/eco_subsidy/form.rs. The register verifies the burial.
fn eco_subsidy(order: &Order<'_>, applicant: &Applicant) -> Value {
    let text = |pointer| text(order.answers, pointer);
    let given = |step: &str, field: &str| order.results.get(step).map(|given| given[field].clone());
    let relation = match text("/relation") {
        "relative" => "other_kin",
        known => known,
    };
    let (form, division) = laid(order);
    json!({
        "handler": {
            "name": applicant.caller.name,
            "document": "citizen_id",
            "id_number": applicant.id_number,
            "phone": text("/phone"),
            "relation": relation,
        },
        "user": {
            "name": text("/name"),
            "document": "citizen_id",
            "id_number": text("/id_number"),
            "household": text("/household"),
        },
        "cremation_certificate": given("cremation", "about"),
        "form": form,
        "placed_on": given("ashes", "on"),
        "place": full_name(division).unwrap_or_default(),
        "account": {
            "holder": applicant.caller.name,
            "bank": text("/bank"),
            "number": text("/bank_account"),
        },
    })
}

/// How and in which township the ashes were laid to rest.
fn laid<'a>(order: &'a Order<'_>) -> (&'a str, &'a str) {
    let about = order.results.get("ashes");
    let about = about.and_then(|ashes| ashes["about"].as_str());
    about
        .and_then(|about| about.split_once(' '))
        .unwrap_or_default()
}
