//! Filing a child and entrusting one, as tables over the whole decision.

use serde_json::{Value, json};
use yiwang_casework::{Context, Item as _};
use yiwang_child::domain::welfare::{ChildFile, EntrustedCare, child_file, entrusted_care};

use super::{here, told};
use crate::table::{all_hold, read, same};

fn parent(state: &str) -> Value {
    json!({ "name": "父母", "id_number": "", "state": state, "since": "", "proof": "" })
}

/// A child in hardship with a number of its own.
fn file() -> Value {
    json!({
        "kind": "hardship",
        "child": { "name": "小明", "id_number": "", "born_on": "2016-05-12", "school": "城关小学三年级" },
        "household": "420323100", "address": "北大街3组",
        "father": parent("able"), "mother": parent("severely_ill"),
        "guardianship": "parents",
        "carer": { "name": "", "id_number": "", "phone": "", "relation": "" },
        "living": "guardian", "needs": ["k1_living"], "overlays": ["no_household"],
        "level": "low", "level_reasons": "家庭困难", "found": "摸底排查",
    })
}

/// An entrustment to an aunt.
fn entrust() -> Value {
    json!({
        "name": "张大山", "id_number": "11010519491231002X", "phone": "13800000000",
        "principal": "father", "other_parent": "同意",
        "child": { "name": "小明", "id_number": "", "born_on": "2016-05-12", "school": "城关小学" },
        "heard": "愿意和姑姑住",
        "carer": { "name": "张小梅", "id_number": "440524188001010014", "phone": "13900000000",
                   "relation": "姑姑" },
        "address": "北大街3组", "cause": "work", "reasons": "去东莞务工",
        "from": "2026-05-12", "until": "2027-02-10",
    })
}

/// Sets `/a/b=value` pairs; lists and objects are JSON.
fn with(mut form: Value, changes: &[&str]) -> Value {
    for change in changes {
        let (at, value) = change.split_once('=').unwrap();
        let value = match value.starts_with(['[', '{']) {
            true => serde_json::from_str(value).unwrap(),
            false => json!(value),
        };
        let (above, key) = at.rsplit_once('/').unwrap();
        form.pointer_mut(above).unwrap()[key] = value;
    }
    form
}

fn decided_file(form: Value, cx: &Context<'_>, world: &child_file::World) -> String {
    let form: child_file::Form = serde_json::from_value(form).unwrap();
    match told(ChildFile::submit(&form, &[], cx, world)) {
        Ok(decision) => format!("{:?}", decision.state),
        Err(code) => code,
    }
}

#[test]
fn who_gets_a_file() {
    let rows = read(include_str!("file.toml"), 16, &["set", "open", "protected"]);
    all_hold(&rows, |row| {
        let world = child_file::World {
            open: row.flag("open").then(|| "KJ1".to_owned()),
            protected: row.flag("protected"),
            ..Default::default()
        };
        let form = with(file(), &row.texts("set"));
        let found = here(|cx| decided_file(form, cx, &world));
        same("file", found.as_str(), row.text("expected"))
    });
}

#[test]
fn who_is_entrusted_with_a_child() {
    let rows = read(include_str!("entrust.toml"), 10, &["set", "barred", "open"]);
    all_hold(&rows, |row| {
        let codes = row.texts("barred").into_iter();
        let world = entrusted_care::World {
            barred: codes
                .map(|code| entrusted_care::law::BarCode::from_code(code).unwrap())
                .collect(),
            open: row.flag("open").then(|| "WT1".to_owned()),
        };
        let form: entrusted_care::Form =
            serde_json::from_value(with(entrust(), &row.texts("set"))).unwrap();
        let found = here(
            |cx| match told(EntrustedCare::submit(&form, &[], cx, &world)) {
                Ok(decision) => format!("{:?}", decision.state),
                Err(code) => code,
            },
        );
        same("entrustment", found.as_str(), row.text("expected"))
    });
}
