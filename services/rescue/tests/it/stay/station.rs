//! The gRPC service `Stations`.

use serde_json::json;
use uuid::Uuid;
use yiwang_chassis::identity::Role;
use yiwang_proto::rescue::v1::{self as pb, stations_server::Stations as _};

use crate::{
    stay_desk::{Desk, MEN, MINORS, WOMEN, XIANNING},
    world::{as_caller, officer, unwrap},
};

fn key() -> String {
    Uuid::now_v7().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_says_who_is_where_and_what_is_due() {
    let desk = Desk::new().await;
    let man = desk.admitted("male", 45, MEN).await;
    let waiting = desk.registered("female", 30).await;
    desk.later(10);
    let boy = desk.admitted("male", 9, MINORS).await;
    let ask = || pb::GetBoardRequest {
        station: XIANNING.into(),
    };
    let board = unwrap(desk.stations.get_board(as_caller(&desk.first, ask())).await).unwrap();
    assert_eq!((board.head_count, board.unknown, board.minors), (2, 2, 1));
    assert_eq!(board.beds_free, 24 - 2);
    let order: Vec<&str> = board
        .people
        .iter()
        .map(|one| one.case_number.as_str())
        .collect();
    assert_eq!(order[0], waiting, "who waits comes first");
    assert!(order.contains(&man.as_str()) && order.contains(&boy.as_str()));
    let one = board
        .people
        .iter()
        .find(|one| one.case_number == man)
        .unwrap();
    assert!(one.label.starts_with("无名氏"), "{}", one.label);
    assert_eq!((one.place_label.as_str(), one.days), ("男宿舍101", 1));
    assert!(
        one.todo
            .iter()
            .any(|todo| todo == "采集指纹、照片和体貌特征"),
        "{:?}",
        one.todo
    );
    assert!(one.late.is_empty());
    // The next day nothing has been published: red, and it stays so.
    desk.world.go_to("2026-05-13T18:00:00").await;
    let board = unwrap(
        desk.stations
            .get_board(as_caller(&desk.county, ask()))
            .await,
    )
    .unwrap();
    let one = board
        .people
        .iter()
        .find(|one| one.case_number == man)
        .unwrap();
    assert!(
        one.late.iter().any(|step| step == "发布寻亲公告"),
        "{:?}",
        one.late
    );
    let past = pb::GetHeadCountRequest {
        station: XIANNING.into(),
        at: "2026-05-12T09:05".into(),
    };
    let count = unwrap(
        desk.stations
            .get_head_count(as_caller(&desk.first, past))
            .await,
    )
    .unwrap();
    assert_eq!(count.count, 1);
    assert_eq!(count.places[0].label, "男宿舍101");
    // Others do not see it.
    let other = officer(9, "陈建民", Role::Station, "610902");
    let refused = unwrap(desk.stations.get_board(as_caller(&other, ask())).await).unwrap_err();
    assert_eq!(refused.reason, "WRONG_ROLE");
    let listed = unwrap(
        desk.stations
            .list_stations(tonic::Request::new(pb::ListStationsRequest::default()))
            .await,
    );
    assert_eq!(listed.unwrap().stations.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn places_articles_and_the_log() {
    let desk = Desk::new().await;
    let number = desk.admitted("female", 45, WOMEN).await;
    let may = pb::ListPlacesRequest {
        station: XIANNING.into(),
        case_number: number.clone(),
        all: false,
    };
    let places = unwrap(desk.stations.list_places(as_caller(&desk.first, may)).await).unwrap();
    let rooms: Vec<&str> = places
        .places
        .iter()
        .filter(|place| place.kind == "room")
        .map(|place| place.label.as_str())
        .collect();
    assert_eq!(rooms, ["女宿舍201", "隔离观察室"]);
    assert_eq!(places.places[0].occupants[0].case_number, number);
    let save = |place: pb::Place| pb::SavePlaceRequest {
        idempotency_key: key(),
        place: Some(place),
    };
    // Nobody is shut out of a bed.
    let closed = pb::Place {
        active: false,
        ..places.places[0].clone()
    };
    let used = unwrap(
        desk.stations
            .save_place(as_caller(&desk.first, save(closed)))
            .await,
    );
    assert_eq!(used.unwrap_err().fields[0].reason, "IN_USE");
    let men = pb::Place {
        side: "men".into(),
        ..places.places[0].clone()
    };
    let used = unwrap(
        desk.stations
            .save_place(as_caller(&desk.first, save(men)))
            .await,
    );
    assert_eq!(used.unwrap_err().fields[0].reason, "IN_USE");
    let new = pb::Place {
        station: XIANNING.into(),
        kind: "room".into(),
        label: "女宿舍202".into(),
        side: "women".into(),
        berths: 4,
        active: true,
        ..pb::Place::default()
    };
    let request = save(new.clone());
    let first = unwrap(
        desk.stations
            .save_place(as_caller(&desk.first, request.clone()))
            .await,
    );
    let again = unwrap(
        desk.stations
            .save_place(as_caller(&desk.first, request))
            .await,
    );
    assert_eq!(first.unwrap().id, again.unwrap().id);
    let twice = unwrap(
        desk.stations
            .save_place(as_caller(&desk.first, save(new)))
            .await,
    );
    assert_eq!(twice.unwrap_err().fields[0].reason, "LABEL_TAKEN");

    let article = pb::Article {
        station: XIANNING.into(),
        name: "雨衣".into(),
        unit: "件".into(),
        kind: "clothing".into(),
        ..pb::Article::default()
    };
    let request = pb::SaveArticleRequest {
        idempotency_key: key(),
        article: Some(article),
    };
    let coat = unwrap(
        desk.stations
            .save_article(as_caller(&desk.first, request))
            .await,
    )
    .unwrap();
    let moved = |quantity| pb::MoveStockRequest {
        idempotency_key: key(),
        article: coat.id.clone(),
        quantity,
        reason: "爱心企业捐赠".into(),
    };
    let request = moved(20);
    for _ in 0..2 {
        let answer = desk
            .stations
            .move_stock(as_caller(&desk.first, request.clone()))
            .await;
        assert_eq!(unwrap(answer).unwrap().on_hand, 20);
    }
    let short = unwrap(
        desk.stations
            .move_stock(as_caller(&desk.first, moved(-21)))
            .await,
    );
    assert_eq!(short.unwrap_err().fields[0].reason, "OUT_OF_STOCK");
    let give = json!({ "article": coat.id, "quantity": 1 });
    desk.act(&number, "give", give).await.unwrap();
    let request = pb::ListArticleMovesRequest {
        article: coat.id.clone(),
    };
    let moves = unwrap(
        desk.stations
            .list_article_moves(as_caller(&desk.county, request))
            .await,
    );
    let moves = moves.unwrap().moves;
    let counted: Vec<i32> = moves.iter().map(|one| one.quantity).collect();
    assert_eq!(counted.iter().sum::<i32>(), 19);

    let meal = json!({ "kind": "meal", "text": "午餐一份，进食正常" });
    desk.act(&number, "care", meal).await.unwrap();
    let request = || pb::ListCareRequest {
        case_number: number.clone(),
    };
    let log = unwrap(
        desk.stations
            .list_care(as_caller(&desk.second, request()))
            .await,
    )
    .unwrap();
    assert_eq!(log.entries[0].kind_label, "用餐");
    let request = pb::ListBelongingsRequest {
        case_number: number.clone(),
    };
    let things = unwrap(
        desk.stations
            .list_belongings(as_caller(&desk.second, request))
            .await,
    );
    assert_eq!(things.unwrap().belongings[0].what, "布包");
    let looks = "select count(*)::text from chassis.audit_entry where action like '%.read'";
    assert_eq!(desk.world.text(looks).await, "2");

    let new = pb::SaveStationRequest {
        idempotency_key: key(),
        station: Some(pb::Station {
            name: "咸安区救助管理站".into(),
            division: "421202001".into(),
            address: "温泉街道长安大道6号".into(),
            phone: "0715-8255111".into(),
            active: true,
            ..pb::Station::default()
        }),
    };
    let no = unwrap(
        desk.stations
            .save_station(as_caller(&desk.first, new.clone()))
            .await,
    );
    assert_eq!(no.unwrap_err().reason, "WRONG_ROLE");
    let saved = unwrap(
        desk.stations
            .save_station(as_caller(&desk.county, new))
            .await,
    )
    .unwrap();
    assert_eq!(saved.code, "421202001-JZ02");
}
