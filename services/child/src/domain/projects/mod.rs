//! 明天计划 and 助学工程 (rules B2.12): pure.
//!
//! | where | what |
//! |---|---|
//! | [`medical_project`] | MT: treatment of an orphan, the part that is left to pay |
//! | [`study_project`] | ZX: a school year of an orphan who is grown up |
//! | [`payment`] | a payment, signed by two, made by the bank |
//! | [`words`] | what the two share |

pub mod fields;
pub mod medical_project;
pub mod payment;
pub mod study_project;
pub mod words;

pub use medical_project::MedicalProject;
pub use study_project::StudyProject;
