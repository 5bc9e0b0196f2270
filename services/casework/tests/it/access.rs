//! A hidden case answers as a missing one; officers read masked values.

use serde_json::json;
use yiwang_chassis::{
    fault::Code,
    identity::{Grant, Role},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::world::{OLD_MAN, TOWNSHIP, World, as_caller, form, officer, unwrap};

#[tokio::test]
async fn who_may_not_see_a_case_learns_nothing() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let stranger = yiwang_chassis::identity::Caller {
        account: uuid::Uuid::from_u128(55),
        ..world.citizen("110101194003070019")
    };
    let strangers = [
        stranger,
        officer(Role::TownshipOfficer, "420323101"),
        officer(Role::TownshipOfficer, "421221"),
        officer(Role::Station, TOWNSHIP),
    ];
    for stranger in strangers {
        let hidden = world.get(&stranger, &case.number).await.unwrap_err();
        let missing = world
            .get(&stranger, "GL4203232605129999999X")
            .await
            .unwrap_err();
        assert_eq!(hidden.code, Code::NotFound);
        assert_eq!(
            (hidden.reason, hidden.message),
            (missing.reason, missing.message)
        );
        let act = world
            .act(&stranger, &case.number, "check", json!({}))
            .await
            .unwrap_err();
        assert_eq!(act.reason, "CASE_NOT_FOUND");
    }
    let anonymous = tonic::Request::new(pb::GetCaseRequest {
        number: case.number,
    });
    let refused = unwrap(world.service.get_case(anonymous).await).unwrap_err();
    assert_eq!(refused.code, Code::Unauthenticated);
}

#[tokio::test]
async fn officers_see_masks_and_reveal_for_a_reason_that_is_audited() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    assert!(case.form.contains(OLD_MAN) && case.own);
    let township = officer(Role::TownshipOfficer, "420323");
    let seen = world.get(&township, &case.number).await.unwrap();
    assert_eq!(seen.applicant, "张*");
    assert!(!seen.form.contains(OLD_MAN) && !format!("{:?}", seen.sections).contains(OLD_MAN));
    let reveal = |reason: &str, pointer: &str| pb::RevealRequest {
        number: case.number.clone(),
        pointer: pointer.into(),
        reason: reason.into(),
    };
    let call = |message| world.service.reveal(as_caller(&township, message));
    let none = unwrap(call(reveal(" ", "/form/id_number")).await).unwrap_err();
    assert_eq!(none.fields[0].field, "/reason");
    let shown = unwrap(call(reveal("核对身份证原件", "/form/id_number")).await).unwrap();
    assert_eq!(shown.value, OLD_MAN);
    let nothing = unwrap(call(reveal("核对身份证原件", "/form/nothing")).await).unwrap_err();
    assert_eq!(nothing.code, Code::NotFound);
    let audited: Vec<(String, Option<String>)> = sqlx::query_as(
        "select action, purpose from chassis.audit_entry
          where action in ('case.read', 'case.reveal') order by at, action",
    )
    .fetch_all(&world.db.pool)
    .await
    .unwrap();
    let expected = [("case.read", None), ("case.reveal", Some("核对身份证原件"))]
        .map(|(action, purpose)| (action.to_owned(), purpose.map(str::to_owned)));
    assert_eq!(audited, expected);
}

#[tokio::test]
async fn nobody_decides_a_case_of_their_own() {
    let world = World::new().await;
    let case = world.submit("k1").await;
    let mut relative = officer(Role::TownshipOfficer, TOWNSHIP);
    relative.person = Some(world.key(OLD_MAN));
    let fault = world
        .act(&relative, &case.number, "check", json!({}))
        .await
        .unwrap_err();
    assert_eq!(fault.reason, "OWN_CASE");
}

#[tokio::test]
async fn one_files_only_for_oneself_unless_at_the_counter() {
    let world = World::new().await;
    let request = |key: &str| pb::SubmitRequest {
        idempotency_key: key.into(),
        item: "old-age".into(),
        division: TOWNSHIP.into(),
        form: form(OLD_MAN).to_string(),
        materials: vec![],
    };
    let neighbour = world.citizen("110101194003070019");
    let fault = unwrap(
        world
            .service
            .submit(as_caller(&neighbour, request("a")))
            .await,
    );
    assert_eq!(fault.unwrap_err().reason, "NOT_APPLICANT");
    for (role, place, allowed) in [
        (Role::Agent, TOWNSHIP, true),
        (Role::Clerk, "420323", true),
        (Role::Agent, "420323101", false),
        (Role::Auditor, TOWNSHIP, false),
    ] {
        let caller = officer(role, place);
        let filed = unwrap(
            world
                .service
                .submit(as_caller(&caller, request(&format!("{role}{place}"))))
                .await,
        );
        assert_eq!(filed.is_ok(), allowed, "{role} {place}");
    }
    // The person finds the case that the agent filed.
    let own = pb::ListOwnCasesRequest::default();
    let own = unwrap(
        world
            .service
            .list_own_cases(as_caller(&world.citizen(OLD_MAN), own))
            .await,
    );
    assert_eq!(own.unwrap().cases.len(), 2);
}

#[tokio::test]
async fn wrong_input_is_named_by_field_and_nothing_is_stored() {
    let world = World::new().await;
    for (form, field) in [
        (
            json!({ "name": "", "id_number": OLD_MAN, "income": 1 }),
            "/name",
        ),
        (
            json!({ "name": "张三", "id_number": "420323194001011231", "income": 1 }),
            "/id_number",
        ),
        (
            json!({ "name": "张三", "id_number": OLD_MAN, "income": -1 }),
            "/income",
        ),
        (json!([]), ""),
    ] {
        let fault = world.try_submit("k1", form.clone()).await.unwrap_err();
        assert_eq!(fault.code, Code::InvalidInput, "{form}: {fault:?}");
        assert!(
            fault.fields.iter().any(|v| v.field == field),
            "{form}: {fault:?}"
        );
    }
    let rows: (i64, i64) = sqlx::query_as(
        "select (select count(*) from casework.case_file), (select count(*) from chassis.outbox)",
    )
    .fetch_one(&world.db.pool)
    .await
    .unwrap();
    assert_eq!(rows, (0, 0));
    // The key of a refused call is free: the corrected form goes through.
    world.submit("k1").await;
}

#[tokio::test]
async fn who_filed_for_somebody_does_not_decide_and_keeps_nothing_after_leaving() {
    let world = World::new().await;
    let filer = officer(Role::TownshipOfficer, TOWNSHIP);
    let request = pb::SubmitRequest {
        idempotency_key: "a".into(),
        item: "old-age".into(),
        division: TOWNSHIP.into(),
        form: form(OLD_MAN).to_string(),
        materials: vec![],
    };
    let case = unwrap(world.service.submit(as_caller(&filer, request)).await).unwrap();
    let fault = world
        .act(&filer, &case.number, "check", json!({}))
        .await
        .unwrap_err();
    assert_eq!(fault.reason, "FILED_BY_SELF");
    let mut moved = filer.clone();
    moved.grants = vec![Grant::new(Role::TownshipOfficer, "421221")];
    let gone = world.get(&moved, &case.number).await.unwrap_err();
    assert_eq!(gone.reason, "CASE_NOT_FOUND");
    let mut colleague = filer.clone();
    colleague.account = uuid::Uuid::from_u128(77);
    world
        .act(&colleague, &case.number, "check", json!({}))
        .await
        .unwrap();
}

#[tokio::test]
async fn an_id_number_that_was_only_typed_reaches_nothing_that_others_filed() {
    let world = World::new().await;
    let agent = officer(Role::Agent, TOWNSHIP);
    let request = pb::SubmitRequest {
        idempotency_key: "a".into(),
        item: "old-age".into(),
        division: TOWNSHIP.into(),
        form: form(OLD_MAN).to_string(),
        materials: vec![],
    };
    let case = unwrap(world.service.submit(as_caller(&agent, request)).await).unwrap();
    let verified = world.citizen(OLD_MAN);
    assert!(world.get(&verified, &case.number).await.unwrap().own);
    let typed = yiwang_chassis::identity::Caller {
        grants: vec![],
        ..verified
    };
    let fault = world.get(&typed, &case.number).await.unwrap_err();
    assert_eq!(fault.reason, "CASE_NOT_FOUND");
    let own = pb::ListOwnCasesRequest::default();
    let own = unwrap(world.service.list_own_cases(as_caller(&typed, own)).await).unwrap();
    assert!(own.cases.is_empty());
}
