//! Leaving: journeys home, foster placement, settlement.

mod fetched;
mod lists;
mod minor;
mod quarter;
mod settle;

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::identity::Role;
use yiwang_proto::{
    casework::v1::Case,
    rescue::v1::{self as pb, leaving_server::Leaving as _},
};
use yiwang_rescue::leaving::LeavingService;

use crate::{
    stay_desk::{Desk, MEN, WOMEN},
    world::{XIANAN, as_caller, id_number, officer, unwrap},
};

fn letter(to: &str) -> Value {
    json!({ "to": to, "document": "咸民函〔2026〕8号" })
}

fn trip(second: &str) -> Value {
    json!({ "escorts": [{ "name": "刘春生", "sex": "male" }, { "name": "杨秀梅", "sex": second }],
            "medicine": "降压药2盒" })
}

fn handed() -> Value {
    json!({ "on": "2026-05-12", "at": "16:30", "unit": "竹山县救助管理站", "receiver": "陈国栋",
            "number": "012345", "card_checked": true, "condition": "良好", "things": "布包1个",
            "signed": true })
}

async fn opened(desk: &Desk, stay: &str, origin: &str) -> Case {
    let form = json!({ "stay": stay, "origin": origin });
    let case = desk
        .world
        .submit(&desk.first, "escorted-return", XIANAN, form)
        .await;
    case.unwrap()
}

async fn agreed(desk: &Desk, number: &str) {
    let agree = json!({ "way": "escorted", "unit": "竹山县救助管理站", "document": "竹民函3号",
                        "contact": "陈国栋", "phone": "13900001111" });
    desk.act(number, "agree", agree).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_woman_goes_home_with_a_woman_and_is_handed_over_once() {
    let desk = Desk::new().await;
    let stay = desk.admitted("female", 60, WOMEN).await;
    // Nobody is brought home who is not known.
    let form = json!({ "stay": stay, "origin": "420323" });
    let unknown = desk
        .world
        .submit(&desk.first, "escorted-return", XIANAN, form)
        .await;
    assert_eq!(unknown.unwrap_err().reason, "NOT_IDENTIFIED");
    desk.identified(&stay, "王秀英", &id_number(2)).await;
    let case = opened(&desk, &stay, "420323").await;
    let number = case.number.as_str();
    desk.act(number, "ask", letter("竹山县民政局"))
        .await
        .unwrap();
    agreed(&desk, number).await;
    let alone = desk.act(number, "depart", trip("male")).await.unwrap_err();
    assert_eq!(alone.reason, "WOMAN_ESCORT");
    let early = desk.act(number, "hand_over", handed()).await.unwrap_err();
    assert_eq!(early.reason, "NOT_ON_WAY");
    desk.act(number, "depart", trip("female")).await.unwrap();
    assert_eq!(desk.world.get(&stay).await.state, "on_trip");
    assert_eq!(desk.places().await, [format!("{stay} 救助车1号")]);
    desk.act(number, "hand_over", handed()).await.unwrap();
    let again = desk.act(number, "hand_over", handed()).await.unwrap_err();
    assert_eq!(again.reason, "PENDING");
    let own = desk.act(number, "countersign", Value::Null).await;
    assert_eq!(own.unwrap_err().reason, "SAME_PERSON");
    let second = &desk.second;
    let home = desk
        .world
        .act(second, number, "countersign", Value::Null)
        .await;
    assert_eq!(home.unwrap().state, "home");
    let twice = desk.act(number, "hand_over", handed()).await.unwrap_err();
    assert_eq!(twice.reason, "WRONG_STATE");
    let left = "select state || ' ' || leave_type from rescue.stay";
    assert_eq!(desk.world.text(left).await, "left escorted");
    // The township takes over.
    assert_eq!(
        desk.world.text("select state from rescue.journey").await,
        "home"
    );

    let service = LeavingService::new(desk.world.rt.clone());
    let request = pb::GetReturnFiguresRequest {
        division: "421202".into(),
        from: "2026-05-01".into(),
        to: "2026-05-31".into(),
    };
    let answer = service
        .get_return_figures(as_caller(&desk.county, request))
        .await;
    let figures = unwrap(answer).unwrap();
    assert_eq!(
        (figures.identified, figures.home, figures.permille),
        (1, 1, 1000)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn across_provinces_the_departments_write_and_no_answer_goes_up() {
    let desk = Desk::new().await;
    let stay = desk.admitted("male", 60, MEN).await;
    desk.identified(&stay, "李大山", &id_number(3)).await;
    let number = opened(&desk, &stay, "610902").await.number;
    let direct = desk.act(&number, "ask", letter("汉滨区民政局")).await;
    assert_eq!(direct.unwrap_err().reason, "PROVINCE_FIRST");
    desk.act(&number, "forward", letter("湖北省民政厅"))
        .await
        .unwrap();
    desk.act(&number, "ask", letter("陕西省民政厅"))
        .await
        .unwrap();
    desk.world.go_to("2026-05-27T09:00:00").await;
    assert_eq!(desk.world.get(&number).await.state, "to_raise");
    let raise = json!({ "to": "民政部", "document": "鄂民文9号", "reasons": "没有答复" });
    let case = desk.act(&number, "raise", raise.clone()).await.unwrap();
    assert_eq!(case.state, "asked");
    let no = json!({ "document": "陕民函1号", "reasons": "户籍已迁出" });
    desk.act(&number, "decline", no).await.unwrap();
    let top = desk.act(&number, "raise", raise).await.unwrap_err();
    assert_eq!(top.reason, "TOP_LEVEL");
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_institution_with_valid_licences_takes_somebody() {
    let desk = Desk::new().await;
    let stay = desk.admitted("male", 60, MEN).await;
    let service = LeavingService::new(desk.world.rt.clone());
    let licence = |kind: &str| pb::Licence {
        kind: kind.into(),
        number: format!("{kind}-1"),
        valid_to: "2027-01-01".into(),
    };
    let mut institution = pb::Institution {
        name: "温泉康养院".into(),
        division: XIANAN.into(),
        kind: "elder".into(),
        licences: vec![licence("elder"), licence("food")],
        agreement: "协议1号".into(),
        agreement_to: "2026-12-31".into(),
        active: true,
        ..pb::Institution::default()
    };
    let save = |institution: &pb::Institution| pb::SaveInstitutionRequest {
        idempotency_key: key(),
        institution: Some(institution.clone()),
    };
    let stranger = service
        .save_institution(as_caller(&desk.first, save(&institution)))
        .await;
    assert_eq!(unwrap(stranger).unwrap_err().reason, "WRONG_ROLE");
    let saved = service
        .save_institution(as_caller(&desk.county, save(&institution)))
        .await;
    institution = unwrap(saved).unwrap();
    let check = pb::CheckInstitutionRequest {
        idempotency_key: key(),
        code: institution.code.clone(),
        licences: true,
        fire: true,
        food: true,
        findings: "现场核查".into(),
    };
    let checked = service
        .check_institution(as_caller(&desk.county, check))
        .await;
    assert_eq!(unwrap(checked).unwrap().short_of, ["没有消防合格文件"]);
    let form = json!({ "stay": stay, "institution": institution.code, "reasons": "需要护理" });
    let open = || {
        desk.world
            .submit(&desk.first, "foster-placement", XIANAN, form.clone())
    };
    let unfit = open().await.unwrap_err();
    assert_eq!(unfit.reason, "INSTITUTION_UNFIT");
    assert_eq!(unfit.fields[0].reason, "NO_LICENCE");
    institution.licences.push(licence("fire"));
    let saved = service
        .save_institution(as_caller(&desk.county, save(&institution)))
        .await;
    assert!(unwrap(saved).unwrap().short_of.is_empty());
    let number = open().await.unwrap().number;
    let assess = json!({ "hospital": "市一医院", "findings": "半自理", "fit": true });
    desk.act(&number, "assess", assess).await.unwrap();
    let place = json!({ "record": "TY-1", "receiver": "周护士", "medicine": "无" });
    let case = desk.act(&number, "place", place).await.unwrap();
    assert_eq!(case.state, "placed");
    assert_eq!(desk.world.get(&stay).await.state, "fostered");
    let clock = |name: &str| case.clocks.iter().find(|clock| clock.name == name).unwrap();
    assert_eq!(clock("visit").last_day, "2026-05-19");
    assert_eq!(clock("check").last_day, "2026-06-12");
    let unseen = json!({ "seen": false, "findings": "外出" });
    let unseen = desk.act(&number, "visit", unseen).await.unwrap_err();
    assert_eq!(unseen.reason, "NOT_SEEN");
    let cancel = json!({ "reasons": "不住了" });
    let there = desk.act(&number, "cancel", cancel).await.unwrap_err();
    assert_eq!(there.reason, "STILL_THERE");
    let out = json!({ "reasons": "身体好转", "record": "TY-2" });
    desk.act(&number, "take_out", out).await.unwrap();
    assert_eq!(desk.world.get(&stay).await.state, "admitted");
}

fn asked(stay: &str) -> Value {
    json!({ "stay": stay, "letter": "咸救函1号", "home": "welfare", "institution": "咸宁市社会福利院",
            "plan": "福利院照料" })
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_settled_before_every_step_of_the_search() {
    let desk = Desk::new().await;
    let stay = desk.admitted("male", 60, MEN).await;
    let ask = || {
        desk.world
            .submit(&desk.first, "settlement", XIANAN, asked(&stay))
    };
    assert_eq!(ask().await.unwrap_err().reason, "SETTLE_TOO_EARLY");
    desk.world.go_to("2026-08-20T09:00:00").await;
    let missing = ask().await.unwrap_err();
    assert_eq!(missing.reason, "SEARCH_INCOMPLETE");
    let steps: Vec<_> = missing.fields.iter().map(|it| it.field.as_str()).collect();
    assert!(
        steps.contains(&"/steps/publish") && steps.contains(&"/steps/dna"),
        "{steps:?}"
    );
    // The government's approval is no word of the station.
    let approver = officer(9, "周县长", Role::Approver, "421202");
    let theirs = desk
        .world
        .submit(&approver, "settlement", XIANAN, asked(&stay))
        .await;
    assert!(theirs.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_two_identities() {
    let desk = Desk::new().await;
    let row = "insert into rescue.settlement (case_number, stay, state, person_key, true_person,
                   cancelled_at, household) values ";
    let insert = async |values: &str| {
        let sql = format!("{row}{values}");
        let done = sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&desk.world.db.pool)
            .await;
        done.err().and_then(|error| {
            let error = error.into_database_error()?;
            error.constraint().map(str::to_owned)
        })
    };
    assert_eq!(
        insert("('AZ1', 'JZ1', 'settled', 'k1', null, null, '')").await,
        None
    );
    // The same identity for another, again for a cancelled one, a second for the same stay.
    let second = insert("('AZ2', 'JZ2', 'settled', 'k1', null, null, '')").await;
    assert_eq!(second.as_deref(), Some("one_identity"));
    let own = insert("('AZ3', 'JZ3', 'cancelled', 'k3', 'k3', now(), '')").await;
    assert_eq!(own.as_deref(), Some("own_identity"));
    let twice = insert("('AZ4', 'JZ1', 'settled', 'k4', null, null, '')").await;
    assert_eq!(twice.as_deref(), Some("one_settlement"));
}
