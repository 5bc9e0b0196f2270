//! What an act would set going: whom it concerns, and what a death would do to a marriage.

use yiwang_casework::service::CaseworkService;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework as _};

use crate::{
    couples::Couple,
    deaths::told,
    stage::as_caller,
    world::{World, XIANAN, ZHUSHAN},
};

async fn of_act(
    world: &World,
    caller: &Caller,
    number: &str,
    action: &str,
) -> Result<pb::Ripple, Fault> {
    let request = pb::GetRippleRequest {
        number: number.to_owned(),
        action: action.to_owned(),
    };
    let service = CaseworkService::new(world.rt.clone());
    let answer = service.get_ripple(as_caller(caller, request)).await;
    Ok(answer.map_err(Fault::from_status)?.into_inner())
}

async fn touched(world: &World, caller: &Caller, change: &str, id: &str) -> Vec<String> {
    let ripple = pb::Ripple {
        change: change.to_owned(),
        persons: vec![world.key(id)],
    };
    let service = CaseworkService::new(world.rt.clone());
    let answer = service.trace_ripple(as_caller(caller, ripple)).await;
    let touched = answer.unwrap().into_inner().touched;
    touched.into_iter().map(|one| one.title).collect()
}

#[tokio::test]
async fn who_may_marry_two_is_told_whom_it_concerns() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    let clerk = XIANAN.registrar();
    let number = world
        .declared(XIANAN, couple.wedding(XIANAN))
        .await
        .unwrap();
    let ripple = of_act(&world, &clerk, &number, "register").await.unwrap();
    assert_eq!(ripple.change, "marriage");
    let mut both = vec![world.key(&couple.a()), world.key(&couple.b())];
    both.sort();
    let mut persons = ripple.persons;
    persons.sort();
    assert_eq!(persons, both);
    // An act that changes nobody's life, and an officer of another hall.
    let refused = of_act(&world, &clerk, &number, "refuse").await;
    assert_eq!(refused.unwrap_err().reason, "ACTION_NOT_AVAILABLE");
    let hidden = of_act(&world, &ZHUSHAN.registrar(), &number, "register").await;
    assert_eq!(hidden.unwrap_err().http_status(), 404);
}

#[tokio::test]
async fn a_death_would_end_the_marriage_and_the_divorce_and_give_it_back() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    world.divorce_accepted(ZHUSHAN, couple).await;
    let clerk = ZHUSHAN.registrar();
    let before = touched(&world, &clerk, "death", &couple.a()).await;
    assert_eq!(before, ["婚姻登记", "离婚登记"]);
    assert_eq!(
        touched(&world, &clerk, "death_revoked", &couple.a()).await,
        [""; 0]
    );
    told(&world, "recorded", &couple.a(), "2026-05-10")
        .await
        .unwrap();
    assert_eq!(touched(&world, &clerk, "death", &couple.a()).await, [""; 0]);
    let after = touched(&world, &clerk, "death_revoked", &couple.a()).await;
    assert_eq!(after, ["婚姻登记"]);
}
