//! Kinds of input of the projects.

pub use crate::domain::fields::*;

yiwang_casework::field_kinds! {
    /// Amount in fen, written in yuan; at most 100 million yuan.
    Yuan => {
        "type": "integer", "minimum": 0, "maximum": 10_000_000_000_i64, "x-widget": "yuan"
    };
    /// Number of a bank account.
    Account => {
        "type": "string", "maxLength": 40, "x-widget": "bank_account", "x-mask": "bank_account"
    };
    /// Yes or no.
    YesNo => { "type": "boolean" };
    /// The first year of a school year.
    SchoolYear => { "type": "integer", "minimum": 2000, "maximum": 2200 };
}
