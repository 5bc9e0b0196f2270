//! The rules of rescue, pure, and the items.

pub mod desk;
pub mod document;
pub mod easily_lost;
pub mod escorted_return;
pub mod fields;
pub mod foster_placement;
pub mod hotline;
pub mod kin;
pub mod kin_match;
pub mod leaving;
pub mod missing_person;
pub mod return_support;
pub mod search;
pub mod settlement;
pub mod stay;
pub mod street;
pub mod two;

pub use easily_lost::EasilyLost;
pub use escorted_return::EscortedReturn;
pub use foster_placement::FosterPlacement;
pub use kin_match::KinMatch;
pub use missing_person::MissingPerson;
pub use return_support::ReturnSupport;
pub use settlement::Settlement;
pub use stay::StationStay;
