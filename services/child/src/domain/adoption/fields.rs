//! Kinds of input of adoption.

yiwang_casework::field_kinds! {
    /// Male, female, or not known yet.
    SexOrNone => { "type": "string", "oneOf": [
        { "const": "", "title": "还不清楚" },
        { "const": "male", "title": "男" }, { "const": "female", "title": "女" }
    ] };
    /// Name, or nothing.
    NameOrNone => { "type": "string", "maxLength": 100, "x-mask": "name" };
    /// Telephone, or nothing.
    PhoneOrNone => { "type": "string", "maxLength": 20, "x-mask": "phone" };
    /// Where somebody lives.
    Address => { "type": "string", "maxLength": 200, "x-mask": "address" };
    /// Small whole number.
    Few => { "type": "integer", "minimum": 0, "maximum": 20 };
    /// Whole number.
    Many => { "type": "integer", "minimum": 0, "maximum": 1_000_000 };
    /// Points of one indicator.
    Points => { "type": "integer", "minimum": 0, "maximum": 100 };
}
