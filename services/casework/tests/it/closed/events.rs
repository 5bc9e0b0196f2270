//! What leaves the service about a closed case.

use prost::Message as _;
use serde_json::Value;
use yiwang_casework::testing::{as_caller, id_number, officer};
use yiwang_chassis::identity::Role;
use yiwang_proto::{
    casework::v1::{self as pb, casework_server::Casework},
    event::v1::{CaseChanged, CertificateChanged},
};

use super::{VILLAGE, county, form, house};

#[tokio::test]
async fn events_carry_what_the_inbox_needs_and_no_more() {
    let house = house().await;
    let filer = officer(20, "窗口", Role::TownshipOfficer, "420323100");
    let case = house
        .submit(&filer, "shielded", VILLAGE, form(1, ""))
        .await
        .unwrap();
    house
        .act(&county(), &case.number, "certify", Value::Null)
        .await
        .unwrap();
    let events: Vec<(String, String, Vec<u8>)> =
        sqlx::query_as("select aggregate, event_type, payload from chassis.outbox order by seq")
            .fetch_all(&house.db.pool)
            .await
            .unwrap();
    assert_eq!(events.len(), 3);
    for (aggregate, event_type, payload) in events {
        if aggregate == "certificate" {
            let told = CertificateChanged::decode(payload.as_slice()).unwrap();
            assert!(told.holders.is_empty() && told.case_number.is_empty());
            assert_eq!(told.state, "valid");
            continue;
        }
        assert_eq!(event_type, "yiwang.sample.case.changed.v1");
        let told = CaseChanged::decode(payload.as_slice()).unwrap();
        assert_eq!(told.number, case.number);
        assert_eq!(told.account, filer.account.to_string());
        assert!(!told.message.is_empty());
        assert_eq!(told.item_title, "未成年人保护和儿童福利业务");
        for hidden in [
            told.applicant,
            told.item,
            told.division,
            told.state,
            told.action,
        ] {
            assert_eq!(hidden, "");
        }
    }
}

#[tokio::test]
async fn a_certificate_of_a_closed_case_is_its_holders() {
    let house = house().await;
    let number = super::open(&house, VILLAGE, &form(1, "")).await;
    house
        .act(&county(), &number, "certify", Value::Null)
        .await
        .unwrap();
    for (id, copies) in [(1, 1), (2, 0)] {
        let holder = house.citizen(&id_number(id));
        let request = as_caller(&holder, pb::ListOwnCertificatesRequest::default());
        let own = house.service.list_own_certificates(request).await.unwrap();
        assert_eq!(own.into_inner().certificates.len(), copies);
    }
}
