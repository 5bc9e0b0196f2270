//! What is typed wrong, who may see whom, and the card on the reader.

use axum::{Json, Router, extract::Path, http::StatusCode, response::IntoResponse, routing::get};
use serde_json::json;
use tokio::net::TcpListener;
use tonic::Request;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::marriage::v1::{self as pb, halls_server::Halls};

use crate::stage::{HALL, OTHER_HALL, Stage, as_caller, clerk, id_number, unwrap, wish};

#[tokio::test]
async fn every_mistake_is_named_at_its_field() {
    let stage = Stage::new().await;
    let caller = stage.citizen(1);
    type Change = fn(&mut pb::BookRequest);
    let cases: [(Change, &str, &str); 13] = [
        (|wish| wish.kind = "party".into(), "/kind", "NOT_OFFERED"),
        (|wish| wish.visitors.truncate(1), "/visitors", "WRONG_COUNT"),
        (
            |wish| wish.kind = "reissue".into(),
            "/visitors",
            "WRONG_COUNT",
        ),
        (|wish| wish.phone.clear(), "/phone", "PHONE"),
        (
            |wish| wish.visitors[0].name = " ".into(),
            "/visitors/0/name",
            "NAME",
        ),
        (
            |wish| wish.visitors[1].name = "张\u{0}三".into(),
            "/visitors/1/name",
            "NAME",
        ),
        (
            |wish| wish.visitors[1].id_number.clear(),
            "/visitors/1/id_number",
            "ID_EMPTY",
        ),
        (
            |wish| wish.visitors[1].id_number = "420323199001010000".into(),
            "/visitors/1/id_number",
            "ID_CHECK_DIGIT",
        ),
        (
            |wish| wish.visitors[1].id_number = id_number(1),
            "/visitors/1/id_number",
            "SAME_PERSON",
        ),
        (
            |wish| wish.visitors.swap(0, 1),
            "/visitors/0/id_number",
            "NOT_APPLICANT",
        ),
        (
            |wish| wish.starts_at = "明天".into(),
            "/starts_at",
            "NOT_A_TIME",
        ),
        (
            |wish| wish.starts_at = "-009999-01-01T09:00".into(),
            "/starts_at",
            "TOO_LATE",
        ),
        (
            |wish| wish.starts_at = "9999-12-31T23:59".into(),
            "/starts_at",
            "TOO_EARLY",
        ),
    ];
    for (change, field, reason) in cases {
        let mut wish = wish("k", [1, 2], HALL, "2026-05-20T09:00");
        change(&mut wish);
        let fault = stage.send(&caller, wish).await.unwrap_err();
        assert_eq!(fault.code, Code::InvalidInput, "{field} {reason}");
        let found: Vec<_> = fault
            .fields
            .iter()
            .map(|one| (&*one.field, &*one.reason))
            .collect();
        assert!(
            found.contains(&(field, reason)),
            "{reason} not in {found:?}"
        );
    }
    let nowhere = wish("k", [1, 2], "420323100-09", "2026-05-20T09:00");
    let fault = stage.send(&caller, nowhere).await.unwrap_err();
    assert_eq!(fault.reason, "HALL_UNKNOWN");
    let mut nobody = caller.clone();
    nobody.person = None;
    let fault = stage
        .send(&nobody, wish("k", [1, 2], HALL, "2026-05-20T09:00"))
        .await;
    assert_eq!(fault.unwrap_err().reason, "NO_PERSON");
    let count: i64 = sqlx::query_scalar("select count(*) from marriage.appointment")
        .fetch_one(stage.pool())
        .await
        .unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_certificate_is_fetched_alone() {
    let stage = Stage::new().await;
    let mut alone = wish("k", [1, 2], HALL, "2026-05-20T09:00");
    alone.kind = "reissue".into();
    alone.visitors.truncate(1);
    let booked = stage.send(&stage.citizen(1), alone).await.unwrap();
    assert_eq!(
        (booked.state.as_str(), booked.visitors.len()),
        ("booked", 1)
    );
    assert!(
        booked.number.starts_with("YY421202260520"),
        "{}",
        booked.number
    );
    assert!(yiwang_civic::number::parse(&booked.number).is_ok());
}

#[tokio::test]
async fn halls_are_listed_by_place() {
    let stage = Stage::new().await;
    let codes = async |division: &str| {
        let request = pb::ListHallsRequest {
            division: division.into(),
        };
        let found = unwrap(stage.halls.list_halls(Request::new(request)).await).unwrap();
        let codes = found.halls.into_iter().map(|hall| hall.code);
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes("").await.len(), 6);
    assert_eq!(codes("421200").await.len(), 3);
    assert_eq!(codes("421221").await, [OTHER_HALL]);
    assert!(codes("%").await.is_empty());
    let request = Request::new(pb::ListHallsRequest::default());
    let halls = unwrap(stage.halls.list_halls(request).await).unwrap().halls;
    let hall = halls.iter().find(|hall| hall.code == HALL).unwrap();
    assert_eq!(hall.division_name, "湖北省咸宁市咸安区温泉街道");
    assert_eq!(hall.hours, "工作日 8:30至12:00，14:30至17:30");
    assert!(hall.competence.contains(&"foreign".to_owned()));
}

async fn of_day(
    stage: &Stage,
    caller: &yiwang_chassis::identity::Caller,
) -> Result<Vec<pb::Appointment>, Fault> {
    let request = pb::ListAppointmentsRequest {
        hall: HALL.into(),
        day: "2026-05-20".into(),
    };
    let found = stage
        .halls
        .list_appointments(as_caller(caller, request))
        .await;
    unwrap(found).map(|list| list.appointments)
}

#[tokio::test]
async fn a_day_is_seen_by_its_own_counter_masked_and_one_appointment_in_full() {
    let stage = Stage::new().await;
    let late = stage.book([3, 4], HALL, "2026-05-20T10:00").await.unwrap();
    let early = stage.book([1, 2], HALL, "2026-05-20T09:00").await.unwrap();
    stage.book([5, 6], HALL, "2026-05-21T09:00").await.unwrap();
    stage
        .cancel(&stage.citizen(3), &late.number, "c")
        .await
        .unwrap();

    let list = of_day(&stage, &clerk("421202")).await.unwrap();
    let numbers: Vec<_> = list.iter().map(|one| one.number.as_str()).collect();
    assert_eq!(numbers, [early.number.as_str()]);
    assert_eq!(list[0].visitors[0].name, "张*");
    assert!(list[0].visitors[0].id_number.starts_with("420323****"));
    assert_eq!(list[0].phone, "138****1234");
    for stranger in [clerk("421221"), stage.citizen(1)] {
        let refused = of_day(&stage, &stranger).await.unwrap_err();
        assert_eq!(refused.code, Code::Forbidden);
    }
    assert_eq!(stage.audited("appointment.list").await, 1);

    let get = async |caller| {
        let request = pb::GetAppointmentRequest {
            number: early.number.clone(),
        };
        unwrap(
            stage
                .halls
                .get_appointment(as_caller(&caller, request))
                .await,
        )
    };
    for known in [clerk("421200"), stage.citizen(1), stage.citizen(2)] {
        let full = get(known).await.unwrap();
        assert_eq!(full.visitors[1].id_number, id_number(2));
    }
    for stranger in [clerk("421221"), stage.citizen(5)] {
        let hidden = get(stranger).await.unwrap_err();
        assert_eq!(
            (hidden.code, &*hidden.reason),
            (Code::NotFound, "APPOINTMENT_NOT_FOUND")
        );
    }
    // Own reads are nobody's business.
    assert_eq!(stage.audited("appointment.read").await, 1);
}

/// Readers of which one has a card on it.
async fn readers() -> String {
    let read = async |Path((hall, reader)): Path<(String, String)>| {
        if (hall.as_str(), reader.as_str()) != (HALL, "desk-1") {
            return StatusCode::NOT_FOUND.into_response();
        }
        Json(json!({
            "name": "张三", "sex": "男", "nation": "汉", "birth_date": "1990-01-01",
            "address": "湖北省竹山县城关镇", "id_number": id_number(1),
            "authority": "竹山县公安局", "valid_from": "2020-01-01", "valid_to": "2040-01-01"
        }))
        .into_response()
    };
    let router = Router::new().route("/id-reader/v1/readers/{hall}/{reader}", get(read));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/id-reader/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    base
}

#[tokio::test]
async fn a_card_is_read_by_the_clerks_of_the_hall_and_audited() {
    let stage = Stage::with_reader(&readers().await).await;
    let read = async |division: &str, hall: &str, reader: &str| {
        let request = pb::ReadCardRequest {
            hall: hall.into(),
            reader: reader.into(),
        };
        unwrap(
            stage
                .halls
                .read_card(as_caller(&clerk(division), request))
                .await,
        )
    };
    let card = read("421202", HALL, "desk-1").await.unwrap();
    assert_eq!((card.name.as_str(), card.id_number), ("张三", id_number(1)));
    assert_eq!(stage.audited("card.read").await, 1);
    let purpose: Option<String> =
        sqlx::query_scalar("select purpose from chassis.audit_entry where action = 'card.read'")
            .fetch_one(stage.pool())
            .await
            .unwrap();
    assert!(purpose.is_some());
    let reason = async |division: &str, hall: &str, reader: &str| {
        read(division, hall, reader).await.unwrap_err().reason
    };
    assert_eq!(reason("421202", HALL, "desk-2").await, "NO_CARD");
    assert_eq!(reason("421221", HALL, "desk-1").await, "WRONG_ROLE");
    assert_eq!(
        reason("421202", "420323100-09", "desk-1").await,
        "HALL_UNKNOWN"
    );
    for odd in ["", "../x", "a/b", "台一", "x?y", "%2e%2e", &"x".repeat(33)] {
        let refused = read("421202", HALL, odd).await.unwrap_err();
        assert_eq!(refused.fields[0].reason, "READER_UNKNOWN", "{odd}");
    }
    assert_eq!(stage.audited("card.read").await, 1);
}

#[tokio::test]
async fn a_reader_that_is_away_says_so() {
    let stage = Stage::new().await;
    let request = pb::ReadCardRequest {
        hall: HALL.into(),
        reader: "desk-1".into(),
    };
    let away = stage
        .halls
        .read_card(as_caller(&clerk("421202"), request))
        .await;
    let fault = unwrap(away).unwrap_err();
    assert_eq!(
        (fault.code, &*fault.reason),
        (Code::Unavailable, "READER_AWAY")
    );
}
