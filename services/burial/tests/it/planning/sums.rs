//! What stands beside the rate: money that reached families, urns laid to rest, villages that are
//! served, the nameless who got their names. Each of a past day stays what it was.

use uuid::Uuid;
use yiwang_burial::{
    chain::demo::TONGSHAN as HOME,
    deaths,
    money::benefits::{self, Benefit, Kind},
    places::demo::CEMETERY,
};
use yiwang_chassis::{clock::Clock as _, db::to_chrono};
use yiwang_proto::burial::v1::{self as pb, FigureRow, planning_server::Planning};

use super::{
    county,
    figures::{FEED, burns, dies, figures},
    key, planned,
};
use crate::{
    deaths::death,
    world::{TONGSHAN, World, as_caller, id_number, unwrap},
};

async fn granted(world: &World, serial: u32, fen: i64, at_once: bool) {
    let mut conn = world.db.pool.acquire().await.unwrap();
    let person = world.key(&id_number(serial));
    let case_number = format!("BX{serial}");
    let benefit = Benefit {
        person: &person,
        kind: Kind::Waiver,
        case_number: &case_number,
        division: TONGSHAN,
        fen,
        at_once,
    };
    benefits::grant(&mut conn, benefit, world.clock.now())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_waiver_counts_when_it_reached_the_family_and_until_it_is_recovered() {
    let (world, service) = planned().await;
    let on = async |as_of: &str| {
        let request = pb::GetBurialFiguresRequest {
            division: "421224".into(),
            from_day: "2026-05-01".into(),
            to_day: "2026-06-30".into(),
            as_of: as_of.into(),
            before: String::new(),
        };
        let found = unwrap(service.get_figures(tonic::Request::new(request)).await).unwrap();
        let total = found.total.unwrap();
        (total.waivers, total.waived_fen)
    };
    // Off the bill; granted but not paid; granted and never paid.
    granted(&world, 1, 204_000, true).await;
    granted(&world, 2, 90_000, false).await;
    granted(&world, 3, 70_000, false).await;
    assert_eq!(on("").await, (1, 204_000));

    world.go_to("2026-05-14T09:00:00").await;
    let mut conn = world.db.pool.acquire().await.unwrap();
    let now = world.clock.now();
    benefits::paid(&mut conn, "BX2", now).await.unwrap();
    benefits::release(&mut conn, "BX3").await.unwrap();
    assert_eq!(on("").await, (2, 294_000));
    assert_eq!(on("2026-05-13").await, (1, 204_000));

    world.go_to("2026-06-20T09:00:00").await;
    let now = world.clock.now();
    benefits::recovered(&mut conn, "BX2", now).await.unwrap();
    assert_eq!(on("").await, (1, 204_000));
    assert_eq!(on("2026-06-19").await, (2, 294_000));
    assert_eq!(on("2026-05-13").await, (1, 204_000));
}

/// The urn goes somewhere now; of a facility, into a place of this kind.
async fn goes(world: &World, urn: &str, to: &str, kind: Option<&str>) {
    sqlx::query(
        "with was as (select max(version) as version, (array_agg(to_disposition order by version
                             desc))[1] as disposition from burial.urn_move where urn = $1)
         insert into burial.urn_move
             (urn, version, from_disposition, to_disposition, facility, spot, at, first_name,
              second_name, case_number, first_account, second_account)
         select $1, coalesce(version, 0) + 1, disposition, $2,
                case $2 when 'in_plot' then $3 when 'in_hall' then $4 end,
                case when $2 = 'in_plot' then (select id from burial.spot where facility = $3
                                                  and kind = $5 limit 1) end,
                $6, '甲', '乙', 'MW4212242605120001', $7, $8
           from was",
    )
    .bind(urn)
    .bind(to)
    .bind(CEMETERY)
    .bind(HOME)
    .bind(kind)
    .bind(to_chrono(world.clock.now()))
    .bind(Uuid::from_u128(1))
    .bind(Uuid::from_u128(2))
    .execute(&world.db.pool)
    .await
    .unwrap();
}

async fn urn(world: &World, number: &str) {
    sqlx::query(
        "insert into burial.urn (number, disposition, facility, form, sealed)
         values ($1, 'in_hall', $2, 'deposit', '')",
    )
    .bind(number)
    .bind(HOME)
    .execute(&world.db.pool)
    .await
    .unwrap();
    goes(world, number, "in_hall", None).await;
}

#[tokio::test]
async fn an_urn_is_laid_to_rest_once_however_often_it_moves() {
    let (world, service) = planned().await;
    yiwang_burial::places::demo::seed(&world.db.pool)
        .await
        .unwrap();
    let on = async |as_of: &str| {
        let request = pb::GetBurialFiguresRequest {
            division: "421224".into(),
            from_day: "2026-05-01".into(),
            to_day: "2026-08-31".into(),
            as_of: as_of.into(),
            before: String::new(),
        };
        let found = unwrap(service.get_figures(tonic::Request::new(request)).await).unwrap();
        let FigureRow {
            placed,
            ecological,
            ecological_share,
            ..
        } = found.total.unwrap();
        (placed, ecological, ecological_share)
    };
    for number in ["GH1", "GH2", "GH3", "GH4"] {
        urn(&world, number).await;
    }
    assert_eq!(on("").await, (0, 0, 0));
    goes(&world, "GH1", "in_plot", Some("ash_single")).await;
    goes(&world, "GH2", "in_plot", Some("tree")).await;
    goes(&world, "GH3", "scattered", None).await;
    goes(&world, "GH4", "with_family", None).await;
    assert_eq!(on("").await, (3, 2, 6_667));

    // The family takes the first out, by way of the hall, and lays it under a tree.
    world.go_to("2026-07-10T09:00:00").await;
    for (to, kind) in [("in_hall", None), ("in_plot", Some("tree"))] {
        goes(&world, "GH1", to, kind).await;
    }
    assert_eq!(on("").await, (3, 2, 6_667));
    goes(&world, "GH4", "in_plot", Some("niche")).await;
    assert_eq!(on("").await, (4, 2, 5_000));
    assert_eq!(on("2026-07-09").await, (3, 2, 6_667));
}

#[tokio::test]
async fn who_had_no_name_is_counted_as_cremated_from_the_day_of_the_name() {
    let (world, service) = planned().await;
    let cremated = async |as_of: &str| {
        let total = figures(&service, as_of, "").await.total.unwrap();
        (total.deaths, total.cremated)
    };
    // Somebody is missing; a body without a name or certificate was cremated.
    dies(&world, 1, 20, "01").await;
    burns(&world, 2).await;
    sqlx::query(
        "with nameless as (update burial.cremation set person_key = null),
              body as (update burial.body set person_key = null)
         insert into burial.unclaimed (case_number, facility, funeral)
         select 'WM1', facility, case_number from burial.body",
    )
    .execute(&world.db.pool)
    .await
    .unwrap();
    assert_eq!(cremated("").await, (1, 0));

    // Two months later the DNA fits.
    world.go_to("2026-07-14T09:00:00").await;
    sqlx::query(
        "with named as (update burial.cremation set person_key = $1),
              body as (update burial.body set person_key = $1)
         update burial.unclaimed set person_key = $1, identified_at = $2",
    )
    .bind(world.key(&id_number(1)))
    .bind(to_chrono(world.clock.now()))
    .execute(&world.db.pool)
    .await
    .unwrap();
    assert_eq!(cremated("").await, (1, 1));
    assert_eq!(cremated("2026-07-13").await, (1, 0));
}

#[tokio::test]
async fn who_was_cremated_on_a_certificate_without_a_name_stays_one_person() {
    let (world, service) = planned().await;
    let mut nameless = death(&id_number(1));
    nameless.number = "42122400012026001".into();
    nameless.identity.name = "无".into();
    nameless.identity.document = None;
    nameless.event.died_at = "2026-04-20T12:00:00+08:00".parse().unwrap();
    let mut tx = world.db.pool.begin().await.unwrap();
    deaths::record(&world.rt, &mut tx, &nameless, FEED, world.clock.now())
        .await
        .unwrap();
    let number = deaths::number::key(&world.rt, &nameless.number, 2026);
    tx.commit().await.unwrap();
    burns(&world, 2).await;
    sqlx::query(
        "with nobody as (update burial.cremation set person_key = null),
              body as (update burial.body set person_key = null),
              file as (insert into burial.unclaimed (case_number, facility, funeral)
                       select 'WM1', facility, case_number from burial.body)
         insert into burial.death_use (number_key, used_for, used_at, used_by, case_number)
         select $1, 'funeral', $2, '王建军', case_number from burial.body",
    )
    .bind(&number)
    .bind(to_chrono(world.clock.now()))
    .execute(&world.db.pool)
    .await
    .unwrap();
    let before = figures(&service, "", "").await;
    let total = before.total.clone().unwrap();
    assert_eq!((total.deaths, total.cremated, total.rate), (1, 1, 10_000));

    // The name is found: still one death, still one cremation, and nothing was added.
    world.go_to("2026-07-14T09:00:00").await;
    let named = death(&id_number(1)).identity;
    let why = deaths::change::Why {
        by: FEED,
        reason: "DNA比对",
        now: world.clock.now(),
    };
    let mut tx = world.db.pool.begin().await.unwrap();
    deaths::identify(&world.rt, &mut tx, &number, &named, why)
        .await
        .unwrap();
    sqlx::query("update burial.cremation set person_key = $1")
        .bind(world.key(&id_number(1)))
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let after = figures(&service, "", "2026-05-12").await;
    assert_eq!(after.total, before.total);
    let revision = after.revision.unwrap();
    assert_eq!((revision.added, revision.removed), (0, 0));
    assert_eq!(
        figures(&service, "2026-05-12", "").await.total,
        before.total
    );
}

#[tokio::test]
async fn coverage_of_a_past_day_knows_the_facilities_of_that_day() {
    let (world, service) = planned().await;
    let covered = async |as_of: &str| {
        let found = figures(&service, as_of, "").await.coverage;
        let [county] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert!(county.units > 150, "{county:?}");
        (county.county_name.clone(), county.percent)
    };
    assert_eq!(covered("").await, ("通山县".to_owned(), 10_000));
    // Before anything was opened nothing was covered, and nobody had died: no county at all.
    assert!(
        figures(&service, "2010-01-01", "")
            .await
            .coverage
            .is_empty()
    );

    // Both that serve the whole county are closed.
    world.go_to("2026-05-14T09:00:00").await;
    let request = pb::ListFacilitiesRequest {
        division: "421224".into(),
    };
    let all = unwrap(service.list_facilities(tonic::Request::new(request)).await).unwrap();
    for mut one in all.facilities {
        if one.kind == "funeral_home" {
            continue;
        }
        one.active = false;
        let request = pb::SaveFacilityRequest {
            idempotency_key: key(),
            facility: Some(one),
            reason: "迁建停用".into(),
        };
        unwrap(service.save_facility(as_caller(&county(), request)).await).unwrap();
    }
    dies(&world, 1, 20, "01").await;
    assert_eq!(covered("").await, ("通山县".to_owned(), 0));
    assert_eq!(covered("2026-05-13").await, ("通山县".to_owned(), 10_000));
}
