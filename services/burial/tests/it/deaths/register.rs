//! Uses, identification, revocations and alarms.

use prost::Message as _;
use uuid::Uuid;
use yiwang_burial::{
    deaths::{
        By, DeathsService, Recorded, alarm,
        change::{Why, identify},
        number,
        reactions::Stays,
        read, record, uses,
    },
    domain::death::{Identity, UsedFor},
};
use yiwang_casework::ApplyError;
use yiwang_chassis::{
    identity::{Caller, Role},
    inbox::{Handler as _, Incoming},
};
use yiwang_proto::{
    burial::v1::{self as pb, deaths_server::Deaths},
    rescue::v1::StayChanged,
};

use super::{CLINIC, death, told};
use crate::world::{TONGSHAN, World, as_caller, id_number, officer, unwrap};

const FEED: By<'static> = By {
    actor: "system:death-feed",
    name: "大畈镇卫生院",
};

fn county() -> Caller {
    officer(1, "郑科员", Role::CountyOfficer, "421224")
}

fn reason(error: ApplyError) -> &'static str {
    match error {
        ApplyError::Refused(refusal) => refusal.code,
        ApplyError::Database(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn one_valid_death_per_person_and_each_use_once() {
    let world = World::new().await;
    let (rt, now) = (&world.rt, world.rt.now());
    let id = id_number(1);
    let mut conn = world.db.pool.acquire().await.unwrap();
    let mut printed = death(&id);
    printed.number = "4212242600017".to_owned();
    for expected in [Recorded::New, Recorded::Known] {
        let done = record(rt, &mut conn, &printed, FEED, now).await.unwrap();
        assert_eq!(done, expected);
    }
    let other = record(rt, &mut conn, &death(&id), FEED, now).await;
    assert_eq!(reason(other.unwrap_err()), "DEATH_KNOWN");
    let mut stranger = death(&id_number(2));
    stranger.number = printed.number.clone();
    let taken = record(rt, &mut conn, &stranger, FEED, now).await;
    assert_eq!(reason(taken.unwrap_err()), "DEATH_NUMBER_TAKEN");

    let found = read::of_person(rt, &mut conn, &world.key(&id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.name.as_str(), found.died_on().to_string().as_str()),
        ("王德发", "2026-05-11")
    );
    let key = found.number_key;
    let funeral = UsedFor::Funeral;
    for case in ["ZS1", "ZS1"] {
        uses::take(&mut conn, &key, funeral, "通山县殡仪馆", case, now)
            .await
            .unwrap();
    }
    let second = uses::take(&mut conn, &key, funeral, "通山县殡仪馆", "ZS2", now).await;
    assert_eq!(reason(second.unwrap_err()), "DEATH_ALREADY_USED");

    let service = DeathsService::new(world.rt.clone());
    let noted = async |used_for: &str| {
        let request = pb::UseDeathRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            number: "4212242600017".into(),
            used_for: used_for.into(),
        };
        unwrap(service.use_death(as_caller(&county(), request)).await)
    };
    let death = noted("police").await.unwrap();
    assert_eq!((death.name.as_str(), death.used_for.len()), ("王**", 2));
    assert_eq!(
        noted("police").await.unwrap_err().reason,
        "DEATH_ALREADY_USED"
    );
    assert_eq!(noted("funeral").await.unwrap_err().reason, "INVALID_INPUT");
    let auditor = officer(9, "审计", Role::Auditor, "000000");
    let request = pb::GetDeathRequest {
        number: "4212242600017".into(),
    };
    let refused = service.get_death(as_caller(&auditor, request)).await;
    assert_eq!(unwrap(refused).unwrap_err().reason, "FORBIDDEN");
}

#[tokio::test]
async fn a_nameless_body_that_gets_a_name_is_a_death_for_everybody() {
    let world = World::new().await;
    let (rt, now) = (&world.rt, world.rt.now());
    let id = id_number(1);
    let mut nameless = death(&id);
    nameless.number = format!("{CLINIC}0001");
    nameless.identity = Identity {
        name: "无".to_owned(),
        document: None,
        sex: None,
        born: None,
        household: String::new(),
        ethnicity: String::new(),
    };
    let mut conn = world.db.pool.acquire().await.unwrap();
    record(rt, &mut conn, &nameless, FEED, now).await.unwrap();
    assert!(told(&world, &id).await.is_empty());
    let key = number::key(rt, &nameless.number, 2026);
    let why = Why {
        by: FEED,
        reason: "DNA比对",
        now,
    };
    let who = death(&id).identity;
    identify(rt, &mut conn, &key, &who, why).await.unwrap();
    let events = told(&world, &id).await;
    assert_eq!((events.len(), events[0].0.as_str()), (1, "recorded"));
    let again = identify(rt, &mut conn, &key, &who, why).await;
    assert_eq!(reason(again.unwrap_err()), "DEATH_IDENTIFIED");
    let found = read::by_number(rt, &mut conn, &nameless.number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.name.as_str(), found.household.as_str()),
        ("王德发", TONGSHAN)
    );
    let versions = "select version || coalesce(' ' || person_key, '') from burial.death_version
                     order by version";
    assert_eq!(
        world.texts(versions).await,
        ["1".to_owned(), format!("2 {}", world.key(&id))]
    );
}

#[tokio::test]
async fn a_death_is_taken_back_by_two() {
    let world = World::new().await;
    let (rt, now) = (&world.rt, world.rt.now());
    let id = id_number(1);
    let mut conn = world.db.pool.acquire().await.unwrap();
    record(rt, &mut conn, &death(&id), FEED, now).await.unwrap();
    let service = DeathsService::new(world.rt.clone());
    let ask = pb::AskDeathRevocationRequest {
        idempotency_key: "ask-1".into(),
        number: id.clone(),
        reason: "本人到窗口，健在".into(),
    };
    let elsewhere = officer(5, "钱科员", Role::CountyOfficer, "421202");
    let foreign = service
        .ask_death_revocation(as_caller(&elsewhere, ask.clone()))
        .await;
    assert_eq!(unwrap(foreign).unwrap_err().reason, "DEATH_NOT_FOUND");
    let both = Caller {
        grants: [Role::CountyOfficer, Role::Approver]
            .map(|role| yiwang_chassis::identity::Grant::new(role, "421224"))
            .into(),
        ..county()
    };
    let asked = service
        .ask_death_revocation(as_caller(&both, ask.clone()))
        .await;
    let asked = unwrap(asked).unwrap();
    let replay = service
        .ask_death_revocation(as_caller(&both, ask.clone()))
        .await;
    assert_eq!(unwrap(replay).unwrap(), asked);
    let twice = pb::AskDeathRevocationRequest {
        idempotency_key: "ask-2".into(),
        ..ask
    };
    let twice = service.ask_death_revocation(as_caller(&both, twice)).await;
    assert_eq!(unwrap(twice).unwrap_err().reason, "ASKED_ALREADY");
    let approver = officer(3, "吴审批", Role::Approver, "421224");
    let list = pb::ListDeathRevocationsRequest::default();
    let list = service
        .list_death_revocations(as_caller(&approver, list))
        .await;
    assert_eq!(
        unwrap(list).unwrap().revocations,
        std::slice::from_ref(&asked)
    );
    let decide = |key: &str| pb::DecideDeathRevocationRequest {
        idempotency_key: key.into(),
        id: asked.id.clone(),
        agree: true,
        reason: "核对身份证，确为本人".into(),
    };
    let own = service
        .decide_death_revocation(as_caller(&both, decide("d1")))
        .await;
    assert_eq!(unwrap(own).unwrap_err().reason, "SAME_OFFICER");
    assert_eq!(told(&world, &id).await.len(), 1);
    let done = service
        .decide_death_revocation(as_caller(&approver, decide("d2")))
        .await;
    assert_eq!(unwrap(done).unwrap().state, "agreed");
    let late = service
        .decide_death_revocation(as_caller(&approver, decide("d3")))
        .await;
    assert_eq!(unwrap(late).unwrap_err().reason, "DECIDED");
    let events: Vec<String> = told(&world, &id)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(events, ["recorded", "revoked"]);
}

#[tokio::test]
async fn ashes_without_a_death_ring_an_alarm() {
    let world = World::new().await;
    let (rt, now) = (&world.rt, world.rt.now());
    let id = id_number(1);
    let person = world.key(&id);
    let cremation = alarm::Cremation {
        body: "YT4212242600001",
        person: Some(&person),
        death: None,
        certificate: "HH4212242600001",
        county: "421224",
    };
    let mut conn = world.db.pool.acquire().await.unwrap();
    for _ in 0..2 {
        assert!(
            alarm::check_cremation(&mut conn, cremation, now)
                .await
                .unwrap()
        );
    }
    record(rt, &mut conn, &death(&id), FEED, now).await.unwrap();
    let other = alarm::Cremation {
        body: "YT4212242600002",
        ..cremation
    };
    assert!(!alarm::check_cremation(&mut conn, other, now).await.unwrap());

    let service = DeathsService::new(world.rt.clone());
    let list = async |caller: &Caller| {
        let request = pb::ListDeathAlarmsRequest::default();
        let list = service.list_death_alarms(as_caller(caller, request)).await;
        unwrap(list).unwrap().alarms
    };
    let elsewhere = officer(5, "钱科员", Role::CountyOfficer, "421202");
    assert!(list(&elsewhere).await.is_empty());
    let alarms = list(&county()).await;
    assert_eq!(alarms.len(), 1);
    assert_eq!(alarms[0].reference, "YT4212242600001 HH4212242600001");
    let settle = pb::SettleDeathAlarmRequest {
        idempotency_key: "s1".into(),
        id: alarms[0].id.clone(),
        settlement: "已补录死亡证明".into(),
        outcome: "dead".into(),
    };
    let settled = service
        .settle_death_alarm(as_caller(&county(), settle))
        .await;
    assert!(unwrap(settled).unwrap().settled);
    assert!(list(&county()).await.is_empty());
}

#[tokio::test]
async fn what_is_paid_waits_until_somebody_has_looked() {
    let world = World::new().await;
    let now = world.rt.now();
    let id = id_number(1);
    let person = world.key(&id);
    let mut conn = world.db.pool.acquire().await.unwrap();
    for (body, certificate) in [("YT1", "HH1"), ("YT1", "HH1"), ("YT2", "HH2")] {
        let cremation = alarm::Cremation {
            body,
            person: Some(&person),
            death: None,
            certificate,
            county: "421224",
        };
        alarm::check_cremation(&mut conn, cremation, now)
            .await
            .unwrap();
    }
    let events = async || -> Vec<String> {
        let told = told(&world, &id).await;
        told.into_iter().map(|(event, ..)| event).collect()
    };
    assert_eq!(events().await, ["doubted", "doubted"]);
    let service = DeathsService::new(world.rt.clone());
    let list = pb::ListDeathAlarmsRequest::default();
    let list = service.list_death_alarms(as_caller(&county(), list)).await;
    for (at, alarm) in unwrap(list).unwrap().alarms.into_iter().enumerate() {
        let settle = pb::SettleDeathAlarmRequest {
            idempotency_key: format!("s{at}"),
            id: alarm.id,
            settlement: "火化的是另一个人，本人健在".into(),
            outcome: "other".into(),
        };
        // Unsaid, nothing is decided; nobody is dead without a record of it.
        for (outcome, code) in [("", "REQUIRED"), ("dead", "NOT_RECORDED")] {
            let wrong = pb::SettleDeathAlarmRequest {
                idempotency_key: format!("{outcome}{at}"),
                outcome: outcome.into(),
                ..settle.clone()
            };
            let refused = service.settle_death_alarm(as_caller(&county(), wrong));
            let fault = unwrap(refused.await).unwrap_err();
            assert_eq!(fault.fields[0].reason, code);
        }
        let settled = service
            .settle_death_alarm(as_caller(&county(), settle))
            .await;
        unwrap(settled).unwrap();
        // One that still rings keeps the money waiting.
        assert_eq!(events().await.len(), 2 + at);
    }
    assert_eq!(events().await, ["doubted", "doubted", "settled"]);
}

#[tokio::test]
async fn whoever_is_dead_is_not_paid_when_the_alarm_is_settled() {
    let world = World::new().await;
    let (rt, now) = (&world.rt, world.rt.now());
    let id = id_number(1);
    let person = world.key(&id);
    let mut conn = world.db.pool.acquire().await.unwrap();
    let cremation = alarm::Cremation {
        body: "YT1",
        person: Some(&person),
        death: None,
        certificate: "HH1",
        county: "421224",
    };
    alarm::check_cremation(&mut conn, cremation, now)
        .await
        .unwrap();
    record(rt, &mut conn, &death(&id), FEED, now).await.unwrap();
    let service = DeathsService::new(world.rt.clone());
    let list = pb::ListDeathAlarmsRequest::default();
    let list = service.list_death_alarms(as_caller(&county(), list)).await;
    let alarms = unwrap(list).unwrap().alarms;
    assert!(alarms[0].asks_outcome);
    let settle = pb::SettleDeathAlarmRequest {
        idempotency_key: "s".into(),
        id: alarms[0].id.clone(),
        settlement: "是本人，已补录死亡证明".into(),
        outcome: "dead".into(),
    };
    let settled = service
        .settle_death_alarm(as_caller(&county(), settle))
        .await;
    unwrap(settled).unwrap();
    let told = told(&world, &id).await;
    let events: Vec<String> = told.into_iter().map(|(event, ..)| event).collect();
    assert_eq!(events, ["doubted", "recorded"]);
}

#[tokio::test]
async fn somebody_dead_in_the_register_who_is_in_a_station_is_looked_at() {
    let world = World::new().await;
    let (rt, now) = (&world.rt, world.rt.now());
    let id = id_number(1);
    let mut conn = world.db.pool.acquire().await.unwrap();
    record(rt, &mut conn, &death(&id), FEED, now).await.unwrap();
    let handler = Stays {
        runtime: world.rt.clone(),
    };
    let rows = [
        ("identified", "SZ1", world.key(&id)),
        ("identified", "SZ1", world.key(&id)),
        ("identified", "SZ2", world.key(&id_number(2))),
        ("died", "SZ3", String::new()),
    ];
    for (what, case, person) in rows {
        let stay = StayChanged {
            case_number: case.into(),
            station: "421202-001".into(),
            person,
            on: "2026-05-12".into(),
            ..StayChanged::default()
        };
        let event = Incoming {
            id: Uuid::now_v7(),
            event_type: format!("yiwang.rescue.stay.{what}.v1"),
            source: "rescue".into(),
            subject: format!("yiwang.rescue.stay.{what}"),
            aggregate: "stay".into(),
            aggregate_id: case.into(),
            version: 1,
            occurred_at: now,
            traceparent: None,
            payload: stay.encode_to_vec(),
        };
        assert!(handler.wants(&event.event_type));
        handler.handle(&mut conn, &event).await.unwrap();
    }
    let alarms = "select kind || ' ' || reference || ' ' || division from burial.death_alarm
                   order by reference";
    let place = death(&id).event.place;
    let expected = [
        format!("found_alive SZ1 {place}"),
        "died_in_station SZ3 421202".to_owned(),
    ];
    assert_eq!(world.texts(alarms).await, expected);
    assert_eq!(
        told(&world, &id).await.len(),
        1,
        "no message makes anybody alive"
    );
}
