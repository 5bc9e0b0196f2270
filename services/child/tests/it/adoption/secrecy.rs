//! After the registration nobody finds the birth parents again, unless two open the archive.

use serde_json::Value;
use sqlx::AssertSqlSafe;
use uuid::Uuid;
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_proto::{
    casework::v1::{self as casework, casework_server::Casework as _},
    child::v1::{self as pb, adoption_server::Adoption as _},
};

use super::{Desk, FIRST, child, father, husband, mother, papers, proposal, sent, wife};

/// Columns of the database that hold this text anywhere, but in sealed values.
async fn told(desk: &Desk, needle: &str) -> Vec<String> {
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "select format('%I.%I', table_schema, table_name), quote_ident(column_name), data_type
           from information_schema.columns
          where table_schema in ('child', 'casework', 'chassis')
            and data_type in ('text', 'bytea', 'json', 'jsonb', 'ARRAY', 'character varying')",
    )
    .fetch_all(&desk.world.db.pool)
    .await
    .unwrap();
    assert!(columns.len() > 60, "{}", columns.len());
    let mut found = Vec::new();
    for (table, column, kind) in columns {
        let holds = match kind.as_str() {
            "bytea" => format!("position(convert_to($1, 'UTF8') in {column}) > 0"),
            _ => format!("position($1 in {column}::text) > 0"),
        };
        let sql = format!("select count(*) from {table} where {holds}");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(needle)
            .fetch_one(&desk.world.db.pool)
            .await
            .unwrap();
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

fn needles(desk: &Desk) -> Vec<String> {
    let (father, mother) = (father(), mother());
    let keys = [desk.world.key(&father), desk.world.key(&mother)];
    let names = ["卢国庆".to_owned(), "秦小燕".to_owned()];
    keys.into_iter()
        .chain([father, mother])
        .chain(names)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_the_birth_parents_after_the_registration() {
    let desk = Desk::new().await;
    let case = desk.filed(sent()).await.unwrap();
    let number = case.number.as_str();
    let key = desk.world.key(&mother());
    assert_eq!(told(&desk, &key).await, ["casework.case_person.person_key"]);

    let senders = [("father", "卢国庆"), ("mother", "秦小燕")];
    let shown = papers(&["sender_identity", "hardship"]);
    desk.accepted(number, &senders, &shown).await;
    let case = desk.assessed(number, [5, 9], "2026-06-12").await;
    assert_eq!(case.state, "reviewed");
    let case = desk.registered(number).await;
    assert_eq!(case.state, "registered");

    for needle in needles(&desk) {
        let found = told(&desk, &needle).await;
        assert!(found.is_empty(), "{needle}: {found:?}");
    }
    // Whoever still reads the case reads nothing of them.
    for caller in [
        desk.world.citizen(&husband()),
        desk.world.citizen(&wife()),
        desk.registrar.clone(),
        desk.second.clone(),
        desk.assessors[0].clone(),
    ] {
        let get = casework::GetCaseRequest {
            number: number.into(),
        };
        let service = &desk.world.service;
        let read = unwrap(service.get_case(as_caller(&caller, get)).await);
        let history = casework::GetHistoryRequest {
            number: number.into(),
        };
        let history = unwrap(service.get_history(as_caller(&caller, history)).await);
        let seen = format!("{read:?} {history:?}");
        for needle in needles(&desk) {
            assert!(!seen.contains(&needle), "{needle}: {seen}");
        }
    }
    let read = casework::GetCaseRequest {
        number: number.into(),
    };
    let husband = desk.world.citizen(&husband());
    let read = unwrap(desk.world.service.get_case(as_caller(&husband, read)).await).unwrap();
    assert_eq!(read.certificates.len(), 1);
    assert_eq!(read.certificates[0].number, FIRST);

    // The one row that is left: adopters and child.
    let row = desk.world.text("select state || ' ' || certificate || ' ' || cardinality(adopter_keys) || ' ' || cardinality(assessors) from child.adoption").await;
    assert_eq!(row, format!("registered {FIRST} 2 2"));
    let event = desk
        .world
        .text("select subject from chassis.outbox where aggregate = 'adoption'")
        .await;
    assert_eq!(event, "yiwang.child.adoption.registered");
    archive(&desk, number).await;
    // The child is adopted: nobody files again.
    let again = desk.filed(sent()).await.unwrap_err();
    assert_eq!(again.reason, "CHILD_TAKEN");
    assert_eq!(desk.world.key(&child()).len(), 64);
}

/// Asked by one, approved by another, opened with a row in the log.
async fn archive(desk: &Desk, number: &str) {
    let open = || pb::OpenArchiveRequest {
        case_number: number.into(),
        reason: "法院调取".into(),
    };
    let (service, registrar) = (&desk.service, &desk.registrar);
    let opened = unwrap(service.open_archive(as_caller(registrar, open())).await);
    assert_eq!(opened.unwrap_err().reason, "NOT_APPROVED");
    let ask = pb::RequestArchiveRequest {
        idempotency_key: Uuid::from_u128(77).to_string(),
        case_number: number.into(),
        ground: "court".into(),
        reason: "县法院协助查询函3号".into(),
    };
    let asked = unwrap(service.request_archive(as_caller(registrar, ask)).await).unwrap();
    let approve = |key| pb::ApproveArchiveRequest {
        idempotency_key: Uuid::from_u128(key).to_string(),
        id: asked.id.clone(),
        approve: true,
        reason: String::new(),
    };
    let own = unwrap(
        service
            .approve_archive(as_caller(registrar, approve(78)))
            .await,
    );
    assert_eq!(own.unwrap_err().reason, "SAME_PERSON");
    let centre = &desk.assessors[0];
    let centre = unwrap(
        service
            .approve_archive(as_caller(centre, approve(79)))
            .await,
    );
    assert_eq!(
        centre.unwrap_err().code,
        yiwang_chassis::fault::Code::Forbidden
    );
    let other = unwrap(
        service
            .approve_archive(as_caller(&desk.second, approve(80)))
            .await,
    );
    assert_eq!(other.unwrap().state, "approved");

    let opened = unwrap(service.open_archive(as_caller(registrar, open())).await).unwrap();
    let seen = format!("{opened:?}");
    for needle in ["卢国庆", "秦小燕", "我同意", "姜文静", FIRST] {
        assert!(seen.contains(needle), "{needle}: {seen}");
    }
    // The approval is of one person, and lasts for days.
    let second = unwrap(service.open_archive(as_caller(&desk.second, open())).await);
    assert_eq!(second.unwrap_err().reason, "NOT_APPROVED");
    desk.world.go_to("2026-06-20T10:00:00").await;
    let later = unwrap(service.open_archive(as_caller(registrar, open())).await);
    assert_eq!(later.unwrap_err().reason, "NOT_APPROVED");
    let rows = desk
        .world
        .texts("select outcome from chassis.audit_entry where action = 'archive.open' order by id")
        .await;
    assert_eq!(rows.len(), 4, "{rows:?}");
    let changed = sqlx::query("update child.adoption_archive set county = '110101'")
        .execute(&desk.world.db.pool)
        .await;
    assert!(changed.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_assessed_or_proposed_does_not_approve() {
    let desk = Desk::new().await;
    let case = desk.filed(sent()).await.unwrap();
    let number = case.number.as_str();
    let senders = [("father", "卢国庆"), ("mother", "秦小燕")];
    let shown = papers(&["sender_identity", "hardship"]);
    desk.accepted(number, &senders, &shown).await;
    // The second registrar assesses, too.
    let begun = serde_json::json!({ "consented": true, "team": "县民政局" });
    desk.act(number, "begin_assessment", begun).await.unwrap();
    let visit = serde_json::json!({ "on": "2026-05-12", "seen": "夫妻", "findings": "好", "unrelated": true });
    desk.world
        .act(&desk.second, number, "visit", visit)
        .await
        .unwrap();
    desk.bonded(number, "2026-06-12").await;
    desk.scored(number, [0, 0]).await;
    let refused = desk
        .world
        .act(&desk.second, number, "propose", proposal())
        .await;
    assert_eq!(refused.unwrap_err().reason, "ASSESSOR_DECIDES");
    // Marital state is of today, twice.
    let stale = desk.act(number, "propose", proposal()).await.unwrap_err();
    assert!(format!("{stale:?}").contains("MARITAL_NOT_TODAY"));
    desk.act(number, "check_marital", super::married())
        .await
        .unwrap();
    desk.act(number, "propose", proposal()).await.unwrap();
    let own = desk.act(number, "confirm", Value::Null).await.unwrap_err();
    assert_eq!(own.reason, "SAME_PERSON");
    let assessor = desk
        .world
        .act(&desk.second, number, "confirm", Value::Null)
        .await;
    assert_eq!(assessor.unwrap_err().reason, "ASSESSOR_DECIDES");
}
