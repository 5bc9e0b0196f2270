//! Verbs that no route has: refused for everybody, whatever the path.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;

use crate::{calls::path, table::Row, world::World};

/// Every verb that a client can think of; HEAD goes with GET, OPTIONS asks for nothing.
const VERBS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

/// Verbs that do something although no route has them.
pub(crate) async fn differences(world: &World<'_>, rows: &[Row]) -> anyhow::Result<Vec<String>> {
    let mut known: BTreeMap<String, BTreeSet<Method>> = BTreeMap::new();
    for route in yiwang_gateway::routes() {
        known
            .entry(route.path.to_owned())
            .or_default()
            .insert(route.method);
    }
    let any = &rows[0];
    let mut wrong = Vec::new();
    for (template, methods) in known {
        let path = path(world, &template, any, &world.scene.real)?;
        for verb in VERBS.iter().filter(|verb| !methods.contains(verb)) {
            let strong = world.cast.iter().filter(|actor| actor.region == 0);
            // Nobody, the applicant, and the officer of the township.
            for actor in strong.filter(|actor| matches!(actor.column, 0 | 2 | 6)) {
                let mut request = world.http.request(verb.clone(), world.suite.url(&path));
                request = request.header("Cookie", &actor.cookie);
                if let Some(rest) = &actor.rest
                    && let Some(token) = rest.token().await?
                {
                    request = request.bearer_auth(token);
                }
                let status = request.send().await?.status().as_u16();
                if status != 405 {
                    wrong.push(format!("{verb} {template} by {}: {status}", actor.name));
                }
            }
        }
    }
    Ok(wrong)
}
