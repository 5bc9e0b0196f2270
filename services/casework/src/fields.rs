//! Kinds of input: each says in the JSON Schema how it is drawn and masked. They stand in
//! `#[schemars(with = "..")]` only; the forms hold plain values.

crate::field_kinds! {
    /// Name of a person.
    Name => { "type": "string", "minLength": 1, "maxLength": 100, "x-mask": "name" };
    /// Number of an identity document.
    DocumentNumber => { "type": "string", "maxLength": 30, "x-mask": "id_number" };
    /// Telephone.
    Phone => { "type": "string", "maxLength": 20, "x-mask": "phone" };
    /// A day, ISO 8601.
    Day => { "type": "string", "format": "date", "x-widget": "date" };
    /// A time of day `03:20`, or nothing.
    TimeOfDay => { "type": "string", "pattern": "^$|^([01][0-9]|2[0-3]):[0-5][0-9]$" };
    /// 男 or 女.
    SexChoice => { "type": "string", "oneOf": [
        { "const": "male", "title": "男" }, { "const": "female", "title": "女" }
    ] };
    /// Six or nine digits: county or township.
    DivisionCode => { "type": "string", "maxLength": 9, "pattern": "^$|^[0-9]{6}([0-9]{3})?$",
        "x-widget": "division" };
    /// One line.
    ShortText => { "type": "string", "maxLength": 100 };
    /// Several lines.
    LongText => { "type": "string", "maxLength": 2000, "x-widget": "textarea" };
    /// Several lines about somebody's health.
    HiddenText => { "type": "string", "maxLength": 2000, "x-widget": "textarea", "x-mask": "hidden" };
}
