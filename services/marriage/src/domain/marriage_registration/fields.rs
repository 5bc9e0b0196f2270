//! How inputs are drawn whose types are not drawn by themselves. Used as
//! `#[schemars(with = "…")]` only.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Value, json};

use crate::domain::{kinship::Kin, party::StatedStatus};

macro_rules! field_kind {
    ($($(#[$meta:meta])* $name:ident => $schema:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub(super) enum $name {}

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )+};
}

field_kind! {
    /// A day, ISO 8601.
    Day => json_schema!({ "type": "string", "format": "date", "x-widget": "date" });
    /// Several lines, never empty.
    LongText => json_schema!({
        "type": "string", "minLength": 1, "maxLength": 1000, "x-widget": "textarea"
    });
    /// Something that is done or seen, ticked.
    Tick => json_schema!({ "type": "boolean", "x-widget": "checkbox" });
    /// [`Kin`] by its labels.
    KinChoice => choice(KIN.map(|kin| (kin, kin.label())));
    /// [`StatedStatus`] by its labels.
    StatedChoice => choice(STATED.map(|stated| (stated, stated_label(stated))));
}

const KIN: [Kin; 6] = [
    Kin::None,
    Kin::Lineal,
    Kin::Sibling,
    Kin::AuntUncleNieceNephew,
    Kin::FirstCousin,
    Kin::Other,
];

const STATED: [StatedStatus; 3] = [
    StatedStatus::Single,
    StatedStatus::Divorced,
    StatedStatus::Widowed,
];

/// What somebody says of their marital status, in Chinese.
pub(super) fn stated_label(stated: StatedStatus) -> &'static str {
    match stated {
        StatedStatus::Single => "未婚",
        StatedStatus::Divorced => "离婚",
        StatedStatus::Widowed => "丧偶",
    }
}

fn choice<T: Serialize, const N: usize>(options: [(T, &str); N]) -> Schema {
    let options: Vec<Value> = options
        .iter()
        .map(|(code, label)| json!({ "const": code, "title": label }))
        .collect();
    json_schema!({ "type": "string", "oneOf": options })
}
