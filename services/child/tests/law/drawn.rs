//! Forms and acts as the portal draws them: one line for each item.

use yiwang_casework::testing::drawn;
use yiwang_child::domain::welfare::{ChildFile, EntrustedCare};

#[test]
fn every_form_and_act() {
    drawn::<ChildFile>();
    drawn::<EntrustedCare>();
}
