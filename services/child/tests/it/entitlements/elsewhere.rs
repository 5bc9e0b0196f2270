//! 跨省通办: received anywhere, decided at home, told where it was received.

use serde_json::json;
use yiwang_casework::testing::officer;
use yiwang_chassis::identity::Role;

use super::desk::{Desk, form, opinion, yes};
use crate::world::CHENGGUAN;

const FAR: &str = "421221100";

#[tokio::test(flavor = "multi_thread")]
async fn a_township_elsewhere_receives_forwards_and_tells() {
    let desk = Desk::new().await;
    let window = officer(9, "远处窗口", Role::TownshipOfficer, FAR);
    let mut far = form("dead", "out_of_contact", "2025-10-01");
    far["receiving"] = FAR.into();
    // Filed at the counter there, for the grandfather who stands before it.
    let case = desk
        .submit(&window, "unattended-child", CHENGGUAN, far)
        .await
        .unwrap();
    let number = case.number.as_str();
    assert_eq!(case.state, "received");
    let forward = case
        .clocks
        .iter()
        .find(|clock| clock.name == "forward")
        .unwrap();
    assert_eq!(forward.last_day, "2026-05-15");
    desk.rest().await;
    let case = desk
        .act(&window, number, "forward", serde_json::Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "verifying");
    // The window stands there, and cannot verify.
    let verify = opinion("dead", "out_of_contact", "2025-10-01");
    let refused = desk
        .act(&window, number, "verify", verify.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "WRONG_ROLE");
    desk.act(&desk.supervisor, number, "verify", verify)
        .await
        .unwrap();
    let case = desk
        .both(
            number,
            json!({ "agrees": false, "reasons": "母亲已经回家" }),
        )
        .await
        .unwrap();
    assert_eq!(case.state, "to_tell");
    let tell = case
        .clocks
        .iter()
        .find(|clock| clock.name == "tell")
        .unwrap();
    assert_eq!(tell.last_day, "2026-05-15");
    let told = json!({ "on": "2026-05-12", "how": "当面交给申请人" });
    desk.act(&window, number, "tell_result", told)
        .await
        .unwrap();
    assert_eq!(desk.case(number).await.state, "refused");
    // It has done its part: the case is no longer its business.
    let hidden = desk.get_as(&window, number).await.unwrap_err();
    assert_eq!(hidden.reason, "CASE_NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread")]
async fn confirmed_elsewhere_is_told_there_too() {
    let desk = Desk::new().await;
    let window = officer(9, "远处窗口", Role::TownshipOfficer, FAR);
    let mut far = form("dead", "out_of_contact", "2025-10-01");
    far["receiving"] = FAR.into();
    let case = desk
        .submit(&desk.guardian, "unattended-child", CHENGGUAN, far)
        .await
        .unwrap();
    let number = case.number.as_str();
    desk.rest().await;
    desk.act(&window, number, "forward", serde_json::Value::Null)
        .await
        .unwrap();
    let verify = opinion("dead", "out_of_contact", "2025-10-01");
    desk.act(&desk.supervisor, number, "verify", verify)
        .await
        .unwrap();
    let case = desk.both(number, yes()).await.unwrap();
    assert!(case.clocks.iter().any(|clock| clock.name == "tell"));
    let told = json!({ "on": "2026-05-12", "how": "电话" });
    let case = desk
        .act(&window, number, "tell_result", told)
        .await
        .unwrap();
    assert_eq!(case.state, "paid");
    assert!(
        !desk
            .case(number)
            .await
            .clocks
            .iter()
            .any(|clock| clock.name == "tell")
    );
}
