//! Halls as their county keeps them: opened, changed, closed for a day; who booked is
//! neither oversold nor forgotten.

mod days;

use uuid::Uuid;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Grant, Role},
};
use yiwang_marriage::register::read;
use yiwang_proto::marriage::v1::{self as pb, halls_server::Halls};

use crate::stage::{HALL, OTHER_HALL, Stage, as_caller, unwrap};

/// A popular day.
const DAY: &str = "2026-05-20";
const TIME: &str = "2026-05-20T09:00";

/// A county officer of a place.
fn keeper(division: &str) -> Caller {
    Caller {
        account: Uuid::from_u128(800_000),
        name: "周晓梅".into(),
        person: None,
        grants: vec![Grant::new(Role::CountyOfficer, division)],
        session: None,
        on_behalf_of: None,
    }
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

fn hours(four: [&str; 4]) -> Option<pb::DayHours> {
    let [opens, closes_noon, opens_noon, closes] = four.map(str::to_owned);
    Some(pb::DayHours {
        opens,
        closes_noon,
        opens_noon,
        closes,
    })
}

/// A second hall of 咸安区.
fn new_hall() -> pb::SaveHallRequest {
    pb::SaveHallRequest {
        idempotency_key: key(),
        division: "421202001".into(),
        name: "温泉公园婚姻登记点".into(),
        address: "湖北省咸宁市咸安区温泉公园北门".into(),
        phone: "0715-8320520".into(),
        competence: vec!["mainland".into()],
        hours: hours(["9:00", "12:00", "12:00", "16:00"]),
        slot_minutes: 60,
        slot_capacity: 1,
        active: true,
        ..Default::default()
    }
}

async fn save(
    stage: &Stage,
    caller: &Caller,
    request: pb::SaveHallRequest,
) -> Result<pb::HallSetup, Fault> {
    unwrap(stage.halls.save_hall(as_caller(caller, request)).await)
}

async fn get(stage: &Stage, caller: &Caller, code: &str) -> Result<pb::HallSetup, Fault> {
    let request = pb::GetHallRequest { code: code.into() };
    unwrap(stage.halls.get_hall(as_caller(caller, request)).await)
}

/// A hall as it is, to be saved with changes.
async fn as_it_is(stage: &Stage, caller: &Caller, code: &str) -> pb::SaveHallRequest {
    let setup = get(stage, caller, code).await.unwrap();
    let hall = setup.hall.unwrap();
    pb::SaveHallRequest {
        idempotency_key: key(),
        code: hall.code,
        version: setup.version,
        division: hall.division,
        name: hall.name,
        address: hall.address,
        phone: "0715-8320520".into(),
        grade: hall.grade,
        competence: hall.competence,
        hours: setup.hours,
        slot_minutes: setup.slot_minutes,
        slot_capacity: setup.slot_capacity,
        population: setup.population,
        active: setup.active,
    }
}

fn day(set: &str) -> pb::SetDayRequest {
    pb::SetDayRequest {
        idempotency_key: key(),
        hall: HALL.into(),
        day: DAY.into(),
        set: set.into(),
        ..Default::default()
    }
}

async fn set(
    stage: &Stage,
    caller: &Caller,
    request: pb::SetDayRequest,
) -> Result<pb::HallDay, Fault> {
    unwrap(stage.halls.set_day(as_caller(caller, request)).await)
}

fn registrar() -> pb::SaveRegistrarRequest {
    pb::SaveRegistrarRequest {
        idempotency_key: key(),
        hall: HALL.into(),
        account: Uuid::from_u128(7).to_string(),
        name: "孙丽".into(),
        active: true,
        qualified_until: "2026-12-31".into(),
        trained_on: "2024-03-01".into(),
        examined_on: "2024-03-05".into(),
        kinds: vec!["mainland".into()],
    }
}

async fn save_registrar(
    stage: &Stage,
    caller: &Caller,
    request: pb::SaveRegistrarRequest,
) -> Result<pb::Registrar, Fault> {
    unwrap(stage.halls.save_registrar(as_caller(caller, request)).await)
}

#[tokio::test]
async fn an_opened_hall_has_times_and_is_booked() {
    let stage = Stage::new().await;
    let officer = keeper("421202");
    let request = new_hall();
    let opened = save(&stage, &officer, request.clone()).await.unwrap();
    let code = opened.hall.as_ref().unwrap().code.clone();
    // The first of the township is the demonstration's.
    assert_eq!(code, "421202001-02");
    assert!(
        opened.warnings[0].contains("登记员"),
        "{:?}",
        opened.warnings
    );
    // Repeated: the same answer, no second hall.
    assert_eq!(save(&stage, &officer, request).await.unwrap(), opened);

    let slots = stage.slots(&code, DAY).await.slots;
    assert_eq!(slots.len(), 7);
    stage.book([1, 2], &code, TIME).await.unwrap();
    let full = stage.book([3, 4], &code, TIME).await.unwrap_err();
    assert_eq!(full.reason, "SLOT_FULL");

    let taken = pb::SaveHallRequest {
        code: code.clone(),
        ..new_hall()
    };
    let taken = save(&stage, &officer, taken).await.unwrap_err();
    assert_eq!(taken.fields[0].field, "/code");
    let list = as_caller(&officer, pb::ListManagedHallsRequest {});
    let list = unwrap(stage.halls.list_managed_halls(list).await).unwrap();
    let codes: Vec<_> = list
        .halls
        .iter()
        .map(|one| &one.hall.as_ref().unwrap().code)
        .collect();
    assert_eq!(codes, [HALL, &code]);
    assert_eq!(stage.audited("hall.opened").await, 1);
}

#[tokio::test]
async fn only_officers_of_the_county_keep_its_halls() {
    let stage = Stage::new().await;
    let clerk = crate::stage::clerk("421202");
    for (who, reads) in [
        (keeper("420323"), false),
        (clerk, false),
        (stage.citizen(1), false),
        (keeper("421202001"), true),
        (keeper("421200"), true),
    ] {
        let read = get(&stage, &who, HALL).await.map_err(|fault| fault.code);
        assert_eq!(read.is_ok(), reads, "{:?}", who.grants);
        let saved = save(&stage, &who, new_hall()).await;
        let added = save_registrar(&stage, &who, registrar()).await;
        let closed = pb::SetDayRequest {
            reason: "停电".into(),
            ..day("closed")
        };
        let closed = set(&stage, &who, closed).await;
        if reads {
            assert!(saved.is_ok() && added.is_ok() && closed.is_ok());
        } else {
            assert_eq!(read.unwrap_err(), Code::Forbidden);
            for fault in [saved.unwrap_err(), added.unwrap_err(), closed.unwrap_err()] {
                assert_eq!(fault.code, Code::Forbidden);
            }
        }
    }
    let nowhere = get(&stage, &keeper("421202"), "421202999-01").await;
    assert_eq!(nowhere.unwrap_err().reason, "HALL_UNKNOWN");
}

#[tokio::test]
async fn fewer_places_send_nobody_away_and_let_nobody_in() {
    let stage = Stage::new().await;
    let officer = keeper("421202");
    let first = stage.book([1, 2], HALL, TIME).await.unwrap();
    stage.book([3, 4], HALL, TIME).await.unwrap();
    let fewer = pb::SaveHallRequest {
        slot_capacity: 1,
        ..as_it_is(&stage, &officer, HALL).await
    };
    let stale = pb::SaveHallRequest {
        idempotency_key: key(),
        ..fewer.clone()
    };
    let saved = save(&stage, &officer, fewer).await.unwrap();
    assert_eq!((saved.slot_capacity, saved.version), (1, 2));
    let lost = save(&stage, &officer, stale).await.unwrap_err();
    assert_eq!(lost.code, Code::Conflict);

    let places = "select capacity || '/' || booked from marriage.slot";
    let places: String = sqlx::query_scalar(places)
        .fetch_one(stage.pool())
        .await
        .unwrap();
    assert_eq!(places, "2/2");
    assert_eq!(stage.free(HALL, TIME).await, 0);
    // One of the two leaves: still as many as there are places.
    stage
        .cancel(&stage.citizen(1), &first.number, "c")
        .await
        .unwrap();
    assert_eq!(stage.free(HALL, TIME).await, 0);
    let full = stage.book([5, 6], HALL, TIME).await.unwrap_err();
    assert_eq!(full.reason, "SLOT_FULL");

    let more = pb::SaveHallRequest {
        slot_capacity: 2,
        ..as_it_is(&stage, &officer, HALL).await
    };
    save(&stage, &officer, more).await.unwrap();
    stage.book([5, 6], HALL, TIME).await.unwrap();
    assert_eq!(stage.free(HALL, TIME).await, 0);
}

#[tokio::test]
async fn a_hall_with_appointments_is_not_shut_for_good() {
    let stage = Stage::new().await;
    let officer = keeper("421221");
    let booked = stage.book([1, 2], OTHER_HALL, TIME).await.unwrap();
    let shut = pb::SaveHallRequest {
        active: false,
        ..as_it_is(&stage, &officer, OTHER_HALL).await
    };
    let refused = save(&stage, &officer, shut.clone()).await.unwrap_err();
    assert_eq!(refused.reason, "HALL_HAS_BOOKINGS");
    stage
        .cancel(&stage.citizen(1), &booked.number, "c")
        .await
        .unwrap();
    save(&stage, &officer, shut).await.unwrap();
    let gone = stage.book([3, 4], OTHER_HALL, TIME).await.unwrap_err();
    assert_eq!(gone.reason, "HALL_UNKNOWN");
    // Its county still sees it.
    assert!(!get(&stage, &officer, OTHER_HALL).await.unwrap().active);
}

#[tokio::test]
async fn a_registrar_registers_while_qualified_and_on_duty() {
    let stage = Stage::new().await;
    let officer = keeper("421202");
    let added = save_registrar(&stage, &officer, registrar()).await.unwrap();
    assert!(added.may_register);
    let mut conn = stage.pool().acquire().await.unwrap();
    let account = Uuid::from_u128(7);
    let mut qualified = async |day: &str| {
        let day = day.parse().unwrap();
        let of_hall = read::qualified(&mut conn, account, HALL, day)
            .await
            .unwrap();
        assert_eq!(
            read::registrar(&mut conn, account, day).await.unwrap(),
            of_hall
        );
        of_hall
    };
    assert!(qualified("2026-12-31").await);
    assert!(!qualified("2027-01-01").await, "expired");
    assert_eq!(get(&stage, &officer, HALL).await.unwrap().registrars, 1);
    let gone = pb::SaveRegistrarRequest {
        active: false,
        ..registrar()
    };
    assert!(
        !save_registrar(&stage, &officer, gone)
            .await
            .unwrap()
            .may_register
    );
    assert!(!qualified("2026-05-12").await, "off duty");
    let list = pb::ListRegistrarsRequest { hall: HALL.into() };
    let list = unwrap(stage.halls.list_registrars(as_caller(&officer, list)).await).unwrap();
    assert_eq!(list.registrars.len(), 1);
    assert_eq!(stage.audited("hall.registrar").await, 2);
    let untrained = pb::SaveRegistrarRequest {
        trained_on: String::new(),
        ..registrar()
    };
    let untrained = save_registrar(&stage, &officer, untrained)
        .await
        .unwrap_err();
    assert_eq!(untrained.fields[0].field, "/trained_on");
}
