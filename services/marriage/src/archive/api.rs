//! The gRPC service `Archive`: for the officers of a batch's division only. To everybody else
//! a batch does not exist.

mod decide;
mod problems;
mod publish;
mod upload;

use std::sync::Arc;

use serde_json::{Value, json};
use sqlx::PgConnection;
use tonic::{Request, Response, Status};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    db::from_chrono,
    fault::{Code, Fault, FieldViolation},
    identity::{self, Caller, Role},
    ids,
};
use yiwang_civic::division;
use yiwang_proto::marriage::v1::{self as pb, archive_server};

use super::store::{self, Batch, NewBatch};

/// Whoever works on the archive of a region.
const ROLES: [Role; 2] = [Role::Clerk, Role::CountyOfficer];

/// Serves the archive.
#[derive(Clone)]
pub struct ArchiveService {
    runtime: Arc<Runtime>,
}

impl ArchiveService {
    /// Serves the batches of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    async fn create(
        &self,
        caller: &Caller,
        mut request: pb::CreateBatchRequest,
    ) -> Result<pb::Batch, Fault> {
        let rt = &self.runtime;
        let key = std::mem::take(&mut request.idempotency_key);
        scopes(caller)?;
        let (title, division) = new_batch(caller, &request)?;
        let mut tx = rt.pool.begin().await?;
        let account = Some(caller.account);
        let verb = "archive.create";
        let claim = match once::claim(rt, &mut tx, verb, account, &key, &request).await? {
            Claimed::Fresh(claim) => claim,
            Claimed::Replay(batch) => return Ok(batch),
        };
        let id = ids::new(rt.now());
        let new = NewBatch {
            id,
            title: &title,
            division: &division,
            account: caller.account,
            name: &caller.name,
            now: rt.now(),
        };
        store::insert(&mut tx, new).await?;
        let detail = json!({ "division": division });
        trail(
            rt,
            &mut tx,
            caller,
            "archive.batch.create",
            id,
            (None, detail),
        )
        .await?;
        let made = store::find(&mut tx, id).await?.ok_or_else(not_found)?;
        claim.finish(rt, tx, shown(made, 0)).await
    }

    async fn get(&self, caller: &Caller, id: &str) -> Result<pb::Batch, Fault> {
        let mut conn = self.runtime.pool.acquire().await?;
        let id = id.parse().map_err(|_| not_found())?;
        let batch = seen(caller, store::find(&mut conn, id).await?)?;
        let uploads = store::upload::all(&mut conn, batch.id).await?;
        let coming = uploads.iter().filter(|upload| !upload.complete);
        let received = coming.map(|upload| upload.received).max().unwrap_or(0);
        Ok(shown(batch, received))
    }

    async fn list(&self, caller: &Caller) -> Result<pb::BatchList, Fault> {
        let scopes = scopes(caller)?;
        let mut conn = self.runtime.pool.acquire().await?;
        let batches = store::list(&mut conn, &scopes).await?;
        let batches = batches.into_iter().map(|batch| shown(batch, 0)).collect();
        Ok(pb::BatchList { batches })
    }
}

/// Title and division of a new batch, checked.
fn new_batch(caller: &Caller, request: &pb::CreateBatchRequest) -> Result<(String, String), Fault> {
    let title = request.title.trim().to_owned();
    let division = request.division.trim().to_owned();
    let mut wrong = Vec::new();
    if !(2..=60).contains(&title.chars().count()) || !is_readable(&title) {
        let message = "请写批次名称（2到60个字），例如“1985年结婚登记档案”。";
        wrong.push(FieldViolation::new("/title", "REQUIRED", message));
    }
    let known = division::find(&division)
        .is_some_and(|found| found.level >= division::Level::County && division.len() <= 9);
    if !known {
        let message = "请选择档案所属的县（市、区）或者乡镇（街道）。";
        wrong.push(FieldViolation::new(
            "/division",
            "DIVISION_UNKNOWN",
            message,
        ));
    }
    if !wrong.is_empty() {
        return Err(Fault::invalid(wrong));
    }
    match works_in(caller, &division) {
        true => Ok((title, division)),
        false => Err(Fault::forbidden()),
    }
}

fn works_in(caller: &Caller, division: &str) -> bool {
    ROLES.iter().any(|role| caller.has(*role, division))
}

/// Beginnings of the division codes the caller works for.
fn scopes(caller: &Caller) -> Result<Vec<&str>, Fault> {
    let scopes: Vec<&str> = ROLES.iter().flat_map(|role| caller.scopes(*role)).collect();
    match scopes.is_empty() {
        true => Err(Fault::forbidden()),
        false => Ok(scopes),
    }
}

/// A batch that the caller may see.
fn seen(caller: &Caller, found: Option<Batch>) -> Result<Batch, Fault> {
    found
        .filter(|batch| works_in(caller, &batch.division))
        .ok_or_else(not_found)
}

/// The same by its id, held until the transaction ends.
async fn locked(conn: &mut PgConnection, caller: &Caller, id: &str) -> Result<Batch, Fault> {
    let id = id.parse().map_err(|_| not_found())?;
    seen(caller, store::lock(conn, id).await?)
}

fn not_found() -> Fault {
    let message = "没有找到这个批次，请从批次列表打开。";
    Fault::new(Code::NotFound, "BATCH_NOT_FOUND", message)
}

fn wrong_state(message: &str) -> Fault {
    Fault::precondition("WRONG_STATE", message)
}

fn shown(batch: Batch, received: i64) -> pb::Batch {
    let at = from_chrono(batch.created_at);
    pb::Batch {
        id: batch.id.to_string(),
        title: batch.title,
        division: batch.division,
        state: batch.state,
        rows: batch.rows_first,
        rows_second: batch.rows_second,
        compared: batch.compared,
        published: batch.published,
        problems: batch.problems,
        created_at: Some(prost_types::Timestamp {
            seconds: at.as_second(),
            nanos: at.subsec_nanosecond(),
        }),
        created_by: batch.created_by,
        received,
    }
}

/// Writes an act into the audit log; `purpose` is a reason in words.
async fn trail(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    action: &str,
    batch: Uuid,
    (purpose, detail): (Option<&str>, Value),
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: action.to_owned(),
        object: format!("archive/{batch}"),
        purpose: purpose.map(str::to_owned),
        outcome: audit::Outcome::Done,
        detail,
    };
    audit::record(conn, &entry).await
}

/// Splits a request into its caller and its message.
fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl archive_server::Archive for ArchiveService {
    async fn create_batch(
        &self,
        request: Request<pb::CreateBatchRequest>,
    ) -> Result<Response<pb::Batch>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.create(&caller, message).await)
    }

    async fn upload_entries(
        &self,
        request: Request<pb::UploadEntriesRequest>,
    ) -> Result<Response<pb::Batch>, Status> {
        let (caller, message) = signed(request)?;
        answer(upload::run(&self.runtime, &caller, message).await)
    }

    async fn get_batch(
        &self,
        request: Request<pb::GetBatchRequest>,
    ) -> Result<Response<pb::Batch>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.get(&caller, &message.id).await)
    }

    async fn list_batches(
        &self,
        request: Request<pb::ListBatchesRequest>,
    ) -> Result<Response<pb::BatchList>, Status> {
        let (caller, _) = signed(request)?;
        answer(self.list(&caller).await)
    }

    async fn list_problems(
        &self,
        request: Request<pb::ListProblemsRequest>,
    ) -> Result<Response<pb::ProblemPage>, Status> {
        let (caller, message) = signed(request)?;
        answer(problems::run(&self.runtime, &caller, message).await)
    }

    async fn decide_row(
        &self,
        request: Request<pb::DecideRowRequest>,
    ) -> Result<Response<pb::Batch>, Status> {
        let (caller, message) = signed(request)?;
        answer(decide::run(&self.runtime, &caller, message).await)
    }

    async fn publish_batch(
        &self,
        request: Request<pb::PublishBatchRequest>,
    ) -> Result<Response<pb::Batch>, Status> {
        let (caller, message) = signed(request)?;
        answer(publish::run(&self.runtime, &caller, message).await)
    }
}
