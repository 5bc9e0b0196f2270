//! Papers from elsewhere: a court's divorce, noted by two; a registration that was false.

use serde_json::json;
use yiwang_chassis::identity::Role;

use crate::{
    couples::Couple,
    world::{LITONG, World, XIANAN, ZHUSHAN},
};

#[tokio::test]
async fn a_judgment_ends_the_marriage_on_its_own_day_and_the_pending_divorce() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    let pending = world.divorce_accepted(ZHUSHAN, couple).await;
    world.go_to("2026-05-20T09:00:00").await;
    let form = couple.judgment(XIANAN, "J421202-2026-000001", "2026-05-18");
    let clerk = XIANAN.registrar();
    let case = world
        .submit(&clerk, "court-note", XIANAN, form)
        .await
        .unwrap();
    let checked = json!({ "checked": true });
    let alone = world
        .act(&clerk, &case.number, "note", checked.clone())
        .await;
    assert_eq!(alone.unwrap_err().reason, "SAME_OFFICER");
    let noted = world
        .act(&XIANAN.colleague(), &case.number, "note", checked)
        .await;
    assert_eq!(noted.unwrap().state, "noted");
    let record = "select state || ' ' || ended_on from marriage.record";
    assert_eq!(world.text(record).await, "divorced_court 2026-05-18");
    assert_eq!(world.get(&pending).await.state, "terminated");
    let certificate = "select state from marriage.certificate";
    assert_eq!(world.text(certificate).await, "ended");
    let told = world.told(&couple.a()).await;
    assert_eq!(
        told.last().unwrap(),
        &("divorced_court".into(), "40".into())
    );
}

#[tokio::test]
async fn a_void_marriage_leaves_no_certificate_that_is_good() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    let clerk = LITONG.registrar();
    let reissue = world
        .submit(
            &clerk,
            "certificate-reissue",
            LITONG,
            couple.reissue(LITONG),
        )
        .await
        .unwrap();
    world.rest().await;
    let found = json!({ "found": true, "other_name": "李四" });
    let search = world
        .act(&clerk, &reissue.number, "search_archive", found)
        .await;
    search.unwrap();
    let given = world
        .act(&clerk, &reissue.number, "reissue", json!({}))
        .await;
    assert_eq!(given.unwrap().state, "reissued");
    let divorce = world.divorce_accepted(ZHUSHAN, couple).await;
    world.go_to("2026-06-12T09:00:00").await;
    world.divorce(ZHUSHAN, &divorce).await.unwrap();
    let certificate = "L420323-2026-000001";
    assert_eq!(world.verdict(certificate).await, "valid");

    let mut form = couple.judgment(XIANAN, "J421202-2026-000001", "2026-06-11");
    form["paper"]["kind"] = "void_judgment".into();
    let case = world
        .submit(&XIANAN.registrar(), "court-note", XIANAN, form)
        .await
        .unwrap();
    let checked = json!({ "checked": true });
    world
        .act(&XIANAN.colleague(), &case.number, "note", checked)
        .await
        .unwrap();
    let record = "select record.state || ' ' || certificate.number || ' ' || certificate.state
                    from marriage.record join marriage.certificate on record = record.id
                   order by certificate.number desc limit 1";
    assert_eq!(world.text(record).await, format!("void {certificate} void"));
    for number in [certificate, "BJ640302-2026-000001", "J421202-2026-000001"] {
        assert_eq!(world.verdict(number).await, "revoked", "{number}");
    }
}

#[tokio::test]
async fn a_false_registration_is_revoked_by_two_and_the_dishonest_is_named() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    let mut form = couple.wedding(XIANAN);
    form["record_number"] = "J421202-2026-000001".into();
    form["basis"] = "police_proof".into();
    form["paper"] = json!({ "number": "咸公（2026）7号", "issuer": "咸安公安分局",
                            "date": "2026-05-11" });
    form["facts"] = "冒用他人身份证登记".into();
    form["dishonest"] = json!(["b"]);
    let clerk = XIANAN.registrar();
    let case = world
        .submit(&clerk, "registration-revocation", XIANAN, form)
        .await
        .unwrap();
    let opinion = json!({ "opinion": "公安机关证明属实，建议撤销" });
    let colleague = XIANAN.colleague();
    world
        .act(&colleague, &case.number, "propose", opinion)
        .await
        .unwrap();
    let yes = json!({ "agree": true, "reasons": "事实清楚，同意撤销" });
    let approver = XIANAN.officer(3, "何志远", Role::Approver);
    let revoked = world.act(&approver, &case.number, "approve", yes).await;
    assert_eq!(revoked.unwrap().state, "revoked");
    let state = "select record.state || ' ' || certificate.state
                   from marriage.record join marriage.certificate on record = record.id";
    assert_eq!(world.text(state).await, "revoked revoked");
    let named: Vec<String> = world
        .texts("select person_key from marriage.dishonesty")
        .await;
    assert_eq!(named, [world.key(&couple.b())]);
    // It never was a marriage for the other one.
    let told = world.told(&couple.a()).await;
    assert_eq!(told.last().unwrap(), &("revoked".into(), "10".into()));
    world.wed(ZHUSHAN, Couple(1, 4)).await;
}
