//! Forms and acts as the portal draws them: one line for each item.

use yiwang_casework::testing::drawn;
use yiwang_child::domain::protection::{LongGuardianship, ProtectionCase, TemporaryGuardianship};

#[test]
fn every_form_and_act() {
    drawn::<ProtectionCase>();
    drawn::<TemporaryGuardianship>();
    drawn::<LongGuardianship>();
}
