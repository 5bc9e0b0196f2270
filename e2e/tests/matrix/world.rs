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
pub struct World<'a> {
    pub suite: &'a Suite,
    pub http: &'a Client,
    pub stage: Backstage<'a>,
    pub scene: Scene,
    pub cast: Vec<Actor>,
    pub service: Service,
    /// The database of the service that has the cases.
    pub assistance: PgPool,
    /// The database of the gateway.
    pub gateway: PgPool,
    /// A bank account of the applicant.
    pub payee: Value,
}
