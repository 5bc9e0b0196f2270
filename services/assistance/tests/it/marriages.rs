//! Marriages, divorces and returns of people on a case.

use prost::Message as _;
use yiwang_assistance::{
    domain::minimum_living::codes::Situation,
    reactions::{Marriages, Returns},
};
use yiwang_proto::{marriage::v1::MaritalStatusChanged, rescue::v1::StayChanged};

use crate::{
    told::tell,
    world::{World, family},
};

async fn changed(world: &World, id_number: &str, cause: &str, on: &str) {
    let payload = MaritalStatusChanged {
        person: world.key(id_number),
        status: "40".to_owned(),
        spouse: world.key("420323194001011236"),
        cause: cause.to_owned(),
        effective_on: on.to_owned(),
        record: "r1".to_owned(),
    };
    let handler = Marriages {
        runtime: world.rt.clone(),
    };
    let event = "yiwang.marriage.person.changed.v1";
    tell(world, &handler, event, payload.encode_to_vec())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_divorce_opens_the_review_of_the_family_once() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    for member in [&form.applicant.id_number, &form.members[0].id_number] {
        changed(&world, member, "divorced", "2026-04-14").await;
        changed(&world, member, "divorced", "2026-04-14").await;
    }
    changed(&world, "420323194001011236", "divorced", "2026-04-14").await;
    let case = world.get(&number).await;
    assert_eq!(case.state, "recheck");
    let history = world.history(&number).await;
    let opened: Vec<_> = history
        .iter()
        .filter(|entry| entry.note.contains("启动复核"))
        .collect();
    assert_eq!(opened.len(), 1, "{history:?}");
    let shown = format!("{:?}{:?}", case.sections, world.history(&number).await);
    for words in [
        "婚姻登记：2026年4月14日离婚",
        "离婚，2026-04-14（婚姻登记）",
        "婚姻状况变化",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // Paid on while it is looked at.
    world.go_to("2026-05-15T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-05").await.amount.0, 84_000);
}

#[tokio::test]
async fn an_application_under_way_says_it_and_goes_on() {
    let world = World::new().await;
    let form = family(1);
    let number = world.submit(&form).await.unwrap().number;
    changed(
        &world,
        &form.applicant.id_number,
        "registered",
        "2026-03-02",
    )
    .await;
    let case = world.get(&number).await;
    assert_eq!(case.state, "submitted");
    assert!(format!("{:?}", case.sections).contains("登记结婚，2026-03-02"));
    // A record that stood under a wrong number says nothing of the family.
    changed(&world, &form.applicant.id_number, "corrected", "2026-03-02").await;
    assert_eq!(world.get(&number).await.version, case.version);
}

#[tokio::test]
async fn somebody_found_brings_the_family_to_review() {
    let world = World::new().await;
    let mut form = family(1);
    form.members[0].about.situation = Situation::Missing;
    let number = world.granted(&form).await;
    world.go_to("2026-04-15T09:00:00").await;
    let payload = StayChanged {
        person: world.key(&form.members[0].id_number),
        on: "2026-04-15".to_owned(),
        ..StayChanged::default()
    };
    let handler = Returns {
        runtime: world.rt.clone(),
    };
    let event = "yiwang.rescue.stay.identified.v1";
    tell(&world, &handler, event, payload.encode_to_vec())
        .await
        .unwrap();
    let case = world.get(&number).await;
    assert_eq!(case.state, "recheck");
    let officers = format!("{:?}", world.history(&number).await);
    assert!(officers.contains("身份信息已核实"), "{officers}");
    // Where the person is may be what the family must not know.
    let family = world.history_for(&world.citizen(&form), &number).await;
    let family = format!("{family:?}");
    assert!(!family.contains("核实"), "{family}");
}

#[tokio::test]
async fn who_marries_before_the_first_payment_is_looked_at_when_it_begins() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    changed(&world, &form.applicant.id_number, "divorced", "2026-03-20").await;
    assert_eq!(world.get(&number).await.state, "confirmed");
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    let case = world.get(&number).await;
    assert_eq!(case.state, "recheck");
    assert_eq!(world.sums("2026-04").await.amount.0, 84_000);
}
