//! The rate of a past day stays what it was; what comes late is a revision.

use uuid::Uuid;
use yiwang_burial::{
    chain::demo::TONGSHAN as HOME,
    deaths::{By, change::Why, number, record, void},
    planning::PlanningService,
};
use yiwang_chassis::clock::Clock as _;
use yiwang_proto::burial::v1::{self as pb, planning_server::Planning};

use super::planned;
use crate::{
    deaths::death,
    world::{World, id_number, unwrap},
};

pub(super) const FEED: By<'static> = By {
    actor: "system:test",
    name: "卫生健康部门",
};

/// Somebody dies on a day of April 2026, and the register hears of it now.
pub(super) async fn dies(world: &World, serial: u32, day: u32, ethnicity: &str) {
    let mut one = death(&id_number(serial));
    one.event.died_at = format!("2026-04-{day:02}T12:00:00+08:00").parse().unwrap();
    one.signed_on = format!("2026-04-{day:02}").parse().unwrap();
    one.identity.ethnicity = ethnicity.to_owned();
    one.reference = format!("JK{serial}");
    let mut tx = world.db.pool.begin().await.unwrap();
    record(&world.rt, &mut tx, &one, FEED, world.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// The person is cremated now.
pub(super) async fn burns(world: &World, serial: u32) {
    let (tag, furnace) = (format!("tag-{serial}"), Uuid::now_v7());
    let now = yiwang_chassis::db::to_chrono(world.clock.now());
    sqlx::query(
        "with furnace as (
             insert into burial.resource (id, facility, kind, label, slot_minutes, opens, closes)
             values ($1, $2, 'furnace', $3, 60, '07:00', '17:00')
         ), body as (
             insert into burial.body (tag, case_number, facility, person_key, state, sealed)
             values ($3, 'ZS' || $3, $2, $4, 'cremated', '')
         )
         insert into burial.cremation (body, furnace, operator, started_at, ended_at, person_key, county)
         values ($3, $1, $1, $5, $5, $4, '421224')",
    )
    .bind(furnace)
    .bind(HOME)
    .bind(&tag)
    .bind(world.key(&id_number(serial)))
    .bind(now)
    .execute(&world.db.pool)
    .await
    .unwrap();
}

pub(super) async fn figures(
    service: &PlanningService,
    as_of: &str,
    before: &str,
) -> pb::BurialFigures {
    let request = pb::GetBurialFiguresRequest {
        division: "421224".into(),
        from_day: "2026-04-01".into(),
        to_day: "2026-04-30".into(),
        as_of: as_of.into(),
        before: before.into(),
    };
    unwrap(service.get_figures(tonic::Request::new(request)).await).unwrap()
}

fn total(figures: &pb::BurialFigures) -> (i64, i64, i32, i64, i32) {
    let total = figures.total.as_ref().unwrap();
    (
        total.deaths,
        total.cremated,
        total.rate,
        total.area_deaths,
        total.area_rate,
    )
}

#[tokio::test]
async fn a_past_day_stays_as_it_was_after_late_deaths_and_a_void() {
    let (world, service) = planned().await;
    for serial in 1..=4 {
        dies(&world, serial, 10 + serial, "01").await;
    }
    // One by whose customs nobody is cremated: outside the area's denominator.
    dies(&world, 5, 20, "03").await;
    for serial in 1..=3 {
        burns(&world, serial).await;
    }
    let first = figures(&service, "", "").await;
    assert_eq!(total(&first), (5, 3, 6_000, 4, 7_500));
    assert_eq!(first.months.len(), 1);
    assert_eq!(
        (first.months[0].month.as_str(), first.months[0].exempt),
        ("2026-04", 1)
    );
    // The day before, nothing was known.
    assert_eq!(
        total(&figures(&service, "2026-05-11", "").await),
        (0, 0, 0, 0, 0)
    );

    // Two days later: two late deaths, one of them cremated, and one found alive.
    world.go_to("2026-05-14T09:00:00").await;
    dies(&world, 6, 25, "01").await;
    dies(&world, 7, 26, "01").await;
    burns(&world, 7).await;
    let mut tx = world.db.pool.begin().await.unwrap();
    let key = number::key(&world.rt, &id_number(4), 2026);
    let why = Why {
        by: FEED,
        reason: "本人健在",
        now: world.clock.now(),
    };
    void(&world.rt, &mut tx, &key, "郑科员", why).await.unwrap();
    tx.commit().await.unwrap();
    // And a zone is announced for what was not one: past days do not learn of it.
    sqlx::query(
        "insert into burial.zone (id, division, kind, state, document, approval, announced_on,
                                  announced_at, valid_from)
         values (gen_random_uuid(), '421224100', 'burial_reform', 'announced', '旧公告', '旧批复',
                 '2018-01-01', $1, '2018-01-01')",
    )
    .bind(yiwang_chassis::db::to_chrono(world.clock.now()))
    .execute(&world.db.pool)
    .await
    .unwrap();

    let then = figures(&service, "2026-05-12", "").await;
    assert_eq!(
        (then.total.as_ref(), &then.months),
        (first.total.as_ref(), &first.months)
    );
    let now = figures(&service, "", "2026-05-12").await;
    assert_eq!(total(&now), (6, 4, 6_667, 0, 0));
    let revision = now.revision.unwrap();
    assert_eq!((revision.added, revision.removed), (2, 1));
    assert_eq!((revision.rate_before, revision.rate_now), (6_000, 6_667));
    // Listed by the month of death.
    let [month] = revision.months.as_slice() else {
        panic!("{:?}", revision.months)
    };
    assert_eq!(
        (month.month.as_str(), month.deaths_before, month.deaths_now),
        ("2026-04", 5, 6)
    );
    assert_eq!((month.cremated_before, month.cremated_now), (3, 4));
    assert_eq!((month.rate_before, month.rate_now), (6_000, 6_667));

    let later = pb::GetBurialFiguresRequest {
        division: "421224".into(),
        from_day: "2026-04-01".into(),
        to_day: "2026-04-30".into(),
        as_of: "2026-05-15".into(),
        before: String::new(),
    };
    let refused = unwrap(service.get_figures(tonic::Request::new(later)).await).unwrap_err();
    assert_eq!(refused.fields[0].field, "/as_of");
}
