//! What an act would set going, before it is taken.

use serde_json::json;
use sqlx::PgConnection;
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
};
use yiwang_civic::division;
use yiwang_proto::casework::v1 as pb;

use super::read::{self, Seen};
use crate::{
    access::reach::Reach,
    item::By,
    ripple::{Change, On, Ripples},
    runtime::Runtime,
    store::{self, naming::Naming},
};

/// More persons are on no case.
const MOST_PERSONS: usize = 30;

/// Whom an act would change something for, for who may take it.
pub(super) async fn get(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetRippleRequest,
) -> Result<pb::Ripple, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let seen = read::find(rt, &mut conn, caller, &request.number).await?;
    let ripple = seen.item.ripple(&request.action);
    let may = |(by, spec): &(By, pb::ActionSpec)| {
        spec.code == request.action && *by != By::System && seen.viewer.may(*by).is_ok()
    };
    let offered = seen.item.actions_from(&seen.file.state).iter().any(may);
    let Some(ripple) = ripple.filter(|_| offered) else {
        let message = "这一步现在不能办，可能已经办过了。请回到办件看最新情况。";
        return Err(Fault::precondition("ACTION_NOT_AVAILABLE", message));
    };
    let people = store::naming::people(&mut conn, seen.file.id).await?;
    let meant = people
        .into_iter()
        .filter(|one| ripple.whom.means(&one.relation));
    Ok(pb::Ripple {
        change: ripple.change.code().to_owned(),
        persons: meant.map(|one| one.key).collect(),
    })
}

/// What a change would touch here.
pub(super) async fn trace(
    rt: &Runtime,
    caller: &Caller,
    request: pb::Ripple,
) -> Result<pb::RippleTrace, Fault> {
    if !caller.is_staff() {
        return Err(Fault::forbidden());
    }
    let change = Change::from_code(&request.change);
    let change = change.filter(|_| request.persons.len() <= MOST_PERSONS);
    let change = change.ok_or_else(|| {
        let message = "没有这种变化，或者人数太多。";
        Fault::invalid(vec![FieldViolation::new("/change", "UNKNOWN", message)])
    })?;
    let Some(ripples) = rt.ripples() else {
        return Ok(pb::RippleTrace::default());
    };
    let mut tx = rt.pool.begin().await?;
    let mut touched = beside(rt, &mut tx, caller, ripples, (change, &request.persons)).await?;
    let reach = Reach::of(rt, caller);
    let naming = store::naming::open_naming_any(&mut tx, &reach, &request.persons).await?;
    for Naming { file, relation } in naming {
        let on = On {
            item: &file.item,
            relation: &relation,
        };
        let Some(what) = ripples.of_case(change, on) else {
            continue;
        };
        let seen = match Seen::of(rt, &mut tx, caller, Some(file)).await {
            Ok(seen) => seen,
            // Of another region.
            Err(fault) if fault.code == Code::NotFound => continue,
            Err(fault) => return Err(fault),
        };
        seen.note(rt, &mut tx, caller, "case.ripple", None).await?;
        let state = seen.item.state(&seen.file.state);
        touched.push(pb::Touched {
            case_number: seen.file.number.clone(),
            title: seen.item.title().to_owned(),
            state_label: state.map_or("", |state| state.label).to_owned(),
            division_name: division::full_name(&seen.file.division).unwrap_or_default(),
            what: what.to_owned(),
        });
    }
    tx.commit().await?;
    Ok(pb::RippleTrace { touched })
}

/// What is kept beside the cases. Whoever knows the key of a person acts on a case of theirs.
async fn beside(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    ripples: &dyn Ripples,
    (change, persons): (Change, &[String]),
) -> Result<Vec<pb::Touched>, Fault> {
    let mut touched = Vec::new();
    for person in persons {
        let Some((title, what)) = ripples.beside(conn, change, person).await? else {
            continue;
        };
        let entry = audit::Entry {
            at: rt.now(),
            actor: caller.account.to_string(),
            actor_name: Some(caller.name.clone()),
            on_behalf_of: caller.on_behalf_of.clone(),
            action: "person.ripple".to_owned(),
            object: format!("person/{person}"),
            purpose: None,
            outcome: audit::Outcome::Done,
            detail: json!({ "change": change.code() }),
        };
        audit::record(conn, &entry).await?;
        let same = |one: &pb::Touched| one.title == title && one.what == what;
        if !touched.iter().any(same) {
            touched.push(pb::Touched {
                title: title.to_owned(),
                what: what.to_owned(),
                ..pb::Touched::default()
            });
        }
    }
    Ok(touched)
}
