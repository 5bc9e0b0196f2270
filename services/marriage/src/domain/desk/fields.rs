//! Kinds of input: each says in the JSON Schema how it is drawn and masked. They stand in
//! `#[schemars(with = "..")]` only; the forms hold plain values.

yiwang_casework::field_kinds! {
    /// Name of a person.
    Name => { "type": "string", "maxLength": 40, "x-mask": "name" };
    /// A day, ISO 8601.
    Day => { "type": "string", "format": "date", "x-widget": "date" };
    /// 男 or 女.
    SexChoice => { "type": "string", "oneOf": [
        { "const": "male", "title": "男" }, { "const": "female", "title": "女" }
    ] };
    /// A hall's code.
    HallCode => { "type": "string", "minLength": 1, "maxLength": 12, "x-widget": "hall" };
    /// One line.
    ShortText => { "type": "string", "maxLength": 100 };
    /// Several lines.
    LongText => { "type": "string", "maxLength": 2000, "x-widget": "textarea" };
}
