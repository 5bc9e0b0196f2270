//! The months before somebody looks at the demonstration: they fit the law, whatever day it is.

use std::sync::Arc;

use jiff::Timestamp;
use yiwang_casework::{Runtime, runtime::Parts};
use yiwang_chassis::clock::ManualClock;
use yiwang_child::{demo, offer};

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

/// Lives the months before this instant.
async fn lived(now: &str) -> World {
    let world = World::new().await;
    // The world's own clocks stand still meanwhile.
    world.clock.set("2020-01-01T00:00:00Z".parse().unwrap());
    let wrong = demo::months(at(&world, now.parse().unwrap())).await;
    let wrong: Vec<_> = wrong
        .into_iter()
        .map(|(what, fault)| format!("{what}: {fault:?}"))
        .collect();
    assert!(wrong.is_empty(), "at {now}:\n{}", wrong.join("\n"));
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn villages_that_look_lived_in() {
    let world = lived("2026-11-29T04:30:00Z").await;
    let files = "select string_agg(state || ' ' || count, ', ' order by state)
                   from (select state, count(*) from casework.case_file
                          where item = 'child-file' group by state) of";
    assert_eq!(
        world.text(files).await,
        "discovered 1, in_service 5, registered 1"
    );
    let late = "select count(*)::text from child.visit_plan
                 where ended_at is null and due_on < '2026-11-29'";
    assert_eq!(world.text(late).await, "1");
    let week = "select count(*)::text from child.visit_plan
                 where ended_at is null and due_on between '2026-11-29' and '2026-12-05'";
    assert_eq!(world.text(week).await, "2");
    let states = |item: &'static str| {
        let sql = "select string_agg(state, ' ' order by number) from casework.case_file
                    where item = $1";
        sqlx::query_scalar::<_, String>(sql)
            .bind(item)
            .fetch_one(&world.db.pool)
    };
    for (item, expected) in [
        ("entrusted-care", "active"),
        ("orphan", "paid"),
        ("unattended-child", "paid"),
        ("medical-project", "checked"),
        ("study-project", "studying"),
        (
            "protection-case",
            "closed case_conference assessing reported",
        ),
        ("temporary-guardianship", "placed"),
        ("long-guardianship", "in_care in_care"),
        ("foster-care", "placed"),
        ("adoption", "assessing"),
    ] {
        assert_eq!(states(item).await.unwrap(), expected, "{item}");
    }
    let paid = "select string_agg(to_char(month, 'MM') || ' ' || kind || ' ' || state, ', '
                                  order by month, kind) from child.payment";
    assert_eq!(
        world.text(paid).await,
        "10 GE paid, 11 GE paid, 11 WF paid, 11 ZX paid"
    );
    let places = "select string_agg(p.kind, ' ' order by p.kind) from child.placement p
                   where not isfinite(p.to_at)";
    assert_eq!(world.text(places).await, "foster home home");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_day_it_is() {
    for now in [
        "2026-02-28T23:30:00Z",
        "2026-08-31T15:59:00Z",
        "2028-02-29T01:00:00Z",
    ] {
        lived(now).await;
    }
}
