//! Who is found, who may look, what is raised.

use serde_json::{Value, json};
use yiwang_chassis::identity::Role;
use yiwang_proto::rescue::v1::{self as pb, kin_server::Kin as _};
use yiwang_rescue::kin::{Search, watch};

use super::{Searching, chen, other, told};
use crate::world::{XIANAN, as_caller, officer, unwrap};

#[tokio::test(flavor = "multi_thread")]
async fn a_nickname_and_half_a_village_find_the_report_and_every_search_is_logged() {
    let s = Searching::new().await;
    let mut batch: Vec<Value> = (0..40).map(other).collect();
    batch.push(chen());
    let done = s.import(batch.clone(), &[]).await;
    assert_eq!((done.added, done.unchanged), (41, 0));
    let again = s.import(batch, &[]).await;
    assert_eq!((again.added, again.unchanged, again.changed), (0, 41, 0));
    let stay = s.stranded(told()).await;
    // Before memory is loaded nothing is pretended.
    assert!(s.find(&stay).await.loading);
    s.look().await;
    let list = s.find(&stay).await;
    let best = &list.candidates[0];
    assert_eq!((list.pool, best.report.as_str()), (41, "GA-P1"));
    assert!(best.probability > 0.9, "{best:?}");
    assert_eq!(best.label, yiwang_civic::mask::name("陈志强"));
    assert!(
        best.reasons
            .iter()
            .any(|why| why.field == "village" && why.weight > 1.0)
    );
    assert!(
        !format!("{:?}", best.reasons).contains("陈志强"),
        "masked in lists"
    );
    let logged = "select count(*) from chassis.audit_entry
                   where action = 'kin.search' and purpose = '查明受助人员身份'";
    assert_eq!(s.count(logged).await, 2);
    // Nobody without a word for what, nobody of another station.
    let request = pb::SearchForStayRequest {
        case_number: stay.clone(),
        ..Default::default()
    };
    let silent = unwrap(
        s.kin
            .search_for_stay(as_caller(&s.desk.first, request))
            .await,
    );
    assert_eq!(silent.unwrap_err().fields[0].field, "/purpose");
    let elsewhere = officer(9, "外站", Role::Station, "610902");
    assert_eq!(
        s.find_as(&elsewhere, &stay).await.unwrap_err().reason,
        "CASE_NOT_FOUND"
    );
    let clerk = officer(8, "窗口", Role::Clerk, "421202");
    assert_eq!(
        s.find_as(&clerk, &stay).await.unwrap_err().reason,
        "WRONG_ROLE"
    );
    // The other way round, and both sides for who compares.
    let request = pb::SearchForReportRequest {
        report: "GA-P1".into(),
        purpose: "家属来电".into(),
        limit: 0,
    };
    let back = unwrap(
        s.kin
            .search_for_report(as_caller(&s.desk.county, request))
            .await,
    )
    .unwrap();
    assert_eq!(back.candidates[0].stay, stay);
    let request = pb::CompareViewRequest {
        case_number: stay.clone(),
        report: "GA-P1".into(),
        purpose: "人工比对".into(),
    };
    let view = unwrap(s.kin.compare_view(as_caller(&s.desk.first, request)).await).unwrap();
    let name = view
        .fields
        .iter()
        .find(|field| field.title == "姓名")
        .unwrap();
    assert_eq!(
        (name.said.as_str(), name.found.as_str()),
        ("狗娃", "陈志强（狗娃）")
    );
    assert_eq!(
        s.count("select count(*) from chassis.audit_entry where action = 'kin.compare'")
            .await,
        1
    );
    // Withdrawn: found no more, and the pair the search had raised by itself ends.
    assert_eq!(
        s.count("select count(*) from rescue.kin_match where state = 'candidate'")
            .await,
        1
    );
    assert_eq!(s.import(vec![], &["P1"]).await.withdrawn, 1);
    let list = s.find(&stay).await;
    assert!(list.candidates.iter().all(|one| one.report != "GA-P1"));
    assert_eq!(list.pool, 40);
    s.look().await;
    assert_eq!(
        s.count("select count(*) from rescue.kin_match where state = 'rejected'")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_is_raised_once_and_a_second_process_sees_the_same() {
    let s = Searching::new().await;
    s.look().await;
    let other_process = Search::new(s.desk.world.rt.clone());
    assert!(!watch::look(&other_process).await.unwrap());
    let stay = s.stranded(told()).await;
    s.look().await;
    assert_eq!(s.count("select count(*) from rescue.kin_match").await, 0);
    s.import(vec![chen()], &[]).await;
    while watch::look(&other_process).await.unwrap() {}
    s.look().await;
    // New clues search again.
    s.desk
        .act(&stay, "clues", json!({ "height_cm": 165 }))
        .await
        .unwrap();
    s.look().await;
    while watch::look(&other_process).await.unwrap() {}
    assert_eq!(s.count("select count(*) from rescue.kin_match").await, 1);
    assert_eq!(s.find(&stay).await.candidates[0].match_state, "candidate");
    assert_eq!(
        s.count("select count(*) from casework.case_file where item = 'kin-match'")
            .await,
        1
    );
    let form = json!({ "stay": stay, "report": "GA-P1" });
    let twice = s
        .desk
        .world
        .submit(&s.desk.first, "kin-match", XIANAN, form)
        .await;
    assert_eq!(twice.unwrap_err().reason, "ALREADY_COMPARED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_changes_only_what_its_office_brought() {
    let s = Searching::new().await;
    s.import(vec![chen()], &[]).await;
    let elsewhere = officer(90, "周强", Role::CountyOfficer, "640302");
    let mut renamed = chen();
    renamed["name"] = "陈有福".into();
    for (reports, withdrawn) in [
        (vec![renamed.to_string()], vec![]),
        (vec![], vec!["P1".into()]),
    ] {
        let request = pb::ImportReportsRequest {
            idempotency_key: uuid::Uuid::now_v7().to_string(),
            source: "police".into(),
            reports,
            withdrawn,
        };
        let refused = s.kin.import_reports(as_caller(&elsewhere, request)).await;
        assert_eq!(unwrap(refused).unwrap_err().reason, "REPORT_OF_OTHERS");
    }
    let open = "select count(*) from rescue.report where state = 'open' and county = '421202'";
    assert_eq!(s.count(open).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_withdrawn_is_looked_at_by_nobody() {
    let s = Searching::new().await;
    s.import(vec![chen()], &[]).await;
    let stay = s.stranded(json!({ "accent": "安康口音" })).await;
    s.import(vec![], &["P1"]).await;
    let request = pb::CompareViewRequest {
        case_number: stay,
        report: "GA-P1".into(),
        purpose: "人工比对".into(),
    };
    let hidden = s.kin.compare_view(as_caller(&s.desk.first, request)).await;
    assert_eq!(unwrap(hidden).unwrap_err().reason, "CASE_NOT_FOUND");
}
