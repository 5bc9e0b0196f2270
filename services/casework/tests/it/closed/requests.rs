//! Asking for access and deciding.

use jiff::SignedDuration;
use serde_json::Value;
use yiwang_casework::testing::{House, as_caller, id_number, officer, unwrap};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use super::{VILLAGE, county, form, house, key, open};

pub(super) const MISSING: &str = "KJ4203232605129999999X";

pub(super) async fn request(
    house: &House,
    caller: &Caller,
    number: &str,
) -> Result<pb::AccessRequest, Fault> {
    let request = pb::RequestAccessRequest {
        idempotency_key: key(house),
        number: number.into(),
        reason: "孩子转到我县就学".into(),
    };
    unwrap(
        house
            .service
            .request_access(as_caller(caller, request))
            .await,
    )
}

pub(super) async fn decide(
    house: &House,
    caller: &Caller,
    id: &str,
    approve: bool,
) -> Result<pb::AccessRequest, Fault> {
    let request = pb::DecideAccessRequest {
        idempotency_key: key(house),
        id: id.into(),
        approve,
        reason: "属实，同意查看".into(),
        days: 10,
    };
    unwrap(
        house
            .service
            .decide_access(as_caller(caller, request))
            .await,
    )
}

pub(super) async fn break_glass(
    house: &House,
    caller: &Caller,
    number: &str,
) -> Result<pb::AccessRequest, Fault> {
    let request = pb::BreakGlassRequest {
        idempotency_key: key(house),
        number: number.into(),
        reason: "孩子在我县走失".into(),
    };
    unwrap(house.service.break_glass(as_caller(caller, request)).await)
}

pub(super) async fn review(
    house: &House,
    caller: &Caller,
    id: &str,
    justified: bool,
) -> Result<pb::AccessRequest, Fault> {
    let request = pb::ReviewBreakGlassRequest {
        idempotency_key: key(house),
        id: id.into(),
        justified,
        reason: "已与当事人核实".into(),
    };
    let request = as_caller(caller, request);
    unwrap(house.service.review_break_glass(request).await)
}

pub(super) async fn list(house: &House, caller: &Caller) -> pb::AccessRequestPage {
    let request = pb::ListAccessRequestsRequest::default();
    unwrap(
        house
            .service
            .list_access_requests(as_caller(caller, request))
            .await,
    )
    .unwrap()
}

pub(super) fn other_county() -> Caller {
    officer(31, "外县", Role::ChildCounty, "421224")
}

/// What the requester may not tell apart: without what differs in any two requests.
fn told(mut request: pb::AccessRequest) -> pb::AccessRequest {
    request.id.clear();
    request.number.clear();
    request.asked_at = None;
    request.due_at = None;
    request
}

#[tokio::test]
async fn asked_approved_read_and_over() {
    let house = house().await;
    let number = open(&house, VILLAGE, &form(1, "")).await;
    let asker = other_county();
    let asked = request(&house, &asker, &number).await.unwrap();
    assert_eq!(asked.state_label, "已提交，由办理单位审核");
    assert!(asked.mine && asked.item_title.is_empty());
    assert!(house.get_as(&asker, &number).await.is_err());
    let waiting = list(&house, &county()).await.requests;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].may_decide && waiting[0].requester == "外县");
    assert_eq!(waiting[0].reason, "孩子转到我县就学");
    let approved = decide(&house, &county(), &asked.id, true).await.unwrap();
    assert_eq!(
        (approved.state.as_str(), approved.may_decide),
        ("approved", false)
    );
    let again = decide(&house, &county(), &asked.id, false).await;
    assert_eq!(again.unwrap_err().reason, "WRONG_STATE");

    let case = house.get_as(&asker, &number).await.unwrap();
    assert_eq!(case.ground, "granted");
    assert!(case.access_until.is_some() && case.actions.is_empty());
    let act = house.act(&asker, &number, "visit", Value::Null).await;
    assert_eq!(act.unwrap_err().reason, "WRONG_ROLE");
    let purpose = house
        .texts("select purpose from chassis.audit_entry where action = 'case.read'")
        .await;
    assert_eq!(purpose, ["孩子转到我县就学"]);
    let known = request(&house, &asker, &number).await.unwrap_err();
    assert_eq!(known.reason, "ALREADY_STANDS");

    house.clock.advance(SignedDuration::from_hours(10 * 24));
    let over = house.get_as(&asker, &number).await.unwrap_err();
    assert_eq!(over.reason, "CASE_NOT_FOUND");
    let rows = house
        .text("select count(*)::text from casework.access_read")
        .await;
    assert_eq!(rows, "1");
}

#[tokio::test]
async fn the_answer_is_the_same_for_hidden_refused_and_missing() {
    let house = house().await;
    let number = open(&house, VILLAGE, &form(1, "")).await;
    let asker = other_county();
    let hidden = request(&house, &asker, &number).await.unwrap();
    let missing = request(&house, &asker, MISSING).await.unwrap();
    assert_eq!(told(hidden.clone()), told(missing));
    let refused = decide(&house, &county(), &hidden.id, false).await.unwrap();
    assert_eq!(refused.state, "refused");
    // Asked again about either: the request that waits.
    let again = request(&house, &asker, &number).await.unwrap();
    assert_eq!(
        (again.id.as_str(), again.state.as_str()),
        (hidden.id.as_str(), "submitted")
    );
    for days in [1, 30] {
        house.clock.advance(SignedDuration::from_hours(24 * days));
        let mine = list(&house, &asker).await.requests;
        assert_eq!(mine.len(), 2);
        assert_eq!(told(mine[0].clone()), told(mine[1].clone()));
        assert_eq!(
            mine[0].state,
            if days == 1 { "submitted" } else { "expired" }
        );
    }
    // Nobody else sees what names no case; those who do not decide see nothing.
    assert_eq!(list(&house, &county()).await.requests.len(), 1);
    for role in [Role::Auditor, Role::ChildWorker, Role::CountyOfficer] {
        let other = officer(70, "外人", role, "420323");
        assert!(list(&house, &other).await.requests.is_empty(), "{role}");
        let decided = decide(&house, &other, &hidden.id, true).await;
        assert_eq!(decided.unwrap_err().reason, "ACCESS_NOT_FOUND");
    }
}

#[tokio::test]
async fn nobody_decides_on_their_own_request() {
    let house = house().await;
    let number = open(&house, VILLAGE, &form(1, "")).await;
    house
        .act(&county(), &number, "seal", Value::Null)
        .await
        .unwrap();
    let asked = request(&house, &county(), &number).await.unwrap();
    let own = decide(&house, &county(), &asked.id, true).await;
    assert_eq!(own.unwrap_err().reason, "OWN_REQUEST");
    let forced = sqlx::query(
        "update casework.access_request set agreed = true, decided_at = now(),
                decided_by = requester, decided_name = '', decision_reason = ''",
    )
    .execute(&house.db.pool)
    .await;
    assert!(
        forced
            .unwrap_err()
            .to_string()
            .contains("access_decided_by_another")
    );
    // Nor does who is on the form.
    let mut carer = officer(32, "亲属", Role::ChildCounty, "420323");
    carer.person = Some(house.key(&id_number(3)));
    let fault = decide(&house, &carer, &asked.id, true).await.unwrap_err();
    assert_eq!(fault.reason, "ACCESS_NOT_FOUND");
    // A colleague does; the line then also acts on what is sealed.
    let colleague = officer(33, "同事", Role::ChildCounty, "420323");
    decide(&house, &colleague, &asked.id, true).await.unwrap();
    assert_eq!(
        house.get_as(&county(), &number).await.unwrap().ground,
        "granted"
    );
    house
        .act(&county(), &number, "reopen", Value::Null)
        .await
        .unwrap();
    // The form's own officer gets nothing by asking.
    let asked = request(&house, &carer, &number).await.unwrap();
    assert_eq!(asked.state, "submitted");
    let decided = decide(&house, &colleague, &asked.id, true).await;
    assert_eq!(decided.unwrap_err().reason, "ACCESS_NOT_FOUND");
}
