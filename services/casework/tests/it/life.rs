//! From application to decision, once and for all repeats.

use jiff::SignedDuration;
use serde_json::json;
use yiwang_chassis::{clock::Clock as _, fault::Code, identity::Role};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::world::{OLD_MAN, TOWNSHIP, World, as_caller, form, officer, unwrap};

#[tokio::test]
async fn an_application_writes_case_history_clock_audit_and_event_together() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    assert_eq!(case.state, "submitted");
    assert_eq!(case.due.as_ref().unwrap().last_day, "2026-05-15");
    assert!(case.number.starts_with("GL420323260512"), "{}", case.number);
    let counts: (i64, i64, i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from casework.case_file), (select count(*) from casework.history),
                (select count(*) from casework.clock), (select count(*) from chassis.audit_entry),
                (select count(*) from chassis.outbox)",
    )
    .fetch_one(&world.db.pool)
    .await
    .unwrap();
    assert_eq!(counts, (1, 1, 1, 1, 1));
}

#[tokio::test]
async fn no_table_holds_an_id_number_or_a_name_in_the_clear() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    world
        .act(&township, &case.number, "check", json!({}))
        .await
        .unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I', schemaname, tablename) from pg_tables
          where schemaname in ('casework', 'chassis')",
    )
    .fetch_all(&world.db.pool)
    .await
    .unwrap();
    assert!(tables.len() > 10, "{tables:?}");
    for table in tables {
        let sql = format!("select t::text from {table} t");
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_all(&world.db.pool)
            .await
            .unwrap();
        for row in rows {
            assert!(
                !row.contains(OLD_MAN) && !row.contains("张三"),
                "{table}: {row}"
            );
        }
    }
}

#[tokio::test]
async fn the_same_key_gives_the_same_case_and_another_body_is_refused() {
    let world = World::new().await;
    let first = world.submit("k1").await;
    let again = world.submit("k1").await;
    assert_eq!(first, again);
    let other = json!({ "name": "张三", "id_number": OLD_MAN, "income": 1 });
    let fault = world.try_submit("k1", other).await.unwrap_err();
    assert_eq!(fault.code, Code::IdempotencyMismatch);
    let fault = world.try_submit("", form(OLD_MAN)).await.unwrap_err();
    assert_eq!(fault.reason, "IDEMPOTENCY_KEY_MISSING");
}

#[tokio::test]
async fn a_repeat_after_the_answer_is_forgotten_is_still_the_same_case() {
    let world = World::new().await;
    let first = world.submit("k1").await;
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let ask = json!({ "missing": "身份证照片" });
    world
        .act(&township, &first.number, "ask_correction", ask)
        .await
        .unwrap();
    // Longer than answers are kept.
    world.clock.advance(SignedDuration::from_hours(24 * 8));
    let keep = SignedDuration::try_from(yiwang_chassis::idempotency::KEEP).unwrap();
    let before = world.clock.now() - keep;
    let forgotten = yiwang_chassis::idempotency::purge(&world.db.pool, before).await;
    assert!(forgotten.unwrap() > 0);

    let other = json!({ "name": "张三", "id_number": OLD_MAN, "income": 1 });
    let fault = world.try_submit("k1", other).await.unwrap_err();
    assert_eq!(fault.code, Code::IdempotencyMismatch);
    let (again, twice) = tokio::join!(world.submit("k1"), world.submit("k1"));
    assert_eq!(again.number, first.number);
    assert_ne!(again.state, first.state, "as it stands now");
    assert_eq!(again, twice);
    assert_ne!(world.submit("k2").await.number, first.number);
    let cases: i64 = sqlx::query_scalar("select count(*) from casework.case_file")
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    assert_eq!(cases, 2);
}

#[tokio::test]
async fn two_calls_with_one_key_at_once_make_one_case() {
    let world = World::new().await;
    let (a, b) = tokio::join!(world.submit("k1"), world.submit("k1"));
    assert_eq!(a, b);
    let cases: i64 = sqlx::query_scalar("select count(*) from casework.case_file")
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    assert_eq!(cases, 1);
}

#[tokio::test]
async fn a_correction_lists_what_is_missing_and_takes_the_form_again() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let ask = json!({ "missing": "身份证照片" });
    world
        .act(&township, &case.number, "ask_correction", ask)
        .await
        .unwrap();
    let applicant = world.citizen(OLD_MAN);
    let seen = world.get(&applicant, &case.number).await.unwrap();
    assert_eq!(seen.missing[0].title, "身份证照片");
    assert!(seen.due.is_none());
    let data = json!({ "form": { "name": "张三", "id_number": OLD_MAN, "income": 5 } });
    let fixed = world
        .act(&applicant, &case.number, "correct", data)
        .await
        .unwrap();
    assert_eq!(
        (fixed.state.as_str(), fixed.missing.len()),
        ("submitted", 0)
    );
    assert!(fixed.form.contains("\"income\":5"));
    // The applicant cannot be exchanged on the way.
    world
        .act(
            &township,
            &case.number,
            "ask_correction",
            json!({"missing": "x"}),
        )
        .await
        .unwrap();
    let other = json!({ "form": form("110101194003070019") });
    let fault = world
        .act(&applicant, &case.number, "correct", other)
        .await
        .unwrap_err();
    assert!(
        ["APPLICANT_CHANGED", "INVALID_INPUT"].contains(&fault.reason.as_ref()),
        "{fault:?}"
    );
}

#[tokio::test]
async fn a_refused_action_changes_nothing() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let approver = officer(Role::Approver, "420323");
    let fault = world
        .act(&approver, &case.number, "refuse", json!({ "reasons": "" }))
        .await
        .unwrap_err();
    assert_eq!(
        (fault.code, fault.fields[0].field.as_str()),
        (Code::InvalidInput, "/reasons")
    );
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let reasons = json!({ "reasons": "不符合条件" });
    let fault = world
        .act(&township, &case.number, "refuse", reasons)
        .await
        .unwrap_err();
    assert_eq!(fault.reason, "WRONG_ROLE");
    world
        .act(&world.citizen(OLD_MAN), &case.number, "withdraw", json!({}))
        .await
        .unwrap();
    let fault = world
        .act(&township, &case.number, "check", json!({}))
        .await
        .unwrap_err();
    assert_eq!(fault.reason, "WRONG_STATE");
    let history = pb::GetHistoryRequest {
        number: case.number.clone(),
    };
    let caller = world.citizen(OLD_MAN);
    let history = unwrap(world.service.get_history(as_caller(&caller, history)).await).unwrap();
    let actions: Vec<&str> = history.entries.iter().map(|e| e.action.as_str()).collect();
    assert_eq!(actions, ["submit", "withdraw"]);
}

#[tokio::test]
async fn two_officers_cannot_overwrite_each_other() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let act = |version| pb::ActRequest {
        idempotency_key: format!("act-{version}"),
        number: case.number.clone(),
        action: "check".into(),
        data: String::new(),
        expected_version: version,
        files: vec![],
    };
    let stale = unwrap(world.service.act(as_caller(&township, act(7))).await).unwrap_err();
    assert_eq!(stale.code, Code::Conflict);
    unwrap(world.service.act(as_caller(&township, act(1))).await).unwrap();
}

#[tokio::test]
async fn a_case_is_handed_to_a_colleague_and_leaves_the_own_list() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let request = |key: &str, reason: &str| pb::HandOverRequest {
        idempotency_key: key.into(),
        number: case.number.clone(),
        to_account: uuid::Uuid::from_u128(9).to_string(),
        to_name: "王五".into(),
        reason: reason.into(),
    };
    let none = unwrap(
        world
            .service
            .hand_over(as_caller(&township, request("h1", "")))
            .await,
    );
    assert_eq!(none.unwrap_err().fields[0].field, "/reason");
    let request = request("h2", "休假");
    let handed = unwrap(world.service.hand_over(as_caller(&township, request)).await).unwrap();
    assert_eq!((handed.assignee.as_str(), handed.version), ("王五", 2));
    let mine = pb::ListWorkRequest {
        view: "MINE".into(),
        ..Default::default()
    };
    let mine = unwrap(world.service.list_work(as_caller(&township, mine)).await).unwrap();
    assert!(mine.cases.is_empty());
}
