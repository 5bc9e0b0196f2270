//! What a change elsewhere would do here, said before it happens, to whom it may be said.

use yiwang_casework::testing::as_caller;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework as _};

use crate::world::{World, family, officer};

async fn trace(
    world: &World,
    caller: &Caller,
    change: &str,
    persons: Vec<String>,
) -> Result<Vec<pb::Touched>, Fault> {
    let ripple = pb::Ripple {
        change: change.to_owned(),
        persons,
    };
    let answer = world.service.trace_ripple(as_caller(caller, ripple)).await;
    let answer = answer.map_err(Fault::from_status)?;
    Ok(answer.into_inner().touched)
}

#[tokio::test]
async fn an_officer_reads_what_a_death_would_stop_where_they_may_look() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    let both = vec![
        world.key(&form.applicant.id_number),
        world.key(&form.members[0].id_number),
    ];
    let county = officer("周科", Role::CountyOfficer, "420323");
    let elsewhere = officer("吴科", Role::CountyOfficer, "420324");

    let found = trace(&world, &county, "death", both.clone()).await.unwrap();
    // Two of one family, one case.
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].case_number, number);
    assert!(found[0].what.contains("停发"), "{found:?}");
    let read = "select count(*) from chassis.audit_entry where action = 'case.ripple'
                   and object = 'case/' || (select number from casework.case_file limit 1)";
    assert_eq!(world.count(read).await, 1);

    let marriage = trace(&world, &county, "marriage", both.clone()).await;
    assert!(marriage.unwrap()[0].what.contains("赡养义务人"));
    for nothing in [
        trace(&world, &county, "custody", both.clone()).await,
        trace(&world, &elsewhere, "death", both.clone()).await,
        trace(
            &world,
            &county,
            "death",
            vec![world.key("420323194001011236")],
        )
        .await,
    ] {
        assert_eq!(nothing.unwrap(), []);
    }
    let citizen = world.citizen(&form);
    let refused = trace(&world, &citizen, "death", both.clone()).await;
    assert_eq!(refused.unwrap_err().http_status(), 403);
    let unknown = trace(&world, &county, "lottery", both).await;
    assert_eq!(unknown.unwrap_err().http_status(), 422);
    // Nobody looked but the one who could.
    assert_eq!(world.count(read).await, 2);
}
