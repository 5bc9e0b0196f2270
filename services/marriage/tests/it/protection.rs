//! Signs of violence that one of the two must never see, and the list of the dishonest.

use std::collections::BTreeSet;

use prost::Message as _;
use serde_json::json;
use uuid::Uuid;
use yiwang_casework::service::CaseworkService;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::{
    casework::v1::{self as casework, casework_server::Casework},
    marriage::v1::{self as pb, ViolenceSuspected, register_server::Register},
};

use crate::{
    couples::Couple,
    stage::{as_caller, unwrap},
    world::{World, XIANAN, ZHUSHAN},
};

/// Everything a caller can read of a case. Of what changes with every act, the count of
/// changes and the time of the last, nothing is kept.
async fn seen_by(world: &World, caller: &Caller, number: &str) -> String {
    let service = CaseworkService::new(world.rt.clone());
    let still = |case: casework::Case| casework::Case {
        version: 0,
        updated_at: None,
        ..case
    };
    let get = casework::GetCaseRequest {
        number: number.into(),
    };
    let case = unwrap(service.get_case(as_caller(caller, get)).await).unwrap();
    let history = casework::GetHistoryRequest {
        number: number.into(),
    };
    let history = unwrap(service.get_history(as_caller(caller, history)).await).unwrap();
    let list = casework::ListOwnCasesRequest::default();
    let list = unwrap(service.list_own_cases(as_caller(caller, list)).await).unwrap();
    let list: Vec<_> = list.cases.into_iter().map(still).collect();
    format!("{:?} {history:?} {list:?}", still(case))
}

#[tokio::test]
async fn what_is_suspected_stops_the_wedding_and_neither_of_the_two_sees_it() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    let clerk = XIANAN.registrar();
    let wedding = world
        .declared(XIANAN, couple.wedding(XIANAN))
        .await
        .unwrap();
    let married = Couple(3, 4);
    world.wed(ZHUSHAN, married).await;
    let divorce = world.divorce_accepted(ZHUSHAN, married).await;
    let report = json!({ "about": "b", "suspicion": "coercion", "note": "女方称被打被逼来登记" });
    for (number, couple, office) in [(&wedding, couple, XIANAN), (&divorce, married, ZHUSHAN)] {
        let before = [
            seen_by(&world, &world.citizen(&couple.a()), number).await,
            seen_by(&world, &world.citizen(&couple.b()), number).await,
        ];
        let officer = office.registrar();
        let told = world
            .act(&officer, number, "report_violence", report.clone())
            .await
            .unwrap();
        assert!(format!("{:?}", told.sections).contains("家庭暴力、拐卖线索"));
        // The words themselves are masked even to officers, until they say why.
        assert!(!format!("{told:?}").contains("被逼来登记"));
        let seen = seen_by(&world, &officer, number).await;
        assert!(seen.contains("登记家庭暴力、拐卖线索"), "{seen}");
        for (id, before) in [couple.a(), couple.b()].iter().zip(before) {
            let after = seen_by(&world, &world.citizen(id), number).await;
            assert_eq!(after, before);
            assert!(!after.contains("暴力") && !after.contains("拐卖"));
        }
        let service = CaseworkService::new(world.rt.clone());
        let reveal = |caller: &Caller| {
            let request = casework::RevealRequest {
                number: number.clone(),
                pointer: "/sections/violence/0".into(),
                reason: "核对线索后移送公安机关".into(),
            };
            as_caller(caller, request)
        };
        let other = service.reveal(reveal(&world.citizen(&couple.a()))).await;
        assert!(unwrap(other).is_err());
        let shown = unwrap(service.reveal(reveal(&officer)).await).unwrap();
        assert!(shown.value.contains("被逼来登记"), "{shown:?}");
    }
    let refused = world.register(XIANAN, &wedding).await.unwrap_err();
    assert_eq!(refused.reason, "STOPPED");
    // It ends in neutral words.
    let reasons = json!({ "reasons": "双方改日再办" });
    let ended = world
        .act(&clerk, &wedding, "cancel", reasons)
        .await
        .unwrap();
    assert_eq!(ended.state, "cancelled");

    let payloads: Vec<Vec<u8>> = sqlx::query_scalar(
        "select payload from chassis.outbox
          where event_type = 'yiwang.marriage.domestic_violence.suspected.v1'",
    )
    .fetch_all(&world.db.pool)
    .await
    .unwrap();
    let persons: BTreeSet<String> = payloads
        .iter()
        .map(|bytes| ViolenceSuspected::decode(bytes.as_slice()).unwrap().person)
        .collect();
    let expected = BTreeSet::from([world.key(&couple.b()), world.key(&married.b())]);
    assert_eq!(persons, expected, "a key, no name");
    assert_eq!(payloads.len(), 2, "each told once");
}

/// Someone on the list, by a revocation that two decided; the entry.
async fn listed(world: &World, couple: Couple) -> pb::Dishonesty {
    world.wed(XIANAN, couple).await;
    let mut form = couple.wedding(XIANAN);
    form["record_number"] = "J421202-2026-000001".into();
    form["basis"] = "police_proof".into();
    form["paper"] = json!({ "number": "咸公（2026）7号", "issuer": "咸安公安分局",
                            "date": "2026-05-11" });
    form["facts"] = "冒用他人身份证登记".into();
    form["dishonest"] = json!(["b"]);
    let case = world
        .submit(&XIANAN.registrar(), "registration-revocation", XIANAN, form)
        .await
        .unwrap();
    let opinion = json!({ "opinion": "公安机关证明属实，建议撤销" });
    let colleague = XIANAN.colleague();
    world
        .act(&colleague, &case.number, "propose", opinion)
        .await
        .unwrap();
    let yes = json!({ "agree": true, "reasons": "事实清楚，同意撤销" });
    let approver = XIANAN.officer(3, "何志远", Role::Approver);
    world
        .act(&approver, &case.number, "approve", yes)
        .await
        .unwrap();
    let entries = list(world, &colleague).await.unwrap();
    assert_eq!(entries.len(), 1);
    entries.into_iter().next().unwrap()
}

async fn list(world: &World, caller: &Caller) -> Result<Vec<pb::Dishonesty>, Fault> {
    let request = as_caller(caller, pb::ListDishonestRequest::default());
    let answer = world.register.list_dishonest(request).await;
    unwrap(answer).map(|list| list.entries)
}

async fn contest(
    world: &World,
    caller: &Caller,
    id: &str,
    id_number: String,
) -> Result<pb::Dishonesty, Fault> {
    let request = pb::ContestDishonestyRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: id.into(),
        id_number,
        objection: "身份证在2020年丢过，是别人冒用的".into(),
    };
    unwrap(
        world
            .register
            .contest_dishonesty(as_caller(caller, request))
            .await,
    )
}

async fn decide(
    world: &World,
    caller: &Caller,
    id: &str,
    lift: bool,
) -> Result<pb::Dishonesty, Fault> {
    let request = pb::LiftDishonestyRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: id.into(),
        lift,
        reason: "公安机关补充证明，身份证确系被冒用".into(),
    };
    unwrap(
        world
            .register
            .lift_dishonesty(as_caller(caller, request))
            .await,
    )
}

#[tokio::test]
async fn whoever_is_listed_may_marry_and_the_registrar_is_told() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    listed(&world, couple).await;
    // Anywhere in the country, with anybody.
    let next = Couple(5, 2);
    let wedding = world
        .declared(ZHUSHAN, next.wedding(ZHUSHAN))
        .await
        .unwrap();
    let officer = seen_by(&world, &ZHUSHAN.registrar(), &wedding).await;
    assert!(officer.contains("失信提示"), "{officer}");
    for id in [next.a(), next.b()] {
        let citizen = seen_by(&world, &world.citizen(&id), &wedding).await;
        assert!(!citizen.contains("失信"), "{citizen}");
    }
    let registered = world.register(ZHUSHAN, &wedding).await.unwrap();
    assert_eq!(registered.state, "registered");
}

#[tokio::test]
async fn an_entry_is_contested_by_the_person_and_lifted_by_another_officer() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    let entry = listed(&world, couple).await;
    assert_eq!(
        (entry.name.as_str(), entry.state.as_str()),
        ("李*", "listed")
    );
    assert!(entry.until.starts_with("2031-") && !entry.may_decide);
    let (clerk, approver) = (
        XIANAN.registrar(),
        XIANAN.officer(3, "何志远", Role::Approver),
    );
    // Another region sees nothing, a citizen may not look.
    assert!(list(&world, &ZHUSHAN.registrar()).await.unwrap().is_empty());
    let elsewhere = ZHUSHAN.officer(3, "周远", Role::Approver);
    let refused = decide(&world, &elsewhere, &entry.id, true).await;
    assert_eq!(refused.unwrap_err().reason, "DISHONESTY_NOT_FOUND");
    let citizen = world.citizen(&couple.b());
    assert!(list(&world, &citizen).await.is_err());

    let uncontested = decide(&world, &approver, &entry.id, true).await;
    assert_eq!(uncontested.unwrap_err().reason, "NOT_CONTESTED");
    let other = contest(&world, &clerk, &entry.id, couple.a()).await;
    assert_eq!(other.unwrap_err().fields[0].reason, "OTHER_PERSON");
    let contested = contest(&world, &clerk, &entry.id, couple.b())
        .await
        .unwrap();
    assert_eq!(contested.state, "contested");
    let twice = contest(&world, &clerk, &entry.id, couple.b()).await;
    assert_eq!(twice.unwrap_err().reason, "CONTESTED");
    // One person cannot do both halves.
    let mut both = XIANAN.registrar();
    both.grants.extend(approver.grants.clone());
    let alone = decide(&world, &both, &entry.id, true).await;
    assert_eq!(alone.unwrap_err().reason, "SAME_OFFICER");
    assert!(decide(&world, &clerk, &entry.id, true).await.is_err());

    let seen = list(&world, &approver).await.unwrap();
    assert!(seen[0].may_decide && seen[0].objection.contains("冒用"));
    let kept = decide(&world, &approver, &entry.id, false).await.unwrap();
    assert_eq!(
        (kept.state.as_str(), kept.objection.as_str()),
        ("listed", "")
    );
    contest(&world, &clerk, &entry.id, couple.b())
        .await
        .unwrap();
    let lifted = decide(&world, &approver, &entry.id, true).await.unwrap();
    assert_eq!(lifted.state, "lifted");
    assert!(list(&world, &approver).await.unwrap().is_empty());
    let gone = contest(&world, &clerk, &entry.id, couple.b()).await;
    assert_eq!(gone.unwrap_err().reason, "LIFTED");

    let trail: Vec<String> = world
        .texts(
            "select action from chassis.audit_entry where action like 'dishonesty.%'
                and action <> 'dishonesty.list' order by id",
        )
        .await;
    let expected =
        ["contested", "kept", "contested", "lifted"].map(|what| format!("dishonesty.{what}"));
    assert_eq!(trail, expected);
    let raised = world
        .texts(
            "select event_type from chassis.outbox where aggregate = 'dishonesty' order by version",
        )
        .await;
    assert_eq!(raised.len(), 4);
    // Names and words are sealed.
    let clear: bool = sqlx::query_scalar(
        "select exists (select from marriage.dishonesty
                         where position(convert_to('李四', 'UTF8') in body) > 0)",
    )
    .fetch_one(&world.db.pool)
    .await
    .unwrap();
    assert!(!clear);
    // Nothing is hinted at any more.
    let wedding = world
        .declared(ZHUSHAN, Couple(5, 2).wedding(ZHUSHAN))
        .await
        .unwrap();
    let officer = seen_by(&world, &ZHUSHAN.registrar(), &wedding).await;
    assert!(!officer.contains("失信提示"));
}
