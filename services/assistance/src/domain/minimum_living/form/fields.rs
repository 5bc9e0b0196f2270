//! Kinds of input: each says in the JSON Schema how it is drawn and masked.
//!
//! They are used as `#[schemars(with = "..")]` only; the form itself holds
//! plain values and `validate.rs` judges them in Chinese.

yiwang_casework::field_kinds! {
    /// Amount in fen, written in yuan; at most 100 million yuan.
    Yuan => {
        "type": "integer", "minimum": 0, "maximum": 10_000_000_000_i64, "x-widget": "yuan"
    };
    /// Citizen ID number, 18 characters.
    IdNumber => {
        "type": "string", "maxLength": 40, "x-widget": "id_number", "x-mask": "id_number"
    };
    /// Name of a person.
    Name => { "type": "string", "maxLength": 50, "x-mask": "name" };
    /// Mobile or landline number.
    Phone => { "type": "string", "maxLength": 20, "x-widget": "phone", "x-mask": "phone" };
    /// Division code down to the township, 9 digits.
    DivisionCode => { "type": "string", "maxLength": 12, "x-widget": "division" };
    /// Street and house.
    Address => { "type": "string", "maxLength": 200, "x-mask": "address" };
    /// Bank account number.
    Account => {
        "type": "string", "maxLength": 40, "x-widget": "bank_account", "x-mask": "bank_account"
    };
    /// A day, ISO 8601.
    Day => { "type": "string", "format": "date", "x-widget": "date" };
    /// One line.
    ShortText => { "type": "string", "maxLength": 100 };
    /// Several lines.
    LongText => { "type": "string", "maxLength": 1000, "x-widget": "textarea" };
}
