//! The stage with everybody and everything on it.

use reqwest::Client;
use serde_json::Value;
use sqlx::PgPool;
use yiwang_e2e::Suite;

use crate::{
    cast::{Actor, Backstage},
    rpc::Service,
    scene::Scene,
};

/// What every call needs.
pub(crate) struct World<'a> {
    pub(crate) suite: &'a Suite,
    pub(crate) http: &'a Client,
    pub(crate) stage: Backstage<'a>,
    pub(crate) scene: Scene,
    pub(crate) cast: Vec<Actor>,
    pub(crate) service: Service,
    /// The database of the service that has the cases.
    pub(crate) assistance: PgPool,
    /// The database of the gateway.
    pub(crate) gateway: PgPool,
    /// A bank account of the applicant.
    pub(crate) payee: Value,
}
