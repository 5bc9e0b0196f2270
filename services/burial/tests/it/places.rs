//! Areas, upkeep, stock-taking and what the keeper reads.

use tonic::Request;
use uuid::Uuid;
use yiwang_burial::places::demo::{CEMETERY, COLUMBARIUM};
use yiwang_chassis::{fault::Code, identity::Role};
use yiwang_proto::burial::v1::{self as pb, places_server::Places};

use crate::{
    cemetery::Cemetery,
    house::{HOME, id_number},
    world::{as_caller, officer, unwrap},
};

fn key() -> String {
    Uuid::now_v7().to_string()
}

fn area(kind: &str, size: (i32, i32), capacity: i32) -> pb::SaveAreaRequest {
    pb::SaveAreaRequest {
        idempotency_key: key(),
        facility: CEMETERY.into(),
        area: "新区".into(),
        kind: kind.into(),
        rows: 3,
        places: 10,
        width_cm: size.0,
        depth_cm: size.1,
        capacity,
        price: "plot_single".into(),
    }
}

#[tokio::test]
async fn a_new_area_keeps_the_limits_and_comes_on_offer_when_it_is_opened() {
    let it = Cemetery::new().await;
    let save = |caller, request| {
        let places = it.places.clone();
        async move { unwrap(places.save_area(as_caller(caller, request)).await) }
    };
    let by_keeper = save(&it.keeper, area("ash_single", (60, 80), 1))
        .await
        .unwrap_err();
    assert_eq!(
        (by_keeper.code, &*by_keeper.reason),
        (Code::Forbidden, "WRONG_ROLE")
    );
    for (kind, size, capacity, code) in [
        ("ash_single", (80, 80), 1, "PLOT_TOO_LARGE"),
        ("ash_single", (60, 80), 2, "CAPACITY_OF_KIND"),
        ("tree", (100, 100), 2, "TOO_SPARSE"),
        ("body_single", (160, 250), 1, "BODY_IN_CREMATION_ZONE"),
    ] {
        let refused = save(&it.county, area(kind, size, capacity))
            .await
            .unwrap_err();
        assert_eq!(refused.fields[0].reason, code, "{kind}");
    }
    let made = save(&it.county, area("ash_single", (60, 80), 1))
        .await
        .unwrap();
    assert_eq!((made.places, made.free, made.planned), (30, 0, 30));
    let twice = save(&it.county, area("ash_single", (60, 80), 1))
        .await
        .unwrap_err();
    assert_eq!(twice.reason, "AREA_EXISTS");
    let plan = it.plan(CEMETERY, "新区").await;
    let caller = it.world().citizen(&id_number("19750101", 3));
    let refused = it.hold(&caller, &plan.spots[0].id).await.unwrap_err();
    assert_eq!(refused.reason, "SPOT_TAKEN");
    let open = pb::OpenAreaRequest {
        idempotency_key: key(),
        facility: CEMETERY.into(),
        area: "新区".into(),
    };
    let opened = unwrap(it.places.open_area(as_caller(&it.county, open)).await).unwrap();
    assert_eq!((opened.free, opened.planned), (30, 0));
    // The drawing holds every place once.
    let plan = it.plan(CEMETERY, "新区").await;
    let corners: std::collections::BTreeSet<_> = plan
        .spots
        .iter()
        .map(|spot| (spot.x_cm, spot.y_cm))
        .collect();
    assert_eq!(corners.len(), 30);
    assert_eq!(
        (plan.width_cm, plan.height_cm),
        (10 * 60 + 9 * 20, 3 * 80 + 2 * 100)
    );
    let request = pb::ListCemeteriesRequest {
        division: "421224".into(),
    };
    let list = unwrap(it.places.list_cemeteries(Request::new(request)).await).unwrap();
    let named: Vec<&str> = list
        .cemeteries
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert_eq!(named, [CEMETERY, COLUMBARIUM]);
}

#[tokio::test]
async fn holds_are_let_go_and_places_blocked_and_inspected() {
    let it = Cemetery::new().await;
    let world = it.world();
    let (a, b) = (
        world.citizen(&id_number("19750101", 3)),
        world.citizen(&id_number("19750101", 5)),
    );
    let first = it.free(CEMETERY, "松鹤区").await;
    it.hold(&a, &first).await.unwrap();
    let second = it.free(CEMETERY, "松鹤区").await;
    // Whoever chooses another lets the first go.
    it.hold(&a, &second).await.unwrap();
    it.hold(&b, &first).await.unwrap();
    let own = it
        .places
        .list_own_holds(as_caller(&a, pb::ListOwnHoldsRequest {}))
        .await;
    let own = unwrap(own).unwrap().holds;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].spot, second);
    let release = |spot: &str| pb::ReleaseHoldRequest {
        idempotency_key: key(),
        spot: spot.into(),
    };
    let theirs = it.places.release_hold(as_caller(&a, release(&first))).await;
    assert_eq!(unwrap(theirs).unwrap_err().reason, "HOLD_LAPSED");
    unwrap(
        it.places
            .release_hold(as_caller(&a, release(&second)))
            .await,
    )
    .unwrap();
    // Nobody blocks what somebody has chosen.
    let block = |spot: &str, blocked| pb::BlockSpotRequest {
        idempotency_key: key(),
        spot: spot.into(),
        blocked,
        reason: "维修".into(),
    };
    let held = it
        .places
        .block_spot(as_caller(&it.keeper, block(&first, true)))
        .await;
    assert_eq!(unwrap(held).unwrap_err().reason, "SPOT_TAKEN");
    let done = it
        .places
        .block_spot(as_caller(&it.keeper, block(&second, true)))
        .await;
    assert_eq!(unwrap(done).unwrap().state, "blocked");
    assert_eq!(it.hold(&b, &second).await.unwrap_err().reason, "SPOT_TAKEN");
    let stranger = officer(801, "外县", Role::Funeral, "420323");
    let foreign = it
        .places
        .block_spot(as_caller(&stranger, block(&second, false)))
        .await;
    assert_eq!(unwrap(foreign).unwrap_err().code, Code::Forbidden);
    let inspect = pb::InspectSpotRequest {
        idempotency_key: key(),
        spot: second.clone(),
        note: "完好".into(),
    };
    let wrong = it.places.inspect_spot(as_caller(&it.keeper, inspect)).await;
    assert_eq!(unwrap(wrong).unwrap_err().reason, "SPOT_STATE");
    let list = pb::GetKeeperListRequest {
        facility: CEMETERY.into(),
    };
    let list = it.places.get_keeper_list(as_caller(&it.keeper, list)).await;
    let list = unwrap(list).unwrap();
    assert_eq!(list.holds.len(), 1);
    // Whose account it is stays unsaid.
    assert_eq!(
        (
            list.holds[0].spot.as_str(),
            list.holds[0].case_number.as_str()
        ),
        (&*first, "")
    );
}

#[tokio::test]
async fn stock_taking_names_what_is_missing_and_what_is_too_much() {
    let it = Cemetery::new().await;
    let (one, two) = (it.cremated(1).await, it.cremated(2).await);
    let take = |facility: &str, scanned: &[&str]| {
        let request = pb::TakeStockRequest {
            idempotency_key: key(),
            facility: facility.into(),
            scanned: scanned.iter().map(|label| (*label).to_owned()).collect(),
        };
        let places = it.places.clone();
        let keeper = it.keeper.clone();
        async move { unwrap(places.take_stock(as_caller(&keeper, request)).await).unwrap() }
    };
    let even = take(HOME, &[&one.urn, &two.urn, &two.urn]).await;
    assert_eq!((even.expected, even.found), (2, 2));
    assert!(even.missing.is_empty() && even.surplus.is_empty());
    let short = take(HOME, &[&one.urn, "GH0"]).await;
    assert_eq!((short.expected, short.found), (2, 1));
    assert_eq!(short.missing, std::slice::from_ref(&two.urn));
    assert_eq!(short.surplus[0].urn, "GH0");
    // An urn of another hall: the ledger says where it belongs.
    let astray = take(COLUMBARIUM, &[&one.urn]).await;
    assert!(
        astray.surplus[0].r#where.contains(HOME),
        "{:?}",
        astray.surplus
    );
    let request = pb::ListStockTakingsRequest {
        facility: HOME.into(),
    };
    let history = it
        .places
        .list_stock_takings(as_caller(&it.keeper, request))
        .await;
    assert_eq!(unwrap(history).unwrap().takings.len(), 2);
    let sum = it
        .world()
        .text("select string_agg(disposition || ':' || n, ',') from (select disposition, count(*) n from burial.urn group by 1) sums")
        .await;
    assert_eq!(sum, "in_hall:2");
}

#[tokio::test]
async fn an_area_is_renamed_closed_and_opened_again() {
    let it = Cemetery::new().await;
    let world = it.world();
    let edit = |area: &str| pb::EditAreaRequest {
        idempotency_key: key(),
        facility: CEMETERY.into(),
        area: area.into(),
        ..Default::default()
    };
    let send = |caller, request| {
        let places = it.places.clone();
        async move { unwrap(places.edit_area(as_caller(caller, request)).await) }
    };
    let by_keeper = send(&it.keeper, edit("松鹤区")).await.unwrap_err();
    assert_eq!(by_keeper.reason, "WRONG_ROLE");
    assert_eq!(
        send(&it.county, edit("无此区")).await.unwrap_err().reason,
        "AREA_UNKNOWN"
    );
    let taken = pb::EditAreaRequest {
        name: "柏园区".into(),
        ..edit("松鹤区")
    };
    assert_eq!(
        send(&it.county, taken).await.unwrap_err().reason,
        "AREA_EXISTS"
    );
    // What is on offer keeps its size; name and price may change.
    let larger = pb::EditAreaRequest {
        width_cm: 50,
        depth_cm: 80,
        capacity: 1,
        ..edit("松鹤区")
    };
    let refused = send(&it.county, larger).await.unwrap_err();
    assert_eq!(refused.fields[0].reason, "AREA_IN_USE");
    let rename = pb::EditAreaRequest {
        name: "青松区".into(),
        price: "plot_joint".into(),
        ..edit("松鹤区")
    };
    let renamed = send(&it.county, rename.clone()).await.unwrap();
    assert_eq!(
        (renamed.area.as_str(), renamed.price.as_str()),
        ("青松区", "plot_joint")
    );
    let again = send(&it.county, rename).await.unwrap();
    assert_eq!(again, renamed, "the same key is answered again");

    let (a, b) = (
        world.citizen(&id_number("19750101", 3)),
        world.citizen(&id_number("19750101", 5)),
    );
    let held = it.free(CEMETERY, "青松区").await;
    it.hold(&a, &held).await.unwrap();
    let close = |reason: &str| pb::CloseAreaRequest {
        idempotency_key: key(),
        facility: CEMETERY.into(),
        area: "青松区".into(),
        reason: reason.into(),
    };
    let bare = it
        .places
        .close_area(as_caller(&it.county, close(" ")))
        .await;
    assert_eq!(&*unwrap(bare).unwrap_err().fields[0].field, "/reason");
    let closed = it
        .places
        .close_area(as_caller(&it.county, close("改建")))
        .await;
    let closed = unwrap(closed).unwrap();
    assert_eq!((closed.closed, closed.free, closed.room), (true, 0, 0));
    let plan = it.plan(CEMETERY, "青松区").await;
    assert!(plan.spots.iter().all(|spot| !spot.free));
    let other = plan.spots.iter().find(|spot| spot.id != held).unwrap();
    let refused = it.hold(&b, &other.id).await.unwrap_err();
    assert_eq!(refused.reason, "SPOT_TAKEN");
    // Whoever had chosen keeps it.
    it.hold(&a, &held).await.unwrap();
    let open = pb::OpenAreaRequest {
        idempotency_key: key(),
        facility: CEMETERY.into(),
        area: "青松区".into(),
    };
    let opened = unwrap(it.places.open_area(as_caller(&it.county, open)).await).unwrap();
    assert_eq!((opened.closed, opened.free), (false, opened.places - 1));
    it.hold(&b, &other.id).await.unwrap();
}

#[tokio::test]
async fn several_families_choose_the_same_tree() {
    let it = Cemetery::new().await;
    let world = it.world();
    let spot = it.free(CEMETERY, "香樟树葬区").await;
    let citizens: Vec<_> = (0..7)
        .map(|nth| world.citizen(&id_number("19750101", nth * 2 + 1)))
        .collect();
    for (nth, caller) in (0..6).zip(&citizens) {
        let tree = it.spot(CEMETERY, "香樟树葬区", &spot).await;
        assert_eq!((tree.free, tree.held), (true, nth));
        it.hold(caller, &spot).await.unwrap();
    }
    let full = it.spot(CEMETERY, "香樟树葬区", &spot).await;
    assert_eq!(
        (full.free, full.held, full.state.as_str()),
        (false, 6, "held")
    );
    assert_eq!(
        it.hold(&citizens[6], &spot).await.unwrap_err().reason,
        "SPOT_TAKEN"
    );
    let detail = it
        .places
        .get_cemetery(Request::new(pb::GetCemeteryRequest {
            code: CEMETERY.into(),
        }))
        .await;
    let areas = unwrap(detail).unwrap().areas;
    let trees = areas.iter().find(|area| area.area == "香樟树葬区").unwrap();
    assert_eq!((trees.places, trees.free, trees.room), (24, 23, 23 * 6));
    // The half hour is over: the room is there again, and the first to come has it.
    world.go_to("2026-05-12T09:40:00").await;
    assert!(it.spot(CEMETERY, "香樟树葬区", &spot).await.free);
    it.hold(&citizens[6], &spot).await.unwrap();
    let tree = it.spot(CEMETERY, "香樟树葬区", &spot).await;
    assert_eq!((tree.free, tree.held), (true, 1));
}

/// A large cemetery: counted by the database, drawn without reading uses one by one.
#[tokio::test]
async fn two_thousand_places_are_counted_and_drawn_quickly() {
    let it = Cemetery::new().await;
    let request = pb::SaveAreaRequest {
        rows: 40,
        places: 50,
        area: "大区".into(),
        ..area("ash_single", (60, 80), 1)
    };
    unwrap(it.places.save_area(as_caller(&it.county, request)).await).unwrap();
    let open = pb::OpenAreaRequest {
        idempotency_key: key(),
        facility: CEMETERY.into(),
        area: "大区".into(),
    };
    unwrap(it.places.open_area(as_caller(&it.county, open)).await).unwrap();
    let mut slowest = std::time::Duration::ZERO;
    for _ in 0..5 {
        let began = std::time::Instant::now();
        let plan = it.plan(CEMETERY, "大区").await;
        assert_eq!(plan.spots.len(), 2_000);
        let request = pb::GetCemeteryRequest {
            code: CEMETERY.into(),
        };
        let detail = unwrap(it.places.get_cemetery(Request::new(request)).await).unwrap();
        assert!(detail.areas.iter().any(|area| area.free == 2_000));
        slowest = slowest.max(began.elapsed());
    }
    println!("plan and counts: {slowest:?}");
    assert!(slowest < std::time::Duration::from_secs(1), "{slowest:?}");
}
