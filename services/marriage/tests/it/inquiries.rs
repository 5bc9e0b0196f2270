//! Who may ask for a marital status, what they learn, and what is kept of it.

use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::marriage::v1::{self as pb, register_server::Register};

use crate::{
    couples::Couple,
    stage::{as_caller, unwrap},
    world::{LITONG, World, XIANAN, ZHUSHAN},
};

fn about(id_number: String) -> pb::AskStatusRequest {
    pb::AskStatusRequest {
        name: "张三".into(),
        id_number,
        purpose: "核对低保申请家庭成员".into(),
        legal_basis: "《社会救助暂行办法》第五十八条".into(),
        ..Default::default()
    }
}

async fn ask(
    world: &World,
    caller: &Caller,
    request: pb::AskStatusRequest,
) -> Result<pb::MaritalStatus, Fault> {
    unwrap(world.register.ask_status(as_caller(caller, request)).await)
}

#[tokio::test]
async fn the_minimum_is_answered_for_a_purpose_and_every_question_is_kept() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    let officer = ZHUSHAN.officer(5, "陈志强", Role::TownshipOfficer);
    let status = ask(&world, &officer, about(couple.a())).await.unwrap();
    assert_eq!((status.status.as_str(), status.married), ("21", true));
    assert_eq!(status.as_of, "2026-05-12");
    let single = ask(&world, &officer, about(Couple(3, 4).a()))
        .await
        .unwrap();
    assert_eq!((single.status.as_str(), single.married), ("10", false));
    let mismatch = ask(&world, &officer, about(couple.b())).await.unwrap_err();
    assert_eq!(mismatch.reason, "NAME_MISMATCH");

    let mut vague = about(couple.a());
    vague.purpose = "看".into();
    vague.legal_basis.clear();
    let refused = ask(&world, &officer, vague).await.unwrap_err();
    let fields: Vec<_> = refused
        .fields
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(fields, ["/purpose", "/legal_basis"]);
    let citizen = world.citizen(&couple.b());
    let refused = ask(&world, &citizen, about(couple.a())).await.unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);

    let answers = "select answer from marriage.inquiry order by answer";
    assert_eq!(world.texts(answers).await, ["10", "21", "no_match"]);
    let audited = "select object || ' ' || purpose from chassis.audit_entry
                    where action = 'status.ask' order by at, object limit 1";
    let entry = world.text(audited).await;
    assert!(entry.ends_with("核对低保申请家庭成员") && !entry.contains(&couple.a()));
}

#[tokio::test]
async fn everybody_sees_their_own_records_once_their_card_was_seen() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    let own = async |caller: &Caller| {
        let request = as_caller(caller, pb::ListOwnRecordsRequest {});
        unwrap(world.register.list_own_records(request).await)
    };
    let records = own(&world.citizen(&couple.b())).await.unwrap().records;
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].number, "J421202-2026-000001");
    assert_eq!(records[0].hall_name, "咸安区婚姻登记处");
    assert_eq!(records[0].names, ["张三", "李四"]);
    let other = own(&world.citizen(&Couple(3, 4).a())).await.unwrap();
    assert!(other.records.is_empty());
    let typed = Caller {
        grants: vec![],
        ..world.citizen(&couple.a())
    };
    assert_eq!(own(&typed).await.unwrap_err().reason, "NOT_VERIFIED");
}

#[tokio::test]
async fn figures_count_who_came_from_another_province() {
    let world = World::new().await;
    world.wed(XIANAN, Couple(1, 2)).await;
    world.wed(ZHUSHAN, Couple(3, 4)).await;
    world.go_to("2026-05-13T09:00:00").await;
    world.wed(LITONG, Couple(5, 6)).await;
    let count = async |caller: &Caller, division: &str| {
        let request = pb::GetFiguresRequest {
            division: division.into(),
            from_day: "2026-05-01".into(),
            to_day: "2026-05-31".into(),
        };
        let request = as_caller(caller, request);
        unwrap(world.register.get_figures(request).await)
    };
    let nation = Caller {
        grants: vec![yiwang_chassis::identity::Grant::new(
            Role::CountyOfficer,
            "000000",
        )],
        ..XIANAN.registrar()
    };
    let figures = count(&nation, "").await.unwrap();
    assert_eq!((figures.marriages, figures.by_hall.len()), (3, 3));
    let days: Vec<_> = figures
        .by_day
        .iter()
        .map(|row| (row.key.as_str(), row.marriages))
        .collect();
    assert_eq!(days, [("2026-05-12", 2), ("2026-05-13", 1)]);
    // 竹山 and 吴忠 are at home in one of the two provinces each time.
    assert_eq!(figures.across_provinces, 0);
    let hubei = count(&nation, "420000").await.unwrap();
    assert_eq!(hubei.marriages, 2);
    let outside = count(&XIANAN.registrar(), "640302").await.unwrap_err();
    assert_eq!(outside.code, Code::Forbidden);
    let own = count(&XIANAN.registrar(), "").await.unwrap();
    assert_eq!(
        (own.marriages, own.by_hall[0].key.as_str()),
        (1, XIANAN.hall)
    );
}
