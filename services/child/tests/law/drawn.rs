//! Forms and acts as the portal draws them: one line for each item.

use yiwang_casework::testing::drawn;
use yiwang_child::domain::{
    adoption::{Adoption, AdoptionDissolution, AdoptionProof, AdoptionRevocation, FosterCare},
    entitlements::{Orphan, Unattended},
    projects::{MedicalProject, StudyProject},
    protection::{LongGuardianship, ProtectionCase, TemporaryGuardianship},
    welfare::{ChildFile, EntrustedCare},
};

#[test]
fn every_form_and_act() {
    drawn::<Orphan>();
    drawn::<Unattended>();
    drawn::<ChildFile>();
    drawn::<EntrustedCare>();
    drawn::<ProtectionCase>();
    drawn::<TemporaryGuardianship>();
    drawn::<LongGuardianship>();
    drawn::<Adoption>();
    drawn::<AdoptionDissolution>();
    drawn::<AdoptionRevocation>();
    drawn::<AdoptionProof>();
    drawn::<FosterCare>();
    drawn::<MedicalProject>();
    drawn::<StudyProject>();
}
