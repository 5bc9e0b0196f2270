//! Adoption, its end, its proof, foster care (rules B2.10, B2.11).
//!
//! | where | what |
//! |---|---|
//! | `adopting` | 收养登记 over its table; the child's other cases end |
//! | `ending` | 解除、撤销、补领 over the same register |
//! | `fostering` | 家庭寄养: one family for a child |
//! | `archive` | the sealed archive: asked by one, approved by another |
//! | `lists`, `figures`, `api` | the gRPC service `Adoption` |
//!
//! Who gave a child stands in the archive only: no table here holds their keys or names.

mod adopting;
mod api;
mod archive;
mod ending;
mod figures;
mod fostering;
mod lists;
mod notices;
mod numbers;
mod records;
mod trial;

pub(crate) use adopting::ENDED;

use std::sync::Arc;

use sqlx::PgConnection;
use tonic::service::Routes;
use yiwang_casework::{ApplyError, KeyedPerson, Refusal, Runtime, host::Host};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
    lifecycle::Lifecycle,
};
use yiwang_proto::child::v1::adoption_server::AdoptionServer;

pub use api::AdoptionService;

use crate::{
    domain::adoption::{
        Adoption, AdoptionDissolution, AdoptionProof, AdoptionRevocation, FosterCare,
    },
    protection::barred::is_barred,
};

/// The items, one line each.
pub(crate) fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    runtime
        .offer::<Adoption>()?
        .offer::<AdoptionDissolution>()?
        .offer::<AdoptionRevocation>()?
        .offer::<AdoptionProof>()?
        .offer::<FosterCare>()
}

/// The gRPC beyond casework.
pub(crate) fn routes(runtime: &Arc<Runtime>, routes: Routes) -> Routes {
    routes.add_service(AdoptionServer::new(AdoptionService::new(runtime.clone())))
}

/// What runs beside the cases.
pub(crate) fn run(_host: &Host, _runtime: &Arc<Runtime>, _lifecycle: &Lifecycle) {}

/// A rule of the database says no.
fn refuse(code: &'static str, message: &str) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}

/// What fails inside is the system's failure; a refusal of another item stays one.
fn failed(fault: Fault) -> ApplyError {
    ApplyError::Database(sqlx::Error::Encode(fault.into()))
}

/// Whether a statement failed by this constraint.
fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let error = error.as_database_error();
    error.and_then(|error| error.constraint()) == Some(constraint)
}

/// Relation and key of everybody on a form.
fn named(people: &[KeyedPerson]) -> Vec<(String, String)> {
    let named = people
        .iter()
        .map(|one| (one.person.relation.clone(), one.key.clone()));
    named.collect()
}

/// Key of whoever stands there under a relation.
fn key_of(people: &[KeyedPerson], relation: &str) -> Option<String> {
    let mut people = people.iter();
    let found = people.find(|one| one.person.relation == relation);
    found.map(|one| one.key.clone())
}

/// Whether one of these people may not have children near (未成年人保护法第22条、第62条).
async fn barred(conn: &mut PgConnection, people: &[KeyedPerson]) -> sqlx::Result<bool> {
    let near = |one: &&KeyedPerson| matches!(one.person.relation.as_str(), "self" | "spouse");
    for one in people.iter().filter(near) {
        if is_barred(conn, &one.key).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The caller's county for one of these roles: the one that was asked for, or their own.
fn county(caller: &Caller, roles: &[Role], asked: &str) -> Result<String, Fault> {
    let asked = asked.trim();
    let own = || {
        let scopes = roles.iter().flat_map(|role| caller.scopes(*role));
        scopes.map(str::to_owned).find(|scope| scope.len() == 6)
    };
    let county = match asked {
        "" => own(),
        asked => Some(asked.to_owned()),
    };
    let holds = |county: &String| roles.iter().any(|role| caller.has(*role, county));
    county
        .filter(|county| county.len() == 6 && holds(county))
        .ok_or_else(Fault::forbidden)
}
