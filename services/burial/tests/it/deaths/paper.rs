//! A paper certificate from entry to void, and a nameless one that gets our number.

use serde_json::{Value, json};
use yiwang_chassis::identity::{Caller, Role};
use yiwang_proto::burial::v1::{self as pb, deaths_server::Deaths};

use super::{CLINIC, form, told};
use crate::world::{TONGSHAN, World, as_caller, id_number, officer, unwrap};

fn doctor() -> Caller {
    officer(1, "刘医生", Role::TownshipOfficer, TONGSHAN)
}

fn clerk() -> Caller {
    officer(2, "周窗口", Role::Clerk, "421224")
}

fn approver() -> Caller {
    officer(3, "吴审批", Role::Approver, "421224")
}

const ITEM: &str = "death-certificate";

/// Number of the case that the clinic enters.
async fn enter(world: &World, form: Value) -> String {
    let case = world.submit(&doctor(), ITEM, TONGSHAN, form).await;
    case.unwrap().number
}

#[tokio::test]
async fn a_paper_is_checked_by_a_second_person_and_then_everybody_knows() {
    let world = World::new().await;
    let id = id_number(1);
    let family = world.citizen("11010519491231002X");
    let refused = world.submit(&family, ITEM, TONGSHAN, form(&id, "4212242600017"));
    assert_eq!(refused.await.unwrap_err().reason, "AT_COUNTER");

    let number = enter(&world, form(&id, "4212242600017")).await;
    assert!(number.starts_with("SW"), "{number}");
    assert!(told(&world, &id).await.is_empty());
    let check = json!({ "checked": true });
    let own = world.act(&doctor(), &number, "check", check.clone()).await;
    assert_eq!(own.unwrap_err().reason, "SAME_OFFICER");
    let case = world.act(&clerk(), &number, "check", check.clone()).await;
    assert_eq!(case.unwrap().state, "recorded");
    let recorded = (
        "recorded".to_owned(),
        "2026-05-11".to_owned(),
        number.clone(),
    );
    assert_eq!(told(&world, &id).await, [recorded]);

    // Another paper of the same person, with another printed number.
    let second = enter(&world, form(&id, "4212242600018")).await;
    let known = world.act(&clerk(), &second, "check", check.clone()).await;
    assert_eq!(known.unwrap_err().reason, "DEATH_KNOWN");
    let reasons = json!({ "reasons": "重复录入" });
    world
        .act(&clerk(), &second, "return_paper", reasons)
        .await
        .unwrap();

    let correct = json!({ "died_on": "2026-05-10", "died_time": "", "place": TONGSHAN,
        "cause": "natural", "reasons": "卫生院更正书" });
    world
        .act(&clerk(), &number, "correct", correct)
        .await
        .unwrap();
    let reasons = json!({ "reasons": "签发错误，本人健在" });
    world
        .act(&clerk(), &number, "reissue", json!({ "reasons": "遗失" }))
        .await
        .unwrap();
    let twice = world
        .act(&clerk(), &number, "reissue", reasons.clone())
        .await;
    assert_eq!(twice.unwrap_err().reason, "REISSUED_BEFORE");
    let both = officer(2, "周窗口", Role::CountyOfficer, "421224");
    world
        .act(&both, &number, "ask_void", reasons.clone())
        .await
        .unwrap();
    let own = world.act(&both, &number, "void", reasons.clone()).await;
    assert_eq!(own.unwrap_err().reason, "SAME_OFFICER");
    let case = world
        .act(&approver(), &number, "void", reasons)
        .await
        .unwrap();
    assert_eq!(case.state, "voided");
    let events: Vec<String> = told(&world, &id)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(events, ["recorded", "corrected", "revoked"]);
    let versions = "select version || ' ' || state || ' ' || died_on || ' ' || changed_by
                      from burial.death_version order by version";
    assert_eq!(
        world.texts(versions).await,
        [
            "1 signed 2026-05-11 周窗口",
            "2 corrected 2026-05-10 周窗口",
            "3 voided 2026-05-10 吴审批"
        ]
    );

    // The same number signed again: no other is possible where it is the ID number.
    let third = enter(&world, form(&id, "4212242600017")).await;
    world.act(&clerk(), &third, "check", check).await.unwrap();
    assert_eq!(told(&world, &id).await.last().unwrap().2, third);
    let rows = "select version || ' ' || state || ' ' || case_number from burial.death";
    assert_eq!(world.texts(rows).await, [format!("4 signed {third}")]);
}

#[tokio::test]
async fn the_day_of_signing_decides_who_signs_and_which_number() {
    let world = World::new().await;
    world.go_to("2026-07-02T09:00:00").await;
    let id = id_number(1);
    let mut paper = form(&id, "4212242600017");
    let hand_in = async |form: &Value| {
        let done = world.submit(&doctor(), ITEM, TONGSHAN, form.clone()).await;
        done.map_err(|fault| fault.reason.to_string())
    };
    assert!(hand_in(&paper).await.is_ok(), "signed under DC13");
    paper["paper"]["village_proof"] = false.into();
    assert_eq!(hand_in(&paper).await.unwrap_err(), "VILLAGE_PROOF");
    paper["paper"]["signed_on"] = "2026-07-01".into();
    assert_eq!(hand_in(&paper).await.unwrap_err(), "NUMBER_NOT_OF_DOCUMENT");
    paper["paper"]["number"] = id.clone().into();
    assert!(hand_in(&paper).await.is_ok());
    paper["place"]["cause"] = "unnatural".into();
    assert_eq!(hand_in(&paper).await.unwrap_err(), "WRONG_SIGNER");
    paper["applicant"]["relation"] = "institution".into();
    assert_eq!(hand_in(&paper).await.unwrap_err(), "NOT_A_RELATIVE");
}

#[tokio::test]
async fn a_nameless_body_gets_the_next_number_of_the_signer() {
    let world = World::new().await;
    world.go_to("2026-07-02T09:00:00").await;
    let mut paper = form("", "");
    paper["dead"]["name"] = "无".into();
    paper["dead"]["document"] = "none".into();
    paper["applicant"]["relation"] = "police".into();
    paper["place"]["cause"] = "unnatural".into();
    paper["place"]["kind"] = "other".into();
    paper["paper"]["signer"] = "police".into();
    paper["paper"]["signed_on"] = "2026-07-01".into();
    let check = json!({ "checked": true });
    for serial in ["0001", "0002"] {
        let number = enter(&world, paper.clone()).await;
        world
            .act(&clerk(), &number, "check", check.clone())
            .await
            .unwrap();
        let request = pb::GetDeathRequest {
            number: format!("{CLINIC}{serial}"),
        };
        let service = yiwang_burial::deaths::DeathsService::new(world.rt.clone());
        let found = service.get_death(as_caller(&clerk(), request)).await;
        assert_eq!(unwrap(found).unwrap().reference, number);
    }
    assert_eq!(
        world
            .texts("select coalesce(person_key, '-') from burial.death")
            .await,
        ["-", "-"]
    );
    let events = "select count(*)::text from chassis.outbox where aggregate = 'death'";
    assert_eq!(world.text(events).await, "0");
}
