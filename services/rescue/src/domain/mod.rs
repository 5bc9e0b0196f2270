//! The rules of rescue, pure, and the items.

pub mod desk;
pub mod document;
pub mod easily_lost;
pub mod fields;
pub mod kin;
pub mod kin_match;
pub mod missing_person;
pub mod return_support;
pub mod search;
pub mod stay;
pub mod street;
pub mod two;

pub use easily_lost::EasilyLost;
pub use kin_match::KinMatch;
pub use missing_person::MissingPerson;
pub use return_support::ReturnSupport;
pub use stay::StationStay;
