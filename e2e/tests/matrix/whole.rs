//! The table is whole: every route, every RPC, every role has its place, and nothing else.

use std::collections::BTreeSet;

use prost::Message as _;
use prost_types::FileDescriptorSet;
use yiwang_chassis::identity::Role;

use crate::table::{self, ROLES};

/// The service whose calls have no prefix: every process serves it.
const CASEWORK: &str = "Casework";

/// The calls of all services: `rpc GetCase`, `rpc Halls.Book`.
fn rpcs() -> anyhow::Result<BTreeSet<String>> {
    let files = FileDescriptorSet::decode(yiwang_proto::DESCRIPTORS)?.file;
    let services = files.iter().flat_map(|file| &file.service);
    let calls = services.flat_map(|service| {
        let prefix = match service.name() {
            CASEWORK => String::new(),
            other => format!("{other}."),
        };
        let methods = service.method.iter();
        methods.map(move |method| format!("rpc {prefix}{}", method.name()))
    });
    Ok(calls.collect())
}

fn routes() -> BTreeSet<String> {
    let routes = yiwang_gateway::routes();
    routes
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect()
}

/// Fails when `known` and the rows of this kind differ.
pub(crate) fn compare(what: &str, known: &BTreeSet<String>, rows: &BTreeSet<String>) {
    let missing: Vec<_> = known.difference(rows).collect();
    let strange: Vec<_> = rows.difference(known).collect();
    assert!(
        missing.is_empty() && strange.is_empty(),
        "{what} without a row: {missing:#?}\nrows without {what}: {strange:#?}"
    );
}

#[test]
fn every_route_and_rpc_has_its_row() -> anyhow::Result<()> {
    let rows = table::read()?;
    let of_kind = |wanted: fn(&str) -> bool| -> BTreeSet<String> {
        let rows = rows.iter().filter(|row| wanted(row.parts().0));
        rows.map(|row| row.call.clone()).collect()
    };
    let routes = routes();
    assert!(routes.len() > 60, "only {} routes", routes.len());
    compare(
        "routes",
        &routes,
        &of_kind(|kind| !matches!(kind, "rpc" | "act")),
    );
    compare("RPCs", &rpcs()?, &of_kind(|kind| kind == "rpc"));
    let names: BTreeSet<String> = rows.iter().map(table::Row::name).collect();
    assert_eq!(names.len(), rows.len(), "a row is there twice");
    Ok(())
}

#[test]
fn every_role_has_its_column() {
    let columns: BTreeSet<Role> = ROLES.iter().map(|(_, role)| *role).collect();
    let mut roles: BTreeSet<Role> = Role::ALL.into_iter().collect();
    // Citizens are the columns of people.
    roles.remove(&Role::Citizen);
    assert_eq!(columns, roles);
}
