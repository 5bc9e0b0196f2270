//! Halls, cells and furnaces: taken once, the next free one is offered.

use serde_json::json;
use yiwang_chassis::identity::Role;
use yiwang_proto::burial::v1::{self as burial, funerals_server::Funerals};

use super::reason;
use crate::{
    house::{HOME, House},
    world::{as_caller, officer, unwrap},
};

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_one_hour_and_the_next_is_offered() {
    let house = House::new().await;
    let (one, _, _) = house.stored(0).await;
    let (two, _, _) = house.stored(1).await;
    let world = &house.world;
    let furnace = "00000000-0000-0001-0000-00000000000b";
    let wish = json!({ "starts_at": "2026-05-13T09:00", "resource": furnace });
    let (a, b) = tokio::join!(
        world.act(&house.first, &one, "set_time", wish.clone()),
        world.act(&house.second, &two, "set_time", wish),
    );
    let lost = match (a, b) {
        (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
        other => panic!("not exactly one: {other:?}"),
    };
    assert_eq!(lost.reason, "TAKEN");
    assert!(lost.fields.iter().all(|field| field.reason == "FREE"));
    assert!(!lost.fields.is_empty());
}

/// A limit that is over empties no cell.

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_is_taken_until_the_body_leaves_it() {
    let house = House::new().await;
    house.stored(0).await;
    house.world.go_to("2026-06-01T09:00:00").await;
    let (number, _, _) = house.stored(1).await;
    let case = house.world.get(&number).await;
    let rows = case.sections.iter().flat_map(|section| &section.rows);
    let stored = rows
        .filter(|row| row.label == "存放")
        .map(|row| row.value.clone())
        .next();
    assert!(stored.unwrap().contains("冷藏02"));
    let long = json!({ "days": 60, "reasons": "亲属从国外赶回" });
    let refused = house
        .world
        .act(&house.first, &number, "extend_storage", long)
        .await;
    assert_eq!(reason(refused), "COUNTY_MUST_ALLOW");
    let permit =
        json!({ "days": 60, "reasons": "亲属从国外赶回", "document": "通民殡〔2026〕7号" });
    let own = house
        .world
        .act(&house.first, &number, "extend_storage", permit.clone())
        .await;
    assert_eq!(reason(own), "COUNTY_MUST_ALLOW");
    let allowed = house
        .world
        .act(&house.county, &number, "extend_storage", permit)
        .await;
    assert_eq!(reason(allowed), "stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn homes_free_times_board_and_resources() {
    let house = House::new().await;
    let (number, family, tag) = house.stored(0).await;
    let service = &house.funerals;
    let list = burial::ListHomesRequest {
        division: "421224".into(),
    };
    let homes = unwrap(service.list_homes(tonic::Request::new(list)).await)
        .unwrap()
        .homes;
    assert_eq!(homes[0].code, HOME);
    let times = |kind: &str| burial::ListFreeTimesRequest {
        home: HOME.into(),
        kind: kind.into(),
        day: "2026-05-13".into(),
    };
    let free = service
        .list_free_times(tonic::Request::new(times("furnace")))
        .await;
    let before = unwrap(free).unwrap().times.len();
    let wish = json!({ "starts_at": "2026-05-13T09:00" });
    house
        .world
        .act(&family, &number, "choose_time", wish)
        .await
        .unwrap();
    let free = service
        .list_free_times(tonic::Request::new(times("furnace")))
        .await;
    assert_eq!(unwrap(free).unwrap().times.len(), before - 1);
    let cells = service
        .list_free_times(tonic::Request::new(times("cell")))
        .await;
    assert!(unwrap(cells).is_err());

    let board = burial::GetBoardRequest {
        home: HOME.into(),
        day: "2026-05-13".into(),
    };
    let seen = service
        .get_board(as_caller(&house.first, board.clone()))
        .await;
    let line = unwrap(seen).unwrap().entries.remove(0);
    assert_eq!(
        (line.tag.as_str(), line.name.as_str()),
        (tag.as_str(), "张**")
    );
    assert_eq!(line.place, "冷藏01");
    assert!(line.cremation.starts_with("9:00 "), "{}", line.cremation);
    assert_eq!(line.missing, ["火化确认书"]);
    let elsewhere = officer(701, "周平", Role::Funeral, "420323");
    for nobody in [&family, &elsewhere] {
        let seen = unwrap(service.get_board(as_caller(nobody, board.clone())).await);
        assert_eq!(seen.unwrap_err().reason, "WRONG_ROLE");
    }

    let hall = burial::Resource {
        home: HOME.into(),
        kind: "hall".into(),
        label: "思亲厅".into(),
        class: "middle".into(),
        slot_minutes: 60,
        opens: "08:00".into(),
        closes: "17:00".into(),
        active: true,
        ..Default::default()
    };
    let save = |key: &str, resource: burial::Resource| burial::SaveResourceRequest {
        idempotency_key: key.into(),
        resource: Some(resource),
    };
    let saved = service.save_resource(as_caller(&house.county, save("k1-resource", hall.clone())));
    let saved = unwrap(saved.await).unwrap();
    let again = service.save_resource(as_caller(&house.county, save("k2-resource", hall)));
    assert_eq!(
        unwrap(again.await).unwrap_err().fields[0].reason,
        "LABEL_TAKEN"
    );
    let closed = burial::Resource {
        active: false,
        ..saved
    };
    let closed = service.save_resource(as_caller(&house.first, save("k3-resource", closed)));
    assert!(!unwrap(closed.await).unwrap().active);
}
