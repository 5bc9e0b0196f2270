//! What a death would do to a child's cases is told to who stands on them; to everybody else it is
//! as if there were none.

use yiwang_casework::{
    service::CaseworkService,
    testing::{as_caller, officer},
};
use yiwang_chassis::identity::{Caller, Role};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework as _};

use super::deaths::apply;
use crate::{projects, world::World};

async fn touched(world: &World, caller: &Caller, person: String) -> Vec<pb::Touched> {
    let ripple = pb::Ripple {
        change: "death".to_owned(),
        persons: vec![person],
    };
    let service = CaseworkService::new(world.rt.clone());
    let answer = service.trace_ripple(as_caller(caller, ripple)).await;
    answer.unwrap().into_inner().touched
}

#[tokio::test]
async fn a_closed_case_shows_to_its_line_alone() {
    let world = World::new().await;
    let number = apply(&world).await;
    let child = world.key(&projects::child());
    let line = officer(2, "许文清", Role::ChildCounty, "420323");
    let seen = touched(&world, &line, child.clone()).await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0].case_number, number);
    assert!(seen[0].what.contains("办结"), "{seen:?}");
    let others = [
        officer(3, "方志明", Role::ChildCounty, "421224"),
        officer(4, "周立新", Role::CountyOfficer, "420323"),
        officer(5, "吴国平", Role::Auditor, "42"),
    ];
    for other in others {
        assert_eq!(touched(&world, &other, child.clone()).await, []);
    }
    // Each look of the line leaves a row with its ground.
    let reads = "select detail ->> 'ground' from chassis.audit_entry where action = 'case.ripple'";
    assert_eq!(world.texts(reads).await, ["line"]);
}
