//! From the form to the first month; refusal; who may not do what.

use serde_json::json;
use yiwang_casework::testing::{id_number, officer};
use yiwang_chassis::identity::Role;
use yiwang_child::domain::family::{Carer, Child, Family, Parent, ParentState};

use super::desk::{Desk, child, father, form, mother, opinion, reasons, yes};
use crate::world::CHENGGUAN;

#[tokio::test(flavor = "multi_thread")]
async fn an_orphan_is_paid_from_the_month_after() {
    let desk = Desk::new().await;
    desk.departments
        .know(&father(), json!({ "died_on": "2026-01-10" }));
    desk.departments
        .know(&mother(), json!({ "died_on": "2025-10-01" }));
    let number = desk
        .applied("orphan", form("dead", "dead", "2025-10-01"))
        .await;
    assert!(number.starts_with("GE420323"));
    let case = desk.case(&number).await;
    assert_eq!(case.state, "verifying");
    assert!(case.notices.is_empty(), "never a public notice");
    let verify = case
        .clocks
        .iter()
        .find(|clock| clock.name == "verify")
        .unwrap();
    assert_eq!(verify.last_day, "2026-06-02");
    let by_data = json!({
        "methods": ["data"],
        "father": { "state": "dead" }, "mother": { "state": "dead" },
        "guardian_able": true, "child_seen": true, "agrees": true, "findings": "数据一致",
    });
    desk.act(&desk.supervisor, &number, "verify", by_data)
        .await
        .unwrap();
    // The one who examined does not decide.
    desk.act(&desk.first, &number, "propose", yes())
        .await
        .unwrap();
    let alone = desk
        .act(&desk.first, &number, "decide", yes())
        .await
        .unwrap_err();
    assert_eq!(alone.reason, "SAME_PERSON");
    let case = desk
        .act(&desk.second, &number, "decide", yes())
        .await
        .unwrap();
    assert_eq!(case.state, "paid");
    assert!(
        case.documents
            .iter()
            .any(|paper| paper.title == "认定通知书")
    );
    assert_eq!(desk.events().await, ["yiwang.child.orphan.confirmed"]);
    // Nothing this month; 1,120 yuan from the next.
    desk.pay().await;
    assert!(desk.payments().await.is_empty());
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 GE monthly 112000 paid"]);
    assert_eq!(desk.departments.paid()["6217000000000001"], 112_000);
    let told = "select count(*)::text from casework.history where note like '2026年6月已发放1120%'";
    assert_eq!(desk.text(told).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_come_before_papers_and_what_differs_is_explained() {
    let desk = Desk::new().await;
    desk.departments
        .know(&father(), json!({ "died_on": "2026-01-10" }));
    let number = desk
        .applied(
            "unattended-child",
            form("dead", "out_of_contact", "2025-10-01"),
        )
        .await;
    let verify = |change: serde_json::Value| {
        let mut data = opinion("dead", "out_of_contact", "2025-10-01");
        data.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        data
    };
    let cases = [
        (json!({ "methods": ["data"] }), "NOT_IN_DATA"),
        (
            json!({ "father": { "state": "severely_ill" }, "differs": "" }),
            "DIFFERS_FROM_DATA",
        ),
        (
            json!({ "mother": { "state": "out_of_contact" } }),
            "REQUIRED",
        ),
        (
            json!({ "mother": { "state": "out_of_contact", "since": "2026-06-01" } }),
            "FUTURE",
        ),
    ];
    for (change, code) in cases {
        let refused = desk
            .act(&desk.supervisor, &number, "verify", verify(change))
            .await;
        assert_eq!(refused.unwrap_err().reason, code);
    }
    // Asked for once, everything together.
    let ask = json!({ "papers": ["contact"], "reasons": "请提供公安机关接警回执" });
    let case = desk
        .act(&desk.supervisor, &number, "ask_papers", ask.clone())
        .await
        .unwrap();
    assert_eq!(case.state, "returned");
    let note = json!({ "note": "回执已经交来" });
    desk.act(&desk.guardian, &number, "supplement", note)
        .await
        .unwrap();
    let twice = desk
        .act(&desk.supervisor, &number, "ask_papers", ask)
        .await
        .unwrap_err();
    assert_eq!(twice.reason, "ASKED_ALREADY");
    desk.act(&desk.supervisor, &number, "verify", verify(json!({})))
        .await
        .unwrap();
    // Too early by the county's own look: five months.
    let early = json!({ "mother": { "state": "out_of_contact", "since": "2025-12-12" } });
    desk.act(&desk.first, &number, "send_back", reasons("核对失联日期"))
        .await
        .unwrap();
    desk.act(&desk.supervisor, &number, "verify", verify(early))
        .await
        .unwrap();
    let refused = desk
        .act(&desk.first, &number, "propose", yes())
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "NOT_ELIGIBLE");
    assert!(
        refused.message.contains("2026年6月12日"),
        "{}",
        refused.message
    );
    let no = json!({ "agrees": false, "reasons": "母亲失联不满6个月" });
    let case = desk.both(&number, no).await.unwrap();
    assert_eq!(case.state, "refused");
    assert!(
        case.documents
            .iter()
            .any(|paper| paper.title == "不予认定决定书")
    );
    assert!(desk.events().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_excluded_is_not_taken_and_nobody_learns_of_others() {
    let desk = Desk::new().await;
    let submit = |form| desk.submit(&desk.guardian, "unattended-child", CHENGGUAN, form);
    let able = submit(form("dead", "able", "")).await.unwrap_err();
    assert_eq!(able.reason, "NOT_ELIGIBLE");
    assert_eq!(able.fields[0].field, "/mother/state");
    let orphan = submit(form("dead", "dead", "")).await.unwrap_err();
    assert_eq!(orphan.reason, "OTHER_ITEM");
    let number = desk.unattended().await;
    // The same applicant is told, somebody else is not.
    let again = submit(form("dead", "out_of_contact", "2025-10-01"))
        .await
        .unwrap_err();
    assert_eq!(again.reason, "ALREADY_OPEN");
    let mut other = form("dead", "out_of_contact", "2025-10-01");
    other["applicant"] = json!({ "name": "李四", "id_number": id_number(7), "phone": "13900000007", "kind": "relative" });
    let stranger = desk.citizen(&id_number(7));
    let theirs = desk
        .submit(&stranger, "unattended-child", CHENGGUAN, other)
        .await
        .unwrap();
    assert_eq!(theirs.state, "verifying");
    // Nobody outside the line knows that the case is there; the parents do not either.
    let hidden = [
        officer(20, "别县", Role::ChildCounty, "421221"),
        officer(21, "低保", Role::CountyOfficer, "420323"),
        officer(22, "审计", Role::Auditor, "000000"),
        officer(23, "窗口", Role::TownshipOfficer, CHENGGUAN),
        stranger,
        desk.citizen(&mother()),
    ];
    for caller in &hidden {
        let seen = desk.get_as(caller, &number).await.unwrap_err();
        assert_eq!(seen.reason, "CASE_NOT_FOUND", "{}", caller.name);
    }
    // Twice confirmed is impossible.
    desk.rest().await;
    let verify = opinion("dead", "out_of_contact", "2025-10-01");
    desk.act(&desk.supervisor, &theirs.number, "verify", verify)
        .await
        .unwrap();
    let twice = desk
        .act(&desk.first, &theirs.number, "propose", yes())
        .await
        .unwrap_err();
    assert_eq!(twice.reason, "OTHER_GRANTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_alone_opens_the_review_the_same_day() {
    let desk = Desk::new().await;
    let parent = |id_number, state, since: &str| Parent {
        name: "张建国".into(),
        id_number,
        state,
        since: since.into(),
        proof: String::new(),
    };
    let family = Family {
        child: Child {
            name: "张小禾".into(),
            id_number: child(),
            born_on: String::new(),
            school: String::new(),
        },
        father: parent(father(), ParentState::Dead, "2026-05-12"),
        mother: parent(mother(), ParentState::OutOfContact, "2025-10-01"),
        carer: Carer {
            name: "张大山".into(),
            id_number: super::desk::grandfather(),
            phone: "13900000001".into(),
            relation: "祖父".into(),
        },
        division: CHENGGUAN.into(),
    };
    let review = async || {
        let mut tx = desk.db.pool.begin().await.unwrap();
        let opened =
            yiwang_child::entitlements::review(&desk.rt, &mut tx, &family, "殡葬服务登记死亡")
                .await
                .unwrap();
        tx.commit().await.unwrap();
        opened
    };
    let number = review().await.unwrap();
    assert!(number.starts_with("WF"));
    assert_eq!(review().await, None, "one at a time");
    desk.rest().await;
    let case = desk.case(&number).await;
    assert_eq!(case.state, "review");
    let today = case
        .clocks
        .iter()
        .find(|clock| clock.name == "review")
        .unwrap();
    assert_eq!(today.last_day, "2026-05-12");
    // The carer is a party, and sees it; nobody applied.
    assert_eq!(
        desk.get_as(&desk.guardian, &number).await.unwrap().state,
        "review"
    );
    let verify = opinion("dead", "out_of_contact", "2025-10-01");
    desk.act(&desk.supervisor, &number, "verify", verify)
        .await
        .unwrap();
    let case = desk.both(&number, yes()).await.unwrap();
    assert_eq!(case.state, "paid");
    // No account yet: the money waits for whoever the county names.
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 held"]);
    let payee = json!({ "kind": "guardian", "guardian_able": true, "holder": "张大山",
        "id_number": super::desk::grandfather(), "bank": "农商行", "account": "6217 0000 0000 0001", "duties": "照顾孩子生活、上学" });
    desk.act(&desk.first, &number, "propose_payee", payee)
        .await
        .unwrap();
    desk.act(&desk.second, &number, "decide", yes())
        .await
        .unwrap();
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 paid"]);
}
