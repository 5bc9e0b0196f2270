//! Closed cases: whoever does not stand on one learns nothing, whatever they ask.

mod emergencies;
mod events;
mod item;
mod lists;
mod report;
mod requests;
mod rule;
mod sight;

use serde_json::{Value, json};
use tonic::{Response, Status};
use uuid::Uuid;
use yiwang_casework::{
    system,
    testing::{House, Service, as_caller, id_number, officer},
};
use yiwang_chassis::{
    clock::Clock as _,
    fault::Fault,
    identity::{Caller, Role},
    ids,
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use self::item::Shielded;
use crate::{sample::OldAge, world::TestDepartments};

/// A village of 竹山县城关镇.
const VILLAGE: &str = "420323100201";
/// A township elsewhere that a case may name.
const ELSEWHERE: &str = "421224100";

/// A service with an open and a closed item.
async fn house() -> House {
    let service = Service {
        name: "sample",
        schemas: vec![yiwang_chassis::SCHEMA, yiwang_casework::SCHEMA],
        rules: &[],
        offer: |rt| rt.offer::<OldAge>()?.offer::<Shielded>(),
    };
    House::open(service, TestDepartments::default()).await
}

/// The form of child number `n`.
fn form(n: u32, received_by: &str) -> Value {
    json!({
        "name": "李小明", "id_number": id_number(n), "mother": id_number(n + 1),
        "carer": id_number(n + 2), "received_by": received_by,
    })
}

/// A case that nobody filed.
async fn open(house: &House, division: &str, form: &Value) -> String {
    let mut conn = house.db.pool.acquire().await.unwrap();
    system::open(&house.rt, &mut conn, "shielded", division, form, "接到报告")
        .await
        .unwrap()
}

/// An idempotency key that was not used before.
fn key(house: &House) -> String {
    ids::new(house.clock.now()).to_string()
}

fn county() -> Caller {
    officer(21, "王主任", Role::ChildCounty, "420323")
}

/// One of each kind of call about one case.
async fn ask_all(
    house: &House,
    caller: &Caller,
    number: &str,
    document: &str,
    certificate: &str,
) -> Vec<(&'static str, Result<(), Status>)> {
    fn done<T>(result: Result<Response<T>, Status>) -> Result<(), Status> {
        result.map(|_| ())
    }
    let key = || key(house);
    let number = || number.to_owned();
    let service = &house.service;
    let get = as_caller(caller, pb::GetCaseRequest { number: number() });
    let history = as_caller(caller, pb::GetHistoryRequest { number: number() });
    let paper = pb::GetDocumentRequest {
        number: number(),
        id: document.into(),
    };
    let reveal = pb::RevealRequest {
        number: number(),
        pointer: "/form/id_number".into(),
        reason: "核对身份证原件".into(),
    };
    let id = certificate.to_owned();
    let certificate = as_caller(caller, pb::GetCertificateRequest { id: id.clone() });
    let show = as_caller(caller, pb::ShowCertificateRequest { id });
    let act = pb::ActRequest {
        idempotency_key: key(),
        number: number(),
        action: "visit".into(),
        ..Default::default()
    };
    let stale = pb::ActRequest {
        idempotency_key: key(),
        expected_version: 99,
        ..act.clone()
    };
    let hand_over = pb::HandOverRequest {
        idempotency_key: key(),
        number: number(),
        to_account: Uuid::from_u128(5).to_string(),
        to_name: "赵六".into(),
        reason: "休假".into(),
    };
    vec![
        ("get", done(service.get_case(get).await)),
        ("history", done(service.get_history(history).await)),
        (
            "document",
            done(service.get_document(as_caller(caller, paper)).await),
        ),
        (
            "reveal",
            done(service.reveal(as_caller(caller, reveal)).await),
        ),
        (
            "certificate",
            done(service.get_certificate(certificate).await),
        ),
        ("show", done(service.show_certificate(show).await)),
        ("act", done(service.act(as_caller(caller, act)).await)),
        ("stale", done(service.act(as_caller(caller, stale)).await)),
        (
            "hand_over",
            done(service.hand_over(as_caller(caller, hand_over)).await),
        ),
    ]
}

/// All that a status says.
fn whole(status: &Status) -> String {
    format!(
        "{:?} {} {:?} {:?}",
        status.code(),
        status.message(),
        status.details(),
        status.metadata()
    )
}

fn fault(result: Result<(), Status>) -> Fault {
    Fault::from(result.unwrap_err())
}

/// The numbers of a list of work, page by page.
async fn work(house: &House, caller: &Caller, view: &str, limit: i32) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut cursor = String::new();
    loop {
        let request = pb::ListWorkRequest {
            view: view.into(),
            limit,
            cursor,
            ..Default::default()
        };
        let page = house.service.list_work(as_caller(caller, request)).await;
        let page = page.unwrap().into_inner();
        assert!(page.cases.len() <= usize::try_from(limit).unwrap());
        numbers.extend(page.cases.into_iter().map(|case| case.number));
        cursor = page.next_cursor;
        if cursor.is_empty() {
            return numbers;
        }
    }
}
