//! What stands wrong on a record, from the counter to the new certificate (rules A5.1, A5.7).

use serde_json::{Value, json};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::casework::v1 as pb;

use crate::{
    couples::Couple,
    stage::id_number,
    world::{LITONG, World, XIANAN, ZHUSHAN},
};

/// The man comes with the card `right`; `wrong` stands on the record.
fn number_form(wrong: u32, right: u32) -> Value {
    json!({
        "hall": LITONG.hall, "record_number": "J421202-2026-000001", "whose": "own",
        "wrong": "id_number", "old": id_number(wrong), "ground": "登记时录入错误",
        "evidence": "police_proof", "paper_number": "公证2026-9", "paper_issuer": "咸安公安分局",
        "paper_date": "2026-05-11",
        "a": { "name": "张三", "id_number": id_number(right), "household": "420323100" },
    })
}

impl World {
    /// Filed and proposed at 利通区; the case's number.
    async fn proposed(&self, form: Value) -> Result<String, Fault> {
        let clerk = LITONG.registrar();
        let case = self
            .submit(&clerk, "record-correction", LITONG, form)
            .await?;
        self.rest().await;
        let opinion = json!({ "opinion": "与公安机关的证明和原始档案相符，建议更正" });
        self.act(&clerk, &case.number, "propose", opinion).await?;
        Ok(case.number)
    }

    async fn approve(&self, number: &str) -> Result<pb::Case, Fault> {
        let approver = LITONG.officer(3, "何志远", Role::Approver);
        let yes = json!({ "agree": true, "reasons": "事实清楚，同意更正" });
        self.act(&approver, number, "approve", yes).await
    }
}

#[tokio::test]
async fn a_wrong_number_goes_to_the_right_person_and_the_old_one_stays_on_file() {
    let world = World::new().await;
    world.wed(XIANAN, Couple(1, 2)).await;
    let number = world.proposed(number_form(1, 3)).await.unwrap();
    let yes = json!({ "agree": true, "reasons": "同意" });
    let alone = world
        .act(&LITONG.registrar(), &number, "approve", yes)
        .await;
    assert_eq!(alone.unwrap_err().reason, "SAME_OFFICER");
    let case = world.approve(&number).await.unwrap();
    assert_eq!(case.state, "corrected");

    let spouses = "select person_key from marriage.spouse order by side";
    let both = [world.key(&id_number(3)), world.key(&id_number(2))];
    assert_eq!(world.texts(spouses).await, both);
    let kept = "select version || ' ' || person_a || ' ' || reason from marriage.record_version";
    let before = format!(
        "1 {} 信息更正：身份证号、出生日期",
        world.key(&id_number(1))
    );
    assert_eq!(world.text(kept).await, before);
    let certificates = "select number || ' ' || state from marriage.certificate order by number";
    assert_eq!(
        world.texts(certificates).await,
        ["BJ640302-2026-000001 valid", "J421202-2026-000001 replaced"]
    );
    let electronic = "select distinct number || ' ' || state from casework.certificate order by 1";
    assert_eq!(
        world.texts(electronic).await,
        ["BJ640302-2026-000001 valid", "J421202-2026-000001 replaced"]
    );
    let file = "select class || ' ' || left(id, 1) from marriage.archive_file";
    assert_eq!(world.text(file).await, "correction G");
    let told = async |serial| world.told(&id_number(serial)).await.pop().unwrap();
    assert_eq!(told(1).await, ("corrected".into(), "10".into()));
    assert_eq!(told(3).await, ("corrected".into(), "21".into()));
    assert_eq!(told(2).await, ("corrected".into(), "21".into()));
    let events = "select event_type from chassis.outbox where event_type like '%.record.%'";
    assert_eq!(
        world.texts(events).await,
        ["yiwang.marriage.record.corrected.v1"]
    );

    // Old and new stand side by side for the officers.
    let seen = format!("{:?}", world.get(&number).await.sections);
    assert!(
        seen.contains("更正前") && seen.contains("BJ640302-2026-000001"),
        "{seen}"
    );
    let received = json!({ "received": true });
    let clerk = LITONG.registrar();
    let done = world.act(&clerk, &number, "deliver", received).await;
    assert_eq!(done.unwrap().state, "done");

    // The stranger of the wrong number is free, the right person is not.
    let free = world.declared(ZHUSHAN, Couple(1, 6).wedding(ZHUSHAN)).await;
    world.register(ZHUSHAN, &free.unwrap()).await.unwrap();
    let bound = world.declared(ZHUSHAN, Couple(3, 8).wedding(ZHUSHAN)).await;
    let refused = match bound {
        Ok(number) => world.register(ZHUSHAN, &number).await.unwrap_err(),
        Err(refused) => refused,
    };
    assert_eq!(refused.reason, "ALREADY_MARRIED");
}

#[tokio::test]
async fn nobody_gets_a_second_marriage_by_a_correction() {
    let world = World::new().await;
    world.wed(XIANAN, Couple(1, 2)).await;
    let number = world.proposed(number_form(1, 3)).await.unwrap();
    // The right person marries somebody else before it is decided.
    world.wed(ZHUSHAN, Couple(3, 4)).await;
    let refused = world.approve(&number).await.unwrap_err();
    assert_eq!(refused.reason, "ALREADY_MARRIED");
    assert_eq!(world.get(&number).await.state, "proposed");
    let versions = world.texts("select reason from marriage.record_version");
    assert!(versions.await.is_empty());
    let again = world.proposed(number_form(1, 3)).await.unwrap_err();
    assert_eq!(again.reason, "ALREADY_MARRIED");

    // A divorce under way names the couple by the wrong number: it comes first.
    world.divorce_accepted(XIANAN, Couple(1, 2)).await;
    let number = world.proposed(number_form(1, 5)).await.unwrap();
    let refused = world.approve(&number).await.unwrap_err();
    assert_eq!(refused.reason, "DIVORCE_PENDING");
    let taken = "select number from marriage.certificate where number like 'B%'";
    assert!(world.texts(taken).await.is_empty());
}

#[tokio::test]
async fn a_wrong_household_changes_the_register_alone() {
    let world = World::new().await;
    world.wed(XIANAN, Couple(1, 2)).await;
    let mut form = number_form(1, 1);
    form["wrong"] = "household".into();
    form["old"] = "".into();
    form["a"]["household"] = "421202001".into();
    let number = world.proposed(form).await.unwrap();
    let colleague = LITONG.colleague();
    let yes = json!({ "agree": true, "reasons": "同意" });
    let case = world
        .act(&colleague, &number, "approve", yes)
        .await
        .unwrap();
    assert_eq!(case.state, "done");
    let kept = "select version.residence_a || ' ' || record.residence_a
                  from marriage.record_version version join marriage.record on id = record";
    assert_eq!(world.text(kept).await, "420323100 421202001");
    let certificates = "select number || ' ' || state from marriage.certificate";
    assert_eq!(
        world.texts(certificates).await,
        ["J421202-2026-000001 valid"]
    );
}
