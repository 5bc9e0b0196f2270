//! Ashes on deposit: paid until, reminded, taken with ID and receipt, moved, unclaimed.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_burial::places::demo::{CEMETERY, COLUMBARIUM};

use crate::{
    cemetery::{Cemetery, Cremated, grave, handler},
    house::id_number,
    world::{TONGSHAN, officer},
};

fn family() -> String {
    id_number("19750101", 3)
}

fn form(dead: &Cremated) -> Value {
    json!({
        "handler": handler(&family()),
        "user": { "name": "张大山", "id_number": dead.id },
        "cremation_certificate": dead.certificate,
        "facility": COLUMBARIUM, "months": 12,
    })
}

/// A deposit that begins on 2026-05-12, free for three months, paid until 2027-08-12.
async fn stored(it: &Cemetery, dead: &Cremated) -> String {
    let world = it.world();
    let caller = world.citizen(&family());
    let case = world
        .submit(&caller, "ashes-deposit", TONGSHAN, form(dead))
        .await
        .unwrap();
    let store = json!({ "urn": dead.urn, "receipt": "鄂001" });
    let done = world
        .act(&it.keeper, &case.number, "store", store)
        .await
        .unwrap();
    assert_eq!(done.state, "signing");
    let done = world
        .act(
            &caller,
            &case.number,
            "family_sign",
            json!({ "seen": true }),
        )
        .await
        .unwrap();
    assert_eq!(done.state, "in_store");
    case.number
}

#[tokio::test]
async fn reminded_renewed_and_taken_with_id_and_receipt() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let number = stored(&it, &dead).await;
    let (disposition, facility, _, moves) = it.urn(&dead.urn).await;
    assert_eq!(
        (disposition.as_str(), facility.as_deref()),
        ("in_hall", Some(COLUMBARIUM))
    );
    assert_eq!(moves, 2, "from the home's hall into the columbarium");
    // The same urn is deposited once.
    let caller = world.citizen(&family());
    let twice = world
        .submit(&caller, "ashes-deposit", TONGSHAN, form(&dead))
        .await
        .unwrap();
    let store = json!({ "urn": dead.urn, "receipt": "鄂001" });
    let refused = world
        .act(&it.keeper, &twice.number, "store", store)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "ALREADY_DEPOSITED");

    world.go_to("2027-06-13T00:30:00").await;
    assert_eq!(world.get(&number).await.state, "in_store");
    world.go_to("2027-06-14T00:30:00").await;
    assert_eq!(world.get(&number).await.state, "due_soon");
    world.go_to("2027-08-13T00:30:00").await;
    assert_eq!(world.get(&number).await.state, "overdue");
    world.go_to("2027-09-12T00:30:00").await;
    let reminded = |case: &yiwang_proto::casework::v1::Case| {
        let rows = case.sections.iter().flat_map(|section| &section.rows);
        rows.filter(|row| row.label == "已提醒").count()
    };
    assert_eq!(reminded(&world.get(&number).await), 4, "−60, −30, 0, +30");
    let renew = json!({ "months": 6, "receipt": "鄂002" });
    world
        .act(&it.keeper, &number, "renew", renew)
        .await
        .unwrap();
    let paid = world
        .text("select paid_until::text from burial.deposit")
        .await;
    assert_eq!(paid, "2028-02-12");

    let out = json!({
        "taker": "李四", "taker_number": id_number("19800101", 7), "relation": "child",
        "id_checked": true, "receipt": "JC-1",
    });
    let stranger = world
        .act(&it.keeper, &number, "hand_out", out.clone())
        .await
        .unwrap_err();
    assert_eq!(stranger.reason, "NOT_AUTHORISED");
    let mut unseen = out.clone();
    unseen["id_checked"] = json!(false);
    let unseen = world
        .act(&it.keeper, &number, "hand_out", unseen)
        .await
        .unwrap_err();
    assert_eq!(unseen.reason, "TAKER_NOT_IDENTIFIED");
    let mut bare = out.clone();
    bare["receipt"] = json!("");
    let bare = world
        .act(&it.keeper, &number, "hand_out", bare)
        .await
        .unwrap_err();
    assert_eq!(&*bare.fields[0].field, "/receipt");
    let mut whole = out;
    whole["authorisation"] = json!("委1");
    // Somebody else takes it: the handler's phone does not sign for them.
    let caller = world.citizen(&family());
    world
        .act(&it.keeper, &number, "hand_out", whole)
        .await
        .unwrap();
    let theirs = world
        .act(&caller, &number, "family_sign", json!({ "seen": true }))
        .await
        .unwrap_err();
    assert_eq!(theirs.reason, "NOT_YOURS_TO_SIGN");
    assert_eq!(it.urn(&dead.urn).await.0, "in_hall");
    let again = json!({ "urn": dead.urn });
    let case = world
        .act(&it.colleague, &number, "countersign", again)
        .await
        .unwrap();
    assert_eq!(case.state, "taken");
    assert_eq!(it.urn(&dead.urn).await.0, "with_family");
    let open = world
        .text("select count(*)::text from burial.deposit where ended_at is null")
        .await;
    assert_eq!(open, "0");
}

#[tokio::test]
async fn an_urn_that_was_laid_to_rest_needs_no_reminder() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let number = stored(&it, &dead).await;
    let early = world
        .act(&it.keeper, &number, "moved", Value::Null)
        .await
        .unwrap_err();
    assert_eq!(early.reason, "NOT_LAID");
    let caller = world.citizen(&family());
    let clerk = officer(
        701,
        "陈静",
        yiwang_chassis::identity::Role::Clerk,
        "421224100",
    );
    let spot = it.free(CEMETERY, "松鹤区").await;
    let form = grave(&family(), &dead, CEMETERY, &spot);
    let place = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    world
        .act(&clerk, &place, "accept", json!({}))
        .await
        .unwrap();
    world
        .act(&it.keeper, &place, "sign", json!({ "receipt": "鄂003" }))
        .await
        .unwrap();
    let lay = json!({ "urn": dead.urn, "on": "2026-05-12" });
    it.both(&place, "lay", lay, &dead.urn).await.unwrap();
    // Nobody pressed anything: the first clock asks the ledger.
    world.go_to("2027-06-14T00:30:00").await;
    assert_eq!(world.get(&number).await.state, "moved");
}

#[tokio::test]
async fn unclaimed_ashes_are_laid_to_rest_after_the_notice() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let number = stored(&it, &dead).await;
    // Tongshan has no rule of its own: three years.
    world.go_to("2030-08-12T12:00:00").await;
    assert_eq!(world.get(&number).await.state, "overdue");
    world.go_to("2030-08-13T00:30:00").await;
    assert_eq!(world.get(&number).await.state, "notice");
    let notice = world
        .text("select title || ' ' || rows::text from casework.notice")
        .await;
    assert!(
        notice.contains("无人认领骨灰公告") && !notice.contains("张大山"),
        "{notice}"
    );
    let tree = it.free(CEMETERY, "香樟树葬区").await;
    let settle = |spot: &str| {
        json!({
            "report": "通民〔2030〕8号", "spot": spot, "witness": "李四", "photo": [Uuid::now_v7()],
        })
    };
    let early = world
        .act(&it.keeper, &number, "settle", settle(&tree))
        .await
        .unwrap_err();
    assert_eq!(early.reason, "WRONG_STATE");
    world.go_to("2030-10-20T09:00:00").await;
    assert_eq!(world.get(&number).await.state, "unclaimed");
    let plot = it.free(CEMETERY, "松鹤区").await;
    let refused = world
        .act(&it.keeper, &number, "settle", settle(&plot))
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "NOT_ECOLOGICAL");
    let case = it
        .both(&number, "settle", settle(&tree), &dead.urn)
        .await
        .unwrap();
    assert_eq!(case.state, "settled");
    assert_eq!(it.urn(&dead.urn).await.0, "in_plot");
    assert_eq!(it.spot(CEMETERY, "香樟树葬区", &tree).await.used, 1);
}
