//! What everybody reads: what stands, and nothing that names anybody.

use jiff::SignedDuration;
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1::{self as pb, notices_server::Notices};
use yiwang_rescue::{
    domain::search::Public,
    search::publish::{publish, refresh, standing, withdraw},
};

use super::{XIANNING, ZHUSHAN, arrive, service};
use crate::world::{World, unwrap};

fn notice(sex: &str, age: (u16, u16), marks: &str) -> Public {
    Public {
        sex: sex.to_owned(),
        age_from: age.0,
        age_to: age.1,
        height: Some(158),
        name: "李**".to_owned(),
        accent: "陕南口音".to_owned(),
        told_places: "说家在一条大河边".to_owned(),
        marks: marks.to_owned(),
        clothes: "蓝色棉衣".to_owned(),
        found_on: "2026-05-12".to_owned(),
        found_at: "咸宁北站广场".to_owned(),
        reduced: false,
        photo: None,
    }
}

/// Three notices, a minute apart: two in 咸安, one in 竹山.
async fn three(world: &World) {
    let mut conn = world.db.pool.acquire().await.unwrap();
    for (number, station, body) in [
        ("JZ1", XIANNING, notice("female", (50, 60), "左眉有疤")),
        ("JZ2", XIANNING, notice("male", (15, 20), "走路跛")),
        ("JZ3", ZHUSHAN, notice("male", (60, 70), "左臂有疤")),
    ] {
        world.clock.advance(SignedDuration::from_mins(1));
        let now = world.rt.now();
        arrive(&world.db.pool, number, station, now).await;
        publish(&mut conn, number, &station[..6], &body, now)
            .await
            .unwrap();
    }
}

async fn ask(world: &World, request: pb::ListNoticesRequest) -> Result<pb::NoticeList, Fault> {
    let service = service(world);
    unwrap(service.list_notices(tonic::Request::new(request)).await)
}

/// Marks of the notices that answer.
async fn found(world: &World, request: pb::ListNoticesRequest) -> Vec<String> {
    let list = ask(world, request).await.unwrap();
    list.notices.into_iter().map(|one| one.marks).collect()
}

#[tokio::test]
async fn the_board_is_searched_by_place_sex_age_and_words() {
    let world = World::new().await;
    three(&world).await;
    let all = pb::ListNoticesRequest::default;
    let (scar, limp, arm) = ("左眉有疤", "走路跛", "左臂有疤");
    assert_eq!(found(&world, all()).await, [arm, limp, scar]);
    let county = |division: &str| pb::ListNoticesRequest {
        division: division.into(),
        ..all()
    };
    assert_eq!(found(&world, county("421202")).await, [limp, scar]);
    assert_eq!(found(&world, county("420300")).await, [arm]);
    assert_eq!(found(&world, county("420000")).await, [arm, limp, scar]);
    let sex = pb::ListNoticesRequest {
        sex: "male".into(),
        ..all()
    };
    assert_eq!(found(&world, sex).await, [arm, limp]);
    let age = |age_from, age_to| pb::ListNoticesRequest {
        age_from,
        age_to,
        ..all()
    };
    assert_eq!(found(&world, age(58, 62)).await, [arm, scar]);
    assert_eq!(found(&world, age(0, 15)).await, [limp]);
    assert_eq!(found(&world, age(61, 0)).await, [arm]);
    let words = |words: &str| pb::ListNoticesRequest {
        words: words.into(),
        ..all()
    };
    assert_eq!(found(&world, words("疤 大河")).await, [arm, scar]);
    assert_eq!(found(&world, words("眉")).await, [scar]);
    assert!(found(&world, words("东北口音")).await.is_empty());
    // A percent sign is a percent sign.
    assert!(found(&world, words("%")).await.is_empty());
}

#[tokio::test]
async fn pages_follow_each_other_and_wrong_questions_are_refused() {
    let world = World::new().await;
    three(&world).await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let request = pb::ListNoticesRequest {
            limit: 2,
            cursor,
            ..Default::default()
        };
        let page = ask(&world, request).await.unwrap();
        seen.extend(page.notices.into_iter().map(|one| one.marks));
        cursor = page.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(seen, ["左臂有疤", "走路跛", "左眉有疤"]);
    for wrong in [
        pb::ListNoticesRequest {
            sex: "x".into(),
            ..Default::default()
        },
        pb::ListNoticesRequest {
            age_from: 60,
            age_to: 50,
            ..Default::default()
        },
        pb::ListNoticesRequest {
            cursor: "'; drop".into(),
            ..Default::default()
        },
        pb::ListNoticesRequest {
            division: "4212%2".into(),
            ..Default::default()
        },
    ] {
        assert!(ask(&world, wrong).await.is_err());
    }
}

#[tokio::test]
async fn a_withdrawn_notice_is_gone_for_everybody() {
    let world = World::new().await;
    three(&world).await;
    let mut conn = world.db.pool.acquire().await.unwrap();
    let now = world.rt.now();
    let id = standing(&mut conn, "JZ1").await.unwrap().unwrap();
    let get = |id: String| {
        let service = service(&world);
        async move {
            unwrap(
                service
                    .get_notice(tonic::Request::new(pb::GetNoticeRequest { id }))
                    .await,
            )
        }
    };
    let shown = get(id.to_string()).await.unwrap();
    assert_eq!(shown.name, "李**");
    assert_eq!(shown.station, "咸宁市救助管理站");
    assert_eq!(shown.county_name, "湖北省咸宁市咸安区");
    assert!(
        !format!("{shown:?}").contains("JZ1"),
        "the case is nobody's business"
    );

    // Only once, renewed in place.
    let body = notice("female", (50, 60), "左眉有疤，右手少一指");
    let again = publish(&mut conn, "JZ1", "421202", &body, now).await;
    assert!(again.unwrap_err().to_string().contains("ALREADY_PUBLISHED"));
    refresh(&mut conn, "JZ1", &body, now).await.unwrap();
    let renewed = get(id.to_string()).await.unwrap();
    assert!(renewed.marks.contains("右手"));
    assert_eq!(renewed.published_at, shown.published_at);

    // What a rolled-back identification withdrew still stands.
    let mut tx = world.db.pool.begin().await.unwrap();
    assert!(
        withdraw(&mut tx, "JZ1", "周敏", "身份已经查明", now)
            .await
            .unwrap()
    );
    tx.rollback().await.unwrap();
    assert!(get(id.to_string()).await.is_ok());

    assert!(
        withdraw(&mut conn, "JZ1", "周敏", "身份已经查明", now)
            .await
            .unwrap()
    );
    assert!(
        !withdraw(&mut conn, "JZ1", "周敏", "身份已经查明", now)
            .await
            .unwrap()
    );
    let gone = get(id.to_string()).await.unwrap_err();
    assert_eq!(gone.reason, "NOTICE_NOT_FOUND");
    assert_eq!(
        get("no-id".into()).await.unwrap_err().reason,
        "NOTICE_NOT_FOUND"
    );
    assert_eq!(
        found(&world, pb::ListNoticesRequest::default()).await.len(),
        2
    );
    let refused = refresh(&mut conn, "JZ1", &body, now).await;
    assert!(refused.unwrap_err().to_string().contains("NOT_PUBLISHED"));

    // The identification was taken back: a new notice, with a new address.
    publish(&mut conn, "JZ1", "421202", &body, now)
        .await
        .unwrap();
    let anew = standing(&mut conn, "JZ1").await.unwrap().unwrap();
    assert_ne!(anew, id);
    assert!(get(id.to_string()).await.is_err());
}
