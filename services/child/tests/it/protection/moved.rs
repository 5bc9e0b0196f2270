//! The same matter twice, and a matter of another place: recorded, never refused.

use serde_json::json;
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_chassis::identity::Role;
use yiwang_proto::child::v1::{self as pb, protection_server::Protection as _};

use super::{Desk, teacher, told};

#[tokio::test(flavor = "multi_thread")]
async fn two_reports_of_one_matter_become_one_case() {
    let desk = Desk::new().await;
    let open = desk.reported().await;
    let receipt = desk.report(teacher()).await.unwrap();
    let twin = receipt.receipt.as_str();
    let into = |number: &str| json!({ "into": number, "reasons": "同一名学生" });
    assert_eq!(
        desk.refuses(&desk.first, twin, "merge", into(twin)).await,
        "MERGE_SELF"
    );
    let nothing = desk
        .refuses(&desk.first, twin, "merge", into("GA000000000000000000"))
        .await;
    assert_eq!(nothing, "MERGE_UNKNOWN");
    // Nobody ends a report before the police know.
    assert_eq!(
        desk.refuses(&desk.first, twin, "merge", into(&open)).await,
        "TELL_POLICE_FIRST"
    );
    desk.does(&desk.first, &open, "police_told", told()).await;
    assert_eq!(
        desk.refuses(&desk.supervisor, twin, "merge", into(&open))
            .await,
        "WRONG_ROLE"
    );
    assert_eq!(
        desk.does(&desk.first, twin, "merge", into(&open)).await,
        "merged"
    );
    // Whoever reported it hears how the other goes on, and stays known to the county.
    let triage = json!({ "risk": "medium", "words": "核实" });
    desk.does(&desk.first, &open, "triage", triage).await;
    let request = pb::GetReceiptRequest {
        receipt: receipt.receipt.clone(),
        code: receipt.code.clone(),
    };
    let state = unwrap(desk.service.get_receipt(tonic::Request::new(request)).await).unwrap();
    assert_eq!(state.state, "under_way");
    // A merged case takes no other.
    let third = desk.reported().await;
    let closed = desk.refuses(&desk.first, &third, "merge", into(twin)).await;
    assert_eq!(closed, "MERGE_CLOSED");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_place_goes_on_where_this_one_ended() {
    let desk = Desk::new().await;
    let receipt = desk.report(teacher()).await.unwrap();
    let number = receipt.receipt.as_str();
    let to = |division: &str| json!({ "division": division, "reasons": "儿童住在张湾区" });
    let early = desk
        .refuses(&desk.first, number, "transfer", to("420303"))
        .await;
    assert_eq!(early, "TELL_POLICE_FIRST");
    desk.does(&desk.first, number, "police_told", told()).await;
    assert_eq!(
        desk.refuses(&desk.first, number, "transfer", to("999999"))
            .await,
        "DIVISION_UNKNOWN"
    );
    assert_eq!(
        desk.refuses(&desk.first, number, "transfer", to("420323"))
            .await,
        "SAME_PLACE"
    );
    assert_eq!(
        desk.does(&desk.first, number, "transfer", to("420303"))
            .await,
        "transferred"
    );
    let there = yiwang_casework::testing::officer(30, "张湾", Role::ChildCounty, "420303");
    let request = pb::ListProtectionCasesRequest {
        division: "420303".into(),
        ..Default::default()
    };
    let list = unwrap(desk.service.list_cases(as_caller(&there, request)).await).unwrap();
    let case = &list.cases[0];
    // Reported when it was reported first; the police know already.
    assert_eq!(
        (case.reported_at.as_str(), case.police_told),
        ("2026-05-12T09:00", true)
    );
    assert!(case.clocks.iter().all(|clock| clock.name != "police"));
    // The county there may learn who reported; here nobody can any more.
    let reveal = pb::RevealReporterRequest {
        case_number: case.case_number.clone(),
        reason: "需要向报告人核实".into(),
    };
    let here = desk.workbench(&desk.first, number).await.unwrap_err();
    assert_eq!(here.reason, "CASE_NOT_FOUND");
    let reporter = unwrap(
        desk.service
            .reveal_reporter(as_caller(&there, reveal))
            .await,
    )
    .unwrap();
    assert_eq!(reporter.name, "方老师");
    let triage = json!({ "risk": "low", "words": "核实" });
    assert_eq!(
        desk.does(&there, &case.case_number, "triage", triage).await,
        "triaged"
    );
}
