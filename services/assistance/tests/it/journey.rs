//! A family from the first application to the end of support.

use serde_json::json;
use yiwang_chassis::identity::Role;
use yiwang_civic::money::Fen;

use crate::world::{COUNTY, TOWNSHIP, World, approver, clerk, family, officer};

#[tokio::test]
async fn told_once_checked_published_confirmed_and_paid() {
    let world = World::new().await;
    let form = family(1);
    let case = world.submit(&form).await.unwrap();
    let number = case.number.as_str();
    assert_eq!(
        (case.state.as_str(), &number[..8]),
        ("submitted", "DB420323")
    );

    let list = json!({ "items": [{ "code": "medical_bills", "reason": "请补自付票据" }] });
    let case = world
        .act(&clerk(), number, "request_correction", list.clone())
        .await
        .unwrap();
    assert_eq!((case.state.as_str(), case.missing.len()), ("correction", 1));
    let answer = json!({ "form": form, "materials": [] });
    let citizen = world.citizen(&form);
    let case = world
        .act(&citizen, number, "correct", answer)
        .await
        .unwrap();
    assert_eq!((case.state.as_str(), case.missing.len()), ("submitted", 0));
    let again = world
        .act(&clerk(), number, "request_correction", list)
        .await
        .unwrap_err();
    assert_eq!(again.reason, "CORRECTION_ONCE");

    world.investigate(number).await;
    let reviewer = officer("赵副镇长", Role::TownshipOfficer, TOWNSHIP);
    let opinion = json!({ "recommend": true, "reasons": "符合条件" });
    world
        .act(&reviewer, number, "give_first_opinion", opinion)
        .await
        .unwrap();
    let place = json!({ "place": "村务公开栏" });
    let case = world
        .act(&clerk(), number, "post_notice", place)
        .await
        .unwrap();
    assert_eq!(case.notices[0].last_day, "2026-03-09");
    let early = world
        .act(&reviewer, number, "report_to_county", json!({}))
        .await
        .unwrap_err();
    assert_eq!(early.reason, "NOTICE_RUNNING");

    world.go_to("2026-03-10T09:00:00").await;
    world.report(number).await;
    let case = world
        .act(&approver(), number, "confirm", json!({}))
        .await
        .unwrap();
    assert_eq!(case.state, "confirmed");
    let shown = format!("{:?}", case.sections);
    assert!(
        shown.contains("840.00元") && shown.contains("2026年4月"),
        "{shown}"
    );

    world.go_to("2026-03-31T23:59:00").await;
    assert_eq!(world.get(number).await.state, "confirmed");
    world.go_to("2026-04-01T00:00:00").await;
    assert_eq!(world.get(number).await.state, "in_payment");
    world.pay().await;
    assert_eq!(
        world.sums("2026-04").await.payments,
        0,
        "before the pay day"
    );
    world.go_to("2026-04-10T08:00:00").await;
    world.pay().await;
    let sums = world.sums("2026-04").await;
    assert_eq!((sums.payments, sums.amount), (1, Fen(84_000)));
    assert!(sums.agree(), "{sums:?}");
    let shown = format!("{:?}", world.get(number).await.sections);
    assert!(shown.contains("2026年4月，840.00元"), "{shown}");
}

#[tokio::test]
async fn more_income_is_heard_first_then_runs_out_over_grace() {
    let world = World::new().await;
    let number = world.granted(&family(2)).await;
    world.go_to("2026-05-12T09:00:00").await;
    world.pay().await;

    let clerk = clerk();
    let cause = json!({ "cause": "reported" });
    world
        .act(&clerk, &number, "start_recheck", cause)
        .await
        .unwrap();
    let found = json!({ "yearly_income": 42_000 * 3 * 12 });
    world
        .act(&clerk, &number, "record_findings", found)
        .await
        .unwrap();
    let proposal = json!({ "outcome": "grace", "reasons": "申请人已就业" });
    world
        .act(&clerk, &number, "propose", proposal)
        .await
        .unwrap();
    let decision = json!({ "outcome": "grace", "reasons": "申请人已就业", "months": 3 });
    let unheard = world
        .act(&approver(), &number, "decide_recheck", decision.clone())
        .await;
    assert_eq!(unheard.unwrap_err().reason, "HEARING_REQUIRED");
    let hearing = json!({ "on": "2026-05-12", "said": "同意" });
    world
        .act(&clerk, &number, "record_hearing", hearing)
        .await
        .unwrap();
    let case = world
        .act(&approver(), &number, "decide_recheck", decision)
        .await
        .unwrap();
    assert_eq!(case.state, "grace");

    // A jump over half a year: what fell due on the way still counts.
    world.go_to("2026-12-20T09:00:00").await;
    world.pay().await;
    assert_eq!(world.get(&number).await.state, "stopped");
    for (month, payments) in [
        ("2026-04", 1),
        ("2026-07", 1),
        ("2026-08", 1),
        ("2026-09", 0),
    ] {
        assert_eq!(world.sums(month).await.payments, payments, "{month}");
    }
    let active = world.count("select count(*) from assistance.benefit_member where active");
    assert_eq!(active.await, 0);
}

#[tokio::test]
async fn a_contradiction_is_told_and_checked_again() {
    let world = World::new().await;
    let form = family(3);
    let number = world.submit(&form).await.unwrap().number;
    let car = json!({ "kind": "property", "category": "vehicle", "source": "车船",
        "description": "小型轿车", "count": 1, "value_fen": 8_000_000 });
    world.town.book().findings.insert("1".to_owned(), car);
    world.investigate(&number).await;
    let reviewer = officer("赵副镇长", Role::TownshipOfficer, TOWNSHIP);
    let opinion = json!({ "recommend": true, "reasons": "符合条件" });
    let untold = world
        .act(&reviewer, &number, "give_first_opinion", opinion.clone())
        .await;
    assert_eq!(untold.unwrap_err().reason, "CHECK_FAILURE_UNTOLD");
    let told = json!({ "text": "名下有一辆小型轿车没有申报" });
    let case = world
        .act(&clerk(), &number, "tell_check_failure", told)
        .await
        .unwrap();
    assert_eq!(case.state, "check_failed_told");

    world.town.book().findings.clear();
    let evidence = json!({ "text": "车已于去年报废，附注销证明" });
    let citizen = world.citizen(&form);
    world
        .act(&citizen, &number, "object_check", evidence)
        .await
        .unwrap();
    world.until(&number, "investigating").await;
    world
        .act(&reviewer, &number, "give_first_opinion", opinion)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_township_confirms_where_the_power_was_given_to_it() {
    let world = World::new().await;
    let number = world.to_county(&family(4)).await;
    world.go_to("2026-03-10T09:00:00").await;
    let reviewer = officer("赵副镇长", Role::TownshipOfficer, TOWNSHIP);
    let here = world
        .act(&reviewer, &number, "township_confirm", json!({}))
        .await;
    assert_eq!(here.unwrap_err().reason, "NOT_DELEGATED");
    // Another county's officer does not even learn that the case exists.
    let other = officer("外县", Role::Approver, "421221");
    let hidden = world
        .act(&other, &number, "confirm", json!({}))
        .await
        .unwrap_err();
    assert_eq!(hidden.reason, "CASE_NOT_FOUND");
    let county = officer("吴科长", Role::CountyOfficer, COUNTY);
    let role = world
        .act(&county, &number, "confirm", json!({}))
        .await
        .unwrap_err();
    assert_eq!(role.reason, "WRONG_ROLE");
}
