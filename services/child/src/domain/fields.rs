//! Kinds of input: those of all services, and the child service's own.

pub use yiwang_casework::fields::*;

yiwang_casework::field_kinds! {
    /// A day, or nothing.
    DayOrNone => { "type": "string", "maxLength": 10,
        "pattern": "^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "x-widget": "date" };
    /// Number of a citizen's identity card, or nothing.
    IdOrNone => { "type": "string", "maxLength": 18, "x-mask": "id_number" };
    /// Where somebody lives, for who goes there.
    HomeAddress => { "type": "string", "maxLength": 200, "x-mask": "address" };
    /// What a phone sends of a visit, as JSON; its texts are bounded one by one.
    PhoneRow => { "type": "string", "maxLength": 20000 };
}
