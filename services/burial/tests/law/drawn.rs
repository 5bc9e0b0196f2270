//! Forms and acts as the portal draws them: one line for each item.

use yiwang_burial::domain::{
    AshesDeposit, BurialEnforcement, CremationRefund, DeathCertificate, DeathDeclaration,
    EcoSubsidy, Funeral, Grave, GraveRemediation, PriceComplaint, UnclaimedBody,
};
use yiwang_casework::testing::drawn;

#[test]
fn every_form_and_act() {
    drawn::<AshesDeposit>();
    drawn::<BurialEnforcement>();
    drawn::<CremationRefund>();
    drawn::<DeathCertificate>();
    drawn::<DeathDeclaration>();
    drawn::<EcoSubsidy>();
    drawn::<Funeral>();
    drawn::<Grave>();
    drawn::<GraveRemediation>();
    drawn::<PriceComplaint>();
    drawn::<UnclaimedBody>();
}
