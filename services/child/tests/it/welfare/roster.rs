//! Directors for each village as a checked fact; records, training, allowances; stations once.

use uuid::Uuid;
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::child::v1::{self as pb, welfare_server::Welfare as _};

use super::desk::{Desk, NEXT, VILLAGE};
use crate::world::born;

fn key() -> String {
    Uuid::now_v7().to_string()
}

fn director(division: &str, order: u32) -> pb::Director {
    pb::Director {
        role: "director".into(),
        division: division.into(),
        name: "柯玉梅".into(),
        id_number: born("19850301", order),
        phone: "13871900001".into(),
        committee: true,
        since: "2024-03-01".into(),
        ..pb::Director::default()
    }
}

async fn save(desk: &Desk, caller: &Caller, one: pb::Director) -> Result<pb::Director, Fault> {
    let request = pb::SaveDirectorRequest {
        idempotency_key: key(),
        director: Some(one),
    };
    unwrap(desk.welfare.save_director(as_caller(caller, request)).await)
}

async fn looked_up(desk: &Desk, id: &str, result: &str) -> pb::Director {
    let request = pb::CheckRecordRequest {
        idempotency_key: key(),
        director: id.into(),
        on: "2026-05-12".into(),
        result: result.into(),
        paper: "竹公查9号".into(),
    };
    unwrap(
        desk.welfare
            .check_record(as_caller(&desk.supervisor, request))
            .await,
    )
    .unwrap()
}

async fn coverage(desk: &Desk) -> pb::Coverage {
    let request = pb::GetCoverageRequest {
        division: "420323100".into(),
    };
    unwrap(
        desk.welfare
            .get_coverage(as_caller(&desk.county, request))
            .await,
    )
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_village_without_a_director_is_an_error_to_mend() {
    let desk = Desk::new().await;
    let number = desk.registered("20160512", 1).await;
    let before = coverage(&desk).await;
    assert_eq!((before.villages, before.villages_with_director), (17, 0));
    let owner = before.gaps.iter().find(|gap| gap.kind == "owner").unwrap();
    assert_eq!(owner.case_number, number);
    let saved = save(&desk, &desk.supervisor, director(VILLAGE, 7))
        .await
        .unwrap();
    assert!(saved.record_late && saved.training_short && saved.active);
    assert!(saved.id_number.contains('*'));
    let twice = save(&desk, &desk.supervisor, director(VILLAGE, 7)).await;
    assert_eq!(twice.unwrap_err().reason, "ON_ROSTER");
    let after = coverage(&desk).await;
    assert_eq!((after.villages_with_director, after.records_late), (1, 1));
    assert!(after.gaps.iter().all(|gap| gap.kind != "owner"));
    assert_eq!(desk.files(&desk.worker).await.files[0].director, "柯玉梅");
    // The village keeps no roster, the township none of another.
    let wrong = save(&desk, &desk.worker, director(NEXT, 8)).await;
    assert_eq!(wrong.unwrap_err().reason, "WRONG_ROLE");
    let elsewhere = save(&desk, &desk.supervisor, director("420323101001", 8)).await;
    assert_eq!(elsewhere.unwrap_err().reason, "WRONG_ROLE");
    let villages = pb::ListVillagesRequest {
        division: "420323100".into(),
    };
    let villages = desk
        .welfare
        .list_villages(as_caller(&desk.supervisor, villages))
        .await;
    let villages = unwrap(villages).unwrap().villages;
    assert_eq!(
        (villages[0].code.as_str(), villages[0].children),
        (VILLAGE, 1)
    );
    assert_eq!(villages[0].directors.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_training_and_allowances() {
    let desk = Desk::new().await;
    let first = save(&desk, &desk.supervisor, director(VILLAGE, 7))
        .await
        .unwrap();
    let second = save(&desk, &desk.supervisor, director(NEXT, 8))
        .await
        .unwrap();
    let clean = looked_up(&desk, &first.id, "clean").await;
    assert_eq!(
        (clean.record_due.as_str(), clean.record_late),
        ("2027-05-12", false)
    );
    let training = pb::AddTrainingRequest {
        idempotency_key: key(),
        director: first.id.clone(),
        on: "2026-04-01".into(),
        hours: 8,
        title: "强制报告".into(),
    };
    let trained = desk
        .welfare
        .add_training(as_caller(&desk.supervisor, training))
        .await;
    assert!(!unwrap(trained).unwrap().training_short);
    let roll = pb::ListAllowancesRequest {
        division: "420323100".into(),
        month: "2026-05".into(),
    };
    let roll = || {
        desk.welfare
            .list_allowances(as_caller(&desk.county, roll.clone()))
    };
    let paid = unwrap(roll().await).unwrap();
    assert_eq!((paid.rows.len(), paid.total_fen), (2, 10_000));
    assert!(paid.rows[1].withheld.contains("没有按年查询"));
    // Whoever has a record leaves the same day, for good.
    let barred = looked_up(&desk, &second.id, "barred").await;
    assert_eq!(
        (barred.active, barred.until.as_str()),
        (false, "2026-05-12")
    );
    let again = pb::Director {
        until: String::new(),
        ..barred
    };
    let again = pb::Director {
        id_number: String::new(),
        ..again
    };
    let refused = save(&desk, &desk.supervisor, again).await.unwrap_err();
    assert_eq!(refused.reason, "DIRECTOR_BARRED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_township_has_one_station() {
    let desk = Desk::new().await;
    let save = |kind: &str, division: &str| pb::SavePlaceRequest {
        idempotency_key: key(),
        place: Some(pb::Place {
            kind: kind.into(),
            division: division.into(),
            name: "站点".into(),
            active: true,
            ..pb::Place::default()
        }),
    };
    let station = || save("station", "420323100");
    let first = desk
        .welfare
        .save_place(as_caller(&desk.county, station()))
        .await;
    assert_eq!(unwrap(first).unwrap().kind_label, "未成年人保护工作站");
    let second = desk
        .welfare
        .save_place(as_caller(&desk.county, station()))
        .await;
    assert_eq!(unwrap(second).unwrap_err().reason, "PLACE_THERE");
    let home = save("home", VILLAGE);
    let home = desk
        .welfare
        .save_place(as_caller(&desk.supervisor, home))
        .await;
    assert!(unwrap(home).is_ok());
    let wrong = desk
        .welfare
        .save_place(as_caller(&desk.county, save("home", "420323100")))
        .await;
    assert_eq!(unwrap(wrong).unwrap_err().fields[0].field, "/division");
    let found = coverage(&desk).await;
    assert_eq!(
        (found.townships_with_station, found.villages_with_home),
        (1, 1)
    );
}
