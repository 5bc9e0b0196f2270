//! An institution on the wire; what is told of its changes.

use jiff::civil::Date;
use prost::Message as _;
use serde_json::Value;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{audit, identity::Caller, journal};
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1 as pb;

use crate::domain::foster_placement::law::{Institution, Licence};

/// On the wire, with what it is short of today.
pub(super) fn out(rt: &Runtime, institution: Institution, residents: i64) -> pb::Institution {
    let today = beijing_date(rt.now());
    let months = rt
        .rules
        .lookup(
            "rescue.foster.institution_months",
            &institution.division,
            today,
        )
        .and_then(|param| param.count())
        .unwrap_or_default();
    let check_due = institution.check_until(months);
    let refused = institution.may_take(today, months).err();
    let fields = refused.map(|refusal| refusal.fields).unwrap_or_default();
    let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let licence = |it: Licence| pb::Licence {
        kind: it.kind.code().to_owned(),
        number: it.number,
        valid_to: text(it.valid_to),
    };
    pb::Institution {
        code: institution.code,
        name: institution.name,
        division: institution.division,
        kind: institution.kind.code().to_owned(),
        licences: institution.licences.into_iter().map(licence).collect(),
        agreement: institution.agreement,
        agreement_to: text(institution.agreement_to),
        checked_on: text(institution.checked_on),
        checked_by: institution.checked_by,
        check_result: institution.check_result,
        active: institution.active,
        check_due: text(check_due),
        check_late: check_due.is_none_or(|last| last < today),
        residents,
        short_of: fields.into_iter().map(|it| it.message).collect(),
    }
}

/// Audit entry and event of a change.
pub(super) async fn told(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    saved: &Institution,
    (what, detail): (&'static str, Value),
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: None,
        action: format!("institution.{what}"),
        object: format!("institution/{}", saved.code),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail,
    };
    let payload = pb::InstitutionChanged {
        institution: saved.code.clone(),
        division: saved.division.clone(),
        check_result: saved.check_result.clone(),
    };
    let event = DomainEvent {
        aggregate: "institution",
        aggregate_id: saved.code.clone(),
        event: what,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}
