//! The price list and the waivers as everybody reads them; new versions.

use uuid::Uuid;
use yiwang_burial::{domain::price::Price, money::catalogue};
use yiwang_chassis::identity::Caller;
use yiwang_proto::burial::v1::{self as pb, prices_server::Prices};

use super::priced;
use crate::{
    house::HOME,
    world::{TONGSHAN, as_caller, unwrap},
};

fn flat(from: &str, fen: i64) -> pb::Price {
    pb::Price {
        code: "cremation.flat".into(),
        title: "火化（平板炉）".into(),
        class: "basic".into(),
        unit: "具".into(),
        fen,
        document: "通发改价〔2026〕3号".into(),
        valid_from: from.into(),
        pricing: "guided".into(),
        division: "421224".into(),
        ..pb::Price::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_price_holds_from_its_day_and_the_past_stays() {
    let (house, prices) = priced().await;
    let save = |caller: &Caller, price: pb::Price| {
        let request = pb::SavePriceRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            price: Some(price),
        };
        let (prices, request) = (prices.clone(), as_caller(caller, request));
        async move { unwrap(prices.save_price(request).await) }
    };
    let by_home = save(&house.first, flat("2026-06-01", 55_000))
        .await
        .unwrap_err();
    assert_eq!(by_home.reason, "WRONG_ROLE");
    let late = save(&house.county, flat("2026-05-12", 55_000))
        .await
        .unwrap_err();
    assert_eq!(late.fields[0].reason, "PAST");
    let bare = pb::Price {
        document: String::new(),
        ..flat("2026-06-01", 55_000)
    };
    let bare = save(&house.county, bare).await.unwrap_err();
    assert_eq!(bare.fields[0].reason, "DOCUMENT_REQUIRED");
    save(&house.county, flat("2026-06-01", 55_000))
        .await
        .unwrap();

    let on = |day: &'static str| {
        let prices = prices.clone();
        async move {
            let request = pb::ListPricesRequest {
                division: "421224".into(),
                day: day.into(),
            };
            let list = unwrap(prices.list_prices(tonic::Request::new(request)).await).unwrap();
            let flat = list
                .prices
                .into_iter()
                .find(|one| one.code == "cremation.flat");
            flat.unwrap().fen
        }
    };
    assert_eq!(
        (on("2026-05-31").await, on("2026-06-01").await),
        (50_000, 55_000)
    );
    // Not even by hand.
    let changed = sqlx::query("update burial.price set fen = 1 where code = 'cremation.flat'")
        .execute(&house.world.db.pool)
        .await;
    assert!(changed.is_err());
    let events = house
        .world
        .text("select count(*)::text from chassis.outbox where subject = 'yiwang.burial.price.changed'")
        .await;
    assert_eq!(events, "1");
    let mut conn = house.world.db.pool.acquire().await.unwrap();
    let day = "2026-07-01".parse().unwrap();
    let list: Vec<Price> = catalogue::of_facility(&mut conn, TONGSHAN, HOME, day)
        .await
        .unwrap();
    assert_eq!(
        list.iter()
            .filter(|one| one.code == "cremation.flat")
            .count(),
        1
    );
}

#[tokio::test]
async fn what_a_county_waives_is_told_in_words() {
    let (_house, prices) = priced().await;
    let request = pb::ListWaiversRequest {
        division: "421224".into(),
        day: String::new(),
    };
    let list = unwrap(prices.list_waivers(tonic::Request::new(request)).await).unwrap();
    assert_eq!(list.for_whom, "在本地火化的逝者");
    assert!(
        list.items
            .iter()
            .any(|one| one.text == "遗体存放72小时以内，最多1080元")
    );
    assert!(
        list.subsidies
            .iter()
            .any(|one| one.text == "树葬，奖补2000元")
    );
}
