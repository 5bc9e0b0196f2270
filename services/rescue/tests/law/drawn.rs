//! Forms and acts as the portal draws them: one line for each item.

use yiwang_casework::testing::drawn;
use yiwang_rescue::domain::{
    EasilyLost, EscortedReturn, FosterPlacement, KinMatch, MissingPerson, ReturnSupport,
    Settlement, StationStay,
};

#[test]
fn every_form_and_act() {
    drawn::<EasilyLost>();
    drawn::<EscortedReturn>();
    drawn::<FosterPlacement>();
    drawn::<KinMatch>();
    drawn::<MissingPerson>();
    drawn::<ReturnSupport>();
    drawn::<Settlement>();
    drawn::<StationStay>();
}
