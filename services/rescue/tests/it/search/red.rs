//! The steps of a stay and the red list of a region.

use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1::{self as pb, notices_server::Notices};
use yiwang_rescue::{
    domain::search::{Done, Kind},
    search::steps,
};

use super::{XIANNING, ZHUSHAN, arrive, at, begun, law, service};
use crate::world::{World, as_caller, id_number, officer, unwrap};

fn done(beijing: &str) -> Done {
    Done {
        at: at(beijing),
        by: "周敏".to_owned(),
        record: "公示1号".to_owned(),
    }
}

/// Two stays that came on Tuesday and on Wednesday, at two stations.
async fn two(world: &World) {
    let law = law(world);
    let mut conn = world.db.pool.acquire().await.unwrap();
    for (number, station, entered) in [
        ("JZ1", XIANNING, "2026-05-12T09:00:00"),
        ("JZ2", ZHUSHAN, "2026-05-13T09:00:00"),
    ] {
        arrive(&world.db.pool, number, station, at(entered)).await;
        let search = begun(entered, &law);
        steps::save(&mut conn, number, &search).await.unwrap();
    }
}

async fn red(
    world: &World,
    caller: &Caller,
    request: pb::ListLateSearchDutiesRequest,
) -> Result<pb::SearchDutyList, Fault> {
    let request = as_caller(caller, request);
    unwrap(service(world).list_late_search_duties(request).await)
}

async fn of_first(world: &World, caller: &Caller) -> Result<pb::SearchDutyList, Fault> {
    let request = pb::ListSearchDutiesRequest {
        case_number: "JZ1".into(),
    };
    let request = as_caller(caller, request);
    unwrap(service(world).list_search_duties(request).await)
}

async fn late(world: &World, caller: &Caller) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let request = pb::ListLateSearchDutiesRequest {
            limit: 2,
            cursor,
            ..Default::default()
        };
        let page = red(world, caller, request).await.unwrap();
        assert!(
            page.duties
                .iter()
                .all(|duty| duty.late && duty.minutes_late >= 0)
        );
        let row = |duty: pb::SearchDuty| (duty.case_number, duty.step);
        all.extend(page.duties.into_iter().map(row));
        cursor = page.next_cursor;
        if cursor.is_empty() {
            return all;
        }
    }
}

#[tokio::test]
async fn the_red_list_is_sorted_by_how_late_and_kept_to_its_region() {
    let world = World::new().await;
    two(&world).await;
    let province = officer(1, "省厅", Role::CountyOfficer, "420000");
    let station = officer(2, "周敏", Role::Station, "421202");
    let row = |number: &str, step: &str| (number.to_owned(), step.to_owned());
    assert!(late(&world, &province).await.is_empty());
    world.clock.set(at("2026-05-14T09:00:00"));
    let all = [
        row("JZ1", "biometrics"),
        row("JZ1", "face"),
        row("JZ1", "publish"),
        row("JZ2", "biometrics"),
        row("JZ2", "face"),
        row("JZ2", "publish"),
    ];
    assert_eq!(late(&world, &province).await, all);
    assert_eq!(late(&world, &station).await, all[..3]);
    let other = officer(3, "王芳", Role::CountyOfficer, "610902");
    assert!(late(&world, &other).await.is_empty());
    let request = pb::ListLateSearchDutiesRequest::default();
    let citizen = world.citizen(&id_number(1));
    assert!(red(&world, &citizen, request).await.is_err());

    // Done late: no longer on the list, late for ever.
    let mut conn = world.db.pool.acquire().await.unwrap();
    let published = done("2026-05-14T09:00:00");
    let late_now = steps::done(&mut conn, "JZ1", Kind::Publish, &published).await;
    assert_eq!(late_now.unwrap(), Some(true));
    assert_eq!(late(&world, &station).await, all[..2]);
    let again = steps::done(&mut conn, "JZ1", Kind::Publish, &published).await;
    assert_eq!(again.unwrap(), None);
    let duties = of_first(&world, &station).await.unwrap().duties;
    let publish = duties.iter().find(|duty| duty.step == "publish").unwrap();
    assert_eq!(publish.state, "done");
    assert!(publish.late);
    assert_eq!(publish.minutes_late, 24 * 60);
    let dna = duties.iter().find(|duty| duty.step == "dna").unwrap();
    assert_eq!((dna.state.as_str(), dna.late), ("open", false));
    for stranger in [&other, &citizen] {
        let refused = of_first(&world, stranger).await.unwrap_err();
        assert_eq!(refused.reason, "CASE_NOT_FOUND");
    }
}

#[tokio::test]
async fn what_is_done_is_neither_undone_nor_moved_back() {
    let world = World::new().await;
    two(&world).await;
    let law = law(&world);
    let mut conn = world.db.pool.acquire().await.unwrap();
    let mut search = steps::of_case(&mut conn, "JZ1").await.unwrap();
    let published = done("2026-05-14T09:00:00");
    assert!(search.done(Kind::Publish, published.clone(), &law).unwrap());
    steps::save(&mut conn, "JZ1", &search).await.unwrap();
    let kept = steps::of_case(&mut conn, "JZ1").await.unwrap();
    assert!(kept.was_done(Kind::Publish) && kept.waiting(Kind::Refresh).is_some());

    // Somebody would like it in time.
    let mut forged = kept.clone();
    for step in &mut forged.steps {
        if step.kind == Kind::Publish {
            step.done = Some(done("2026-05-12T10:00:00"));
            step.due_at = at("2026-06-01T00:00:00");
        }
    }
    steps::save(&mut conn, "JZ1", &forged).await.unwrap();
    assert_eq!(steps::of_case(&mut conn, "JZ1").await.unwrap(), kept);

    // Known: off the list; taken back: the old limits again.
    let mut known = kept.clone();
    let found = at("2026-05-15T09:00:00");
    known.identified(true, found, &law);
    steps::save(&mut conn, "JZ1", &known).await.unwrap();
    world.clock.set(at("2026-05-16T08:00:00"));
    let station = officer(2, "周敏", Role::Station, "421202");
    assert!(late(&world, &station).await.is_empty());
    known.unidentified(found, at("2026-05-16T08:00:00"), &law);
    steps::save(&mut conn, "JZ1", &known).await.unwrap();
    let red: Vec<_> = late(&world, &station)
        .await
        .into_iter()
        .map(|(_, step)| step)
        .collect();
    assert_eq!(red, ["biometrics", "face"]);
}
