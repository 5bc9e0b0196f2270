//! Forms and acts as the portal draws them: one line for each item.

use yiwang_casework::testing::drawn;
use yiwang_marriage::domain::{
    CertificateReissue, CourtNote, DivorceRegistration, MarriageRegistration, RecordCorrection,
    RecordProof, RegistrationRevocation,
};

#[test]
fn every_form_and_act() {
    drawn::<CertificateReissue>();
    drawn::<CourtNote>();
    drawn::<DivorceRegistration>();
    drawn::<MarriageRegistration>();
    drawn::<RecordCorrection>();
    drawn::<RecordProof>();
    drawn::<RegistrationRevocation>();
}
