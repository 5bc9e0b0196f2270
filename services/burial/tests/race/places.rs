//! Two hundred phones and two desks want the same plot and the same niche at the same instant:
//! exactly one has each, the others are named the next free ones (rules B5.2).

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::Barrier, task::JoinSet};
use tonic::Request;
use uuid::Uuid;
use yiwang_burial::places::{PlacesService, demo};
use yiwang_chassis::{
    clock::Clock as _,
    fault::Fault,
    identity::{Caller, Grant, Role},
};
use yiwang_proto::burial::v1::{self as pb, places_server::Places};

use crate::world::{World, id_number, officer};

const CLIENTS: usize = 200;
/// Everybody has an answer before this.
const PATIENCE: Duration = Duration::from_secs(20);

fn citizen(world: &World, serial: usize) -> Caller {
    Caller {
        account: Uuid::from_u128(serial as u128 + 10_000),
        name: "张三".into(),
        person: Some(world.key(&id_number(serial))),
        grants: vec![Grant::new(Role::Citizen, "000000")],
        session: None,
        on_behalf_of: None,
    }
}

async fn hold(places: &PlacesService, caller: &Caller, spot: Uuid) -> Result<pb::SpotHold, Fault> {
    let mut request = Request::new(pb::HoldSpotRequest {
        idempotency_key: format!("hold-{}-{spot}", caller.account),
        spot: spot.to_string(),
    });
    request.extensions_mut().insert(caller.clone());
    let answer = places.hold_spot(request).await;
    answer.map(tonic::Response::into_inner).map_err(Fault::from)
}

async fn spot(world: &World, facility: &str, area: &str) -> Uuid {
    sqlx::query_scalar(
        "select id from burial.spot where facility = $1 and area = $2 and line = 3 and place = 5",
    )
    .bind(facility)
    .bind(area)
    .fetch_one(&world.pool)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_hundred_and_two_desks_has_the_place() {
    let world = Arc::new(World::new(60).await);
    demo::seed(&world.db.pool).await.unwrap();
    let places = PlacesService::new(world.rt.clone());
    let plot = spot(&world, demo::CEMETERY, "松鹤区").await;
    let niche = spot(&world, demo::COLUMBARIUM, "永思厅").await;
    let desks = [
        officer(1, "陈静", Role::Funeral, "421224"),
        officer(2, "周敏", Role::Clerk, "421224100"),
    ];
    for (wanted, first) in [(plot, 0), (niche, CLIENTS)] {
        let citizens = (0..CLIENTS).map(|nth| citizen(&world, first + nth));
        let callers: Vec<Caller> = citizens.chain(desks.clone()).collect();
        let start = Arc::new(Barrier::new(callers.len()));
        let mut all = JoinSet::new();
        for caller in callers {
            let (places, start) = (places.clone(), start.clone());
            all.spawn(async move {
                start.wait().await;
                let began = Instant::now();
                let answer = hold(&places, &caller, wanted).await;
                assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
                (caller, answer)
            });
        }
        let (mut won, mut lost) = (Vec::new(), Vec::new());
        for (caller, answer) in all.join_all().await {
            match answer {
                Ok(held) => won.push((caller, held)),
                Err(fault) => lost.push(fault),
            }
        }
        let [(winner, held)] = won.as_slice() else {
            panic!("{} have it", won.len());
        };
        assert_eq!(held.spot, wanted.to_string());
        let by: String = sqlx::query_scalar("select holder from burial.spot_hold where spot = $1")
            .bind(wanted)
            .fetch_one(&world.pool)
            .await
            .unwrap();
        assert_eq!(by, format!("account:{}", winner.account));
        assert_eq!(lost.len(), CLIENTS + 1);
        // Everybody else is named the next free ones, and each of them really is free.
        let mut named = BTreeSet::new();
        for fault in &lost {
            assert_eq!(&*fault.reason, "SPOT_TAKEN", "{}", fault.message);
            assert!(!fault.fields.is_empty());
            for field in &fault.fields {
                assert_eq!((&*field.field, &*field.reason), ("/spot", "FREE"));
                let (id, label) = field.message.split_once(' ').unwrap();
                assert!(fault.message.contains(label), "{label}");
                named.insert(id.parse::<Uuid>().unwrap());
            }
        }
        assert!(!named.contains(&wanted));
        let next = named.first().copied().unwrap();
        let second = citizen(&world, 5_000 + first);
        assert_eq!(
            hold(&places, &second, next).await.unwrap().spot,
            next.to_string()
        );
    }
    // One hold, one entry of the audit log, one event.
    let count = |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).fetch_one(&world.pool);
    let held = count("select count(*) from burial.spot where state = 'held'");
    assert_eq!(held.await.unwrap(), 4);
    let audited = count("select count(*) from chassis.audit_entry where action = 'spot.held'");
    assert_eq!(audited.await.unwrap(), 4);
    let told = count("select count(*) from chassis.outbox where aggregate = 'spot'");
    assert_eq!(told.await.unwrap(), 4);
}

/// A tree takes six: five are chosen already, two hundred want the last place.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_hundred_has_the_last_place_of_a_tree() {
    let world = Arc::new(World::new(60).await);
    demo::seed(&world.db.pool).await.unwrap();
    let places = PlacesService::new(world.rt.clone());
    let tree: Uuid = sqlx::query_scalar(
        "select id from burial.spot where facility = $1 and area = '香樟树葬区'
            and line = 2 and place = 3",
    )
    .bind(demo::CEMETERY)
    .fetch_one(&world.pool)
    .await
    .unwrap();
    for nth in 0..5 {
        hold(&places, &citizen(&world, 9_000 + nth), tree)
            .await
            .unwrap();
    }
    let start = Arc::new(Barrier::new(CLIENTS));
    let mut all = JoinSet::new();
    for nth in 0..CLIENTS {
        let (places, start) = (places.clone(), start.clone());
        let caller = citizen(&world, nth);
        all.spawn(async move {
            start.wait().await;
            let began = Instant::now();
            let answer = hold(&places, &caller, tree).await;
            assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
            answer
        });
    }
    let (won, lost): (Vec<_>, Vec<_>) = all.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, CLIENTS - 1));
    let mut named = BTreeSet::new();
    for fault in lost.into_iter().filter_map(Result::err) {
        assert_eq!(&*fault.reason, "SPOT_TAKEN", "{}", fault.message);
        assert!(
            fault.message.contains("香樟树葬区"),
            "the next tree: {}",
            fault.message
        );
        let ids = fault
            .fields
            .iter()
            .filter_map(|one| one.message.split_once(' '));
        named.extend(ids.map(|(id, _)| id.parse::<Uuid>().unwrap()));
    }
    assert!(!named.contains(&tree) && !named.is_empty());
    let (held, used, capacity, rows): (i32, i32, i32, i64) = sqlx::query_as(
        "select held, used, capacity, (select count(*) from burial.spot_hold where spot = id)
           from burial.spot where id = $1",
    )
    .bind(tree)
    .fetch_one(&world.pool)
    .await
    .unwrap();
    assert_eq!((held, used, capacity, rows), (6, 0, 6, 6));
    // The database has the last word, whoever writes.
    let one_more = sqlx::query(
        "insert into burial.spot_hold (spot, holder, until) values ($1, 'account:x', now())",
    )
    .bind(tree)
    .execute(&world.pool)
    .await
    .unwrap_err();
    let error = one_more.as_database_error().unwrap();
    assert_eq!(error.constraint(), Some("spot_not_overfull"));
    // One lets go: exactly one place is there again.
    let first = citizen(&world, 9_000);
    let mut request = Request::new(pb::ReleaseHoldRequest {
        idempotency_key: format!("release-{}-{tree}", first.account),
        spot: tree.to_string(),
    });
    request.extensions_mut().insert(first);
    places.release_hold(request).await.unwrap();
    hold(&places, &citizen(&world, 8_000), tree).await.unwrap();
    let late = hold(&places, &citizen(&world, 8_001), tree).await;
    assert_eq!(&*late.unwrap_err().reason, "SPOT_TAKEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_their_mind_never_waits_in_a_circle() {
    let world = Arc::new(World::new(30).await);
    demo::seed(&world.db.pool).await.unwrap();
    let places = PlacesService::new(world.rt.clone());
    let spots: Vec<Uuid> = sqlx::query_scalar(
        "select id from burial.spot where facility = $1 and area = '南坡区' limit 12",
    )
    .bind(demo::ZHUSHAN)
    .fetch_all(&world.pool)
    .await
    .unwrap();
    let mut all = JoinSet::new();
    for nth in 0..24 {
        let (world, places, spots) = (world.clone(), places.clone(), spots.clone());
        all.spawn(async move {
            let caller = citizen(&world, nth);
            for round in 0..12 {
                let wanted = spots[(nth * 5 + round * 7) % spots.len()];
                match hold(&places, &caller, wanted).await {
                    Ok(_) => {}
                    // A key is for one request: the same place comes again, and is answered again.
                    Err(fault) => assert_eq!(&*fault.reason, "SPOT_TAKEN", "{fault}"),
                }
            }
        });
    }
    all.join_all().await;
    let most: i64 = sqlx::query_scalar(
        "select coalesce(max(held), 0) from (
             select count(*) held from burial.spot_hold group by holder) by_holder",
    )
    .fetch_one(&world.pool)
    .await
    .unwrap();
    assert!(most <= 1, "an account holds {most} places");
}

#[tokio::test]
async fn a_hold_ends_by_the_servers_clock() {
    let world = World::new(4).await;
    demo::seed(&world.db.pool).await.unwrap();
    let places = PlacesService::new(world.rt.clone());
    let niche = spot(&world, demo::COLUMBARIUM, "永思厅").await;
    let (a, b) = (citizen(&world, 1), citizen(&world, 2));
    let held = hold(&places, &a, niche).await.unwrap();
    let until: jiff::Timestamp = held.held_until.parse().unwrap();
    let half_an_hour = jiff::SignedDuration::from_mins(30);
    assert_eq!(until, world.clock.now() + half_an_hour);
    let second = jiff::SignedDuration::from_secs(1);
    world.clock.set(until - second);
    let refused = hold(&places, &b, niche).await.unwrap_err();
    assert_eq!(&*refused.reason, "SPOT_TAKEN");
    world.clock.set(until);
    hold(&places, &b, niche).await.unwrap();
    // At a desk until the end of the day, Beijing time.
    let desk = officer(1, "陈静", Role::Funeral, "421224");
    let plot = spot(&world, demo::CEMETERY, "松鹤区").await;
    let held = hold(&places, &desk, plot).await.unwrap();
    assert_eq!(held.held_until, "2026-05-12T16:00:00Z");
    world.clock.set("2026-05-12T15:59:59Z".parse().unwrap());
    assert_eq!(
        &*hold(&places, &a, plot).await.unwrap_err().reason,
        "SPOT_TAKEN"
    );
    world.clock.set("2026-05-12T16:00:00Z".parse().unwrap());
    hold(&places, &a, plot).await.unwrap();
}
