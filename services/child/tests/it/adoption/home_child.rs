//! A couple adopts a found child of the institution: assessed first, then the child is chosen, the
//! notice hangs for sixty days, foster care ends with the registration.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::identity::Role;
use yiwang_proto::child::v1::{self as pb, adoption_server::Adoption as _};

use super::{COUNTY, Desk, child, fostering, from_home, papers};

fn chosen() -> Value {
    json!({
        "child": { "name": "竹小满", "id_number": child(), "ground": "parents_unknown" },
        "senders": { "institution": "竹山县儿童福利院", "institution_division": "420323" },
        "found": { "on": "2023-05-20", "at": "人民公园东门", "division": "420323100", "report": "报案1号" }
    })
}

fn notice(features: &str) -> Value {
    json!({ "found_at": "城关镇人民公园东门", "features": features, "place": "湖北日报" })
}

async fn running(desk: &Desk) -> pb::SearchNoticeList {
    let ask = pb::ListSearchNoticesRequest::default();
    let answer = desk
        .service
        .list_search_notices(tonic::Request::new(ask))
        .await;
    answer.unwrap().into_inner()
}

async fn matching(desk: &Desk) -> pb::MatchingList {
    let home = officer(8, "秦院长", Role::WelfareHome, COUNTY);
    let ask = pb::ListMatchingRequest::default();
    unwrap(desk.service.list_matching(as_caller(&home, ask)).await).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_couple_adopts_a_found_child_of_the_institution() {
    let desk = Desk::new().await;
    let foster = fostering::in_trial(&desk, "parents_unknown").await;
    let case = desk.filed(from_home()).await.unwrap();
    let number = case.number.as_str();

    let lists = matching(&desk).await;
    assert_eq!((lists.children.len(), lists.families.len()), (1, 1));
    assert_eq!(lists.children[0].age, "约3岁");
    assert_eq!(lists.families[0].wish, "想要一个女儿");
    assert!(!format!("{lists:?}").contains("竹小满"));

    let signed = json!({ "adopter": true, "spouse": true });
    desk.act(number, "sign_at_desk", signed).await.unwrap();
    desk.act(number, "check_marital", super::married())
        .await
        .unwrap();
    let talk = json!({ "adopters": "自愿收养" });
    desk.act(number, "interview", talk).await.unwrap();
    let case = desk
        .act(number, "check_papers", super::papers_of(&super::BASE))
        .await
        .unwrap();
    assert_eq!(case.state, "papers_checked");
    assert_eq!(case.clocks[0].last_day, "2026-06-11");

    let begun = json!({ "consented": true, "team": "县民政局" });
    let case = desk.act(number, "begin_assessment", begun).await.unwrap();
    assert_eq!(
        (case.state.as_str(), case.clocks[0].name.as_str()),
        ("assessing", "report")
    );
    desk.act(number, "choose_child", chosen()).await.unwrap();
    let full = papers(&["birth_status", "entry"]);
    desk.act(number, "check_marital", super::married())
        .await
        .unwrap();
    desk.act(number, "check_papers", super::papers_of(&full))
        .await
        .unwrap();
    desk.voices(number, &[("institution", "竹山县儿童福利院")])
        .await;

    let told = desk
        .act(number, "post_notice", notice("名叫竹小满"))
        .await
        .unwrap_err();
    assert!(format!("{told:?}").contains("NOTICE_REVEALS"));
    let case = desk
        .act(number, "post_notice", notice("左耳后有一颗痣"))
        .await
        .unwrap();
    assert_eq!(case.state, "search_notice");
    let notices = running(&desk).await.notices;
    assert_eq!(notices.len(), 1);
    let shown = (notices[0].last_day.as_str(), notices[0].age.as_str());
    assert_eq!(shown, ("2026-07-11", "约3岁"));
    let public = desk
        .world
        .texts("select body || rows::text from casework.notice")
        .await;
    assert!(!public[0].contains("竹小满") && !public[0].contains("福利院"));

    // The assessment goes on while the notice hangs; then all waits for its end.
    desk.bonded(number, "2026-06-12").await;
    let case = desk.scored(number, [0, 20]).await;
    assert_eq!(case.state, "search_notice");
    desk.world.go_to("2026-07-11T10:00:00").await;
    assert_eq!(running(&desk).await.notices.len(), 1);
    desk.world.go_to("2026-07-12T10:00:00").await;
    assert!(running(&desk).await.notices.is_empty());
    let state = "select state from casework.case_file where item = 'adoption'";
    assert_eq!(desk.world.text(state).await, "reviewed");
    // Sixty-one days did not count: 2026-05-12 + 30 + 61.
    let due = "select to_char(due_at + interval '8 hours' - interval '1 second', 'YYYY-MM-DD') from casework.clock where name = 'decide' and ended_at is null";
    assert_eq!(desk.world.text(due).await, "2026-08-11");

    let case = desk.registered(number).await;
    assert_eq!(case.state, "registered");
    let foster_state = "select state from casework.case_file where item = 'foster-care'";
    assert_eq!(desk.world.text(foster_state).await, "ended", "{foster}");
    let told = "select cause || note from casework.history h join casework.case_file f on f.id = h.case_id where f.item = 'foster-care' order by h.version desc limit 1";
    let told = desk.world.text(told).await;
    assert!(
        told.contains("儿童被收养") && !told.contains("SY"),
        "{told}"
    );

    // One registration is too few to be told.
    let ask = pb::GetFiguresRequest {
        county: COUNTY.into(),
        from_month: "2026-07".into(),
        to_month: "2026-07".into(),
    };
    let figures = unwrap(
        desk.service
            .get_figures(as_caller(&desk.registrar, ask))
            .await,
    )
    .unwrap();
    let figure = &figures.figures[0];
    assert_eq!(
        (figure.kind.as_str(), figure.count, figure.hidden),
        ("S1", 0, true)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn birth_parents_who_come_end_it() {
    let desk = Desk::new().await;
    let mut form = from_home();
    let chosen = chosen();
    for key in ["child", "senders", "found"] {
        form[key] = chosen[key].clone();
    }
    let case = desk.filed(form).await.unwrap();
    let number = case.number.as_str();
    let shown = papers(&["birth_status", "entry"]);
    desk.accepted(number, &[("institution", "竹山县儿童福利院")], &shown)
        .await;
    desk.act(number, "post_notice", notice("左耳后有一颗痣"))
        .await
        .unwrap();
    let claimed = json!({ "reasons": "生母持出生医学证明认领，公安机关已核实" });
    let case = desk.act(number, "parents_found", claimed).await.unwrap();
    assert_eq!(case.state, "reviewed");
    assert!(running(&desk).await.notices.is_empty());
    desk.act(number, "check_marital", super::married())
        .await
        .unwrap();
    let refused = desk
        .act(number, "propose", super::proposal())
        .await
        .unwrap_err();
    assert!(format!("{refused:?}").contains("CHILD_CLAIMED"));
    let refuse = json!({ "outcome": "refuse", "reasons": "儿童已由生母认领" });
    desk.act(number, "propose", refuse).await.unwrap();
    let case = desk
        .world
        .act(&desk.second, number, "confirm", Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "refused");
}
