//! Reports, the four-step case, guardianship by civil affairs, where a child is (rules B2.7 to B2.9): pure.
//!
//! | where | what |
//! |---|---|
//! | [`protection_case`] | the four-step case 四位一体 (GA) |
//! | [`temporary_guardianship`] | 临时监护 (LJ) |
//! | [`long_guardianship`] | 长期监护 (CG) |
//! | [`words`] | the code lists (rules B4.3 to B4.6) |
//! | [`law`] | levels, duties, limits, which placement is allowed |
//! | [`placing`] | into whose care, and what the child said |
//! | [`clocks`], [`events`], [`person`] | what the three items share |

pub mod clocks;
pub mod events;
pub mod law;
pub mod long_guardianship;
pub mod person;
pub mod placing;
pub mod protection_case;
pub mod temporary_guardianship;
pub mod words;

pub use long_guardianship::LongGuardianship;
pub use protection_case::ProtectionCase;
pub use temporary_guardianship::TemporaryGuardianship;
