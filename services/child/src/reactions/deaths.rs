//! Deaths that the burial service recorded.

use std::sync::Arc;

use jiff::civil::Date;
use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, desk};
use yiwang_chassis::{
    fault::Fault,
    identity::Role,
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_civic::time::{beijing_date, end_of_day};
use yiwang_proto::burial::v1::DeathRecorded;

use super::{
    calls, day, later,
    naming::{self, Named},
};
use crate::{
    domain::task::{Kind, nearest},
    tasks::{self, NewTask},
    welfare,
};

/// A parent or carer has died: the cases are told, the families reviewed and visited the same day.
/// A child has died: its cases end. A record that was changed: somebody looks at what it did.
pub struct Deaths {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

#[tonic::async_trait]
impl Handler for Deaths {
    fn name(&self) -> &'static str {
        "child-deaths"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type.starts_with("yiwang.burial.death.")
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let death = DeathRecorded::decode(event.payload.as_slice())?;
        let rt = &self.runtime;
        match event.event_type.as_str() {
            "yiwang.burial.death.recorded.v1" | "yiwang.burial.death.declared.v1" => {
                let on = day(&death.died_on)?;
                died(rt, conn, &death, on).await.map_err(later)
            }
            "yiwang.burial.death.corrected.v1" | "yiwang.burial.death.revoked.v1" => {
                changed(rt, conn, &death.person).await.map_err(later)
            }
            _ => Ok(()),
        }
    }
}

async fn died(
    rt: &Runtime,
    conn: &mut PgConnection,
    death: &DeathRecorded,
    on: Date,
) -> Result<(), Fault> {
    let cause = format!("殡葬服务登记死亡，死亡日期{}", desk::day(on));
    let (mut is_child, mut visits) = (false, Vec::new());
    for case in naming::cases(conn, &death.person, false).await? {
        if case.is_child() {
            is_child = true;
            let data = json!({ "died_on": on, "certificate": death.certificate });
            naming::act(rt, conn, &case.number, "child_died", data, &cause).await?;
        } else if case.is_parent() {
            let data = json!({ "relation": case.relation, "change": "died", "on": on });
            naming::act(rt, conn, &case.number, "person_changed", data, &cause).await?;
            visits.push(case);
        }
    }
    if is_child {
        for kind in [
            Kind::UrgentVisit,
            Kind::Revisit,
            Kind::VisitOverdue,
            Kind::SchoolCheck,
        ] {
            tasks::done(rt, conn, kind, &death.person, "孩子已经去世").await?;
        }
    }
    for mut family in welfare::families_of_parent(rt, conn, &death.person).await? {
        calls::mark_dead(rt, &mut family, death, on);
        calls::review(rt, conn, &family, &cause).await?;
    }
    for case in visits {
        visit(rt, conn, case).await?;
    }
    Ok(())
}

/// The child is seen at once.
async fn visit(rt: &Runtime, conn: &mut PgConnection, case: Named) -> Result<(), Fault> {
    let Some(child) = case.child else {
        return Ok(());
    };
    let today = beijing_date(rt.now());
    let days = rt
        .rules
        .lookup("child.task.urgent_working_days", &case.division, today);
    let days = days
        .and_then(|param| param.count())
        .map_err(Fault::internal)?;
    let due = rt.calendar.add_working_days(today, days);
    let task = NewTask {
        kind: Kind::UrgentVisit,
        role: nearest(&case.division),
        division: case.division,
        subject: child,
        case_number: Some(case.number),
        because: "父母或者照护人去世，请马上去看孩子现在由谁照料。".to_owned(),
        from: None,
        due_at: end_of_day(due.last_day),
    };
    tasks::raise(rt, conn, task).await?;
    Ok(())
}

/// A record was corrected or revoked: the county looks at every case it touched, one task for each.
async fn changed(rt: &Runtime, conn: &mut PgConnection, person: &str) -> Result<(), Fault> {
    let cases = naming::cases(conn, person, true).await?;
    let touched = cases
        .into_iter()
        .filter(|case| case.is_child() || case.is_parent());
    let today = beijing_date(rt.now());
    for case in touched {
        let task = NewTask {
            kind: Kind::CorrectDeath,
            role: Role::ChildCounty,
            division: case.division.get(..6).unwrap_or(&case.division).to_owned(),
            subject: case.number.clone(),
            case_number: Some(case.number),
            because: "殡葬服务更正或者撤销了一条死亡登记，请核对这个办件。".to_owned(),
            from: None,
            due_at: end_of_day(rt.calendar.add_working_days(today, 1).last_day),
        };
        tasks::raise(rt, conn, task).await?;
    }
    Ok(())
}
