//! One person each.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_proto::casework::v1 as pb;
use yiwang_rescue::stays::places;

use crate::{
    stay_desk::{Desk, HOSPITAL, MEN, MEN_TOO, MINORS, WOMEN, XIANNING},
    world::{XIANAN, as_caller, id_number, unwrap},
};

pub(super) fn own_word() -> Value {
    json!({ "signed": true, "things_returned": true, "ticket": "direct", "to": "安康站",
            "fare_yuan": 10, "fare_signed": true })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_man_comes_moves_is_ill_and_goes() {
    let desk = Desk::new().await;
    let number = desk.registered("male", 45).await;
    assert!(desk.places().await.is_empty());
    // Nobody chooses: the first room for men.
    let case = desk.admit(&number, None).await.unwrap();
    assert_eq!(case.state, "admitted");
    assert_eq!(desk.places().await, [format!("{number} 男宿舍101")]);
    desk.later(60);
    let mv = json!({ "place": Desk::place(MEN_TOO), "reasons": "靠近卫生间" });
    desk.act(&number, "move_place", mv).await.unwrap();
    assert_eq!(desk.places().await, [format!("{number} 男宿舍102")]);
    desk.later(60);
    let ill = json!({ "hospital": "咸宁市中心医院", "reasons": "高热" });
    let case = desk.act(&number, "send_hospital", ill).await.unwrap();
    assert_eq!(case.state, "in_hospital");
    assert_eq!(desk.places().await, [format!("{number} 定点医院")]);
    // Help does not end in illness, and nobody is moved about in the house meanwhile.
    let end = json!({ "ground": "disorder", "reasons": "吵闹", "things_returned": true });
    let early = desk.act(&number, "terminate", end).await.unwrap_err();
    assert_eq!(early.reason, "WRONG_STATE");
    desk.later(600);
    let back = json!({ "opinion": "肺炎治愈，可以出院", "place": Desk::place(MEN) });
    let case = desk.act(&number, "back_from_hospital", back).await.unwrap();
    assert_eq!(case.state, "admitted");
    let in_hospital = desk.now() - jiff::SignedDuration::from_mins(300);
    let mut conn = desk.world.db.pool.acquire().await.unwrap();
    let then = places::head_count(&mut conn, XIANNING, in_hospital).await;
    assert_eq!(then.unwrap(), 1);
    desk.later(60);
    let case = desk.act(&number, "ask_leave", Value::Null).await.unwrap();
    assert!(
        case.clocks.iter().any(|clock| clock.name == "leave"),
        "{:?}",
        case.clocks
    );
    let case = desk
        .act(&number, "leave_own_word", own_word())
        .await
        .unwrap();
    assert_eq!(case.state, "left");
    assert!(
        case.documents
            .iter()
            .any(|paper| paper.title == "自行离站声明书")
    );
    assert!(desk.places().await.is_empty());
    let now = places::head_count(&mut conn, XIANNING, desk.now()).await;
    assert_eq!(now.unwrap(), 0);
    // One row after the other, without a gap between them.
    let gaps: i64 = sqlx::query_scalar(
        "select count(*) from rescue.occupancy a where upper(a.during) <>
            coalesce((select min(lower(b.during)) from rescue.occupancy b
                       where b.case_number = a.case_number and lower(b.during) > lower(a.during)),
                     (select left_at from rescue.stay where stay.case_number = a.case_number))",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    assert_eq!(gaps, 0);
    assert_eq!(desk.told("yiwang.rescue.stay.admitted").await, 1);
    assert_eq!(desk.told("yiwang.rescue.stay.left").await, 1);
    let settled = desk.world.texts("select state from rescue.belonging").await;
    assert_eq!(settled, ["returned"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_room_names_the_free_ones() {
    let desk = Desk::new().await;
    for _ in 0..6 {
        desk.admitted("male", 40, MEN).await;
    }
    let number = desk.registered("male", 40).await;
    let full = desk.admit(&number, Some(MEN)).await.unwrap_err();
    assert_eq!(full.reason, "PLACE_FULL");
    let free: Vec<&str> = full
        .fields
        .iter()
        .filter(|field| field.reason == "FREE")
        .map(|field| field.message.as_str())
        .collect();
    assert!(
        free.iter().any(|text| text.contains("男宿舍102（空6）")),
        "{free:?}"
    );
    assert!(!free.iter().any(|text| text.contains("女宿舍")), "{free:?}");
    let wrong = desk.admit(&number, Some(WOMEN)).await.unwrap_err();
    assert_eq!(wrong.reason, "WRONG_SIDE");
    let minors = desk.admit(&number, Some(MINORS)).await.unwrap_err();
    assert_eq!(minors.reason, "WRONG_SIDE");
    let vehicle = desk.admit(&number, Some(7)).await.unwrap_err();
    assert_eq!(vehicle.reason, "WRONG_KIND");
    let hospital = desk.admit(&number, Some(HOSPITAL)).await.unwrap();
    assert_eq!(hospital.state, "in_hospital");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minor_goes_home_with_the_guardian_only() {
    let desk = Desk::new().await;
    let number = desk.admitted("male", 11, MINORS).await;
    assert_eq!(desk.told("yiwang.rescue.minor.found").await, 1);
    let alone = desk
        .act(&number, "leave_own_word", own_word())
        .await
        .unwrap_err();
    assert_eq!(alone.reason, "MINOR_ALONE");
    let end = json!({ "ground": "disorder", "reasons": "吵闹", "things_returned": true });
    let ended = desk.act(&number, "terminate", end).await.unwrap_err();
    assert_eq!(ended.reason, "NEVER_MINOR");
    let mother = json!({
        "name": "赵兰", "number": id_number(20), "relation": "parent", "card_checked": true,
        "proof": "户口簿", "phone": "13900001111", "guardian_verified": true,
        "things_returned": true,
    });
    let unknown = desk
        .act(&number, "fetched", mother.clone())
        .await
        .unwrap_err();
    assert_eq!(unknown.reason, "NOT_IDENTIFIED");
    let who = json!({ "basis": "police", "paper": "温公函〔2026〕7号", "name": "赵小军",
                      "number": "421224201503041376" });
    desk.act(&number, "identify", who).await.unwrap();
    let same = desk
        .act(&number, "countersign", Value::Null)
        .await
        .unwrap_err();
    assert_eq!(same.reason, "SAME_PERSON");
    let case = desk
        .world
        .act(&desk.second, &number, "countersign", Value::Null)
        .await;
    assert!(case.unwrap().state == "admitted");
    let key = desk.world.text("select person_key from rescue.stay").await;
    assert_eq!(key, desk.world.key("421224201503041376"));
    let mut cousin = mother.clone();
    cousin["relation"] = "relative".into();
    let wrong = desk.act(&number, "fetched", cousin).await.unwrap_err();
    assert_eq!(wrong.reason, "GUARDIAN_ONLY");
    let case = desk.both(&number, "fetched", mother).await.unwrap();
    assert_eq!(case.state, "left");
    assert_eq!(
        desk.world.text("select leave_type from rescue.stay").await,
        "fetched"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_is_one_act() {
    let desk = Desk::new().await;
    let number = desk.admitted("female", 50, WOMEN).await;
    let article = desk
        .world
        .text("select id::text from rescue.article where name = '餐食' and station like '421202%'")
        .await;
    let request = pb::ActRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        number: number.clone(),
        action: "give".into(),
        data: json!({ "article": article, "quantity": 2 }).to_string(),
        ..pb::ActRequest::default()
    };
    use yiwang_proto::casework::v1::casework_server::Casework as _;
    for _ in 0..3 {
        let answer = desk
            .world
            .service
            .act(as_caller(&desk.first, request.clone()))
            .await;
        assert_eq!(unwrap(answer).unwrap().state, "admitted");
    }
    let left = "select on_hand::text from rescue.article where id =
                (select article from rescue.article_move)";
    assert_eq!(desk.world.text(left).await, "298");
    let much = json!({ "article": article, "quantity": 299 });
    let out = desk.act(&number, "give", much).await.unwrap_err();
    assert_eq!(out.reason, "OUT_OF_STOCK");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_knows_who_it_is_for_ten_days() {
    let desk = Desk::new().await;
    let number = desk.admitted("female", 60, WOMEN).await;
    let clues = json!({ "said_name": "王桂花", "said_place": "安康，汉江边上", "accent": "陕南口音",
                        "body_marks": "左手背有烫伤疤", "height_cm": 158 });
    desk.act(&number, "clues", clues).await.unwrap();
    let biometrics = json!({ "fingerprint": "ZW42001", "photo": [Uuid::from_u128(77)],
                             "face_searched": true, "compared": "救助系统、寻亲网没有查到" });
    desk.act(&number, "biometrics", biometrics).await.unwrap();
    let publish = json!({ "media": "全国救助寻亲网、咸宁日报", "photo": true });
    desk.act(&number, "publish", publish).await.unwrap();
    let published = "select state from rescue.publication";
    assert_eq!(desk.world.text(published).await, "published");
    assert_eq!(desk.told("yiwang.rescue.search.unknown_24h").await, 1);
    // The eleventh day.
    desk.world.go_to("2026-05-23T09:00:00").await;
    let stranded = desk
        .world
        .text("select stranded_on::text from rescue.stay")
        .await;
    assert_eq!(stranded, "2026-05-23");
    let care = json!({ "form": "house", "reasons": "身体尚可，站内照料" });
    desk.act(&number, "choose_care", care).await.unwrap();

    let man = id_number(30);
    let case = desk.identified(&number, "王桂香", &man).await;
    assert_eq!(case.state, "admitted");
    assert_eq!(desk.world.text(published).await, "withdrawn");
    let open = "select count(*)::text from rescue.search_step
                 where done_at is null and ended_at is null and step <> 'unpublish'";
    assert_eq!(desk.world.text(open).await, "0");
    // It was somebody else: everything runs on as it stood.
    let wrong = json!({ "reasons": "家属辨认不是本人" });
    desk.both(&number, "take_back_identification", wrong)
        .await
        .unwrap();
    let nobody = desk
        .world
        .texts("select case_number from rescue.stay where person_key is null");
    assert_eq!(nobody.await, [number.as_str()]);
    assert_ne!(desk.world.text(open).await, "0");
    assert_eq!(desk.told("yiwang.rescue.stay.unidentified").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_in_writing_never_a_minor() {
    let desk = Desk::new().await;
    let citizen = desk.world.citizen(&id_number(1));
    let form = json!({ "station": XIANNING, "source": "own", "sex": "male", "looks_age": 40 });
    let online = desk
        .world
        .submit(&citizen, "station-stay", XIANAN, form.clone())
        .await
        .unwrap_err();
    assert_eq!(online.reason, "WRONG_ROLE");
    let case = desk
        .world
        .submit(&desk.first, "station-stay", XIANAN, form)
        .await
        .unwrap();
    let number = case.number;
    let danger = json!({ "findings": "头部流血", "signs": ["wounds"] });
    let first = desk.act(&number, "screen", danger).await.unwrap_err();
    assert_eq!(first.reason, "HOSPITAL_FIRST");
    let seen = json!({ "findings": "神志清楚" });
    desk.act(&number, "screen", seen.clone()).await.unwrap();
    let no = json!({ "agreed": false, "checker": "刘春生", "checker_sex": "male" });
    let case = desk.act(&number, "security", no.clone()).await.unwrap();
    assert_eq!(case.state, "refused");
    assert!(
        case.documents
            .iter()
            .any(|paper| paper.title == "不予救助通知书")
    );
    let boy = desk.arrive("male", 15).await;
    desk.act(&boy, "screen", seen.clone()).await.unwrap();
    let must = desk.act(&boy, "security", no.clone()).await.unwrap_err();
    assert_eq!(must.reason, "MUST_HELP");
    let woman = desk.arrive("female", 30).await;
    desk.act(&woman, "screen", seen).await.unwrap();
    let by_a_man = json!({ "agreed": true, "checker": "刘春生", "checker_sex": "male" });
    let wrong = desk.act(&woman, "security", by_a_man).await.unwrap_err();
    assert_eq!(wrong.reason, "SAME_SEX");
}
