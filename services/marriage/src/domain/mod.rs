//! The law of marriage registration, pure: no I/O, no clock.

pub mod booking;
pub mod certificate_reissue;
pub mod competence;
pub mod cooling_off;
pub mod court_note;
pub(crate) mod desk;
pub mod divorce_registration;
pub mod identity;
pub mod kinship;
pub mod legal_age;
pub mod marriage_registration;
pub mod number;
pub mod party;
pub mod record;
pub mod record_correction;
pub mod record_proof;
pub mod registration_revocation;
pub mod staffing;
pub mod status;
pub mod world;

pub use certificate_reissue::CertificateReissue;
pub use court_note::CourtNote;
pub use divorce_registration::DivorceRegistration;
pub use marriage_registration::MarriageRegistration;
pub use record_correction::RecordCorrection;
pub use record_proof::RecordProof;
pub use registration_revocation::RegistrationRevocation;
