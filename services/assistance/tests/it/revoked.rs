//! Deaths that were none: several in one family, before the grant, after the end; who is told.

use prost::Message as _;
use serde_json::json;
use yiwang_civic::money::Fen;
use yiwang_proto::assistance::v1::StatusChanged;

use crate::{
    deaths::{death, decide, died},
    world::{World, approver, family},
};

/// What the others heard of a person: event, month, fen.
async fn heard(world: &World, id_number: &str) -> Vec<(String, String, i64)> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select event_type, payload from chassis.outbox
          where aggregate = 'status' and aggregate_id = $1 order by version",
    )
    .bind(world.key(id_number))
    .fetch_all(&world.db.pool)
    .await
    .unwrap();
    let rows = rows.into_iter().map(|(kind, payload)| {
        let status = StatusChanged::decode(payload.as_slice()).unwrap();
        let kind = kind.strip_prefix("yiwang.assistance.status.").unwrap();
        let kind = kind.strip_suffix(".v1").unwrap().to_owned();
        (kind, status.from_month, status.monthly_fen)
    });
    rows.collect()
}

fn words(rows: &[(String, String, i64)]) -> Vec<String> {
    let word = |(kind, month, fen): &(String, String, i64)| format!("{kind} {month} {fen}");
    rows.iter().map(word).collect()
}

#[tokio::test]
async fn two_deaths_that_were_none_leave_the_family_as_it_was() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let [spouse, child] = [&form.members[0].id_number, &form.members[1].id_number];
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    died(&world, spouse, "2026-04-12").await.unwrap();
    died(&world, child, "2026-04-13").await.unwrap();
    world.go_to("2026-05-12T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-05").await.amount, Fen(28_000));
    death(&world, "revoked", spouse, "2026-04-12")
        .await
        .unwrap();
    assert_eq!(world.get(&number).await.state, "death_review");
    death(&world, "revoked", child, "2026-04-13").await.unwrap();
    assert_eq!(world.get(&number).await.state, "in_payment");
    world.pay().await;
    assert_eq!(world.sums("2026-05").await.amount, Fen(84_000));
    assert_eq!(
        words(&heard(&world, spouse).await)[1..],
        ["ended 2026-05 0", "started 2026-05 28000"]
    );
}

#[tokio::test]
async fn shares_of_two_deaths_come_back_one_after_the_other() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let [spouse, child] = [&form.members[0].id_number, &form.members[1].id_number];
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    died(&world, spouse, "2026-04-12").await.unwrap();
    died(&world, child, "2026-04-13").await.unwrap();
    world.go_to("2026-05-10T09:00:00").await;
    world.pay().await;
    assert_eq!(decide(&world, &number, "cut").await, "in_payment");
    world.go_to("2026-06-10T09:00:00").await;
    world.pay().await;
    for (who, on) in [(spouse, "2026-04-12"), (child, "2026-04-13")] {
        death(&world, "revoked", who, on).await.unwrap();
        world.pay().await;
    }
    // Nothing is missing and nothing is asked back of anybody.
    let lines = "select coalesce(sum(amount_fen), 0)::bigint from assistance.payment_line
                  where month in ('2026-05-01', '2026-06-01')";
    assert_eq!(world.count(lines).await, 2 * 84_000);
    let open = "select coalesce(sum(open_fen), 0)::bigint from assistance.overpayment";
    assert_eq!(world.count(open).await, 0);
    world.go_to("2026-07-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-07").await.amount, Fen(84_000));
}

#[tokio::test]
async fn who_was_left_out_of_the_grant_is_looked_at() {
    let world = World::new().await;
    let form = family(1);
    let number = world.to_county(&form).await;
    let spouse = &form.members[0].id_number;
    died(&world, spouse, "2026-03-02").await.unwrap();
    world.go_to("2026-03-12T10:00:00").await;
    world.report(&number).await;
    let confirmed = world.act(&approver(), &number, "confirm", json!({})).await;
    assert_eq!(confirmed.unwrap().state, "confirmed");
    // Before the first payment it waits for it.
    death(&world, "revoked", spouse, "2026-03-02")
        .await
        .unwrap();
    assert_eq!(world.get(&number).await.state, "confirmed");
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    assert_eq!(world.get(&number).await.state, "recheck");
    // No share of theirs is on the roll: nobody hears that it began.
    assert!(heard(&world, spouse).await.is_empty());
}

#[tokio::test]
async fn support_that_goes_on_begins_again_for_all() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let [spouse, child] = [&form.members[0].id_number, &form.members[1].id_number];
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    died(&world, spouse, "2026-04-12").await.unwrap();
    world.go_to("2026-05-10T09:00:00").await;
    world.pay().await;
    let decided = decide(&world, &number, "stop").await;
    assert!(
        matches!(decided.as_str(), "stopped" | "recovering"),
        "{decided}"
    );
    let ended = |rows: &[String]| rows.iter().filter(|row| row.starts_with("ended")).count();
    assert_eq!(ended(&words(&heard(&world, spouse).await)), 1);
    death(&world, "revoked", spouse, "2026-04-12")
        .await
        .unwrap();
    for one in [spouse, child] {
        let heard = words(&heard(&world, one).await);
        assert!(heard.last().unwrap().starts_with("started"), "{heard:?}");
        assert_eq!(ended(&heard), 1, "{heard:?}");
    }
}
