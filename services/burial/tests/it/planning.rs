//! Plans, zones and draws; figures of a day that stay as they were.

mod draws;
mod figures;
mod sums;
mod year;
mod zones;

use uuid::Uuid;
use yiwang_burial::planning::{PlanningService, demo};
use yiwang_chassis::identity::{Caller, Role};
use yiwang_proto::burial::v1::{self as pb, planning_server::Planning};

use crate::world::{World, as_caller, officer, unwrap};

/// The county's planner.
fn county() -> Caller {
    officer(31, "郑科员", Role::CountyOfficer, "421224")
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

/// A world with facilities, zones and plans.
async fn planned() -> (World, PlanningService) {
    let world = World::new().await;
    demo::seed(&world.db.pool).await.unwrap();
    let service = PlanningService::new(world.rt.clone());
    (world, service)
}

#[tokio::test]
async fn facilities_are_saved_with_their_approval_by_the_county_alone() {
    let (world, service) = planned().await;
    let save = async |caller: &Caller, facility: &pb::PlannedFacility, reason: &str| {
        let request = pb::SaveFacilityRequest {
            idempotency_key: key(),
            facility: Some(facility.clone()),
            reason: reason.into(),
        };
        unwrap(service.save_facility(as_caller(caller, request)).await)
    };
    let mut new = pb::PlannedFacility {
        name: "通山县大畈镇公益性公墓".into(),
        kind: "rural_public".into(),
        division: "421224107".into(),
        address: "大畈镇白泥村".into(),
        phone: "0715-2361234".into(),
        approval: "通民复〔2026〕3号".into(),
        approved_on: "2026-04-20".into(),
        land_m2: 8_000,
        green_m2: 5_000,
        serves: vec!["421224107".into()],
        equipment: vec![pb::Equipment {
            name: "消防栓".into(),
            count: 2,
        }],
        opened_on: "2026-05-01".into(),
        active: true,
        ..pb::PlannedFacility::default()
    };
    let stranger = officer(32, "王科员", Role::CountyOfficer, "420323");
    assert_eq!(
        save(&stranger, &new, "").await.unwrap_err().reason,
        "WRONG_ROLE"
    );
    let staff = officer(33, "李师傅", Role::Funeral, "421224");
    assert_eq!(
        save(&staff, &new, "").await.unwrap_err().reason,
        "WRONG_ROLE"
    );
    new.green_m2 = 9_000;
    let wrong = save(&county(), &new, "").await.unwrap_err();
    assert_eq!(wrong.fields[0].field, "/facility/green_m2");
    new.green_m2 = 5_000;
    let saved = save(&county(), &new, "").await.unwrap();
    assert_eq!((saved.code.as_str(), saved.version), ("421224107-GM01", 1));
    let mut changed = saved.clone();
    changed.land_m2 = 9_000;
    assert_eq!(
        save(&county(), &changed, "").await.unwrap_err().fields[0].reason,
        "REASON_REQUIRED"
    );
    let changed = save(&county(), &changed, "扩建，通民复〔2026〕5号")
        .await
        .unwrap();
    assert_eq!(changed.version, 2);
    let stale = save(&county(), &saved, "改回").await.unwrap_err();
    assert_eq!(stale.reason, "CHANGED_MEANWHILE");
    let events =
        "select event_type from chassis.outbox where aggregate = 'facility' order by version";
    assert_eq!(
        world.texts(events).await,
        ["yiwang.burial.facility.saved.v1"; 2]
    );
    // It counts for the plan of its year.
    let request = pb::ListPlansRequest {
        division: "421224".into(),
    };
    let plans = unwrap(service.list_plans(tonic::Request::new(request)).await)
        .unwrap()
        .plans;
    let year = plans.iter().find(|plan| plan.year == 2026).unwrap();
    assert_eq!((year.built, year.target_new, year.reached), (1, 2, false));
}

#[tokio::test]
async fn plans_keep_the_share_of_new_ones_and_the_report_is_written_once() {
    let (world, service) = planned().await;
    let plan = async |total, target_new| {
        let request = pb::SavePlanRequest {
            idempotency_key: key(),
            county: "421224".into(),
            year: 2026,
            total,
            target_new,
        };
        unwrap(service.save_plan(as_caller(&county(), request)).await)
    };
    let low = plan(11, 2).await.unwrap_err();
    assert_eq!(low.reason, "TARGET_TOO_LOW");
    assert!(low.message.contains("至少新建3处"), "{}", low.message);
    assert_eq!(plan(11, 3).await.unwrap().target_new, 3);
    let report = async || {
        let request = pb::ReportYearRequest {
            idempotency_key: key(),
            county: "421224".into(),
            year: 2026,
        };
        unwrap(service.report_year(as_caller(&county(), request)).await)
    };
    assert_eq!(report().await.unwrap_err().reason, "YEAR_RUNS");
    world.go_to("2027-01-15T09:00:00").await;
    let done = report().await.unwrap();
    assert_eq!(done.reported_on, "2027-01-15");
    for words in [
        "2026年度",
        "规划公益性安葬（放）设施11处",
        "覆盖率100%",
        "未完成年度目标",
    ] {
        assert!(done.report.contains(words), "{words}: {}", done.report);
    }
    assert_eq!(report().await.unwrap_err().reason, "REPORTED");
    assert_eq!(plan(11, 3).await.unwrap_err().reason, "REPORTED");
}

#[tokio::test]
async fn villages_that_nothing_serves_are_named() {
    let (_world, service) = planned().await;
    let request = pb::GetCoverageRequest {
        division: "420323".into(),
    };
    let found = unwrap(service.get_coverage(tonic::Request::new(request)).await).unwrap();
    assert!(
        found.covered > 0 && found.covered < found.units,
        "{found:?}"
    );
    assert_eq!(
        usize::try_from(found.units - found.covered).unwrap(),
        found.uncovered.len()
    );
    assert!(
        found
            .uncovered
            .iter()
            .any(|unit| unit.name == "宝丰镇施洋路社区居民委员会"
                || unit.name == "宝丰镇候家湾村委会")
    );
    let whole = pb::GetCoverageRequest {
        division: "421224".into(),
    };
    let whole = unwrap(service.get_coverage(tonic::Request::new(whole)).await).unwrap();
    assert_eq!(
        (whole.percent, whole.uncovered.len(), whole.wanted_years),
        (10_000, 0, 30)
    );
    let none = pb::GetCoverageRequest {
        division: "421224100".into(),
    };
    let none = unwrap(service.get_coverage(tonic::Request::new(none)).await).unwrap_err();
    assert_eq!(none.reason, "INVALID_INPUT");
}
