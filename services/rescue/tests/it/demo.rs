//! The weeks before somebody looks at the demonstration: they fit the law, whatever day it is.

use std::sync::Arc;

use jiff::Timestamp;
use yiwang_casework::{Runtime, runtime::Parts};
use yiwang_chassis::{clock::ManualClock, db::to_chrono};
use yiwang_rescue::{
    demo,
    kin::{Search, watch},
    offer,
};

use crate::world::World;

/// A runtime of its own over the world's database, at this instant.
fn at(world: &World, now: Timestamp) -> Runtime {
    let rt = &world.rt;
    let runtime = Runtime::new(Parts {
        service: rt.service,
        pool: rt.pool.clone(),
        clock: Arc::new(ManualClock::new(now)),
        rules: rt.rules.clone(),
        sealer: rt.sealer.clone(),
        keyer: rt.keyer.clone(),
        departments: rt.departments.clone(),
        certificate_key: rt.certificate_key.clone(),
    });
    offer(runtime).unwrap()
}

async fn count(world: &World, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(&world.db.pool)
        .await
        .unwrap()
}

/// Lives the weeks before this instant.
async fn lived(now: &str) -> World {
    let world = World::new().await;
    let now: Timestamp = now.parse().unwrap();
    // The world's own clocks stand still meanwhile.
    world.clock.set("2020-01-01T00:00:00Z".parse().unwrap());
    let wrong = demo::weeks(at(&world, now)).await;
    let wrong: Vec<_> = wrong
        .into_iter()
        .map(|(what, fault)| format!("{what}: {fault:?}"))
        .collect();
    assert!(wrong.is_empty(), "at {now}:\n{}", wrong.join("\n"));
    let late: Vec<(String, String)> = sqlx::query_as(
        "select step.step, place.label
           from rescue.search_step step
           join rescue.stay using (case_number)
           join rescue.occupancy o on o.id = stay.occupancy
           join rescue.place on place.id = o.place
          where stay.state = 'admitted' and done_at is null and ended_at is null and due_at <= $1",
    )
    .bind(to_chrono(now))
    .fetch_all(&world.db.pool)
    .await
    .unwrap();
    assert_eq!(late.len(), 1, "at {now}: {late:?}");
    assert_eq!(late[0].0, "publish");
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn a_station_that_looks_lived_in() {
    let world = lived("2026-11-29T04:30:00Z").await;
    let here = "select count(*) from rescue.stay
                 where station = '421202001-JZ01' and state in ('arrived', 'admitted')";
    assert_eq!(count(&world, here).await, 10);
    let unknown = "select count(*) from rescue.stay
                    where state = 'admitted' and person_key is null";
    assert_eq!(count(&world, unknown).await, 5);
    let ill = "select count(*) from rescue.occupancy o join rescue.place p on p.id = o.place
                where p.kind = 'hospital' and upper_inf(o.during)";
    assert_eq!(count(&world, ill).await, 1);
    let minors = "select count(*) from rescue.stay where state = 'admitted' and minor";
    assert_eq!(count(&world, minors).await, 1);
    // The day of the law, not of the look.
    let stranded = "select stranded_on::text from rescue.stay
                     where state = 'admitted' and stranded_on is not null order by 1";
    assert_eq!(world.texts(stranded).await, ["2026-11-19", "2026-11-28"]);
    let left = world.texts("select leave_type from rescue.stay where state = 'left' order by 1");
    assert_eq!(left.await, ["fetched", "own_word"]);
    assert_eq!(
        count(
            &world,
            "select count(*) from rescue.stay where state = 'refused'"
        )
        .await,
        1
    );
    assert_eq!(
        count(&world, "select count(*) from rescue.homecoming").await,
        1
    );

    // Eight families, the police, one of the register.
    assert_eq!(
        count(&world, "select count(*) from rescue.report").await,
        480 + 13
    );
    let entries = "select count(*) from rescue.easily_lost where state in ('listed', 'missing')";
    assert_eq!(count(&world, entries).await, 7);
    let not_visited = "select count(*) from casework.clock
                        where name = 'visit_by' and ended_at is null and due_at < '2026-11-29'";
    assert_eq!(count(&world, not_visited).await, 2);

    let campaigns =
        world.texts("select state || ' ' || kind from rescue.campaign where county = '421202'");
    assert_eq!(campaigns.await, ["planned winter"]);
    assert_eq!(
        count(&world, "select count(*) from rescue.check_in").await,
        3
    );
    assert_eq!(
        count(&world, "select count(*) from rescue.encounter").await,
        4
    );
    assert_eq!(count(&world, "select count(*) from rescue.call").await, 7);
    assert_eq!(
        count(
            &world,
            "select count(*) from rescue.publication where state = 'published'"
        )
        .await,
        2
    );
    // Two reports speak of who is here, and only they.
    let search = Search::new(world.rt.clone());
    world.clock.set("2026-11-29T04:31:00Z".parse().unwrap());
    while watch::look(&search).await.unwrap() {}
    let pairs =
        "select to_char(stay.arrived_at, 'MM-DD') || ' ' || report.reported_on || ' ' || score
                   from rescue.kin_match
                   join rescue.stay on stay.case_number = kin_match.stay
                   join rescue.report on report.number = kin_match.report order by 1";
    let pairs = world.texts(pairs).await;
    assert_eq!(pairs.len(), 2, "{pairs:?}");

    // Nothing of it is of the future.
    let later = "select count(*) from chassis.outbox where occurred_at > '2026-11-29T04:31:01Z'";
    assert_eq!(count(&world, later).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_summer_and_soon_after_midnight() {
    lived("2026-07-15T16:20:00Z").await;
    lived("2026-01-31T02:00:00Z").await;
}
