//! Staying home: the register of people easily lost, and the support after the return.

use prost::Message as _;
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::{
    identity::{Caller, Role},
    inbox::{Handler as _, Incoming},
};
use yiwang_proto::{burial::v1::DeathRecorded, casework::v1 as pb};
use yiwang_rescue::home::reactions::Deaths;

use crate::{
    stay_desk::{Desk, MEN},
    world::{World, ZHUSHAN, id_number, officer},
};

pub(crate) fn township(nth: u128) -> Caller {
    officer(20 + nth, "李桂兰", Role::TownshipOfficer, "420323")
}

pub(crate) fn county() -> Caller {
    officer(30, "陈国栋", Role::CountyOfficer, "420323")
}

pub(crate) fn entry(id: &str) -> Value {
    json!({
        "name": "王德发", "id_number": id, "aka": "狗娃、老王", "groups": ["dementia", "wanders"],
        "address": "城关镇莲花村3组", "height_cm": 165, "marks": "左眉有疤，右手少一指",
        "dialect": "竹山话", "condition": "记不清事", "habits": "常去汽车站",
        "guardian": { "name": "王小红", "relation": "女儿", "phone": "13900001111" },
        "level": "low", "reasons": "两次走失", "consent": true,
    })
}

pub(crate) fn listing(level: &str) -> Value {
    json!({ "level": level, "responsible": "赵村长", "responsible_phone": "13900002222" })
}

fn clock<'a>(case: &'a pb::Case, name: &str) -> Option<&'a pb::Clock> {
    case.clocks.iter().find(|clock| clock.name == name)
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_stands_on_the_register_once() {
    let world = World::new().await;
    let (one, two) = (township(1), township(2));
    let id = id_number(1);
    let both = tokio::join!(
        world.submit(&one, "easily-lost", ZHUSHAN, entry(&id)),
        world.submit(&two, "easily-lost", ZHUSHAN, entry(&id))
    );
    let outcomes = [both.0, both.1];
    assert_eq!(outcomes.iter().filter(|one| one.is_ok()).count(), 1);
    let refused = outcomes.iter().find_map(|one| one.as_ref().err()).unwrap();
    assert_eq!(refused.reason, "ENTRY_EXISTS");
    let rows = world.texts("select state from rescue.easily_lost").await;
    assert_eq!(rows, ["proposed"]);
    // Without consent nothing is collected.
    let mut silent = entry(&id_number(2));
    silent["consent"] = false.into();
    let silent = world
        .submit(&one, "easily-lost", ZHUSHAN, silent)
        .await
        .unwrap_err();
    assert_eq!(silent.fields[0].reason, "CONSENT");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_is_visited_in_july_and_who_is_lost_is_looked_for() {
    let world = World::new().await;
    // She works in the township and in the county: another one checks what she has collected.
    let mut collector = township(1);
    collector.grants.extend(county().grants);
    let case = world
        .submit(&collector, "easily-lost", ZHUSHAN, entry(&id_number(1)))
        .await
        .unwrap();
    let number = case.number.as_str();
    assert!(clock(&case, "check").is_some());
    let own = world
        .act(&collector, number, "list", listing("low"))
        .await
        .unwrap_err();
    assert_eq!(own.reason, "SAME_PERSON");
    let case = world
        .act(&county(), number, "list", listing("low"))
        .await
        .unwrap();
    assert_eq!(case.state, "listed");
    assert_eq!(clock(&case, "collect").unwrap().last_day, "2026-11-12");
    world.go_to("2026-06-30T23:59:00").await;
    assert_eq!(world.get(number).await.state, "listed");
    world.go_to("2026-07-01T00:01:00").await;
    let due = world.get(number).await;
    assert_eq!(due.state, "due");
    assert_eq!(clock(&due, "visit_by").unwrap().last_day, "2026-07-31");
    let visit = |seen: bool| json!({ "seen": seen, "findings": "身体还好，女儿照料" });
    let unseen = world
        .act(&collector, number, "visit", visit(false))
        .await
        .unwrap_err();
    assert_eq!(unseen.reason, "NOT_SEEN");
    let case = world
        .act(&collector, number, "visit", visit(true))
        .await
        .unwrap();
    assert_eq!(case.state, "listed");
    let next = world
        .text("select next_visit::text from rescue.easily_lost")
        .await;
    assert_eq!(next, "2027-01-01");
    // Lost: a report of the relative search at once; found: it comes down.
    let lost = json!({ "lost_on": "2026-07-01", "last_seen": "竹山汽车站", "receipt": "JJ-77",
                       "place": "420323" });
    let case = world
        .act(&collector, number, "alarm", lost.clone())
        .await
        .unwrap();
    assert_eq!(case.state, "missing");
    let reports = "select source || ' ' || number || ' ' || state from rescue.report";
    assert_eq!(
        world.texts(reports).await,
        [format!("register YS-{number} open")]
    );
    let found = json!({ "found_on": "2026-07-01", "found_at": "十堰火车站", "how": "救助站比对" });
    let case = world.act(&collector, number, "found", found).await.unwrap();
    assert_eq!(case.state, "listed");
    assert_eq!(
        world.texts(reports).await,
        [format!("register YS-{number} withdrawn")]
    );
    assert_eq!(
        world.text("select level from rescue.easily_lost").await,
        "middle"
    );
    // Lost a second time: looked for again.
    world.act(&collector, number, "alarm", lost).await.unwrap();
    assert_eq!(
        world.texts(reports).await,
        [format!("register YS-{number} open")]
    );
    let gone = json!({ "cause": "died", "reasons": "7月1日去世" });
    let case = world.act(&county(), number, "remove", gone).await.unwrap();
    assert_eq!(case.state, "removed");
    assert!(case.clocks.is_empty(), "{:?}", case.clocks);
    assert_eq!(
        world.texts(reports).await,
        [format!("register YS-{number} withdrawn")]
    );
    let told = "select count(*)::text from chassis.outbox
                 where subject = 'yiwang.rescue.easily_lost.missing'";
    assert_eq!(world.text(told).await, "2");
}

/// Admitted in 咸宁, known to be of 竹山, fetched by the daughter.
async fn fetched(desk: &Desk) -> String {
    let number = desk.admitted("male", 76, MEN).await;
    let who = json!({ "basis": "police", "paper": "温公函〔2026〕7号", "name": "王德发",
                      "number": id_number(1), "household": ZHUSHAN });
    desk.both(&number, "identify", who).await.unwrap();
    let daughter = json!({
        "name": "王小红", "number": id_number(20), "relation": "child", "card_checked": true,
        "proof": "户口簿", "phone": "13900001111", "guardian_verified": true,
        "things_returned": true, "across_provinces": false,
    });
    let case = desk.both(&number, "fetched", daughter).await.unwrap();
    assert_eq!(case.state, "left");
    number
}

async fn home_case(desk: &Desk) -> String {
    desk.world
        .text("select case_number from rescue.homecoming")
        .await
}

async fn supported(desk: &Desk, number: &str) -> pb::Case {
    let (world, town) = (&desk.world, township(1));
    let receive = json!({ "handed_by": "咸宁市救助管理站", "record": "JJD-1" });
    world.act(&town, number, "receive", receive).await.unwrap();
    let needs = json!({ "needs": ["minimum_living", "medical"], "findings": "独居，无收入" });
    world.act(&town, number, "assess", needs).await.unwrap();
    let plan = json!({ "measures": "办低保、医保", "responsible": "赵村长",
                       "responsible_phone": "13900002222" });
    world.act(&town, number, "plan", plan).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_home_is_visited_at_one_three_six_and_twelve_months() {
    let desk = Desk::new().await;
    let stay = fetched(&desk).await;
    let number = home_case(&desk).await;
    let (world, town) = (&desk.world, township(1));
    let case = world.get(&number).await;
    assert_eq!(
        (case.item.as_str(), case.state.as_str()),
        ("return-support", "opened")
    );
    assert_eq!(clock(&case, "receive").unwrap().last_day, "2026-05-15");
    let known = world.text("select stay from rescue.homecoming").await;
    assert_eq!(known, stay);
    let case = supported(&desk, &number).await;
    assert_eq!(desk.told("yiwang.rescue.return.needs").await, 1);
    assert_eq!(clock(&case, "visit").unwrap().last_day, "2026-06-12");
    let visit = |living: &str| json!({ "living": living, "findings": "低保已办" });
    let early = world
        .act(&town, &number, "stable", json!({ "reasons": "好了" }))
        .await;
    assert_eq!(early.unwrap_err().reason, "VISITS_LEFT");
    // The first is late: red, and still the one that has to be done.
    world.go_to("2026-06-13T09:00:00").await;
    let late = world.get(&number).await;
    assert!(clock(&late, "visit").unwrap().overdue);
    let case = world
        .act(&town, &number, "visit", visit("settled"))
        .await
        .unwrap();
    assert_eq!(clock(&case, "visit").unwrap().last_day, "2026-08-12");
    world.go_to("2026-08-10T09:00:00").await;
    let case = world
        .act(&town, &number, "visit", visit("settled"))
        .await
        .unwrap();
    assert_eq!(clock(&case, "visit").unwrap().last_day, "2026-11-12");
    world.go_to("2026-11-10T09:00:00").await;
    let case = world
        .act(&town, &number, "visit", visit("unsettled"))
        .await
        .unwrap();
    assert_eq!(clock(&case, "visit").unwrap().last_day, "2027-05-12");
    world.go_to("2027-05-10T09:00:00").await;
    let case = world
        .act(&town, &number, "visit", visit("settled"))
        .await
        .unwrap();
    assert!(clock(&case, "visit").is_none());
    let reasons = json!({ "reasons": "低保、医保都已落实，与女儿同住" });
    let case = world.act(&town, &number, "stable", reasons).await.unwrap();
    assert_eq!(case.state, "stable");
    assert_eq!(
        world.text("select state from rescue.homecoming").await,
        "stable"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wanders_again_is_taken_up_on_a_higher_level() {
    let desk = Desk::new().await;
    let world = &desk.world;
    let listed = world
        .submit(&township(2), "easily-lost", ZHUSHAN, entry(&id_number(1)))
        .await;
    let listed = listed.unwrap().number;
    world
        .act(&county(), &listed, "list", listing("low"))
        .await
        .unwrap();
    fetched(&desk).await;
    let number = home_case(&desk).await;
    supported(&desk, &number).await;
    let away = json!({ "living": "away", "findings": "三天没有回家" });
    let case = world
        .act(&township(1), &number, "visit", away)
        .await
        .unwrap();
    assert_eq!(case.state, "again");
    assert!(clock(&case, "visit").is_none());
    assert_eq!(
        world.text("select level from rescue.easily_lost").await,
        "middle"
    );
    // Home a second time: the same file, from the beginning.
    desk.later(60);
    fetched(&desk).await;
    let case = world.get(&number).await;
    assert_eq!(case.state, "opened");
    assert_eq!(
        world
            .text("select count(*)::text from rescue.homecoming")
            .await,
        "1"
    );
    let case = supported(&desk, &number).await;
    assert_eq!(clock(&case, "visit").unwrap().last_day, "2026-06-12");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_died_is_no_longer_looked_after() {
    let world = World::new().await;
    let (collector, county) = (township(1), county());
    let mut numbers = vec![];
    for nth in [1, 2, 3] {
        let form = entry(&id_number(nth));
        let case = world.submit(&collector, "easily-lost", ZHUSHAN, form).await;
        numbers.push(case.unwrap().number);
    }
    for number in &numbers[..2] {
        let listed = world.act(&county, number, "list", listing("low")).await;
        listed.unwrap();
    }
    let handler = Deaths {
        runtime: world.rt.clone(),
    };
    for nth in [1, 1, 3, 9] {
        let payload = DeathRecorded {
            person: world.key(&id_number(nth)),
            died_on: "2026-05-11".into(),
            certificate: "JK1".into(),
        };
        let event = Incoming {
            id: Uuid::now_v7(),
            event_type: "yiwang.burial.death.recorded.v1".into(),
            source: "burial".into(),
            subject: "yiwang.burial.death.recorded".into(),
            aggregate: "death".into(),
            aggregate_id: "1".into(),
            version: 1,
            occurred_at: world.rt.now(),
            traceparent: None,
            payload: payload.encode_to_vec(),
        };
        assert!(handler.wants(&event.event_type));
        let mut tx = world.db.pool.begin().await.unwrap();
        handler.handle(&mut tx, &event).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut states = vec![];
    for number in &numbers {
        states.push(world.get(number).await.state);
    }
    assert_eq!(states, ["removed", "listed", "rejected"]);
    let shown = format!("{:?}", world.get(&numbers[0]).await.sections);
    assert!(
        shown.contains("殡葬服务登记死亡，死亡日期2026年5月11日"),
        "{shown}"
    );
}
