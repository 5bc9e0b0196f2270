//! 委托照护: from the application to the end; a barred carer never gets a child.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_child::{domain::welfare::entrusted_care::law::BarCode, welfare};

use super::desk::{Desk, VILLAGE};
use crate::world::born;

const AUNT: u32 = 501;

fn form(parent: u32, child: u32) -> Value {
    json!({
        "name": "李大山", "id_number": born("19850301", parent), "phone": "13800000000",
        "principal": "father", "other_parent": "同意",
        "child": { "name": "李小明", "id_number": born("20160512", child), "born_on": "",
                   "school": "城关小学" },
        "heard": "愿意和姑姑住",
        "carer": { "name": "李小梅", "id_number": born("19880808", AUNT), "phone": "13900000000",
                   "relation": "姑姑" },
        "address": "北大街3组", "cause": "work", "reasons": "去东莞务工",
        "from": "2026-05-12", "until": "2027-02-10",
    })
}

fn check(codes: &[&str]) -> Value {
    json!({ "barred": codes, "source": "竹公查1号", "findings": "身体健康，住房宽敞",
            "suitable": codes.is_empty() })
}

impl Desk {
    /// Cared for by the aunt.
    async fn entrusted(&self, parent: u32, child: u32) -> String {
        let filed = form(parent, child);
        let filed = self
            .world
            .submit(&self.worker, "entrusted-care", VILLAGE, filed);
        let number = filed.await.unwrap().number;
        self.act(&self.worker, &number, "check", check(&[]))
            .await
            .unwrap();
        let sign = json!({ "parent_signed": true, "carer_signed": true, "witness": "柯玉梅",
                           "signed_on": "2026-05-12", "paper": [Uuid::now_v7().to_string()] });
        self.act(&self.worker, &number, "sign", sign).await.unwrap();
        for to in ["school", "committee"] {
            let told = json!({ "to": to, "receiver": "陈老师", "on": "2026-05-12" });
            self.act(&self.worker, &number, "notify", told)
                .await
                .unwrap();
        }
        number
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entrusted_called_every_week_and_ended() {
    let desk = Desk::new().await;
    let number = desk.entrusted(1, 1).await;
    let case = desk.read(&desk.worker, &number).await.unwrap();
    assert_eq!(case.state, "active");
    let contact = case.clocks.iter().find(|clock| clock.name == "contact");
    assert_eq!(contact.unwrap().last_day, "2026-05-19");
    // The parent logs a talk.
    let father = desk.world.citizen(&born("19850301", 1));
    desk.world.go_to("2026-05-18T20:00:00").await;
    let talk = json!({ "on": "2026-05-18", "way": "video", "said": "都好" });
    let case = desk
        .act(&father, &number, "contact", talk.clone())
        .await
        .unwrap();
    let contact = case.clocks.iter().find(|clock| clock.name == "contact");
    assert_eq!(contact.unwrap().last_day, "2026-05-25");
    desk.world.go_to("2026-05-26T08:00:00").await;
    let case = desk.read(&father, &number).await.unwrap();
    let reminded = |case: &yiwang_proto::casework::v1::Case| {
        let mut rows = case.sections.iter().flat_map(|section| &section.rows);
        rows.any(|row| row.label == "提醒")
    };
    assert!(reminded(&case));
    let log = json!({ "on": "2026-05-26", "way": "phone" });
    let case = desk
        .act(&desk.worker, &number, "log_contact", log)
        .await
        .unwrap();
    assert!(!reminded(&case));
    let unfit = json!({ "fit": false, "heard": "姑姑常不在家", "findings": "无人做饭" });
    let case = desk
        .act(&desk.worker, &number, "review", unfit)
        .await
        .unwrap();
    assert_eq!(case.state, "alert");
    let end = json!({ "back_on": "2026-05-26", "heard": "高兴", "reasons": "父亲返乡" });
    let case = desk.act(&desk.worker, &number, "end", end).await.unwrap();
    assert_eq!(case.state, "ended");
    let events = "select string_agg(subject, ' ' order by seq) from chassis.outbox
                   where aggregate = 'entrust'";
    let events = desk.world.text(events).await;
    assert_eq!(
        events,
        "yiwang.child.entrust.signed yiwang.child.entrust.alert yiwang.child.entrust.ended"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carer_who_is_barred_loses_all_children_and_gets_none() {
    let desk = Desk::new().await;
    let active = desk.entrusted(1, 1).await;
    let second = form(2, 2);
    let second = desk
        .world
        .submit(&desk.worker, "entrusted-care", VILLAGE, second);
    let second = second.await.unwrap().number;
    let case = desk
        .act(&desk.worker, &second, "check", check(&["violence"]))
        .await
        .unwrap();
    assert_eq!(case.state, "refused");
    // Where she already cares for a child, the village is alarmed at once.
    let case = desk.read(&desk.worker, &active).await.unwrap();
    assert_eq!(case.state, "alert");
    let resume = json!({ "reasons": "没有问题" });
    let refused = desk
        .act(&desk.worker, &active, "resume", resume)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "CARER_BARRED");
    let third = desk
        .world
        .submit(&desk.worker, "entrusted-care", VILLAGE, form(3, 3))
        .await;
    assert_eq!(third.unwrap_err().reason, "CARER_BARRED");
    let aunt = desk.world.key(&born("19880808", AUNT));
    let mut conn = desk.world.rt.pool.acquire().await.unwrap();
    let codes = welfare::barred(&mut conn, &aunt).await.unwrap();
    assert_eq!(codes, [BarCode::Violence]);
    // Not even by hand.
    let forced = sqlx::query("update child.entrusted set state = 'active' where case_number = $1")
        .bind(&active)
        .execute(&mut *conn)
        .await
        .unwrap_err();
    let constraint = forced.as_database_error().unwrap().constraint();
    assert_eq!(constraint, Some("carer_not_barred"));
    let whitewashed = sqlx::query("update child.carer set barred = false")
        .execute(&mut *conn)
        .await
        .unwrap_err();
    let constraint = whitewashed.as_database_error().unwrap().constraint();
    assert_eq!(constraint, Some("barred_is_said"));
}
