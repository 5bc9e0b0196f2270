//! What is open with its clocks; an institution whose check is late, or failed.

use serde_json::json;
use uuid::Uuid;
use yiwang_chassis::identity::Role;
use yiwang_proto::rescue::v1::{self as pb, leaving_server::Leaving as _};
use yiwang_rescue::leaving::LeavingService;

use crate::{
    stay_desk::{Desk, MEN},
    world::{XIANAN, as_caller, id_number, officer, unwrap},
};

fn listed(kind: &str) -> pb::ListLeavingRequest {
    pb::ListLeavingRequest {
        division: "421202".into(),
        kind: kind.into(),
    }
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

/// An institution with everything in order.
async fn fit(desk: &Desk, service: &LeavingService) -> String {
    let licence = |kind: &str| pb::Licence {
        kind: kind.into(),
        number: format!("{kind}-1"),
        valid_to: String::new(),
    };
    let institution = pb::Institution {
        name: "温泉康养院".into(),
        division: XIANAN.into(),
        kind: "elder".into(),
        licences: ["elder", "fire", "food"].map(licence).to_vec(),
        agreement: "协议1号".into(),
        agreement_to: "2028-12-31".into(),
        active: true,
        ..pb::Institution::default()
    };
    let save = pb::SaveInstitutionRequest {
        idempotency_key: key(),
        institution: Some(institution),
    };
    let saved = service.save_institution(as_caller(&desk.county, save));
    let code = unwrap(saved.await).unwrap().code;
    let checked = service.check_institution(as_caller(&desk.county, check(&code, true)));
    let checked = unwrap(checked.await).unwrap();
    assert!(checked.short_of.is_empty() && !checked.check_late);
    assert_eq!(checked.check_due, "2027-05-12");
    code
}

fn check(code: &str, fire: bool) -> pb::CheckInstitutionRequest {
    pb::CheckInstitutionRequest {
        idempotency_key: key(),
        code: code.into(),
        licences: true,
        fire,
        food: true,
        findings: "现场核查".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_letter_is_red_on_the_list() {
    let desk = Desk::new().await;
    let service = LeavingService::new(desk.world.rt.clone());
    let stay = desk.admitted("male", 60, MEN).await;
    desk.identified(&stay, "李大山", &id_number(3)).await;
    let form = json!({ "stay": stay, "origin": "420323" });
    let case = desk
        .world
        .submit(&desk.first, "escorted-return", XIANAN, form);
    let number = case.await.unwrap().number;
    desk.world.go_to("2026-05-18T09:00:00").await;
    let all = service.list_leaving(as_caller(&desk.first, listed("journey")));
    let found = unwrap(all.await).unwrap().cases;
    assert_eq!(found.len(), 1);
    let one = &found[0];
    assert_eq!((&one.case_number, &one.stay), (&number, &stay));
    assert_eq!(one.label, "李**");
    assert!(one.r#where.contains("竹山县"), "{}", one.r#where);
    let clock = &one.clocks[0];
    assert_eq!((clock.label.as_str(), clock.late), ("联系流出地", true));
    let none = service.list_leaving(as_caller(&desk.first, listed("settlement")));
    assert!(unwrap(none.await).unwrap().cases.is_empty());
    // Gone otherwise: said on the list until the case is ended.
    let word = json!({ "signed": true, "things_returned": true, "ticket": "none" });
    desk.act(&stay, "leave_own_word", word).await.unwrap();
    let all = service.list_leaving(as_caller(&desk.first, listed("")));
    assert!(unwrap(all.await).unwrap().cases[0].stay_ended);
    let end = json!({ "reasons": "本人自行离站" });
    desk.act(&number, "end", end).await.unwrap();
    let all = service.list_leaving(as_caller(&desk.first, listed("")));
    assert!(unwrap(all.await).unwrap().cases.is_empty());
    // Whoever left on their own word is counted, and not in the rate.
    let days = pb::GetReturnFiguresRequest {
        division: "421202".into(),
        from: "2026-05-18".into(),
        to: "2026-05-18".into(),
    };
    let figures = service.get_return_figures(as_caller(&desk.county, days));
    let figures = unwrap(figures.await).unwrap();
    assert_eq!((figures.identified, figures.permille), (0, -1));
    assert_eq!(figures.by_type[0].count, 1);
    assert!(!figures.by_type[0].counted && figures.definition.contains("自行离站"));

    let other = officer(4, "王芳", Role::CountyOfficer, "610902");
    let theirs = service.list_leaving(as_caller(&other, listed("")));
    assert_eq!(unwrap(theirs.await).unwrap_err().reason, "WRONG_ROLE");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lives_in_an_unfit_institution_is_looked_at() {
    let desk = Desk::new().await;
    let service = LeavingService::new(desk.world.rt.clone());
    let code = fit(&desk, &service).await;
    let stay = desk.admitted("male", 60, MEN).await;
    let form = json!({ "stay": stay, "institution": code, "reasons": "需要护理" });
    let case = desk
        .world
        .submit(&desk.first, "foster-placement", XIANAN, form);
    let number = case.await.unwrap().number;
    let assess = json!({ "hospital": "市一医院", "findings": "半自理", "fit": true });
    desk.act(&number, "assess", assess).await.unwrap();
    let place = json!({ "record": "TY-1", "receiver": "周护士", "medicine": "无" });
    desk.act(&number, "place", place).await.unwrap();
    let failed = service.check_institution(as_caller(&desk.county, check(&code, false)));
    let failed = unwrap(failed.await).unwrap();
    assert_eq!((failed.residents, failed.check_late), (1, true));
    assert_eq!(failed.short_of, ["最近一次核查不合格"]);
    let case = desk.world.get(&number).await;
    let clock = case.clocks.iter().find(|clock| clock.name == "evaluate");
    assert_eq!(clock.unwrap().last_day, "2026-05-13");
    let list = pb::ListInstitutionsRequest {
        division: "421202".into(),
        all: false,
    };
    let list = service.list_institutions(as_caller(&desk.first, list));
    assert_eq!(unwrap(list.await).unwrap().institutions[0].residents, 1);
    let evaluate = json!({ "fit": false, "findings": "消防不合格" });
    let case = desk.act(&number, "evaluate", evaluate).await.unwrap();
    assert!(case.clocks.iter().all(|clock| clock.name != "evaluate"));
}
