//! What families do from home: ask for a new period, to take ashes elsewhere, to have a slip of
//! the pen mended; and two accounts for every move of ashes.

use serde_json::{Value, json};
use yiwang_burial::places::demo::{CEMETERY, COLUMBARIUM};
use yiwang_chassis::identity::{Caller, Role};

use crate::{
    cemetery::{Cemetery, Cremated, grave, handler},
    house::id_number,
    world::{TONGSHAN, officer},
};

fn family() -> String {
    id_number("19750101", 3)
}

/// A plot with somebody in it, for a year.
async fn laid(it: &Cemetery, caller: &Caller) -> (String, Cremated) {
    let world = it.world();
    let dead = it.cremated(1).await;
    let spot = it.free(CEMETERY, "松鹤区").await;
    let mut form = grave(&family(), &dead, CEMETERY, &spot);
    form["years"] = json!(1);
    let number = world
        .submit(caller, "grave", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    for (who, act, data) in [
        (&clerk, "accept", json!({})),
        (&it.keeper, "sign", json!({ "receipt": "鄂001" })),
        (
            &it.keeper,
            "lay",
            json!({ "urn": dead.urn, "on": "2026-05-12" }),
        ),
        (caller, "family_sign", json!({ "seen": true })),
    ] {
        world.act(who, &number, act, data).await.unwrap();
    }
    (number, dead)
}

fn rows(case: &yiwang_proto::casework::v1::Case, title: &str) -> String {
    let section = case.sections.iter().find(|one| one.title == title);
    let rows = section.map_or(&[][..], |section| &section.rows);
    let words = rows
        .iter()
        .map(|row| format!("{}:{}", row.label, row.value));
    words.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_grave_is_renewed_from_home_with_the_fee_of_the_list() {
    let it = Cemetery::new().await;
    let world = it.world();
    let caller = world.citizen(&family());
    let (number, _) = laid(&it, &caller).await;
    let too_long = world
        .act(&caller, &number, "ask_renewal", json!({ "years": 21 }))
        .await
        .unwrap_err();
    assert!(["YEARS_TOO_LONG", "INVALID_INPUT"].contains(&&*too_long.reason));
    // The reminder names the act that the family takes.
    world.go_to("2026-12-01T09:00:00").await;
    let case = world.get(&number).await;
    assert_eq!(case.state, "expiring");
    assert!(case.explanation.contains("申请续期"));
    let stranger = world.citizen(&id_number("19800101", 5));
    let hidden = world
        .act(&stranger, &number, "ask_renewal", json!({ "years": 10 }))
        .await
        .unwrap_err();
    assert_eq!(hidden.reason, "CASE_NOT_FOUND");
    let case = world
        .act(&caller, &number, "ask_renewal", json!({ "years": 10 }))
        .await
        .unwrap();
    assert_eq!(case.state, "asked");
    let price: i64 = world
        .text(
            "select fen::text from burial.price where code = 'maintenance' and division = '421224'",
        )
        .await
        .parse()
        .unwrap();
    let wish = rows(&case, "家属的申请");
    assert!(
        wish.contains(&format!("共{}元", price * 10 / 100)),
        "{wish}"
    );
    // Taken back, everything is as before; asked again, the staff declines, with reasons.
    let case = world
        .act(&caller, &number, "take_back", Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "expiring");
    let ask = || json!({ "years": 10 });
    world
        .act(&caller, &number, "ask_renewal", ask())
        .await
        .unwrap();
    let no = json!({ "reasons": "请先结清去年的费用。" });
    let case = world.act(&it.keeper, &number, "decline", no).await.unwrap();
    assert_eq!(case.state, "expiring");
    world
        .act(&caller, &number, "ask_renewal", ask())
        .await
        .unwrap();
    // The period ends while the staff has not looked: time goes on beneath the wish.
    world.go_to("2027-05-20T09:00:00").await;
    assert_eq!(world.get(&number).await.state, "asked");
    let notices = "select count(*)::text from casework.notice";
    assert_eq!(world.text(notices).await, "1");
    let renew = json!({ "years": 10, "receipt": "鄂002" });
    let case = world
        .act(&it.keeper, &number, "renew", renew)
        .await
        .unwrap();
    assert_eq!(case.state, "placed");
    assert_eq!(rows(&case, "家属的申请"), "");
    let until = "select until_day::text from burial.spot_use";
    assert_eq!(world.text(until).await, "2037-05-11");
}

#[tokio::test]
async fn a_family_asks_to_leave_and_another_number_is_called() {
    let it = Cemetery::new().await;
    let world = it.world();
    let caller = world.citizen(&family());
    let (number, dead) = laid(&it, &caller).await;
    let past = json!({ "destination": "咸宁市永安墓园", "on": "2026-05-01" });
    let refused = world
        .act(&caller, &number, "ask_relocation", past)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "DATE_PAST");
    let wrong = world
        .act(
            &caller,
            &number,
            "change_contact",
            json!({ "phone": "没有" }),
        )
        .await
        .unwrap_err();
    assert_eq!(wrong.reason, "PHONE_FORM");
    let phone = json!({ "phone": "13900005678" });
    let case = world
        .act(&caller, &number, "change_contact", phone)
        .await
        .unwrap();
    assert!(
        rows(&case, "联系方式").contains("139"),
        "{:?}",
        case.sections
    );
    let wish = json!({ "destination": "咸宁市永安墓园", "on": "2026-06-01" });
    world
        .act(&caller, &number, "ask_relocation", wish)
        .await
        .unwrap();
    assert_eq!(it.urn(&dead.urn).await.0, "in_plot");
    let leave = json!({
        "destination": "咸宁市永安墓园", "taker": "张三", "id_checked": true, "receipt": "迁1",
    });
    world
        .act(&it.keeper, &number, "relocate", leave.clone())
        .await
        .unwrap();
    // Written down wrong: back to what the family asked for.
    let why = json!({ "reasons": "交接单号写错。" });
    let case = world
        .act(&it.keeper, &number, "discard", why)
        .await
        .unwrap();
    assert_eq!(case.state, "asked");
    world
        .act(&it.keeper, &number, "relocate", leave)
        .await
        .unwrap();
    let case = world
        .act(&caller, &number, "family_sign", json!({ "seen": true }))
        .await
        .unwrap();
    assert_eq!(case.state, "relocated");
    assert_eq!(it.urn(&dead.urn).await.0, "with_family");
    let two = world
        .text(
            "select count(*)::text from burial.urn_move
              where first_account is not null and first_account <> second_account",
        )
        .await;
    let all = world
        .text("select count(*)::text from burial.urn_move")
        .await;
    assert_eq!(two, all, "every move by two accounts");
}

#[tokio::test]
async fn a_slip_of_the_pen_is_mended_and_nobody_else_gets_the_place() {
    let it = Cemetery::new().await;
    let world = it.world();
    let caller = world.citizen(&family());
    let (number, _) = laid(&it, &caller).await;
    let ask = json!({ "what": "name", "text": "张大山" });
    let case = world
        .act(&caller, &number, "ask_correction", ask)
        .await
        .unwrap();
    assert_eq!(case.state, "asked");
    let other =
        json!({ "what": "name", "text": "李四", "basis": "身份证", "originals_seen": true });
    let refused = world
        .act(&it.keeper, &number, "correct", other)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "NAME_NOT_REGISTERED");
    let before = case.documents.len();
    let right = json!({ "what": "name", "text": "张大山", "basis": "死亡证明" });
    let case = world
        .act(&it.keeper, &number, "correct", right)
        .await
        .unwrap();
    assert_eq!(case.state, "placed");
    assert_eq!(case.documents.len(), before + 2, "contract and proof anew");
    let person = "select person_key from burial.spot_use";
    assert_eq!(
        world.text(person).await,
        world.key(&id_number("19480312", 3))
    );
}

#[tokio::test]
async fn a_deposit_is_kept_longer_and_fetched_from_home() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let caller = world.citizen(&family());
    let form = json!({
        "handler": handler(&family()),
        "user": { "name": "张大山", "id_number": dead.id },
        "cremation_certificate": dead.certificate,
        "facility": COLUMBARIUM, "months": 12,
    });
    let number = world
        .submit(&caller, "ashes-deposit", TONGSHAN, form)
        .await
        .unwrap()
        .number;
    let store = json!({ "urn": dead.urn, "receipt": "鄂001" });
    it.both(&number, "store", store, &dead.urn).await.unwrap();
    let accounts = world
        .text("select count(distinct a)::text from burial.deposit, unnest(array[first_account, second_account]) a")
        .await;
    assert_eq!(accounts, "2");
    world.go_to("2027-06-14T00:30:00").await;
    assert_eq!(world.get(&number).await.state, "due_soon");
    let case = world
        .act(&caller, &number, "ask_renewal", json!({ "months": 6 }))
        .await
        .unwrap();
    assert!(
        rows(&case, "家属的申请").contains("6月共120元"),
        "{:?}",
        case.sections
    );
    // Reminders go on beneath the wish; nobody is lost who asked in time.
    world.go_to("2027-08-13T00:30:00").await;
    assert_eq!(world.get(&number).await.state, "asked");
    let renew = json!({ "months": 6, "receipt": "鄂002" });
    let case = world
        .act(&it.keeper, &number, "renew", renew)
        .await
        .unwrap();
    assert_eq!(case.state, "in_store");
    let paid = "select paid_until::text from burial.deposit";
    assert_eq!(world.text(paid).await, "2028-02-12");
    let wish = json!({ "on": "2027-09-01" });
    world
        .act(&caller, &number, "ask_collection", wish)
        .await
        .unwrap();
    let out = json!({
        "taker": "张三", "taker_number": family(), "relation": "child",
        "id_checked": true, "receipt": "JC-1",
    });
    world
        .act(&it.keeper, &number, "hand_out", out)
        .await
        .unwrap();
    let case = world
        .act(&caller, &number, "family_sign", json!({ "seen": true }))
        .await
        .unwrap();
    assert_eq!(case.state, "taken");
    assert_eq!(it.urn(&dead.urn).await.0, "with_family");
}

#[tokio::test]
async fn the_cemetery_files_for_a_family_at_its_desk() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let spot = it.free(CEMETERY, "松鹤区").await;
    it.hold(&it.keeper, &spot).await.unwrap();
    let form = grave(&family(), &dead, CEMETERY, &spot);
    let case = world
        .submit(&it.keeper, "grave", TONGSHAN, form)
        .await
        .unwrap();
    let number = case.number.as_str();
    // Whoever filed it does not decide it.
    let own = world
        .act(&it.keeper, number, "accept", json!({}))
        .await
        .unwrap_err();
    assert_eq!(own.reason, "SAME_OFFICER");
    world
        .act(&it.colleague, number, "accept", json!({}))
        .await
        .unwrap();
    let sign = json!({ "receipt": "鄂001" });
    world
        .act(&it.colleague, number, "sign", sign)
        .await
        .unwrap();
    // Filed for them: they see it and sign with their own account.
    let caller = world.citizen(&family());
    let lay = json!({ "urn": dead.urn, "on": "2026-05-12" });
    world.act(&it.keeper, number, "lay", lay).await.unwrap();
    let case = world
        .act(&caller, number, "family_sign", json!({ "seen": true }))
        .await
        .unwrap();
    assert_eq!(case.state, "placed");
    let elsewhere = officer(801, "外县", Role::Funeral, "420323");
    let form = grave(&family(), &dead, CEMETERY, &spot);
    let refused = world
        .submit(&elsewhere, "grave", TONGSHAN, form)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "NOT_APPLICANT");
}

#[tokio::test]
async fn the_tables_refuse_one_account_for_both() {
    let it = Cemetery::new().await;
    let dead = it.cremated(1).await;
    let pool = &it.world().db.pool;
    for (accounts, constraint) in [
        ("$2::uuid, $2::uuid", "two_persons"),
        ("$2::uuid, null", "both_accounts"),
    ] {
        let sql = format!(
            "insert into burial.urn_move
                 (urn, version, to_disposition, at, first_name, second_name, case_number,
                  first_account, second_account)
             values ($1, 9, 'with_family', now(), '甲', '乙', 'X', {accounts})"
        );
        let refused = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&dead.urn)
            .bind(uuid::Uuid::from_u128(5))
            .execute(pool)
            .await
            .unwrap_err();
        let error = refused.as_database_error().unwrap();
        assert_eq!(error.constraint(), Some(constraint));
    }
}
