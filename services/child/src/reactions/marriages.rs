//! Marriages and divorces of parents, carers and adopters.

use std::sync::Arc;

use prost::Message as _;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{Item as _, Runtime};
use yiwang_chassis::{
    fault::Fault,
    identity::Role,
    inbox::{Handler, HandlerError, Incoming},
};
use yiwang_civic::time::{beijing_date, end_of_day};
use yiwang_proto::marriage::v1::MaritalStatusChanged;

use super::{
    day, later,
    naming::{self, Named},
};
use crate::{
    domain::{adoption::Adoption, task::Kind},
    tasks::{self, NewTask},
};

/// A parent or carer has married or divorced: guardianship and entitlements are looked at anew. An
/// adopter has: the adoption is looked at anew.
pub struct Marriages {
    /// The cases.
    pub runtime: Arc<Runtime>,
}

/// What changed, as the cases know it, and in words; none: only the record was wrong.
fn change(cause: &str) -> Option<(&'static str, &'static str)> {
    Some(match cause {
        "registered" | "restored" => ("married", "登记结婚"),
        "divorced" | "divorced_court" => ("divorced", "离婚"),
        "widowed" => ("widowed", "配偶死亡"),
        "voided" | "annulled" | "revoked" => ("annulled", "婚姻无效或者被撤销"),
        _ => return None,
    })
}

#[tonic::async_trait]
impl Handler for Marriages {
    fn name(&self) -> &'static str {
        "child-marriages"
    }

    fn wants(&self, event_type: &str) -> bool {
        event_type == "yiwang.marriage.person.changed.v1"
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        let status = MaritalStatusChanged::decode(event.payload.as_slice())?;
        let Some((change, words)) = change(&status.cause) else {
            return Ok(());
        };
        let (rt, on) = (&self.runtime, day(&status.effective_on)?);
        let cause = format!("婚姻登记：{words}");
        for case in naming::cases(conn, &status.person, false).await? {
            if case.is_parent() {
                let data = json!({ "relation": case.relation, "change": change, "on": on });
                let acted = naming::act(rt, conn, &case.number, "person_changed", data, &cause);
                acted.await.map_err(later)?;
            } else if case.item == Adoption::CODE && !case.is_child() {
                adopter(rt, conn, case).await.map_err(later)?;
            }
        }
        Ok(())
    }
}

/// Who adopts together or alone is checked on the day of registration; the county looks before it.
async fn adopter(rt: &Runtime, conn: &mut PgConnection, case: Named) -> Result<(), Fault> {
    let due = rt.calendar.add_working_days(beijing_date(rt.now()), 1);
    let task = NewTask {
        kind: Kind::Marital,
        role: Role::ChildCounty,
        division: case.division.get(..6).unwrap_or(&case.division).to_owned(),
        subject: case.number.clone(),
        case_number: Some(case.number),
        because: "收养登记办理期间，收养人的婚姻状况有变化。".to_owned(),
        from: None,
        due_at: end_of_day(due.last_day),
    };
    tasks::raise(rt, conn, task).await?;
    Ok(())
}
