//! A death that the burial service records.

use prost::Message as _;
use serde_json::json;
use yiwang_assistance::reactions::Deaths;
use yiwang_chassis::{clock::Clock as _, inbox::HandlerError};
use yiwang_civic::{money::Fen, time};
use yiwang_proto::burial::v1::{DeathDoubt, DeathRecorded};

use crate::{
    told::tell,
    world::{World, approver, clerk, family},
};

pub(crate) async fn died(
    world: &World,
    id_number: &str,
    died_on: &str,
) -> Result<(), HandlerError> {
    death(world, "recorded", id_number, died_on).await
}

pub(crate) async fn death(
    world: &World,
    event: &str,
    id_number: &str,
    died_on: &str,
) -> Result<(), HandlerError> {
    let payload = DeathRecorded {
        person: world.key(id_number),
        died_on: died_on.to_owned(),
        certificate: "BZ1".to_owned(),
    };
    let handler = Deaths {
        runtime: world.rt.clone(),
    };
    let event_type = format!("yiwang.burial.death.{event}.v1");
    tell(world, &handler, &event_type, payload.encode_to_vec()).await
}

/// The register doubts whether somebody lives, or doubts no longer.
pub(crate) async fn doubt(world: &World, event: &str, id_number: &str, on: &str) {
    let payload = DeathDoubt {
        person: world.key(id_number),
        on: on.to_owned(),
        alarm: "1".to_owned(),
    };
    let handler = Deaths {
        runtime: world.rt.clone(),
    };
    let event_type = format!("yiwang.burial.death.{event}.v1");
    let told = tell(world, &handler, &event_type, payload.encode_to_vec());
    told.await.unwrap();
}

/// The review ends with a decision of the county.
pub(crate) async fn decide(world: &World, number: &str, outcome: &str) -> String {
    let clerk = clerk();
    let today = time::beijing_date(world.clock.now()).to_string();
    let proposal = json!({ "outcome": outcome, "reasons": "家庭减少一人" });
    world
        .act(&clerk, number, "propose", proposal)
        .await
        .unwrap();
    let hearing = json!({ "on": today, "said": "没有意见" });
    world
        .act(&clerk, number, "record_hearing", hearing)
        .await
        .unwrap();
    let mut decision = json!({ "outcome": outcome, "reasons": "家庭减少一人" });
    if outcome == "stop" {
        decision["stop_reason"] = "death".into();
    }
    let decided = world
        .act(&approver(), number, "decide_recheck", decision)
        .await;
    decided.unwrap().state
}

async fn shown(world: &World, number: &str) -> String {
    let case = world.get(number).await;
    format!("{:?}{:?}", case.sections, world.history(number).await)
}

#[tokio::test]
async fn the_share_stops_and_the_review_begins() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    let spouse = &form.members[0].id_number;
    died(&world, spouse, "2026-04-12").await.unwrap();
    let case = world.get(&number).await;
    assert_eq!(case.state, "death_review");
    let review = case
        .clocks
        .iter()
        .find(|clock| clock.name == "death_review")
        .unwrap();
    assert_eq!(review.last_day, "2026-07-13");

    // Told twice, applied once; a stranger's death touches nobody.
    died(&world, spouse, "2026-04-12").await.unwrap();
    died(&world, "420323194001011236", "2026-04-12")
        .await
        .unwrap();
    world.go_to("2026-05-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-04").await.amount, Fen(84_000));
    assert_eq!(world.sums("2026-05").await.amount, Fen(56_000));

    // Two persons with 300 yuan: 2 × 380 − 300 = 460, a cut that is heard first.
    let clerk = clerk();
    let proposal = json!({ "outcome": "cut", "reasons": "家庭减少一人" });
    world
        .act(&clerk, &number, "propose", proposal)
        .await
        .unwrap();
    let hearing = json!({ "on": "2026-05-10", "said": "没有意见" });
    world
        .act(&clerk, &number, "record_hearing", hearing)
        .await
        .unwrap();
    let decision = json!({ "outcome": "cut", "reasons": "家庭减少一人" });
    let case = world
        .act(&approver(), &number, "decide_recheck", decision)
        .await
        .unwrap();
    assert_eq!(case.state, "in_payment");
    world.go_to("2026-06-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-06").await.amount, Fen(46_000));
}

#[tokio::test]
async fn a_malformed_death_is_rejected_for_good() {
    let world = World::new().await;
    let refused = died(&world, "420323194001011236", "12. Mai").await;
    assert!(matches!(refused, Err(HandlerError::Reject(_))));
}

#[tokio::test]
async fn a_death_that_was_none_gives_back_the_share_and_withdraws_the_review() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    let spouse = &form.members[0].id_number;
    died(&world, spouse, "2026-04-12").await.unwrap();
    world.go_to("2026-05-12T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-05").await.amount, Fen(56_000));
    world.go_to("2026-05-20T09:00:00").await;
    death(&world, "revoked", spouse, "2026-04-12")
        .await
        .unwrap();
    death(&world, "revoked", spouse, "2026-04-12")
        .await
        .unwrap();
    let case = world.get(&number).await;
    assert_eq!(case.state, "in_payment");
    let running = |name: &str| case.clocks.iter().any(|clock| clock.name == name);
    assert!(
        running("recheck_due") && !running("death_review"),
        "{:?}",
        case.clocks
    );
    world.pay().await;
    // 560 on time, 280 afterwards.
    let may = world.sums("2026-05").await;
    assert_eq!((may.payments, may.amount), (2, Fen(84_000)));
    assert!(may.agree(), "{may:?}");
    let shown = shown(&world, &number).await;
    for words in [
        "撤销死亡登记，原登记死亡日期2026年4月12日",
        "2026-05-20撤销",
        "补发",
        "280.00元",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    world.go_to("2026-06-12T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-06").await.amount, Fen(84_000));
    // The same person may die after all.
    died(&world, spouse, "2026-06-10").await.unwrap();
    assert_eq!(world.get(&number).await.state, "death_review");
}

#[tokio::test]
async fn what_was_decided_after_a_death_that_was_none_is_paid_back_and_looked_at_again() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let spouse = &form.members[0].id_number;
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    died(&world, spouse, "2026-04-12").await.unwrap();
    world.go_to("2026-05-10T09:00:00").await;
    world.pay().await;
    assert_eq!(decide(&world, &number, "cut").await, "in_payment");
    world.go_to("2026-06-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-06").await.amount, Fen(46_000));
    death(&world, "revoked", spouse, "2026-04-12")
        .await
        .unwrap();
    assert_eq!(world.get(&number).await.state, "recheck");
    world.pay().await;
    // May: 280 of the spouse; June: 840 − 460.
    assert_eq!(
        world.sums("2026-06").await.amount,
        Fen(46_000 + 28_000 + 38_000)
    );
    assert_eq!(world.sums("2026-05").await.amount, Fen(56_000));
    world.go_to("2026-07-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-07").await.amount, Fen(84_000));
}

#[tokio::test]
async fn what_was_paid_after_a_death_told_late_is_asked_back() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let spouse = &form.members[0].id_number;
    world.go_to("2026-06-15T09:00:00").await;
    world.pay().await;
    died(&world, spouse, "2026-04-12").await.unwrap();
    // Another replica does not wipe what one has found.
    tokio::join!(world.pay(), world.pay(), world.pay());
    let case = world.get(&number).await;
    let recovery = case.clocks.iter().find(|clock| clock.name == "recovery");
    assert!(recovery.is_some(), "{:?}", case.clocks);
    let open = "select sum(open_fen)::bigint from assistance.overpayment";
    assert_eq!(world.count(open).await, 56_000, "May and June");
    let text = shown(&world, &number).await;
    assert!(text.contains("多发560.00元，须追回"), "{text}");

    // Another day of death in the register: May was due after all.
    death(&world, "corrected", spouse, "2026-05-02")
        .await
        .unwrap();
    world.pay().await;
    assert_eq!(world.count(open).await, 28_000);
    let too_much = json!({ "amount": 28_001, "receipt": "JK1" });
    let refused = world
        .act(&clerk(), &number, "record_recovery", too_much)
        .await;
    assert_eq!(refused.unwrap_err().fields[0].reason, "AMOUNT");
    let part = json!({ "amount": 8_000, "receipt": "JK1" });
    world
        .act(&clerk(), &number, "record_recovery", part.clone())
        .await
        .unwrap();
    let again = world.act(&clerk(), &number, "record_recovery", part).await;
    assert_eq!(again.unwrap_err().fields[0].reason, "USED");
    let kept = shown(&world, &number).await;
    assert!(kept.contains("80.00元，凭证JK1"), "{kept}");
    let reasons = json!({ "reasons": "家庭困难，按规定不予追回" });
    let case = world
        .act(&approver(), &number, "waive_recovery", reasons)
        .await
        .unwrap();
    assert_eq!(world.count(open).await, 0);
    assert!(!case.clocks.iter().any(|clock| clock.name == "recovery"));

    // There was no death: what came back is paid again, what was kept is not.
    death(&world, "revoked", spouse, "2026-05-02")
        .await
        .unwrap();
    world.pay().await;
    let june = world.sums("2026-06").await;
    assert_eq!(june.amount, Fen(84_000 + 8_000));
    assert!(june.agree(), "{june:?}");
    assert_eq!(
        world
            .count("select count(*) from assistance.account_due")
            .await,
        0
    );
}

#[tokio::test]
async fn support_that_ended_by_a_death_that_was_none_goes_on() {
    let world = World::new().await;
    let mut form = family(1);
    form.members.clear();
    form.applicant.about.marital =
        yiwang_assistance::domain::minimum_living::codes::Marital::Single;
    let number = world.granted(&form).await;
    let alone = form.applicant.id_number.clone();
    world.go_to("2026-05-15T09:00:00").await;
    world.pay().await;
    let monthly = world.sums("2026-04").await.amount;
    died(&world, &alone, "2026-04-12").await.unwrap();
    // Ended before anybody looked at what May was.
    let proposal = json!({ "outcome": "stop", "reasons": "死亡" });
    world
        .act(&clerk(), &number, "propose", proposal)
        .await
        .unwrap();
    let decision = json!({ "outcome": "stop", "reasons": "死亡" });
    world
        .act(&approver(), &number, "decide_recheck", decision)
        .await
        .unwrap();
    world.pay().await;
    let case = world.get(&number).await;
    assert_eq!(case.state, "recovering");
    let all = json!({ "amount": monthly.0, "receipt": "JK1" });
    let case = world
        .act(&clerk(), &number, "record_recovery", all)
        .await
        .unwrap();
    assert_eq!(case.state, "stopped");

    world.go_to("2026-07-01T09:00:00").await;
    world.pay().await;
    death(&world, "revoked", &alone, "2026-04-12")
        .await
        .unwrap();
    world.pay().await;
    assert_eq!(world.get(&number).await.state, "recheck");
    // May came back and is paid again, June was never paid.
    let june = world.sums("2026-06").await;
    assert_eq!(june.amount, Fen(2 * monthly.0));
    world.go_to("2026-07-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-07").await.amount, monthly);
}

#[tokio::test]
async fn a_share_in_doubt_waits_and_is_paid_when_it_is_known() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let spouse = &form.members[0].id_number;
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    doubt(&world, "doubted", spouse, "2026-04-14").await;
    doubt(&world, "doubted", spouse, "2026-04-14").await;
    world.go_to("2026-05-15T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-05").await.amount, Fen(56_000));
    let case = world.get(&number).await;
    assert_eq!(case.state, "in_payment", "nothing ends by a doubt");
    assert!(shown(&world, &number).await.contains("待核实是否健在"));

    doubt(&world, "settled", spouse, "2026-05-16").await;
    world.pay().await;
    assert_eq!(world.sums("2026-05").await.amount, Fen(84_000));
    // In doubt again, and dead: nothing waits any more.
    doubt(&world, "doubted", spouse, "2026-05-20").await;
    died(&world, spouse, "2026-05-19").await.unwrap();
    doubt(&world, "settled", spouse, "2026-05-21").await;
    world.go_to("2026-06-15T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-06").await.amount, Fen(56_000));
    assert_eq!(world.sums("2026-05").await.amount, Fen(84_000));
}

#[tokio::test]
async fn a_death_at_the_instant_of_a_run_leaves_no_month_unaccounted() {
    let world = World::new().await;
    let forms: Vec<_> = (1..=6).map(family).collect();
    world.all_granted(&forms).await;
    world.go_to("2026-05-12T09:00:00").await;
    let deaths = async {
        for form in &forms {
            died(&world, &form.members[0].id_number, "2026-04-12")
                .await
                .unwrap();
        }
    };
    tokio::join!(world.pay(), deaths, world.pay());
    world.pay().await;
    // April is due; May is not, and where it was paid it is asked back.
    let may = "select coalesce(sum(amount_fen), 0)::bigint
                    - (select coalesce(sum(open_fen), 0)::bigint from assistance.overpayment)
                 from assistance.payment_line where month = '2026-05-01'";
    assert_eq!(world.count(may).await, 6 * 56_000);
    assert_eq!(world.sums("2026-04").await.amount, Fen(6 * 84_000));
}
