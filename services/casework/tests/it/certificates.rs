//! Electronic certificates: signed once, a copy for each holder, shown for a minute, ended
//! for everybody at once.

use jiff::SignedDuration;
use prost::Message as _;
use serde_json::json;
use yiwang_casework::{CertificateState, certificate};
use yiwang_chassis::{
    clock::Clock as _,
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::certificate::{PublicKey, sign, verify};
use yiwang_proto::{
    casework::v1::{self as pb, casework_server::Casework},
    event::v1::CertificateChanged,
};

use crate::world::{OLD_MAN, TOWNSHIP, World, as_caller, officer, unwrap};

/// The other holder.
const PARTNER: &str = "110101194003070019";

impl World {
    fn partner(&self) -> Caller {
        Caller {
            account: uuid::Uuid::from_u128(2),
            name: "欧阳修".into(),
            ..self.citizen(PARTNER)
        }
    }

    /// A case in which both got a certificate.
    async fn certified(&self) -> pb::Case {
        let form = json!({
            "name": "张三", "id_number": OLD_MAN, "income": 1,
            "partner_name": "欧阳修", "partner_id": PARTNER,
        });
        let case = self.try_submit("k1", form).await.unwrap();
        let approver = officer(Role::Approver, "420323");
        self.act(&approver, &case.number, "certify", json!({}))
            .await
            .unwrap()
    }

    async fn certificates(&self, caller: &Caller) -> Vec<pb::Certificate> {
        let request = as_caller(caller, pb::ListOwnCertificatesRequest::default());
        let page = unwrap(self.service.list_own_certificates(request).await).unwrap();
        assert!(page.next_cursor.is_empty());
        page.certificates
    }

    async fn certificate(&self, caller: &Caller, id: &str) -> Result<pb::Certificate, Fault> {
        let request = pb::GetCertificateRequest { id: id.into() };
        unwrap(
            self.service
                .get_certificate(as_caller(caller, request))
                .await,
        )
    }

    async fn show(&self, caller: &Caller, id: &str) -> Result<pb::ShowCertificateResponse, Fault> {
        let request = pb::ShowCertificateRequest { id: id.into() };
        unwrap(
            self.service
                .show_certificate(as_caller(caller, request))
                .await,
        )
    }

    async fn shown(&self, code: &str) -> Result<pb::ShownCertificate, Fault> {
        let request = pb::CheckShownRequest { code: code.into() };
        unwrap(self.service.check_shown(tonic::Request::new(request)).await)
    }

    async fn check(&self, statement: &str) -> Result<pb::CertificateStatus, Fault> {
        let request = pb::CheckCertificateRequest {
            statement: statement.into(),
        };
        let request = tonic::Request::new(request);
        unwrap(self.service.check_certificate(request).await)
    }

    async fn change(&self, number: &str, state: CertificateState) -> Option<&'static str> {
        let mut conn = self.db.pool.acquire().await.unwrap();
        let now = self.clock.now();
        let event = certificate::change(&mut conn, number, state, "测试", now);
        event.await.unwrap().map(|event| event.event)
    }

    /// The events about certificates, in their order.
    async fn events(&self) -> Vec<(String, CertificateChanged)> {
        let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "select subject, payload from chassis.outbox where aggregate = 'certificate'
              order by version",
        )
        .fetch_all(&self.db.pool)
        .await
        .unwrap();
        let decode = |(subject, payload): (String, Vec<u8>)| {
            (
                subject,
                CertificateChanged::decode(payload.as_slice()).unwrap(),
            )
        };
        rows.into_iter().map(decode).collect()
    }
}

#[tokio::test]
async fn each_of_two_holders_has_a_copy_of_one_signed_statement() {
    let world = World::new().await;
    let case = world.certified().await;
    let [his, hers] = [world.citizen(OLD_MAN), world.partner()];
    let (own, other) = (
        world.certificates(&his).await,
        world.certificates(&hers).await,
    );
    let ([own], [other]) = (own.as_slice(), other.as_slice()) else {
        panic!("{own:?} {other:?}");
    };
    assert_ne!(own.id, other.id);
    assert_eq!(own.statement, other.statement);
    assert_eq!(
        (own.holder.as_str(), other.holder.as_str()),
        ("张*", "欧**")
    );
    assert_eq!(own.case_number, case.number);
    assert!(own.rows.is_empty() && own.own);
    let whole = world.certificate(&hers, &other.id).await.unwrap();
    assert_eq!(
        (whole.rows[0].value.as_str(), whole.state.as_str()),
        ("张三", "valid")
    );

    let statement = verify(&world.rt.certificate_keys, &own.statement).unwrap();
    let number = format!("GZ-{}", case.number);
    assert_eq!(
        (statement.service.as_str(), &statement.number),
        ("sample", &number)
    );
    assert_eq!(statement.holders, ["张*", "欧**"]);

    // The applicant's case leads to their own copy, an officer's to both.
    let seen = world.get(&his, &case.number).await.unwrap().certificates;
    let ids: Vec<&str> = seen.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, [own.id.as_str()]);
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let seen = world
        .get(&township, &case.number)
        .await
        .unwrap()
        .certificates;
    let names: Vec<&str> = seen.iter().map(|one| one.holder.as_str()).collect();
    assert_eq!(names, ["张*", "欧**"]);
}

#[tokio::test]
async fn no_row_of_a_certificate_names_a_person() {
    let world = World::new().await;
    world.certified().await;
    let rows: Vec<String> = sqlx::query_scalar("select c::text from casework.certificate c")
        .fetch_all(&world.db.pool)
        .await
        .unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        for secret in ["张三", "欧阳", OLD_MAN, PARTNER] {
            assert!(!row.contains(secret), "{row}");
        }
    }
}

#[tokio::test]
async fn a_certificate_ends_for_all_holders_with_the_decision() {
    let world = World::new().await;
    let case = world.certified().await;
    let [his, hers] = [world.citizen(OLD_MAN), world.partner()];
    let own = world.certificates(&his).await.remove(0);
    assert_eq!(world.check(&own.statement).await.unwrap().state, "valid");
    let approver = officer(Role::Approver, "420323");
    world
        .act(&approver, &case.number, "stop", json!({}))
        .await
        .unwrap();
    for holder in [&his, &hers] {
        let copy = world.certificates(holder).await.remove(0);
        assert_eq!(
            (copy.state.as_str(), copy.reason.as_str()),
            ("ended", "停发")
        );
    }
    let status = world.check(&own.statement).await.unwrap();
    assert_eq!(
        (status.state.as_str(), status.state_label.as_str()),
        ("ended", "已失效")
    );

    let events = world.events().await;
    let subjects: Vec<&str> = events.iter().map(|(subject, _)| subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "yiwang.sample.certificate.issued",
            "yiwang.sample.certificate.ended"
        ]
    );
    let (_, ended) = &events[1];
    let expected = CertificateChanged {
        number: own.number.clone(),
        kind: "old_age".into(),
        title: "高龄津贴证".into(),
        state: "ended".into(),
        holders: vec![world.key(OLD_MAN), world.key(PARTNER)],
        issued_on: "2026-05-12".into(),
        case_number: case.number,
        reason: "停发".into(),
    };
    assert_eq!(*ended, expected);
}

#[tokio::test]
async fn only_what_ended_becomes_valid_again_and_revoked_is_for_ever() {
    use CertificateState::{Ended, Replaced, Revoked, Valid};
    let world = World::new().await;
    world.certified().await;
    let own = world.certificates(&world.citizen(OLD_MAN)).await.remove(0);
    for (state, event, then) in [
        (Valid, None, "valid"),
        (Ended, Some("ended"), "ended"),
        (Replaced, None, "ended"),
        (Valid, Some("restored"), "valid"),
        (Replaced, Some("ended"), "replaced"),
        (Valid, None, "replaced"),
        (Revoked, Some("ended"), "revoked"),
        (Ended, None, "revoked"),
        (Valid, None, "revoked"),
    ] {
        assert_eq!(world.change(&own.number, state).await, event, "{state:?}");
        assert_eq!(world.check(&own.statement).await.unwrap().state, then);
    }
    assert_eq!(world.change("GZ-0", Ended).await, None);
}

#[tokio::test]
async fn a_code_shows_the_certificate_for_a_minute() {
    let world = World::new().await;
    let case = world.certified().await;
    let his = world.citizen(OLD_MAN);
    let own = world.certificates(&his).await.remove(0);
    let code = world.show(&his, &own.id).await.unwrap().code;
    let shown = world.shown(&code).await.unwrap();
    assert_eq!((shown.state.as_str(), shown.seconds_left), ("valid", 60));
    assert_eq!((shown.holder.as_str(), &shown.number), ("张*", &own.number));
    assert!(!format!("{shown:?}").contains("张三"));

    // It follows the certificate at once.
    let approver = officer(Role::Approver, "420323");
    world
        .act(&approver, &case.number, "stop", json!({}))
        .await
        .unwrap();
    assert_eq!(world.shown(&code).await.unwrap().state, "ended");

    world.clock.advance(SignedDuration::from_secs(59));
    assert_eq!(world.shown(&code).await.unwrap().seconds_left, 1);
    world.clock.advance(SignedDuration::from_secs(1));
    let over = world.shown(&code).await.unwrap_err();
    assert_eq!(
        (over.code, over.reason.as_ref()),
        (Code::NotFound, "CODE_EXPIRED")
    );
    // A wrong code says the same.
    let million = "0".repeat(1_000_000);
    for wrong in [
        "",
        "00000000000000000000000000000000",
        "'; drop",
        "\0",
        &million,
    ] {
        let fault = world.shown(wrong).await.unwrap_err();
        assert_eq!(
            (&fault.reason, &fault.message),
            (&over.reason, &over.message)
        );
    }
}

#[tokio::test]
async fn a_new_code_takes_the_place_of_the_one_before() {
    let world = World::new().await;
    world.certified().await;
    let his = world.citizen(OLD_MAN);
    let own = world.certificates(&his).await.remove(0);
    let first = world.show(&his, &own.id).await.unwrap().code;
    let second = world.show(&his, &own.id).await.unwrap().code;
    assert!(world.shown(&first).await.is_err());
    assert!(world.shown(&second).await.is_ok());
    let kept: Vec<Vec<u8>> = sqlx::query_scalar("select code_hash from casework.certificate_code")
        .fetch_all(&world.db.pool)
        .await
        .unwrap();
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0], second.as_bytes());
}

#[tokio::test]
async fn somebody_elses_certificate_is_hidden_like_a_missing_one() {
    let world = World::new().await;
    let case = world.certified().await;
    let his = world.citizen(OLD_MAN);
    let own = world.certificates(&his).await.remove(0);
    let typed = Caller {
        grants: vec![],
        ..world.partner()
    };
    let stranger = Caller {
        account: uuid::Uuid::from_u128(55),
        ..world.citizen("420323198001011226")
    };
    let strangers = [
        stranger,
        // The other holder has a copy of their own.
        world.partner(),
        typed.clone(),
        officer(Role::TownshipOfficer, "421221"),
        officer(Role::Station, TOWNSHIP),
        officer(Role::Agent, TOWNSHIP),
    ];
    for stranger in strangers {
        let hidden = world.certificate(&stranger, &own.id).await.unwrap_err();
        let missing = world
            .certificate(&stranger, "0190c8a0-0000-7000-8000-000000000000")
            .await
            .unwrap_err();
        let nonsense = world.certificate(&stranger, "x").await.unwrap_err();
        let show = world.show(&stranger, &own.id).await.unwrap_err();
        assert_eq!(hidden.code, Code::NotFound);
        for other in [missing, nonsense, show] {
            assert_eq!(
                (&hidden.reason, &hidden.message),
                (&other.reason, &other.message)
            );
        }
    }
    // An ID number that was only typed reaches nothing that others filed.
    assert!(world.certificates(&typed).await.is_empty());
    assert!(world.get(&typed, &case.number).await.is_err());
    let nobody = tonic::Request::new(pb::GetCertificateRequest { id: own.id });
    let refused = unwrap(world.service.get_certificate(nobody).await).unwrap_err();
    assert_eq!(refused.code, Code::Unauthenticated);
}

#[tokio::test]
async fn officers_read_what_they_may_see_and_leave_a_trace() {
    let world = World::new().await;
    world.certified().await;
    let own = world.certificates(&world.citizen(OLD_MAN)).await.remove(0);
    let township = officer(Role::TownshipOfficer, TOWNSHIP);
    let seen = world.certificate(&township, &own.id).await.unwrap();
    assert!(!seen.own);
    assert_eq!(seen.rows[1].value, OLD_MAN);
    // To show it is up to the holder.
    let fault = world.show(&township, &own.id).await.unwrap_err();
    assert_eq!(fault.reason, "NOT_HOLDER");
    world
        .certificate(&world.citizen(OLD_MAN), &own.id)
        .await
        .unwrap();
    let audited: Vec<String> = sqlx::query_scalar(
        "select actor from chassis.audit_entry where action = 'certificate.read'",
    )
    .fetch_all(&world.db.pool)
    .await
    .unwrap();
    assert_eq!(audited, [township.account.to_string()]);
}

#[tokio::test]
async fn what_this_service_did_not_issue_is_not_valid() {
    let world = World::new().await;
    world.certified().await;
    let own = world.certificates(&world.citizen(OLD_MAN)).await.remove(0);
    let key = &world.rt.certificate_key;
    let statement = verify(&world.rt.certificate_keys, &own.statement).unwrap();
    let forged = own.statement.replacen("YW2.e", "YW2.f", 1);
    for (text, reason) in [
        (forged.as_str(), "SIGNATURE_WRONG"),
        ("", "STATEMENT_MALFORMED"),
        ("YW2.x.y", "STATEMENT_MALFORMED"),
    ] {
        let fault = world.check(text).await.unwrap_err();
        assert_eq!(
            (fault.code, fault.reason.as_ref()),
            (Code::InvalidInput, reason)
        );
    }
    for other in [
        yiwang_civic::certificate::Statement {
            service: "marriage".into(),
            ..statement.clone()
        },
        yiwang_civic::certificate::Statement {
            number: "GZ-1".into(),
            ..statement.clone()
        },
        // Whoever has stolen the key: what was issued under this number says something else.
        yiwang_civic::certificate::Statement {
            holders: vec!["李*".into()],
            ..statement
        },
    ] {
        let text = sign(key, &other, world.rt.wall());
        let fault = world.check(&text).await.unwrap_err();
        assert_eq!(fault.reason, "CERTIFICATE_UNKNOWN");
    }
}

#[tokio::test]
async fn a_number_is_given_once_and_the_decision_fails_whole() {
    let world = World::new().await;
    let case = world.certified().await;
    let approver = officer(Role::Approver, "420323");
    let fault = world
        .act(&approver, &case.number, "certify", json!({}))
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::Internal);
    let after = world.get(&approver, &case.number).await.unwrap();
    assert_eq!(after.version, case.version);
    assert_eq!(world.events().await.len(), 1);
}

#[tokio::test]
async fn what_a_retired_key_signed_in_its_time_stays_valid() {
    let mut world = World::new().await;
    world.certified().await;
    let own = world.certificates(&world.citizen(OLD_MAN)).await.remove(0);
    let retired = PublicKey::always(world.rt.certificate_key.verifying_key());
    let now = world.rt.wall();
    let day = SignedDuration::from_hours(24);
    let other = PublicKey::always(
        yiwang_casework::runtime::SigningKey::from_bytes(&[6; 32]).verifying_key(),
    );
    for (to, outcome) in [(now + day, Ok("valid")), (now - day, Err("KEY_NOT_IN_USE"))] {
        let to = Some(to);
        world.accept_certificates_of(vec![PublicKey { to, ..retired }, other]);
        let status = world.check(&own.statement).await;
        let status = status.map(|status| status.state);
        assert_eq!(
            status.map_err(|fault| fault.reason.into_owned()),
            outcome.map(str::to_owned).map_err(str::to_owned)
        );
    }
    world.accept_certificates_of(vec![other]);
    let fault = world.check(&own.statement).await.unwrap_err();
    assert_eq!(fault.reason, "KEY_UNKNOWN");
}
