//! The table is whole: every route, every RPC, every role has its place, and nothing else.

use std::collections::BTreeSet;

use prost::Message as _;
use prost_types::FileDescriptorSet;
use yiwang_chassis::identity::Role;

use crate::table::{self, ROLES};

const SERVICE: (&str, &str) = ("yiwang.casework.v1", "Casework");

/// The calls of the Casework service.
fn rpcs() -> anyhow::Result<BTreeSet<String>> {
    let files = FileDescriptorSet::decode(yiwang_proto::DESCRIPTORS)?.file;
    let mut calls = BTreeSet::new();
    for file in files {
        for service in &file.service {
            // Another service needs columns and calls of its own.
            assert_eq!(
                (file.package(), service.name()),
                SERVICE,
                "a service without a matrix"
            );
            let methods = service
                .method
                .iter()
                .map(|method| format!("rpc {}", method.name()));
            calls.extend(methods);
        }
    }
    Ok(calls)
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
