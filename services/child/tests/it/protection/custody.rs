//! Guardianship by civil affairs: no gap, no second placement, no second guardian.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_child::protection::{Found, handed_over, open_temporary};
use yiwang_proto::child::v1::{self as pb, protection_server::Protection as _};

use super::{COUNTY, Desk, known, said, three, with_relative};
use crate::world::{CHENGGUAN, born};

fn order(child: &str) -> Value {
    json!({
        "child": { "name": "李小雨", "id_number": child, "born_on": "", "looks_age": 0 },
        "ground": "2", "decision": "竹民临监〔2026〕2号", "from_case": "",
        "placing": { "place": "centre", "carer": "竹山县未成年人救助保护中心" },
        "voice": said("听安排"), "handed_over": false,
    })
}

async fn opened(desk: &Desk, child: &str) -> String {
    let case = desk
        .world
        .submit(
            &desk.first,
            "temporary-guardianship",
            CHENGGUAN,
            order(child),
        )
        .await;
    case.unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_order_to_full_age_without_a_gap() {
    let desk = Desk::new().await;
    let (first, second) = (&desk.first, &desk.second);
    let number = opened(&desk, &born("20090601", 31)).await;
    let number = number.as_str();
    let receive = json!({ "record": "交1号", "receiver": "刘春生", "health": "良好" });
    assert_eq!(
        desk.does(&desk.centre, number, "receive", receive).await,
        "placed"
    );
    desk.world.go_to("2026-05-20T10:00:00").await;
    let grandmother = born("19600101", 12);
    let to = json!({ "placing": with_relative(&grandmother), "voice": said("想和奶奶住"),
                     "reasons": "奶奶愿意照护" });
    desk.does(first, number, "move", to).await;
    let long = |ground: &str| {
        json!({
            "ground": ground, "paper": "判决1号", "crime": false,
            "placing": { "place": "home", "carer": "竹山县儿童福利院" }, "voice": said("好"),
        })
    };
    desk.does(
        &desk.centre,
        number,
        "assess",
        json!({ "assessors": three(), "fit": false, "words": "下落不明" }),
    )
    .await;
    desk.world.go_to("2026-06-20T10:00:00").await;
    desk.does(first, number, "to_long", long("1")).await;
    assert_eq!(
        desk.refuses(first, number, "countersign", Value::Null)
            .await,
        "SAME_PERSON"
    );
    assert_eq!(
        desk.does(second, number, "countersign", Value::Null).await,
        "to_long"
    );
    let request = pb::ListCustodyRequest {
        division: COUNTY.into(),
    };
    let list = unwrap(
        desk.service
            .list_custody(as_caller(&desk.home, request))
            .await,
    )
    .unwrap();
    let row = &list.children[0];
    assert_eq!(
        (row.kind.as_str(), row.since.as_str(), row.age),
        ("long", "2026-05-12", 17)
    );
    let request = pb::GetPlacementRequest {
        case_number: row.case_number.clone(),
    };
    let placement = unwrap(desk.service.get_placement(as_caller(first, request)).await).unwrap();
    let chain: Vec<_> = placement
        .stays
        .iter()
        .rev()
        .map(|stay| format!("{} {} {}", stay.kind, stay.from, stay.to))
        .collect();
    assert_eq!(
        chain[1..],
        [
            "relative 2026-05-20T10:00 2026-06-20T10:00",
            "home 2026-06-20T10:00 "
        ]
    );
    let household = json!({ "kind": "household", "words": "集体户口" });
    desk.does(&desk.home, &row.case_number, "care", household)
        .await;
    // Full age ends it on the day.
    desk.world.go_to("2027-06-01T08:00:00").await;
    let ended = "select state || ' ' || open from child.guardianship where kind = 'long'";
    assert_eq!(desk.world.text(ended).await, "adult false");
    let open = "select count(*)::text from child.placement where not isfinite(to_at)";
    assert_eq!(desk.world.text(open).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_refuses_a_gap_and_an_open_case_without_placement() {
    let desk = Desk::new().await;
    opened(&desk, &born("20170301", 21)).await;
    let wrong = [
        "update child.placement set to_at = now() + interval '1 day'",
        "update child.custody set until = now() + interval '1 day'",
        "update child.placement set from_at = from_at + interval '1 hour'",
        "delete from child.placement",
        "update child.custody set case_number = 'LJ'",
        "insert into child.placement (custody, nth, case_number, kind, from_at, sealed)
         select custody, 2, case_number, 'home', now(), sealed from child.placement",
        "insert into child.placement (custody, nth, case_number, kind, from_at, to_at, sealed)
         select custody, 3, case_number, 'home', now() - interval '2 year',
                now() - interval '1 year', sealed from child.placement",
        "update child.custody set last = 2",
    ];
    for sql in wrong {
        let done = sqlx::query(sql).execute(&desk.world.db.pool).await;
        assert!(done.is_err(), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_place_at_once_one_is_first() {
    let desk = Desk::new().await;
    let child = born("20170301", 21);
    let place = |by| {
        desk.world
            .submit(by, "temporary-guardianship", CHENGGUAN, order(&child))
    };
    let (one, two) = tokio::join!(place(&desk.first), place(&desk.second));
    let codes: Vec<_> = [one, two]
        .into_iter()
        .filter_map(Result::err)
        .map(|it| it.reason)
        .collect();
    assert_eq!(codes, ["CHILD_IN_CARE"]);
    let open = "select count(*)::text from child.custody where not isfinite(until)";
    assert_eq!(desk.world.text(open).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_found_child_that_turns_out_to_be_guarded_is_not_guarded_twice() {
    let desk = Desk::new().await;
    let child = born("20170301", 21);
    opened(&desk, &child).await;
    let mut form = order(&child);
    form["child"] = json!({ "name": "", "id_number": "", "born_on": "", "looks_age": 9 });
    form["ground"] = json!("1");
    let unknown = desk
        .world
        .submit(&desk.first, "temporary-guardianship", CHENGGUAN, form)
        .await;
    let unknown = unknown.unwrap().number;
    let refused = desk
        .refuses(&desk.first, &unknown, "child_known", known())
        .await;
    assert_eq!(refused, "CHILD_IN_CARE");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crime_against_the_child_no_court_gives_it_back() {
    let desk = Desk::new().await;
    let form = json!({
        "child": { "name": "李小雨", "id_number": born("20170301", 21), "born_on": "", "looks_age": 0 },
        "ground": "4", "paper": "竹法判1号", "crime": true, "from_case": "",
        "placing": { "place": "home", "carer": "竹山县儿童福利院" }, "voice": said("好"),
    });
    let case = desk
        .world
        .submit(&desk.first, "long-guardianship", CHENGGUAN, form)
        .await
        .unwrap();
    assert_eq!(case.state, "opened");
    let number = case.number.as_str();
    assert_eq!(
        desk.refuses(&desk.first, number, "confirm", Value::Null)
            .await,
        "SAME_PERSON"
    );
    desk.does(&desk.second, number, "confirm", Value::Null)
        .await;
    let back = json!({ "to": "李大", "court": "竹山县人民法院", "paper": "2号", "grave": "none",
                       "voice": said("不想") });
    assert_eq!(
        desk.refuses(&desk.first, number, "restore", back).await,
        "NEVER_AFTER_CRIME"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minor_at_a_rescue_station_is_guarded_at_once_and_once() {
    let desk = Desk::new().await;
    let found = Found {
        stay: "JZ4203232026000001",
        division: CHENGGUAN,
        station: "竹山县救助管理站",
        cause: "wandering",
        document: "",
    };
    let rt = &desk.world.rt;
    let mut tx = rt.pool.begin().await.unwrap();
    let number = open_temporary(rt, &mut tx, &found).await.unwrap();
    assert_eq!(open_temporary(rt, &mut tx, &found).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert!(number.unwrap().starts_with("LJ"));
    desk.world.go_to("2026-05-14T10:00:00").await;
    let mut tx = rt.pool.begin().await.unwrap();
    handed_over(rt, &mut tx, &found, "welfare").await.unwrap();
    tx.commit().await.unwrap();
    let places = "select string_agg(kind, ' ' order by nth) from child.placement";
    assert_eq!(desk.world.text(places).await, "centre home");
}
