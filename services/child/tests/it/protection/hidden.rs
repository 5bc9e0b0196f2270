//! Who does not stand on a case learns nothing: not that there is one.

use serde_json::json;
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::identity::{Caller, Grant, Role};
use yiwang_proto::{
    casework::v1::{self as casework, casework_server::Casework as _},
    child::v1::{self as pb, protection_server::Protection as _},
};

use super::{COUNTY, Desk, into_centre};
use crate::world::{CHENGGUAN, born};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_others_and_no_case_are_one_answer() {
    let desk = Desk::new().await;
    let number = desk.judged("high").await;
    desk.does(&desk.centre, &number, "place", into_centre())
        .await;
    let guarded = desk.guardianship(&number).await;
    let elsewhere = officer(40, "外县", Role::ChildCounty, "420303");
    let others = [
        desk.world.citizen(&born("19850101", 7)),
        officer(41, "窗口", Role::TownshipOfficer, CHENGGUAN),
        officer(42, "低保", Role::CountyOfficer, COUNTY),
        officer(43, "审计", Role::Auditor, "000000"),
        elsewhere,
        desk.worker.clone(),
    ];
    for other in &others {
        let none = desk
            .workbench(other, "GA420323000000000000")
            .await
            .unwrap_err();
        let hidden = desk.workbench(other, &number).await.unwrap_err();
        assert_eq!(
            (none.reason, none.message),
            (hidden.reason, hidden.message),
            "{}",
            other.name
        );
        let placement = pb::GetPlacementRequest {
            case_number: guarded.clone(),
        };
        let placement = unwrap(
            desk.service
                .get_placement(as_caller(other, placement))
                .await,
        );
        assert_eq!(
            placement.unwrap_err().reason,
            "CASE_NOT_FOUND",
            "{}",
            other.name
        );
        let reveal = pb::RevealReporterRequest {
            case_number: number.clone(),
            reason: "想知道是谁".into(),
        };
        let reveal = unwrap(desk.service.reveal_reporter(as_caller(other, reveal)).await);
        assert_eq!(
            reveal.unwrap_err().reason,
            "CASE_NOT_FOUND",
            "{}",
            other.name
        );
        let list = pb::ListProtectionCasesRequest {
            division: COUNTY.into(),
            ..Default::default()
        };
        let list = unwrap(desk.service.list_cases(as_caller(other, list)).await);
        assert_eq!(list.unwrap_err().reason, "WRONG_ROLE", "{}", other.name);
        // A case of nobody's application is not everybody's own.
        let own = casework::ListOwnCasesRequest::default();
        let own = desk.world.service.list_own_cases(as_caller(other, own));
        assert!(
            unwrap(own.await).unwrap().cases.is_empty(),
            "{}",
            other.name
        );
    }
    // A number of another kind is none.
    assert!(desk.workbench(&desk.first, &guarded).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_under_suspicion_finds_no_case() {
    let desk = Desk::new().await;
    let number = desk.judged("high").await;
    let id = born("19850303", 11);
    let father = Caller {
        person: Some(desk.world.key(&id)),
        grants: vec![
            Grant::new(Role::ChildCounty, COUNTY),
            Grant::new(Role::Citizen, "000000"),
        ],
        ..officer(44, "李大", Role::ChildCounty, COUNTY)
    };
    let somebody = json!({ "somebody": { "relation": "father", "name": "李大", "id_number": id,
        "phone": "", "suspect": true, "words": "" } });
    desk.does(&desk.centre, &number, "somebody", somebody).await;
    assert_eq!(
        desk.workbench(&father, &number).await.unwrap_err().reason,
        "CASE_NOT_FOUND"
    );
    let request = pb::ListProtectionCasesRequest {
        division: COUNTY.into(),
        ..Default::default()
    };
    let list = unwrap(desk.service.list_cases(as_caller(&father, request)).await).unwrap();
    assert!(list.cases.is_empty());
    let request = pb::ListReportsRequest {
        division: COUNTY.into(),
    };
    let list = unwrap(desk.service.list_reports(as_caller(&father, request)).await).unwrap();
    assert!(list.reports.is_empty());
    // Nor does he get the child.
    let mut place = into_centre();
    place["placing"] = super::with_relative(&id);
    assert_eq!(
        desk.refuses(&desk.centre, &number, "place", place).await,
        "CARER_BARRED"
    );
}
