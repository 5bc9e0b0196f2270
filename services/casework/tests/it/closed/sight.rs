//! Caller by caller: who stands on a closed case, and what everybody else is told.

use yiwang_casework::{
    closed,
    testing::{House, as_caller, id_number, officer},
};
use yiwang_chassis::{
    fault::Code,
    identity::{Caller, Grant, Role},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use super::{ELSEWHERE, VILLAGE, ask_all, county, fault, form, house, whole};

/// Everybody who might look at the case of child 1 in [`VILLAGE`], and the ground they have.
fn callers(house: &House, filer: &Caller) -> Vec<(&'static str, Caller, Option<&'static str>)> {
    let staff = |nth, role, scope| officer(nth, "李四", role, scope);
    let mut moved = filer.clone();
    moved.grants = vec![Grant::new(Role::TownshipOfficer, "421221")];
    let mut kin = staff(40, Role::ChildCounty, "420323");
    kin.person = Some(house.key(&id_number(3)));
    let mut typed = house.citizen(&id_number(1));
    typed.grants.clear();
    vec![
        ("the child", house.citizen(&id_number(1)), Some("")),
        ("the mother", house.citizen(&id_number(2)), Some("")),
        ("who filed", filer.clone(), Some("filer")),
        (
            "county",
            staff(21, Role::ChildCounty, "420323"),
            Some("line"),
        ),
        ("city", staff(22, Role::ChildCounty, "420300"), Some("line")),
        (
            "village",
            staff(23, Role::ChildWorker, VILLAGE),
            Some("line"),
        ),
        (
            "named township",
            staff(24, Role::ChildSupervisor, ELSEWHERE),
            Some("standing"),
        ),
        (
            "county over the named township",
            staff(25, Role::ChildSupervisor, "421224"),
            Some("standing"),
        ),
        ("the carer, no party", house.citizen(&id_number(3)), None),
        ("a stranger", house.citizen(&id_number(9)), None),
        ("an ID number only typed", typed, None),
        ("who filed and left", moved, None),
        ("a relative at the office", kin, None),
        (
            "other village",
            staff(41, Role::ChildWorker, "420323100202"),
            None,
        ),
        ("other county", staff(42, Role::ChildCounty, "421224"), None),
        (
            "named place, other role",
            staff(43, Role::ChildWorker, ELSEWHERE),
            None,
        ),
        (
            "role of the item, not of its line",
            staff(44, Role::ChildSupervisor, "420323100"),
            None,
        ),
        (
            "window",
            staff(45, Role::TownshipOfficer, "420323100"),
            None,
        ),
        ("agent", staff(46, Role::Agent, "420323100"), None),
        ("auditor", staff(47, Role::Auditor, "000000"), None),
        ("security", staff(48, Role::SecurityAdmin, "000000"), None),
        (
            "administrator",
            staff(49, Role::SystemAdmin, "000000"),
            None,
        ),
        (
            "county officer",
            staff(50, Role::CountyOfficer, "420323"),
            None,
        ),
        ("approver", staff(51, Role::Approver, "420323"), None),
        ("station", staff(52, Role::Station, "420323"), None),
    ]
}

/// The case with a document and a certificate: number and ids.
async fn certified(house: &House, filer: &Caller) -> (String, String, String) {
    let filed = house
        .submit(filer, "shielded", VILLAGE, form(1, ELSEWHERE))
        .await
        .unwrap();
    assert!(filed.confidential && filed.ground == "filer", "{filed:?}");
    let case = house
        .act(&county(), &filed.number, "certify", serde_json::Value::Null)
        .await
        .unwrap();
    let document = case.documents[0].id.clone();
    (filed.number, document, case.certificates[0].id.clone())
}

#[tokio::test]
async fn who_does_not_stand_is_told_what_is_told_of_a_missing_case() {
    let house = house().await;
    let filer = officer(20, "窗口", Role::TownshipOfficer, "420323100");
    let (number, document, certificate) = certified(&house, &filer).await;
    let missing = "KJ4203232605129999999X";
    let nothing = "018f0000-0000-7000-8000-000000000000";
    for (who, caller, ground) in callers(&house, &filer) {
        let asked = ask_all(&house, &caller, &number, &document, &certificate).await;
        let other = ask_all(&house, &caller, missing, &document, nothing).await;
        for ((rpc, asked), (_, other)) in asked.into_iter().zip(other) {
            if ground.is_none() {
                let (hidden, other) = (asked.unwrap_err(), other.unwrap_err());
                assert_eq!(whole(&hidden), whole(&other), "{who} {rpc}");
                assert_eq!(fault(Err(hidden)).code, Code::NotFound, "{who} {rpc}");
            } else if let Err(status) = asked
                && !["certificate", "show"].contains(&rpc)
            {
                assert_ne!(fault(Err(status)).code, Code::NotFound, "{who} {rpc}");
            }
        }
    }
}

#[tokio::test]
async fn every_read_by_an_officer_leaves_a_row_with_its_ground() {
    let house = house().await;
    let filer = officer(20, "窗口", Role::TownshipOfficer, "420323100");
    let (number, document, certificate) = certified(&house, &filer).await;
    for (who, caller, ground) in callers(&house, &filer) {
        let before = rows(&house, &caller).await.len();
        let mut read = 0;
        for (rpc, asked) in ask_all(&house, &caller, &number, &document, &certificate).await {
            // Who may not take an act is refused and reads nothing.
            read += usize::from(asked.is_ok() && rpc != "show");
        }
        let rows = rows(&house, &caller).await;
        match ground {
            Some("") => assert!(read >= 3 && rows.is_empty(), "{who}: {rows:?}"),
            Some(ground) => {
                assert_eq!(rows.len() - before, read, "{who}: {rows:?}");
                assert!(read >= 4, "{who}: {read}");
                assert!(rows.iter().all(|row| row == ground), "{who}: {rows:?}");
            }
            None => assert!(rows.len() == before && read == 0, "{who}: {rows:?}"),
        }
        let audited: i64 = sqlx::query_scalar(
            "select count(*) from chassis.audit_entry
              where actor = $1 and detail::jsonb ? 'ground' and object = $2",
        )
        .bind(caller.account.to_string())
        .bind(format!("case/{number}"))
        .fetch_one(&house.db.pool)
        .await
        .unwrap();
        assert_eq!(usize::try_from(audited).unwrap(), rows.len(), "{who}");
    }
}

/// The grounds of an account's reads.
async fn rows(house: &House, caller: &Caller) -> Vec<String> {
    sqlx::query_scalar("select ground from casework.access_read where account = $1")
        .bind(caller.account)
        .fetch_all(&house.db.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_role_acts_only_where_it_stands_and_the_line_leaves_a_sealed_case() {
    let house = house().await;
    let number = super::open(&house, VILLAGE, &form(1, ELSEWHERE)).await;
    let null = serde_json::Value::Null;
    // Named elsewhere: acts there by that role alone.
    let mut named = officer(24, "钱七", Role::ChildSupervisor, ELSEWHERE);
    named.grants.push(Grant::new(Role::ChildCounty, "421224"));
    house
        .act(&named, &number, "visit", null.clone())
        .await
        .unwrap();
    let refused = house.act(&named, &number, "seal", null.clone()).await;
    assert_eq!(refused.unwrap_err().reason, "WRONG_ROLE");
    // Of two roles over the place only the one acts that stands.
    let mut both = officer(26, "孙八", Role::ChildWorker, VILLAGE);
    both.grants
        .push(Grant::new(Role::TownshipOfficer, "420323100"));
    let case = house.get_as(&both, &number).await.unwrap();
    assert_eq!((case.ground.as_str(), case.confidential), ("line", true));
    let key = "an-act-again";
    house
        .act_as(key, &county(), &number, "seal", null.clone())
        .await
        .unwrap();
    for line in [&county(), &both] {
        let gone = house.get_as(line, &number).await.unwrap_err();
        assert_eq!(gone.reason, "CASE_NOT_FOUND");
    }
    // What was answered before is not told again either.
    let again = house.act_as(key, &county(), &number, "seal", null).await;
    assert_eq!(again.unwrap_err().reason, "CASE_NOT_FOUND");
    // Parties and named offices stay.
    assert_eq!(
        house.get_as(&named, &number).await.unwrap().ground,
        "standing"
    );
    let mother = house.citizen(&id_number(2));
    assert!(house.get_as(&mother, &number).await.unwrap().own);
}

#[tokio::test]
async fn nobody_who_just_works_here_looks_into_a_case_that_was_sealed_for_good() {
    let house = house().await;
    let number = super::open(&house, VILLAGE, &form(1, ELSEWHERE)).await;
    let named = officer(24, "钱七", Role::ChildSupervisor, ELSEWHERE);
    let child = house.key(&id_number(1));
    let mut conn = house.db.pool.acquire().await.unwrap();
    // Not before it has ended.
    closed::seal(&mut conn, &["shielded"], &child)
        .await
        .unwrap();
    house.get_as(&named, &number).await.unwrap();
    house
        .act(&county(), &number, "end", serde_json::Value::Null)
        .await
        .unwrap();
    closed::seal(&mut conn, &["another"], &child).await.unwrap();
    house.get_as(&named, &number).await.unwrap();
    closed::seal(&mut conn, &["shielded"], &child)
        .await
        .unwrap();
    for caller in [&named, &county()] {
        let gone = house.get_as(caller, &number).await.unwrap_err();
        assert_eq!(gone.reason, "CASE_NOT_FOUND");
        assert!(super::work(&house, caller, "REGION", 50).await.is_empty());
    }
    let emergency = super::requests::break_glass(&house, &named, &number).await;
    assert_eq!(emergency.unwrap_err().reason, "CASE_NOT_FOUND");
    let mother = house.citizen(&id_number(2));
    assert!(house.get_as(&mother, &number).await.unwrap().own);
}

#[tokio::test]
async fn who_hands_in_what_is_then_hidden_gets_a_receipt() {
    let house = house().await;
    // A clerk of another county files where the grant reaches, then the grant ends: nothing stays.
    let clerk = officer(60, "窗口", Role::Clerk, "420323");
    let filed = house
        .submit(&clerk, "shielded", VILLAGE, form(1, ""))
        .await
        .unwrap();
    let mut moved = clerk.clone();
    moved.grants = vec![Grant::new(Role::Clerk, "421224")];
    for (caller, listed) in [(&clerk, 1), (&moved, 0)] {
        let request = as_caller(caller, pb::ListOwnCasesRequest::default());
        let own = house.service.list_own_cases(request).await.unwrap();
        assert_eq!(own.into_inner().cases.len(), listed);
    }
    assert_eq!(filed.division, VILLAGE);
}

#[tokio::test]
async fn what_a_service_shows_from_its_own_tables_follows_the_same_rule() {
    let house = house().await;
    let number = super::open(&house, VILLAGE, &form(1, "")).await;
    let mut conn = house.db.pool.acquire().await.unwrap();
    let stranger = officer(45, "窗口", Role::TownshipOfficer, "420323100");
    let read = "visit.read";
    closed::look(&house.rt, &mut conn, &county(), &number, read)
        .await
        .unwrap();
    let hidden = closed::look(&house.rt, &mut conn, &stranger, &number, read).await;
    assert_eq!(hidden.unwrap_err().reason, "CASE_NOT_FOUND");
    assert_eq!(rows(&house, &county()).await, ["line"]);
    assert!(rows(&house, &stranger).await.is_empty());
}
