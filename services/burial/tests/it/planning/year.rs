//! The year of the demonstration keeps the rules that it shows.

use jiff::civil::date;
use yiwang_burial::{
    demo,
    figures::{Asked, sums},
    planning::PlanningService,
};
use yiwang_proto::burial::v1::{self as pb, planning_server::Planning};

use crate::world::{World, unwrap};

#[tokio::test]
async fn a_year_is_believable_whole_and_written_once() {
    let world = World::new().await;
    let begun = std::time::Instant::now();
    assert!(demo::year(&world.rt).await.unwrap());
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    assert!(!demo::year(&world.rt).await.unwrap());

    let service = PlanningService::new(world.rt.clone());
    let request = pb::GetBurialFiguresRequest {
        from_day: "2025-05-01".into(),
        to_day: "2026-04-30".into(),
        before: "2026-04-12".into(),
        ..Default::default()
    };
    let found = unwrap(service.get_figures(tonic::Request::new(request)).await).unwrap();
    let total = found.total.unwrap();
    assert!((2_000..3_500).contains(&total.deaths), "{total:?}");
    assert!((6_500..8_500).contains(&total.rate), "{total:?}");
    assert!((8_800..9_700).contains(&total.area_rate), "{total:?}");
    assert!(
        total.waivers > 300 && total.waived_fen > 50_000_000,
        "{total:?}"
    );
    assert!(
        (1_500..5_000).contains(&total.ecological_share),
        "{total:?}"
    );
    assert!(total.exempt > 0);
    let revision = found.revision.unwrap();
    assert!(
        (5..80).contains(&revision.added) && revision.removed >= 1,
        "{revision:?}"
    );
    assert_eq!(revision.months.len(), 12);
    assert_eq!(found.coverage.len(), 7);
    let whole = found.coverage.iter().filter(|one| one.percent == 10_000);
    assert_eq!(whole.count(), 1, "{:?}", found.coverage);

    // Every urn is where its last move went, and every place holds whom the ledger says.
    for (what, wrong) in [
        (
            "urns elsewhere than their last move",
            "select count(*) from burial.urn u
            join burial.urn_move m on m.urn = u.number and m.version = u.version
           where (u.disposition, u.spot, u.facility)
                 is distinct from (m.to_disposition, m.spot, m.facility)",
        ),
        (
            "places with another count than their uses",
            "select count(*) from burial.spot s
           where used <> (select count(*) from burial.spot_use where spot = s.id)",
        ),
        (
            "moves before the cremation",
            "select count(*) from burial.urn_move m
            join burial.urn u on u.number = m.urn join burial.cremation c on c.body = u.body
           where m.at < c.ended_at",
        ),
        (
            "cremations before the death",
            "select count(*) from burial.cremation c
            join burial.death d using (person_key) where c.started_at < d.died_at",
        ),
        (
            "waivers of nobody cremated",
            "select count(*) from burial.benefit b
           where kind = 'waiver' and not exists (select from burial.cremation c
                 where c.person_key = b.person_key and c.ended_at <= b.granted_at)",
        ),
        (
            "subsidies without an ecological place",
            "select count(*) from burial.benefit b
           where kind = 'eco_subsidy' and not exists (select from burial.urn u
                 left join burial.spot s on s.id = u.spot
                 where u.person_key = b.person_key
                   and (u.disposition = 'scattered' or s.kind in ('tree', 'flower', 'lawn')))",
        ),
        (
            "certificates beyond their serial",
            "select count(*) from burial.cremation c
            join burial.certificate_serial s on s.county = c.county
             and s.year = substring(c.certificate from 10 for 4)::int
           where right(c.certificate, 6)::int > s.last",
        ),
        (
            "furnaces with two bodies",
            "select count(*) from burial.cremation a
            join burial.cremation b on a.furnace = b.furnace and a.body < b.body
             and a.started_at < b.ended_at and b.started_at < a.ended_at",
        ),
        (
            "anything after now",
            "select count(*) from burial.urn_move
           where at > '2026-05-12T01:00:00Z'",
        ),
    ] {
        let found: i64 = sqlx::query_scalar(wrong)
            .fetch_one(&world.db.pool)
            .await
            .unwrap();
        assert_eq!(found, 0, "{what}");
    }
    // Bodies lie in the cemetery for them.
    let laid = world
        .text("select count(*)::text from burial.spot s where kind = 'body_single' and used = 1")
        .await;
    assert_ne!(laid, "0");

    // A day of the middle: what was known of it then is known of it now.
    let mut conn = world.db.pool.acquire().await.unwrap();
    let asked = Asked {
        scope: "421224",
        from: date(2025, 6, 1),
        to: date(2025, 12, 31),
        as_of: date(2026, 1, 10),
    };
    let then = sums(&mut conn, &asked).await.unwrap();
    let later = Asked {
        as_of: date(2026, 5, 12),
        ..asked
    };
    let later = sums(&mut conn, &later).await.unwrap();
    assert!(then.count.deaths < later.count.deaths, "{then:?} {later:?}");
}
