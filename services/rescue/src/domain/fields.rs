//! Kinds of input: those of all services, and rescue's own.

pub use yiwang_casework::fields::*;

yiwang_casework::field_kinds! {
    /// Code of a rescue station.
    StationCode => { "type": "string", "minLength": 1, "maxLength": 14, "x-widget": "rescue-station" };
    /// Code of a foster institution.
    InstitutionCode => { "type": "string", "minLength": 1, "maxLength": 14, "x-widget": "rescue-institution" };
    /// A room, hospital, vehicle or foster home of the station; empty: any that fits.
    PlaceId => { "type": "string", "maxLength": 36, "x-widget": "rescue-place" };
    /// An article of the station.
    ArticleId => { "type": "string", "minLength": 1, "maxLength": 36, "x-widget": "rescue-article" };
    /// A day, or nothing.
    DayOrNone => { "type": "string", "maxLength": 10,
        "pattern": "^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "x-widget": "date" };
    /// Kept on a list: one code each, none twice.
    Years => { "type": "integer", "minimum": 0, "maximum": 120 };
}
