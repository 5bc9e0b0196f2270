//! 明天计划 and 助学工程 (rules B2.12).

mod bank;

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::identity::{Caller, Role};
use yiwang_child::{payment::Payments, projects::ProjectService};
use yiwang_proto::child::v1::{self as pb, projects_server::Projects as _};

use crate::{
    entitlements::departments::Departments,
    world::{CHENGGUAN, World, born, pay},
};

/// The service with a bank.
async fn with_bank() -> (World, Departments, Payments) {
    let departments = Departments::default();
    let (sharing, bank) = departments.start().await;
    let world = World::with(&sharing, &bank).await;
    let payments = Payments::new(world.rt.clone());
    (world, departments, payments)
}

/// An account of the hospital; the bank does not know those that end with 9990.
fn hospital(account: &str) -> Value {
    json!({ "holder": "武汉亚洲心脏病医院", "bank": "工商银行武汉分行", "account": account })
}

pub(crate) fn guardian() -> String {
    born("19580214", 156)
}

pub(crate) fn child() -> String {
    born("20160512", 7)
}

fn student() -> String {
    born("20060301", 8)
}

fn township() -> Caller {
    officer(1, "陈志强", Role::TownshipOfficer, CHENGGUAN)
}

fn county() -> Caller {
    officer(2, "许文清", Role::ChildCounty, "420323")
}

fn county2() -> Caller {
    officer(3, "方志明", Role::ChildCounty, "420323")
}

fn home() -> Caller {
    officer(4, "郭丽萍", Role::WelfareHome, "420323")
}

pub(crate) fn medical() -> Value {
    json!({
        "by": "guardian", "guardian": "陈桂兰", "guardian_id": guardian(), "phone": "13800000006",
        "child": { "name": "小明", "id_number": child(), "born_on": "", "school": "城关小学" },
        "recognition": "竹民孤〔2020〕12号", "care": "treatment", "illness": "先天性心脏病",
        "hospital": "武汉亚洲心脏病医院", "payee": "hospital",
    })
}

fn study() -> Value {
    json!({
        "name": "小红", "id_number": student(), "recognized_on": "2015-03-01",
        "recognition": "竹民孤〔2015〕3号", "school": "湖北大学", "level": "bachelor",
        "full_time": true, "in_china": true, "continuous": true, "school_year": 2025,
        "way": "quarterly", "account": "6228480400000000001", "bank": "农业银行竹山支行",
    })
}

fn file() -> Value {
    json!([Uuid::now_v7().to_string()])
}

fn reason<T: std::fmt::Debug>(result: Result<T, yiwang_chassis::fault::Fault>) -> String {
    result.unwrap_err().reason.into_owned()
}

#[tokio::test]
async fn a_child_is_treated_and_what_is_left_is_paid_by_two() {
    let (world, departments, payments) = with_bank().await;
    let applicant = world.citizen(&guardian());
    let case = world
        .submit(&applicant, "medical-project", CHENGGUAN, medical())
        .await
        .unwrap();
    let number = case.number;
    assert_eq!(case.state, "applied");
    let again = world
        .submit(&applicant, "medical-project", CHENGGUAN, medical())
        .await;
    assert_eq!(reason(again), "PROJECT_OPEN");

    let checked = json!({ "recommend": true, "findings": "看了孤儿证和诊断书" });
    world
        .act(&township(), &number, "check", checked)
        .await
        .unwrap();
    let half = json!({ "orphan": true, "named": false });
    assert_eq!(
        reason(world.act(&county(), &number, "approve", half).await),
        "NOT_NAMED"
    );
    let approve = json!({ "orphan": true, "named": true });
    world
        .act(&county(), &number, "approve", approve)
        .await
        .unwrap();
    let treat = json!({ "from": "2026-04-01", "to": "2026-05-11", "findings": "手术成功" });
    world
        .act(&township(), &number, "treat", treat)
        .await
        .unwrap();
    let wrong =
        json!({ "total": 100, "insurance": 80, "aid": 30, "invoice": "1", "papers": file() });
    assert_eq!(
        reason(world.act(&township(), &number, "bill", wrong).await),
        "MORE_THAN_TOTAL"
    );
    let bill = json!({ "total": 5_000_000, "insurance": 3_200_000, "aid": 800_001,
                       "invoice": "0042", "papers": file() });
    world.act(&township(), &number, "bill", bill).await.unwrap();
    let wrong = world
        .act(&county(), &number, "pay", hospital("4200000000009990"))
        .await;
    assert_eq!(wrong.unwrap().state, "billed");
    assert_eq!(
        reason(world.act(&county(), &number, "sign", Value::Null).await),
        "SAME_PERSON"
    );
    let again = hospital("4200000000000001");
    assert_eq!(
        reason(world.act(&county2(), &number, "pay", again.clone()).await),
        "PENDING"
    );
    // Two have signed: to the bank, once.
    let signed = world.act(&county2(), &number, "sign", Value::Null).await;
    assert_eq!(signed.unwrap().state, "billed");
    assert_eq!(
        reason(world.act(&county(), &number, "pay", again.clone()).await),
        "AT_BANK"
    );
    let row = "select kind || ' ' || part || ' ' || fen || ' ' || state from child.payment";
    pay(&payments).await;
    assert_eq!(world.texts(row).await, ["MT bill 999999 returned"]);
    assert_eq!(
        world
            .texts("select note from casework.history where note like '银行退回%'")
            .await,
        ["银行退回9999.99元：账号不存在"]
    );
    // Nobody bills anew what was signed; another account, signed again, is the same payment.
    let rebill =
        json!({ "total": 100, "insurance": 0, "aid": 0, "invoice": "2", "papers": file() });
    assert_eq!(
        reason(world.act(&township(), &number, "bill", rebill).await),
        "AT_BANK"
    );
    world.act(&county(), &number, "pay", again).await.unwrap();
    world
        .act(&county2(), &number, "sign", Value::Null)
        .await
        .unwrap();
    pay(&payments).await;
    assert_eq!(world.texts(row).await, ["MT bill 999999 paid"]);
    assert_eq!(departments.paid()["4200000000000001"], 999_999);
    assert_eq!(departments.paid().len(), 1);
    let paid = "select state from casework.case_file";
    assert_eq!(world.text(paid).await, "paid");
    pay(&payments).await;
    assert_eq!(departments.0.lock().unwrap().batches.len(), 2);

    let service = ProjectService::new(world.rt.clone());
    let request = pb::ListProjectPaymentsRequest {
        case_number: number.clone(),
    };
    let list = |caller: Caller| {
        let (service, request) = (service.clone(), request.clone());
        async move { unwrap(service.list_payments(as_caller(&caller, request)).await) }
    };
    let payments = list(county()).await.unwrap();
    assert_eq!((payments.payments.len(), payments.total_fen), (1, 999_999));
    let stranger = officer(8, "马晓兰", Role::ChildCounty, "421224");
    assert_eq!(reason(list(stranger).await), "CASE_NOT_FOUND");
    assert_eq!(
        world
            .texts("select subject from chassis.outbox where aggregate = 'project'")
            .await,
        ["yiwang.child.project.paid"]
    );
    let request = pb::GetYearRequest {
        division: "420323".into(),
        year: 2026,
    };
    let year = unwrap(service.get_year(as_caller(&county(), request)).await).unwrap();
    // One child could be recognized.
    assert_eq!((year.projects[0].children, year.projects[0].fen), (-1, -1));
    assert_eq!((year.projects[1].children, year.projects[1].fen), (0, 0));
}

#[tokio::test]
async fn a_home_applies_for_its_child_and_death_does_not_stop_the_bill() {
    let world = World::new().await;
    let mut form = medical();
    for (field, value) in [
        ("by", "home"),
        ("guardian", ""),
        ("guardian_id", ""),
        ("payee", "home"),
    ] {
        form[field] = json!(value);
    }
    let case = world
        .submit(&home(), "medical-project", CHENGGUAN, form)
        .await
        .unwrap();
    let number = case.number;
    assert_eq!(case.state, "checked");
    let approve = json!({ "orphan": true, "named": true });
    world
        .act(&county(), &number, "approve", approve)
        .await
        .unwrap();
    let treat = json!({ "from": "2026-04-01", "to": "2026-05-11", "findings": "康复训练" });
    world.act(&home(), &number, "treat", treat).await.unwrap();
    let mut tx = world.db.pool.begin().await.unwrap();
    let died = json!({ "died_on": "2026-05-12", "certificate": "BZ1" });
    let acted =
        yiwang_casework::system::act(&world.rt, &mut tx, &number, "child_died", died, "死亡登记");
    acted.await.unwrap();
    tx.commit().await.unwrap();
    let bill =
        json!({ "total": 1_000, "insurance": 0, "aid": 0, "invoice": "1", "papers": file() });
    let billed = world.act(&home(), &number, "bill", bill).await.unwrap();
    assert_eq!(billed.state, "billed");
}

#[tokio::test]
async fn a_school_year_is_granted_once_and_paid_in_order() {
    let (world, departments, payments) = with_bank().await;
    let applicant = world.citizen(&student());
    let mut wrong = study();
    wrong["school_year"] = json!(2023);
    let wrong = world
        .submit(&applicant, "study-project", CHENGGUAN, wrong)
        .await;
    assert_eq!(reason(wrong), "WRONG_YEAR");
    let case = world
        .submit(&applicant, "study-project", CHENGGUAN, study())
        .await
        .unwrap();
    let number = case.number;
    let checked = json!({ "recommend": true, "findings": "看了学籍" });
    world
        .act(&township(), &number, "check", checked.clone())
        .await
        .unwrap();
    let confirm = json!({ "orphan": true, "at_school": true });
    world
        .act(&county(), &number, "confirm", confirm.clone())
        .await
        .unwrap();

    // Three of four quarters are due in May.
    for nth in 1..=3 {
        world
            .act(&county(), &number, "pay", Value::Null)
            .await
            .unwrap();
        let signed = world.act(&county2(), &number, "sign", Value::Null).await;
        assert_eq!(signed.unwrap().state, "studying", "{nth}");
    }
    assert_eq!(
        reason(world.act(&county(), &number, "pay", Value::Null).await),
        "NOT_DUE"
    );
    let rows = "select period || ' ' || fen || ' ' || state from child.payment order by period";
    pay(&payments).await;
    assert_eq!(
        world.texts(rows).await,
        [
            "2025-Q1 250000 paid",
            "2025-Q2 250000 paid",
            "2025-Q3 250000 paid"
        ]
    );
    assert_eq!(departments.0.lock().unwrap().batches.len(), 1);
    // The last one comes back and goes out again to another account of the student.
    let account = |number: &str| json!({ "bank": "农业银行竹山支行", "account": number });
    world.go_to("2026-06-02T09:00:00").await;
    world
        .act(
            &county(),
            &number,
            "account",
            account("6228480400000009990"),
        )
        .await
        .unwrap();
    world
        .act(&county(), &number, "pay", Value::Null)
        .await
        .unwrap();
    let void = json!({ "reasons": "账号写错" });
    world.act(&county(), &number, "void", void).await.unwrap();
    world
        .act(&county(), &number, "pay", Value::Null)
        .await
        .unwrap();
    world
        .act(&county2(), &number, "sign", Value::Null)
        .await
        .unwrap();
    pay(&payments).await;
    assert_eq!(world.texts(rows).await[3], "2025-Q4 250000 returned");
    let case = world.get_as(&county(), &number).await.unwrap();
    assert_eq!(case.expected, ["account"]);
    world
        .act(
            &county(),
            &number,
            "account",
            account("6228480400000000002"),
        )
        .await
        .unwrap();
    pay(&payments).await;
    assert_eq!(world.texts(rows).await[3], "2025-Q4 250000 paid");
    assert_eq!(departments.paid()["6228480400000000001"], 750_000);
    assert_eq!(departments.paid()["6228480400000000002"], 250_000);
    assert_eq!(
        reason(world.act(&county(), &number, "pay", Value::Null).await),
        "ALL_PAID"
    );
    assert_eq!(
        world
            .text("select sum(fen)::text from child.project_payment")
            .await,
        "1000000"
    );

    // The year is over: somebody asks the school first, nothing ends by its date.
    world.go_to("2026-09-01T09:00:00").await;
    let states = world.texts("select state from casework.case_file where item = 'study-project'");
    assert_eq!(states.await, ["year_over"]);
    let next = |year: i32| {
        json!({ "school_year": year, "school": "湖北大学", "level": "bachelor",
                                   "full_time": true, "proof": file() })
    };
    let same = world.act(&township(), &number, "renew", next(2025)).await;
    assert_eq!(reason(same), "WRONG_YEAR");
    let gap = world.act(&township(), &number, "renew", next(2027)).await;
    assert_eq!(reason(gap), "INTERRUPTED");
    world
        .act(&applicant, &number, "ask_year", next(2026))
        .await
        .unwrap();
    world
        .act(&township(), &number, "check", checked)
        .await
        .unwrap();
    let granted = world
        .act(&county(), &number, "confirm", confirm)
        .await
        .unwrap();
    assert_eq!(granted.state, "studying");
    let end = json!({ "on": "2026-09-01", "reasons": "退学" });
    let early = world.act(&township(), &number, "end", end).await;
    assert_eq!(reason(early), "INSTALMENT_DUE");
    let end = json!({ "on": "2026-08-31", "reasons": "没有入学" });
    assert_eq!(
        world
            .act(&township(), &number, "end", end)
            .await
            .unwrap()
            .state,
        "ended"
    );

    // Another case of the same student: the year was granted already.
    let mut again = study();
    again["school_year"] = json!(2026);
    let again = world
        .submit(&applicant, "study-project", CHENGGUAN, again)
        .await;
    assert_eq!(reason(again), "YEAR_GRANTED");
}
