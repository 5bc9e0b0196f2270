//! The Deaths gRPC service.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use uuid::Uuid;
use yiwang_casework::{Runtime, service::once};
use yiwang_chassis::{
    audit,
    fault::{Code, Fault},
    identity::{self, Caller, Role},
};
use yiwang_civic::mask;
use yiwang_proto::burial::v1::{self as pb, deaths_server};

use super::{
    alarm_list, fault,
    read::{self, Death},
    revocation, uses,
};
use crate::domain::death::UsedFor;

/// Who may look a certificate up, wherever somebody died.
const READERS: [Role; 5] = [
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
    Role::Approver,
    Role::Funeral,
];
/// Who notes a use outside a funeral.
const OFFICERS: [Role; 3] = [Role::Clerk, Role::TownshipOfficer, Role::CountyOfficer];

/// Serves the register of deaths.
#[derive(Clone)]
pub struct DeathsService {
    runtime: Arc<Runtime>,
}

impl DeathsService {
    /// Serves the register of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

/// Beginnings of the division codes the caller works for in one of these roles.
pub(super) fn scopes<'a>(caller: &'a Caller, roles: &[Role]) -> Result<Vec<&'a str>, Fault> {
    let scopes: Vec<&str> = roles.iter().flat_map(|role| caller.scopes(*role)).collect();
    match scopes.is_empty() {
        true => Err(Fault::forbidden()),
        false => Ok(scopes),
    }
}

/// Id of the last row seen; the nil one for the first page.
pub(super) fn cursor(text: &str) -> Result<Uuid, Fault> {
    match text {
        "" => Ok(Uuid::nil()),
        text => text.parse().map_err(|_| {
            let message = "翻页参数有误，请从第一页重新打开。";
            Fault::invalid_field("/cursor", "CURSOR", message)
        }),
    }
}

fn not_found() -> Fault {
    let message = "没有查到这份死亡证明，请核对编号。";
    Fault::new(Code::NotFound, "DEATH_NOT_FOUND", message)
}

/// A certificate by its number; the look is in the audit log.
async fn get(rt: &Runtime, caller: &Caller, number: &str) -> Result<pb::Death, Fault> {
    if !READERS.into_iter().any(|role| caller.has_role(role)) {
        return Err(Fault::forbidden());
    }
    let mut tx = rt.pool.begin().await?;
    let found = read::by_number(rt, &mut tx, number).await?;
    let object = found.as_ref().map_or("", |death| &death.number_key);
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "death.read".to_owned(),
        object: format!("death/{object}"),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "found": found.is_some() }),
    };
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    found.as_ref().map(shown).ok_or_else(not_found)
}

/// Notes a use outside a funeral case.
async fn use_for(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::UseDeathRequest,
) -> Result<pb::Death, Fault> {
    if !OFFICERS.into_iter().any(|role| caller.has_role(role)) {
        return Err(Fault::forbidden());
    }
    let key = std::mem::take(&mut request.idempotency_key);
    let now = rt.now();
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "death.use", account, &key, &request).await? {
        once::Claimed::Fresh(claim) => claim,
        once::Claimed::Replay(death) => return Ok(death),
    };
    let used_for = match UsedFor::from_code(&request.used_for) {
        None | Some(UsedFor::Funeral | UsedFor::Grave | UsedFor::EcoSubsidy | UsedFor::Refund) => {
            let message = "请选择注销户口或者社会保险；办理殡葬在治丧服务中核验。";
            return Err(Fault::invalid_field("/used_for", "NOT_OFFERED", message));
        }
        Some(used_for) => used_for,
    };
    let death = read::by_number(rt, &mut tx, &request.number).await?;
    let death = death.ok_or_else(not_found)?;
    uses::take(&mut tx, &death.number_key, used_for, &caller.name, "", now)
        .await
        .map_err(fault)?;
    let entry = audit::Entry {
        at: now,
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "death.use".to_owned(),
        object: format!("death/{}", death.number_key),
        purpose: Some(used_for.label().to_owned()),
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "used_for": used_for.code() }),
    };
    audit::record(&mut tx, &entry).await?;
    let death = read::by_key(rt, &mut tx, &death.number_key).await?;
    let death = shown(&death.ok_or_else(not_found)?);
    claim.finish(rt, tx, death).await
}

fn shown(death: &Death) -> pb::Death {
    let used_for = death.uses.iter().map(|one| one.used_for.code().to_owned());
    pb::Death {
        state: death.state.code().to_owned(),
        name: mask::name(&death.name),
        died_on: death.died_on().to_string(),
        cause: death.cause.code().to_owned(),
        used_for: used_for.collect(),
        reference: death.reference.clone(),
        place: death.place.clone(),
        source: death.source.code().to_owned(),
        infectious: death.infectious,
    }
}

#[tonic::async_trait]
impl deaths_server::Deaths for DeathsService {
    async fn get_death(
        &self,
        request: Request<pb::GetDeathRequest>,
    ) -> Result<Response<pb::Death>, Status> {
        let (caller, message) = signed(request)?;
        answer(get(&self.runtime, &caller, &message.number).await)
    }

    async fn use_death(
        &self,
        request: Request<pb::UseDeathRequest>,
    ) -> Result<Response<pb::Death>, Status> {
        let (caller, message) = signed(request)?;
        answer(use_for(&self.runtime, &caller, message).await)
    }

    async fn list_death_revocations(
        &self,
        request: Request<pb::ListDeathRevocationsRequest>,
    ) -> Result<Response<pb::DeathRevocationList>, Status> {
        let (caller, message) = signed(request)?;
        answer(revocation::list(&self.runtime, &caller, &message.cursor).await)
    }

    async fn ask_death_revocation(
        &self,
        request: Request<pb::AskDeathRevocationRequest>,
    ) -> Result<Response<pb::DeathRevocation>, Status> {
        let (caller, message) = signed(request)?;
        answer(revocation::ask(&self.runtime, &caller, message).await)
    }

    async fn decide_death_revocation(
        &self,
        request: Request<pb::DecideDeathRevocationRequest>,
    ) -> Result<Response<pb::DeathRevocation>, Status> {
        let (caller, message) = signed(request)?;
        answer(revocation::decide(&self.runtime, &caller, message).await)
    }

    async fn list_death_alarms(
        &self,
        request: Request<pb::ListDeathAlarmsRequest>,
    ) -> Result<Response<pb::DeathAlarmList>, Status> {
        let (caller, message) = signed(request)?;
        answer(alarm_list::list(&self.runtime, &caller, &message.cursor).await)
    }

    async fn settle_death_alarm(
        &self,
        request: Request<pb::SettleDeathAlarmRequest>,
    ) -> Result<Response<pb::DeathAlarm>, Status> {
        let (caller, message) = signed(request)?;
        answer(alarm_list::settle(&self.runtime, &caller, message).await)
    }
}
