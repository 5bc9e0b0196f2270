//! Money on a real database: bills and waivers, the list, subsidies, refunds, complaints.

mod bank;
mod callback;
mod fees;
mod list;
mod once;
mod paying;
mod quiet;
mod ranges;

use serde_json::{Value, json};
use yiwang_burial::{
    domain::bill::{Bill, Line, Quantity},
    money::{
        PricesService,
        benefits::{self, Benefit, Kind},
        demo, store,
    },
};
use yiwang_casework::ApplyError;
use yiwang_chassis::{
    clock::Clock as _,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::burial::v1::{self as pb, prices_server::Prices};

use crate::{
    house::{HOME, House, papers, people},
    world::{TONGSHAN, as_caller, officer, unwrap},
};

/// A home with a price list.
async fn priced() -> (House, PricesService) {
    let house = House::new().await;
    demo::seed(&house.world.db.pool).await.unwrap();
    let prices = PricesService::new(house.world.rt.clone());
    (house, prices)
}

/// The first funeral until the body is cremated, on 2026-05-13 at eleven.
async fn cremated(house: &House) -> (String, Caller) {
    let (number, family, tag) = house.scheduled(0, "2026-05-13T10:00").await;
    house.world.go_to("2026-05-13T08:05:00").await;
    house
        .both(&number, "verify", papers(0, &tag))
        .await
        .unwrap();
    house.world.go_to("2026-05-13T10:00:00").await;
    house
        .both(&number, "start_cremation", json!({ "tag": tag }))
        .await
        .unwrap();
    house.world.go_to("2026-05-13T11:00:00").await;
    house
        .both(&number, "finish_cremation", json!({ "tag": tag }))
        .await
        .unwrap();
    (number, family)
}

async fn settle(house: &House, number: &str, data: Value) -> Result<(), Fault> {
    house
        .world
        .act(&house.first, number, "settle", data)
        .await
        .map(|_| ())
}

async fn bills(
    prices: &PricesService,
    caller: &Caller,
    number: &str,
) -> Result<Vec<pb::Bill>, Fault> {
    let request = pb::ListBillsRequest {
        case_number: number.into(),
    };
    unwrap(prices.list_bills(as_caller(caller, request)).await).map(|list| list.bills)
}

/// The only bill of a case.
async fn bill(prices: &PricesService, caller: &Caller, number: &str) -> Result<pb::Bill, Fault> {
    let mut bills = bills(prices, caller, number).await?;
    assert_eq!(bills.len(), 1);
    Ok(bills.remove(0))
}

fn code(result: Result<(), ApplyError>) -> &'static str {
    match result {
        Err(ApplyError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_cremated_in_tongshan_pays_nothing_for_the_basic_services() {
    let (house, prices) = priced().await;
    let (number, family) = cremated(&house).await;
    settle(&house, &number, json!({})).await.unwrap();
    let shown = bill(&prices, &family, &number).await.unwrap();
    let codes: Vec<&str> = shown.lines.iter().map(|line| line.code.as_str()).collect();
    assert_eq!(codes, ["transport", "storage", "cremation.flat"]);
    assert_eq!((shown.charged_fen, shown.subsidised_fen), (0, 0));
    assert!(shown.waived_fen > 80_000 && shown.waived_fen == shown.lines_fen);
    assert!(shown.lines.iter().all(|line| !line.document.is_empty()));
    assert_eq!(shown.number, format!("ZD{HOME}-2026-000001"));
    let waiver = house
        .world
        .text("select case_number || ' ' || division from burial.benefit where kind = 'waiver'")
        .await;
    assert_eq!(waiver, format!("{number} 421224100"));

    // Others see no bill, offices of the region do.
    let stranger = house.world.citizen(&people(7).1);
    let hidden = bill(&prices, &stranger, &number).await.unwrap_err();
    assert_eq!(hidden.reason, "BILL_UNKNOWN");
    assert!(bill(&prices, &house.county, &number).await.is_ok());
    let neighbour = officer(777, "邻县", Role::CountyOfficer, "420323");
    assert!(bill(&prices, &neighbour, &number).await.is_err());

    // The same dead person is waived for nowhere again: the table's key says so.
    let mut conn = house.world.db.pool.acquire().await.unwrap();
    let again = Benefit {
        person: &house.world.key(&people(0).0),
        kind: Kind::Waiver,
        case_number: "ZS-竹山",
        division: "420323100",
        fen: 100,
        at_once: true,
    };
    let refused = benefits::grant(&mut conn, again, house.world.clock.now()).await;
    assert_eq!(code(refused), "BENEFIT_ALREADY_GRANTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_waived_for_elsewhere_pays_here() {
    let (house, prices) = priced().await;
    let (number, family) = cremated(&house).await;
    let mut conn = house.world.db.pool.acquire().await.unwrap();
    let first = Benefit {
        person: &house.world.key(&people(0).0),
        kind: Kind::Waiver,
        case_number: "BX0",
        division: "420323100",
        fen: 100,
        at_once: false,
    };
    benefits::grant(&mut conn, first, house.world.clock.now())
        .await
        .unwrap();
    settle(&house, &number, json!({})).await.unwrap();
    let shown = bill(&prices, &family, &number).await.unwrap();
    assert_eq!((shown.waived_fen, shown.charged_fen), (0, shown.lines_fen));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_outside_the_list_is_charged() {
    let (house, prices) = priced().await;
    let (number, family) = cremated(&house).await;
    let flowers = json!({ "extra": [{ "code": "flowers", "hundredths": 100 }] });
    let refused = settle(&house, &number, flowers).await.unwrap_err();
    assert_eq!(refused.reason, "NOT_ON_LIST");
    // Nothing was settled; a wreath of the list may follow.
    let wreaths = json!({ "extra": [{ "code": "wreath", "hundredths": 200, "yuan": "30.00" }] });
    settle(&house, &number, wreaths).await.unwrap();
    let shown = bill(&prices, &family, &number).await.unwrap();
    assert_eq!(shown.charged_fen, 6_000);
    // And the database has the last word.
    let line = Line {
        code: "flowers".to_owned(),
        title: "鲜花".to_owned(),
        unit: "束".to_owned(),
        division: "421224".to_owned(),
        valid_from: "2024-01-01".parse().unwrap(),
        quantity: Quantity::units(1),
        unit_fen: 100,
        fen: 100,
        charged: 100,
        waived: 0,
        subsidised: 0,
    };
    let forged = Bill { lines: vec![line] };
    let mut tx = house.world.db.pool.begin().await.unwrap();
    let new = store::New {
        case_number: "ZS-X",
        facility: HOME,
        person: None,
        round: 1,
    };
    let refused = store::record(&mut tx, new, &forged, house.world.clock.now()).await;
    assert_eq!(code(refused.map(|_| ())), "NOT_ON_LIST");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_brings_money_back_under_two_signatures() {
    let (house, prices) = priced().await;
    let (number, family) = cremated(&house).await;
    let wreaths = json!({ "extra": [{ "code": "wreath", "hundredths": 200, "yuan": "30.00" }] });
    settle(&house, &number, wreaths).await.unwrap();
    let charged = bill(&prices, &family, &number).await.unwrap();
    let form = json!({
        "complainant": { "name": "张伟", "id_number": people(0).1, "phone": "13800001234" },
        "facility": HOME, "kind": "bundled", "charged_on": "2026-05-13",
        "bill": charged.number, "text": "没有要花圈，硬要收钱。",
    });
    let world = &house.world;
    let case = world
        .submit(&family, "price-complaint", TONGSHAN, form)
        .await
        .unwrap();
    let colleague = officer(504, "孙丽", Role::CountyOfficer, "421224");
    world
        .act(&house.county, &case.number, "accept", Value::Null)
        .await
        .unwrap();
    let find = |yuan: &str| {
        json!({ "outcome": "refund", "findings": "花圈不是承办人所选。", "bill": charged.number,
                "yuan": yuan })
    };
    let refused = world
        .act(&house.county, &case.number, "find", find("60.01"))
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "REFUND_TOO_MUCH");
    world
        .act(&house.county, &case.number, "find", find("60.00"))
        .await
        .unwrap();
    let alone = world
        .act(&house.county, &case.number, "countersign", Value::Null)
        .await;
    assert_eq!(alone.unwrap_err().reason, "SAME_PERSON");
    let case = world
        .act(&colleague, &case.number, "countersign", Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "refunded");
    let after = bill(&prices, &family, &number).await.unwrap();
    assert_eq!(
        (after.refunded_fen, after.state.as_str()),
        (6_000, "refunded")
    );
    let told = world
        .text("select count(*)::text from chassis.outbox where subject = 'yiwang.burial.price.violation'")
        .await;
    assert_eq!(told, "1");
}
