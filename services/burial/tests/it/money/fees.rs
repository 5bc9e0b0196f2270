//! Fees of graves and deposits: contract, renewal, what goes back; all of it from the list.

use serde_json::{Value, json};
use yiwang_burial::{
    money::PricesService,
    places::demo::{CEMETERY, COLUMBARIUM},
};
use yiwang_chassis::identity::{Caller, Role};
use yiwang_proto::burial::v1 as pb;

use super::{bills, paying::family};
use crate::{
    cemetery::{Cemetery, Cremated, grave, handler},
    world::{TONGSHAN, officer},
};

/// Code, hundredths, fen, of it charged.
fn lines(bill: &pb::Bill) -> Vec<(&str, i64, i64, i64)> {
    let line = |one: &'_ pb::BillLine| (one.quantity_hundredths, one.fen, one.charged_fen);
    let all = bill.lines.iter().map(|one| {
        let (hundredths, fen, charged) = line(one);
        (one.code.as_str(), hundredths, fen, charged)
    });
    all.collect()
}

/// A plot that was contracted; its case.
async fn contracted(it: &Cemetery, form: Value, maintenance: u32) -> String {
    let world = it.world();
    let caller = world.citizen(&family(1));
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    let case = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap();
    world
        .act(
            &clerk,
            &case.number,
            "accept",
            json!({ "kinship_seen": true }),
        )
        .await
        .unwrap();
    let sign = json!({ "maintenance_years": maintenance, "receipt": "鄂001" });
    world
        .act(&it.keeper, &case.number, "sign", sign)
        .await
        .unwrap();
    case.number
}

fn stage(it: &Cemetery) -> (PricesService, Caller) {
    let world = it.world();
    (
        PricesService::new(world.rt.clone()),
        world.citizen(&family(1)),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plot_is_billed_at_the_contract_and_at_each_renewal() {
    let it = Cemetery::new().await;
    let (world, (prices, caller)) = (it.world(), stage(&it));
    let dead = it.cremated(1).await;
    let spot = it.free(CEMETERY, "松鹤区").await;
    let mut form = grave(&family(1), &dead, CEMETERY, &spot);
    // Half of the twenty years that the list prices: half the price.
    form["years"] = json!(10);
    let number = contracted(&it, form, 5).await;
    let all = bills(&prices, &caller, &number).await.unwrap();
    let first = [
        ("plot_single", 50, 140_000, 140_000),
        ("maintenance", 500, 10_000, 10_000),
    ];
    assert_eq!(lines(&all[0]), first);

    let lay = json!({ "urn": dead.urn, "on": "2026-05-12" });
    it.both(&number, "lay", lay, &dead.urn).await.unwrap();
    let late = json!({ "years": 20, "maintenance_years": 21, "receipt": "鄂002" });
    let refused = world
        .act(&it.keeper, &number, "renew", late)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "MAINTENANCE_TOO_LONG");
    let renew = json!({ "years": 10, "receipt": "鄂002" });
    world
        .act(&it.keeper, &number, "renew", renew)
        .await
        .unwrap();
    // Waived, or paid already: no line, no bill.
    let free = json!({ "years": 1, "maintenance_years": 0, "receipt": "减免2" });
    world.act(&it.keeper, &number, "renew", free).await.unwrap();
    let again = json!({ "years": 2, "receipt": "鄂003" });
    world
        .act(&it.keeper, &number, "renew", again)
        .await
        .unwrap();
    let all = bills(&prices, &caller, &number).await.unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(lines(&all[1]), [("maintenance", 1_000, 20_000, 20_000)]);
    assert_eq!(lines(&all[2]), [("maintenance", 200, 4_000, 4_000)]);
    let sums = world
        .text(
            "select bool_and(lines_fen = charged_fen + waived_fen + subsidised_fen
                    and lines_fen = (select sum(fen) from burial.bill_line where bill = number))::text
               from burial.bill",
        )
        .await;
    assert_eq!(sums, "true");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_listed_price_nothing_is_charged_and_nothing_renewed() {
    let it = Cemetery::new().await;
    let (world, (prices, caller)) = (it.world(), stage(&it));
    let dead = it.cremated(1).await;
    let spot = it.free(CEMETERY, "松鹤区").await;
    let number = contracted(&it, grave(&family(1), &dead, CEMETERY, &spot), 0).await;
    let lay = json!({ "urn": dead.urn, "on": "2026-05-12" });
    it.both(&number, "lay", lay, &dead.urn).await.unwrap();
    sqlx::query("update burial.price set valid_to = '2026-05-12' where code = 'maintenance'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    let renew = json!({ "years": 20, "receipt": "鄂002" });
    let refused = world
        .act(&it.keeper, &number, "renew", renew)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "PRICE_EXPIRED");
    let until = world
        .text("select until_day::text from burial.spot_use")
        .await;
    assert_eq!(until, "2046-05-11", "as before");
    assert_eq!(bills(&prices, &caller, &number).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_used_goes_back_under_two_signatures() {
    let it = Cemetery::new().await;
    let (world, (prices, caller)) = (it.world(), stage(&it));
    let dead = it.cremated(1).await;
    let spot = it.free(CEMETERY, "松鹤区").await;
    let number = contracted(&it, grave(&family(1), &dead, CEMETERY, &spot), 20).await;
    // 2,800 for the plot and 400 for its maintenance; a year has begun.
    world.go_to("2026-06-01T09:00:00").await;
    let bare = json!({ "reasons": "改为树葬。" });
    let refused = world
        .act(&it.keeper, &number, "give_back", bare)
        .await
        .unwrap_err();
    assert_eq!(&*refused.fields[0].field, "/refund");
    let back = json!({ "reasons": "改为树葬。", "refund": "TF-1" });
    let case = world
        .act(&it.keeper, &number, "give_back", back)
        .await
        .unwrap();
    assert_eq!(case.state, "contracted");
    let alone = world
        .act(&it.keeper, &number, "confirm_give_back", Value::Null)
        .await
        .unwrap_err();
    assert_eq!(alone.reason, "SAME_PERSON");
    assert_eq!(
        world.text("select count(*)::text from burial.refund").await,
        "0"
    );
    let case = world
        .act(&it.colleague, &number, "confirm_give_back", Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "returned");
    let all = bills(&prices, &caller, &number).await.unwrap();
    assert_eq!(all[0].refunded_fen, 266_000 + 38_000);
    assert!(it.spot(CEMETERY, "松鹤区", &spot).await.free);
    let rows = case.sections.iter().flat_map(|section| &section.rows);
    let told: Vec<_> = rows.filter(|row| row.value == "3040.00元").collect();
    assert_eq!(told.len(), 1);

    // The certificate is free for the next place; so is the person.
    let spot = it.free(COLUMBARIUM, "永思厅").await;
    let next = contracted(&it, grave(&family(1), &dead, COLUMBARIUM, &spot), 0).await;
    let used = world
        .text("select case_number from burial.death_use where used_for = 'grave'")
        .await;
    assert_eq!(used, next);
}

#[tokio::test(flavor = "multi_thread")]
async fn kin_pay_once_for_the_place_they_share() {
    let it = Cemetery::new().await;
    let (world, (prices, caller)) = (it.world(), stage(&it));
    let (first, second) = (it.cremated(1).await, it.cremated(2).await);
    let spot = it.free(CEMETERY, "柏园区").await;
    let one = contracted(&it, grave(&family(1), &first, CEMETERY, &spot), 2).await;
    let mut form = grave(&family(1), &second, CEMETERY, &spot);
    form["join_contract"] = json!(one);
    form["kinship"] = json!("spouse");
    let two = contracted(&it, form, 1).await;
    let all = bills(&prices, &caller, &two).await.unwrap();
    assert_eq!(lines(&all[0]), [("maintenance", 100, 2_000, 2_000)]);
    // The first gives back while kin keep the place: only its own maintenance goes back.
    let back = json!({ "reasons": "改为树葬。", "refund": "TF-2" });
    world
        .act(&it.keeper, &one, "give_back", back)
        .await
        .unwrap();
    world
        .act(&it.colleague, &one, "confirm_give_back", Value::Null)
        .await
        .unwrap();
    let all = bills(&prices, &caller, &one).await.unwrap();
    assert_eq!(all[0].refunded_fen, 4_000);
}

async fn deposited(it: &Cemetery, dead: &Cremated, caller: &Caller) -> String {
    let world = it.world();
    let form = json!({
        "handler": handler(&family(1)),
        "user": { "name": "张大山", "id_number": dead.id },
        "cremation_certificate": dead.certificate,
        "facility": COLUMBARIUM, "months": 12,
    });
    let case = world
        .submit(caller, "ashes-deposit", TONGSHAN, form)
        .await
        .unwrap();
    let store = json!({ "urn": dead.urn, "receipt": "鄂001" });
    let number = case.number;
    it.both(&number, "store", store, &dead.urn).await.unwrap();
    number
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_is_billed_with_its_free_months_once() {
    let it = Cemetery::new().await;
    let (world, (prices, caller)) = (it.world(), stage(&it));
    let dead = it.cremated(1).await;
    let number = deposited(&it, &dead, &caller).await;
    // Fifteen months, three of them free: 240 a year.
    let all = bills(&prices, &caller, &number).await.unwrap();
    assert_eq!(lines(&all[0]), [("ashes.deposit", 1_500, 30_000, 24_000)]);
    assert_eq!(all[0].waived_fen, 6_000);
    let waiver = world
        .text("select kind || ' ' || case_number from burial.benefit")
        .await;
    assert_eq!(waiver, format!("waiver {number}"));
    let renew = json!({ "months": 6, "receipt": "鄂002" });
    world
        .act(&it.keeper, &number, "renew", renew)
        .await
        .unwrap();
    let all = bills(&prices, &caller, &number).await.unwrap();
    assert_eq!(lines(&all[1]), [("ashes.deposit", 600, 12_000, 12_000)]);

    // Taken, and deposited again: the free months are used up.
    let out = json!({
        "taker": "张三", "taker_number": family(1), "relation": "child",
        "id_checked": true, "receipt": "JC-1",
    });
    it.both(&number, "hand_out", out, &dead.urn).await.unwrap();
    let again = deposited(&it, &dead, &caller).await;
    let all = bills(&prices, &caller, &again).await.unwrap();
    assert_eq!(lines(&all[0]), [("ashes.deposit", 1_200, 24_000, 24_000)]);
}
