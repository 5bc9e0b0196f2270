//! The monthly report counts and names nobody.

use jiff::SignedDuration;
use yiwang_casework::testing::{House, as_caller, officer, unwrap};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use super::{
    VILLAGE, county, form, house, open,
    requests::{break_glass, decide, other_county, request, review},
};

async fn report(
    house: &House,
    caller: &Caller,
    month: &str,
    division: &str,
) -> Result<pb::AccessReport, Fault> {
    let request = pb::GetAccessReportRequest {
        month: month.into(),
        division: division.into(),
    };
    let request = as_caller(caller, request);
    unwrap(house.service.get_access_report(request).await)
}

#[tokio::test]
async fn a_month_is_counted_by_item_and_ground() {
    let house = house().await;
    let first = open(&house, VILLAGE, &form(1, "")).await;
    let second = open(&house, VILLAGE, &form(11, "")).await;
    let asker = other_county();
    let colleague = officer(33, "同事", Role::ChildCounty, "420323");
    for (caller, number) in [
        (&county(), &first),
        (&county(), &second),
        (&colleague, &first),
    ] {
        house.get_as(caller, number).await.unwrap();
    }
    let asked = request(&house, &asker, &first).await.unwrap();
    decide(&house, &county(), &asked.id, true).await.unwrap();
    house.get_as(&asker, &first).await.unwrap();
    let refused = officer(35, "又一县", Role::ChildCounty, "421221");
    let asked = request(&house, &refused, &first).await.unwrap();
    decide(&house, &county(), &asked.id, false).await.unwrap();
    let taken = break_glass(&house, &asker, &second).await.unwrap();
    review(&house, &county(), &taken.id, true).await.unwrap();
    let taken = break_glass(&house, &refused, &second).await.unwrap();
    break_glass(
        &house,
        &officer(36, "第三县", Role::ChildCounty, "421202"),
        &second,
    )
    .await
    .unwrap();
    house.clock.advance(SignedDuration::from_hours(25));
    review(&house, &county(), &taken.id, false).await.unwrap();

    let auditor = officer(47, "审计", Role::Auditor, "420000");
    let counted = report(&house, &auditor, "2026-05", "420323").await.unwrap();
    let reads: Vec<_> = counted
        .reads
        .iter()
        .map(|row| (row.ground.as_str(), row.reads, row.officers, row.cases))
        .collect();
    assert_eq!(reads, [("granted", 1, 1, 1), ("line", 3, 2, 2)]);
    let expected = pb::AccessRequests {
        item: "shielded".into(),
        item_title: "困境儿童关爱服务".into(),
        requested: 2,
        approved: 1,
        refused: 1,
        unanswered: 0,
        break_glass: 3,
        reviewed_in_time: 1,
        reviewed_late: 1,
        not_reviewed: 1,
        unjustified: 1,
    };
    assert_eq!(counted.requests, [expected]);
    let other = report(&house, &auditor, "2026-06", "").await.unwrap();
    assert!(other.reads.is_empty() && other.requests.is_empty());
    for (caller, division, allowed) in [
        (county(), "420323", true),
        (county(), "", true),
        (county(), "421224", false),
        (officer(48, "安全", Role::SecurityAdmin, "420323"), "", true),
        (officer(49, "管理", Role::SystemAdmin, "000000"), "", false),
        (
            officer(50, "儿童主任", Role::ChildWorker, VILLAGE),
            "",
            false,
        ),
    ] {
        let answer = report(&house, &caller, "2026-05", division).await;
        assert_eq!(answer.is_ok(), allowed, "{caller:?} {division}");
    }
    let wrong = report(&house, &auditor, "May", "").await.unwrap_err();
    assert_eq!(wrong.fields[0].field, "/month");
}
