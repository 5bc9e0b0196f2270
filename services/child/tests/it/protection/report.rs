//! Anybody reports at any hour; nobody refuses, deletes or hides a report.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::identity::Role;
use yiwang_proto::child::v1::{self as pb, protection_server::Protection as _};

use super::{COUNTY, Desk, teacher};
use crate::world::CHENGGUAN;

#[tokio::test(flavor = "multi_thread")]
async fn a_report_opens_a_case_at_once_and_once() {
    let desk = Desk::new().await;
    let request = teacher();
    let receipt = desk.report(request.clone()).await.unwrap();
    assert!(receipt.message.contains("110"));
    // The phone sends it again: the same case, the same code.
    assert_eq!(desk.report(request).await.unwrap(), receipt);
    let rows = desk.world.texts("select state from child.protection").await;
    assert_eq!(rows, ["reported"]);
    let raised =
        "select count(*)::text from chassis.outbox where subject = 'yiwang.child.risk.raised'";
    assert_eq!(desk.world.text(raised).await, "1");
    // The police limit runs from the first instant and turns red by itself.
    let bench = desk.workbench(&desk.first, &receipt.receipt).await.unwrap();
    let police = |bench: &pb::Workbench| {
        let clocks = &bench.case.as_ref().unwrap().clocks;
        clocks
            .iter()
            .find(|clock| clock.name == "police")
            .map(|clock| clock.late)
    };
    assert_eq!(police(&bench), Some(false));
    assert_eq!(bench.next[0], "police_told");
    desk.world.go_to("2026-05-12T09:31:00").await;
    let bench = desk.workbench(&desk.first, &receipt.receipt).await.unwrap();
    assert_eq!(police(&bench), Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn few_words_are_a_report() {
    let desk = Desk::new().await;
    let request = pb::ReportRequest {
        idempotency_key: "one-minute-report-1".into(),
        division: COUNTY.into(),
        place: "河边".into(),
        happened: "有个孩子一个人哭".into(),
        ..pb::ReportRequest::default()
    };
    let receipt = desk.report(request.clone()).await.unwrap();
    assert!(receipt.receipt.starts_with("GA"));
    // Nobody knew the township: the county has it.
    assert!(desk.workbench(&desk.first, &receipt.receipt).await.is_ok());
    let empty = pb::ReportRequest {
        idempotency_key: "one-minute-report-2".into(),
        happened: String::new(),
        division: "999999".into(),
        ..request
    };
    let fault = desk.report(empty).await.unwrap_err();
    assert_eq!(fault.fields[0].field, "/division");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_tells_one_word_and_only_with_its_code() {
    let desk = Desk::new().await;
    let receipt = desk.report(teacher()).await.unwrap();
    let ask = |receipt: &str, code: &str| {
        let request = pb::GetReceiptRequest {
            receipt: receipt.into(),
            code: code.into(),
        };
        desk.service.get_receipt(tonic::Request::new(request))
    };
    let state = unwrap(ask(&receipt.receipt, &receipt.code.to_lowercase()).await).unwrap();
    assert_eq!(
        (state.state.as_str(), state.label.as_str()),
        ("received", "已受理")
    );
    let wrong = unwrap(ask(&receipt.receipt, "AAAAAAAAAA").await).unwrap_err();
    let none = unwrap(ask("GA420323000000000000", &receipt.code).await).unwrap_err();
    assert_eq!(wrong.reason, "RECEIPT_UNKNOWN");
    assert_eq!((wrong.reason, wrong.message), (none.reason, none.message));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_deletes_a_report_not_even_in_the_database() {
    let desk = Desk::new().await;
    desk.reported().await;
    for table in ["child.reporter", "child.protection"] {
        let sql = format!("delete from {table}");
        let gone = sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&desk.world.db.pool)
            .await;
        assert!(gone.is_err(), "{table}");
    }
    let silent = "update child.protection set state = 'merged'";
    assert!(
        sqlx::query(silent)
            .execute(&desk.world.db.pool)
            .await
            .is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_writes_down_what_was_told_but_never_through_an_application() {
    let desk = Desk::new().await;
    let form = json!({ "happened": "群众来电，孩子被锁在家里", "place": "城关镇北大街",
                       "channel": "hotline", "danger_now": true });
    // Whoever would not stand on the case uses the page, which loses nothing.
    let worker = desk.world.submit(
        &desk.worker,
        "protection-case",
        "420323100201",
        form.clone(),
    );
    assert_eq!(worker.await.unwrap_err().reason, "USE_REPORT_PAGE");
    let case = desk
        .world
        .submit(&desk.supervisor, "protection-case", CHENGGUAN, form.clone())
        .await;
    assert_eq!(case.unwrap().state, "reported");
    let citizen = desk.world.citizen(&crate::world::born("19800101", 5));
    let fault = desk
        .world
        .submit(&citizen, "protection-case", CHENGGUAN, form.clone())
        .await;
    assert_eq!(fault.unwrap_err().reason, "USE_REPORT_PAGE");
    let clerk = officer(9, "窗口", Role::Clerk, CHENGGUAN);
    let fault = desk
        .world
        .submit(&clerk, "protection-case", CHENGGUAN, form)
        .await;
    assert_eq!(fault.unwrap_err().reason, "USE_REPORT_PAGE");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reported_is_sealed_and_each_look_is_logged() {
    let desk = Desk::new().await;
    let number = desk.reported().await;
    let reveal = |caller: &yiwang_chassis::identity::Caller, reason: &str| {
        let request = pb::RevealReporterRequest {
            case_number: number.clone(),
            reason: reason.into(),
        };
        desk.service.reveal_reporter(as_caller(caller, request))
    };
    let fault = unwrap(reveal(&desk.centre, "要向老师核实情况").await).unwrap_err();
    assert_eq!(fault.reason, "WRONG_ROLE");
    let fault = unwrap(reveal(&desk.first, " ").await).unwrap_err();
    assert_eq!(fault.fields[0].reason, "REASONS_REQUIRED");
    let reporter = unwrap(reveal(&desk.first, "公安机关依法核实").await).unwrap();
    assert_eq!(reporter.name, "方老师");
    let log = "select actor_name || ' ' || purpose from chassis.audit_entry
                where action = 'reporter.reveal'";
    assert_eq!(desk.world.texts(log).await, ["许丽华 公安机关依法核实"]);
    // Nothing else shows it: not the case, not the workbench.
    let case = desk
        .act(&desk.first, &number, "police_told", super::told())
        .await
        .unwrap();
    let bench = desk.workbench(&desk.first, &number).await.unwrap();
    let shown = format!("{case:?}{bench:?}");
    assert!(!shown.contains("方老师") && !shown.contains("13900002222"));
    let request = pb::ListReportsRequest {
        division: COUNTY.into(),
    };
    let list = unwrap(
        desk.service
            .list_reports(as_caller(&desk.first, request))
            .await,
    )
    .unwrap();
    assert!(list.reports[0].reporter_known && !format!("{list:?}").contains("方老师"));
    assert_eq!(
        desk.refuses(&desk.first, &number, "countersign", Value::Null)
            .await,
        "WRONG_STATE"
    );
}
