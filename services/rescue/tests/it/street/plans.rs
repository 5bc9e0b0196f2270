//! Patrols that come again.

use uuid::Uuid;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1::{self as pb, patrols_server::Patrols as _};

use super::Street;
use crate::{
    stay_desk::XIANNING,
    world::{as_caller, officer, unwrap},
};

fn evening(every_days: i32, until: &str) -> pb::PlanPatrolRequest {
    pb::PlanPatrolRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        station: XIANNING.to_owned(),
        area: "汽车客运站、银泉大道地下通道".into(),
        route: "从客运站出发".into(),
        starts_at: "2026-05-12T22:00".into(),
        ends_at: "2026-05-13T01:00".into(),
        partners: vec!["civil".into(), "urban".into()],
        every_days,
        until: until.into(),
        ..Default::default()
    }
}

async fn one(street: &Street, caller: &Caller, id: &str) -> Result<pb::Patrol, Fault> {
    let patrol = id.to_owned();
    let request = pb::GetPatrolRequest { patrol };
    unwrap(street.patrols.get_patrol(as_caller(caller, request)).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_night_for_a_week() {
    let street = Street::new().await;
    let plan = async |request: pb::PlanPatrolRequest| {
        let answer = street
            .patrols
            .plan_patrol(as_caller(&street.first, request));
        unwrap(answer.await)
    };
    let request = evening(2, "2026-05-18");
    let first = plan(request.clone()).await.unwrap();
    assert_eq!(
        (first.planned, first.starts_at.as_str()),
        (4, "2026-05-12T22:00")
    );
    // Sent again: nothing new.
    assert_eq!(plan(request).await.unwrap().id, first.id);
    let week = pb::ListPatrolsRequest {
        station: XIANNING.to_owned(),
        from: "2026-05-12".into(),
        to: "2026-05-18".into(),
    };
    let week = street.patrols.list_patrols(as_caller(&street.county, week));
    let nights = unwrap(week.await).unwrap().patrols;
    let begin: Vec<_> = nights.iter().map(|one| one.starts_at.as_str()).collect();
    assert_eq!(
        begin,
        [
            "2026-05-12T22:00",
            "2026-05-14T22:00",
            "2026-05-16T22:00",
            "2026-05-18T22:00"
        ]
    );
    assert_eq!(nights[3].ends_at, "2026-05-19T01:00");
    assert_eq!(
        street
            .world
            .text(
                "select count(*)::text from chassis.outbox
        where subject = 'yiwang.rescue.patrol.planned'"
            )
            .await,
        "4"
    );
    let never = plan(evening(1, "2026-05-11")).await.unwrap_err();
    assert_eq!(never.fields[0].field, "/until");

    assert_eq!(
        one(&street, &street.county, &first.id).await.unwrap().area,
        first.area
    );
    let elsewhere = officer(9, "赵刚", Role::Station, "420323");
    let hidden = one(&street, &elsewhere, &first.id).await.unwrap_err();
    assert_eq!(hidden.reason, "PATROL_UNKNOWN");
}
