//! Another service is involved with a family: its officers see a line, the family does not.

use jiff::Timestamp;
use prost::Message as _;
use uuid::Uuid;
use yiwang_assistance::elsewhere::Elsewhere;
use yiwang_casework::{service::CaseworkService, testing::as_caller};
use yiwang_chassis::inbox::{Handler as _, Incoming};
use yiwang_proto::{
    casework::v1::{self as pb, casework_server::Casework as _},
    child::v1::InvolvementChanged,
};

use crate::world::{World, clerk, family};

const LINE: &str = "另有其他民政业务正在办理";

async fn told(world: &World, id_number: &str, what: &str) {
    let payload = InvolvementChanged {
        person: world.key(id_number),
        county: "420323".to_owned(),
    };
    let name = format!("yiwang.child.involvement.{what}");
    let event = Incoming {
        id: Uuid::now_v7(),
        event_type: format!("{name}.v1"),
        source: "child".into(),
        subject: name,
        aggregate: "involvement".into(),
        aggregate_id: payload.person.clone(),
        version: 1,
        occurred_at: Timestamp::UNIX_EPOCH,
        traceparent: None,
        payload: payload.encode_to_vec(),
    };
    let handler = Elsewhere {
        runtime: world.rt.clone(),
    };
    assert!(handler.wants(&event.event_type));
    let mut tx = world.db.pool.begin().await.unwrap();
    handler.handle(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
}

async fn seen(world: &World, caller: &yiwang_chassis::identity::Caller, number: &str) -> pb::Case {
    let request = pb::GetCaseRequest {
        number: number.to_owned(),
    };
    let service = CaseworkService::new(world.rt.clone());
    let answer = service.get_case(as_caller(caller, request)).await;
    answer.unwrap().into_inner()
}

#[tokio::test]
async fn officers_see_that_somebody_is_involved_and_the_family_does_not() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let applicant = world.citizen(&form);
    let before = seen(&world, &applicant, &number).await;

    let member = &form.members[0].id_number;
    told(&world, member, "started").await;
    told(&world, member, "started").await;
    let officer = format!("{:?}", seen(&world, &clerk(), &number).await.sections);
    assert!(officer.contains(LINE), "{officer}");
    let after = seen(&world, &applicant, &number).await;
    assert!(!format!("{after:?}").contains("其他民政业务"));
    assert_eq!(after.sections, before.sections);

    told(&world, member, "ended").await;
    let officer = format!("{:?}", seen(&world, &clerk(), &number).await.sections);
    assert!(!officer.contains(LINE), "{officer}");
}

#[tokio::test]
async fn an_application_made_later_bears_the_line_too() {
    let world = World::new().await;
    let form = family(1);
    told(&world, &form.applicant.id_number, "started").await;
    let number = world.granted(&form).await;
    let officer = format!("{:?}", seen(&world, &clerk(), &number).await.sections);
    assert!(officer.contains(LINE), "{officer}");
}
