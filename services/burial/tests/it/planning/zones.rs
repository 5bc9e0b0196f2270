//! Zones: drafts for their officers, announcements for everybody, no two at a time.

use yiwang_burial::domain::zone::Zone;
use yiwang_burial::planning::{PlanningService, zones};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::burial::v1::{self as pb, planning_server::Planning};

use super::{county, key, planned};
use crate::world::{as_caller, officer, unwrap};

async fn draft(service: &PlanningService, division: &str, from: &str) -> pb::Zone {
    let request = pb::SaveZoneRequest {
        idempotency_key: key(),
        id: String::new(),
        division: division.into(),
        kind: "burial_reform".into(),
        valid_from: from.into(),
    };
    unwrap(service.save_zone(as_caller(&county(), request)).await).unwrap()
}

async fn announce(service: &PlanningService, id: &str, on: &str) -> Result<pb::Zone, Fault> {
    let request = pb::AnnounceZoneRequest {
        idempotency_key: key(),
        id: id.into(),
        document: "通政告〔2026〕6号".into(),
        approval: "鄂政函〔2026〕8号".into(),
        announced_on: on.into(),
    };
    unwrap(service.announce_zone(as_caller(&county(), request)).await)
}

#[tokio::test]
async fn a_draft_is_announced_and_no_other_beside_it() {
    let (world, service) = planned().await;
    let list = async |caller: Option<&yiwang_chassis::identity::Caller>| {
        let request = pb::ListZonesRequest {
            division: "421224".into(),
        };
        let request = match caller {
            Some(caller) => as_caller(caller, request),
            None => tonic::Request::new(request),
        };
        unwrap(service.list_zones(request).await)
            .unwrap()
            .zones
            .len()
    };
    let before = list(None).await;
    let first = draft(&service, "421224203", "2026-06-01").await;
    let second = draft(&service, "421224203", "2026-07-01").await;
    assert_eq!(
        (list(None).await, list(Some(&county())).await),
        (before, before + 2)
    );
    // A draft decides nothing.
    let mut conn = world.db.pool.acquire().await.unwrap();
    let day = "2026-06-10".parse().unwrap();
    let zone = zones::on(&mut conn, "421224203201", day).await.unwrap();
    assert_eq!(zone, Some(Zone::Cremation));

    assert_eq!(
        announce(&service, &first.id, "2026-05-13")
            .await
            .unwrap_err()
            .reason,
        "ANNOUNCED_LATER"
    );
    announce(&service, &first.id, "2026-05-12").await.unwrap();
    let zone = zones::on(&mut conn, "421224203201", day).await.unwrap();
    assert_eq!(zone, Some(Zone::BurialReform));
    let overlap = announce(&service, &second.id, "2026-05-12")
        .await
        .unwrap_err();
    assert_eq!(overlap.reason, "ZONE_OVERLAP");
    assert_eq!(
        announce(&service, &first.id, "2026-05-12")
            .await
            .unwrap_err()
            .reason,
        "ANNOUNCED"
    );
    // Whatever the code does, the table refuses too.
    let forced = sqlx::query(
        "update burial.zone set state = 'announced', document = 'x', announced_on = '2026-05-12',
                announced_at = now() where state = 'draft'",
    )
    .execute(&world.db.pool)
    .await
    .unwrap_err();
    let constraint = forced
        .as_database_error()
        .and_then(|error| error.constraint());
    assert_eq!(constraint, Some("one_zone_at_a_time"));

    let end = async |valid_to: &str| {
        let request = pb::EndZoneRequest {
            idempotency_key: key(),
            id: first.id.clone(),
            valid_to: valid_to.into(),
            document: "通政告〔2026〕7号".into(),
        };
        unwrap(service.end_zone(as_caller(&county(), request)).await)
    };
    assert_eq!(
        end("2026-05-12").await.unwrap_err().reason,
        "END_IN_THE_PAST"
    );
    end("2026-07-01").await.unwrap();
    announce(&service, &second.id, "2026-05-12").await.unwrap();
    let events = "select event_type from chassis.outbox where aggregate = 'zone' order by seq";
    assert_eq!(world.texts(events).await.len(), 5);

    let stranger = officer(32, "王科员", Role::CountyOfficer, "420323");
    let request = pb::EndZoneRequest {
        idempotency_key: key(),
        id: first.id,
        valid_to: "2026-08-01".into(),
        document: "x".into(),
    };
    let refused = unwrap(service.end_zone(as_caller(&stranger, request)).await).unwrap_err();
    assert_eq!(refused.reason, "WRONG_ROLE");
}

#[tokio::test]
async fn of_two_announcements_at_the_same_instant_one_wins() {
    let (_world, service) = planned().await;
    let first = draft(&service, "421224203", "2026-06-01").await;
    let second = draft(&service, "421224203", "2026-06-15").await;
    let (one, two) = tokio::join!(
        announce(&service, &first.id, "2026-05-12"),
        announce(&service, &second.id, "2026-05-12"),
    );
    let lost = match (one, two) {
        (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
        other => panic!("{other:?}"),
    };
    assert_eq!(lost.reason, "ZONE_OVERLAP");
}
