//! Forms and acts as the portal draws them: one line for each item.

#[test]
fn every_form_and_act() {}
